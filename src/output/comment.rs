//! A finding as the paragraphs of a comment in a Word document.

use super::place::{self, Places};
use super::style::severity_word;
use crate::draft::Draft;
use crate::finding::{Finding, Language};

/// More places than this are counted, not quoted.
const MOST_RELATED: usize = 5;

/// What each finding says, in the order of the findings.
pub fn comments(draft: &Draft, findings: &[Finding], language: Language) -> Vec<Vec<String>> {
    let places = Places::of(draft);
    findings
        .iter()
        .map(|finding| paragraphs(draft, finding, places.as_ref(), language))
        .collect()
}

fn in_words(draft: &Draft, places: Option<&Places>, byte: usize, language: Language) -> String {
    match places {
        Some(places) => places.in_words(byte, language),
        None => draft.line_in_words(byte).get(language).to_owned(),
    }
}

fn paragraphs(draft: &Draft, finding: &Finding, places: Option<&Places>, language: Language) -> Vec<String> {
    let severity = severity_word(finding.severity, language);
    let colon = language.pick("：", ": ");
    let mut paragraphs = vec![format!("{severity}{colon}{}", finding.message.get(language))];
    if let Some(help) = &finding.help {
        paragraphs.push(help.get(language).to_owned());
    }
    for related in finding.related.iter().take(MOST_RELATED) {
        let message = related.message.get(language);
        let start = related.range.start;
        let (draft, place) = match &related.document {
            None => (draft, in_words(draft, places, start, language)),
            Some(document) => {
                let there = in_words(&document.draft, Places::of(&document.draft).as_ref(), start, language);
                (&document.draft, format!("{} {there}", document.path))
            }
        };
        paragraphs.push(format!("{message}{colon}{place}{colon}{}", place::quote(draft, &related.range)));
    }
    if let Some(hidden) = finding.related.len().checked_sub(MOST_RELATED).filter(|hidden| *hidden > 0) {
        paragraphs.push(match language {
            Language::Chinese => format!("另有{hidden}处"),
            Language::English => format!("and {hidden} more places"),
        });
    }
    for fix in &finding.fixes {
        let safety = if fix.safe {
            ""
        } else {
            language.pick("（须核对）", " (to be checked)")
        };
        paragraphs.push(format!("{}{}{safety}", language.pick("改法：", "fix: "), fix.title.get(language)));
    }
    paragraphs.push(format!("{}{}", language.pick("规则：", "rule: "), finding.rule));
    paragraphs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Bilingual, Severity};
    use crate::fix::{Edit, Fix};
    use crate::source::Format;

    #[test]
    fn everything_that_helps_is_said() {
        let finding = Finding::new("figure/conflict", Severity::Info, 0..3, Bilingual::fixed("数字不一", "figures differ"))
            .help(Bilingual::fixed("请核对", "check"))
            .related(3..6, Bilingual::fixed("另一处", "there"))
            .fix(Fix::r#unsafe(Bilingual::fixed("改为乙", "write 乙"), [Edit::replace(0..3, "乙")]));
        let draft = Draft::new("甲乙", Format::Plain);
        let said = comments(&draft, &[finding], Language::Chinese);
        assert_eq!(
            said,
            [[
                "留意：数字不一",
                "请核对",
                "另一处：第1行：甲【乙】",
                "改法：改为乙（须核对）",
                "规则：figure/conflict"
            ]]
        );
    }
}
