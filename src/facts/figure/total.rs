//! Wholes and their parts in running text: 共34家，其中A3家、B18家，其余13家; A20吨、B30吨，两项合计50吨.

use std::ops::Range;

use crate::numeral::decimal::Decimal;
use crate::numeral::{parse_han, slip};

use super::equation::label;
use super::exactness::Exactness;
use super::partition::{bracketed, grouped, parted_again, split_in_two};
use super::role::Role;
use super::unit::Dimension;
use super::{Figure, growth};
use crate::script::is_han;

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

/// Words that go back to a whole of which this is what is left.
const LEFT: &[&str] = &["其余", "余下", "剩余", "剩下"];
/// Words that begin the last part of a list: 其他8家. Elsewhere they belong to a name, as in 工程建设其他费用.
const OTHERS: &[&str] = &["其他", "其它", "另外"];

/// What makes a listing no plain sum: 各3家, 分别为, an overlap.
pub(super) const MULTIPLIERS: &[&str] = &[
    "各", "每", "均", "分别", "同时", "既", "重复", "交叉", "人均", "平均", "累计", "净增", "比",
];

/// What one person may be together with another: 其中女性65人、党员58人.
const OVERLAPPING: &[&str] = &["女", "党员", "团员", "学历", "职称", "民族", "困难", "残疾", "代表"];

/// All wholes of a block that their parts do not make up.
pub fn read(prose: &str, figures: &[Figure]) -> Vec<Total> {
    let mut totals = Vec::new();
    for whole in 0..figures.len() {
        if !can_be_a_whole(&figures[whole]) && !is_improved(prose, figures, whole) {
            continue;
        }
        let total = listed_after(prose, figures, whole)
            .or_else(|| summed_up(prose, figures, whole))
            .or_else(|| split_in_two(prose, figures, whole))
            .or_else(|| grouped(prose, figures, whole))
            .or_else(|| bracketed(prose, figures, whole));
        totals.extend(total);
    }
    for first in 1..figures.len() {
        let again = parted_again(prose, figures, first);
        totals.extend(again.filter(|again| totals.iter().all(|known| known.whole != again.whole)));
    }
    totals
}

/// 每年需经费60万元，其中……: what is told for each of something has parts too.
fn can_be_a_whole(figure: &Figure) -> bool {
    can_be_added(figure) || figure.role == Role::Average && is_plain_amount(figure)
}

/// 改造提升市场11个，其中……: the word for a change is that for a deed.
fn is_improved(prose: &str, figures: &[Figure], whole: usize) -> bool {
    let figure = &figures[whole];
    let name = label(prose, figures, whole);
    let is_at_number = growth::is_change_word(&name.chars().rev().take(3).collect::<Vec<_>>().into_iter().rev().collect::<String>());
    let is_parted = ["，其中", "（", ",其中", "(", "，包括"]
        .iter()
        .any(|word| prose[figure.range.end..].starts_with(word));
    figure.role == Role::Change && is_plain_amount(figure) && is_parted && !is_at_number && !name.contains(['比', '较', '到', '至'])
}

fn can_be_added(figure: &Figure) -> bool {
    is_plain_amount(figure)
        && !matches!(
            figure.role,
            Role::Change | Role::Comparison | Role::Base | Role::Average | Role::Rank | Role::Share
        )
}

/// One exact number that is no rate and no length of time.
fn is_plain_amount(figure: &Figure) -> bool {
    figure.exactness == Exactness::Exact
        && figure.upper.is_none()
        && !figure.unit.is_rate()
        && !matches!(
            figure.unit.dimension(),
            Dimension::Percent | Dimension::Points | Dimension::Multiple | Dimension::Score | Dimension::Years | Dimension::Days | Dimension::Months
        )
}

