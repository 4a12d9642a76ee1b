//! Rates of change beside the figures they follow from: 由100万元增加到120万元，增长20%.

use std::ops::Range;

use crate::numeral::decimal::{Decimal, Interval};

use super::Figure;
use super::exactness::Exactness;
use super::unit::Dimension;

/// A rate that can be worked out from figures of its own sentence.
#[derive(Debug, Clone, PartialEq)]
pub struct Growth {
    /// Which figure of the block is the rate.
    pub rate: usize,
    /// The figures it follows from.
    pub sources: Vec<usize>,
    /// The rate as it should be, with the digits of the stated one, without sign.
    pub expected: Decimal,
    /// How the rate is worked out, as in `(6.8-4.2)÷4.2`.
    pub working: String,
    /// The change goes the other way than the word says.
    pub reversed: bool,
    /// The stated rate is what dividing by the later value gives.
    pub wrong_base: bool,
}

const RISES: &[&str] = &[
    "增长", "提高", "上升", "增幅", "涨幅", "上涨", "增加", "提升", "增速", "扩大", "增产", "增收",
];
const FALLS: &[&str] = &[
    "下降", "减少", "降低", "降幅", "减幅", "回落", "缩小", "压减", "下跌", "减产", "缩减", "缩短", "压缩",
];

/// The figures before a rate that it may follow from.
struct Source {
    /// Indices of the figures, in order.
    figures: Vec<usize>,
    earlier: Interval,
    change: Interval,
    /// The change over the later value, for the usual mistake.
    later: Interval,
    working: String,
    reversed: bool,
}

/// All rates and differences of a block that do not follow from their figures.
pub fn read(prose: &str, figures: &[Figure]) -> Vec<Growth> {
    let found = |index| growth(prose, figures, index).or_else(|| difference(prose, figures, index));
    (0..figures.len()).filter_map(found).collect()
}

/// 由52.6天缩短到41.3天，缩短11.3天; 由51.2%提高到58.6%，提高7.4个百分点.
fn difference(prose: &str, figures: &[Figure], index: usize) -> Option<Growth> {
    let (first, last) = (index.checked_sub(2)?, index.checked_sub(1)?);
    let (from, to, stated) = (&figures[first], &figures[last], &figures[index]);
    let points = from.unit.dimension() == Dimension::Percent && stated.unit.dimension() == Dimension::Points;
    let exact = [from, to, stated]
        .iter()
        .all(|figure| figure.exactness == Exactness::Exact && figure.upper.is_none());
    let comparable =
        from.unit.is_comparable(&to.unit) && (points || from.unit.dimension() != Dimension::Percent && to.unit.is_comparable(&stated.unit));
    let between = &prose[from.range.end..to.range.start];
    let lead = &prose[from.clause.start..from.range.start];
    if !exact || !comparable || stated.sentence != from.sentence || !runs_to(between) || !lead.contains(['由', '从']) {
        return None;
    }
    direction(&prose[to.range.end..stated.range.start])?;
    let change = to.base_value().minus(from.base_value())?.abs();
    let finest = from.value.exponent().min(to.value.exponent());
    let slack = Decimal::new(1, finest.max(stated.value.exponent())).times(from.unit.factor())?;
    if change.minus(stated.base_value())?.abs().at_most(slack) {
        return None;
    }
    let quote = |figure: &Figure| &prose[figure.range.clone()];
    let (small, large) = if from.base_value().less_than(to.base_value()) {
        (from, to)
    } else {
        (to, from)
    };
    Some(Growth {
        rate: index,
        sources: vec![first, last],
        expected: change.over(stated.unit.factor(), finest)?.shift(-stated.multiplier),
        working: format!("{}－{}", quote(large), quote(small)),
        reversed: false,
        wrong_base: false,
    })
}

