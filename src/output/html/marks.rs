//! Where findings stand in the prose of a draft's blocks, and how overlapping ones are cut into pieces that do not overlap.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::ops::Range;

use crate::draft::{Draft, Piece};
use crate::finding::Finding;

/// A long finding is marked in this many blocks, the first ones; the reader sees where it begins and how it goes on.
const MOST_BLOCKS: usize = 200;

/// Of the findings that cover a piece without beginning there, this many are told; the work stays in proportion to the draft.
const MOST_AT_ONCE: usize = 8;

/// A part of a block's prose that belongs to a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Span {
    pub block: usize,
    /// Bytes of the block's prose; empty where something is missing.
    pub range: Range<usize>,
    /// An index into the findings.
    pub finding: usize,
    /// `None` for the place itself, otherwise which of the related places.
    pub related: Option<usize>,
    /// Whether the place ends here, rather than going on in the next block.
    pub is_last: bool,
}

/// The spans of all findings and of the places they are related to, by block and place.
pub(super) fn spans(draft: &Draft, findings: &[Finding]) -> Vec<Span> {
    let mut spans = Vec::new();
    for (index, finding) in findings.iter().enumerate() {
        add(draft, &finding.range, index, None, &mut spans);
        let here = finding.related.iter().enumerate().filter(|(_, related)| related.document.is_none());
        for (which, related) in here {
            add(draft, &related.range, index, Some(which), &mut spans);
        }
    }
    spans.sort_by_key(|span| (span.block, span.range.start, Reverse(span.range.end)));
    spans
}

fn add(draft: &Draft, place: &Range<usize>, finding: usize, related: Option<usize>, spans: &mut Vec<Span>) {
    let pieces = draft.pieces();
    let first = pieces.partition_point(|piece| piece.block().range.end <= place.start);
    let covered = pieces[first..].iter().take(MOST_BLOCKS).enumerate();
    let before = spans.len();
    for (offset, piece) in covered.take_while(|(_, piece)| piece.block().range.start < place.end) {
        let range = prose_range(piece, place);
        if !range.is_empty() {
            spans.push(Span {
                block: first + offset,
                range,
                finding,
                related,
                is_last: false,
            });
        }
    }
    if spans.len() == before {
        spans.extend(point(pieces, first, place.start).map(|(block, at)| Span {
            block,
            range: at..at,
            finding,
            related,
            is_last: false,
        }));
    }
    if let Some(last) = spans[before..].last_mut() {
        last.is_last = true;
    }
}

/// The part of a block's prose that comes from a range of the draft.
fn prose_range(piece: &Piece, place: &Range<usize>) -> Range<usize> {
    let block = piece.block();
    let start = block.prose.offset_of(place.start.saturating_sub(block.range.start));
    let end = match place.end >= block.range.end {
        true => piece.prose().len(),
        false => block.prose.offset_of(place.end - block.range.start),
    };
    start..end.max(start)
}

/// The place in the prose nearest to a byte of the draft that no prose comes from.
fn point(pieces: &[Piece], block: usize, byte: usize) -> Option<(usize, usize)> {
    match pieces.get(block) {
        Some(piece) => {
            let range = &piece.block().range;
            Some((block, piece.block().prose.offset_of(byte.saturating_sub(range.start))))
        }
        None => pieces.last().map(|piece| (pieces.len() - 1, piece.prose().len())),
    }
}

/// A piece of a block's prose with the spans that cover it, as indices into the block's spans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Segment {
    pub range: Range<usize>,
    pub spans: Vec<usize>,
}

