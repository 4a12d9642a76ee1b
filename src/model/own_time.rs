//! The time a report is of: the year it looks back on, the year it plans for, and the day it was written.
//!
//! Its title, the line below it and the signature tell; what they do not tell is unknown, and nothing is held against it.

use std::ops::RangeInclusive;

use crate::draft::{Draft, Piece, Place};
use crate::facts::date::Date;
use crate::facts::year::{Matter, Standing, YearMention};

/// When a report is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnTime {
    /// Years it may look back on.
    pub reviewed: Option<RangeInclusive<u32>>,
    /// Years it may plan for.
    pub planned: Option<RangeInclusive<u32>>,
    /// Where the title says so.
    pub title: Option<Title>,
    pub written: Option<Written>,
    /// The year of the document's number, 〔2025〕9号: its digits.
    pub number: Option<(Place, u32)>,
    /// Blocks up to this one belong to the title.
    pub head: usize,
}

/// The year of a title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    pub place: Place,
    pub year: u32,
    pub matter: Matter,
}

/// The day a report was written or given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub place: Place,
    /// Where its year stands.
    pub year_place: Place,
    pub year: u32,
    pub month: u32,
    pub day: Option<u32>,
}

/// How many blocks the title, the author and the date may take up.
const HEAD: usize = 16;
/// How many blocks from the end the signature is looked for.
const SIGNATURE: usize = 4;
/// A longer block is no title, in bytes.
const LONGEST_TITLE: usize = 150;

impl OwnTime {
    pub fn read(draft: &Draft) -> Self {
        let pieces = draft.pieces();
        let head = pieces.iter().take(HEAD).take_while(|piece| is_title_line(piece)).count();
        let titles: Vec<Title> = (0..head).flat_map(|block| titles(draft, block)).collect();
        let written = (0..head)
            .chain(pieces.len().saturating_sub(SIGNATURE).max(head)..pieces.len())
            .filter_map(|block| written(draft, block))
            .next_back()
            .or_else(|| (head..pieces.len().min(HEAD)).find_map(|block| held(draft, block)));
        let (reviewed, planned) = years(&titles, written.as_ref());
        OwnTime {
            reviewed,
            planned,
            title: titles.into_iter().next(),
            written,
            number: (0..head).find_map(|block| document_number(draft, block)),
            head,
        }
    }
}

impl OwnTime {
    /// The year looked back on, then that planned for and that of writing; none where the first is in doubt.
    pub fn years_of_dates(&self) -> Vec<u32> {
        let Some(reviewed) = self.reviewed.clone().filter(|years| years.start() == years.end()) else {
            return Vec::new();
        };
        let planned = self.planned.clone().into_iter().flatten();
        reviewed.chain(planned).chain(self.written.iter().map(|written| written.year)).collect()
    }
}

/// The year of 〔2025〕9号 on a line of its own or after the name of the office.
fn document_number(draft: &Draft, block: usize) -> Option<(Place, u32)> {
    let prose = draft.pieces()[block].prose();
    let (open, _) = prose.char_indices().find(|(_, char)| matches!(char, '〔' | '['))?;
    let start = open + prose[open..].chars().next()?.len_utf8();
    let digits = prose
        .get(start..start + 4)
        .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let after = &prose[start + 4..];
    let is_number = after.starts_with(['〕', ']']) && after.contains('号') && !prose.contains('《');
    is_number.then_some((Place::new(block, start..start + 4), digits.parse().ok()?))
}

/// A short line that is no sentence and no numbered heading.
fn is_title_line(piece: &Piece) -> bool {
    let prose = piece.prose();
    let is_numbered = piece.facts().markers.first().is_some_and(|marker| marker.range.start == 0);
    prose.len() <= LONGEST_TITLE && !is_numbered && !prose.trim_end().ends_with(['。', '；', '：', '，', ':'])
}

/// The years of a title, unless it is of a stretch of years.
fn titles(draft: &Draft, block: usize) -> Vec<Title> {
    let piece = &draft.pieces()[block];
    let years = &piece.facts().years;
    years.iter().filter_map(|mention| title(block, mention)).collect()
}

