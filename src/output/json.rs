//! `--output-format json`: one array of findings.

use std::ops::Range;

use serde_json::{Value, json};

use crate::cli::lint::Report;
use crate::draft::Draft;
use crate::finding::Finding;
use crate::fix::Fix;
use crate::text::Unit;

pub fn array(reports: &[Report]) -> Value {
    reports
        .iter()
        .flat_map(|report| report.findings.iter().map(move |finding| element(report, finding)))
        .collect()
}

fn element(report: &Report, finding: &Finding) -> Value {
    let path = report.path.to_string_lossy();
    let span = |range: &Range<usize>| (place(&report.draft, range.start), place(&report.draft, range.end));
    let (start, end) = span(&finding.range);
    let related: Vec<Value> = finding
        .related
        .iter()
        .map(|related| {
            let (start, end) = span(&related.range);
            json!({"path": path, "start": start, "end": end, "message": related.message.zh})
        })
        .collect();
    json!({
        "path": path, "rule": finding.rule, "severity": finding.severity.name(), "message": finding.message.zh,
        "start": start, "end": end, "related": related, "fix": finding.fixes.first().map(|fix| self::fix(&report.draft, fix)),
    })
}

fn fix(draft: &Draft, fix: &Fix) -> Value {
    let edits: Vec<Value> = fix
        .edits
        .iter()
        .map(|edit| json!({"start": place(draft, edit.range.start), "end": place(draft, edit.range.end), "text": edit.text}))
        .collect();
    json!({"title": fix.title.zh, "safe": fix.safe, "edits": edits})
}

fn place(draft: &Draft, byte: usize) -> Value {
    let at = draft.text().position(byte, Unit::Scalar);
    json!({"line": at.line + 1, "column": at.column + 1, "byte": byte})
}
