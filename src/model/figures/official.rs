//! Figures that contradict the official ones.
//!
//! A mention is set against a row only where it states that very fact: the same name and role, the draft's own body or the row's place, the row's
//! time, something done and not planned, a whole and not a part. Everything else is none of the row's business.

use super::Figures;
use super::mention::{Body, Frame, Mention, Origin};
use super::section::Half;
use super::sheet::{Official, Sheet, period_of};
use crate::draft::Draft;
use crate::facts::figure::Figure;
use crate::facts::figure::period::{Part, Period, Year};
use crate::facts::figure::role::Role;
use crate::facts::figure::subject::Manner;
use crate::numeral::decimal::Interval;

/// A mention whose value cannot be the official one.
#[derive(Debug, Clone)]
pub struct Contradiction<'a> {
    /// Index into the mentions.
    pub mention: usize,
    pub official: &'a Official,
}

/// All contradictions, in the order of the mentions.
pub fn contradictions<'a>(draft: &Draft, figures: &Figures, sheet: &'a Sheet) -> Vec<Contradiction<'a>> {
    let reader = Reader {
        draft,
        mentions: &figures.mentions,
        frame: Frame::read(draft),
        sheet,
    };
    (0..figures.mentions.len())
        .filter_map(|mention| {
            let official = reader.contradicted(mention)?;
            Some(Contradiction { mention, official })
        })
        .collect()
}

struct Reader<'a, 's> {
    draft: &'a Draft,
    mentions: &'a [Mention],
    frame: Frame,
    sheet: &'s Sheet,
}

