//! `stray/mojibake`: text decoded with the wrong table.

use std::ops::Range;

use crate::draft::Place;
use crate::facts::oddity::What;
use crate::facts::oddity::mojibake::{Cause, Mojibake};
use crate::finding::{Bilingual, Finding, Severity};
use crate::fix::{Edit, Fix};
use crate::rule::{Context, Example, Fixable, Meta, Rule};
use crate::rules::fold;

pub struct MojibakeText;

static META: Meta = Meta {
    name: "stray/mojibake",
    severity: Severity::Error,
    default: true,
    summary: Bilingual::fixed("乱码：文字用错了编码", "Garbled text: decoded with the wrong table"),
    explanation: Bilingual::fixed(
        "文字保存或打开时用错了编码，就成了“ç¬¬ä¸€”“锟斤拷”一类的乱码。把乱码按原路还原，得到的是通顺的中文，就直接给出原文；“锟斤拷”和解不出的字节已经丢失了内容，只能对照原稿补上。人名里单独的“锟”字等不算。",
        "Text that was saved or opened with the wrong encoding turns into nonsense such as “ç¬¬ä¸€” or “锟斤拷”. Where turning it back gives Chinese text, that text is the fix. “锟斤拷” and bytes that do not decode have lost what they said; it must be copied from the original. A single 锟 in a name is left alone.",
    ),
    clause: None,
    fix: Fixable::Safe,
    examples: &[
        Example::plain("ç¬¬ä¸€，稳定面积。\n", "第一，稳定面积。\n"),
        Example::plain("采用厌氧锟斤拷工艺。\n", "李锟同志任组长。\n"),
    ],
};

impl Rule for MojibakeText {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn is_local(&self) -> bool {
        true
    }

    fn check(&self, context: &Context, findings: &mut Vec<Finding>) {
        let pick = |what: &'_ What| match what {
            What::Mojibake(mojibake) => Some(mojibake.clone()),
            _ => None,
        };
        findings.extend(undecoded(context));
        let runs = context.models.oddities.of_kind(context.draft, pick);
        let is_known = |cause: Cause| cause == Cause::Undecodable && !context.draft.undecoded().is_empty();
        let runs = runs.filter(|(_, run)| !is_known(run.cause));
        let by_cause = runs.map(|(place, run)| ((run.cause, run.repair.is_some()), (place, run)));
        findings.extend(fold::groups(by_cause).iter().filter_map(|runs| report(context, runs)));
    }
}

/// Bytes of the file that mean nothing in its encoding; neighbouring ones are one finding, and so are many.
fn undecoded(context: &Context) -> Vec<Finding> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    for place in context.draft.undecoded() {
        match runs.last_mut() {
            Some(last) if last.end == place.start => last.end = place.end,
            _ => runs.push(place.clone()),
        }
    }
    let groups = fold::groups(runs.into_iter().map(|run| ((), run)));
    let finding = |runs: &Vec<Range<usize>>| {
        let (in_all_zh, in_all_en) = fold::count(runs.len());
        let message = Bilingual::new(
            format!("文件这里的字节解不出来，文字已丢失{in_all_zh}，请对照原稿补上，或用--encoding指明编码"),
            format!("Bytes of the file do not decode here and the text is lost{in_all_en}; copy it from the original, or tell --encoding"),
        );
        Some(Finding::new(META.name, META.severity, runs.first()?.clone(), message))
    };
    groups.iter().filter_map(finding).collect()
}

fn report(context: &Context, runs: &[(Place, Mojibake)]) -> Option<Finding> {
    let (place, run) = runs.first()?;
    let seen = context.quote(place);
    let (in_all_zh, in_all_en) = fold::count(runs.len());
    let message = match (&run.repair, run.cause) {
        (Some(repair), _) => Bilingual::new(
            format!("“{seen}”是乱码，原文应为“{repair}”{in_all_zh}"),
            format!("“{seen}” is garbled; it was “{repair}”{in_all_en}"),
        ),
        (None, Cause::Undecodable) => Bilingual::new(
            format!("这里有解不出的字节，文字已丢失{in_all_zh}，请对照原稿补上"),
            format!("Bytes here did not decode and the text is lost{in_all_en}; copy it from the original"),
        ),
        (None, _) => Bilingual::new(
            format!("“{seen}”是乱码，原文已丢失{in_all_zh}，请对照原稿补上"),
            format!("“{seen}” is garbled and the text is lost{in_all_en}; copy it from the original"),
        ),
    };
    let severity = if run.cause == Cause::Unwritten {
        Severity::Warning
    } else {
        META.severity
    };
    let finding = Finding::new(META.name, severity, context.source_range(place), message);
    let finding = fold::relate(context, finding, runs.iter().map(|(place, _)| place));
    let edits = runs
        .iter()
        .filter_map(|(place, run)| Some(Edit::replace(context.source_range(place), run.repair.clone()?)));
    let edits = fold::apart(edits);
    if edits.is_empty() {
        return Some(finding);
    }
    Some(finding.fix(Fix::safe(Bilingual::fixed("还原为原文", "Put the text back"), edits)))
}

#[cfg(test)]
mod tests {
    use crate::draft::Draft;
    use crate::linter::{Settings, lint};
    use crate::source::{Format, decode};

    #[test]
    fn bytes_that_do_not_decode_are_found_where_they_stand() {
        let mut bytes = "全市粮食产量稳定增长，农民收入稳步提高。".repeat(3).into_bytes();
        bytes.splice(9..9, [0xFF, 0xFE]);
        let decoded = decode::decode(&bytes, None).unwrap();
        let draft = Draft::new(&decoded.text, Format::Plain).with_undecoded(&decoded.malformed);
        let found: Vec<_> = lint(&draft, &Settings::default())
            .into_iter()
            .filter(|finding| finding.family() == "stray")
            .map(|finding| (finding.rule, finding.range))
            .collect();
        assert_eq!(found, [("stray/mojibake", 9..15)]);
    }
}
