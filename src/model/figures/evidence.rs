//! What speaks for and against two mentions being of one fact, and what rules it out.

use rustc_hash::FxHashMap;

use crate::draft::Draft;
use crate::facts::figure::period::{Part, Period, Year};
use crate::facts::figure::role::Role;
use crate::facts::figure::subject::Manner;
use crate::facts::figure::unit::Dimension;
use crate::model::numbering::Numbering;
use crate::numeral::decimal::Decimal;
use crate::numeral::slip::{self, Slip};

use super::candidates;
use super::crowd::{self, Crowd, UnitCrowds};
use super::mention::{Body, Frame, Mention, Origin};
use super::score::Feature;
use super::section::Half;
use super::vicinity::Vicinity;

/// What no likeness outweighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Barrier {
    SameValue,
    /// One sentence, or one next to the other: the writer saw both.
    SamePassage,
    /// The value of one stands in the passage of the other.
    BothSeen,
    SameTable,
    OtherUnit,
    OtherBody,
    OtherTime,
    OtherRole,
    /// Neither names nor words in common.
    OtherSubject,
    /// Values of one column, told in words.
    Column,
}

/// All that pairs of mentions are judged by.
pub struct Evidence<'a> {
    draft: &'a Draft,
    frame: &'a Frame,
    mentions: &'a [Mention],
    crowds: Vec<Crowd>,
    units: UnitCrowds,
    /// Mentions by what their values are in the smallest unit.
    by_value: FxHashMap<(Dimension, i128, i32), Vec<usize>>,
    pub vicinity: Vicinity<'a>,
}

impl<'a> Evidence<'a> {
    pub fn read(draft: &'a Draft, numbering: &'a Numbering, frame: &'a Frame, mentions: &'a [Mention]) -> Self {
        Evidence {
            draft,
            frame,
            mentions,
            crowds: crowd::read(mentions),
            units: UnitCrowds::read(mentions),
            by_value: by_value(mentions),
            vicinity: Vicinity::read(draft, numbering, frame, mentions),
        }
    }

    /// The features of two mentions that could be of one fact.
    pub fn compare(&self, a: usize, b: usize) -> Result<Vec<Feature>, Barrier> {
        let (first, second) = (&self.mentions[a], &self.mentions[b]);
        self.rule_out(first, second)?;
        let mut found = Vec::new();
        let name = self.compare_names(first, second, &mut found);
        let worded = self.compare_words(a, b, name, &mut found);
        if name.is_none() && !worded {
            return Err(Barrier::OtherSubject);
        }
        compare_values(first, second, &mut found);
        self.compare_subjects(first, second, &mut found);
        if !found.iter().any(|feature| TELLING.contains(feature)) {
            found.push(Feature::NothingTelling);
        }
        self.compare_places(first, second, &mut found);
        self.compare_crowds(a, b, &mut found)?;
        found.sort_unstable();
        Ok(found)
    }

    fn rule_out(&self, a: &Mention, b: &Mention) -> Result<(), Barrier> {
        if a.interval.overlaps(&b.interval) {
            return Err(Barrier::SameValue);
        }
        if a.table.is_some() && a.table == b.table {
            return Err(Barrier::SameTable);
        }
        if in_one_passage(a, b) {
            return Err(Barrier::SamePassage);
        }
        if !a.is_comparable(b) {
            return Err(Barrier::OtherUnit);
        }
        if matches!((&a.body, &b.body), (Body::Other(first), Body::Other(second)) if first != second) {
            return Err(Barrier::OtherBody);
        }
        if is_other_time(self.frame, a, b) {
            return Err(Barrier::OtherTime);
        }
        if !roles_agree(a, b) {
            return Err(Barrier::OtherRole);
        }
        if self.is_told_beside(a, b) || self.is_told_beside(b, a) {
            return Err(Barrier::BothSeen);
        }
        Ok(())
    }

