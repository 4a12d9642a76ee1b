//! The drafts of a page that has several.

use std::fmt::Write as _;

use super::Listed;
use super::escape::escaped;
use super::words::seal;
use crate::finding::{Language, Severity};
use crate::output::style::severity_word;

/// The drafts of the page with their counts. It stands at the end because the counts are known there; the script puts it first.
pub(super) fn index(drafts: &[Listed], language: Language) -> String {
    let mut out = format!(
        "<nav class=\"index\" id=\"index\" tabindex=\"-1\" aria-labelledby=\"index-title\">\n<h1 id=\"index-title\">{}</h1>\n<p>{}</p>\n<table>\n<thead><tr><th scope=\"col\">{}</th>",
        language.pick("校稿报告", "Proof-reading report"),
        totals(drafts, language),
        language.pick("文稿", "Draft"),
    );
    for severity in Severity::ALL {
        let _ = write!(
            out,
            "<th scope=\"col\"><span class=\"seal {}\" aria-hidden=\"true\">{}</span> <span class=\"word\">{}</span></th>",
            severity.name(),
            seal(severity, language),
            severity_word(severity, language)
        );
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for (number, draft) in drafts.iter().enumerate() {
        let _ = write!(
            out,
            "<tr><th scope=\"row\"><a href=\"#d{}\">{}</a></th>",
            number + 1,
            escaped(&draft.path)
        );
        for count in draft.counts {
            let class = if count == 0 { " class=\"none\"" } else { "" };
            let _ = write!(out, "<td{class}>{count}</td>");
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</nav>\n");
    out
}

fn totals(drafts: &[Listed], language: Language) -> String {
    let findings: usize = drafts.iter().flat_map(|draft| draft.counts).sum();
    match language {
        Language::Chinese => format!("{}份文稿，{findings}处问题", drafts.len()),
        Language::English => format!("{} drafts, {findings} findings", drafts.len()),
    }
}