fn growth(prose: &str, figures: &[Figure], rate: usize) -> Option<Growth> {
    let stated = &figures[rate];
    let is_rate = matches!(stated.unit.dimension(), Dimension::Percent | Dimension::Multiple) && !stated.unit.is_rate();
    if !is_rate || !stated.is_definite() || rate == 0 {
        return None;
    }
    let previous = &figures[rate - 1];
    if previous.sentence != stated.sentence {
        return None;
    }
    // Growth of value added is told at constant prices.
    if at_constant_prices(&prose[stated.sentence.start..stated.range.start]) {
        return None;
    }
    let falls = direction(&prose[previous.range.end..stated.range.start])?;
    // 增长1.2倍 is a change of 120%; the rate is compared in ones.
    let power = if stated.unit.dimension() == Dimension::Percent { -2 } else { 0 };
    let source = source(prose, figures, rate, falls)?;
    // A last digit cut off instead of rounded is no slip.
    let unit = Decimal::new(1, stated.value.exponent());
    let own = stated.exactness.interval(stated.value, stated.unit);
    let tolerant = Interval::new(own.low.minus(unit)?, own.high.plus(unit)?);
    let in_ones = Interval::new(tolerant.low.shift(power), tolerant.high.shift(power));
    if !source.reversed && in_ones.holds_ratio(&source.change, &source.earlier)? {
        return None;
    }
    let digits = stated.value.exponent() + power;
    let middle = |interval: &Interval| interval.low.plus(interval.high).and_then(|sum| sum.times(Decimal::new(5, -1)));
    let expected = middle(&source.change)?.over(middle(&source.earlier)?, digits)?.shift(-power);
    let wrong_base = in_ones.holds_ratio(&source.change, &source.later)?;
    Some(Growth {
        rate,
        sources: source.figures,
        expected,
        working: source.working,
        reversed: source.reversed,
        wrong_base,
    })
}

/// Whether the words between the last figure and the rate say that something fell (true) or rose; `None` when they say anything else.
fn direction(between: &str) -> Option<bool> {
    let mut rest = between.trim_start_matches(|char: char| "，,、；（( 以上左右多余元".contains(char));
    rest = rest.strip_prefix("同比").or_else(|| rest.strip_prefix("比上年")).unwrap_or(rest);
    rest = rest.strip_prefix("比去年").or_else(|| rest.strip_prefix("实际")).unwrap_or(rest);
    let (word, falls) = RISES
        .iter()
        .map(|word| (word, false))
        .chain(FALLS.iter().map(|word| (word, true)))
        .find(|(word, _)| rest.starts_with(**word))?;
    let after = rest[word.len()..].trim_start_matches(['了', '为', '达', '到', '约', '近', '超', '过', '逾']);
    after.is_empty().then_some(falls)
}

fn source(prose: &str, figures: &[Figure], rate: usize, falls: bool) -> Option<Source> {
    let last = rate - 1;
    let previous = last.checked_sub(1).filter(|index| related(&figures[*index], &figures[last]));
    if let Some(first) = previous {
        let between = &prose[figures[first].range.end..figures[last].range.start];
        let lead = &prose[figures[first].clause.start..figures[first].range.start];
        if runs_to(between) && lead.contains(['由', '从']) {
            return from_to(prose, figures, first, last, falls);
        }
        if is_change_word(between) && is_compared(lead) && !between.contains(['到', '至']) {
            return by(prose, figures, first, last);
        }
    }
    let lead = &prose[figures[last].clause.start..figures[last].range.start];
    let first = previous.filter(|first| related(&figures[*first], &figures[last]))?;
    let between = &prose[figures[first].range.end..figures[last].range.start];
    if between.chars().count() > 16 || between.contains(['由', '从', '。', '；']) {
        return None;
    }
    // 41.7亿元，比2022年的37.9亿元增长10.0%
    let own = between.trim_start_matches(['，', ',', '（', '(']);
    if own.starts_with(['比', '较']) && is_compared(lead) && own.contains('的') && !is_change_word(own) {
        return from_to(prose, figures, last, first, falls);
    }
    // 428万亩，比上年增加20万亩，增长4.9%
    if own.starts_with(['比', '较']) && is_change_word(own) && !own.contains(['到', '至', '的']) && !own.contains("计划") && !own.contains("目标")
    {
        return grown_by(prose, figures, first, last, falls);
    }
    None
}

fn at_constant_prices(sentence: &str) -> bool {
    ["生产总值", "增加值", "GDP", "可比价", "不变价", "实际增长", "国民收入"]
        .iter()
        .any(|word| sentence.contains(word))
}

/// Whether a rate can be worked out from two figures. Percentages are excepted: what they change by is told in points, often carelessly.
fn related(a: &Figure, b: &Figure) -> bool {
    a.unit.dimension() != Dimension::Percent
        && a.sentence == b.sentence
        && a.unit.is_comparable(&b.unit)
        && a.is_definite()
        && b.is_definite()
        && a.exactness == Exactness::Exact
}

/// 增加到, 提高至, 降到.
fn runs_to(between: &str) -> bool {
    let is_one_step = !between.contains(['，', ',', '；', '、', '。']) && between.chars().count() <= 12;
    is_one_step && between.contains(['到', '至'])
}

fn is_change_word(text: &str) -> bool {
    RISES.iter().chain(FALLS).any(|word| text.contains(word))
}

fn is_compared(text: &str) -> bool {
    text.contains(['比', '较'])
}

