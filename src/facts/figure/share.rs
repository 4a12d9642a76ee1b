//! Shares beside the parts they are of: 40人中30人，占75%; 8538万元，占总投资的30%; 检查50处，整改40处，整改率80%.

use std::ops::Range;

use crate::numeral::decimal::{Decimal, Interval};

use super::Figure;
use super::equation::label;
use super::exactness::Exactness;
use super::role::Role;
use super::unit::Dimension;
use super::{completion, composition, rate};
use crate::script::is_han;

/// A share that can be worked out again, here or by the model of the draft.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// Which figure of the block is the percentage.
    pub rate: usize,
    /// Which figure is the part.
    pub part: usize,
    pub whole: Whole,
}

/// What a share is a share of.
#[derive(Debug, Clone, PartialEq)]
pub enum Whole {
    /// A figure of the same sentence, of which the share is not as stated.
    Here(usize),
    /// Something named whose figure stands elsewhere, in bytes of the prose.
    Named(Range<usize>),
    /// What the part is picked out of, named and standing elsewhere: the 从业人员 of 持有健康证的从业人员94人.
    KindOf(Range<usize>),
    /// What the parts of a row come to.
    Sum(Vec<usize>),
    /// A figure of the same sentence of which the part is left: the share is of the rest.
    RestOf(usize),
    /// The days of the year that the draft is about.
    DaysOfTheYear,
    /// A share over a hundred per cent of anything.
    Exceeded,
}

/// Words for the whole that name nothing.
const GENERIC: &[&str] = &[
    "总数",
    "总量",
    "总人数",
    "总户数",
    "总额",
    "全部",
    "总体",
    "全体",
    "合计",
    "其",
    "其总数",
    "整体",
];

/// What is put after the name of a whole: 案件总数.
const TOTALS: &[&str] = &["总数", "总量", "总额", "总人数", "总户数"];

/// What the name of a whole may begin with.
const OWN: &[char] = &['全', '省', '市', '县', '区', '镇', '乡', '村', '校', '年', '末', '底'];

/// A plan may be overfulfilled and a former value exceeded.
const MAY_BE_EXCEEDED: &[&str] = &[
    "计划",
    "任务",
    "目标",
    "预算",
    "指标",
    "上年",
    "去年",
    "同期",
    "设计",
    "投保",
    "收入",
    "生产总值",
    "GDP",
    "资产",
];

/// All shares of a block that are wrong by the figures beside them or that the draft must settle.
pub fn read(prose: &str, figures: &[Figure]) -> Vec<Share> {
    let mut shares: Vec<Share> = (1..figures.len()).filter_map(|index| share(prose, figures, index)).collect();
    for odd in composition::odd_shares(prose, figures) {
        shares.retain(|share| share.rate != odd.rate);
        shares.push(odd);
    }
    shares
}

fn share(prose: &str, figures: &[Figure], rate: usize) -> Option<Share> {
    let stated = &figures[rate];
    if stated.unit.dimension() != Dimension::Percent || stated.unit.is_rate() {
        return None;
    }
    if stated.is_definite()
        && let Some(share) = completion::share(prose, figures, rate).or_else(|| rate::share(prose, figures, rate))
    {
        return Some(share);
    }
    // 占三成以上 is a claim like any other; a range is not looked at.
    let is_claim = stated.is_definite() || stated.exactness == Exactness::AtLeast && stated.upper.is_none();
    let part = rate - 1;
    let lead_start = figures[part].range.end;
    let lead = prose.get(lead_start..stated.range.start)?;
    if figures[part].sentence != stated.sentence || !is_claim {
        return None;
    }
    let at = lead.rfind('占')?;
    // 占30%以上的产值: of something that is not what is counted.
    let after = prose[stated.range.end..].trim_start_matches(['以', '上', '左', '右', '多']);
    if after.strip_prefix('的').is_some_and(|rest| !rest.starts_with(['比', '，', '。'])) {
        return None;
    }
    if lead[..at].ends_with(['，', ','])
        && let Some(share) = of_the_same_things(prose, figures, rate)
    {
        return Some(share);
    }
    let name_start = lead_start + at + '占'.len_utf8();
    let name = trimmed_name(prose, name_start..stated.range.start);
    let (part, between) = named_again(prose, figures, rate, &lead[..at]).unwrap_or((part, &lead[..at]));
    is_part(&figures[part]).then(|| of_named(prose, figures, rate, part, between, name))?
}

