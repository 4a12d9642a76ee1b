//! Lints a folder of real reports: how often each rule speaks, and samples of what it says, to be read by a person.
//!
//! `cargo run --example corpus -- FOLDER --samples 20 [--rule figure/conflict] [--files]`

#[path = "../tests/support/texts.rs"]
mod texts;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use clap::Parser;
use jiaogao::draft::Draft;
use jiaogao::finding::{Finding, Severity};
use jiaogao::linter::{self, Settings};
use jiaogao::source::Format;
use rayon::prelude::*;

#[derive(Parser)]
struct Arguments {
    /// The folder with the reports.
    folder: PathBuf,
    /// How many findings of each rule to show.
    #[arg(long, default_value_t = 0)]
    samples: usize,
    /// Only this rule, or rules of this family.
    #[arg(long)]
    rule: Option<String>,
    /// Also counts by file.
    #[arg(long)]
    files: bool,
}

/// A text with what was found in it.
struct Report {
    path: PathBuf,
    text: String,
    findings: Vec<Finding>,
}

fn main() {
    let arguments = Arguments::parse();
    let wanted = |finding: &Finding| {
        let rule = arguments.rule.as_deref();
        rule.is_none_or(|rule| finding.rule == rule || finding.family() == rule)
    };
    let reports: Vec<Report> = texts::read_folder(&arguments.folder)
        .into_par_iter()
        .map(|(path, text)| {
            let mut findings = linter::lint(&Draft::new(&text, Format::of_path(&path)), &Settings::default());
            findings.retain(|finding| wanted(finding));
            Report { path, text, findings }
        })
        .collect();
    if arguments.files {
        print_files(&reports, &arguments.folder);
    }
    print_counts(&reports);
    print_samples(&reports, &arguments);
}

fn print_counts(reports: &[Report]) {
    let characters: usize = reports.iter().map(|report| report.text.chars().count()).sum();
    println!("{} files, {characters} characters; findings per 10,000 characters:", reports.len());
    let mut counts: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    for finding in reports.iter().flat_map(|report| &report.findings) {
        for name in [finding.rule, "all rules"] {
            counts.entry(name).or_default()[column(finding.severity)] += 1;
        }
    }
    let header = Severity::ALL.map(|severity| format!("{:>16}", severity.name())).concat();
    println!("{:<20}{header}", "");
    for (rule, counts) in counts {
        let cells = counts.map(|count| format!("{count:>7} {:>8.3}", count as f64 * 1e4 / characters.max(1) as f64));
        println!("{rule:<20}{}", cells.concat());
    }
}

fn column(severity: Severity) -> usize {
    Severity::ALL.iter().position(|other| *other == severity).unwrap_or_default()
}

fn print_files(reports: &[Report], folder: &Path) {
    for report in reports {
        let count = |severity| report.findings.iter().filter(|finding| finding.severity == severity).count();
        let counts = Severity::ALL.map(|severity| format!("{:>5}", count(severity))).concat();
        println!("{counts}  {}", shown(&report.path, folder));
    }
}

/// Samples spread evenly over all findings of a rule.
fn print_samples(reports: &[Report], arguments: &Arguments) {
    let mut by_rule: BTreeMap<&str, Vec<(&Report, &Finding)>> = BTreeMap::new();
    for report in reports {
        for finding in &report.findings {
            by_rule.entry(finding.rule).or_default().push((report, finding));
        }
    }
    for (rule, found) in by_rule {
        let step = found.len().div_ceil(arguments.samples.max(1)).max(1);
        for (report, finding) in found.iter().step_by(step).take(arguments.samples) {
            let line = report.text[..finding.range.start].matches('\n').count() + 1;
            println!("\n[{rule} {}] {}:{line}", finding.severity.name(), shown(&report.path, &arguments.folder));
            println!("  {}", finding.message.zh);
            println!("  {}", around(&report.text, &finding.range));
            for related in &finding.related {
                println!("  {}: {}", related.message.zh, around(&report.text, &related.range));
            }
        }
    }
}

fn shown(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).display().to_string()
}

/// A place in brackets, with what stands on both sides of it.
fn around(text: &str, range: &Range<usize>) -> String {
    const REACH: usize = 40;
    const LONGEST: usize = 120;
    let before: Vec<char> = text[..range.start].chars().rev().take(REACH).collect();
    let place: String = text[range.clone()].chars().take(LONGEST).collect();
    let after: String = text[range.end..].chars().take(REACH).collect();
    let before: String = before.into_iter().rev().collect();
    format!("{before}【{place}】{after}").replace(['\n', '\r'], "⏎")
}
