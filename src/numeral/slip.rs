//! How a wrong number comes about: two digits swapped, one digit off, a point or 万 lost.

use smallvec::SmallVec;

use super::decimal::Decimal;

/// A slip of the hand that turns one number into another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Slip {
    /// 3.86 and 3.68, 1138 and 1183.
    Swapped,
    /// 16842 and 14682: the same digits in another order, four of them or more.
    Shuffled,
    /// 353 and 358.
    OneDigit,
    /// 136.7 and 1367, 3.2万 and 3.2亿.
    Magnitude,
    /// 1138 and 138.
    Dropped,
}

/// The slip that would turn `a` into `b`, if it is one; `None` for equal numbers.
pub fn between(a: Decimal, b: Decimal) -> Option<Slip> {
    if a.same_value(b) || a.is_zero() || b.is_zero() {
        return None;
    }
    let (first, second) = (digits(a), digits(b));
    if first == second {
        return Some(Slip::Magnitude);
    }
    // 4200 and 4700 differ in one of two digits: numbers so round say little.
    let fine = a.trimmed().exponent().min(b.trimmed().exponent());
    let (first, second) = (written_to(a, fine)?, written_to(b, fine)?);
    if first.len() == second.len() {
        let different: SmallVec<[usize; 24]> = (0..first.len()).filter(|index| first[*index] != second[*index]).collect();
        return match different[..] {
            [at, other] if first[at] == second[other] && first[other] == second[at] => Some(Slip::Swapped),
            [_] if first.len() >= 2 => Some(Slip::OneDigit),
            [..] if first.len() >= 4 && sorted(&first) == sorted(&second) => Some(Slip::Shuffled),
            // 1.146万 and 1.46万
            _ => (one_is_without_one(&digits(a), &digits(b), 3)).then_some(Slip::Dropped),
        };
    }
    one_is_without_one(&first, &second, 2).then_some(Slip::Dropped)
}

/// Whether one number is the other without a digit, and has so many digits at least.
fn one_is_without_one(first: &[u8], second: &[u8], least: usize) -> bool {
    let (long, short) = if first.len() > second.len() { (first, second) } else { (second, first) };
    long.len() == short.len() + 1 && short.len() >= least && is_without_one(long, short)
}

type Digits = SmallVec<[u8; 24]>;

fn digits(value: Decimal) -> Digits {
    digits_of(value.trimmed().mantissa())
}

fn sorted(digits: &[u8]) -> Digits {
    let mut sorted = Digits::from_slice(digits);
    sorted.sort_unstable();
    sorted
}

fn written_to(value: Decimal, exponent: i32) -> Option<Digits> {
    Some(digits_of(value.round(exponent)?.mantissa()))
}

/// The digits of a number other than zero, the first one first.
fn digits_of(number: i128) -> Digits {
    let mut digits = Digits::new();
    let mut rest = number.unsigned_abs();
    // Nearly all numbers are short, and dividing a short one is far cheaper.
    while rest > u128::from(u64::MAX) {
        digits.push((rest % 10) as u8);
        rest /= 10;
    }
    let mut rest = rest as u64;
    while rest > 0 {
        digits.push((rest % 10) as u8);
        rest /= 10;
    }
    digits.reverse();
    digits
}

fn is_without_one(long: &[u8], short: &[u8]) -> bool {
    let same = long.iter().zip(short).take_while(|(a, b)| a == b).count();
    long[same + 1..] == short[same..]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips() {
        for (a, b, slip) in [
            ((386, -2), (368, -2), Some(Slip::Swapped)),
            ((1138, 0), (1183, 0), Some(Slip::Swapped)),
            ((28640, 0), (28460, 0), Some(Slip::Swapped)),
            ((216, 2), (261, 2), Some(Slip::Swapped)),
            ((353, 0), (358, 0), Some(Slip::OneDigit)),
            ((48, 0), (46, 0), Some(Slip::OneDigit)),
            ((1367, 2), (1367, 3), Some(Slip::Magnitude)),
            ((1138, 0), (138, 0), Some(Slip::Dropped)),
            ((10106, -1), (11006, -1), Some(Slip::Swapped)),
            ((18, 2), (108, 1), Some(Slip::Swapped)),
            ((16842, 0), (14682, 0), Some(Slip::Shuffled)),
            ((11460, 0), (146, 2), Some(Slip::Dropped)),
            ((842, 0), (284, 0), None),
            ((8, 0), (6, 0), None),
            ((176, 0), (1367, -1), None),
            ((5, 0), (50, -1), None),
        ] {
            assert_eq!(between(Decimal::new(a.0, a.1), Decimal::new(b.0, b.1)), slip, "{a:?} {b:?}");
        }
    }
}