/// 共34家，其中……: the parts follow the whole.
fn listed_after(prose: &str, figures: &[Figure], whole: usize) -> Option<Total> {
    let total = &figures[whole];
    let first = first_part(prose, figures, whole)?;
    let lead = &prose[total.range.end..figures[first].range.start];
    // 30项指标中，25项……、4项……、2项……
    let among = lead.trim_end_matches(['，', ',']).ends_with('中');
    let announced = lead.contains("其中") || lead.ends_with("包括") || lead.contains("分为") || among;
    let mut parts = Vec::new();
    let mut at = figures[first - 1].range.end;
    let mut rest = false;
    let mut remainder = false;
    let mut joined_by = None;
    let listed_from = figures[first].range.start;
    for (index, figure) in figures.iter().enumerate().skip(first) {
        if figure.sentence != figures[first].sentence {
            // A sentence longer than is looked at goes on with more parts.
            let is_over = prose[at..figure.range.start].contains(['。', '！', '？', '\n']);
            if !is_over {
                return None;
            }
            break;
        }
        // 在编310人（管理45人、专技265人）: what stands in brackets after a part is part of that.
        let depth = bracket_depth(&prose[listed_from..figure.range.start]);
        if depth > 0 {
            at = figure.range.end;
            continue;
        }
        if depth < 0 {
            break;
        }
        // 其中新建3处、提升2处: after the first part, a list goes on with words that elsewhere tell a change.
        let goes_on = !parts.is_empty() && figure.role == Role::Change && continues_list(&prose[at..figure.range.start]) && is_part_of(figure, total);
        if !can_be_added_to(figure, total) && !goes_on && !exceeds(prose, figures, index, total) {
            // 甲地、乙地各1例: a part that is told for each of several.
            if is_part_of(figure, total) && label(prose, figures, index).contains('各') {
                return None;
            }
            at = figure.range.end;
            continue;
        }
        let between = &prose[at..figure.range.start];
        let before = &prose[figure.clause.start.max(at)..figure.range.start];
        // Where other figures stand before 其中, what a semicolon parts is a paragraph of its own, and the parts need not be all.
        let few = if first > whole + 1 { 0 } else { 1 };
        if between.contains(['；', ';']) && (rest || parts.len() > few) || !parts.is_empty() && between.contains("其中") {
            break;
        }
        // 堤防43处、渠道126处，目前已修复112处: a list that was joined by 、 is over.
        let is_over = ["目前", "已", "尚", "仍", "截至", "现"]
            .iter()
            .any(|word| between.trim_start_matches(['，', ',']).starts_with(word));
        if parts.len() > 1 && is_over && joined_by == Some('、') {
            break;
        }
        joined_by = joined_by.filter(|_| parts.len() > 1).or(between.chars().next());
        if multiplies(before) || is_whole_again(figure, before) {
            return None;
        }
        parts.push(index);
        at = figure.range.end;
        if adds_up(figures, &parts, total) {
            return None;
        }
        // 其他 may begin any list; 其余 and 剩余 go back to a whole even where no 其中 announced the parts.
        remainder = LEFT.iter().any(|word| before.contains(word) || between.ends_with(word));
        let name = between.trim_start_matches(|char: char| !is_han(char) || "个家名人户所项件次处元".contains(char));
        rest = remainder
            || OTHERS
                .iter()
                .any(|word| before.trim_start_matches(['，', '、', ',']).starts_with(word) || name.starts_with(word));
        if rest {
            break;
        }
    }
    let goes_back = remainder && parts.len() == 2 && total.role != Role::Part && is_largest_so_far(prose, figures, whole);
    if parts.len() < 2 || !announced && !goes_back {
        return None;
    }
    let around = |index: usize| &prose[figures[index].around.clone()];
    // What the whole is counted in itself tells nothing: 党员1286名，其中农村党员842名.
    let is_classes = |word: &str| around(whole).contains(word) || parts.iter().all(|part| around(*part).contains(word));
    let tells_overlap = |part: &usize| OVERLAPPING.iter().any(|word| around(*part).contains(word) && !is_classes(word));
    let is_both_sexes = parts.len() == 2 && parts.iter().any(|part| around(*part).contains('男'));
    let overlapping = !rest && !is_both_sexes && parts.iter().any(tells_overlap);
    if overlapping {
        return None;
    }
    // Where other figures stand between, what is left may be of something smaller.
    let evidence = match () {
        () if rest && first == whole + 1 => Evidence::Said,
        () if is_both_sexes || are_too_many_halves(prose, figures, whole, &parts) || is_classified(prose, figures, whole, &parts) => {
            Evidence::Implied
        }
        () => Evidence::None,
    };
    report(figures, whole, parts, evidence)
}

