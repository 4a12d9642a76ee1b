//! Numbers as they are written in running text: 136.7万, 1,234.5, １２３, 一百三十六点七万, 三分之一, 30多万, 十几.

use super::decimal::Decimal;
use super::{digit, han_digit, parse_han};

/// A number read from the beginning of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// Bytes.
    pub length: usize,
    pub value: Decimal,
    /// The power of ten of 万 or 亿 behind digits, already worked into the value.
    pub multiplier: i32,
    pub form: Form,
    pub vagueness: Vagueness,
}

/// What the number is written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// 136.7万
    Digits,
    /// 一百三十六
    Han,
    /// 三分之一, 百分之五; the value is in hundredths.
    Fraction,
}

/// What the number itself, without the words around it, says of its exactness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Vagueness {
    Exact,
    /// 30多万, 十几: at least the value, and less than one more of its last digit that is not zero.
    More,
    /// 几十, 数百, 七八, 三分之一: the order of size only.
    Loose,
}

/// More significant digits than any stated figure has: such a run of digits is a code.
const MOST_DIGITS: usize = 15;

/// The number that `text` begins with.
pub fn read(text: &str) -> Option<Written> {
    let first = text.chars().next()?;
    if digit(first).is_some() {
        return read_digits(text);
    }
    if is_han_number(first) {
        return read_han(text);
    }
    None
}

/// Whether a number may begin with this character.
pub fn may_begin(char: char) -> bool {
    digit(char).is_some() || is_han_number(char)
}

fn read_digits(text: &str) -> Option<Written> {
    let (mantissa, exponent, mut length) = plain_digits(text)?;
    let mut vagueness = Vagueness::Exact;
    if let Some(more) = starts_with_more(&text[length..])
        && multiplier(&text[length + more..]).is_some()
    {
        vagueness = Vagueness::More;
        length += more;
    }
    let mut power = 0;
    // A space stands between digits and 万 in drafts set by machine.
    if text[length..].starts_with(' ') && multiplier(&text[length + 1..]).is_some() {
        length += 1;
    }
    if let Some((bytes, ten)) = multiplier(&text[length..]) {
        length += bytes;
        power = ten;
    }
    if let Some(more) = starts_with_more(&text[length..]) {
        vagueness = Vagueness::More;
        length += more;
    }
    Some(Written {
        length,
        value: Decimal::new(mantissa, exponent).shift(power),
        multiplier: power,
        form: Form::Digits,
        vagueness,
    })
}

/// Digits of either width with thousands marks and a decimal point: mantissa, exponent, bytes.
fn plain_digits(text: &str) -> Option<(i128, i32, usize)> {
    let mut mantissa: i128 = 0;
    let mut places = 0;
    let mut digits = 0;
    let mut group = 0;
    let mut grouped = false;
    let mut in_fraction = false;
    let mut length = 0;
    for char in text.chars() {
        let rest = &text[length..];
        if let Some(value) = digit(char) {
            mantissa = mantissa * 10 + i128::from(value);
            digits += 1;
            group += 1;
            places += i32::from(in_fraction);
        } else if matches!(char, '.' | '．') && !in_fraction && followed_by_digit(rest) && (!grouped || group == 3) {
            in_fraction = true;
        } else if matches!(char, ',' | '，') && !in_fraction && is_thousands_mark(text, rest, grouped, group) {
            grouped = true;
            group = 0;
        } else {
            break;
        }
        if digits > MOST_DIGITS {
            return None;
        }
        length += char.len_utf8();
    }
    Some((mantissa, -places, length))
}

fn followed_by_digit(mark_and_rest: &str) -> bool {
    mark_and_rest.chars().nth(1).is_some_and(|char| digit(char).is_some())
}

/// A thousands mark stands after one to three digits, or three when another mark went before, and before exactly three. A full-width comma is one
/// only among full-width digits.
fn is_thousands_mark(number: &str, mark_and_rest: &str, grouped: bool, group: usize) -> bool {
    let narrow = |text: &str| text.starts_with(|char: char| char.is_ascii());
    if narrow(mark_and_rest) != narrow(number) || !narrow(number) && mark_and_rest.chars().skip(1).take(3).any(|char| char.is_ascii()) {
        return false;
    }
    let before = if grouped { group == 3 } else { (1..=3).contains(&group) };
    let after = mark_and_rest.chars().skip(1).take_while(|char| digit(*char).is_some()).count();
    before && after == 3
}

