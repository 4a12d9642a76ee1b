//! How likely two mentions state the same fact with different values: named features, each with its weight.
//!
//! Two figures have nothing to do with each other unless enough speaks for it. The weights stand here and nowhere else.

use crate::draft::Draft;
use crate::facts::figure::period::{Part, Year};
use crate::facts::figure::role::Role;
use crate::facts::figure::subject::Manner;
use crate::facts::figure::unit::Dimension;
use crate::numeral::decimal::Decimal;
use crate::numeral::slip::{self, Slip};

use super::crowd::{self, Crowd};
use super::mention::{Frame, Mention, Origin};
use super::section::Half;

/// Something that speaks for or against two mentions being of one fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Feature {
    SameName,
    /// 寄宿生, 寄宿生冬季洗浴: the longer goes on after the noun that is counted.
    NameGoesOn,
    /// What the longer name goes on with is spoken of around the other figure too.
    ContinuationIsCommonGround,
    /// 建筑面积, 总建筑面积: the longer has a modifier in front that makes no subset here.
    NeutralModifier,
    /// A modifier in front that may well make a subset.
    Modifier,
    DigitsSwapped,
    OneDigitOff,
    DigitLost,
    PointOrMultiplierLost,
    /// 全部, 现有, 共
    OneIsOfTheWhole,
    BothAreOfTheWhole,
    BothCumulative,
    SameVerb,
    DifferentVerbs,
    SameOwner,
    OneHasOwner,
    /// Both sentences name the same thing in quotation marks: “沣源香菇”.
    SameQuotation,
    DifferentChapters,
    SameParagraph,
    TableAndText,
    FarApart,
    VeryFarApart,
    SmallNumbers,
    RoundNumbers,
    ReviewAndPlan,
    PlanAgainstDone,
    MannerDiffers,
    OneIsAPart,
    NameHasManyValues,
    NameIsShort,
    IsARate,
    /// Two characters that both are said with.
    SharedWord,
    /// 23 and 32 are each other's swapped by chance more often than 3.86 and 3.68.
    FewDigits,
    SwappedInOneParagraph,
    /// One is said of a quarter or a half of the year, the other of no time.
    PartOfYear,
    /// 教职工体检205人: a verb that only one has may make it a part.
    OneHasVerb,
    /// So many values of one name are told that some are alike by chance; once for each step of `crowd::chance`.
    AlikeByChance,
    /// The figures before or after have the same names but other values: rows of one kind.
    NeighboursDiffer,
}

impl Feature {
    /// In tenths; the sum decides.
    pub fn weight(self) -> i32 {
        match self {
            Feature::SameName => 30,
            Feature::NameGoesOn => 20,
            Feature::ContinuationIsCommonGround => 12,
            Feature::NeutralModifier => 24,
            Feature::Modifier => -5,
            Feature::DigitsSwapped => 30,
            Feature::OneDigitOff => 12,
            Feature::DigitLost => 10,
            Feature::PointOrMultiplierLost => 12,
            Feature::OneIsOfTheWhole => 9,
            Feature::BothAreOfTheWhole => 14,
            Feature::BothCumulative => 12,
            Feature::SameVerb => 8,
            Feature::DifferentVerbs => -8,
            Feature::SameOwner => 10,
            Feature::OneHasOwner => -6,
            Feature::SameQuotation => 12,
            Feature::DifferentChapters => 5,
            Feature::SameParagraph => -18,
            Feature::TableAndText => 5,
            Feature::FarApart => -15,
            Feature::VeryFarApart => -40,
            Feature::SmallNumbers => -10,
            Feature::RoundNumbers => -6,
            Feature::ReviewAndPlan => -15,
            Feature::PlanAgainstDone => -40,
            Feature::MannerDiffers => -18,
            Feature::OneIsAPart => -6,
            Feature::NameHasManyValues => -10,
            Feature::NameIsShort => -6,
            Feature::IsARate => -12,
            Feature::SharedWord => 6,
            Feature::FewDigits => -8,
            Feature::SwappedInOneParagraph => -2,
            Feature::PartOfYear => -8,
            Feature::OneHasVerb => -4,
            Feature::AlikeByChance => -10,
            Feature::NeighboursDiffer => -30,
        }
    }

    /// Why it counts, for the reader of a finding.
    pub fn reason(self) -> Option<&'static str> {
        Some(match self {
            Feature::SameName => "说的是同一名称",
            Feature::NameGoesOn | Feature::NeutralModifier => "名称相合",
            Feature::SharedWord => "前后用词相同",
            Feature::ContinuationIsCommonGround => "前后说的是同一件事",
            Feature::DigitsSwapped => "像是两位数字颠倒",
            Feature::OneDigitOff => "只差一位数字",
            Feature::DigitLost => "像是漏了一位数字",
            Feature::PointOrMultiplierLost => "像是小数点或“万”“亿”有误",
            Feature::OneIsOfTheWhole | Feature::BothAreOfTheWhole => "说的是全部",
            Feature::BothCumulative => "都是累计数",
            _ => return None,
        })
    }
}

