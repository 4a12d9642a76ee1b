//! The flow of a document: paragraphs, runs, tables, notes, text boxes.

use std::collections::VecDeque;
use std::ops::Range;

use quick_xml::events::{BytesStart, Event};
use rustc_hash::FxHashMap;

use super::error::Error;
use super::numbering::{Numbering, NumberingRef};
use super::package::PartText;
use super::styles::Styles;
use super::xml::{self, Events};
use super::{Changes, Document, Part, Span};
use crate::source::block::{Block, Cell, Kind};
use crate::source::prose::{OBJECT, Prose};

/// Reads the parts of one document into one text.
pub(super) struct Reader<'a> {
    styles: &'a Styles,
    numbering: Numbering,
    changes: Changes,
    footnotes: FxHashMap<String, Vec<Paragraph>>,
    endnotes: FxHashMap<String, Vec<Paragraph>>,
    pending_endnotes: Vec<Paragraph>,
    tables: u32,
    document: Document,
}

impl<'a> Reader<'a> {
    pub(super) fn new(styles: &'a Styles, numbering: Numbering, changes: Changes) -> Self {
        Reader {
            styles,
            numbering,
            changes,
            footnotes: FxHashMap::default(),
            endnotes: FxHashMap::default(),
            pending_endnotes: Vec::new(),
            tables: 0,
            document: Document::default(),
        }
    }

    /// Reads the notes of a part; they wait for the reference that calls them.
    pub(super) fn read_notes(&mut self, text: &PartText, part: Part) -> Result<(), Error> {
        let mut flow = Flow::new(self, text, part);
        flow.run()?;
        let notes = std::mem::take(&mut flow.notes);
        match part {
            Part::Endnotes => self.endnotes = notes,
            _ => self.footnotes = notes,
        }
        Ok(())
    }

    pub(super) fn read_body(&mut self, text: &PartText) -> Result<(), Error> {
        Flow::new(self, text, Part::Body).run()
    }

    pub(super) fn finish(mut self) -> Document {
        for note in std::mem::take(&mut self.pending_endnotes) {
            self.emit(note);
        }
        self.document
    }

    /// Writes a finished paragraph, and what is anchored in it, to the document.
    fn emit(&mut self, paragraph: Paragraph) {
        let mut waiting = VecDeque::from([paragraph]);
        while let Some(mut paragraph) = waiting.pop_front() {
            for anchored in paragraph.anchored.drain(..).rev() {
                waiting.push_front(anchored);
            }
            for note in paragraph.notes.drain(..) {
                match note {
                    Note::Foot(id) => waiting.extend(self.footnotes.remove(&id).unwrap_or_default()),
                    Note::End(id) => self.pending_endnotes.extend(self.endnotes.remove(&id).unwrap_or_default()),
                }
            }
            if !paragraph.in_contents {
                self.write(&paragraph);
            }
        }
    }

    fn write(&mut self, paragraph: &Paragraph) {
        let style = paragraph.style.as_deref();
        let label = self.label(paragraph);
        let kind = match (&paragraph.cell, paragraph.outline_level.or_else(|| self.styles.heading_level(style))) {
            (Some(cell), _) => Kind::Cell(cell.clone()),
            (None, Some(level)) => Kind::Heading(level),
            (None, None) => Kind::Paragraph,
        };
        let base = self.document.text.len() + label.len();
        self.document.text.push_str(&label);
        self.document.text.push_str(&paragraph.text);
        self.document.layout.spans.extend(paragraph.spans.iter().map(|span| Span {
            text: span.text.start + base..span.text.end + base,
            ..span.clone()
        }));
        let line_start = base - label.len();
        let whole = &self.document.text[line_start..];
        let mut start = 0;
        for line in whole.split('\n') {
            let range = line_start + start..line_start + start + line.len();
            if !line.trim().is_empty() {
                let mut block = Block::new(range, kind.clone(), Prose::verbatim(line));
                block.automatic_label = if start == 0 { label.len() } else { 0 };
                self.document.blocks.push(block);
            }
            start += line.len() + 1;
        }
        self.document.text.push('\n');
    }

    /// The automatic number shown before a paragraph. Word counts empty paragraphs too, but shows a reader nothing worth numbering there.
    fn label(&mut self, paragraph: &Paragraph) -> String {
        let style = paragraph.style.as_deref();
        let by_style = self.styles.numbering(style);
        let reference = NumberingRef {
            list: paragraph.numbering.list.or(by_style.list),
            level: paragraph.numbering.level.or(by_style.level),
        };
        self.numbering.next_label(reference, style).unwrap_or_default()
    }
}

