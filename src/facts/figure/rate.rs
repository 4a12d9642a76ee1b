//! Rates that have a name of their own: 资产负债率, 合格率, 整改率.
//!
//! Some are worked out in the same way everywhere, and the table `NAMED` tells from what. Others are called after what was done to the part
//! (回收率 of what was 回收), and follow from the two figures before them.

use crate::numeral::decimal::Decimal;
use crate::script::is_han;

use super::Figure;
use super::equation::label;
use super::exactness::Exactness;
use super::role::Role;
use super::share::{Share, Whole, fits_any_pair, fits_something_here, is_close, is_part, is_ratio};
use super::unit::Dimension;

/// A rate that is worked out in the same way everywhere. Words are parted by spaces.
struct Named {
    /// What the rate may be called.
    names: &'static str,
    /// What is said of the figure that is divided.
    part: &'static str,
    /// What is said of the figure that it is divided by.
    whole: &'static str,
    /// Words that make either something else: 净资产, 住户存款.
    not: &'static str,
    way: Way,
}

/// What the part of a named rate is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// What the rate tells: 负债 of 资产.
    Quotient,
    /// What is left when it is taken away: 售水量 of 供水量, for 产销差率.
    Loss,
}

const fn quotient(names: &'static str, part: &'static str, whole: &'static str, not: &'static str) -> Named {
    let way = Way::Quotient;
    Named {
        names,
        part,
        whole,
        not,
        way,
    }
}

const fn loss(names: &'static str, part: &'static str, whole: &'static str, not: &'static str) -> Named {
    let way = Way::Loss;
    Named {
        names,
        part,
        whole,
        not,
        way,
    }
}

const NAMED: &[Named] = &[
    quotient("资产负债率", "负债", "资产", "净资产 固定资产 流动 无形 资产管理"),
    quotient(
        "存贷比 贷存比 存贷款比 存贷比例",
        "贷款",
        "存款",
        "住户 单位 新增 涉农 小微 普惠 增加 个人 短期 中长期",
    ),
    quotient("不良率 不良贷款率", "不良贷款", "各项贷款 贷款余额 贷款总额", "新增 增加"),
    quotient("净利率 净利润率 销售净利率", "净利润", "营业收入 营业总收入 销售收入", "增加"),
    loss("毛利率 销售毛利率", "营业成本 销售成本", "营业收入 销售收入", "增加"),
    loss("产销差率 产销差 漏损率 管网漏损率", "售水 有效供水", "供水", "能力 人口"),
    quotient("产销率 产品销售率", "销售", "产量 产值 生产", "增加"),
    loss("去除率 削减率 脱除率", "出水 处理后 出口", "进水 处理前 进口", "限值 标准"),
    quotient(
        "就业率 初次就业率 去向落实率 毕业去向落实率",
        "就业 落实去向 去向落实",
        "毕业生 毕业 离校",
        "困难",
    ),
    quotient("升学率 录取率 上线率", "升学 录取 上线", "考生 毕业生 毕业 报考 参加 参考", ""),
    quotient(
        "合格率 达标率 抽检合格率 检测合格率 检验合格率",
        "合格 达标",
        "抽检 检测 抽查 检验 监测 考核 参训 参加 参考 检查",
        "不合格 不达标 未达标 问题",
    ),
    loss(
        "合格率 达标率 抽检合格率 检测合格率 检验合格率",
        "不合格 不达标 未达标",
        "抽检 检测 抽查 检验 监测 考核 参训 参加 参考 检查",
        "问题",
    ),
    quotient("优良率 优良天数比例 优良天数比率 优良比例", "优良", "有效 监测", "增加 减少"),
    quotient(
        "入住率 床位使用率 利用率 出租率 上座率",
        "入住 使用 在用 出租",
        "床位 房间 车位 席位 座位 可出租",
        "新增 护理型",
    ),
    quotient("投保率 承保率 参保率", "投保 承保 参保", "播种 种植 应保 应参保 常住", "新增 增加"),
    quotient("绿地率", "绿地", "建成区 总面积 用地面积", "新增 公园"),
    quotient("森林覆盖率 林木覆盖率", "森林 林地 有林", "国土 土地面积 总面积 幅员", "新增"),
    quotient("城镇化率", "城镇", "常住人口 总人口", "户籍 农村 乡村"),
    quotient(
        "投票率 参选率 出席率 到会率 参会率 出勤率",
        "投票 参选 出席 实到 到会 参会 出勤",
        "应到 选民 应出 登记 应参 代表",
        "缺席 请假",
    ),
    quotient("结案率 审结率", "审结 结案", "受理 收案", "新收 旧存"),
    quotient("入社率", "参加合作社 入社 加入", "农户 社员", ""),
    quotient("财政自给率 自给率", "收入", "支出", "税收 民生"),
];