fn from_to(prose: &str, figures: &[Figure], earlier: usize, later: usize, falls: bool) -> Option<Source> {
    let (from, to) = (figures[earlier].interval(), figures[later].interval());
    let change = if falls { from.minus(&to)? } else { to.minus(&from)? };
    let quote = |index: usize| &prose[figures[index].range.clone()];
    let (a, b) = (quote(earlier), quote(later));
    let working = if falls {
        format!("（{a}－{b}）÷{a}")
    } else {
        format!("（{b}－{a}）÷{a}")
    };
    let mut sources = vec![earlier, later];
    sources.sort_unstable();
    Some(Source {
        figures: sources,
        earlier: from,
        change,
        later: to,
        working,
        reversed: change.high.is_negative(),
    })
}

/// 比上年的175人增加28人: the change is stated itself.
fn by(prose: &str, figures: &[Figure], earlier: usize, change: usize) -> Option<Source> {
    let quote = |index: usize| &prose[figures[index].range.clone()];
    let (from, by) = (figures[earlier].interval(), figures[change].interval());
    Some(Source {
        figures: vec![earlier, change],
        earlier: from,
        change: by,
        later: from.plus(&by)?,
        working: format!("{}÷{}", quote(change), quote(earlier)),
        reversed: false,
    })
}

/// 428万亩，比上年增加20万亩: the earlier value is the difference.
fn grown_by(prose: &str, figures: &[Figure], later: usize, change: usize, falls: bool) -> Option<Source> {
    let quote = |index: usize| &prose[figures[index].range.clone()];
    let (to, by) = (figures[later].interval(), figures[change].interval());
    let earlier = if falls { to.plus(&by)? } else { to.minus(&by)? };
    if earlier.low.is_negative() || earlier.low.is_zero() {
        return None;
    }
    let sign = if falls { '＋' } else { '－' };
    Some(Source {
        figures: vec![later, change],
        earlier,
        change: by,
        later: to,
        working: format!("{0}÷（{1}{sign}{0}）", quote(change), quote(later)),
        reversed: false,
    })
}

impl Growth {
    /// Where the figures stand that the rate follows from.
    pub fn source_ranges<'a>(&'a self, figures: &'a [Figure]) -> impl Iterator<Item = Range<usize>> + 'a {
        self.sources.iter().map(|index| figures[*index].range.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::glance::Glance;
    use crate::facts::{date, figure};

    fn wrong(prose: &str) -> Vec<String> {
        let glance = Glance::at(prose);
        let figures = figure::read(&glance, &date::read(&glance));
        read(prose, &figures).iter().map(|growth| growth.expected.to_string()).collect()
    }

    #[test]
    fn rates_that_do_not_follow() {
        for (prose, expected) in [
            ("总库容由2020年的4.2万吨增加到6.8万吨，增长51.9%。", "61.9"),
            ("上线203人，比上年的175人增加28人，增长13.8%。", "16.0"),
            ("产值41.7亿元，比2022年的37.9亿元增长15.0%。", "10.0"),
            ("面积428.2万亩，比上年增加22.6万亩，增长8.6%。", "5.6"),
            ("每吨780元涨到……由每吨780元涨至每吨1050元，涨幅24.6%。", "34.6"),
            ("案件由120起下降到90起，下降35%。", "25"),
            ("审理天数由52.6天缩短到41.3天，缩短12.3天。", "11.3"),
            ("占比由51.2%提高到58.6%，提高6.4个百分点。", "7.4"),
            ("收入从2.5万元增加到10.6万元，增长3.7倍。", "3.2"),
        ] {
            assert_eq!(wrong(prose), vec![expected.to_owned()], "{prose}");
        }
    }

    #[test]
    fn rates_that_do_follow_or_cannot_be_checked() {
        for prose in [
            "由100万元增加到120万元，增长20%。",
            "由100万元增加到180万元，年均增长12.5%。",
            "比上年增加2.9万吨，增长1.6%。",
            "总产184.8万吨，比上年增加2.9万吨，增长1.6%；单产431.6公斤，提高4.2公斤。",
            "由690元提高到728元、由580元提高到640元，增幅分别为5.5%和10.3%。",
            "收入由近2万元增加到3万元，增长约五成。",
            "占比由51.2%提高到58.6%，提高7.4个百分点。",
            "能力由5万吨提升到8万吨，提高3万吨。",
            "完成投资1500万元，其中设备300万元，增长8.8%。",
            "由约100万元增加到130万元，增长28%。",
            "全省生产总值达到1300亿元，较2020年的1000亿元增加300亿元，增长21.5%。",
            "涨幅从21.7%回落到14.8%，降低33.6%。",
        ] {
            assert_eq!(wrong(prose), Vec::<String>::new(), "{prose}");
        }
    }
}
