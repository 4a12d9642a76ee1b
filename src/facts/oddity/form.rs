//! Forms that the national standards write otherwise. Each is certain by its shape alone; none of them is a slip of the pen.

use std::ops::Range;

use super::around::{after, before, run_end, run_start};
use super::{Oddity, What};
use crate::numeral::han_digit;
use crate::script::is_han;

/// A form, and the one of the standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Form {
    pub kind: Kind,
    pub replacement: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A half-width mark between Han characters.
    HalfWidth,
    /// `...` or `。。。` or a single … for ……
    Ellipsis,
    /// （一）、
    MarkerMark,
    /// 三、四天
    Approximate,
    /// 09年
    ShortYear,
    /// 05月
    DateZero,
    /// ［2024］5号
    DocumentNumber,
    /// 4千
    NumberForm,
    /// “甲“乙”丙”
    QuoteNesting,
    /// 10-20万元
    Range,
}

pub(super) fn at(prose: &str, at: usize, char: char) -> Option<(Range<usize>, Form)> {
    match char {
        ',' | ';' | ':' => half_width(prose, at, char),
        '.' | '…' | '。' => ellipsis(prose, at, char),
        '、' => after_marker(prose, at).or_else(|| approximate(prose, at)),
        '0' => padded(prose, at),
        '-' => range(prose, at),
        '千' | '百' => mixed_number(prose, at, char),
        _ => None,
    }
}

fn form(kind: Kind, range: Range<usize>, replacement: impl Into<String>) -> Option<(Range<usize>, Form)> {
    let replacement = replacement.into();
    Some((range, Form { kind, replacement }))
}

fn half_width(prose: &str, at: usize, char: char) -> Option<(Range<usize>, Form)> {
    let full = match char {
        ',' => "，",
        ';' => "；",
        _ => "：",
    };
    let chinese = |char: Option<char>| char.is_some_and(|char| is_han(char) || matches!(char, '”' | '“' | '》' | '《' | '）' | '（'));
    let among_han = chinese(before(prose, at)) && chinese(after(prose, at + 1));
    if among_han { form(Kind::HalfWidth, at..at + 1, full) } else { None }
}

/// GB/T 15834-2011, 4.11.2: six dots in two characters.
fn ellipsis(prose: &str, at: usize, char: char) -> Option<(Range<usize>, Form)> {
    let end = run_end(prose, at, |next| next == char);
    let count = prose[at..end].chars().count();
    let left = before(prose, at)?;
    let odd = if char == '…' { count == 1 } else { count >= 3 };
    if odd && is_han(left) && after(prose, end) != Some('.') {
        form(Kind::Ellipsis, at..end, "……")
    } else {
        None
    }
}

/// 、 after a label in brackets at the start of a block.
fn after_marker(prose: &str, at: usize) -> Option<(Range<usize>, Form)> {
    let label = prose[..at].strip_suffix(['）', ')'])?.strip_prefix(['（', '('])?;
    let is_number = |char: char| char.is_ascii_digit() || "一二三四五六七八九十".contains(char);
    let fits = !label.is_empty() && label.chars().all(is_number);
    if fits {
        form(Kind::MarkerMark, at..at + '、'.len_utf8(), "")
    } else {
        None
    }
}

/// GB/T 15834-2011, 4.5.3.4: neighbouring numerals before a unit are one approximate number.
fn approximate(prose: &str, at: usize) -> Option<(Range<usize>, Form)> {
    let end = at + '、'.len_utf8();
    let (left, right) = (before(prose, at)?, after(prose, end)?);
    let unit = after(prose, end + right.len_utf8())?;
    let first = before(prose, at - left.len_utf8());
    let in_row = han_digit(left)? + 1 == han_digit(right)? && han_digit(left)? > 0;
    let counts = "天个次倍岁里百千万".contains(unit) && !first.is_some_and(|first| "第、周初，".contains(first) || han_digit(first).is_some());
    // At the start of a block the first numeral is a label.
    if in_row && counts && first.is_some() {
        form(Kind::Approximate, at..end, "")
    } else {
        None
    }
}

