//! What stands before and after a place.

use std::ops::Range;

use crate::border;

/// The character that ends at `at`.
pub(super) fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

/// The character that begins at `at`.
pub(super) fn after(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

/// Where the run of characters that satisfy `belongs` around `at` begins.
pub(super) fn run_start(text: &str, at: usize, belongs: impl Fn(char) -> bool) -> usize {
    text[..at].trim_end_matches(belongs).len()
}

/// Where the run of characters that satisfy `belongs` from `at` on ends.
pub(super) fn run_end(text: &str, at: usize, belongs: impl Fn(char) -> bool) -> usize {
    text.len() - text[at..].trim_start_matches(belongs).len()
}

/// What stands around a range as far as its habits are looked for: a paragraph of any usual length as a whole.
pub(super) fn around(text: &str, range: Range<usize>) -> Range<usize> {
    const REACH: usize = 4_000;
    border::before(text, range.start.saturating_sub(REACH))..border::before(text, range.end + REACH)
}
