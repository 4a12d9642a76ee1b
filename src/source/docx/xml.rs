//! The little that is needed of XML, within bounds.

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::QName;
use quick_xml::{Reader, XmlVersion};

use super::error::Error;
use super::package::PartText;

/// Deeper than any document nests; a part that goes beyond is not read.
const DEEPEST: usize = 256;

/// The namespace of a document's own elements, in the usual and in the strict form.
pub(super) const NAMESPACES: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// Reads a part's events one by one, with the byte offsets at which each begins and ends, and stops at nesting that no real document has.
pub(super) struct Events<'a> {
    reader: Reader<&'a [u8]>,
    part: &'a PartText,
    depth: usize,
    /// The prefix of a document's own elements; `None` where they have none.
    prefix: Option<String>,
    is_begun: bool,
}

impl<'a> Events<'a> {
    pub(super) fn of(part: &'a PartText) -> Self {
        let mut reader = Reader::from_str(&part.xml);
        reader.config_mut().check_end_names = true;
        Events {
            reader,
            part,
            depth: 0,
            prefix: Some("w".to_owned()),
            is_begun: false,
        }
    }

    /// The next event; `None` at the end of the part.
    pub(super) fn next(&mut self) -> Result<Option<Event<'a>>, Error> {
        let event = self.reader.read_event().map_err(|error| self.broken(&error.to_string()))?;
        match &event {
            Event::Eof if self.depth > 0 => return Err(self.broken("the end is missing")),
            Event::Eof if !self.is_begun => return Err(self.broken("no XML")),
            Event::Eof => return Ok(None),
            // A declared entity may stand for a text without end, or for another file.
            Event::DocType(_) => return Err(self.broken("a document type declaration is not allowed")),
            Event::Start(element) => {
                self.begin(element);
                self.depth += 1;
            }
            Event::Empty(element) => self.begin(element),
            Event::End(_) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        if self.depth > DEEPEST {
            return Err(self.too_large());
        }
        Ok(Some(event))
    }

    /// The byte offset behind the event read last.
    pub(super) fn position(&self) -> usize {
        usize::try_from(self.reader.buffer_position()).unwrap_or(usize::MAX)
    }

    /// Whether a name is one of the document's own vocabulary, and not of drawings or formulas, where `p` and `t` mean other things.
    pub(super) fn is_own(&self, name: QName) -> bool {
        name.prefix().map(|prefix| prefix.into_inner()) == self.prefix.as_deref()
    }

    pub(super) fn broken(&self, reason: &str) -> Error {
        Error::Broken {
            part: self.part.name.clone(),
            reason: reason.to_owned(),
        }
    }

    pub(super) fn too_large(&self) -> Error {
        Error::TooLarge {
            part: self.part.name.clone(),
        }
    }

    /// The root tells the prefix.
    fn begin(&mut self, element: &BytesStart) {
        if std::mem::replace(&mut self.is_begun, true) {
            return;
        }
        let declared = element
            .attributes()
            .with_checks(false)
            .flatten()
            .find(|attribute| NAMESPACES.contains(&attribute.value.as_ref()));
        if let Some(declared) = declared {
            self.prefix = declared.key.prefix().map(|_| declared.key.local_name().into_inner().to_owned());
        }
    }
}

/// The value of an attribute by its local name, unescaped.
pub(super) fn attribute(element: &BytesStart, name: &str) -> Option<String> {
    let found = element
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.local_name().into_inner() == name)?;
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
