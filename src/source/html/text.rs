//! Text between two tags: what its character references stand for, and what its white space shows.

use std::ops::Range;

use html5gum::emitters::callback::CallbackEvent;

use super::lossy;
use super::tokens::tokens;
use crate::script::is_han;
use crate::source::block::Block;

/// White space that waits for a word to follow.
pub(super) struct Blank {
    pub source: Range<usize>,
    pub shown: String,
}

/// White space between two words: as much as a browser shows. A line end of the source between two Han characters shows nothing, though
/// browsers may put a space there; whoever wraps the source of a page means none.
pub(super) fn push_blanks(block: &mut Block, blanks: &[Blank], next: &str) {
    let (Some(first), Some(last)) = (blanks.first(), blanks.last()) else {
        return;
    };
    let start = block.range.start;
    if blanks.iter().any(|blank| blank.shown.contains(|char: char| !char.is_ascii())) {
        for blank in blanks {
            let wide: String = blank.shown.chars().filter(|char| !char.is_ascii()).collect();
            if !wide.is_empty() {
                block.prose.push_shown(blank.source.start - start..blank.source.end - start, &wide);
            }
        }
        return;
    }
    let is_wide = |char: char| is_han(char) || "，。；：、？！“”‘’（）《》…—".contains(char);
    let wraps = blanks.iter().any(|blank| blank.shown.contains(['\n', '\r']));
    let before = block.prose.text().chars().next_back();
    if wraps && before.is_some_and(is_wide) && next.chars().next().is_some_and(is_wide) {
        return;
    }
    block.prose.push_shown(first.source.start - start..last.source.end - start, " ");
}

/// Text cut at its character references, each piece with what it shows.
pub(super) fn pieces(source: &str) -> Vec<(Range<usize>, String)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < source.len() {
        let end = match source[at..].strip_prefix('&') {
            None => source[at..].find('&').map_or(source.len(), |next| at + next),
            Some(rest) => {
                let name = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
                at + 1 + name + usize::from(rest.as_bytes().get(name) == Some(&b';'))
            }
        };
        let raw = &source[at..end];
        let shown = if raw.starts_with('&') { resolve(raw) } else { raw.to_owned() };
        pieces.push((at..end, shown));
        at = end;
    }
    pieces
}

fn resolve(reference: &str) -> String {
    let mut shown = String::new();
    tokens(reference, |event, _| {
        if let CallbackEvent::String { value } = event {
            shown.push_str(&lossy(value));
        }
    });
    shown
}

/// Text cut where white space begins and ends.
pub(super) fn runs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = rest.find(|char| is_blank(char) != is_blank(first)).unwrap_or(rest.len());
        let (run, behind) = rest.split_at(end);
        rest = behind;
        Some(run)
    })
}

pub(super) fn is_blank(char: char) -> bool {
    char.is_whitespace()
}
