//! The text of a draft: byte ranges, lines, columns and edits.
//!
//! Positions inside the program are byte offsets into UTF-8. Lines and columns exist only for the outside: a printer counts columns in
//! characters, an editor in UTF-16 units. Everything that comes from outside is clamped into the text and onto a character border, so no
//! position can be wrong enough to panic.

use std::borrow::Cow;
use std::ops::Range;

use ropey::Rope;
use ropey::iter::Chunks;

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Bytes of UTF-8.
    Byte,
    /// UTF-16 code units, as the Language Server Protocol counts by default.
    Utf16,
    /// Unicode scalar values, as a person counts characters.
    Scalar,
}

/// A line and a column, both counted from zero; what the column counts is told by the [`Unit`] it travels with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Position {
    pub line: usize,
    pub column: usize,
}

/// Text that is cheap to clone and to edit in the middle. Lines end with LF, CR or CRLF, as the Language Server Protocol has it; U+2028 and
/// its like are ordinary characters.
#[derive(Debug, Clone, Default)]
pub struct Text {
    rope: Rope,
}

impl Text {
    pub fn new(text: &str) -> Self {
        Text { rope: Rope::from_str(text) }
    }

    /// The length in bytes.
    pub fn len(&self) -> usize {
        self.rope.len_bytes()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of lines; a text that ends with a line end has an empty last line.
    pub fn line_count(&self) -> usize {
        self.rope.len_lines()
    }

    /// The line that holds `byte`.
    pub fn line_at(&self, byte: usize) -> usize {
        self.rope.byte_to_line(byte.min(self.len()))
    }

    /// The bytes of a line without its line end; a line past the last is empty and stands at the end.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        if line >= self.line_count() {
            return self.len()..self.len();
        }
        let start = self.rope.line_to_byte(line);
        let slice = self.rope.line(line);
        let mut end = start + slice.len_bytes();
        if let Some(last) = slice.len_chars().checked_sub(1) {
            match slice.char(last) {
                '\n' => {
                    end -= 1;
                    if last > 0 && slice.char(last - 1) == '\r' {
                        end -= 1;
                    }
                }
                '\r' => end -= 1,
                _ => {}
            }
        }
        start..end
    }

    /// The text of a byte range, clamped.
    pub fn slice(&self, range: Range<usize>) -> Cow<'_, str> {
        self.rope.byte_slice(self.clamp_range(range)).into()
    }

    /// Where a byte offset stands, with the column counted in `unit`.
    pub fn position(&self, byte: usize, unit: Unit) -> Position {
        let byte = self.clamp(byte);
        let line = self.rope.byte_to_line(byte);
        let start = self.rope.line_to_byte(line);
        let column = match unit {
            Unit::Byte => byte - start,
            Unit::Scalar => self.rope.byte_to_char(byte) - self.rope.byte_to_char(start),
            Unit::Utf16 => self.rope.char_to_utf16_cu(self.rope.byte_to_char(byte)) - self.rope.char_to_utf16_cu(self.rope.byte_to_char(start)),
        };
        Position { line, column }
    }

    /// The byte offset of a position. A line past the end gives the end of the text, a column past the end of the line gives the end of the
    /// line, and a column inside a character gives the start of that character.
    pub fn byte(&self, position: Position, unit: Unit) -> usize {
        if position.line >= self.line_count() {
            return self.len();
        }
        let line = self.line_range(position.line);
        let byte = match unit {
            Unit::Byte => line.start.saturating_add(position.column),
            Unit::Scalar => {
                let char = self.rope.byte_to_char(line.start).saturating_add(position.column);
                self.rope.char_to_byte(char.min(self.rope.len_chars()))
            }
            Unit::Utf16 => {
                let start = self.rope.char_to_utf16_cu(self.rope.byte_to_char(line.start));
                let unit = start.saturating_add(position.column).min(self.rope.len_utf16_cu());
                self.rope.char_to_byte(self.rope.utf16_cu_to_char(unit))
            }
        };
        self.clamp(byte.min(line.end))
    }

    /// Replaces a byte range, clamped; a reversed range is taken the right way round.
    pub fn replace(&mut self, range: Range<usize>, with: &str) {
        let range = self.clamp_range(range);
        let start = self.rope.byte_to_char(range.start);
        let end = self.rope.byte_to_char(range.end);
        self.rope.remove(start..end);
        self.rope.insert(start, with);
    }

    /// How many bytes two texts have in common at the start and at the end, in whole characters and without overlap in either.
    pub fn common_ends(&self, other: &Text) -> (usize, usize) {
        let shorter = self.len().min(other.len());
        let front = self.clamp(common(self.rope.chunks(), other.rope.chunks(), |chunk, at| chunk.split_at(at)));
        let back = common(last_chunks(&self.rope), last_chunks(&other.rope), |chunk, at| {
            let (rest, end) = chunk.split_at(chunk.len() - at);
            (end, rest)
        });
        let back = back.min(shorter - front);
        let border = self.clamp(self.len() - back);
        let whole = if border == self.len() - back {
            back
        } else {
            self.len() - self.behind(border)
        };
        (front, whole)
    }

    /// The character border behind the character at `byte`.
    fn behind(&self, byte: usize) -> usize {
        self.rope.char_to_byte((self.rope.byte_to_char(byte) + 1).min(self.rope.len_chars()))
    }

    /// The nearest character border at or before `byte`.
    pub fn clamp(&self, byte: usize) -> usize {
        let byte = byte.min(self.len());
        self.rope.char_to_byte(self.rope.byte_to_char(byte))
    }

    fn clamp_range(&self, range: Range<usize>) -> Range<usize> {
        let (low, high) = (range.start.min(range.end), range.start.max(range.end));
        self.clamp(low)..self.clamp(high)
    }
}

