//! Parts that stand before their whole: A20吨、B30吨，两项合计50吨; 春季2.3万亩，秋季1.6万亩，全年共造林3.9万亩.

use crate::numeral::decimal::Decimal;
use crate::numeral::parse_han;

use super::super::Figure;
use super::super::equation::label;
use super::super::exactness::Exactness;
use super::super::role::Role;
use super::super::unit::Dimension;
use super::evidence::{Evidence, adds_up, report};
use crate::script::is_han;

use super::{Total, can_be_added_to, is_part_of, multiplies};

/// Words that say that what went before is added up.
const ADDED_UP: &[&str] = &["合计", "共计", "总计", "相加", "总数"];
/// How many figures back are looked at.
const REACH: usize = 24;

/// 三项合计50吨: the parts go before the whole.
pub fn summed_up(prose: &str, figures: &[Figure], whole: usize) -> Option<Total> {
    let total = &figures[whole];
    let lead = &prose[total.clause.start..total.range.start];
    let at = ADDED_UP.iter().filter_map(|word| lead.rfind(word)).max()?;
    // 合计获得授权专利15项: a few words may stand between, but no other figure.
    let words = &lead[..at];
    if lead[at..].chars().count() > 10 || lead[at..].contains("其中") {
        return None;
    }
    let count = announced_count(words);
    let candidates = (0..whole)
        .rev()
        .take_while(|index| in_reach(prose, &figures[*index], total, count.is_some()));
    let candidates: Vec<usize> = candidates.take(REACH).collect();
    // 约3.89万立方米 may be one of the parts, and cannot be added up; 180升/（人·日） is for each of something.
    let is_each = |index: &usize| prose[figures[*index].range.end..].starts_with(['/', '／']);
    let is_vague = |index: &usize| figures[*index].unit.is_comparable(&total.unit) && figures[*index].exactness != Exactness::Exact;
    if candidates.iter().any(|index| is_each(index) || is_vague(index)) {
        return None;
    }
    // 分别由12人、10人组成 tells no change.
    let is_composed = |index: &usize| figures[*index].role == Role::Base && prose[figures[*index].sentence.clone()].contains("组成");
    let is_addend = |index: &usize| can_be_added_to(&figures[*index], total) || is_composed(index) && is_part_of(&figures[*index], total);
    let same: Vec<usize> = candidates.into_iter().filter(is_addend).collect();
    let adds_up_to_some = (2..=same.len()).any(|count| adds_up(figures, &same[..count], total));
    if adds_up_to_some || any_subset_adds_up(figures, &same, total, count) {
        return None;
    }
    // 全县239个村，复查文物618处，新发现73处，两项合计691处: what stands in another sentence is none of as many as are counted.
    let here = same.iter().take_while(|index| figures[**index].sentence == total.sentence).count();
    let chosen = match count {
        Some(count) if here == count || same.len() == count => &same[..count],
        Some(_) => return None,
        None => &same[..],
    };
    if chosen.len() < 2 {
        return None;
    }
    let parts: Vec<usize> = chosen.iter().rev().copied().collect();
    if parts.iter().any(|part| multiplies(&prose[figures[*part].clause.clone()])) {
        return None;
    }
    // 对甲国、乙国分别出口2亿元、3亿元；对其他各国合计出口9亿元: the sum of something else has a name of its own.
    let is_told = count.is_some() || words.is_empty() && are_told_each(prose, figures, &parts);
    report(figures, whole, parts, if is_told { Evidence::Said } else { Evidence::None })
}

/// 分别达到2个、7个、16个: one number after the other for things named before them.
fn are_told_each(prose: &str, figures: &[Figure], parts: &[usize]) -> bool {
    let Some((first, others)) = parts.split_first() else { return false };
    let is_bare = |part: &usize| matches!(label(prose, figures, *part), "" | "和" | "及" | "以及" | "与");
    label(prose, figures, *first).contains("分别") && others.iter().all(is_bare)
}

