//! Numbers of items announced before a list: 以下三点, 五个方面的问题, 四项措施, 十项活动.

use std::ops::Range;

use super::count::Count;
use super::marker::script::Script;
use crate::numeral;
use crate::script::is_han;

/// A count of what a list may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// Bytes from the number to the end of what is counted: 五个方面的问题.
    pub range: Range<usize>,
    /// Bytes of the number.
    pub numeral: Range<usize>,
    pub count: u32,
    pub script: Script,
    /// Whether it counts what lists are made of (措施, 问题, 方面) rather than things (村, 项目).
    pub is_abstract: bool,
    /// Whether it stands in quotation marks, as the names of programmes do: “十大工程”.
    pub is_quoted: bool,
}

/// The longest word for what is counted, in characters.
const LONGEST_NOUN: usize = 16;
/// The most items that are announced with a number.
const MOST: u64 = 60;

/// The announcements of a block, in order.
pub fn read(prose: &str, counts: &[Count]) -> Vec<Announcement> {
    counts
        .iter()
        .filter(|count| !count.before.is_some_and(belongs_before))
        .filter_map(|count| announcement(prose, count.range.clone(), count.before))
        .collect()
}

/// Characters that make the number an ordinal, a part of another, vague, or one that looks back: 第三个, 2.5项, 近十项, 这三点.
fn belongs_before(char: char) -> bool {
    matches!(
        char,
        '第' | '近'
            | '约'
            | '每'
            | '前'
            | '后'
            | '这'
            | '那'
            | '述'
            | '上'
            | '另'
            | '余'
            | '数'
            | '几'
            | '.'
            | '．'
            | '+'
            | '-'
            | '—'
            | '～'
            | '/'
            | '各'
    ) || char.is_ascii_alphanumeric()
}

fn announcement(prose: &str, numeral: Range<usize>, before: Option<char>) -> Option<Announcement> {
    let text = &prose[numeral.clone()];
    let (count, script) = match numeral::parse_digits(text) {
        Some(count) => (count, Script::Digits),
        None => (numeral::parse_han(text)?, Script::Han),
    };
    if !(2..=MOST).contains(&count) {
        return None;
    }
    let rest = &prose[numeral.end..];
    let noun: usize = rest
        .chars()
        .take(LONGEST_NOUN + 1)
        .take_while(|char| is_han(*char))
        .map(char::len_utf8)
        .sum();
    let noun = &rest[..noun];
    if noun.chars().count() > LONGEST_NOUN || !counts_items(noun, script) {
        return None;
    }
    Some(Announcement {
        range: numeral.start..numeral.end + noun.len(),
        numeral,
        count: count as u32,
        script,
        is_abstract: ABSTRACT.iter().any(|word| noun.contains(word)),
        is_quoted: before == Some('“'),
    })
}

/// Whether a measure word that counts items stands first, and it is no span of time or quantity.
fn counts_items(noun: &str, script: Script) -> bool {
    const MEASURES: [&str; 10] = ["个", "项", "点", "件", "条", "大", "类", "种", "方面", "步"];
    const QUANTITIES: [&str; 16] = [
        "个月",
        "个年",
        "个小时",
        "个星期",
        "个百分",
        "个工作日",
        "个季度",
        "个多",
        "个亿",
        "点半",
        "点钟",
        "点整",
        "点至",
        "点到",
        "点左右",
        "大于",
    ];
    let measured = MEASURES.iter().any(|measure| noun.starts_with(measure));
    let is_clock = script == Script::Digits && noun.starts_with('点');
    measured && !is_clock && !QUANTITIES.iter().any(|quantity| noun.starts_with(quantity))
}

/// Words for what a report puts into numbered lists.
const ABSTRACT: [&str; 56] = [
    "方面", "点", "问题", "体会", "工作", "措施", "任务", "建议", "意见", "做法", "经验", "环节", "原因", "举措", "要求", "原则", "阶段", "步骤",
    "事", "重点", "关键", "抓手", "坚持", "转变", "突破", "关系", "层面", "内容", "目标", "行动", "活动", "工程", "启示", "结合", "强化", "到位",
    "着力", "确保", "机制", "体系", "不足", "短板", "困难", "挑战", "难题", "情况", "方向", "路径", "意义", "变化", "成效", "亮点", "优势", "因素",
    "特征", "计划",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::count;
    use crate::facts::glance::Glance;

    fn announced(prose: &str) -> Vec<(&str, u32)> {
        read(prose, &count::read(&Glance::at(prose)))
            .into_iter()
            .map(|found| (&prose[found.range], found.count))
            .collect()
    }

    #[test]
    fn counts_before_lists_are_announcements() {
        for (prose, words, count) in [
            ("重点抓好五件事：", "五件事", 5),
            ("主要有以下三点：", "三点", 3),
            ("存在四个方面的问题。", "四个方面的问题", 4),
            ("采取了6项措施：", "6项措施", 6),
            ("十项活动，庆祝建县百年。", "十项活动", 10),
            ("实施“八大工程”：", "八大工程", 8),
            ("抓住两个关键：", "两个关键", 2),
            ("有１２条建议：", "１２条建议", 12),
        ] {
            assert_eq!(announced(prose), [(words, count)], "{prose}");
        }
    }

    #[test]
    fn other_numbers_are_not() {
        for prose in [
            "第三个方面，",
            "用了三个月：",
            "下午3点，",
            "提高2.5个百分点。",
            "近十项工作：",
            "这三点：",
            "十几项工作：",
            "共有25人：",
            "做法一条也没有",
        ] {
            assert_eq!(announced(prose), [], "{prose}");
        }
    }
}
