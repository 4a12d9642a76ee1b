//! Figures that contradict those of another draft, such as the annex of a report.
//!
//! Two ways lead from one draft to the other: a passage that both have, in which only a number differs; and the comparison by which the figures of
//! one draft are set against each other ([`conflict`]), over the mentions of both. A fact that both drafts tell alike somewhere is settled.

use rustc_hash::{FxHashMap, FxHashSet};

use super::conflict::{self, Conflict};
use super::evidence::Evidence;
use super::mention::Mention;
use super::score::{self, Feature};
use super::section::Half;
use crate::draft::Place;
use crate::facts::figure::period::{Part, Period, Year};
use crate::model::common::{Pair, Reading, Run, numbers};
use crate::model::numbering::Numbering;

/// A mention of the draft and one of the other that cannot both be right.
#[derive(Debug, Clone, PartialEq)]
pub struct Across {
    /// Index into the draft's mentions.
    pub own: usize,
    /// Index into the other draft's mentions.
    pub other: usize,
    pub is_probable: bool,
    /// What speaks for it; empty where a passage that both drafts have does.
    pub features: Vec<Feature>,
}

/// All contradictions between two drafts, by the mention of the first, each with one mention of the other.
pub fn find(own: Reading, other: Reading) -> Vec<Across> {
    let mut found = in_passages(own, other);
    let (own_told, other_told) = (Told::of(&own.figures.mentions), Told::of(&other.figures.mentions));
    let mut taken: FxHashSet<usize> = found.iter().map(|across| across.own).collect();
    let in_text = by_comparison(own, other).into_iter().filter(|across| {
        let (first, second) = (&own.figures.mentions[across.own], &other.figures.mentions[across.other]);
        !other_told.tells(first) && !own_told.tells(second)
    });
    found.extend(in_text.filter(|across| taken.insert(across.own)));
    found.sort_by_key(|across| across.own);
    found
}

/// What a draft tells, by names.
struct Told<'a>(FxHashMap<&'a str, Vec<&'a Mention>>);

impl<'a> Told<'a> {
    fn of(mentions: &'a [Mention]) -> Self {
        let mut by_name: FxHashMap<&str, Vec<&Mention>> = FxHashMap::default();
        for mention in mentions.iter().filter(|mention| mention.definite) {
            by_name.entry(&mention.name.text).or_default().push(mention);
        }
        Told(by_name)
    }

    /// Whether some mention of the name has the value. A name with very many mentions tells nothing either way.
    fn tells(&self, wanted: &Mention) -> bool {
        const MOST: usize = 64;
        let known = self.0.get(wanted.name.text.as_str()).map_or(&[][..], Vec::as_slice);
        let agrees = |mention: &&Mention| mention.is_comparable(wanted) && mention.interval.overlaps(&wanted.interval);
        known.len() > MOST || known.iter().any(agrees)
    }
}

/// Numbers that differ in a passage that both drafts have.
fn in_passages(own: Reading, other: Reading) -> Vec<Across> {
    let mut found = Vec::new();
    for run in own.clauses.runs(other.clauses) {
        let numbers = Numbers::of(own, other, &run);
        if !numbers.tell_a_copy(own, &run) {
            continue;
        }
        for (first, second) in &numbers.differing {
            let (Some(first), Some(second)) = (own.mention_at(first), other.mention_at(second)) else {
                continue;
            };
            if state_one_fact(&own.figures.mentions[first], &other.figures.mentions[second]) {
                found.push(Across {
                    own: first,
                    other: second,
                    is_probable: true,
                    features: Vec::new(),
                });
            }
        }
    }
    found.sort_by_key(|across| across.own);
    found.dedup_by_key(|across| across.own);
    found
}

/// The numbers of a run that agree and those that do not.
#[derive(Default)]
struct Numbers {
    shared: usize,
    differing: Vec<(Place, Place)>,
}

