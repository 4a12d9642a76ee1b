//! The sections of a draft as a tree.

use serde_json::{Value, json};

use crate::draft::Draft;
use crate::model::numbering::{Node, Numbering};
use crate::text::Unit;

/// The longest title that is shown, in characters; an item that begins a paragraph has its first sentence for a title.
const LONGEST_TITLE: usize = 40;

/// One section a line, two spaces for each level.
pub fn text(draft: &Draft, numbering: &Numbering) -> String {
    let mut out = String::new();
    for node in numbering.nodes().iter().filter(|node| node.is_section()) {
        out.push_str(&"  ".repeat(node.level));
        out.push_str(&label(draft, node));
        if node.marker.is_some() && node.place.end < node.title.start {
            out.push(' ');
        }
        out.push_str(&title(draft, node));
        out.push('\n');
    }
    out
}

/// The sections as nested objects. Lines and columns count from one, bytes from zero; a range covers the section to its end.
pub fn json(draft: &Draft, numbering: &Numbering) -> Value {
    let mut roots: Vec<Value> = Vec::new();
    let mut path: Vec<Value> = Vec::new();
    for node in numbering.nodes().iter().filter(|node| node.is_section()) {
        fold(&mut path, &mut roots, node.level);
        path.push(element(draft, node));
    }
    fold(&mut path, &mut roots, 0);
    Value::Array(roots)
}

/// Puts finished sections into their parents until `level` are open.
fn fold(path: &mut Vec<Value>, roots: &mut Vec<Value>, level: usize) {
    while path.len() > level {
        let Some(finished) = path.pop() else { return };
        match path.last_mut().and_then(|parent| parent["children"].as_array_mut()) {
            Some(children) => children.push(finished),
            None => roots.push(finished),
        }
    }
}

fn element(draft: &Draft, node: &Node) -> Value {
    let start = draft.source_range(&node.place).start;
    let end = node
        .blocks
        .end
        .checked_sub(1)
        .and_then(|last| draft.pieces().get(last))
        .map_or(start, |piece| piece.block().range.end);
    json!({
        "title": title(draft, node),
        "marker": node.marker.as_ref().map(|_| label(draft, node)),
        "level": node.level,
        "start": place(draft, start),
        "end": place(draft, end.max(start)),
        "children": [],
    })
}

fn place(draft: &Draft, byte: usize) -> Value {
    let at = draft.text().position(byte, Unit::Scalar);
    json!({"line": at.line + 1, "column": at.column + 1, "byte": byte})
}

/// The label as it stands, or nothing for a heading without one.
fn label(draft: &Draft, node: &Node) -> String {
    let Some(_) = node.marker else { return String::new() };
    draft.quote(&node.place).trim().to_owned()
}

fn title(draft: &Draft, node: &Node) -> String {
    let title = draft.quote(&node.title);
    match title.char_indices().nth(LONGEST_TITLE) {
        Some((end, _)) => format!("{}…", &title[..end]),
        None => title.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    const DRAFT: &str = "# 总结\n\n## 一、回顾\n\n1. 抓早\n2. 抓小\n\n## 二、打算\n\n再增收。\n";

    #[test]
    fn sections_are_indented() {
        let draft = Draft::new(DRAFT, Format::Markdown);
        let numbering = Numbering::build(&draft);
        assert_eq!(text(&draft, &numbering), "总结\n  一、回顾\n    1. 抓早\n    2. 抓小\n  二、打算\n");
    }

    #[test]
    fn sections_are_nested() {
        let draft = Draft::new(DRAFT, Format::Markdown);
        let tree = json(&draft, &Numbering::build(&draft));
        let sections = &tree[0]["children"];
        assert_eq!(sections[0]["title"], "回顾");
        assert_eq!(sections[0]["marker"], "一、");
        assert_eq!(sections[0]["children"][1]["title"], "抓小");
        assert_eq!(sections[1]["start"]["line"], 8);
        assert_eq!(sections[1]["end"]["byte"], DRAFT.trim_end().len());
        assert_eq!(tree.as_array().map(Vec::len), Some(1));
    }
}
