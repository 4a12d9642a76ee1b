//! Numbers are read as they are written, whatever stands around them.

use std::cmp::Ordering;

use jiaogao::numeral::decimal::{Decimal, Interval};
use jiaogao::numeral::write::write_like;
use jiaogao::numeral::written::{self, Vagueness};
use jiaogao::numeral::{format_han, parse_digits, parse_han, slip};

use super::fragments::Input;

/// What numerals are written with, and a little of what stands around them.
const SIGNS: [&str; 48] = [
    "0",
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "7",
    "8",
    "9",
    "０",
    "９",
    ".",
    "．",
    ",",
    "，",
    "一",
    "二",
    "两",
    "三",
    "七",
    "八",
    "九",
    "十",
    "百",
    "千",
    "万",
    "亿",
    "〇",
    "零",
    "○",
    "点",
    "分之",
    "百分之",
    "多",
    "余",
    "几",
    "数",
    "壹",
    "拾",
    "佰",
    "仟",
    "萬",
    " ",
    "元",
    "-",
    "%",
    "人",
];

pub fn holds(data: &[u8]) {
    let mut input = Input(data);
    hold_for_labels(u64::from(input.pair()));
    let values = [decimal(&mut input), decimal(&mut input), decimal(&mut input)];
    hold_for_decimals(values);
    let text: String = input.0.iter().map(|byte| SIGNS[usize::from(*byte) % SIGNS.len()]).collect();
    parse_han(&text);
    parse_digits(&text);
    for (at, _) in text.char_indices() {
        hold_for_number(&text[at..], values[0]);
    }
}

fn hold_for_labels(number: u64) {
    let label = format_han(number);
    assert_eq!(parse_han(&label), Some(number), "{label}");
    assert_eq!(parse_digits(&number.to_string()), Some(number));
}

fn decimal(input: &mut Input) -> Decimal {
    let length = usize::from(input.byte() % 16);
    let mantissa = input.take(length).iter().fold(0i128, |sum, byte| sum << 8 | i128::from(*byte));
    let exponent = i32::from(input.byte() % 41) - 20;
    Decimal::new(if input.byte().is_multiple_of(2) { mantissa } else { -mantissa }, exponent)
}

/// What holds of numbers holds of decimals, where they do not grow too large for an answer.
fn hold_for_decimals([a, b, c]: [Decimal; 3]) {
    assert_eq!(a.compare(b), b.compare(a).reverse(), "{a} and {b}");
    assert!(a.same_value(a.trimmed()), "{a}");
    if a.at_most(b) && b.at_most(c) {
        assert!(a.at_most(c), "{a}, {b}, {c}");
    }
    if let Some(sum) = a.plus(b) {
        assert_eq!(b.plus(a), Some(sum));
        assert!(sum.minus(b).is_none_or(|back| back.same_value(a)), "{a} + {b} = {sum}");
        assert!(b.is_negative() || sum.compare(a) != Ordering::Less, "{a} + {b} = {sum}");
    }
    if let Some(product) = a.times(b) {
        assert_eq!(b.times(a), Some(product));
        assert_eq!(product.is_zero(), a.is_zero() || b.is_zero());
    }
    if let Some(quotient) = a.over(b, c.exponent()) {
        let within = quotient.times(b).map(|back| Interval::rounded(quotient).scale(b.abs()).zip(Some(back)));
        if let Some(Some((interval, _))) = within {
            let size = if b.is_negative() { a.negate() } else { a };
            assert!(interval.low.at_most(size) && size.at_most(interval.high), "{a} / {b} = {quotient}");
        }
    }
    slip::between(a, b);
    assert_eq!(read_back(a), Some(a.negate().to_string()));
}

/// What is printed of a decimal, turned over.
fn read_back(value: Decimal) -> Option<String> {
    let printed = value.to_string();
    if value.is_zero() {
        return Some(value.negate().to_string());
    }
    match printed.strip_prefix('-') {
        Some(positive) => Some(positive.to_owned()),
        None => Some(format!("-{printed}")),
    }
}

/// Whether it has at most four places behind the point and ten digits before.
fn is_usual(value: Decimal) -> bool {
    value.trimmed().exponent() >= -4 && value.abs().less_than(Decimal::new(1, 10))
}

fn hold_for_number(text: &str, other: Decimal) {
    let begins = text.starts_with(written::may_begin);
    let Some(read) = written::read(text) else { return };
    assert!(begins, "{text:?}");
    let number = text
        .get(..read.length)
        .unwrap_or_else(|| panic!("{read:?} tears a character of {text:?}"));
    assert!(!number.is_empty(), "{text:?}");
    assert!(!read.value.is_negative(), "{text:?}");
    // A number written the way of another one can be read again, and is worth what was to be written, if a report may have such a number.
    if let Some(written) = write_like(other.abs(), number).filter(|_| is_usual(other)) {
        let again = written::read(&written).filter(|again| again.length == written.len() && again.vagueness == Vagueness::Exact);
        let again = again.unwrap_or_else(|| panic!("{other} like {number:?} is {written:?}"));
        assert!(again.value.same_value(other.abs()), "{other} like {number:?} is {written:?}");
    }
    if read.vagueness == Vagueness::Exact
        && let Some(same) = write_like(read.value, number)
    {
        let again = written::read(&same);
        assert!(
            again.is_some_and(|again| again.value.same_value(read.value)),
            "{number:?} is written {same:?}"
        );
    }
}