/// 09年, 05月, 08日: a zero that pads a number.
fn padded(prose: &str, at: usize) -> Option<(Range<usize>, Form)> {
    let left = before(prose, at);
    let digit = after(prose, at + 1).filter(char::is_ascii_digit)?;
    let unit = after(prose, at + 2)?;
    if left.is_some_and(|left| left.is_ascii_alphanumeric() || matches!(left, '.' | '-' | '/' | ',' | '－')) || digit == '0' {
        return None;
    }
    match unit {
        '年' if left.is_none_or(|left| !matches!(left, '第' | '满')) => form(Kind::ShortYear, at..at + 2, format!("200{digit}")),
        '月' if left == Some('年') => form(Kind::DateZero, at..at + 2, digit),
        '日' if left == Some('月') => form(Kind::DateZero, at..at + 2, digit),
        _ => None,
    }
}

/// 4千 but not 4千克.
fn mixed_number(prose: &str, at: usize, char: char) -> Option<(Range<usize>, Form)> {
    let end = at + char.len_utf8();
    let digit = before(prose, at).filter(char::is_ascii_digit)?;
    let start = at - digit.len_utf8();
    let alone = before(prose, start).is_none_or(|left| !left.is_ascii_digit() && left != '.');
    let part_of_unit = after(prose, end).is_some_and(|right| "克米瓦帕卡伏赫分焦年里字兆多余万".contains(right));
    let zeros = if char == '千' { "000" } else { "00" };
    if alone && !part_of_unit && digit != '0' {
        form(Kind::NumberForm, start..end, format!("{digit}{zeros}"))
    } else {
        None
    }
}

/// Units of quantities. A hyphen between years, days and numbers of things may be another sign: 5-6月, 3-1号, 2-3班.
const QUANTITIES: [&str; 24] = [
    "万",
    "亿",
    "元",
    "%",
    "％",
    "亩",
    "公顷",
    "吨",
    "公里",
    "千米",
    "公斤",
    "千克",
    "米",
    "厘米",
    "毫米",
    "岁",
    "天",
    "小时",
    "分钟",
    "倍",
    "人",
    "户",
    "个月",
    "个百分点",
];

/// GB/T 15834-2011, 4.13.3.2: a range of quantities takes ～. Only a smaller number before a greater one is surely a range.
fn range(prose: &str, at: usize) -> Option<(Range<usize>, Form)> {
    let is_part = |char: char| char.is_ascii_digit() || char == '.';
    let left = prose[..at].trim_end_matches('%');
    let start = run_start(left, left.len(), is_part);
    let end = run_end(prose, at + 1, is_part);
    let (first, last) = (decimal(&left[start..])?, decimal(&prose[at + 1..end])?);
    let stands_alone =
        !before(prose, start).is_some_and(|char| char.is_ascii_alphanumeric() || matches!(char, '第' | '-' | '/' | ':' | '(' | '（' | '—' | '+'));
    let unit = &prose[end..];
    let is_quantity = QUANTITIES.iter().any(|quantity| unit.starts_with(quantity));
    let same_unit = left.len() == at || unit.starts_with('%');
    if stands_alone && is_quantity && same_unit && first < last {
        form(Kind::Range, at..at + 1, "～")
    } else {
        None
    }
}

/// The value of a number as quantities in a range are written: a few digits, and no zero that pads them as in telephone numbers.
fn decimal(digits: &str) -> Option<f64> {
    const LONGEST: usize = 7;
    let is_padded = digits.starts_with('0') && !digits.starts_with("0.");
    if digits.len() > LONGEST || is_padded {
        None
    } else {
        digits.parse().ok()
    }
}