/// A paragraph while it is read.
#[derive(Debug, Default, Clone)]
struct Paragraph {
    text: String,
    /// Text ranges are relative to this paragraph.
    spans: Vec<Span>,
    style: Option<String>,
    numbering: NumberingRef,
    outline_level: Option<u8>,
    cell: Option<Cell>,
    in_contents: bool,
    /// The paragraph's end mark is gone, so that the next one goes on in it.
    mark_removed: bool,
    anchored: Vec<Paragraph>,
    notes: Vec<Note>,
}

#[derive(Debug, Clone)]
enum Note {
    Foot(String),
    End(String),
}

/// What an open element means for the text inside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    Paragraph,
    ParagraphProperties,
    OtherProperties,
    Run { hidden: bool },
    Text,
    FieldCode,
    Table,
    Row,
    TableCell,
    ContentControl,
    Formula,
    Note,
    Other,
}

#[derive(Debug, Default)]
struct Table {
    id: u32,
    row: u32,
    column: u32,
    span: u32,
    continues_above: bool,
}

#[derive(Debug, PartialEq, Eq)]
enum Field {
    Code { is_contents: bool },
    Result { is_contents: bool },
}

/// The reading of one part.
struct Flow<'r, 'a, 'p> {
    reader: &'r mut Reader<'a>,
    events: Events<'p>,
    part: Part,
    scopes: Vec<Scope>,
    /// How many elements are open inside one that is passed over.
    skipped: usize,
    paragraphs: Vec<Paragraph>,
    tables: Vec<Table>,
    fields: Vec<Field>,
    contents_controls: Vec<usize>,
    /// A paragraph whose end mark was removed by a tracked change, to be gone on with.
    unfinished: Option<Paragraph>,
    note: Option<String>,
    notes: FxHashMap<String, Vec<Paragraph>>,
}

impl<'r, 'a, 'p> Flow<'r, 'a, 'p> {
    fn new(reader: &'r mut Reader<'a>, text: &'p PartText, part: Part) -> Self {
        Flow {
            reader,
            events: Events::of(text),
            part,
            scopes: Vec::new(),
            skipped: 0,
            paragraphs: Vec::new(),
            tables: Vec::new(),
            fields: Vec::new(),
            contents_controls: Vec::new(),
            unfinished: None,
            note: None,
            notes: FxHashMap::default(),
        }
    }

    fn run(&mut self) -> Result<(), Error> {
        loop {
            let start = self.events.position();
            let Some(event) = self.events.next()? else { break };
            let end = self.events.position();
            match event {
                Event::Start(_) if self.skipped > 0 => self.skipped += 1,
                Event::End(_) if self.skipped > 0 => self.skipped -= 1,
                _ if self.skipped > 0 => {}
                Event::Start(element) if self.is_passed_over(&element) => self.skipped = 1,
                Event::Start(element) => {
                    let scope = self.open(&element);
                    self.scopes.push(scope);
                    self.property(&element);
                }
                Event::Empty(element) if self.is_passed_over(&element) => self.removed_mark(&element),
                Event::Empty(element) => {
                    let scope = self.open(&element);
                    self.property(&element);
                    self.close(scope);
                }
                Event::End(_) => {
                    if let Some(scope) = self.scopes.pop() {
                        self.close(scope);
                    }
                }
                Event::Text(text) => self.text(&text.xml10_content(), start..end),
                Event::CData(text) => self.text(&text.xml10_content(), start..end),
                Event::GeneralRef(reference) => {
                    if let Some(char) = xml::entity(&reference) {
                        self.text(char.encode_utf8(&mut [0; 4]), start..end);
                    }
                }
                _ => {}
            }
        }
        if let Some(paragraph) = self.unfinished.take() {
            self.deliver(paragraph);
        }
        Ok(())
    }

    /// Elements whose text is not on the page: old properties, the fallback of a drawing that was read already, field codes, ruby, and the side
    /// of tracked changes that is not asked for.
    fn is_passed_over(&self, element: &BytesStart) -> bool {
        match element.local_name().as_ref() {
            "pPrChange" | "rPrChange" | "tblPrChange" | "tcPrChange" | "trPrChange" | "tblGridChange" | "sectPrChange" | "numberingChange" => true,
            "Fallback" | "delInstrText" | "rt" | "sectPr" | "object" | "tblPrEx" => true,
            "del" | "moveFrom" => self.reader.changes == Changes::Accepted,
            "ins" | "moveTo" => self.reader.changes == Changes::Rejected,
            _ => false,
        }
    }

