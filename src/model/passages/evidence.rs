//! Whether two places that agree are a passage and its copy, or only use the same words.
//!
//! Reports are full of words that return by right: names, slogans, the same measure for every district. What tells a copy is that it says
//! something of its own at length, in whole clauses, and with the same figures.

use std::ops::Range;

use super::align::{Alignment, Stretch};
use super::stream::Stream;
use crate::draft::Place;
use crate::facts::clause::NUMBER;

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
    /// Whether the clauses stand in another order.
    pub(super) reordered: bool,
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
    /// How many signs of its own a copy has at least.
    pub(super) const FEWEST_SIGNS: usize = 12;

    /// Weighs an alignment that was trimmed to clauses; `own` tells of each sign of the draft whether it counts. Nothing if the two places
    /// cannot be a passage and its copy.
    pub(super) fn of(stream: &Stream, own: &[bool], alignment: &Alignment) -> Option<Self> {
        let (source, copy) = (alignment.source(), alignment.copy());
        let mut evidence = Evidence {
            own: own_signs(own, &alignment.stretches),
            edited: edited_signs(alignment),
            reordered: !alignment.keeps_order(),
            distance: copy.start.saturating_sub(source.end),
            ..Evidence::default()
        };
        if evidence.own < Self::FEWEST_SIGNS {
            return None;
        }
        let symbols = stream.symbols();
        for (source, copy) in alignment.pairs().filter(|(source, _)| symbols[*source] == NUMBER) {
            evidence.weigh_figure(stream, source, copy);
        }
        if !evidence.figures_agree() || evidence.own < LONG_BREAKDOWN && is_breakdown(&symbols[copy.clone()]) {
            return None;
        }
        evidence.whole_sentences = stream.is_whole_sentences(&source) && stream.is_whole_sentences(&copy);
        evidence.whole_clauses = stream.whole_clauses(&copy);
        evidence.tells_a_copy().then_some(evidence)
    }

    fn weigh_figure(&mut self, stream: &Stream, source: usize, copy: usize) {
        let place = |position| {
            let (block, sign) = stream.sign(position);
            Place::new(block, sign.start as usize..sign.end as usize)
        };
        let text = |place: &Place| &stream.prose(place.block)[place.range()];
        let (before, after) = (place(source), place(copy));
        let is_in_digits = |place: &Place| text(place).starts_with(|char: char| char.is_ascii_digit());
        let reads_alike = || is_in_digits(&before) != is_in_digits(&after) && stream.number(source) == stream.number(copy);
        let is_equal = text(&before) == text(&after) || reads_alike();
        if stream.is_label(source) && stream.is_label(copy) {
            self.edited += usize::from(!is_equal);
        } else if is_equal {
            self.shared_figures += 1;
            self.figures_weight += if text(&before).chars().nth(1).is_some() { 6 } else { 2 };
        } else {
            self.differing.push((before, after));
        }
    }

    /// The more, the surer.
    pub(super) fn points(&self) -> i64 {
        let bonus = if self.whole_sentences && self.edited == 0 { 8 } else { 0 };
        (self.own + self.figures_weight + bonus) as i64 - (8 * self.differing.len() + self.edited) as i64
    }

    fn tells_a_copy(&self) -> bool {
        let complete = self.whole_sentences || self.whole_clauses >= 2;
        let in_order = !self.reordered || self.whole_sentences;
        complete && in_order && self.points() >= self.enough()
    }

    pub(super) fn is_verbatim(&self) -> bool {
        self.edited == 0 && self.differing.is_empty() && !self.reordered
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

/// 总投资18026万元，其中工程费用14286万元: what a thing comes to and is made of is said in each chapter that needs it. A breakdown that has more signs
/// of its own than this tells a story besides.
const LONG_BREAKDOWN: usize = 30;

pub(super) fn is_breakdown(symbols: &[char]) -> bool {
    symbols.contains(&NUMBER) && symbols.windows(2).any(|pair| pair == ['其', '中'])
}

/// Signs that count in both places.
fn own_signs(own: &[bool], stretches: &[Stretch]) -> usize {
    let places = |stretch: &Stretch| {
        (
            stretch.source..stretch.source + stretch.length,
            stretch.copy..stretch.copy + stretch.length,
        )
    };
    let count = |(source, copy): (Range<usize>, Range<usize>)| own[source].iter().zip(&own[copy]).filter(|(source, copy)| **source && **copy).count();
    stretches.iter().map(places).map(count).sum()
}

fn edited_signs(alignment: &Alignment) -> usize {
    if !alignment.keeps_order() {
        return alignment.source().len().max(alignment.copy().len()) - alignment.shared();
    }
    let between = |pair: &[Stretch]| {
        let source = pair[1].source - pair[0].source - pair[0].length;
        let copy = pair[1].copy - pair[0].copy - pair[0].length;
        source.max(copy)
    };
    alignment.stretches.windows(2).map(between).sum()
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
