//! `textDocument/codeAction` and `codeAction/resolve`: ways to mend or to silence what was found.

use serde::{Deserialize, Serialize};
use tower_lsp::jsonrpc::{Error, ErrorCode};
use tower_lsp::ls_types::*;

use super::view::View;
use super::{diagnostics, edits, ignoring, rename};
use crate::draft::Draft;
use crate::facts::figure;
use crate::finding::{Bilingual, Finding};
use crate::fix::{self, Edit};
use crate::model::figures::conflict::Conflict;
use crate::text::Text;

/// Applies every fix that cannot change what the draft says.
pub const FIX_ALL: CodeActionKind = CodeActionKind::new("source.fixAll.jiaogao");

/// What must be known to work out an action's edit when it is wanted.
#[derive(Debug, Serialize, Deserialize)]
pub struct Deferred {
    pub uri: Uri,
    version: Option<i32>,
}

pub fn actions(view: &View, params: &CodeActionParams) -> CodeActionResponse {
    let wants = |kind: &CodeActionKind| match &params.context.only {
        None => true,
        Some(only) => only.iter().any(|wanted| is_kind_of(kind, wanted)),
    };
    let mut actions = Vec::new();
    if wants(&CodeActionKind::QUICKFIX) {
        let range = view.positions().bytes(params.range);
        let touched = |finding: &&Finding| finding.range.start <= range.end && range.start <= finding.range.end;
        let touched: Vec<&Finding> = view.snapshot.findings().iter().filter(touched).collect();
        actions.extend(touched.iter().flat_map(|finding| fixes(view, finding)));
        actions.extend(touched.iter().flat_map(|finding| set_everywhere(view, finding)));
        actions.extend(touched.iter().flat_map(|finding| silencers(view, finding)));
    }
    // Without being asked for, a source action would only be noise beside the quick fixes.
    if params.context.only.is_some() && wants(&FIX_ALL) {
        actions.extend(fix_all(view));
    }
    actions.into_iter().map(CodeActionOrCommand::CodeAction).collect()
}

/// Whether a kind is the wanted one or one of its parts.
fn is_kind_of(kind: &CodeActionKind, wanted: &CodeActionKind) -> bool {
    let rest = kind.as_str().strip_prefix(wanted.as_str());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.') || wanted.as_str().is_empty())
}

fn fixes<'a>(view: &'a View, finding: &'a Finding) -> impl Iterator<Item = CodeAction> + 'a {
    finding.fixes.iter().enumerate().map(|(index, fix)| CodeAction {
        title: view.say(&fix.title).to_owned(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostics::diagnostic(view, finding)]),
        edit: Some(edits::of_draft(view, &fix.edits)),
        is_preferred: Some(index == 0 && fix.safe),
        ..CodeAction::default()
    })
}

/// For a fact with several values: one action a value that gives it to all mentions, the most frequent value first.
fn set_everywhere(view: &View, finding: &Finding) -> Vec<CodeAction> {
    let reading = view.snapshot.reading();
    let figures = &reading.models.figures;
    let is_found = |conflict: &&Conflict| reading.draft.source_range(&figures.mentions[conflict.odd].place) == finding.range;
    let Some(conflict) = figures.conflicts.iter().find(is_found).filter(|_| finding.rule == "figure/conflict") else {
        return Vec::new();
    };
    let members = figures.same_fact(conflict.odd);
    let mut values: Vec<(usize, usize)> = Vec::new();
    for &member in &members {
        let value = figures.mentions[member].base_value();
        match values
            .iter_mut()
            .find(|(first, _)| figures.mentions[*first].base_value().same_value(value))
        {
            Some((_, count)) => *count += 1,
            None => values.push((member, 1)),
        }
    }
    values.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    let action = |(member, _): (usize, usize)| {
        let mention = &figures.mentions[member];
        let edits = rename::set_all(view, member, mention.base_value());
        let written = figure::write(mention.value, mention.multiplier, mention.unit);
        let title = Bilingual::new(
            format!("{}处全部改为{written}", members.len()),
            format!("Make all {} mentions {written}", members.len()),
        );
        (!edits.is_empty()).then(|| CodeAction {
            title: view.say(&title).to_owned(),
            kind: Some(CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![diagnostics::diagnostic(view, finding)]),
            edit: Some(edits::of_draft(view, &edits)),
            ..CodeAction::default()
        })
    };
    values.into_iter().filter_map(action).collect()
}

