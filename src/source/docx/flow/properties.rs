//! What stands in the properties of paragraphs, runs, rows, cells and content controls.

use quick_xml::events::BytesStart;

use super::{Holder, PartReader, Scope};
use crate::source::docx::own;
use crate::source::docx::sheet::Properties;
use crate::source::office::xml;

impl PartReader<'_, '_> {
    pub(super) fn paragraph_property(&mut self, name: &str, element: &BytesStart) -> Scope {
        if let Some(Holder::Paragraph(paragraph)) = self.holders.last_mut() {
            let properties = &mut paragraph.properties;
            match name {
                "pStyle" => properties.style = xml::attribute(element, "val"),
                "numId" => properties.numbering.list = own::number(element),
                "ilvl" => properties.numbering.level = own::number(element),
                // It is read only where changes are rejected, and holds the properties as they were.
                "pPrChange" => *properties = Properties::default(),
                "outlineLvl" => properties.outline_level = own::number(element).and_then(|level| u8::try_from(level).ok()),
                _ => {}
            }
        }
        Scope::ParagraphProperties
    }

    pub(super) fn run_property(&mut self, name: &str, element: &BytesStart) -> Scope {
        if name == "vanish"
            && own::toggle(element)
            && let Some(Scope::Run { hidden }) = self.scopes.iter_mut().rev().nth(1)
            && !std::mem::replace(hidden, true)
        {
            self.hidden_runs += 1;
        }
        Scope::RunProperties
    }

    pub(super) fn row_property(&mut self, name: &str, element: &BytesStart) -> Scope {
        if let ("gridBefore", Some(table)) = (name, self.tables.last_mut()) {
            table.leave_free(own::number(element));
        }
        Scope::RowProperties
    }

    pub(super) fn cell_property(&mut self, name: &str, element: &BytesStart) -> Scope {
        if let ("gridSpan", Some(table)) = (name, self.tables.last_mut()) {
            table.widen_cell(own::number(element));
        }
        Scope::CellProperties
    }

    pub(super) fn control_property(&mut self, name: &str, element: &BytesStart) -> Scope {
        let is_contents = name == "docPartGallery" && xml::attribute(element, "val").as_deref() == Some("Table of Contents");
        let control = self.scopes.iter_mut().rev().find(|scope| matches!(scope, Scope::Control { .. }));
        if let (true, Some(Scope::Control { is_contents: marked })) = (is_contents, control)
            && !std::mem::replace(marked, true)
        {
            self.contents += 1;
        }
        Scope::ControlProperties
    }
}