/// 124件，其中甲类37件、乙类177件: a member of the list that is larger than the whole, whose digits must be wrong.
fn exceeds(prose: &str, figures: &[Figure], index: usize, total: &Figure) -> bool {
    let figure = &figures[index];
    let is_member = figures[index - 1].sentence == figure.sentence && {
        let between = &prose[figures[index - 1].range.end..figure.range.start];
        between.starts_with("，其中") || between.starts_with(",其中") || between.starts_with('、')
    };
    is_member && figure.unit == total.unit && can_be_added(figure) && !is_part_of(figure, total)
}

/// 支部31个，其中农村支部18个、机关支部8个、企业支部5个: every part is called by the noun of the whole, and they come close to it.
fn is_classified(prose: &str, figures: &[Figure], whole: usize, parts: &[usize]) -> bool {
    let name = label(prose, figures, whole);
    let Some((at, _)) = name.char_indices().rev().nth(1) else { return false };
    let noun = &name[at..];
    let is_class = |part: &usize| label(prose, figures, *part).ends_with(noun) && label(prose, figures, *part) != noun;
    let sum = exact_sum(figures, parts);
    parts.len() >= 3 && parts.iter().all(is_class) && sum.is_some_and(|sum| is_near(sum, figures[whole].base_value(), 10))
}

/// Halves that nothing stands beside.
const HALVES: &[(&str, &str)] = &[
    ("公办", "民办"),
    ("城镇", "农村"),
    ("国有", "民营"),
    ("专职", "兼职"),
    ("在编", "编外"),
    ("境内", "境外"),
    ("省内", "省外"),
    ("市内", "市外"),
    ("县内", "县外"),
    ("本地", "外地"),
    ("内资", "外资"),
    ("新建", "改造"),
    ("新建", "续建"),
    ("线上", "线下"),
];

/// 机构29个，其中公办17个、民办14个: halves do not overlap, so they cannot come to more than the whole. They may come to less, as there may be others.
fn are_too_many_halves(prose: &str, figures: &[Figure], whole: usize, parts: &[usize]) -> bool {
    let [one, other] = *parts else { return false };
    let (one, other) = (label(prose, figures, one), label(prose, figures, other));
    let are_halves = |(left, right): &(&str, &str)| one.contains(left) && other.contains(right) || one.contains(right) && other.contains(left);
    let is_too_much = exact_sum(figures, parts).is_some_and(|sum| figures[whole].base_value().less_than(sum));
    is_too_much && HALVES.iter().any(are_halves)
}

/// How many brackets are open at the end of a text; less than none where more were closed than opened.
pub(super) fn bracket_depth(text: &str) -> i32 {
    text.chars().fold(0, |depth, char| match char {
        '（' | '(' => depth + 1,
        '）' | ')' => depth - 1,
        _ => depth,
    })
}

/// 、提升2处; ，改造提升2处, but not ，提升到2处 or ，比上年增加2处.
fn continues_list(between: &str) -> bool {
    let is_change = between.contains(['比', '较', '到', '至', '同']) || growth::is_change_word(between.chars().take(4).collect::<String>().as_str());
    between.starts_with('、') || between.starts_with(['，', ',']) && between.chars().count() <= 8 && !is_change
}

/// Whether no figure before it in its part of the sentence could be its whole.
fn is_largest_so_far(prose: &str, figures: &[Figure], whole: usize) -> bool {
    let total = &figures[whole];
    let start = prose[total.sentence.start..total.range.start]
        .rfind(['；', ';'])
        .map_or(total.sentence.start, |at| total.sentence.start + at);
    let before = figures[..whole].iter().rev().take_while(|figure| figure.range.start >= start);
    !before
        .into_iter()
        .any(|figure| figure.unit.is_comparable(&total.unit) && total.base_value().less_than(figure.base_value()))
}

