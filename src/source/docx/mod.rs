//! Word documents (.docx, .docm, .dotx) into text and blocks.
//!
//! A document is read as a person sees it on the page: tracked changes as accepted (or as rejected, when the original is asked for), fields
//! as their result, automatic numbers as rendered, comments and hidden text not at all. The text made from it has one paragraph a line, so
//! that every place in the document is a byte offset in that text, as in any other draft; [`Span`]s lead back to the XML.

mod body;
mod error;
mod label;
mod numbering;
mod package;
mod styles;
mod xml;

use std::ops::Range;

use super::block::Block;

pub use error::Error;

/// A Word document as text.
#[derive(Debug, Default)]
pub struct Document {
    /// One paragraph a line, automatic numbers included.
    pub text: String,
    /// In reading order: notes stand behind the paragraph that refers to them, text boxes behind the paragraph they are anchored in.
    pub blocks: Vec<Block>,
    pub layout: Layout,
}

/// How the text lies in the document's XML.
#[derive(Debug, Default)]
pub struct Layout {
    /// Where the text comes from, in the order of the text.
    pub spans: Vec<Span>,
}

/// A run of text that one text node of the document's XML holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Bytes of [`Document::text`].
    pub text: Range<usize>,
    pub part: Part,
    /// Bytes of the part's XML: the node's content, still escaped.
    pub xml: Range<usize>,
}

/// A part of the package that holds prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    Body,
    Footnotes,
    Endnotes,
}

/// Which side of tracked changes is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Changes {
    #[default]
    Accepted,
    Rejected,
}

/// Reads a Word document.
///
/// # Errors
/// An [`Error`] that names what is wrong with the file: it is an old or encrypted document, no Word document at all, broken, or absurdly large.
pub fn read(bytes: &[u8], changes: Changes) -> Result<Document, Error> {
    let mut package = package::Package::open(bytes)?;
    let main = package.main_part()?;
    let styles = package
        .related(&main, "styles")?
        .map(|part| styles::Styles::read(&part))
        .transpose()?
        .unwrap_or_default();
    let numbering = package
        .related(&main, "numbering")?
        .map(|part| numbering::Numbering::read(&part))
        .transpose()?
        .unwrap_or_default();
    let footnotes = package.related(&main, "footnotes")?;
    let endnotes = package.related(&main, "endnotes")?;
    let document = package.part(&main)?;
    let mut reader = body::Reader::new(&styles, numbering, changes);
    if let Some(notes) = &footnotes {
        reader.read_notes(notes, Part::Footnotes)?;
    }
    if let Some(notes) = &endnotes {
        reader.read_notes(notes, Part::Endnotes)?;
    }
    reader.read_body(&document)?;
    Ok(reader.finish())
}
