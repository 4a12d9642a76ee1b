//! In what words a passage and its copy differ, to be shown to the drafter.

use std::ops::Range;

use super::span::Span;
use crate::draft::{Draft, Place};
use crate::facts::clause::{NUMBER, Sign};

/// What stands in one place and what stands instead in the other; `None` where the other has nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub before: Option<Place>,
    pub after: Option<Place>,
}

/// Signs of a passage that are compared; a longer one is compared as far as that.
const LONGEST: usize = 4000;
/// Signs that a difference may take up on both sides together, and signs that must agree behind it.
const FURTHEST: usize = 40;
const AGREEING: usize = 4;

/// The first differences between a passage and its copy, at most `most`; marks and spaces do not count.
pub fn differences(draft: &Draft, original: &Span, copy: &Span, most: usize) -> Vec<Difference> {
    let (before, after) = (Row::of(draft, original), Row::of(draft, copy));
    let mut found = Vec::new();
    let (mut i, mut j) = (0, 0);
    while found.len() < most && i < before.len() && j < after.len() {
        if before.text(i) == after.text(j) {
            (i, j) = (i + 1, j + 1);
            continue;
        }
        let (to_i, to_j) = meet_again(&before, &after, i, j).unwrap_or((before.len(), after.len()));
        let (left, right) = widened(&before, &after, i..to_i, j..to_j);
        found.push(Difference {
            before: before.place(left),
            after: after.place(right),
        });
        (i, j) = (to_i, to_j);
    }
    found
}

/// The nearest signs at which both rows go on alike.
fn meet_again(before: &Row, after: &Row, i: usize, j: usize) -> Option<(usize, usize)> {
    let agrees = |i: usize, j: usize| {
        let left = (before.len() - i).min(after.len() - j).min(AGREEING);
        left > 0 && (0..left).all(|step| before.text(i + step) == after.text(j + step))
    };
    let steps = (1..=FURTHEST).flat_map(|sum| (0..=sum).map(move |left| (i + left, j + sum - left)));
    steps.filter(|(i, j)| *i < before.len() && *j < after.len()).find(|(i, j)| agrees(*i, *j))
}

/// A single character says little: it is shown with its neighbours.
fn widened(before: &Row, after: &Row, left: Range<usize>, right: Range<usize>) -> (Range<usize>, Range<usize>) {
    let is_plain = |row: &Row, range: &Range<usize>| range.len() == 1 && row.signs[range.start].1.symbol != NUMBER;
    if !is_plain(before, &left) || !is_plain(after, &right) {
        return (left, right);
    }
    let from = usize::from(before.touches(left.start) && after.touches(right.start));
    let to = usize::from(before.touches(left.end) && after.touches(right.end));
    (left.start - from..left.end + to, right.start - from..right.end + to)
}

/// The signs of a run with their blocks.
struct Row<'a> {
    draft: &'a Draft,
    signs: Vec<(usize, Sign)>,
}

impl<'a> Row<'a> {
    fn of(draft: &'a Draft, span: &Span) -> Self {
        let mut signs = Vec::new();
        for block in span.first.block..=span.last.block {
            let wording = &draft.pieces()[block].facts().wording;
            let from = if block == span.first.block {
                wording.sign_at(span.first.start)
            } else {
                0
            };
            let to = if block == span.last.block { span.last.end } else { usize::MAX };
            let inside = wording.signs.iter().skip(from).take_while(|sign| sign.end as usize <= to);
            signs.extend(inside.take(LONGEST - signs.len()).map(|sign| (block, *sign)));
        }
        Row { draft, signs }
    }

    fn len(&self) -> usize {
        self.signs.len()
    }

    /// A number by its digits, so that two figures differ though both are one sign.
    fn text(&self, index: usize) -> (char, &str) {
        let (block, sign) = self.signs[index];
        match sign.symbol {
            NUMBER => (NUMBER, &self.draft.pieces()[block].prose()[sign.start as usize..sign.end as usize]),
            symbol => (symbol, ""),
        }
    }

    /// Whether nothing stands between a sign and the one before it.
    fn touches(&self, index: usize) -> bool {
        let pair = index.checked_sub(1).and_then(|before| self.signs.get(before)).zip(self.signs.get(index));
        pair.is_some_and(|((block, before), (other, sign))| block == other && before.end == sign.start)
    }

    /// Where signs stand, as far as they are in one block.
    fn place(&self, range: Range<usize>) -> Option<Place> {
        let (block, first) = *self.signs[range.clone()].first()?;
        let (_, last) = self.signs[range].iter().rev().find(|(other, _)| *other == block)?;
        Some(Place::new(block, first.start as usize..last.end as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn found(before: &str, after: &str) -> Vec<(String, String)> {
        let draft = Draft::new(&format!("{before}\n{after}\n"), Format::Plain);
        let span = |block: usize| {
            let place = Place::new(block, 0..draft.pieces()[block].prose().len());
            Span {
                first: place.clone(),
                last: place,
            }
        };
        let quote = |place: Option<Place>| place.map_or(String::new(), |place| draft.quote(&place).to_owned());
        let differences = differences(&draft, &span(0), &span(1), 5);
        differences
            .into_iter()
            .map(|difference| (quote(difference.before), quote(difference.after)))
            .collect()
    }

    #[test]
    fn figures_words_and_clauses_that_differ() {
        for (before, after, expected) in [
            ("走访困难家庭80户，送去米面油。", "走访困难家庭八十户，送去米面油。", ("80", "八十")),
            ("着力提升服务水平，群众满意。", "着力题升服务水平，群众满意。", ("力提升", "力题升")),
            ("完善机制，让每户受益。", "完善机制，把每户受益。", ("让每", "把每")),
            ("完善机制，强化监督，落实责任到人。", "完善机制，落实责任到人。", ("强化监督", "")),
            ("各村都建立了台账。", "各村、各组都建立了台账。", ("", "各组")),
        ] {
            assert_eq!(found(before, after), [(expected.0.to_owned(), expected.1.to_owned())], "{before} {after}");
        }
        assert!(found("各村，都有台账。", "各村都有台账").is_empty());
    }
}
