//! `textDocument/definition`, `references` and `documentHighlight`: from a figure to the others of its fact, from 见表5 to table 5.

use std::ops::Range;

use tower_lsp::ls_types::*;

use super::figures;
use super::view::View;
use crate::draft::Place;
use crate::facts::reference::Reference;
use crate::model::references;

/// The first mention of the figure; the part that a reference names.
pub fn definition(view: &View, position: Position) -> Option<Location> {
    let draft = &view.snapshot.reading().draft;
    if let Some((_, reference)) = reference_at(view, position)
        && let Some(part) = references::part_of(draft, reference)
    {
        return Some(view.location(draft.source_range(&part)));
    }
    let mentions = figures::mentions_at(view, position)?;
    mentions.into_iter().next().map(|range| view.location(range))
}

/// Bytes of the reference at a position, and the label of the part that it names.
pub fn reference_and_part(view: &View, position: Position) -> Option<(Range<usize>, Place)> {
    let draft = &view.snapshot.reading().draft;
    let (block, reference) = reference_at(view, position)?;
    let part = references::part_of(draft, reference)?;
    Some((draft.source_range(&Place::new(block, reference.range.clone())), part))
}

/// All mentions; without the one that is the first if the client does not want the declaration.
pub fn locations(view: &View, position: Position, with_declaration: bool) -> Option<Vec<Location>> {
    let skipped = if with_declaration { 0 } else { 1 };
    Some(
        places(view, position)?
            .into_iter()
            .skip(skipped)
            .map(|range| view.location(range))
            .collect(),
    )
}

pub fn highlights(view: &View, position: Position) -> Option<Vec<DocumentHighlight>> {
    let highlight = |range: Range<usize>| DocumentHighlight {
        range: view.range(range),
        kind: Some(DocumentHighlightKind::TEXT),
    };
    Some(places(view, position)?.into_iter().map(highlight).collect())
}

fn places(view: &View, position: Position) -> Option<Vec<Range<usize>>> {
    let draft = &view.snapshot.reading().draft;
    let part = match reference_at(view, position) {
        Some((_, reference)) => references::part_of(draft, reference),
        None => label_at(view, position),
    };
    if let Some(part) = part {
        let mut places = references::mentions_of(draft, &part);
        if !places.is_empty() {
            // The part itself is the declaration, and stands first.
            places.sort_by_key(|place| *place != part);
            return Some(places.iter().map(|place| draft.source_range(place)).collect());
        }
    }
    figures::mentions_at(view, position)
}

fn reference_at(view: &View, position: Position) -> Option<(usize, &Reference)> {
    let draft = &view.snapshot.reading().draft;
    let at = view.byte(position);
    let index = draft.pieces().partition_point(|piece| piece.block().range.end < at);
    let piece = draft.pieces().get(index)?;
    let covers = |reference: &&Reference| {
        let range = piece.block().source_range(reference.range.clone());
        range.start <= at && at <= range.end
    };
    piece.facts().references.iter().find(covers).map(|reference| (index, reference))
}

/// The label of an item or caption.
fn label_at(view: &View, position: Position) -> Option<Place> {
    let reading = view.snapshot.reading();
    let at = view.byte(position);
    let nodes = reading.models.numbering.nodes();
    let after = nodes.partition_point(|node| reading.draft.source_range(&node.place).start <= at);
    let node = &nodes[after.checked_sub(1)?];
    (node.marker.is_some() && at < reading.draft.source_range(&node.place).end).then(|| node.place.clone())
}