/// The first figure after a whole that may be a part of it, in its sentence or in the next one that begins with 其中.
fn first_part(prose: &str, figures: &[Figure], whole: usize) -> Option<usize> {
    let total = &figures[whole];
    let is_possible = |figure: &&Figure| figure.role != Role::Change && is_part_of(figure, total);
    let same = (whole + 1..figures.len())
        .take_while(|index| figures[*index].sentence == total.sentence)
        .position(|index| is_possible(&&figures[index]) || exceeds(prose, figures, index, total));
    if let Some(offset) = same {
        return Some(whole + 1 + offset);
    }
    let after = figures[whole + 1..].iter().position(|figure| figure.sentence != total.sentence)?;
    let next = &figures[whole + 1 + after];
    let follows = prose.get(total.sentence.end..next.sentence.start).is_some_and(|gap| gap.trim() == "。");
    let begins = prose[next.sentence.clone()].trim_start().starts_with("其中");
    let is_only = !figures[..whole]
        .iter()
        .rev()
        .take_while(|figure| figure.sentence == total.sentence)
        .any(|figure| is_part_of(total, figure) || is_part_of(figure, total));
    let offset = figures[whole + 1 + after..]
        .iter()
        .take_while(|figure| figure.sentence == next.sentence)
        .position(|figure| is_possible(&figure))?;
    (follows && begins && is_only).then_some(whole + 1 + after + offset)
}

/// Parts are counted in the unit of the whole, and none is larger than it.
pub(super) fn can_be_added_to(figure: &Figure, total: &Figure) -> bool {
    can_be_added(figure) && is_part_of(figure, total)
}

fn is_part_of(figure: &Figure, total: &Figure) -> bool {
    is_plain_amount(figure) && figure.unit.is_comparable(&total.unit) && figure.base_value().at_most(total.base_value())
}

/// 甲区、乙区各3家; but the sum over 各县 is one figure.
fn multiplies(before: &str) -> bool {
    let collective = before.trim_end().trim_end_matches(['发', '放']);
    let is_each = before.contains('各') && !["各县", "各区", "各乡镇", "各镇"].iter().any(|name| collective.ends_with(name));
    is_each || MULTIPLIERS.iter().any(|word| *word != "各" && before.contains(word))
}

fn is_whole_again(figure: &Figure, before: &str) -> bool {
    figure.subject.whole && ["共", "合计", "总计", "共计"].iter().any(|word| before.ends_with(word))
}

/// 三项合计50吨: the parts go before the whole.
fn summed_up(prose: &str, figures: &[Figure], whole: usize) -> Option<Total> {
    let total = &figures[whole];
    let lead = &prose[total.clause.start..total.range.start];
    let Some(at) = ["合计", "共计", "总计", "相加"].iter().filter_map(|word| lead.rfind(word)).max() else {
        return done_together(prose, figures, whole);
    };
    // 合计获得授权专利15项: a few words may stand between, but no other figure.
    let words = &lead[..at];
    if lead[at..].chars().count() > 10 || lead[at..].contains("其中") {
        return None;
    }
    let count = announced_count(words);
    let in_reach = (0..whole)
        .rev()
        .take_while(|index| in_reach(prose, &figures[*index], total, count.is_some()));
    let in_reach: Vec<usize> = in_reach.take(24).collect();
    // 约3.89万立方米 may be one of the parts, and cannot be added up; 180升/（人·日） is for each of something.
    let is_each = |index: &usize| prose[figures[*index].range.end..].starts_with(['/', '／']);
    let is_vague = |index: &usize| figures[*index].unit.is_comparable(&total.unit) && figures[*index].exactness != Exactness::Exact;
    if in_reach.iter().any(|index| is_each(index) || is_vague(index)) {
        return None;
    }
    let same: Vec<usize> = in_reach
        .into_iter()
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
    report(figures, whole, parts, if exhaustive { Evidence::Said } else { Evidence::None })
}

