//! Captions: 图1 表2-1 附件3 公式(4), at the start of a block of their own.

use super::label::Label;
use super::script::{Script, numeral_at};
use super::{Caption, Doubt, Prefix, Reading, Shape, Style};

/// The longest title of a caption, in characters; a longer block that starts with 表1 is a sentence about the table.
const LONGEST_TITLE: usize = 60;

/// A caption's number.
pub struct Number {
    /// Bytes from the text's start to the end of the number, brackets included.
    pub len: usize,
    pub script: Script,
    pub prefix: Prefix,
    pub number: u32,
    /// Bytes of the last number.
    pub numeral: std::ops::Range<usize>,
}

/// The word for what is captioned, and its length.
pub fn word_at(text: &str) -> Option<(Caption, usize)> {
    const WORDS: [(&str, Caption); 7] = [
        ("附件", Caption::Annex),
        ("附图", Caption::AnnexFigure),
        ("附表", Caption::AnnexTable),
        ("公式", Caption::Formula),
        ("图", Caption::Figure),
        ("表", Caption::Table),
        ("式", Caption::Formula),
    ];
    WORDS
        .iter()
        .find(|(word, _)| text.starts_with(word))
        .map(|&(word, caption)| (caption, word.len()))
}

/// The number after the word: 1, 2-1, 2.1, (4), 一.
pub fn number_at(text: &str) -> Option<Number> {
    let open = text.chars().next().filter(|char| matches!(char, '(' | '（'));
    let mut end = text.len() - text.trim_start_matches([' ', '\u{3000}', '\u{A0}']).len();
    if end == 0 {
        end = open.map_or(0, char::len_utf8);
    }
    let first = numeral_at(&text[end..]).filter(|numeral| matches!(numeral.script, Script::Digits | Script::Han) && numeral.number > 0)?;
    let mut numbers = vec![first.number];
    let mut numeral = end..end + first.len;
    end = numeral.end;
    while let Some(dash) = text[end..].chars().next().filter(|char| matches!(char, '-' | '－' | '.' | '—' | '–')) {
        let at = end + dash.len_utf8();
        let next = numeral_at(&text[at..]).filter(|next| next.script == Script::Digits && first.script == Script::Digits);
        let Some(next) = next.filter(|_| numbers.len() < 4) else { break };
        numbers.push(next.number);
        numeral = at..at + next.len;
        end = numeral.end;
    }
    if open.is_some() {
        end += text[end..].chars().next().filter(|char| matches!(char, ')' | '）'))?.len_utf8();
    }
    let mut prefix = Prefix::default();
    prefix[..numbers.len() - 1].copy_from_slice(&numbers[..numbers.len() - 1]);
    Some(Number {
        len: end,
        script: first.script,
        prefix,
        number: *numbers.last()?,
        numeral,
    })
}

/// The caption that a block is: the word, the number, and a title set apart from it, or nothing more.
pub(super) fn label(text: &str) -> Option<Label> {
    let (caption, word) = word_at(text)?;
    let number = number_at(&text[word..])?;
    let len = word + number.len;
    let title = &text[len..];
    let apart = title
        .chars()
        .next()
        .is_none_or(|char| char.is_whitespace() || matches!(char, '：' | ':' | '.' | '．' | '、' | '（' | '('));
    let is_sentence = title.trim_end().ends_with(['。', '；', '，']) || title.contains('。') || title.chars().nth(LONGEST_TITLE).is_some();
    if is_sentence || (!apart && speaks_of_it(title)) {
        return None;
    }
    let reading = Reading {
        style: Style {
            shape: Shape::Caption(caption),
            script: number.script,
        },
        prefix: number.prefix,
        number: number.number,
        numeral: word + number.numeral.start..word + number.numeral.end,
        doubt: if apart { Doubt::None } else { Doubt::Ambiguous },
    };
    Some(Label::caption(len, reading))
}

/// “表1显示”, “图2为”, “附件3所列”: the block speaks of the table rather than naming it.
fn speaks_of_it(title: &str) -> bool {
    [
        "显示", "所示", "所列", "为", "是", "中", "列", "反映", "可见", "表明", "可知", "的", "和", "与", "及", "至", "、", "—", "-", "～", "，",
        ",", "）", ")",
    ]
    .iter()
    .any(|word| title.starts_with(word))
}
