//! Shares whose whole is named and stands elsewhere in the draft: 占总投资的35.0%.

use std::cell::LazyCell;
use std::ops::Deref;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::draft::{Draft, Place};
use crate::facts::date::days_in_month;
use crate::facts::figure;
use crate::facts::figure::exactness::Exactness;
use crate::facts::figure::period::Part;
use crate::facts::figure::role::Role;
use crate::facts::figure::share::{self, Share, Whole};
use crate::facts::figure::subject::Manner;
use crate::facts::figure::{Figure, unit::Dimension};
use crate::numeral::decimal::Decimal;

use super::mention::{Body, Mention};

/// A share that is not what its part and its whole give.
#[derive(Debug, Clone, PartialEq)]
pub struct WrongShare {
    /// The percentage with its sign, and its number alone.
    pub rate: Place,
    pub number: Place,
    pub part: Place,
    /// `None` where the share is over a hundred per cent, or of what no draft writes out.
    pub whole: Option<Place>,
    pub expected: Option<Decimal>,
    /// The share in per cent with one decimal, where the stated one is no more than an approximation.
    pub precise: Option<Decimal>,
    /// The stated share is larger than the right one.
    pub is_too_large: bool,
    /// What is divided by what.
    pub working: String,
}

/// `year` is that of the report, if it is known.
pub fn find(draft: &Draft, mentions: &[Mention], year: Option<u32>) -> Vec<WrongShare> {
    // Few drafts have a share whose whole is not beside it.
    let by_name = LazyCell::new(|| Names::new(mentions));
    let mut found = Vec::new();
    for (block, piece) in draft.pieces().iter().enumerate() {
        let facts = piece.facts();
        for share in &facts.claims.shares {
            found.extend(match share.whole {
                Whole::DaysOfTheYear => of_days(block, piece.prose(), &facts.figures, share, year),
                _ => wrong(draft, block, &facts.figures, share, mentions, &by_name),
            });
        }
    }
    found
}

fn wrong(
    draft: &Draft,
    block: usize,
    figures: &[Figure],
    share: &Share,
    mentions: &[Mention],
    names: &impl Deref<Target = Names>,
) -> Option<WrongShare> {
    let prose = draft.pieces()[block].prose();
    let (rate, part) = (&figures[share.rate], &figures[share.part]);
    let place = |figure: &Figure| Place::new(block, figure.range.clone());
    let quote = |figure: &Figure| &prose[figure.range.clone()];
    let is_approximate = rate.exactness != Exactness::Exact || rate.unit.name() == "成";
    let wrong = |whole: Option<Place>, operands: Option<(Decimal, Decimal)>, working: String| WrongShare {
        rate: place(rate),
        number: Place::new(block, rate.number.clone()),
        part: place(part),
        whole,
        expected: operands.and_then(|(part, whole)| expected(rate, part, whole)),
        precise: operands
            .filter(|_| is_approximate)
            .and_then(|(part, whole)| part.shift(2).over(whole, -1)),
        is_too_large: operands.is_some_and(|operands| is_too_large(rate, operands)),
        working,
    };
    let own = part.base_value();
    match &share.whole {
        Whole::DaysOfTheYear => None,
        Whole::Exceeded => Some(wrong(None, None, String::new())),
        Whole::Here(whole) => {
            let whole = &figures[*whole];
            let working = format!("{}÷{}", quote(part), quote(whole));
            Some(wrong(Some(place(whole)), Some((own, whole.base_value())), working))
        }
        Whole::RestOf(whole) => {
            let whole = &figures[*whole];
            let rest = whole.base_value().minus(own)?;
            let working = format!("（{1}－{0}）÷{1}", quote(part), quote(whole));
            Some(wrong(Some(place(whole)), Some((rest, whole.base_value())), working))
        }
        Whole::Sum(parts) => {
            let parts = || parts.iter().map(|index| &figures[*index]);
            let sum = parts().try_fold(Decimal::ZERO, |sum, part| sum.plus(part.base_value()))?;
            let all: Vec<&str> = parts().map(quote).collect();
            let from = parts().next()?.range.start;
            let whole = Place::new(block, from..parts().next_back()?.range.end);
            Some(wrong(Some(whole), Some((own, sum)), format!("{}÷（{}）", quote(part), all.join("＋"))))
        }
        Whole::Named(range) | Whole::KindOf(range) => {
            let name = prose.get(range.clone())?;
            let whole = match share.whole {
                Whole::KindOf(_) => names.settled_by_kind(name, rate, part, mentions)?,
                _ => names.settled(name, rate, part, mentions)?,
            };
            let stated = match whole.in_table {
                true => figure::write(whole.value, whole.multiplier, whole.unit),
                false => draft.quote(&whole.place).to_owned(),
            };
            let working = format!("{}÷{stated}", quote(part));
            Some(wrong(Some(whole.place.clone()), Some((own, whole.base_value())), working))
        }
    }
}

