//! The little that is needed of XML, within bounds.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::error::Error;
use super::package::PartText;

/// Deeper than any document nests; a part that goes beyond is not read.
const DEEPEST: usize = 256;

/// Reads a part's events one by one, with the byte offsets at which each begins and ends, and stops at nesting that no real document has.
pub struct Events<'a> {
    reader: Reader<&'a [u8]>,
    part: &'a PartText,
    depth: usize,
    is_begun: bool,
}

impl<'a> Events<'a> {
    pub fn of(part: &'a PartText) -> Self {
        let mut reader = Reader::from_str(&part.xml);
        reader.config_mut().check_end_names = true;
        Events {
            reader,
            part,
            depth: 0,
            is_begun: false,
        }
    }

    /// The next event; `None` at the end of the part.
    pub fn next(&mut self) -> Result<Option<Event<'a>>, Error> {
        let event = self.reader.read_event().map_err(|error| self.broken(&error.to_string()))?;
        match &event {
            Event::Eof if self.depth > 0 => return Err(self.broken("the end is missing")),
            Event::Eof if !self.is_begun => return Err(self.broken("no XML")),
            Event::Eof => return Ok(None),
            // A declared entity may stand for a text without end, or for another file.
            Event::DocType(_) => return Err(self.broken("a document type declaration is not allowed")),
            Event::Start(_) => {
                self.is_begun = true;
                self.depth += 1;
            }
            Event::Empty(_) => self.is_begun = true,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        if self.depth > DEEPEST {
            return Err(self.too_large());
        }
        Ok(Some(event))
    }

    /// The byte offset behind the event read last.
    pub fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    pub fn broken(&self, reason: &str) -> Error {
        Error::Broken {
            part: self.part.name.clone(),
            reason: reason.to_owned(),
        }
    }

    pub fn too_large(&self) -> Error {
        Error::TooLarge {
            part: self.part.name.clone(),
        }
    }
}

/// The value of an attribute by its local name, unescaped.
pub fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let found = element
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().into_inner() == name)?;
    found.normalized_value(XmlVersion::default()).ok().map(String::from)
}

/// An attribute as a number.
pub fn number(element: &BytesStart, name: &str) -> Option<i64> {
    attribute(element, name)?.trim().parse().ok()
}

/// The character that `&amp;` or `&#x4E00;` stands for; entities of a document's own are not known.
pub fn entity(reference: &BytesRef) -> Option<char> {
    if let Ok(Some(char)) = reference.resolve_char_ref() {
        return Some(char);
    }
    match reference.xml_content(XmlVersion::default()).as_ref() {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => None,
    }
}
