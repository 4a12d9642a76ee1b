//! Figures as something to follow: the one under the cursor, the others of its fact, and `jiaogao/figures`, the table of all.

use std::ops::Range;

use serde::Serialize;
use tower_lsp::ls_types::{self as lsp, Position};

use super::view::View;
use crate::draft::Draft;
use crate::facts::figure::Figure;
use crate::model::figures::describe;
use crate::model::figures::mention::Mention;

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
    range: lsp::Range,
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
            value: describe::plain_value(mention),
            unit: mention.unit.name().to_owned(),
            period: describe::period(mention, view.language),
            place: describe::place(mention),
            role: describe::role(mention, view.language).map(str::to_owned),
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
    let at = view.byte(position);
    if !may_be_figure(&reading.draft, at) {
        return None;
    }
    let mentions = &reading.models.figures.mentions;
    mentions.iter().position(|mention| {
        let range = reading.draft.source_range(&mention.place);
        range.start <= at && at <= range.end
    })
}

/// Whether a block states a figure at a byte, so that it is worth while to ask what the whole draft makes of it.
fn may_be_figure(draft: &Draft, at: usize) -> bool {
    let pieces = draft.pieces();
    let first = pieces.partition_point(|piece| piece.block().range.end < at);
    let mut near = pieces[first..].iter().take_while(|piece| piece.block().range.start <= at);
    near.any(|piece| {
        let covers = |figure: &Figure| {
            let range = piece.block().source_range(figure.range.clone());
            range.start <= at && at <= range.end
        };
        piece.block().is_cell() || piece.facts().figures.iter().any(covers)
    })
}

/// Bytes of the client's text of all mentions of the fact at a position, the first of the text first.
pub fn mentions_at(view: &View, position: Position) -> Option<Vec<Range<usize>>> {
    let older = view.for_figures(position);
    let view = older.as_ref().unwrap_or(view);
    let reading = view.snapshot.reading();
    let figures = &reading.models.figures;
    let mentions = figures.same_fact(at(view, position)?);
    let now = |index: usize| view.now(&reading.draft.source_range(&figures.mentions[index].place));
    Some(mentions.into_iter().filter_map(now).collect())
}

/// The innermost heading or item that a mention stands under.
pub fn section(view: &View, mention: &Mention) -> Option<String> {
    let reading = view.snapshot.reading();
    describe::section(&reading.draft, &reading.models.numbering, mention)
}