/// 播种156.8万亩，投保面积132.4万亩，投保面积占播种面积的84.4%: the part is named again before 占.
fn named_again<'a>(prose: &str, figures: &[Figure], rate: usize, between: &'a str) -> Option<(usize, &'a str)> {
    let mark = between.rfind(['，', ',', '；', ';'])?;
    let start = mark + between[mark..].chars().next().map_or(1, char::len_utf8);
    let name = between[start..].trim_end_matches(['约', '已']);
    let is_named = |index: &usize| {
        let told = label(prose, figures, *index).trim_end_matches(['达', '到', '为', '有', '共']);
        let bare = told.trim_start_matches("其中");
        figures[*index].sentence == figures[rate].sentence && (told.ends_with(name) || bare == name.trim_end_matches("面积"))
    };
    let part = (0..rate).rev().take(8).find(is_named).filter(|_| name.chars().count() >= 2)?;
    Some((part, &between[..start]))
}

pub(super) fn is_part(figure: &Figure) -> bool {
    figure.is_definite()
        && !matches!(figure.role, Role::Change | Role::Comparison | Role::Base | Role::Average)
        && !matches!(figure.unit.dimension(), Dimension::Percent | Dimension::Points | Dimension::Multiple)
        && !figure.unit.is_rate()
}

/// The name of the whole without 的, 比重 and the words before the number.
fn trimmed_name(prose: &str, range: Range<usize>) -> Range<usize> {
    let mut text = &prose[range.clone()];
    loop {
        let before = text.len();
        for word in [
            "比重", "比例", "达到", "超过", "不足", "近", "约", "为", "达", "的", "了", "到", "超", "比",
        ] {
            text = text.strip_suffix(word).unwrap_or(text);
        }
        if text.len() == before {
            break;
        }
    }
    range.start..range.start + text.len()
}

fn of_named(prose: &str, figures: &[Figure], rate: usize, part: usize, between: &str, name: Range<usize>) -> Option<Share> {
    // The share must be said of the part itself: nothing but the noun that is counted stands between.
    let marks = between.chars().filter(|char| "，,、；;（(：:".contains(*char)).count();
    let ends_with_mark = between.ends_with(['，', ',', '（', '(', '、']) || between.is_empty();
    if marks > 1 || !ends_with_mark || between.chars().count() > 14 || between.contains("其中") || between.contains('。') {
        return None;
    }
    let text = &prose[name.clone()];
    if text.contains(['，', ',', '。', '、']) {
        return None;
    }
    if is_over_all(&figures[rate]) {
        let may = MAY_BE_EXCEEDED.iter().any(|word| text.contains(word));
        return (!may).then_some(Share {
            rate,
            part,
            whole: Whole::Exceeded,
        });
    }
    if fits_something_here(figures, rate, part) || fits_an_unnamed_whole(figures, rate, part) {
        return None;
    }
    let here = match text {
        _ if text.is_empty() || GENERIC.contains(&text) => {
            whole_before(prose, figures, part).or_else(|| whole_in_sentence_before(prose, figures, rate, part))
        }
        _ => whole_named_here(prose, figures, part, text),
    };
    if let Some(whole) = here {
        return Some(Share {
            rate,
            part,
            whole: Whole::Here(whole),
        });
    }
    let whole = match text.is_empty() || GENERIC.contains(&text) {
        true => Whole::KindOf(noun_of_part(prose, figures, part).filter(|_| text.is_empty())?),
        false => Whole::Named(name),
    };
    Some(Share { rate, part, whole })
}

fn is_over_all(rate: &Figure) -> bool {
    Decimal::new(100, 0).less_than(rate.value.times(rate.unit.factor()).unwrap_or(rate.value))
}

/// 持有健康证的从业人员只有94人，占11.1%: the share is of what the part is picked out of.
fn noun_of_part(prose: &str, figures: &[Figure], part: usize) -> Option<Range<usize>> {
    let figure = &figures[part];
    let words = &prose[figure.clause.start..figure.range.start];
    let start = words.rfind('的')? + '的'.len_utf8();
    let noun = words[start..].trim_end_matches(['只', '有', '仅', '共', '达', '到', '为']);
    let is_name = (2..=8).contains(&noun.chars().count()) && noun.chars().all(is_han);
    let from = figure.clause.start + start;
    is_name.then(|| from..from + noun.len())
}

/// Whether the share is right of any earlier figure of the sentence.
pub(super) fn fits_something_here(figures: &[Figure], rate: usize, part: usize) -> bool {
    let sentence = &figures[rate].sentence;
    (0..part)
        .rev()
        .take_while(|index| figures[*index].sentence == *sentence)
        .any(|whole| fits(&figures[rate], &figures[part], &figures[whole]))
}

