//! How exactly a figure is meant, by its own form and the words around it.

use std::ops::Range;

use crate::numeral::decimal::{Decimal, Interval};
use crate::numeral::written::Vagueness;

use super::unit::Unit;

/// How exactly a figure is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Exactness {
    Exact,
    /// 约, 左右
    About,
    /// 近, 不足, 不到: a little less.
    Nearly,
    /// 多, 余, 超过, 突破: a little more.
    Over,
    /// 以上, 不少于, 至少: no less.
    AtLeast,
    /// 以内, 不超过: no more.
    AtMost,
    /// 三分之一, 几十: the order of size only.
    Loose,
}

/// Words before the number; the longest that fits decides.
const BEFORE: &[(&str, Exactness)] = &[
    ("不少于", Exactness::AtLeast),
    ("不低于", Exactness::AtLeast),
    ("不小于", Exactness::AtLeast),
    ("至少", Exactness::AtLeast),
    ("不超过", Exactness::AtMost),
    ("不高于", Exactness::AtMost),
    ("不大于", Exactness::AtMost),
    ("最多", Exactness::AtMost),
    ("至多", Exactness::AtMost),
    ("控制在", Exactness::About),
    ("大约", Exactness::About),
    ("约为", Exactness::About),
    ("约", Exactness::About),
    ("将近", Exactness::Nearly),
    ("接近", Exactness::Nearly),
    ("近", Exactness::Nearly),
    ("不足", Exactness::Nearly),
    ("不到", Exactness::Nearly),
    ("超过", Exactness::Over),
    ("超出", Exactness::Over),
    ("突破", Exactness::Over),
    ("超", Exactness::Over),
    ("逾", Exactness::Over),
    ("高达", Exactness::Exact),
    ("大于", Exactness::Over),
];

const AFTER: &[(&str, Exactness)] = &[
    ("及以上", Exactness::AtLeast),
    ("以上", Exactness::AtLeast),
    ("开外", Exactness::Over),
    ("多", Exactness::Over),
    ("余", Exactness::Over),
    ("左右", Exactness::About),
    ("上下", Exactness::About),
    ("以内", Exactness::AtMost),
    ("以下", Exactness::AtMost),
];

/// What stands before 约 or 近 where they end another word: 节约30万元, 最近5年.
fn ends_another_word(word: &str, before: &str) -> bool {
    let last = before.chars().next_back();
    match word {
        "约" => last.is_some_and(|char| "节合签公契预履违制条集".contains(char)),
        "近" => last.is_some_and(|char| "最附临邻远靠".contains(char)),
        "超" => last.is_some_and(|char| "赶高反".contains(char)),
        _ => false,
    }
}

/// The exactness of the figure that begins at `start` and whose unit ends at `unit_end`, and where it ends with 以上 or 左右.
pub fn read(prose: &str, start: usize, unit_end: usize, vagueness: Vagueness) -> (Exactness, usize) {
    let rest = &prose[unit_end..];
    let after = AFTER.iter().find(|(word, _)| rest.starts_with(word));
    let end = unit_end + after.map_or(0, |(word, _)| word.len());
    let before = BEFORE
        .iter()
        .find(|(word, _)| prose[..start].strip_suffix(word).is_some_and(|before| !ends_another_word(word, before)));
    let exactness = match (vagueness, after, before) {
        (Vagueness::Loose, ..) => Exactness::Loose,
        (Vagueness::More, ..) => Exactness::Over,
        (_, Some((_, exactness)), _) | (_, None, Some((_, exactness))) => *exactness,
        _ => Exactness::Exact,
    };
    (exactness, end)
}

/// A figure with the words beside it that say how exactly it is meant: 超过八成, 30万元以上.
pub fn with_words(prose: &str, figure: &Range<usize>) -> Range<usize> {
    let before = BEFORE.iter().find(|(word, _)| prose[..figure.start].ends_with(word));
    let after = AFTER.iter().find(|(word, _)| prose[figure.end..].starts_with(word));
    figure.start - before.map_or(0, |(word, _)| word.len())..figure.end + after.map_or(0, |(word, _)| word.len())
}

impl Exactness {
    /// All values that a figure of this value may stand for.
    pub fn interval(self, value: Decimal, unit: Unit) -> Interval {
        let last_digit = Decimal::new(1, value.trimmed().exponent());
        let zero = Decimal::ZERO;
        match self {
            Exactness::Exact if unit.is_counted_one_by_one() && value.exponent() == 0 => Interval::exactly(value),
            Exactness::Exact => Interval::rounded(value),
            Exactness::About => around(value, 5),
            Exactness::Nearly => Interval::new(nearly_from(value, last_digit), value),
            Exactness::Over => Interval::new(value, value.plus(last_digit).unwrap_or(value)),
            Exactness::AtLeast => Interval::new(value, value.shift(2)),
            Exactness::AtMost => Interval::new(zero, value),
            Exactness::Loose => Interval::new(value.shift(-1), value.shift(1)),
        }
    }

    /// Whether a figure so meant can be set against another at all.
    pub fn is_definite(self) -> bool {
        matches!(self, Exactness::Exact | Exactness::About | Exactness::Nearly | Exactness::Over)
    }
}

/// Nearly a round number is within its last digit, and no more than an eighth below it: 近200 is not said of 160.
fn nearly_from(value: Decimal, last_digit: Decimal) -> Decimal {
    let eighth = value.times(Decimal::new(875, -3)).unwrap_or(value);
    let digit_less = value.minus(last_digit).unwrap_or(Decimal::ZERO);
    if digit_less.less_than(eighth) { eighth } else { digit_less }
}

/// Rounded, and at least so many hundredths to both sides.
fn around(value: Decimal, hundredths: i128) -> Interval {
    let rounded = Interval::rounded(value);
    let slack = value.abs().times(Decimal::new(hundredths, -2));
    let wide = slack.and_then(|slack| Some(Interval::new(value.minus(slack)?, value.plus(slack)?)));
    match wide {
        Some(wide) if wide.low.less_than(rounded.low) => wide,
        _ => rounded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::figure::number::scan;
    use crate::facts::glance::Glance;

    fn interval(prose: &str) -> Interval {
        let figure = &scan(&Glance::at(prose), &[])[0];
        figure.exactness.interval(figure.value, figure.unit)
    }

    #[test]
    fn approximations_agree_with_what_they_stand_for() {
        for (a, b, agree) in [
            ("30多万元", "31.6万元", true),
            ("一万二千五百千瓦", "1.25万千瓦", true),
            ("近5万人次", "49800人次", true),
            ("近5万人次", "5.2万人次", false),
            ("近4万名", "3.92万人", true),
            ("近200场", "186场", true),
            ("近200场", "168场", false),
            ("约1000万千瓦时", "999.6万千瓦时", true),
            ("近1500万元", "1850万元", false),
            ("500多名", "583名", true),
            ("48个", "46个", false),
            ("136.7万亩", "1366800亩", true),
            ("超过100户", "98户", false),
            ("节约30万元", "30.2万元", true),
        ] {
            assert_eq!(interval(a).overlaps(&interval(b)), agree, "{a} {b}");
        }
    }
}
