//! `textDocument/hover`: what stands under the pointer.

use tower_lsp::ls_types::*;

use super::view::View;
use crate::facts::marker::LAST;
use crate::finding::Bilingual;
use crate::model::numbering::run::Verdict;
use crate::model::numbering::{List, Node};

pub fn hover(view: &View, position: Position) -> Option<Hover> {
    let at = view.positions().byte(position);
    on_marker(view, at)
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
    let text = view.say(&place_in_list(view, node, numbering.lists().get(list)?, index)).to_owned();
    Some(self::text(view, text, range))
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
