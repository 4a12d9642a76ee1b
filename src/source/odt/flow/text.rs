//! Characters of the content, and what hides them.

use quick_xml::events::BytesStart;

use super::{Flow, Holder, Paragraph, Scope};
use crate::source::odt::white;
use crate::source::office::xml;

impl Flow<'_> {
    pub(super) fn open_span(&mut self, element: &BytesStart) -> Scope {
        if xml::attribute(element, "style-name").is_some_and(|style| self.styles.is_hidden(&style)) {
            self.hidden += 1;
            return Scope::Hidden;
        }
        Scope::Text
    }

    /// Elements that stand for characters, and those around text that mean nothing for it.
    pub(super) fn open_inline(&mut self, name: &str, element: &BytesStart) -> Scope {
        match name {
            "text:s" => self.shown(white::spaces(xml::number(element, "c"))),
            "text:tab" => self.shown("\t"),
            "text:line-break" => self.shown("\n"),
            _ => {}
        }
        // An element that holds paragraphs does not stand in one.
        match self.scopes.last() {
            Some(Scope::Paragraph | Scope::Text | Scope::Hidden) => Scope::Text,
            _ => Scope::Other,
        }
    }

    pub(super) fn characters(&mut self, text: &str) {
        if !matches!(self.scopes.last(), Some(Scope::Paragraph | Scope::Text | Scope::Hidden)) || !self.is_shown() {
            return;
        }
        if let Some(paragraph) = self.paragraph() {
            white::push(&mut paragraph.text, text);
        }
    }

    /// Text for an element.
    pub(super) fn shown(&mut self, text: &str) {
        if !self.is_shown() {
            return;
        }
        if let Some(paragraph) = self.paragraph() {
            paragraph.text.push_str(text);
        }
    }

    pub(super) fn is_shown(&self) -> bool {
        self.hidden == 0 && !self.tracked.hides_text()
    }

    /// The paragraph that text goes into.
    pub(super) fn paragraph(&mut self) -> Option<&mut Paragraph> {
        match self.holders.last_mut() {
            Some(Holder::Paragraph(paragraph)) => Some(paragraph),
            _ => None,
        }
    }
}
