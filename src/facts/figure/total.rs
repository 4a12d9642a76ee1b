//! Wholes and their parts in running text: 共34家，其中A3家、B18家，其余13家; A20吨、B30吨，两项合计50吨.

use std::ops::Range;

use crate::numeral::decimal::Decimal;
use crate::numeral::{parse_han, slip};

use super::Figure;
use super::exactness::Exactness;
use super::role::Role;
use super::unit::Dimension;

/// A whole that its parts do not make up.
#[derive(Debug, Clone, PartialEq)]
pub struct Total {
    /// Which figure of the block is the whole.
    pub whole: usize,
    pub parts: Vec<usize>,
    /// What the parts come to, in the unit of the whole.
    pub sum: Decimal,
    /// The parts are said to be all there are: 其余, 两项合计.
    pub exhaustive: bool,
}

/// Words that say that the parts before it with this one are all.
const REST: &[&str] = &["其余", "余下", "剩余", "剩下", "另外", "其它", "其他"];

/// What makes a listing no plain sum: 各3家, 分别为, an overlap.
const MULTIPLIERS: &[&str] = &[
    "各", "每", "均", "分别", "同时", "既", "重复", "交叉", "人均", "平均", "累计", "净增", "比",
];

/// All wholes of a block that their parts do not make up.
pub fn read(prose: &str, figures: &[Figure]) -> Vec<Total> {
    let mut totals = Vec::new();
    for whole in 0..figures.len() {
        if !can_be_added(&figures[whole]) {
            continue;
        }
        let total = listed_after(prose, figures, whole).or_else(|| summed_up(prose, figures, whole));
        totals.extend(total);
    }
    totals
}

fn can_be_added(figure: &Figure) -> bool {
    figure.exactness == Exactness::Exact
        && figure.upper.is_none()
        && !figure.unit.is_rate()
        && !matches!(
            figure.role,
            Role::Change | Role::Comparison | Role::Base | Role::Average | Role::Rank | Role::Share
        )
        && !matches!(
            figure.unit.dimension(),
            Dimension::Percent | Dimension::Points | Dimension::Multiple | Dimension::Score | Dimension::Years | Dimension::Days | Dimension::Months
        )
}

/// 共34家，其中……: the parts follow the whole.
fn listed_after(prose: &str, figures: &[Figure], whole: usize) -> Option<Total> {
    let total = &figures[whole];
    let next = figures.get(whole + 1).filter(|next| next.sentence == total.sentence)?;
    let lead = &prose[total.range.end..next.range.start];
    // 30项指标中，25项……、4项……、2项……
    let among = lead.trim_end_matches(['，', ',']).ends_with('中');
    let announced = lead.contains("其中") || lead.ends_with("包括") || lead.contains("分为") || among;
    let mut parts = Vec::new();
    let mut at = total.range.end;
    let mut rest = false;
    let mut remainder = false;
    for (index, figure) in figures.iter().enumerate().skip(whole + 1) {
        if figure.sentence != total.sentence || !can_be_added_to(figure, total) {
            if figure.sentence != total.sentence {
                break;
            }
            at = figure.range.end;
            continue;
        }
        let between = &prose[at..figure.range.start];
        let before = &prose[figure.clause.start.max(at)..figure.range.start];
        if between.contains(['；', ';']) && (rest || parts.len() > 1) || !parts.is_empty() && between.contains("其中") {
            break;
        }
        if MULTIPLIERS.iter().any(|word| before.contains(word)) || is_whole_again(figure, before) {
            return None;
        }
        parts.push(index);
        at = figure.range.end;
        if adds_up(figures, &parts, total) {
            return None;
        }
        if REST.iter().any(|word| before.contains(word)) || REST.iter().any(|word| between.ends_with(word)) {
            rest = true;
            // 其他 may begin any list; 其余 and 剩余 go back to a whole even where no 其中 announced the parts.
            remainder = ["其余", "余下", "剩余", "剩下"]
                .iter()
                .any(|word| before.contains(word) || between.ends_with(word));
            break;
        }
    }
    // 41项任务已完成27项，正在推进12项，尚未启动3项: what is done and what is not are all.
    let lead_of_last = parts
        .last()
        .map_or("", |part| &prose[figures[*part].clause.start..figures[*part].range.start]);
    let done_or_not = parts.len() >= 2 && lead.contains('已') && lead_of_last.contains('未');
    let announced = announced || done_or_not;
    let rest = rest || done_or_not;
    let goes_back = remainder && parts.len() == 2 && total.role != Role::Part;
    if parts.len() < 2 || !announced && !goes_back {
        return None;
    }
    report(figures, whole, parts, rest)
}

