//! `--output-format gitlab`: a code quality report, which GitLab shows in merge requests.

use std::io::{self, Write};

use serde_json::json;

use super::{Elements, Fingerprints, Printer, Report};
use crate::finding::{Language, Severity};

pub(super) struct Gitlab {
    language: Language,
    elements: Elements,
}

impl Gitlab {
    pub(super) fn new(language: Language) -> Self {
        Gitlab {
            language,
            elements: Elements::default(),
        }
    }
}

impl Printer for Gitlab {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"[")
    }

    fn report(&mut self, out: &mut dyn Write, report: &Report) -> io::Result<()> {
        let mut fingerprints = Fingerprints::new(report.path, report.draft);
        for finding in report.findings {
            let (start, end) = report.span(&finding.range);
            let severity = match finding.severity {
                Severity::Error => "major",
                Severity::Warning => "minor",
                Severity::Info | Severity::Hint => "info",
            };
            let element = json!({
                "description": finding.message.get(self.language),
                "check_name": finding.rule,
                "fingerprint": fingerprints.unique(finding),
                "severity": severity,
                "location": {
                    "path": report.path,
                    "positions": {
                        "begin": {"line": start.line, "column": start.column},
                        "end": {"line": end.line, "column": end.column},
                    },
                },
            });
            self.elements.write(out, &element)?;
        }
        Ok(())
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.elements.end(out)?;
        writeln!(out)
    }
}
