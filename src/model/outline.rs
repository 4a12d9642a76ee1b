//! The outline of a draft: its sections, items and captions as a tree of byte ranges that nest.

use std::ops::Range;

use super::numbering::{Node, NodeId, Numbering};
use crate::draft::Draft;
use crate::facts::marker::{Caption, Shape};

/// One section, item or caption.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The label and the title, cut to a length that fits a side bar.
    pub name: String,
    pub kind: Kind,
    /// Bytes of the draft: the whole section up to the next of its level, or the whole item.
    pub range: Range<usize>,
    /// Bytes of the draft: the label and the title.
    pub title: Range<usize>,
    pub children: Vec<Entry>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A heading, or an item that begins a paragraph.
    Section,
    /// An item inside a paragraph, such as 一是.
    Item,
    Table,
    Figure,
    Annex,
}

/// The longest name, in characters.
const LONGEST_NAME: usize = 40;

/// The outline of a draft. Children stand inside their parents, and no entry overlaps the next.
pub fn outline(draft: &Draft, numbering: &Numbering) -> Vec<Entry> {
    let nodes = numbering.nodes();
    let ends = ends(draft, nodes);
    let mut open: Vec<Entry> = Vec::new();
    let mut ids: Vec<NodeId> = Vec::new();
    let mut roots = Vec::new();
    for (id, node) in nodes.iter().enumerate() {
        let parent = parent(nodes, node);
        while ids.last().is_some_and(|&last| parent != Some(last)) {
            ids.pop();
            close(&mut open, &mut roots);
        }
        ids.push(id);
        open.push(entry(draft, node, ends[id]));
    }
    while !open.is_empty() {
        close(&mut open, &mut roots);
    }
    roots
}

/// What a node stands in. The first item of an enumeration that begins a paragraph holds the paragraph, but not the other items.
fn parent(nodes: &[Node], node: &Node) -> Option<NodeId> {
    let list = node.item.map(|(list, _)| list);
    let is_sibling = |id: &NodeId| list.is_some() && nodes[*id].item.map(|(list, _)| list) == list;
    std::iter::successors(node.parent, |&id| nodes[id].parent).find(|id| !is_sibling(id))
}

/// Moves the innermost open entry into its parent, or among the roots.
fn close(open: &mut Vec<Entry>, roots: &mut Vec<Entry>) {
    let Some(entry) = open.pop() else { return };
    let siblings = match open.last_mut() {
        Some(parent) => {
            parent.range.end = parent.range.end.max(entry.range.end);
            &mut parent.children
        }
        None => roots,
    };
    if let Some(before) = siblings.last_mut() {
        trim(before, entry.range.start);
    }
    siblings.push(entry);
}

/// Lets an entry, and what stands in it, end no later than at `end`.
fn trim(entry: &mut Entry, end: usize) {
    let mut entry = Some(entry);
    while let Some(inner) = entry.filter(|entry| entry.range.end > end) {
        inner.range.end = end.max(inner.range.start);
        inner.title.end = inner.title.end.min(inner.range.end);
        entry = inner.children.last_mut();
    }
}

/// Where each node ends by itself. An item inside a paragraph goes on to the next label of its block that does not stand under it.
fn ends(draft: &Draft, nodes: &[Node]) -> Vec<usize> {
    let mut ends = vec![0; nodes.len()];
    // Level and start of the nodes after the present one in its block, the nearest last; those behind one of the same or a higher rank are left
    // out, as no item can reach them.
    let mut followers: Vec<(usize, usize)> = Vec::new();
    for (id, node) in nodes.iter().enumerate().rev() {
        let start = draft.source_range(&node.place).start;
        if nodes.get(id + 1).is_none_or(|next| next.place.block != node.place.block) {
            followers.clear();
        }
        pop_above(&mut followers, node.level);
        let last_block = if node.opens() {
            node.blocks.end.saturating_sub(1).max(node.place.block)
        } else {
            node.place.block
        };
        let block_end = draft.pieces().get(last_block).map_or(start, |piece| piece.block().range.end);
        ends[id] = match followers.last() {
            Some(&(_, next)) if !node.opens() => next,
            _ => block_end,
        };
        if node.level > 0 {
            pop_above(&mut followers, node.level - 1);
        } else {
            followers.clear();
        }
        followers.push((node.level, start));
    }
    ends
}

fn pop_above(followers: &mut Vec<(usize, usize)>, level: usize) {
    while followers.last().is_some_and(|&(other, _)| other > level) {
        followers.pop();
    }
}

