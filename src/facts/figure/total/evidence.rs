//! How sure it is that the parts listed are all there are, and whether they come to the whole.

use crate::numeral::decimal::Decimal;
use crate::numeral::slip::{self, Slip};

use super::super::Figure;
use super::super::unit::Unit;
use super::Total;

/// How sure it is that the parts are all there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evidence {
    /// Said so: 其余, 三项合计. Any difference is one too many.
    Said,
    /// Their kinds or their order say so, as of what is done and what is not: a sum that is near the whole is enough.
    Implied,
    /// Parts of a list that may leave some out, but cannot be more than the whole.
    Listed,
    /// Nothing says so: only a sum that looks like a slip is worth a look.
    None,
}

/// The whole with its parts, if they are believed to be parts and do not come to it.
pub fn report(figures: &[Figure], whole: usize, parts: Vec<usize>, evidence: Evidence) -> Option<Total> {
    let total = &figures[whole];
    let exact = exact_sum(figures, &parts)?;
    let finest = parts
        .iter()
        .map(|part| figures[*part].value.exponent())
        .min()?
        .min(total.value.exponent());
    let sum = exact.over(total.unit.factor(), finest)?;
    let is_slip = looks_like_a_slip(figures, &parts, exact, sum, total);
    let is_too_much = total.value.less_than(sum);
    let (is_enough, certain) = match evidence {
        Evidence::Said => (true, true),
        Evidence::Implied => (is_slip || is_near(sum, total.value, 4), is_slip || is_too_much),
        Evidence::Listed => (is_slip || is_near(sum, total.value, if is_too_much { 4 } else { 25 }), false),
        Evidence::None => (is_slip, false),
    };
    is_enough.then_some(Total { whole, parts, sum, certain })
}

/// Rounding seldom moves the sum of a few parts by more than one of the last digit.
pub fn adds_up(figures: &[Figure], parts: &[usize], total: &Figure) -> bool {
    let Some(sum) = exact_sum(figures, parts) else { return true };
    let all = parts.iter().map(|part| &figures[*part]).chain([total]);
    let coarsest = all
        .filter_map(|figure| figure.value.exponent().checked_add(figure.unit.factor().exponent()))
        .max()
        .unwrap_or(0);
    let is_counted = total.unit.is_counted_one_by_one() && coarsest == 0;
    let digits = if is_counted { 0 } else { 1 + parts.len() as i128 / 6 };
    let slack = Decimal::new(digits, coarsest).times(Decimal::new(total.unit.factor().mantissa(), 0));
    let slack = slack.map(|slack| smaller(slack, rounding(figures, parts, total)));
    let difference = sum.minus(total.base_value()).map(Decimal::abs);
    difference.zip(slack).is_none_or(|(difference, slack)| difference.at_most(slack))
}

/// The most that rounding to the digits written can make: half a last digit of every figure, in the smallest unit. Parts in one unit are believed to
/// be told to the same digit, with its noughts left out: 10万吨、3万吨、2.5万吨.
fn rounding(figures: &[Figure], parts: &[usize], total: &Figure) -> Option<Decimal> {
    let finest = |unit: Unit| {
        parts
            .iter()
            .map(|part| &figures[*part])
            .filter(|part| part.unit == unit)
            .map(|part| part.value.exponent())
            .min()
    };
    let mut sum = total.value.half_unit().times(total.unit.factor())?;
    for part in parts.iter().map(|part| &figures[*part]) {
        let half = Decimal::new(5, finest(part.unit)? - 1).times(part.unit.factor())?;
        sum = sum.plus(half)?;
    }
    Some(sum)
}

fn smaller(a: Decimal, b: Option<Decimal>) -> Decimal {
    b.filter(|b| b.less_than(a)).unwrap_or(a)
}

/// In the smallest unit.
pub fn exact_sum(figures: &[Figure], parts: &[usize]) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    for part in parts {
        sum = sum.plus(figures[*part].base_value())?;
    }
    Some(sum)
}

/// Whether parts are more than their whole.
pub fn exceed(figures: &[Figure], parts: &[usize], whole: usize) -> bool {
    exact_sum(figures, parts).is_some_and(|sum| figures[whole].base_value().less_than(sum))
}

/// Whether a slip of the hand in the whole or in one part explains why the parts do not come to the whole.
fn looks_like_a_slip(figures: &[Figure], parts: &[usize], exact: Decimal, in_units: Decimal, total: &Figure) -> bool {
    let slip = slip::between(in_units, total.value);
    let near = |in_many| is_near(in_units, total.value, in_many);
    let has_three_digits = Decimal::from(100).at_most(total.value);
    // Digits that change places are hardly chance, however far apart the values; of two digits, there are too few to be sure.
    let is_swapped = slip == Some(Slip::Swapped) && (has_three_digits || near(3));
    let is_part_swapped = is_slip_of_a_part(figures, parts, exact, total) && near(if total.value.less_than(in_units) { 3 } else { 8 });
    // Parts that overlap seldom come to hardly more than the whole.
    let is_too_much = total.value.less_than(in_units) && near(33) && Decimal::from(100).less_than(total.value);
    is_swapped || is_part_swapped || slip.is_some() && near(10) || is_too_much
}

/// Whether two digits of one part changed places: 847 for 874.
fn is_slip_of_a_part(figures: &[Figure], parts: &[usize], sum: Decimal, total: &Figure) -> bool {
    let Some(excess) = sum.minus(total.base_value()) else { return false };
    parts.iter().map(|part| &figures[*part]).any(|part| {
        let mended = part.base_value().minus(excess);
        mended.is_some_and(|mended| slip::between(part.base_value(), mended) == Some(Slip::Swapped))
    })
}

/// As [`Decimal::is_near`]; what is too large to tell is not near.
pub fn is_near(a: Decimal, b: Decimal, in_many: u64) -> bool {
    a.is_near(b, in_many).unwrap_or(false)
}
