//! The flow of a part: paragraphs with their runs, tables, notes and text boxes.

mod properties;
mod text;

use std::ops::Range;

use quick_xml::events::{BytesStart, Event};

use super::field::{self, Fields};
use super::own::Own;
use super::scope::{Scope, TextNode};
use super::sheet::Properties;
use crate::source::block::Cell;
use crate::source::office::allowance::Allowance;
use crate::source::office::compose::Notes;
use crate::source::office::package::PartText;
use crate::source::office::table::Table;
use crate::source::office::unit;
use crate::source::office::xml::{self, Events};
use crate::source::office::{Changes, Error, Story};
use crate::source::prose::OBJECT;

type Unit = unit::Unit<Properties>;
type CellUnit = unit::CellUnit<Properties>;
type Paragraph = unit::Paragraph<Properties>;

/// Reads the parts of one document.
#[derive(Clone)]
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

    /// A field that begins and does not end would take all that follows for its code or for a table of contents, so that nobody would be told of
    /// it. Where that happens the marks of fields mean nothing, and all text is read.
    pub(super) fn read(&mut self, part: &PartText) -> Result<Content, Error> {
        let before = self.clone();
        let mut reader = PartReader::new(self, part, Fields::default())?;
        reader.run()?;
        if reader.fields.have_ended() {
            return Ok(reader.content);
        }
        *self = before;
        let mut reader = PartReader::new(self, part, Fields::ignored())?;
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
    fn new(flow: &'f mut Flow, part: &'p PartText, fields: Fields) -> Result<Self, Error> {
        Ok(PartReader {
            flow,
            events: Events::of(part),
            own: Own::of(part)?,
            content: Content::default(),
            scopes: Vec::new(),
            skipped: 0,
            holders: Vec::new(),
            tables: Vec::new(),
            fields,
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

    /// Elements whose text is not on the page: properties as they were, other forms of a drawing that was read already, phonetic guides, and the
    /// side of tracked changes that is not asked for. Formulas and embedded objects stand as one character.
    fn passes_over(&mut self, element: &BytesStart, xml: &Range<usize>) -> bool {
        let is_own = self.own.holds(element.name());
        match element.local_name().into_inner() {
            "rPrChange" | "tblPrChange" | "tcPrChange" | "trPrChange" | "tblGridChange" | "sectPrChange" | "numberingChange" | "tblPrExChange"
            | "delInstrText" | "rt" | "sectPr"
                if is_own =>
            {
                true
            }
            "pPrChange" if is_own => self.flow.changes == Changes::Accepted,
            "object" => is_own && self.stands_as_object(xml),
            "oMath" => !is_own && self.stands_as_object(xml),
            "Choice" | "Fallback" => !is_own && self.was_read_in_another_form(),
            "del" | "moveFrom" if is_own && self.flow.changes == Changes::Accepted => self.leaves_side_of_change(),
            "ins" | "moveTo" if is_own && self.flow.changes == Changes::Rejected => self.leaves_side_of_change(),
            _ => false,
        }
    }

    fn stands_as_object(&mut self, xml: &Range<usize>) -> bool {
        self.shown_in_run(OBJECT, xml.clone());
        true
    }

    /// Of the forms in which the same content is kept for newer and older programs the first is read.
    fn was_read_in_another_form(&mut self) -> bool {
        match self.scopes.last_mut() {
            Some(Scope::Alternatives { is_read }) => std::mem::replace(is_read, true),
            _ => false,
        }
    }

    /// Among properties, a change mark speaks of what has the properties: of the mark at the end of a paragraph, or of a row, which is gone, too.
    fn leaves_side_of_change(&mut self) -> bool {
        match (self.scopes.last(), self.holders.last_mut(), self.tables.last_mut()) {
            (Some(Scope::MarkProperties), Some(Holder::Paragraph(paragraph)), _) => paragraph.mark_removed = true,
            (Some(Scope::RowProperties), _, Some(table)) => table.remove_row(),
            _ => {}
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

    /// Elements of other vocabularies: drawings, and what chooses between them.
    fn open_foreign(&mut self, name: &str, xml: Range<usize>) -> Scope {
        match name {
            "AlternateContent" => return Scope::Alternatives { is_read: false },
            // A picture that stands among the words, unlike one that floats beside them.
            "inline" => self.shown_in_run(OBJECT, xml),
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

    /// The paragraph that text goes into.
    fn paragraph(&mut self) -> Option<&mut Paragraph> {
        match self.holders.last_mut() {
            Some(Holder::Paragraph(paragraph)) => Some(paragraph),
            _ => None,
        }
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
        let is_gone = self.tables.last().is_some_and(Table::row_is_removed);
        if let (false, Some(Holder::Cell(cell))) = (is_gone, self.holders.pop()) {
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