fn last_chunks(rope: &Rope) -> Chunks<'_> {
    rope.chunks_at_byte(rope.len_bytes()).0.reversed()
}

/// Takes so many bytes off one side of a chunk: those, and the rest.
type Split = fn(&[u8], usize) -> (&[u8], &[u8]);

/// How many bytes two rows of chunks have in common from where they begin; `split` takes so many bytes off that side of a chunk. Texts that were
/// one share most of their chunks, which need not be compared.
fn common<'a>(mut left: impl Iterator<Item = &'a str>, mut right: impl Iterator<Item = &'a str>, split: Split) -> usize {
    let (mut here, mut there): (&[u8], &[u8]) = (&[], &[]);
    let mut count = 0;
    loop {
        while here.is_empty() {
            let Some(chunk) = left.next() else { return count };
            here = chunk.as_bytes();
        }
        while there.is_empty() {
            let Some(chunk) = right.next() else { return count };
            there = chunk.as_bytes();
        }
        let length = here.len().min(there.len());
        let ((first, rest), (second, other)) = (split(here, length), split(there, length));
        if !std::ptr::eq(first, second) && first != second {
            let is_common = |at: usize| split(first, at).0 == split(second, at).0;
            let (mut low, mut high) = (0, length - 1);
            while low < high {
                let middle = (low + high).div_ceil(2);
                (low, high) = if is_common(middle) { (middle, high) } else { (low, middle - 1) };
            }
            return count + low;
        }
        count += length;
        (here, there) = (rest, other);
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.rope.chunks().try_for_each(|chunk| formatter.write_str(chunk))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_counted_in_each_unit() {
        let text = Text::new("七\u{20BB7}一\r\nb");
        let byte = "七\u{20BB7}".len();
        assert_eq!(text.position(byte, Unit::Byte), Position { line: 0, column: 7 });
        assert_eq!(text.position(byte, Unit::Utf16), Position { line: 0, column: 3 });
        assert_eq!(text.position(byte, Unit::Scalar), Position { line: 0, column: 2 });
        for unit in [Unit::Byte, Unit::Utf16, Unit::Scalar] {
            assert_eq!(text.byte(text.position(byte, unit), unit), byte);
        }
    }

    #[test]
    fn a_position_inside_a_surrogate_pair_falls_back_to_its_start() {
        let text = Text::new("\u{20BB7}");
        assert_eq!(text.byte(Position { line: 0, column: 1 }, Unit::Utf16), 0);
    }

    #[test]
    fn positions_past_the_end_are_clamped() {
        let text = Text::new("一\n二");
        assert_eq!(text.byte(Position { line: 0, column: 99 }, Unit::Utf16), 3);
        assert_eq!(text.byte(Position { line: 9, column: 0 }, Unit::Utf16), 7);
        assert_eq!(text.byte(Position { line: 0, column: usize::MAX }, Unit::Scalar), 3);
    }

    #[test]
    fn only_lf_cr_and_crlf_end_a_line() {
        let text = Text::new("a\rb\r\nc\nd\u{2028}e\u{0B}f");
        assert_eq!(text.line_count(), 4);
        assert_eq!(text.line_range(1), 2..3);
    }

    #[test]
    fn edited_texts_have_their_ends_in_common() {
        let old = "甲乙丙丁".repeat(2000);
        for (range, with) in [
            (0..0, "甲"),
            (6000..6003, "乚"),
            (24_000..24_000, "丁"),
            (3..3, "乙"),
            (0..24_000, ""),
            (9000..9012, ""),
        ] {
            let text = Text::new(&old);
            let mut edited = text.clone();
            edited.replace(range.clone(), with);
            let new = edited.to_string();
            let (front, back) = text.common_ends(&edited);
            assert!(front + back <= old.len().min(new.len()), "{range:?}");
            assert_eq!((&old[..front], &old[old.len() - back..]), (&new[..front], &new[new.len() - back..]));
            assert!(front + back + 3 * with.len().max(range.len()) >= old.len().max(new.len()), "{range:?}");
        }
    }

    #[test]
    fn a_reversed_range_is_taken_the_right_way_round() {
        let mut text = Text::new("一二三");
        text.replace(Range { start: 6, end: 3 }, "2");
        assert_eq!(text.to_string(), "一2三");
    }
}
