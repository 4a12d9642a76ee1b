//! How much of a plan was done: 计划完成投资45亿元，实际完成38.7亿元，占年度计划的86%.

use crate::numeral::decimal::Interval;

use super::Figure;
use super::equation::label;
use super::share::{Share, Whole, is_close, is_part, is_ratio};

/// Words that tell that a figure is what was to be done.
const PLANNED: &[&str] = &["计划", "任务", "目标", "预算", "下达", "指标", "应", "需"];
/// Words that tell that a figure is what was done.
const DONE: &[&str] = &[
    "已", "实际", "完成", "实现", "建成", "达", "累计", "到位", "支出", "签约", "栽植", "新建", "改造",
];
/// Names of the rate of a plan.
const RATES: &[&str] = &["完成率", "任务完成率", "计划完成率", "目标完成率", "达成率", "预算执行率", "执行率"];
/// Parts of a year, whose plan is not the year's.
const PARTS_OF_A_YEAR: &[&str] = &["月", "季度", "上半年", "一期", "首期"];

/// The rate at a figure, where it is one of a plan and does not follow from the plan and the result before it.
pub fn share(prose: &str, figures: &[Figure], rate: usize) -> Option<Share> {
    of_stated(prose, figures, rate).or_else(|| of_planned(prose, figures, rate))
}

/// 32.6亿元，完成年度目标40亿元的81.5%; 18.6亿元，占支出24.2亿元的76.9%: the whole stands at the rate.
fn of_stated(prose: &str, figures: &[Figure], rate: usize) -> Option<Share> {
    let (part, whole) = (rate.checked_sub(2)?, rate.checked_sub(1)?);
    let (own, all, stated) = (&figures[part], &figures[whole], &figures[rate]);
    let name = label(prose, figures, whole);
    let is_of = ["占", "完成", "达到", "相当于", "为", "是"].iter().any(|word| name.starts_with(word)) && !name.contains(['，', ',']);
    let is_row = own.sentence == stated.sentence && is_part(own) && all.is_definite() && own.unit.is_comparable(&all.unit);
    let between = prose[all.range.end..stated.range.start].trim_end_matches(['为', '达', '到', '约', '是']);
    if !is_of || !is_row || !matches!(between, "的" | "的比重" | "的比例") {
        return None;
    }
    let exactly = Interval::exactly(all.base_value());
    let right = is_ratio(stated, &own.interval(), &exactly) || is_ratio(stated, &own.interval(), &all.interval());
    (!right).then_some(Share {
        rate,
        part,
        whole: Whole::Here(whole),
    })
}

/// 计划完成投资45亿元，实际完成38.7亿元，占年度计划的86%.
fn of_planned(prose: &str, figures: &[Figure], rate: usize) -> Option<Share> {
    let part = rate.checked_sub(1)?;
    let (done, stated) = (&figures[part], &figures[rate]);
    let lead = &prose[done.range.end..stated.range.start];
    if done.sentence != stated.sentence || !is_part(done) || !tells_completion(lead) {
        return None;
    }
    let lead_of = |figure: &Figure| &prose[figure.clause.start..figure.range.start];
    let mut planned = (0..part)
        .rev()
        .take_while(|index| figures[*index].sentence == stated.sentence)
        .filter(|index| figures[*index].unit.is_comparable(&done.unit) && figures[*index].is_definite());
    let whole = planned.next()?;
    let own = lead_of(&figures[whole]);
    let is_plan = PLANNED.iter().any(|word| own.contains(word)) && planned.next().is_none();
    let is_done = DONE.iter().any(|word| lead_of(done).contains(word)) && !lead_of(done).contains("计划");
    let of_a_part = PARTS_OF_A_YEAR.iter().any(|word| own.contains(word)) && lead.contains('年');
    // A plan is set, not measured: it is exact as it is written.
    let planned = Interval::exactly(figures[whole].base_value());
    let right = is_ratio(stated, &done.interval(), &planned) || is_close(stated, done, &figures[whole]);
    (is_plan && is_done && !of_a_part && !right).then_some(Share {
        rate,
        part,
        whole: Whole::Here(whole),
    })
}

/// ，占年度计划的, ，完成任务的, ，完成率
fn tells_completion(lead: &str) -> bool {
    let Some((_, clause)) = lead.rsplit_once(['，', ',', '（', '(']) else {
        return false;
    };
    let bare = clause.trim_end_matches(['达', '到', '为', '了', '的', '约', '仅', '超', '过']);
    let is_of_plan = ["占", "完成", "为", "达到", "达"].iter().any(|word| clause.starts_with(word))
        && ["计划", "任务", "目标", "预算", "任务数", "目标任务", "计划数"]
            .iter()
            .any(|word| bare.ends_with(word));
    // 计划40座，已建成34座，完成85%
    is_of_plan || RATES.contains(&bare) || matches!(clause, "完成" | "已完成" | "完成了")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::glance::Glance;
    use crate::facts::{date, figure};

    fn count(prose: &str) -> usize {
        let figures = figure::read(&Glance::at(prose), &date::read(&Glance::at(prose)));
        (0..figures.len()).filter_map(|rate| share(prose, &figures, rate)).count()
    }

    #[test]
    fn rates_of_plans() {
        for prose in [
            "今年计划完成投资45亿元，1-9月实际完成投资38.7亿元，占年度计划的88%。",
            "目标任务为新建公路120公里，目前已建成93公里，完成率82.5%。",
            "计划植树15万株，实际植树16.2万株，完成计划的106%。",
            "完成投资28.6亿元，为年度计划32亿元的98.4%。",
            "第三产业86.4亿元，占地区总量186.2亿元的比重为44.6%。",
            "计划新建公厕40座，已建成34座，完成75%。",
        ] {
            assert_eq!(count(prose), 1, "{prose}");
        }
        for prose in [
            "今年计划完成投资45亿元，1-9月实际完成投资38.7亿元，占年度计划的86%。",
            "上半年计划完成投资20亿元，实际完成19.5亿元，占年度计划的45%。",
            "计划植树15万株，实际植树16.2万株，完成计划的108%。",
            "计划新建公厕40座，已建成34座，完成85%。",
            "完成投资7.82亿元，占年度计划的102.9%。",
            "完成投资28.6亿元，为年度计划32亿元的89.4%。",
            "下达计划120公里、资金800万元，已完成投资600万元，同比增长75.5%。",
        ] {
            assert_eq!(count(prose), 0, "{prose}");
        }
    }
}
