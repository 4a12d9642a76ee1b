//! Days by which something is to be done: 确保2025年6月底前完成.

use std::ops::Range;

use super::date::{Date, Dates, days_in_month};

/// A day that something must be done before. Ranges are bytes of the prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// From the year to 前.
    pub range: Range<usize>,
    pub year: u32,
    /// The last day that is in time: month and day.
    pub last: (u32, u32),
    /// No word says that it is still to be done: 2025年6月底前完成清淤. Among plans it is.
    pub bare: bool,
}

/// Words that say that something is still to be done.
const TO_DO: &[&str] = &[
    "确保",
    "建议",
    "力争",
    "务必",
    "争取",
    "要",
    "须",
    "应当",
    "计划",
    "报送",
    "报领导小组",
    "完成时限",
    "限期",
    "限",
    "拟",
    "将",
    "预计",
    "提交",
    "落实到位",
];
/// Words that say that it was done, or was asked for at an earlier time.
const PAST: &[&str] = &[
    "已",
    "曾",
    "原",
    "按照",
    "根据",
    "规定",
    "文件",
    "逾期",
    "未能",
    "未按",
    "超过",
    "提前",
    "前期",
    "此前",
    "当时",
    "合同",
    "历史",
    "目标",
    "以前年度",
    "是否",
    "提出",
    "明确",
    "任务书",
    "去年",
    "上年",
];
/// What follows a day before which something happened: 2019年底前参加工作.
const EVENTS: &[&str] = &[
    "出生",
    "参加工作",
    "入职",
    "取得",
    "注册",
    "成立",
    "如期",
    "按期",
    "顺利",
    "圆满",
    "累计",
    "共",
];
/// What is done by a day, right after it: 2025年6月底前全面完成.
const DEEDS: &[&str] = &[
    "完成", "建成", "出台", "投用", "投产", "竣工", "启动", "实现", "印发", "交付", "完工", "开工", "办结", "整改", "销号", "达到", "报", "制定",
    "落实", "通车", "验收", "兑付", "拨付", "消除",
];
/// What may stand between the day and the deed.
const THOROUGHLY: &[&str] = &[
    "全面", "全部", "基本", "力争", "率先", "彻底", "逐项", "正式", "要", "须", "应", "将", "，",
];

/// How many characters after the date may say so.
const REACH: usize = 60;
/// How many characters back what is to be done may be announced.
const SENTENCE: usize = 160;

/// The deadlines of a block, in order.
pub fn read(prose: &str, dates: &Dates) -> Vec<Deadline> {
    dates.dates.iter().filter_map(|date| deadline(prose, date)).collect()
}

fn deadline(prose: &str, date: &Date) -> Option<Deadline> {
    let year = date.year?;
    let rest = &prose[date.range.end..];
    let part = ["上旬", "中旬", "下旬", "底", "末", "初"].iter().find(|part| rest.starts_with(**part));
    let after_part = &rest[part.map_or(0, |part| part.len())..];
    let before_word = ["之前", "以前", "前"].iter().find(|word| after_part.starts_with(**word))?;
    let end = prose.len() - after_part.len() + before_word.len();
    let last = match (date.month, date.day) {
        (None, _) => (12, 31),
        (Some(month), Some(day)) => (month, day),
        (Some(month), None) if (1..=12).contains(&month) => (month, days_in_month(Some(year), month)),
        _ => return None,
    };
    let start = date.range.start;
    let sentence = tail(&prose[..start], SENTENCE).rsplit(['。', '\n']).next().unwrap_or("");
    let clause = sentence.rsplit(['；', ';']).next().unwrap_or("");
    let after: String = prose[end..]
        .chars()
        .take_while(|char| !matches!(char, '。' | '；' | ';' | '，' | ',' | '\n'))
        .take(REACH)
        .collect();
    let has = |words: &[&str], text: &str| words.iter().any(|word| text.contains(word) || after.contains(word));
    let happened = EVENTS.iter().any(|word| after.contains(word));
    // 2019年底前参加工作的人员 tells who is meant.
    if has(PAST, clause) || happened || after.contains('的') {
        return None;
    }
    let bare = !has(TO_DO, sentence);
    (!bare || begins_with_deed(&after)).then_some(Deadline {
        range: start..end,
        year,
        last,
        bare,
    })
}

fn begins_with_deed(after: &str) -> bool {
    let deed = THOROUGHLY.iter().find_map(|word| after.strip_prefix(word)).unwrap_or(after);
    DEEDS.iter().any(|word| deed.starts_with(word)) && !deed.contains('了')
}

/// The last characters of a text.
fn tail(text: &str, count: usize) -> &str {
    text.char_indices().rev().nth(count - 1).map_or(text, |(at, _)| &text[at..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::date;
    use crate::facts::glance::Glance;

    fn bare(prose: &str) -> Vec<bool> {
        read(prose, &date::read(&Glance::at(prose))).iter().map(|found| found.bare).collect()
    }

    #[test]
    fn deadlines_without_a_word_for_plans() {
        for prose in [
            "推进三权分置，2024年6月底前完成改革试点。",
            "养护体制改革办法，2024年12月底前出台。",
            "2025年3月底前全面启动清淤。",
            "公交首末站2025年10月1日前正式投用。",
        ] {
            assert_eq!(bare(prose), vec![true], "{prose}");
        }
        for prose in [
            "2024年6月底前如期完成改革试点。",
            "2024年6月底前完成了改革试点。",
            "2024年6月底前成立的合作社。",
            "2024年底前的存量项目。",
            "2024年6月底前累计完成投资3亿元。",
        ] {
            assert_eq!(bare(prose), Vec::<bool>::new(), "{prose}");
        }
        assert_eq!(bare("建议成立专班，2024年6月底前完成组建。"), vec![false]);
    }

    fn read_all(prose: &str) -> Vec<(u32, (u32, u32))> {
        read(prose, &date::read(&Glance::at(prose)))
            .iter()
            .map(|found| (found.year, found.last))
            .collect()
    }

    #[test]
    fn deadlines_as_they_are_written() {
        for (prose, expected) in [
            ("确保2025年6月底前全部完工。", (2025, (6, 30))),
            ("由县水利局牵头，力争于2024年2月前建成。", (2024, (2, 29))),
            ("各村要在2025年3月15日前报送名单。", (2025, (3, 15))),
            ("计划2026年底前投产。", (2026, (12, 31))),
            ("必须在2024年3月底前全部完成。", (2024, (3, 31))),
            ("逐项确定完成时限：客运站清算由局长负责；公交改造于2024年12月底前完成。", (2024, (12, 31))),
        ] {
            assert_eq!(read_all(prose), vec![expected], "{prose}");
        }
    }

    #[test]
    fn what_is_no_deadline_to_come() {
        for prose in [
            "按照2023年6月底前完工的要求，已建成三座泵站。",
            "2019年12月31日前参加工作的人员计入工龄。",
            "2025年6月底完工。",
            "项目已于2024年5月前建成，要抓好管护。",
        ] {
            assert_eq!(read_all(prose), vec![], "{prose}");
        }
    }
}
