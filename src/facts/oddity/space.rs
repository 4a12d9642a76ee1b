//! Spaces inside Chinese text that nobody put there on purpose.
//!
//! Chinese is written without spaces, yet many are deliberate: after numbering labels, between columns, in names set to width, between a post and a
//! name. So only a space in the middle of a running sentence counts.

use std::ops::Range;

use super::around::{after, around, before, run_end, run_start};
use crate::script::is_han;

/// A space inside a word or sentence, or before a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Space {
    BetweenHan,
    BeforeMark,
    /// Between a number and a Han character. Some drafts have it everywhere as their style; it is a slip where it stands once or twice.
    BesideNumber,
}

pub(super) fn at(prose: &str, at: usize, char: char) -> Option<(Range<usize>, Space)> {
    if !is_thin_space(char) {
        return None;
    }
    let end = run_end(prose, at, is_thin_space);
    let (left, right) = (before(prose, at)?, after(prose, end)?);
    if !is_in_running_text(prose, at, end) {
        return None;
    }
    if is_number_apart(prose, at, end) {
        return Some((at..end, Space::BesideNumber));
    }
    if !is_han(left) || is_blank_date(prose, at, left) {
        return None;
    }
    match right {
        '，' | '。' | '、' | '；' | '”' | '》' => Some((at..end, Space::BeforeMark)),
        _ if is_han(right) && !is_deliberate(prose, at, end) => Some((at..end, Space::BetweenHan)),
        _ => None,
    }
}

/// Spaces of the widths that conversions leave behind; the ideographic space is as wide as a character and put in by hand.
fn is_thin_space(char: char) -> bool {
    matches!(char, ' ' | '\u{A0}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}')
}

/// 年 月 日, left blank or after a number.
fn is_blank_date(prose: &str, at: usize, left: char) -> bool {
    matches!(left, '年' | '月' | '日' | '时' | '分') && before(prose, at - left.len_utf8()).is_none_or(|char| !is_han(char))
}

/// A digit on one side and a Han character on the other, but not a caption's or a telephone's number.
fn is_number_apart(prose: &str, at: usize, end: usize) -> bool {
    let (Some(left), Some(right)) = (before(prose, at), after(prose, end)) else {
        return false;
    };
    let named = |char: Option<char>| char.is_some_and(|char| "表图注件章节条号话机码编线第期".contains(char));
    let number_start = run_start(prose, at, |char| char.is_ascii_digit() || char == '.' || char == '-');
    let after_number = left.is_ascii_digit() && is_han(right) && !named(before(prose, number_start));
    let before_number = is_han(left) && right.is_ascii_digit() && !named(Some(left));
    after_number || before_number
}

/// A sentence has begun before the space and ends after it, and the block does not have one space after another, as tables and lists of names do.
fn is_in_running_text(prose: &str, at: usize, end: usize) -> bool {
    const MOST: usize = 3;
    let is_mark = |char: char| matches!(char, '，' | '。' | '；' | ',' | '、' | '：');
    let near = around(prose, at..end);
    let (at, end, prose) = (at - near.start, end - near.start, &prose[near]);
    let stands_within = prose[..at].contains(is_mark) && prose[end..].contains(is_mark);
    stands_within && prose.split(is_thin_space).filter(|piece| piece.ends_with(is_han)).nth(MOST).is_none()
}

/// A word of one character before or after (a name set to width), a label, or something set off by brackets or quotation marks of its own.
fn is_deliberate(prose: &str, at: usize, end: usize) -> bool {
    let left = run_start(prose, at, is_han);
    let right = run_end(prose, end, is_han);
    let (left_word, right_word) = (&prose[left..at], &prose[end..right]);
    let single = |word: &str| word.chars().count() == 1;
    let set_to_width = single(left_word) && single(right_word);
    let signed = [
        "电",
        "讯",
        "消息",
        "记者",
        "通讯员",
        "作者",
        "编辑",
        "摄影",
        "条",
        "章",
        "节",
        "款",
        "来源",
    ]
    .iter()
    .any(|post| left_word.ends_with(post));
    let in_columns = prose[..left].trim_end_matches([' ', '\u{3000}']).len() < left && prose[..left].trim_end().ends_with(is_han);
    let set_off = in_columns
        || matches!(before(prose, left), Some('“' | '（' | '《' | '【' | '(' | '\u{FFFC}'))
        || matches!(after(prose, right), Some('”' | '）' | '》' | '】' | ')' | ' ' | '\u{3000}'));
    set_to_width || signed || set_off
}

#[cfg(test)]
mod tests {
    use crate::facts::oddity::{What, read};

    fn spaces(prose: &str) -> usize {
        read(prose).iter().filter(|oddity| matches!(oddity.what, What::Space(_))).count()
    }

    #[test]
    fn a_space_in_a_sentence_is_found() {
        assert_eq!(spaces("今年以来，全市粮食 产量稳定增长，农民收入提高。"), 1);
        assert_eq!(spaces("今年以来，全市粮食增产 ，农民收入提高。"), 1);
        assert_eq!(spaces("今年以来，办理建议15 件，办结率100%。"), 1);
        assert_eq!(spaces("理顺体制。 落实管护 经费，推行新模式。"), 1);
    }

    #[test]
    fn deliberate_spaces_are_left_alone() {
        for prose in [
            "第一条 为了规范管理，制定本条例。",
            "（一）总体要求 坚持稳中求进，推动发展。",
            "市长\u{3000}李\u{3000}强，副市长 王 明，出席会议。",
            "甲 乙 丙 丁，戊 己 庚 辛，壬癸。",
            "会议强调，见附表3 各县产量，完成 GDP 核算。",
            "于1996年11月30日 河南省会议通过，现予公布，自发布之日起施行。",
            "（本台记者 张三报道），据介绍，",
            "主题为“拥抱春天 播种希望”的活动，于今日举行。",
        ] {
            assert_eq!(spaces(prose), 0, "{prose}");
        }
    }
}
