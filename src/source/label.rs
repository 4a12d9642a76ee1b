//! Numbers in automatic labels, as word processors and browsers write them.

use crate::numeral;

/// A number in one of the formats of ECMA-376 Part 1, 17.18.59 (ST_NumberFormat); formats that Chinese reports do not use are written in digits.
pub(super) fn number(format: &str, value: u32) -> String {
    let nth = |cycle: &str| cycle.chars().nth((value as usize).wrapping_sub(1)).map(String::from);
    let written = match format {
        "chineseCounting" | "chineseCountingThousand" | "japaneseCounting" | "taiwaneseCounting" | "taiwaneseCountingThousand" => {
            Some(numeral::format_han(u64::from(value)))
        }
        "ideographDigital" | "japaneseDigitalTenThousand" | "taiwaneseDigital" => Some(digits(value, "〇一二三四五六七八九")),
        "chineseLegalSimplified" => Some(formal(value, "零壹贰叁肆伍陆柒捌玖拾佰仟")),
        "ideographLegalTraditional" => Some(formal(value, "零壹貳參肆伍陸柒捌玖拾佰仟")),
        "ideographTraditional" => nth("甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => nth("子丑寅卯辰巳午未申酉戌亥"),
        "ideographEnclosedCircle" => nth("㊀㊁㊂㊃㊄㊅㊆㊇㊈㊉"),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => enclosed(value, '①', 20),
        "decimalEnclosedParen" => enclosed(value, '⑴', 20),
        "decimalEnclosedFullstop" => enclosed(value, '⒈', 20),
        "decimalFullWidth" | "decimalFullWidth2" => Some(digits(value, "０１２３４５６７８９")),
        "decimalZero" => Some(format!("{value:02}")),
        "upperLetter" => letters(value, 'A'),
        "lowerLetter" => letters(value, 'a'),
        "upperRoman" => roman(value),
        "lowerRoman" => roman(value).map(|roman| roman.to_ascii_lowercase()),
        "none" => Some(String::new()),
        _ => None,
    };
    written.unwrap_or_else(|| value.to_string())
}

/// Whether a space parts a label from the text behind it. A number that ends with a letter, a digit or a dot would run into the text. 一、 and （一）
/// do not; where a tab or a space follows them, it is only there for the look.
pub(super) fn needs_space(label: &str, is_close: bool) -> bool {
    match label.chars().next_back() {
        Some(')') | None => false,
        Some(last) if last.is_ascii() => true,
        Some(last) => "章节条编篇分".contains(last) && !is_close,
    }
}

fn digits(value: u32, alphabet: &str) -> String {
    let alphabet: Vec<char> = alphabet.chars().collect();
    value.to_string().bytes().map(|byte| alphabet[usize::from(byte - b'0')]).collect()
}

/// 壹贰叁, as on cheques, where ten is 壹拾.
fn formal(value: u32, formal: &str) -> String {
    let plain = "零一二三四五六七八九十百千";
    let translate = |char: char| {
        plain
            .chars()
            .position(|other| other == char)
            .and_then(|at| formal.chars().nth(at))
            .unwrap_or(char)
    };
    let written = numeral::format_han(u64::from(value));
    let one = if written.starts_with('十') { "一" } else { "" };
    one.chars().chain(written.chars()).map(translate).collect()
}

fn enclosed(value: u32, first: char, last: u32) -> Option<String> {
    (1..=last)
        .contains(&value)
        .then(|| char::from_u32(first as u32 + value - 1))
        .flatten()
        .map(String::from)
}

/// a … z, aa, bb …: Word repeats the letter.
fn letters(value: u32, first: char) -> Option<String> {
    const LONGEST: u32 = 8;
    let index = value.checked_sub(1)?;
    let letter = char::from_u32(first as u32 + index % 26)?;
    (index / 26 < LONGEST).then(|| String::from(letter).repeat((index / 26 + 1) as usize))
}

/// MCMXCIV for 1994; nothing for what Roman numerals cannot write.
pub(super) fn roman(value: u32) -> Option<String> {
    const STEPS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&value) {
        return None;
    }
    let mut rest = value;
    let mut text = String::new();
    for (step, sign) in STEPS {
        while rest >= step {
            text.push_str(sign);
            rest -= step;
        }
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_word_writes_them() {
        for (format, value, label) in [
            ("chineseCounting", 11, "十一"),
            ("chineseLegalSimplified", 12, "壹拾贰"),
            ("ideographLegalTraditional", 23, "貳拾參"),
            ("ideographTraditional", 2, "乙"),
            ("ideographTraditional", 11, "11"),
            ("decimalEnclosedCircle", 3, "③"),
            ("decimalEnclosedCircle", 21, "21"),
            ("lowerLetter", 28, "bb"),
            ("upperRoman", 14, "XIV"),
            ("decimalFullWidth", 10, "１０"),
            ("decimal", 0, "0"),
            ("unheardOf", 7, "7"),
        ] {
            assert_eq!(number(format, value), label, "{format}");
        }
    }
}
