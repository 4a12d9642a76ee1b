//! `textDocument/publishDiagnostics` and `textDocument/diagnostic`: findings as the client shows them.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::str::FromStr;

use serde_json::json;
use tower_lsp::ls_types::*;

use super::convert::{self, Positions};
use super::view::View;
use crate::finding::{Bilingual, Finding, Related};

/// All findings of a draft, in the order of the text.
pub fn of(view: &View) -> Vec<Diagnostic> {
    of_findings(view, view.snapshot.findings())
}

/// The same, unless a newer version supersedes the draft before it has been linted.
pub fn in_time(view: &View) -> Option<Vec<Diagnostic>> {
    Some(of_findings(view, view.snapshot.findings_in_time()?))
}

/// More diagnostics than these of one draft are not shown: nobody reads them all, and every keystroke would send them again.
const MOST: usize = 500;

/// The findings as diagnostics, the gravest where there are too many, with a note at the end that says so.
pub fn of_findings(view: &View, findings: &[Finding]) -> Vec<Diagnostic> {
    if findings.len() <= MOST {
        return findings.iter().map(|finding| diagnostic(view, finding)).collect();
    }
    let mut gravest: Vec<&Finding> = findings.iter().collect();
    gravest.sort_by_key(|finding| std::cmp::Reverse(finding.severity));
    gravest.truncate(MOST);
    gravest.sort_by_key(|finding| finding.range.start);
    let mut diagnostics: Vec<Diagnostic> = gravest.into_iter().map(|finding| diagnostic(view, finding)).collect();
    diagnostics.push(note_of_more(view, findings.len() - MOST));
    diagnostics
}

fn note_of_more(view: &View, more: usize) -> Diagnostic {
    let message = Bilingual::new(
        format!("问题太多，只列出最要紧的{MOST}处，还有{more}处没有列出，改好一些就会接着列出"),
        format!("Too many findings: only the gravest {MOST} are listed, {more} more will follow as these are mended"),
    );
    let end = view.text().len();
    Diagnostic {
        range: view.range(end..end),
        severity: Some(DiagnosticSeverity::INFORMATION),
        source: Some("jiaogao".to_owned()),
        message: view.say(&message).to_owned(),
        ..Diagnostic::default()
    }
}

pub fn diagnostic(view: &View, finding: &Finding) -> Diagnostic {
    let mut message = view.say(&finding.message).to_owned();
    if let Some(help) = &finding.help {
        message.push('\n');
        message.push_str(view.say(help));
    }
    Diagnostic {
        range: view.range(finding.range.clone()),
        severity: Some(convert::severity(finding.severity)),
        code: Some(NumberOrString::String(finding.rule.to_owned())),
        code_description: documentation(finding.rule).map(|href| CodeDescription { href }),
        source: Some("jiaogao".to_owned()),
        message,
        related_information: related_information(view, finding),
        tags: (finding.rule == "duplicate/passage").then(|| vec![DiagnosticTag::UNNECESSARY]),
        data: data(view, finding),
    }
}

fn related_information(view: &View, finding: &Finding) -> Option<Vec<DiagnosticRelatedInformation>> {
    if finding.related.is_empty() || !view.client.shows_related_information() {
        return None;
    }
    let related = finding.related.iter().map(|related| DiagnosticRelatedInformation {
        location: related_location(view, related),
        message: view.say(&related.message).to_owned(),
    });
    Some(related.collect())
}

/// In another document its own text counts the columns.
fn related_location(view: &View, related: &Related) -> Location {
    let elsewhere = related.document.as_ref().and_then(|document| {
        let positions = Positions {
            text: document.draft.text(),
            unit: view.client.unit,
        };
        Some(Location::new(
            Uri::from_file_path(&document.path)?,
            positions.range(related.range.clone()),
        ))
    });
    elsewhere.unwrap_or_else(|| view.location(related.range.clone()))
}

/// The fixes, so that a client can apply them without asking again.
fn data(view: &View, finding: &Finding) -> Option<serde_json::Value> {
    if finding.fixes.is_empty() {
        return None;
    }
    let fixes = finding.fixes.iter().map(|fix| {
        let edits = fix
            .edits
            .iter()
            .map(|edit| TextEdit::new(view.range(edit.range.clone()), edit.text.clone()));
        json!({ "title": view.say(&fix.title), "safe": fix.safe, "edits": edits.collect::<Vec<_>>() })
    });
    Some(json!({ "fixes": fixes.collect::<Vec<_>>() }))
}

/// Where a rule is documented, if the package tells where it is kept.
fn documentation(rule: &str) -> Option<Uri> {
    let repository = env!("CARGO_PKG_REPOSITORY");
    if repository.is_empty() {
        return None;
    }
    let anchor = rule.replace('/', "");
    Uri::from_str(&format!("{repository}/blob/main/docs/rules.md#{anchor}")).ok()
}

/// Answers a pull; what the client has already is not sent again.
pub fn report(view: &View, previous: Option<&str>) -> DocumentDiagnosticReportResult {
    let items = of(view);
    let id = result_id(&items);
    let report = if previous == Some(id.as_str()) {
        DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: id },
        })
    } else {
        full(Some(id), items)
    };
    DocumentDiagnosticReportResult::Report(report)
}

/// For a draft that is not there.
pub fn empty_report() -> DocumentDiagnosticReportResult {
    DocumentDiagnosticReportResult::Report(full(None, Vec::new()))
}

fn full(result_id: Option<String>, items: Vec<Diagnostic>) -> DocumentDiagnosticReport {
    DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
        related_documents: None,
        full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id, items },
    })
}

/// Names a list of diagnostics by what it says, so that the same list has the same name whatever was edited in between.
pub fn result_id(items: &[Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(items).unwrap_or_default().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}