    /// Whether the value of one mention is told in the passage of another too: the writer set the two side by side.
    fn is_told_beside(&self, one: &Mention, other: &Mention) -> bool {
        let same = self.by_value.get(&value_key(one)).map_or(&[][..], Vec::as_slice);
        let mut told = same.iter().take(MOST_OF_A_VALUE).map(|index| &self.mentions[*index]);
        told.any(|told| in_one_passage(told, other) && (digits(told) >= 2 || told.name == one.name))
    }

    /// The name that both have, if the names are equal, or one is the other with something before or after it, or begins the other's sentence.
    fn compare_names<'b>(&self, a: &'b Mention, b: &'b Mention, found: &mut Vec<Feature>) -> Option<&'b str> {
        let (long, short) = if a.name.text.len() >= b.name.text.len() { (a, b) } else { (b, a) };
        let (long_name, short_name) = (long.name.text.as_str(), short.name.text.as_str());
        if is_name(short_name) {
            if long_name == short_name {
                found.push(Feature::SameName);
                return Some(short_name);
            }
            if let Some(rest) = long_name.strip_prefix(short_name).filter(|rest| goes_on(long, rest)) {
                found.push(Feature::NameGoesOn);
                if rest.chars().count() >= 2 && self.vicinity.around(short).contains(first_two(rest)) {
                    found.push(Feature::ContinuationIsCommonGround);
                }
                return Some(short_name);
            }
            if let Some(modifier) = long_name.strip_suffix(short_name) {
                let neutral = matches!(modifier, "总" | "各" | "全" | "各类" | "其中");
                let is_title = self.frame.title.contains(modifier) && modifier.chars().count() >= 2;
                found.push(if neutral || is_title {
                    Feature::NeutralModifier
                } else {
                    Feature::Modifier
                });
                return Some(short_name);
            }
        }
        let begins = |one: &'b Mention, other: &Mention| {
            let name = one.name.text.as_str();
            (name.chars().nth(2).is_some() && other.topic_name.starts_with(name)).then_some(name)
        };
        let topic = begins(a, b).or_else(|| begins(b, a));
        found.extend(topic.map(|_| Feature::NameIsTopic));
        topic
    }

    /// Whether the words around the two tell that they speak of the same.
    fn compare_words(&self, a: usize, b: usize, name: Option<&str>, found: &mut Vec<Feature>) -> bool {
        let shared = self.vicinity.compare(a, b);
        let few = shared.unshared.0.min(shared.unshared.1);
        let repeat = |feature: Feature, times: usize| std::iter::repeat_n(feature, times);
        found.extend(repeat(Feature::SharedWord, shared.keywords.min(MOST_WORDS)));
        found.extend(repeat(Feature::SharedTopic, (shared.topic / 2).min(3)));
        found.extend(repeat(Feature::BothSayMore, few.min(3)));
        let (first, second) = (&self.mentions[a], &self.mentions[b]);
        if shared.keywords + shared.topic < FEW_WORDS && name.is_none() {
            found.extend(repeat(Feature::UnitHasManyValues, self.units.chance(first, second)));
        }
        // Digits in another order are so telling that sentences on one matter will do.
        let is_reordered = matches!(slip_between(first, second), Some(Slip::Swapped | Slip::Shuffled)) && digits(first).max(digits(second)) >= 3;
        shared.keywords + shared.topic > 0 || shared.any && is_reordered || name.is_some()
    }

    fn compare_subjects(&self, a: &Mention, b: &Mention, found: &mut Vec<Feature>) {
        found.extend((a.whole || b.whole).then_some(Feature::OfTheWhole));
        found.extend((a.known || b.known).then_some(Feature::SpokenOfAsKnown));
        found.extend((!(a.known || b.known) && (a.leads || b.leads)).then_some(Feature::BeginsItsClause));
        found.extend(self.vicinity.is_headed(a, b).then_some(Feature::HeadingAndBody));
        found.extend((a.only || b.only).then_some(Feature::OnlySoMany));
        if a.manner == Manner::Cumulative && b.manner == Manner::Cumulative {
            found.push(Feature::BothCumulative);
        }
        if stock(a) != stock(b) {
            found.push(Feature::MannerDiffers);
        }
        compare_verbs(a, b, found);
        self.compare_owners(a, b, found);
        if self.share_quotation(a, b) {
            found.push(Feature::SameQuotation);
        }
        if (a.role == Role::Part) != (b.role == Role::Part) {
            found.push(Feature::OneIsAPart);
        }
    }

    fn compare_owners(&self, a: &Mention, b: &Mention, found: &mut Vec<Feature>) {
        let is_said = |owner: &str, mention: &Mention| self.vicinity.around(mention).contains(owner);
        match (a.owner.is_empty(), b.owner.is_empty()) {
            (false, false) if a.owner == b.owner => found.push(Feature::SameOwner),
            (false, false) if a.owner.contains(&b.owner) || b.owner.contains(&a.owner) => {}
            (false, false) => found.push(Feature::OwnersDiffer),
            (false, true) if !is_said(&a.owner, b) => found.push(Feature::OneHasOwner),
            (true, false) if !is_said(&b.owner, a) => found.push(Feature::OneHasOwner),
            _ => {}
        }
    }

    /// Whether the sentences of two mentions quote the same name.
    fn share_quotation(&self, a: &Mention, b: &Mention) -> bool {
        let sentence = |mention: &Mention| {
            self.draft.pieces()[mention.place.block]
                .prose()
                .get(mention.sentence.clone())
                .unwrap_or("")
        };
        let other = sentence(b);
        let mut quotations = sentence(a)
            .split('“')
            .skip(1)
            .filter_map(|rest| rest.split_once('”'))
            .map(|(name, _)| name);
        quotations.any(|name| name.chars().count() >= 3 && other.contains(name))
    }

    fn compare_places(&self, a: &Mention, b: &Mention, found: &mut Vec<Feature>) {
        if a.place.block == b.place.block {
            found.push(Feature::SameParagraph);
        } else if a.section.chapter != b.section.chapter {
            found.push(Feature::DifferentChapters);
        } else if a.section.item != b.section.item {
            found.push(Feature::DifferentItems);
        }
        let is_base = |mention: &Mention| mention.role == Role::Base;
        let to_come = |mention: &Mention| mention.planned && !mention.done && !mention.known && !mention.leads && !is_base(mention);
        if to_come(a) != to_come(b) {
            found.push(Feature::PlanAgainstDone);
        }
        let looks_ahead =
            |mention: &Mention| mention.section.half == Half::Plan && !mention.done && !mention.known && !mention.leads && !is_base(mention);
        if looks_ahead(a) != looks_ahead(b) {
            found.push(Feature::ReviewAndPlan);
        }
        match (&a.body, &b.body) {
            (Body::Own, Body::Other(name)) | (Body::Other(name), Body::Own) if name.ends_with(PLACES) => found.push(Feature::OneNamesAPlace),
            (Body::Own, Body::Other(_)) | (Body::Other(_), Body::Own) => found.push(Feature::OneNamesABody),
            _ => {}
        }
        compare_times(self.frame, a, b, found);
    }

    /// Whether the value of a mention is told elsewhere with some of the same words; the mention that it is compared with does not count.
    fn is_told_again(&self, mention: usize, compared: usize) -> bool {
        let this = &self.mentions[mention];
        let shares_words = |other: usize| {
            let keywords = &self.mentions[other].keywords;
            this.keywords
                .iter()
                .any(|pair| keywords.binary_search(pair).is_ok() && self.vicinity.rarity(*pair) > 0)
        };
        let same = self.by_value.get(&value_key(this)).map_or(&[][..], Vec::as_slice);
        same.iter()
            .take(MOST_OF_A_VALUE)
            .any(|other| *other != mention && *other != compared && shares_words(*other))
    }

    fn compare_crowds(&self, a: usize, b: usize, found: &mut Vec<Feature>) -> Result<(), Barrier> {
        let crowd = if self.crowds[a].values >= self.crowds[b].values {
            self.crowds[a]
        } else {
            self.crowds[b]
        };
        if crowd.is_column() {
            // Only a slip in what is spoken of as known already, or in many digits, stands out of a column.
            let is_known = self.mentions[a].known || self.mentions[b].known;
            let is_telling = found.contains(&Feature::ManyDigits) && found.contains(&Feature::DigitsSwapped);
            let stands_out = is_telling || is_known && found.iter().any(|feature| SLIPS.contains(feature));
            if !stands_out {
                return Err(Barrier::Column);
            }
            found.push(Feature::NamesAColumn);
        }
        found.extend(std::iter::repeat_n(
            Feature::AlikeByChance,
            crowd::chance(crowd, &self.mentions[a], &self.mentions[b]),
        ));
        found.extend(std::iter::repeat_n(Feature::NameHasManyValues, crowd.values.saturating_sub(2).min(2)));
        if self.is_told_again(a, b) && self.is_told_again(b, a) {
            found.push(Feature::BothToldAgain);
        }
        let neighbours = crowd::neighbours(self.mentions, a, b);
        found.extend(std::iter::repeat_n(Feature::NeighboursDiffer, neighbours.other));
        found.extend(std::iter::repeat_n(Feature::NeighboursAgree, neighbours.same));
        Ok(())
    }
}