fn entry(draft: &Draft, node: &Node, end: usize) -> Entry {
    let place = draft.source_range(&node.place);
    let title = draft.source_range(&node.title);
    let start = if node.opens() {
        draft.pieces()[node.place.block].block().range.start.min(place.start)
    } else {
        place.start
    };
    let end = end.max(title.end).max(place.end);
    Entry {
        name: name(draft, node),
        kind: kind(node),
        range: start..end,
        title: place.start..title.end.max(place.end),
        children: Vec::new(),
    }
}

fn name(draft: &Draft, node: &Node) -> String {
    let label = node.marker.as_ref().map_or("", |_| draft.quote(&node.place).trim());
    let title = draft.quote(&node.title).trim();
    // A label that ends with a letter or a digit, as 第一章 and 图1, needs a gap before the title; 一、 and 一是 do not.
    let is_open = label.ends_with(|char: char| char.is_ascii_alphanumeric() || "章节编篇条款".contains(char));
    let gap = if is_open && !title.is_empty() { " " } else { "" };
    let whole: String = format!("{label}{gap}{title}")
        .chars()
        .map(|char| if char.is_control() { ' ' } else { char })
        .collect();
    if whole.trim().is_empty() {
        return "……".to_owned();
    }
    match whole.char_indices().nth(LONGEST_NAME) {
        Some((cut, _)) => format!("{}…", &whole[..cut]),
        None => whole,
    }
}

fn kind(node: &Node) -> Kind {
    let shape = node.marker.as_ref().map(|marker| marker.reading.style.shape);
    match shape {
        Some(Shape::Caption(Caption::Table | Caption::AnnexTable)) => Kind::Table,
        Some(Shape::Caption(Caption::Figure | Caption::AnnexFigure | Caption::Formula)) => Kind::Figure,
        Some(Shape::Caption(Caption::Annex)) => Kind::Annex,
        _ if node.opens() => Kind::Section,
        _ => Kind::Item,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn entries(text: &str, format: Format) -> Vec<Entry> {
        let draft = Draft::new(text, format);
        let numbering = Numbering::build(&draft);
        let entries = outline(&draft, &numbering);
        assert_nested(&entries, 0..text.len());
        entries
    }

    fn assert_nested(entries: &[Entry], within: Range<usize>) {
        let mut at = within.start;
        for entry in entries {
            assert!(
                entry.range.start >= at && entry.range.end <= within.end,
                "{entry:#?} in {within:?} after {at}"
            );
            assert!(entry.range.start <= entry.title.start && entry.title.end <= entry.range.end, "{entry:#?}");
            assert_nested(&entry.children, entry.range.clone());
            at = entry.range.end;
        }
    }

    fn lines(text: &str, entries: &[Entry], depth: usize, out: &mut Vec<String>) {
        for entry in entries {
            let covered = text[entry.range.clone()].chars().filter(|char| *char != '\n').count();
            out.push(format!("{}{} {covered}", "  ".repeat(depth), entry.name));
            lines(text, &entry.children, depth + 1, out);
        }
    }

    fn shown(text: &str, format: Format) -> Vec<String> {
        let mut out = Vec::new();
        lines(text, &entries(text, format), 0, &mut out);
        out
    }

    #[test]
    fn sections_cover_what_stands_in_them() {
        let text = "一、回顾\n全年增收。\n（一）农业\n增产。\n二、打算\n一是抓早；二是抓小。\n群众满意。\n";
        let expected = ["一、回顾 17", "  （一）农业 8", "二、打算 19", "  一是抓早 5", "  二是抓小 5"];
        assert_eq!(shown(text, Format::Plain), expected);
    }

    #[test]
    fn markdown_headings_cover_their_markup() {
        let text = "# 总结\n\n## 一、回顾\n\n1. 抓早\n2. 抓小\n\n表1 产量\n\n| 县 | 产量 |\n|---|---|\n| 甲 | 5吨 |\n\n## 二、打算\n\n增收。\n";
        let entries = entries(text, Format::Markdown);
        assert_eq!(entries.len(), 1);
        assert!(text[entries[0].range.clone()].starts_with("# 总结"));
        let names: Vec<&str> = entries[0].children.iter().map(|entry| entry.name.as_str()).collect();
        assert_eq!(names, ["一、回顾", "二、打算"]);
    }

    #[test]
    fn long_names_are_cut() {
        let text = format!("一、{}\n", "长".repeat(100));
        assert_eq!(entries(&text, Format::Plain)[0].name.chars().count(), LONGEST_NAME + 1);
    }
}
