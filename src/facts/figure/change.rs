//! Amounts of change and multiples beside the figures they follow from: 由420张增加到560张，净增140张; 是上年的3倍.

use crate::numeral::decimal::{Decimal, Interval};

use super::Figure;
use super::exactness::Exactness;
use super::growth::{FALLS, Growth, RISES, direction, is_change_word, runs_to};
use super::role::Role;
use super::unit::Dimension;

/// Words for a difference that tell no change: 比去年多34人.
const MORE_OR_LESS: &[&str] = &["多", "少", "高", "低", "增", "减", "多出", "高出"];

/// Words for what went before.
pub(super) const FORMER: &[&str] = &[
    "去年同期",
    "上年同期",
    "去年",
    "上年",
    "前年",
    "上届",
    "上次",
    "上期",
    "上月",
    "上学年",
    "上一年",
];

/// The amount of change or the multiple at a figure, where it does not follow from the figures before it.
pub fn read(prose: &str, figures: &[Figure], index: usize) -> Option<Growth> {
    after_a_rate(prose, figures, index).or_else(|| beside(prose, figures, index))
}

/// 由5840元下降到5420元，下降7.2%，每人次少花420元: a rate stands between the two figures and their difference.
fn after_a_rate(prose: &str, figures: &[Figure], index: usize) -> Option<Growth> {
    let (first, last, rate) = (index.checked_sub(3)?, index.checked_sub(2)?, index.checked_sub(1)?);
    let (from, to, stated) = (&figures[first], &figures[last], &figures[index]);
    let is_told = [from, to, stated]
        .iter()
        .all(|figure| figure.sentence == from.sentence && figure.exactness == Exactness::Exact && figure.upper.is_none());
    let lead = &prose[from.clause.start..from.range.start];
    let is_run = lead.contains(['由', '从']) && runs_to(&prose[from.range.end..to.range.start]);
    let is_rate = figures[rate].unit.dimension() == Dimension::Percent && direction(&prose[to.range.end..figures[rate].range.start]).is_some();
    let tail = prose[figures[rate].range.end..stated.range.start].trim_start_matches(['，', ',']);
    let is_difference = tail.chars().count() <= 10 && SPARED.iter().any(|word| tail.trim_end_matches('了').ends_with(word));
    (is_told && is_run && is_rate && is_difference && from.unit.is_comparable(&to.unit)).then(|| difference(prose, figures, index, first, last))?
}

/// Words for what is spent or got less or more than before.
const SPARED: &[&str] = &[
    "少花",
    "少支出",
    "少付",
    "少缴",
    "节省",
    "节约",
    "减少",
    "降低",
    "下降",
    "增加",
    "提高",
    "多收",
    "增收",
    "减负",
    "减轻负担",
];

fn beside(prose: &str, figures: &[Figure], index: usize) -> Option<Growth> {
    let (first, last) = (index.checked_sub(2)?, index.checked_sub(1)?);
    let exact = |figure: &Figure| figure.exactness == Exactness::Exact && figure.upper.is_none();
    let (one, other, stated) = (&figures[first], &figures[last], &figures[index]);
    if one.sentence != stated.sentence || !one.unit.is_comparable(&other.unit) || ![one, other, stated].into_iter().all(exact) {
        return None;
    }
    if stated.unit.dimension() == Dimension::Multiple {
        return multiple(prose, figures, index);
    }
    let (earlier, later) = ends(prose, figures, index)?;
    difference(prose, figures, index, earlier, later)
}

