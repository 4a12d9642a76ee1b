//! Plants slips into every text of a folder and says how many of them are found, by kind.
//!
//! `cargo run --example plant -- FOLDER [ROUNDS]`: plants each kind ROUNDS times (default 2) into each text. Only what the linter says of the
//! planted text and did not say of the text as it was counts as found.

#[path = "../tests/planter/slips/mod.rs"]
mod slips;
#[path = "../tests/support/texts.rs"]
mod texts;

use std::collections::BTreeSet;
use std::path::Path;

use jiaogao::draft::Draft;
use jiaogao::finding::Finding;
use jiaogao::linter::{self, Settings};
use jiaogao::source::Format;
use rayon::prelude::*;
use slips::random::Random;
use slips::{Planted, Slip, plant};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next() else {
        eprintln!("usage: plant FOLDER [ROUNDS]");
        std::process::exit(2);
    };
    let rounds = arguments.next().and_then(|rounds| rounds.parse().ok()).unwrap_or(2);
    let texts = texts::read_folder(Path::new(&folder));
    for slip in Slip::ALL {
        let (planted, found) = texts
            .par_iter()
            .map(|(path, text)| measure(path, text, slip, rounds))
            .reduce(|| (0, 0), |one, other| (one.0 + other.0, one.1 + other.1));
        let recall = found as f64 * 100.0 / planted.max(1) as f64;
        println!("{:<20} {found:>5} of {planted:<5} {recall:>5.1}%", slip.name());
    }
}

fn measure(path: &Path, text: &str, slip: Slip, rounds: u64) -> (usize, usize) {
    let format = Format::of_path(path);
    let known: BTreeSet<String> = lint(text, format).into_iter().map(|finding| told(&finding)).collect();
    let seed = format!("{} {}", path.display(), slip.name());
    let planted: Vec<Planted> = (0..rounds)
        .filter_map(|round| plant(text, format, slip, &mut Random::seeded(&seed, round)))
        .collect();
    let is_found = |planted: &&Planted| {
        lint(&planted.text, format)
            .iter()
            .any(|finding| finding.family() == slip.family() && !known.contains(&told(finding)) && touches(finding, planted))
    };
    (planted.len(), planted.iter().filter(is_found).count())
}

fn lint(text: &str, format: Format) -> Vec<Finding> {
    linter::lint(&Draft::new(text, format), &Settings::default())
}

/// What tells a finding from another when places have moved.
fn told(finding: &Finding) -> String {
    format!("{} {}", finding.rule, finding.message.zh)
}

fn touches(finding: &Finding, planted: &Planted) -> bool {
    let ranges = std::iter::once(&finding.range).chain(finding.related.iter().map(|related| &related.range));
    ranges
        .into_iter()
        .any(|range| planted.places.iter().any(|place| range.start <= place.end && place.start <= range.end))
}
