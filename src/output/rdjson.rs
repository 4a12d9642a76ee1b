//! `--output-format rdjson`: the JSON of reviewdog. Its columns count bytes of UTF-8.

use std::io::{self, Write};
use std::ops::Range;

use serde_json::{Value, json};

use super::{At, Elements, Printer, Report};
use crate::finding::{Language, Severity};
use crate::text::Unit;

pub(super) struct Rdjson {
    language: Language,
    elements: Elements,
}

impl Rdjson {
    pub(super) fn new(language: Language) -> Self {
        Rdjson {
            language,
            elements: Elements::default(),
        }
    }
}

impl Printer for Rdjson {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{{\"source\":{{\"name\":\"jiaogao\"}},\"diagnostics\":[")
    }

    fn report(&mut self, out: &mut dyn Write, report: &Report) -> io::Result<()> {
        for finding in report.findings {
            let severity = match finding.severity {
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
                Severity::Info | Severity::Hint => "INFO",
            };
            let location = |report: &Report, range: &Range<usize>| json!({"path": report.path, "range": self::range(report, range)});
            let related: Vec<Value> = finding
                .related
                .iter()
                .map(|related| json!({"message": related.message.get(self.language), "location": location(&report.holding(related), &related.range)}))
                .collect();
            // Each suggestion stands for itself there, so a fix of several edits cannot be told.
            let suggestions: Vec<Value> = finding
                .fixes
                .iter()
                .filter_map(|fix| match &fix.edits[..] {
                    [edit] => Some(json!({"range": self::range(report, &edit.range), "text": edit.text})),
                    _ => None,
                })
                .collect();
            let element = json!({
                "message": finding.message.get(self.language),
                "location": location(report, &finding.range),
                "severity": severity,
                "code": {"value": finding.rule},
                "suggestions": suggestions,
                "related_locations": related,
            });
            self.elements.write(out, &element)?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.elements.end(out)?;
        writeln!(out, "}}")
    }
}

fn range(report: &Report, range: &Range<usize>) -> Value {
    let place = |byte| {
        let at = At::new(report.draft, byte, Unit::Byte);
        json!({"line": at.line, "column": at.column})
    };
    json!({"start": place(range.start), "end": place(range.end)})
}