/// Parts are counted in the unit of the whole, and none is larger than it.
fn can_be_added_to(figure: &Figure, total: &Figure) -> bool {
    can_be_added(figure) && figure.unit.is_comparable(&total.unit) && figure.base_value().at_most(total.base_value())
}

fn is_whole_again(figure: &Figure, before: &str) -> bool {
    figure.subject.whole && ["共", "合计", "总计", "共计"].iter().any(|word| before.ends_with(word))
}

/// 三项合计50吨: the parts go before the whole.
fn summed_up(prose: &str, figures: &[Figure], whole: usize) -> Option<Total> {
    let total = &figures[whole];
    let lead = &prose[total.clause.start..total.range.start];
    let at = ["合计", "共计", "总计", "相加"].iter().filter_map(|word| lead.rfind(word)).max()?;
    // 合计获得授权专利15项: a few words may stand between, but no other figure.
    let words = &lead[..at];
    if lead[at..].chars().count() > 10 || lead[at..].contains("其中") {
        return None;
    }
    let count = announced_count(words);
    let same: Vec<usize> = (0..whole)
        .rev()
        .take_while(|index| in_reach(prose, &figures[*index], total, count.is_some()))
        .filter(|index| can_be_added_to(&figures[*index], total))
        .take(24)
        .collect();
    let adds_up_to_some = (2..=same.len()).any(|count| adds_up(figures, &same[..count], total));
    if adds_up_to_some || any_subset_adds_up(figures, &same, total, count) {
        return None;
    }
    let exhaustive = count == Some(same.len());
    if same.len() < 2 || count.is_some() && !exhaustive {
        return None;
    }
    let parts: Vec<usize> = same.into_iter().rev().collect();
    if parts
        .iter()
        .any(|part| MULTIPLIERS.iter().any(|word| prose[figures[*part].clause.clone()].contains(word)))
    {
        return None;
    }
    report(figures, whole, parts, exhaustive)
}

/// A sum without a number of items belongs to its sentence; 三项合计 may look further back.
fn in_reach(prose: &str, figure: &Figure, total: &Figure, counted: bool) -> bool {
    if !counted {
        return figure.sentence == total.sentence;
    }
    let between = prose.get(figure.range.end..total.range.start).unwrap_or("");
    between.len() <= 600 && between.matches('。').count() <= 1
}

/// The 三 of 三项.
fn announced_count(words: &str) -> Option<usize> {
    let words = words.trim_end_matches(['项', '者', '类', '部', '遍', '批', '轮', '期', '种', '个', '分']);
    let start = words
        .char_indices()
        .rev()
        .find(|(_, char)| !char.is_numeric() && parse_han(&char.to_string()).is_none() && *char != '两');
    let number = &words[start.map_or(0, |(at, char)| at + char.len_utf8())..];
    let count = parse_han(number).or_else(|| number.parse().ok())?;
    (2..=20).contains(&count).then_some(count as usize)
}

/// Whether some of few figures make up the whole; with more than twelve the question is not asked.
fn any_subset_adds_up(figures: &[Figure], candidates: &[usize], total: &Figure, count: Option<usize>) -> bool {
    if candidates.len() > 12 {
        return true;
    }
    (1u32..1 << candidates.len()).any(|mask| {
        let chosen: Vec<usize> = (0..candidates.len())
            .filter(|bit| mask >> bit & 1 == 1)
            .map(|bit| candidates[bit])
            .collect();
        chosen.len() >= 2 && count.is_none_or(|count| chosen.len() == count) && adds_up(figures, &chosen, total)
    })
}

/// Rounding seldom moves the sum of a few parts by more than one of the last digit.
fn adds_up(figures: &[Figure], parts: &[usize], total: &Figure) -> bool {
    let Some(sum) = exact_sum(figures, parts) else { return true };
    let all = parts.iter().map(|part| &figures[*part]).chain([total]);
    let coarsest = all
        .filter_map(|figure| figure.value.exponent().checked_add(figure.unit.factor().exponent()))
        .max()
        .unwrap_or(0);
    let is_counted = total.unit.is_counted_one_by_one() && coarsest == 0;
    let digits = if is_counted { 0 } else { 1 + parts.len() as i128 / 6 };
    let slack = Decimal::new(digits, coarsest).times(Decimal::new(total.unit.factor().mantissa(), 0));
    let difference = sum.minus(total.base_value()).map(Decimal::abs);
    difference.zip(slack).is_none_or(|(difference, slack)| difference.at_most(slack))
}

