//! From what the XML holds to one text with blocks: numbers are counted, notes and text boxes find their place, lines become paragraphs.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::unit::{CellUnit, NoteKind, Paragraph, Unit};
use super::{Document, Span};
use crate::source::block::{Block, Cell, Kind};
use crate::source::prose::Prose;
use crate::source::{finish, plain};

/// The styles and lists of a document, in whatever way its format keeps them.
pub trait StyleSheet {
    /// What the format says of a paragraph besides its text.
    type Properties: Default;

    /// Counts one paragraph on and gives the number that is shown before it, with the space behind it; empty for one without.
    fn next_label(&mut self, properties: &Self::Properties) -> String;

    /// The heading level, 1 to 6, deeper ones counted as 6.
    fn heading_level(&self, properties: &Self::Properties) -> Option<u8>;

    /// Whether the style is that of a line in a table of contents.
    fn is_contents(&self, properties: &Self::Properties) -> bool;
}

/// In bytes. A few characters of a list's definition stand before any number of paragraphs, so the limits on parts do not bound the text.
const LONGEST_TEXT: usize = 16 << 20;

/// The notes of a document by their identifier.
pub type Notes<P> = FxHashMap<String, Vec<Unit<P>>>;

/// Puts the text of one document together.
pub struct Composer<S: StyleSheet> {
    sheet: S,
    /// Notes that no reference has called yet.
    pub footnotes: Notes<S::Properties>,
    pub endnotes: Notes<S::Properties>,
    document: Document,
    is_too_long: bool,
    /// How many paragraphs came so far, empty ones included.
    count: usize,
    /// Running text whose lines still have to be looked at together.
    pending: Vec<Range<usize>>,
    /// Notes that wait for the end of the table or of the document.
    waiting_footnotes: Vec<Note<S::Properties>>,
    waiting_endnotes: Vec<Note<S::Properties>>,
}

/// A note and the reference to it, in bytes of the main part's XML.
struct Note<P> {
    units: Vec<Unit<P>>,
    reference: Range<usize>,
}

impl<S: StyleSheet> Composer<S> {
    pub fn new(sheet: S) -> Self {
        Composer {
            sheet,
            footnotes: FxHashMap::default(),
            endnotes: FxHashMap::default(),
            document: Document::default(),
            is_too_long: false,
            count: 0,
            pending: Vec::new(),
            waiting_footnotes: Vec::new(),
            waiting_endnotes: Vec::new(),
        }
    }

    /// The document; `None` if its text is absurdly long, automatic numbers included.
    pub fn compose(mut self, body: Vec<Unit<S::Properties>>) -> Option<Document> {
        for unit in body {
            // Notes must not part the cells of a table from each other.
            if matches!(unit, Unit::Paragraph(_)) {
                self.write_footnotes();
            }
            self.write(unit);
            if !self.waiting_footnotes.is_empty() && !self.ends_in_table() {
                self.write_footnotes();
            }
        }
        self.write_footnotes();
        let endnotes = std::mem::take(&mut self.waiting_endnotes);
        self.write_notes(endnotes);
        self.flush();
        (!self.is_too_long).then_some(self.document)
    }

    fn ends_in_table(&self) -> bool {
        self.document.blocks.last().is_some_and(Block::is_cell) && self.pending.is_empty()
    }

    fn write(&mut self, unit: Unit<S::Properties>) {
        match unit {
            Unit::Paragraph(paragraph) => {
                self.write_paragraph(paragraph, None);
            }
            Unit::Cell(cell) => self.write_cell(cell),
        }
    }

    fn write_footnotes(&mut self) {
        let notes = std::mem::take(&mut self.waiting_footnotes);
        self.write_notes(notes);
    }

    /// What a note says comes from another part, so the place in the main part is that of its reference.
    fn write_notes(&mut self, notes: Vec<Note<S::Properties>>) {
        for mut note in notes {
            self.flush();
            refer_to(&mut note.units, &note.reference);
            note.units.into_iter().for_each(|unit| self.write(unit));
            self.flush();
        }
    }

