//! The little that is needed of XML, within bounds.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::error::Error;
use super::package::PartText;

/// Deeper than any document nests; a part that goes beyond is not read.
const DEEPEST: usize = 256;

/// Reads a part's events one by one, with the byte offsets at which each begins and ends, and stops at nesting that no real document has.
pub(super) struct Events<'a> {
    reader: Reader<&'a [u8]>,
    part: &'a PartText,
    depth: usize,
}

impl<'a> Events<'a> {
    pub(super) fn of(part: &'a PartText) -> Self {
        let mut reader = Reader::from_str(&part.xml);
        reader.config_mut().check_end_names = true;
        Events { reader, part, depth: 0 }
    }

    /// The next event; `None` at the end of the part.
    pub(super) fn next(&mut self) -> Result<Option<Event<'a>>, Error> {
        let event = self.reader.read_event().map_err(|error| self.broken(error.to_string()))?;
        match &event {
            Event::Eof if self.depth > 0 => return Err(self.broken("the part ends too early".to_owned())),
            Event::Eof => return Ok(None),
            Event::DocType(_) => return Err(self.broken("document type declarations are not allowed".to_owned())),
            Event::Start(_) => self.depth += 1,
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        if self.depth > DEEPEST {
            return Err(Error::TooLarge {
                part: self.part.name.clone(),
            });
        }
        Ok(Some(event))
    }

    /// The byte offset behind the event read last.
    pub(super) fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    fn broken(&self, reason: String) -> Error {
        Error::Broken {
            part: self.part.name.clone(),
            reason,
        }
    }
}

/// The value of an attribute by its local name, unescaped.
pub(super) fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let found = element
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::default()).ok().map(String::from)
}

/// The `val` attribute as a number.
pub(super) fn number(element: &BytesStart) -> Option<i64> {
    attribute(element, "val")?.trim().parse().ok()
}

/// Whether a toggle such as `<w:vanish/>` is on.
pub(super) fn toggle(element: &BytesStart) -> bool {
    !matches!(attribute(element, "val").as_deref(), Some("0" | "false" | "off"))
}

/// The character that `&amp;` or `&#x4E00;` stands for; entities of a document's own are not known.
pub(super) fn entity(reference: &BytesRef) -> Option<char> {
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

/// The target of the first relationship whose type ends in `/kind`.
pub(super) fn relation(part: &PartText, kind: &str) -> Result<Option<String>, Error> {
    let mut events = Events::of(part);
    while let Some(event) = events.next()? {
        let (Event::Start(element) | Event::Empty(element)) = event else {
            continue;
        };
        let matches = attribute(&element, "Type").is_some_and(|name| name.rsplit('/').next() == Some(kind));
        if matches && attribute(&element, "TargetMode").as_deref() != Some("External") {
            return Ok(attribute(&element, "Target"));
        }
    }
    Ok(None)
}
