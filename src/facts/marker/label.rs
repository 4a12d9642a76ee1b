//! One label at one place.

use std::ops::Range;

use encoding_rs::WINDOWS_1252;

use super::script::{self, Numeral, Script, is_han_numeral, numeral_at};
use super::{Doubt, Prefix, Reading, Shape, Style, Unit, begins_words, caption};
use crate::numeral;
use crate::script::is_han;

/// A label with ranges relative to its own start.
pub struct Label {
    pub len: usize,
    pub reading: Reading,
    pub other: Option<Reading>,
}

impl Label {
    fn new(len: usize, shape: Shape, numeral: Numeral, at: usize) -> Self {
        let reading = Reading {
            style: Style {
                shape,
                script: numeral.script,
            },
            prefix: Prefix::default(),
            number: numeral.number,
            numeral: at..at + numeral.len,
            doubt: Doubt::None,
        };
        Label { len, reading, other: None }
    }

    pub fn caption(len: usize, reading: Reading) -> Self {
        Label { len, reading, other: None }
    }

    fn doubt(mut self, doubt: Doubt) -> Self {
        self.reading.doubt = doubt;
        self
    }

    fn doubt_if(self, doubtful: bool) -> Self {
        if doubtful { self.doubt(Doubt::Ambiguous) } else { self }
    }
}

/// The highest number a label is believed to have where it could also be a quantity or a year.
const HIGHEST_PLAIN: u32 = 199;
/// The highest number that speech counts to: 二十是.
const HIGHEST_SPOKEN: u32 = 30;

/// The label a block opens with.
pub fn at_block_start(text: &str, is_heading: bool) -> Option<Label> {
    let first = text.chars().next()?;
    match first {
        '（' | '(' => bracketed(text),
        '第' | '笫' => ordinal(text, true),
        '图' | '表' | '附' | '公' | '式' => caption::label(text),
        '其' | '首' | '再' | '最' | '另' => spoken_word(text),
        _ if first.is_ascii_alphabetic() => lettered(text),
        _ if numeral::digit(first).is_some() => digits(text, is_heading),
        _ if is_han_numeral(first) => side(text).or_else(|| han(text, true)),
        _ => sign(text, None).or_else(|| garbled(text, is_heading)),
    }
}

/// A label whose UTF-8 bytes were read as Western letters: ç¬¬ä¸€ for 第一. It counts, but another rule speaks of it.
fn garbled(text: &str, is_heading: bool) -> Option<Label> {
    const LONGEST: usize = 30;
    let garbled: usize = text
        .chars()
        .take(LONGEST)
        .take_while(|char| !char.is_ascii())
        .map_while(western_len)
        .sum();
    let (bytes, _, _) = WINDOWS_1252.encode(&text[..garbled]);
    let mended = std::str::from_utf8(&bytes).ok().filter(|mended| mended.starts_with(['第', '一', '（']))?;
    let rest: String = text[garbled..].chars().take(LONGEST).collect();
    let label = at_block_start(&format!("{mended}{rest}"), is_heading)?;
    let len = garbled + label.len.checked_sub(mended.len())?;
    let numeral = Numeral {
        script: label.reading.style.script,
        number: label.reading.number,
        len: 0,
    };
    text.is_char_boundary(len).then(|| Label::new(len, label.reading.style.shape, numeral, 0))
}

/// The length of a character that is one byte in the Western encoding.
fn western_len(char: char) -> Option<usize> {
    let mut buffer = [0; 4];
    let (_, _, unmappable) = WINDOWS_1252.encode(char.encode_utf8(&mut buffer));
    (!unmappable).then(|| char.len_utf8())
}

