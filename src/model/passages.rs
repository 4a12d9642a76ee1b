//! Passages that stand in a draft twice or more, word for word or lightly edited.
//!
//! The draft is read as one row of signs. Every row of [`ROW`] signs that stood before is a seed; from the seed the two places are
//! aligned outwards, over small edits and over a clause put in, left out or reworded; what agrees is trimmed to clauses and weighed. This is the
//! seed-and-extend scheme of sequence search on the fingerprints of Schleimer, Wilkerson and Aiken, “Winnowing: Local Algorithms for Document
//! Fingerprinting” (SIGMOD 2003), with every fingerprint kept.
//!
//! # What is always found
//! A passage of `n` signs of the draft's own that was copied with `e` edits of at most three signs each has a seed in common with its copy when
//! `n >= 8 * e + 7`, so one edit in every eight signs never hides it, unless all its seeds are set phrases that stand in a dozen nearer places.
//! Figures count as equal signs, so a copy with other figures is seen as well. A sentence whose clauses have at least a seed each is found in
//! whatever order they stand, and so is one that was split in two or put together from two. Whether what is found is reported is a matter of
//! `evidence`: it takes 24 points, one for each sign and six for each figure of two digits or more. A sentence that stands again within a page, or
//! a clause right behind itself, needs no seed: it is found by `echo`, from eight signs and from five on.
//!
//! # Time
//! The facts of a block keep its fingerprints; a table of counts, which can follow an edited draft block by block, sorts out the rows that stand
//! in the draft once, and what is left is looked up against a bounded number of places. An alignment that was refused is not tried again from
//! its other seeds, and one that was accepted is passed over as a whole.

mod align;
pub mod difference;
mod digest;
mod echo;
mod evidence;
mod index;
mod manner;
mod refused;
mod reworded;
mod span;
mod stream;
#[cfg(test)]
mod tests;
mod vow;

use std::ops::Range;

use align::{Alignment, Stretch, align};
use evidence::{Evidence, trim_to_clauses};
pub use index::Frequencies;
use index::{LONGEST_CHAIN, Seeds};
use manner::Manner;
use refused::Refused;
use smallvec::SmallVec;
pub use span::Span;
use stream::Stream;

use crate::draft::{Draft, Place};
use crate::facts::fingerprint::ROW;

/// Passages that stand in the draft more than once, by the place of their second standing.
#[derive(Debug, Default)]
pub struct Passages {
    pub repeated: Vec<Passage>,
}

/// A passage and its copies.
#[derive(Debug, Clone)]
pub struct Passage {
    pub original: Span,
    /// The first copies in reading order, at most [`MOST_COPIES_KEPT`].
    pub copies: Vec<Span>,
    /// All copies.
    pub count: usize,
    /// Whether the first copy is worded exactly as the original, figures included.
    pub verbatim: bool,
    /// Figures that differ between the original and the first copy: where they stand in either.
    pub differing: Vec<(Place, Place)>,
    /// Whether the original and the first copy begin and end with a sentence.
    pub whole_sentences: bool,
    /// What the original and the first copy share: the more, the surer.
    pub points: i64,
    /// Signs between the end of the original and the start of the first copy.
    pub distance: usize,
}

impl Passage {
    fn add(&mut self, copy: Span) {
        self.count += 1;
        if self.copies.len() < MOST_COPIES_KEPT {
            self.copies.push(copy);
        }
    }
}

/// Points below which a repetition is only worth a look.
pub const SURE: i64 = 30;

/// Copies of one passage that are kept with their places; the others are only counted.
pub const MOST_COPIES_KEPT: usize = 8;

impl Passages {
    pub fn find(draft: &Draft) -> Self {
        let stream = Stream::of(draft);
        let manner = Manner::of(draft);
        let mut search = Search::new(&stream, &Frequencies::of(Stream::wordings(draft)));
        search.takes_reworded = manner.takes_reworded(stream.len());
        let found = manner.fitting(search.repeated(), stream.len());
        let echoes = manner.fitting_echoes(echo::find(draft, &stream), stream.len());
        let mut repeated = with_echoes(found, echoes);
        repeated.retain(|passage| !vow::is_vow(draft, &passage.original) || !vow::is_vow(draft, &passage.copies[0]));
        Passages { repeated }
    }
}

/// Puts echoes in their places among the passages; those that a passage covers are left out.
fn with_echoes(mut passages: Vec<Passage>, echoes: Vec<Passage>) -> Vec<Passage> {
    let mut taken: Vec<&Span> = passages.iter().flat_map(|passage| &passage.copies).collect();
    taken.sort_by_key(|span| span.start());
    let is_covered = |echo: &Span| {
        let before = taken.partition_point(|span| span.start() <= echo.start());
        let after = taken.get(before).is_some_and(|span| echo.reaches(span));
        after || before.checked_sub(1).is_some_and(|before| taken[before].reaches(echo))
    };
    let further: Vec<Passage> = echoes.into_iter().filter(|echo| !is_covered(&echo.copies[0])).collect();
    passages.extend(further);
    passages.sort_by_key(|passage| passage.copies[0].start());
    passages
}