/// GB/T 15834-2011, 4.8.3.4 and 4.15.3.5: ‘’ inside “”, 〈〉 inside 《》. The inner marks stand at `open` and `close`.
pub(super) fn nesting(prose: &str, open: usize, close: usize) -> Option<Oddity> {
    const LONGEST: usize = 90;
    let (opening, closing) = match after(prose, open)? {
        '“' => ("‘", "’"),
        '《' => ("〈", "〉"),
        _ => return None,
    };
    let inner = &prose[open + after(prose, open)?.len_utf8()..close];
    // A pair that holds marks itself is left to the reader, and “甲“、”乙” has its marks the wrong way round.
    let has_marks = inner.contains(['“', '”', '‘', '’', '《', '》', '〈', '〉']);
    let begins_words = inner.chars().next().is_some_and(char::is_alphanumeric);
    if inner.len() > LONGEST || has_marks || !begins_words || inner.chars().nth(1).is_none() {
        return None;
    }
    let end = close + after(prose, close)?.len_utf8();
    let (range, form) = form(Kind::QuoteNesting, open..end, format!("{opening}{inner}{closing}"))?;
    Some(Oddity {
        range,
        what: What::Form(form),
    })
}

/// GB/T 9704-2012, 7.2.5: the year of a document number in 〔〕, the number without 第 and without leading zeros. `at` is an opening bracket.
pub(super) fn document_number(prose: &str, at: usize, open: char) -> Option<(Range<usize>, Form)> {
    let close = match open {
        '[' => ']',
        '［' => '］',
        '（' => '）',
        '(' => ')',
        '【' => '】',
        '〔' => '〕',
        _ => return None,
    };
    let issuer = before(prose, at).filter(|char| is_han(*char))?;
    let rest = &prose[at + open.len_utf8()..];
    let year = rest.get(..4).filter(|year| year.starts_with("19") || year.starts_with("20"))?;
    let rest = year.bytes().all(|byte| byte.is_ascii_digit()).then(|| rest[4..].strip_prefix(close))??;
    let number = rest.strip_prefix('第').unwrap_or(rest);
    let digits = number.len() - number.trim_start_matches(|char: char| char.is_ascii_digit()).len();
    let is_number = digits > 0 && number[digits..].starts_with('号') && "发办函字政委党府通知规令复议综财农教建环人".contains(issuer);
    let plain = number[..digits].trim_start_matches('0');
    let replacement = format!("〔{year}〕{plain}");
    let end = prose.len() - number.len() + digits;
    if is_number && prose[at..end] != replacement {
        form(Kind::DocumentNumber, at..end, replacement)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::oddity::{What, read};

    fn mended(prose: &str) -> String {
        let mut text = prose.to_owned();
        for oddity in read(prose).into_iter().rev() {
            if let What::Form(form) = oddity.what {
                text.replace_range(oddity.range, &form.replacement);
            }
        }
        text
    }

    #[test]
    fn forms_become_those_of_the_standards() {
        for (odd, standard) in [
            ("加强领导,落实责任;抓好督查", "加强领导，落实责任；抓好督查"),
            ("等等...", "等等……"),
            ("等等。。。", "等等……"),
            ("（一）、加强领导", "（一）加强领导"),
            ("大约三、四天完成", "大约三四天完成"),
            ("自09年起", "自2009年起"),
            ("2024年05月08日", "2024年5月8日"),
            ("市政办发[2024]5号", "市政办发〔2024〕5号"),
            ("市政办发〔2024〕第05号", "市政办发〔2024〕5号"),
            ("补助4千元", "补助4000元"),
            ("补助10-20万元", "补助10～20万元"),
            ("增长3.5%-4%", "增长3.5%～4%"),
            ("说“要实现“两个率先”目标”", "说“要实现‘两个率先’目标”"),
            ("按照《关于印发《管理办法》的通知》", "按照《关于印发〈管理办法〉的通知》"),
        ] {
            assert_eq!(mended(odd), standard);
        }
    }

    #[test]
    fn forms_of_the_standards_are_left_alone() {
        for prose in [
            "加强领导，落实责任",
            "第一、二、三产业",
            "一、二年级和三、四线城市",
            "第三、四次会议",
            "2009年5月，10千克",
            "市政办发〔2024〕5号",
            "（2024年5月）",
            "结束……",
            "1,234元",
            "3千瓦时",
            "见（1）、（2）",
            "10～20万元，2011-2015年，5-6月，20-10元，第3-5人",
            "0576-83310029人工服务",
            "“甲‘乙’丙”和“‘十四五’规划”",
            "他说“要抓“落实。又说“要抓早”",
            "《甲〈乙〉丙》和“《甲》”",
        ] {
            assert_eq!(mended(prose), prose);
        }
    }
}
