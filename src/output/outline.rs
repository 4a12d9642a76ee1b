//! The outline of a draft as an indented text or as nested objects.

use serde_json::{Value, json};

use crate::draft::Draft;
use crate::model::outline::{Entry, Kind};
use crate::text::Unit;

/// One section or item a line, two spaces for each level.
pub fn text(entries: &[Entry]) -> String {
    let mut out = String::new();
    write_lines(entries, 0, &mut out);
    out
}

fn write_lines(entries: &[Entry], level: usize, out: &mut String) {
    for entry in entries {
        out.push_str(&"  ".repeat(level));
        out.push_str(&entry.name);
        out.push('\n');
        write_lines(&entry.children, level + 1, out);
    }
}

/// The sections as nested objects. Lines and columns count from one, bytes from zero; a range covers the section to its end.
pub fn json(draft: &Draft, entries: &[Entry]) -> Value {
    entries.iter().map(|entry| element(draft, entry)).collect()
}

fn element(draft: &Draft, entry: &Entry) -> Value {
    json!({
        "title": entry.name,
        "kind": kind(entry.kind),
        "start": place(draft, entry.range.start),
        "end": place(draft, entry.range.end),
        "children": json(draft, &entry.children),
    })
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Section => "section",
        Kind::Item => "item",
        Kind::Table => "table",
        Kind::Figure => "figure",
        Kind::Annex => "annex",
    }
}

fn place(draft: &Draft, byte: usize) -> Value {
    let at = draft.text().position(byte, Unit::Scalar);
    json!({"line": at.line + 1, "column": at.column + 1, "byte": byte})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::numbering::Numbering;
    use crate::model::outline::outline;
    use crate::source::Format;

    const DRAFT: &str = "# 总结\n\n## 一、回顾\n\n1. 抓早\n2. 抓小\n\n## 二、打算\n\n一是增收。二是节支。\n";

    fn drafted() -> (Draft, Vec<Entry>) {
        let draft = Draft::new(DRAFT, Format::Markdown);
        let entries = outline(&draft, &Numbering::build(&draft));
        (draft, entries)
    }

    #[test]
    fn sections_and_items_are_indented() {
        let (_, entries) = drafted();
        let expected = "总结\n  一、回顾\n    1.抓早\n    2.抓小\n  二、打算\n    一是增收\n    二是节支\n";
        assert_eq!(text(&entries), expected);
    }

    #[test]
    fn sections_are_nested() {
        let (draft, entries) = drafted();
        let tree = json(&draft, &entries);
        let sections = &tree[0]["children"];
        assert_eq!(sections[0]["title"], "一、回顾");
        assert_eq!(sections[1]["start"]["line"], 8);
        assert_eq!(sections[1]["children"][1]["kind"], "item");
        assert_eq!(sections[1]["end"]["byte"], DRAFT.trim_end().len());
        assert_eq!(tree.as_array().map(Vec::len), Some(1));
    }
}