/// How many signs before its first seed a copy may begin. The search goes from the start of the draft to its end, so what is longer has a seed
/// before.
const REACH_BACK: usize = 200;

/// How many signs of a copy may lie between two of its parts.
const MOST_BETWEEN_PARTS: usize = 8;

/// How many signs behind its first seed a copy must be told by.
const FIRST_REACH: usize = 400;

struct Search<'a> {
    stream: &'a Stream<'a>,
    seeds: Seeds<'a>,
    /// Of each sign, whether it says something of the draft's own; words that return again and again say nothing.
    own: Vec<bool>,
    passages: Vec<Passage>,
    /// Places that belong to a passage, originals and copies, and which passage that is, in the order of their ends.
    places: Vec<(Range<usize>, usize)>,
    /// For each sign, one more than the index of the place it belongs to.
    place_of: Vec<u32>,
    refused: Refused,
    /// Parts of copies just before the seed that are too little by themselves.
    parts: Vec<Alignment>,
    /// Earlier places of the seed at hand that were followed.
    followed: SmallVec<[usize; LONGEST_CHAIN]>,
    /// Everything before belongs to copies that were found.
    done: usize,
    /// Whether sentences are looked for that say the same in other words.
    takes_reworded: bool,
}

/// A copy that was found and weighed.
struct Found {
    /// Everything that agrees, in the source and in the copy.
    whole: (Range<usize>, Range<usize>),
    /// What is left of it in clauses.
    trimmed: Alignment,
    evidence: Evidence,
}

impl Found {
    fn weigh(stream: &Stream, own: &[bool], alignment: Alignment) -> Option<Self> {
        if alignment.shared() < Evidence::FEWEST_SIGNS {
            return None;
        }
        let whole = (alignment.source(), alignment.copy());
        let trimmed = trim_to_clauses(stream, alignment)?;
        let evidence = Evidence::of(stream, own, &trimmed)?;
        Some(Found { whole, trimmed, evidence })
    }

    /// The longer copy is the better one, then the one with the earlier source.
    fn is_better_than(&self, other: &Found) -> bool {
        (self.trimmed.shared(), other.whole.0.start) > (other.trimmed.shared(), self.whole.0.start)
    }
}

impl<'a> Search<'a> {
    fn new(stream: &'a Stream<'a>, frequencies: &Frequencies) -> Self {
        let seeds = Seeds::of(stream, frequencies);
        Search {
            stream,
            own: stream
                .own()
                .iter()
                .zip(seeds.set_phrases())
                .map(|(own, is_set)| *own && !is_set)
                .collect(),
            seeds,
            passages: Vec::new(),
            places: Vec::new(),
            place_of: vec![0; stream.len()],
            refused: Refused::default(),
            parts: Vec::new(),
            followed: SmallVec::new(),
            done: 0,
            takes_reworded: true,
        }
    }

    /// Passages with a seed.
    fn repeated(mut self) -> Vec<Passage> {
        let (mut from, mut at) = (0, 0);
        while let Some((seed, position)) = self.seeds.next(from, at) {
            at = self.copy_at(seed, position).unwrap_or(position + 1);
            from = seed + 1;
        }
        self.passages
    }

    /// Looks for a copy that begins around a seed, and tells where it ends.
    fn copy_at(&mut self, seed: usize, at: usize) -> Option<usize> {
        self.refused.forget_before(at);
        let sources: SmallVec<[usize; LONGEST_CHAIN]> = self.seeds.earlier(seed).collect();
        self.followed.clear();
        let mut passages_tried: SmallVec<[usize; 4]> = SmallVec::new();
        let mut best: Option<Found> = None;
        for source in sources {
            if self.refused.covers(source, at) {
                continue;
            }
            // All copies of one passage tell the same.
            if let Some(passage) = self.place_at(source).map(|place| self.places[place].1) {
                if passages_tried.contains(&passage) {
                    continue;
                }
                passages_tried.push(passage);
            }
            self.followed.push(source);
            if let Some(found) = self.found(source, at)
                && best.as_ref().is_none_or(|best| found.is_better_than(best))
            {
                best = Some(found);
            }
        }
        let Some(found) = best else {
            let may_be_reworded = self.takes_reworded && !self.seeds.is_frequent(seed);
            return may_be_reworded.then(|| self.reworded_at(at)).flatten();
        };
        let end = found.whole.1.end;
        self.accept(found);
        self.done = end;
        (end > at).then_some(end)
    }

