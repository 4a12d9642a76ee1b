//! Borders of characters, between which a text may be cut.

/// The nearest border at or before a byte, which may lie behind the end.
#[inline]
pub fn before(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The nearest border at or behind a byte; the end for one that lies behind it.
#[inline]
pub fn behind(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_character_is_torn() {
        for (at, before, behind) in [(0, 0, 0), (1, 0, 3), (3, 3, 3), (4, 4, 4), (5, 4, 7), (7, 7, 7), (9, 7, 7)] {
            assert_eq!((super::before("甲a乙", at), super::behind("甲a乙", at)), (before, behind), "{at}");
        }
    }
}
