//! Rates of change beside the figures they follow from: 由100万元增加到120万元，增长20%.

use std::ops::Range;

use crate::numeral::decimal::{Decimal, Interval};

use super::Figure;
use super::change::{self, is_former};
use super::exactness::Exactness;
use super::role::Role;
use super::unit::Dimension;
use crate::script::is_han;

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

pub(super) const RISES: &[&str] = &[
    "增长", "提高", "上升", "增幅", "涨幅", "上涨", "增加", "提升", "增速", "扩大", "增产", "增收", "净增", "新增", "增多", "攀升", "增至", "增到",
    "升至", "升到", "涨至", "扩至",
];
pub(super) const FALLS: &[&str] = &[
    "下降", "减少", "降低", "降幅", "减幅", "回落", "缩小", "压减", "下跌", "减产", "缩减", "缩短", "压缩", "精简", "压降", "降价", "净减", "减至",
    "减到", "降至", "降到", "减收",
];
/// What may stand before the word for the change: 同比, 较上年同期.
const SINCE: &[&str] = &[
    "同比",
    "环比",
    "比上年同期",
    "较上年同期",
    "比去年同期",
    "较去年同期",
    "比上年",
    "较上年",
    "比去年",
    "较去年",
    "比年初",
    "较年初",
    "实际",
    "总体",
    "累计",
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
    /// Earlier and later value are stated themselves, the change is not.
    from_to: bool,
}

/// All rates and differences of a block that do not follow from their figures.
pub fn read(prose: &str, figures: &[Figure]) -> Vec<Growth> {
    let found = |index| growth(prose, figures, index).or_else(|| change::read(prose, figures, index));
    (0..figures.len()).filter_map(found).collect()
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
    let tolerant = tolerant(stated)?;
    let in_ones = Interval::new(tolerant.low.shift(power), tolerant.high.shift(power));
    let times = is_times_mistaken(stated, &source)?;
    let is_given = !source.reversed && source.gives(&in_ones, falls)? || is_given_otherwise(figures, rate, &in_ones, falls);
    if !times && is_given {
        return None;
    }
    let digits = stated.value.exponent() + power;
    let whole = middle(&source.earlier)?.times(if is_rate_in_tenths(stated) {
        Decimal::from(10)
    } else {
        Decimal::from(1)
    })?;
    let expected = middle(&source.change)?.over(whole, digits)?.shift(-power);
    let wrong_base = !times && in_ones.holds_ratio(&source.change, &source.later)?;
    Some(Growth {
        rate,
        sources: source.figures,
        expected,
        working: source.working,
        reversed: source.reversed,
        wrong_base,
    })
}

/// All values that a rate may stand for, in hundredths or in ones. A last digit cut off instead of rounded is no slip.
fn tolerant(stated: &Figure) -> Option<Interval> {
    let own = stated.exactness.interval(stated.value, stated.unit);
    if is_rate_in_tenths(stated) {
        let ten = Decimal::from(10);
        return Some(Interval::new(own.low.times(ten)?, own.high.plus(Decimal::new(4, -1))?.times(ten)?));
    }
    let unit = Decimal::new(1, stated.value.exponent());
    Some(Interval::new(own.low.minus(unit)?, own.high.plus(unit)?))
}

/// 降价七成
fn is_rate_in_tenths(stated: &Figure) -> bool {
    stated.unit.name() == "成"
}

/// 本期28.6万元，上期22.0万元，增加6.6万元，增长30.0%: some other two of the figures before it give the rate.
fn is_given_otherwise(figures: &[Figure], rate: usize, in_ones: &Interval, falls: bool) -> bool {
    let stated = &figures[rate];
    let nearest = (0..rate).rev().take(5).take_while(|index| figures[*index].sentence == stated.sentence);
    let before: Vec<&Figure> = nearest.map(|index| &figures[index]).filter(|figure| figure.is_definite()).collect();
    // To divide by the later value is a common slip: 比上年的175人增加28人, of 203.
    let is_later = |change: &Figure, whole: &Figure| {
        let (whole, change) = (whole.base_value(), change.base_value());
        let earlier = if falls { whole.plus(change) } else { whole.minus(change) };
        earlier.is_some_and(|earlier| before.iter().any(|figure| figure.base_value().same_value(earlier)))
    };
    let gives = |part: &Figure, whole: &Figure| {
        let is_possible = part.unit.is_comparable(&whole.unit) && part.unit.dimension() != Dimension::Percent;
        is_possible && in_ones.holds_ratio(&part.interval(), &whole.interval()).unwrap_or(true) && !is_later(part, whole)
    };
    // The two figures that the rate was taken from are not asked again.
    before.len() > 2
        && (0..before.len())
            .any(|part| (0..before.len()).any(|whole| part != whole && part.abs_diff(whole) < 3 && gives(before[part], before[whole])))
}

