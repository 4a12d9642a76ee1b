//! `--output-format full`: the text with the place marked, the other places, the reason and the mending.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::ops::Range;

use super::place::Places;
use super::snippet::{self, Mark};
use super::style::severity_word;
use super::wrap::{columns, wrap};
use super::{Look, Printer, Report};
use crate::draft::Draft;
use crate::finding::{Finding, Related};

/// More places than this are counted, not shown.
const MOST_RELATED: usize = 3;

/// Notes are not squeezed into fewer columns than this.
const MIN_NOTE: usize = 20;

pub(super) struct Full {
    look: Look,
}

/// What the places of one finding are shown on.
struct Page<'a> {
    report: &'a Report<'a>,
    places: Option<&'a Places<'a>>,
    gutter: usize,
}

impl Full {
    pub(super) fn new(look: Look) -> Self {
        Full { look }
    }

    fn finding(&self, report: &Report, places: Option<&Places>, finding: &Finding) -> String {
        let Look { language, palette, .. } = self.look;
        let (grade, strong) = (palette.severity(finding.severity), palette.strong);
        let shown = &finding.related[..finding.related.len().min(MOST_RELATED)];
        let gutter = self.gutter(report, finding, shown);
        let mut out = format!(
            "{grade}{}[{}]{grade:#}{strong}: {}{strong:#}\n",
            severity_word(finding.severity, language),
            finding.rule,
            finding.message.get(language)
        );
        let page = Page { report, places, gutter };
        self.place(&mut out, &page, "-->", &finding.range, Mark::new('^', "", grade));
        for related in shown {
            let mark = Mark::new('-', related.message.get(language), palette.frame);
            let there = report.holding(related);
            let places_there = related.document.as_ref().and_then(|document| Places::of(&document.draft));
            let page = Page {
                report: &there,
                places: if related.document.is_some() { places_there.as_ref() } else { places },
                gutter,
            };
            self.place(&mut out, &page, ":::", &related.range, mark);
        }
        self.notes(&mut out, &page, finding, shown.len());
        out
    }

    /// The width of the widest line number shown.
    fn gutter(&self, report: &Report, finding: &Finding, related: &[Related]) -> usize {
        let number = |draft: &Draft, end| snippet::line_number(draft, draft.text().line_at(end));
        let others = related.iter().map(|related| number(report.holding(related).draft, related.range.end));
        others
            .chain([number(report.draft, finding.range.end)])
            .max()
            .unwrap_or(1)
            .to_string()
            .len()
    }

    fn place(&self, out: &mut String, page: &Page, arrow: &str, range: &Range<usize>, mark: Mark) {
        let Page { report, places, gutter } = *page;
        let at = match places {
            Some(places) => format!(" {}", places.in_words(range.start, self.look.language)),
            None => {
                let at = report.at(range.start);
                format!("{}:{}", at.line, at.column)
            }
        };
        let frame = self.look.palette.frame;
        let _ = writeln!(out, "{:gutter$}{frame}{arrow}{frame:#} {}:{at}", "", report.path);
        snippet::write(out, report.draft, range, mark, gutter, &self.look);
    }

    fn notes(&self, out: &mut String, page: &Page, finding: &Finding, shown: usize) {
        let Page { report, gutter, .. } = *page;
        let Look { language, palette, width } = self.look;
        let (frame, help) = (palette.frame, palette.help);
        let mut note = |head: &str, text: &str| {
            let indent = columns(head);
            let width = width.saturating_sub(gutter + 3 + indent).max(MIN_NOTE);
            for (number, line) in wrap(text, width).iter().enumerate() {
                let _ = match number {
                    0 => writeln!(out, "{:gutter$} {frame}={frame:#} {help}{head}{help:#}{line}", ""),
                    _ => writeln!(out, "{:gutter$}   {:indent$}{line}", "", ""),
                };
            }
        };
        let hidden = finding.related.len() - shown;
        if hidden > 0 {
            note(language.pick("另有", "and "), &format!("{hidden}{}", language.pick("处", " more places")));
        }
        if let Some(text) = &finding.help {
            note(language.pick("说明：", "help: "), text.get(language));
        }
        for fix in &finding.fixes {
            let safety = match (fix.safe, report.draft.layout()) {
                (true, None) => language.pick("（--fix）", " (--fix)"),
                (true, Some(layout)) if layout.takes_comments => language.pick("（--track-fixes）", " (--track-fixes)"),
                (true, Some(_)) => "",
                (false, _) => language.pick("（须核对）", " (to be checked)"),
            };
            note(language.pick("改法：", "fix: "), &format!("{}{safety}", fix.title.get(language)));
        }
    }
}

impl Printer for Full {
    fn report(&mut self, out: &mut dyn Write, report: &Report) -> io::Result<()> {
        let places = Places::of(report.draft);
        for finding in report.findings {
            writeln!(out, "{}", self.finding(report, places.as_ref(), finding))?;
        }
        Ok(())
    }
}
