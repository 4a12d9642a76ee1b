//! Characters that stand for others: radicals and presentation forms, letters and circles for digits, numbers in two widths.

use std::ops::Range;

use super::around::{after, before, run_end, run_start};
use super::equivalent::{equivalent, syllable_look_alike};
use crate::numeral::digit;
use crate::script::is_han;

/// A run of characters to be replaced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Compat {
    pub replacement: String,
    pub cause: Cause,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Cause {
    /// A radical or compatibility character: ⽤ for 用.
    LookAlike,
    /// A kana or bopomofo sign: ニ for 二.
    Syllable,
    /// Something else in place of 〇 among Han numerals: 二O一一.
    Zero,
    /// The same with a white circle, which old tables had instead of 〇: 二○一一.
    Circle,
    /// A letter in place of a digit: 2O11.
    Letter,
    /// Digits of both widths in one number: 2０11.
    Width,
}

pub(super) fn at(prose: &str, at: usize, char: char) -> Option<(Range<usize>, Compat)> {
    match char {
        'I' | 'l' => letter_for_digit(prose, at),
        'O' | 'o' => letter_for_digit(prose, at).or_else(|| zero(prose, at)),
        '0' | 'Ｏ' | 'ｏ' | '○' | '◯' | 'О' => zero(prose, at),
        '０'..='９' => mixed_width(prose, at).or_else(|| zero(prose, at)),
        'ー' | 'ㄧ' | 'ァ'..='ヺ' => syllable(prose, at, char),
        _ => look_alike(prose, at, char),
    }
}

fn look_alike(prose: &str, at: usize, char: char) -> Option<(Range<usize>, Compat)> {
    equivalent(char)?;
    let end = run_end(prose, at, |next| equivalent(next).is_some());
    let replacement = prose[at..end].chars().filter_map(equivalent).collect();
    Some((
        at..end,
        Compat {
            replacement,
            cause: Cause::LookAlike,
        },
    ))
}

fn syllable(prose: &str, at: usize, char: char) -> Option<(Range<usize>, Compat)> {
    let replacement = syllable_look_alike(char)?.to_string();
    let end = at + char.len_utf8();
    let among_han = before(prose, at).is_some_and(is_han) && after(prose, end).is_some_and(is_han);
    among_han.then_some((
        at..end,
        Compat {
            replacement,
            cause: Cause::Syllable,
        },
    ))
}

/// A number that has digits of both widths.
fn mixed_width(prose: &str, at: usize) -> Option<(Range<usize>, Compat)> {
    let is_digit = |char: char| digit(char).is_some();
    let range = run_start(prose, at, is_digit)..run_end(prose, at, is_digit);
    let number = &prose[range.clone()];
    if !number.bytes().any(|byte| byte.is_ascii()) {
        return None;
    }
    let replacement = number.chars().filter_map(digit).map(|digit| char::from(b'0' + digit)).collect();
    Some((
        range,
        Compat {
            replacement,
            cause: Cause::Width,
        },
    ))
}

/// A zero that is not 〇 in a number written digit by digit in Han numerals.
fn zero(prose: &str, at: usize) -> Option<(Range<usize>, Compat)> {
    let belongs = |char: char| is_han_digit(char) || is_zero(char) || matches!(char, '〇' | '零');
    let range = run_start(prose, at, belongs)..run_end(prose, at, belongs);
    let number = &prose[range.clone()];
    let han_digits = number.chars().filter(|char| is_han_digit(*char)).count();
    let beside_latin = |char: Option<char>| char.is_some_and(|char| char.is_ascii_alphanumeric() || matches!(char, '十' | '百' | '千'));
    if han_digits < 2 || number.chars().count() < 3 || beside_latin(before(prose, range.start)) || beside_latin(after(prose, range.end)) {
        return None;
    }
    let replacement = number.chars().map(|char| if is_zero(char) { '〇' } else { char }).collect();
    let circles_only = number.chars().filter(|char| is_zero(*char)).all(|char| matches!(char, '○' | '◯'));
    let cause = if circles_only { Cause::Circle } else { Cause::Zero };
    Some((range, Compat { replacement, cause }))
}

