//! The findings of `figure/conflict` that lead to another draft.

use std::collections::BTreeMap;

use super::conflict;
use super::sheet::replacement;
use crate::dossier::Companion;
use crate::finding::{Bilingual, Finding, Language, Severity};
use crate::model::common::Reading;
use crate::model::figures::across::{self, Across};
use crate::model::figures::score;
use crate::rule::Context;

/// One finding for each figure of the draft that a companion contradicts.
pub(super) fn findings(context: &Context) -> Vec<Finding> {
    if context.dossier.companions.is_empty() {
        return Vec::new();
    }
    let own = Reading::of(context.draft, context.models);
    let mut by_mention: BTreeMap<usize, Vec<(&Companion, Across)>> = BTreeMap::new();
    for companion in &context.dossier.companions {
        for found in across::find(own, companion.reading()) {
            by_mention.entry(found.own).or_default().push((companion, found));
        }
    }
    by_mention.into_values().filter_map(|found| finding(context, &found)).collect()
}

fn finding(context: &Context, found: &[(&Companion, Across)]) -> Option<Finding> {
    let (companion, first) = found.first()?;
    let own = &context.models.figures.mentions[first.own];
    let other = &companion.models.figures.mentions[first.other];
    let document = companion.document.name();
    let line = companion.draft().line_in_words(companion.draft().source_range(&other.place).start);
    let (here_zh, here_en) = conflict::said(context.draft, own);
    let (there_zh, there_en) = conflict::said(companion.draft(), other);
    let message = Bilingual::new(
        format!("{here_zh}与{document}{}的{there_zh}数字不一致", line.zh),
        format!("The figure in {here_en} does not agree with {there_en} in {document}, {}", line.en),
    );
    let severity = if found.iter().any(|(_, across)| across.is_probable) {
        Severity::Warning
    } else {
        Severity::Info
    };
    let mut finding = Finding::new(conflict::NAME, severity, context.source_range(&own.place), message).help(help(first));
    for (companion, across) in found {
        let other = &companion.models.figures.mentions[across.other];
        let there = conflict::with_unit(companion.draft(), other);
        let message = Bilingual::new(format!("这里是{there}"), format!("It is {there} here"));
        finding = finding.related_in(&companion.document, companion.draft().source_range(&other.place), message);
    }
    // Were each changed to the other's value, they would still not agree: the later draft follows the earlier one.
    let mut before = context.dossier.companions.iter().take(context.dossier.position);
    let leads = before.any(|before| before.document == companion.document);
    let fix = leads.then(|| replacement(context, own, other.base_value(), &other.interval));
    Some(match fix.flatten() {
        Some(fix) => finding.fix(fix),
        None => finding,
    })
}

fn help(across: &Across) -> Bilingual {
    let (mut zh, mut en) = (
        score::reasons(&across.features, Language::Chinese),
        score::reasons(&across.features, Language::English),
    );
    if across.features.is_empty() {
        zh.push("两份文稿这段话相同，只有数字不同");
        en.push("both drafts have this passage, and only the figure differs");
    }
    Bilingual::new(
        format!("{}。请核对后统一；如果是两件事，请把名称写清楚", zh.join("，")),
        format!(
            "Seen: {}. Check both and make them agree; if they are different things, name them differently",
            en.join("; ")
        ),
    )
}
