//! `--output-format checkstyle`: the XML of Checkstyle, which many CI servers read.

use std::io::{self, Write};

use super::{Printer, Report};
use crate::finding::{Language, Severity};
use crate::xml::escape;

pub(super) struct Checkstyle {
    pub language: Language,
}

impl Printer for Checkstyle {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">")
    }

    fn report(&mut self, out: &mut dyn Write, report: &Report) -> io::Result<()> {
        if report.findings.is_empty() {
            return Ok(());
        }
        writeln!(out, "  <file name=\"{}\">", escape(report.path))?;
        for finding in report.findings {
            let at = report.at(finding.range.start);
            let severity = match finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info | Severity::Hint => "info",
            };
            writeln!(
                out,
                "    <error line=\"{}\" column=\"{}\" severity=\"{severity}\" message=\"{}\" source=\"jiaogao.{}\"/>",
                at.line,
                at.column,
                escape(finding.message.get(self.language)),
                escape(finding.rule),
            )?;
        }
        writeln!(out, "  </file>")
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "</checkstyle>")
    }
}
