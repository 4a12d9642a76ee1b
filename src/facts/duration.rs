//! How long something is said to have lasted, where the dates are said too: 2月9日—12日……为期3天.

use std::ops::Range;

use crate::facts::date::{Dates, Span, days_in_month};
use crate::facts::figure::Figure;
use crate::facts::figure::exactness::Exactness;
use crate::facts::figure::unit::Dimension;

/// A length of time beside the dates it should follow from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duration {
    /// The number alone, in bytes of the prose.
    pub number: Range<usize>,
    pub stated: i64,
    pub measure: Measure,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    Days,
    Months,
    /// Whole years between months or days.
    Years,
}

/// What says that a number of days or months is the length of a stated span.
const CUES: &[&str] = &[
    "为期",
    "历时",
    "连续",
    "用时",
    "前后",
    "时间",
    "建设期",
    "工期",
    "周期",
    "服务期",
    "合同期",
    "有效期",
    "任期",
    "租期",
    "租赁期",
    "聘期",
    "项目期",
    "实施期",
    "期限",
    "共",
    "持续",
    "会期",
    "长达",
    "历经",
    "经过",
    "用了",
    "用",
    "试点期",
    "过渡期",
    "保修期",
    "服务期限",
];

/// How far apart dates and duration may stand, in bytes.
const REACH: usize = 120;

/// All durations with their dates.
pub fn read(prose: &str, dates: &Dates, figures: &[Figure]) -> Vec<Duration> {
    if dates.spans.is_empty() {
        return Vec::new();
    }
    figures.iter().filter_map(|figure| duration(prose, dates, figure)).collect()
}

fn duration(prose: &str, dates: &Dates, figure: &Figure) -> Option<Duration> {
    let measure = match figure.unit.dimension() {
        Dimension::Days => Measure::Days,
        Dimension::Months => Measure::Months,
        Dimension::Years => Measure::Years,
        _ => return None,
    };
    if figure.exactness != Exactness::Exact || figure.upper.is_some() || figure.value.exponent() < 0 {
        return None;
    }
    let before = &prose[figure.clause.start..figure.range.start];
    let cue = before.trim_end_matches(['了', '为', '是', '约', '共', '：', ':']);
    if !CUES.iter().any(|word| cue.ends_with(word)) && !before.ends_with('共') {
        return None;
    }
    let span = beside(prose, dates, figure)?;
    let fits = match measure {
        Measure::Days => span.from.day.is_some() && span.to.day.is_some(),
        Measure::Years => span.from.month.is_some() && span.from.year.is_some(),
        Measure::Months => span.from.month.is_some() && (span.from.day.is_none() || is_whole_months(span) || is_from_day_to_day(span)),
    };
    fits.then(|| Duration {
        number: figure.number.clone(),
        stated: i64::try_from(figure.value.round(0).map_or(0, |value| value.mantissa())).unwrap_or(0),
        measure,
        span: span.clone(),
    })
}

/// The one span of the sentence before the duration, or the span that follows it directly.
fn beside<'a>(prose: &str, dates: &'a Dates, figure: &Figure) -> Option<&'a Span> {
    let mut before = dates
        .spans
        .iter()
        .filter(|span| span.range.start >= figure.sentence.start && span.range.end <= figure.range.start);
    if let (Some(span), None) = (before.next(), before.next()) {
        let between = &prose[span.range.end..figure.range.start];
        let near = between.len() <= REACH && !between.contains(['；', ';']);
        return near.then_some(span);
    }
    let after = dates
        .spans
        .iter()
        .find(|span| span.range.start >= figure.range.end && span.range.end <= figure.sentence.end)?;
    let between = &prose[figure.range.end..after.range.start];
    let joined = between.trim_start_matches(['，', ',', '（', '(', '自', '从', '即', '为', '：', ':', '于', '计', '划', '拟']);
    joined.is_empty().then_some(after)
}