/// From here on two mentions contradict each other, in tenths.
pub const WORTH_A_LOOK: i32 = 38;
/// The same for swapped digits, which are telling by themselves.
pub const SWAPPED_WORTH_A_LOOK: i32 = 36;
/// From here on it is very probable.
pub const PROBABLE: i32 = 55;

/// The features of two mentions that could be of one fact; `None` when something rules it out.
pub fn features(draft: &Draft, frame: &Frame, a: &Mention, b: &Mention, values_of_name: usize) -> Option<Vec<Feature>> {
    if is_ruled_out(frame, a, b) {
        return None;
    }
    let mut found = Vec::new();
    compare_names(draft, frame, a, b, &mut found)?;
    compare_values(a, b, &mut found);
    compare_subjects(draft, a, b, &mut found);
    compare_places(a, b, &mut found);
    let part_of_year = |mention: &Mention| mention.period.is_some_and(|period| period.part != Part::Whole);
    if part_of_year(a) != part_of_year(b) {
        found.push(Feature::PartOfYear);
    }
    if values_of_name > 2 {
        found.push(Feature::NameHasManyValues);
    }
    if values_of_name > 3 {
        found.push(Feature::NameHasManyValues);
    }
    Some(found)
}

/// What the other figures of the name and the figures around say; `None` when the two are values of one column.
pub fn compare_crowds(mentions: &[Mention], crowds: &[Crowd], a: usize, b: usize, found: &mut Vec<Feature>) -> Option<()> {
    let crowd = if crowds[a].values >= crowds[b].values { crowds[a] } else { crowds[b] };
    if crowd.is_column() {
        return None;
    }
    found.extend(std::iter::repeat_n(
        Feature::AlikeByChance,
        crowd::chance(crowd, &mentions[a], &mentions[b]),
    ));
    let neighbours = crowd::neighbours(mentions, a, b);
    found.extend(std::iter::repeat_n(Feature::NeighboursDiffer, neighbours.other));
    Some(())
}

pub fn total(features: &[Feature]) -> i32 {
    features.iter().map(|feature| feature.weight()).sum()
}

/// What no likeness outweighs: agreement, one sentence, another time, another place, another kind of figure.
fn is_ruled_out(frame: &Frame, a: &Mention, b: &Mention) -> bool {
    cannot_meet(a, b) || is_other_time(frame, a, b) || !roles_agree(a, b)
}

fn cannot_meet(a: &Mention, b: &Mention) -> bool {
    let agree = a.interval.overlaps(&b.interval);
    let same_table = a.table.is_some() && a.table == b.table;
    let neighbours = a.place.block == b.place.block
        && (a.sentence == b.sentence || a.sentence.end.abs_diff(b.sentence.start) <= 4 || b.sentence.end.abs_diff(a.sentence.start) <= 4);
    agree || same_table || neighbours || !a.is_comparable(b) || a.body != b.body
}

fn is_other_time(frame: &Frame, a: &Mention, b: &Mention) -> bool {
    let (first, second) = match (a.period, b.period) {
        (None, None) => return years_differ(section_year(a), section_year(b)),
        (Some(one), None) | (None, Some(one)) => {
            let year = one.resolved_year(frame.year);
            let own = matches!(one.year, Year::Unsaid | Year::FromNow(0)) || year.is_some() && year == frame.year.map(i64::from);
            return !own;
        }
        (Some(first), Some(second)) => (first, second),
    };
    if matches!(first.year, Year::Several(_)) || matches!(second.year, Year::Several(_)) {
        return first.year != second.year;
    }
    let years = (first.resolved_year(frame.year), second.resolved_year(frame.year));
    first.year != second.year && (years.0.is_none() || years.0 != years.1) || first.part != second.part
}

