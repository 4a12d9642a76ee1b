//! The findings of a draft as a list, each with what belongs to it.

use std::fmt::Write as _;

use super::escape::{self, escaped};
use super::paper::Paper;
use super::words::seal;
use crate::draft::Draft;
use crate::finding::{Document, Finding, Language, Related};
use crate::output::place;
use crate::output::style::severity_word;

/// More related places than this are counted, not listed.
const MOST_RELATED: usize = 20;

/// What is quoted of a related place, and what of the text on each side of it, in characters.
const LONGEST_QUOTE: usize = 40;
const AROUND: usize = 8;

pub(super) struct Cards<'a> {
    pub draft: &'a Draft,
    pub paper: &'a Paper,
    /// What begins every anchor.
    pub id: &'a str,
    pub language: Language,
}

impl Cards<'_> {
    pub fn html(&self, findings: &[Finding]) -> String {
        let mut out = String::from("<ol class=\"cards\" role=\"list\">\n");
        for (index, finding) in findings.iter().enumerate() {
            self.card(&mut out, index, finding);
        }
        out.push_str("</ol>\n");
        out
    }

    fn card(&self, out: &mut String, index: usize, finding: &Finding) {
        let Cards { id, language, .. } = self;
        let severity = finding.severity;
        let _ = write!(
            out,
            "<li class=\"card {0}\" id=\"{id}-f{number}\" data-severity=\"{0}\" data-family=\"{1}\">\
             <a class=\"go\" href=\"#{id}-m{mark}\"><span class=\"seal {0}\" aria-hidden=\"true\">{seal}</span>\
             <span class=\"said\"><span class=\"spoken\">{word}{colon}</span>",
            severity.name(),
            finding.family(),
            number = index + 1,
            mark = self.first_mark(index, None),
            seal = seal(severity, *language),
            word = severity_word(severity, *language),
            colon = language.pick("：", ": "),
        );
        escape::push(out, finding.message.get(*language));
        let _ = write!(
            out,
            "</span></a>\n<p class=\"where\"><span class=\"number\">{}</span> {} · <code>{}</code></p>\n",
            index + 1,
            self.line(finding.range.start),
            finding.rule
        );
        self.places(out, index, &finding.related);
        if let Some(help) = &finding.help {
            let _ = writeln!(out, "<p class=\"help\">{}</p>", escaped(help.get(*language)));
        }
        self.fixes(out, finding);
        out.push_str("</li>\n");
    }

    fn places(&self, out: &mut String, finding: usize, related: &[Related]) {
        if related.is_empty() {
            return;
        }
        out.push_str("<ul class=\"places\">");
        for (which, related) in related.iter().take(MOST_RELATED).enumerate() {
            if let Some(document) = &related.document {
                self.place_elsewhere(out, document, related);
                continue;
            }
            let _ = write!(
                out,
                "<li><a href=\"#{}-m{}\"><span class=\"line\">{}</span> {}",
                self.id,
                self.first_mark(finding, Some(which)),
                self.line(related.range.start),
                escaped(related.message.get(self.language))
            );
            self.quote(out, finding, which);
            out.push_str("</a></li>");
        }
        if let Some(hidden) = related.len().checked_sub(MOST_RELATED).filter(|hidden| *hidden > 0) {
            let (before, after) = (self.language.pick("另有", "and "), self.language.pick("处", " more places"));
            let _ = write!(out, "<li>{before}{hidden}{after}</li>");
        }
        out.push_str("</ul>\n");
    }

    /// A place in another document, which is not shown here and cannot be gone to.
    fn place_elsewhere(&self, out: &mut String, document: &Document, related: &Related) {
        const LONGEST: usize = 40;
        let _ = write!(
            out,
            "<li><span class=\"line\">{} {}</span> {}<q>{}</q></li>",
            escaped(document.name()),
            escaped(document.draft.line_in_words(related.range.start).get(self.language)),
            escaped(related.message.get(self.language)),
            escaped(
                &document
                    .draft
                    .text()
                    .slice(related.range.clone())
                    .chars()
                    .take(LONGEST)
                    .collect::<String>()
            )
        );
    }

    /// What stands at a related place, with a little of the text around it.
    fn quote(&self, out: &mut String, finding: usize, which: usize) {
        let Some(beginning) = self.paper.beginnings.get(&(finding, Some(which))) else {
            return;
        };
        let span = &self.paper.spans[beginning.span];
        let prose = self.draft.pieces()[span.block].prose();
        let (before, quoted, after) = (&prose[..span.range.start], &prose[span.range.clone()], &prose[span.range.end..]);
        let start = before.char_indices().rev().take(AROUND).last().map_or(before.len(), |(at, _)| at);
        let end = |text: &str, most: usize| text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
        let (cut, behind) = (end(quoted, LONGEST_QUOTE), end(after, AROUND));
        let _ = write!(
            out,
            "<q>{}{}<b>{}{}</b>",
            if start > 0 { "…" } else { "" },
            escaped(&before[start..]),
            escaped(&quoted[..cut]),
            if cut < quoted.len() { "…" } else { "" },
        );
        if cut == quoted.len() {
            let _ = write!(out, "{}{}", escaped(&after[..behind]), if behind < after.len() { "…" } else { "" });
        }
        out.push_str("</q>");
    }

    fn fixes(&self, out: &mut String, finding: &Finding) {
        if finding.fixes.is_empty() {
            return;
        }
        out.push_str("<ul class=\"fixes\">");
        for fix in &finding.fixes {
            let _ = write!(out, "<li>{}", escaped(fix.title.get(self.language)));
            if !fix.safe {
                let _ = write!(out, "<small>{}</small>", self.language.pick("（须核对）", " (to be checked)"));
            }
            out.push_str("</li>");
        }
        out.push_str("</ul>\n");
    }

    /// The mark at which a place begins; a draft without prose has none.
    fn first_mark(&self, finding: usize, related: Option<usize>) -> usize {
        self.paper.beginnings.get(&(finding, related)).map_or(0, |beginning| beginning.mark)
    }

    fn line(&self, byte: usize) -> String {
        let mut parts = vec![self.draft.line_in_words(byte).get(self.language).to_owned()];
        parts.extend(place::container(self.draft, byte, self.language));
        parts.join(self.language.pick("，", ", "))
    }
}
