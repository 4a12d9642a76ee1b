//! Sets of characters that are asked for every character of a draft.

/// A set of characters, one bit for each of the Basic Multilingual Plane, made when the program is compiled. `"…".contains(char)` walks through
/// its text each time; this looks at one word of memory.
pub struct CharSet {
    bits: [u64; WORDS],
}

/// How many characters the Basic Multilingual Plane has.
pub const PLANE: usize = 0x1_0000;

const WORDS: usize = PLANE / 64;

impl CharSet {
    /// The characters of a text.
    ///
    /// # Panics
    /// When the program is compiled, if the text has a character beyond the Basic Multilingual Plane.
    pub const fn of(members: &str) -> Self {
        let bytes = members.as_bytes();
        let mut bits = [0; WORDS];
        let mut at = 0;
        while at < bytes.len() {
            let (code, length) = code_at(bytes, at);
            bits[code / 64] |= 1 << (code % 64);
            at += length;
        }
        CharSet { bits }
    }

    #[inline]
    pub const fn contains(&self, char: char) -> bool {
        let code = char as usize;
        code / 64 < WORDS && self.bits[code / 64] >> (code % 64) & 1 != 0
    }
}

impl FromIterator<char> for CharSet {
    /// Characters beyond the Basic Multilingual Plane are left out.
    fn from_iter<T: IntoIterator<Item = char>>(members: T) -> Self {
        let mut bits = [0; WORDS];
        for code in members.into_iter().map(|char| char as usize).filter(|code| *code < PLANE) {
            bits[code / 64] |= 1 << (code % 64);
        }
        CharSet { bits }
    }
}

/// The code point whose UTF-8 begins at a byte, and the number of its bytes.
pub const fn code_at(bytes: &[u8], at: usize) -> (usize, usize) {
    let first = bytes[at] as usize;
    match first {
        0..0x80 => (first, 1),
        0x80..0xE0 => ((first & 0x1F) << 6 | tail(bytes, at + 1), 2),
        0xE0..0xF0 => ((first & 0x0F) << 12 | tail(bytes, at + 1) << 6 | tail(bytes, at + 2), 3),
        _ => panic!("the character lies beyond the Basic Multilingual Plane"),
    }
}

const fn tail(bytes: &[u8], at: usize) -> usize {
    (bytes[at] & 0x3F) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_has_the_characters_of_its_text_and_no_others() {
        static SET: CharSet = CharSet::of("a·、一鿿！");
        for char in (0..=0x1_FFFF).filter_map(char::from_u32) {
            assert_eq!(SET.contains(char), "a·、一鿿！".contains(char), "{char}");
        }
    }
}
