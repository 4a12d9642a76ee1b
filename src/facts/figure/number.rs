//! Numbers with their units in running text, and what surely is none: codes, document numbers, names, dates.

use std::ops::Range;

use crate::facts::date::Date;
use crate::facts::glance::{Asker, Glance};
use crate::numeral::decimal::Decimal;
use crate::numeral::written::{self, Form, Vagueness, Written};

use super::exactness::{self, Exactness};
use super::unit::{Dimension, Unit};

/// A number with its unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Measured {
    /// From the number to the end of the unit.
    pub range: Range<usize>,
    /// The number alone, with 万 and 多.
    pub number: Range<usize>,
    pub value: Decimal,
    /// The power of ten of 万 or 亿.
    pub multiplier: i32,
    /// The other end of 8至10公斤.
    pub upper: Option<Decimal>,
    pub unit: Unit,
    pub form: Form,
    pub exactness: Exactness,
    /// With 以上 or 左右 after it.
    pub end: usize,
}

/// All numbers with units in the order in which they stand. `dates` are not read again as figures.
pub fn scan(glance: &Glance, dates: &[Date]) -> Vec<Measured> {
    let prose = glance.prose();
    let mut found = Vec::new();
    let mut dates = dates.iter().peekable();
    let mut next = 0;
    for (at, char) in glance.of(Asker::Numbers) {
        if at < next {
            continue;
        }
        while dates.next_if(|date| date.range.end <= at).is_some() {}
        next = match char {
            _ if dates.peek().is_some_and(|date| date.range.start == at) => dates.next().map_or(at, |date| date.range.end),
            '《' | '“' | '‘' | '〔' => skip_name(prose, at, char),
            char if written::may_begin(char) => read_at(prose, at, prose[..at].chars().next_back(), &mut found),
            _ => at,
        };
    }
    found
}

/// Titles of documents and short quotations are names: the numbers in them measure nothing.
fn skip_name(prose: &str, at: usize, open: char) -> usize {
    let (close, longest) = match open {
        '《' => ('》', 60),
        '〔' => ('〕', 8),
        '“' => ('”', 14),
        _ => ('’', 14),
    };
    let after_open = at + open.len_utf8();
    let inside = prose[after_open..]
        .char_indices()
        .take(longest + 1)
        .find(|(_, char)| *char == close || *char == '\n');
    match inside {
        Some((offset, char)) if char == close => after_open + offset + close.len_utf8(),
        _ => after_open,
    }
}

/// Reads the figure at a byte, if it is one, and returns where to go on.
fn read_at(prose: &str, at: usize, before: Option<char>, found: &mut Vec<Measured>) -> usize {
    let Some(written) = written::read(&prose[at..]) else {
        return skip_digits(prose, at);
    };
    let number_end = at + written.length;
    if before.is_some_and(is_part_of_a_code) || written.form == Form::Digits && looks_like_a_code(prose, at, number_end) {
        return number_end;
    }
    let Some(measured) = measure(prose, at, &written) else {
        return number_end;
    };
    let end = measured.end;
    found.push(measured);
    end
}

fn skip_digits(prose: &str, at: usize) -> usize {
    let digits: usize = prose[at..]
        .chars()
        .take_while(|char| crate::numeral::digit(*char).is_some())
        .map(char::len_utf8)
        .sum();
    at + digits.max(prose[at..].chars().next().map_or(1, char::len_utf8))
}

fn is_part_of_a_code(before: char) -> bool {
    before.is_ascii_alphanumeric() || matches!(before, '第' | '+' | '＋' | '.' | '/' | '_' | '#' | '№' | '×' | '·' | '前')
}

/// 0576-83310029, 2404-341322-04: digits joined to other digits, unless they are the ends of a range.
fn looks_like_a_code(prose: &str, start: usize, end: usize) -> bool {
    let mut before = prose[..start].chars().rev();
    let after_dash = before.next() == Some('-') && before.next().is_some_and(|char| char.is_ascii_alphanumeric());
    let leading_zero = prose[start..].starts_with('0') && prose[start..].chars().nth(1).is_some_and(|char| char.is_ascii_digit());
    let joined = prose[end..].starts_with(['+', '＋', '×', '_']);
    after_dash || leading_zero || joined
}

