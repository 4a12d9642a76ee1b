//! Which mentions are set against each other: those whose names, digits or words meet.
//!
//! Mentions meet in buckets, so that only likely pairs are judged. A bucket with many members is of something too common to mean one thing; it is
//! left out, which also keeps the work linear.

use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::facts::figure::keyword;
use crate::facts::figure::unit::Dimension;

use super::mention::Mention;

/// A bucket larger than this is of a noun too common to mean one thing.
const LARGEST_BUCKET: usize = 24;
/// The same for a mere pair of characters.
const LARGEST_BUCKET_OF_WORDS: usize = 8;
/// Pairs of characters that two mentions must share to be set against each other for their words alone.
const LEAST_SHARED: u32 = 2;

/// Pairs of mentions to be judged, each once, the lower index first, in order.
pub fn read(mentions: &[Mention]) -> Vec<(usize, usize)> {
    let mut pairs: FxHashSet<(usize, usize)> = FxHashSet::default();
    let names = buckets(mentions, |mention| name_keys(&mention.name.text));
    let digits = buckets(mentions, digits);
    let met = met(names, LARGEST_BUCKET).chain(met(digits, LARGEST_BUCKET));
    pairs.extend(met);
    let words = buckets(mentions, |mention| {
        keyword::sorted(mention.keywords.iter().chain(mention.topic.iter()).copied()).to_vec()
    });
    let mut shared: FxHashMap<(usize, usize), u32> = FxHashMap::default();
    for pair in self::met(words, LARGEST_BUCKET_OF_WORDS) {
        *shared.entry(pair).or_default() += 1;
    }
    pairs.extend(shared.into_iter().filter(|(_, count)| *count >= LEAST_SHARED).map(|(pair, _)| pair));
    let mut pairs: Vec<(usize, usize)> = pairs.into_iter().collect();
    pairs.sort_unstable();
    pairs
}

/// Whether a mention is such that another could contradict it.
pub fn can_conflict(mention: &Mention) -> bool {
    let dimension = mention.unit.dimension();
    let measured = !matches!(
        dimension,
        Dimension::Points | Dimension::Multiple | Dimension::Years | Dimension::Months | Dimension::Days | Dimension::Score
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

/// Mentions of one dimension by what they may meet in.
fn buckets<K: Hash + Eq>(mentions: &[Mention], keys: impl Fn(&Mention) -> Vec<K>) -> FxHashMap<(Dimension, K), Vec<usize>> {
    let mut buckets: FxHashMap<(Dimension, K), Vec<usize>> = FxHashMap::default();
    for (index, mention) in mentions.iter().enumerate().filter(|(_, mention)| can_conflict(mention)) {
        for key in keys(mention) {
            buckets.entry((bucket_dimension(mention), key)).or_default().push(index);
        }
    }
    buckets
}

fn met<K>(buckets: FxHashMap<(Dimension, K), Vec<usize>>, largest: usize) -> impl Iterator<Item = (usize, usize)> {
    let likely = buckets.into_values().filter(move |bucket| (2..=largest).contains(&bucket.len()));
    likely.flat_map(|bucket| {
        let pairs = (0..bucket.len()).flat_map(|first| (first + 1..bucket.len()).map(move |second| (first, second)));
        pairs.map(|(first, second)| (bucket[first], bucket[second])).collect::<Vec<_>>()
    })
}

/// The first and the last two characters of a name.
fn name_keys(name: &str) -> Vec<String> {
    let chars: Vec<char> = name.chars().collect();
    if chars.len() < 2 {
        return Vec::new();
    }
    let mut keys = vec![chars[..2].iter().collect(), chars[chars.len() - 2..].iter().collect()];
    keys.dedup();
    keys
}

/// The digits of a number in order of size, zeros left out: numbers whose digits are each other's swapped have the same.
fn digits(mention: &Mention) -> Vec<Vec<u8>> {
    let written = mention.value.trimmed().mantissa().unsigned_abs().to_string().into_bytes();
    let mut digits: Vec<u8> = written.iter().copied().filter(|digit| *digit != b'0').collect();
    digits.sort_unstable();
    if written.len() >= 2 { vec![digits] } else { Vec::new() }
}
