//! The flow of the content: paragraphs, lists, tables, notes and text boxes.

mod holders;
mod text;

use std::collections::hash_map::Entry;

use quick_xml::events::{BytesStart, Event};

use super::Properties;
use super::changes::Tracked;
use super::lists::Lists;
use super::styles::Styles;
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

/// What the content of a document holds.
#[derive(Debug, Default)]
pub(super) struct Content {
    pub body: Vec<Unit>,
    pub footnotes: Notes<Properties>,
    pub endnotes: Notes<Properties>,
}

/// What an open element means for what stands in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// Characters in it are text of the paragraph that is open.
    Text,
    Hidden,
    Paragraph,
    List,
    Contents,
    Table,
    Row,
    Cell,
    Note(NoteKind),
    /// Boxes with text of their own.
    Shape,
    Frame {
        stands_in_text: bool,
    },
    Region,
    Deletion,
    Other,
}

/// What takes in the units that come next.
enum Holder {
    Paragraph(Paragraph),
    Cell(CellUnit),
    /// A note, a text box or what was deleted.
    Flow(Vec<Unit>),
}

pub(super) struct Flow<'a> {
    events: Events<'a>,
    styles: &'a Styles,
    lists: Lists<'a>,
    tracked: Tracked,
    allowance: Allowance,
    content: Content,
    scopes: Vec<Scope>,
    /// How many elements are open inside one that is passed over.
    skipped: usize,
    holders: Vec<Holder>,
    tables: Vec<Table>,
    tables_seen: u32,
    notes_seen: usize,
    story: Story,
    /// The texts around the one that is read.
    stories: Vec<Story>,
    /// How many open elements are hidden, hold a table of contents, and hold what was deleted.
    hidden: usize,
    contents: usize,
    deletions: usize,
    /// A paragraph whose end was inserted, to be gone on with.
    unfinished: Option<Paragraph>,
}

/// Elements whose text is not on the page, or is not the draft's.
const PASSED_OVER: &[&str] = &[
    "office:annotation",
    "office:change-info",
    "office:event-listeners",
    "office:forms",
    "office:scripts",
    "office:font-face-decls",
    "office:automatic-styles",
    "svg:title",
    "svg:desc",
    "text:note-citation",
    "text:number",
    "text:ruby-text",
    "text:sequence-decls",
    "text:variable-decls",
    "text:user-field-decls",
    "text:dde-connection-decls",
    "text:table-of-content-source",
    "text:illustration-index-source",
    "text:table-index-source",
    "text:object-index-source",
    "text:user-index-source",
    "text:alphabetical-index-source",
    "text:bibliography-source",
];

/// Elements that are made of the headings and captions of the document.
const CONTENTS: &[&str] = &[
    "text:table-of-content",
    "text:illustration-index",
    "text:table-index",
    "text:object-index",
    "text:user-index",
    "text:alphabetical-index",
];

impl<'a> Flow<'a> {
    pub(super) fn new(content: &'a PartText, styles: &'a Styles, changes: Changes) -> Self {
        Flow {
            events: Events::of(content),
            styles,
            lists: Lists::new(styles),
            tracked: Tracked::new(changes),
            allowance: Allowance::default(),
            content: Content::default(),
            scopes: Vec::new(),
            skipped: 0,
            holders: Vec::new(),
            tables: Vec::new(),
            tables_seen: 0,
            notes_seen: 0,
            story: Story::Body,
            stories: Vec::new(),
            hidden: 0,
            contents: 0,
            deletions: 0,
            unfinished: None,
        }
    }

    pub(super) fn read(mut self) -> Result<Content, Error> {
        while let Some(event) = self.events.next()? {
            match event {
                Event::Start(_) if self.skipped > 0 => self.skipped += 1,
                Event::End(_) if self.skipped > 0 => self.skipped -= 1,
                _ if self.skipped > 0 => {}
                Event::Start(element) if self.passes_over(&element) => self.skipped = 1,
                Event::Empty(element) if self.passes_over(&element) => {}
                Event::Start(element) => {
                    let scope = self.open(&element)?;
                    self.scopes.push(scope);
                }
                Event::Empty(element) => {
                    let scope = self.open(&element)?;
                    self.close(scope)?;
                }
                Event::End(_) => {
                    if let Some(scope) = self.scopes.pop() {
                        self.close(scope)?;
                    }
                }
                Event::Text(text) => self.characters(&text.into_inner()),
                Event::CData(text) => self.characters(&text.into_inner()),
                Event::GeneralRef(reference) => {
                    if let Some(char) = xml::entity(&reference) {
                        self.characters(char.encode_utf8(&mut [0; 4]));
                    }
                }
                _ => {}
            }
        }
        self.end_flow();
        Ok(self.content)
    }