/// How many mentions of one value are looked through for one of the same fact.
const MOST_OF_A_VALUE: usize = 24;

fn value_key(mention: &Mention) -> (Dimension, i128, i32) {
    let value = mention.base_value().trimmed();
    (candidates::bucket_dimension(mention), value.mantissa(), value.exponent())
}

fn by_value(mentions: &[Mention]) -> FxHashMap<(Dimension, i128, i32), Vec<usize>> {
    let mut by_value: FxHashMap<_, Vec<usize>> = FxHashMap::default();
    for (index, mention) in mentions.iter().enumerate().filter(|(_, mention)| candidates::can_conflict(mention)) {
        by_value.entry(value_key(mention)).or_default().push(index);
    }
    by_value
}

const SLIPS: &[Feature] = &[Feature::DigitsSwapped, Feature::DigitsShuffled, Feature::OneDigitOff];

/// Without one of these there is no more than the same subject to go by.
const TELLING: &[Feature] = &[
    Feature::DigitsSwapped,
    Feature::DigitsShuffled,
    Feature::OneDigitOff,
    Feature::DigitLost,
    Feature::PointOrMultiplierLost,
    Feature::OfTheWhole,
    Feature::SpokenOfAsKnown,
    Feature::OnlySoMany,
    Feature::BeginsItsClause,
    Feature::HeadingAndBody,
];