/// A share of the days of a year, which no draft writes out.
fn of_days(block: usize, prose: &str, figures: &[Figure], share: &Share, year: Option<u32>) -> Option<WrongShare> {
    let (rate, part) = (&figures[share.rate], &figures[share.part]);
    let days: u32 = (1..=12).map(|month| days_in_month(Some(year.unwrap_or(COMMON_YEAR)), month)).sum();
    Some(WrongShare {
        rate: Place::new(block, rate.range.clone()),
        number: Place::new(block, rate.number.clone()),
        part: Place::new(block, part.range.clone()),
        whole: None,
        expected: expected(rate, part.base_value(), Decimal::from(u64::from(days))),
        precise: None,
        is_too_large: is_too_large(rate, (part.base_value(), Decimal::from(u64::from(days)))),
        working: format!("{}÷{days}天", &prose[part.range.clone()]),
    })
}

/// A year of 365 days.
const COMMON_YEAR: u32 = 2023;

fn expected(rate: &Figure, part: Decimal, whole: Decimal) -> Option<Decimal> {
    let power = rate.value.exponent();
    part.shift(2).over(whole.times(rate.unit.factor())?, power)
}

fn is_too_large(rate: &Figure, (part, whole): (Decimal, Decimal)) -> bool {
    const DIGITS: i32 = -4;
    let stated = rate.value.times(rate.unit.factor());
    part.shift(2)
        .over(whole, DIGITS)
        .zip(stated)
        .is_some_and(|(right, stated)| right.less_than(stated))
}

/// Mentions by the name that a whole may be called by.
struct Names {
    by_text: FxHashMap<String, Vec<usize>>,
    /// Cells by the head of their row and column put together, with what ends the column's head: 水稻 … 面积.
    by_ends: FxHashMap<(String, String), Vec<usize>>,
    /// By the last four characters.
    by_tail: FxHashMap<String, Vec<usize>>,
    /// Names that figures of other bodies have too.
    of_others: FxHashSet<String>,
}

impl Names {
    fn new(mentions: &[Mention]) -> Self {
        let mut names = Names {
            by_text: FxHashMap::default(),
            by_ends: FxHashMap::default(),
            by_tail: FxHashMap::default(),
            of_others: FxHashSet::default(),
        };
        for (index, mention) in mentions.iter().enumerate().filter(|(_, mention)| is_whole(mention)) {
            if mention.body != Body::Own {
                names.of_others.insert(normal(&mention.name.text));
                continue;
            }
            for text in spellings(mention) {
                names.by_text.entry(text).or_default().push(index);
            }
            if let Some(tail) = tail(&mention.name.text) {
                names.by_tail.entry(tail).or_default().push(index);
            }
            if mention.in_table && !mention.whole {
                names.by_ends.entry(ends(&mention.name.text)).or_default().push(index);
            }
        }
        names
    }

    /// The whole of that name, if all its mentions contradict the share and agree with each other.
    fn settled<'a>(&self, name: &str, rate: &Figure, part: &Figure, mentions: &'a [Mention]) -> Option<&'a Mention> {
        let name = normal(name);
        // 占行政村总数: 全县共有行政村168个 does not say 总数.
        let counted = TOTALS.iter().find_map(|total| name.strip_suffix(total)).unwrap_or(&name);
        [name.as_str(), counted].into_iter().find_map(|name| {
            let by_text = self.by_text.get(name).into_iter().flatten();
            let by_ends = self.by_ends.get(&ends(name)).into_iter().flatten();
            let by_ends = by_ends.filter(|_| name.chars().count() >= 4);
            agreed(by_text.chain(by_ends), rate, part, mentions)
        })
    }

    /// The whole whose name ends with that of the part's kind: 食堂从业人员846人 for 持有健康证的从业人员94人.
    fn settled_by_kind<'a>(&self, kind: &str, rate: &Figure, part: &Figure, mentions: &'a [Mention]) -> Option<&'a Mention> {
        let kind = normal(kind);
        if self.of_others.contains(&kind) {
            return None;
        }
        if let Some(whole) = self.settled(&kind, rate, part, mentions) {
            return Some(whole);
        }
        let ends_with_kind = self.by_tail.get(&tail(&kind)?).into_iter().flatten();
        let of_that_kind = ends_with_kind.filter(|index| mentions[**index].name.text.ends_with(&kind));
        agreed(of_that_kind, rate, part, mentions)
    }
}

/// What is put after the name of a whole that is counted.
const TOTALS: &[&str] = &["总人数", "总户数", "总数", "总量", "总额", "人数", "户数"];
/// A name that stands for more than this is none of one thing.
const MOST: usize = 64;

