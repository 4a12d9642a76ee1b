//! How long something is said to have lasted, where the dates are said too: 2月9日—12日……为期3天.

use std::ops::Range;

use crate::facts::date::{Date, Dates, Span, days_in_month};
use crate::facts::figure::Figure;
use crate::facts::figure::exactness::Exactness;
use crate::facts::figure::unit::Dimension;
use crate::numeral::{digit, han_digit, parse_digits, parse_han};
use crate::script::is_han;

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
    /// From year to year, both counted: 三年行动（2023—2025年）.
    CalendarYears,
    /// Days on which work is done: no more than there are days.
    WorkingDays,
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
    let of_years = years_in_brackets(prose);
    if dates.spans.is_empty() {
        return of_years;
    }
    let of_dates = figures.iter().filter_map(|figure| duration(prose, dates, figure));
    of_dates.chain(of_years).collect()
}

/// How many characters may stand between the number of years and the brackets.
const NAME: usize = 8;

/// 三年行动计划（2023—2025年）: so many years, and from which to which in brackets.
fn years_in_brackets(prose: &str) -> Vec<Duration> {
    let brackets = prose.match_indices(['（', '(']);
    brackets.filter_map(|(at, open)| years_before(prose, at, at + open.len())).collect()
}

fn years_before(prose: &str, bracket: usize, inside: usize) -> Option<Duration> {
    let (from, next) = year_at(prose, inside)?;
    let dash = ["——", "—", "-", "－", "–", "~", "～", "至", "到"]
        .iter()
        .find(|dash| prose[next..].starts_with(**dash))?;
    let (to, end) = year_at(prose, next + dash.len())?;
    if !prose[end..].starts_with(['）', ')']) {
        return None;
    }
    let before = &prose[..bracket];
    let at = before.rfind('年')?;
    let name = &before[at + '年'.len_utf8()..];
    let is_name = name.chars().count() <= NAME && name.chars().all(is_han) && !name.contains(['前', '后', '第', '度']);
    let start = before[..at]
        .char_indices()
        .rev()
        .take_while(|(_, char)| is_small_numeral(*char))
        .last()?
        .0;
    let number = &before[start..at];
    let stated = parse_han(number)
        .or_else(|| parse_digits(number))
        .filter(|years| (2..=20).contains(years))? as i64;
    let is_alone = !before[..start].ends_with(|char: char| char.is_ascii_alphanumeric() || matches!(char, '第' | '每' | '前' | '后' | '.' | '—'));
    let steps = i64::from(to.year? - from.year?.min(to.year?));
    let is_right = stated == steps || stated == steps + 1;
    (is_name && is_alone && steps > 0 && !is_right).then_some(Duration {
        number: start..at,
        stated,
        measure: Measure::CalendarYears,
        span: Span {
            range: inside..end,
            from,
            to,
        },
    })
}

fn is_small_numeral(char: char) -> bool {
    digit(char).is_some() || han_digit(char).is_some() || matches!(char, '十' | '两')
}

/// 2023, 2023年: the year and where it ends.
fn year_at(prose: &str, start: usize) -> Option<(Date, usize)> {
    let digits = prose
        .get(start..start + 4)
        .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let year: u32 = digits.parse().ok().filter(|year| (1900..2100).contains(year))?;
    let end = start + 4 + if prose[start + 4..].starts_with('年') { '年'.len_utf8() } else { 0 };
    let date = Date {
        range: start..end,
        year: Some(year),
        month: None,
        day: None,
    };
    Some((date, end))
}

fn duration(prose: &str, dates: &Dates, figure: &Figure) -> Option<Duration> {
    let measure = match figure.unit.dimension() {
        Dimension::Days => Measure::Days,
        Dimension::Months => Measure::Months,
        Dimension::Years => Measure::Years,
        Dimension::Count("个工作日") => Measure::WorkingDays,
        _ => return None,
    };
    if figure.exactness != Exactness::Exact || figure.upper.is_some() || figure.value.exponent() < 0 {
        return None;
    }
    let before = &prose[figure.clause.start..figure.range.start];
    let cue = before.trim_end_matches(['了', '为', '是', '约', '共', '：', ':']);
    // 从2019年9月到2024年9月，五年来
    let is_since = measure == Measure::Years && prose[figure.range.end..].starts_with('来') && before.is_empty();
    if !CUES.iter().any(|word| cue.ends_with(word)) && !before.ends_with('共') && !is_since {
        return None;
    }
    let span = beside(prose, dates, figure)?;
    let fits = match measure {
        Measure::Days | Measure::WorkingDays => span.from.day.is_some() && span.to.day.is_some(),
        Measure::CalendarYears => false,
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
            Measure::CalendarYears => i64::from(to.year?) - i64::from(from.year?),
            Measure::Years => {
                let months = to.month_number()? - from.month_number()?;
                // June to May and June to June are both called a year.
                let whole = [months + 1, months].into_iter().find(|months| months % 12 == 0)?;
                return (whole > 0).then_some(whole / 12);
            }
            Measure::Months if is_from_day_to_day(&self.span) => to.month_number()? - from.month_number()? - 1,
            Measure::Months if from.year.is_none() && to.year.is_none() => i64::from(to.month?) - i64::from(from.month?),
            Measure::Months => to.month_number()? - from.month_number()?,
            Measure::Days | Measure::WorkingDays => {
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
        let counted = (steps >= 0).then_some(steps + 1)?;
        // Of so many days, any smaller number may be working days.
        let is_possible = self.measure == Measure::WorkingDays && self.stated <= counted;
        Some(if is_possible { self.stated } else { counted })
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
            ("2024年7月8日至7月12日，共7个工作日。", vec![(7, Some(5))]),
            ("2024年7月8日至7月16日，共7个工作日。", vec![(7, Some(7))]),
            ("三年行动计划（2023—2026年）和五年规划（2021年-2025年）。", vec![]),
            ("三年行动（2023—2028年）和第三年（2021年-2025年）。", vec![(3, Some(6))]),
            ("从2019年9月到2024年9月，六年来培养1200人。", vec![(6, Some(5))]),
            ("12月30日至1月2日，共4天。", vec![(4, Some(4))]),
            ("3月9日—12日，抽调了30名干部，3天走访2个村。", vec![]),
            ("3月1日至3日和5月1日至9日，为期9天。", vec![]),
        ] {
            assert_eq!(durations(prose), expected, "{prose}");
        }
    }
}