/// The heading's year; what is said to be done already is not of the year that is planned.
fn section_year(mention: &Mention) -> Option<u32> {
    mention.section.year.filter(|_| !mention.done)
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

/// Names must be equal, or one must be the other with something before or after it.
fn compare_names(draft: &Draft, frame: &Frame, a: &Mention, b: &Mention, found: &mut Vec<Feature>) -> Option<()> {
    let (long, short) = if a.name.text.len() >= b.name.text.len() { (a, b) } else { (b, a) };
    let (long_name, short_name) = (long.name.text.as_str(), short.name.text.as_str());
    if short_name.chars().count() < 2 {
        return None;
    }
    let is_short = short_name.chars().count() == 2;
    if long_name == short_name {
        found.push(Feature::SameName);
        found.extend(is_short.then_some(Feature::NameIsShort));
        return Some(());
    }
    if let Some(rest) = long_name.strip_prefix(short_name) {
        if long.name.origin != Origin::After {
            return None;
        }
        found.push(Feature::NameGoesOn);
        if rest.chars().count() >= 2 && is_said_around(draft, short, first_two(rest)) {
            found.push(Feature::ContinuationIsCommonGround);
        } else if is_short {
            found.push(Feature::NameIsShort);
        }
        return Some(());
    }
    let modifier = long_name.strip_suffix(short_name)?;
    let neutral = matches!(modifier, "总" | "各" | "全" | "各类" | "其中") || frame.title.contains(modifier) && modifier.chars().count() >= 2;
    found.push(if neutral { Feature::NeutralModifier } else { Feature::Modifier });
    Some(())
}

fn first_two(text: &str) -> &str {
    let end = text.char_indices().nth(2).map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// Whether a word stands in the sentences around a mention, some two hundred characters to both sides.
fn is_said_around(draft: &Draft, mention: &Mention, word: &str) -> bool {
    let prose = draft.pieces()[mention.place.block].prose();
    let mut start = mention.place.start.saturating_sub(600);
    while !prose.is_char_boundary(start) {
        start += 1;
    }
    let mut end = (mention.place.end + 600).min(prose.len());
    while !prose.is_char_boundary(end) {
        end -= 1;
    }
    prose[start..end].contains(word)
}

fn compare_values(a: &Mention, b: &Mention, found: &mut Vec<Feature>) {
    let slip = slip_between(a, b);
    match slip {
        Some(Slip::Swapped) => found.push(Feature::DigitsSwapped),
        Some(Slip::OneDigit) => found.push(Feature::OneDigitOff),
        Some(Slip::Dropped) => found.push(Feature::DigitLost),
        Some(Slip::Magnitude) => found.push(Feature::PointOrMultiplierLost),
        None => {}
    }
    let (first, second) = (a.base_value(), b.base_value());
    let (small, large) = if first.less_than(second) { (first, second) } else { (second, first) };
    let times = |factor: i128| small.times(Decimal::new(factor, -1)).is_some_and(|limit| limit.less_than(large));
    if !matches!(slip, Some(Slip::Magnitude | Slip::Swapped)) {
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

/// Slips are made in numbers as written, so the other value is converted into each one's unit.
fn slip_between(a: &Mention, b: &Mention) -> Option<Slip> {
    let converted = |from: &Mention, to: &Mention| {
        from.base_value()
            .over(to.unit.factor(), to.value.trimmed().exponent().min(from.value.exponent()))
    };
    slip::between(a.value, converted(b, a)?.trimmed()).or_else(|| slip::between(b.value, converted(a, b)?.trimmed()))
}

fn compare_subjects(draft: &Draft, a: &Mention, b: &Mention, found: &mut Vec<Feature>) {
    match (a.whole, b.whole) {
        (true, true) => found.push(Feature::BothAreOfTheWhole),
        (true, false) | (false, true) => found.push(Feature::OneIsOfTheWhole),
        _ => {}
    }
    if a.manner == Manner::Cumulative && b.manner == Manner::Cumulative {
        found.push(Feature::BothCumulative);
    }
    let stock = |mention: &Mention| match mention.manner {
        Manner::Have | Manner::Plain => 0,
        Manner::New => 1,
        Manner::Cumulative => 2,
    };
    if stock(a) != stock(b) {
        found.push(Feature::MannerDiffers);
    }
    compare_verbs(a, b, found);
    match (a.owner.is_empty(), b.owner.is_empty()) {
        (false, false) if a.owner == b.owner => found.push(Feature::SameOwner),
        (false, false) if a.owner.contains(&b.owner) || b.owner.contains(&a.owner) => {}
        (false, false) => found.extend([Feature::OneHasOwner; 3]),
        (false, true) if !is_said_around(draft, b, &a.owner) => found.push(Feature::OneHasOwner),
        (true, false) if !is_said_around(draft, a, &b.owner) => found.push(Feature::OneHasOwner),
        _ => {}
    }
    if share_quotation(draft, a, b) {
        found.push(Feature::SameQuotation);
    }
    if (a.role == Role::Part) != (b.role == Role::Part) {
        found.push(Feature::OneIsAPart);
    }
}

/// Whether the sentences of two mentions quote the same name.
fn share_quotation(draft: &Draft, a: &Mention, b: &Mention) -> bool {
    let sentence = |mention: &Mention| draft.pieces()[mention.place.block].prose().get(mention.sentence.clone()).unwrap_or("");
    let other = sentence(b);
    let mut quotations = sentence(a)
        .split('“')
        .skip(1)
        .filter_map(|rest| rest.split_once('”'))
        .map(|(name, _)| name);
    quotations.any(|name| name.chars().count() >= 3 && other.contains(name))
}

/// 完成 and 实现 go with anything.
fn compare_verbs(a: &Mention, b: &Mention, found: &mut Vec<Feature>) {
    let says_little = |verb: &str| matches!(verb, "" | "完成" | "实现" | "现有" | "共有" | "有" | "设有" | "拥有" | "辖" | "下辖");
    let within = |one: &str, other: &str| !one.is_empty() && other.contains(one);
    if within(&a.verb, &b.verb) || within(&b.verb, &a.verb) {
        found.push(Feature::SameVerb);
    } else if !says_little(&a.verb) && !says_little(&b.verb) {
        found.push(Feature::DifferentVerbs);
    } else if a.verb.is_empty() != b.verb.is_empty() && !(says_little(&a.verb) && says_little(&b.verb)) {
        found.push(Feature::OneHasVerb);
    }
}

fn compare_places(a: &Mention, b: &Mention, found: &mut Vec<Feature>) {
    if a.place.block == b.place.block {
        found.push(Feature::SameParagraph);
    } else if a.section.chapter != b.section.chapter {
        found.push(Feature::DifferentChapters);
    }
    if a.in_table != b.in_table {
        found.push(Feature::TableAndText);
    }
    let is_base = |mention: &Mention| mention.role == Role::Base;
    let to_come = |mention: &Mention| mention.planned && !mention.done && !is_base(mention);
    if to_come(a) != to_come(b) {
        found.push(Feature::PlanAgainstDone);
    }
    let looks_ahead = |mention: &Mention| mention.section.half == Half::Plan && !mention.done && !is_base(mention) && !mention.planned;
    if looks_ahead(a) != looks_ahead(b) {
        found.push(Feature::ReviewAndPlan);
    }
}

/// The features of two mentions whose digits are each other's swapped, whatever they are called: shared words must make up for the name.
pub fn features_of_swapped(draft: &Draft, frame: &Frame, a: &Mention, b: &Mention) -> Option<Vec<Feature>> {
    let is_clash = |a: Option<i64>, b: Option<i64>| a.is_some() && b.is_some() && a != b;
    let year = |mention: &Mention| mention.period.and_then(|period| period.resolved_year(frame.year));
    let is_rate = a.unit.dimension() == Dimension::Percent;
    if cannot_meet(a, b) || is_rate || is_clash(year(a), year(b)) || !roles_agree(a, b) {
        return None;
    }
    let mut found = vec![Feature::DigitsSwapped];
    if a.value.trimmed().mantissa().unsigned_abs() < 100 {
        found.push(Feature::FewDigits);
    }
    let shared = shared_words(draft, a, b);
    if shared == 0 {
        return None;
    }
    found.extend(std::iter::repeat_n(Feature::SharedWord, shared.min(5)));
    if a.place.block == b.place.block {
        found.push(Feature::SwappedInOneParagraph);
    } else if a.section.chapter != b.section.chapter {
        found.push(Feature::DifferentChapters);
    }
    Some(found)
}

/// How many pairs of neighbouring characters the surroundings of two mentions share.
fn shared_words(draft: &Draft, a: &Mention, b: &Mention) -> usize {
    let (first, second) = (surroundings(draft, a), surroundings(draft, b));
    let pairs = |text: &str| -> Vec<(char, char)> {
        let chars: Vec<char> = text.chars().collect();
        chars
            .windows(2)
            .filter(|pair| pair.iter().all(|char| is_telling(*char)))
            .map(|pair| (pair[0], pair[1]))
            .collect()
    };
    let other = pairs(&second);
    let mut own = pairs(&first);
    own.sort_unstable();
    own.dedup();
    own.iter().filter(|pair| other.contains(pair)).count()
}

/// Han characters that are no mere function words, places of the draft or numerals.
fn is_telling(char: char) -> bool {
    crate::script::is_han(char)
        && !"的了和与及在是为有达到共已等把将对从由于按以也都全市县区镇省年月日个家名人项万亿元中其各一二三四五六七八九十两新增完成建设"
            .contains(char)
}

/// The name with what governs it, or the head of a cell.
fn surroundings(draft: &Draft, mention: &Mention) -> String {
    if mention.in_table {
        return mention.name.text.clone();
    }
    let prose = draft.pieces()[mention.place.block].prose();
    let around = prose.get(mention.around.clone()).unwrap_or("");
    format!("{}\n{}\n{}", mention.owner, mention.name.text, around)
}
