//! Text that was decoded with the wrong table.
//!
//! The repair is a round trip: the characters seen are turned back into the bytes they came from, and these are read with the right table. Bytes
//! that make sense in two tables at once are so rare that a repair which succeeds is proved.

use std::ops::Range;

use encoding_rs::{GBK, WINDOWS_1252};

use super::around::{after, run_end, run_start};
use crate::border;
use crate::script::is_han;

/// A run of characters that were not meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mojibake {
    /// What the writer wrote, where the round trip proves it.
    pub repair: Option<String>,
    pub cause: Cause,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    /// UTF-8 that was read as Windows-1252 or Latin-1: ç¬¬ä¸€.
    Utf8AsLatin,
    /// GBK that was read as Latin-1: µÚÒ».
    GbkAsLatin,
    /// UTF-8 that was read as GBK: 绗竴.
    Utf8AsGbk,
    /// Replacement characters that were saved and read as GBK: 锟斤拷. What stood there is gone.
    Replaced,
    /// Memory that was never written, read as GBK: 烫烫烫, 屯屯屯.
    Unwritten,
    /// Three or more U+FFFD in a row: the bytes did not decode.
    Undecodable,
}

pub(super) fn at(prose: &str, at: usize, char: char) -> Option<(Range<usize>, Mojibake)> {
    match char {
        '\u{C0}'..='\u{FF}' | '\u{A1}'..='\u{BF}' => latin(prose, at),
        '锟' => replaced(prose, at),
        '烫' | '屯' => unwritten(prose, at, char),
        '鈥' => utf8_as_gbk(prose, at).or_else(|| half_a_mark(prose, at, char)),
        '锛' | '銆' | '锘' | '绗' | '\u{9340}'..='\u{943F}' => utf8_as_gbk(prose, at),
        '\u{FFFD}' => undecodable(prose, at),
        _ => None,
    }
}

fn replaced(prose: &str, at: usize) -> Option<(Range<usize>, Mojibake)> {
    if !prose[at..].starts_with("锟斤拷") {
        return None;
    }
    let end = run_end(prose, at, |char| matches!(char, '锟' | '斤' | '拷'));
    Some((at..end, unrepaired(Cause::Replaced)))
}

fn unwritten(prose: &str, at: usize, char: char) -> Option<(Range<usize>, Mojibake)> {
    let end = run_end(prose, at, |next| next == char);
    let is_long = end - at >= 3 * char.len_utf8();
    is_long.then(|| (at..end, unrepaired(Cause::Unwritten)))
}

fn undecodable(prose: &str, at: usize) -> Option<(Range<usize>, Mojibake)> {
    let end = run_end(prose, at, |next| next == '\u{FFFD}');
    let is_long = end - at >= 3 * '\u{FFFD}'.len_utf8();
    is_long.then(|| (at..end, unrepaired(Cause::Undecodable)))
}

/// The first two bytes of a quotation mark or dash, read as GBK, whose third byte is gone. The element is 钬 in today's writing.
fn half_a_mark(prose: &str, at: usize, char: char) -> Option<(Range<usize>, Mojibake)> {
    let end = at + char.len_utf8();
    let stands_alone = after(prose, end).is_none_or(|right| !is_han(right));
    stands_alone.then(|| (at..end, unrepaired(Cause::Replaced)))
}

fn unrepaired(cause: Cause) -> Mojibake {
    Mojibake { repair: None, cause }
}

fn latin(prose: &str, at: usize) -> Option<(Range<usize>, Mojibake)> {
    let (bytes, ends) = single_bytes(&prose[at..]);
    let (length, text) = decoded_prefix(&bytes);
    if length >= 2 && text.chars().all(is_chinese_text) {
        let repair = Some(text.to_owned());
        return Some((
            at..at + ends[length - 1],
            Mojibake {
                repair,
                cause: Cause::Utf8AsLatin,
            },
        ));
    }
    let (length, text) = gbk_prefix(&bytes)?;
    let repair = Some(text);
    Some((
        at..at + ends[length - 1],
        Mojibake {
            repair,
            cause: Cause::GbkAsLatin,
        },
    ))
}