/// The label that stands at a place inside a block, after `before`, the last character that is not white space.
pub fn inside(text: &str, first: char, before: char) -> Option<Label> {
    let ends_clause = matches!(
        before,
        '。' | '；' | ';' | '：' | ':' | '！' | '？' | '!' | '?' | '”' | '）' | ')' | '…' | '—' | '】'
    );
    let pauses = matches!(before, '，' | ',' | '、');
    match first {
        '（' | '(' => bracketed_inside(text, before),
        '①'..='⒛' | '㉑'..='㊿' => sign(text, Some(before)),
        '第' if ends_clause || pauses => ordinal(text, false).filter(|label| matches!(label.reading.style.shape, Shape::Ordinal | Shape::Stage)),
        '其' | '首' | '再' | '最' | '另' if ends_clause || pauses => spoken_word(text),
        '一' if matches!(before, '是' | '为' | '即' | '到' | '括' | '指') => {
            // “关键是一要…，二要…” begins a list; a single 一是 that is none does no harm.
            han(text, false).filter(|label| matches!(label.reading.style.shape, Shape::Is | Shape::Must))
        }
        _ if is_han_numeral(first) && (ends_clause || pauses) => {
            let label = side(text).or_else(|| han(text, false))?;
            let spoken = label.reading.style.shape.is_spoken();
            let doubtful = label.reading.doubt == Doubt::Bare;
            ((spoken && !doubtful) || !pauses).then_some(label)
        }
        _ if numeral::digit(first).is_some() && matches!(before, '。' | '；' | ';' | '：' | ':' | '！' | '？' | '”') => {
            let label = digits(text, false)?;
            let plain = matches!(label.reading.style.shape, Shape::Dot | Shape::Comma | Shape::HalfParen);
            (plain && begins_words(&text[label.len..])).then(|| label.doubt(Doubt::Ambiguous))
        }
        _ => None,
    }
}

/// （一） (3) （a）
fn bracketed(text: &str) -> Option<Label> {
    let open = text.chars().next()?.len_utf8();
    let at = open + blanks(&text[open..]);
    let numeral = numeral_at(&text[at..]).filter(|numeral| numeral.number <= HIGHEST_PLAIN && numeral.number > 0)?;
    let after = at + numeral.len;
    let close_at = after + blanks(&text[after..]);
    let close = text[close_at..].chars().next().filter(|char| matches!(char, '）' | ')'))?;
    Some(Label::new(close_at + close.len_utf8(), Shape::Paren, numeral, at))
}

/// Inside a paragraph a bracketed number may also belong to the word before it: 第（四）项, 表（2）, 式(1).
fn bracketed_inside(text: &str, before: char) -> Option<Label> {
    let label = bracketed(text)?;
    let named = matches!(before, '第' | '式' | '图' | '表' | '件' | '条' | '款' | '项' | '〕' | ']' | '》') || before.is_ascii_alphanumeric();
    let counts = text[label.len..]
        .chars()
        .next()
        .is_some_and(|char| matches!(char, '项' | '条' | '款' | '类' | '、' | '，' | '。'));
    if named || counts || matches!(label.reading.style.script, Script::Upper | Script::Lower) {
        return None;
    }
    let doubtful = is_han(before);
    Some(label.doubt_if(doubtful))
}

/// ① ⑵ ⒊ Ⅳ、
fn sign(text: &str, before: Option<char>) -> Option<Label> {
    let first = text.chars().next()?;
    let numeral = script::sign_at(first)?;
    let rest = &text[numeral.len..];
    let next = rest.chars().next();
    let among_signs = next.is_some_and(|char| script::sign_at(char).is_some()) || before.is_some_and(|char| script::sign_at(char).is_some());
    if among_signs {
        return None;
    }
    let closing = next.filter(|char| matches!(char, '、' | '.' | '．')).map_or(0, char::len_utf8);
    if numeral.script == Script::Roman && closing == 0 && !next.is_some_and(char::is_whitespace) {
        return None;
    }
    let doubtful = before.is_some_and(|char| is_han(char) || char.is_ascii_alphanumeric() || matches!(char, '%' | '％'));
    Some(Label::new(numeral.len + closing, Shape::Bare, numeral, 0).doubt_if(doubtful))
}

/// 第三章, 第二十条, 第一，
fn ordinal(text: &str, opens: bool) -> Option<Label> {
    let first = text.chars().next()?;
    let mut at = first.len_utf8();
    at += blanks(&text[at..]);
    let (numeral, dashed) = numeral_or_dashed(&text[at..])?;
    let after = at + numeral.len;
    let unit_at = after + blanks(&text[after..]);
    let damaged = first == '笫' || dashed;
    if let Some((unit, len)) = unit_at_start(&text[unit_at..]).filter(|_| opens) {
        let end = unit_at + len;
        return Some(unit_label(&text[end..], Label::new(end, Shape::Unit(unit), numeral, at), unit, damaged));
    }
    if let Some(stage) = stage(&text[after..]).filter(|_| !damaged) {
        return Some(Label::new(after + stage, Shape::Stage, numeral, at));
    }
    let next = text[after..].chars().next()?;
    let rest = &text[after + next.len_utf8()..];
    let closed = match next {
        '，' | ',' | '：' | ':' => true,
        '、' => !rest.starts_with('第') && !rest.chars().next().is_some_and(is_han_numeral),
        '是' | '要' => true,
        _ => false,
    };
    let label = Label::new(after + next.len_utf8(), Shape::Ordinal, numeral, at);
    (closed && numeral.number <= HIGHEST_SPOKEN && !damaged).then_some(label)
}

