//! The time a figure is said of.

use std::ops::Range;

use crate::facts::date::{Date, Dates, Span};
use crate::script;

use super::word::{Class, Word};

/// A time: a year, perhaps a part of it, or a stretch of years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    pub year: Year,
    pub part: Part,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Year {
    /// Unsaid: 上半年, 3月.
    Unsaid,
    Number(u32),
    /// 今年 is 0, 去年 is -1.
    FromNow(i8),
    /// 五年来, 近年来, “十四五”: several years; the number keeps different stretches apart.
    Several(u8),
}

/// A part of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Part {
    #[default]
    Whole,
    /// From the first to the last month, both included.
    Months(u8, u8),
}

/// Where a time is mentioned.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    pub range: Range<usize>,
    pub period: Period,
    /// 比上年, 始建于1964年, 2017年获评: the time of something else; it says nothing about the clauses after it.
    pub compared: bool,
    /// 由2020年的: what something started from; it says nothing about what it came to.
    pub base: bool,
}

/// All mentions of times, in order.
pub fn scan(prose: &str, words: &[Word], dates: &Dates) -> Vec<Mention> {
    let from_words = words
        .iter()
        .filter(|word| word.class == Class::Period && is_time(prose, &word.range))
        .filter_map(|word| {
            let period = period_of_word(&prose[word.range.clone()])?;
            Some(mention(prose, word.range.clone(), period))
        });
    let in_span = |date: &Date| {
        dates
            .spans
            .iter()
            .any(|span| span.range.start <= date.range.start && date.range.end <= span.range.end)
    };
    // 2031年7月以来 is longer than its first month.
    let begins_more = |date: &Date| ["以来", "至今", "起"].iter().any(|word| prose[date.range.end..].starts_with(word));
    let from_dates = dates.dates.iter().filter(|date| !in_span(date) && !begins_more(date)).filter_map(|date| {
        let period = period_of_months(prose, date).or_else(|| period_of_date(date))?;
        Some(mention(prose, date.range.clone(), period))
    });
    let from_spans = dates.spans.iter().filter_map(|span| {
        let period = period_of_span(span)?;
        Some(mention(prose, span.range.clone(), period))
    });
    let mut mentions: Vec<Mention> = from_words.chain(from_dates).chain(from_spans).collect();
    mentions.sort_by_key(|mention| mention.range.start);
    mentions
}

/// What follows the time of an event that is over: 2017年获评.
const EVENTS: &[&str] = &[
    "获", "荣获", "被", "成立", "建成", "启动", "入选", "通过", "开工", "挂牌", "开馆", "投产", "投运", "设立", "取得", "建校", "建院", "建厂",
    "创建", "创办",
];

fn mention(prose: &str, range: Range<usize>, period: Period) -> Mention {
    let before = &prose[..range.start];
    let of_event = matches!(period.year, Year::Number(_)) && EVENTS.iter().any(|event| prose[range.end..].starts_with(event));
    Mention {
        compared: before.ends_with(['比', '较', '与', '同', '占', '按', '于']) || of_event,
        base: before.ends_with(['由', '从']),
        range,
        period,
    }
}

/// 达产后年周转量 holds no 后年, and 历史遗留问题 is of no time.
fn is_time(prose: &str, range: &Range<usize>) -> bool {
    let (before, after) = (&prose[..range.start], &prose[range.end..]);
    match &prose[range.clone()] {
        "后年" | "前年" => !before.ends_with(|char: char| script::is_han(char) && !"到在至于比较大".contains(char)),
        "历史" => after.starts_with(['最', '新', '上', '同', '峰', '高', '首']),
        _ => true,
    }
}

/// The day of an event does not bound what is counted; its year does.
fn period_of_date(date: &Date) -> Option<Period> {
    let year = date.year.map(Year::Number);
    match (year, date.month, date.day) {
        (Some(year), None, None) => Some(Period { year, part: Part::Whole }),
        (year, Some(month), None) => Some(Period {
            year: year.unwrap_or(Year::Unsaid),
            part: Part::Months(month.min(12) as u8, month.min(12) as u8),
        }),
        (Some(year), _, Some(_)) => Some(Period { year, part: Part::Whole }),
        _ => None,
    }
}

/// 1—6月: the first month has no 月 of its own.
fn period_of_months(prose: &str, date: &Date) -> Option<Period> {
    let last = date.month.filter(|_| date.day.is_none())?;
    let is_digit = |char: char| char.is_ascii_digit();
    let before = prose[..date.range.end].trim_end_matches(['月', '份']).trim_end_matches(is_digit);
    let before = ["——", "—", "-", "－", "–", "~", "～", "至", "到"]
        .iter()
        .find_map(|dash| before.strip_suffix(dash))?;
    let number = &before[before.trim_end_matches(is_digit).len()..];
    let first = number.parse::<u32>().ok().filter(|first| (1..last).contains(first) && last <= 12)?;
    Some(Period {
        year: date.year.map_or(Year::Unsaid, Year::Number),
        part: Part::Months(first as u8, last as u8),
    })
}

/// Months of one year, or several years; months that reach over two years are left unsaid, and so are days.
fn period_of_span(span: &Span) -> Option<Period> {
    if let (None, None, Some(from), Some(to)) = (span.from.month, span.to.month, span.from.year, span.to.year) {
        let years = to.saturating_sub(from).min(60) as u8;
        return Some(Period {
            year: Year::Several(40 + years),
            part: Part::Whole,
        });
    }
    let (from, to) = (span.from.month?, span.to.month?);
    let is_of_months = span.from.day.is_none() && span.to.day.is_none();
    let in_one_year = span.from.year == span.to.year;
    (is_of_months && in_one_year).then(|| Period {
        year: span.to.year.map_or(Year::Unsaid, Year::Number),
        part: Part::Months(from.min(12) as u8, to.min(12) as u8),
    })
}

