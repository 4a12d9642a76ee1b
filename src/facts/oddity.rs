//! Characters that are not what was meant: lost, garbled, invisible, look-alikes, and marks that stand wrong.
//!
//! One pass over the prose. Most characters are Han or plain ASCII and are stepped over by their first byte alone; only the rest are decoded and
//! shown to the reader of their kind.

mod around;
pub mod bracket;
pub mod compat;
pub mod equivalent;
pub mod form;
pub mod invisible;
pub mod lost;
pub mod mojibake;
pub mod placeholder;
pub mod punctuation;
pub mod space;

use std::ops::Range;

use bracket::{Bracket, MixedPair};
use compat::Compat;
use form::Form;
use invisible::Invisible;
use lost::Lost;
use mojibake::Mojibake;
use placeholder::Placeholder;
use punctuation::Doubled;
use space::Space;

/// One odd place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Oddity {
    /// Bytes of the block's prose.
    pub range: Range<usize>,
    pub what: What,
}

/// What is odd about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    Bracket(Bracket),
    Compat(Compat),
    Doubled(Doubled),
    Form(Form),
    Invisible(Invisible),
    Lost(Lost),
    MixedPair(MixedPair),
    Mojibake(Mojibake),
    Placeholder(Placeholder),
    Space(Space),
}

/// The oddities of a block's prose, in order.
pub fn read(prose: &str) -> Vec<Oddity> {
    let bytes = prose.as_bytes();
    let mut scan = Scan {
        prose,
        brackets: bracket::Matcher::default(),
        found: Vec::new(),
    };
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at = match CLASSES[usize::from(byte)] {
            Class::Plain => at + 1,
            Class::Han => at + 3,
            Class::HanToCheck if !is_told(&bytes[at..]) => at + 3,
            Class::HanToCheck => scan.look(at),
            Class::Look => scan.look(at),
        };
    }
    scan.finish()
}

/// What the first byte of a character tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// ASCII that cannot be odd.
    Plain,
    /// A Han character of three bytes that no reader asks for.
    Han,
    /// A Han character of three bytes that may be one of the few in [`is_told`].
    HanToCheck,
    /// Anything that has to be looked at.
    Look,
}

const CLASSES: [Class; 256] = classes();

const fn classes() -> [Class; 256] {
    let mut classes = [Class::Look; 256];
    let mut byte = 0x20;
    while byte < 0x7F {
        classes[byte] = Class::Plain;
        byte += 1;
    }
    let looked_at = b" ()*,-.0?:;IOTX_lox[]\"'!";
    let mut index = 0;
    while index < looked_at.len() {
        classes[looked_at[index] as usize] = Class::Look;
        index += 1;
    }
    classes[b'\t' as usize] = Class::Plain;
    classes[b'\n' as usize] = Class::Plain;
    classes[b'\r' as usize] = Class::Plain;
    // U+4E00 to U+9FFF begin with E4 to E9.
    classes[0xE4] = Class::Han;
    classes[0xE6] = Class::Han;
    classes[0xE8] = Class::Han;
    classes[0xE5] = Class::HanToCheck;
    classes[0xE7] = Class::HanToCheck;
    classes[0xE9] = Class::HanToCheck;
    classes
}

/// Han characters that betray a wrong decoding, and those of numbers that a reader asks for.
fn is_told(bytes: &[u8]) -> bool {
    let [lead, middle, last, ..] = *bytes else { return false };
    let code = u32::from(lead & 0x0F) << 12 | u32::from(middle & 0x3F) << 6 | u32::from(last & 0x3F);
    // U+9340 to U+943F are rare, but common in UTF-8 that was read as GBK.
    let is_told = |char| {
        matches!(
            char,
            '屯' | '千' | '烫' | '绗' | '百' | '鈥' | '锘' | '锛' | '锟' | '銆' | '\u{9340}'..='\u{943F}'
        )
    };
    char::from_u32(code).is_some_and(is_told)
}

struct Scan<'a> {
    prose: &'a str,
    brackets: bracket::Matcher,
    found: Vec<Oddity>,
}

impl Scan<'_> {
    /// Looks at the character at `at` and returns where to go on.
    fn look(&mut self, at: usize) -> usize {
        let Some(char) = self.prose[at..].chars().next() else {
            return self.prose.len();
        };
        let next = at + char.len_utf8();
        if self.brackets.take(self.prose, at, char) || char == '[' {
            self.note_brackets(at, char);
            return next;
        }
        match read_at(self.prose, at, char) {
            Some(oddity) => {
                let end = oddity.range.end.max(next);
                self.found.push(oddity);
                end
            }
            None => next,
        }
    }

    fn note_brackets(&mut self, at: usize, char: char) {
        if let Some((range, placeholder)) = placeholder::in_brackets(self.prose, at, char) {
            self.found.push(Oddity {
                range,
                what: What::Placeholder(placeholder),
            });
        }
        if let Some((range, form)) = form::document_number(self.prose, at, char) {
            self.found.push(Oddity {
                range,
                what: What::Form(form),
            });
        }
    }

    fn finish(mut self) -> Vec<Oddity> {
        let in_order = self.found.len();
        self.found.extend(self.brackets.nested(self.prose));
        self.found.extend(self.brackets.finish());
        self.found
            .extend(placeholder::instructions(self.prose).map(|(range, placeholder)| Oddity {
                range,
                what: What::Placeholder(placeholder),
            }));
        if self.found.len() > in_order {
            self.found.sort_by_key(|oddity| oddity.range.start);
        }
        self.found
    }
}

fn read_at(prose: &str, at: usize, char: char) -> Option<Oddity> {
    let found = |range, what| Some(Oddity { range, what });
    // Every tenth character is one of these, and only those who read marks ask for them.
    if matches!(char, '，' | '。' | '、' | '：' | '；') {
        let doubled = punctuation::at(prose, at, char).map(|(range, doubled)| (range, What::Doubled(doubled)));
        let odd = doubled.or_else(|| form::at(prose, at, char).map(|(range, form)| (range, What::Form(form))));
        return odd.map(|(range, what)| Oddity { range, what });
    }
    if let Some((range, space)) = space::at(prose, at, char) {
        return found(range, What::Space(space));
    }
    if let Some((range, placeholder)) = placeholder::at(prose, at, char) {
        return found(range, What::Placeholder(placeholder));
    }
    if let Some((range, invisible)) = invisible::at(prose, at, char) {
        return found(range, What::Invisible(invisible));
    }
    if let Some((range, doubled)) = punctuation::at(prose, at, char) {
        return found(range, What::Doubled(doubled));
    }
    if let Some((range, mojibake)) = mojibake::at(prose, at, char) {
        return found(range, What::Mojibake(mojibake));
    }
    if let Some((range, lost)) = lost::at(prose, at, char) {
        return found(range, What::Lost(lost));
    }
    if let Some((range, compat)) = compat::at(prose, at, char) {
        return found(range, What::Compat(compat));
    }
    let (range, form) = form::at(prose, at, char)?;
    found(range, What::Form(form))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_text_has_no_oddities() {
        for prose in [
            "",
            "2024年，全市完成投资3.5亿元（含续建），同比增长8.1%；“一带一路”建设稳步推进……",
            "See also GB/T 15834-2011 (in force).",
            "𠮷林 ① Ⅲ 25℃ 3×5 café 100㎡",
        ] {
            assert_eq!(read(prose), [], "{prose}");
        }
    }

    #[test]
    fn every_character_alone_is_read_without_a_panic() {
        for char in ('\0'..=char::MAX).step_by(7) {
            read(&format!("一{char}1{char}。"));
        }
    }
}