/// How many figures back the operands of a named rate are looked for.
const REACH: usize = 16;

/// The rate at a figure, where it has a name and does not follow from what it is called after.
pub fn share(prose: &str, figures: &[Figure], rate: usize) -> Option<Share> {
    of_named(prose, figures, rate)
        .or_else(|| of_days(prose, figures, rate))
        .or_else(|| of_what_was_done(prose, figures, rate))
}

/// Words between the name of a rate and its number.
const FILLERS: &[char] = &['达', '到', '为', '约', '近', '超', '过', '仅', '只', '有', '是'];

/// 年末存款386.8亿元，贷款307.6亿元。存贷比为79.5%.
fn of_named(prose: &str, figures: &[Figure], rate: usize) -> Option<Share> {
    let name = label(prose, figures, rate).trim_end_matches(FILLERS);
    let mut found = NAMED.iter().filter(|named| named.is_called(name)).map(|named| {
        let operands = |words: &str| named.operands(prose, figures, rate, words);
        let (parts, wholes) = (operands(named.part), operands(named.whole));
        named.settled(figures, rate, &parts, &wholes)
    });
    let first = found.next()?;
    found.fold(first, Settled::or).share()
}

/// What the operands that were found say of a rate.
enum Settled {
    /// There are none.
    Unknown,
    /// Some give the rate.
    Right,
    Wrong(Share),
}

impl Settled {
    /// A rate that is right in one way of working it out is right.
    fn or(self, other: Settled) -> Settled {
        match (self, other) {
            (Settled::Right, _) | (_, Settled::Right) => Settled::Right,
            (Settled::Unknown, other) => other,
            (wrong, _) => wrong,
        }
    }

    fn share(self) -> Option<Share> {
        match self {
            Settled::Wrong(share) => Some(share),
            _ => None,
        }
    }
}

impl Named {
    fn is_called(&self, name: &str) -> bool {
        self.names.split(' ').any(|known| name.ends_with(known))
    }

    /// Figures before a rate that are told with one of the words, the nearest first.
    fn operands(&self, prose: &str, figures: &[Figure], rate: usize, words: &str) -> Vec<usize> {
        let is_operand = |index: &usize| {
            let figure = &figures[*index];
            let told = told_of(prose, figures, *index);
            let has = |words: &str| words.split(' ').any(|word| !word.is_empty() && told.contains(word));
            let is_other = matches!(figure.role, Role::Change | Role::Comparison | Role::Base | Role::Share);
            let is_level = !is_other && (figure.role != Role::Average || figure.unit.is_rate());
            let is_amount = figure.exactness == Exactness::Exact && figure.upper.is_none() && figure.unit.dimension() != Dimension::Percent;
            is_level && is_amount && !figure.planned && has(words) && !has(self.not)
        };
        (0..rate).rev().take(REACH).filter(is_operand).collect()
    }

    /// Where several periods or bodies are told of, it cannot be said whose rate it is.
    fn settled(&self, figures: &[Figure], rate: usize, parts: &[usize], wholes: &[usize]) -> Settled {
        let mut wrong: Vec<Share> = Vec::new();
        for part in parts {
            for whole in wholes.iter().filter(|whole| *whole != part) {
                match self.follows(figures, rate, *part, *whole) {
                    Some(true) => return Settled::Right,
                    Some(false) if is_what_is_left(figures, rate, *whole) => return Settled::Right,
                    Some(false) => wrong.push(Share {
                        rate,
                        part: *part,
                        whole: if self.way == Way::Loss {
                            Whole::RestOf(*whole)
                        } else {
                            Whole::Here(*whole)
                        },
                    }),
                    None => {}
                }
            }
        }
        let value = |index: usize| figures[index].base_value();
        let whole = |share: &Share| match share.whole {
            Whole::Here(whole) | Whole::RestOf(whole) => value(whole),
            _ => Decimal::ZERO,
        };
        let is_same = |one: &Share, other: &Share| value(one.part).same_value(value(other.part)) && whole(one).same_value(whole(other));
        match wrong.first() {
            Some(first) if wrong.iter().all(|other| is_same(first, other)) => Settled::Wrong(first.clone()),
            _ => Settled::Unknown,
        }
    }

