//! The flow of a part: paragraphs with their runs, tables, notes and text boxes.

use std::ops::Range;

use quick_xml::events::{BytesStart, Event};

use super::field::{self, Fields};
use super::own::{self, Own};
use super::scope::{Scope, TextNode};
use super::sheet::Properties;
use crate::source::block::Cell;
use crate::source::office::allowance::Allowance;
use crate::source::office::compose::Notes;
use crate::source::office::package::PartText;
use crate::source::office::table::Table;
use crate::source::office::unit::{self, NoteKind, NoteReference};
use crate::source::office::xml::{self, Events};
use crate::source::office::{Changes, Error, Story};
use crate::source::prose::OBJECT;

type Unit = unit::Unit<Properties>;
type CellUnit = unit::CellUnit<Properties>;
type Paragraph = unit::Paragraph<Properties>;

/// Reads the parts of one document.
pub(super) struct Flow {
    changes: Changes,
    tables: u32,
    allowance: Allowance,
}

/// What one part holds.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub body: Vec<Unit>,
    pub notes: Notes<Properties>,
}

impl Flow {
    pub(super) fn new(changes: Changes) -> Self {
        Flow {
            changes,
            tables: 0,
            allowance: Allowance::default(),
        }
    }

    pub(super) fn read(&mut self, part: &PartText) -> Result<Content, Error> {
        let mut reader = PartReader::new(self, part)?;
        reader.run()?;
        Ok(reader.content)
    }
}

/// What takes in the units that come next.
enum Holder {
    Paragraph(Paragraph),
    Cell(CellUnit),
}

struct PartReader<'f, 'p> {
    flow: &'f mut Flow,
    events: Events<'p>,
    own: Own,
    content: Content,
    scopes: Vec<Scope>,
    /// How many elements are open inside one that is passed over.
    skipped: usize,
    holders: Vec<Holder>,
    tables: Vec<Table>,
    fields: Fields,
    /// How many open runs are hidden, how many open controls and simple fields hold a table of contents, how many text boxes are open.
    hidden_runs: usize,
    contents: usize,
    text_boxes: usize,
    text: TextNode,
    /// A paragraph whose end mark is gone, to be gone on with.
    unfinished: Option<Paragraph>,
    note: Option<String>,
    story: Story,
}

impl<'f, 'p> PartReader<'f, 'p> {
    fn new(flow: &'f mut Flow, part: &'p PartText) -> Result<Self, Error> {
        Ok(PartReader {
            flow,
            events: Events::of(part),
            own: Own::of(part)?,
            content: Content::default(),
            scopes: Vec::new(),
            skipped: 0,
            holders: Vec::new(),
            tables: Vec::new(),
            fields: Fields::default(),
            hidden_runs: 0,
            contents: 0,
            text_boxes: 0,
            text: TextNode::default(),
            unfinished: None,
            note: None,
            story: Story::Body,
        })
    }

    fn run(&mut self) -> Result<(), Error> {
        loop {
            let start = self.events.position();
            let Some(event) = self.events.next()? else { break };
            let xml = start..self.events.position();
            match event {
                Event::Start(_) if self.skipped > 0 => self.skipped += 1,
                Event::End(_) if self.skipped > 0 => self.skipped -= 1,
                _ if self.skipped > 0 => {}
                Event::Start(element) if self.passes_over(&element, &xml) => self.skipped = 1,
                Event::Empty(element) if self.passes_over(&element, &xml) => {}
                Event::Start(element) => {
                    let scope = self.open(&element, xml)?;
                    self.scopes.push(scope);
                }
                Event::Empty(element) => {
                    let scope = self.open(&element, xml)?;
                    self.close(scope)?;
                }
                Event::End(_) => {
                    if let Some(scope) = self.scopes.pop() {
                        self.close(scope)?;
                    }
                }
                Event::Text(text) => self.characters(&text.into_inner(), xml.start),
                Event::CData(text) => self.shown(&text.into_inner().replace(['\n', '\r'], " "), xml),
                Event::GeneralRef(reference) => {
                    if let Some(char) = xml::entity(&reference) {
                        let char = if matches!(char, '\n' | '\r') { ' ' } else { char };
                        self.shown(char.encode_utf8(&mut [0; 4]), xml);
                    }
                }
                _ => {}
            }
        }
        self.end_flow();
        Ok(())
    }

