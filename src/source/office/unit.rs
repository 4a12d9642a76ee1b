//! What a document's XML holds, before numbers are counted and text is put together.

use std::ops::Range;

use super::{Span, Story};
use crate::source::block::Cell;

/// A piece of the document's flow.
#[derive(Debug)]
pub enum Unit<P> {
    Paragraph(Paragraph<P>),
    Cell(CellUnit<P>),
}

/// A cell with what stands in it: its paragraphs, and the cells of tables inside it.
#[derive(Debug)]
pub struct CellUnit<P> {
    pub place: Cell,
    pub units: Vec<Unit<P>>,
}

/// A paragraph as its XML tells it.
#[derive(Debug)]
pub struct Paragraph<P> {
    pub text: String,
    /// Text ranges are relative to this paragraph.
    pub spans: Vec<Span>,
    /// What the format says of the paragraph besides.
    pub properties: P,
    /// It is a line of a table of contents.
    pub in_contents: bool,
    /// The paragraph's end mark is gone with a tracked change, so that the next one goes on in it.
    pub mark_removed: bool,
    pub story: Story,
    /// What stands in text boxes that are anchored here.
    pub anchored: Vec<Unit<P>>,
    pub notes: Vec<NoteReference>,
}

#[derive(Debug)]
pub struct NoteReference {
    pub kind: NoteKind,
    pub id: String,
    /// The reference, in bytes of the main part's XML.
    pub xml: Range<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteKind {
    Footnote,
    Endnote,
}

impl<P: Default> Paragraph<P> {
    pub fn new(story: Story) -> Self {
        Paragraph {
            text: String::new(),
            spans: Vec::new(),
            properties: P::default(),
            in_contents: false,
            mark_removed: false,
            story,
            anchored: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The paragraph with what comes behind its end mark, which is gone. The properties were the mark's; those of the next mark hold.
    pub fn going_on(self) -> Self {
        Paragraph {
            properties: P::default(),
            mark_removed: false,
            ..self
        }
    }

    /// Appends characters that stand in the XML just as they are read.
    pub fn push(&mut self, text: &str, xml: Range<usize>) {
        let start = self.text.len();
        self.text.push_str(text);
        match self.spans.last_mut() {
            Some(last) if last.verbatim && last.xml.end == xml.start && last.text.end == start => {
                last.text.end = self.text.len();
                last.xml.end = xml.end;
            }
            _ => self.push_span(start, xml, true),
        }
    }

    /// Appends text for an element or an entity.
    pub fn push_shown(&mut self, text: &str, xml: Range<usize>) {
        let start = self.text.len();
        self.text.push_str(text);
        self.push_span(start, xml, false);
    }

    fn push_span(&mut self, start: usize, xml: Range<usize>, verbatim: bool) {
        if self.text.len() > start {
            let text = start..self.text.len();
            self.spans.push(Span { text, xml, verbatim });
        }
    }

    /// Takes white space away from the end of the text, as far back as `start`.
    pub fn trim_end_to(&mut self, start: usize) {
        let kept = start.max(self.text.trim_end_matches([' ', '\t', '\n']).len());
        self.text.truncate(kept);
        while let Some(last) = self.spans.last_mut().filter(|span| span.text.end > kept) {
            let cut = last.text.end - kept;
            if last.text.start >= kept {
                self.spans.pop();
                continue;
            }
            last.text.end = kept;
            if last.verbatim {
                last.xml.end -= cut;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_grow_and_shrink_with_the_text() {
        let mut paragraph = Paragraph::<()>::new(Story::Body);
        paragraph.push("甲", 10..13);
        paragraph.push("乙 ", 13..17);
        paragraph.push_shown("&", 17..22);
        paragraph.push(" ", 22..23);
        let span = |text, xml, verbatim| Span { text, xml, verbatim };
        assert_eq!(
            paragraph.spans,
            [span(0..7, 10..17, true), span(7..8, 17..22, false), span(8..9, 22..23, true)]
        );
        paragraph.trim_end_to(0);
        assert_eq!((paragraph.text.as_str(), paragraph.spans.len()), ("甲乙 &", 2));
    }
}