impl Source {
    /// Whether a rate, in ones, follows within rounding. What is rounded in the earlier value is rounded alike where it is divided by, so that the
    /// later value is worked out from the earlier one where both are stated.
    fn gives(&self, rate: &Interval, falls: bool) -> Option<bool> {
        let one = Decimal::from(1);
        let times = match (self.from_to, falls) {
            (false, _) => return rate.holds_ratio(&self.change, &self.earlier),
            (true, true) => Interval::new(one.minus(rate.high)?, one.minus(rate.low)?),
            (true, false) => Interval::new(one.plus(rate.low)?, one.plus(rate.high)?),
        };
        times.holds_ratio(&self.later, &self.earlier)
    }
}

/// The value as it is written.
fn middle(interval: &Interval) -> Option<Decimal> {
    interval.low.plus(interval.high)?.times(Decimal::new(5, -1))
}

/// 由5万增加到15万，增长3倍: it is three times as much, and has grown by two times.
fn is_times_mistaken(stated: &Figure, source: &Source) -> Option<bool> {
    // Beyond ten times, one more or less is a manner of speaking.
    if stated.unit.dimension() != Dimension::Multiple || Decimal::from(10).less_than(stated.value) {
        return Some(false);
    }
    let own = stated.exactness.interval(stated.value, stated.unit);
    let holds = |part: &Interval| own.holds_ratio(&Interval::exactly(middle(part)?), &Interval::exactly(middle(&source.earlier)?));
    Some(holds(&source.later)? && !holds(&source.change)?)
}

/// Whether the words between the last figure and the rate say that something fell (true) or rose; `None` when they say anything else.
pub(super) fn direction(between: &str) -> Option<bool> {
    let mut rest = between.trim_start_matches(|char: char| "，,、；（( 以上左右多余元".contains(char));
    for doubled in ["实现翻番", "翻了一番", "翻一番", "翻了一番多", "实现翻番目标"] {
        rest = rest.strip_prefix(doubled).map_or(rest, |rest| rest.trim_start_matches(['，', ',', '多']));
    }
    while let Some(after) = SINCE.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = after;
    }
    let (word, falls) = change_words().find(|(word, _)| rest.starts_with(*word))?;
    let after = rest[word.len()..].trim_start_matches(['率', '幅', '度', '了', '为', '达', '到', '约', '近', '超', '过', '逾']);
    after.is_empty().then_some(falls)
}

/// All words for a change, with whether they tell a fall.
fn change_words() -> impl Iterator<Item = (&'static str, bool)> {
    let rises = RISES.iter().map(|word| (*word, false));
    rises.chain(FALLS.iter().map(|word| (*word, true)))
}

fn source(prose: &str, figures: &[Figure], rate: usize, falls: bool) -> Option<Source> {
    let last = rate - 1;
    let Some(first) = first_value(figures, last) else {
        return told_after(prose, figures, rate, falls).or_else(|| told_before(prose, figures, last, falls));
    };
    let between = &prose[figures[last - 1].range.end..figures[last].range.start];
    let lead = &prose[figures[first].clause.start..figures[first].range.start];
    if runs_to(between) && lead.contains(['由', '从']) {
        return from_to(prose, figures, first, last, falls);
    }
    if is_change_word(between) && is_compared(lead) && !between.contains(['到', '至']) {
        return by(prose, figures, first, last);
    }
    if between.chars().count() > 16 || between.contains(['由', '从', '。', '；']) {
        return None;
    }
    let lead = &prose[figures[last].clause.start..figures[last].range.start];
    let own = between.trim_start_matches(['，', ',', '（', '(']);
    // 41.7亿元，比2022年的37.9亿元增长10.0%; 较上年37.9亿元增长10.0%
    let in_one_clause = figures[last].clause == figures[rate].clause;
    if own.starts_with(['比', '较']) && is_compared(lead) && !is_change_word(own) && (own.contains('的') || in_one_clause) {
        return from_to(prose, figures, last, first, falls);
    }
    // 去年接诊8.6万人次，今年接诊9.7万人次，增长12.8%
    let is_now = ["今年", "本年", "本届", "本期"].iter().any(|word| own.starts_with(word));
    let was_before = change::FORMER
        .iter()
        .any(|word| prose[figures[first].clause.start..figures[first].range.start].starts_with(word));
    if is_now && was_before && !is_change_word(own) {
        return from_to(prose, figures, first, last, falls);
    }
    // 今年2450万元，去年同期1960万元，增长25%
    if is_former(prose, &figures[first], own) {
        return from_to(prose, figures, last, first, falls);
    }
    // 428万亩，比上年增加20万亩，增长4.9%
    // Without 比上年, the word for the change must stand at the number: 增加投入200万元 adds nothing to what went before.
    let is_change_alone = change_words().any(|(word, _)| own.strip_prefix(word).is_some_and(|rest| matches!(rest, "" | "了")));
    let is_by = own.starts_with(['比', '较']) || own.starts_with("同比") || is_change_alone;
    // 比上年多8名，增长21.1%
    let is_more = ["比上年多", "比去年多", "较上年多", "较去年多", "同比多"].contains(&own.trim_end_matches('了'));
    let is_plain = !own.contains(['到', '至', '的']) && !own.contains("计划") && !own.contains("目标");
    (is_more || is_by && is_change_word(own) && is_plain).then(|| grown_by(prose, figures, first, last, falls))?
}

