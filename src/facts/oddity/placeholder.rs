//! Places left to be filled in: ××万元, xx年, ____, （待补充）, TODO.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;

use super::around::{after, before, run_end};
use super::bracket::Bracket;
use crate::border;
use crate::script::is_han;

/// A place that is waiting for its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Placeholder {
    /// A number, a name or a text is certainly missing.
    Missing,
    /// The same signs are also used on purpose, to mask names or as blanks of a form.
    Perhaps,
}

pub(super) fn at(prose: &str, at: usize, char: char) -> Option<(Range<usize>, Placeholder)> {
    match char {
        '×' | '✕' | 'x' | 'X' | 'ｘ' | 'Ｘ' | 'o' | 'O' => crosses(prose, at, char),
        '_' => blank(prose, at),
        'T' => note(prose, at),
        _ => None,
    }
}

/// Crosses in place of a number or a name: at least two, or one before a unit of time.
fn crosses(prose: &str, at: usize, char: char) -> Option<(Range<usize>, Placeholder)> {
    let end = run_end(prose, at, |next| next == char);
    let count = prose[at..end].chars().count();
    let (left, right) = (before(prose, at), after(prose, end)?);
    let is_latin = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '.' | '/' | '_' | '×');
    let in_word = left.is_some_and(is_latin) || is_latin(right);
    let is_cross = !matches!(char, 'o' | 'O');
    if char == '×' && count >= 3 && left == Some('-') && !is_latin(right) {
        return Some((at..end, Placeholder::Perhaps));
    }
    if in_word {
        let is_year = count <= 2 && right == '年' && is_cross && prose[..at].ends_with(|char: char| char.is_ascii_digit());
        return is_year.then_some((at..end, Placeholder::Missing));
    }
    if count == 1 {
        let is_date = matches!(right, '年' | '月' | '日') && is_cross;
        return is_date.then_some((at..end, Placeholder::Missing));
    }
    let counted = is_unit(right) && !["人民", "个案", "个人", "家庭", "名称"].iter().any(|word| prose[end..].starts_with(word));
    if counted && (left.is_none_or(|left| !is_person(left)) || !is_cross) {
        return Some((at..end, Placeholder::Missing));
    }
    let names_a_place = "省市县区乡镇村街局厂".contains(right);
    let is_latin_cross = matches!(char, 'x' | 'X' | 'o' | 'O');
    match (is_han(right), names_a_place, is_latin_cross) {
        (true, true, true) => Some((at..end, Placeholder::Missing)),
        (true, true, false) => Some((at..end, Placeholder::Perhaps)),
        _ => None,
    }
}

/// What stands after a number.
fn is_unit(char: char) -> bool {
    "年月日万亿元个户次项亩吨名%％家人对件条台辆只座所批场期篇份间栋幢套支米".contains(char)
}

/// Before crosses that mask a name.
fn is_person(char: char) -> bool {
    matches!(char, '某' | '人' | '告' | '犯')
}

/// Underscores between words of a sentence; after a colon or at the end of a line they are the blank of a form.
fn blank(prose: &str, at: usize) -> Option<(Range<usize>, Placeholder)> {
    let end = run_end(prose, at, |next| next == '_');
    let within = before(prose, at).is_some_and(is_han) && after(prose, end).is_some_and(|right| is_han(right) || right == '%');
    let is_date = after(prose, end).is_some_and(|right| matches!(right, '年' | '月' | '日'));
    (end - at >= 2 && within && !is_date).then_some((at..end, Placeholder::Missing))
}

/// TODO and TBD as words of their own.
fn note(prose: &str, at: usize) -> Option<(Range<usize>, Placeholder)> {
    let word = ["TODO", "TBD"].into_iter().find(|word| prose[at..].starts_with(word))?;
    let end = at + word.len();
    let is_letter = |char: Option<char>| char.is_some_and(|char| char.is_ascii_alphanumeric());
    // In brackets of its own it is read together with them.
    let bracketed = before(prose, at).is_some_and(|char| matches!(char, '（' | '(' | '[' | '【'));
    (!bracketed && !is_letter(before(prose, at)) && !is_letter(after(prose, end))).then_some((at..end, Placeholder::Missing))
}

