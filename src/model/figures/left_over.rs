//! What is said to be left, against the whole and the part that was done elsewhere: 积案36件，化解33件, and 剩余的5件积案.

use rustc_hash::FxHashMap;

use crate::draft::Draft;
use crate::facts::figure::exactness::Exactness;
use crate::facts::figure::keyword::{self, Pair};
use crate::facts::figure::role::Role;
use crate::facts::figure::unit::Dimension;
use crate::numeral::decimal::{Decimal, Interval};

use super::candidates;
use super::mention::{Body, Frame, Mention};
use super::naming::{self, Likeness};
use super::time;

/// A figure for what is left that is not what the whole and the part leave. The figures are indices into the mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOver {
    pub rest: usize,
    pub whole: usize,
    pub done: usize,
    /// What is left, in the unit of the rest and with its multiplier worked in.
    pub expected: Decimal,
}

/// A whole and the part of it that was done, told in one sentence.
struct Balance {
    whole: usize,
    done: usize,
    /// In the smallest unit.
    left: Decimal,
}

/// A name that more balances have says too little of each.
const MOST_OF_A_NAME: usize = 16;

pub fn find(draft: &Draft, frame: &Frame, mentions: &[Mention]) -> Vec<LeftOver> {
    let rests: Vec<usize> = (0..mentions.len()).filter(|index| is_rest(&mentions[*index])).collect();
    if rests.is_empty() {
        return Vec::new();
    }
    let balances = balances(draft, mentions);
    let mut by_name: FxHashMap<Pair, Vec<usize>> = FxHashMap::default();
    for (index, balance) in balances.iter().enumerate() {
        for pair in keyword::pairs_of(&mentions[balance.whole].name.text) {
            by_name.entry(pair).or_default().push(index);
        }
    }
    rests
        .into_iter()
        .filter(|rest| !is_of_earlier(draft, &mentions[*rest]))
        .filter_map(|rest| wrong(frame, mentions, rest, &balances, &by_name))
        .collect()
}

/// Whether a figure tells what is left or not done yet.
fn is_rest(mention: &Mention) -> bool {
    let is_level = matches!(mention.role, Role::Level | Role::Part);
    (mention.remains || !mention.not_yet.is_empty()) && is_level && !mention.in_table && is_exact(mention)
}

/// 上一轮巡察尚未整改到位的5个问题: of another time than what was done now.
fn is_of_earlier(draft: &Draft, rest: &Mention) -> bool {
    let prose = draft.pieces()[rest.place.block].prose();
    let lead = prose.get(rest.around.start..rest.place.start).unwrap_or("");
    ["上一轮", "上轮", "上次", "上一次", "上年", "去年", "往年", "历年", "此前"]
        .iter()
        .any(|word| lead.contains(word))
}

fn is_exact(mention: &Mention) -> bool {
    candidates::can_conflict(mention) && mention.exactness == Exactness::Exact && mention.unit.dimension() != Dimension::Percent
}

fn balances(draft: &Draft, mentions: &[Mention]) -> Vec<Balance> {
    /// How many figures after the whole are looked through for the part.
    const REACH: usize = 2;
    let mut found = Vec::new();
    for (whole, first) in mentions.iter().enumerate() {
        let nearby = mentions.iter().enumerate().skip(whole + 1).take(REACH);
        found.extend(nearby.filter_map(|(done, second)| {
            let left = what_is_left(draft, mentions, (first, second), done)?;
            Some(Balance { whole, done, left })
        }));
    }
    found
}

/// The difference of a whole and what was done of it. A rate that stands next to the part and is that of the two says that they are such;
/// otherwise the words between must.
fn what_is_left(draft: &Draft, mentions: &[Mention], (whole, done): (&Mention, &Mention), at: usize) -> Option<Decimal> {
    let in_one_sentence = |other: &Mention| !other.in_table && other.place.block == whole.place.block && other.sentence == whole.sentence;
    let is_level = |mention: &Mention| matches!(mention.role, Role::Level | Role::Part) && is_exact(mention);
    let are_of_one = in_one_sentence(done) && !whole.in_table && whole.is_comparable(done) && is_level(whole) && is_level(done);
    let is_open = done.remains || !done.not_yet.is_empty() || done.planned || whole.remains || !whole.not_yet.is_empty();
    if !are_of_one || is_open || !done.base_value().less_than(whole.base_value()) {
        return None;
    }
    let rate = mentions
        .get(at + 1)
        .filter(|rate| in_one_sentence(rate) && rate.unit.dimension() == Dimension::Percent && rate.role != Role::Change);
    let exactly = |mention: &Mention| Interval::exactly(mention.base_value());
    let is_confirmed = match rate {
        Some(rate) => {
            let stated = Interval::new(rate.interval.low.shift(-2), rate.interval.high.shift(-2));
            stated.holds_ratio(&exactly(done), &exactly(whole)) == Some(true)
        }
        None => {
            let prose = draft.pieces()[whole.place.block].prose();
            let between = prose.get(whole.place.end..done.place.start)?;
            ["已", "完成", "化解", "办结", "整改", "收回"].iter().any(|word| between.contains(word)) && !between.contains("其中")
        }
    };
    is_confirmed.then(|| whole.base_value().minus(done.base_value())).flatten()
}