    /// Whether the rate follows from two figures; `None` if these cannot be its operands.
    fn follows(&self, figures: &[Figure], rate: usize, part: usize, whole: usize) -> Option<bool> {
        let (own, all, stated) = (&figures[part], &figures[whole], &figures[rate]);
        // 床位260张，入住188人: one for each.
        let is_one_for_each = own.unit.counts() && all.unit.counts() && self.names.starts_with("入住率");
        let is_possible = own.unit.is_comparable(&all.unit) || is_one_for_each;
        if !is_possible || all.base_value().less_than(own.base_value()) {
            return None;
        }
        Some(match self.way {
            Way::Quotient => is_ratio(stated, &own.interval(), &all.interval()),
            Way::Loss => is_ratio(stated, &all.interval().minus(&own.interval())?, &all.interval()),
        })
    }
}

/// 毕业1297人，就业433人，其余14人待业，就业率98.9%: the rate is of all but one of the figures before it.
fn is_what_is_left(figures: &[Figure], rate: usize, whole: usize) -> bool {
    let all = &figures[whole];
    let others = figures[whole + 1..rate].iter().filter(|figure| figure.unit.is_comparable(&all.unit));
    others
        .filter_map(|other| all.interval().minus(&other.interval()))
        .any(|rest| is_ratio(&figures[rate], &rest, &all.interval()))
}

/// The words before a figure in its clause, and the noun right after it.
pub(super) fn told_of(prose: &str, figures: &[Figure], index: usize) -> String {
    let figure = &figures[index];
    let noun: String = prose[figure.range.end..].chars().take_while(|char| is_han(*char)).take(8).collect();
    format!("{}{noun}", label(prose, figures, index))
}

/// 优良天数307天，优良天数比例为81.9%: of the days of a year, of which few are ever left out.
fn of_days(prose: &str, figures: &[Figure], rate: usize) -> Option<Share> {
    let name = label(prose, figures, rate).trim_end_matches(FILLERS);
    let is_of_days = ["优良天数比例", "优良天数比率", "优良率", "优良天数占比", "优良比例"];
    let part = rate.checked_sub(1)?;
    let (days, stated) = (&figures[part], &figures[rate]);
    let is_called = is_of_days.iter().any(|known| name.ends_with(known)) && label(prose, figures, part).contains("优良");
    let is_of_a_year = days.unit.dimension() == Dimension::Days && days.exactness == Exactness::Exact && days.sentence == stated.sentence;
    let in_all = days.value.shift(2).over(stated.value, 0)?;
    let fewest = Decimal::from(340);
    let most = Decimal::from(366);
    let is_possible = fewest.at_most(in_all) && in_all.at_most(most);
    let is_most_of_it = Decimal::from(180).at_most(days.value);
    (is_called && is_of_a_year && is_most_of_it && !is_possible).then_some(Share {
        rate,
        part,
        whole: Whole::DaysOfTheYear,
    })
}

/// 检查50处，整改40处，整改率80%: the rate names what was done to the part.
fn of_what_was_done(prose: &str, figures: &[Figure], rate: usize) -> Option<Share> {
    let part = rate.checked_sub(1)?;
    let whole = part.checked_sub(1)?;
    if figures[part].sentence != figures[rate].sentence || !is_part(&figures[part]) {
        return None;
    }
    let name = prose[figures[part].range.end..figures[rate].range.start].trim_end_matches(FILLERS);
    let name = name.strip_suffix('率')?;
    let start = name
        .rfind(['，', ',', '、', '（', '('])
        .map(|at| at + name[at..].chars().next().map_or(1, char::len_utf8))?;
    let verb = name[start..].trim();
    let (all, own) = (&figures[whole], &figures[part]);
    let said = &prose[all.range.end..own.range.end + start];
    if is_left_undone(prose, figures, rate, part, verb) {
        return rest_of(figures, rate, part, whole);
    }
    // 不合格5批次，合格率99%: what is named is the other part.
    let is_denied = ["不", "未", "没", "无"].iter().any(|word| said.contains(word));
    let said_of_part = verb.chars().filter(|char| said.contains(*char)).count();
    let (of_whole, of_part) = (label(prose, figures, whole), label(prose, figures, part));
    // 应参保42.6万人，实际参保41.3万人; 168个村，其中152个通了公交: the part is plainly of the whole.
    let is_due = ["应", "计划", "需"].iter().any(|word| of_whole.contains(word)) && ["实", "已"].iter().any(|word| of_part.starts_with(word));
    let is_among = said.trim_start_matches(is_han).starts_with("，其中") && !verb.chars().any(|char| of_whole.contains(char));
    let says_verb = !is_denied && (said_of_part >= 2 || said_of_part == 1 && (is_due || is_among));
    // 签约38.7万人，其中重点人群签约14.2万人，签约率82.6%: the whole was done itself, and the rate is of something else.
    let is_done = of_whole.contains(verb) && of_part.contains(verb) && !is_due;
    let comparable = !is_done && all.sentence == own.sentence && is_part(all) && all.unit.is_comparable(&own.unit);
    let is_of_another_kind = ["负债", "增长", "占"].iter().any(|word| verb.contains(word));
    if !(2..=4).contains(&verb.chars().count()) || is_of_another_kind || !says_verb || !comparable || all.base_value().less_than(own.base_value()) {
        return None;
    }
    let is_right = is_close(&figures[rate], own, all) || fits_something_here(figures, rate, part) || fits_any_pair(figures, rate);
    (!is_right).then_some(Share {
        rate,
        part,
        whole: Whole::Here(whole),
    })
}

