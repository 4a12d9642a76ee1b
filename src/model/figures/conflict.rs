//! Facts that are stated with different values.
//!
//! Mentions meet in buckets of one dimension and two characters of their name, so that only likely pairs are scored. A bucket with many members is
//! a common noun that tells nothing; it is left out, which also keeps the work linear.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::draft::Draft;
use crate::facts::figure::unit::Dimension;
use crate::numeral::slip::{self, Slip};

use super::crowd::{self, Crowd};
use super::mention::{Frame, Mention};
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

/// A bucket larger than this is of a noun too common to mean one thing.
const LARGEST_BUCKET: usize = 24;

struct Pair {
    a: usize,
    b: usize,
    score: i32,
    features: Vec<Feature>,
}

pub fn find(draft: &Draft, frame: &Frame, mentions: &[Mention]) -> Vec<Conflict> {
    let crowds = crowd::read(mentions);
    let mut buckets: FxHashMap<(Dimension, String), Vec<usize>> = FxHashMap::default();
    for (index, mention) in mentions.iter().enumerate().filter(|(_, mention)| can_conflict(mention)) {
        for key in keys(&mention.name.text) {
            buckets.entry((bucket_dimension(mention), key)).or_default().push(index);
        }
    }
    let mut seen: FxHashSet<(usize, usize)> = FxHashSet::default();
    let mut pairs: Vec<Pair> = Vec::new();
    for bucket in buckets.values().filter(|bucket| (2..=LARGEST_BUCKET).contains(&bucket.len())) {
        let mut values_of_name: FxHashMap<&str, usize> = FxHashMap::default();
        for (at, &a) in bucket.iter().enumerate() {
            for &b in &bucket[at + 1..] {
                if seen.contains(&(a, b)) {
                    continue;
                }
                let name = shorter_name(&mentions[a], &mentions[b]);
                let values = *values_of_name.entry(name).or_insert_with(|| distinct_values(mentions, bucket, name));
                if let Some(pair) = pair(draft, frame, mentions, &crowds, values, a, b) {
                    seen.insert((a, b));
                    pairs.push(pair);
                }
            }
        }
    }
    pairs.extend(swapped(draft, frame, mentions, &crowds, &mut seen));
    pairs.sort_by_key(|pair| (std::cmp::Reverse(pair.score), pair.a, pair.b));
    gather(mentions, &pairs)
}

/// Pairs whose digits are each other's swapped: they meet by their digits.
fn swapped(draft: &Draft, frame: &Frame, mentions: &[Mention], crowds: &[Crowd], seen: &mut FxHashSet<(usize, usize)>) -> Vec<Pair> {
    let mut buckets: FxHashMap<(Dimension, Vec<u8>), Vec<usize>> = FxHashMap::default();
    for (index, mention) in mentions.iter().enumerate().filter(|(_, mention)| can_conflict(mention)) {
        let mut digits = mention.value.trimmed().mantissa().unsigned_abs().to_string().into_bytes();
        if digits.len() >= 2 {
            digits.sort_unstable();
            buckets.entry((bucket_dimension(mention), digits)).or_default().push(index);
        }
    }
    let mut pairs = Vec::new();
    for bucket in buckets.values().filter(|bucket| (2..=LARGEST_BUCKET).contains(&bucket.len())) {
        for (at, &a) in bucket.iter().enumerate() {
            for &b in &bucket[at + 1..] {
                if slip::between(mentions[a].value, mentions[b].value) != Some(Slip::Swapped) || !seen.insert((a, b)) {
                    continue;
                }
                let Some(mut features) = score::features_of_swapped(draft, frame, &mentions[a], &mentions[b]) else {
                    continue;
                };
                if score::compare_crowds(mentions, crowds, a, b, &mut features).is_none() {
                    continue;
                }
                let score = score::total(&features);
                if score >= score::SWAPPED_WORTH_A_LOOK {
                    pairs.push(Pair { a, b, score, features });
                }
            }
        }
    }
    pairs
}

pub fn can_conflict(mention: &Mention) -> bool {
    let dimension = mention.unit.dimension();
    let measured = !matches!(
        dimension,
        Dimension::Points | Dimension::Multiple | Dimension::Years | Dimension::Days | Dimension::Score
    );
    measured && mention.definite && !mention.value.is_zero()
}

/// 家 and 个 meet in one bucket; whether they are comparable is asked later.
pub fn bucket_dimension(mention: &Mention) -> Dimension {
    match mention.unit.dimension() {
        Dimension::Count("家") => Dimension::Count("个"),
        dimension => dimension,
    }
}

/// The first and the last two characters of a name.
fn keys(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    if chars.len() < 2 {
        return Vec::new();
    }
    let mut keys = vec![chars[..2].iter().collect(), chars[chars.len() - 2..].iter().collect()];
    keys.dedup();
    keys
}

fn pair(draft: &Draft, frame: &Frame, mentions: &[Mention], crowds: &[Crowd], values: usize, a: usize, b: usize) -> Option<Pair> {
    let mut features = score::features(draft, frame, &mentions[a], &mentions[b], values)?;
    score::compare_crowds(mentions, crowds, a, b, &mut features)?;
    let score = score::total(&features);
    (score >= score::WORTH_A_LOOK).then_some(Pair { a, b, score, features })
}

fn shorter_name<'a>(a: &'a Mention, b: &'a Mention) -> &'a str {
    if a.name.text.len() <= b.name.text.len() {
        &a.name.text
    } else {
        &b.name.text
    }
}

/// How many different values a name has: one that has many names no single thing.
fn distinct_values(mentions: &[Mention], bucket: &[usize], name: &str) -> usize {
    let mut values: Vec<usize> = Vec::new();
    for &index in bucket.iter().filter(|index| mentions[**index].name.text.contains(name)) {
        if !values.iter().any(|known| mentions[*known].interval.overlaps(&mentions[index].interval)) {
            values.push(index);
        }
    }
    values.len()
}

/// One finding a fact: the mentions joined by pairs, the one whose value is rarest, and the others that it contradicts.
fn gather(mentions: &[Mention], pairs: &[Pair]) -> Vec<Conflict> {
    let mut taken: FxHashSet<usize> = FxHashSet::default();
    let mut conflicts = Vec::new();
    for pair in pairs {
        if taken.contains(&pair.a) || taken.contains(&pair.b) {
            continue;
        }
        let support = |index: usize| pairs.iter().filter(|other| other.a == index || other.b == index).count();
        // The value that contradicts more mentions is the odd one; of two equals, the later.
        let (odd, first) = if support(pair.a) > support(pair.b) {
            (pair.a, pair.b)
        } else {
            (pair.b, pair.a)
        };
        let mut others = vec![first];
        for other in pairs.iter().filter(|other| other.a == odd || other.b == odd) {
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
