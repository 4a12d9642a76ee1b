//! `stray/punctuation`: marks that stand twice, or two marks where one belongs.

use crate::draft::Place;
use crate::facts::oddity::What;
use crate::facts::oddity::punctuation::Doubled;
use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::rule::{Context, Example, Fixable, Meta, Rule};
use crate::rules::fold;

pub struct DoubledPunctuation;

static META: Meta = Meta {
    name: "stray/punctuation",
    severity: Severity::Warning,
    default: true,
    summary: Bilingual::fixed("标点重复或叠用", "Doubled punctuation"),
    explanation: Bilingual::fixed(
        "改稿时增删字句，常留下“，，”“。。”“，。”这样重复的标点。相同的标点重复，删去多余的即可；不同的标点叠用，一般保留表示停顿较大的一个，请看一眼再改。省略号、破折号、“？！”的叠用和连续三个句号不在此列。",
        "Editing often leaves two marks where one belongs: ，， or 。。 or ，。. Of two equal marks one is deleted; of two different ones usually the one that ends the larger unit is kept, but have a look. Ellipses, dashes, ？！ and three full stops in a row are left alone.",
    ),
    clause: None,
    fix: Fixable::Safe,
    examples: &[
        Example::plain("油料供应有保障,,累计供应柴油60吨。\n", "油料供应有保障,累计供应柴油60吨。\n"),
        Example::plain("各项任务全面完成，。\n", "各项任务全面完成……\n"),
    ],
};

impl Rule for DoubledPunctuation {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn is_local(&self) -> bool {
        true
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        let pick = |what: &What| match what {
            What::Doubled(doubled) => Some(*doubled),
            _ => None,
        };
        let runs = context.models.oddities.of_kind(context.draft, pick);
        let by_marks = runs.map(|(place, run)| (context.quote(&place), (place, run)));
        findings.extend(fold::groups(by_marks).iter().filter_map(|runs| report(context, runs)));
    }
}

fn report(context: &Context, runs: &[(Place, Doubled)]) -> Option<Finding> {
    let (place, run) = runs.first()?;
    let seen = context.quote(place);
    let keep = run.keep;
    let (in_all_zh, in_all_en) = fold::count(runs.len());
    let message = if run.identical {
        Bilingual::new(
            format!("标点“{seen}”重复了{in_all_zh}"),
            format!("The mark “{seen}” is doubled{in_all_en}"),
        )
    } else {
        Bilingual::new(
            format!("标点“{seen}”叠用，应只留一个{in_all_zh}"),
            format!("Of the marks “{seen}” only one should stand{in_all_en}"),
        )
    };
    let finding = Finding::new(META.name, META.severity, context.source_range(place), message);
    let finding = fold::relate(context, finding, runs.iter().map(|(place, _)| place));
    let edits = fold::apart(
        runs.iter()
            .map(|(place, run)| Edit::replace(context.source_range(place), run.keep.to_string())),
    );
    let title = Bilingual::new(format!("只留“{keep}”{in_all_zh}"), format!("Keep only “{keep}”{in_all_en}"));
    let fix = if run.identical {
        Fix::safe(title, edits)
    } else {
        Fix::r#unsafe(title, edits)
    };
    Some(finding.fix(fix))
}