impl<'s> Reader<'_, 's> {
    /// The row that a mention contradicts; `None` where a row agrees or none applies.
    fn contradicted(&self, index: usize) -> Option<&'s Official> {
        let mention = &self.mentions[index];
        let is_ahead = mention.section.half == Half::Plan && !mention.done;
        if !mention.definite || mention.planned || is_ahead || self.is_of_another(mention) {
            return None;
        }
        let value = self.signed(mention);
        let subject = self.subject(index);
        let mut first = None;
        for (official, reading) in self.sheet.named(bare(&subject.name.text, subject)) {
            let is_meant =
                self.is_same_fact(mention, subject, reading) && self.is_same_place(mention, official) && self.is_same_time(mention, official);
            if !is_meant {
                continue;
            }
            if official.interval.overlaps(&value) {
                return None;
            }
            first = first.or(Some(official));
        }
        first
    }

    /// Whether the words after the figure, or those that are missing before it, tell that it is none of the named thing as it is now: what it
    /// was raised from, what another thing is described by, and what a list goes on with.
    fn is_of_another(&self, mention: &Mention) -> bool {
        if mention.in_table {
            return false;
        }
        let prose = self.draft.pieces()[mention.place.block].prose();
        let after = prose.get(mention.place.end..).unwrap_or_default();
        let clause = after.split(['，', ',', '。', '；', ';', '：']).next().unwrap_or_default();
        // 低保标准由每人每月690元提高到728元.
        let is_left_behind = CHANGES.iter().any(|word| clause.starts_with(word)) && clause.contains(['到', '至', '为']);
        // 总投资1.2亿元、分两期建设的水厂.
        let describes = mention.name.origin != Origin::After && clause.contains('的');
        let is_listed = mention.name.origin == Origin::Carried && mention.role != Role::Change;
        is_listed || is_left_behind || describes
    }

    /// The mention that says what a mention is of. 地区生产总值1203亿元，增长6.5%: a growth without a name is that of the figure before it in its
    /// sentence.
    fn subject(&self, index: usize) -> &Mention {
        let mention = &self.mentions[index];
        let before = index.checked_sub(1).map(|before| &self.mentions[before]);
        let is_subject = |before: &&Mention| {
            before.place.block == mention.place.block && before.sentence == mention.sentence && before.role == Role::Level && !before.in_table
        };
        let is_unsaid = mention.name.text.is_empty() || mention.name.origin == Origin::Carried;
        let has_none = is_unsaid && mention.role == Role::Change;
        before.filter(is_subject).filter(|_| has_none).unwrap_or(mention)
    }

    fn is_same_fact(&self, mention: &Mention, subject: &Mention, reading: &Mention) -> bool {
        mention.is_comparable(reading)
            && mention.role == reading.role
            && stock(subject.manner) == stock(reading.manner)
            && has_verb_of(subject, reading)
            && self.has_owner_of(subject, reading)
            && self.is_whole(mention)
    }

    /// 高中部现有12个教学班 is not said of the school.
    fn has_owner_of(&self, mention: &Mention, reading: &Mention) -> bool {
        let owner = bare(&mention.owner, mention);
        owner == reading.owner || reading.owner.is_empty() && self.is_own(owner)
    }

    /// Whether a name is one of the body that the draft speaks for.
    fn is_own(&self, name: &str) -> bool {
        matches!(name, "" | "学校" | "医院" | "公司" | "集团" | "单位") || self.frame.title.contains(name)
    }

    /// 高中部12个教学班 is a part of the school's 教学班, 12个教学班获评优秀 a part of them all.
    fn is_whole(&self, mention: &Mention) -> bool {
        if mention.name.origin != Origin::After {
            return true;
        }
        let Some(figure) = self.figure(mention) else { return true };
        let prose = self.draft.pieces()[mention.place.block].prose();
        let qualifier = prose.get(figure.subject.before.clone()).unwrap_or_default();
        self.is_own(qualifier) && (mention.whole || figure.subject.verb_after.is_empty())
    }

    fn figure(&self, mention: &Mention) -> Option<&Figure> {
        let figures = &self.draft.pieces()[mention.place.block].facts().figures;
        let index = figures.binary_search_by_key(&mention.place.start, |figure| figure.range.start).ok()?;
        Some(&figures[index])
    }

    fn is_same_place(&self, mention: &Mention, official: &Official) -> bool {
        let is_of_level = |place: &str| {
            let mut chars = place.chars();
            matches!(chars.next(), Some('全' | '我' | '本')) && chars.next() == self.frame.level && self.frame.level.is_some()
        };
        match (&official.place, &mention.body) {
            (None, body) => *body == Body::Own,
            (Some(place), Body::Own) => is_of_level(place) || self.frame.title.contains(place),
            (Some(place), Body::Other(name)) => place == name,
        }
    }

    fn is_same_time(&self, mention: &Mention, official: &Official) -> bool {
        let said = self.time(mention.period.or(self.year_of_section(mention)), mention);
        let wanted = self.time(official.period, mention);
        match (said, wanted) {
            (Some(said), Some(wanted)) => said == wanted,
            // A draft that says no year is of the year of the sheet, if that has only one.
            _ => mention.period.is_none() && self.has_one_time(official),
        }
    }

    fn has_one_time(&self, official: &Official) -> bool {
        self.sheet
            .rows
            .iter()
            .filter(|row| row.subject == official.subject)
            .all(|row| row.period == official.period)
            && official.period.is_none_or(|period| period.part == Part::Whole)
    }

    fn year_of_section(&self, mention: &Mention) -> Option<Period> {
        let year = mention.section.year.filter(|_| !mention.done)?;
        Some(Period {
            year: Year::Number(year),
            part: Part::Whole,
        })
    }

    /// A time in absolute terms; what is left unsaid is the draft's own. `None` where the draft does not tell its year.
    fn time(&self, period: Option<Period>, mention: &Mention) -> Option<(Time, Part)> {
        let own_part = period_of(&self.frame.title).map_or(Part::Whole, |period| period.part);
        let own = |part: Part| if part == Part::Whole { own_part } else { part };
        let this_year = || self.frame.year.map(|year| Time::Year(i64::from(year)));
        match period {
            None => Some((this_year()?, own_part)),
            Some(Period {
                year: Year::Several(stretch),
                part,
            }) => Some((Time::Stretch(stretch), part)),
            // 比上年增长6.5% is this year's growth.
            Some(Period {
                year: Year::FromNow(-1),
                part,
            }) if mention.role == Role::Change => Some((this_year()?, own(part))),
            Some(Period {
                year: Year::FromNow(0) | Year::Unsaid,
                part,
            }) => Some((this_year()?, own(part))),
            Some(period) => Some((Time::Year(period.resolved_year(self.frame.year)?), period.part)),
        }
    }

    /// A decrease is a growth below zero.
    fn signed(&self, mention: &Mention) -> Interval {
        const DOWN: [&str; 6] = ["下降", "减少", "降低", "回落", "下跌", "负增长"];
        let prose = self.draft.pieces()[mention.place.block].prose();
        let before = prose.get(mention.around.start..mention.place.start).unwrap_or_default();
        match mention.role == Role::Change && DOWN.iter().any(|word| before.contains(word)) {
            true => Interval::new(mention.interval.high.negate(), mention.interval.low.negate()),
            false => mention.interval,
        }
    }
}

