//! Years and deadlines that were left from an earlier report: a heading of 2010 in the plan for 2012, a task due before the report was written.

use crate::draft::{Draft, Place};
use crate::facts::deadline::Deadline;
use crate::facts::year::{Matter, Standing, YearMention};

use super::figures::section::{self, Half, Section};
use super::numbering::Numbering;
use super::own_time::{OwnTime, Title, Written};

/// What is out of its time in a draft.
#[derive(Debug, Default)]
pub struct Outdated {
    pub years: Vec<StaleYear>,
    pub deadlines: Vec<PassedDeadline>,
    /// The years that a date without one may be of, where the report tells; the first is the likeliest.
    pub years_of_dates: Vec<u32>,
}

/// A year that does not fit the report's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaleYear {
    /// The digits of the year.
    pub place: Place,
    pub stated: u32,
    /// The only year that would fit, if there is one.
    pub expected: Option<u32>,
    pub reason: Reason,
    /// What tells the report's own year.
    pub own: Place,
    pub in_digits: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// What was done is told of another year than the report's.
    Reviewed,
    /// What is planned is planned for a year that is over.
    Planned,
    /// The report was written before its year, or long after it.
    Written,
    /// The document's number is of another year than its date.
    Number,
}

/// A deadline that was over when the report was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedDeadline {
    pub place: Place,
    pub year: u32,
    /// What tells when the report was written.
    pub own: Place,
    /// The day of writing is known, and the deadline stands among plans.
    pub certain: bool,
}

/// Years further apart are history, not last year's draft.
const FURTHEST: u32 = 3;
/// How many blocks after the title a report may take to begin.
const OPENING: usize = 2;
/// Headings of so many different years make a plan or a history of many years.
const MANY_YEARS: usize = 3;

impl Outdated {
    pub fn build(draft: &Draft, numbering: &Numbering) -> Self {
        let own = OwnTime::read(draft);
        let sections = section::read(draft, numbering);
        let mut found = Outdated {
            years_of_dates: own.years_of_dates(),
            ..Outdated::default()
        };
        found.years.extend(written_in_another_year(&own));
        found.years.extend(numbered_in_another_year(&own));
        let is_of_many_years = headings(draft, &own) >= MANY_YEARS;
        for (block, piece) in draft.pieces().iter().enumerate() {
            if piece.block().is_cell() {
                continue;
            }
            let facts = piece.facts();
            if block >= own.head && !is_of_many_years {
                let mentions = facts.years.iter();
                found
                    .years
                    .extend(mentions.filter_map(|mention| stale(&own, block, mention, sections[block])));
            }
            let deadlines = facts.deadlines.iter();
            found
                .deadlines
                .extend(deadlines.filter_map(|deadline| passed(&own, block, deadline, sections[block])));
        }
        found
    }
}

/// How many different years the headings name.
fn headings(draft: &Draft, own: &OwnTime) -> usize {
    let mut years: Vec<u32> = draft.pieces()[own.head.min(draft.pieces().len())..]
        .iter()
        .flat_map(|piece| &piece.facts().years)
        .filter(|mention| mention.standing == Standing::First && mention.matter.is_some())
        .map(|mention| mention.year)
        .collect();
    years.sort_unstable();
    years.dedup();
    years.len()
}

fn written_in_another_year(own: &OwnTime) -> Option<StaleYear> {
    let (title, written) = own.title.as_ref().zip(own.written.as_ref())?;
    let fits = match title.matter {
        // A year is looked back on when it is nearly over.
        Matter::Review => written.year == title.year + 1 || written.year == title.year && written.month >= 10,
        Matter::PartReview => written.year == title.year || written.year == title.year + 1 && written.month <= 4,
        Matter::Plan => written.year == title.year || written.year + 1 == title.year && written.month >= 7,
        Matter::Report => (title.year..=title.year + 1).contains(&written.year),
    };
    let is_history = title.year.abs_diff(written.year) > FURTHEST;
    (!fits && !is_history && title.place.block != written.place.block).then(|| StaleYear {
        place: written.year_place.clone(),
        stated: written.year,
        expected: None,
        reason: Reason::Written,
        own: title.place.clone(),
        in_digits: false,
    })
}