/// 春季造林2.3万亩，秋季造林1.6万亩，全年共造林3.9万亩: all before it in the sentence are told with the same words.
fn done_together(prose: &str, figures: &[Figure], whole: usize) -> Option<Total> {
    let total = &figures[whole];
    let own = label(prose, figures, whole);
    let (at, is_cumulative) = match own.rfind('共') {
        Some(at) => (at + '共'.len_utf8(), false),
        None => (own.rfind("累计")? + "累计".len(), true),
    };
    let deed = &own[at..];
    let parts: Vec<usize> = (0..whole)
        .rev()
        .take_while(|index| figures[*index].sentence == total.sentence)
        .filter(|index| figures[*index].unit.is_comparable(&total.unit))
        .take(12)
        .collect();
    let parts: Vec<usize> = parts.into_iter().rev().collect();
    let alike = |part: &usize| {
        let name = label(prose, figures, *part);
        let is_one_time = !is_cumulative || is_one_of_several_times(name);
        can_be_added_to(&figures[*part], total) && name.ends_with(deed) && !multiplies(name) && !name.contains("其中") && is_one_time
    };
    if parts.len() < 2 || !parts.iter().all(alike) || adds_up(figures, &parts, total) {
        return None;
    }
    let evidence = if deed.chars().count() >= 2 { Evidence::Implied } else { Evidence::None };
    report(figures, whole, parts, evidence)
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
pub(super) fn adds_up(figures: &[Figure], parts: &[usize], total: &Figure) -> bool {
    let Some(sum) = exact_sum(figures, parts) else { return true };
    let all = parts.iter().map(|part| &figures[*part]).chain([total]);
    let coarsest = all
        .filter_map(|figure| figure.value.exponent().checked_add(figure.unit.factor().exponent()))
        .max()
        .unwrap_or(0);
    let is_counted = total.unit.is_counted_one_by_one() && coarsest == 0;
    let digits = if is_counted { 0 } else { 1 + parts.len() as i128 / 6 };
    let slack = Decimal::new(digits, coarsest).times(Decimal::new(total.unit.factor().mantissa(), 0));
    let slack = slack.map(|slack| smaller(slack, rounding(figures, parts, total)));
    let difference = sum.minus(total.base_value()).map(Decimal::abs);
    difference.zip(slack).is_none_or(|(difference, slack)| difference.at_most(slack))
}

/// The most that rounding to the digits written can make: half a last digit of every figure, in the smallest unit.
fn rounding(figures: &[Figure], parts: &[usize], total: &Figure) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    for figure in parts.iter().map(|part| &figures[*part]).chain([total]) {
        let half = figure.value.half_unit().times(figure.unit.factor())?;
        sum = sum.plus(half)?;
    }
    Some(sum)
}

fn smaller(a: Decimal, b: Option<Decimal>) -> Decimal {
    b.filter(|b| b.less_than(a)).unwrap_or(a)
}

/// In the smallest unit.
pub(super) fn exact_sum(figures: &[Figure], parts: &[usize]) -> Option<Decimal> {
    let mut sum = Decimal::ZERO;
    for part in parts {
        sum = sum.plus(figures[*part].base_value())?;
    }
    Some(sum)
}

/// How sure it is that the parts are all there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Evidence {
    /// Said so: 其余, 三项合计.
    Said,
    /// Their order says so, as of what is done and what is not: a sum that is near the whole is enough.
    Implied,
    /// Nothing says so: only a sum that looks like a slip is worth a look.
    None,
}

pub(super) fn report(figures: &[Figure], whole: usize, parts: Vec<usize>, evidence: Evidence) -> Option<Total> {
    let total = &figures[whole];
    let exact = exact_sum(figures, &parts)?;
    let finest = parts
        .iter()
        .map(|part| figures[*part].value.exponent())
        .min()?
        .min(total.value.exponent());
    let in_units = exact.over(total.unit.factor(), finest)?;
    let is_slip = looks_like_a_slip(figures, &parts, exact, in_units, total);
    let is_enough = match evidence {
        Evidence::Said => true,
        Evidence::Implied => is_slip || is_near(in_units, total.value, 4),
        Evidence::None => is_slip,
    };
    is_enough.then_some(Total {
        whole,
        parts,
        sum: in_units,
        exhaustive: evidence == Evidence::Said || evidence == Evidence::Implied && is_slip,
    })
}

