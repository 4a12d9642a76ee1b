//! `figure/conflict`: one fact stated with two values.

use super::across;
use crate::draft::Draft;
use crate::facts::figure;
use crate::facts::figure::exactness::Exactness;
use crate::finding::{Bilingual, Finding, Language, Severity};
use crate::fix::{Edit, Fix};
use crate::model::figures::conflict::Conflict;
use crate::model::figures::left_over::LeftOver;
use crate::model::figures::mention::Mention;
use crate::model::figures::score;
use crate::rule::{Context, Example, Fixable, Meta, Rule};
use crate::rules::wording;

pub struct ConflictingFigures;

pub(super) const NAME: &str = "figure/conflict";

static META: Meta = Meta {
    name: NAME,
    severity: Severity::Warning,
    default: true,
    summary: Bilingual::fixed("同一件事，前后数字不一致", "One fact is stated with two values"),
    explanation: Bilingual::fixed(
        "同一事项在文中不同地方（正文、表格）写了两个不能同时成立的数字。名称、单位、时间、地点、口径（总数还是其中、累计还是新增、计划还是完成）都对得上，又有“全部”“现有”“共”一类字眼或者像笔误的数字，才会报告；约数与精确数相符的不算。请核对后统一；如果确是两件事，把名称写清楚。",
        "The same thing is given two values in different places, in the text or in tables, that cannot both be true. Name, unit, time, place and role (whole or part, cumulative or new, planned or done) must agree, and words like “all” or “existing”, or digits that look like a slip, must speak for it. An approximation that fits the exact value is no conflict. Check both and make them agree; if they are different things, name them differently.",
    ),
    clause: None,
    fix: Fixable::Unsafe,
    examples: &[
        Example::plain(
            "一、基本情况\n学校现有48个教学班，学生2364人。\n二、主要工作\n（一）德育\n组织学生参观，46个教学班全部完成班级文化建设。\n",
            "一、基本情况\n学校现有48个教学班，学生2364人。\n二、主要工作\n（一）德育\n组织学生参观，48个教学班全部完成班级文化建设。\n三、下学年打算\n计划新增2个教学班，达到50个教学班。\n",
        ),
        Example::plain(
            "一、现状\n全县蘑菇生产规模达到3.86亿棒，比上年增加。\n二、问题\n按现有3.68亿棒规模测算，木屑缺口较大。\n",
            "一、现状\n全县蘑菇生产规模达到3.86亿棒，邻县生产规模3.68亿棒。\n二、问题\n按现有3.86亿棒规模测算，木屑缺口较大。\n",
        ),
        // The same work told with other verbs, the noun once before and once after the number.
        Example::plain(
            "一、抗灾情况\n今年春季，党员带头，全面完成52万亩玉米保苗工作。\n二、投入情况\n全县上下抓好玉米保苗。据统计，全县浇灌玉米43.8万亩，出动机械2万台套。\n",
            "一、抗灾情况\n今年春季，党员带头，全面完成43.8万亩玉米保苗工作。\n二、投入情况\n全县上下抓好玉米保苗。据统计，全县浇灌玉米43.8万亩，出动机械2万台套。\n",
        ),
    ],
};

impl Rule for ConflictingFigures {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        let figures = &context.models.figures;
        findings.extend(figures.conflicts.iter().map(|conflict| finding(context, &figures.mentions, conflict)));
        findings.extend(
            figures
                .left_over
                .iter()
                .filter(|left| !figures.is_contradicted(left.rest))
                .map(|left| left_over(context, left)),
        );
        findings.extend(across::findings(context));
    }
}

/// The strongest reasons are enough to see why.
const MOST_REASONS: usize = 3;

fn finding(context: &Context, mentions: &[Mention], conflict: &Conflict) -> Finding {
    let odd = &mentions[conflict.odd];
    let first = &mentions[conflict.others[0]];
    let severity = if conflict.score >= score::PROBABLE {
        Severity::Warning
    } else {
        Severity::Info
    };
    let message = message(context, odd, first, conflict.others.len() - 1);
    let mut finding = Finding::new(META.name, severity, context.source_range(&odd.place), message);
    let reasons = |language| -> Vec<&str> { score::reasons(&conflict.features, language).into_iter().take(MOST_REASONS).collect() };
    finding = finding.help(Bilingual::new(
        format!("{}。请核对后统一；如果是两件事，请把名称写清楚", reasons(Language::Chinese).join("，")),
        format!(
            "Seen: {}. Check both and make them agree; if they are different things, name them differently",
            reasons(Language::English).join("; ")
        ),
    ));
    for index in &conflict.others {
        let other = &mentions[*index];
        let value = with_unit(context.draft, other);
        let there = Bilingual::new(format!("这里是{value}"), format!("It is {value} here"));
        finding = finding.related(context.source_range(&other.place), there);
    }
    finding = finding.fix(replace(context, odd, first, Bilingual::fixed("这里", "here")));
    if conflict.others.len() > 1 {
        return finding;
    }
    finding.fix(replace(context, first, odd, wording::elsewhere(context.draft, &odd.place, &first.place)))
}