/// 万, 亿, 万亿, 百万, 千万, 千亿, 十万: bytes and power of ten. 千 and 百 alone may belong to a unit (千瓦) and are left to it.
fn multiplier(text: &str) -> Option<(usize, i32)> {
    const MULTIPLIERS: [(&str, i32); 9] = [
        ("万亿", 12),
        ("千亿", 11),
        ("百亿", 10),
        ("千万", 7),
        ("百万", 6),
        ("十万", 5),
        ("亿", 8),
        ("万", 4),
        ("萬", 4),
    ];
    MULTIPLIERS
        .iter()
        .find(|(name, _)| text.starts_with(name) && !text.starts_with("千万千"))
        .map(|(name, power)| (name.len(), *power))
}

/// How a multiplier is written: 万 for 4.
pub fn multiplier_name(power: i32) -> &'static str {
    match power {
        4 => "万",
        5 => "十万",
        6 => "百万",
        7 => "千万",
        8 => "亿",
        12 => "万亿",
        _ => "",
    }
}

/// 多, 余, 几 after a number.
fn starts_with_more(text: &str) -> Option<usize> {
    let char = text.chars().next()?;
    matches!(char, '多' | '余' | '餘' | '几').then(|| char.len_utf8())
}

fn is_han_number(char: char) -> bool {
    han_digit(char).is_some() || matches!(char, '十' | '百' | '千' | '万' | '亿' | '几' | '数' | '拾' | '佰' | '仟')
}

fn read_han(text: &str) -> Option<Written> {
    let mut run: usize = text.chars().take_while(|char| is_han_number(*char)).map(char::len_utf8).sum();
    // The last 千 of 二万四千千瓦 and 五百千瓦 belongs to the unit.
    if ["千千", "百千", "十千"].iter().any(|end| text[..run].ends_with(end)) {
        run -= '千'.len_utf8();
    }
    let (whole, rest) = text.split_at(run);
    if let Some(after) = rest.strip_prefix("分之") {
        return fraction(whole, after, run);
    }
    if whole.chars().count() > 24 {
        return None;
    }
    if whole.contains(['几', '数']) || is_pair_of_neighbours(whole) {
        return loose(whole, run);
    }
    let mut value = integer(whole)?;
    let mut length = run;
    if let Some(after) = rest.strip_prefix('点') {
        let places: String = after.chars().take_while(|char| han_digit(*char).is_some()).collect();
        if !places.is_empty() && places.chars().count() <= 6 {
            let count = places.chars().count() as i32;
            let decimals = places
                .chars()
                .filter_map(han_digit)
                .fold(0i128, |sum, digit| sum * 10 + i128::from(digit));
            value = value.plus(Decimal::new(decimals, -count))?;
            length += '点'.len_utf8() + places.len();
            if let Some((bytes, power)) = multiplier(&text[length..]) {
                value = value.shift(power);
                length += bytes;
            }
        }
    }
    let vagueness = match starts_with_more(&text[length..]) {
        Some(more) => {
            length += more;
            Vagueness::More
        }
        None => Vagueness::Exact,
    };
    Some(Written {
        length,
        value,
        multiplier: 0,
        form: Form::Han,
        vagueness,
    })
}

/// 一亿二千万, 一百三十六万, 二十一, 二〇二四.
fn integer(text: &str) -> Option<Decimal> {
    let mut total: u64 = 0;
    let mut rest = text;
    for (name, worth) in [('亿', 100_000_000), ('万', 10_000)] {
        if let Some((high, low)) = rest.split_once(name) {
            total = total.checked_add(parse_han(high)?.checked_mul(worth)?)?;
            rest = low.strip_prefix(['零', '〇']).filter(|rest| !rest.is_empty()).unwrap_or(low);
            if rest.is_empty() {
                // 三万 is written with one digit: its last digit is worth ten thousand.
                return Some(Decimal::from(total).trimmed());
            }
        }
    }
    Some(Decimal::from(total.checked_add(parse_han(rest)?)?))
}