/// 春季造林2.3万亩，秋季造林1.6万亩，全年共造林3.9万亩; 一期投资3亿元，二期投资2亿元，总投资5亿元: all before it in the sentence are told with the
/// same words.
pub fn done_together(prose: &str, figures: &[Figure], whole: usize) -> Option<Total> {
    let total = &figures[whole];
    let own = label(prose, figures, whole);
    let whole_word = |word: &'static str| own.rfind(word).map(|at| (at + word.len(), word));
    let (at, word) = ["共", "累计", "总"].into_iter().find_map(whole_word)?;
    let deed = own[at..].trim_end_matches(['为', '达', '约']);
    let parts: Vec<usize> = (0..whole)
        .rev()
        .take_while(|index| figures[*index].sentence == total.sentence)
        .filter(|index| figures[*index].unit.is_comparable(&total.unit))
        .take(12)
        .collect();
    let parts: Vec<usize> = parts.into_iter().rev().collect();
    let alike = |part: &usize| {
        let name = label(prose, figures, *part);
        let is_one_time = word != "累计" || is_one_of_several_times(name);
        can_be_added_to(&figures[*part], total) && name.ends_with(deed) && !multiplies(name) && !name.contains("其中") && is_one_time
    };
    let is_named = word != "总" || deed.chars().count() >= 2;
    if parts.len() < 2 || adds_up(figures, &parts, total) {
        return None;
    }
    // 三年累计: as many as are told one after the other.
    let is_counted = whole.checked_sub(1).map(|before| &figures[before]).is_some_and(|before| {
        let count = Decimal::from(parts.len() as u64);
        before.unit.dimension() == Dimension::Years && before.range.end == total.range.start - own.len() && before.value.same_value(count)
    });
    let is_sum = own.starts_with(word) && (word != "累计" || is_counted);
    if is_sum && !own.contains("分别") && are_told_each(prose, figures, &parts) {
        return report(figures, whole, parts, Evidence::Said);
    }
    if own == "共" && are_counted_after(prose, figures, &parts, whole) {
        return report(figures, whole, parts, Evidence::Implied);
    }
    if !is_named || !parts.iter().all(alike) {
        return if word == "累计" {
            None
        } else {
            told_before(prose, figures, whole, parts)
        };
    }
    let evidence = if deed.chars().count() >= 2 { Evidence::Implied } else { Evidence::None };
    report(figures, whole, parts, evidence)
}

/// 14个行政村、2个社区，共16个村（社区）: what is counted stands after the numbers, and nothing else is told before the whole.
fn are_counted_after(prose: &str, figures: &[Figure], parts: &[usize], whole: usize) -> bool {
    let [one, other] = parts else { return false };
    let noun = |index: usize| -> String {
        let after = prose[figures[index].range.end..].chars();
        after.take_while(|char| is_han(*char)).take(8).collect()
    };
    let all = noun(whole);
    let is_same = |part: &usize| noun(*part).chars().last().is_some_and(|last| all.contains(last));
    let can_be_added = |part: &usize| can_be_added_to(&figures[*part], &figures[whole]);
    let joined = label(prose, figures, *other);
    let is_next = joined
        .strip_suffix('、')
        .is_some_and(|noun| noun.chars().all(is_han) && noun.chars().count() <= 8);
    one + 1 == *other && other + 1 == whole && is_next && parts.iter().any(is_same) && parts.iter().all(can_be_added)
}

/// 死亡28人，受伤113人，共伤亡141人: nothing but what is added up stands before the whole.
fn told_before(prose: &str, figures: &[Figure], whole: usize, parts: Vec<usize>) -> Option<Total> {
    let total = &figures[whole];
    let first = *parts.first()?;
    let is_alone = first + parts.len() == whole;
    let is_plain = |part: &usize| {
        let name = label(prose, figures, *part);
        let joined = &prose[figures[*part].range.end..figures[part + 1].range.start];
        let marks = joined.chars().filter(|char| matches!(char, '，' | ',' | '、' | '；' | ';')).count();
        can_be_added_to(&figures[*part], total) && marks <= 1 && !name.is_empty() && !multiplies(name) && !name.contains("其中")
    };
    let is_list = is_alone && parts.iter().all(is_plain);
    is_list.then(|| report(figures, whole, parts, Evidence::None))?
}

/// 第一批拨付, 二季度完成: one of the times that 累计 adds up.
fn is_one_of_several_times(name: &str) -> bool {
    let is_first = |char: char| "一二三四五六七八九十0123456789".contains(char);
    let starts = name.strip_prefix('第').unwrap_or(name).trim_start_matches(is_first);
    let is_counted = starts.len() < name.len() && ["批", "期", "季度", "月", "轮", "阶段"].iter().any(|word| starts.starts_with(word));
    is_counted || ["上半年", "下半年", "首批"].iter().any(|word| name.starts_with(word))
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
    let words = words.trim_end_matches([
        '项', '者', '类', '部', '遍', '批', '轮', '期', '种', '个', '分', '次', '产', '业', '级', '资', '金',
    ]);
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