    /// Elements whose text is not on the page: properties as they were, the fallback of a drawing that was read already, phonetic guides, and the
    /// side of tracked changes that is not asked for.
    fn passes_over(&mut self, element: &BytesStart, xml: &Range<usize>) -> bool {
        let is_own = self.own.holds(element.name());
        match element.local_name().into_inner() {
            "pPrChange" | "rPrChange" | "tblPrChange" | "tcPrChange" | "trPrChange" | "tblGridChange" | "sectPrChange" | "numberingChange"
            | "tblPrExChange" | "delInstrText" | "rt" | "sectPr"
                if is_own =>
            {
                true
            }
            "object" if is_own => {
                self.shown_in_run(OBJECT, xml.clone());
                true
            }
            "Fallback" if !is_own => true,
            "del" | "moveFrom" if is_own && self.flow.changes == Changes::Accepted => self.leaves_side_of_change(),
            "ins" | "moveTo" if is_own && self.flow.changes == Changes::Rejected => self.leaves_side_of_change(),
            _ => false,
        }
    }

    /// Among properties, a change mark speaks of what has the properties: of the mark at the end of a paragraph, which is gone, too.
    fn leaves_side_of_change(&mut self) -> bool {
        if let (Some(Scope::MarkProperties), Some(Holder::Paragraph(paragraph))) = (self.scopes.last(), self.holders.last_mut()) {
            paragraph.mark_removed = true;
        }
        true
    }

    fn open(&mut self, element: &BytesStart, xml: Range<usize>) -> Result<Scope, Error> {
        let name = element.local_name().into_inner();
        if !self.own.holds(element.name()) {
            return Ok(self.open_foreign(name, xml));
        }
        let around = self.scopes.last().copied().unwrap_or(Scope::Other);
        Ok(match around {
            Scope::ParagraphProperties if name == "rPr" => Scope::MarkProperties,
            Scope::ParagraphProperties => self.paragraph_property(name, element),
            Scope::RunProperties => self.run_property(name, element),
            Scope::RowProperties => self.row_property(name, element),
            Scope::CellProperties => self.cell_property(name, element),
            Scope::ControlProperties => self.control_property(name, element),
            Scope::MarkProperties => around,
            _ => return self.open_content(name, element, xml),
        })
    }

    /// Elements of other vocabularies: drawings, formulas, and what chooses between them.
    fn open_foreign(&mut self, name: &str, xml: Range<usize>) -> Scope {
        match name {
            // A formula, or a picture that stands among the words, unlike one that floats beside them.
            "oMath" | "inline" => self.shown_in_run(OBJECT, xml),
            _ => {}
        }
        Scope::Other
    }

    fn open_content(&mut self, name: &str, element: &BytesStart, xml: Range<usize>) -> Result<Scope, Error> {
        Ok(match name {
            "p" => self.open_paragraph()?,
            "pPr" => Scope::ParagraphProperties,
            "r" => Scope::Run { hidden: false },
            "rPr" => Scope::RunProperties,
            "t" | "delText" => self.open_text(element),
            "instrText" => Scope::FieldCode,
            "fldSimple" => self.open_simple_field(element),
            "tbl" => self.open_table(),
            "tr" => self.open_row(),
            "trPr" => Scope::RowProperties,
            "tc" => self.open_cell(),
            "tcPr" => Scope::CellProperties,
            "sdt" => Scope::Control { is_contents: false },
            "sdtPr" => Scope::ControlProperties,
            "txbxContent" => {
                self.text_boxes += 1;
                Scope::TextBox
            }
            "footnote" => self.open_note(element, Story::Footnote),
            "endnote" => self.open_note(element, Story::Endnote),
            _ => {
                self.run_content(name, element, xml);
                Scope::Other
            }
        })
    }

    /// Elements of a run that stand for characters or refer to something.
    fn run_content(&mut self, name: &str, element: &BytesStart, xml: Range<usize>) {
        match name {
            "tab" | "ptab" => self.shown_in_run("\t", xml),
            "br" | "cr" => self.shown_in_run("\n", xml),
            "noBreakHyphen" => self.shown_in_run("-", xml),
            "sym" => self.symbol(element, xml),
            "fldChar" => self.fields.take_mark(element),
            "footnoteReference" => self.note_reference(element, NoteKind::Footnote, xml),
            "endnoteReference" => self.note_reference(element, NoteKind::Endnote, xml),
            _ => {}
        }
    }

    /// A character of a symbol font. Its code says nothing without the font, unless it is an ordinary character.
    fn symbol(&mut self, element: &BytesStart, xml: Range<usize>) {
        let code = xml::attribute(element, "char").and_then(|code| u32::from_str_radix(&code, 16).ok());
        let ordinary = code
            .and_then(char::from_u32)
            .filter(|char| !char.is_control() && !('\u{E000}'..='\u{F8FF}').contains(char));
        match ordinary {
            Some(char) => self.shown_in_run(char.encode_utf8(&mut [0; 4]), xml),
            None => self.shown_in_run(OBJECT, xml),
        }
    }

