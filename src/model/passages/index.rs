//! Where the rows of signs of a draft stand before: the rows that stand in it more than once, each with the places before it.
//!
//! Most rows of most drafts stand in them once. They are sorted out by their fingerprints, which the facts of a block keep, and by a table of
//! counts that follows an edited draft block by block; only what is left is put into chains, as in the dictionary of a Lempel–Ziv compressor.

use rustc_hash::FxHashMap;

use super::stream::Stream;
use crate::facts::clause::Wording;
use crate::facts::fingerprint::{Fingerprint, ROW};

/// How often fingerprints stand in a draft. Strangers may share a slot, so a count may be too high, never too low.
#[derive(Debug, Clone)]
pub struct Frequencies {
    slots: Vec<u8>,
}

/// A slot that was counted so often counts no more, and is never free again.
const FULL: u8 = u8::MAX;

impl Frequencies {
    /// Counts the rows of all the blocks given.
    pub fn of<'a>(wordings: impl Iterator<Item = &'a Wording> + Clone) -> Self {
        let rows = wordings.clone().map(|wording| wording.fingerprints.len()).sum::<usize>();
        let mut frequencies = Frequencies {
            slots: vec![0; (2 * rows).next_power_of_two().clamp(1 << 10, 1 << 24)],
        };
        wordings.for_each(|wording| frequencies.add(wording));
        frequencies
    }

    /// Counts the rows of one more block.
    pub fn add(&mut self, wording: &Wording) {
        for fingerprint in &wording.fingerprints {
            let slot = self.slot(*fingerprint);
            self.slots[slot] = self.slots[slot].saturating_add(1);
        }
    }

    /// Takes back the rows of a block that was counted.
    pub fn remove(&mut self, wording: &Wording) {
        for fingerprint in &wording.fingerprints {
            let slot = self.slot(*fingerprint);
            self.slots[slot] -= u8::from(!matches!(self.slots[slot], 0 | FULL));
        }
    }

    fn is_repeated(&self, fingerprint: Fingerprint) -> bool {
        self.slots[self.slot(fingerprint)] > 1
    }

    fn slot(&self, fingerprint: Fingerprint) -> usize {
        fingerprint as usize & (self.slots.len() - 1)
    }
}

/// A row that stands in the draft more than once, at one of its places.
#[derive(Debug, Clone, Copy)]
struct Seed {
    position: u32,
    /// The nearest seed before with the same fingerprint, or [`NONE`].
    before: u32,
    /// Which fingerprint that is, as an index of `counts`.
    fingerprint: u32,
}

const NONE: u32 = u32::MAX;

/// How many earlier places of one seed are tried, the nearest first. A row that is more frequent than that is a set phrase, and a passage that
/// has it has others.
pub(super) const LONGEST_CHAIN: usize = 12;

/// A row that stands in a draft as often as that belongs to paragraphs that are all built alike, and fewer of them are tried.
const BUILT_ALIKE: u32 = 48;
const LONGEST_CHAIN_BUILT_ALIKE: usize = 4;

/// How often a row must stand in a draft, and how short the run of such rows must be, for it to be a set phrase. What is both frequent and long
/// is a passage with many copies.
const FREQUENT: u32 = 4;
const LONGEST_SET_PHRASE: usize = 20;

/// All seeds of a draft, by their positions.
pub(super) struct Seeds<'a> {
    symbols: &'a [char],
    seeds: Vec<Seed>,
    /// How often each fingerprint stands in the draft.
    counts: Vec<u32>,
}

impl<'a> Seeds<'a> {
    pub(super) fn of(stream: &'a Stream, frequencies: &Frequencies) -> Self {
        let mut seeds: Vec<Seed> = Vec::new();
        let mut counts = Vec::new();
        // The latest seed of each fingerprint.
        let mut latest: FxHashMap<Fingerprint, u32> = FxHashMap::default();
        for (position, fingerprint) in stream.fingerprints().filter(|(_, fingerprint)| frequencies.is_repeated(*fingerprint)) {
            let next = seeds.len() as u32;
            let before = latest.insert(fingerprint, next);
            let index = before.map_or(counts.len() as u32, |before| seeds[before as usize].fingerprint);
            match before {
                Some(_) => counts[index as usize] += 1,
                None => counts.push(1),
            }
            seeds.push(Seed {
                position: position as u32,
                before: before.unwrap_or(NONE),
                fingerprint: index,
            });
        }
        Seeds {
            symbols: stream.symbols(),
            seeds,
            counts,
        }
    }

