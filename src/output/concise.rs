//! `--output-format concise`: one line a finding.

use std::io::{self, Write};

use super::style::severity_word;
use super::{Look, Printer, Report};

pub(super) struct Concise {
    pub look: Look,
}

impl Printer for Concise {
    fn report(&mut self, out: &mut dyn Write, report: &Report) -> io::Result<()> {
        let Look { language, palette, .. } = self.look;
        for finding in report.findings {
            let at = report.at(finding.range.start);
            let (strong, grade) = (palette.strong, palette.severity(finding.severity));
            writeln!(
                out,
                "{strong}{}{strong:#}:{}:{}: {grade}{}[{}]{grade:#} {}",
                report.path,
                at.line,
                at.column,
                severity_word(finding.severity, language),
                finding.rule,
                finding.message.get(language),
            )?;
        }
        Ok(())
    }
}
