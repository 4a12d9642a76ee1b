//! Figures that a report tells twice, and how the second telling might have gone wrong.

use std::collections::{BTreeMap, BTreeSet};

use jiaogao::facts::figure::exactness::Exactness;
use jiaogao::model::figures::candidates;
use jiaogao::model::figures::mention::Mention;
use jiaogao::numeral::decimal::Decimal;

/// Pairs of mentions with one value of so many digits that they hardly agree by chance, in two paragraphs, with a word in common.
pub fn pairs(mentions: &[Mention]) -> Vec<(usize, usize)> {
    let mut by_value: BTreeMap<(i128, i32), Vec<usize>> = BTreeMap::new();
    for (index, mention) in mentions.iter().enumerate() {
        let value = mention.base_value().trimmed();
        let is_telling = value.mantissa().unsigned_abs() >= 100;
        if candidates::can_conflict(mention) && is_telling && mention.exactness == Exactness::Exact {
            by_value.entry((value.mantissa(), value.exponent())).or_default().push(index);
        }
    }
    let pairs = by_value.values().flat_map(|indexes| {
        let first = indexes[0];
        indexes[1..].iter().map(move |second| (first, *second))
    });
    let mut taken = BTreeSet::new();
    let are_one = |a: &Mention, b: &Mention| {
        let shares = a.keywords.iter().any(|pair| b.keywords.binary_search(pair).is_ok());
        a.place.block != b.place.block && a.table.is_none() && b.table.is_none() && a.is_comparable(b) && a.role == b.role && shares
    };
    pairs.filter(|(a, b)| are_one(&mentions[*a], &mentions[*b]) && taken.insert(*a)).collect()
}

/// Swaps two digits of a mention's value, or changes one; which of them, is told by the seed.
pub fn spoil(mention: &mut Mention, seed: usize) {
    let value = mention.value.trimmed();
    let mut digits = value.mantissa().to_string().into_bytes();
    let at = 1 + seed % (digits.len() - 1);
    let swaps = seed % 3 < 2 && digits[at] != digits[at - 1] && digits[at] != b'0';
    match swaps {
        true => digits.swap(at, at - 1),
        false => digits[at] = b'1' + (digits[at] - b'0' + (seed % 7) as u8) % 9,
    }
    let written: i128 = digits.iter().fold(0, |sum, digit| sum * 10 + i128::from(digit - b'0'));
    mention.value = Decimal::new(written, value.exponent());
    let interval = mention.exactness.interval(mention.value, mention.unit);
    mention.interval = interval.scale(mention.unit.factor()).unwrap_or(interval);
}
