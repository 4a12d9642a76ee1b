//! Places in Word documents, told as a person finds them: by the headings above, the paragraph, and the cell of the table.

use std::ops::Range;

use serde_json::{Value, json};

use crate::draft::Draft;
use crate::finding::Language;
use crate::model::numbering::{Node, Numbering};
use crate::source::office::{Layout, Paragraph, Story};
use crate::text::Unit;

/// Tells places of one document.
pub(super) struct Places<'a> {
    draft: &'a Draft,
    layout: &'a Layout,
    numbering: Numbering,
}

impl<'a> Places<'a> {
    /// `None` for drafts that have lines and columns.
    pub(super) fn of(draft: &'a Draft) -> Option<Self> {
        let layout = draft.layout()?;
        let numbering = Numbering::build(draft);
        Some(Places { draft, layout, numbering })
    }

    /// 第7段，“一、回顾 › （二）农业”下，表1第2行第3列
    pub(super) fn in_words(&self, byte: usize, language: Language) -> String {
        if self.layout.paragraphs.is_empty() {
            return language.pick("开头", "at the start").to_owned();
        }
        let mut parts = vec![self.draft.line_in_words(byte).get(language).to_owned()];
        let headings = self.headings(byte);
        if !headings.is_empty() {
            let path = headings.join(" › ");
            parts.push(match language {
                Language::Chinese => format!("“{path}”下"),
                Language::English => format!("under “{path}”"),
            });
        }
        parts.extend(container(self.draft, byte, language));
        parts.join(language.pick("，", ", "))
    }

    /// Where a range stands, for a program.
    pub(super) fn json(&self, range: &Range<usize>) -> Value {
        let paragraph = self.layout.paragraph_at(range.start);
        let cell = paragraph.and_then(cell);
        json!({
            "headings": self.headings(range.start),
            "table": cell.map(|(table, row, column)| json!({"table": table, "row": row, "column": column})),
            "story": paragraph.map(|paragraph| story(paragraph.story)),
            "text": quote(self.draft, range),
        })
    }

    /// The headings that the place stands under, from the outermost inward.
    fn headings(&self, byte: usize) -> Vec<String> {
        let pieces = self.draft.pieces();
        let block = pieces
            .partition_point(|piece| piece.block().range.end <= byte)
            .min(pieces.len().saturating_sub(1));
        let path = self
            .numbering
            .section_path(block)
            .filter(|node| node.is_section() && node.place.block < block);
        let mut path: Vec<String> = path.map(|node| self.heading(node)).collect();
        path.reverse();
        path
    }

    fn heading(&self, node: &Node) -> String {
        const LONGEST: usize = 18;
        let label = node.marker.as_ref().map_or("", |_| self.draft.quote(&node.place).trim());
        cut(&format!("{label}{}", self.draft.quote(&node.title).trim()), LONGEST)
    }
}

/// What the paragraph at a byte stands in, other than the running text: a cell, a note, a text box. Drafts that have lines tell no such thing.
pub(super) fn container(draft: &Draft, byte: usize, language: Language) -> Vec<String> {
    let Some(paragraph) = draft.layout().and_then(|layout| layout.paragraph_at(byte)) else {
        return Vec::new();
    };
    let cell = cell(paragraph).map(|(table, row, column)| match language {
        Language::Chinese => format!("表{table}第{row}行第{column}列"),
        Language::English => format!("table {table} row {row} column {column}"),
    });
    let story = match paragraph.story {
        Story::Body => None,
        Story::Footnote => Some(language.pick("脚注", "footnote")),
        Story::Endnote => Some(language.pick("尾注", "endnote")),
        Story::TextBox => Some(language.pick("文本框", "text box")),
    };
    cell.into_iter().chain(story.map(str::to_owned)).collect()
}

/// The words of a place, marked among those around it: …共访【困难户】2920人…
pub(super) fn quote(draft: &Draft, range: &Range<usize>) -> String {
    const AROUND: usize = 10;
    const LONGEST: usize = 24;
    let text = draft.text();
    let line = text.line_range(text.line_at(range.start));
    let end = range.end.clamp(range.start, line.end);
    let before = text.slice(line.start..range.start);
    let marked = text.slice(range.start..end);
    let after = text.slice(end..line.end);
    let lead: String = match before.char_indices().rev().nth(AROUND) {
        Some((cut, first)) => format!("…{}", &before[cut + first.len_utf8()..]),
        None => before.trim_start().to_owned(),
    };
    format!("{lead}【{}】{}", cut(&marked, LONGEST), cut(&after, AROUND))
}

/// Which paragraph a byte stands in, counted from one, and how many characters of it are before the byte; automatic numbers are not counted, as a
/// program that opens the document does not see them.
pub(super) fn offset(draft: &Draft, layout: &Layout, byte: usize) -> Option<(usize, usize)> {
    let paragraph = layout.paragraph_at(byte)?;
    let start = paragraph.text.start + paragraph.label;
    let end = byte.min(paragraph.text.end).max(start);
    Some((paragraph.number, draft.text().slice(start..end).chars().count()))
}

/// Where a byte stands, to the character, counted from one: 第3行第12字, or 第3段第12字 where the draft shows no lines of ours.
pub(super) fn position(draft: &Draft, byte: usize, language: Language) -> String {
    let line = draft.line_in_words(byte);
    let (column, word) = match draft.layout().and_then(|layout| offset(draft, layout, byte)) {
        Some((_, before)) => (before + 1, "character"),
        None => (draft.text().position(byte, Unit::Scalar).column + 1, "column"),
    };
    match language {
        Language::Chinese => format!("{}第{column}字", line.zh),
        Language::English => format!("{}, {word} {column}", line.en),
    }
}

/// The cell's table, row and column, each counted from one.
fn cell(paragraph: &Paragraph) -> Option<(u32, u32, u32)> {
    let cell = paragraph.cell.as_ref()?;
    Some((cell.table + 1, cell.row + 1, cell.column + 1))
}

fn story(story: Story) -> &'static str {
    match story {
        Story::Body => "body",
        Story::Footnote => "footnote",
        Story::Endnote => "endnote",
        Story::TextBox => "text-box",
    }
}

/// The first characters, and a sign that there are more.
fn cut(text: &str, longest: usize) -> String {
    let text: String = text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect();
    match text.char_indices().nth(longest) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text.trim_end().to_owned(),
    }
}