    /// Looks for a sentence that says in other words what one around an earlier place of a seed says.
    fn reworded_at(&mut self, at: usize) -> Option<usize> {
        let sources = std::mem::take(&mut self.followed);
        let found = sources.iter().filter(|source| self.place_at(**source).is_none());
        let found = found
            .filter_map(|source| reworded::compare(self.stream, &self.own, *source, at))
            .max_by_key(|found| found.points)?;
        if found.copy.start < self.done {
            return None;
        }
        let end = found.copy.end;
        self.passages.push(Passage {
            original: Span::of(self.stream, found.source.clone()),
            copies: vec![Span::of(self.stream, found.copy.clone())],
            count: 1,
            verbatim: false,
            differing: Vec::new(),
            whole_sentences: false,
            // Other words may be another thing.
            points: found.points.min(SURE - 1),
            distance: found.copy.start - found.source.end,
        });
        self.settle(found.source, self.passages.len() - 1);
        self.settle(found.copy, self.passages.len() - 1);
        self.done = end;
        (end > at).then_some(end)
    }

    /// Follows a seed only so far at first, and twice as far each time that what was seen is a copy: so what is refused has cost little, and what
    /// has cost much is passed over.
    fn found(&mut self, source: usize, at: usize) -> Option<Found> {
        let mut reach = FIRST_REACH;
        let whole = self.align(source, at, reach);
        self.refused.note(&whole);
        let Some(mut found) = self.weigh(whole.clone()) else {
            return self.gather(whole);
        };
        while found.whole.1.end + REACH_BACK > at + reach {
            reach *= 2;
            let Some(longer) = self.weigh(self.align(source, at, reach)) else {
                break;
            };
            if longer.whole == found.whole {
                break;
            }
            found = longer;
        }
        Some(found)
    }

    /// Puts a part of a copy that is too little by itself to the parts beside it, whose clauses may stand in another order in the source.
    fn gather(&mut self, part: Alignment) -> Option<Found> {
        const MOST_PARTS: usize = 16;
        const LONGEST_PART: usize = 60;
        if part.shared() > LONGEST_PART {
            return None;
        }
        let part = part.with_moved_clauses(self.stream.symbols()).unwrap_or(part);
        let part = trim_to_clauses(self.stream, part)?;
        let start = part.copy().start;
        self.parts.retain(|before| before.copy().end + REACH_BACK >= start);
        // No sentence is longer; without an end, a draft of nothing but set phrases would be put together again and again.
        let is_whole = |whole: &Alignment| whole.copy().len() > MOST_PARTS * LONGEST_PART;
        let joined = |whole: Alignment, before: &Alignment| match is_whole(&whole) || is_whole(before) {
            true => whole,
            false => whole.joined_to(before, MOST_BETWEEN_PARTS).unwrap_or(whole),
        };
        let whole = self.parts.iter().rev().fold(part.clone(), joined);
        if whole != part {
            self.parts.push(part);
        }
        self.parts.push(whole.clone());
        let surplus = self.parts.len().saturating_sub(MOST_PARTS);
        self.parts.drain(..surplus);
        let evidence = (!whole.keeps_order()).then(|| Evidence::of(self.stream, &self.own, &whole))??;
        Some(Found {
            whole: (whole.source(), whole.copy()),
            trimmed: whole,
            evidence,
        })
    }

    fn weigh(&self, whole: Alignment) -> Option<Found> {
        Found::weigh(self.stream, &self.own, whole)
    }

    /// Aligns two places of a seed, at most `reach` signs from it on.
    fn align(&self, source: usize, copy: usize, reach: usize) -> Alignment {
        let seed = Stretch { source, copy, length: ROW };
        // A third copy is a copy of the first: it must not run on into what happens to follow the second.
        let bounds = match self.place_at(source) {
            Some(place) => self.places[place].0.start.min(source)..self.places[place].0.end.max(source + ROW),
            None => 0..copy,
        };
        let source_start = bounds.start.max(source.saturating_sub(REACH_BACK));
        let copy_start = self.done.min(copy).max(copy.saturating_sub(REACH_BACK));
        let copy_end = self.stream.len().min(copy + reach);
        align(self.stream.symbols(), seed, source_start..bounds.end, copy_start..copy_end)
    }

    fn accept(&mut self, found: Found) {
        let (source, copy) = (found.trimmed.source(), found.trimmed.copy());
        let span = Span::of(self.stream, copy);
        let known = self.place_at(source.start + source.len() / 2).map(|place| self.places[place].1);
        let index = match known {
            Some(index) => {
                self.passages[index].add(span);
                index
            }
            None => {
                self.passages.push(Passage {
                    original: Span::of(self.stream, source),
                    copies: vec![span],
                    count: 1,
                    verbatim: found.evidence.is_verbatim(),
                    whole_sentences: found.evidence.whole_sentences,
                    points: found.evidence.points(),
                    distance: found.evidence.distance,
                    differing: found.evidence.differing,
                });
                self.settle(found.whole.0, self.passages.len() - 1);
                self.passages.len() - 1
            }
        };
        self.settle(found.whole.1, index);
    }

    fn settle(&mut self, range: Range<usize>, passage: usize) {
        self.places.push((range.clone(), passage));
        let label = self.places.len() as u32;
        self.place_of[range]
            .iter_mut()
            .filter(|place| **place == 0)
            .for_each(|place| *place = label);
    }

    fn place_at(&self, position: usize) -> Option<usize> {
        (self.place_of[position] as usize).checked_sub(1)
    }
}
