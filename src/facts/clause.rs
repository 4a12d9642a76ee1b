//! The wording of a block: its signs, as they are compared with those of other blocks, and its clauses.
//!
//! Two copies of a passage rarely agree byte for byte: marks change their width, spaces come and go, a figure is brought up to date. So the
//! wording is a row of [`Sign`]s without marks and spaces, in which every number is one and the same sign.

use std::ops::Range;

use super::fingerprint::{self, Fingerprint};
use super::formula;
use super::glance::{Asker, Glance};
use super::row;
use crate::charset::CharSet;
use crate::script::{is_clause_end, is_han, is_sentence_end};

/// Stands for every number written in digits, with its decimal point and its thousands marks.
pub const NUMBER: char = '0';

/// One Han character, one Latin letter in lower case, or one whole number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sign {
    pub symbol: char,
    /// Where it stands in the prose, in bytes.
    pub start: u32,
    pub end: u32,
    /// Whether the sign says something of the draft's own: a Han character outside titles, quotations and set phrases.
    pub own: bool,
}

/// A piece of a sentence between two marks that are heard when it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Bytes of the prose, without the closing mark and blanks.
    pub range: Range<usize>,
    /// Where the closing mark ends; the same as `range.end` where there is none.
    pub end: usize,
    /// Whether a sentence ends here.
    pub ends_sentence: bool,
}

/// The wording of one block.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wording {
    pub signs: Vec<Sign>,
    pub clauses: Vec<Clause>,
    /// The fingerprints of the signs, by the sign at which their row begins.
    pub fingerprints: Vec<Fingerprint>,
    /// Whether the block is running text rather than a heading, a line of a contents list, a signature or a row of a table.
    pub running: bool,
}

impl Wording {
    /// The sign that stands at or after a place in the prose.
    pub fn sign_at(&self, offset: usize) -> usize {
        self.signs.partition_point(|sign| (sign.end as usize) <= offset)
    }
}

pub fn read(glance: &Glance) -> Wording {
    let prose = glance.prose();
    let clauses = clauses(glance);
    let signs = signs(glance, &clauses);
    Wording {
        running: (clauses.len() > 1 || is_one_sentence(prose)) && is_mostly_han(prose, &signs) && !row::is_row(prose),
        fingerprints: fingerprint::read(&signs),
        signs,
        clauses,
    }
}

/// A paragraph of one clause: it has the mark that headings do without, and is longer than the headings that have one all the same.
fn is_one_sentence(prose: &str) -> bool {
    const SHORTEST: usize = 16;
    prose.ends_with(['。', '！', '；', ';']) && prose.chars().nth(SHORTEST).is_some()
}

/// Rows of a table that lost its ruling are figures and marks for the greater part.
fn is_mostly_han(prose: &str, signs: &[Sign]) -> bool {
    // Where even the Han characters that are no numerals are enough, the rest need not be counted.
    let plain = signs.iter().filter(|sign| sign.symbol != NUMBER && is_han(sign.symbol)).count();
    if 2 * plain >= prose.len() - 2 * plain {
        return true;
    }
    let (han, all) = prose
        .chars()
        .filter(|char| !char.is_whitespace())
        .fold((0, 0), |(han, all), char| (han + usize::from(is_han(char)), all + 1));
    2 * han >= all
}

fn signs(glance: &Glance, clauses: &[Clause]) -> Vec<Sign> {
    let prose = glance.prose();
    let mut signs = Vec::with_capacity(prose.len() / 3);
    let mut chars = prose.chars();
    while let Some(char) = chars.next() {
        let mut end = prose.len() - chars.as_str().len();
        let start = end - char.len_utf8();
        let is_plain_han = is_han(char) && !is_han_numeral(char);
        let number = if is_plain_han { 0 } else { number_length(char, &prose[start..]) };
        let symbol = if number > 0 {
            end = start + number;
            chars = prose[end..].chars();
            NUMBER
        } else if is_plain_han || is_han(char) {
            char
        } else if let Some(letter) = latin(char) {
            letter
        } else {
            continue;
        };
        signs.push(Sign {
            symbol,
            start: start as u32,
            end: end as u32,
            own: symbol != NUMBER && is_han(char),
        });
    }
    for range in formula::read(glance, clauses) {
        let first = signs.partition_point(|sign| (sign.start as usize) < range.start);
        for sign in signs[first..].iter_mut().take_while(|sign| (sign.start as usize) < range.end) {
            sign.own = false;
        }
    }
    signs
}

