//! The draft as a page to read, with the findings marked where they stand.

use std::fmt::Write as _;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::escape;
use super::marks::{self, Segment, Span};
use crate::draft::{Draft, Piece};
use crate::finding::{Finding, Language, Severity};
use crate::model::outline::{Entry, Kind as EntryKind};
use crate::source::block::{Cell, Kind};
use crate::source::prose::OBJECT;
use crate::text::Unit;

/// Blocks that a browser lays out together, once they come into view.
const CHUNK: usize = 40;

/// What stands for an image, code or an address is shown up to this many bytes.
const LONGEST_OBJECT: usize = 300;

/// A draft laid out, and where its findings went.
pub(super) struct Paper {
    pub html: String,
    /// The spans of the findings, see [`marks::spans`].
    pub spans: Vec<Span>,
    /// Where each finding, and each of the places it is related to, begins.
    pub beginnings: FxHashMap<(usize, Option<usize>), Beginning>,
}

/// Where the place of a finding begins.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beginning {
    /// The number of its first mark, from one.
    pub mark: usize,
    /// Its first span, an index into [`Paper::spans`].
    pub span: usize,
}

/// Lays a draft out. `id` begins every anchor.
pub(super) fn lay_out(draft: &Draft, findings: &[Finding], outline: &[Entry], id: &str, language: Language) -> Paper {
    let mut writer = Writer {
        draft,
        findings,
        levels: levels(draft, outline),
        id,
        language,
        mark: 0,
        paper: Paper {
            html: String::new(),
            spans: marks::spans(draft, findings),
            beginnings: FxHashMap::default(),
        },
    };
    writer.blocks();
    writer.paper
}

/// The block at which an entry of the outline begins.
pub(super) fn block_of(draft: &Draft, entry: &Entry) -> usize {
    draft.pieces().partition_point(|piece| piece.block().range.end <= entry.range.start)
}

/// The level of each block that is a heading, from 0 for the title of the draft.
fn levels(draft: &Draft, outline: &[Entry]) -> FxHashMap<usize, usize> {
    let mut levels = FxHashMap::default();
    let has_title = has_title(draft);
    if has_title {
        levels.insert(0, 0);
    }
    // The title of a Markdown draft holds all other headings; that of plain text stands beside them.
    let title_is_root = has_title && matches!(outline, [only] if block_of(draft, only) == 0);
    let mut open: Vec<(&Entry, usize)> = outline.iter().rev().map(|entry| (entry, usize::from(!title_is_root))).collect();
    while let Some((entry, level)) = open.pop() {
        let block = block_of(draft, entry);
        if entry.kind == EntryKind::Section && draft.pieces().get(block).is_some_and(|piece| is_whole_block(piece, entry)) {
            levels.entry(block).or_insert(level);
        }
        open.extend(entry.children.iter().rev().map(|child| (child, level + 1)));
    }
    levels
}

/// Whether the first block is a title: a heading of the highest level, or a short line that is no sentence.
fn has_title(draft: &Draft) -> bool {
    const LONGEST_TITLE: usize = 50;
    let Some(first) = draft.pieces().first() else { return false };
    let prose = first.prose().trim_end();
    match first.block().kind {
        Kind::Heading(level) => level == 1,
        Kind::Paragraph => {
            let is_label = first.facts().markers.first().is_some_and(|marker| marker.opens);
            !is_label && prose.chars().count() <= LONGEST_TITLE && !prose.ends_with(['。', '；', '：', '，', '！', '.', ';', ':', ','])
        }
        Kind::Item(_) | Kind::Cell(_) => false,
    }
}

/// Whether an entry's title is all that its block says.
fn is_whole_block(piece: &Piece, entry: &Entry) -> bool {
    let block = piece.block();
    if matches!(block.kind, Kind::Heading(_)) {
        return true;
    }
    let title_end = block.prose.offset_of(entry.title.end.saturating_sub(block.range.start));
    let rest = piece.prose().get(title_end..).unwrap_or_default();
    !block.is_cell() && entry.range.start == block.range.start && rest.chars().all(|char| char.is_whitespace())
}

struct Writer<'a> {
    draft: &'a Draft,
    findings: &'a [Finding],
    levels: FxHashMap<usize, usize>,
    id: &'a str,
    language: Language,
    /// How many marks were written.
    mark: usize,
    paper: Paper,
}

