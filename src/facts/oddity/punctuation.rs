//! Marks that stand twice, or two marks where one belongs.

use std::ops::Range;

use super::around::{after, before};
use crate::script::is_han;

/// A run of two or more marks of which one is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Doubled {
    /// The mark to keep: the one that ends the larger unit, of two alike the full-width one.
    pub keep: char,
    /// Whether all marks of the run are the same, so that it is certain which one is meant.
    pub identical: bool,
}

/// Looks at the first mark of a run. Question and exclamation marks may be combined, and full stops in threes stand for an ellipsis.
pub(super) fn at(prose: &str, at: usize, char: char) -> Option<(Range<usize>, Doubled)> {
    let weight = weight(char)?;
    let left = before(prose, at);
    // A half-width stop after a Latin letter or a digit belongs to an abbreviation or a label.
    if left.and_then(self::weight).is_some() || (char == '.' && !left.is_some_and(is_han)) {
        return None;
    }
    let mut end = at + char.len_utf8();
    let mut count = 1;
    let mut keep = (weight, char);
    let mut identical = true;
    while let Some(next) = after(prose, end)
        && let Some(weight) = self::weight(next)
    {
        identical &= full_width(next) == full_width(char);
        if weight > keep.0 || weight == keep.0 && keep.1.is_ascii() {
            keep = (weight, next);
        }
        end += next.len_utf8();
        count += 1;
    }
    let only_stops = prose[at..end].bytes().all(|byte| byte == b'.');
    if count < 2 || only_stops || (count > 2 && identical && full_width(char) != '，') || !beside_han(prose, at, end) {
        return None;
    }
    Some((at..end, Doubled { keep: keep.1, identical }))
}

/// How large a unit the mark ends.
fn weight(char: char) -> Option<u8> {
    Some(match char {
        '、' => 0,
        '，' | ',' => 1,
        '：' | ':' => 2,
        '；' | ';' => 3,
        '.' => 3,
        '。' => 4,
        _ => return None,
    })
}

fn full_width(char: char) -> char {
    match char {
        ',' => '，',
        ':' => '：',
        ';' => '；',
        other => other,
    }
}

/// ASCII marks repeat in code and addresses; only those beside Chinese text, or its own marks, are read.
fn beside_han(prose: &str, start: usize, end: usize) -> bool {
    let chinese = |char: Option<char>| char.is_some_and(|char| is_han(char) || matches!(char, '”' | '》' | '）' | '“' | '《'));
    !prose[start..end].is_ascii()
        || (chinese(before(prose, start)) && (end == prose.len() || chinese(after(prose, end))))
        || (chinese(before(prose, start)) && after(prose, end).is_some_and(|char| char.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use crate::facts::oddity::{What, read};

    fn doubled(prose: &str) -> Vec<(String, char, bool)> {
        let of = |oddity: crate::facts::oddity::Oddity| match oddity.what {
            What::Doubled(doubled) => Some((prose[oddity.range].to_owned(), doubled.keep, doubled.identical)),
            _ => None,
        };
        read(prose).into_iter().filter_map(of).collect()
    }

    #[test]
    fn the_weightier_mark_is_kept() {
        assert_eq!(doubled("完成任务。。"), [("。。".to_owned(), '。', true)]);
        assert_eq!(doubled("有保障,,累计供应"), [(",,".to_owned(), ',', true)]);
        assert_eq!(doubled("水稻、，玉米"), [("、，".to_owned(), '，', false)]);
        assert_eq!(doubled("落实到位；。"), [("；。".to_owned(), '。', false)]);
        assert_eq!(doubled("有保障，,累计"), [("，,".to_owned(), '，', true)]);
        assert_eq!(doubled("有保障,，累计"), [(",，".to_owned(), '，', true)]);
    }

    #[test]
    fn a_half_width_stop_counts_beside_a_chinese_mark() {
        assert_eq!(doubled("仍然存在.。"), [(".。".to_owned(), '。', false)]);
        for prose in ["No.：5", "等等...", "(Co.,Ltd)", "10.5、11.5"] {
            assert!(doubled(prose).is_empty(), "{prose}");
        }
    }

    #[test]
    fn what_repeats_by_right_is_left_alone() {
        for prose in ["真的吗？！", "等等。。。", "他说：“好。”", "a::b,,c", "结束……", "见表1,2。"] {
            assert!(doubled(prose).is_empty(), "{prose}");
        }
    }
}