/// The bytes that a run of non-ASCII characters is in Windows-1252, where C1 controls stand for themselves, and where each character ends.
fn single_bytes(text: &str) -> (Vec<u8>, Vec<usize>) {
    const LONGEST: usize = 3000;
    let mut bytes = Vec::new();
    let mut ends = Vec::new();
    for (start, char) in text.char_indices().take(LONGEST) {
        let Some(byte) = single_byte(char) else { break };
        bytes.push(byte);
        ends.push(start + char.len_utf8());
    }
    (bytes, ends)
}

fn single_byte(char: char) -> Option<u8> {
    match char {
        '\0'..='\u{7F}' => None,
        '\u{80}'..='\u{FF}' => Some(char as u32 as u8),
        _ => {
            let mut buffer = [0; 4];
            let (bytes, _, unmappable) = WINDOWS_1252.encode(char.encode_utf8(&mut buffer));
            (!unmappable && bytes.len() == 1).then(|| bytes[0])
        }
    }
}

/// The longest prefix that is valid UTF-8.
fn decoded_prefix(bytes: &[u8]) -> (usize, &str) {
    let text = bytes.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    (text.len(), text)
}

/// The longest prefix that is GBK for at least two different everyday Han characters, with their marks. Signs such as × and ° stand in rows of
/// their own accord; most of the run must be letters.
fn gbk_prefix(bytes: &[u8]) -> Option<(usize, String)> {
    let everyday = |pair: &[u8]| matches!(pair, [0xB0..=0xD7, 0xA1..=0xFE] | [0xA1 | 0xA3, 0xA1..=0xFE]);
    let length = bytes.chunks(2).take_while(|pair| everyday(pair)).count() * 2;
    let letters = bytes[..length]
        .iter()
        .filter(|byte| matches!(byte, 0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..))
        .count();
    let (text, _) = GBK.decode_without_bom_handling(&bytes[..length]);
    let first = text.chars().find(|char| is_han(*char))?;
    let differs = text.chars().any(|char| is_han(char) && char != first);
    (differs && letters * 2 >= length).then(|| (length, text.into_owned()))
}

/// Finds the run around a tell-tale character that is UTF-8 when its characters are put back into GBK.
fn utf8_as_gbk(prose: &str, at: usize) -> Option<(Range<usize>, Mojibake)> {
    const REACH: usize = 600;
    // An earlier tell-tale would have found a run that begins farther back.
    const REACH_BACK: usize = 60;
    const SHORTEST: usize = "两字".len();
    let is_part = |char: char| !char.is_ascii() && !char.is_whitespace();
    let floor = border::before(prose, at.saturating_sub(REACH_BACK));
    let first = run_start(prose, at, is_part).max(floor);
    let last = run_end(prose, at, is_part).min(border::before(prose, at + REACH));
    let mut bytes = Vec::new();
    let mut starts = Vec::new();
    for (offset, char) in prose[first..last].char_indices() {
        let mut buffer = [0; 4];
        let (encoded, _, unmappable) = GBK.encode(char.encode_utf8(&mut buffer));
        if unmappable {
            break;
        }
        starts.push((first + offset, bytes.len()));
        bytes.extend_from_slice(&encoded);
    }
    for &(start, from) in starts.iter().filter(|(start, _)| *start <= at) {
        let (_, decoded) = decoded_prefix(&bytes[from..]);
        let length = run_end(decoded, 0, is_chinese_text);
        if length < SHORTEST {
            continue;
        }
        // The run must end where a character of the garbled text ends, and the decoded text where one of its own does.
        let end = starts
            .iter()
            .rev()
            .find(|(_, byte)| *byte <= from + length && std::str::from_utf8(&bytes[from..*byte]).is_ok());
        let whole = length == bytes.len() - from;
        let (end, byte) = if whole { (starts.last()?.0, bytes.len()) } else { *end? };
        let end = if whole { end + after(prose, end)?.len_utf8() } else { end };
        let text = std::str::from_utf8(&bytes[from..byte]).ok()?;
        let sensible = text.chars().all(is_chinese_text) && is_telling(text, &prose[start..end]);
        if end > at && sensible {
            let repair = Some(text.to_owned());
            return Some((
                start..end,
                Mojibake {
                    repair,
                    cause: Cause::Utf8AsGbk,
                },
            ));
        }
    }
    None
}