/// Bytes of the number that the text begins with: digits, or at least two Han numerals. A single 一 or 十 is most often not a figure.
fn number_length(first: char, text: &str) -> usize {
    if is_han_numeral(first) {
        let length = text.find(|char| !is_han_numeral(char)).unwrap_or(text.len());
        return if length >= 2 * '一'.len_utf8() { length } else { 0 };
    }
    if !is_digit(first) {
        return 0;
    }
    let mut chars = text.char_indices().peekable();
    let mut end = 0;
    while let Some((at, char)) = chars.next_if(|(at, char)| is_digit(*char) || is_inner_mark(*char, &text[at + char.len_utf8()..])) {
        end = at + char.len_utf8();
    }
    end
}

fn is_han_numeral(char: char) -> bool {
    static NUMERALS: CharSet = CharSet::of("〇○零一二三四五六七八九十百千万亿点");
    NUMERALS.contains(char)
}

fn is_digit(char: char) -> bool {
    crate::numeral::digit(char).is_some()
}

/// A decimal point or a thousands mark: between two digits only.
fn is_inner_mark(mark: char, rest: &str) -> bool {
    matches!(mark, '.' | '．' | ',') && rest.chars().next().is_some_and(is_digit)
}

fn latin(char: char) -> Option<char> {
    let folded = match char {
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(char as u32 - 0xFEE0)?,
        _ => char,
    };
    folded.is_ascii_alphabetic().then(|| folded.to_ascii_lowercase())
}

fn clauses(glance: &Glance) -> Vec<Clause> {
    let prose = glance.prose();
    let mut clauses: Vec<Clause> = Vec::new();
    let mut start = 0;
    for (at, char) in glance.of(Asker::Marks) {
        let end = at + char.len_utf8();
        if at < start || !(is_sentence_end(char) || is_clause_end(char) && char != '、') || char.is_ascii() && is_inside_number(prose, at, end) {
            continue;
        }
        // Closing quotation marks and brackets, and further marks, belong to the clause that they end.
        let closing = |char: char| is_sentence_end(char) || matches!(char, '”' | '’' | '）' | ')' | '》' | '」');
        let close = prose.len() - prose[end..].trim_start_matches(closing).len();
        let ends_sentence = is_sentence_end(char) || prose[end..close].contains(is_sentence_end);
        push_clause(prose, start..at, close, ends_sentence, &mut clauses);
        start = close;
    }
    push_clause(prose, start..prose.len(), prose.len(), true, &mut clauses);
    clauses
}

/// A half-width comma or colon between digits: 1,234 and 19:00.
fn is_inside_number(prose: &str, at: usize, end: usize) -> bool {
    prose[..at].chars().next_back().is_some_and(is_digit) && prose[end..].chars().next().is_some_and(is_digit)
}

fn push_clause(prose: &str, range: Range<usize>, end: usize, ends_sentence: bool, clauses: &mut Vec<Clause>) {
    let text = &prose[range.clone()];
    let trimmed = text.trim();
    if trimmed.is_empty() {
        return;
    }
    let start = range.start + (text.len() - text.trim_start().len());
    clauses.push(Clause {
        range: start..start + trimmed.len(),
        end,
        ends_sentence,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn symbols(prose: &str) -> String {
        read(&Glance::at(prose)).signs.iter().map(|sign| sign.symbol).collect()
    }

    #[test]
    fn marks_width_and_figures_are_folded() {
        assert_eq!(symbols("走访1,234.5户，发放３０多万元。"), "走访0户发放0多万元");
        assert_eq!(symbols("走访 88户,发放30多万元."), "走访0户发放0多万元");
        assert_eq!(symbols("ＰＰＰ Model"), "pppmodel");
    }

    #[test]
    fn clauses_end_at_marks_and_keep_their_closing_quotation_marks() {
        let prose = "他说：“好。”共1,200人，走了。";
        let found: Vec<_> = clauses(&Glance::at(prose))
            .iter()
            .map(|clause| &prose[clause.range.start..clause.end])
            .collect();
        assert_eq!(found, ["他说：", "“好。”", "共1,200人，", "走了。"]);
    }
}
