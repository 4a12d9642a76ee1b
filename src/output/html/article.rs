//! One draft of the page: what it is called, its outline, its text and its findings.

use std::fmt::Write as _;

use super::cards::Cards;
use super::escape::escaped;
use super::words::seal;
use super::{Counts, filter, ledger, paper};
use crate::draft::Draft;
use crate::finding::{Finding, Language, Severity};
use crate::model::Models;
use crate::model::outline::{Entry, Kind, outline};
use crate::output::Report;
use crate::output::style::severity_word;

/// One draft with all that belongs to it.
pub(super) fn article(report: &Report, counts: Counts, number: usize, language: Language) -> String {
    let Report { path, draft, findings } = report;
    let id = format!("d{number}");
    let models = Models::build(draft);
    let entries = outline(draft, &models.numbering);
    let paper = paper::lay_out(draft, findings, &entries, &id, language);
    let cards = Cards {
        draft,
        paper: &paper,
        id: &id,
        language,
    };
    let characters = draft
        .pieces()
        .iter()
        .map(|piece| piece.prose().chars().filter(|char| !char.is_whitespace()).count())
        .sum::<usize>();
    let mut out = String::with_capacity(paper.html.len() + paper.html.len() / 2);
    let _ = write!(
        out,
        "<article class=\"draft\" id=\"{id}\" tabindex=\"-1\" aria-labelledby=\"{id}-path\">\n<header class=\"top\">\n\
         <a class=\"up\" href=\"#index\">{}</a><h1 id=\"{id}-path\">{}</h1>\n<p class=\"length\">{characters}{}</p>\n{}<a class=\"skip\" href=\"#{id}-findings\">{}</a>\n</header>\n",
        language.pick("‹ 全部文稿", "‹ All drafts"),
        escaped(path),
        language.pick("字", " characters"),
        tally(counts, language),
        language.pick("到问题列表", "To the findings"),
    );
    out.push_str(&outline_list(draft, findings, &entries, &id, language));
    let _ = write!(
        out,
        "<section class=\"paper\" lang=\"zh-CN\" aria-label=\"{}\">\n{}</section>\n",
        language.pick("文稿", "Draft"),
        paper.html
    );
    let _ = writeln!(
        out,
        "<aside class=\"findings\" id=\"{id}-findings\" aria-label=\"{}\">",
        language.pick("问题", "Findings")
    );
    if findings.is_empty() {
        let _ = writeln!(out, "<p class=\"nothing\">{}</p>", language.pick("没有发现问题。", "Nothing was found."));
    } else {
        out.push_str(&filter::filter(findings, counts, &id, language));
        out.push_str(&cards.html(findings));
    }
    out.push_str(&ledger::ledger(draft, &models, &id, language));
    out.push_str("</aside>\n</article>\n");
    out
}

/// How many findings of each severity there are.
fn tally(counts: Counts, language: Language) -> String {
    let mut out = String::from("<ul class=\"tally\">");
    for (count, severity) in counts.into_iter().zip(Severity::ALL).filter(|(count, _)| *count > 0) {
        let _ = write!(
            out,
            "<li><span class=\"seal {}\" aria-hidden=\"true\">{}</span> {count} {}{}</li>",
            severity.name(),
            seal(severity, language),
            severity_word(severity, language),
            if language == Language::English && count > 1 && severity != Severity::Info {
                "s"
            } else {
                ""
            }
        );
    }
    out.push_str("</ul>\n");
    out
}

/// The sections, each with the number of findings in it.
fn outline_list(draft: &Draft, findings: &[Finding], entries: &[Entry], id: &str, language: Language) -> String {
    let mut out = format!(
        "<nav class=\"outline\" aria-label=\"{0}\">\n<details open><summary>{0}</summary>\n",
        language.pick("提纲", "Outline")
    );
    write_entries(&mut out, draft, findings, entries, id);
    out.push_str("</details>\n</nav>\n");
    out
}

fn write_entries(out: &mut String, draft: &Draft, findings: &[Finding], entries: &[Entry], id: &str) {
    let mut entries = entries.iter().filter(|entry| entry.kind != Kind::Item).peekable();
    if entries.peek().is_none() {
        return;
    }
    out.push_str("<ol>\n");
    for entry in entries {
        let _ = write!(out, "<li><a href=\"#{id}-b{}\">{}", paper::block_of(draft, entry), escaped(&entry.name));
        let before = |byte: usize| findings.partition_point(|finding| finding.range.start < byte);
        let inside = before(entry.range.end) - before(entry.range.start);
        if inside > 0 {
            let _ = write!(out, " <span class=\"count\">{inside}</span>");
        }
        out.push_str("</a>");
        write_entries(out, draft, findings, &entry.children, id);
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n");
}