    /// A paragraph on its own, which may stand in a cell that is laid out like a page.
    fn write_paragraph(&mut self, mut paragraph: Paragraph<S::Properties>, cell: Option<&Cell>) {
        let anchored = self.call_notes(&mut paragraph);
        let line = self.write_line(&mut paragraph, cell);
        if !line.is_empty() && !paragraph.in_contents && !self.sheet.is_contents(&paragraph.properties) {
            match self.sheet.heading_level(&paragraph.properties) {
                Some(level) => self.push_heading(line, level),
                None => self.pending.extend(self.pieces(line)),
            }
        }
        self.end_line();
        self.write_anchored(anchored);
    }

    /// A cell is one line, unless it holds whole paragraphs as a form does: these are read like paragraphs outside.
    fn write_cell(&mut self, cell: CellUnit<S::Properties>) {
        if is_laid_out(&cell) {
            for unit in cell.units {
                match unit {
                    Unit::Paragraph(paragraph) => self.write_paragraph(paragraph, Some(&cell.place)),
                    Unit::Cell(inner) => self.write_cell(inner),
                }
            }
            return;
        }
        self.flush();
        let start = self.document.text.len();
        let mut anchored = Vec::new();
        let mut prose = Prose::default();
        let mut label = None;
        for unit in cell.units {
            let Unit::Paragraph(mut paragraph) = unit else { continue };
            anchored.extend(self.call_notes(&mut paragraph));
            if needs_gap(&self.document.text[start..], &paragraph.text) {
                self.document.text.push(' ');
            }
            let before = self.document.text.len();
            self.write_line(&mut paragraph, Some(&cell.place));
            label = label.or_else(|| self.label_at(before));
            push_joined(&mut prose, &self.document.text, start, before..self.document.text.len());
        }
        let range = start..self.document.text.len();
        self.end_line();
        if !prose.text().trim().is_empty() {
            let mut block = Block::new(range, Kind::Cell(cell.place), prose);
            block.automatic_label = label.unwrap_or(0);
            self.document.blocks.extend(finish(&self.document.text, vec![block]));
        }
        self.write_anchored(anchored);
    }

    /// Notes that the paragraph refers to come behind it, and so does what stands in its text boxes.
    fn call_notes(&mut self, paragraph: &mut Paragraph<S::Properties>) -> Vec<Unit<S::Properties>> {
        for reference in paragraph.notes.drain(..) {
            let (notes, waiting) = match reference.kind {
                NoteKind::Footnote => (&mut self.footnotes, &mut self.waiting_footnotes),
                NoteKind::Endnote => (&mut self.endnotes, &mut self.waiting_endnotes),
            };
            if let Some(units) = notes.remove(&reference.id) {
                waiting.push(Note {
                    units,
                    reference: reference.xml,
                });
            }
        }
        std::mem::take(&mut paragraph.anchored)
    }

    fn write_anchored(&mut self, units: Vec<Unit<S::Properties>>) {
        if units.is_empty() {
            return;
        }
        self.flush();
        units.into_iter().for_each(|unit| self.write(unit));
        self.flush();
    }

    /// Appends the paragraph's number and text to the text, and gives the range that they take.
    fn write_line(&mut self, paragraph: &mut Paragraph<S::Properties>, cell: Option<&Cell>) -> Range<usize> {
        self.count += 1;
        let label = self.sheet.next_label(&paragraph.properties);
        paragraph.trim_end_to(0);
        let start = self.document.text.len();
        self.is_too_long |= start + label.len() + paragraph.text.len() > LONGEST_TEXT;
        if self.is_too_long {
            return start..start;
        }
        self.document.text.push_str(&label);
        let base = self.document.text.len();
        self.document.text.push_str(&paragraph.text);
        let range = start..self.document.text.len();
        if range.is_empty() {
            return range;
        }
        let layout = &mut self.document.layout;
        layout.spans.extend(paragraph.spans.drain(..).map(|span| Span {
            text: span.text.start + base..span.text.end + base,
            ..span
        }));
        layout.paragraphs.push(super::Paragraph {
            text: range.clone(),
            label: label.len(),
            number: self.count,
            cell: cell.cloned(),
            story: paragraph.story,
        });
        range
    }

