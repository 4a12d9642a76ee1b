//! Shares added up: 务工收入占35%，种植收入占28%，两项合计占63%; 三个行业合计占六成以上.

use std::ops::Range;

use crate::numeral::decimal::{Decimal, Interval};
use crate::numeral::parse_han;

use super::Figure;
use super::equation::label;
use super::exactness::Exactness;
use super::unit::Dimension;

/// A share that the shares before it do not come to.
#[derive(Debug, Clone, PartialEq)]
pub struct SharesTogether {
    /// Which figure of the block is the sum.
    pub stated: usize,
    pub parts: Vec<usize>,
    /// What they come to, in per cent.
    pub sum: Decimal,
}

/// Words that say that what stands before is added up.
const ADDED_UP: &[&str] = &["合计", "之和", "总和", "加起来", "共占", "总共占", "一共占"];
/// How many figures back shares are looked for.
const REACH: usize = 16;

/// All sums of shares that do not come out.
pub fn read(prose: &str, figures: &[Figure]) -> Vec<SharesTogether> {
    (2..figures.len()).filter_map(|stated| sum_of_shares(prose, figures, stated)).collect()
}

fn sum_of_shares(prose: &str, figures: &[Figure], stated: usize) -> Option<SharesTogether> {
    let rate = &figures[stated];
    let own = &prose[rate.clause.start..rate.range.start];
    let is_sum = is_percentage(rate) && ADDED_UP.iter().any(|word| own.contains(word));
    let count = count_of(own)?;
    if !is_sum || rate.exactness == Exactness::Loose {
        return None;
    }
    let shares = shares_before(prose, figures, stated)?;
    if shares.len() != count {
        return None;
    }
    let zero = Interval::exactly(Decimal::ZERO);
    let range = shares.iter().try_fold(zero, |sum, share| sum.plus(&figures[*share].interval()))?;
    let sum = shares
        .iter()
        .try_fold(Decimal::ZERO, |sum, share| sum.plus(figures[*share].base_value()))?;
    let mut claimed = rate.interval();
    // 七成以上 tells no more than seven tenths, and less than eight.
    if rate.exactness == Exactness::AtLeast {
        claimed.high = claimed.low.plus(Decimal::from(10))?;
    }
    (!range.overlaps(&claimed)).then_some(SharesTogether { stated, parts: shares, sum })
}

/// The shares of the sentence before the sum, or else those of the sentence before it.
fn shares_before(prose: &str, figures: &[Figure], stated: usize) -> Option<Vec<usize>> {
    let in_sentence = |sentence: &Range<usize>| -> Vec<usize> {
        let here = (0..stated).rev().take(REACH).filter(|index| figures[*index].sentence == *sentence);
        let mut shares: Vec<usize> = here
            .filter(|index| is_percentage(&figures[*index]) && label(prose, figures, *index).contains('占'))
            .collect();
        shares.reverse();
        shares
    };
    let sentence = &figures[stated].sentence;
    let here = in_sentence(sentence);
    if !here.is_empty() {
        return Some(here);
    }
    let before = (0..stated).rev().find(|index| figures[*index].sentence != *sentence)?;
    let before = &figures[before].sentence;
    let follows = prose.get(before.end..sentence.start).is_some_and(|gap| gap.trim() == "。");
    follows.then(|| in_sentence(before))
}

/// Exact or not: one percentage.
fn is_percentage(figure: &Figure) -> bool {
    figure.unit.dimension() == Dimension::Percent && !figure.unit.is_rate() && figure.upper.is_none()
}

/// The 两 of 两项收入之和, the 三 of 三个行业合计.
fn count_of(words: &str) -> Option<usize> {
    let counters = ["项", "者", "个", "类", "种", "大", "部分"];
    let count = |(at, char): (usize, char)| {
        let rest = &words[at + char.len_utf8()..];
        let count = if char == '两' { Some(2) } else { parse_han(&char.to_string()) }?;
        counters.iter().any(|counter| rest.starts_with(counter)).then_some(count as usize)
    };
    words.char_indices().find_map(count).filter(|count| (2..=6).contains(count))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::glance::Glance;
    use crate::facts::{date, figure};

    fn sums(prose: &str) -> Vec<String> {
        let figures = figure::read(&Glance::at(prose), &date::read(&Glance::at(prose)));
        read(prose, &figures).iter().map(|found| found.sum.to_string()).collect()
    }

    #[test]
    fn shares_added_up() {
        for (wrong, right, sum) in [
            (
                "家庭收入中，务工收入占35%，种植收入占28%，两项合计占73%。",
                "家庭收入中，务工收入占35%，种植收入占28%，两项合计占63%。",
                "63",
            ),
            (
                "工资收入占35%，经营收入占28%，两项收入之和超过七成。",
                "工资收入占35%，经营收入占28%，两项收入之和超过六成。",
                "63",
            ),
            (
                "批发业2756个，占31.9%；制造业1784个，占20.6%；服务业986个，占11.4%。三个行业合计占全部单位的七成以上。",
                "批发业2756个，占31.9%；制造业1784个，占20.6%；服务业986个，占11.4%。三个行业合计占全部单位的六成以上。",
                "63.9",
            ),
        ] {
            assert_eq!(sums(wrong), [sum], "{wrong}");
            assert_eq!(sums(right), Vec::<String>::new(), "{right}");
        }
        for prose in ["甲占35%，乙占28%，丙占20%，前两项合计占73%。", "甲占35%，乙占28%。丙厂和丁厂合计占73%。"] {
            assert_eq!(sums(prose), Vec::<String>::new(), "{prose}");
        }
    }
}
