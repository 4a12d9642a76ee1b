//! Facts that are stated with different values.

use rustc_hash::{FxHashMap, FxHashSet};

use super::candidates;
use super::evidence::Evidence;
use super::mention::Mention;
use super::score::{self, Feature};

/// One fact with more than one value.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// The mention that stands against the others: index into the mentions.
    pub odd: usize,
    /// Mentions of the other values, the most telling first.
    pub others: Vec<usize>,
    /// In tenths, as in [`score`].
    pub score: i32,
    pub features: Vec<Feature>,
}

struct Pair {
    a: usize,
    b: usize,
    score: i32,
    features: Vec<Feature>,
}

pub fn find(mentions: &[Mention], evidence: &Evidence) -> Vec<Conflict> {
    let mut pairs: Vec<Pair> = candidates::read(mentions)
        .into_iter()
        .filter_map(|(a, b)| {
            let (score, features) = evidence.weighing_at_least(score::WORTH_A_LOOK, a, b)?;
            Some(Pair { a, b, score, features })
        })
        .collect();
    pairs.sort_by_key(|pair| (std::cmp::Reverse(pair.score), pair.a, pair.b));
    gather(mentions, &pairs)
}

/// One finding a fact: the mentions joined by pairs, the one whose value is rarest, and the others that it contradicts.
fn gather(mentions: &[Mention], pairs: &[Pair]) -> Vec<Conflict> {
    let mut taken: FxHashSet<usize> = FxHashSet::default();
    let mut conflicts = Vec::new();
    let mut pairs_of: FxHashMap<usize, Vec<&Pair>> = FxHashMap::default();
    for pair in pairs {
        pairs_of.entry(pair.a).or_default().push(pair);
        pairs_of.entry(pair.b).or_default().push(pair);
    }
    for pair in pairs {
        if taken.contains(&pair.a) || taken.contains(&pair.b) {
            continue;
        }
        let support = |index: usize| pairs_of[&index].len();
        // The value that contradicts more mentions is the odd one; of two equals, the later.
        let (odd, first) = if support(pair.a) > support(pair.b) {
            (pair.a, pair.b)
        } else {
            (pair.b, pair.a)
        };
        let mut others = vec![first];
        for other in &pairs_of[&odd] {
            let index = if other.a == odd { other.b } else { other.a };
            if index != first && mentions[index].interval.overlaps(&mentions[first].interval) {
                others.push(index);
            }
        }
        taken.insert(odd);
        taken.extend(&others);
        conflicts.push(Conflict {
            odd,
            others,
            score: pair.score,
            features: pair.features.clone(),
        });
    }
    conflicts.sort_by_key(|conflict| (mentions[conflict.odd].place.clone(), conflict.odd));
    conflicts
}