    fn end_line(&mut self) {
        self.document.text.push('\n');
    }

    /// How many bytes of the paragraph that begins at a byte of the text are its automatic number.
    fn label_at(&self, start: usize) -> Option<usize> {
        let paragraph = self.document.layout.paragraphs.last()?;
        (paragraph.text.start == start && paragraph.label > 0).then_some(paragraph.label)
    }

    fn push_heading(&mut self, line: Range<usize>, level: u8) {
        self.flush();
        let mut prose = Prose::default();
        push_joined(&mut prose, &self.document.text, line.start, line.clone());
        if prose.text().trim().is_empty() {
            return;
        }
        let mut block = Block::new(line.clone(), Kind::Heading(level), prose);
        block.automatic_label = self.label_at(line.start).unwrap_or(0);
        self.document.blocks.extend(finish(&self.document.text, vec![block]));
    }

    /// The paragraphs that a reader takes the line for: it may hold line breaks, and gaps as plain text has them.
    fn pieces(&self, line: Range<usize>) -> Vec<Range<usize>> {
        let pieces = plain::paragraphs(&self.document.text[line.clone()]).into_iter();
        pieces.map(|piece| line.start + piece.start..line.start + piece.end).collect()
    }

    /// Makes blocks of the running text that has gathered.
    fn flush(&mut self) {
        let lines = std::mem::take(&mut self.pending);
        if lines.is_empty() {
            return;
        }
        let first = self
            .document
            .layout
            .paragraphs
            .partition_point(|paragraph| paragraph.text.start < lines[0].start);
        let mut labels = self.document.layout.paragraphs[first..].iter().peekable();
        let mut blocks = finish(&self.document.text, plain::blocks(&self.document.text, lines));
        for block in &mut blocks {
            while labels.next_if(|paragraph| paragraph.text.start < block.range.start).is_some() {}
            if let Some(paragraph) = labels.peek().filter(|paragraph| paragraph.text.start == block.range.start) {
                block.automatic_label = paragraph.label;
            }
        }
        self.document.blocks.extend(blocks);
    }
}

/// Whether a cell holds running text in several paragraphs, or a table.
fn is_laid_out<P>(cell: &CellUnit<P>) -> bool {
    const LONG: usize = 40;
    let mut paragraphs = 0;
    let mut is_long = false;
    for unit in &cell.units {
        let Unit::Paragraph(paragraph) = unit else { return true };
        paragraphs += usize::from(!paragraph.text.trim().is_empty());
        is_long |= paragraph.text.chars().nth(LONG).is_some();
    }
    paragraphs > 1 && is_long
}

/// Two paragraphs of a cell are read as one; two numbers or Latin words stay apart.
fn needs_gap(before: &str, next: &str) -> bool {
    let is_latin = |char: Option<char>| char.is_some_and(|char| char.is_ascii_alphanumeric());
    is_latin(before.chars().next_back()) && is_latin(next.chars().next())
}

/// Appends lines to a prose as if they were one; offsets are relative to `base`.
fn push_joined(prose: &mut Prose, text: &str, base: usize, range: Range<usize>) {
    let mut at = range.start;
    for line in text[range].split('\n') {
        if needs_gap(prose.text(), line) {
            let gap = at.saturating_sub(1).max(base);
            prose.push_shown(gap - base..at - base, " ");
        }
        prose.push(at - base, line);
        at += line.len() + 1;
    }
}

/// Lets all text of the units come from one place.
fn refer_to<P>(units: &mut [Unit<P>], place: &Range<usize>) {
    for unit in units {
        match unit {
            Unit::Paragraph(paragraph) => {
                paragraph.spans.clear();
                if !paragraph.text.is_empty() {
                    paragraph.spans.push(Span {
                        text: 0..paragraph.text.len(),
                        xml: place.clone(),
                        verbatim: false,
                    });
                }
                refer_to(&mut paragraph.anchored, place);
            }
            Unit::Cell(cell) => refer_to(&mut cell.units, place),
        }
    }
}