/// 4月1日—10月31日: from the first day of a month to the last of another.
fn is_whole_months(span: &Span) -> bool {
    let ends = span.to.month.zip(span.to.day).is_some_and(|(month, day)| {
        let last = days_in_month(span.to.year, month);
        (1..=12).contains(&month) && (day == last || month == 2 && day == 28)
    });
    span.from.day == Some(1) && ends
}

/// 4月10日至7月10日, 4月10日至7月9日: so many months to the day.
fn is_from_day_to_day(span: &Span) -> bool {
    let days = span.from.day.zip(span.to.day);
    days.is_some_and(|(first, last)| first == last || last + 1 == first) && !is_whole_months(span)
}

impl Duration {
    /// The length that the dates give when both ends are counted.
    pub fn counted(&self) -> Option<i64> {
        let Span { from, to, .. } = &self.span;
        let steps = match self.measure {
            Measure::Years => {
                let months = to.month_number()? - from.month_number()?;
                // June to May and June to June are both called a year.
                let whole = [months + 1, months].into_iter().find(|months| months % 12 == 0)?;
                return (whole > 0).then_some(whole / 12);
            }
            Measure::Months if is_from_day_to_day(&self.span) => to.month_number()? - from.month_number()? - 1,
            Measure::Months if from.year.is_none() && to.year.is_none() => i64::from(to.month?) - i64::from(from.month?),
            Measure::Months => to.month_number()? - from.month_number()?,
            Measure::Days => {
                let year = from.year.or(to.year);
                // Without a year, a span through the end of February cannot be counted.
                let (first, last) = (from.month?, to.month?);
                if year.is_none() && first <= 2 && last > 2 {
                    return None;
                }
                let year = year.unwrap_or(2023);
                let end_year = to.year.unwrap_or(if last < first { year + 1 } else { year });
                to.day_number_in(end_year)? - from.day_number_in(from.year.unwrap_or(year))?
            }
        };
        (steps >= 0).then_some(steps + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::glance::Glance;
    use crate::facts::{date, figure};

    fn durations(prose: &str) -> Vec<(i64, Option<i64>)> {
        let glance = Glance::at(prose);
        let dates = date::read(&glance);
        let figures = figure::read(&glance, &dates);
        read(prose, &dates, &figures)
            .iter()
            .map(|found| (found.stated, found.counted()))
            .collect()
    }

    #[test]
    fn durations_beside_their_dates() {
        for (prose, expected) in [
            ("2024年3月9日—12日，县里举办了为期3天的培训班。", vec![(3, Some(4))]),
            ("建设期18个月，自2024年9月至2025年12月。", vec![(18, Some(16))]),
            ("2025年3月1日-2025年9月30日，为期6个月。", vec![(6, Some(7))]),
            ("3月1日至9月30日，为期7个月。", vec![(7, Some(7))]),
            ("自2022年6月至2024年5月，为期3年。", vec![(3, Some(2))]),
            ("任期自2021年6月至2024年6月，共3年。", vec![(3, Some(3))]),
            ("2021年6月至2024年9月，历时3年。", vec![(3, None)]),
            ("活动从5月6日开始，至5月20日结束，历时14天。", vec![(14, Some(15))]),
            ("自2024年3月10日起至4月8日止，共20天。", vec![(20, Some(30))]),
            ("2025年3月15日-2025年9月14日，为期6个月。", vec![(6, Some(6))]),
            ("2024年4月10日至7月10日，为期两个月。", vec![(2, Some(3))]),
            ("2025年3月15日-2025年9月20日，为期6个月。", vec![]),
            ("工期24个月，计划2023年5月开工，2026年4月竣工。", vec![(24, Some(36))]),
            ("5月26日至6月4日，为期10天。", vec![(10, Some(10))]),
            ("12月30日至1月2日，共4天。", vec![(4, Some(4))]),
            ("3月9日—12日，抽调了30名干部，3天走访2个村。", vec![]),
            ("3月1日至3日和5月1日至9日，为期9天。", vec![]),
        ] {
            assert_eq!(durations(prose), expected, "{prose}");
        }
    }
}