/// What names of places end in.
const PLACES: &[char] = &['县', '市', '区', '镇', '乡', '村', '州', '旗', '省'];

/// More shared words than this tell no more.
const MOST_WORDS: usize = 8;

/// With fewer words in common than this, it is asked how likely chance made the values alike.
const FEW_WORDS: usize = 4;

/// One sentence, or two next to each other.
fn in_one_passage(a: &Mention, b: &Mention) -> bool {
    let next_to = |a: &Mention, b: &Mention| a.sentence.end.abs_diff(b.sentence.start) <= 4;
    a.place.block == b.place.block && !a.in_table && !b.in_table && (a.sentence == b.sentence || next_to(a, b) || next_to(b, a))
}

/// Whether both say when, and say otherwise.
fn is_other_time(frame: &Frame, a: &Mention, b: &Mention) -> bool {
    let (Some(first), Some(second)) = (a.period, b.period) else {
        return false;
    };
    if matches!(first.year, Year::Several(_)) || matches!(second.year, Year::Several(_)) {
        return first.year != second.year;
    }
    let years = (first.resolved_year(frame.year), second.resolved_year(frame.year));
    let own = is_own_year(frame, first, a) && is_own_year(frame, second, b);
    first.year != second.year && (years.0.is_none() || years.0 != years.1) && !own || first.part != second.part
}

