//! `figure/percent`: a share that its part and its whole do not give.

use std::ops::Range;

use super::addition;
use crate::draft::Place;
use crate::facts::figure::Figure;
use crate::facts::figure::composition::Composition;
use crate::facts::figure::exactness;
use crate::facts::figure::half::Half;
use crate::facts::figure::proportion::Proportion;
use crate::facts::figure::together::SharesTogether;
use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::model::figures::ratio::WrongRatio;
use crate::model::figures::share::WrongShare;
use crate::numeral::decimal::Decimal;
use crate::rule::{Context, Example, Fixable, Meta, Rule};
use crate::rules::wording;

pub struct WrongPercentage;

static META: Meta = Meta {
    name: "figure/percent",
    severity: Severity::Warning,
    default: true,
    summary: Bilingual::fixed("占比与部分、总数对不上", "A share that its part and its whole do not give"),
    explanation: Bilingual::fixed(
        "写明了部分、总数和占比的，按部分除以总数重算，超出四舍五入的误差就报告；总数可以在同一句里，也可以在别处的正文或表格里，只要名称说得清。部分超过整体（占比超过100%）也报告，完成计划、超过上年的除外。一句里成串的占比，其他各项都对得上而只有一项对不上的，或者列到“其他”而相加不是100%的，也报告；表格里的占比列、完成率列，多数行按同一算法对得上时，报告对不上的行。“两项合计占……”与前面各项的占比之和、“过半”“不到一半”与前面两个数也都核对。",
        "Where part, whole and share are stated, the share is worked out again and reported when it is off by more than rounding allows. The whole may stand in the same sentence, or elsewhere in the text or in a table as long as its name is plain. A part larger than its whole is reported too, except where a plan or a former value may well be exceeded. Of several shares in a row, the one that alone does not follow is reported, and so is a row that ends with “the others” and does not come to 100%. In a table, where most rows of a column of shares follow from the columns beside it, the others are reported. Shares that are said to come to another, and words for more or less than half, are held against the figures before them.",
    ),
    clause: None,
    fix: Fixable::Unsafe,
    examples: &[
        Example::plain("参训的40人中，党员30人，占70%。\n", "参训的40人中，党员30人，占75%。\n"),
        Example::plain(
            "项目总投资2000万元。\n资金来源：自筹资金600万元，占总投资的35%。\n",
            "项目总投资2000万元。\n资金来源：自筹资金600万元，占总投资的30%。\n",
        ),
        Example::plain(
            "全年排查隐患500处，整改到位450处，整改率95%。\n",
            "全年排查隐患500处，整改到位450处，整改率90%。\n",
        ),
    ],
};

impl Rule for WrongPercentage {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        findings.extend(context.models.figures.wrong_shares.iter().map(|share| finding(context, share)));
        for (block, piece) in context.draft.pieces().iter().enumerate() {
            let facts = piece.facts();
            let compositions = facts.claims.compositions.iter();
            findings.extend(compositions.map(|row| in_a_row(context, block, &facts.figures, row)));
            let sums = facts.claims.shares_together.iter();
            findings.extend(sums.map(|sum| of_shares(context, block, &facts.figures, sum)));
            findings.extend(facts.claims.halves.iter().map(|half| of_half(context, block, &facts.figures, half)));
            let proportions = facts.claims.proportions.iter();
            findings.extend(proportions.map(|proportion| in_a_ratio(context, block, proportion)));
        }
        let ratios = context.models.figures.wrong_ratios.iter().filter(|ratio| !ratio.change);
        findings.extend(ratios.map(|ratio| in_table(context, META.name, ratio)));
    }
}

