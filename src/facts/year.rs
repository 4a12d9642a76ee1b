//! Years and what is said to be of them: 2024年工作总结, 2025年工作打算, 现将2024年工作情况汇报如下.

use std::ops::Range;

use crate::numeral::{digit, han_digit, parse_digits, parse_han};

/// A year that a block names. Ranges are bytes of the prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YearMention {
    /// The year with 年 or 年度.
    pub range: Range<usize>,
    /// The digits alone.
    pub digits: Range<usize>,
    pub year: u32,
    /// Written with digits, not with Han numerals.
    pub in_digits: bool,
    /// What is of that year, where the words after it tell.
    pub matter: Option<Matter>,
    pub standing: Standing,
}

/// What a report tells of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Matter {
    /// 工作总结, 执行情况: what was done in it.
    Review,
    /// 上半年情况, 第三季度通报: a part of the year, told while the year goes on.
    PartReview,
    /// 工作计划, 打算: what is to be done in it.
    Plan,
    /// 报告, 通报: either.
    Report,
}

/// Where in its block a year stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// A heading or title begins with it, after its numbering.
    First,
    /// 现将2024年……
    Announced,
    /// 2024年，在县委坚强领导下，……: how a report begins.
    Opening,
    /// 2025年，我们将……: a sentence begins with it and goes on with what will be done.
    Intended,
    Anywhere,
}

const REVIEW: &[&str] = &[
    "情况",
    "总结",
    "回顾",
    "成效",
    "公报",
    "年报",
    "年度报告",
    "完成",
    "取得",
    "小结",
    "决算",
    "述职",
    "做法",
    "考核",
];
const PLAN: &[&str] = &[
    "打算",
    "计划",
    "安排",
    "要点",
    "思路",
    "目标",
    "任务",
    "方案",
    "重点工作",
    "下一步",
    "草案",
    "谋划",
];
const REPORT: &[&str] = &["报告", "通报", "汇报", "材料", "工作"];
const PARTS: &[&str] = &["上半年", "半年", "季度", "月"];

/// How many characters after a year are looked at for what is of it.
const REACH: usize = 40;
/// Longer blocks are searched for years at the beginnings of their sentences only.
const HEADING: usize = 180;

/// The years of a block that tell what it is about, in order.
pub fn read(prose: &str) -> Vec<YearMention> {
    let mut found: Vec<YearMention> = Vec::new();
    let mut at = 0;
    while let Some(offset) = prose[at..].find('年') {
        let end = at + offset;
        at = end + '年'.len_utf8();
        found.extend(mention(prose, end));
    }
    found
}

fn mention(prose: &str, mark: usize) -> Option<YearMention> {
    let is_numeral = |char: &char| digit(*char).is_some() || han_digit(*char).is_some();
    let length: usize = prose[..mark].chars().rev().take(5).take_while(is_numeral).map(char::len_utf8).sum();
    let digits = mark - length..mark;
    let text = &prose[digits.clone()];
    if text.chars().count() != 4 {
        return None;
    }
    let in_digits = parse_digits(text).is_some();
    let year = parse_digits(text)
        .or_else(|| parse_han(text))
        .filter(|year| (1900..2200).contains(year))? as u32;
    let after_mark = &prose[mark + '年'.len_utf8()..];
    let end = mark
        + '年'.len_utf8()
        + if after_mark.starts_with("年度") || after_mark.starts_with('度') {
            '度'.len_utf8()
        } else {
            0
        };
    let before = &prose[..digits.start];
    let rest = &prose[end..];
    // 2023—2025年, 2021年至2025年, （2024年修订）: no year of its own.
    let joined = before.ends_with([
        '—', '-', '－', '–', '~', '～', '至', '到', '/', '从', '自', '比', '较', '《', '“', '〔', '[', '（', '(',
    ]) || rest
        .trim_start()
        .starts_with(['—', '-', '－', '–', '~', '～', '至', '到', '以', '起', '底', '末', '初', '来', '和', '、']);
    let standing = standing(before, rest, prose.len())?;
    (!joined).then(|| YearMention {
        range: digits.start..end,
        digits,
        year,
        in_digits,
        matter: matter(rest),
        standing,
    })
}

