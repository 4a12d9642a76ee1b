//! `textDocument/completion`: the next label, at the start of a line or of a clause.

use tower_lsp::ls_types::*;

use super::view::View;
use crate::draft::{Draft, Place};
use crate::facts::marker::LAST;
use crate::model::numbering::{List, Node, Numbering};

/// The most lists that are offered to go on.
const MOST: usize = 5;

pub fn items(view: &View, position: Position) -> Vec<CompletionItem> {
    let reading = view.snapshot.reading();
    let (draft, numbering) = (&reading.draft, &reading.models.numbering);
    let at = view.byte(position);
    let Some(start) = Start::before(view, at) else {
        return Vec::new();
    };
    let mut items: Vec<CompletionItem> = Vec::new();
    for last in going_on(draft, numbering, start.byte) {
        let Some(label) = next_label(draft, numbering, last) else {
            continue;
        };
        let is_spoken = last.marker.as_ref().is_some_and(|marker| marker.reading.style.shape.is_spoken());
        if (!start.is_line && !is_spoken) || items.iter().any(|item| item.label == label) {
            continue;
        }
        items.push(CompletionItem {
            label: label.clone(),
            kind: Some(CompletionItemKind::ENUM_MEMBER),
            detail: Some(format!("{}{}", draft.quote(&last.place).trim(), cut(draft.quote(&last.title)))),
            sort_text: Some(format!("{:02}", items.len())),
            filter_text: Some(label.clone()),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(view.range(start.byte..at), label))),
            ..CompletionItem::default()
        });
        if items.len() == MOST {
            break;
        }
    }
    items
}

/// Where a label that is being typed begins.
struct Start {
    byte: usize,
    /// Whether that is the start of a line rather than of a clause.
    is_line: bool,
}

impl Start {
    /// The start of the line or clause that holds `at`, if there is at most the beginning of a label between.
    fn before(view: &View, at: usize) -> Option<Start> {
        const LONGEST_LABEL: usize = 8;
        let text = view.text();
        let line = text.line_range(text.line_at(at));
        let before = text.slice(line.start..at);
        let typed = |rest: &str| rest.chars().count() <= LONGEST_LABEL && !rest.contains(['。', '；', ';', '：', ':']);
        let indent = before.len()
            - before
                .trim_start_matches(|char: char| char.is_whitespace() || "#>-*".contains(char))
                .len();
        if typed(&before[indent..]) && is_label_like(&before[indent..]) {
            return Some(Start {
                byte: line.start + indent,
                is_line: true,
            });
        }
        let (mark, char) = before
            .char_indices()
            .rev()
            .find(|(_, char)| matches!(char, '。' | '；' | ';' | '：' | ':'))?;
        let rest = &before[mark + char.len_utf8()..];
        let blank = rest.len() - rest.trim_start().len();
        (typed(rest) && is_label_like(rest.trim_start())).then_some(Start {
            byte: line.start + mark + char.len_utf8() + blank,
            is_line: false,
        })
    }
}

/// Whether the text may be the beginning of a label: numerals and the marks around them, or nothing.
fn is_label_like(text: &str) -> bool {
    text.chars()
        .all(|char| char.is_ascii_alphanumeric() || "一二三四五六七八九十百零〇第其首再次最后（(）)、．.是要图表附件".contains(char))
}

/// The last items before a place of the lists that may go on there: the innermost first, then those it stands in.
fn going_on<'a>(draft: &'a Draft, numbering: &'a Numbering, at: usize) -> impl Iterator<Item = &'a Node> {
    let nodes = numbering.nodes();
    let before = nodes.partition_point(|node| draft.source_range(&node.place).start < at);
    let last = before.checked_sub(1).map(|last| &nodes[last]);
    std::iter::successors(last, |node| node.parent.map(|parent| &nodes[parent]))
}

/// The label after an item's, written as that one is.
fn next_label(draft: &Draft, numbering: &Numbering, node: &Node) -> Option<String> {
    let (list, index) = node.item?;
    let marker = node.marker.as_ref()?;
    let list: &List = &numbering.lists()[list];
    if marker.reading.number == LAST || list.items.get(index).is_none() || marker.reading.numeral.is_empty() {
        return None;
    }
    let label = draft.quote(&node.place);
    let numeral = Place::new(node.place.block, marker.reading.numeral.clone());
    let written = marker.reading.style.script.write(marker.reading.number + 1, draft.quote(&numeral))?;
    let start = numeral.start.checked_sub(node.place.start)?;
    let end = numeral.end.checked_sub(node.place.start)?;
    Some(format!("{}{written}{}", label.get(..start)?, label.get(end..)?))
}

fn cut(title: &str) -> &str {
    const LONGEST: usize = 16;
    title.char_indices().nth(LONGEST).map_or(title, |(end, _)| &title[..end])
}