    fn note_reference(&mut self, element: &BytesStart, kind: NoteKind, xml: Range<usize>) {
        if let (Some(paragraph), Some(id)) = (self.paragraph(), xml::attribute(element, "id")) {
            paragraph.notes.push(NoteReference { kind, id, xml });
        }
    }

    fn open_paragraph(&mut self) -> Result<Scope, Error> {
        if !self.flow.allowance.take_paragraph() {
            return Err(self.events.too_large());
        }
        let story = if self.text_boxes > 0 { Story::TextBox } else { self.story };
        let paragraph = match self.unfinished.take() {
            Some(unfinished) => unfinished.going_on(),
            None => Paragraph::new(story),
        };
        self.holders.push(Holder::Paragraph(paragraph));
        Ok(Scope::Paragraph)
    }

    fn paragraph_property(&mut self, name: &str, element: &BytesStart) -> Scope {
        if let Some(Holder::Paragraph(paragraph)) = self.holders.last_mut() {
            let properties = &mut paragraph.properties;
            match name {
                "pStyle" => properties.style = xml::attribute(element, "val"),
                "numId" => properties.numbering.list = own::number(element),
                "ilvl" => properties.numbering.level = own::number(element),
                "outlineLvl" => properties.outline_level = own::number(element).and_then(|level| u8::try_from(level).ok()),
                _ => {}
            }
        }
        Scope::ParagraphProperties
    }

    fn run_property(&mut self, name: &str, element: &BytesStart) -> Scope {
        if name == "vanish"
            && own::toggle(element)
            && let Some(Scope::Run { hidden }) = self.scopes.iter_mut().rev().nth(1)
            && !std::mem::replace(hidden, true)
        {
            self.hidden_runs += 1;
        }
        Scope::RunProperties
    }

    fn row_property(&mut self, name: &str, element: &BytesStart) -> Scope {
        if let ("gridBefore", Some(table)) = (name, self.tables.last_mut()) {
            table.leave_free(own::number(element));
        }
        Scope::RowProperties
    }

    fn cell_property(&mut self, name: &str, element: &BytesStart) -> Scope {
        if let ("gridSpan", Some(table)) = (name, self.tables.last_mut()) {
            table.widen_cell(own::number(element));
        }
        Scope::CellProperties
    }

    fn control_property(&mut self, name: &str, element: &BytesStart) -> Scope {
        let is_contents = name == "docPartGallery" && xml::attribute(element, "val").as_deref() == Some("Table of Contents");
        let control = self.scopes.iter_mut().rev().find(|scope| matches!(scope, Scope::Control { .. }));
        if let (true, Some(Scope::Control { is_contents: marked })) = (is_contents, control)
            && !std::mem::replace(marked, true)
        {
            self.contents += 1;
        }
        Scope::ControlProperties
    }

    fn open_simple_field(&mut self, element: &BytesStart) -> Scope {
        let is_contents = xml::attribute(element, "instr").is_some_and(|code| field::is_contents(&code));
        self.contents += usize::from(is_contents);
        Scope::SimpleField { is_contents }
    }

    fn open_table(&mut self) -> Scope {
        self.end_flow();
        self.tables.push(Table::new(self.flow.tables));
        self.flow.tables += 1;
        Scope::Table
    }

    fn open_row(&mut self) -> Scope {
        if let Some(table) = self.tables.last_mut() {
            table.begin_row();
        }
        Scope::Row
    }

    fn open_cell(&mut self) -> Scope {
        let place = match self.tables.last_mut() {
            Some(table) => table.begin_cell(),
            None => Cell {
                table: self.flow.tables,
                row: 0,
                column: 0,
            },
        };
        self.holders.push(Holder::Cell(CellUnit { place, units: Vec::new() }));
        Scope::Cell
    }

    /// Separators between text and notes are notes of a type; the reader of the page sees a line there.
    fn open_note(&mut self, element: &BytesStart, story: Story) -> Scope {
        let is_separator = xml::attribute(element, "type").is_some_and(|kind| kind != "normal");
        self.note = if is_separator { None } else { xml::attribute(element, "id") };
        self.story = story;
        Scope::Note
    }

    fn open_text(&mut self, element: &BytesStart) -> Scope {
        let preserves = xml::attribute(element, "space").as_deref() == Some("preserve");
        let start = self.paragraph().map_or(0, |paragraph| paragraph.text.len());
        self.text = TextNode { start, preserves };
        Scope::Text
    }