/// 61家，占36.97%；27家，占16.36%: both are shares of something that is not stated.
fn fits_an_unnamed_whole(figures: &[Figure], rate: usize, part: usize) -> bool {
    let sentence = &figures[rate].sentence;
    let other_pairs = (1..part).rev().take(10).take_while(|index| figures[*index].sentence == *sentence);
    other_pairs
        .filter(|index| figures[*index].unit.dimension() == Dimension::Percent)
        .any(|other| {
            let (base, share) = (&figures[other - 1], &figures[other]);
            let cross = |part: &Figure, rate: &Figure| part.base_value().times(rate.value);
            let (Some(one), Some(two)) = (cross(base, &figures[rate]), cross(&figures[part], share)) else {
                return false;
            };
            let difference = one.minus(two).map(Decimal::abs).zip(two.abs().times(Decimal::new(1, -2)));
            base.unit.is_comparable(&figures[part].unit) && difference.is_some_and(|(difference, slack)| difference.at_most(slack))
        })
}

/// Whether a share is right within rounding; a last digit cut off instead of rounded is right too.
pub fn fits(rate: &Figure, part: &Figure, whole: &Figure) -> bool {
    whole.unit.is_comparable(&part.unit) && is_ratio(rate, &part.interval(), &whole.interval())
}

/// Whether `rate` is the share of `part` in `whole`, both in smallest units.
pub fn is_ratio(rate: &Figure, part: &Interval, whole: &Interval) -> bool {
    let mut stated = rate.interval();
    // 占三成以上 tells no more than three tenths, and less than four.
    if rate.exactness == Exactness::AtLeast {
        stated.high = stated.low.plus(Decimal::from(10)).unwrap_or(stated.high);
    }
    let unit = Decimal::new(1, rate.value.exponent());
    let tolerant = stated.low.minus(unit).zip(stated.high.plus(unit));
    let Some((low, high)) = tolerant else { return true };
    Interval::new(low.shift(-2), high.shift(-2)).holds_ratio(part, whole).unwrap_or(true)
}

/// The figure that the parts are said to be of: 40人中, 40人，其中.
fn whole_before(prose: &str, figures: &[Figure], part: usize) -> Option<usize> {
    let of = &figures[part];
    for whole in (0..part).rev() {
        let candidate = &figures[whole];
        if candidate.sentence != of.sentence {
            return None;
        }
        let next = figures[whole + 1..part]
            .iter()
            .find(|figure| figure.unit.is_comparable(&of.unit))
            .unwrap_or(of);
        let after = &prose[candidate.range.end..next.range.start];
        let first_clause = after.split(['，', ',']).next().unwrap_or("");
        let among = first_clause.ends_with('中') && first_clause.chars().count() <= 10 || first_clause.contains('中') && after.chars().count() <= 8;
        let opens = after.contains("其中") || among;
        if opens && candidate.unit.is_comparable(&of.unit) && is_part(candidate) && of.base_value().at_most(candidate.base_value()) {
            return Some(whole);
        }
    }
    None
}

/// 从业人员98.6万人，……。其中，女性从业人员37.5万人，占38.0%: what a sentence begins with 其中 is of the one before it.
fn whole_in_sentence_before(prose: &str, figures: &[Figure], rate: usize, part: usize) -> Option<usize> {
    let own = &figures[part];
    let begins = prose[own.sentence.start..own.range.start].trim_start().starts_with("其中");
    let is_first = part.checked_sub(1).is_none_or(|before| figures[before].sentence != own.sentence);
    let last = part.checked_sub(1).filter(|_| begins && is_first)?;
    let before = &figures[last].sentence;
    let follows = prose.get(before.end..own.sentence.start).is_some_and(|gap| gap.trim() == "。");
    let may_hold = |index: &usize| {
        let whole = &figures[*index];
        whole.unit.is_comparable(&own.unit) && is_part(whole) && own.base_value().at_most(whole.base_value())
    };
    let mut wholes = (0..part)
        .rev()
        .take_while(|index| figures[*index].sentence == *before)
        .filter(may_hold)
        .collect::<Vec<_>>();
    let first = wholes.pop().filter(|_| follows)?;
    let is_right = wholes.iter().any(|whole| fits(&figures[rate], own, &figures[*whole]));
    // The noun of the whole is that of the part: 从业人员, 女性从业人员.
    let noun = |index: usize| label(prose, figures, index).trim_end_matches(['达', '到', '为', '共', '有']);
    let whole = noun(first);
    let tail = whole.char_indices().rev().nth(1).map(|(at, _)| &whole[at..])?;
    (!is_right && !fits(&figures[rate], own, &figures[first]) && noun(part).ends_with(tail)).then_some(first)
}