fn standing(before: &str, rest: &str, length: usize) -> Option<Standing> {
    if is_numbering(before.trim_start()) {
        let is_heading = length <= HEADING && !rest.contains(['。', '，', ',', '；']);
        return Some(match () {
            () if begins_intention(rest) => Standing::Intended,
            () if begins_opening(rest) => Standing::Opening,
            () if is_heading => Standing::First,
            () => Standing::Anywhere,
        });
    }
    let clause = before.rsplit(['，', ',', '。', '；', '：', '\n']).next().unwrap_or("").trim();
    if ["现将", "现就", "下面将", "谨将", "现对"].iter().any(|word| clause.starts_with(word)) && clause.chars().count() <= 12 {
        return Some(Standing::Announced);
    }
    let begins_sentence = before.trim_end().ends_with(['。', '\u{3000}']) || before.ends_with('\n');
    if begins_sentence && begins_intention(rest) {
        return Some(Standing::Intended);
    }
    (length <= HEADING).then_some(Standing::Anywhere)
}

/// 一、, （二）, 3., ——, 关于: what may stand before the first word of a heading.
fn is_numbering(before: &str) -> bool {
    let bare =
        before.trim_start_matches(|char: char| char.is_whitespace() || "一二三四五六七八九十第章部分、.．（）()0123456789—-*#关于".contains(char));
    bare.is_empty()
}

/// ，我们将……, ，要……, 我局计划……
fn begins_intention(rest: &str) -> bool {
    let Some(rest) = rest.strip_prefix(['，', ',']) else { return false };
    let clause: String = rest
        .chars()
        .take_while(|char| !matches!(char, '，' | ',' | '。' | '；'))
        .take(16)
        .collect();
    let will = [
        "我们将",
        "我局将",
        "我镇将",
        "我县将",
        "我区将",
        "我市将",
        "我院将",
        "我校将",
        "我街道将",
        "我乡将",
        "我办将",
        "我委将",
        "我中心将",
        "公司将",
    ];
    will.iter().any(|word| clause.contains(word)) && !clause.contains("将于") || clause.starts_with("计划") || clause.starts_with("力争")
}

/// ，在县委的坚强领导下, ，我局以……为指导
fn begins_opening(rest: &str) -> bool {
    let clause: String = rest.chars().take(60).collect();
    let words = ["领导下", "支持下", "指导下", "指引下", "为指导", "帮助下"];
    clause.starts_with(['，', ',']) && words.iter().any(|word| clause.contains(word))
}

/// What the words after a year, up to the next mark or year, say is of it.
fn matter(rest: &str) -> Option<Matter> {
    let end = rest
        .char_indices()
        .take(REACH + 1)
        .find(|(at, char)| {
            matches!(char, '，' | ',' | '。' | '；' | '：' | ':' | '！' | '？' | '》' | '”' | '\n' | '（' | '(')
                || *char == '年' && *at > 0 && !rest[..*at].ends_with(['半', '全', '周', '青', '学'])
        })
        .map_or_else(|| rest.char_indices().nth(REACH).map_or(rest.len(), |(at, _)| at), |(at, _)| at);
    let words = &rest[..end];
    // 2024年度计划生育, 2024年以来: other words.
    let words = words.split("计划生育").next().unwrap_or(words);
    let has = |list: &[&str]| list.iter().any(|word| words.contains(word));
    let review = has(REVIEW);
    if review && has(PARTS) {
        return Some(Matter::PartReview);
    }
    if review {
        return Some(Matter::Review);
    }
    if has(PLAN) {
        return Some(Matter::Plan);
    }
    has(REPORT).then_some(Matter::Report)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(prose: &str) -> Vec<(u32, Option<Matter>, Standing)> {
        read(prose).iter().map(|found| (found.year, found.matter, found.standing)).collect()
    }

    #[test]
    fn what_is_of_a_year() {
        use Matter::*;
        use Standing::*;
        for (prose, expected) in [
            (
                "柳河镇2024年工作总结暨2025年工作计划",
                vec![(2024, Some(Review), Anywhere), (2025, Some(Plan), Anywhere)],
            ),
            ("二、2025年工作打算", vec![(2025, Some(Plan), First)]),
            ("2024年，在县委坚强领导下，全县修路12公里。", vec![(2024, None, Opening)]),
            ("二〇二四年度工作报告", vec![(2024, Some(Report), First)]),
            ("现将2023年工作情况汇报如下：", vec![(2023, Some(Review), Announced)]),
            ("2024年上半年工作情况", vec![(2024, Some(PartReview), First)]),
            ("成绩来之不易。2025年，我们将继续努力。", vec![(2025, None, Intended)]),
            (
                "关于2024年预算执行情况与2025年预算草案的报告",
                vec![(2024, Some(Review), First), (2025, Some(Plan), Anywhere)],
            ),
            ("2021—2025年工作规划、2023年以来、《2024年要点》", vec![]),
        ] {
            assert_eq!(read_all(prose), expected, "{prose}");
        }
    }
}
