//! The findings of `figure/conflict` that lead to another draft.

use std::collections::BTreeMap;

use super::conflict;
use super::sheet::replacement;
use crate::dossier::Companion;
use crate::draft::Draft;
use crate::facts::figure;
use crate::finding::{Bilingual, Finding, Language, Severity};
use crate::model::common::Reading;
use crate::model::figures::across::{self, Across};
use crate::model::figures::mention::Mention;
use crate::model::figures::score;
use crate::rule::Context;

/// One finding for each figure of the draft that a companion contradicts.
pub(super) fn findings(context: &Context) -> Vec<Finding> {
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
    let (here, there) = (written(context.draft, own), written(companion.draft(), other));
    let name = if own.name.text.len() <= other.name.text.len() {
        &own.name.text
    } else {
        &other.name.text
    };
    let document = companion.document.name();
    let line = companion.draft().line_in_words(companion.draft().source_range(&other.place).start);
    let message = Bilingual::new(
        format!("“{name}”与{document}不一致：这里是{here}，{document}{}是{there}", line.zh),
        format!("“{name}” is {here} here, but {there} in {document}, {}", line.en),
    );
    let severity = if found.iter().any(|(_, across)| across.is_probable) {
        Severity::Warning
    } else {
        Severity::Info
    };
    let mut finding = Finding::new(conflict::NAME, severity, context.source_range(&own.place), message).help(help(first));
    for (companion, across) in found {
        let other = &companion.models.figures.mentions[across.other];
        let there = written(companion.draft(), other);
        let message = Bilingual::new(format!("这里是{there}"), format!("It is {there} here"));
        finding = finding.related_in(&companion.document, companion.draft().source_range(&other.place), message);
    }
    let fix = replacement(context, own, other.base_value(), &other.interval);
    Some(match fix {
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
        format!("{}。请核对后统一；如果是两件事，请把名称写清楚。", zh.join("，")),
        format!(
            "Seen: {}. Check both and make them agree; if they are different things, name them differently.",
            en.join("; ")
        ),
    )
}

fn written(draft: &Draft, mention: &Mention) -> String {
    match mention.in_table {
        true => figure::write(mention.value, mention.multiplier, mention.unit),
        false => draft.quote(&mention.place).to_owned(),
    }
}