/// The length of the 阶段 or 步 of a plan's stage, which sets its number off from what is done then: 第二阶段（6月至8月）, 第三步：
fn stage(text: &str) -> Option<usize> {
    let word = ["阶段", "步"].into_iter().find(|word| text.starts_with(word))?;
    let is_set_off = text[word.len()..].starts_with(['（', '(', '：', ':', '，', ',']);
    is_set_off.then_some(word.len())
}

/// A heading sets its number off from the title, or ends with it; 第三条规定 and 第二部分群众 may be running text.
fn unit_label(rest: &str, label: Label, unit: Unit, damaged: bool) -> Label {
    let apart = rest
        .chars()
        .next()
        .is_none_or(|char| char.is_whitespace() || matches!(char, '：' | ':' | '、' | '.' | '．' | '【' | '（' | '(' | '－' | '—'));
    if damaged {
        label.doubt(Doubt::Damaged)
    } else {
        let short = !rest.contains('。') && rest.chars().nth(30).is_none();
        let title = short && !matches!(unit, Unit::Article | Unit::Paragraph);
        label.doubt_if(!apart && !title)
    }
}

/// A number in which a dash stands for 一, as scans have it: 第五十－条.
fn numeral_or_dashed(text: &str) -> Option<(Numeral, bool)> {
    let mut whole = String::new();
    let mut len = 0;
    for char in text.chars().take(8) {
        match char {
            '－' | '—' | '-' | 'ー' => whole.push('一'),
            _ if is_han_numeral(char) => whole.push(char),
            _ => break,
        }
        len += char.len_utf8();
    }
    let dashed = whole.len() > 3 && whole != text[..len];
    if !dashed {
        return numeral_at(text).map(|numeral| (numeral, false));
    }
    let numeral = numeral_at(&whole).filter(|numeral| numeral.len == whole.len())?;
    Some((Numeral { len, ..numeral }, true))
}

/// The word for what is counted, at the start of a text, and its length.
pub fn unit_at_start(text: &str) -> Option<(Unit, usize)> {
    const UNITS: [(&str, Unit); 7] = [
        ("部分", Unit::Portion),
        ("章", Unit::Chapter),
        ("节", Unit::Section),
        ("条", Unit::Article),
        ("款", Unit::Paragraph),
        ("篇", Unit::Volume),
        ("编", Unit::Book),
    ];
    UNITS
        .iter()
        .find(|(word, _)| text.starts_with(word))
        .map(|&(word, unit)| (unit, word.len()))
}

/// 一、 一． 一是 一要 一）, and the bare 三 that may have lost its 是.
fn han(text: &str, opens: bool) -> Option<Label> {
    let numeral = numeral_at(text)?;
    let rest = &text[numeral.len..];
    let next = rest.chars().next()?;
    let rest = &rest[next.len_utf8()..];
    let label = |shape| Some(Label::new(numeral.len + next.len_utf8(), shape, numeral, 0).doubt_if(is_by_digits(&text[..numeral.len])));
    match next {
        '、' if !lists_numbers(rest) && numeral.number <= HIGHEST_PLAIN => label(Shape::Comma),
        '．' | '.' if begins_words(rest) && numeral.number <= HIGHEST_PLAIN => label(Shape::Dot),
        '）' | ')' if opens && numeral.number <= HIGHEST_PLAIN => label(Shape::HalfParen),
        '是' if numeral.number <= HIGHEST_SPOKEN && !is_saying(text, &numeral, rest) => label(Shape::Is),
        '要' if numeral.number <= HIGHEST_SPOKEN => label(Shape::Must),
        _ if (2..=HIGHEST_SPOKEN).contains(&numeral.number) && is_han(next) && !is_counted(next) => {
            Some(Label::new(numeral.len, Shape::Is, numeral, 0).doubt(Doubt::Bare))
        }
        _ => None,
    }
}

