//! Wholes and their parts in running text: 共34家，其中A3家、B18家，其余13家; A20吨、B30吨，两项合计50吨.

use std::ops::Range;

use crate::numeral::decimal::Decimal;
use crate::numeral::{parse_han, slip};

use super::Figure;
use super::exactness::Exactness;
use super::partition::{grouped, split_in_two};
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
pub(super) const MULTIPLIERS: &[&str] = &[
    "各", "每", "均", "分别", "同时", "既", "重复", "交叉", "人均", "平均", "累计", "净增", "比",
];

/// What one person may be together with another: 其中女性65人、党员58人.
const OVERLAPPING: &[&str] = &["女", "党员", "团员", "学历", "职称", "民族", "困难", "残疾", "代表"];

/// All wholes of a block that their parts do not make up.
pub fn read(prose: &str, figures: &[Figure]) -> Vec<Total> {
    let mut totals = Vec::new();
    for whole in 0..figures.len() {
        if !can_be_a_whole(&figures[whole]) {
            continue;
        }
        let total = listed_after(prose, figures, whole)
            .or_else(|| summed_up(prose, figures, whole))
            .or_else(|| split_in_two(prose, figures, whole))
            .or_else(|| grouped(prose, figures, whole));
        totals.extend(total);
    }
    totals
}

/// 每年需经费60万元，其中……: what is told for each of something has parts too.
fn can_be_a_whole(figure: &Figure) -> bool {
    can_be_added(figure) || figure.role == Role::Average && is_plain_amount(figure)
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
    for (index, figure) in figures.iter().enumerate().skip(first) {
        if figure.sentence != figures[first].sentence {
            break;
        }
        // 其中新建3处、提升2处: after the first part, a list goes on with words that elsewhere tell a change.
        let goes_on = !parts.is_empty() && figure.role == Role::Change && prose[at..].starts_with('、') && is_part_of(figure, total);
        if !can_be_added_to(figure, total) && !goes_on {
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
        if multiplies(before) || is_whole_again(figure, before) {
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
    let goes_back = remainder && parts.len() == 2 && total.role != Role::Part;
    if parts.len() < 2 || !announced && !goes_back {
        return None;
    }
    let overlapping = !rest
        && parts
            .iter()
            .any(|part| OVERLAPPING.iter().any(|word| prose[figures[*part].around.clone()].contains(word)));
    if overlapping {
        return None;
    }
    // Where other figures stand between, what is left may be of something smaller.
    report(figures, whole, parts, rest && first == whole + 1)
}

/// The first figure after a whole that may be a part of it, in its sentence or in the next one that begins with 其中.
fn first_part(prose: &str, figures: &[Figure], whole: usize) -> Option<usize> {
    let total = &figures[whole];
    let is_possible = |figure: &&Figure| figure.role != Role::Change && is_part_of(figure, total);
    let same = figures[whole + 1..]
        .iter()
        .take_while(|figure| figure.sentence == total.sentence)
        .position(|figure| is_possible(&figure));
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

/// Without a word that says the parts are all, only a sum that looks like a slip of the whole is worth a look.
pub(super) fn report(figures: &[Figure], whole: usize, parts: Vec<usize>, exhaustive: bool) -> Option<Total> {
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
        let is_slip = slip::between(in_units, total.value).is_some() || is_slip_of_a_part(figures, &parts, exact, total);
        let looks_like_a_slip = is_slip && is_near(in_units, total.value, 10) || too_much;
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
