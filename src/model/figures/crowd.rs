//! How many facts a name states, and whether two mentions stand in parallel rows.
//!
//! “投入资金126万元” in the passage on each of twenty villages is twenty facts. Among so many values some have swapped digits or one digit off by
//! chance, so that the likeness of two of them tells nothing.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::facts::figure::unit::Dimension;
use crate::numeral::decimal::Decimal;
use crate::numeral::slip::{self, Slip};

use super::candidates;
use super::closeness::digits;
use super::mention::Mention;

/// The mentions that share a name and a dimension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Crowd {
    pub mentions: usize,
    /// Different values among them.
    pub values: usize,
}

/// From here on, a name whose values are hardly ever said twice is the head of a column, told in words.
const COLUMN: usize = 5;

impl Crowd {
    /// Whether each value is of a fact of its own: many values, at most one in five said again.
    pub fn is_column(self) -> bool {
        self.values >= COLUMN && self.mentions * 5 <= self.values * 6
    }

    /// How many pairs among its values, besides the one that is asked about, are expected to be this much alike by chance, for values of so many
    /// digits.
    fn expected_pairs(self, slip: Slip, digits: usize) -> f64 {
        let pairs = (self.values * self.values.saturating_sub(1) / 2).saturating_sub(1) as f64;
        let numbers = 9.0 * 10f64.powi(digits.saturating_sub(1).min(12) as i32);
        let alike = match slip {
            Slip::Swapped => digits.saturating_sub(1),
            Slip::Shuffled => 6,
            Slip::OneDigit | Slip::Dropped => 9 * digits,
            Slip::Magnitude => 1,
        };
        pairs * alike as f64 / numbers
    }
}

/// The crowd of each mention.
pub fn read(mentions: &[Mention]) -> Vec<Crowd> {
    type Values = FxHashSet<(i128, i32)>;
    let mut by_name: FxHashMap<(Dimension, &str, &str), (usize, Values)> = FxHashMap::default();
    let key = |mention: &'_ Mention| candidates::bucket_dimension(mention);
    for mention in mentions
        .iter()
        .filter(|mention| !mention.name.text.is_empty() && candidates::can_conflict(mention))
    {
        let value = mention.base_value().trimmed();
        let (count, values) = by_name
            .entry((key(mention), mention.name.text.as_str(), mention.not_yet.as_str()))
            .or_default();
        *count += 1;
        values.insert((value.mantissa(), value.exponent()));
    }
    let crowd = |mention: &Mention| {
        let (mentions, values) = by_name.get(&(key(mention), mention.name.text.as_str(), mention.not_yet.as_str()))?;
        Some(Crowd {
            mentions: *mentions,
            values: values.len(),
        })
    };
    mentions.iter().map(|mention| crowd(mention).unwrap_or_default()).collect()
}

/// How little the likeness of two values tells among the values of their name: 0 for much, one more for each threefold of the chance.
pub fn chance(crowd: Crowd, a: &Mention, b: &Mention) -> usize {
    let Some(slip) = slip::between(a.value, b.value) else { return 0 };
    let expected = crowd.expected_pairs(slip, digits(a).max(digits(b)));
    [0.03, 0.1, 0.3, 1.0].iter().filter(|limit| expected >= **limit).count()
}

/// How many values of so many digits are told in units of one kind.
pub struct UnitCrowds(FxHashMap<(Dimension, usize), Crowd>);

impl UnitCrowds {
    pub fn read(mentions: &[Mention]) -> Self {
        let mut values: FxHashMap<(Dimension, usize), FxHashSet<i128>> = FxHashMap::default();
        for mention in mentions.iter().filter(|mention| candidates::can_conflict(mention)) {
            let key = (candidates::bucket_dimension(mention), digits(mention));
            values.entry(key).or_default().insert(mention.value.trimmed().mantissa());
        }
        let crowd = |values: FxHashSet<i128>| Crowd {
            mentions: values.len(),
            values: values.len(),
        };
        UnitCrowds(values.into_iter().map(|(key, values)| (key, crowd(values))).collect())
    }

    /// How little the likeness of two values tells among all values of their kind; as [`chance`].
    pub fn chance(&self, a: &Mention, b: &Mention) -> usize {
        let key = (candidates::bucket_dimension(a), digits(a).max(digits(b)));
        self.0.get(&key).map_or(0, |crowd| chance(*crowd, a, b))
    }
}

