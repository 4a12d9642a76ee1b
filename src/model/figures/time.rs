//! Whether two mentions are said of one time.

use crate::facts::figure::period::{Part, Period, Year};

use super::mention::{Frame, Mention};
use super::score::Feature;
use super::section::Half;

/// Whether both say when, and say otherwise.
pub fn is_other(frame: &Frame, a: &Mention, b: &Mention) -> bool {
    let (Some(first), Some(second)) = (a.period, b.period) else {
        return false;
    };
    if matches!(first.year, Year::Several(_)) || matches!(second.year, Year::Several(_)) {
        return first.year != second.year;
    }
    let years = (first.resolved_year(frame.year), second.resolved_year(frame.year));
    let own = is_own_year(frame, first, a) && is_own_year(frame, second, b);
    first.year != second.year && (years.0.is_none() || years.0 != years.1) && !own || first.part != second.part
}

/// What the times of two mentions say against one fact.
pub fn compare(frame: &Frame, a: &Mention, b: &Mention, found: &mut Vec<Feature>) {
    match (a.period, b.period) {
        (None, None) if years_differ(section_year(a), section_year(b)) => found.push(Feature::SectionsOfOtherYears),
        (Some(period), None) if !is_own_year(frame, period, a) => found.push(Feature::OneSaysAnotherYear),
        (None, Some(period)) if !is_own_year(frame, period, b) => found.push(Feature::OneSaysAnotherYear),
        _ => {}
    }
    let part_of_year = |mention: &Mention| {
        mention
            .period
            .is_some_and(|period| period.part != Part::Whole && period.part != frame.part)
    };
    if part_of_year(a) != part_of_year(b) {
        found.push(Feature::PartOfYear);
    }
}

/// Whether a time lies in the year that the draft reports on. Where the next year is planned, that year is the last one.
fn is_own_year(frame: &Frame, period: Period, mention: &Mention) -> bool {
    let planned = mention.section.half == Half::Plan;
    let year = period.resolved_year(frame.year);
    matches!(period.year, Year::Unsaid | Year::FromNow(0))
        || planned && period.year == Year::FromNow(-1)
        || year.is_some() && year == frame.year.map(i64::from)
        // 截至2025年1月15日 in the report on 2024.
        || !planned && !mention.planned && year.is_some() && year == frame.year.map(|own| i64::from(own) + 1)
}

/// The heading's year; what is said to be done already is not of the year that is planned.
fn section_year(mention: &Mention) -> Option<u32> {
    mention.section.year.filter(|_| !mention.done && !mention.known && !mention.leads)
}

fn years_differ(a: Option<u32>, b: Option<u32>) -> bool {
    a.is_some() && b.is_some() && a != b
}
