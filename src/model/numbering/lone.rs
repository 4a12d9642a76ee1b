//! A section “一、” that no “二、” follows anywhere in the draft.

use super::slip::{Confidence, Kind, Slip};
use super::{List, Node};
use crate::draft::Draft;
use crate::facts::marker::script::Script;
use crate::facts::marker::{Doubt, Shape};

/// A draft of fewer blocks is a notice or a piece of news, or was cut.
const FEWEST_BLOCKS: usize = 4;

/// Adds a slip to a section that is the only one of its shape in the whole draft. Several lone ones are the draft's habit, or an excerpt's.
pub(super) fn note(draft: &Draft, nodes: &[Node], lists: &mut [List]) {
    if draft.pieces().len() < FEWEST_BLOCKS {
        return;
    }
    let candidates: Vec<usize> = (0..lists.len()).filter(|&list| is_lone_section(nodes, &lists[list])).collect();
    let [list] = candidates[..] else { return };
    if counts_on(draft, lists[list].style.shape) {
        return;
    }
    lists[list].slips.push(Slip {
        kind: Kind::Lone,
        from: 0,
        to: 1,
        expected: 2,
        confidence: Confidence::Faint,
    });
}

/// A list with nothing but a “一、” or “（一）” that begins a block and has text of its own.
fn is_lone_section(nodes: &[Node], list: &List) -> bool {
    let [only] = list.items[..] else { return false };
    let node = &nodes[only];
    let Some(marker) = &node.marker else { return false };
    let reading = &marker.reading;
    let is_section_label = reading.style.script == Script::Han && matches!(reading.style.shape, Shape::Comma | Shape::Dot | Shape::Paren);
    is_section_label && marker.opens && reading.number == 1 && reading.doubt == Doubt::None
}

/// Whether the draft has a later number anywhere that may go on with a list of this shape, however it is written.
fn counts_on(draft: &Draft, shape: Shape) -> bool {
    let bracketed = shape == Shape::Paren;
    draft.pieces().iter().any(|piece| {
        let prose = piece.prose().trim_start();
        let bare = prose.trim_start_matches(['（', '(']);
        let begins_with_two = bare.starts_with('二') && (bare.len() < prose.len()) == bracketed;
        let later = |number: u32, style_shape: Shape, script: Script| number > 1 && style_shape == shape && script == Script::Han;
        begins_with_two
            || piece.facts().markers.iter().any(|marker| {
                let reading = &marker.reading;
                later(reading.number, reading.style.shape, reading.style.script)
            })
    })
}