fn measure(prose: &str, at: usize, written: &Written) -> Option<Measured> {
    let mut value = written.value;
    let mut number_end = at + written.length;
    let mut upper = None;
    let mut form = written.form;
    let mut vagueness = written.vagueness;
    let mut unit = unit_at(prose, number_end, written);
    if let Some(range) = upper_end(prose, unit.map_or(number_end, |(_, end)| end)) {
        // 3至5万元 begins at thirty thousand; 8至10公斤 has its unit at the end only.
        if unit.is_none() && written.value.exponent() <= 0 && range.value.exponent() > 0 && value.less_than(range.value) {
            value = value.shift(range.value.exponent());
        }
        let second = unit_at(prose, range.end, &range.written);
        if let Some(second) = second.filter(|second| unit.is_none_or(|(unit, _)| unit == second.0)) {
            upper = Some(range.value);
            number_end = range.end;
            unit = Some(second);
            vagueness = range.written.vagueness;
            form = range.written.form;
        }
    }
    let (unit, unit_end) = unit?;
    if is_idiom(&prose[at..], written, unit) {
        return None;
    }
    let (exactness, end) = exactness::read(prose, at, unit_end, vagueness);
    Some(Measured {
        range: at..unit_end,
        number: at..number_end,
        value,
        multiplier: written.multiplier,
        upper,
        unit,
        form,
        exactness,
        end,
    })
}

struct Upper {
    written: Written,
    value: Decimal,
    end: usize,
}

/// The second number of a range, after a dash or 至.
fn upper_end(prose: &str, at: usize) -> Option<Upper> {
    let rest = &prose[at..];
    let dash = ["——", "—", "-", "－", "–", "~", "～", "至", "到"]
        .iter()
        .find(|dash| rest.starts_with(**dash))?;
    let start = at + dash.len();
    let written = written::read(&prose[start..])?;
    Some(Upper {
        written,
        value: written.value,
        end: start + written.length,
    })
}

/// The unit after a number, and where it ends.
fn unit_at(prose: &str, number_end: usize, written: &Written) -> Option<(Unit, usize)> {
    if written.form == Form::Fraction {
        return Some((Unit::percent(), number_end));
    }
    let rest = &prose[number_end..];
    let spaces = rest.len() - rest.trim_start_matches([' ', '\u{A0}']).len();
    let rest = &rest[spaces..];
    let (unit, length) = Unit::read(rest)?;
    if begins_another_word(unit, &rest[length..]) {
        return None;
    }
    Some((unit, number_end + spaces + length))
}

