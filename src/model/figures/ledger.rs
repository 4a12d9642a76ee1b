//! The ledger: every figure of a draft, mentions of one fact together.
//!
//! Facts are found by sorting and by hashing, never by setting each mention against each other one, so a draft of any length is no burden.

use rustc_hash::FxHashMap;

use super::Figures;
use super::candidates::bucket_dimension;
use super::mention::{Body, Mention};
use crate::facts::figure::period::Period;
use crate::facts::figure::role::Role;
use crate::facts::figure::unit::Dimension;
use crate::numeral::decimal::Interval;

/// All figures of a draft by what they state.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// In the order of their first mentions.
    pub facts: Vec<Fact>,
}

/// One fact, stated once or several times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Indices into [`Figures::mentions`], in the order of the text.
    pub mentions: Vec<usize>,
    /// Whether the mentions contradict each other.
    pub contradictory: bool,
}

impl Ledger {
    pub fn of(figures: &Figures) -> Ledger {
        let mentions = &figures.mentions;
        let mut sets = Sets::new(mentions.len());
        join_names(mentions, &mut sets);
        join_exact_values(mentions, &mut sets);
        for conflict in &figures.conflicts {
            conflict.others.iter().for_each(|other| sets.join(conflict.odd, *other));
        }
        let mut contradictory = vec![false; mentions.len()];
        for conflict in &figures.conflicts {
            contradictory[sets.root(conflict.odd)] = true;
        }
        let mut order: Vec<usize> = (0..mentions.len()).collect();
        order.sort_by(|a, b| mentions[*a].place.cmp(&mentions[*b].place));
        let mut facts: Vec<Fact> = Vec::new();
        let mut fact_of: FxHashMap<usize, usize> = FxHashMap::default();
        for index in order {
            let root = sets.root(index);
            let fact = *fact_of.entry(root).or_insert_with(|| {
                facts.push(Fact {
                    mentions: Vec::new(),
                    contradictory: contradictory[root],
                });
                facts.len() - 1
            });
            facts[fact].mentions.push(index);
        }
        Ledger { facts }
    }
}

/// What two mentions of one fact share besides their name and value.
#[derive(PartialEq, Eq, Hash)]
struct Kind<'a> {
    dimension: Dimension,
    is_rate: bool,
    per_area: bool,
    planned: bool,
    role: Role,
    body: Option<&'a str>,
}

impl<'a> Kind<'a> {
    fn of(mention: &'a Mention) -> Self {
        Kind {
            dimension: bucket_dimension(mention),
            is_rate: mention.unit.is_rate(),
            per_area: mention.per_area,
            planned: mention.planned,
            role: mention.role,
            body: match &mention.body {
                Body::Own => None,
                Body::Other(name) => Some(name),
            },
        }
    }
}

fn can_join(mention: &Mention) -> bool {
    mention.definite && !mention.name.text.is_empty()
}

/// Joins mentions of one name whose values may be the same: 近5万人 and 4.96万人.
fn join_names(mentions: &[Mention], sets: &mut Sets) {
    let mut by_name: FxHashMap<(Kind, &str), Vec<usize>> = FxHashMap::default();
    for (index, mention) in mentions.iter().enumerate().filter(|(_, mention)| can_join(mention)) {
        by_name.entry((Kind::of(mention), &mention.name.text)).or_default().push(index);
    }
    for mut members in by_name.into_values() {
        members.sort_by(|a, b| {
            let (a_low, b_low) = (mentions[*a].interval.low, mentions[*b].interval.low);
            a_low.compare(b_low).then(a.cmp(b))
        });
        let mut group: Vec<usize> = Vec::new();
        let mut common: Option<Interval> = None;
        for index in members {
            let interval = mentions[index].interval;
            match common.filter(|common| may_be_equal(common, &interval)) {
                Some(both) => {
                    let high = if both.high.less_than(interval.high) { both.high } else { interval.high };
                    common = Some(Interval::new(interval.low, high));
                }
                None => {
                    join_by_period(mentions, &group, sets);
                    group.clear();
                    common = Some(interval);
                }
            }
            group.push(index);
        }
        join_by_period(mentions, &group, sets);
    }
}

/// Whether two ranges of values have more in common than the border at which 12.6 ends and 12.7 begins.
fn may_be_equal(a: &Interval, b: &Interval) -> bool {
    let inside = a.low.less_than(b.high) && b.low.less_than(a.high);
    inside || a.low.same_value(b.low) && a.high.same_value(b.high)
}