impl Writer<'_> {
    fn blocks(&mut self) {
        let pieces = self.draft.pieces();
        let mut index = 0;
        while index < pieces.len() {
            self.paper.html.push_str("<div class=\"chunk\">\n");
            let until = index + CHUNK;
            while index < pieces.len().min(until) {
                index = match &pieces[index].block().kind {
                    Kind::Cell(cell) => self.table(index, cell.table),
                    _ => {
                        self.block(index);
                        index + 1
                    }
                };
            }
            self.paper.html.push_str("</div>\n");
        }
    }

    fn block(&mut self, index: usize) {
        let (tag, class) = match (self.levels.get(&index), &self.draft.pieces()[index].block().kind) {
            (Some(0), _) => ("h2", "title".to_owned()),
            (Some(&level), _) => (heading_tag(level), format!("l{}", level.min(4))),
            (None, Kind::Heading(level)) => (heading_tag(usize::from(*level)), "l4".to_owned()),
            (None, Kind::Item(item)) => {
                let bullet = if item.shown.is_none() { " bullet" } else { "" };
                ("p", format!("item d{}{bullet}", item.depth.min(5)))
            }
            _ => ("p", String::new()),
        };
        let _ = write!(self.paper.html, "<{tag} id=\"{}-b{index}\" data-line=\"{}\"", self.id, self.line(index));
        if !class.is_empty() {
            let _ = write!(self.paper.html, " class=\"{class}\"");
        }
        self.paper.html.push_str(" dir=\"auto\">");
        self.prose(index);
        let _ = writeln!(self.paper.html, "</{tag}>");
    }

    /// The line of the draft on which a block begins, or the paragraph of a Word document, counted from one.
    fn line(&self, index: usize) -> usize {
        let start = self.draft.pieces()[index].block().source_range(0..0).start;
        if let Some(paragraph) = self.draft.layout().and_then(|layout| layout.paragraph_at(start)) {
            return paragraph.number;
        }
        self.draft.text().position(start, Unit::Byte).line + 1
    }

    /// Writes the table that begins at a block, and returns the block after it.
    fn table(&mut self, first: usize, table: u32) -> usize {
        let _ = write!(
            self.paper.html,
            "<div class=\"table\" id=\"{}-b{first}\" data-line=\"{}\"><table>",
            self.id,
            self.line(first)
        );
        let mut row = None;
        let mut column = 0;
        let mut index = first;
        while let Some(cell) = cell_of(self.draft, index).filter(|cell| cell.table == table) {
            if row != Some(cell.row) {
                self.paper.html.push_str(if row.is_some() { "</tr>\n<tr>" } else { "\n<tr>" });
                row = Some(cell.row);
                column = 0;
            }
            match cell.column.saturating_sub(column) {
                0 => {}
                1 => self.paper.html.push_str("<td></td>"),
                missing => {
                    let _ = write!(self.paper.html, "<td colspan=\"{missing}\"></td>");
                }
            }
            column = cell.column.saturating_add(1);
            let tag = if cell.row == 0 { "th" } else { "td" };
            let _ = write!(self.paper.html, "<{tag} dir=\"auto\">");
            self.prose(index);
            let _ = write!(self.paper.html, "</{tag}>");
            index += 1;
        }
        self.paper.html.push_str("</tr>\n</table></div>\n");
        index
    }

    /// The prose of a block with its marks.
    fn prose(&mut self, block: usize) {
        let spans = &self.paper.spans;
        let range = spans.partition_point(|span| span.block < block)..spans.partition_point(|span| span.block <= block);
        let length = self.draft.pieces()[block].prose().len();
        for segment in marks::segments(length, &spans[range.clone()]) {
            if segment.spans.is_empty() {
                self.text(block, segment.range);
            } else {
                self.mark(block, &range, &segment);
            }
        }
    }

    fn mark(&mut self, block: usize, spans: &Range<usize>, segment: &Segment) {
        self.mark += 1;
        let mut own: Vec<usize> = Vec::new();
        let mut others: Vec<usize> = Vec::new();
        let mut ending: Vec<usize> = Vec::new();
        for index in segment.spans.iter().map(|span| spans.start + span) {
            let span = &self.paper.spans[index];
            let beginning = Beginning {
                mark: self.mark,
                span: index,
            };
            self.paper.beginnings.entry((span.finding, span.related)).or_insert(beginning);
            match span.related {
                None => own.push(span.finding),
                Some(_) => others.push(span.finding),
            }
            if span.related.is_none() && span.is_last && span.range.end == segment.range.end {
                ending.push(span.finding);
            }
        }
        let gravest = own.iter().map(|&finding| self.findings[finding].severity).max();
        let class = gravest.map_or("other", Severity::name);
        let _ = write!(self.paper.html, "<mark id=\"{}-m{}\" class=\"{class}", self.id, self.mark);
        if segment.range.is_empty() {
            self.paper.html.push_str(" point");
        }
        self.paper.html.push('"');
        for (name, findings) in [("finding", own), ("other", others), ("note", ending)] {
            if !findings.is_empty() {
                let _ = write!(self.paper.html, " data-{name}=\"{}\"", numbers(findings));
            }
        }
        self.paper.html.push('>');
        self.text(block, segment.range.clone());
        self.paper.html.push_str("</mark>");
    }

    fn text(&mut self, block: usize, range: Range<usize>) {
        let piece = &self.draft.pieces()[block];
        let mut at = range.start;
        let text = &piece.prose()[range];
        for part in text.split_inclusive(OBJECT) {
            match part.strip_suffix(OBJECT) {
                Some(before) => {
                    escape::push(&mut self.paper.html, before);
                    let object = at + before.len()..at + part.len();
                    let source = self.draft.text().slice(piece.block().source_range(object));
                    write_object(&mut self.paper.html, &source, self.language);
                }
                None => escape::push(&mut self.paper.html, part),
            }
            at += part.len();
        }
    }
}

