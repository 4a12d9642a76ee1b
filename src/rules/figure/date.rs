//! `figure/date`: dates that do not exist, periods that end before they begin, durations and days of the week that do not fit.

use std::ops::Range;

use crate::draft::Place;
use crate::facts::date::{self, Date, Span, WEEKDAYS, Weekday};
use crate::facts::duration::{Duration, Measure};
use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct ImpossibleDate;

static META: Meta = Meta {
    name: "figure/date",
    severity: Severity::Error,
    default: true,
    summary: Bilingual::fixed(
        "日期不存在、起止颠倒，或者天数、星期与日期对不上",
        "A date that does not exist, a period that ends before it begins, or a duration or weekday that does not fit",
    ),
    explanation: Bilingual::fixed(
        "检查公历日期：没有的月份和日子（2月30日、平年的2月29日）、截止早于开始的起止日期、与起止日期不符的天数和月数（首尾两天都算在内；只按相差天数计算也说得通的，仅作提示）、与日期不符的星期，以及“三年行动（2023—2025年）”这类年数与起止年份。农历日期不检查。",
        "Checks dates of the common calendar: months and days that do not exist (30 February, 29 February of a common year), periods that end before they begin, numbers of days or months that do not follow from the dates beside them (both ends are counted; where only the difference fits, it is no more than a hint to look), days of the week that are not the date's, and numbers of years that the years in brackets after them do not give. Lunar dates are left alone.",
    ),
    clause: None,
    fix: Fixable::Unsafe,
    examples: &[
        Example::plain(
            "培训时间为2024年2月27日至2月30日。\n",
            "培训时间为2024年2月27日至2月29日。农历二月三十日另行安排。\n",
        ),
        Example::plain(
            "3月12日—17日，县里举办了为期3天的培训班。\n",
            "3月12日—14日，县里举办了为期3天的培训班。\n",
        ),
        Example::plain("6月9日—6日举办展览。\n", "12月28日至1月6日举办展览。\n"),
        Example::plain("2024年3月15日（星期四）召开会议。\n", "2024年3月15日（星期五）召开会议。\n"),
        Example::plain(
            "柳河镇2024年工作总结\n\n7月2日（星期三），全镇召开大会。\n",
            "柳河镇2024年工作总结\n\n7月2日（星期二），全镇召开大会。\n",
        ),
        Example::plain("建设期20个月，自2024年9月至2025年12月。\n", "建设期16个月，自2024年9月至2025年12月。\n"),
    ],
};

impl Rule for ImpossibleDate {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        for (block, piece) in context.draft.pieces().iter().enumerate() {
            let facts = piece.facts();
            let here = Here { context, block };
            let impossible = facts.dates.dates.iter().filter(|date| date.is_impossible());
            findings.extend(impossible.map(|date| here.impossible(date)));
            findings.extend(facts.dates.spans.iter().filter_map(|span| here.reversed(span)));
            findings.extend(facts.claims.durations.iter().filter_map(|duration| here.duration(duration)));
            findings.extend(facts.dates.weekdays.iter().filter_map(|weekday| here.weekday(weekday)));
        }
    }
}

const ENGLISH_WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// One block under check.
struct Here<'a, 'b> {
    context: &'a Context<'b>,
    block: usize,
}

impl Here<'_, '_> {
    fn range(&self, range: &Range<usize>) -> Range<usize> {
        self.context.source_range(&Place::new(self.block, range.clone()))
    }

    fn quote(&self, range: &Range<usize>) -> &str {
        self.context.quote(&Place::new(self.block, range.clone()))
    }

