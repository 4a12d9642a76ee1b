//! Exact decimals, which know how many digits were written.
//!
//! Stated values are never turned into floating point: 0.1 + 0.2 must be 0.3, and whether 16.0% is a fair rounding of 28 ÷ 175 follows from the
//! digits shown.

use std::cmp::Ordering;
use std::fmt;

/// `mantissa` × 10^`exponent`. The exponent is that of the last digit written, so 136.7 and 136.70 are equal in value but not in precision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Decimal {
    mantissa: i128,
    exponent: i32,
}

impl Decimal {
    pub const ZERO: Decimal = Decimal { mantissa: 0, exponent: 0 };

    pub const fn new(mantissa: i128, exponent: i32) -> Self {
        Decimal { mantissa, exponent }
    }

    pub fn mantissa(self) -> i128 {
        self.mantissa
    }

    /// The power of ten of the last digit written.
    pub fn exponent(self) -> i32 {
        self.exponent
    }

    pub fn is_zero(self) -> bool {
        self.mantissa == 0
    }

    pub fn is_negative(self) -> bool {
        self.mantissa < 0
    }

    /// Times 10^`power`; the digits stay as written.
    pub fn shift(self, power: i32) -> Self {
        Decimal::new(self.mantissa, self.exponent + power)
    }

    /// Half a unit of the last digit written: how far a rounded value may be from the true one.
    pub fn half_unit(self) -> Self {
        Decimal::new(5, self.exponent - 1)
    }

    pub fn negate(self) -> Self {
        Decimal::new(-self.mantissa, self.exponent)
    }

    pub fn abs(self) -> Self {
        Decimal::new(self.mantissa.abs(), self.exponent)
    }

    /// The sum, as precise as the finer of the two; `None` when it does not fit.
    pub fn plus(self, other: Self) -> Option<Self> {
        let exponent = self.exponent.min(other.exponent);
        let sum = self.at(exponent)?.checked_add(other.at(exponent)?)?;
        Some(Decimal::new(sum, exponent))
    }

    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negate())
    }

    pub fn times(self, other: Self) -> Option<Self> {
        let product = self.mantissa.checked_mul(other.mantissa)?;
        Some(Decimal::new(product, self.exponent.checked_add(other.exponent)?))
    }

    /// `self` ÷ `divisor`, rounded half away from zero so that its last digit has the power `exponent`. `None` for a zero divisor or when it does
    /// not fit.
    pub fn over(self, divisor: Self, exponent: i32) -> Option<Self> {
        if divisor.is_zero() {
            return None;
        }
        let power = self.exponent - divisor.exponent - exponent;
        let (mut numerator, mut denominator) = (self.mantissa, divisor.mantissa);
        match power >= 0 {
            true => numerator = numerator.checked_mul(ten_to(power)?)?,
            false => denominator = denominator.checked_mul(ten_to(-power)?)?,
        }
        let doubled = numerator.checked_mul(2)?;
        let half = if (numerator < 0) == (denominator < 0) {
            denominator
        } else {
            -denominator
        };
        let quotient = doubled.checked_add(half)?.checked_div(denominator.checked_mul(2)?)?;
        Some(Decimal::new(quotient, exponent))
    }

    /// The same value rounded, or written out, to another last digit.
    pub fn round(self, exponent: i32) -> Option<Self> {
        self.over(Decimal::new(1, 0), exponent)
    }

    /// Without zeros at the end: 136.70 as 136.7, 1200 as 12 × 10².
    pub fn trimmed(self) -> Self {
        if self.mantissa == 0 {
            return Decimal::ZERO;
        }
        let mut trimmed = self;
        // Nearly all mantissas are short, and dividing a short one is far cheaper.
        if let Ok(mut short) = i64::try_from(self.mantissa) {
            while short % 10 == 0 {
                short /= 10;
                trimmed.exponent += 1;
            }
            trimmed.mantissa = i128::from(short);
            return trimmed;
        }
        while trimmed.mantissa % 10 == 0 {
            trimmed.mantissa /= 10;
            trimmed.exponent += 1;
        }
        trimmed
    }

    /// How many digits the mantissa has.
    pub fn digits(self) -> usize {
        self.mantissa.unsigned_abs().checked_ilog10().map_or(1, |power| power as usize + 1)
    }

    /// Without zeros after the point: 28460.0 as 28460, but 1200 stays.
    pub fn trimmed_to_whole(self) -> Self {
        let trimmed = self.trimmed();
        if trimmed.exponent <= 0 { trimmed } else { self.round(0).unwrap_or(self) }
    }

    /// The mantissa this value has at a finer exponent.
    fn at(self, exponent: i32) -> Option<i128> {
        if self.mantissa == 0 {
            return Some(0);
        }
        self.mantissa.checked_mul(ten_to(self.exponent.checked_sub(exponent)?)?)
    }

    /// The power of ten of the first digit, for values other than zero.
    fn leading_power(self) -> i64 {
        i64::from(self.exponent) + i64::from(self.mantissa.unsigned_abs().ilog10())
    }

    /// Compares values; 136.7 and 136.70 are equal here.
    pub fn compare(self, other: Self) -> Ordering {
        match (self.mantissa.signum(), other.mantissa.signum()) {
            (a, b) if a != b => return a.cmp(&b),
            (0, _) => return Ordering::Equal,
            _ => {}
        }
        let by_size = match self.leading_power().cmp(&other.leading_power()) {
            Ordering::Equal => {
                // With equal first digits' powers both align within the digits they already have.
                let (a, b) = (self.trimmed(), other.trimmed());
                let exponent = a.exponent.min(b.exponent);
                match (a.abs().at(exponent), b.abs().at(exponent)) {
                    (Some(a), Some(b)) => a.cmp(&b),
                    _ => Ordering::Equal,
                }
            }
            unequal => unequal,
        };
        if self.mantissa < 0 { by_size.reverse() } else { by_size }
    }

    pub fn same_value(self, other: Self) -> bool {
        self.compare(other) == Ordering::Equal
    }

    pub fn less_than(self, other: Self) -> bool {
        self.compare(other) == Ordering::Less
    }

    pub fn at_most(self, other: Self) -> bool {
        self.compare(other) != Ordering::Greater
    }

    /// Whether it is apart from another by no more than one in so many of that; `None` where the numbers grow too large to tell.
    pub fn is_near(self, other: Self, in_many: u64) -> Option<bool> {
        let difference = self.minus(other)?.abs();
        Some(difference.times(Decimal::from(in_many))?.at_most(other.abs()))
    }
}