/// A name without the time and the place that it may begin with: 2023年小麦面积, 大杨镇小麦面积.
fn bare<'a>(mut name: &'a str, mention: &Mention) -> &'a str {
    loop {
        let digits = name.len() - name.trim_start_matches(|char: char| char.is_ascii_digit()).len();
        let after_digits = &name[digits..];
        let dated = after_digits.strip_prefix(['年', '月', '日']).filter(|_| digits > 0);
        let placed = match &mention.body {
            Body::Other(body) => name.strip_prefix(body.as_str()),
            Body::Own => None,
        };
        match dated.map(|rest| rest.trim_start_matches(['底', '末', '初', '份'])).or(placed) {
            Some(rest) => name = rest,
            None => return name,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Time {
    Year(i64),
    Stretch(u8),
}

/// How a figure goes on that is the base of a change.
const CHANGES: [&str; 12] = ["提高", "增加", "上升", "提升", "增长", "下降", "减少", "降低", "调整", "增", "降", "升"];

/// What was added is not the stock, nor the sum over years.
fn stock(manner: Manner) -> u8 {
    match manner {
        Manner::Plain | Manner::Have => 0,
        Manner::New => 1,
        Manner::Cumulative => 2,
    }
}

/// 现有教师166名 states 教师, 培训教师35名 does not. A measure may be reached by any verb that only says so: 完成投资3.6亿元.
fn has_verb_of(mention: &Mention, reading: &Mention) -> bool {
    telling(&mention.verb) == telling(&reading.verb)
}

/// A verb without those that say no more than that there is or was so much: 投资完成.
fn telling(mut verb: &str) -> &str {
    const SAYS_LITTLE: [&str; 11] = ["完成", "实现", "现有", "共有", "设有", "拥有", "下辖", "建有", "辖", "有", "设"];
    while let Some(rest) = SAYS_LITTLE.iter().find_map(|word| verb.strip_prefix(word).or(verb.strip_suffix(word))) {
        verb = rest;
    }
    verb
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::numbering::Numbering;
    use crate::source::Format;

    const SHEET: &str = "指标,时期,地区,数值,单位,别名\n\
        教学班,2024年,,48,个,班级\n\
        教师,2024年,,166,名,\n\
        固定资产投资,2024年,,35987,万元,总投资\n\
        固定资产投资增速,2024年,,6.5,%,\n\
        小麦面积,2024年,,136.7,万亩,\n\
        小麦面积,2023年,,132.4,万亩,\n\
        小麦面积,2024年,大杨镇,4.2,万亩,\n\
        出口额,2024年上半年,,820,万美元,\n";

    /// The mentions that contradict the sheet, with the official values.
    fn contradicted(text: &str) -> Vec<String> {
        let sheet = Sheet::parse(SHEET, "").expect("a good sheet");
        let draft = Draft::new(&format!("2024年工作总结\n\n{text}"), Format::Plain);
        let figures = Figures::build(&draft, &Numbering::build(&draft));
        let found = contradictions(&draft, &figures, &sheet);
        let line = |found: &Contradiction| format!("{} {}", draft.quote(&figures.mentions[found.mention].place), found.official.written);
        found.iter().map(line).collect()
    }

    #[test]
    fn what_contradicts_the_sheet_is_found() {
        for (text, found) in [
            ("学校现有46个教学班。", "46个 48个"),
            ("全校有教师168名。", "168名 166名"),
            ("全年完成总投资3.9亿元。", "3.9亿元 35987万元"),
            ("固定资产投资3.6亿元，增长5.6%。", "5.6% 6.5%"),
            ("固定资产投资下降6.5%。", "6.5% 6.5%"),
            ("小麦面积近130万亩。", "130万亩 136.7万亩"),
            ("2023年小麦面积136.7万亩。", "136.7万亩 132.4万亩"),
            ("大杨镇小麦面积4.8万亩。", "4.8万亩 4.2万亩"),
            ("固定资产投资完成3.9亿元。", "3.9亿元 35987万元"),
            ("上半年出口额802万美元。", "802万美元 820万美元"),
        ] {
            assert_eq!(contradicted(text), [found], "{text}");
        }
    }

    #[test]
    fn what_agrees_or_states_something_else_is_left_alone() {
        for text in [
            "学校现有48个教学班，教师166名。",
            "完成固定资产投资约3.6亿元，同比增长6.5%。",
            "总投资3.6亿元。",
            "小麦面积近137万亩，去年小麦面积132.4万亩。",
            "小麦面积130多万亩。",
            "培训教师35名，其中高中部12个教学班。",
            "12个教学班获评优秀。",
            "高中部现有12个教学班。",
            "计划到年底达到50个教学班。",
            "大杨镇小麦面积4.2万亩，庆岭镇小麦面积3.1万亩。",
            "新增教师12名。",
            "出口额1640万美元。",
            "一季度完成固定资产投资0.8亿元。",
            "固定资产投资增长，外聘教师20名。",
            "固定资产投资2.1亿元增加到3.6亿元。",
            "固定资产投资1.2亿元、分两期建设的水厂通水。",
            "固定资产投资3.6亿元、1.6亿元。",
        ] {
            assert_eq!(contradicted(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn plans_are_no_results() {
        let text = "一、工作回顾\n现有教师166名。\n二、明年打算\n教师180名，教学班50个。\n";
        assert_eq!(contradicted(text), Vec::<String>::new());
    }
}
