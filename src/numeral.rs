//! Numerals: 一百三十六 ⇄ 136.
//!
//! Every other module asks this one what a numeral is worth and how a number is written: labels here, numbers in running text in [`written`], exact
//! values and their rounding in [`decimal`].

pub mod decimal;
pub mod slip;
pub mod write;
pub mod written;

/// The number written in Han numerals, positional (二〇二四) or with units (一百三十六), as in numbering labels. Up to 9999 with units; `None` for
/// anything that is not such a numeral, such as 十百 or 一二十.
pub fn parse_han(text: &str) -> Option<u64> {
    let chars: Vec<char> = text.chars().collect();
    match chars.iter().any(|char| unit(*char).is_some()) {
        true => parse_with_units(&chars),
        false => parse_positional(&chars),
    }
}

/// The number written in digits of either width.
pub fn parse_digits(text: &str) -> Option<u64> {
    if text.is_empty() {
        return None;
    }
    text.chars()
        .try_fold(0u64, |value, char| value.checked_mul(10)?.checked_add(u64::from(digit(char)?)))
}

/// A number in Han numerals as a numbering label has it: 十一, 一百零五. Defined to 9999; beyond, digit by digit.
pub fn format_han(number: u64) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    if number > 9999 {
        return number
            .to_string()
            .bytes()
            .map(|byte| if byte == b'0' { '〇' } else { DIGITS[usize::from(byte - b'0')] })
            .collect();
    }
    if number == 0 {
        return "零".to_owned();
    }
    let mut text = String::new();
    let mut gap = false;
    for (value, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = (number / value % 10) as usize;
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push('零');
            gap = false;
        }
        if !(value == 10 && digit == 1 && text.is_empty()) {
            text.push(DIGITS[digit]);
        }
        text.push_str(name);
    }
    text
}

/// The value of an ASCII or full-width digit.
pub fn digit(char: char) -> Option<u8> {
    match char {
        '0'..='9' => Some(char as u8 - b'0'),
        '０'..='９' => Some((char as u32 - '０' as u32) as u8),
        _ => None,
    }
}

/// The value of a Han digit, everyday or in the forms used on cheques (壹).
pub fn han_digit(char: char) -> Option<u8> {
    Some(match char {
        '〇' | '零' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '贰' | '两' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn unit(char: char) -> Option<u64> {
    Some(match char {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1000,
        _ => return None,
    })
}

fn parse_positional(chars: &[char]) -> Option<u64> {
    if chars.is_empty() {
        return None;
    }
    chars
        .iter()
        .try_fold(0u64, |value, char| value.checked_mul(10)?.checked_add(u64::from(han_digit(*char)?)))
}

/// Units must fall (千, 百, 十) and each needs a digit before it, except a leading 十.
fn parse_with_units(chars: &[char]) -> Option<u64> {
    let mut total = 0;
    let mut pending: Option<u64> = None;
    let mut last_unit = 10_000;
    for (index, &char) in chars.iter().enumerate() {
        if let Some(unit) = unit(char) {
            let digit = match pending.take() {
                Some(digit) if digit > 0 => digit,
                None if unit == 10 && index == 0 => 1,
                _ => return None,
            };
            if unit >= last_unit {
                return None;
            }
            last_unit = unit;
            total += digit * unit;
        } else {
            let digit = u64::from(han_digit(char)?);
            if pending.is_some_and(|pending| pending > 0) {
                return None;
            }
            pending = Some(digit);
        }
    }
    match pending {
        Some(0) if chars.len() > 1 => None,
        Some(digit) => Some(total + digit),
        None => Some(total),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_read_both_ways_to_9999() {
        for number in 1..=9999 {
            let text = format_han(number);
            assert_eq!(parse_han(&text), Some(number), "{text}");
        }
    }

    #[test]
    fn usual_forms() {
        for (text, number) in [
            ("十", 10),
            ("二十", 20),
            ("一百零五", 105),
            ("一百一十", 110),
            ("二〇二四", 2024),
            ("两千", 2000),
            ("〇", 0),
            ("一百〇五", 105),
        ] {
            assert_eq!(parse_han(text), Some(number), "{text}");
        }
        assert_eq!(format_han(110), "一百一十");
        assert_eq!(format_han(1005), "一千零五");
    }

    #[test]
    fn nonsense_is_not_a_number() {
        for text in ["", "十百", "一二十", "百", "十十", "人", "一百零"] {
            assert_eq!(parse_han(text), None, "{text}");
        }
    }

    #[test]
    fn digits_of_both_widths() {
        assert_eq!(parse_digits("１2"), Some(12));
        assert_eq!(parse_digits(""), None);
        assert_eq!(parse_digits("99999999999999999999999"), None);
    }
}