/// Which of the two figures before a stated change is the earlier one and which the later.
fn ends(prose: &str, figures: &[Figure], index: usize) -> Option<(usize, usize)> {
    let (first, last) = (index - 2, index - 1);
    let (one, other) = (&figures[first], &figures[last]);
    let between = &prose[one.range.end..other.range.start];
    let lead = &prose[one.clause.start..one.range.start];
    let tail = &prose[other.range.end..figures[index].range.start];
    // 由52.6天缩短到41.3天，缩短11.3天; 由51.2%提高到58.6%，提高7.4个百分点
    if runs_to(between) && lead.contains(['由', '从']) && direction(tail).is_some() {
        return Some((first, last));
    }
    let own = between.trim_start_matches(['，', ',', '（', '(']);
    // 128人，较去年的96人增加32人
    let is_level = matches!(one.role, Role::Level | Role::Part) && !is_of_another(figures, index);
    let compared = is_level && own.starts_with(['比', '较']) && own.chars().count() <= 14 && !is_change_word(own) && !own.contains(['，', ',']);
    if compared && tells_difference(tail) {
        return Some((last, first));
    }
    // 486人，去年录取452人，比去年多34人
    let tail = tail.trim_start_matches(['，', ',']);
    let again = ["比去年", "比上年", "较去年", "较上年", "同比", "比上届"]
        .iter()
        .find_map(|word| tail.strip_prefix(word));
    // 满意率为96.8%，去年为95.2%，提高1.6个百分点
    let in_points = figures[index].unit.dimension() == Dimension::Points && direction(tail).is_some();
    (is_former(prose, one, own) && (in_points || again.is_some_and(tells_difference))).then_some((last, first))
}

/// 水位46.8米，超警戒1.3米，比历史最高47.9米低1.1米: what is compared stands before the figure next to the comparison.
fn is_of_another(figures: &[Figure], index: usize) -> bool {
    let (base, stated) = (&figures[index - 1], &figures[index]);
    let others = figures[..index - 2]
        .iter()
        .rev()
        .take(6)
        .filter(|figure| figure.sentence == stated.sentence);
    others.filter(|figure| figure.unit.is_comparable(&base.unit)).any(|figure| {
        let difference = figure.base_value().minus(base.base_value()).map(Decimal::abs);
        difference.is_some_and(|difference| difference.same_value(stated.base_value()))
    })
}

/// 增加, 多, 净增了: nothing but a word for more or less.
fn tells_difference(tail: &str) -> bool {
    let bare = tail.trim_end_matches(['了', '出']);
    RISES.iter().chain(FALLS).chain(MORE_OR_LESS).any(|word| *word == bare)
}

/// 去年同期为, 2022年为: the words before a figure say that it is the earlier value of what stands before them.
pub fn is_former(prose: &str, later: &Figure, own: &str) -> bool {
    let rest = FORMER.iter().find_map(|word| own.strip_prefix(word)).or_else(|| {
        let year: u32 = own.get(..4)?.parse().ok()?;
        let of_later = &prose[later.sentence.start..later.range.start];
        // The year before must be named beside the later value.
        of_later.contains(&format!("{}年", year + 1)).then(|| own[4..].strip_prefix('年'))?
    });
    rest.is_some_and(|rest| rest.chars().count() <= 6 && !is_change_word(rest) && !rest.contains(['，', ',', '比', '较', '由', '从']))
}

fn difference(prose: &str, figures: &[Figure], index: usize, earlier: usize, later: usize) -> Option<Growth> {
    let (from, to, stated) = (&figures[earlier], &figures[later], &figures[index]);
    let points = from.unit.dimension() == Dimension::Percent && stated.unit.dimension() == Dimension::Points;
    let amounts = from.unit.dimension() != Dimension::Percent && to.unit.is_comparable(&stated.unit);
    if !(points || amounts) {
        return None;
    }
    let change = to.base_value().minus(from.base_value())?.abs();
    let finest = from.value.exponent().min(to.value.exponent());
    let (small, large) = if from.base_value().less_than(to.base_value()) {
        (from, to)
    } else {
        (to, from)
    };
    if large.interval().minus(&small.interval())?.overlaps(&stated.interval()) {
        return None;
    }
    let quote = |figure: &Figure| &prose[figure.range.clone()];
    Some(Growth {
        rate: index,
        sources: vec![earlier.min(later), earlier.max(later)],
        expected: change.over(stated.unit.factor(), finest)?.shift(-stated.multiplier),
        working: format!("{}－{}", quote(large), quote(small)),
        reversed: false,
        wrong_base: false,
    })
}