/// The first of some mentions, if they agree with each other and none of them gives the share.
fn agreed<'a, 'b>(indices: impl Iterator<Item = &'b usize>, rate: &Figure, part: &Figure, mentions: &'a [Mention]) -> Option<&'a Mention> {
    // The part itself may have the name of its kind.
    let can_hold = |whole: &&Mention| whole.unit.is_comparable(&part.unit) && !part.base_value().same_value(whole.base_value());
    let candidates: Vec<&Mention> = indices.take(MOST).map(|index| &mentions[*index]).filter(can_hold).collect();
    let first = *candidates.first()?;
    let contradicts = |whole: &&Mention| !share::is_ratio(rate, &part.interval(), &whole.interval);
    let agree = candidates.iter().all(|whole| whole.interval.overlaps(&first.interval));
    (agree && candidates.iter().all(contradicts)).then_some(first)
}

/// The last four characters of a name.
fn tail(name: &str) -> Option<String> {
    let (at, _) = name.char_indices().rev().nth(3)?;
    Some(name[at..].to_owned())
}

fn is_whole(mention: &Mention) -> bool {
    mention.definite
        && !mention.planned
        && matches!(mention.role, Role::Level | Role::Part)
        && !matches!(mention.unit.dimension(), Dimension::Percent | Dimension::Points | Dimension::Multiple)
}

/// 种植面积 where the verb stands before the noun, and the noun alone only if no verb qualifies it.
fn spellings(mention: &Mention) -> Vec<String> {
    let name = normal(&mention.name.text);
    if name.chars().count() < 2 {
        return Vec::new();
    }
    let whole = format!("{}{}{}", mention.owner, mention.verb, name);
    let mut spellings = vec![normal(&whole)];
    // 共有职工1286人 tells of all there are, as 职工1286人 does.
    let is_stock = mention.manner == Manner::Have && !mention.planned;
    // 实现营业收入286亿元 tells of the income, whatever the verb.
    let is_of_the_year = mention.period.is_some_and(|period| period.part == Part::Whole);
    let is_reached = matches!(mention.verb.as_str(), "实现" | "完成" | "达到") && mention.owner.is_empty() && is_of_the_year;
    if is_stock || is_reached || mention.verb.is_empty() && mention.owner.is_empty() {
        spellings.push(name);
    }
    spellings.dedup();
    spellings
}

fn ends(name: &str) -> (String, String) {
    let chars: Vec<char> = name.chars().collect();
    let two = |chars: &[char]| chars.iter().collect::<String>();
    (two(&chars[..chars.len().min(2)]), two(&chars[chars.len().saturating_sub(2)..]))
}

/// A name without the body it belongs to and without marks.
fn normal(name: &str) -> String {
    let mut name: String = name.chars().filter(|char| char.is_alphanumeric()).collect();
    for own in [
        "全市",
        "全县",
        "全区",
        "全省",
        "全镇",
        "全乡",
        "全校",
        "我市",
        "我县",
        "我区",
        "我省",
        "项目",
        "全部",
        "全院",
        "全局",
        "全系统",
        "全街道",
        "全厂",
        "全公司",
    ] {
        if let Some(rest) = name.strip_prefix(own).filter(|rest| rest.chars().count() >= 2) {
            name = rest.to_owned();
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn wrong_shares(text: &str) -> usize {
        super::super::of(&Draft::new(text, Format::Plain)).wrong_shares.len()
    }

    #[test]
    fn wholes_that_stand_elsewhere() {
        for (wrong, right) in [
            (
                "全院共有职工1286人。\n高级职称人员186人，占职工总数的16.5%。",
                "全院共有职工1286人。\n高级职称人员186人，占职工总数的14.5%。",
            ),
            (
                "全县现有农户8642户。\n从事种植的农户有3457户，占48.0%。",
                "全县现有农户8642户。\n从事种植的农户有3457户，占40.0%。",
            ),
            (
                "52所食堂从业人员846人。\n持有健康证的从业人员只有94人，占18.1%。",
                "52所食堂从业人员846人。\n持有健康证的从业人员只有94人，占11.1%。",
            ),
            (
                "一般公共预算支出36.4亿元。\n民生支出28.6亿元，占一般公共预算支出的87.6%。",
                "一般公共预算支出36.4亿元。\n民生支出28.6亿元，占一般公共预算支出的78.6%。",
            ),
            (
                "全年实现营业收入286.4亿元。\n研发投入6.87亿元，占营业收入的2.8%。",
                "全年实现营业收入286.4亿元。\n研发投入6.87亿元，占营业收入的2.4%。",
            ),
            (
                "全县共有行政村168个。\n薄弱村23个，占全县行政村总数的17.3%。",
                "全县共有行政村168个。\n薄弱村23个，占全县行政村总数的13.7%。",
            ),
        ] {
            assert_eq!(wrong_shares(wrong), 1, "{wrong}");
            assert_eq!(wrong_shares(right), 0, "{right}");
        }
        for text in [
            "食堂从业人员846人。\n企业从业人员3120人。\n持有健康证的从业人员94人，占18.1%。",
            "青山镇有农户642户。\n全县有农户8642户。\n种植的农户有457户，占48.0%。",
            "计划培训职工1286人。\n高级职称人员186人，占职工总数的16.5%。",
        ] {
            assert_eq!(wrong_shares(text), 0, "{text}");
        }
    }
}
