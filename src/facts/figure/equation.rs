//! Arithmetic that three or four figures of a sentence state among themselves and that does not come out.

use std::ops::Range;

use crate::numeral::decimal::Decimal;
use crate::numeral::slip;

use super::Figure;

/// A figure that does not follow from others beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Equation {
    /// Which figure of the block is off.
    pub stated: usize,
    pub sources: Vec<usize>,
    /// What it should be, in its own unit.
    pub expected: Decimal,
    /// How it is worked out, as in `236户×3000元`.
    pub working: String,
    /// It is off by what looks like a slip of the hand.
    pub is_slip: bool,
}

impl Equation {
    /// `expected` is in the smallest unit.
    pub fn new(figures: &[Figure], stated: usize, sources: Vec<usize>, expected: Decimal, working: String) -> Option<Self> {
        let figure = &figures[stated];
        let finest = sources.iter().map(|source| figures[*source].value.exponent()).min()?;
        let exponent = figure.value.exponent().min(finest.max(figure.value.exponent() - 2));
        let expected = expected.over(figure.unit.factor(), exponent)?;
        Some(Equation {
            stated,
            sources,
            expected,
            working,
            is_slip: slip::between(expected, figure.value).is_some(),
        })
    }

    /// Where the figures stand that it follows from.
    pub fn source_ranges<'a>(&'a self, figures: &'a [Figure]) -> impl Iterator<Item = Range<usize>> + 'a {
        self.sources.iter().map(|index| figures[*index].range.clone())
    }
}

/// The words between the figure before, or the begin of its clause, and a figure.
pub fn label<'a>(prose: &'a str, figures: &[Figure], index: usize) -> &'a str {
    let figure = &figures[index];
    let before = index.checked_sub(1).map_or(0, |before| figures[before].range.end);
    let words = prose.get(before.max(figure.clause.start)..figure.range.start).unwrap_or("");
    words.trim_start_matches(['，', ',', '、', '；', '（', '('])
}

/// What a reader of equations would have each figure be that it finds wrong in a text.
#[cfg(test)]
pub fn corrections(prose: &str, read: fn(&str, &[Figure]) -> Vec<Equation>) -> Vec<String> {
    let glance = crate::facts::glance::Glance::at(prose);
    let figures = super::read(&glance, &crate::facts::date::read(&glance));
    let found = read(prose, &figures);
    found.iter().map(|found| figures[found.stated].write_like(found.expected)).collect()
}