/// Cuts prose of a length into segments along the borders of its spans, which are sorted by start. Empty spans make empty segments.
pub(super) fn segments(length: usize, spans: &[Span]) -> Vec<Segment> {
    let mut borders: Vec<usize> = spans
        .iter()
        .flat_map(|span| [span.range.start, span.range.end])
        .chain([0, length])
        .collect();
    borders.sort_unstable();
    borders.dedup();
    let mut segments = Vec::new();
    let mut open = BTreeSet::new();
    let mut ends = BinaryHeap::new();
    let mut next = 0;
    for (index, &border) in borders.iter().enumerate() {
        while ends.peek().is_some_and(|&Reverse((end, _))| end <= border) {
            if let Some(Reverse((_, span))) = ends.pop() {
                open.remove(&span);
            }
        }
        let mut points = Vec::new();
        let mut begun = BTreeSet::new();
        while spans.get(next).is_some_and(|span| span.range.start <= border) {
            match spans[next].range.is_empty() {
                true => points.push(next),
                false => {
                    begun.insert(next);
                    ends.push(Reverse((spans[next].range.end, next)));
                }
            }
            next += 1;
        }
        if !points.is_empty() {
            segments.push(Segment {
                range: border..border,
                spans: points,
            });
        }
        let Some(&until) = borders.get(index + 1) else { break };
        let going_on = open.iter().rev().take(MOST_AT_ONCE).copied();
        let covering: BTreeSet<usize> = going_on.chain(begun.iter().copied()).collect();
        open.extend(begun);
        segments.push(Segment {
            range: border..until,
            spans: covering.into_iter().collect(),
        });
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Bilingual, Severity};
    use crate::source::Format;

    fn span(range: Range<usize>) -> Span {
        Span {
            block: 0,
            range,
            finding: 0,
            related: None,
            is_last: true,
        }
    }

    fn cut(length: usize, ranges: &[Range<usize>]) -> Vec<(Range<usize>, Vec<usize>)> {
        let spans: Vec<Span> = ranges.iter().cloned().map(span).collect();
        segments(length, &spans)
            .into_iter()
            .map(|segment| (segment.range, segment.spans))
            .collect()
    }

    #[test]
    fn overlapping_spans_are_cut_apart() {
        assert_eq!(
            cut(10, &[2..8, 4..6, 6..9]),
            [
                (0..2, vec![]),
                (2..4, vec![0]),
                (4..6, vec![0, 1]),
                (6..8, vec![0, 2]),
                (8..9, vec![2]),
                (9..10, vec![])
            ]
        );
    }

    #[test]
    fn empty_spans_stand_between_segments() {
        assert_eq!(
            cut(4, &[0..0, 2..4, 4..4]),
            [(0..0, vec![0]), (0..2, vec![]), (2..4, vec![1]), (4..4, vec![2])]
        );
        assert_eq!(cut(0, std::slice::from_ref(&(0..0))), [(0..0, vec![0])]);
    }

    #[test]
    fn many_spans_over_one_place_are_told_in_part_but_each_where_it_begins() {
        let ranges: Vec<Range<usize>> = (0..5_000).map(|start| start..10_000).collect();
        let segments = cut(10_000, &ranges);
        assert!(segments.iter().all(|(_, spans)| spans.len() <= MOST_AT_ONCE + 1));
        assert!((0..5_000).all(|span| segments[span].1.contains(&span)));
    }

    #[test]
    fn findings_are_placed_in_the_prose() {
        let text = "# 题\n\n甲**乙**丙。\n\n<!-- 注 -->\n\n丁&amp;戊。\n";
        let draft = Draft::new(text, Format::Markdown);
        let find = |quote: &str| text.find(quote).map(|at| at..at + quote.len()).unwrap_or_default();
        let finding = |range| Finding::new("stray/space", Severity::Info, range, Bilingual::fixed("", ""));
        let across = find("乙**丙。\n\n<!-- 注 -->\n\n丁");
        let findings = [
            finding(across).related(find("&amp;"), Bilingual::fixed("", "")),
            finding(find("<!-- 注 -->")),
        ];
        let shown: Vec<_> = spans(&draft, &findings)
            .into_iter()
            .map(|span| {
                (
                    draft.pieces()[span.block].prose()[span.range].to_owned(),
                    span.finding,
                    span.related,
                    span.is_last,
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                ("乙丙。".to_owned(), 0, None, false),
                ("丁".to_owned(), 0, None, true),
                (String::new(), 1, None, true),
                ("&".to_owned(), 0, Some(0), true)
            ]
        );
    }
}
