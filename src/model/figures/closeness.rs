//! What the values of two mentions say: how a slip would make one from the other, and how far apart they are.

use crate::facts::figure::exactness::Exactness;
use crate::facts::figure::unit::Dimension;
use crate::numeral::decimal::Decimal;
use crate::numeral::slip::{self, Slip};

use super::mention::Mention;
use super::score::Feature;

pub fn compare(a: &Mention, b: &Mention, found: &mut Vec<Feature>) {
    let slip = slip_between(a, b);
    found.extend(slip.map(|slip| match slip {
        Slip::Swapped => Feature::DigitsSwapped,
        Slip::Shuffled => Feature::DigitsShuffled,
        Slip::OneDigit => Feature::OneDigitOff,
        Slip::Dropped => Feature::DigitLost,
        Slip::Magnitude => Feature::PointOrMultiplierLost,
    }));
    if slip.is_some() {
        match digits(a).max(digits(b)) {
            ..=2 => found.push(Feature::FewDigits),
            3 => {}
            _ => found.push(Feature::ManyDigits),
        }
    }
    let (first, second) = (a.base_value(), b.base_value());
    let (small, large) = if first.less_than(second) { (first, second) } else { (second, first) };
    let times = |factor: i128| small.times(Decimal::new(factor, -1)).is_some_and(|limit| limit.less_than(large));
    if !matches!(slip, Some(Slip::Magnitude | Slip::Swapped | Slip::Shuffled)) {
        if times(40) {
            found.push(Feature::VeryFarApart);
        } else if times(16) {
            found.push(Feature::FarApart);
        }
    }
    let is_approximate = a.exactness != Exactness::Exact || b.exactness != Exactness::Exact;
    if is_approximate && slip.is_none() && !times(13) {
        found.push(Feature::ApproximationMissed);
    }
    let both = |limit: u64| a.value.less_than(Decimal::from(limit)) && b.value.less_than(Decimal::from(limit));
    if both(10) && a.value.exponent() >= 0 && b.value.exponent() >= 0 {
        found.push(Feature::SmallNumbers);
    }
    let is_round = |mention: &Mention| mention.value.trimmed().mantissa().unsigned_abs() < 10 && !mention.value.less_than(Decimal::from(10));
    if is_round(a) || is_round(b) {
        found.push(Feature::RoundNumbers);
    }
    if a.unit.dimension() == Dimension::Percent {
        found.push(Feature::IsARate);
    }
}

/// How many digits a value has, zeros at its end left out.
pub fn digits(mention: &Mention) -> usize {
    mention.value.trimmed().digits()
}

/// Slips are made in numbers as written, so the other value is converted into each one's unit.
pub fn slip_between(a: &Mention, b: &Mention) -> Option<Slip> {
    // 15万 and 15.6万: one is told more exactly, which is no slip.
    let is_whole = |mention: &Mention| mention.value.shift(-mention.multiplier).trimmed().exponent() >= 0;
    let is_told_more_exactly = a.unit == b.unit && a.multiplier == b.multiplier && is_whole(a) != is_whole(b);
    any_slip_between(a, b).filter(|slip| !(is_told_more_exactly && matches!(slip, Slip::OneDigit | Slip::Dropped)))
}

fn any_slip_between(a: &Mention, b: &Mention) -> Option<Slip> {
    let converted = |from: &Mention, to: &Mention| {
        from.base_value()
            .over(to.unit.factor(), to.value.trimmed().exponent().min(from.value.exponent()))
    };
    slip::between(a.value, converted(b, a)?.trimmed())
        .or_else(|| slip::between(b.value, converted(a, b)?.trimmed()))
        .or_else(|| swapped_when_rounded(a, b))
        .or_else(|| swapped_when_rounded(b, a))
}

/// 31460 told as 3.51万: rounded to the digits of the other, two of them are swapped.
fn swapped_when_rounded(exact: &Mention, rounded: &Mention) -> Option<Slip> {
    const LEAST_DIGITS: usize = 3;
    if rounded.multiplier <= exact.multiplier || digits(rounded) < LEAST_DIGITS || digits(exact) <= digits(rounded) {
        return None;
    }
    let exact = exact.base_value().over(rounded.unit.factor(), rounded.value.trimmed().exponent())?;
    slip::between(exact.trimmed(), rounded.value).filter(|slip| *slip == Slip::Swapped)
}
