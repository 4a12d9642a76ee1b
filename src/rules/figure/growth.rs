//! `figure/growth`: a rate of change that does not follow from the figures beside it.

use std::ops::Range;

use super::percent::in_table;
use crate::draft::Place;
use crate::facts::figure::Figure;
use crate::facts::figure::doubling::Doubling;
use crate::facts::figure::growth::Growth;
use crate::facts::figure::rank::RankChange;
use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct WrongGrowth;

static META: Meta = Meta {
    name: "figure/growth",
    severity: Severity::Warning,
    default: true,
    summary: Bilingual::fixed(
        "增长率与前后的数字对不上",
        "A rate of change that does not follow from the figures beside it",
    ),
    explanation: Bilingual::fixed(
        "同一句里写明了基数、结果或增量，又写了增长（下降）多少的，按写出的数字重算，超出四舍五入的误差就报告。表格里的增长率列，多数行能由前面两列算出时，报告算不出的行。“翻了两番”按前后两数的倍数核对。“年均增长”“分别增长”和约数不作推算。改正时先弄清错的是增长率还是前面的数字。",
        "Where a sentence states what a figure was, what it became or by how much it changed, and the rate as well, the rate is worked out again; it is reported when it is off by more than rounding allows. In a table, where most rows of a column of rates follow from two other columns, the rest are reported. Doublings are held against how many times as much the later figure is. Yearly averages, rates of several figures at once and approximations are left alone. Find out first whether the rate or one of the figures is wrong.",
    ),
    clause: None,
    fix: Fixable::Unsafe,
    examples: &[
        Example::plain(
            "冷库容量由2020年的5.0万吨增加到6.5万吨，增长23.1%。\n",
            "冷库容量由2020年的5.0万吨增加到6.5万吨，增长30.0%，年均增长9.1%。\n",
        ),
        Example::plain(
            "考取大学128人，比上年的100人增加28人，增长21.9%。\n",
            "考取大学128人，比上年的100人增加28人，增长28%。\n",
        ),
    ],
};

impl Rule for WrongGrowth {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        for (block, piece) in context.draft.pieces().iter().enumerate() {
            let facts = piece.facts();
            findings.extend(facts.claims.growths.iter().map(|growth| finding(context, block, &facts.figures, growth)));
            let doublings = facts.claims.doublings.iter();
            findings.extend(doublings.map(|doubling| of_doubling(context, block, &facts.figures, doubling)));
            findings.extend(facts.claims.ranks.iter().map(|change| of_rank(context, block, change)));
        }
        let ratios = context.models.figures.wrong_ratios.iter().filter(|ratio| ratio.change);
        findings.extend(ratios.map(|ratio| in_table(context, META.name, ratio)));
    }
}

/// So many doublings that the two figures before them do not give.
fn of_doubling(context: &Context, block: usize, figures: &[Figure], doubling: &Doubling) -> Finding {
    let place = |range: &Range<usize>| context.source_range(&Place::new(block, range.clone()));
    let quote = |index: usize| context.quote(&Place::new(block, figures[index].range.clone()));
    let Doubling {
        earlier,
        later,
        stated,
        times,
        ..
    } = doubling;
    let said = context.quote(&Place::new(block, doubling.range.clone()));
    let (from, to, needed) = (quote(*earlier), quote(*later), 1 << stated);
    let message = Bilingual::new(
        format!("{to}是{from}的{times}倍，“{said}”应是{needed}倍"),
        format!("{to} is {times} times {from}, but “{said}” means {needed} times"),
    );
    let mut finding = Finding::new(META.name, META.severity, place(&doubling.range), message);
    for source in [earlier, later] {
        finding = finding.related(place(&figures[*source].range), Bilingual::fixed("据此推算", "It follows from this"));
    }
    finding
}

/// Places gained or lost that the two ranks do not give.
fn of_rank(context: &Context, block: usize, change: &RankChange) -> Finding {
    let place = |range: &Range<usize>| context.source_range(&Place::new(block, range.clone()));
    let stated = context.quote(&Place::new(block, change.number.clone()));
    let RankChange { from, to, .. } = change;
    let right = from.abs_diff(*to);
    let there = Bilingual::fixed("前后的名次在这里", "The two ranks are here");
    if change.reversed {
        let message = Bilingual::new(
            format!("由第{from}到第{to}，升降的方向与这里写的相反"),
            format!("From {from} to {to} is the other way than this says"),
        );
        return Finding::new(META.name, META.severity, place(&change.number), message).related(place(&change.ranks), there);
    }
    let message = Bilingual::new(
        format!("由第{from}到第{to}相差{right}位，这里写的是{stated}位"),
        format!("From {from} to {to} is {right} places, not {stated}"),
    );
    let title = Bilingual::new(format!("改为{right}"), format!("Make it {right}"));
    Finding::new(META.name, META.severity, place(&change.number), message)
        .related(place(&change.ranks), there)
        .fix(Fix::r#unsafe(title, [Edit::replace(place(&change.number), right.to_string())]))
}

fn finding(context: &Context, block: usize, figures: &[Figure], growth: &Growth) -> Finding {
    let rate = &figures[growth.rate];
    let place = |range| context.source_range(&Place::new(block, range));
    let stated = context.quote(&Place::new(block, rate.range.clone()));
    let unit = stated.trim_start_matches(|char: char| char.is_numeric() || matches!(char, '.' | '．' | ',' | '，' | '点'));
    let Growth { expected, working, .. } = growth;
    let message = if growth.reversed {
        Bilingual::new(
            format!("{working}得负数，增减的方向与这里写的相反"),
            format!("{working} is negative: the figures change the other way than this says"),
        )
    } else {
        Bilingual::new(
            format!("应为{expected}{unit}，这里写的是{stated}：{working}"),
            format!("It should be {expected}{unit}, not {stated}: {working}"),
        )
    };
    let mut finding = Finding::new(META.name, META.severity, place(rate.range.clone()), message);
    if growth.wrong_base {
        finding = finding.help(Bilingual::fixed(
            "写出的比率是用增减后的数作分母得到的；应当用增减前的数作分母",
            "The stated rate divides by the later value; it should divide by the earlier one",
        ));
    }
    for range in growth.source_ranges(figures) {
        finding = finding.related(place(range), Bilingual::fixed("据此推算", "It follows from this"));
    }
    if growth.reversed {
        return finding;
    }
    let title = Bilingual::new(format!("改为{expected}{unit}"), format!("Make it {expected}{unit}"));
    finding.fix(Fix::r#unsafe(
        title,
        [Edit::replace(place(rate.range.clone()), format!("{expected}{unit}"))],
    ))
}
