//! Lists, and the numbers that a browser writes before their items.

use super::tag::{Tag, without_blanks};
use crate::numeral;
use crate::source::label;

pub(super) struct List {
    pub id: u32,
    /// The style of its numbers and the next one; `None` for bullets.
    pub numbers: Option<(Numbers, i64)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbers {
    Digits,
    Letters { first: u8 },
    Roman { large: bool },
    Han,
    Unshown,
}

impl Numbers {
    /// The number as it is shown, with the mark behind it; nothing if it cannot be shown so.
    pub(super) fn label(self, number: i64) -> String {
        let small = u32::try_from(number).ok().filter(|number| (1..4000).contains(number));
        match (self, small) {
            (Numbers::Unshown, _) => String::new(),
            (Numbers::Letters { first }, Some(number)) => format!("{}. ", letters(number, first)),
            (Numbers::Roman { large }, Some(number)) => {
                let roman = label::roman(number).unwrap_or_default();
                format!("{}. ", if large { roman } else { roman.to_ascii_lowercase() })
            }
            (Numbers::Han, Some(number)) => format!("{}、", numeral::format_han(u64::from(number))),
            _ => format!("{number}. "),
        }
    }

    /// How the items of an ordered list are numbered, by its style and its type.
    pub(super) fn of(tag: &Tag) -> Self {
        let style = without_blanks(tag.attribute("style").unwrap_or_default());
        let said = style
            .split(';')
            .rev()
            .find_map(|rule| rule.strip_prefix("list-style-type:").or(rule.strip_prefix("list-style:")));
        match (said, tag.attribute("type")) {
            (Some(said), _) if said.starts_with("none") => Numbers::Unshown,
            (Some(said), _)
                if ["cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal"]
                    .iter()
                    .any(|name| said.starts_with(name)) =>
            {
                Numbers::Han
            }
            (_, Some("a")) => Numbers::Letters { first: b'a' },
            (_, Some("A")) => Numbers::Letters { first: b'A' },
            (_, Some("i")) => Numbers::Roman { large: false },
            (_, Some("I")) => Numbers::Roman { large: true },
            _ => Numbers::Digits,
        }
    }
}

/// a, b … z, aa, ab …
fn letters(mut number: u32, first: u8) -> String {
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        letters.push(char::from(first + (number % 26) as u8));
        number /= 26;
    }
    letters.iter().rev().collect()
}

/// Whether an item is typed with a number of its own, so that its list surely shows none.
pub(super) fn begins_numbered(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some('（' | '(' | '第' | '①'..='⑳') => true,
        Some(char) if char.is_ascii_digit() || "一二三四五六七八九十".contains(char) => chars
            .find(|char| !(char.is_ascii_digit() || "一二三四五六七八九十".contains(*char)))
            .is_some_and(|char| "、.．是".contains(char)),
        _ => false,
    }
}