    /// A change mark inside paragraph properties speaks of the paragraph's end mark.
    fn removed_mark(&mut self, element: &BytesStart) {
        let in_properties = self.scopes.contains(&Scope::ParagraphProperties);
        let is_change = matches!(element.local_name().as_ref(), "del" | "moveFrom" | "ins" | "moveTo");
        if let (true, true, Some(paragraph)) = (in_properties, is_change, self.paragraphs.last_mut()) {
            paragraph.mark_removed = true;
        }
    }

    fn open(&mut self, element: &BytesStart) -> Scope {
        match element.local_name().as_ref() {
            "p" if !self.in_formula() => self.open_paragraph(),
            "pPr" => Scope::ParagraphProperties,
            "rPr" | "tblPr" | "trPr" | "tcPr" | "sdtPr" | "tblGrid" => Scope::OtherProperties,
            "r" => Scope::Run { hidden: false },
            "t" | "delText" => Scope::Text,
            "instrText" => Scope::FieldCode,
            "tbl" => self.open_table(),
            "tr" => self.open_row(),
            "tc" => Scope::TableCell,
            "sdt" => Scope::ContentControl,
            "oMath" => Scope::Formula,
            "footnote" | "endnote" => {
                // Separators are notes of a type; the reader of the page sees a line there.
                self.note = if xml::attribute(element, "type").is_some() {
                    None
                } else {
                    xml::attribute(element, "id")
                };
                Scope::Note
            }
            _ => Scope::Other,
        }
    }

    fn open_paragraph(&mut self) -> Scope {
        let mut paragraph = match self.unfinished.take() {
            Some(first_half) => Paragraph {
                mark_removed: false,
                ..first_half
            },
            None => Paragraph::default(),
        };
        paragraph.cell = self.tables.last().map(|table| Cell {
            table: table.id,
            row: table.row,
            column: table.column,
        });
        paragraph.in_contents |= self.in_contents();
        self.paragraphs.push(paragraph);
        Scope::Paragraph
    }

    fn open_table(&mut self) -> Scope {
        self.tables.push(Table {
            id: self.reader.tables,
            ..Table::default()
        });
        self.reader.tables += 1;
        Scope::Table
    }

    fn open_row(&mut self) -> Scope {
        if let Some(table) = self.tables.last_mut() {
            table.column = 0;
        }
        Scope::Row
    }

    /// Elements that say something by themselves: properties, and characters that are no text nodes.
    fn property(&mut self, element: &BytesStart) {
        let name = element.local_name();
        match self.context() {
            Scope::ParagraphProperties => self.paragraph_property(name.as_ref(), element),
            Scope::OtherProperties => self.other_property(name.as_ref(), element),
            Scope::Run { .. } => self.run_content(name.as_ref(), element),
            _ => {}
        }
    }

    /// The nearest scope around that decides what a child means.
    fn context(&self) -> Scope {
        let decisive = |scope: &&Scope| !matches!(scope, Scope::Other | Scope::Text | Scope::ContentControl);
        self.scopes.iter().rev().find(decisive).copied().unwrap_or(Scope::Other)
    }

    fn paragraph_property(&mut self, name: &str, element: &BytesStart) {
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        match name {
            "pStyle" => paragraph.style = xml::attribute(element, "val"),
            "numId" => paragraph.numbering.list = xml::number(element),
            "ilvl" => paragraph.numbering.level = xml::number(element),
            "outlineLvl" => {
                let level = xml::number(element).and_then(|level| u8::try_from(level).ok());
                paragraph.outline_level = level.filter(|level| *level < 9).map(|level| (level + 1).min(6));
            }
            _ => {}
        }
    }

    fn other_property(&mut self, name: &str, element: &BytesStart) {
        match name {
            "vanish" | "webHidden" if xml::toggle(element) => {
                if let Some(Scope::Run { hidden }) = self.scopes.iter_mut().rev().find(|scope| matches!(scope, Scope::Run { .. })) {
                    *hidden = true;
                }
            }
            "gridSpan" => {
                if let Some(table) = self.tables.last_mut() {
                    table.span = xml::number(element).and_then(|span| u32::try_from(span).ok()).unwrap_or(1).clamp(1, 1000);
                }
            }
            "vMerge" => {
                if let Some(table) = self.tables.last_mut() {
                    table.continues_above = xml::attribute(element, "val").as_deref() != Some("restart");
                }
            }
            "docPartGallery" if xml::attribute(element, "val").as_deref() == Some("Table of Contents") => {
                if let Some(control) = self.scopes.iter().rposition(|scope| *scope == Scope::ContentControl) {
                    self.contents_controls.push(control);
                }
            }
            _ => {}
        }
    }