/// Whether a slip of the hand in the whole or in one part explains why the parts do not come to the whole.
fn looks_like_a_slip(figures: &[Figure], parts: &[usize], exact: Decimal, in_units: Decimal, total: &Figure) -> bool {
    let slip = slip::between(in_units, total.value);
    let near = |in_many| is_near(in_units, total.value, in_many);
    let has_three_digits = Decimal::from(100).at_most(total.value);
    // Digits that change places are hardly chance, however far apart the values; of two digits, there are too few to be sure.
    let is_swapped = slip == Some(slip::Slip::Swapped) && (has_three_digits || near(3));
    let is_part_swapped = is_slip_of_a_part(figures, parts, exact, total) && near(if total.value.less_than(in_units) { 3 } else { 8 });
    // Parts that overlap seldom come to hardly more than the whole.
    let is_too_much = total.value.less_than(in_units) && near(33) && Decimal::from(100).less_than(total.value);
    is_swapped || is_part_swapped || slip.is_some() && near(10) || is_too_much
}

/// Whether two digits of one part changed places: 847 for 874.
fn is_slip_of_a_part(figures: &[Figure], parts: &[usize], sum: Decimal, total: &Figure) -> bool {
    let Some(excess) = sum.minus(total.base_value()) else { return false };
    parts.iter().map(|part| &figures[*part]).any(|part| {
        let mended = part.base_value().minus(excess);
        mended.is_some_and(|mended| slip::between(part.base_value(), mended) == Some(slip::Slip::Swapped))
    })
}

