//! Writing a number the way another one is written: 1760000 like 136.7万 is 176万, like 一百三十六点七万 it is 一百七十六万.

use super::decimal::Decimal;
use super::written::{self, Form};
use super::{digit, format_han};

/// Writes a value in the form of `like`: its digits or Han numerals, its 万 or 亿, its thousands marks. `None` for forms that cannot hold the value
/// or hold it only about: fractions, 30多, 十几.
pub fn write_like(value: Decimal, like: &str) -> Option<String> {
    let read = written::read(like).filter(|read| read.length == like.len() && read.vagueness == written::Vagueness::Exact)?;
    match read.form {
        Form::Digits => Some(digits(value.shift(-read.multiplier), like)),
        Form::Han => han(value, like),
        Form::Fraction => None,
    }
}

fn digits(value: Decimal, like: &str) -> String {
    let is_number = |char: char| digit(char).is_some() || matches!(char, '.' | '．' | ',' | '，');
    let end = like.find(|char| !is_number(char)).unwrap_or(like.len());
    let (number, rest) = like.split_at(end);
    let mark = number.chars().find(|char| matches!(char, ',' | '，'));
    let is_wide = number.starts_with(|char: char| ('０'..='９').contains(&char));
    let plain = plain(value);
    let (whole, fraction) = plain
        .split_once('.')
        .map_or((plain.as_str(), None), |(whole, fraction)| (whole, Some(fraction)));
    let mut out = mark.map_or_else(|| whole.to_owned(), |mark| grouped(whole, mark));
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    if is_wide {
        out = out.chars().map(widened).collect();
    }
    out + rest
}

/// The value without zeros at the end of its fraction.
fn plain(value: Decimal) -> String {
    let text = value.to_string();
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

fn grouped(whole: &str, mark: char) -> String {
    let mut out = String::new();
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}

fn widened(char: char) -> char {
    match char {
        '0'..='9' | '.' => char::from_u32(char as u32 + 0xFEE0).unwrap_or(char),
        _ => char,
    }
}

/// With 点 and 万 or 亿 if the other is so written or the value has a fraction, else in full: 一百三十六万七千.
fn han(value: Decimal, like: &str) -> Option<String> {
    let plain = plain(value);
    if !plain.contains('.') && !like.contains('点') {
        return whole_han(plain.parse().ok()?);
    }
    let after_point = like.split_once('点').map_or("", |(_, rest)| rest);
    let (unit, power) = [("万亿", 12), ("亿", 8), ("万", 4)]
        .into_iter()
        .find(|(unit, _)| after_point.ends_with(unit))
        .unwrap_or(("", 0));
    let scaled = self::plain(value.shift(-power));
    let (whole, fraction) = scaled.split_once('.').unwrap_or((&scaled, ""));
    let whole: u64 = whole.parse().ok()?;
    // Nobody writes 一万一千万.
    if !unit.is_empty() && whole >= 10_000 {
        return whole_han(plain.parse().ok()?);
    }
    let mut out = whole_han(whole)?;
    if !fraction.is_empty() {
        out.push('点');
        out.extend(fraction.bytes().map(|digit| format_han(u64::from(digit - b'0'))));
    }
    Some(out + unit)
}

/// A whole number in groups of four digits; a group that lacks its thousands is joined with 零.
fn whole_han(number: u64) -> Option<String> {
    if number == 0 {
        return Some(format_han(0));
    }
    let mut out = String::new();
    let mut has_gap = false;
    for (power, unit) in [(12, "万亿"), (8, "亿"), (4, "万"), (0, "")] {
        let group = number / 10u64.pow(power) % if power == 12 { u64::MAX } else { 10_000 };
        if group > 9999 {
            return None;
        }
        if group == 0 {
            has_gap = true;
            continue;
        }
        if !out.is_empty() && (has_gap || group < 1000) {
            out.push('零');
        }
        has_gap = false;
        out.push_str(&format_han(group));
        out.push_str(unit);
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Decimal {
        written::read(text).expect("a number").value
    }

    #[test]
    fn each_form_is_kept() {
        for (number, like, expected) in [
            ("176万", "136.7万", "176万"),
            ("176万", "1367000", "1760000"),
            ("176万", "1,367,000", "1,760,000"),
            ("176万", "１３６．７万", "１７６万"),
            ("176.5万", "１３６万", "１７６．５万"),
            ("176万", "一百三十六点七万", "一百七十六万"),
            ("1.111亿", "一百三十六点七万", "一亿一千一百一十万"),
            ("176.25万", "一百三十六点七万", "一百七十六点二五万"),
            ("176万", "一百三十六万七千", "一百七十六万"),
            ("1040500", "一百三十六万七千", "一百零四万零五百"),
            ("3.5", "三", "三点五"),
            ("12", "3", "12"),
            ("999", "1,367", "999"),
            ("300020000", "三万", "三亿零二万"),
        ] {
            let written = write_like(value(number), like);
            assert_eq!(written.as_deref(), Some(expected), "{number} like {like}");
            assert!(value(expected).same_value(value(number)));
        }
    }

    #[test]
    fn vague_numbers_are_not_written() {
        for like in ["30多万", "十几", "三分之一", ""] {
            assert_eq!(write_like(value("5"), like), None, "{like}");
        }
    }
}
