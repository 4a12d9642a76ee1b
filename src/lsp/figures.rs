//! Figures as something to follow: the one under the cursor, the others of its fact, and `jiaogao/figures`, the table of all.

use serde::Serialize;
use tower_lsp::ls_types::{Position, Range};

use super::view::View;
use crate::facts::figure::period::{Part, Period, Year};
use crate::facts::figure::role::Role;
use crate::finding::Language;
use crate::model::figures::mention::{Body, Mention};

/// A row of the table. A part that the draft leaves open is empty or missing.
#[derive(Debug, Serialize)]
pub struct Row {
    /// What the figure measures.
    subject: String,
    /// In plain digits, in the figure's own unit.
    value: String,
    unit: String,
    period: Option<String>,
    place: Option<String>,
    role: Option<String>,
    /// The heading that it stands under.
    section: Option<String>,
    range: Range,
    /// Whether another mention of the same fact says otherwise.
    conflict: bool,
    /// As written.
    text: String,
}

/// Every figure of the draft, in the order of the text.
pub fn table(view: &View) -> Vec<Row> {
    let reading = view.snapshot.reading();
    let figures = &reading.models.figures;
    let mut order: Vec<usize> = (0..figures.mentions.len()).collect();
    order.sort_by(|a, b| figures.mentions[*a].place.cmp(&figures.mentions[*b].place));
    let row = |index: usize| {
        let mention = &figures.mentions[index];
        Row {
            subject: mention.name.text.clone(),
            value: plain_value(mention),
            unit: mention.unit.name().to_owned(),
            period: period(mention, view.language),
            place: place(mention),
            role: role(mention, view.language).map(str::to_owned),
            section: section(view, mention),
            range: view.range(reading.draft.source_range(&mention.place)),
            conflict: figures.is_contradicted(index),
            text: reading.draft.quote(&mention.place).to_owned(),
        }
    };
    order.into_iter().map(row).collect()
}

/// The mention at a position.
pub fn at(view: &View, position: Position) -> Option<usize> {
    let reading = view.snapshot.reading();
    let at = view.positions().byte(position);
    let mentions = &reading.models.figures.mentions;
    mentions.iter().position(|mention| {
        let range = reading.draft.source_range(&mention.place);
        range.start <= at && at <= range.end
    })
}

/// Bytes of the draft of all mentions of the fact at a position, the first of the text first.
pub fn mentions_at(view: &View, position: Position) -> Option<Vec<std::ops::Range<usize>>> {
    let reading = view.snapshot.reading();
    let figures = &reading.models.figures;
    let mentions = figures.same_fact(at(view, position)?);
    Some(
        mentions
            .into_iter()
            .map(|index| reading.draft.source_range(&figures.mentions[index].place))
            .collect(),
    )
}

pub fn plain_value(mention: &Mention) -> String {
    let text = mention.value.to_string();
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

/// The innermost heading or item that a mention stands under.
pub fn section(view: &View, mention: &Mention) -> Option<String> {
    let reading = view.snapshot.reading();
    let node = reading.models.numbering.section(mention.place.block)?;
    let label = node.marker.as_ref().map_or("", |_| reading.draft.quote(&node.place).trim());
    Some(format!("{label}{}", reading.draft.quote(&node.title)))
}

pub fn place(mention: &Mention) -> Option<String> {
    match &mention.body {
        Body::Own => None,
        Body::Other(name) => Some(name.clone()),
    }
}

pub fn role(mention: &Mention, language: Language) -> Option<&'static str> {
    if mention.planned {
        return Some(language.pick("计划数", "planned"));
    }
    Some(match mention.role {
        Role::Level if mention.whole => language.pick("总数", "total"),
        Role::Level => return None,
        Role::Part => language.pick("其中之一", "part"),
        Role::Base => language.pick("原来的数", "starting value"),
        Role::Change => language.pick("增减数", "change"),
        Role::Average => language.pick("平均数", "average"),
        Role::Share => language.pick("比重", "share"),
        Role::Comparison => language.pick("比较数", "comparison"),
        Role::Rank => language.pick("位次", "rank"),
    })
}

pub fn period(mention: &Mention, language: Language) -> Option<String> {
    let Period { year, part } = mention.period?;
    let year = match year {
        Year::Unsaid => String::new(),
        Year::Number(year) => format!("{year}{}", language.pick("年", "")),
        Year::FromNow(0) => language.pick("今年", "this year").to_owned(),
        Year::FromNow(-1) => language.pick("去年", "last year").to_owned(),
        Year::FromNow(1) => language.pick("明年", "next year").to_owned(),
        Year::FromNow(years) => language
            .pick("另一年", if years < 0 { "an earlier year" } else { "a later year" })
            .to_owned(),
        Year::Several(_) => language.pick("一段时期", "several years").to_owned(),
    };
    let part = match (part, language) {
        (Part::Whole, _) => String::new(),
        (Part::Months(from, to), Language::Chinese) if from == to => format!("{from}月"),
        (Part::Months(from, to), Language::Chinese) => format!("{from}—{to}月"),
        (Part::Months(from, to), Language::English) if from == to => format!(" month {from}"),
        (Part::Months(from, to), Language::English) => format!(" months {from}–{to}"),
    };
    let whole = format!("{year}{part}").trim().to_owned();
    (!whole.is_empty()).then_some(whole)
}