    fn passes_over(&self, element: &BytesStart) -> bool {
        let name = element.name().into_inner();
        PASSED_OVER.contains(&name)
            || name == "text:section" && xml::attribute(element, "display").as_deref() == Some("none")
            || name == "text:deletion" && !self.tracked.is_read()
    }

    fn open(&mut self, element: &BytesStart) -> Result<Scope, Error> {
        let name = element.name().into_inner();
        let attribute = |name: &str| xml::attribute(element, name);
        Ok(match name {
            "text:p" => self.open_paragraph(element, None)?,
            "text:h" => self.open_paragraph(element, Some(xml::number(element, "outline-level").unwrap_or(1)))?,
            "text:span" => self.open_span(element),
            "text:list" | "text:list-item" | "text:list-header" => self.open_list(name, element),
            "table:table" => self.open_table(),
            "table:table-row" => self.open_row(),
            "table:table-cell" | "table:covered-table-cell" => self.open_cell(element),
            "text:note" => self.open_note(element),
            "text:changed-region" | "text:insertion" | "text:deletion" | "text:change" | "text:change-start" | "text:change-end" => {
                self.open_change(name, element)
            }
            "draw:frame" => Scope::Frame {
                stands_in_text: attribute("anchor-type").as_deref() == Some("as-char"),
            },
            name if CONTENTS.contains(&name) => {
                self.contents += 1;
                Scope::Contents
            }
            name if name.starts_with("draw:") => self.open_drawing(name),
            _ => self.open_inline(name, element),
        })
    }

    fn open_list(&mut self, name: &str, element: &BytesStart) -> Scope {
        match name {
            "text:list" => {
                self.lists.begin(element);
                return Scope::List;
            }
            "text:list-item" => self.lists.begin_item(element),
            _ => self.lists.begin_header(),
        }
        Scope::Other
    }

    /// What was changed is told in regions before the text, and marks in the text refer to them.
    fn open_change(&mut self, name: &str, element: &BytesStart) -> Scope {
        let id = || xml::attribute(element, "change-id");
        match name {
            "text:changed-region" => {
                self.tracked.begin_region(xml::attribute(element, "id"));
                return Scope::Region;
            }
            "text:deletion" => {
                self.deletions += 1;
                self.enter(self.story);
                return Scope::Deletion;
            }
            "text:insertion" => self.tracked.take_insertion(),
            "text:change" => self.put_back(id().as_deref()),
            "text:change-start" => self.tracked.begin(id()),
            _ => self.tracked.end(id().as_deref()),
        }
        Scope::Other
    }

    fn open_paragraph(&mut self, element: &BytesStart, outline_level: Option<i64>) -> Result<Scope, Error> {
        if !self.allowance.take_paragraph() {
            return Err(self.events.too_large());
        }
        if let Some(unfinished) = self.unfinished.take() {
            self.holders.push(Holder::Paragraph(unfinished));
            return Ok(Scope::Paragraph);
        }
        let style = xml::attribute(element, "style-name");
        let style = style.as_deref();
        let heading = outline_level.map(|level| level.clamp(1, 10) as u8);
        let is_unnumbered = xml::attribute(element, "is-list-header").as_deref() == Some("true");
        let mut paragraph = Paragraph::new(self.story);
        paragraph.in_contents = self.contents > 0;
        paragraph.properties = Properties {
            // What was deleted is told before the text, so that it cannot be counted in its place.
            label: if self.deletions > 0 || is_unnumbered {
                String::new()
            } else {
                self.lists.next_label(style, heading)
            },
            heading: heading.map(|level| level.min(6)).or(self.styles.is_title(style).then_some(1)),
            is_contents: self.styles.is_contents(style),
        };
        self.holders.push(Holder::Paragraph(paragraph));
        Ok(Scope::Paragraph)
    }

    fn open_table(&mut self) -> Scope {
        self.end_flow();
        self.tables.push(Table::new(self.tables_seen));
        self.tables_seen = self.tables_seen.saturating_add(1);
        Scope::Table
    }