/// The part of the year that a title names: 上半年工作总结.
pub fn part_of_year(title: &str) -> Part {
    let parts = ["上半年", "下半年", "前三季度", "一季度", "二季度", "三季度", "四季度"];
    let named = parts.iter().find(|part| title.contains(**part));
    named.and_then(|part| period_of_word(part)).map_or(Part::Whole, |period| period.part)
}

fn period_of_word(word: &str) -> Option<Period> {
    let whole = |year| Some(Period { year, part: Part::Whole });
    let part = |from, to| {
        Some(Period {
            year: Year::Unsaid,
            part: Part::Months(from, to),
        })
    };
    match word {
        "今年" | "本年度" | "今年来" | "今年以来" | "本学年" | "一年来" | "全年" => whole(Year::FromNow(0)),
        "去年" | "上年" | "上年度" | "去年同期" | "上年同期" | "上学年" | "往年" => whole(Year::FromNow(-1)),
        "同期" => whole(Year::FromNow(-1)),
        "前年" => whole(Year::FromNow(-2)),
        "明年" => whole(Year::FromNow(1)),
        "后年" => whole(Year::FromNow(2)),
        "上半年" => part(1, 6),
        "下半年" => part(7, 12),
        "一季度" | "第一季度" => part(1, 3),
        "二季度" | "第二季度" => part(4, 6),
        "三季度" | "第三季度" => part(7, 9),
        "四季度" | "第四季度" => part(10, 12),
        "前三季度" => part(1, 9),
        "近年来" | "近几年" => whole(Year::Several(1)),
        "五年来" | "过去五年" | "五年间" | "五年内" => whole(Year::Several(2)),
        "三年来" | "三年内" => whole(Year::Several(3)),
        "两年来" | "两年内" => whole(Year::Several(4)),
        "四年来" | "十年来" => whole(Year::Several(5)),
        "未来" => whole(Year::Several(6)),
        "历史" => whole(Year::Several(7)),
        "当月" | "本月" | "当日" | "当天" | "当晚" | "上月" | "首日" => whole(Year::Several(8)),
        word => {
            let plan = word.trim_matches(['“', '”']);
            let number = ["十一五", "十二五", "十三五", "十四五", "十五五"].iter().position(|name| *name == plan)?;
            whole(Year::Several(20 + number as u8))
        }
    }
}

/// The time that holds for a figure: the last one said before it in its clause, or else in its sentence.
pub fn of(prose: &str, mentions: &[Mention], sentence: &Range<usize>, clause: &Range<usize>, at: usize) -> Option<Period> {
    let end = mentions.partition_point(|mention| mention.range.start < at);
    let is_left = |mention: &Mention| {
        // 过去五年 is a time that holds the number itself.
        let between = prose.get(mention.range.end..at).unwrap_or("");
        let in_brackets = between.contains(['）', ')']) && !between.contains(['（', '(']);
        in_brackets || mention.base && between.contains(['到', '至'])
    };
    let mut in_sentence = mentions[..end]
        .iter()
        .rev()
        .take_while(|mention| mention.range.start >= sentence.start)
        .filter(|mention| !is_left(mention));
    let last = in_sentence.find(|mention| mention.range.start >= clause.start || !mention.compared)?;
    if last.period.year == Year::Unsaid {
        // 2024年……，上半年……: the year said before goes with the part.
        let year = in_sentence.find(|mention| !mention.compared && mention.period.year != Year::Unsaid);
        return Some(Period {
            year: year.map_or(Year::Unsaid, |mention| mention.period.year),
            part: last.period.part,
        });
    }
    Some(last.period)
}

impl Period {
    /// The year it lies in, given the draft's own.
    pub fn resolved_year(&self, own: Option<u32>) -> Option<i64> {
        match self.year {
            Year::Number(year) => Some(i64::from(year)),
            Year::FromNow(offset) => Some(i64::from(own?) + i64::from(offset)),
            Year::Unsaid => own.map(i64::from),
            Year::Several(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::figure;
    use crate::facts::glance::Glance;

    /// The time of the last figure of a sentence.
    fn last(prose: &str) -> Option<Period> {
        let dates = crate::facts::date::read(&Glance::at(prose));
        figure::read(&Glance::at(prose), &dates)
            .last()
            .unwrap_or_else(|| panic!("{prose}"))
            .period
    }

    #[test]
    fn the_time_of_something_else_does_not_hold_for_what_follows() {
        for prose in [
            "医院始建于1964年，编制床位900张",
            "“云岭白茶”2017年获国家登记，但授权企业只有6家",
            "粮食产量由2020年的22.1万吨增加到28.3万吨",
            "高新技术企业46家（2020年为20家），专利320件",
            "项目达产后年周转量46万吨",
            "针对历史遗留问题，帮助820户居民办证",
            "2031年7月以来，完成审计项目46个",
            "2031年7月至2032年6月，完成审计项目46个",
        ] {
            assert_eq!(last(prose), None, "{prose}");
        }
        let year = |number| {
            Some(Period {
                year: Year::Number(number),
                part: Part::Whole,
            })
        };
        assert_eq!(last("2023年，全县新建公路46公里"), year(2023));
        assert_eq!(last("粮食产量由2020年的22.1万吨"), year(2020));
        let half = |year| {
            Some(Period {
                year,
                part: Part::Months(1, 6),
            })
        };
        assert_eq!(last("1—6月，新建公路46公里"), half(Year::Unsaid));
        assert_eq!(last("2023年1-6月，新建公路46公里"), half(Year::Number(2023)));
    }
}
