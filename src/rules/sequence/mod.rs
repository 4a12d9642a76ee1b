//! Numbering that does not run, or does not agree with what is said of it.

pub mod count;
pub mod gap;
pub mod mixed;
pub mod order;
pub mod reference;
pub mod repeat;

use crate::facts::marker::LAST;
use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::model::numbering::run::Verdict;
use crate::model::numbering::slip::{Confidence, Slip};
use crate::model::numbering::{List, Node};
use crate::rule::Context;
use crate::rules::wording;
use crate::source::block::Kind;

/// The slips of all lists, with the list each is in.
fn slips<'a>(context: &'a Context) -> impl Iterator<Item = (&'a List, &'a Slip)> {
    context
        .models
        .numbering
        .lists()
        .iter()
        .flat_map(|list| list.slips.iter().map(move |slip| (list, slip)))
}

fn severity(confidence: Confidence) -> Severity {
    match confidence {
        Confidence::Certain => Severity::Error,
        Confidence::Likely => Severity::Warning,
        Confidence::Faint => Severity::Info,
    }
}

fn item<'a>(context: &'a Context, list: &List, index: usize) -> &'a Node {
    &context.models.numbering.nodes()[list.items[index]]
}

/// The label as it stands.
fn label<'a>(context: &'a Context, node: &Node) -> &'a str {
    context.quote(&node.place).trim()
}

/// The label with another number, written as this one is.
fn label_with(context: &Context, node: &Node, number: u32) -> String {
    let label = context.quote(&node.place);
    let written = node.marker.as_ref().and_then(|marker| {
        let numeral = marker.reading.numeral.start.checked_sub(node.place.start)?..marker.reading.numeral.end.checked_sub(node.place.start)?;
        let like = label.get(numeral.clone())?;
        let number = marker.reading.style.script.write(number, like)?;
        Some(format!("{}{number}{}", &label[..numeral.start], &label[numeral.end..]))
    });
    written.unwrap_or_else(|| number.to_string()).trim().to_owned()
}

/// The line on which an item stands, in words.
fn line(context: &Context, node: &Node) -> Bilingual {
    context.draft.line_in_words(context.source_range(&node.place).start)
}

/// The beginning of an item's title, quoted, to tell it from the others.
fn title(context: &Context, node: &Node) -> String {
    wording::opening(context.quote(&node.title).chars())
}

/// Numbers the items from `from` on without a break, beginning with `number`. A list so long that nobody could check the change gets none.
fn renumber(context: &Context, list: &List, from: usize, number: u32) -> Option<Fix> {
    const LONGEST: usize = 300;
    if list.items.len() - from > LONGEST {
        return None;
    }
    let mut edits = Vec::new();
    let mut next = number;
    for (index, verdict) in list.verdicts.iter().enumerate().skip(from) {
        let node = item(context, list, index);
        let Some(marker) = node.marker.as_ref().filter(|_| *verdict != Verdict::Foreign) else {
            continue;
        };
        if marker.reading.number == LAST || marker.reading.numeral.is_empty() {
            next += 1;
            continue;
        }
        let numeral = crate::draft::Place::new(node.place.block, marker.reading.numeral.clone());
        let written = context.quote(&numeral);
        let wanted = marker.reading.style.script.write(next, written)?;
        if wanted != written {
            edits.push(Edit::replace(context.source_range(&numeral), wanted));
        }
        next += 1;
    }
    let title = Bilingual::new(
        format!("从“{}”起重新编号", label(context, item(context, list, from))),
        format!("Renumber from “{}” on", label(context, item(context, list, from))),
    );
    (!edits.is_empty()).then(|| Fix::r#unsafe(title, edits))
}

/// Markdown numbers its lists anew when they are shown, which hides the slip from one reader and not from the other.
fn with_markdown_note(context: &Context, node: &Node, finding: Finding) -> Finding {
    let is_item = matches!(context.draft.pieces()[node.place.block].block().kind, Kind::Item(_));
    if !is_item {
        return finding;
    }
    finding.help(Bilingual::fixed(
        "转成网页时，Markdown会给这个列表重新编号，网页上看不出差错，但与稿子里的号不一致，次序也可能不对",
        "Markdown numbers this list anew when it is rendered: the page hides the slip, but its numbers are not those of the source, and the order may not be the intended one",
    ))
}