/// What is said to be left is not what the whole and the part that was done leave.
fn left_over(context: &Context, left: &LeftOver) -> Finding {
    let mentions = &context.models.figures.mentions;
    let (rest, whole, done) = (&mentions[left.rest], &mentions[left.whole], &mentions[left.done]);
    let there = wording::elsewhere(context.draft, &rest.place, &whole.place);
    let (here, quote) = (wording::in_clause(context.draft, &rest.place), |mention: &Mention| {
        context.quote(&mention.place).to_owned()
    });
    let expected = figure::write(left.expected, rest.multiplier, rest.unit);
    let working = format!("{}－{}", quote(whole), quote(done));
    let message = Bilingual::new(
        format!("{here}与{}的数字对不上：{working}，还剩{expected}", there.zh),
        format!("{here} does not agree with the figures {}: {working} leaves {expected}", there.en),
    );
    let fix = Edit::replace(context.source_range(&rest.place), expected.clone());
    Finding::new(META.name, Severity::Info, context.source_range(&rest.place), message)
        .help(Bilingual::fixed(
            "请核对总数、已完成数和剩余数；如果说的不是同一批，请把名称写清楚",
            "Check the whole, what was done and what is left; if they are of different things, name them differently",
        ))
        .related(context.source_range(&whole.place), Bilingual::fixed("总数在这里", "The whole is here"))
        .related(
            context.source_range(&done.place),
            Bilingual::fixed("已完成的在这里", "What was done is here"),
        )
        .fix(Fix::r#unsafe(
            Bilingual::new(format!("改为{expected}"), format!("Write {expected}")),
            [fix],
        ))
}

fn message(context: &Context, odd: &Mention, first: &Mention, further: usize) -> Bilingual {
    let there = wording::elsewhere(context.draft, &odd.place, &first.place);
    let (here_zh, here_en) = said(context.draft, odd);
    let (said_zh, said_en) = said(context.draft, first);
    let (further_zh, further_en) = match further {
        0 => (String::new(), String::new()),
        _ => (format!("（另有{further}处也与这里不同）"), format!(" (and with {further} more)")),
    };
    Bilingual::new(
        format!("{here_zh}与{}的{said_zh}数字不一致{further_zh}", there.zh),
        format!("The figure in {here_en} does not agree with {said_en} {}{further_en}", there.en),
    )
}

/// What the draft says with a figure: its clause, or what the heads of its table say.
pub(super) fn said(draft: &Draft, mention: &Mention) -> (String, String) {
    if !mention.in_table {
        let clause = wording::in_clause(draft, &mention.place);
        return (clause.clone(), clause);
    }
    let cell = wording::quoted(&format!("{}{}", mention.name.text, with_unit(draft, mention)));
    (format!("表格里{cell}"), format!("{cell} of the table"))
}

pub(super) fn with_unit(draft: &Draft, mention: &Mention) -> String {
    let text = draft.quote(&mention.place);
    if mention.in_table {
        return figure::write(mention.value, mention.multiplier, mention.unit);
    }
    text.to_owned()
}

/// Writes the other value in the place of this one: in a table in the column's unit, in the text as the other has it.
fn replace(context: &Context, this: &Mention, other: &Mention, place: Bilingual) -> Fix {
    let value = with_unit(context.draft, other);
    let title = Bilingual::new(format!("{}改为{value}", place.zh), format!("Write {value} {}", place.en));
    let text = match (this.in_table, this.unit == other.unit && other.exactness == Exactness::Exact) {
        (true, _) => in_units_of(context, this, other),
        (false, true) if !other.in_table => context.quote(&other.place).to_owned(),
        _ => value,
    };
    Fix::r#unsafe(title, [Edit::replace(context.source_range(&this.place), text)])
}

fn in_units_of(context: &Context, cell: &Mention, other: &Mention) -> String {
    let written = context.quote(&cell.number);
    let converted = other.base_value().over(cell.unit.factor(), cell.value.exponent());
    converted.map_or_else(|| written.to_owned(), |value| value.shift(-cell.multiplier).to_string())
}