    /// The first seed at a position or behind it that stood before, from the seed `from` on: its index and its position.
    pub(super) fn next(&self, from: usize, position: usize) -> Option<(usize, usize)> {
        let rest = &self.seeds[from..];
        let found = rest.iter().position(|seed| seed.before != NONE && seed.position as usize >= position)?;
        Some((from + found, rest[found].position as usize))
    }

    /// Earlier places at which a seed stands too, nearest first, none of them overlapping it.
    pub(super) fn earlier(&self, seed: usize) -> impl Iterator<Item = usize> + '_ {
        let position = self.seeds[seed].position as usize;
        let row = &self.symbols[position..position + ROW];
        let is_built_alike = self.counts[self.seeds[seed].fingerprint as usize] >= BUILT_ALIKE;
        let longest = if is_built_alike { LONGEST_CHAIN_BUILT_ALIKE } else { LONGEST_CHAIN };
        let mut next = self.seeds[seed].before;
        let chain = std::iter::from_fn(move || {
            let seed = self.seeds.get(next as usize)?;
            next = seed.before;
            Some(seed.position as usize)
        });
        chain
            .take(longest)
            .filter(move |place| place + ROW <= position && self.symbols[*place..place + ROW] == *row)
    }

    /// Whether a seed stands so often in the draft that sentences which have it are built alike.
    pub(super) fn is_frequent(&self, seed: usize) -> bool {
        self.counts[self.seeds[seed].fingerprint as usize] >= FREQUENT
    }

    /// For each sign of the draft, whether it belongs to a phrase that the draft uses again and again.
    pub(super) fn set_phrases(&self) -> Vec<bool> {
        let mut marked = vec![false; self.symbols.len()];
        let is_frequent = |seed: &&Seed| self.counts[seed.fingerprint as usize] >= FREQUENT;
        let mut run = 0..0;
        for position in self.seeds.iter().filter(is_frequent).map(|seed| seed.position as usize) {
            if position + ROW != run.end + 1 {
                if run.len() <= LONGEST_SET_PHRASE {
                    marked[run.clone()].fill(true);
                }
                run.start = position;
            }
            run.end = position + ROW;
        }
        if run.len() <= LONGEST_SET_PHRASE {
            marked[run].fill(true);
        }
        marked
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Draft;
    use crate::source::Format;

    fn with_seeds(text: &str, check: impl FnOnce(&Stream, &Seeds)) {
        let draft = Draft::new(text, Format::Plain);
        let stream = Stream::of(&draft);
        let frequencies = Frequencies::of(Stream::wordings(&draft));
        check(&stream, &Seeds::of(&stream, &frequencies));
    }

    #[test]
    fn short_rows_that_return_are_set_phrases_and_long_ones_are_not() {
        let (phrase, passage) = ("农业农村主管部门", "修复机井护栏疏浚沟渠河道加固堤坝涵闸栽植护岸林木");
        let text: String = ["甲", "乙", "丙", "丁"]
            .iter()
            .map(|next| format!("{phrase}{next}{passage}{next}{next}"))
            .collect();
        with_seeds(&text, |stream, seeds| {
            let marked = seeds.set_phrases();
            let kept: String = stream
                .symbols()
                .iter()
                .zip(&marked)
                .filter(|(_, marked)| !**marked)
                .map(|(symbol, _)| *symbol)
                .collect();
            assert!(!kept.contains(phrase) && kept.matches(passage).count() == 4, "{kept}");
        });
    }

    #[test]
    fn earlier_places_are_found_nearest_first() {
        with_seeds("甲赵钱孙李周吴郑乙赵钱孙李周吴郑丙赵钱孙李周吴郑", |_, seeds| {
            let (seed, position) = seeds.next(0, 12).expect("the row stands three times");
            assert_eq!((position, seeds.earlier(seed).collect::<Vec<_>>()), (17, vec![9, 1]));
        });
    }

    #[test]
    fn counts_follow_the_blocks() {
        let draft = Draft::new("疏浚沟渠河道加固堤坝\n疏浚沟渠河道加固堤坝\n栽植护岸林木若干万株\n", Format::Plain);
        let wordings: Vec<&Wording> = draft.pieces().iter().map(|piece| &piece.facts().wording).collect();
        let mut followed = Frequencies::of(wordings.iter().copied());
        followed.remove(wordings[1]);
        assert!(wordings[0].fingerprints.iter().all(|fingerprint| !followed.is_repeated(*fingerprint)));
        followed.add(wordings[1]);
        assert!(wordings[0].fingerprints.iter().all(|fingerprint| followed.is_repeated(*fingerprint)));
    }
}