/// A document gets its number in the year in which it is written, or about the turn of the year.
fn numbered_in_another_year(own: &OwnTime) -> Option<StaleYear> {
    let ((place, number), written) = own.number.as_ref().zip(own.written.as_ref())?;
    let fits = match written.month {
        1 => (written.year - 1..=written.year).contains(number),
        12 => (written.year..=written.year + 1).contains(number),
        _ => written.year == *number,
    };
    let is_history = number.abs_diff(written.year) > FURTHEST;
    (!fits && !is_history).then(|| StaleYear {
        place: written.year_place.clone(),
        stated: written.year,
        expected: None,
        reason: Reason::Number,
        own: place.clone(),
        in_digits: false,
    })
}

fn stale(own: &OwnTime, block: usize, mention: &YearMention, section: Section) -> Option<StaleYear> {
    let (allowed, reason) = match (mention.standing, mention.matter) {
        (Standing::Intended, _) if section.half == Half::Plan => (own.planned.as_ref()?, Reason::Planned),
        (Standing::First | Standing::Announced, Some(Matter::Review | Matter::PartReview)) => (own.reviewed.as_ref()?, Reason::Reviewed),
        (Standing::First | Standing::Announced, Some(Matter::Plan)) => (own.planned.as_ref()?, Reason::Planned),
        (Standing::Opening, _) if block <= own.head + OPENING => (own.reviewed.as_ref()?, Reason::Reviewed),
        _ => return None,
    };
    let (first, last) = (*allowed.start(), *allowed.end());
    let near = mention.year.abs_diff(first).min(mention.year.abs_diff(last)) <= FURTHEST;
    // What is planned for later years is no slip.
    let misfit = mention.year < first || reason == Reason::Reviewed && mention.year > last;
    (near && misfit).then(|| StaleYear {
        place: Place::new(block, mention.digits.clone()),
        stated: mention.year,
        expected: (first == last).then_some(first),
        reason,
        own: own_place(own.title.as_ref(), own.written.as_ref()).unwrap_or(Place::new(block, mention.range.clone())),
        in_digits: mention.in_digits,
    })
}

fn own_place(title: Option<&Title>, written: Option<&Written>) -> Option<Place> {
    title.map(|title| &title.place).or(written.map(|written| &written.place)).cloned()
}