/// Two Han characters do not come out by accident; nor does one beside a mark, if it came from characters that hardly any text has.
fn is_telling(repair: &str, garbled: &str) -> bool {
    match repair.chars().filter(|char| is_han(*char)).count() {
        0 => false,
        1 => garbled.chars().filter(|char| !is_in_gb2312(*char)).count() >= 2,
        _ => true,
    }
}

fn is_in_gb2312(char: char) -> bool {
    let mut buffer = [0; 4];
    let (bytes, _, unmappable) = GBK.encode(char.encode_utf8(&mut buffer));
    !unmappable && matches!(*bytes, [0xA1..=0xF7, 0xA1..=0xFE])
}

/// Characters that Chinese text is made of, to tell a repair from an accident.
fn is_chinese_text(char: char) -> bool {
    is_han(char)
        || matches!(char, '\u{3000}'..='\u{303F}' | '\u{FF01}'..='\u{FF5E}' | '\u{2010}'..='\u{2027}' | '\u{B7}' | '\u{2460}'..='\u{249B}' | '\u{D7}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::oddity::{What, read};

    fn repaired(prose: &str) -> Vec<(String, Option<String>, Cause)> {
        let of = |oddity: crate::facts::oddity::Oddity| match oddity.what {
            What::Mojibake(mojibake) => Some((prose[oddity.range].to_owned(), mojibake.repair, mojibake.cause)),
            _ => None,
        };
        read(prose).into_iter().filter_map(of).collect()
    }

    /// Reads UTF-8 as Latin-1 does, one character a byte.
    fn as_latin(text: &str) -> String {
        WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn a_round_trip_gives_the_text_back() {
        for (text, garbled, cause) in [
            ("第二，", as_latin("第二，"), Cause::Utf8AsLatin),
            ("·", as_latin("·"), Cause::Utf8AsLatin),
            ("第一", "µÚÒ»".to_owned(), Cause::GbkAsLatin),
        ] {
            let prose = format!("重点：{garbled}稳面积。");
            assert_eq!(repaired(&prose), [(garbled, Some(text.to_owned()), cause)]);
        }
    }

    #[test]
    fn utf8_read_as_gbk_is_repaired() {
        let text = "的要求，全市上下";
        let (garbled, _, _) = GBK.decode(text.as_bytes());
        let prose = format!("按照{garbled}");
        let found = repaired(&prose);
        assert_eq!(found.len(), 1, "{prose}");
        assert_eq!(found[0].2, Cause::Utf8AsGbk);
        let repair = found[0].1.as_deref().unwrap();
        assert!(text.starts_with(repair) && repair.len() > 12, "{repair}");
    }

    #[test]
    fn a_single_word_read_as_gbk_is_repaired() {
        let found = repaired("帮助鍥伴毦群众，成立分会鈥。");
        assert_eq!(found[0], ("鍥伴毦".to_owned(), Some("困难".to_owned()), Cause::Utf8AsGbk));
        assert_eq!(found[1].0, "鈥");
    }

    #[test]
    fn a_mark_and_one_character_read_as_gbk_are_repaired() {
        let found = repaired("新建车位214个锛屾敼造市场1座。");
        assert_eq!(found, [("锛屾敼".to_owned(), Some("，改".to_owned()), Cause::Utf8AsGbk)]);
    }

    #[test]
    fn lost_text_is_found_but_not_repaired() {
        assert_eq!(repaired("厌氧锟斤拷锟斤拷罐"), [("锟斤拷锟斤拷".to_owned(), None, Cause::Replaced)]);
        assert_eq!(repaired("烫烫烫烫"), [("烫烫烫烫".to_owned(), None, Cause::Unwritten)]);
        assert_eq!(repaired("产\u{FFFD}\u{FFFD}\u{FFFD}量").len(), 1);
    }

    #[test]
    fn real_words_are_left_alone() {
        for prose in [
            "李锟同志",
            "周斤拷",
            "水很烫烫",
            "大屯屯长",
            "Müller、café、naïve",
            "30±2℃，x²",
            "重锛一把",
            "José Ångström",
        ] {
            assert!(repaired(prose).is_empty(), "{prose}");
        }
    }
}
