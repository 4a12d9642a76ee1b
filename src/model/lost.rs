//! How the draft itself writes the words in which a character was lost.
//!
//! Unlike the other models this one looks at the prose again, because what it asks cannot be known when a block is read. It does so only for
//! drafts that have such places, in one pass for all of them.

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashMap;

use super::oddities::Oddities;
use crate::draft::{Draft, Place};
use crate::facts::oddity::What;
use crate::script::is_han;

/// The words found whole elsewhere, by the block and the offset of the sign.
#[derive(Debug, Default)]
pub struct Completions {
    found: FxHashMap<(usize, usize), Completion>,
}

/// Another place of the draft at which the characters around a lost one stand with one character between.
#[derive(Debug, Clone)]
pub struct Completion {
    pub char: char,
    /// The character before, the one that was lost, and the one after.
    pub place: Place,
    /// Whether the word also begins alike, so that it is surely the same one and not an accident of two neighbours.
    pub is_same_word: bool,
}

/// As many places are looked up; a draft with more is a scan from which nothing can be learnt.
const MOST: usize = 100;

impl Completions {
    pub fn build(draft: &Draft, oddities: &Oddities) -> Self {
        let gaps: Vec<Gap> = oddities
            .of_kind(draft, |what| matches!(what, What::Lost(_)).then_some(()))
            .filter_map(|(place, ())| Gap::at(draft, place))
            .take(MOST)
            .collect();
        if gaps.is_empty() {
            return Completions::default();
        }
        let candidates = search(draft, &gaps);
        let found = gaps.iter().zip(candidates).filter_map(|(gap, candidates)| {
            let best = choose(candidates)?;
            Some(((gap.place.block, gap.place.start), best))
        });
        Completions { found: found.collect() }
    }

    /// What stands elsewhere in place of the sign at a place.
    pub fn of(&self, place: &Place) -> Option<&Completion> {
        self.found.get(&(place.block, place.start))
    }
}

/// A lost character, with the two characters before it, the nearer first, and the one after.
struct Gap {
    place: Place,
    left: [Option<char>; 2],
    right: char,
}

impl Gap {
    /// `None` unless Han characters stand on both sides.
    fn at(draft: &Draft, place: Place) -> Option<Gap> {
        let prose = draft.pieces()[place.block].prose();
        let mut before = prose[..place.start].chars().rev();
        let left = [before.next(), before.next()];
        let right = prose[place.end..].chars().next().filter(|char| is_han(*char))?;
        left[0].is_some_and(is_han).then_some(Gap { place, left, right })
    }

    /// The character in the middle if the prose around `at`, where the gap's left neighbour stands, fits the gap.
    fn fit(&self, prose: &str, at: usize) -> Option<(char, usize, bool)> {
        let first = self.left[0]?;
        let mut rest = prose[at + first.len_utf8()..].chars();
        let middle = rest.next().filter(|&char| is_han(char) || char == '·')?;
        if rest.next() != Some(self.right) {
            return None;
        }
        let end = at + first.len_utf8() + middle.len_utf8() + self.right.len_utf8();
        let outer_left = prose[..at].chars().next_back();
        let han = |char: Option<char>| char.filter(|char| is_han(*char));
        Some((middle, end, han(outer_left) == han(self.left[1])))
    }
}

/// For each gap, the places that fit it.
fn search(draft: &Draft, gaps: &[Gap]) -> Vec<Vec<Completion>> {
    let mut candidates = vec![Vec::new(); gaps.len()];
    let neighbours = gaps.iter().map(|gap| gap.left[0].map(String::from).unwrap_or_default());
    let Ok(automaton) = AhoCorasick::new(neighbours) else {
        return candidates;
    };
    for (block, piece) in draft.pieces().iter().enumerate() {
        let prose = piece.prose();
        for hit in automaton.find_overlapping_iter(prose) {
            let index = hit.pattern().as_usize();
            let Some((char, end, is_same_word)) = gaps[index].fit(prose, hit.start()) else {
                continue;
            };
            candidates[index].push(Completion {
                char,
                place: Place::new(block, hit.start()..end),
                is_same_word,
            });
        }
    }
    candidates
}

/// The completion that all candidates agree on, surely the same words going first.
fn choose(mut candidates: Vec<Completion>) -> Option<Completion> {
    if candidates.iter().any(|candidate| candidate.is_same_word) {
        candidates.retain(|candidate| candidate.is_same_word);
    }
    let first = candidates.first()?.clone();
    candidates.iter().all(|candidate| candidate.char == first.char).then_some(first)
}
