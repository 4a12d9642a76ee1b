//! Between byte ranges and the protocol's positions. Nowhere else does a column in UTF-16 exist.

use std::ops::Range;

use tower_lsp::ls_types::{self as lsp, DiagnosticSeverity, PositionEncodingKind};

use crate::finding::Severity;
use crate::text::{Position, Text, Unit};

/// What a column counts, in the words of the protocol.
pub fn encoding_name(unit: Unit) -> PositionEncodingKind {
    match unit {
        Unit::Byte => PositionEncodingKind::UTF8,
        Unit::Utf16 => PositionEncodingKind::UTF16,
        Unit::Scalar => PositionEncodingKind::UTF32,
    }
}

/// The first encoding of the client's list that is known here; the protocol's default is UTF-16.
pub fn choose_encoding(offered: Option<&[PositionEncodingKind]>) -> Unit {
    let known = [Unit::Byte, Unit::Utf16];
    let offered = offered.unwrap_or_default();
    offered
        .iter()
        .find_map(|kind| known.into_iter().find(|unit| encoding_name(*unit) == *kind))
        .unwrap_or(Unit::Utf16)
}

pub fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Info => DiagnosticSeverity::INFORMATION,
        Severity::Hint => DiagnosticSeverity::HINT,
    }
}

/// The positions of one text.
#[derive(Clone, Copy)]
pub struct Positions<'a> {
    pub text: &'a Text,
    pub unit: Unit,
}

impl Positions<'_> {
    pub fn position(self, byte: usize) -> lsp::Position {
        let position = self.text.position(byte, self.unit);
        lsp::Position::new(to_u32(position.line), to_u32(position.column))
    }

    pub fn range(self, bytes: Range<usize>) -> lsp::Range {
        lsp::Range::new(self.position(bytes.start), self.position(bytes.end))
    }

    /// The byte of a position, which may be anything: it is clamped into the text and onto a character.
    pub fn byte(self, position: lsp::Position) -> usize {
        let position = Position {
            line: position.line as usize,
            column: position.character as usize,
        };
        self.text.byte(position, self.unit)
    }

    /// The bytes of a range, the right way round.
    pub fn bytes(self, range: lsp::Range) -> Range<usize> {
        let (start, end) = (self.byte(range.start), self.byte(range.end));
        start.min(end)..start.max(end)
    }
}

fn to_u32(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_client_chooses_among_what_is_known() {
        let utf8 = PositionEncodingKind::UTF8;
        let utf16 = PositionEncodingKind::UTF16;
        let utf32 = PositionEncodingKind::UTF32;
        assert_eq!(choose_encoding(None), Unit::Utf16);
        assert_eq!(choose_encoding(Some(&[])), Unit::Utf16);
        assert_eq!(choose_encoding(Some(std::slice::from_ref(&utf32))), Unit::Utf16);
        assert_eq!(choose_encoding(Some(&[utf32, utf8.clone(), utf16.clone()])), Unit::Byte);
        assert_eq!(choose_encoding(Some(&[utf16, utf8])), Unit::Utf16);
    }

    #[test]
    fn positions_go_there_and_back() {
        let text = Text::new("甲\u{20BB7}乙\r\n\u{1F600}\r丙\n");
        for unit in [Unit::Byte, Unit::Utf16] {
            let positions = Positions { text: &text, unit };
            for (byte, char) in text.to_string().char_indices().filter(|(_, char)| !"\r\n".contains(*char)) {
                let range = byte..byte + char.len_utf8();
                assert_eq!(positions.bytes(positions.range(range.clone())), range, "{char} {unit:?}");
            }
        }
    }

    #[test]
    fn reversed_ranges_are_turned() {
        let text = Text::new("甲乙");
        let positions = Positions {
            text: &text,
            unit: Unit::Utf16,
        };
        let reversed = lsp::Range::new(lsp::Position::new(0, 2), lsp::Position::new(0, 1));
        assert_eq!(positions.bytes(reversed), 3..6);
    }
}