/// The rest, if balances of the same matter leave another value, and all of them the same.
fn wrong(frame: &Frame, mentions: &[Mention], rest: usize, balances: &[Balance], by_name: &FxHashMap<Pair, Vec<usize>>) -> Option<LeftOver> {
    let this = &mentions[rest];
    if has_whole_beside(mentions, rest) {
        return None;
    }
    let mut met: Vec<usize> = keyword::pairs_of(&this.name.text)
        .filter_map(|pair| by_name.get(&pair))
        .filter(|same| same.len() <= MOST_OF_A_NAME)
        .flatten()
        .copied()
        .collect();
    met.sort_unstable();
    met.dedup();
    let mut of_it = met
        .into_iter()
        .map(|index| &balances[index])
        .filter(|balance| are_of_one_matter(frame, mentions, rest, balance));
    let balance = of_it.next()?;
    let is_settled = of_it.all(|other| other.left.same_value(balance.left));
    let left = balance.left;
    // What is several times as much is of something else.
    let double = |value: Decimal| value.times(Decimal::from(2)).unwrap_or(value);
    let is_near = !double(left).less_than(this.base_value()) && !double(this.base_value()).less_than(left);
    if !is_settled || !is_near || this.interval.overlaps(&Interval::rounded(left)) {
        return None;
    }
    let finest = this.value.exponent().min(mentions[balance.done].value.exponent());
    Some(LeftOver {
        rest,
        whole: balance.whole,
        done: balance.done,
        expected: left.over(this.unit.factor(), finest)?,
    })
}

/// Whether the sentence of a rest tells a whole of its own.
fn has_whole_beside(mentions: &[Mention], rest: usize) -> bool {
    const REACH: usize = 4;
    let this = &mentions[rest];
    let around = rest.saturating_sub(REACH)..(rest + REACH + 1).min(mentions.len());
    around.filter(|index| *index != rest).map(|index| &mentions[index]).any(|other| {
        let in_one_sentence = !other.in_table && other.place.block == this.place.block && other.sentence == this.sentence;
        in_one_sentence && other.is_comparable(this) && this.base_value().less_than(other.base_value())
    })
}

fn are_of_one_matter(frame: &Frame, mentions: &[Mention], rest: usize, balance: &Balance) -> bool {
    let (this, whole, done) = (&mentions[rest], &mentions[balance.whole], &mentions[balance.done]);
    let is_elsewhere = this.place.block != whole.place.block || this.sentence != whole.sentence;
    let is_of_one_body = this.body == whole.body || matches!((&this.body, &whole.body), (Body::Own, _) | (_, Body::Own));
    is_elsewhere && is_of_one_body && this.is_comparable(whole) && !time::is_other(frame, this, whole) && names_fit(this, whole, done)
}

/// Where the part is what was done of what the rest is not done of, less of a name will do.
fn names_fit(rest: &Mention, whole: &Mention, done: &Mention) -> bool {
    let overlaps = |one: &str, other: &str| !one.is_empty() && other.contains(one);
    let is_same_act = overlaps(&rest.not_yet, &done.verb) || overlaps(&done.verb, &rest.not_yet);
    if !rest.remains && !is_same_act {
        return false;
    }
    match naming::likeness(rest, whole) {
        Some((Likeness::Modified(modifier), _)) => !naming::makes_subset(modifier),
        Some((Likeness::Overlapping, shared)) => is_same_act || shared.chars().nth(2).is_some(),
        likeness => likeness.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use crate::draft::Draft;
    use crate::source::Format;

    fn left(text: &str) -> Vec<String> {
        let draft = Draft::new(text, Format::Plain);
        let figures = super::super::of(&draft);
        let shown = |found: &super::LeftOver| {
            let quote = |index: usize| draft.quote(&figures.mentions[index].place);
            format!("{}－{}≠{}", quote(found.whole), quote(found.done), quote(found.rest))
        };
        figures.left_over.iter().map(shown).collect()
    }

    #[test]
    fn what_is_left_must_be_what_the_whole_and_the_part_leave() {
        for (text, found) in [
            (
                "一、成效\n排查历史积案36件，化解33件，化解率91.7%。\n二、不足\n剩余5件积案时间跨度长。\n",
                "36件－33件≠5件",
            ),
            (
                "一、成效\n清理拖欠租金213.6万元，通过催收收回171.2万元，收回率80.1%。\n二、不足\n尚未收回的44.2万元租金难以追缴。\n",
                "213.6万元－171.2万元≠44.2万元",
            ),
            (
                "一、情况\n全县268个行政村中，开展垃圾分类的达到218个，占81.3%。\n二、问题\n还有60个行政村尚未开展垃圾分类。\n",
                "268个－218个≠60个",
            ),
        ] {
            assert_eq!(left(text), [found], "{text}");
        }
    }

    #[test]
    fn what_adds_up_or_is_of_something_else_is_left_alone() {
        for text in [
            "一、成效\n排查历史积案36件，化解33件，化解率91.7%。\n二、不足\n剩余3件积案时间跨度长。\n",
            "一、成效\n排查历史积案36件，化解33件，化解率91.7%。\n二、不足\n剩余5件议案时间跨度长。\n",
            "一、成效\n排查历史积案36件，化解33件，化解率91.7%。\n二、不足\n受理积案12件，化解7件，剩余5件积案时间跨度长。\n",
            "一、情况\n全县268个行政村中，开展垃圾分类的达到218个，占81.3%。\n二、问题\n还有60个行政村尚未通公交。\n",
            "一、成效\n反馈问题38个，已整改35个。\n二、其他\n对上一轮尚未整改到位的5个问题逐个销号。\n",
            "一、情况\n实施项目36个，其中在建33个。\n二、问题\n还有5个项目未开工。\n",
        ] {
            assert_eq!(left(text), Vec::<String>::new(), "{text}");
        }
    }
}
