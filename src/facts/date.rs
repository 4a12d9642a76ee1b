//! Dates, periods from one date to another, and days of the week.
//!
//! Only dates of the common calendar are read: 正月, 初四, 农历 and their like are left alone.

use std::ops::Range;

use crate::facts::glance::{Asker, Glance};
use crate::numeral::{digit, han_digit, parse_digits, parse_han};

/// What a block says of dates, in reading order. Ranges are bytes of the prose.
#[derive(Debug, Clone, Default)]
pub struct Dates {
    pub dates: Vec<Date>,
    pub spans: Vec<Span>,
    pub weekdays: Vec<Weekday>,
}

/// 2024年2月26日, 2月26日, 2024年2月, 26日. Months and days are as written, so that impossible ones can be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Date {
    pub range: Range<usize>,
    pub year: Option<u32>,
    pub month: Option<u32>,
    pub day: Option<u32>,
}

/// 12日—15日, 2024年9月至2025年12月. The second date has what it leaves unsaid from the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub range: Range<usize>,
    pub from: Date,
    pub to: Date,
}

/// A day of the week that is said to be a date's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weekday {
    /// The word that tells the day: 三 of 星期三.
    pub range: Range<usize>,
    /// Monday is 0.
    pub number: u8,
    pub date: Date,
}

/// Names of the days of the week from Monday.
pub const WEEKDAYS: [char; 7] = ['一', '二', '三', '四', '五', '六', '日'];

impl Date {
    /// Days since the first of January of the year 1, where the date is complete and exists.
    pub fn day_number(&self) -> Option<i64> {
        self.day_number_in(self.year?)
    }

    /// The same with a year that is said elsewhere.
    pub fn day_number_in(&self, year: u32) -> Option<i64> {
        let (month, day) = (self.month?, self.day?);
        if !(1..=12).contains(&month) || day == 0 || day > days_in_month(Some(year), month) {
            return None;
        }
        let before = i64::from(year) - 1;
        let months: u32 = (1..month).map(|month| days_in_month(Some(year), month)).sum();
        Some(before * 365 + before / 4 - before / 100 + before / 400 + i64::from(months + day) - 1)
    }

    /// Months since the year 0, where year and month are said.
    pub fn month_number(&self) -> Option<i64> {
        Some(i64::from(self.year?) * 12 + i64::from(self.month?) - 1)
    }

    /// Whether there is no such month, or no such day in it. A 29th of February is impossible only in a year that is known. A day without a
    /// month may be a number of days (60日内) or of a document (32号), and is never impossible.
    pub fn is_impossible(&self) -> bool {
        let Some(month) = self.month else { return false };
        if !(1..=12).contains(&month) {
            return true;
        }
        let last = days_in_month(self.year, month);
        self.day.is_some_and(|day| day == 0 || day > last)
    }
}

