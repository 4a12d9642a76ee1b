//! Characters that nobody sees: zero-width, soft hyphens, controls, direction marks, private use.

use std::ops::Range;

use super::around::{after, before};

/// A run of invisible characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invisible {
    /// The first of the run.
    pub char: char,
    /// How many characters the run has.
    pub count: u32,
}

/// Why a character is not seen, or is seen differently by everyone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    ZeroWidth,
    SoftHyphen,
    ByteOrderMark,
    Direction,
    /// U+2028, U+2029, vertical tab and form feed, which some programs show as line or page ends.
    LineEnd,
    Control,
    /// No standard says what these look like; they show only with the font they were typed in.
    PrivateUse,
}

impl Class {
    pub fn of(char: char) -> Option<Class> {
        Some(match char {
            '\u{AD}' => Class::SoftHyphen,
            '\u{200B}'..='\u{200D}' | '\u{2060}'..='\u{2064}' | '\u{180E}' | '\u{34F}' | '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' => {
                Class::ZeroWidth
            }
            '\u{FEFF}' => Class::ByteOrderMark,
            '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}' | '\u{61C}' => Class::Direction,
            '\u{2028}' | '\u{2029}' | '\u{B}' | '\u{C}' => Class::LineEnd,
            '\0'..='\u{8}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{9F}' | '\u{FFF9}'..='\u{FFFB}' => Class::Control,
            '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFF}' => Class::PrivateUse,
            _ => return None,
        })
    }
}

pub(super) fn at(prose: &str, at: usize, char: char) -> Option<(Range<usize>, Invisible)> {
    let class = Class::of(char)?;
    let mut end = at;
    let mut count = 0;
    for next in prose[at..].chars().take_while(|&next| Class::of(next) == Some(class)) {
        end += next.len_utf8();
        count += 1;
    }
    let neighbours = [before(prose, at), after(prose, end)];
    if class == Class::ZeroWidth && neighbours.into_iter().flatten().any(is_joined_script) {
        return None;
    }
    Some((at..end, Invisible { char, count }))
}

/// Scripts and emoji in which zero-width joiners are part of the spelling.
fn is_joined_script(char: char) -> bool {
    matches!(char, '\u{600}'..='\u{1CFF}' | '\u{A800}'..='\u{ABFF}' | '\u{2600}'..='\u{27BF}' | '\u{FE00}'..='\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::oddity::{What, read};

    fn invisible(prose: &str) -> Vec<(Class, u32)> {
        let of = |oddity: &crate::facts::oddity::Oddity| match oddity.what {
            What::Invisible(invisible) => Some((Class::of(invisible.char)?, invisible.count)),
            _ => None,
        };
        read(prose).iter().filter_map(of).collect()
    }

    #[test]
    fn a_run_is_one_oddity() {
        assert_eq!(
            invisible("粮食\u{200B}\u{200B}产量\u{AD}。"),
            [(Class::ZeroWidth, 2), (Class::SoftHyphen, 1)]
        );
        assert_eq!(
            invisible("全\u{E004}市\u{2028}二\u{7}"),
            [(Class::PrivateUse, 1), (Class::LineEnd, 1), (Class::Control, 1)]
        );
    }

    #[test]
    fn joiners_that_spell_something_are_left_alone() {
        assert_eq!(invisible("👨\u{200D}👩 می\u{200C}خواهم"), []);
    }
}