impl Numbers {
    fn of(own: Reading, other: Reading, run: &Run) -> Self {
        let mut found = Numbers::default();
        for pair in run.pairs.iter().filter(|pair| is_of_one_place(own, other, **pair)) {
            let first = numbers(own.draft, own.clauses.get(pair.own));
            let second = numbers(other.draft, other.clauses.get(pair.other));
            for (first, second) in first.zip(second) {
                if own.draft.quote(&first) == other.draft.quote(&second) {
                    found.shared += 1;
                } else {
                    found.differing.push((first, second));
                }
            }
        }
        found
    }

    /// Where most numbers differ, the sentences are only built alike.
    fn tell_a_copy(&self, own: Reading, run: &Run) -> bool {
        const FEWEST_SIGNS: usize = 14;
        const LONG: usize = 24;
        let signs: usize = run.pairs.iter().map(|pair| own.clauses.get(pair.own).own).sum();
        let differing = self.differing.len();
        signs >= FEWEST_SIGNS && (differing <= self.shared || differing == 1 && signs >= LONG)
    }
}

/// A wording that a draft has several times is a form that is filled in; there is no telling which belongs to which.
fn is_of_one_place(own: Reading, other: Reading, pair: Pair) -> bool {
    let clause = own.clauses.get(pair.own);
    own.clauses.count(clause) == 1 && other.clauses.count(clause) == 1
}

/// The words being the same, all that was read from them must be.
fn state_one_fact(a: &Mention, b: &Mention) -> bool {
    // 700项以上 and 740项以上 could both be true, but not as the same sentence.
    let differ = match a.exactness == b.exactness {
        true => !a.base_value().same_value(b.base_value()),
        false => !a.interval.overlaps(&b.interval),
    };
    differ
        && a.is_comparable(b)
        && (a.role, a.planned, a.period, &a.body) == (b.role, b.planned, b.period, &b.body)
        && !matches!((a.section.half, b.section.half), (Half::Plan, Half::Review) | (Half::Review, Half::Plan))
}

/// Conflicts among the mentions of both drafts that have one side in each.
fn by_comparison(own: Reading, other: Reading) -> Vec<Across> {
    let joined = own.draft.followed_by(other.draft);
    let numbering = Numbering::build(&joined);
    let mut frame = own.figures.frame.clone();
    let other_year = other.figures.frame.year;
    // A draft that says no year is of the year of those that it belongs to.
    frame.year = frame.year.or(other_year);
    let own_count = own.figures.mentions.len();
    let mut mentions = own.figures.mentions.clone();
    let year = other_year.filter(|year| Some(*year) != frame.year);
    mentions.extend(moved(other, own, year));
    let evidence = Evidence::read(&joined, &numbering, &frame, &mentions);
    conflict::find(&mentions, &evidence)
        .iter()
        .filter_map(|conflict| across(conflict, own_count))
        .collect()
}

fn across(conflict: &Conflict, own_count: usize) -> Option<Across> {
    let is_own = |mention: usize| mention < own_count;
    let other = conflict.others.iter().copied().find(|other| is_own(*other) != is_own(conflict.odd))?;
    let (own, other) = if is_own(conflict.odd) {
        (conflict.odd, other)
    } else {
        (other, conflict.odd)
    };
    Some(Across {
        own,
        other: other - own_count,
        is_probable: conflict.score >= score::PROBABLE,
        features: conflict.features.clone(),
    })
}

/// The mentions of the other draft as they stand behind those of the own one: blocks, chapters and tables are counted on, and where the two report
/// on different years, each says its own.
fn moved(other: Reading, own: Reading, year: Option<u32>) -> impl Iterator<Item = Mention> {
    let blocks = own.draft.pieces().len();
    let mentions = &own.figures.mentions;
    let chapters = mentions.iter().map(|mention| mention.section.chapter).max().unwrap_or(0) + 1;
    let tables = mentions.iter().filter_map(|mention| mention.table).max().map_or(0, |table| table + 1);
    other.figures.mentions.iter().cloned().map(move |mut mention| {
        mention.place.block += blocks;
        mention.number.block += blocks;
        mention.section.chapter += chapters;
        mention.table = mention.table.map(|table| table + tables);
        if let Some(year) = year {
            mention.period = Some(absolute(mention.period, year));
        }
        mention
    })
}

