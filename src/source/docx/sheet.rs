//! What the styles and lists of a document tell of its paragraphs.

use super::numbering::{Numbering, NumberingRef};
use super::styles::Styles;
use crate::source::office::compose::StyleSheet;

pub(super) struct Sheet {
    pub styles: Styles,
    pub numbering: Numbering,
}

/// What the properties of a paragraph say.
#[derive(Debug, Default)]
pub(super) struct Properties {
    pub style: Option<String>,
    pub numbering: NumberingRef,
    /// Counted from 0, as in the XML; 9 says that the paragraph is no heading whatever its style.
    pub outline_level: Option<u8>,
}

impl StyleSheet for Sheet {
    type Properties = Properties;

    fn next_label(&mut self, properties: &Properties) -> String {
        let style = properties.style.as_deref();
        let by_style = self.styles.numbering(style);
        let reference = NumberingRef {
            list: properties.numbering.list.or(by_style.list),
            level: properties.numbering.level.or(by_style.level),
        };
        self.numbering.next_label(reference, style).unwrap_or_default()
    }

    fn heading_level(&self, properties: &Properties) -> Option<u8> {
        let level = match properties.outline_level {
            Some(level) => Some(level),
            None => self.styles.outline_level(properties.style.as_deref()),
        };
        level.filter(|level| *level < 9).map(|level| (level + 1).min(6))
    }

    fn is_contents(&self, properties: &Properties) -> bool {
        self.styles.is_contents(properties.style.as_deref())
    }
}
