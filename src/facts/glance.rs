//! The characters of a block that any reader asks for, found in one pass for all of them.
//!
//! Most characters of a report begin nothing: no number, no label, no reference. If each reader stepped over them by itself, decoding them a
//! dozen times would cost more than everything else. Here a table tells of each character who asks for it, and the few that somebody asks for
//! are kept with their places.

use crate::charset::{self, PLANE};

/// A block's prose, and the places in it where something may begin.
pub struct Glance<'a> {
    prose: &'a str,
    seen: Vec<Seen>,
    /// Everybody who has something to look at.
    askers: u16,
}

/// A character that somebody asks for.
#[derive(Clone, Copy)]
struct Seen {
    at: u32,
    char: char,
    askers: u16,
}

/// Who asks for a character.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asker {
    /// Where dates begin.
    Dates,
    /// Where numbers begin, and the names in which numbers measure nothing.
    Numbers,
    /// Numerals that things are counted with.
    Counts,
    /// Where labels begin inside a block.
    Labels,
    /// Where references begin, and the last character of one that is told by its end.
    References,
    /// Where the words begin by which a draft speaks of its own body.
    OwnBody,
    /// Quotation marks and title marks.
    Quotations,
    /// Marks between and inside sentences.
    Marks,
}

const ASKED: [(Asker, &str); 14] = [
    (Asker::Dates, DIGITS),
    (Asker::Dates, "元一二"),
    (Asker::Numbers, DIGITS),
    (Asker::Numbers, "〇○零一壹二贰两三叁四肆五伍六陆七柒八捌九玖十百千万亿几数拾佰仟"),
    (Asker::Numbers, "元《“‘〔"),
    (Asker::Counts, DIGITS),
    (Asker::Counts, "〇零一二三四五六七八九十百千两"),
    (Asker::Labels, DIGITS),
    (Asker::Labels, "〇零一二三四五六七八九十百千"),
    (Asker::Labels, "（(第其首再最另"),
    (Asker::References, "图表附公式第节"),
    (Asker::OwnBody, "全我本"),
    (Asker::Quotations, "“”《》‘’"),
    (Asker::Marks, "、，,：:。！!？?；;…—（）()\u{FFFC}\n"),
];

const DIGITS: &str = "0123456789０１２３４５６７８９";

impl Asker {
    const fn bit(self) -> u16 {
        1 << self as u16
    }
}

/// Who asks for each character of the Basic Multilingual Plane. Nobody asks for one beyond it.
static ASKERS: [u16; PLANE] = askers();

const fn askers() -> [u16; PLANE] {
    let mut askers = [0; PLANE];
    let mut row = 0;
    while row < ASKED.len() {
        let (asker, members) = ASKED[row];
        let bytes = members.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let (code, length) = charset::code_at(bytes, at);
            askers[code] |= asker.bit();
            at += length;
        }
        row += 1;
    }
    // Labels that are one sign: ① to ⒛, ㉑ to ㊿.
    let mut code = '①' as usize;
    while code <= '㊿' as usize {
        if code <= '⒛' as usize || code >= '㉑' as usize {
            askers[code] |= Asker::Labels.bit();
        }
        code += 1;
    }
    askers
}

impl<'a> Glance<'a> {
    pub fn at(prose: &'a str) -> Self {
        let mut glance = Glance {
            prose,
            seen: Vec::with_capacity(prose.len() / 16),
            askers: 0,
        };
        for (at, char) in prose.char_indices() {
            let askers = ASKERS.get(char as usize).copied().unwrap_or(0);
            if askers != 0 {
                glance.askers |= askers;
                glance.seen.push(Seen { at: at as u32, char, askers });
            }
        }
        glance
    }

    pub fn prose(&self) -> &'a str {
        self.prose
    }

    /// The characters that somebody asks for, with their places in bytes.
    pub fn of(&self, asker: Asker) -> impl Iterator<Item = (usize, char)> + Clone + '_ {
        let seen = if self.askers & asker.bit() == 0 { &[] } else { &self.seen[..] };
        let asked = seen.iter().filter(move |seen| seen.askers & asker.bit() != 0);
        asked.map(|seen| (seen.at as usize, seen.char))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_asker_sees_its_own_characters() {
        let glance = Glance::at("全县第3批①（图），\u{20BB7}其一");
        let seen = |asker| glance.of(asker).map(|(_, char)| char).collect::<String>();
        assert_eq!(seen(Asker::OwnBody), "全");
        assert_eq!(seen(Asker::Labels), "第3①（其一");
        assert_eq!(seen(Asker::References), "第图");
        assert_eq!(seen(Asker::Marks), "（），");
        assert_eq!(seen(Asker::Quotations), "");
    }
}
