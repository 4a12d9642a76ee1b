//! Where a block may state how many there are of something: its numerals, whole.

use std::ops::Range;

use super::glance::{Asker, Glance};

/// A row of numeral characters of any script, as long as it goes, in bytes of the prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    pub range: Range<usize>,
    /// The character before it, which may make it something else than a count: 第三, 2.5, 近十.
    pub before: Option<char>,
}

/// The numerals of a block, in order.
pub fn read(glance: &Glance) -> Vec<Count> {
    let prose = glance.prose();
    let mut counts: Vec<Count> = Vec::new();
    for (at, char) in glance.of(Asker::Counts) {
        let end = at + char.len_utf8();
        match counts.last_mut() {
            Some(last) if last.range.end == at => last.range.end = end,
            _ => counts.push(Count {
                range: at..end,
                before: prose[..at].chars().next_back(),
            }),
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numerals_are_taken_whole_with_what_stands_before_them() {
        let found: Vec<_> = read(&Glance::at("第三批12项，两年二十七件"))
            .into_iter()
            .map(|count| (count.before, count.range))
            .collect();
        let expected = [(Some('第'), 3..6), (Some('批'), 9..11), (Some('，'), 17..20), (Some('年'), 23..32)];
        assert_eq!(found, expected);
    }
}
