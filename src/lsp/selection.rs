//! `textDocument/selectionRange`: from a clause to its sentence, item, paragraph, sections and the whole draft.

use std::ops::Range;

use tower_lsp::ls_types::{Position, SelectionRange};

use super::outline;
use super::view::View;
use crate::model::outline::Entry;

pub fn ranges(view: &View, positions: &[Position]) -> Vec<SelectionRange> {
    let outline = outline::entries(view);
    positions
        .iter()
        .map(|position| around(view, &outline, view.positions().byte(*position)))
        .collect()
}

/// The ranges around a place, the smallest outermost in the chain of the protocol.
fn around(view: &View, outline: &[Entry], at: usize) -> SelectionRange {
    let mut found: Vec<Range<usize>> = std::iter::once(0..view.text().len()).collect();
    sections(outline, at, &mut found);
    prose(view, at, &mut found);
    found.sort_by_key(|range| std::cmp::Reverse(range.len()));
    found.dedup();
    let mut chain: Option<(Range<usize>, SelectionRange)> = None;
    for range in found {
        let fits = chain
            .as_ref()
            .is_none_or(|(outer, _)| outer.start <= range.start && range.end <= outer.end);
        if fits {
            let parent = chain.map(|(_, selection)| Box::new(selection));
            let selection = SelectionRange {
                range: view.range(range.clone()),
                parent,
            };
            chain = Some((range, selection));
        }
    }
    chain.map_or_else(SelectionRange::default, |(_, selection)| selection)
}

fn holds(range: &Range<usize>, at: usize) -> bool {
    range.start <= at && at <= range.end
}

fn sections(entries: &[Entry], at: usize, found: &mut Vec<Range<usize>>) {
    // Where one ends and the next begins, the place belongs to the next.
    if let Some(entry) = entries.iter().rev().find(|entry| holds(&entry.range, at)) {
        found.push(entry.range.clone());
        sections(&entry.children, at, found);
    }
}

/// The paragraph, the sentence and the clause.
fn prose(view: &View, at: usize, found: &mut Vec<Range<usize>>) {
    let pieces = view.snapshot.reading().draft.pieces();
    let index = pieces.partition_point(|piece| piece.block().range.end < at);
    let Some(piece) = pieces.get(index).filter(|piece| holds(&piece.block().range, at)) else {
        return;
    };
    let block = piece.block();
    found.push(block.range.clone());
    let offset = block.prose.offset_of(at.saturating_sub(block.range.start));
    let clauses = &piece.facts().wording.clauses;
    let Some(clause) = clauses.iter().position(|clause| offset <= clause.end.max(clause.range.end)) else {
        return;
    };
    let first = clauses[..clause]
        .iter()
        .rposition(|clause| clause.ends_sentence)
        .map_or(0, |before| before + 1);
    let last = clauses[clause..]
        .iter()
        .position(|clause| clause.ends_sentence)
        .map_or(clauses.len() - 1, |after| clause + after);
    found.push(block.source_range(clauses[clause].range.clone()));
    found.push(block.source_range(clauses[first].range.start..clauses[last].end));
}
