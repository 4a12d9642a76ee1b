//! The boxes that narrow a list of findings down.

use std::fmt::Write as _;

use super::{Counts, words};
use crate::finding::{Finding, Language, Severity};
use crate::output::style::severity_word;

/// What narrows the list down, and the keys. Only a script makes it work, so only a script shows it.
pub(super) fn filter(findings: &[Finding], counts: Counts, id: &str, language: Language) -> String {
    let mut out = format!(
        "<div class=\"filter\" role=\"search\" aria-label=\"{filter}\">\n\
         <label class=\"spoken\" for=\"{id}-text\">{filter}</label>\
         <input type=\"search\" id=\"{id}-text\" placeholder=\"{hint}\" autocomplete=\"off\" spellcheck=\"false\" aria-controls=\"{id}-findings\">\n",
        filter = language.pick("筛选", "Filter"),
        hint = language.pick("筛选：文字、规则、行号", "Filter: words, rule, line"),
    );
    let severities = counts
        .into_iter()
        .zip(Severity::ALL)
        .map(|(count, severity)| ("severity", severity.name(), severity_word(severity, language), count));
    let _ = write!(out, "<fieldset><legend>{}</legend>", language.pick("级别", "Severity"));
    severities.for_each(|box_| checkbox(&mut out, box_));
    let mut families: Vec<(&'static str, usize)> = Vec::new();
    for finding in findings {
        match families.iter_mut().find(|(family, _)| *family == finding.family()) {
            Some((_, count)) => *count += 1,
            None => families.push((finding.family(), 1)),
        }
    }
    let _ = write!(out, "</fieldset>\n<fieldset><legend>{}</legend>", language.pick("类别", "Kind"));
    let families = families
        .into_iter()
        .map(|(name, count)| ("family", name, words::family(name, language), count));
    families.for_each(|box_| checkbox(&mut out, box_));
    let _ = write!(
        out,
        "</fieldset>\n<p class=\"status\" role=\"status\"></p>\n<details class=\"keys\"><summary>{}</summary><dl>",
        language.pick("快捷键", "Keys")
    );
    for (keys, action) in words::keys(language) {
        let keys: Vec<String> = keys.split(' ').map(|key| format!("<kbd>{key}</kbd>")).collect();
        let _ = write!(out, "<div><dt>{}</dt><dd>{action}</dd></div>", keys.join(" "));
    }
    out.push_str("</dl></details>\n</div>\n");
    out
}

/// Writes a box that shows or hides the findings of one severity or family.
fn checkbox(out: &mut String, (name, value, word, count): (&str, &str, &str, usize)) {
    if count == 0 {
        return;
    }
    let _ = write!(
        out,
        "<label class=\"{value}\"><input type=\"checkbox\" name=\"{name}\" value=\"{value}\" checked> {word} <span class=\"count\">{count}</span></label>"
    );
}
