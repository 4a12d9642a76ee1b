//! The styles of paragraphs, text and lists.

use quick_xml::events::{BytesStart, Event};
use rustc_hash::{FxHashMap, FxHashSet};

use super::lists::{Level, ListStyle};
use crate::source::office::Error;
use crate::source::office::package::PartText;
use crate::source::office::xml::{self, Events};

/// The styles of a document, those with names and those made for single places alike.
#[derive(Debug, Default)]
pub(super) struct Styles {
    paragraphs: FxHashMap<String, ParagraphStyle>,
    /// The styles of text that nobody sees.
    hidden: FxHashSet<String>,
    lists: FxHashMap<String, ListStyle>,
    pub outline: ListStyle,
}

#[derive(Debug, Default)]
struct ParagraphStyle {
    parent: Option<String>,
    /// The list style; an empty name takes numbering away.
    list: Option<String>,
}

/// A chain of styles made from each other is not followed further.
const LONGEST_CHAIN: usize = 16;

impl Styles {
    /// Takes the styles of a part, which stand before its body.
    pub(super) fn read(&mut self, part: &PartText) -> Result<(), Error> {
        let mut open = Open::Nothing;
        let mut events = Events::of(part);
        while let Some(event) = events.next()? {
            match event {
                Event::Start(element) if element.name().into_inner() == "office:body" => break,
                Event::Start(element) | Event::Empty(element) => self.take(&element, &mut open),
                _ => {}
            }
        }
        Ok(())
    }

    fn take(&mut self, element: &BytesStart, open: &mut Open) {
        let name = || xml::attribute(element, "name").unwrap_or_default();
        match (element.name().into_inner(), &*open) {
            ("style:style", _) => {
                *open = Open::Nothing;
                match xml::attribute(element, "family").as_deref() {
                    Some("paragraph") => {
                        let style = ParagraphStyle {
                            parent: xml::attribute(element, "parent-style-name"),
                            list: xml::attribute(element, "list-style-name"),
                        };
                        self.paragraphs.insert(name(), style);
                    }
                    Some("text") => *open = Open::Text(name()),
                    _ => {}
                }
            }
            ("style:text-properties", Open::Text(text)) if xml::attribute(element, "display").as_deref() == Some("none") => {
                self.hidden.insert(text.clone());
            }
            ("text:list-style", _) => *open = Open::List(name()),
            ("text:outline-style", _) => *open = Open::Outline,
            ("text:list-level-style-number", Open::List(list)) => {
                self.lists.entry(list.clone()).or_default().put(Level::read(element));
            }
            ("text:outline-level-style", Open::Outline) => self.outline.put(Level::read(element)),
            // A level without a gap says so among its properties.
            ("style:list-level-label-alignment", _) if xml::attribute(element, "label-followed-by").as_deref() == Some("nothing") => match &*open {
                Open::List(list) => self.lists.entry(list.clone()).or_default().close_up(),
                Open::Outline => self.outline.close_up(),
                _ => {}
            },
            _ => {}
        }
    }

    pub(super) fn list(&self, name: &str) -> Option<&ListStyle> {
        self.lists.get(name)
    }

    /// The list style that a paragraph style names; an empty name takes numbering away.
    pub(super) fn list_of<'s>(&'s self, style: Option<&str>) -> Option<&'s str> {
        self.chain(style).find_map(|(_, style)| style.list.as_deref())
    }

    /// Whether a style is that of a draft's title.
    pub(super) fn is_title(&self, style: Option<&str>) -> bool {
        self.chain(style).any(|(name, _)| name == "Title")
    }

    /// Whether a style is that of a line in a table of contents.
    pub(super) fn is_contents(&self, style: Option<&str>) -> bool {
        self.chain(style).any(|(name, _)| name.starts_with("Contents_20_"))
    }

    /// Whether text in a style is not shown.
    pub(super) fn is_hidden(&self, style: &str) -> bool {
        self.hidden.contains(style)
    }

    /// A paragraph style and those it is made from, nearest first.
    fn chain<'s>(&'s self, style: Option<&str>) -> impl Iterator<Item = (&'s str, &'s ParagraphStyle)> + use<'s> {
        let find = |name: &str| self.paragraphs.get_key_value(name).map(|(name, style)| (name.as_str(), style));
        std::iter::successors(style.and_then(find), move |(_, style)| find(style.parent.as_deref()?)).take(LONGEST_CHAIN)
    }
}

/// The style that the elements which come belong to.
enum Open {
    Nothing,
    Text(String),
    List(String),
    Outline,
}