/// Apart by no more than one in so many.
pub(super) fn is_near(a: Decimal, b: Decimal, in_many: u64) -> bool {
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
    use crate::facts::glance::Glance;
    use crate::facts::{date, figure};

    fn wrong(prose: &str) -> Vec<String> {
        let glance = Glance::at(prose);
        let figures = figure::read(&glance, &date::read(&glance));
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
            ("36项任务已完成23项，正在推进11项，尚未启动3项。", "37项"),
            ("全镇有公房2150套，已入住1876套，空置247套。", "2123套"),
            ("抽检样品3460批次，检出合格样品3381批次、不合格样品69批次。", "3450批次"),
            ("总收入18.42亿元，总支出17.95亿元，结转下年0.57亿元。", "18.52亿元"),
            (
                "渠系每年需经费1360万元，其中人员支出780万元、维修经费590万元，财政只落实65%。",
                "1370万元",
            ),
            (
                "签约项目41个，协议投资92.6亿元，同比增长7%；其中5亿元以上项目4个、5亿元以下项目39个。",
                "43个",
            ),
            (
                "整合资金8600万元，其中改厕2040万元、治污3350万元、村容提升980万元、绿化2130万元。",
                "8500万元",
            ),
            ("办理案件1264件，其中普通程序418件、简易程序864件。", "1282件"),
            ("完成国道42.3公里、省道86.7公里，合计128公里。", "129公里"),
            (
                "发放贷款0.31万笔、12.46亿元，同比下降9.4%。其中：市区发放7.83亿元，各县发放4.36亿元。",
                "12.19亿元",
            ),
            ("58件案件中，办结33件、在办25件；按对象分，企业14件、商户28件、个人18件。", "60件"),
            ("报告书编制124件，其中甲类37件、乙类177件。", "214件"),
            ("党员1286名，其中农村党员842名、机关党员215名、企业党员292名。", "1349名"),
            (
                "总投资12800万元，其中工程费用9650万元，建设其他费用1850万元，预备费1030万元。",
                "12530万元",
            ),
            ("春季造林2.3万亩，秋季造林1.6万亩，全年共造林4.1万亩。", "3.9万亩"),
            ("第一批拨付320万元，第二批拨付450万元，第三批拨付280万元，累计拨付1150万元。", "1050万元"),
            ("劳动力8642人，其中男劳动力4518人，女劳动力4142人。", "8660人"),
            ("专业人才5320人。其中，高级职称618人，中级职称2146人，初级职称2565人。", "5329人"),
            ("幼儿园36所，其中公办22所、民办16所，在园幼儿4120人。", "38所"),
            ("发现隐患5.2万处，整改5.1万处；重大隐患317处，完成整改289处，其余18处挂牌督办。", "307处"),
            ("改造提升市场11个，其中城区7个、乡镇5个。", "12个"),
            ("水利设施损毁187处，其中堤防43处、渠道126处、塘坝28处，目前已修复112处。", "197处"),
            ("下辖支部31个，其中农村支部18个、机关支部6个、企业支部5个。", "29个"),
            ("合同价2860万元，已支付2145万元，尚欠751万元。", "2896万元"),
            ("新开工项目42个（产业类23个、设施类12个、民生类9个）。", "44个"),
            ("职工520人，其中在编310人（管理45人、专技240人、工勤52人），编外210人。", "337人"),
            ("应整治河道156条。截至10月底，已完成128条，剩余38条正在推进。", "166条"),
            ("应到代表186人，实到179人，请假9人。", "188人"),
            ("全县中小学68所，其中中学21所，小学47所；中学中，初中16所，高中6所。", "22所"),
        ] {
            assert_eq!(wrong(prose), vec![sum.to_owned()], "{prose}");
        }
    }

    #[test]
    fn a_list_longer_than_a_sentence_is_looked_at_is_left_alone() {
        let provinces: Vec<String> = (0..40).map(|number| format!("某某地区报告{}例", 20 + number)).collect();
        let prose = format!("各地新增报告1591例，其中{}、甲地、乙地各1例。", provinces.join("、"));
        assert_eq!(wrong(&prose), Vec::<String>::new());
    }

    #[test]
    fn sums_that_are_right_or_cannot_be_told() {
        for prose in [
            "幼儿园41所，其中公办22所、民办16所，其余为企业办园。",
            "幼儿园38所，其中公办22所、民办16所，在园幼儿4120人。",
            "发现隐患5.2万处，整改5.1万处；重大隐患317处，完成整改289处，其余28处挂牌督办。",
            "成立34家组织,其中机关3家、企业18家,合作社4家,驻外9家。",
            "加工企业23家，其中省级3家、市级9家，其余11家为小微企业；合作社168家，农场242家。",
            "共有学生60人，其中女生28人，团员31人。",
            "全市报告5例，其中甲区、乙区、丙区各1例，丁区2例。",
            "投入4126万元，其中县级1850万元，乡镇716万元，群众1560万元。",
            "新增报告91例，其中甲地报告35例、乙地报告31例、丙地报告22例、丁地、戊地、己地各1例。",
            "计划改造小区32个，目前已完工21个，正在施工8个，其余3个年底前启动。",
            "总投资12800万元，其中工程费用9650万元，建设其他费用1850万元，预备费1300万元。",
            "职工520人，其中在编310人（管理45人、专技240人、工勤25人），编外210人。",
            "新开工项目42个（产业类23个、设施类12个等）。",
            "每人每日取180升，生活污水约3.89万立方米；工业废水1.95万立方米；两项合计5.84万立方米。",
            "春季造林2.3万亩，秋季造林1.6万亩，五年来共造林18.6万亩。",
            "教职工186人，其中专任教师162人；专任教师中，正高级3人、副高级41人。",
            "共有46户、138人，已消除31户、97人，其余15户、41人。",
            "餐厨垃圾200吨、厨余垃圾100吨，合计300吨。",
            "第一遍93.6万亩，第二遍41.2万亩，两遍合计134.8万亩。",
            "整改到位50242处，整改率97.9%，其中重大隐患整改196处，其余1078处限期整改。",
            "收入1.52亿元，同比下降22%，环比下降6%；其中广告0.24亿元，同比下降4%；游戏1.18亿元，同比下降25%。",
            "排查隐患100处，已整改93处，未按期整改2处。",
            "收回贷款12.4亿元，余额87.5亿元。其中：市区2.3亿元，各县10.2亿元。",
            "完成国道42.3公里、省道86.6公里，合计129公里。",
            "58件案件中，办结33件、在办25件；按对象分，企业14件、商户28件、个人16件。",
            "58件案件中，办结33件、在办25件；按类型分，盗窃14件、诈骗8件、伤害6件。",
            "共有教师120人，其中女教师65人、党员58人。",
            "建成公路86.4公里，其中县道18.2公里、乡道29.5公里、村道38.7公里。",
        ] {
            assert_eq!(wrong(prose), Vec::<String>::new(), "{prose}");
        }
    }
}