/// 36万吨，是2018年12万吨的3倍.
fn multiple(prose: &str, figures: &[Figure], index: usize) -> Option<Growth> {
    let (whole, base, stated) = (&figures[index - 2], &figures[index - 1], &figures[index]);
    let own = prose[whole.range.end..base.range.start].trim_start_matches(['，', ',', '（', '(']);
    let is_of = ["是", "为", "相当于", "达到"].iter().any(|word| own.starts_with(word)) && own.chars().count() <= 12;
    if !is_of || &prose[base.range.end..stated.range.start] != "的" {
        return None;
    }
    // 2.9 times may be cut off to two as well as rounded to three; but what is three times as much is not twice.
    let nearly_one_more = stated.value.plus(Decimal::new(99, stated.value.exponent() - 2))?;
    let cut_off = Interval::new(stated.value, nearly_one_more);
    let is_right = Interval::rounded(stated.value).holds_ratio(&whole.interval(), &base.interval())?
        || cut_off.holds_ratio(&Interval::exactly(whole.base_value()), &Interval::exactly(base.base_value()))?;
    if is_right {
        return None;
    }
    let quote = |figure: &Figure| &prose[figure.range.clone()];
    Some(Growth {
        rate: index,
        sources: vec![index - 2, index - 1],
        expected: whole
            .base_value()
            .over(base.base_value(), stated.value.exponent().min(-1))?
            .trimmed_to_whole(),
        working: format!("{}÷{}", quote(whole), quote(base)),
        reversed: false,
        wrong_base: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::glance::Glance;
    use crate::facts::{date, figure};

    fn wrong(prose: &str) -> Vec<String> {
        let figures = figure::read(&Glance::at(prose), &date::read(&Glance::at(prose)));
        let found = (0..figures.len()).filter_map(|index| read(prose, &figures, index));
        found.map(|growth| growth.expected.to_string()).collect()
    }

    #[test]
    fn changes_that_do_not_follow() {
        for (prose, expected) in [
            ("审理天数由52.6天缩短到41.3天，缩短12.3天。", "11.3"),
            ("占比由51.2%提高到58.6%，提高6.4个百分点。", "7.4"),
            ("招聘教师128人，较去年的96人增加42人。", "32"),
            ("今年录取486人，去年录取452人，比去年多44人。", "34"),
            ("满意率为96.8%，去年为95.2%，提高2.6个百分点。", "1.6"),
            ("效率只有51.6%，比规范要求的65%低14.4个百分点。", "13.4"),
            ("床位由420张增加到560张，净增150张。", "140"),
            ("产能达到36万吨，是2018年12万吨的4倍。", "3"),
            ("零售额达到9.6亿元，是2020年3.2亿元的2倍。", "3"),
            ("均次费用由5840元下降到5420元，下降7.2%，每人次平均少花480元。", "420"),
        ] {
            assert_eq!(wrong(prose), vec![expected.to_owned()], "{prose}");
        }
    }

    #[test]
    fn changes_that_do_or_are_none() {
        for prose in [
            "占比由51.2%提高到58.6%，提高7.4个百分点。",
            "能力由5万吨提升到8万吨，提高3万吨。",
            "满意率为96.8%，去年为95.2%，提高1.6个百分点。",
            "招聘教师128人，较去年的96人增加32人。",
            "比去年的96人增加32人，其中女性18人。",
            "产能达到36万吨，是2018年12.5万吨的2倍。",
            "今年录取486人，去年录取452人，流失34人。",
            "洪峰水位46.83米，超警戒水位1.33米，比1998年的最高水位47.92米低1.09米。",
        ] {
            assert_eq!(wrong(prose), Vec::<String>::new(), "{prose}");
        }
    }
}