/// 26个村，有19个村……，占73.1%: the same things are counted twice.
fn of_the_same_things(prose: &str, figures: &[Figure], rate: usize) -> Option<Share> {
    let noun = |figure: &Figure| -> Option<&str> {
        let rest = &prose[figure.range.end..];
        let first = rest.chars().next().filter(|char| is_han(*char) && !"的中以左为，".contains(*char))?;
        Some(&rest[..first.len_utf8()])
    };
    let here = (0..rate)
        .rev()
        .take(3)
        .take_while(|index| figures[*index].sentence == figures[rate].sentence);
    let counted: Vec<usize> = here.filter(|index| figures[*index].unit.counts() && is_part(&figures[*index])).collect();
    let [part, whole] = counted[..] else { return None };
    let (one, all) = (&figures[part], &figures[whole]);
    let is_same = one.unit == all.unit && noun(one).is_some() && noun(one) == noun(all) && one.base_value().less_than(all.base_value());
    let lead = &prose[one.clause.start..one.range.start];
    let is_of = matches!(lead, "有" | "其中" | "其中有" | "已有");
    // 26个村，收入10万元以上的村达到19个
    let is_such = noun(all).is_some_and(|noun| {
        label(prose, figures, part)
            .trim_end_matches(['达', '到', '有', '为'])
            .ends_with(&format!("的{noun}"))
    });
    let is_same = is_same && is_of || is_such && one.unit == all.unit && one.base_value().less_than(all.base_value());
    (is_same && !fits_any_pair(figures, rate)).then_some(Share {
        rate,
        part,
        whole: Whole::Here(whole),
    })
}

/// 案件126件，其中涉企27件，占案件总数的21.4%: the whole is named as in its own clause.
fn whole_named_here(prose: &str, figures: &[Figure], part: usize, name: &str) -> Option<usize> {
    // 培训3200人……，占参训人数的84.7%: whoever took part is named after what they took part in.
    if let Some(stem) = name.strip_suffix("人数").filter(|_| figures[part].unit.dimension() == Dimension::People) {
        let whole = (0..part).rev().find(|index| figures[*index].unit.is_comparable(&figures[part].unit))?;
        let own = prose.get(figures[whole].around.clone())?;
        let is_named = figures[whole].sentence == figures[part].sentence && stem.chars().any(|char| char != '总' && own.contains(char));
        return (is_named && figures[part].base_value().at_most(figures[whole].base_value())).then_some(whole);
    }
    let all = &figures[part];
    let told = |index: &usize| label(prose, figures, *index).trim_end_matches(['达', '到', '为', '共', '有']);
    let mut here = (0..part)
        .rev()
        .take_while(|index| figures[*index].sentence == all.sentence)
        .filter(|index| {
            figures[*index].unit.is_comparable(&all.unit) && is_part(&figures[*index]) && all.base_value().at_most(figures[*index].base_value())
        });
    let Some(stem) = TOTALS.iter().find_map(|total| name.strip_suffix(total)) else {
        // 播种面积156.8万亩，……占播种面积的84.4%
        let mut same = here.clone();
        if let Some(whole) = same.find(|index| told(index).trim_start_matches(OWN) == name) {
            return Some(whole);
        }
        // 受灾农作物12.6万亩，其中……占受灾面积的14.3%
        let stem = name.strip_suffix("面积").filter(|stem| stem.chars().count() >= 2)?;
        let whole = here.find(|index| told(index).contains(stem))?;
        return here.next().is_none().then_some(whole);
    };
    let stem = stem
        .trim_end_matches('的')
        .trim_start_matches("全部")
        .trim_start_matches("所有")
        .trim_start_matches(OWN);
    if let Some(whole) = whole_before(prose, figures, part) {
        let own = prose.get(figures[whole].around.clone())?;
        return (!stem.is_empty() && own.contains(stem)).then_some(whole);
    }
    // 接待游客862.5万人次，……过夜游客203.4万人次，占接待总量的23.6%
    let whole = here.find(|index| stem.chars().count() >= 2 && told(index).contains(stem))?;
    here.next().is_none().then_some(whole)
}

