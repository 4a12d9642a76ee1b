//! Where a block may state how many there are of something: its numerals, whole.

use std::ops::Range;

use super::marker::script::is_han_numeral;
use crate::numeral;

/// A row of numeral characters of any script, as long as it goes, in bytes of the prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    pub range: Range<usize>,
    /// The character before it, which may make it something else than a count: 第三, 2.5, 近十.
    pub before: Option<char>,
}

/// The numerals of a block, in order.
pub fn counts(prose: &str) -> impl Iterator<Item = Count> + '_ {
    let mut end = 0;
    let mut before = None;
    prose.char_indices().filter_map(move |(at, char)| {
        let preceding = before.replace(char);
        if at < end || !is_numeral(char) {
            return None;
        }
        end = prose[at..].find(|char| !is_numeral(char)).map_or(prose.len(), |length| at + length);
        Some(Count {
            range: at..end,
            before: preceding,
        })
    })
}

fn is_numeral(char: char) -> bool {
    is_han_numeral(char) || char == '两' || numeral::digit(char).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_taken_whole_with_what_stands_before_them() {
        let found: Vec<_> = counts("第三批12项，两年二十七件").map(|count| (count.before, count.range)).collect();
        let expected = [(Some('第'), 3..6), (Some('批'), 9..11), (Some('，'), 17..20), (Some('年'), 23..32)];
        assert_eq!(found, expected);
    }
}