fn ten_to(power: i32) -> Option<i128> {
    10i128.checked_pow(u32::try_from(power).ok()?)
}

impl From<u64> for Decimal {
    fn from(value: u64) -> Self {
        Decimal::new(i128::from(value), 0)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        let sign = if self.mantissa < 0 { "-" } else { "" };
        let digits = self.mantissa.unsigned_abs().to_string();
        if self.exponent >= 0 {
            let zeros = if self.mantissa == 0 { 0 } else { self.exponent.unsigned_abs() as usize };
            return write!(formatter, "{sign}{digits}{}", "0".repeat(zeros));
        }
        let places = self.exponent.unsigned_abs() as usize;
        let digits = format!("{digits:0>width$}", width = places + 1);
        let (whole, fraction) = digits.split_at(digits.len() - places);
        write!(formatter, "{sign}{whole}.{fraction}")
    }
}

/// All values from `low` to `high`, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    pub low: Decimal,
    pub high: Decimal,
}

impl Interval {
    pub fn new(low: Decimal, high: Decimal) -> Self {
        Interval { low, high }
    }

    pub fn exactly(value: Decimal) -> Self {
        Interval { low: value, high: value }
    }

    /// What a value may truly be, given that it was rounded to the digits written.
    pub fn rounded(value: Decimal) -> Self {
        let half = value.half_unit();
        Interval {
            low: value.minus(half).unwrap_or(value),
            high: value.plus(half).unwrap_or(value),
        }
    }

    pub fn overlaps(&self, other: &Interval) -> bool {
        self.low.at_most(other.high) && other.low.at_most(self.high)
    }

    pub fn plus(&self, other: &Interval) -> Option<Interval> {
        Some(Interval::new(self.low.plus(other.low)?, self.high.plus(other.high)?))
    }

    pub fn minus(&self, other: &Interval) -> Option<Interval> {
        Some(Interval::new(self.low.minus(other.high)?, self.high.minus(other.low)?))
    }

    pub fn scale(&self, factor: Decimal) -> Option<Interval> {
        Some(Interval::new(self.low.times(factor)?, self.high.times(factor)?))
    }

    /// Whether some value of `part` divided by some value of `whole` lies in `self`. All must be positive or zero.
    pub fn holds_ratio(&self, part: &Interval, whole: &Interval) -> Option<bool> {
        let not_too_small = part.low.at_most(self.high.times(whole.high)?);
        let not_too_large = self.low.times(whole.low)?.at_most(part.high);
        Some(not_too_small && not_too_large)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        Decimal::new(format!("{whole}{fraction}").parse().unwrap(), -(fraction.len() as i32))
    }

    #[test]
    fn arithmetic_is_exact() {
        assert!(decimal("0.1").plus(decimal("0.2")).unwrap().same_value(decimal("0.30")));
        assert_eq!(decimal("28").over(decimal("175"), -3).unwrap().to_string(), "0.160");
        assert_eq!(decimal("-1").over(decimal("8"), -2).unwrap().to_string(), "-0.13");
        assert_eq!(Decimal::new(1367, 3).to_string(), "1367000");
        assert_eq!(Decimal::new(5, -3).to_string(), "0.005");
        assert_eq!(decimal("1").over(decimal("0"), 0), None);
    }

    #[test]
    fn values_compare_whatever_their_precision() {
        assert!(decimal("136.7").same_value(decimal("136.70")));
        assert!(decimal("-3").less_than(decimal("0.001")));
        assert!(Decimal::new(1, 300).compare(Decimal::new(999, -300)) == Ordering::Greater);
        assert!(Decimal::new(0, 50).same_value(Decimal::ZERO));
    }

    #[test]
    fn what_does_not_fit_is_none_not_a_panic() {
        let huge = Decimal::new(i128::MAX, 0);
        assert_eq!(huge.plus(huge), None);
        assert_eq!(huge.times(huge), None);
        assert_eq!(Decimal::new(7, 200).plus(Decimal::new(1, -200)), None);
    }

    #[test]
    fn rounding_follows_from_the_digits_written() {
        let rounded = Interval::rounded(decimal("6.8"));
        assert!(rounded.overlaps(&Interval::exactly(decimal("6.84"))));
        assert!(!rounded.overlaps(&Interval::exactly(decimal("6.86"))));
        let share = Interval::rounded(decimal("0.75"));
        assert_eq!(
            share.holds_ratio(&Interval::exactly(decimal("30")), &Interval::exactly(decimal("40"))),
            Some(true)
        );
        assert_eq!(
            share.holds_ratio(&Interval::exactly(decimal("31")), &Interval::exactly(decimal("40"))),
            Some(false)
        );
    }
}