/// The figure that the one at `last` is set against: the one before it, or the whole before an average that is put in between, as in
/// 总收入7848万元，村均36万元，比上年的6540万元增长20%.
fn first_value(figures: &[Figure], last: usize) -> Option<usize> {
    let is_average = |index: usize| figures[index].role == Role::Average;
    let before = last.checked_sub(1)?;
    let whole = before
        .checked_sub(1)
        .filter(|whole| is_average(before) && !is_average(last) && related(&figures[*whole], &figures[last]));
    let first = whole.unwrap_or(before);
    related(&figures[first], &figures[last]).then_some(first)
}

/// 156件，上升30%，去年同期为120件: the earlier value follows.
fn told_after(prose: &str, figures: &[Figure], rate: usize, falls: bool) -> Option<Source> {
    let (later, next) = (&figures[rate - 1], figures.get(rate + 1)?);
    let between = prose[figures[rate].range.end..next.range.start].trim_start_matches(['，', ',', '（', '(']);
    (related(later, next) && is_former(prose, later, between)).then(|| from_to(prose, figures, rate + 1, rate - 1, falls))?
}

/// 月均投诉87件……月均投诉下降到19件，降幅78.2%: the earlier value stands earlier in the block, under the same name.
fn told_before(prose: &str, figures: &[Figure], later: usize, falls: bool) -> Option<Source> {
    let lead = &prose[figures[later].clause.start..figures[later].range.start];
    let (at, _) = change_words().filter_map(|(word, _)| Some((lead.find(word)?, word))).min()?;
    if !lead[at..].contains(['到', '至']) || lead.contains(['由', '从']) {
        return None;
    }
    let name = last_characters(&lead[..at], NAME)?;
    let named = |index: &usize| {
        let figure = &figures[*index];
        let lead = &prose[figure.clause.start..figure.range.start];
        let after_name = lead.rfind(name).map(|at| &lead[at + name.len()..]);
        after_name.is_some_and(|words| words.chars().count() <= 4 && !is_change_word(words))
    };
    let earlier = (0..later).rev().take(FIGURES).filter(named).find(|index| {
        let figure = &figures[*index];
        figure.unit.is_comparable(&figures[later].unit) && figure.exactness == Exactness::Exact && figure.upper.is_none()
    })?;
    from_to(prose, figures, earlier, later, falls)
}

/// How many figures back a name is looked for.
const FIGURES: usize = 40;
/// How many characters of a name must stand again for it to be the same.
const NAME: usize = 4;

fn last_characters(text: &str, count: usize) -> Option<&str> {
    let (at, _) = text.char_indices().rev().nth(count - 1)?;
    let last = &text[at..];
    last.chars().all(is_han).then_some(last)
}