/// The number of days of a month; February has 29 where the year is unknown.
pub fn days_in_month(year: Option<u32>, month: u32) -> u32 {
    match month {
        2 => match year {
            Some(year) if !is_leap(year) => 28,
            _ => 29,
        },
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn is_leap(year: u32) -> bool {
    year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400)
}

/// Monday is 0. The first of January of the year 1 was a Monday.
pub fn weekday_of(day_number: i64) -> u8 {
    day_number.rem_euclid(7) as u8
}

/// Reads all dates of a block.
pub fn read(glance: &Glance) -> Dates {
    let prose = glance.prose();
    let mut found = Dates::default();
    let mut at = 0;
    for (start, _) in glance.of(Asker::Dates) {
        if start < at {
            continue;
        }
        if let Some(span) = reversed_years(prose, start) {
            at = span.range.end;
            found.spans.push(span);
            continue;
        }
        let Some(date) = date_at(prose, start) else {
            at = start + run_length(&prose[start..]);
            continue;
        };
        if is_lunar(&prose[..start]) {
            at = date.range.end;
            continue;
        }
        at = read_on(prose, date, &mut found);
    }
    found
}

/// 2025—2023年: only what ends before it begins is a span of its own; years in order are read as the year they end with.
fn reversed_years(prose: &str, start: usize) -> Option<Span> {
    let first = prose
        .get(start..start + 4)
        .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let is_alone = !prose[..start].ends_with(|char: char| char.is_ascii_alphanumeric() || matches!(char, '.' | '-' | '—' | '/' | '第'));
    let dash = start + 4 + connector(&prose[start + 4..])?;
    let second = prose
        .get(dash..dash + 4)
        .filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let (from, to): (u32, u32) = (first.parse().ok()?, second.parse().ok()?);
    let are_years = (1950..2100).contains(&from) && (1950..2100).contains(&to) && to < from && from - to <= 10;
    let end = dash + 4 + '年'.len_utf8();
    let year = |range: Range<usize>, year| Date {
        range,
        year: Some(year),
        month: None,
        day: None,
    };
    (is_alone && are_years && prose[dash + 4..].starts_with('年')).then(|| Span {
        range: start..end,
        from: year(start..start + 4, from),
        to: year(dash..end, to),
    })
}

/// After a date: the other end of a span, or a day of the week. Returns where to go on.
fn read_on(prose: &str, date: Date, found: &mut Dates) -> usize {
    let mut end = date.range.end;
    if let Some(weekday) = weekday_after(prose, &date) {
        end = weekday.range.end;
        found.weekdays.push(weekday);
    }
    let joined = connector(&prose[end..]).or_else(|| begun_and_ended(&prose[..date.range.start], &prose[end..]));
    let Some(start) = joined.map(|length| end + length) else {
        found.dates.push(date);
        return end;
    };
    let Some(to) = date_at(prose, start).filter(|to| is_other_end(&date, to)) else {
        found.dates.push(date);
        return end;
    };
    let end = to.range.end;
    let whole = completed(&to, &date);
    found.spans.push(Span {
        range: date.range.start..end,
        from: date.clone(),
        to: whole.clone(),
    });
    found.dates.push(date);
    let mut end = end;
    if let Some(weekday) = weekday_after(prose, &whole) {
        end = weekday.range.end;
        found.weekdays.push(weekday);
    }
    found.dates.push(whole);
    end
}

/// Both ends are told to the day, or both to the month, or both are years.
fn is_other_end(from: &Date, to: &Date) -> bool {
    from.day.is_some() == to.day.is_some() && (from.day.is_some() || from.month.is_some() == to.month.is_some())
}

fn completed(to: &Date, from: &Date) -> Date {
    let mut whole = to.clone();
    if whole.month.is_none() && whole.day.is_some() {
        whole.month = from.month;
    }
    if whole.year.is_none() && whole.month >= from.month {
        whole.year = from.year;
    }
    if whole.year.is_none() && whole.month < from.month {
        // 12月20日至1月5日 runs into the next year.
        whole.year = from.year.map(|year| year + 1);
    }
    whole
}

/// The length of the digits, or of the one other character, that a text begins with.
fn run_length(text: &str) -> usize {
    let digits: usize = text.chars().take_while(|char| digit(*char).is_some()).map(char::len_utf8).sum();
    digits.max(text.chars().next().map_or(0, char::len_utf8))
}

/// The date that begins at a byte of the prose.
fn date_at(prose: &str, start: usize) -> Option<Date> {
    let before = prose[..start].chars().next_back();
    if before.is_some_and(|char| char.is_ascii_alphanumeric() || matches!(char, '.' | '．' | '第' | '/' | '+' | '＋')) {
        return None;
    }
    let mut date = Date {
        range: start..start,
        year: None,
        month: None,
        day: None,
    };
    let mut end = start;
    if let Some((year, length)) = year(&prose[end..]) {
        date.year = Some(year);
        end += length;
    }
    if let Some((month, length)) = month(&prose[end..], date.year.is_some()) {
        date.month = Some(month);
        end += length;
    }
    if let Some((day, length)) = day(&prose[end..], date.year.is_some() && date.month.is_some()) {
        date.day = Some(day);
        end += length;
    }
    // A day without a month is a date only where a span may have given it one; a day after a year alone is no date.
    if end == start || (date.day.is_some() && date.month.is_none() && date.year.is_some()) {
        return None;
    }
    date.range.end = end;
    Some(date)
}

/// 2024年, 二〇二四年: year and bytes.
fn year(text: &str) -> Option<(u32, usize)> {
    let run: usize = text
        .chars()
        .take_while(|char| digit(*char).is_some() || han_digit(*char).is_some())
        .map(char::len_utf8)
        .sum();
    let digits = &text[..run];
    if digits.chars().count() != 4 || !text[run..].starts_with('年') || text[run..].starts_with("年度") {
        return None;
    }
    let year = parse_digits(digits).or_else(|| parse_han(digits))? as u32;
    (1000..3000).contains(&year).then_some((year, run + '年'.len_utf8()))
}

/// 12月, 元月; in Han numerals only after a year, as 二月初二 is of another calendar.
fn month(text: &str, after_year: bool) -> Option<(u32, usize)> {
    if let Some(rest) = text.strip_prefix("元月") {
        return Some((1, text.len() - rest.len()));
    }
    let (number, length) = small_number(text, after_year)?;
    let rest = &text[length..];
    let follows = rest.strip_prefix('月')?;
    let whole = if follows.starts_with('份') { "月份".len() } else { '月'.len_utf8() };
    Some((number, length + whole))
}

/// 26日, 26号; also the first 9 of 9—12日.
fn day(text: &str, han_too: bool) -> Option<(u32, usize)> {
    let (number, length) = small_number(text, han_too)?;
    let rest = &text[length..];
    if let Some(follows) = rest.strip_prefix(['日', '号']) {
        // 12日均, 15号文, 3号线 are no days.
        let is_other_word = follows.starts_with(['均', '文', '线', '楼', '院', '令', '机', '处', '产']);
        return (!is_other_word).then_some((number, length + rest.len() - follows.len()));
    }
    let dash = connector(rest).filter(|_| !rest.starts_with(['至', '到']))?;
    let (_, second) = small_number(&rest[dash..], false)?;
    rest[dash + second..].starts_with('日').then_some((number, length))
}

/// One or two digits, or a Han numeral where it is allowed.
fn small_number(text: &str, han_too: bool) -> Option<(u32, usize)> {
    let run: usize = text.chars().take_while(|char| digit(*char).is_some()).map(char::len_utf8).sum();
    if run > 0 {
        let digits = &text[..run];
        return (digits.chars().count() <= 2).then(|| Some((parse_digits(digits)? as u32, run)))?;
    }
    if !han_too {
        return None;
    }
    let run: usize = text
        .chars()
        .take_while(|char| han_digit(*char).is_some() || *char == '十')
        .map(char::len_utf8)
        .sum();
    Some((parse_han(&text[..run]).filter(|number| *number < 100)? as u32, run))
}

/// The bytes of a dash or word that joins the ends of a span.
fn connector(text: &str) -> Option<usize> {
    const CONNECTORS: [&str; 12] = ["——", "--", "—", "－", "-", "–", "~", "～", "至", "到", "─", "一直到"];
    let spaces = text.len() - text.trim_start_matches(' ').len();
    let rest = &text[spaces..];
    let name = CONNECTORS.iter().find(|name| rest.starts_with(**name))?;
    let rest = &rest[name.len()..];
    Some(spaces + name.len() + rest.len() - rest.trim_start_matches(' ').len())
}

/// Words after the day on which something began, the longest first.
const BEGUN: &[&str] = &[
    "正式开始",
    "开始",
    "正式启动",
    "启动",
    "开工建设",
    "正式开工",
    "开工",
    "动工",
    "开班",
    "开幕",
    "开营",
    "开赛",
    "起",
];
/// Words after the day on which it was over.
const FINISHED: &[&str] = &["竣工", "完工", "建成", "结业", "闭幕", "结束", "闭营", "收官"];

/// 从5月6日开始，至5月20日; 2023年5月开工，2025年4月竣工: the bytes between the dates of what begins with the one and ends with the other.
fn begun_and_ended(before: &str, after: &str) -> Option<usize> {
    // 从9月12日持续到9月20日
    let lasting = ["一直持续到", "持续到", "持续至", "延续到", "延续至"]
        .iter()
        .find_map(|word| after.strip_prefix(word));
    if let Some(rest) = lasting {
        return Some(after.len() - rest.len());
    }
    let begun = BEGUN.iter().find_map(|word| after.strip_prefix(word))?;
    let rest = begun.strip_prefix(['，', ',', '、']).unwrap_or(begun);
    let until = ["持续到", "持续至", "一直到", "至", "到"].iter().find_map(|word| rest.strip_prefix(word));
    if let Some(rest) = until.filter(|_| before.ends_with(['从', '自', '于'])) {
        return Some(after.len() - rest.len());
    }
    let words: String = rest.chars().take(12).collect();
    let is_finished = rest.starts_with(|char| digit(char).is_some()) && FINISHED.iter().any(|word| words.contains(word));
    is_finished.then_some(after.len() - rest.len())
}

/// 星期三, （周三） directly after a date.
fn weekday_after(prose: &str, date: &Date) -> Option<Weekday> {
    date.day?;
    let text = &prose[date.range.end..];
    // 5月18日上午（星期六）
    let rest = ["上午", "下午", "晚上", "晚", "早上"]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .unwrap_or(text);
    let rest = rest.strip_prefix(['（', '(', '，', ',', ' ']).unwrap_or(rest);
    let rest = ["星期", "周", "礼拜"].iter().find_map(|name| rest.strip_prefix(name))?;
    let char = rest.chars().next()?;
    let number = match char {
        '天' => 6,
        char => WEEKDAYS.iter().position(|name| *name == char)? as u8,
    };
    let start = date.range.end + text.len() - rest.len();
    let follows = rest[char.len_utf8()..].chars().next();
    // 周一至周五, 周三个: a period of the week or another word.
    if follows.is_some_and(|char| matches!(char, '至' | '到' | '—' | '年' | '个' | '期' | '次')) {
        return None;
    }
    Some(Weekday {
        range: start..start + char.len_utf8(),
        number,
        date: date.clone(),
    })
}

fn is_lunar(before: &str) -> bool {
    let tail: Vec<char> = before.chars().rev().take(4).collect();
    let tail: String = tail.into_iter().rev().collect();
    ["农历", "阴历", "腊月", "正月", "夏历", "藏历"].iter().any(|word| tail.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(prose: &str) -> Vec<&str> {
        read(&Glance::at(prose)).dates.iter().map(|date| &prose[date.range.clone()]).collect()
    }

    #[test]
    fn dates_as_they_are_written() {
        for (prose, dates) in [
            ("2011年12月26日，元月5日", vec!["2011年12月26日", "元月5日"]),
            ("二〇二四年六月三日", vec!["二〇二四年六月三日"]),
            ("2月9日—12日", vec!["2月9日", "12日"]),
            ("3月9—12日", vec!["3月9", "12日"]),
            ("18个月、3年、第12日、V2.3日志", vec![]),
            ("农历2月30日", vec![]),
            ("2024年9月至2025年12月", vec!["2024年9月", "2025年12月"]),
            ("日产12万棒，日均5日均", vec![]),
        ] {
            assert_eq!(texts(prose), dates, "{prose}");
        }
    }

    #[test]
    fn a_span_hands_on_what_it_leaves_unsaid() {
        let found = read(&Glance::at("2024年12月20日至1月5日"));
        assert_eq!(found.spans[0].to.year, Some(2025));
        let found = read(&Glance::at("2024年2月9日—12日"));
        assert_eq!((found.spans[0].to.month, found.spans[0].to.day), (Some(2), Some(12)));
    }

    #[test]
    fn spans_told_in_words() {
        let spans = |prose: &str| read(&Glance::at(prose)).spans.len();
        for prose in [
            "活动从2024年9月20日持续到9月12日。",
            "培训班于7月8日开班，7月12日结业。",
            "2025—2023年，共安排资金3000万元。",
            "大赛5月6日开幕，5月9日闭幕。",
        ] {
            assert_eq!(spans(prose), 1, "{prose}");
        }
        for prose in ["2023—2025年，共安排资金3000万元。", "电话2025-1986。", "7月8日开班，7月12日前报名。"] {
            assert_eq!(spans(prose), 0, "{prose}");
        }
    }

    #[test]
    fn days_of_the_week() {
        let found = read(&Glance::at("2024年3月15日（星期四）召开"));
        let weekday = &found.weekdays[0];
        assert_eq!(weekday.number, 3);
        assert_eq!(weekday_of(weekday.date.day_number().unwrap()), 4);
        assert_eq!(read(&Glance::at("2024年5月18日上午（星期五），开会")).weekdays.len(), 1);
        assert!(read(&Glance::at("3月5日周一至周五")).weekdays.is_empty());
    }

    #[test]
    fn impossible_dates() {
        let impossible = |prose: &str| read(&Glance::at(prose)).dates.iter().any(Date::is_impossible);
        assert!(impossible("2月30日"));
        assert!(impossible("2023年2月29日"));
        assert!(impossible("13月5日"));
        assert!(!impossible("2024年2月29日"));
        assert!(!impossible("2月29日"));
        assert!(!impossible("自受理之日起60日内，〔2018〕32号"));
    }
}