/// A percentage of a table; also for rates of change.
pub fn in_table(context: &Context, rule: &'static str, ratio: &WrongRatio) -> Finding {
    let expected = ratio.expected;
    let stated = context.quote(&ratio.rate);
    let (working_zh, working_en) = working(context, ratio);
    let message = Bilingual::new(
        format!("应为{expected}，这里写的是{stated}：{working_zh}，这一列的其他行都按这个算法对得上"),
        format!("It should be {expected}, not {stated}: {working_en}, as in the other rows of the column"),
    );
    let severity = if ratio.certain { Severity::Warning } else { Severity::Info };
    let range = context.source_range(&ratio.rate);
    let mut finding = Finding::new(rule, severity, range.clone(), message);
    for source in &ratio.sources {
        finding = finding.related(context.source_range(source), Bilingual::fixed("据此推算", "It follows from this"));
    }
    let title = Bilingual::new(format!("改为{expected}"), format!("Make it {expected}"));
    finding.fix(Fix::r#unsafe(title, [Edit::replace(range, expected.to_string())]))
}

/// How a percentage follows from the cells of its row.
fn working(context: &Context, ratio: &WrongRatio) -> (String, String) {
    let cell = |index: usize| ratio.sources.get(index).map_or("", |source| context.quote(source).trim());
    let (first, second) = (cell(0), cell(1));
    if ratio.change {
        let working = format!("（{second}－{first}）÷{first}");
        return (working.clone(), working);
    }
    match ratio.total {
        Some(total) => (format!("{first}÷本列合计{total}"), format!("{first}÷{total}, the total of its column")),
        None => (format!("{first}÷{second}"), format!("{first}÷{second}")),
    }
}

/// Shares that are said to come to another one.
fn of_shares(context: &Context, block: usize, figures: &[Figure], sum: &SharesTogether) -> Finding {
    let place = |index: usize| context.source_range(&Place::new(block, figures[index].range.clone()));
    let prose = context.draft.pieces()[block].prose();
    let said = exactness::with_words(prose, &figures[sum.stated].range);
    let stated = wording::quoted(&prose[said]);
    let shares: Vec<String> = sum
        .parts
        .iter()
        .map(|share| context.quote(&Place::new(block, figures[*share].range.clone())).to_owned())
        .collect();
    let addition = addition::written_out(&shares, &format!("{}%", sum.sum.trimmed_to_whole()));
    let message = Bilingual::new(
        format!("各项占比相加{addition}，这里写的是{stated}"),
        format!("These shares come to {addition}, not {stated}"),
    );
    let finding = Finding::new(META.name, META.severity, place(sum.stated), message);
    let there = || Bilingual::fixed("其中一项", "One of them");
    sum.parts.iter().fold(finding, |finding, share| finding.related(place(*share), there()))
}

/// More or less than half, where the part is not so.
fn of_half(context: &Context, block: usize, figures: &[Figure], half: &Half) -> Finding {
    let place = |range: &Range<usize>| context.source_range(&Place::new(block, range.clone()));
    let range = |index: usize| &figures[index].range;
    let quote = |range: &Range<usize>| context.quote(&Place::new(block, range.clone()));
    let (part, whole, said) = (quote(range(half.part)), quote(range(half.whole)), quote(&half.range));
    let percent = figures[half.part].base_value().shift(2).over(figures[half.whole].base_value(), -1);
    let percent = percent.map_or_else(String::new, |percent| format!("{percent}%"));
    let (than, than_en) = if half.is_more {
        ("过半", "more than half")
    } else {
        ("不到一半", "less than half")
    };
    let message = Bilingual::new(
        format!("{part}÷{whole}＝{percent}，{than}，这里写的是“{said}”"),
        format!("{part} of {whole} is {percent}, {than_en}, but this says “{said}”"),
    );
    Finding::new(META.name, META.severity, place(&half.range), message)
        .related(place(range(half.part)), Bilingual::fixed("部分在这里", "The part is here"))
        .related(place(range(half.whole)), Bilingual::fixed("总数在这里", "The whole is here"))
}

/// Shares told as a ratio that do not come to a hundred.
fn in_a_ratio(context: &Context, block: usize, proportion: &Proportion) -> Finding {
    let shares: Vec<String> = proportion.shares.iter().map(Decimal::to_string).collect();
    let addition = addition::written_out(&shares, &proportion.sum.to_string());
    let message = Bilingual::new(
        format!("各项占比相加{addition}，不是100"),
        format!("These shares come to {addition}, not to 100"),
    );
    let range = context.source_range(&Place::new(block, proportion.range.clone()));
    Finding::new(META.name, META.severity, range, message)
}

/// Shares of one whole that do not come to a hundred per cent.
fn in_a_row(context: &Context, block: usize, figures: &[Figure], row: &Composition) -> Finding {
    let sum = row.sum;
    let place = |share: &usize| context.source_range(&Place::new(block, figures[*share].range.clone()));
    let shares = row.shares.iter().map(|share| figures[*share].value.trimmed_to_whole().to_string());
    let addition = addition::written_out(&shares.collect::<Vec<_>>(), &sum.trimmed_to_whole().to_string());
    let message = Bilingual::new(
        format!("各项占比相加{addition}，不是100%"),
        format!("These shares come to {addition}, not to 100%"),
    );
    let severity = if row.closed { Severity::Warning } else { Severity::Info };
    let (last, others) = row
        .shares
        .split_last()
        .map_or((0..0, &row.shares[..]), |(last, others)| (place(last), others));
    let mut finding = Finding::new(META.name, severity, last, message);
    for share in others {
        finding = finding.related(place(share), Bilingual::fixed("其中一项", "One of them"));
    }
    finding
}

fn finding(context: &Context, share: &WrongShare) -> Finding {
    let quote = |place: &Place| context.quote(place).to_owned();
    let stated = quote(&share.rate);
    let rate = context.source_range(&share.rate);
    let Some(expected) = share.expected else {
        let message = Bilingual::new(
            format!("部分不能超过整体：占了{stated}"),
            format!("A part cannot be {stated} of its whole"),
        );
        return Finding::new(META.name, META.severity, rate, message);
    };
    let unit = &stated[share.number.end - share.number.start..];
    let noun = match is_called_share(context, share) {
        true => Bilingual::fixed("占比应为", "The share should be"),
        false => Bilingual::fixed("应为", "It should be"),
    };
    let working = &share.working;
    let (from_zh, from_en) = share
        .whole
        .as_ref()
        .map_or_else(Default::default, |whole| where_the_whole_stands(context, share, whole));
    let finding = |right: &str, wrong: &str, aside: &Bilingual| {
        let message = Bilingual::new(
            format!("{}{right}{}，这里写的是{wrong}：{working}{from_zh}", noun.zh, aside.zh),
            format!("{} {right}{}, not {wrong}: {working}{from_en}", noun.en, aside.en),
        );
        let finding = Finding::new(META.name, META.severity, rate.clone(), message)
            .related(context.source_range(&share.part), Bilingual::fixed("部分在这里", "The part is here"));
        match &share.whole {
            Some(whole) => finding.related(context.source_range(whole), Bilingual::fixed("总数在这里", "The whole is here")),
            None => finding,
        }
    };
    let fix = |right: &str, edit| Fix::r#unsafe(Bilingual::new(format!("改为{right}"), format!("Make it {right}")), [edit]);
    let Some(precise) = share.precise else {
        let right = format!("{expected}{unit}");
        let edit = Edit::replace(context.source_range(&share.number), expected.to_string());
        return finding(&right, &stated, &Bilingual::fixed("", "")).fix(fix(&right, edit));
    };
    // 超过八成 is answered by the share itself: 七成 would be no better than what is there.
    let prose = context.draft.pieces()[share.rate.block].prose();
    let said = Place::new(share.rate.block, exactness::with_words(prose, &share.rate.range()));
    let aside = match share.is_too_large {
        true => Bilingual::new(format!("，不到{stated}"), format!(", less than {stated}")),
        false => Bilingual::new(format!("，超过{stated}"), format!(", more than {stated}")),
    };
    let right = format!("{precise}%");
    finding(&right, &wording::quoted(context.quote(&said)), &aside).fix(fix(&right, Edit::replace(context.source_range(&said), right.clone())))
}

/// Whether the draft says 占 before the percentage; a rate such as 整改率 is none.
fn is_called_share(context: &Context, share: &WrongShare) -> bool {
    let prose = context.draft.pieces()[share.rate.block].prose();
    prose.get(share.part.end..share.rate.start).is_some_and(|between| between.contains('占'))
}

/// Tells where the whole is to be found if it is not in the same paragraph.
fn where_the_whole_stands(context: &Context, share: &WrongShare, whole: &Place) -> (String, String) {
    if whole.block == share.rate.block {
        return (String::new(), String::new());
    }
    let there = wording::elsewhere(context.draft, &share.rate, whole);
    match context.draft.pieces()[whole.block].block().is_cell() {
        true => (
            format!("（总数见{}的表格）", there.zh),
            format!(" (the whole is {}, in a table)", there.en),
        ),
        false => (format!("（总数见{}）", there.zh), format!(" (the whole is {})", there.en)),
    }
}
