//! Changes of rank: 由第12位上升到第7位，上升5位.

use std::ops::Range;

use crate::numeral::{digit, han_digit, parse_digits, parse_han};

/// So many places up or down that the two ranks beside them do not give. Ranges are bytes of the prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RankChange {
    /// The number of places alone.
    pub number: Range<usize>,
    /// From the earlier rank to the later one.
    pub ranks: Range<usize>,
    pub from: u64,
    pub to: u64,
    /// The change goes the other way than the word says.
    pub reversed: bool,
}

/// Words for a better and for a worse rank, the longest first.
const UP: &[&str] = &["上升", "前进", "提升", "跃升", "前移", "进位", "提高", "晋升", "进"];
const DOWN: &[&str] = &["下降", "后退", "下滑", "后移", "退后", "退位", "降低", "退"];
/// What places are counted in, the longest first.
const PLACES: &[&str] = &["个位次", "个名次", "个位", "位次", "名次", "位", "名"];

/// All changes of rank of a block that do not follow.
pub fn read(prose: &str) -> Vec<RankChange> {
    let mut found = Vec::new();
    let mut earlier: Option<(Range<usize>, u64)> = None;
    for (at, _) in prose.match_indices('第') {
        let Some((rank, length)) = rank_at(&prose[at..]) else { continue };
        let later = (at..at + length, rank);
        if let Some(earlier) = &earlier {
            found.extend(change(prose, earlier, &later));
        }
        earlier = Some(later);
    }
    found
}

fn change(prose: &str, earlier: &(Range<usize>, u64), later: &(Range<usize>, u64)) -> Option<RankChange> {
    let ((first, from), (second, to)) = (earlier, later);
    let before = prose[..first.start].rsplit(['，', ',', '。', '；']).next()?;
    let between = &prose[first.end..second.start];
    let is_run = between.contains(['到', '至', '为']) && between.chars().count() <= 14 && !between.contains(['，', ',', '。', '；', '、']);
    if !before.contains(['由', '从']) || !is_run {
        return None;
    }
    let rest = prose[second.end..].trim_start_matches(['，', ',', '（', '(']);
    let (falls, rest) = UP
        .iter()
        .find_map(|word| Some((false, rest.strip_prefix(word)?)))
        .or_else(|| DOWN.iter().find_map(|word| Some((true, rest.strip_prefix(word)?))))?;
    let rest = rest.trim_start_matches('了');
    let (places, length) = number_at(rest)?;
    let start = prose.len() - rest.len();
    let is_counted = PLACES.iter().any(|word| rest[length..].starts_with(word));
    let reversed = if falls { to < from } else { from < to };
    (is_counted && (reversed || from.abs_diff(*to) != places)).then(|| RankChange {
        number: start..start + length,
        ranks: first.start..second.end,
        from: *from,
        to: *to,
        reversed,
    })
}

/// 第12位, 第三名: the rank and its bytes.
fn rank_at(text: &str) -> Option<(u64, usize)> {
    let rest = text.strip_prefix('第')?;
    let (rank, length) = number_at(rest)?;
    let is_rank = rest[length..].starts_with(['位', '名']) && !rest[length..].starts_with("名单");
    is_rank.then_some((rank, '第'.len_utf8() + length + '位'.len_utf8()))
}

fn number_at(text: &str) -> Option<(u64, usize)> {
    let is_numeral = |char: &char| digit(*char).is_some() || han_digit(*char).is_some() || matches!(char, '十' | '两');
    let length: usize = text.chars().take(4).take_while(is_numeral).map(char::len_utf8).sum();
    let digits = &text[..length];
    let number = parse_digits(digits).or_else(|| parse_han(digits))?;
    Some((number, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_that_do_not_follow() {
        for (wrong, right) in [
            ("由全省第12位上升到第7位，上升6位。", "由全省第12位上升到第7位，上升5位。"),
            ("由去年第5名提升至第2名，前进了4个位次。", "由去年第5名提升至第2名，前进了3个位次。"),
            ("从第三位下降到第八位，下降四位。", "从第三位下降到第八位，下降五位。"),
            ("从全市第9名跃升为第4名，进位6名。", "从全市第9名跃升为第4名，进位5名。"),
            ("排名由第3位下滑至第5位，上升2位。", "排名由第3位下滑至第5位，后移2位。"),
        ] {
            assert_eq!(read(wrong).len(), 1, "{wrong}");
            assert_eq!(read(right), vec![], "{right}");
        }
    }

    #[test]
    fn ranks_of_several_things() {
        for prose in [
            "总量居全省第5位，增速居第2位，前进4位。",
            "由第5位上升到第2位，提高了8个百分点。",
            "增速由第12位上升到第7位，总量上升1位。",
            "获第1名3个、第2名4个，前进2位。",
        ] {
            assert_eq!(read(prose), vec![], "{prose}");
        }
    }
}
