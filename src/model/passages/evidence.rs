//! Whether two places that agree are a passage and its copy, or only use the same words.
//!
//! Reports are full of words that return by right: names, slogans, the same measure for every district. What tells a copy is that it says
//! something of its own at length, in whole clauses, and with the same figures.

use std::ops::Range;

use super::align::{Alignment, Stretch};
use super::stream::Stream;
use crate::draft::Place;
use crate::facts::clause::{NUMBER, Sign};

/// What speaks for a copy and against it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Evidence {
    /// Signs of running text that both places share and that say something of the draft's own.
    pub(super) own: usize,
    /// Figures that both places share, and their weight; dates and ordinals are no figures.
    pub(super) shared_figures: usize,
    pub(super) figures_weight: usize,
    /// Figures that stand at the same place and differ: in the source, in the copy.
    pub(super) differing: Vec<(Place, Place)>,
    /// Signs edited between the two places.
    pub(super) edited: usize,
    /// Whether both places begin and end with a sentence.
    pub(super) whole_sentences: bool,
    /// Clauses of the copy that are repeated as a whole.
    pub(super) whole_clauses: usize,
    /// Signs between the end of the source and the start of the copy.
    pub(super) distance: usize,
}

/// Points from which on two places are taken for a passage and its copy.
const ENOUGH: i64 = 24;

impl Evidence {
    /// Weighs an alignment that was trimmed to clauses. `set_phrases` tells of each sign whether it belongs to a phrase used again and again.
    pub(super) fn of(stream: &Stream, set_phrases: &[bool], alignment: &Alignment) -> Self {
        let (source, copy) = (alignment.source(), alignment.copy());
        let mut evidence = Evidence {
            edited: edited_signs(&alignment.stretches),
            whole_sentences: stream.is_whole_sentences(&source) && stream.is_whole_sentences(&copy),
            whole_clauses: stream.whole_clauses(&copy),
            distance: copy.start.saturating_sub(source.end),
            ..Evidence::default()
        };
        for (source, copy) in alignment.pairs() {
            let (source_block, source_sign) = stream.sign(source);
            let (copy_block, copy_sign) = stream.sign(copy);
            if source_sign.symbol == NUMBER {
                let source = (source_block, source_sign, source);
                evidence.weigh_figure(stream, source, (copy_block, copy_sign, copy));
            } else if source_sign.own && copy_sign.own && !set_phrases[copy] {
                let running = stream.wording(source_block).running && stream.wording(copy_block).running;
                evidence.own += usize::from(running);
            }
        }
        evidence
    }

    fn weigh_figure(&mut self, stream: &Stream, source: (usize, &Sign, usize), copy: (usize, &Sign, usize)) {
        let text = |(block, sign, _): (usize, &Sign, usize)| &stream.prose(block)[sign.start as usize..sign.end as usize];
        let place = |(block, sign, _): (usize, &Sign, usize)| Place::new(block, sign.start as usize..sign.end as usize);
        if stream.is_label(source.2) && stream.is_label(copy.2) {
            self.edited += usize::from(text(source) != text(copy));
            return;
        }
        if text(source) != text(copy) {
            self.differing.push((place(source), place(copy)));
        } else {
            self.shared_figures += 1;
            self.figures_weight += if text(source).chars().nth(1).is_some() { 6 } else { 2 };
        }
    }

    /// The more, the surer.
    pub(super) fn points(&self) -> i64 {
        let bonus = if self.whole_sentences && self.edited == 0 { 8 } else { 0 };
        (self.own + self.figures_weight + bonus) as i64 - (8 * self.differing.len() + self.edited) as i64
    }

    pub(super) fn tells_a_copy(&self) -> bool {
        const SHORTEST: usize = 12;
        let complete = self.whole_sentences || self.whole_clauses >= 2;
        self.own >= SHORTEST && complete && self.figures_agree() && self.points() >= self.enough()
    }

    pub(super) fn is_verbatim(&self) -> bool {
        self.edited == 0 && self.differing.is_empty()
    }

    /// In a copy a figure or two may have been renewed; where most figures differ, the sentences are only built alike. The only figure of a long
    /// passage may differ too: sentences that are only built alike differ in their words as well.
    fn figures_agree(&self) -> bool {
        const LONG: usize = 30;
        const WORDS_PER_EDIT: usize = 4;
        let differing = self.differing.len();
        differing <= self.shared_figures || differing == 1 && self.own >= LONG.max(WORDS_PER_EDIT * self.edited)
    }

    /// Clauses beside each other that differ in a word or a figure are most often built alike on purpose; whole sentences less often.
    fn enough(&self) -> i64 {
        const BESIDE: usize = 60;
        match self.distance < BESIDE && !self.is_verbatim() {
            true if self.whole_sentences && self.differing.is_empty() => ENOUGH * 3 / 2,
            true => ENOUGH * 2,
            false => ENOUGH,
        }
    }
}

fn edited_signs(stretches: &[Stretch]) -> usize {
    stretches
        .windows(2)
        .map(|pair| {
            let source = pair[1].source - pair[0].source - pair[0].length;
            let copy = pair[1].copy - pair[0].copy - pair[0].length;
            source.max(copy)
        })
        .sum()
}

/// Cuts an alignment back to the clauses of its copy: a clause at either end stays when at least half of it is repeated.
pub(super) fn trim_to_clauses(stream: &Stream, alignment: Alignment) -> Option<Alignment> {
    let copy = alignment.copy();
    let start = stream.trimmed_start(&copy);
    let end = stream.trimmed_end(&copy);
    let alignment = clip(alignment, start..end)?;
    let (source, copy) = (alignment.source(), alignment.copy());
    if stream.is_item_label(source.start) || stream.is_item_label(copy.start) {
        return clip(alignment, copy.start + 1..copy.end);
    }
    Some(alignment)
}

fn clip(alignment: Alignment, copy: Range<usize>) -> Option<Alignment> {
    let clipped = alignment.stretches.into_iter().filter_map(|stretch| {
        let start = stretch.copy.max(copy.start);
        let end = (stretch.copy + stretch.length).min(copy.end);
        (start < end).then(|| Stretch {
            source: stretch.source + start - stretch.copy,
            copy: start,
            length: end - start,
        })
    });
    let stretches: Vec<Stretch> = clipped.collect();
    (!stretches.is_empty()).then_some(Alignment { stretches })
}
