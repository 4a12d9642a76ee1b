//! The table of contents before the body. Its lines repeat the headings, so their labels must not be counted with them.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::draft::{Draft, Piece};
use crate::script::is_sentence_end;
use crate::source::block::Kind;

/// The longest line of contents, in characters. Several entries may have run together in one.
const LONGEST: usize = 300;

/// The blocks of the contents list, its title included; empty if the draft has none.
pub(super) fn find(draft: &Draft) -> Range<usize> {
    let pieces = draft.pieces();
    let Some(start) = pieces.iter().position(is_title) else { return 0..0 };
    let mut seen = FxHashSet::default();
    let mut end = start + 1;
    for piece in &pieces[start + 1..] {
        let starts_body = matches!(piece.block().kind, Kind::Heading(_)) || !is_line(piece);
        if starts_body || !seen.insert(entry(piece)) {
            break;
        }
        end += 1;
    }
    // Without a heading that comes back, the lines may be anything.
    let comes_back = pieces[end..].iter().any(|piece| seen.contains(entry(piece)));
    if comes_back { start..end } else { 0..0 }
}

fn is_title(piece: &Piece) -> bool {
    let mut chars = piece.prose().chars().filter(|char| !char.is_whitespace()).take(8);
    let title: String = chars.by_ref().collect();
    matches!(title.as_str(), "目录" | "目录：" | "目次")
}

fn is_line(piece: &Piece) -> bool {
    let prose = piece.prose();
    prose.chars().nth(LONGEST).is_none() && !prose.contains(|char| is_sentence_end(char) && char != '…')
}

/// The line without the page number and the dots that lead to it.
fn entry(piece: &Piece) -> &str {
    piece.prose().trim_end_matches(|char: char| {
        char.is_ascii_digit() || char.is_whitespace() || matches!(char, '.' | '…' | '·' | '-' | '—' | '（' | '）' | '(' | ')')
    })
}