    fn open_row(&mut self) -> Scope {
        if let Some(table) = self.tables.last_mut() {
            table.begin_row();
        }
        Scope::Row
    }

    /// A cell that another one covers takes its column and says nothing.
    fn open_cell(&mut self, element: &BytesStart) -> Scope {
        let place = match self.tables.last_mut() {
            Some(table) => {
                let place = table.begin_cell();
                // The columns that a cell spans are told by the covered cells behind it.
                table.widen_cell(xml::number(element, "number-columns-repeated"));
                place
            }
            None => Cell {
                table: self.tables_seen,
                row: 0,
                column: 0,
            },
        };
        self.lists.enter();
        self.holders.push(Holder::Cell(CellUnit { place, units: Vec::new() }));
        Scope::Cell
    }

    fn open_note(&mut self, element: &BytesStart) -> Scope {
        let kind = match xml::attribute(element, "note-class").as_deref() {
            Some("endnote") => NoteKind::Endnote,
            _ => NoteKind::Footnote,
        };
        self.enter(match kind {
            NoteKind::Footnote => Story::Footnote,
            NoteKind::Endnote => Story::Endnote,
        });
        Scope::Note(kind)
    }

    fn open_drawing(&mut self, name: &str) -> Scope {
        match name {
            "draw:image" | "draw:object" | "draw:object-ole" => {
                if let Some(Scope::Frame { stands_in_text }) = self.scopes.last_mut()
                    && std::mem::take(stands_in_text)
                {
                    self.shown(OBJECT);
                }
                Scope::Other
            }
            _ => {
                self.enter(if self.story == Story::Body { Story::TextBox } else { self.story });
                Scope::Shape
            }
        }
    }

    fn close(&mut self, scope: Scope) -> Result<(), Error> {
        match scope {
            Scope::Paragraph => self.close_paragraph(),
            Scope::Hidden => self.hidden -= 1,
            Scope::List => self.lists.end(),
            Scope::Contents => self.contents -= 1,
            Scope::Table => {
                self.tables.pop();
            }
            Scope::Row => {
                if let Some(table) = self.tables.last_mut() {
                    table.end_row();
                }
            }
            Scope::Cell => self.close_cell()?,
            Scope::Note(kind) => self.close_note(kind),
            Scope::Shape => self.close_shape(),
            Scope::Region => self.tracked.begin_region(None),
            Scope::Deletion => {
                self.deletions -= 1;
                let units = self.leave();
                self.tracked.take_deletion(units);
            }
            Scope::Text | Scope::Frame { .. } | Scope::Other => {}
        }
        Ok(())
    }

    /// A paragraph that ends among what is not shown has lost its end, and goes on in the next one.
    fn close_paragraph(&mut self) {
        if !matches!(self.holders.last(), Some(Holder::Paragraph(_))) {
            return;
        }
        let Some(Holder::Paragraph(paragraph)) = self.holders.pop() else {
            return;
        };
        if self.tracked.hides_text() {
            self.unfinished = Some(paragraph);
        } else {
            self.deliver(Unit::Paragraph(paragraph));
        }
    }

    fn close_cell(&mut self) -> Result<(), Error> {
        self.end_flow();
        self.lists.leave();
        if let Some(Holder::Cell(cell)) = self.holders.pop()
            && !cell.units.is_empty()
        {
            self.deliver(Unit::Cell(cell));
        }
        let columns = self.tables.last_mut().map_or(1, Table::end_cell);
        if self.allowance.take_columns(columns) {
            Ok(())
        } else {
            Err(self.events.too_large())
        }
    }

    fn close_note(&mut self, kind: NoteKind) {
        let units = self.leave();
        let id = self.notes_seen.to_string();
        self.notes_seen += 1;
        let is_shown = self.is_shown();
        let Some(paragraph) = self.paragraph().filter(|_| is_shown) else {
            return;
        };
        paragraph.notes.push(NoteReference {
            kind,
            id: id.clone(),
            xml: 0..0,
        });
        let notes = match kind {
            NoteKind::Footnote => &mut self.content.footnotes,
            NoteKind::Endnote => &mut self.content.endnotes,
        };
        if let Entry::Vacant(place) = notes.entry(id) {
            place.insert(units);
        }
    }

    fn close_shape(&mut self) {
        let units = self.leave();
        if self.is_shown() {
            units.into_iter().for_each(|unit| self.deliver(unit));
        }
    }
}