fn absolute(period: Option<Period>, own: u32) -> Period {
    let Some(period) = period else {
        return Period {
            year: Year::Number(own),
            part: Part::Whole,
        };
    };
    let year = match period.year {
        Year::Unsaid => Year::Number(own),
        Year::FromNow(years) => Year::Number(own.saturating_add_signed(i32::from(years))),
        year => year,
    };
    Period { year, part: period.part }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Draft;
    use crate::model::Models;
    use crate::source::Format;

    /// Contradictions as written: the own figure and the other's.
    fn found(own: &str, other: &str) -> Vec<String> {
        let (own, other) = (Draft::new(own, Format::Plain), Draft::new(other, Format::Plain));
        let (own_models, other_models) = (Models::build(&own), Models::build(&other));
        let found = find(Reading::of(&own, &own_models), Reading::of(&other, &other_models));
        let line = |across: &Across| {
            let first = own.quote(&own_models.figures.mentions[across.own].place);
            format!("{first} {}", other.quote(&other_models.figures.mentions[across.other].place))
        };
        found.iter().map(line).collect()
    }

    const REPORT: &str = "青山学校2031年工作总结\n\n一、基本情况\n学校现有48个教学班，学生2364人。\n\
        二、主要工作\n全年组织教师外出培训356人次，开展公开课126节，资助困难学生218名，发放助学金43.6万元。\n";

    #[test]
    fn a_number_that_differs_in_a_shared_passage_is_found() {
        let release = "青山学校办学水平再上台阶\n\n一年来，学校组织教师外出培训356人次，开展公开课162节，资助困难学生218名，发放助学金43.6万元。\n";
        let release = release.replace("一年来，学校组织", "全年组织");
        assert_eq!(found(&release, REPORT), ["162节 126节"]);
        assert_eq!(found(REPORT, &release), ["126节 162节"]);
    }

    #[test]
    fn bounds_that_differ_in_a_shared_passage_are_found() {
        let text = |cases: &str| format!("力争重点领域改革取得新的突破，转化重大科技成果{cases}项以上，引进高层次人才260名。\n");
        assert_eq!(found(&text("740"), &text("770")), ["740项 770项"]);
    }

    #[test]
    fn one_fact_in_other_words_is_found() {
        let annex = "附件：青山学校班级文化建设情况\n\n今年，46个教学班全部完成班级文化建设，学生2364人全部参加。\n";
        assert_eq!(found(annex, REPORT), ["46个 48个"]);
    }

    #[test]
    fn drafts_that_agree_or_speak_of_other_things_are_left_alone() {
        for other in [
            "学校现有48个教学班。全年组织教师外出培训356人次，开展公开课126节，资助困难学生218名，发放助学金43.6万元。\n",
            "学校现有近50个教学班，学生2300多人。\n",
            "青山学校2030年工作总结\n\n学校现有46个教学班，学生2310人。\n",
            "高一年级12个教学班完成军训。\n",
        ] {
            assert_eq!(found(other, REPORT), Vec::<String>::new(), "{other}");
        }
    }

    #[test]
    fn rows_of_one_form_are_of_different_things() {
        let village = |name: &str, road: &str, lamps: &str| format!("{name}\n新建道路{road}公里，改造户厕315户，安装路灯{lamps}盏，群众都说好。\n");
        let own = village("一、东岭村", "12.6", "86") + &village("二、桃溪村", "16.2", "68");
        let other = village("一、桃溪村", "16.2", "68") + &village("二、东岭村", "12.6", "86");
        assert_eq!(found(&own, &other), Vec::<String>::new());
    }
}