/// How many values each counter is used for: 支 for hardly anything but teams.
pub struct Counters(FxHashMap<&'static str, Vec<Decimal>>);

/// A counter of more values than this says nothing of what is counted.
const RARE_COUNTER: usize = 3;
/// Counters that go with anything.
const COMMON_COUNTERS: &[&str] = &["个", "家", "项", "次", "件", "处"];

impl Counters {
    pub fn read(mentions: &[Mention]) -> Self {
        let mut counters: FxHashMap<&'static str, Vec<Decimal>> = FxHashMap::default();
        for mention in mentions.iter().filter(|mention| candidates::can_conflict(mention)) {
            let Dimension::Count(counter) = mention.unit.dimension() else { continue };
            let values = counters.entry(counter).or_default();
            let value = mention.base_value().trimmed();
            if values.len() <= RARE_COUNTER && !values.contains(&value) {
                values.push(value);
            }
        }
        Counters(counters)
    }

    /// Whether two mentions are counted with a counter that hardly any other value of the draft has.
    pub fn is_shared_by_few(&self, a: &Mention, b: &Mention) -> bool {
        let (Dimension::Count(first), Dimension::Count(second)) = (a.unit.dimension(), b.unit.dimension()) else {
            return false;
        };
        let values = self.0.get(first).map_or(0, Vec::len);
        first == second && !COMMON_COUNTERS.contains(&first) && values <= RARE_COUNTER
    }
}

/// Whether the figures around two mentions have the same names too, and whether their values agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Neighbours {
    pub same: usize,
    pub other: usize,
}

/// Compares the two figures before and the two after; figures that agree may stand in another order.
pub fn neighbours(mentions: &[Mention], a: usize, b: usize) -> Neighbours {
    let mut found = Neighbours::default();
    for step in STEPS {
        let (Some(first), Some(second)) = (neighbour(mentions, a, step), neighbour(mentions, b, step)) else {
            continue;
        };
        if are_of_one_name(first, second) && !first.interval.overlaps(&second.interval) {
            found.other += 1;
        }
    }
    found.same = STEPS
        .iter()
        .filter_map(|step| neighbour(mentions, a, *step))
        .filter(|first| {
            let mut others = STEPS.iter().filter_map(|step| neighbour(mentions, b, *step));
            others.any(|second| first.interval.overlaps(&second.interval) && are_of_one_name(first, second))
        })
        .count();
    found
}

const STEPS: [isize; 4] = [-2, -1, 1, 2];

fn neighbour(mentions: &[Mention], of: usize, step: isize) -> Option<&Mention> {
    let neighbour = mentions.get(of.checked_add_signed(step)?)?;
    let stays = neighbour.place.block == mentions[of].place.block && !neighbour.in_table;
    stays.then_some(neighbour)
}

fn are_of_one_name(a: &Mention, b: &Mention) -> bool {
    !a.name.text.is_empty() && a.name.text == b.name.text && a.is_comparable(b)
}

#[cfg(test)]
mod tests {
    use crate::draft::Draft;
    use crate::source::Format;

    fn conflicts(text: &str) -> usize {
        super::super::of(&Draft::new(text, Format::Plain)).conflicts.len()
    }

    #[test]
    fn likeness_tells_nothing_among_many_values() {
        let lines: String = (100..260)
            .step_by(7)
            .map(|value| format!("完成小麦浇灌{}.{}万亩。\n", value / 10, value % 10))
            .collect();
        assert_eq!(conflicts(&lines), 0);
    }

    #[test]
    fn rows_of_one_kind_are_of_different_things() {
        let text = "一、东岭村\n新建道路12.6公里，改造户厕315户，安装路灯86盏。\n二、桃溪村\n新建道路16.2公里，改造户厕351户，安装路灯68盏。\n";
        assert_eq!(conflicts(text), 0);
    }

    #[test]
    fn a_swapped_figure_that_is_told_again_is_still_found() {
        let text = "一、成效\n全镇新建道路12.6公里，改造户厕315户，安装路灯86盏。\n二、问题\n新建道路16.2公里只完成路基，管护资金不足。\n";
        assert_eq!(conflicts(text), 1);
    }
}
