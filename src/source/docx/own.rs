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

/// The prefix of a document's own elements in one part.
pub(super) struct Own {
    /// `None` where they have none.
    prefix: Option<String>,
}

impl Own {
    /// The prefix that the part's root declares.
    pub(super) fn of(part: &PartText) -> Result<Self, Error> {
        let mut events = Events::of(part);
        let mut prefix = Some("w".to_owned());
        while let Some(event) = events.next()? {
            let (Event::Start(root) | Event::Empty(root)) = event else { continue };
            let mut attributes = root.attributes();
            let mut attributes = attributes.with_checks(false).flatten();
            if let Some(declared) = attributes.find(|attribute| NAMESPACES.contains(&attribute.value.as_ref())) {
                prefix = declared.key.prefix().map(|_| declared.key.local_name().into_inner().to_owned());
            }
            break;
        }
        Ok(Own { prefix })
    }

    /// Whether a name is one of the document's own vocabulary, and not of drawings or formulas, where `p` and `t` mean other things.
    pub(super) fn holds(&self, name: QName) -> bool {
        name.prefix().map(|prefix| prefix.into_inner()) == self.prefix.as_deref()
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