/// A bracket at `at` that encloses nothing but a note to the writer. The range holds the brackets.
pub(super) fn in_brackets(prose: &str, at: usize, char: char) -> Option<(Range<usize>, Placeholder)> {
    const LONGEST: usize = 48;
    let close = match char {
        '[' => ']',
        _ => Bracket::of(char).filter(|bracket| bracket.opens && !bracket.kind.is_quote())?.partner(),
    };
    let start = at + char.len_utf8();
    let reach = border::before(prose, start + LONGEST);
    let length = prose[start..reach].find([close, '）', ')'])?;
    let (inside, end) = (&prose[start..start + length], start + length);
    let end = end + after(prose, end)?.len_utf8();
    let missing = ["待补充", "待填", "待核", "此处", "填写", "TODO", "TBD", "补数据", "待更新", "补充数据"];
    let names_what_is_missing = matches!(char, '【' | '[' | '〔')
        && ["待补", "待定", "待报", "待查", "待确认", "暂缺", "空缺"]
            .iter()
            .any(|word| inside.ends_with(word));
    if names_what_is_missing || missing.iter().any(|word| inside.starts_with(word) || inside.ends_with(word)) {
        return Some((at..end, Placeholder::Missing));
    }
    let empty = matches!(char, '【' | '《' | '〔') && inside.trim().is_empty();
    (empty || inside == "待定").then_some((at..end, Placeholder::Perhaps))
}

/// 此处填写 and its like without brackets around them.
pub(super) fn instructions(prose: &str) -> impl Iterator<Item = (Range<usize>, Placeholder)> + '_ {
    static HERE: LazyLock<memmem::Finder> = LazyLock::new(|| memmem::Finder::new("此处"));
    HERE.find_iter(prose.as_bytes()).filter_map(|at| {
        let rest = &prose[at + "此处".len()..];
        let verb = ["填写", "插入", "补充", "待补", "填入", "填"]
            .into_iter()
            .find(|verb| rest.starts_with(verb))?;
        let bracketed = prose[..at].ends_with(['（', '(', '[', '【', '［', '〔']);
        (!bracketed).then(|| (at..at + "此处".len() + verb.len(), Placeholder::Missing))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::oddity::{What, read};

    fn placeholders(prose: &str) -> Vec<(&str, Placeholder)> {
        let of = |oddity: crate::facts::oddity::Oddity| match oddity.what {
            What::Placeholder(placeholder) => Some((&prose[oddity.range], placeholder)),
            _ => None,
        };
        read(prose).into_iter().filter_map(of).collect()
    }

    #[test]
    fn places_to_be_filled_in_are_found() {
        for (prose, place) in [
            ("完成投资××万元，", "××"),
            ("完成投资XX万元，", "XX"),
            ("于xx年启动", "xx"),
            ("在ooo乡召开", "ooo"),
            ("定于X月举行", "X"),
            ("到202X年，", "X"),
            ("共____户受益", "____"),
            ("惠及群众（待补充）。", "（待补充）"),
            ("投资[填写金额]万元", "[填写金额]"),
            ("TODO：核对", "TODO"),
            ("投资[TODO]万元", "[TODO]"),
            ("【竣工时间待补】通过验收", "【竣工时间待补】"),
            ("此处填写数据。", "此处填写"),
        ] {
            assert_eq!(placeholders(prose), [(place, Placeholder::Missing)], "{prose}");
        }
        assert_eq!(placeholders("××县召开会议"), [("××", Placeholder::Perhaps)]);
        assert_eq!(placeholders("电话：0990-×××××××）"), [("×××××××", Placeholder::Perhaps)]);
    }

    #[test]
    fn signs_that_are_meant_are_left_alone() {
        for prose in [
            "尺寸5×3米",
            "X光检查",
            "XX型设备",
            "Xbox、XXL、xx.com",
            "联系人：____",
            "被告人××",
            "张××到庭",
            "××人民法院",
            "队伍有待补充，",
            "此处地势平坦",
            "×1为备案部门",
            "（见附件）",
            "good、too、O2",
        ] {
            assert!(placeholders(prose).is_empty(), "{prose}");
        }
    }
}