/// In the smallest unit.
fn exact_sum(figures: &[Figure], parts: &[usize]) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    for part in parts {
        sum = sum.plus(figures[*part].base_value())?;
    }
    Some(sum)
}

/// Without a word that says the parts are all, only a sum that looks like a slip of the whole is worth a look.
fn report(figures: &[Figure], whole: usize, parts: Vec<usize>, exhaustive: bool) -> Option<Total> {
    let total = &figures[whole];
    let exact = exact_sum(figures, &parts)?;
    let finest = parts
        .iter()
        .map(|part| figures[*part].value.exponent())
        .min()?
        .min(total.value.exponent());
    let in_units = exact.over(total.unit.factor(), finest)?;
    if !exhaustive {
        // Parts that overlap seldom come to hardly more than the whole.
        let too_much = total.value.less_than(in_units) && is_near(in_units, total.value, 33) && Decimal::from(100).less_than(total.value);
        let looks_like_a_slip = slip::between(in_units, total.value).is_some() && is_near(in_units, total.value, 10) || too_much;
        if !looks_like_a_slip {
            return None;
        }
    }
    Some(Total {
        whole,
        parts,
        sum: in_units,
        exhaustive,
    })
}

/// Apart by no more than one in so many.
fn is_near(a: Decimal, b: Decimal, in_many: u64) -> bool {
    let difference = a.minus(b).and_then(|difference| difference.abs().times(Decimal::from(in_many)));
    difference.is_some_and(|difference| difference.at_most(b.abs()))
}

impl Total {
    /// Where the parts stand.
    pub fn part_ranges<'a>(&'a self, figures: &'a [Figure]) -> impl Iterator<Item = Range<usize>> + 'a {
        self.parts.iter().map(|index| figures[*index].range.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{date, figure};

    fn wrong(prose: &str) -> Vec<String> {
        let figures = figure::read(prose, &date::read(prose));
        let totals = read(prose, &figures);
        totals.iter().map(|total| figures[total.whole].write_like(total.sum)).collect()
    }

    #[test]
    fn parts_that_do_not_make_up_the_whole() {
        for (prose, sum) in [
            ("共有企业34家，其中国有3家、民营18家，其余14家为外资。", "35家"),
            ("建立组织34家，其中机关3家、企业18家，合作社4家，其他8家。", "33家"),
            ("服务费3264万元，油脂1060.8万元，售电599.8万元，三项合计4942.6万元。", "4924.6万元"),
            ("渠道全长214公里，其中干渠96公里、支渠128公里。", "224公里"),
            ("发明专利3项、实用新型专利11项，合计获得授权15项。", "14项"),
            ("总面积9.6万亩，其中甲6.2万亩、乙1.8万亩、丙1.1万亩、丁0.7万亩。", "9.8万亩"),
            ("41项任务已完成27项，正在推进12项，尚未启动3项。", "42项"),
            ("排查危房46户，已改造31户，其余16户年内完成。", "47户"),
        ] {
            assert_eq!(wrong(prose), vec![sum.to_owned()], "{prose}");
        }
    }

    #[test]
    fn sums_that_are_right_or_cannot_be_told() {
        for prose in [
            "成立34家组织,其中机关3家、企业18家,合作社4家,驻外9家。",
            "加工企业23家，其中省级3家、市级9家，其余11家为小微企业；合作社168家，农场242家。",
            "共有学生60人，其中女生28人，团员31人。",
            "全市报告5例，其中甲区、乙区、丙区各1例，丁区2例。",
            "投入4126万元，其中县级1850万元，乡镇716万元，群众1560万元。",
            "共有46户、138人，已消除31户、97人，其余15户、41人。",
            "餐厨垃圾200吨、厨余垃圾100吨，合计300吨。",
            "第一遍93.6万亩，第二遍41.2万亩，两遍合计134.8万亩。",
            "建成公路86.4公里，其中县道18.2公里、乡道29.5公里、村道38.7公里。",
        ] {
            assert_eq!(wrong(prose), Vec::<String>::new(), "{prose}");
        }
    }
}
