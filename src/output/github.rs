//! `--output-format github`: workflow commands, which GitHub Actions shows beside the lines of a change.

use std::io::{self, Write};

use super::{Printer, Report};
use crate::finding::{Language, Severity};

pub(super) struct Github {
    pub language: Language,
}

impl Printer for Github {
    fn report(&mut self, out: &mut dyn Write, report: &Report) -> io::Result<()> {
        for finding in report.findings {
            let level = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info | Severity::Hint => "notice",
            };
            let (start, end) = report.span(&finding.range);
            // GitHub wants columns only where the place is within one line.
            let columns = match start.line == end.line {
                true => format!(",col={},endColumn={}", start.column, end.column),
                false => String::new(),
            };
            writeln!(
                out,
                "::{level} title=jiaogao {},file={},line={},endLine={}{columns}::{}",
                property(finding.rule),
                property(report.path),
                start.line,
                end.line,
                message(finding.message.get(self.language)),
            )?;
        }
        Ok(())
    }
}

fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