/// 七八, 三五, 二三十: two neighbouring digits say “about”.
fn is_pair_of_neighbours(text: &str) -> bool {
    let digits: Vec<u8> = text.chars().map_while(han_digit).collect();
    let rest_is_a_unit = text.chars().skip(2).all(|char| matches!(char, '十' | '百' | '千' | '万'));
    matches!(digits[..], [a, b] if a > 0 && a < b && b - a <= 2) && rest_is_a_unit
}

/// 几十, 数百, 十几, 七八: the first number that is meant, as a lower bound.
fn loose(text: &str, length: usize) -> Option<Written> {
    if let Some(known) = text.strip_suffix('几').filter(|known| !known.is_empty()) {
        return Some(Written {
            length,
            value: integer(known)?,
            multiplier: 0,
            form: Form::Han,
            vagueness: Vagueness::More,
        });
    }
    let power: i32 = text
        .chars()
        .map(|char| match char {
            '十' => 1,
            '百' => 2,
            '千' => 3,
            '万' => 4,
            '亿' => 8,
            _ => 0,
        })
        .sum();
    let first = text.chars().find_map(han_digit).unwrap_or(1);
    Some(Written {
        length,
        value: Decimal::new(i128::from(first.max(1)), power),
        multiplier: 0,
        form: Form::Han,
        vagueness: Vagueness::Loose,
    })
}

/// 百分之三十点五, 三分之一, 万分之三; the value is in hundredths, and rounded where it has no end.
fn fraction(denominator: &str, after: &str, run: usize) -> Option<Written> {
    let below = match denominator {
        "百" => 100,
        "千" => 1000,
        "万" => 10_000,
        other => parse_han(other)?,
    };
    let above = match read(after)? {
        above if above.form == Form::Fraction => return None,
        above => above,
    };
    let length = run + "分之".len() + above.length;
    let (value, vagueness) = match below {
        0 => return None,
        100 => (above.value, above.vagueness),
        1000 => (above.value.shift(-1), above.vagueness),
        10_000 => (above.value.shift(-2), above.vagueness),
        below => (above.value.shift(2).over(Decimal::from(below), 0)?, Vagueness::Loose),
    };
    Some(Written {
        length,
        value,
        multiplier: 0,
        form: Form::Fraction,
        vagueness,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reading(text: &str) -> (String, &str, Vagueness) {
        let written = read(text).unwrap_or_else(|| panic!("{text}"));
        (written.value.to_string(), &text[written.length..], written.vagueness)
    }

    #[test]
    fn exact_numbers() {
        for (text, value, rest) in [
            ("136.7万亩", "1367000", "亩"),
            ("1,234.5元", "1234.5", "元"),
            ("１２３人", "123", "人"),
            ("一百三十六点七万亩", "1367000", "亩"),
            ("九十三点六万亩", "936000", "亩"),
            ("二百二十一万亩", "2210000", "亩"),
            ("一亿二千万元", "120000000", "元"),
            ("3,45个", "3", ",45个"),
            ("１，７５３亿元", "175300000000", "元"),
            ("3，175人", "3", "，175人"),
            ("1.4万亿元", "1400000000000", "元"),
            ("1428万千瓦时", "14280000", "千瓦时"),
            ("500千瓦", "500", "千瓦"),
            ("二万四千千瓦", "24000", "千瓦"),
            ("百分之三十点五", "30.5", ""),
            ("千分之五", "0.5", ""),
            ("10.9.8版", "10.9", ".8版"),
        ] {
            assert_eq!(reading(text), (value.to_owned(), rest, Vagueness::Exact), "{text}");
        }
    }

    #[test]
    fn inexact_numbers() {
        for (text, value, rest, vagueness) in [
            ("30多万元", "300000", "元", Vagueness::More),
            ("1万多元", "10000", "元", Vagueness::More),
            ("十几个", "10", "个", Vagueness::More),
            ("几十个", "10", "个", Vagueness::Loose),
            ("数百名", "100", "名", Vagueness::Loose),
            ("七八天", "7", "天", Vagueness::Loose),
            ("三分之一", "33", "", Vagueness::Loose),
            ("500多名", "500", "名", Vagueness::More),
        ] {
            assert_eq!(reading(text), (value.to_owned(), rest, vagueness), "{text}");
        }
    }

    #[test]
    fn no_numbers() {
        for text in ["", "人", "12345678901234567890", "十百", "零分之一", "分之一"] {
            assert!(read(text).is_none_or(|written| written.value.is_zero()), "{text}");
        }
    }
}