    fn impossible(&self, date: &Date) -> Finding {
        let range = self.range(&date.range);
        let quote = self.quote(&date.range);
        let month = date.month.unwrap_or(1);
        if !(1..=12).contains(&month) {
            let message = Bilingual::new(format!("“{quote}”：一年没有{month}月"), format!("“{quote}”: there is no month {month}"));
            return Finding::new(META.name, META.severity, range, message);
        }
        let last = date::days_in_month(date.year, month);
        let whose = match date.year {
            Some(year) if month == 2 => format!("{year}年2月"),
            _ => format!("{month}月"),
        };
        let message = Bilingual::new(
            format!("“{quote}”这一天不存在：{whose}最多{last}天"),
            format!("“{quote}” does not exist: that month has {last} days"),
        );
        let mut finding = Finding::new(META.name, META.severity, range, message);
        if let Some(edit) = self.day_edit(date, last) {
            let title = Bilingual::new(format!("改为{last}日"), format!("Make it day {last}"));
            finding = finding.fix(Fix::r#unsafe(title, [edit]));
        }
        finding
    }

    /// Puts another day into a date written with digits.
    fn day_edit(&self, date: &Date, day: u32) -> Option<Edit> {
        let quote = self.quote(&date.range);
        let at = quote.rfind('月').map_or(0, |at| at + '月'.len_utf8());
        let digits = quote[at..].chars().take_while(char::is_ascii_digit).count();
        let start = date.range.start + at;
        (digits > 0).then(|| Edit::replace(self.range(&(start..start + digits)), day.to_string()))
    }

    fn reversed(&self, span: &Span) -> Option<Finding> {
        let (from, to) = (&span.from, &span.to);
        if from.is_impossible() || to.is_impossible() {
            return None;
        }
        let key = |date: &Date| (date.month.unwrap_or(0), date.day.unwrap_or(0));
        let ends_before = match (from.year, to.year) {
            (Some(first), Some(last)) => (last, key(to)) < (first, key(from)),
            // 12月28日至1月6日 runs into the next year.
            _ => from.month == to.month && key(to) < key(from),
        };
        if !ends_before {
            return None;
        }
        let quote = self.quote(&span.range);
        let message = Bilingual::new(format!("“{quote}”的截止早于开始"), format!("“{quote}” ends before it begins"));
        let finding = Finding::new(META.name, Severity::Warning, self.range(&span.range), message);
        Some(match self.swapped(span) {
            Some(edits) => finding.fix(Fix::r#unsafe(Bilingual::fixed("对调起止日期", "Swap the two dates"), edits)),
            None => finding,
        })
    }

    /// The days change places where the month is said once; the whole dates where both are said in full.
    fn swapped(&self, span: &Span) -> Option<[Edit; 2]> {
        let (from, to) = (&span.from.range, &span.to.range);
        let (first, second) = (self.quote(from), self.quote(to));
        let levels = |text: &str| text.matches(['年', '月', '日', '号']).count();
        if levels(first) == levels(second) {
            return Some([Edit::replace(self.range(from), second), Edit::replace(self.range(to), first)]);
        }
        let day = first.rfind('月').map(|at| at + '月'.len_utf8())?;
        if second.contains('月') || levels(&first[day..]) != levels(second) {
            return None;
        }
        let from = from.start + day..from.end;
        Some([Edit::replace(self.range(&from), second), Edit::replace(self.range(to), &first[day..])])
    }

    fn duration(&self, duration: &Duration) -> Option<Finding> {
        let counted = duration.counted().filter(|counted| *counted != duration.stated)?;
        // Whole months from the first day to the last leave no doubt about how to count.
        let whole_months = duration.measure == Measure::Months && duration.span.from.day.is_some();
        let is_counted_in_years = matches!(duration.measure, Measure::Years | Measure::CalendarYears);
        let only_the_difference = counted - 1 == duration.stated && !whole_months && !is_counted_in_years;
        if only_the_difference && duration.measure == Measure::Months {
            return None;
        }
        let severity = if only_the_difference { Severity::Info } else { Severity::Warning };
        let (unit, unit_en) = match duration.measure {
            Measure::Days => ("天", "days"),
            Measure::Months => ("个月", "months"),
            Measure::Years | Measure::CalendarYears => ("年", "years"),
            Measure::WorkingDays => ("天", "days"),
        };
        let dates = self.quote(&duration.span.range);
        let stated = self.quote(&duration.number);
        let (unit_stated, unit_stated_en) = match duration.measure {
            Measure::WorkingDays => ("个工作日", "working days"),
            _ => (unit, unit_en),
        };
        let message = Bilingual::new(
            format!("{dates}首尾都算是{counted}{unit}，这里写的是{stated}{unit_stated}"),
            format!("{dates} is {counted} {unit_en} with both ends counted, but this says {stated} {unit_stated_en}"),
        );
        let number = self.range(&duration.number);
        let there = Bilingual::fixed("起止日期在这里", "The dates are here");
        let title = Bilingual::new(format!("改为{counted}{unit}"), format!("Make it {counted} {unit_en}"));
        let finding = Finding::new(META.name, severity, number.clone(), message).related(self.range(&duration.span.range), there);
        if duration.measure == Measure::WorkingDays {
            return Some(finding);
        }
        Some(finding.fix(Fix::r#unsafe(title, [Edit::replace(number, counted.to_string())])))
    }

    fn weekday(&self, weekday: &Weekday) -> Option<Finding> {
        let day = weekday.date.day_number().or_else(|| self.day_of_own_year(weekday))?;
        let right = date::weekday_of(day);
        if right == weekday.number {
            return None;
        }
        let name = |number: u8| WEEKDAYS[usize::from(number % 7)];
        let english = |number: u8| ENGLISH_WEEKDAYS[usize::from(number % 7)];
        let quote = self.quote(&weekday.date.range);
        let message = Bilingual::new(
            format!("{quote}是星期{}，不是星期{}", name(right), name(weekday.number)),
            format!("{quote} is a {}, not a {}", english(right), english(weekday.number)),
        );
        let place = self.range(&weekday.range);
        let title = Bilingual::new(format!("改为星期{}", name(right)), format!("Make it {}", english(right)));
        let severity = if weekday.date.year.is_some() {
            Severity::Warning
        } else {
            Severity::Info
        };
        let mut finding = Finding::new(META.name, severity, place.clone(), message)
            .related(self.range(&weekday.date.range), Bilingual::fixed("日期在这里", "The date is here"))
            .fix(Fix::r#unsafe(title, [Edit::replace(place, name(right).to_string())]));
        if let Some((day, edit)) = self.nearest_day(weekday, right) {
            let title = Bilingual::new(format!("改为{day}日"), format!("Make it day {day}"));
            finding = finding.fix(Fix::r#unsafe(title, [edit]));
        }
        Some(finding)
    }

    /// A day without a year is of the year named last before it in its block, or else of the year that the report looks back on; early in the year, it
    /// may be of the next.
    fn day_of_own_year(&self, weekday: &Weekday) -> Option<i64> {
        let years = &self.context.models.outdated.years_of_dates;
        let dates = &self.context.draft.pieces()[self.block].facts().dates.dates;
        let named = dates
            .iter()
            .take_while(|date| date.range.end <= weekday.date.range.start)
            .filter_map(|date| date.year)
            .last();
        let (first, later) = match (named, years.split_first()) {
            (Some(named), _) => (named, &years[..]),
            (None, Some((first, later))) => (*first, later),
            (None, None) => return None,
        };
        let fits = |year: &u32| {
            let day = weekday.date.day_number_in(*year);
            day.is_none_or(|day| date::weekday_of(day) == weekday.number)
        };
        let is_elsewhere = named.is_none() && dates.iter().any(|date| date.year.is_some_and(|year| year != first));
        let is_of_later = weekday.date.month.is_some_and(|month| month <= 3) && later.iter().any(fits);
        // The year after the one named may have begun since: 2024年……，次年4月18日.
        let is_of_next = named.is_some_and(|named| fits(&(named + 1)) || years.iter().any(fits));
        (!is_elsewhere && !is_of_later && !is_of_next).then(|| weekday.date.day_number_in(first))?
    }

    /// The nearest day of the same month that is the weekday said.
    fn nearest_day(&self, weekday: &Weekday, right: u8) -> Option<(u32, Edit)> {
        let date = &weekday.date;
        let (month, day) = (date.month?, date.day?);
        let forward = (7 + u32::from(weekday.number) - u32::from(right)) % 7;
        let later = day + forward;
        let earlier = later.checked_sub(7).filter(|day| *day > 0);
        let last = date::days_in_month(date.year, month);
        let day = match earlier {
            Some(earlier) if forward > 3 || later > last => earlier,
            _ if later <= last => later,
            _ => return None,
        };
        Some((day, self.day_edit(date, day)?))
    }
}