/// Half a point off is as likely a base that is not named, such as those who were absent.
pub(super) fn is_close(rate: &Figure, part: &Figure, whole: &Figure) -> bool {
    let share = part.base_value().shift(2).over(whole.base_value(), -2);
    let difference = share
        .zip(rate.value.times(rate.unit.factor()))
        .and_then(|(share, stated)| share.minus(stated));
    difference.is_none_or(|difference| difference.abs().at_most(Decimal::new(5, -1)))
}

/// Whether the rate is right of any two earlier figures of the sentence.
pub(super) fn fits_any_pair(figures: &[Figure], rate: usize) -> bool {
    let sentence = &figures[rate].sentence;
    let before: Vec<usize> = (0..rate)
        .rev()
        .take_while(|index| figures[*index].sentence == *sentence)
        .take(10)
        .collect();
    before.iter().any(|part| {
        before
            .iter()
            .any(|whole| part != whole && fits(&figures[rate], &figures[*part], &figures[*whole]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::glance::Glance;
    use crate::facts::{date, figure};

    fn found(prose: &str) -> Vec<Whole> {
        let glance = Glance::at(prose);
        let figures = figure::read(&glance, &date::read(&glance));
        read(prose, &figures).into_iter().map(|share| share.whole).collect()
    }

    #[test]
    fn shares_that_are_wrong_by_the_figures_beside_them() {
        for (prose, whole) in [
            ("参训40人中党员30人，占70%。", 0),
            ("共有教师196人，其中高级教师71人，占46.2%。", 0),
            ("排查隐患500处，整改到位450处，整改率95%。", 0),
            ("查处案件126件，同比增长12.5%，其中涉企案件27件，占案件总数的24.1%。", 0),
            ("参加测评的132名职工中，128人表示满意，满意率为92.5%。", 0),
            ("发放问卷600份，收回582份，回收率为92%。", 0),
            ("全镇26个村，有19个村集体收入超过20万元，占83.1%。", 0),
            ("培训农民3200人，取得证书2710人，占参训人数的87.4%。", 0),
            ("完成投资32.6亿元，完成年度目标40亿元的85.1%。", 1),
            ("安排民生支出18.6亿元，占预算支出24.2亿元的67.9%。", 1),
            ("引进项目126个，其中竣工投产94个，投产率76.4%。", 0),
            ("受访的420户中，愿意入社的273户，占63%。", 0),
            ("受灾农作物12.6万亩，其中绝收1.8万亩，绝收面积占受灾面积的13.4%。", 0),
            ("从业人员98.64万人，比上年增加5.59万人。其中，女性从业人员37.48万人，占36.0%。", 0),
        ] {
            assert_eq!(found(prose), vec![Whole::Here(whole)], "{prose}");
        }
        assert_eq!(found("挂牌的25处隐患，至今仍有4处未完成整改，整改率仅为74%。"), vec![Whole::RestOf(0)]);
        assert_eq!(found("其中女性30人，占总数的130%。"), vec![Whole::Exceeded]);
        assert!(matches!(found("资本金8538万元，占总投资的35.0%。")[..], [Whole::Named(_)]));
    }

    #[test]
    fn shares_that_are_right_or_cannot_be_told() {
        for prose in [
            "参训40人中党员30人，占75%。",
            "从业人员98.64万人，比上年增加5.59万人。其中，女性从业人员37.48万人，占38.0%。",
            "企业1260家，从业人员8.64万人。其中，规上企业86家，占30%以上的产值。",
            "共有教师196人，其中高级教师71人，占36.2%；研究生学历58人，占29.6%。",
            "完成投资7.82亿元，占年度计划的102.9%。",
            "收集建议513条，归并为96项，已办结92项，办结率95.8%。",
            "排查51320处，整改到位50242处，整改率97.9%。",
            "家访1864户，占近八成。",
            "挂牌的25处隐患，至今仍有4处未完成整改，整改率仅为84%。",
            "抽检486批次，不合格5批次，合格率99.0%。",
            "应考学生2041人，合格1987人，合格率97.2%。",
            "增长的109家，占66.06%，其中61家增长大于50%，占36.97%；27家实现翻番，占16.36%。",
            "完成投资32.6亿元，完成年度目标40亿元的81.5%。",
            "全年家庭医生签约38.7万人，其中重点人群签约14.2万人，签约率达到82.6%。",
            "总资产32.48亿元，净资产14.62亿元，资产负债率52.7%。",
        ] {
            assert_eq!(found(prose), Vec::<Whole>::new(), "{prose}");
        }
    }
}