fn silencers<'a>(view: &'a View, finding: &'a Finding) -> impl Iterator<Item = CodeAction> + 'a {
    ignoring::actions(view, finding).into_iter().map(|(title, edit)| CodeAction {
        title: view.say(&title).to_owned(),
        kind: Some(CodeActionKind::QUICKFIX),
        diagnostics: Some(vec![diagnostics::diagnostic(view, finding)]),
        edit: Some(edit),
        ..CodeAction::default()
    })
}

/// The action without its edit where the client asks for that later, as mending everything takes several lints.
fn fix_all(view: &View) -> Option<CodeAction> {
    let has_safe_fix = |finding: &Finding| finding.fixes.first().is_some_and(|fix| fix.safe);
    if !view.snapshot.findings().iter().any(has_safe_fix) {
        return None;
    }
    let title = Bilingual::fixed("改正全部可以放心改的问题", "Fix everything that is safe to fix");
    let mut action = CodeAction {
        title: view.say(&title).to_owned(),
        kind: Some(FIX_ALL),
        ..CodeAction::default()
    };
    if view.client.resolves_edits() {
        let deferred = Deferred {
            uri: view.uri.clone(),
            version: view.version,
        };
        action.data = serde_json::to_value(deferred).ok();
    } else {
        action.edit = Some(mended(view));
    }
    Some(action)
}

/// The draft that an action without its edit belongs to.
pub fn deferred(action: &CodeAction) -> Option<Deferred> {
    serde_json::from_value(action.data.clone()?).ok()
}

/// Works out the edit, unless the draft is no longer the one that the action was offered for.
///
/// # Errors
/// `ContentModified` if the draft was changed.
pub fn resolve(view: &View, mut action: CodeAction, deferred: &Deferred) -> Result<CodeAction, Error> {
    if view.version != deferred.version {
        return Err(Error::new(ErrorCode::ContentModified));
    }
    action.edit = Some(mended(view));
    Ok(action)
}

/// Applies safe fixes until none is left.
fn mended(view: &View) -> WorkspaceEdit {
    const MOST_ROUNDS: usize = 20;
    let first = fix::choose(view.snapshot.findings(), false);
    let before = view.text().to_string();
    let mut after = fix::apply(&before, &first);
    let mut draft: Draft = view.snapshot.reading().draft.clone();
    for round in 0..MOST_ROUNDS {
        draft = draft.with_text(Text::new(&after));
        let edits = fix::choose(&view.snapshot.lint(&draft), false);
        if edits.is_empty() && round == 0 {
            return edits::of_draft(view, &first);
        }
        let next = fix::apply(&after, &edits);
        if next == after {
            break;
        }
        after = next;
    }
    edits::of_draft(view, &[difference(&before, &after)])
}

/// One edit from a text to another, without what they have in common at their ends.
fn difference(before: &str, after: &str) -> Edit {
    let same = |(a, b): &(char, char)| a == b;
    let head: usize = before.chars().zip(after.chars()).take_while(same).map(|(char, _)| char.len_utf8()).sum();
    let (rest_before, rest_after) = (&before[head..], &after[head..]);
    let tails = rest_before.chars().rev().zip(rest_after.chars().rev());
    let tail: usize = tails.take_while(same).map(|(char, _)| char.len_utf8()).sum();
    Edit::replace(head..before.len() - tail, &rest_after[..rest_after.len() - tail])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_wanted_by_its_own_name_and_by_that_of_its_family() {
        for wanted in ["", "source", "source.fixAll", "source.fixAll.jiaogao"] {
            assert!(is_kind_of(&FIX_ALL, &CodeActionKind::from(wanted.to_owned())), "{wanted}");
        }
        for other in ["sourc", "quickfix", "source.fixAll.jiaogao.more"] {
            assert!(!is_kind_of(&FIX_ALL, &CodeActionKind::from(other.to_owned())), "{other}");
        }
    }

    #[test]
    fn differences_are_small_and_whole() {
        for (before, after) in [
            ("甲乙丙", "甲丁丙"),
            ("甲甲", "甲"),
            ("", "甲"),
            ("甲", ""),
            ("甲乙", "甲乙"),
            ("一二一二", "一二"),
        ] {
            let edit = difference(before, after);
            assert_eq!(fix::apply(before, std::slice::from_ref(&edit)), after, "{edit:?}");
        }
        assert_eq!(difference("甲乙丙", "甲丁丙"), Edit::replace(3..6, "丁"));
    }
}
