//! A draft has the same findings in whatever format it is kept.

use std::path::Path;

use jiaogao::draft::Draft;
use jiaogao::finding::Finding;
use jiaogao::linter::{Settings, lint};
use jiaogao::source::Format;
use jiaogao::source::office::{self, Changes};

use crate::package::{documents, escape, folder, open_document, open_document_of, paragraph, plain};

/// Rules with the words they speak of, and the words they compare them with.
type Said = Vec<(&'static str, String, Vec<String>)>;

fn said(draft: &Draft, findings: &[Finding]) -> Said {
    let quote = |range: &std::ops::Range<usize>| draft.text().slice(range.clone()).replace(['\n', '\r'], "");
    let mut said: Said = findings
        .iter()
        .filter(|finding| finding.family() != "style")
        .map(|finding| {
            let related = finding.related.iter().map(|related| quote(&related.range)).collect();
            (finding.rule, quote(&finding.range), related)
        })
        .collect();
    said.sort();
    said
}

fn of_text(text: &str, format: Format) -> Said {
    let draft = Draft::new(text, format);
    said(&draft, &lint(&draft, &Settings::default()))
}

fn of_document(bytes: &[u8]) -> Said {
    let draft = Draft::of_document(office::read(bytes, Changes::Accepted).unwrap());
    said(&draft, &lint(&draft, &Settings::default()))
}

#[test]
fn plain_drafts_laid_out_as_documents_have_the_same_findings() {
    let drafts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drafts");
    let mut compared = 0;
    for entry in std::fs::read_dir(drafts).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|suffix| suffix != "txt") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let expected = of_text(&text, Format::Plain);
        let body: String = text.lines().map(paragraph).collect();
        assert_eq!(of_document(&plain(&body)), expected, "{}", path.display());
        let body: String = text.lines().map(|line| format!("<text:p>{}</text:p>", spaced(line))).collect();
        assert_eq!(of_document(&open_document_of(&body)), expected, "{} as OpenDocument", path.display());
        compared += 1;
    }
    assert!(compared > 5, "{compared}");
}

/// A line as OpenDocument keeps it, where spaces side by side are elements.
fn spaced(line: &str) -> String {
    let indented = line.trim_start_matches(' ');
    let indent = "<text:s/>".repeat(line.len() - indented.len());
    indent + &escape(indented).replace("  ", " <text:s/>").replace('\t', "<text:tab/>")
}

#[test]
fn each_program_s_document_has_the_findings_of_the_text() {
    let read = |name: &str| std::fs::read_to_string(folder().join(name)).unwrap();
    let text = of_text(&read("draft.txt"), Format::Plain);
    assert!(text.len() >= 5, "{text:#?}");
    assert_eq!(of_text(&read("draft.md"), Format::Markdown), text);
    assert_eq!(of_text(&read("draft.html"), Format::Html), text);
    assert_eq!(of_document(&open_document()), text);
    for (name, bytes) in documents() {
        assert_eq!(of_document(&bytes), text, "{name}");
    }
}