    fn run_content(&mut self, name: &str, element: &BytesStart) {
        match name {
            "tab" | "ptab" => self.push("\t"),
            "br" | "cr" if !matches!(xml::attribute(element, "type").as_deref(), Some("page" | "column")) => self.push("\n"),
            "noBreakHyphen" => self.push("-"),
            "sym" => self.push(OBJECT),
            "fldChar" => self.field(xml::attribute(element, "fldCharType").as_deref()),
            "footnoteReference" => self.note_reference(element, Note::Foot),
            "endnoteReference" => self.note_reference(element, Note::End),
            _ => {}
        }
    }

    fn note_reference(&mut self, element: &BytesStart, note: fn(String) -> Note) {
        if let (Some(paragraph), Some(id)) = (self.paragraphs.last_mut(), xml::attribute(element, "id")) {
            paragraph.notes.push(note(id));
        }
    }

    fn field(&mut self, kind: Option<&str>) {
        match kind {
            Some("begin") => self.fields.push(Field::Code { is_contents: false }),
            Some("separate") => {
                if let Some(Field::Code { is_contents }) = self.fields.pop() {
                    self.fields.push(Field::Result { is_contents });
                }
            }
            Some("end") => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    fn in_contents(&self) -> bool {
        !self.contents_controls.is_empty() || self.fields.contains(&Field::Result { is_contents: true })
    }

    fn in_formula(&self) -> bool {
        self.scopes.contains(&Scope::Formula)
    }

    fn text(&mut self, text: &str, xml: Range<usize>) {
        if let (Some(Scope::FieldCode), Some(Field::Code { is_contents })) = (self.scopes.last(), self.fields.last_mut()) {
            *is_contents |= text.split_whitespace().next() == Some("TOC");
        }
        if self.scopes.last() != Some(&Scope::Text) || self.is_hidden() || self.in_formula() {
            return;
        }
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        let start = paragraph.text.len();
        // A line end inside a text node is white space to Word.
        paragraph.text.extend(
            text.chars()
                .filter(|char| !matches!(char, '\r' | '\u{AD}'))
                .map(|char| if char == '\n' { ' ' } else { char }),
        );
        let end = paragraph.text.len();
        if end > start {
            paragraph.spans.push(Span {
                text: start..end,
                part: self.part,
                xml,
            });
        }
    }

    fn push(&mut self, text: &str) {
        if self.is_hidden() {
            return;
        }
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.text.push_str(text);
        }
    }

    /// Whether what comes now is not shown: the code of a field, or hidden text.
    fn is_hidden(&self) -> bool {
        let in_code = self.fields.iter().any(|field| matches!(field, Field::Code { .. }));
        in_code || self.scopes.contains(&Scope::Run { hidden: true })
    }

    fn close(&mut self, scope: Scope) {
        match scope {
            Scope::Paragraph => self.close_paragraph(),
            Scope::Table => {
                self.tables.pop();
            }
            Scope::Row => {
                if let Some(table) = self.tables.last_mut() {
                    table.row += 1;
                }
            }
            Scope::TableCell => {
                if let Some(table) = self.tables.last_mut() {
                    table.column += table.span.max(1);
                    table.span = 0;
                    table.continues_above = false;
                }
            }
            Scope::ContentControl => {
                let open = self.scopes.len();
                self.contents_controls.retain(|control| *control < open);
            }
            Scope::Formula => self.push(OBJECT),
            Scope::Note => self.note = None,
            _ => {}
        }
    }

    fn close_paragraph(&mut self) {
        let Some(paragraph) = self.paragraphs.pop() else { return };
        if paragraph.mark_removed {
            self.unfinished = Some(paragraph);
        } else {
            self.deliver(paragraph);
        }
    }

    /// A paragraph inside another (a text box) waits until that one is finished; one of a note waits for the note's reference.
    fn deliver(&mut self, paragraph: Paragraph) {
        if let Some(host) = self.paragraphs.last_mut() {
            host.anchored.push(paragraph);
        } else if self.part == Part::Body {
            self.reader.emit(paragraph);
        } else if let Some(note) = &self.note {
            self.notes.entry(note.clone()).or_default().push(paragraph);
        }
    }
}
