//! `--output-format json` and `jsonl`: findings as JSON objects.
//!
//! Lines and columns count from one, columns in Unicode scalar values. `byte` counts from zero in the draft as UTF-8 without byte-order mark.
//! `end` is exclusive. In Word documents a position also has its `paragraph`, from one, and its `offset` in characters from the paragraph's start,
//! and a finding has a `place`: the headings that it stands under, the cell of a table, and the text around.

use std::io::{self, Write};
use std::ops::Range;

use serde_json::{Value, json};

use super::place::{self, Places};
use super::{Elements, Printer, Report};
use crate::finding::{Finding, Language};
use crate::fix::Fix;

/// One array, an element a line.
pub(super) struct Array {
    language: Language,
    elements: Elements,
}

impl Array {
    pub(super) fn new(language: Language) -> Self {
        Array {
            language,
            elements: Elements::default(),
        }
    }
}

impl Printer for Array {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"[")
    }

    fn report(&mut self, out: &mut dyn Write, report: &Report) -> io::Result<()> {
        elements(report, self.language).try_for_each(|element| self.elements.write(out, &element))
    }

    fn finish(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.elements.end(out)?;
        writeln!(out)
    }
}

/// One object a line.
pub(super) struct Lines {
    pub language: Language,
}

impl Printer for Lines {
    fn report(&mut self, out: &mut dyn Write, report: &Report) -> io::Result<()> {
        elements(report, self.language).try_for_each(|element| writeln!(out, "{element}"))
    }
}

/// The findings of one draft, an object each.
pub fn elements<'a>(report: &'a Report, language: Language) -> impl Iterator<Item = Value> + 'a {
    let places = Places::of(report.draft);
    report
        .findings
        .iter()
        .map(move |finding| element(report, finding, places.as_ref(), language))
}

fn element(report: &Report, finding: &Finding, places: Option<&Places>, language: Language) -> Value {
    let place = |byte| place(report, byte);
    let related: Vec<Value> = finding
        .related
        .iter()
        .map(|related| {
            let Range { start, end } = related.range;
            let there = report.holding(related);
            json!({
                "path": there.path,
                "start": self::place(&there, start),
                "end": self::place(&there, end),
                "message": related.message.get(language),
            })
        })
        .collect();
    let mut fixes = finding.fixes.iter().map(|fix| self::fix(report, fix, language));
    let mut element = json!({
        "path": report.path,
        "rule": finding.rule,
        "severity": finding.severity.name(),
        "message": finding.message.get(language),
        "help": finding.help.as_ref().map(|help| help.get(language)),
        "start": place(finding.range.start),
        "end": place(finding.range.end),
        "related": related,
        "fix": fixes.next(),
        "alternatives": fixes.collect::<Vec<_>>(),
    });
    if let Some(places) = places {
        element["place"] = places.json(&finding.range);
    }
    element
}

fn fix(report: &Report, fix: &Fix, language: Language) -> Value {
    let edits: Vec<Value> = fix
        .edits
        .iter()
        .map(|edit| json!({"start": place(report, edit.range.start), "end": place(report, edit.range.end), "text": edit.text}))
        .collect();
    json!({"title": fix.title.get(language), "safe": fix.safe, "edits": edits})
}

fn place(report: &Report, byte: usize) -> Value {
    let at = report.at(byte);
    let in_document = report.draft.layout().and_then(|layout| place::offset(report.draft, layout, byte));
    match in_document {
        Some((paragraph, offset)) => json!({"line": at.line, "column": at.column, "byte": byte, "paragraph": paragraph, "offset": offset}),
        None => json!({"line": at.line, "column": at.column, "byte": byte}),
    }
}