/// 五一, 二〇: written digit by digit. That is how days and years are called (五一、国庆), rarely how items are numbered.
fn is_by_digits(numeral: &str) -> bool {
    !numeral.contains(['十', '百', '千']) && numeral.chars().nth(1).is_some()
}

/// 一、二、三产业: what follows the mark is another number of the row.
fn lists_numbers(rest: &str) -> bool {
    let Some(numeral) = numeral_at(rest).filter(|numeral| numeral.script == Script::Han) else {
        return false;
    };
    rest[numeral.len..].chars().next().is_none_or(|char| {
        matches!(
            char,
            '、' | '产' | '类' | '等' | '线' | '期' | '季' | '级' | '次' | '轮' | '批' | '号' | '楼' | '班' | '组' | '审' | '中' | '者'
        )
    })
}

/// 一是一，二是二.
fn is_saying(text: &str, numeral: &Numeral, rest: &str) -> bool {
    rest.strip_prefix(&text[..numeral.len])
        .is_some_and(|rest| rest.chars().next().is_none_or(|char| !is_han(char) || char == '是'))
}

/// Characters after which a Han number is a quantity, an order or part of a name rather than a label without its 是.
fn is_counted(char: char) -> bool {
    "个年月日大是项种条类级次季位家户名人万亿千百十分成倍度届期批轮天时周号点星旬者方农中全省市县区乡镇村国院会产线五六七八九一二三四两多余几来步角元面段层楼场台套辆处所座栋间件份本部支队组班届任代世纪公平亩米斤吨克里升度"
        .contains(char)
}

/// 1. 1、 1） 1.1, and in headings the number alone.
fn digits(text: &str, is_heading: bool) -> Option<Label> {
    let numeral = numeral_at(text)?;
    if numeral.number == 0 || numeral.number > HIGHEST_PLAIN {
        return None;
    }
    let rest = &text[numeral.len..];
    let next = rest.chars().next()?;
    let rest = &rest[next.len_utf8()..];
    let label = |shape| Label::new(numeral.len + next.len_utf8(), shape, numeral, 0);
    let digit_follows = rest.chars().next().is_some_and(|char| numeral::digit(char).is_some());
    match next {
        '.' | '．' if digit_follows => path(text, numeral, numeral.len..numeral.len + next.len_utf8()),
        '.' | '．' => Some(label(Shape::Dot).doubt_if(!rest.is_empty() && !begins_words(rest))),
        '、' => (!lists_digits(rest)).then(|| label(Shape::Comma).doubt_if(digit_follows)),
        '）' | ')' => Some(label(Shape::HalfParen)),
        ' ' | '\u{3000}' if is_heading && begins_words(rest) => Some(label(Shape::Space)),
        _ => None,
    }
}

/// 1、2、3号: what follows the mark is another number of the row.
fn lists_digits(rest: &str) -> bool {
    numeral_at(rest)
        .filter(|numeral| numeral.script == Script::Digits)
        .is_some_and(|numeral| {
            rest[numeral.len..]
                .chars()
                .next()
                .is_none_or(|char| matches!(char, '、' | '号' | '日' | '班' | '栋' | '#'))
        })
}

