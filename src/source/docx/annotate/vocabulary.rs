//! How a part names the elements of WordprocessingML.

use quick_xml::events::Event;
use quick_xml::events::attributes::Attribute;

use crate::source::docx::own::NAMESPACES;
use crate::source::office::Error;
use crate::source::office::package::PartText;
use crate::source::office::xml::Events;

/// The prefix to write elements and attributes with, and its declaration where the root has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Vocabulary {
    pub prefix: String,
    /// Belongs into the outermost elements written.
    pub declaration: String,
    pub namespace: &'static str,
}

impl Vocabulary {
    /// The vocabulary of a part, as its root declares it.
    pub(super) fn of(part: &PartText) -> Result<Self, Error> {
        let mut events = Events::of(part);
        while let Some(event) = events.next()? {
            let (Event::Start(root) | Event::Empty(root)) = event else { continue };
            let attributes: Vec<_> = root.attributes().with_checks(false).flatten().collect();
            let namespace = NAMESPACES
                .into_iter()
                .find(|namespace| attributes.iter().any(|attribute| attribute.value == *namespace))
                .unwrap_or(NAMESPACES[0]);
            let is_bound = |attribute: &&Attribute| attribute.value == namespace && attribute.key.prefix().is_some();
            return Ok(match attributes.iter().find(is_bound) {
                Some(attribute) => Vocabulary {
                    prefix: attribute.key.local_name().into_inner().to_owned(),
                    declaration: String::new(),
                    namespace,
                },
                // Attributes need a prefix, even where the elements have none.
                None => Vocabulary {
                    prefix: "w".to_owned(),
                    declaration: format!(" xmlns:w=\"{namespace}\""),
                    namespace,
                },
            });
        }
        Err(events.broken("no XML"))
    }

    pub(super) fn is_strict(&self) -> bool {
        self.namespace == NAMESPACES[1]
    }
}
