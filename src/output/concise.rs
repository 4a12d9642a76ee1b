//! `--output-format concise`: one line a finding.

use std::io::{self, Write};

use super::place::{self, Places};
use super::style::severity_word;
use super::{Look, Printer, Report};

pub(super) struct Concise {
    pub look: Look,
}

impl Printer for Concise {
    fn report(&mut self, out: &mut dyn Write, report: &Report) -> io::Result<()> {
        let Look { language, palette, .. } = self.look;
        let places = Places::of(report.draft);
        for finding in report.findings {
            let at = report.at(finding.range.start);
            let (at, quote) = match &places {
                Some(places) => (
                    format!(" {}", places.in_words(finding.range.start, language)),
                    format!("：{}", place::quote(report.draft, &finding.range)),
                ),
                None => (format!("{}:{}", at.line, at.column), String::new()),
            };
            let (strong, grade) = (palette.strong, palette.severity(finding.severity));
            writeln!(
                out,
                "{strong}{}{strong:#}:{at}: {grade}{}[{}]{grade:#} {}{quote}",
                report.path,
                severity_word(finding.severity, language),
                finding.rule,
                finding.message.get(language),
            )?;
        }
        Ok(())
    }
}
