//! Documents of word processors: what their formats have in common.
//!
//! A document is a zip package of XML parts. It is read as a person sees it on the page: tracked changes as accepted (or as rejected, when the
//! original is asked for), fields as their result, automatic numbers as rendered, comments and hidden text not at all. The text made from it has
//! one paragraph a line and one cell of a table a line, so that every place in the document is a byte offset in that text, as in any other draft;
//! [`Span`]s lead back to the XML.
//!
//! A format reads its parts into units, and `compose` makes one text of them. `package` and `xml` keep what is unpacked and read within
//! bounds, whoever made the file.

pub(super) mod allowance;
pub(super) mod compose;
mod error;
pub(super) mod package;
#[cfg(test)]
pub(super) mod sample;
pub(super) mod table;
pub(super) mod unit;
pub(super) mod xml;

use std::ops::Range;

use super::block::{Block, Cell};
use super::{docx, odt};
pub use error::Error;
use package::Package;

/// A document as text.
#[derive(Debug, Default)]
pub struct Document {
    /// In reading order, automatic numbers included: notes stand behind the paragraph that refers to them, text boxes behind the paragraph they
    /// are anchored in.
    pub text: String,
    /// In reading order; a table of contents leaves no block.
    pub blocks: Vec<Block>,
    pub layout: Layout,
}

/// How the text lies in the document.
#[derive(Debug, Default)]
pub struct Layout {
    /// The paragraphs that say something, in the order of the text.
    pub paragraphs: Vec<Paragraph>,
    /// Where the text comes from, in the order of the text.
    pub spans: Vec<Span>,
    /// Whether comments and changes can be written into a copy of the document.
    pub takes_comments: bool,
}

/// Where a paragraph stands, in the text and for a reader of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Bytes of the text, the automatic number included.
    pub text: Range<usize>,
    /// How many of these bytes are the automatic number.
    pub label: usize,
    /// Which paragraph of the document, counted from one in reading order with the empty ones.
    pub number: usize,
    pub cell: Option<Cell>,
    pub story: Story,
}

/// Which of a document's texts a paragraph belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Story {
    Body,
    Footnote,
    Endnote,
    TextBox,
}

/// A run of text and the XML of the main part that it comes from. Only formats that are written back have them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Bytes of the text.
    pub text: Range<usize>,
    /// Bytes of the main part's XML: characters of a text node, an element such as a tab, or the reference to the note that holds the text.
    pub xml: Range<usize>,
    /// Whether the XML holds just these characters, so that a place inside the one is a place inside the other.
    pub verbatim: bool,
}

/// Which side of tracked changes is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Changes {
    #[default]
    Accepted,
    Rejected,
}

/// Reads a document, in whichever of the formats it is.
///
/// # Errors
/// An [`Error`] that names what is wrong with the file: it is an old or encrypted document, no document at all, broken, or absurdly large.
pub fn read(bytes: &[u8], changes: Changes) -> Result<Document, Error> {
    let mut package = Package::open(bytes)?;
    if odt::is_in(&mut package) {
        odt::read(&mut package, changes)
    } else {
        docx::read_package(&mut package, changes)
    }
}

impl Layout {
    /// The paragraph that holds a byte of the text, or the last one before it.
    pub fn paragraph_at(&self, byte: usize) -> Option<&Paragraph> {
        let behind = self.paragraphs.partition_point(|paragraph| paragraph.text.start <= byte);
        self.paragraphs.get(behind.saturating_sub(1))
    }

    /// The paragraph with a number of the document; `None` for one that says nothing.
    pub fn paragraph(&self, number: usize) -> Option<&Paragraph> {
        let found = self.paragraphs.binary_search_by_key(&number, |paragraph| paragraph.number).ok()?;
        self.paragraphs.get(found)
    }

    /// Bytes of the automatic number before the paragraph that holds a byte; empty where there is none.
    pub fn automatic_number(&self, byte: usize) -> Range<usize> {
        self.paragraph_at(byte)
            .map_or(0..0, |paragraph| paragraph.text.start..paragraph.text.start + paragraph.label)
    }
}
