//! `jiaogao lint`.

use std::path::PathBuf;

use crate::draft::Draft;
use crate::finding::{Finding, Severity};
use crate::linter::{self, Settings};
use crate::output::json;
use crate::source::{Format, decode};

#[derive(clap::Args)]
pub struct Arguments {
    paths: Vec<PathBuf>,
    /// How findings are printed
    #[arg(long, default_value = "concise")]
    output_format: String,
}

/// One file and what was found in it.
pub struct Report {
    pub path: PathBuf,
    pub draft: Draft,
    pub findings: Vec<Finding>,
}

pub fn run(arguments: &Arguments) -> u8 {
    let mut code = 0;
    let mut reports = Vec::new();
    for path in &arguments.paths {
        match read(path) {
            Ok(draft) => {
                let findings = linter::lint(&draft, &Settings::default());
                reports.push(Report {
                    path: path.clone(),
                    draft,
                    findings,
                });
            }
            Err(error) => {
                eprintln!("jiaogao: {}: {error}", path.display());
                code = 2;
            }
        }
    }
    let failed = reports
        .iter()
        .flat_map(|report| &report.findings)
        .any(|finding| finding.severity >= Severity::Warning);
    match arguments.output_format.as_str() {
        "json" => println!("{}", json::array(&reports)),
        _ => concise(&reports),
    }
    if code == 0 && failed { 1 } else { code }
}

fn read(path: &std::path::Path) -> Result<Draft, String> {
    let bytes = std::fs::read(path).map_err(|error| error.to_string())?;
    let decoded = decode::decode(&bytes, None).map_err(|_| "not a text file".to_owned())?;
    Ok(Draft::new(&decoded.text, Format::of_path(path)))
}

fn concise(reports: &[Report]) {
    for report in reports {
        for finding in &report.findings {
            let at = report.draft.text().position(finding.range.start, crate::text::Unit::Scalar);
            println!(
                "{}:{}:{}: {} {} {}",
                report.path.display(),
                at.line + 1,
                at.column + 1,
                finding.severity.name(),
                finding.rule,
                finding.message.zh
            );
        }
    }
}