fn at_constant_prices(sentence: &str) -> bool {
    // 单位GDP能耗 is no value of output.
    if sentence.contains("能耗") {
        return false;
    }
    // 生产总值增长6.3%；社会消费品零售总额由…增加到…: each part of a row is by itself, but for what is said of the way of counting.
    let part = sentence.rsplit(['；', ';']).next().unwrap_or(sentence);
    ["生产总值", "增加值", "GDP", "国民收入"].iter().any(|word| part.contains(word))
        || ["可比价", "不变价", "实际增长"].iter().any(|word| sentence.contains(word))
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

/// 增加到, 提高至, 下降为.
pub(super) fn runs_to(between: &str) -> bool {
    let is_one_step = !between.contains(['，', ',', '；', '、', '。']) && between.chars().count() <= 12;
    is_one_step && (between.contains(['到', '至']) || between.ends_with('为') && is_change_word(between))
}

pub(super) fn is_change_word(text: &str) -> bool {
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
        from_to: true,
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
        from_to: false,
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
        from_to: false,
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
            ("税收8.64亿元，增收1.08亿元，增长12.5%。", "14.3"),
            ("销售额2450万元，同比增加490万元，增长35%。", "25"),
            ("立案156件，同比上升20%，去年同期为120件。", "30"),
            ("2023年总产56.8万吨，2022年为54.2万吨，增长5.8%。", "4.8"),
            ("今年销售额2450万元，去年同期1960万元，同比增长35%。", "25"),
            ("门诊量32.6万人次，较上年28.4万人次增长18.4%。", "14.8"),
            ("事项由原来的86项减少到52项，精简率45.9%。", "39.5"),
            ("用户由5万户增加到15万户，增长3倍。", "2"),
            ("收入由2019年的13680元提高到2023年的18924元，累计增长83.3%。", "38.3"),
            ("日处理能力由2万吨提升至5万吨，提高了2.5倍。", "1.5"),
            ("月均投诉量高达87件。经过整治，月均投诉量下降到19件，降幅达68.2%。", "78.2"),
            ("收入从2.5万元增加到10.6万元，增长3.7倍。", "3.2"),
            ("发展党员46名，比上年多8名，增长18.4%。", "21.1"),
            ("去年接诊8.6万人次，今年接诊9.7万人次，同比增长11.3%。", "12.8"),
            ("人均可支配收入42186元，增加2386元，增长5.0%。", "6.0"),
            ("均价由860元降至258元，降价八成。", "7"),
            ("受理诉求6482件，比上年的7130件减少648件，下降10.0%。", "9.1"),
            ("流量由96立方米每秒提高到108立方米每秒，增长11.1%。", "12.5"),
            ("产值由3.2亿元增加到8.1亿元，实现翻番，增长1.8倍。", "1.5"),
            ("借阅量由上年的19.6万册次提高到27.4万册次，增长28.5%。", "39.8"),
            ("经营收入7848万元，村均36万元，比2022年的6540万元增长18%。", "20"),
            ("单位GDP能耗由0.480吨标准煤降至0.420吨标准煤，下降14.3%。", "12.5"),
        ] {
            assert_eq!(wrong(prose), vec![expected.to_owned()], "{prose}");
        }
    }

    #[test]
    fn rates_that_do_follow_or_cannot_be_checked() {
        for prose in [
            "由100万元增加到120万元，增长20%。",
            "去年接诊8.6万人次，今年接诊9.7万人次，同比增长12.8%。",
            "本期数28.6万元，上期数22.0万元，增加6.6万元，增长30.0%。",
            "发展党员46名，比上年多8名，增长21.1%。",
            "产值由3.2亿元增加到6.5亿元，翻了一番，增长1倍。",
            "单位GDP能耗由0.48吨标准煤降至0.42吨标准煤，下降12.5%。",
            "由100万元增加到180万元，年均增长12.5%。",
            "经营收入7848万元，村均36万元，比2022年的6540万元增长20%。",
            "比上年增加2.9万吨，增长1.6%。",
            "总产184.8万吨，比上年增加2.9万吨，增长1.6%；单产431.6公斤，提高4.2公斤。",
            "由690元提高到728元、由580元提高到640元，增幅分别为5.5%和10.3%。",
            "收入由近2万元增加到3万元，增长约五成。",
            "均价由860元降至258元，降价七成。",
            "用户由5万户增加到15万户，增长2倍。",
            "信访总量同比由128批下降为96批，下降25%。",
            "立案156件，同比上升30%，去年同期为120件。",
            "安排资金800万元，增加投入200万元，增长12.5%。",
            "完成投资1500万元，其中设备300万元，增长8.8%。",
            "由约100万元增加到130万元，增长28%。",
            "全省生产总值达到1300亿元，较2020年的1000亿元增加300亿元，增长21.5%。",
            "涨幅从21.7%回落到14.8%，降低33.6%。",
        ] {
            assert_eq!(wrong(prose), Vec::<String>::new(), "{prose}");
        }
    }
}
