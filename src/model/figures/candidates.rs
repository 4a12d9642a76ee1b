//! Which mentions are set against each other: those whose names, digits or words meet.
//!
//! Mentions meet in buckets, so that only likely pairs are judged. A bucket with many members is of something too common to mean one thing; it is
//! left out, which also keeps the work linear.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::facts::figure::keyword::Pair;
use crate::facts::figure::unit::Dimension;

use super::mention::Mention;

/// A bucket larger than this is of a noun too common to mean one thing.
const LARGEST_BUCKET: usize = 24;
/// The same for a mere pair of characters.
const LARGEST_BUCKET_OF_WORDS: usize = 8;
/// Pairs of characters that two mentions must share to be set against each other for their words alone.
const LEAST_SHARED: usize = 2;

/// Pairs of mentions to be judged, each once, the lower index first, in order.
pub fn read(mentions: &[Mention]) -> Vec<(usize, usize)> {
    let mut pairs = met(mentions, name_keys, LARGEST_BUCKET);
    pairs.extend(met(mentions, digits, LARGEST_BUCKET));
    let mut by_words = met(mentions, words, LARGEST_BUCKET_OF_WORDS);
    by_words.sort_unstable();
    let often = by_words.chunk_by(|a, b| a == b).filter(|same| same.len() >= LEAST_SHARED);
    pairs.extend(often.map(|same| same[0]));
    pairs.sort_unstable();
    pairs.dedup();
    pairs.into_iter().map(|(a, b)| (a as usize, b as usize)).collect()
}

/// Whether a mention is such that another could contradict it.
pub fn can_conflict(mention: &Mention) -> bool {
    let dimension = mention.unit.dimension();
    let measured = !matches!(dimension, Dimension::Points | Dimension::Multiple | Dimension::Years | Dimension::Months);
    measured && mention.definite && !mention.value.is_zero()
}

/// 家 and 个 meet in one bucket; whether they are comparable is asked later.
pub fn bucket_dimension(mention: &Mention) -> Dimension {
    match mention.unit.dimension() {
        Dimension::Count("家") => Dimension::Count("个"),
        dimension => dimension,
    }
}

/// What a mention may meet others in, in at most [`KEY`] bits.
type Keys = SmallVec<[u64; 16]>;
const KEY: u32 = 54;

/// The pairs of mentions of one dimension that have a key in common with no more others than `largest` has room for.
fn met(mentions: &[Mention], keys: fn(&Mention) -> Keys, largest: usize) -> Vec<(u32, u32)> {
    let mut dimensions: FxHashMap<Dimension, u64> = FxHashMap::default();
    let mut entries: Vec<(u64, u32)> = Vec::new();
    for (index, mention) in mentions.iter().enumerate().filter(|(_, mention)| can_conflict(mention)) {
        let next = dimensions.len() as u64;
        let dimension = *dimensions.entry(bucket_dimension(mention)).or_insert(next);
        entries.extend(keys(mention).iter().map(|key| (dimension << KEY | key, index as u32)));
    }
    entries.sort_unstable();
    let mut pairs = Vec::new();
    for bucket in entries.chunk_by(|a, b| a.0 == b.0).filter(|bucket| bucket.len() <= largest) {
        for (at, (_, first)) in bucket.iter().enumerate() {
            pairs.extend(bucket[at + 1..].iter().map(|(_, second)| (*first, *second)));
        }
    }
    pairs
}

/// The first and the last two characters of a name.
fn name_keys(mention: &Mention) -> Keys {
    let name = mention.name.text.as_str();
    let (mut first, mut last) = (name.chars(), name.chars().rev());
    let (Some(a), Some(b), Some(y), Some(x)) = (first.next(), first.next(), last.next(), last.next()) else {
        return Keys::new();
    };
    let mut keys = Keys::from_slice(&[key_of([a, b]), key_of([x, y])]);
    keys.dedup();
    keys
}

fn words(mention: &Mention) -> Keys {
    let mut keys: Keys = mention.keywords.iter().chain(mention.topic.iter()).copied().map(key_of).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn key_of([first, second]: Pair) -> u64 {
    u64::from(first) << 21 | u64::from(second)
}

/// How often each digit but zero stands in a number: numbers whose digits are each other's swapped have the same.
fn digits(mention: &Mention) -> Keys {
    let mut rest = mention.value.trimmed().mantissa().unsigned_abs();
    if rest < 10 {
        return Keys::new();
    }
    let mut counts = 0;
    while rest > 0 {
        let digit = (rest % 10) as u32;
        if digit > 0 {
            counts += 1 << (6 * (digit - 1));
        }
        rest /= 10;
    }
    Keys::from_slice(&[counts])
}
