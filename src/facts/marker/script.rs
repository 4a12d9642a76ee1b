//! The scripts in which a label writes its number, and the number written in them.

use std::ops::RangeInclusive;

use crate::numeral;

/// How a label writes its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Script {
    /// 一 二 三
    Han,
    /// 1 2 3, of either width
    Digits,
    /// ① ② ③
    Circled,
    /// ⑴ ⑵ ⑶
    Bracketed,
    /// ⒈ ⒉ ⒊
    Dotted,
    /// Ⅰ Ⅱ Ⅲ, or II III in ASCII letters
    Roman,
    /// A B C
    Upper,
    /// a b c
    Lower,
    /// 首先 其次 再次 最后
    Words,
}

/// A number at the start of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numeral {
    pub script: Script,
    pub number: u32,
    /// Bytes that write the number.
    pub len: usize,
}

/// The longest number a label writes in Han numerals: 一千二百六十一 has seven characters.
const LONGEST_HAN: usize = 7;
/// The longest number a label writes in digits.
const LONGEST_DIGITS: usize = 4;

/// The number that a text starts with, in whatever script.
pub fn numeral_at(text: &str) -> Option<Numeral> {
    let first = text.chars().next()?;
    if is_han_numeral(first) {
        return han_at(text);
    }
    if numeral::digit(first).is_some() {
        return digits_at(text);
    }
    if first.is_ascii_alphabetic() {
        return letters_at(text, first);
    }
    sign_at(first)
}

pub fn is_han_numeral(char: char) -> bool {
    matches!(
        char,
        '〇' | '零' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千'
    )
}

/// A character that is a whole number by itself, such as ③.
pub fn sign_at(char: char) -> Option<Numeral> {
    SIGNS
        .iter()
        .find(|(signs, ..)| signs.contains(&char))
        .map(|(signs, script, first)| Numeral {
            script: *script,
            number: char as u32 - *signs.start() as u32 + first,
            len: char.len_utf8(),
        })
}

/// Runs of signs, what they write, and the number of the first.
const SIGNS: [(RangeInclusive<char>, Script, u32); 7] = [
    ('①'..='⑳', Script::Circled, 1),
    ('㉑'..='㉟', Script::Circled, 21),
    ('㊱'..='㊿', Script::Circled, 36),
    ('⑴'..='⒇', Script::Bracketed, 1),
    ('⒈'..='⒛', Script::Dotted, 1),
    ('Ⅰ'..='Ⅻ', Script::Roman, 1),
    ('ⅰ'..='ⅻ', Script::Roman, 1),
];

fn han_at(text: &str) -> Option<Numeral> {
    let len: usize = text
        .chars()
        .take(LONGEST_HAN + 1)
        .take_while(|char| is_han_numeral(*char))
        .map(char::len_utf8)
        .sum();
    let number = numeral::parse_han(&text[..len])?;
    Some(Numeral {
        script: Script::Han,
        number: u32::try_from(number).ok().filter(|&number| (1..=9999).contains(&number))?,
        len,
    })
}

fn digits_at(text: &str) -> Option<Numeral> {
    let len: usize = text
        .chars()
        .take(LONGEST_DIGITS + 1)
        .take_while(|char| numeral::digit(*char).is_some())
        .map(char::len_utf8)
        .sum();
    if text[..len].chars().count() > LONGEST_DIGITS {
        return None;
    }
    let number = u32::try_from(numeral::parse_digits(&text[..len])?).ok()?;
    Some(Numeral {
        script: Script::Digits,
        number,
        len,
    })
}

/// A single letter, or several that make a Roman number.
fn letters_at(text: &str, first: char) -> Option<Numeral> {
    let len = text.bytes().take_while(u8::is_ascii_alphabetic).take(5).count();
    if len == 1 {
        let (script, base) = if first.is_ascii_uppercase() {
            (Script::Upper, b'A')
        } else {
            (Script::Lower, b'a')
        };
        return Some(Numeral {
            script,
            number: u32::from(first as u8 - base) + 1,
            len,
        });
    }
    let number = ROMAN.iter().position(|roman| *roman == &text[..len])?;
    Some(Numeral {
        script: Script::Roman,
        number: number as u32 + 1,
        len,
    })
}

const ROMAN: [&str; 12] = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"];

impl Script {
    /// Writes a number as `like`, a number of this script, is written; `None` where the script has no sign for it.
    pub fn write(self, number: u32, like: &str) -> Option<String> {
        let first = like.chars().next();
        match self {
            Script::Han => Some(numeral::format_han(u64::from(number))),
            Script::Digits if first.is_some_and(|char| !char.is_ascii()) => Some(wide_digits(number)),
            Script::Digits => Some(number.to_string()),
            Script::Roman if first.is_some_and(|char| char.is_ascii()) => ROMAN.get(number.checked_sub(1)? as usize).map(|&roman| roman.to_owned()),
            Script::Upper | Script::Lower => {
                let base = if self == Script::Upper { b'A' } else { b'a' };
                (1..=26).contains(&number).then(|| char::from(base + number as u8 - 1).to_string())
            }
            Script::Words => None,
            Script::Circled | Script::Bracketed | Script::Dotted | Script::Roman => sign(self, number, first?),
        }
    }
}

fn wide_digits(number: u32) -> String {
    number
        .to_string()
        .bytes()
        .filter_map(|digit| char::from_u32('０' as u32 + u32::from(digit - b'0')))
        .collect()
}

/// The sign for a number in the run of `like`, or in another run of the same script.
fn sign(script: Script, number: u32, like: char) -> Option<String> {
    let in_run = |(signs, of, first): &(RangeInclusive<char>, Script, u32)| {
        let char = char::from_u32((*signs.start() as u32 + number).checked_sub(*first)?)?;
        (*of == script && number >= *first && signs.contains(&char)).then(|| char.to_string())
    };
    let same_run = SIGNS.iter().filter(|(signs, ..)| signs.contains(&like)).find_map(in_run);
    same_run.or_else(|| SIGNS.iter().find_map(in_run))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_script_is_read_and_written_back() {
        for (text, script, number) in [
            ("一百零五条", Script::Han, 105),
            ("12.", Script::Digits, 12),
            ("１２．", Script::Digits, 12),
            ("③推广", Script::Circled, 3),
            ("㉓", Script::Circled, 23),
            ("㊱", Script::Circled, 36),
            ("⑾", Script::Bracketed, 11),
            ("⒋", Script::Dotted, 4),
            ("Ⅳ、", Script::Roman, 4),
            ("ⅵ", Script::Roman, 6),
            ("VIII.", Script::Roman, 8),
            ("C.", Script::Upper, 3),
            ("c)", Script::Lower, 3),
        ] {
            let numeral = numeral_at(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!((numeral.script, numeral.number), (script, number), "{text}");
            let written = &text[..numeral.len];
            assert_eq!(script.write(number, written).as_deref(), Some(written), "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_not_read() {
        for text in ["", "是", "13800138000", "百", "Word", "十百"] {
            assert_eq!(numeral_at(text), None, "{text}");
        }
    }

    #[test]
    fn a_script_without_a_sign_for_a_number_says_so() {
        assert_eq!(Script::Circled.write(51, "①"), None);
        assert_eq!(Script::Circled.write(21, "⑳").as_deref(), Some("㉑"));
        assert_eq!(Script::Upper.write(27, "A"), None);
    }
}