fn passed(own: &OwnTime, block: usize, deadline: &Deadline, section: Section) -> Option<PassedDeadline> {
    let (month, day) = deadline.last;
    let (is_over, place) = match (&own.written, &own.title) {
        (Some(written), _) => {
            let last = (deadline.year, month, day);
            (last < (written.year, written.month, written.day.unwrap_or(1)), written.place.clone())
        }
        (None, Some(title)) => (deadline.year < title.year, title.place.clone()),
        (None, None) => return None,
    };
    let is_plan = section.half == Half::Plan;
    // 2025年工作计划 after the report on 2024: what is planned is not due before its year.
    let planned_from = own.planned.as_ref().filter(|_| is_plan).map(|years| *years.start());
    let is_over = is_over || planned_from.is_some_and(|first| deadline.year < first);
    if !is_over || section.half == Half::Review && own.written.is_none() || deadline.bare && !is_plan {
        return None;
    }
    Some(PassedDeadline {
        place: Place::new(block, deadline.range.clone()),
        year: deadline.year,
        own: place,
        certain: is_plan && own.written.is_some() && !deadline.bare,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn found(text: &str) -> (Vec<u32>, Vec<u32>) {
        let draft = Draft::new(text, Format::Plain);
        let outdated = Outdated::build(&draft, &Numbering::build(&draft));
        let years = outdated.years.iter().map(|year| year.stated).collect();
        let deadlines = outdated.deadlines.iter().map(|deadline| deadline.year).collect();
        (years, deadlines)
    }

    #[test]
    fn years_left_from_an_earlier_report() {
        for (text, year) in [
            (
                "柳河镇2012年工作计划\n\n根据县委部署，制定本计划。\n\n一、2010年工作打算\n抓好春耕。\n",
                2010,
            ),
            (
                "县供销社2024年工作总结\n\n现将2023年工作情况汇报如下：\n\n一、主要做法\n开展培训。\n",
                2023,
            ),
            ("2024年工作总结\n\n一、2024年工作回顾\n修路。\n\n二、2024年工作打算\n建桥。\n", 2024),
            ("柳河镇2024年工作总结\n\n修路12公里。\n\n柳河镇人民政府\n2023年12月28日\n", 2023),
            (
                "2024年工作总结\n\n一、2024年工作回顾\n修路。\n\n二、下一步打算\n抓改革。2023年，我们将再接再厉。\n",
                2023,
            ),
            ("县供销社2024年工作总结\n\n2023年，在县委坚强领导下，新建网点12个。\n", 2023),
            ("县政府会议纪要\n\n〔2025〕9号\n\n2024年5月16日下午，县长主持召开会议。\n", 2024),
            ("二〇二四年工作总结\n\n一、二〇二二年工作回顾\n修路。\n", 2022),
            ("政府工作报告\n\n——2025年1月12日在县人民代表大会上\n\n一、2022年工作回顾\n修路。\n", 2022),
        ] {
            assert_eq!(found(text).0, vec![year], "{text}");
        }
    }

    #[test]
    fn years_that_fit_or_tell_of_history() {
        for text in [
            "柳河镇2024年工作总结和2025年工作计划\n\n一、2024年工作总结\n修路。\n\n二、2025年工作打算\n建桥。\n\n2025年1月3日\n",
            "2024年工作总结\n\n现将2024年工作情况汇报如下：\n\n2023年，全镇修路8公里。2010年以来，累计修路96公里。\n\n2024年12月30日\n",
            "2024年工作总结\n\n一、下一步打算\n\n2025年计划完成投资72亿元，重点抓好一件事。\n",
            "三年行动方案\n\n一、2023年工作安排\n甲。\n\n二、2024年工作安排\n乙。\n\n三、2025年工作安排\n丙。\n\n2022年11月8日\n",
            "2024年上半年工作情况报告\n\n一、2024年上半年工作情况\n甲。\n\n二、2024年下半年工作打算\n乙。\n\n2024年7月9日\n",
            "关于2025年预算草案的报告\n\n——2025年1月8日在县人民代表大会上\n\n一、2024年预算执行情况\n甲。\n\n二、2025年预算草案\n乙。\n",
        ] {
            assert_eq!(found(text), (vec![], vec![]), "{text}");
        }
    }

    #[test]
    fn deadlines_that_were_over() {
        let plan = |line: &str| format!("柳河镇2024年工作计划\n\n一、重点任务\n{line}\n\n柳河镇人民政府\n2024年1月12日\n");
        assert_eq!(found(&plan("确保2023年6月底前完成清淤。")).1, vec![2023]);
        assert_eq!(found(&plan("确保2024年6月底前完成清淤。")).1, Vec::<u32>::new());
        assert_eq!(found(&plan("推进清淤，2023年6月底前全部完成。")).1, vec![2023]);
        assert_eq!(
            found("2024年工作总结\n\n一、主要成效\n推进清淤，2023年6月底前全部完成。\n").1,
            Vec::<u32>::new()
        );
        assert_eq!(found(&plan("清淤已于2023年6月底前完成，要抓好管护。")).1, Vec::<u32>::new());
        assert_eq!(
            found("县领导小组会议纪要\n\n2025年10月17日下午，县长主持召开会议，纪要如下：\n\n要抓紧编制规划，于2024年12月底前报审。\n").1,
            vec![2024]
        );
        assert_eq!(found("2024年工作计划\n\n由水利站牵头，力争2023年底前建成。\n").1, vec![2023]);
        assert_eq!(found("由水利站牵头，力争2023年底前建成。\n").1, Vec::<u32>::new());
    }
}
