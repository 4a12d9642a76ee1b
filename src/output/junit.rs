//! `--output-format junit`: a draft is a test suite, a finding a failed test.

use std::io::{self, Write};

use super::{Printer, Report};
use crate::finding::Language;
use crate::xml::escape;

pub(super) struct Junit {
    pub language: Language,
}

impl Printer for Junit {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"jiaogao\">")
    }

    fn report(&mut self, out: &mut dyn Write, report: &Report) -> io::Result<()> {
        let path = escape(report.path);
        let failures = report.findings.len();
        let tests = failures.max(1);
        writeln!(
            out,
            "  <testsuite name=\"{path}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"0\">"
        )?;
        if report.findings.is_empty() {
            writeln!(out, "    <testcase name=\"{path}\" classname=\"jiaogao\"/>")?;
        }
        for finding in report.findings {
            let at = report.at(finding.range.start);
            let message = escape(finding.message.get(self.language));
            writeln!(
                out,
                "    <testcase name=\"{}\" classname=\"{path}\" line=\"{}\" column=\"{}\">\n      <failure type=\"{}\" message=\"{message}\">{path}:{}:{}: {message}</failure>\n    </testcase>",
                escape(finding.rule),
                at.line,
                at.column,
                finding.severity.name(),
                at.line,
                at.column,
            )?;
        }
        writeln!(out, "  </testsuite>")
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "</testsuites>")
    }
}