fn compare_times(frame: &Frame, a: &Mention, b: &Mention, found: &mut Vec<Feature>) {
    match (a.period, b.period) {
        (None, None) if years_differ(section_year(a), section_year(b)) => found.push(Feature::SectionsOfOtherYears),
        (Some(period), None) if !is_own_year(frame, period, a) => found.push(Feature::OneSaysAnotherYear),
        (None, Some(period)) if !is_own_year(frame, period, b) => found.push(Feature::OneSaysAnotherYear),
        _ => {}
    }
    let part_of_year = |mention: &Mention| {
        mention
            .period
            .is_some_and(|period| period.part != Part::Whole && period.part != frame.part)
    };
    if part_of_year(a) != part_of_year(b) {
        found.push(Feature::PartOfYear);
    }
}

/// Whether a time lies in the year that the draft reports on. Where the next year is planned, that year is the last one.
fn is_own_year(frame: &Frame, period: Period, mention: &Mention) -> bool {
    let planned = mention.section.half == Half::Plan;
    let year = period.resolved_year(frame.year);
    matches!(period.year, Year::Unsaid | Year::FromNow(0))
        || planned && period.year == Year::FromNow(-1)
        || year.is_some() && year == frame.year.map(i64::from)
        // 截至2025年1月15日 in the report on 2024.
        || !planned && !mention.planned && year.is_some() && year == frame.year.map(|own| i64::from(own) + 1)
}

/// The heading's year; what is said to be done already is not of the year that is planned.
fn section_year(mention: &Mention) -> Option<u32> {
    mention.section.year.filter(|_| !mention.done && !mention.known && !mention.leads)
}

fn years_differ(a: Option<u32>, b: Option<u32>) -> bool {
    a.is_some() && b.is_some() && a != b
}

/// A level may stand against a level or a part; the base of a planned change is the present state.
fn roles_agree(a: &Mention, b: &Mention) -> bool {
    let comparable = |mention: &Mention| match mention.role {
        Role::Level | Role::Part => true,
        Role::Base => mention.planned || mention.section.half == Half::Plan,
        Role::Average => mention.per_area,
        _ => false,
    };
    let both_average = a.role == Role::Average && b.role == Role::Average;
    both_average || comparable(a) && comparable(b)
}

/// Whether a name may go on so after the noun: 48个教学班全部…, and 玉米播种面积 of a table where the text has 204.5万亩玉米.
fn goes_on(mention: &Mention, rest: &str) -> bool {
    let is_measure = ["面积", "产量", "人数", "户数", "数量", "投资", "金额", "里程", "长度", "数"]
        .iter()
        .any(|measure| rest.ends_with(measure));
    match mention.name.origin {
        Origin::After => true,
        Origin::Table => is_measure,
        _ => false,
    }
}

fn is_name(text: &str) -> bool {
    text.chars().nth(1).is_some()
}