/// 挂牌19处，仍有4处未整改，整改率: the part is what was not done.
fn is_left_undone(prose: &str, figures: &[Figure], rate: usize, part: usize, verb: &str) -> bool {
    let before = &prose[figures[part].clause.start..figures[part].range.start];
    let after = &prose[figures[part].range.end..figures[rate].range.start];
    let undone = after.strip_prefix(['未', '没']).is_some_and(|rest| {
        let clause = rest.split(['，', ',']).next().unwrap_or("");
        clause.contains(verb)
    });
    undone && ["仍有", "尚有", "还有"].iter().any(|word| before.ends_with(word))
}

fn rest_of(figures: &[Figure], rate: usize, part: usize, whole: usize) -> Option<Share> {
    let (all, left, stated) = (&figures[whole], &figures[part], &figures[rate]);
    let comparable =
        all.sentence == stated.sentence && is_part(all) && all.unit.is_comparable(&left.unit) && left.base_value().less_than(all.base_value());
    let rest = all.interval().minus(&left.interval())?;
    (comparable && !is_ratio(stated, &rest, &all.interval())).then_some(Share {
        rate,
        part,
        whole: Whole::RestOf(whole),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::glance::Glance;
    use crate::facts::{date, figure};

    fn count(prose: &str) -> usize {
        let glance = Glance::at(prose);
        let figures = figure::read(&glance, &date::read(&glance));
        let rates = (1..figures.len()).filter(|rate| figures[*rate].unit.dimension() == Dimension::Percent);
        rates.filter_map(|rate| share(prose, &figures, rate)).count()
    }

    #[test]
    fn rates_that_do_not_follow_and_rates_that_do() {
        for (wrong, right) in [
            (
                "年末资产总额86.4亿元，负债总额49.7亿元，资产负债率为67.5%。",
                "年末资产总额86.4亿元，负债总额49.7亿元，资产负债率为57.5%。",
            ),
            (
                "年末各项存款余额386.7亿元，各项贷款余额307.6亿元，存贷比为89.5%。",
                "年末各项存款余额386.7亿元，各项贷款余额307.6亿元，存贷比为79.5%。",
            ),
            (
                "全年供水量1580万立方米，售水量1410万立方米，产销差率为12.8%。",
                "全年供水量1580万立方米，售水量1410万立方米，产销差率为10.8%。",
            ),
            (
                "全县应参保人数42.6万人，实际参保41.3万人，参保率99.6%。",
                "全县应参保人数42.6万人，实际参保41.3万人，参保率96.9%。",
            ),
            (
                "2024届毕业生1862人，已就业1724人，就业率为96.2%。",
                "2024届毕业生1862人，已就业1724人，就业率为92.6%。",
            ),
            (
                "抽检食品486批次，合格472批次，合格率为99.1%。",
                "抽检食品486批次，合格472批次，合格率为97.1%。",
            ),
            (
                "全年抽检486批次，不合格14批次，合格率为98.1%。",
                "全年抽检486批次，不合格14批次，合格率为97.1%。",
            ),
            (
                "进水COD浓度为320毫克/升，出水浓度为32毫克/升，去除率为92%。",
                "进水COD浓度为320毫克/升，出水浓度为32毫克/升，去除率为90%。",
            ),
            (
                "全年受理案件3860件，审结3628件，结案率98.0%。",
                "全年受理案件3860件，审结3628件，结案率94.0%。",
            ),
            (
                "公园核定床位260张，年末入住188人，入住率为82.3%。",
                "公园核定床位260张，年末入住188人，入住率为72.3%。",
            ),
            (
                "全年监测有效天数365天，优良天数312天，优良率为88.5%。",
                "全年监测有效天数365天，优良天数312天，优良率为85.5%。",
            ),
            (
                "发放问卷1200份，回收有效问卷1128份，有效回收率为96%。",
                "发放问卷1200份，回收有效问卷1128份，有效回收率为94%。",
            ),
            (
                "年内到期合同286份，续签247份，续签率84.6%。",
                "年内到期合同286份，续签247份，续签率86.4%。",
            ),
            (
                "全县学龄儿童12486人，已入学12461人，入学率98.9%。",
                "全县学龄儿童12486人，已入学12461人，入学率99.8%。",
            ),
            (
                "共有农户2860户，参加合作社的1716户，入社率为66%。",
                "共有农户2860户，参加合作社的1716户，入社率为60%。",
            ),
            (
                "年末常住人口42.6万人，其中城镇常住人口23.9万人，城镇化率为65.1%。",
                "年末常住人口42.6万人，其中城镇常住人口23.9万人，城镇化率为56.1%。",
            ),
            (
                "全区森林面积62.4万亩，国土面积98.6万亩，森林覆盖率66.3%。",
                "全区森林面积62.4万亩，国土面积98.6万亩，森林覆盖率63.3%。",
            ),
            (
                "参训学员152人，考核合格148人，合格率达到99.4%。",
                "参训学员152人，考核合格148人，合格率达到97.4%。",
            ),
            (
                "今年计划销号问题86个，已销号79个，销号率96.9%。",
                "今年计划销号问题86个，已销号79个，销号率91.9%。",
            ),
            (
                "12345热线受理诉求8642件，按时办结8546件，按时办结率为99.8%；满意8212件，满意率95.0%。",
                "12345热线受理诉求8642件，按时办结8546件，按时办结率为98.9%；满意8212件，满意率95.0%。",
            ),
            ("收到提案186件，立案168件，立案率为93.0%。", "收到提案186件，立案168件，立案率为90.3%。"),
            (
                "应缴保险费3260万元，实缴3227万元，征缴率为97%。",
                "应缴保险费3260万元，实缴3227万元，征缴率为99%。",
            ),
            (
                "全县有行政村168个，其中152个村通了公交，通达率为95.0%。",
                "全县有行政村168个，其中152个村通了公交，通达率为90.5%。",
            ),
            (
                "清欠总额2860万元，已清偿2145万元，清偿率达到78%。",
                "清欠总额2860万元，已清偿2145万元，清偿率达到75%。",
            ),
            ("全市优良天数307天，优良天数比例为81.9%。", "全市优良天数307天，优良天数比例为84.1%。"),
        ] {
            assert_eq!(count(wrong), 1, "{wrong}");
            assert_eq!(count(right), 0, "{right}");
        }
    }

    #[test]
    fn rates_that_cannot_be_told() {
        for prose in [
            "总资产32.48亿元，净资产14.62亿元，资产负债率52.7%。",
            "流动资产3.2亿元，流动负债2.1亿元，资产负债率48.3%。",
            "存款余额386.8亿元，其中住户存款298.4亿元；新增贷款28.9亿元。存贷比79.5%。",
            "全年家庭医生签约38.7万人，其中重点人群签约14.2万人，签约率82.6%。",
            "应考学生2041人，合格1987人，合格率97.2%。",
            "抽检食品486批次，不合格5批次，合格率99.0%。",
            "优良天数286天，比上年增加12天，优良率达到88.5%。",
            "上半年优良天数152天，优良率84.0%。",
            "日供水能力62万立方米，售水量1.41亿立方米，产销差率10.8%。",
            "上半年收入79.87亿元，净利润12.88亿元。二季度收入36.73亿元，净利润5.94亿元。净利率14.5%。",
            "毕业生1297人，除829人升学外，就业433人，其余14人待业，就业率98.9%。",
            "力争到2025年森林面积达到62万亩，国土面积98万亩，森林覆盖率66%。",
        ] {
            assert_eq!(count(prose), 0, "{prose}");
        }
    }
}
