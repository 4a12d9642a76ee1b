//! `duplicate/stale`: a passage taken over from an earlier report whose figures or years were not renewed.

use crate::draft::Draft;
use crate::draft::Place;
use crate::finding::{Bilingual, Finding, Severity};
use crate::model::common::Reading;
use crate::model::stale::{self, Stale};
use crate::rule::{Context, Example, Fixable, Meta, Rule};

pub struct StalePassage;

static META: Meta = Meta {
    name: "duplicate/stale",
    severity: Severity::Warning,
    default: true,
    summary: Bilingual::fixed(
        "照搬了以前的报告，数字或年份没有更新",
        "A passage was taken over from an earlier report and its figures or years were not renewed",
    ),
    explanation: Bilingual::fixed(
        "今年的报告常从去年的改起。用--against指定去年的那份（或者在jiaogao.toml里写against），就逐句对照：文字相同、数字也一个没变的句子会报告，只改了年份、没改数字的更要报告。改过数字的句子不报告；面积、里程、所辖乡镇数、工期、别的年份和五年规划的数字，以及口号、文件名里的数字，本来就不变，也不报告；目标、任务数只作提示。没有指定以前的报告时，这条规则不起作用。",
        "This year's report is often made from last year's. Given last year's with --against, or with against in jiaogao.toml, sentences are compared: one with the same words and the same figures is reported, and all the more one whose year was renewed and whose figures were not. A sentence with a renewed figure is left alone, and so are figures that stay as they are: areas, lengths, numbers of townships, terms, figures of other years or of several years, numbers in slogans and titles; targets are only worth a look. Without an earlier report the rule does nothing.",
    ),
    clause: None,
    fix: Fixable::Never,
    examples: &[
        Example::plain(
            "清河镇2031年工作总结\n\n全年走访困难群众3120户，发放慰问金156.4万元，解决实际问题86个。\n",
            "清河镇2031年工作总结\n\n全年走访困难群众3250户，发放慰问金161.2万元，解决实际问题93个。\n",
        )
        .after("清河镇2030年工作总结\n\n全年走访困难群众3120户，发放慰问金156.4万元，解决实际问题86个。\n"),
        Example::plain(
            "2031年，完成造林绿化2.34万亩，实施重点项目58个，建成国家森林乡村。\n",
            "清河镇辖12个村，总面积124平方公里。\n2031年，完成造林绿化2.51万亩，实施重点项目58个，建成国家森林乡村。\n",
        )
        .after("清河镇辖12个村，总面积124平方公里。\n2030年，完成造林绿化2.34万亩，实施重点项目58个，建成国家森林乡村。\n"),
    ],
};

impl Rule for StalePassage {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        let Some(earlier) = &context.dossier.earlier else { return };
        for stale in stale::find(Reading::of(context.draft, context.models), earlier.reading()) {
            let there = Bilingual::fixed("以前的报告里在这里", "It stands here in the earlier report");
            let place = earlier.draft().source_range(&stale.earlier);
            let finding = Finding::new(
                META.name,
                severity(&stale),
                context.source_range(&stale.place),
                message(context.draft, earlier.document.name(), &stale),
            );
            findings.push(
                finding
                    .help(Bilingual::fixed(
                        "请核对这些数字是不是今年的；确实没有变的，可以不管",
                        "Check whether these are this year's figures; leave those that have truly not changed",
                    ))
                    .related_in(&earlier.document, place, there),
            );
        }
    }
}

fn severity(stale: &Stale) -> Severity {
    if stale.weight >= stale::PROBABLE {
        META.severity
    } else {
        Severity::Info
    }
}

fn message(draft: &Draft, name: &str, stale: &Stale) -> Bilingual {
    let numbers = if stale.figures.is_empty() { &stale.years } else { &stale.figures };
    let (zh, en) = list(draft, numbers);
    match (stale.has_new_year, stale.figures.is_empty()) {
        (true, false) => Bilingual::new(
            format!("年份改了，数字还同{name}一样：{zh}"),
            format!("the year was renewed, but the figures are those of {name}: {en}"),
        ),
        (_, true) => Bilingual::new(
            format!("这段话照搬了{name}，年份没有更新：{zh}"),
            format!("this was taken over from {name} without renewing the year: {en}"),
        ),
        _ => Bilingual::new(
            format!("这段话照搬了{name}，数字没有更新：{zh}"),
            format!("this was taken over from {name} without renewing the figures: {en}"),
        ),
    }
}

/// The first few numbers, with their units.
fn list(draft: &Draft, numbers: &[Place]) -> (String, String) {
    const MOST: usize = 4;
    let quote = |place: &Place| {
        let figures = &draft.pieces()[place.block].facts().figures;
        let index = figures.partition_point(|figure| figure.range.end <= place.start);
        let whole = figures.get(index).filter(|figure| figure.range.start <= place.start);
        let place = whole.map_or_else(|| place.clone(), |figure| Place::new(place.block, figure.range.clone()));
        draft.quote(&place).to_owned()
    };
    let shown: Vec<String> = numbers.iter().take(MOST).map(quote).collect();
    let is_all = numbers.len() <= MOST;
    (
        shown.join("、") + if is_all { "" } else { "等" },
        shown.join(", ") + if is_all { "" } else { " …" },
    )
}
