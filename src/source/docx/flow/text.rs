//! What runs hold: characters, elements that stand for characters, and references to notes.

use std::ops::Range;

use quick_xml::events::BytesStart;

use super::{PartReader, Scope, TextNode};
use crate::source::office::unit::{NoteKind, NoteReference};
use crate::source::office::xml;
use crate::source::prose::OBJECT;

impl PartReader<'_, '_> {
    /// Elements of a run that stand for characters or refer to something.
    pub(super) fn run_content(&mut self, name: &str, element: &BytesStart, xml: Range<usize>) {
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

    pub(super) fn open_text(&mut self, element: &BytesStart) -> Scope {
        let preserves = xml::attribute(element, "space").as_deref() == Some("preserve");
        let start = self.paragraph().map_or(0, |paragraph| paragraph.text.len());
        self.text = TextNode { start, preserves };
        Scope::Text
    }

    /// Characters between tags, which mean something in a text node and in a field's code.
    pub(super) fn characters(&mut self, text: &str, at: usize) {
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
    pub(super) fn shown(&mut self, text: &str, xml: Range<usize>) {
        if self.scopes.last() == Some(&Scope::Text) {
            self.shown_in_run(text, xml);
        }
    }

    /// Text for an element of a run.
    pub(super) fn shown_in_run(&mut self, text: &str, xml: Range<usize>) {
        if !self.is_shown() {
            return;
        }
        let in_contents = self.in_contents();
        if let Some(paragraph) = self.paragraph() {
            paragraph.push_shown(text, xml);
            paragraph.in_contents |= in_contents;
        }
    }

    fn is_shown(&self) -> bool {
        self.hidden_runs == 0 && !self.fields.hides_text()
    }

    pub(super) fn close_text(&mut self) {
        let TextNode { start, preserves } = self.text;
        if let (false, Some(paragraph)) = (preserves, self.paragraph()) {
            paragraph.trim_end_to(start.min(paragraph.text.len()));
        }
    }
}
