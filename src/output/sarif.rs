//! `--output-format sarif`: SARIF 2.1.0, as code scanning services read it.

use std::io::{self, Write};
use std::ops::Range;

use serde_json::{Value, json};

use super::{Elements, Fingerprints, Printer, Report};
use crate::finding::{Finding, Language, Severity};
use crate::fix::Fix;
use crate::rules::RULES;

pub(super) struct Sarif {
    language: Language,
    elements: Elements,
}

impl Sarif {
    pub(super) fn new(language: Language) -> Self {
        Sarif {
            language,
            elements: Elements::default(),
        }
    }

    fn rules(&self) -> Vec<Value> {
        let text = |text: &str| json!({"text": text});
        RULES
            .iter()
            .map(|rule| {
                let meta = rule.meta();
                json!({
                    "id": meta.name,
                    "shortDescription": text(meta.summary.get(self.language)),
                    "fullDescription": text(meta.explanation.get(self.language)),
                    "defaultConfiguration": {"enabled": meta.default, "level": level(meta.severity)},
                })
            })
            .collect()
    }

    fn result(&self, report: &Report, finding: &Finding, fingerprint: String) -> Value {
        let related: Vec<Value> = finding
            .related
            .iter()
            .map(|related| {
                let mut location = location(&report.holding(related), &related.range);
                location["message"] = json!({"text": related.message.get(self.language)});
                location
            })
            .collect();
        let mut result = json!({
            "ruleId": finding.rule,
            "ruleIndex": RULES.iter().position(|rule| rule.meta().name == finding.rule),
            "level": level(finding.severity),
            "message": {"text": finding.message.get(self.language)},
            "locations": [location(report, &finding.range)],
            "partialFingerprints": {"surroundings/v1": fingerprint},
        });
        if !related.is_empty() {
            result["relatedLocations"] = json!(related);
        }
        if !finding.fixes.is_empty() {
            result["fixes"] = finding.fixes.iter().map(|fix| self.fix(report, fix)).collect();
        }
        result
    }

    fn fix(&self, report: &Report, fix: &Fix) -> Value {
        let replacements: Vec<Value> = fix
            .edits
            .iter()
            .map(|edit| json!({"deletedRegion": region(report, &edit.range), "insertedContent": {"text": edit.text}}))
            .collect();
        json!({
            "description": {"text": fix.title.get(self.language)},
            "artifactChanges": [{"artifactLocation": {"uri": uri(report.path)}, "replacements": replacements}],
        })
    }
}

impl Printer for Sarif {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let driver = json!({"name": "jiaogao", "version": env!("CARGO_PKG_VERSION"), "rules": self.rules()});
        write!(
            out,
            "{{\"$schema\":\"https://json.schemastore.org/sarif-2.1.0.json\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":{driver}}},\"columnKind\":\"unicodeCodePoints\",\"results\":["
        )
    }

    fn report(&mut self, out: &mut dyn Write, report: &Report) -> io::Result<()> {
        let mut fingerprints = Fingerprints::new(report.path, report.draft);
        for finding in report.findings {
            let result = self.result(report, finding, fingerprints.unique(finding));
            self.elements.write(out, &result)?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.elements.end(out)?;
        writeln!(out, "}}]}}")
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info | Severity::Hint => "note",
    }
}

fn location(report: &Report, range: &Range<usize>) -> Value {
    json!({"physicalLocation": {"artifactLocation": {"uri": uri(report.path)}, "region": region(report, range)}})
}

fn region(report: &Report, range: &Range<usize>) -> Value {
    let (start, end) = report.span(range);
    json!({"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column})
}

/// A path as a URI reference: everything but unreserved characters and slashes is percent-encoded.
fn uri(path: &str) -> String {
    path.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => char::from(byte).to_string(),
            b'\\' => "/".to_owned(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn paths_become_uris() {
        assert_eq!(super::uri("报告/a b.md"), "%E6%8A%A5%E5%91%8A/a%20b.md");
    }
}
