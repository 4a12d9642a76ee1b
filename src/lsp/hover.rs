//! `textDocument/hover`: what stands under the pointer.

use tower_lsp::ls_types::*;

use super::view::View;
use super::{figures, references};
use crate::facts::marker::LAST;
use crate::finding::Bilingual;
use crate::model::figures::{describe, score};
use crate::model::numbering::run::Verdict;
use crate::model::numbering::{List, Node};

pub fn hover(view: &View, position: Position) -> Option<Hover> {
    let at = view.byte(position);
    on_marker(view, at)
        .or_else(|| on_reference(view, position))
        .or_else(|| on_figure(view, position))
}

/// What a reference leads to.
fn on_reference(view: &View, position: Position) -> Option<Hover> {
    let reading = view.snapshot.reading();
    let (range, part) = references::reference_and_part(view, position)?;
    let title = reading
        .models
        .numbering
        .nodes()
        .iter()
        .find(|node| node.place == part)
        .map(|node| &node.title);
    let line = view.line(reading.draft.source_range(&part).start) + 1;
    let label = reading.draft.quote(&part).trim();
    let title = title.map_or("", |title| reading.draft.quote(title));
    let message = Bilingual::new(format!("第{line}行：{label} {title}"), format!("Line {line}: {label} {title}"));
    Some(text(view, view.say(&message).trim_end().to_owned(), range))
}

/// What a figure was read as, and where else the fact is stated.
fn on_figure(view: &View, position: Position) -> Option<Hover> {
    let older = view.for_figures(position);
    let view = older.as_ref().unwrap_or(view);
    let index = figures::at(view, position)?;
    let reading = view.snapshot.reading();
    let mention = &reading.models.figures.mentions[index];
    let unit = mention.unit.name();
    let heading = match mention.name.text.as_str() {
        "" => format!("{}{unit}", describe::plain_value(mention)),
        subject => format!("{subject}：{}{unit}", describe::plain_value(mention)),
    };
    let language = view.language;
    let read_as = [
        describe::period(mention, language),
        describe::place(mention),
        describe::role(mention, language).map(str::to_owned),
        describe::exactness(mention, language).map(str::to_owned),
    ];
    let read_as: Vec<String> = read_as.into_iter().flatten().collect();
    let mut lines = vec![heading];
    if !read_as.is_empty() {
        lines.push(read_as.join(language.pick("，", ", ")));
    }
    lines.extend(contradiction(view, index));
    let others: Vec<usize> = reading
        .models
        .figures
        .same_fact(index)
        .into_iter()
        .filter(|other| *other != index)
        .collect();
    if !others.is_empty() {
        lines.push(language.pick("同一事项还出现在：", "Also stated:").to_owned());
    }
    lines.extend(others.into_iter().map(|other| elsewhere(view, other)));
    Some(text(view, lines.join("\n"), reading.draft.source_range(&mention.place)))
}

/// Why a figure is held to contradict others, if it is.
fn contradiction(view: &View, index: usize) -> Option<String> {
    let figures = &view.snapshot.reading().models.figures;
    let conflict = figures
        .conflicts
        .iter()
        .find(|conflict| conflict.odd == index || conflict.others.contains(&index))?;
    let language = view.language;
    let reasons = score::reasons(&conflict.features, language).join(language.pick("，", "; "));
    Some(format!("{}{reasons}", language.pick("前后不一致：", "Contradicted elsewhere: ")))
}

fn elsewhere(view: &View, index: usize) -> String {
    let reading = view.snapshot.reading();
    let mention = &reading.models.figures.mentions[index];
    let line = view.line(reading.draft.source_range(&mention.place).start) + 1;
    let section = figures::section(view, mention)
        .map(|section| format!("（{section}）"))
        .unwrap_or_default();
    let written = reading.draft.quote(&mention.place);
    let message = Bilingual::new(format!("第{line}行{section} {written}"), format!("line {line}{section} {written}"));
    view.say(&message).to_owned()
}

/// Where an item stands in its list.
fn on_marker(view: &View, at: usize) -> Option<Hover> {
    let reading = view.snapshot.reading();
    let numbering = &reading.models.numbering;
    let nodes = numbering.nodes();
    let after = nodes.partition_point(|node| reading.draft.source_range(&node.place).start <= at);
    let node = &nodes[after.checked_sub(1)?];
    let range = reading.draft.source_range(&node.place);
    if at >= range.end {
        return None;
    }
    let (list, index) = node.item?;
    let mut words = view.say(&place_in_list(view, node, numbering.lists().get(list)?, index)).to_owned();
    if let Some(miscount) = numbering.miscounts().iter().find(|miscount| miscount.list == list) {
        let announced = reading.draft.quote(&miscount.place);
        let message = Bilingual::new(format!("；前文称“{announced}”"), format!("; announced as “{announced}”"));
        words.push_str(view.say(&message));
    }
    Some(text(view, words, range))
}

fn place_in_list(view: &View, node: &Node, list: &List, index: usize) -> Bilingual {
    let is_item = |index: &usize| list.verdicts.get(*index) != Some(&Verdict::Foreign);
    let place = (0..index).filter(is_item).count() + 1;
    let total = (0..list.items.len()).filter(is_item).count();
    let number = node.marker.as_ref().map(|marker| marker.reading.number).filter(|number| *number != LAST);
    let differs = number.is_some_and(|number| number as usize != place);
    let label = view.snapshot.reading().draft.quote(&node.place).trim();
    let mut message = Bilingual::new(format!("第{place}项，共{total}项"), format!("Item {place} of {total}"));
    if differs {
        message = Bilingual::new(format!("{}；写作“{label}”", message.zh), format!("{}, written “{label}”", message.en));
    }
    message
}

fn text(view: &View, value: String, range: std::ops::Range<usize>) -> Hover {
    Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind: MarkupKind::PlainText,
            value,
        }),
        range: Some(view.range(range)),
    }
}