fn first_two(text: &str) -> &str {
    let end = text.char_indices().nth(2).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

fn compare_values(a: &Mention, b: &Mention, found: &mut Vec<Feature>) {
    let slip = slip_between(a, b);
    found.extend(slip.map(|slip| match slip {
        Slip::Swapped => Feature::DigitsSwapped,
        Slip::Shuffled => Feature::DigitsShuffled,
        Slip::OneDigit => Feature::OneDigitOff,
        Slip::Dropped => Feature::DigitLost,
        Slip::Magnitude => Feature::PointOrMultiplierLost,
    }));
    if slip.is_some() {
        match digits(a).max(digits(b)) {
            ..=2 => found.push(Feature::FewDigits),
            3 => {}
            _ => found.push(Feature::ManyDigits),
        }
    }
    let (first, second) = (a.base_value(), b.base_value());
    let (small, large) = if first.less_than(second) { (first, second) } else { (second, first) };
    let times = |factor: i128| small.times(Decimal::new(factor, -1)).is_some_and(|limit| limit.less_than(large));
    if !matches!(slip, Some(Slip::Magnitude | Slip::Swapped | Slip::Shuffled)) {
        if times(40) {
            found.push(Feature::VeryFarApart);
        } else if times(16) {
            found.push(Feature::FarApart);
        }
    }
    let both = |limit: u64| a.value.less_than(Decimal::from(limit)) && b.value.less_than(Decimal::from(limit));
    if both(10) && a.value.exponent() >= 0 && b.value.exponent() >= 0 {
        found.push(Feature::SmallNumbers);
    }
    let is_round = |mention: &Mention| mention.value.trimmed().mantissa().unsigned_abs() < 10 && !mention.value.less_than(Decimal::from(10));
    if is_round(a) || is_round(b) {
        found.push(Feature::RoundNumbers);
    }
    if a.unit.dimension() == Dimension::Percent {
        found.push(Feature::IsARate);
    }
}

fn digits(mention: &Mention) -> usize {
    mention.value.trimmed().mantissa().unsigned_abs().to_string().len()
}

/// Slips are made in numbers as written, so the other value is converted into each one's unit.
fn slip_between(a: &Mention, b: &Mention) -> Option<Slip> {
    // 15万 and 15.6万: one is told more exactly, which is no slip.
    let is_whole = |mention: &Mention| mention.value.shift(-mention.multiplier).trimmed().exponent() >= 0;
    let is_told_more_exactly = a.unit == b.unit && a.multiplier == b.multiplier && is_whole(a) != is_whole(b);
    any_slip_between(a, b).filter(|slip| !(is_told_more_exactly && matches!(slip, Slip::OneDigit | Slip::Dropped)))
}

fn any_slip_between(a: &Mention, b: &Mention) -> Option<Slip> {
    let converted = |from: &Mention, to: &Mention| {
        from.base_value()
            .over(to.unit.factor(), to.value.trimmed().exponent().min(from.value.exponent()))
    };
    slip::between(a.value, converted(b, a)?.trimmed()).or_else(|| slip::between(b.value, converted(a, b)?.trimmed()))
}

/// What there is, what was added, and what was added over years.
fn stock(mention: &Mention) -> u8 {
    match mention.manner {
        Manner::Have | Manner::Plain => 0,
        Manner::New => 1,
        Manner::Cumulative => 2,
    }
}

/// 完成 and 实现 go with anything.
fn compare_verbs(a: &Mention, b: &Mention, found: &mut Vec<Feature>) {
    let says_little = |verb: &str| matches!(verb, "" | "完成" | "实现" | "现有" | "共有" | "有" | "设有" | "拥有" | "辖" | "下辖");
    let within = |one: &str, other: &str| !one.is_empty() && other.contains(one);
    if within(&a.verb, &b.verb) || within(&b.verb, &a.verb) {
        found.push(Feature::SameVerb);
    } else if !says_little(&a.verb) && !says_little(&b.verb) {
        found.push(Feature::DifferentVerbs);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::figures::Figures;
    use crate::source::Format;

    /// How two figures of a draft compare; they are told by their text, the first mention of each.
    fn compare(text: &str, first: &str, second: &str) -> Result<Vec<Feature>, Barrier> {
        let draft = Draft::new(text, Format::Plain);
        let numbering = Numbering::build(&draft);
        let figures = Figures::build(&draft, &numbering);
        let evidence = Evidence::read(&draft, &numbering, &figures.frame, &figures.mentions);
        let index = |written: &str| {
            let mut mentions = figures.mentions.iter();
            mentions.position(|mention| draft.quote(&mention.place) == written).expect(written)
        };
        evidence.compare(index(first), index(second))
    }

    #[test]
    fn what_rules_a_contradiction_out() {
        for (text, first, second, barrier) in [
            (
                "一、概况\n现有教学班48个。\n二、工作\n48个教学班评比。\n",
                "48个",
                "48个",
                Barrier::SameValue,
            ),
            ("计划培训800人，实际培训862人。\n", "800人", "862人", Barrier::SamePassage),
            (
                "一、概况\n内部收益率6.82%。\n二、分析\n投资增加一成，内部收益率由6.82%降到5.37%。\n",
                "6.82%",
                "5.37%",
                Barrier::BothSeen,
            ),
            (
                "一、上年\n2022年培训教师320人。\n二、本年\n2023年培训教师230人。\n",
                "320人",
                "230人",
                Barrier::OtherTime,
            ),
            (
                "一、甲\n培训教师320人。\n二、乙\n教师比上年增加230人。\n",
                "320人",
                "230人",
                Barrier::OtherRole,
            ),
            (
                "一、甲\n大杨镇改厕326户。\n二、乙\n小河镇改厕362户。\n",
                "326户",
                "362户",
                Barrier::OtherBody,
            ),
            ("一、甲\n路灯86盏。\n二、乙\n苗木68盏。\n", "86盏", "68盏", Barrier::OtherSubject),
        ] {
            assert_eq!(compare(text, first, second), Err(barrier), "{text}");
        }
    }

    #[test]
    fn what_speaks_for_a_contradiction() {
        for (text, first, second, feature) in [
            (
                "一、甲\n改造户厕1350户。\n二、乙\n改造的1530户户厕缺少管护。\n",
                "1350户",
                "1530户",
                Feature::DigitsSwapped,
            ),
            (
                "一、甲\n改造户厕1350户。\n二、乙\n改造的1530户户厕缺少管护。\n",
                "1350户",
                "1530户",
                Feature::SpokenOfAsKnown,
            ),
            (
                "一、甲\n网格员96名。\n二、乙\n94名网格员实行包片。\n",
                "96名",
                "94名",
                Feature::BeginsItsClause,
            ),
            (
                "一、甲\n龙头企业13家。\n二、乙\n龙头企业仅有11家。\n",
                "13家",
                "11家",
                Feature::OnlySoMany,
            ),
            (
                "一、甲\n农户人均纯收入16842元。\n二、乙\n农户人均纯收入14682元。\n",
                "16842元",
                "14682元",
                Feature::DigitsShuffled,
            ),
            (
                "（一）二十条线路跑出活力\n全县开通客货邮线路18条。\n（二）其他\n略。\n",
                "二十条",
                "18条",
                Feature::HeadingAndBody,
            ),
            (
                "一、甲\n开展防汛演练87场次。\n二、乙\n全年七十八场防汛演练。\n",
                "87场次",
                "七十八场",
                Feature::DigitsSwapped,
            ),
        ] {
            let features = compare(text, first, second).unwrap_or_default();
            assert!(features.contains(&feature), "{text}{features:?}");
        }
    }

    #[test]
    fn what_speaks_against_it() {
        for (text, first, second, feature) in [
            (
                "一、成效\n建成公厕28座。\n二、下步打算\n计划建成公厕18座。\n",
                "28座",
                "18座",
                Feature::PlanAgainstDone,
            ),
            (
                "一、成效\n建成公厕28座。\n二、下步打算\n新建公厕18座。\n",
                "28座",
                "18座",
                Feature::ReviewAndPlan,
            ),
            (
                "一、2023年工作\n新建公厕28座。\n二、2024年工作\n新建公厕18座。\n",
                "28座",
                "18座",
                Feature::SectionsOfOtherYears,
            ),
            (
                "一、甲\n完成投资15万元用于改厕。\n二、乙\n完成投资15.6万元用于改厕。\n",
                "15万元",
                "15.6万元",
                Feature::NothingTelling,
            ),
        ] {
            let features = compare(text, first, second).unwrap_or_default();
            assert!(features.contains(&feature), "{text}{features:?}");
        }
    }
}