/// 1.1 and 1.1.1, or an item whose text begins with a number: “3.12月”.
fn path(text: &str, first: Numeral, dot: Range<usize>) -> Option<Label> {
    let mut numbers = vec![first.number];
    let mut last = 0..first.len;
    let mut end = first.len;
    while let Some(dot_char) = text[end..].chars().next().filter(|char| matches!(char, '.' | '．')) {
        let at = end + dot_char.len_utf8();
        let Some(numeral) = numeral_at(&text[at..]).filter(|numeral| numeral.script == Script::Digits) else {
            break;
        };
        numbers.push(numeral.number);
        last = at..at + numeral.len;
        end = last.end;
    }
    let item = Label::new(dot.end, Shape::Dot, first, 0).doubt(Doubt::Ambiguous);
    let closing = text[end..]
        .chars()
        .next()
        .filter(|char| matches!(char, '.' | '．' | '、'))
        .map_or(0, char::len_utf8);
    let rest = &text[end + closing..];
    let sound = numbers.iter().all(|number| (1..=99).contains(number)) && (2..=4).contains(&numbers.len());
    if !sound || !begins_words(rest) || is_measured(rest) {
        return (numbers.len() == 2).then_some(item);
    }
    let mut prefix = Prefix::default();
    prefix[..numbers.len() - 1].copy_from_slice(&numbers[..numbers.len() - 1]);
    let spaced = rest.chars().next().is_some_and(char::is_whitespace);
    let reading = Reading {
        style: Style {
            shape: Shape::Path,
            script: Script::Digits,
        },
        prefix,
        number: *numbers.last()?,
        numeral: last,
        doubt: if spaced || numbers.len() > 2 { Doubt::None } else { Doubt::Ambiguous },
    };
    Some(Label {
        len: end + closing,
        reading,
        other: (numbers.len() == 2).then_some(item.reading),
    })
}

/// A unit right after a decimal: 3.5万亩, 2.4倍, 1.2米.
fn is_measured(rest: &str) -> bool {
    rest.chars()
        .next()
        .is_some_and(|char| "万亿千百个年月日号%％‰倍元亩吨米公平分度成克升斤里岁人户次家级版寸折点小".contains(char))
}

/// A. B、 c)
fn lettered(text: &str) -> Option<Label> {
    let numeral = numeral_at(text)?;
    let next = text[numeral.len..].chars().next()?;
    let shape = match next {
        '.' | '．' => Shape::Dot,
        '、' => Shape::Comma,
        ')' | '）' => Shape::HalfParen,
        _ => return None,
    };
    let rest = &text[numeral.len + next.len_utf8()..];
    let names_letters = next == '、' && rest.chars().next().is_some_and(|char| char.is_ascii_alphabetic());
    if !begins_words(rest) || names_letters {
        return None;
    }
    let mut label = Label::new(numeral.len + next.len_utf8(), shape, numeral, 0).doubt_if(numeral.number != 1);
    label.other = roman_letter(&label.reading, &text[..numeral.len]);
    Some(label)
}

/// I. V. and X. are letters and Roman numbers both.
fn roman_letter(reading: &Reading, letter: &str) -> Option<Reading> {
    let number = match letter {
        "I" => 1,
        "V" => 5,
        "X" => 10,
        _ => return None,
    };
    let style = Style {
        script: Script::Roman,
        ..reading.style
    };
    Some(Reading {
        style,
        number,
        ..reading.clone()
    })
}

/// 一方面 另一方面
fn side(text: &str) -> Option<Label> {
    text.starts_with("一方面").then(|| word("一方面".len(), Shape::Side, 1))
}

/// 其一， 其次， 首先， 另一方面
fn spoken_word(text: &str) -> Option<Label> {
    if text.starts_with("另一方面") {
        return Some(word("另一方面".len(), Shape::Side, 2));
    }
    if let Some(label) = its_one(text) {
        return Some(label);
    }
    const WORDS: [(&str, u32); 4] = [("首先", 1), ("其次", 2), ("再次", 3), ("最后", LAST)];
    let &(name, number) = WORDS.iter().find(|(name, _)| text.starts_with(name))?;
    let next = text[name.len()..].chars().next()?;
    let closed = matches!(next, '，' | ',' | '是' | '要' | '：' | ':');
    closed.then(|| word(name.len(), Shape::Word, number))
}

/// The number given to 最后, which closes a list of any length.
pub const LAST: u32 = u32::MAX;

fn its_one(text: &str) -> Option<Label> {
    let rest = text.strip_prefix('其')?;
    let numeral = numeral_at(rest).filter(|numeral| numeral.script == Script::Han && numeral.number <= 10)?;
    let at = '其'.len_utf8();
    let next = rest[numeral.len..].chars().next()?;
    let closed = matches!(next, '，' | ',' | '：' | ':' | '是' | '、');
    closed.then(|| Label::new(at + numeral.len + next.len_utf8(), Shape::ItsOne, numeral, at))
}

fn word(len: usize, shape: Shape, number: u32) -> Label {
    let numeral = Numeral {
        script: Script::Words,
        number,
        len: 0,
    };
    Label::new(len, shape, numeral, 0)
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\u{3000}', '\u{A0}']).len()
}