/// Joins mentions of one time. Those that say no time go with the first that does.
fn join_by_period(mentions: &[Mention], group: &[usize], sets: &mut Sets) {
    let mut first_of: FxHashMap<Option<Period>, usize> = FxHashMap::default();
    for &index in group {
        let first = *first_of.entry(mentions[index].period).or_insert(index);
        sets.join(first, index);
    }
    if let Some(&timeless) = first_of.get(&None)
        && let Some(timed) = first_of.iter().filter(|(period, _)| period.is_some()).map(|(_, first)| *first).min()
    {
        sets.join(timed, timeless);
    }
}

/// Joins mentions whose names only begin or end alike, where the value has so many digits that chance is out of the question.
fn join_exact_values(mentions: &[Mention], sets: &mut Sets) {
    type Value = (i128, i32);
    type Ends = [char; 2];
    type Key<'a> = (Kind<'a>, Option<Period>, Value, Ends);
    let mut first_of: FxHashMap<Key, usize> = FxHashMap::default();
    for (index, mention) in mentions.iter().enumerate().filter(|(_, mention)| can_join(mention)) {
        if mention.value.trimmed().mantissa().unsigned_abs() < 100 {
            continue;
        }
        let value = mention.base_value().trimmed();
        let chars: Vec<char> = mention.name.text.chars().collect();
        let [first, second, ..] = chars[..] else { continue };
        let [.., last_but_one, last] = chars[..] else { continue };
        for ends in [[first, second], [last_but_one, last]] {
            let key = (Kind::of(mention), mention.period, (value.mantissa(), value.exponent()), ends);
            let known = *first_of.entry(key).or_insert(index);
            sets.join(known, index);
        }
    }
}

/// Disjoint sets of mentions; the root of each is its smallest member.
struct Sets {
    parent: Vec<usize>,
}

impl Sets {
    fn new(count: usize) -> Self {
        Sets {
            parent: (0..count).collect(),
        }
    }

    fn root(&mut self, mut member: usize) -> usize {
        while self.parent[member] != member {
            self.parent[member] = self.parent[self.parent[member]];
            member = self.parent[member];
        }
        member
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Draft;
    use crate::source::Format;

    /// The facts as written, with `!` before those that contradict themselves.
    fn facts(text: &str) -> Vec<String> {
        let draft = Draft::new(text, Format::Markdown);
        let figures = super::super::of(&draft);
        let quote = |index: &usize| draft.quote(&figures.mentions[*index].place).to_owned();
        let line = |fact: &Fact| {
            let mark = if fact.contradictory { "!" } else { "" };
            format!("{mark}{}", fact.mentions.iter().map(quote).collect::<Vec<_>>().join(" "))
        };
        Ledger::of(&figures).facts.iter().map(line).collect()
    }

    #[test]
    fn mentions_of_one_fact_stand_together() {
        let text = "全县粮食面积136.7万亩，蔬菜面积12万亩。\n\n落实粮食面积1367000亩。全县粮食面积一百三十六点七万亩。\n";
        assert_eq!(facts(text), ["136.7万亩 1367000亩 一百三十六点七万亩", "12万亩"]);
    }

    #[test]
    fn approximate_values_go_with_exact_ones() {
        assert_eq!(
            facts("接待游客4.96万人次。\n\n全年接待游客近5万人次。\n\n接待游客6.2万人次。\n\n接待游客6.3万人次。\n"),
            ["4.96万人次 5万人次", "6.2万人次", "6.3万人次"]
        );
    }

    #[test]
    fn another_time_is_another_fact() {
        let text = "2023年新增就业3200人。\n\n2024年新增就业3200人。\n\n计划新增就业3200人。\n";
        assert_eq!(facts(text), ["3200人", "3200人", "3200人"]);
    }

    #[test]
    fn contradictory_mentions_are_one_fact() {
        let text = "## 一、基本情况\n\n学校现有48个教学班，学生2364人。\n\n## 二、主要工作\n\n组织学生参观，46个教学班全部完成班级文化建设。\n";
        assert_eq!(facts(text), ["!48个 46个", "2364人"]);
    }

    #[test]
    fn many_mentions_of_one_name_are_no_burden() {
        let text: String = (0..20_000).map(|number| format!("建设项目{}个。", 10 + number % 9000)).collect();
        assert_eq!(facts(&text).len(), 9000);
    }
}
