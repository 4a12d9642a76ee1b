//! `stray/compat`: characters that look like the right one and are another.

use crate::draft::Place;
use crate::facts::oddity::What;
use crate::facts::oddity::compat::{Cause, Compat};
use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::rule::{Context, Example, Fixable, Meta, Rule};
use crate::rules::fold;

pub struct CompatibilityCharacter;

static META: Meta = Meta {
    name: "stray/compat",
    severity: Severity::Warning,
    default: true,
    summary: Bilingual::fixed("形似而不是的字符", "A character that looks like the right one and is another"),
    explanation: Bilingual::fixed(
        "从PDF复制的文字常带有康熙部首（⽤、⼀）等形似汉字的符号，看着一样，却查找不到、排版不齐。数字也会混用：“二O一一年”“二0一一年”“二○一一年”中的字母、数字、圆圈应为“〇”；“2O11年”里的字母应为数字；一个数里全角半角数字不要混用。单独使用全角数字、人名中的“○○”等不算。",
        "Text copied from PDF files often has Kangxi radicals (⽤, ⼀) and other signs that look like Han characters but are not found by a search. Numbers get mixed as well: the letter, digit or circle in 二O一一年, 二0一一年, 二○一一年 should be 〇; the letter in 2O11年 a digit; and one number should not have digits of two widths.",
    ),
    clause: Some("GB/T 15835-2011 5.2.5"),
    fix: Fixable::Safe,
    examples: &[
        Example::plain("菌糠综合利⽤率提高到41%。\n", "菌糠综合利用率提高到41%。\n"),
        Example::plain("二O二四年六月\n", "二〇二四年六月\n"),
        Example::plain("到2O25年，新增1２个站点。\n", "到2025年，新增12个站点，减少CO2排放。\n"),
    ],
};

impl Rule for CompatibilityCharacter {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn is_local(&self) -> bool {
        true
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        let pick = |what: &'_ What| match what {
            What::Compat(compat) => Some(compat.clone()),
            _ => None,
        };
        let runs = context.models.oddities.of_kind(context.draft, pick);
        let by_cause = runs.map(|(place, run)| (run.cause, (place, run)));
        findings.extend(fold::groups(by_cause).iter().filter_map(|runs| report(context, runs)));
    }
}

fn report(context: &Context, runs: &[(Place, Compat)]) -> Option<Finding> {
    let (place, run) = runs.first()?;
    let seen = context.quote(place);
    let meant = &run.replacement;
    let (in_all_zh, in_all_en) = fold::count(runs.len());
    let (what_zh, what_en) = description(seen, run.cause);
    let message = Bilingual::new(
        format!("“{seen}”{what_zh}，应为“{meant}”{in_all_zh}"),
        format!("“{seen}” {what_en}; it should be “{meant}”{in_all_en}"),
    );
    let severity = if run.cause == Cause::Circle { Severity::Info } else { META.severity };
    let finding = Finding::new(META.name, severity, context.source_range(place), message);
    let finding = fold::relate(context, finding, runs.iter().map(|(place, _)| place));
    let edits = fold::apart(
        runs.iter()
            .map(|(place, run)| Edit::replace(context.source_range(place), run.replacement.clone())),
    );
    let title = Bilingual::new(format!("改为“{meant}”{in_all_zh}"), format!("Replace by “{meant}”{in_all_en}"));
    let fix = match run.cause {
        Cause::Letter | Cause::Syllable => Fix::r#unsafe(title, edits),
        _ => Fix::safe(title, edits),
    };
    Some(finding.fix(fix))
}

/// What is wrong with the characters, with the code of the first where the eye cannot tell.
fn description(seen: &str, cause: Cause) -> (String, String) {
    let first = seen.chars().next().unwrap_or_default();
    let code = format!("U+{:04X}", u32::from(first));
    let (zh, en) = match cause {
        Cause::LookAlike => {
            let (name_zh, name_en) = name(first);
            return (
                format!("不是汉字，是形似的{name_zh}{code}"),
                format!("is {name_en} {code} that looks like a Han character"),
            );
        }
        Cause::Syllable => {
            return (
                format!("不是汉字，是注音符号{code}"),
                format!("is a syllable sign {code}, not a Han character"),
            );
        }
        Cause::Zero => ("里的零不是“〇”", "has another sign for 〇"),
        Cause::Circle => ("里的圆圈不是“〇”", "has a circle for 〇"),
        Cause::Letter => ("混入了字母", "has a letter in a number"),
        Cause::Width => ("混用了全角和半角数字", "mixes full-width and half-width digits"),
    };
    (zh.to_owned(), en.to_owned())
}

fn name(char: char) -> (&'static str, &'static str) {
    match char {
        '\u{2F00}'..='\u{2FDF}' => ("康熙部首", "a Kangxi radical"),
        '\u{2E80}'..='\u{2EFF}' => ("部首符号", "a radical"),
        '\u{F900}'..='\u{FAFF}' => ("兼容字符", "a compatibility character"),
        _ => ("兼容字符", "a compatibility sign"),
    }
}
