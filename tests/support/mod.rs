//! The labelled drafts of `tests/drafts`, and how findings are matched to labels.

// Every test takes what it needs of this module.
#![allow(dead_code)]

pub mod pairs;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use jiaogao::draft::Draft;
use jiaogao::finding::{Finding, Severity};
use jiaogao::linter::{self, Settings};
use jiaogao::source::Format;
use serde::Deserialize;

/// A slip that stands in a draft.
#[derive(Debug, Deserialize)]
pub struct Defect {
    /// The rule that should find it, `family/kind`.
    pub kind: String,
    /// Verbatim pieces of the draft; a finding on any of them finds the defect.
    pub quotes: Vec<String>,
    pub note: String,
    /// 1: seen at a glance; 2: seen by an attentive reader; 3: seen by one who compares or reckons.
    pub grade: u8,
}

/// A passage that looks like a slip and is none.
#[derive(Debug, Deserialize)]
pub struct Trap {
    /// The rule that might be fooled.
    pub kind: String,
    pub quotes: Vec<String>,
    pub why: String,
}

#[derive(Debug, Deserialize)]
pub struct Labels {
    pub defects: Vec<Defect>,
    pub traps: Vec<Trap>,
}

/// One draft with its labels.
pub struct Labelled {
    pub name: String,
    pub text: String,
    pub labels: Labels,
}

impl Labelled {
    pub fn lint(&self) -> Vec<Finding> {
        lint(&self.text, self.format())
    }

    pub fn format(&self) -> Format {
        Format::of_path(Path::new(&self.name))
    }
}

pub fn drafts_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/drafts")
}

/// All labelled drafts, by name.
pub fn labelled_drafts() -> Vec<Labelled> {
    let folder = drafts_folder();
    let labels = std::fs::read_to_string(folder.join("labels.json")).expect("the labels are there");
    let labels: BTreeMap<String, Labels> = serde_json::from_str(&labels).expect("the labels have the right shape");
    labels
        .into_iter()
        .map(|(name, labels)| {
            let text = std::fs::read_to_string(folder.join(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
            Labelled { name, text, labels }
        })
        .collect()
}

/// What the linter says of a text without settings, hints left out: they speak of style, which the labels do not judge.
pub fn lint(text: &str, format: Format) -> Vec<Finding> {
    let mut findings = linter::lint(&Draft::new(text, format), &Settings::default());
    findings.retain(|finding| finding.severity != Severity::Hint && !matches!(finding.family(), "style" | "suppress"));
    findings
}

/// The byte ranges where the quotes stand.
pub fn places(text: &str, quotes: &[String]) -> Vec<Range<usize>> {
    quotes
        .iter()
        .flat_map(|quote| text.match_indices(quote.as_str()))
        .map(|(at, quote)| at..at + quote.len())
        .collect()
}

/// Whether a finding, or a place it points at, touches one of the places.
pub fn touches(finding: &Finding, places: &[Range<usize>]) -> bool {
    let ranges = std::iter::once(&finding.range).chain(finding.related.iter().map(|related| &related.range));
    ranges.into_iter().any(|range| places.iter().any(|place| overlap(range, place)))
}

/// An empty range is a point, which touches the place that holds it, ends included.
fn overlap(range: &Range<usize>, place: &Range<usize>) -> bool {
    if range.is_empty() {
        return place.start <= range.start && range.start <= place.end;
    }
    range.start < place.end && place.start < range.end
}

pub fn family(kind: &str) -> &str {
    kind.split_once('/').map_or(kind, |(family, _)| family)
}