fn cell_of(draft: &Draft, block: usize) -> Option<&Cell> {
    match &draft.pieces().get(block)?.block().kind {
        Kind::Cell(cell) => Some(cell),
        _ => None,
    }
}

/// Counted from one, parted by blanks.
fn numbers(mut findings: Vec<usize>) -> String {
    findings.sort_unstable();
    findings.dedup();
    findings.iter().map(|finding| (finding + 1).to_string()).collect::<Vec<_>>().join(" ")
}

/// The name of the draft takes the first level of the page, its title the second.
fn heading_tag(level: usize) -> &'static str {
    match level {
        0 | 1 => "h3",
        2 => "h4",
        3 => "h5",
        _ => "h6",
    }
}

/// Shows code and addresses as they stand in the draft, and a word in the place of an image.
fn write_object(out: &mut String, source: &str, language: Language) {
    if source.starts_with(['<', '!', '\u{FFFC}']) || source.len() > LONGEST_OBJECT {
        let _ = write!(out, "<span class=\"object\">{}</span>", language.pick("〔图〕", "[image]"));
        return;
    }
    out.push_str("<code>");
    escape::push(out, source.trim_matches('`'));
    out.push_str("</code>");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Bilingual;
    use crate::model::numbering::Numbering;
    use crate::model::outline::outline;
    use crate::source::Format;

    fn laid_out(text: &str, format: Format, findings: &[Finding]) -> String {
        let draft = Draft::new(text, format);
        let entries = outline(&draft, &Numbering::build(&draft));
        lay_out(&draft, findings, &entries, "d1", Language::Chinese).html
    }

    #[test]
    fn headings_items_and_tables_keep_their_form() {
        let text = "# 总结\n\n## 一、回顾\n\n正文。\n\n- 抓早\n\n| 县 | 产量 |\n|---|---|\n| 甲 | 5 |\n";
        let html = laid_out(text, Format::Markdown, &[]);
        for expected in [
            "<h2 id=\"d1-b0\" data-line=\"1\" class=\"title\" dir=\"auto\">总结</h2>",
            "<h3 id=\"d1-b1\" data-line=\"3\" class=\"l1\" dir=\"auto\">一、回顾</h3>",
            "<p id=\"d1-b2\" data-line=\"5\" dir=\"auto\">正文。</p>",
            "class=\"item d0 bullet\" dir=\"auto\">抓早</p>",
            "<tr><th dir=\"auto\">县</th><th dir=\"auto\">产量</th></tr>",
            "<td dir=\"auto\">甲</td><td dir=\"auto\">5</td>",
        ] {
            assert!(html.contains(expected), "{expected}\n{html}");
        }
    }

    #[test]
    fn headings_of_plain_text_are_told_by_their_labels() {
        let html = laid_out("某县工作总结\n一、回顾\n（一）农业\n全年增产。\n", Format::Plain, &[]);
        for expected in [
            "class=\"title\" dir=\"auto\">某县",
            "class=\"l1\" dir=\"auto\">一、",
            "class=\"l2\" dir=\"auto\">（一）",
        ] {
            assert!(html.contains(expected), "{expected}\n{html}");
        }
    }

    #[test]
    fn findings_are_marked_with_their_numbers_and_gravest_severity() {
        let text = "甲乙丙丁。";
        let at = |severity, range| Finding::new("stray/space", severity, range, Bilingual::fixed("", ""));
        let findings = [
            at(Severity::Info, 3..9).related(9..12, Bilingual::fixed("", "")),
            at(Severity::Error, 6..9),
            at(Severity::Hint, 15..15),
        ];
        let html = laid_out(text, Format::Plain, &findings);
        let expected = "甲<mark id=\"d1-m1\" class=\"info\" data-finding=\"1\">乙</mark>\
            <mark id=\"d1-m2\" class=\"error\" data-finding=\"1 2\" data-note=\"1 2\">丙</mark>\
            <mark id=\"d1-m3\" class=\"other\" data-other=\"1\">丁</mark>。\
            <mark id=\"d1-m4\" class=\"hint point\" data-finding=\"3\" data-note=\"3\"></mark>";
        assert!(html.contains(expected), "{html}");
    }

    #[test]
    fn objects_are_shown_as_text() {
        let html = laid_out("见`<b>`和![图](a.png)，网址https://a.example/?x=<1。\n", Format::Markdown, &[]);
        assert!(html.contains("<code>&lt;b&gt;</code>") && html.contains("〔图〕"), "{html}");
        assert!(html.contains("<code>https://a.example"), "{html}");
    }
}
