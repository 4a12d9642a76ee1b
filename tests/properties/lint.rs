//! Whatever a draft says, its findings are whole: each in its place, with something to say, and printable in every format.

use jiaogao::draft::Draft;
use jiaogao::finding::{Bilingual, Finding, Language};
use jiaogao::linter::{self, Settings};
use jiaogao::model::Models;
use jiaogao::output::{self, Look, OutputFormat, Palette, Report};
use jiaogao::rules;

use super::draft::Written;

pub fn holds(data: &[u8]) {
    let written = Written::of(data);
    let draft = written.draft();
    let findings = lint(&draft);
    hold_for_findings(&draft, &findings);
    print(&draft, &findings, written.choices);
}

/// With all rules on.
pub fn lint(draft: &Draft) -> Vec<Finding> {
    linter::lint(draft, &Settings::default().with_everything_on())
}

pub fn hold_for_findings(draft: &Draft, findings: &[Finding]) {
    let text = draft.text().to_string();
    let mut last = (0, 0);
    for finding in findings {
        let place = (finding.range.start, finding.range.end);
        assert!(place >= last, "{finding:?} is out of order in {text:?}");
        last = place;
        assert!(text.get(finding.range.clone()).is_some(), "{finding:?} is no place of {text:?}");
        assert!(rules::find(finding.rule).is_some(), "{finding:?} is by no rule");
        assert_said(&finding.message, finding);
        finding.help.iter().for_each(|help| assert_said(help, finding));
        for related in &finding.related {
            assert!(text.get(related.range.clone()).is_some(), "{finding:?} points out of {text:?}");
            assert_said(&related.message, finding);
        }
        for fix in &finding.fixes {
            assert_said(&fix.title, finding);
            let mut end = 0;
            for edit in &fix.edits {
                assert!(edit.range.start >= end, "edits of {finding:?} overlap in {text:?}");
                assert!(text.get(edit.range.clone()).is_some(), "{finding:?} edits no place of {text:?}");
                end = edit.range.end;
            }
        }
    }
}

fn assert_said(message: &Bilingual, finding: &Finding) {
    assert!(!message.zh.trim().is_empty() && !message.en.trim().is_empty(), "{finding:?} says nothing");
}

fn print(draft: &Draft, findings: &[Finding], choice: u8) {
    let formats = <OutputFormat as clap::ValueEnum>::value_variants();
    let language = [Language::Chinese, Language::English][usize::from(choice) / formats.len() % 2];
    let look = Look {
        language,
        palette: Palette::default(),
        width: 40,
    };
    let mut printer = output::printer(formats[usize::from(choice) % formats.len()], look);
    let mut out = Vec::new();
    let report = Report {
        path: "a.txt",
        draft,
        findings,
    };
    printer.begin(&mut out).expect("memory can be written");
    printer.report(&mut out, &report).expect("memory can be written");
    printer.finish(&mut out).expect("memory can be written");
    String::from_utf8(out).expect("printers print text");
    let models = Models::build(draft);
    let outline = jiaogao::model::outline::outline(draft, &models.numbering);
    output::outline::json(draft, &outline);
    hold_for_outline(&outline, 0, draft.text().len());
}

/// Sections stand in order, one in the other, each with its title.
fn hold_for_outline(entries: &[jiaogao::model::outline::Entry], start: usize, end: usize) {
    let mut last = start;
    for entry in entries {
        assert!(
            last <= entry.range.start && entry.range.end <= end,
            "{entry:?} does not stand behind {last} and before {end}"
        );
        assert!(
            entry.range.start <= entry.title.start && entry.title.end <= entry.range.end,
            "{entry:?} does not hold its title"
        );
        hold_for_outline(&entry.children, entry.range.start, entry.range.end);
        last = entry.range.end;
    }
}