    /// Characters between tags, which mean something in a text node and in a field's code.
    fn characters(&mut self, text: &str, at: usize) {
        match self.scopes.last() {
            Some(Scope::FieldCode) => self.fields.take_code(text),
            Some(Scope::Text) if self.is_shown() => self.text_node(text, at),
            _ => {}
        }
    }

    fn text_node(&mut self, text: &str, at: usize) {
        let in_contents = self.in_contents();
        let TextNode { start, preserves } = self.text;
        let Some(paragraph) = self.paragraph() else { return };
        paragraph.in_contents |= in_contents;
        let is_trimmed = !preserves && paragraph.text.len() == start;
        let trimmed = if is_trimmed {
            text.trim_start_matches([' ', '\t', '\n', '\r'])
        } else {
            text
        };
        let mut at = at + text.len() - trimmed.len();
        // A line end inside a text node is white space; CR and LF together are one.
        for piece in trimmed.split('\r') {
            if piece.contains('\n') {
                paragraph.push(&piece.replace('\n', " "), at..at + piece.len());
            } else {
                paragraph.push(piece, at..at + piece.len());
            }
            at += piece.len() + 1;
        }
    }

    /// Text for an entity or the like inside a text node.
    fn shown(&mut self, text: &str, xml: Range<usize>) {
        if self.scopes.last() == Some(&Scope::Text) {
            self.shown_in_run(text, xml);
        }
    }

    /// Text for an element of a run.
    fn shown_in_run(&mut self, text: &str, xml: Range<usize>) {
        if !self.is_shown() {
            return;
        }
        let in_contents = self.in_contents();
        if let Some(paragraph) = self.paragraph() {
            paragraph.push_shown(text, xml);
            paragraph.in_contents |= in_contents;
        }
    }

    /// The paragraph that text goes into.
    fn paragraph(&mut self) -> Option<&mut Paragraph> {
        match self.holders.last_mut() {
            Some(Holder::Paragraph(paragraph)) => Some(paragraph),
            _ => None,
        }
    }

    fn is_shown(&self) -> bool {
        self.hidden_runs == 0 && !self.fields.hides_text()
    }

    fn in_contents(&self) -> bool {
        self.contents > 0 || self.fields.in_contents()
    }

    fn close(&mut self, scope: Scope) -> Result<(), Error> {
        match scope {
            Scope::Paragraph => self.close_paragraph(),
            Scope::Run { hidden } => self.hidden_runs -= usize::from(hidden),
            Scope::Text => self.close_text(),
            Scope::SimpleField { is_contents } | Scope::Control { is_contents } => self.contents -= usize::from(is_contents),
            Scope::Table => {
                self.tables.pop();
            }
            Scope::Row => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_row();
                }
            }
            Scope::Cell => self.close_cell()?,
            Scope::TextBox => {
                self.end_flow();
                self.text_boxes -= 1;
            }
            Scope::Note => {
                self.end_flow();
                self.note = None;
            }
            _ => {}
        }
        Ok(())
    }

    fn close_text(&mut self) {
        let TextNode { start, preserves } = self.text;
        if let (false, Some(paragraph)) = (preserves, self.paragraph()) {
            paragraph.trim_end_to(start.min(paragraph.text.len()));
        }
    }

    fn close_paragraph(&mut self) {
        let Some(Holder::Paragraph(paragraph)) = self.holders.pop() else {
            return;
        };
        if paragraph.mark_removed {
            self.unfinished = Some(paragraph);
        } else {
            self.deliver(Unit::Paragraph(paragraph));
        }
    }

    fn close_cell(&mut self) -> Result<(), Error> {
        self.end_flow();
        if let Some(Holder::Cell(cell)) = self.holders.pop() {
            self.deliver(Unit::Cell(cell));
        }
        let columns = self.tables.last_mut().map_or(1, Table::end_cell);
        if self.flow.allowance.take_columns(columns) {
            Ok(())
        } else {
            Err(self.events.too_large())
        }
    }

    /// The last paragraph of a flow has nothing to go on in.
    fn end_flow(&mut self) {
        if let Some(paragraph) = self.unfinished.take() {
            self.deliver(Unit::Paragraph(paragraph));
        }
    }

    /// What stands in a text box waits for the paragraph that it is anchored in, what stands in a cell for the cell, a note for its reference.
    fn deliver(&mut self, unit: Unit) {
        match (self.holders.last_mut(), &self.note) {
            (Some(Holder::Paragraph(host)), _) => host.anchored.push(unit),
            (Some(Holder::Cell(cell)), _) => cell.units.push(unit),
            (None, Some(note)) => self.content.notes.entry(note.clone()).or_default().push(unit),
            (None, None) if self.story == Story::Body => self.content.body.push(unit),
            (None, None) => {}
        }
    }
}
