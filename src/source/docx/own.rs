//! WordprocessingML among the vocabularies of a part.

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;

use crate::source::office::Error;
use crate::source::office::package::PartText;
use crate::source::office::xml::{self, Events};

/// The namespace of a document's own elements, in the usual and in the strict form.
pub(in crate::source) const NAMESPACES: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];

/// Whether a part is the main one of a text document: those of sheets and slides are named by the same relationship.
pub(super) fn is_document(part: &PartText) -> Result<bool, Error> {
    let root = root(part)?;
    Ok(root.is_some_and(|root| root.local_name().into_inner() == "document"))
}

fn root(part: &PartText) -> Result<Option<BytesStart<'_>>, Error> {
    let mut events = Events::of(part);
    while let Some(event) = events.next()? {
        if let Event::Start(root) | Event::Empty(root) = event {
            return Ok(Some(root));
        }
    }
    Ok(None)
}

/// The prefix of a document's own elements in one part.
pub(super) struct Own {
    /// `None` where they have none.
    prefix: Option<String>,
}

impl Own {
    /// The prefix that the part's root declares.
    pub(super) fn of(part: &PartText) -> Result<Self, Error> {
        Ok(Own {
            prefix: root(part)?.and_then(|root| own_prefix(&root)),
        })
    }

    /// Whether a name is one of the document's own vocabulary, and not of drawings or formulas, where `p` and `t` mean other things.
    pub(super) fn holds(&self, name: QName) -> bool {
        name.prefix().map(|prefix| prefix.into_inner()) == self.prefix.as_deref()
    }
}

fn own_prefix(root: &BytesStart) -> Option<String> {
    let mut attributes = root.attributes();
    let mut attributes = attributes.with_checks(false).flatten();
    match attributes.find(|attribute| NAMESPACES.contains(&attribute.value.as_ref())) {
        Some(declared) => declared.key.prefix().map(|_| declared.key.local_name().into_inner().to_owned()),
        None => Some("w".to_owned()),
    }
}

/// The `val` attribute as a number.
pub(super) fn number(element: &BytesStart) -> Option<i64> {
    xml::number(element, "val")
}

/// Whether a toggle such as `<w:vanish/>` is on.
pub(super) fn toggle(element: &BytesStart) -> bool {
    !matches!(xml::attribute(element, "val").as_deref(), Some("0" | "false" | "off"))
}