fn is_han_digit(char: char) -> bool {
    matches!(char, '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九')
}

/// Characters that are typed for 〇; the last is Cyrillic.
fn is_zero(char: char) -> bool {
    matches!(char, '○' | '◯' | 'O' | 'o' | 'Ｏ' | 'ｏ' | '0' | '０' | 'О')
}

/// A letter among the digits of a number that stands by itself in Chinese text: 2O11年, 1l5个.
fn letter_for_digit(prose: &str, at: usize) -> Option<(Range<usize>, Compat)> {
    let belongs = |char: char| char.is_ascii_digit() || matches!(char, 'O' | 'o' | 'I' | 'l');
    if !before(prose, at)?.is_ascii_digit() {
        return None;
    }
    let range = run_start(prose, at, belongs)..run_end(prose, at, belongs);
    let number = &prose[range.clone()];
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let alone = before(prose, range.start).is_none_or(|char| is_han(char) || "，。、；（“".contains(char));
    let begins_well = number.as_bytes()[0].is_ascii_digit() && alone;
    let ends_well = !number.ends_with(['I', 'l']) && after(prose, range.end).is_some_and(counts_something);
    if digits < 2 || digits * 2 < number.len() || !begins_well || !ends_well {
        return None;
    }
    let replacement = number.replace(['O', 'o'], "0").replace(['I', 'l'], "1");
    Some((
        range,
        Compat {
            replacement,
            cause: Cause::Letter,
        },
    ))
}

fn counts_something(char: char) -> bool {
    "年月日万亿元个人户家项亩吨名次所座处条件公千%％".contains(char)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::oddity::{What, read};

    fn compat(prose: &str) -> Vec<(String, String, Cause)> {
        let of = |oddity: crate::facts::oddity::Oddity| match oddity.what {
            What::Compat(compat) => Some((prose[oddity.range].to_owned(), compat.replacement, compat.cause)),
            _ => None,
        };
        read(prose).into_iter().filter_map(of).collect()
    }

    #[test]
    fn characters_are_replaced_by_what_was_meant() {
        for (prose, odd, replacement, cause) in [
            ("综合利⽤率", "⽤", "用", Cause::LookAlike),
            ("⼀⼆三", "⼀⼆", "一二", Cause::LookAlike),
            ("省⻓讲话", "⻓", "长", Cause::LookAlike),
            ("第ニ季度", "ニ", "二", Cause::Syllable),
            ("二O二四年六月", "二O二四", "二〇二四", Cause::Zero),
            ("二0一一年", "二0一一", "二〇一一", Cause::Zero),
            ("二○一一年", "二○一一", "二〇一一", Cause::Circle),
            ("一九五○年", "一九五○", "一九五〇", Cause::Circle),
            ("到2O25年", "2O25", "2025", Cause::Letter),
            ("共1l5个", "1l5", "115", Cause::Letter),
            ("完成12O万元", "12O", "120", Cause::Letter),
            ("增长1２.5%", "1２", "12", Cause::Width),
        ] {
            assert_eq!(compat(prose), [(odd.to_owned(), replacement.to_owned(), cause)], "{prose}");
        }
    }

    #[test]
    fn look_alikes_that_are_meant_are_left_alone() {
        for prose in [
            "3O2和CO2、H2O",
            "２０１１年",
            "10l水",
            "一〇五号",
            "○○同志",
            "村BA",
            "コンピュータ",
            "G20峰会",
            "第10条",
            "面积5㎡",
            "三0二",
            "一00米",
        ] {
            let found = compat(prose);
            assert!(prose == "三0二" || found.is_empty(), "{prose}: {found:?}");
        }
    }
}