fn title(block: usize, mention: &YearMention) -> Option<Title> {
    let is_said_here = matches!(mention.standing, Standing::First | Standing::Anywhere);
    Some(Title {
        place: Place::new(block, mention.range.clone()),
        year: mention.year,
        matter: mention.matter.filter(|_| is_said_here)?,
    })
}

/// A line that holds a date and nothing else, or the date of a meeting at which the report was given.
fn written(draft: &Draft, block: usize) -> Option<Written> {
    let piece = &draft.pieces()[block];
    let prose = piece.prose();
    let date = piece
        .facts()
        .dates
        .dates
        .iter()
        .find(|date| date.year.is_some() && date.month.is_some())?;
    let before = prose[..date.range.start].trim_matches(|char: char| !char.is_alphanumeric());
    let after = prose[date.range.end..].trim_matches(|char: char| !char.is_alphanumeric());
    let in_brackets = prose.trim_end().ends_with(['）', ')']) && before.chars().count() <= 24;
    let is_alone = after.is_empty() && (before.chars().count() <= 6 || in_brackets) || is_weekday(after) && before.is_empty();
    let is_given = before.is_empty() && after.starts_with('在') && after.contains("会");
    if piece.block().is_cell() || date.is_impossible() || !(is_alone || is_given) || piece.facts().dates.dates.len() > 1 {
        return None;
    }
    let year = year_of(date, prose, block)?;
    Some(Written {
        place: Place::new(block, date.range.clone()),
        year_place: year,
        year: date.year?,
        month: date.month?,
        day: date.day,
    })
}

/// 2025年10月17日下午，……主持召开……会议: minutes begin with the day of the meeting.
fn held(draft: &Draft, block: usize) -> Option<Written> {
    let piece = &draft.pieces()[block];
    let prose = piece.prose();
    let date = piece.facts().dates.dates.first()?;
    let opening: String = prose.chars().take(80).collect();
    let is_held = prose[..date.range.start].trim().is_empty() && ["召开", "主持"].iter().any(|word| opening.contains(word));
    if !is_held || date.day.is_none() || date.is_impossible() {
        return None;
    }
    Some(Written {
        place: Place::new(block, date.range.clone()),
        year_place: year_of(date, prose, block)?,
        year: date.year?,
        month: date.month?,
        day: date.day,
    })
}

fn is_weekday(text: &str) -> bool {
    ["星期", "周"].iter().any(|word| text.starts_with(word)) && text.chars().count() <= 3
}

/// The place of the digits of a date's year.
fn year_of(date: &Date, prose: &str, block: usize) -> Option<Place> {
    let length = prose.get(date.range.clone())?.find('年')?;
    Some(Place::new(block, date.range.start..date.range.start + length))
}

type Years = Option<RangeInclusive<u32>>;

fn years(titles: &[Title], written: Option<&Written>) -> (Years, Years) {
    let of = |matter: Matter| titles.iter().find(|title| title.matter == matter).map(|title| title.year);
    let review = of(Matter::Review);
    let part = of(Matter::PartReview);
    let plan = of(Matter::Plan);
    if let Some(year) = review.or(part) {
        let next = if part.is_some() && review.is_none() { year } else { year + 1 };
        return (Some(year..=year), Some(plan.unwrap_or(next)..=plan.unwrap_or(year + 1)));
    }
    if let Some(year) = plan {
        return (Some(year - 1..=year), Some(year..=year));
    }
    if let Some(year) = of(Matter::Report) {
        return (Some(year - 1..=year), Some(year..=year + 1));
    }
    let Some(written) = written else { return (None, None) };
    match written.month {
        1..=3 => (Some(written.year - 1..=written.year), Some(written.year..=written.year)),
        10.. => (Some(written.year..=written.year), Some(written.year..=written.year + 1)),
        _ => (Some(written.year - 1..=written.year), Some(written.year..=written.year + 1)),
    }
}