/// 3部门, 三位一体, 80年代, 三方面, 40周年: the unit is the beginning of another word.
fn begins_another_word(unit: Unit, rest: &str) -> bool {
    let words: &[&str] = match unit.name() {
        "部" => &["门", "委", "队", "分", "级", "署"],
        "位" => &["一体", "数", "居", "列", "于"],
        "年" => &["代", "级", "度", "轻", "龄", "货", "味"],
        "方" => &["面", "案", "式", "针", "向", "便"],
        "周" => &["年", "岁", "边", "期", "一", "二", "三", "四", "五", "六", "日"],
        "组" => &["织", "建", "长", "成", "团", "工"],
        "成" => &["员", "为", "立", "功", "长", "本", "果", "都", "绩", "效", "品", "就", "型", "千"],
        "人" => &["大代表", "民", "才", "均", "大", "口普查", "工智能", "格"],
        "户" => &["籍", "口", "均", "外"],
        "种" => &["植", "子", "业", "粮", "养"],
        "分" => &["别", "之", "钟", "秒", "类", "管", "布", "包", "开", "工", "析", "期", "批"],
        "元" => &["月", "旦", "素", "器件"],
        "层" => &["级", "次", "面"],
        "项" => &["目制"],
        "家" => &["庭", "长会", "长代表", "长学校"],
        "级" => &["别"],
        "升" => &["级", "至", "到", "高", "格", "学", "华"],
        "天" => &["然", "气", "津", "下", "府", "空"],
        "口" => &["岸", "径", "碑", "腔", "感"],
        "场" => &["地", "所", "景", "馆"],
        "本" => &["科生", "科以", "科学历", "科院", "科及", "科批", "土", "地", "级", "质", "息"],
        "条" => &["例", "件", "款"],
        "支" => &["持", "部", "出", "付", "撑", "农资"],
        "片" => &["区", "面"],
        "面" => &["向", "积"],
        "批" => &["准", "复", "发"],
        "期" => &["间", "限", "末", "货"],
        "起" => &["步", "来", "点", "草"],
        "名" => &["称", "单", "列", "录", "额"],
        "台" => &["湾", "账", "风", "阶"],
        "间" => &["接", "隔", "断"],
        "米" => &["面", "粉", "袋"],
        "包" => &["括", "保", "容", "装"],
        "个" => &["人", "体工商", "体户", "体经", "性化", "别"],
        "所" => &["有", "属", "在", "需", "得"],
        "例" => &["如", "外", "行"],
        "字" => &["号", "第"],
        "句" => &["话说"],
        "轮" => &["换", "胎", "椅"],
        "只" => &["有", "要", "能", "争", "增"],
        "头" => &["等"],
        "篇" => &["章"],
        "株" => &["洲"],
        "遍" => &["布", "及"],
        "道" => &["路", "德", "理"],
        "亩" => &["均", "产"],
        _ => return false,
    };
    words.iter().any(|word| rest.starts_with(word))
}

/// Small Han numerals make words and slogans more often than figures: 一起, 统一口径, 十分.
fn is_idiom(text: &str, written: &Written, unit: Unit) -> bool {
    if written.form != Form::Han {
        return false;
    }
    if written.vagueness == Vagueness::Loose || written.value.same_value(Decimal::from(1)) || written.value.is_zero() {
        return true;
    }
    // 十分重要, 十二分, and 三分 of anything but a test.
    unit.dimension() == Dimension::Score || text.starts_with("十足")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::date;

    fn texts(prose: &str) -> Vec<&str> {
        let glance = Glance::at(prose);
        let dates = date::read(&glance);
        scan(&glance, &dates.dates).iter().map(|figure| &prose[figure.range.clone()]).collect()
    }

    #[test]
    fn figures_as_they_are_written() {
        for (prose, figures) in [
            ("浇灌小麦136.7万亩,投入3680 万元", vec!["136.7万亩", "3680 万元"]),
            ("一百三十六点七万亩和两成、三分之一", vec!["一百三十六点七万亩", "两成", "三分之一"]),
            ("亩施8至10公斤，增长15%—20%", vec!["8至10公斤", "15%—20%"]),
            ("发放30多万元，看望500多名", vec!["30多万元", "500多名"]),
            ("12日—14日举办3天培训", vec!["3天"]),
            ("整合23家乡镇水厂，建成12个体育公园", vec!["23家", "12个"]),
        ] {
            assert_eq!(texts(prose), figures, "{prose}");
        }
    }

    #[test]
    fn what_is_no_figure() {
        for prose in [
            "“56130”先锋集群、“1+6”公开承诺、1+6项",
            "浦办发〔2024〕8号，电话0576-83310029",
            "《三年行动计划（2023—2025年）》",
            "第12项、前3名、V3.2版、CJJ 184—2012",
            "统一口径，一起，十分重要，三位一体，80年代，5部门",
            "编号2404-341322-04-01-586213个",
            "党的二十大、“十四五”、90华诞",
        ] {
            assert_eq!(texts(prose), Vec::<&str>::new(), "{prose}");
        }
    }

    #[test]
    fn a_range_has_two_ends() {
        let prose = "3至5万元";
        let figure = &scan(&Glance::at(prose), &[])[0];
        assert!(figure.value.same_value(Decimal::from(30_000)));
        assert!(figure.upper.is_some_and(|upper| upper.same_value(Decimal::from(50_000))));
    }
}
