//! Paragraph styles: which are headings, and which carry automatic numbers.

use quick_xml::events::Event;
use rustc_hash::FxHashMap;

use super::numbering::NumberingRef;
use super::own;
use crate::source::office::Error;
use crate::source::office::package::PartText;
use crate::source::office::xml::{self, Events};

/// The paragraph styles of a document by their identifier.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: FxHashMap<String, Style>,
    default: Option<String>,
    comment: CommentStyles,
}

/// The identifiers of the styles that a document has for comments.
#[derive(Debug, Default, Clone)]
pub(super) struct CommentStyles {
    /// For their paragraphs.
    pub text: Option<String>,
    /// For the characters that refer to them.
    pub reference: Option<String>,
}

#[derive(Debug, Default, Clone)]
struct Style {
    is_paragraph: bool,
    based_on: Option<String>,
    name: String,
    outline_level: Option<u8>,
    numbering: NumberingRef,
}

impl Style {
    /// Word knows its own heading styles by their names, which stay English in every language.
    fn level_by_name(&self) -> Option<u8> {
        let name = self.name.to_ascii_lowercase();
        if name == "title" {
            return Some(0);
        }
        let level = name.strip_prefix("heading ").or(name.strip_prefix("标题 "))?;
        level.trim().parse::<u8>().ok()?.checked_sub(1)
    }
}

/// A chain of styles based on each other is not followed further.
const LONGEST_CHAIN: usize = 16;

impl Styles {
    pub(super) fn read(part: &PartText) -> Result<Self, Error> {
        let mut styles = Styles::default();
        let mut open: Option<(String, Style)> = None;
        let mut events = Events::of(part);
        while let Some(event) = events.next()? {
            match event {
                Event::Start(element) | Event::Empty(element) if element.local_name().as_ref() == "style" => {
                    let is_paragraph = xml::attribute(&element, "type").as_deref() == Some("paragraph");
                    let id = xml::attribute(&element, "styleId").unwrap_or_default();
                    if is_paragraph && matches!(xml::attribute(&element, "default").as_deref(), Some("1" | "true")) {
                        styles.default = Some(id.clone());
                    }
                    let style = Style {
                        is_paragraph,
                        ..Style::default()
                    };
                    open = Some((id, style));
                }
                Event::Start(element) | Event::Empty(element) => {
                    let Some((_, style)) = &mut open else { continue };
                    match element.local_name().as_ref() {
                        "name" => style.name = xml::attribute(&element, "val").unwrap_or_default(),
                        "basedOn" => style.based_on = xml::attribute(&element, "val"),
                        "outlineLvl" => style.outline_level = own::number(&element).and_then(|level| u8::try_from(level).ok()),
                        "numId" => style.numbering.list = own::number(&element),
                        "ilvl" => style.numbering.level = own::number(&element),
                        _ => {}
                    }
                }
                Event::End(element) if element.local_name().as_ref() == "style" => {
                    if let Some((id, style)) = open.take() {
                        styles.insert(id, style);
                    }
                }
                _ => {}
            }
        }
        Ok(styles)
    }

    fn insert(&mut self, id: String, style: Style) {
        match (style.is_paragraph, style.name.to_ascii_lowercase().as_str()) {
            (true, "annotation text") => self.comment.text = Some(id.clone()),
            (false, "annotation reference") => self.comment.reference = Some(id.clone()),
            _ => {}
        }
        if style.is_paragraph {
            self.styles.insert(id, style);
        }
    }

    pub(super) fn comment_styles(self) -> CommentStyles {
        self.comment
    }

    /// The outline level that a style gives a paragraph, counted from 0; 9 is that of running text.
    pub(super) fn outline_level(&self, id: Option<&str>) -> Option<u8> {
        self.chain(id).find_map(|style| style.outline_level.or_else(|| style.level_by_name()))
    }

    /// Whether a style is that of a line in a table of contents.
    pub(super) fn is_contents(&self, id: Option<&str>) -> bool {
        self.chain(id)
            .any(|style| style.name.get(..4).is_some_and(|name| name.eq_ignore_ascii_case("toc ")))
    }

    /// The automatic numbering that a style gives a paragraph.
    pub(super) fn numbering(&self, id: Option<&str>) -> NumberingRef {
        let mut found = NumberingRef::default();
        for style in self.chain(id) {
            found.list = found.list.or(style.numbering.list);
            found.level = found.level.or(style.numbering.level);
        }
        found
    }

    /// A style and those it is based on, nearest first.
    fn chain<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = &'a Style> {
        let first = id.or(self.default.as_deref()).and_then(|id| self.styles.get(id));
        std::iter::successors(first, |style| self.styles.get(style.based_on.as_deref()?)).take(LONGEST_CHAIN)
    }
}
