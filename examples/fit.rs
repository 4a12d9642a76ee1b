//! Fits the weights of `figure/conflict` to labelled pairs of figures, and tells how well they do on drafts that they were not fitted to.
//!
//! `cargo run --release --example fit -- [FOLDER…] [--misses]`
//!
//! Pairs that contradict each other come from `tests/drafts` and `tests/pairs`. All other candidates there do not; nor do those of published
//! reports in the folders given, which hardly contradict themselves. The fit is logistic regression with L2; a weight keeps the sign that it has
//! in the table, and is never quite nothing. A draft's candidates are judged by weights fitted to the other drafts.

#[path = "fit/restated.rs"]
mod restated;
#[path = "../tests/support/mod.rs"]
mod support;
#[path = "../tests/support/texts.rs"]
mod texts;

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::PathBuf;

use clap::Parser;
use jiaogao::draft::Draft;
use jiaogao::model::figures::evidence::Evidence;
use jiaogao::model::figures::mention::Mention;
use jiaogao::model::figures::score::{self, Feature, TABLE};
use jiaogao::model::figures::{Figures, candidates};
use jiaogao::model::numbering::Numbering;
use jiaogao::source::Format;
use support::{Labelled, pairs, places};

#[derive(Parser)]
struct Arguments {
    /// Folders of published reports, whose candidates are taken for pairs that do not contradict each other.
    folders: Vec<PathBuf>,
    /// Prints the contradictions that are missed, and why, and what is falsely taken for one.
    #[arg(long)]
    misses: bool,
    /// How strongly large weights are held back.
    #[arg(long, default_value_t = 1.0)]
    penalty: f64,
}

/// How often each feature was found.
type Counts = Vec<f64>;

/// A candidate with its label.
#[derive(Debug, Clone)]
struct Sample {
    counts: Counts,
    contradicts: bool,
    /// The draft it comes from.
    group: usize,
    /// How many candidates are like it.
    times: f64,
    shown: String,
    /// The index of the contradiction; several candidates may be of one.
    slip: Option<usize>,
}

/// All that was read.
#[derive(Default)]
struct Material {
    samples: Vec<Sample>,
    groups: usize,
    slips: usize,
    /// Those of them that were made in published reports.
    restated: usize,
    /// Contradictions of which no pair is a candidate.
    barred: Vec<String>,
    characters_of_reports: usize,
    first_pair: usize,
    first_report: usize,
}

fn main() {
    let arguments = Arguments::parse();
    let mut material = Material::default();
    support::labelled_drafts().iter().for_each(|draft| material.read_draft(draft));
    material.first_pair = material.groups;
    material.read_pairs();
    material.first_report = material.groups;
    for folder in &arguments.folders {
        for (path, text) in texts::read_folder(folder) {
            material.read_report(&text, Format::of_path(&path));
        }
    }
    let fitted = fit(&material.samples, None, arguments.penalty);
    print_table(&fitted);
    let by_hand: Vec<f64> = TABLE
        .iter()
        .map(|row| f64::from(row.weight) / 10.0)
        .chain([-f64::from(score::WORTH_A_LOOK) / 10.0])
        .collect();
    println!("\nas they stand:");
    let now = |sample: &Sample| logit(&by_hand, &sample.counts);
    material.print_levels(&now);
    println!("\nfitted, each tenth of the drafts judged by weights fitted to the others:");
    let folds: Vec<Vec<f64>> = (0..FOLDS).map(|fold| fit(&material.samples, Some(fold), arguments.penalty)).collect();
    let held_out = |sample: &Sample| logit(&folds[sample.group % FOLDS], &sample.counts);
    material.print_levels(&held_out);
    if arguments.misses {
        material.print_misses("as they stand", &now);
        material.print_misses("fitted", &held_out);
    }
}

const FOLDS: usize = 10;

impl Material {
    fn read_draft(&mut self, labelled: &Labelled) {
        let draft = Draft::new(&labelled.text, labelled.format());
        let defects = &labelled.labels.defects;
        let conflicts: Vec<Vec<Range<usize>>> = defects
            .iter()
            .filter(|defect| defect.kind == "figure/conflict")
            .map(|defect| places(&labelled.text, &defect.quotes))
            .collect();
        let others: Vec<Range<usize>> = defects.iter().flat_map(|defect| places(&labelled.text, &defect.quotes)).collect();
        let names: Vec<String> = defects
            .iter()
            .filter(|defect| defect.kind == "figure/conflict")
            .map(|defect| format!("{}: {}", labelled.name, defect.note))
            .collect();
        self.read(&draft, &conflicts, &others, &names);
    }

    fn read_pairs(&mut self) {
        for pair in pairs::labelled_pairs() {
            let draft = Draft::new(&pair.text, Format::Plain);
            let places = pair.figures.to_vec();
            let name = format!("pair in line {}", pair.line);
            match pair.contradict {
                true => self.read(&draft, std::slice::from_ref(&places), &places, &[name]),
                false => self.read(&draft, &[], &[], &[]),
            }
        }
    }

    fn read_report(&mut self, text: &str, format: Format) {
        self.characters_of_reports += text.chars().count();
        let draft = Draft::new(text, format);
        self.read(&draft, &[], &[], &[]);
        self.groups -= 1;
        self.read_restated(&draft);
        self.groups += 1;
    }

    /// Reports tell many figures twice, in the words of people. Where the second is given another value, the two contradict each other.
    fn read_restated(&mut self, draft: &Draft) {
        let numbering = Numbering::build(draft);
        let figures = Figures::build(draft, &numbering);
        for (a, b) in restated::pairs(&figures.mentions) {
            let mut mentions = figures.mentions.clone();
            restated::spoil(&mut mentions[b], self.slips);
            let shown = |index: usize| shown(draft, &mentions[index]);
            let pair = format!("{} ／ {} ({})", shown(a), shown(b), mentions[b].value);
            let evidence = Evidence::read(draft, &numbering, &figures.frame, &mentions);
            match evidence.compare(a, b) {
                Ok(_) if candidates::read(&mentions).binary_search(&(a, b)).is_err() => self.barred.push(format!("restated, never met: {pair}")),
                Ok(features) => self.samples.push(Sample {
                    counts: counts(&features),
                    contradicts: true,
                    group: self.groups,
                    times: 1.0,
                    shown: pair,
                    slip: Some(self.slips),
                }),
                Err(barrier) => self.barred.push(format!("restated, {barrier:?}: {pair}")),
            }
            self.slips += 1;
            self.restated += 1;
        }
    }

    /// Candidates that stand in two places of one contradiction are of it; those that touch it otherwise may be, and are left out.
    fn read(&mut self, draft: &Draft, conflicts: &[Vec<Range<usize>>], slips: &[Range<usize>], names: &[String]) {
        let numbering = Numbering::build(draft);
        let figures = Figures::build(draft, &numbering);
        let evidence = Evidence::read(draft, &numbering, &figures.frame, &figures.mentions);
        let range = |index: usize| draft.source_range(&figures.mentions[index].place);
        let shown = |index: usize| shown(draft, &figures.mentions[index]);
        let mut met = vec![false; conflicts.len()];
        for (a, b) in candidates::read(&figures.mentions) {
            let Ok(features) = evidence.compare(a, b) else { continue };
            let counts = counts(&features);
            let ranges = [range(a), range(b)];
            let of = conflicts.iter().position(|places| are_of(places, &ranges));
            let touched = slips.iter().any(|place| ranges.iter().any(|range| overlap(range, place)));
            if of.is_none() && touched {
                continue;
            }
            if let Some(index) = of {
                met[index] = true;
            }
            self.samples.push(Sample {
                counts,
                contradicts: of.is_some(),
                group: self.groups,
                times: 1.0,
                shown: format!("{} ／ {}", shown(a), shown(b)),
                slip: of.map(|index| self.slips + index),
            });
        }
        for (index, _) in met.iter().enumerate().filter(|(_, met)| !**met) {
            let all = (0..figures.mentions.len()).flat_map(|a| (a + 1..figures.mentions.len()).map(move |b| (a, b)));
            let of_it = all.filter(|(a, b)| are_of(&conflicts[index], &[range(*a), range(*b)]));
            let why = of_it.map(|(a, b)| match evidence.compare(a, b) {
                Ok(_) => format!("\n    never met: {} ／ {}", shown(a), shown(b)),
                Err(barrier) => format!("\n    {barrier:?}: {} ／ {}", shown(a), shown(b)),
            });
            self.barred.push(format!("{}{}", names[index], why.collect::<String>()));
        }
        self.slips += conflicts.len();
        self.groups += 1;
    }

    /// Recall and precision where a pair is reported from some score on.
    fn print_levels(&self, judge: &dyn Fn(&Sample) -> f64) {
        println!(
            "{:>6} {:>9} {:>7} {:>8} {:>14} {:>14} {:>14} {:>9}",
            "from", "found", "recall", "restated", "false: drafts", "pairs", "reports", "in 10⁴"
        );
        for tenths in (-20..=30).step_by(5) {
            let limit = f64::from(tenths) / 10.0;
            let reported: Vec<&Sample> = self.samples.iter().filter(|sample| judge(sample) >= limit).collect();
            let found: std::collections::BTreeSet<usize> = reported.iter().filter_map(|sample| sample.slip).collect();
            let is_false = |sample: &&&Sample| !sample.contradicts;
            let in_own = found.iter().filter(|slip| **slip < self.slips - self.restated).count();
            let false_of = |groups: Range<usize>| reported.iter().filter(is_false).filter(|sample| groups.contains(&sample.group)).count();
            let (in_drafts, in_pairs) = (false_of(0..self.first_pair), false_of(self.first_pair..self.first_report));
            let in_reports = false_of(self.first_report..self.groups);
            println!(
                "{limit:>6.1} {in_own:>4}/{:<4} {:>7.1} {:>8.1} {in_drafts:>14} {in_pairs:>14} {in_reports:>14} {:>9.3}",
                self.slips - self.restated,
                percent(in_own, self.slips - self.restated),
                percent(found.len() - in_own, self.restated),
                in_reports as f64 * 1e4 / self.characters_of_reports.max(1) as f64,
            );
        }
    }

    fn print_misses(&self, title: &str, judge: &dyn Fn(&Sample) -> f64) {
        println!("\n== {title}");
        self.barred.iter().for_each(|name| println!("no candidate: {name}"));
        let mut best: BTreeMap<usize, &Sample> = BTreeMap::new();
        for sample in &self.samples {
            if let Some(slip) = sample.slip {
                let known = best.entry(slip).or_insert(sample);
                if judge(sample) > judge(known) {
                    *known = sample;
                }
            }
        }
        let missed = best.values().filter(|sample| judge(sample) < 0.0);
        missed.for_each(|sample| println!("missed {:.1}: {} {}", judge(sample), sample.shown, features(sample)));
        let wrong = self.samples.iter().filter(|sample| !sample.contradicts && judge(sample) >= 0.0);
        wrong.for_each(|sample| println!("false {:.1}: {} {}", judge(sample), sample.shown, features(sample)));
    }
}

fn counts(features: &[Feature]) -> Counts {
    let mut counts = vec![0.0; TABLE.len()];
    features.iter().for_each(|feature| counts[*feature as usize] += 1.0);
    counts
}

fn are_of(places: &[Range<usize>], ranges: &[Range<usize>; 2]) -> bool {
    let at = |range: &Range<usize>| places.iter().position(|place| overlap(range, place));
    matches!((at(&ranges[0]), at(&ranges[1])), (Some(first), Some(second)) if first != second)
}

fn percent(part: usize, whole: usize) -> f64 {
    part as f64 * 100.0 / whole.max(1) as f64
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

fn shown(draft: &Draft, mention: &Mention) -> String {
    if mention.in_table {
        return format!("[{} {}]", mention.name.text, draft.quote(&mention.place));
    }
    let prose = draft.pieces()[mention.place.block].prose();
    prose.get(mention.around.clone()).unwrap_or("").to_owned()
}

fn features(sample: &Sample) -> String {
    let found = TABLE.iter().zip(&sample.counts).filter(|(_, count)| **count > 0.0);
    found.map(|(row, count)| format!("{:?}×{count} ", row.feature)).collect()
}

/// The logarithm of the odds; the last weight is that of every pair.
fn logit(weights: &[f64], counts: &[f64]) -> f64 {
    weights[TABLE.len()] + weights.iter().zip(counts).map(|(weight, count)| weight * count).sum::<f64>()
}

/// What a feature counts at least, so that what the pairs at hand do not show has its say too.
const LEAST: f64 = 0.2;

/// Newton's steps on one weight after the other, until they stand still.
fn fit(samples: &[Sample], without: Option<usize>, penalty: f64) -> Vec<f64> {
    let samples = merged(samples.iter().filter(|sample| without != Some(sample.group % FOLDS)));
    let signs: Vec<f64> = TABLE.iter().map(|row| f64::from(row.weight.signum())).chain([0.0]).collect();
    let mut by_feature: Vec<Vec<(usize, f64)>> = vec![Vec::new(); signs.len()];
    for (index, sample) in samples.iter().enumerate() {
        for (feature, count) in sample.counts.iter().enumerate().filter(|(_, count)| **count > 0.0) {
            by_feature[feature].push((index, *count));
        }
        by_feature[TABLE.len()].push((index, 1.0));
    }
    let mut weights = vec![0.0f64; signs.len()];
    let mut logits = vec![0.0f64; samples.len()];
    for _ in 0..300 {
        let mut moved = 0.0f64;
        for feature in 0..weights.len() {
            let held_back = if feature == TABLE.len() { 0.0 } else { penalty };
            let (mut slope, mut bend) = (held_back * weights[feature], held_back + 1e-6);
            for (index, count) in &by_feature[feature] {
                let sample = &samples[*index];
                let probability = 1.0 / (1.0 + (-logits[*index]).exp());
                slope += sample.times * count * (probability - f64::from(u8::from(sample.contradicts)));
                bend += sample.times * count * count * (probability * (1.0 - probability)).max(1e-4);
            }
            let step = (-slope / bend).clamp(-0.5, 0.5);
            let next = match signs[feature] {
                sign if sign > 0.0 => (weights[feature] + step).max(LEAST),
                sign if sign < 0.0 => (weights[feature] + step).min(-LEAST),
                _ => weights[feature] + step,
            };
            let step = next - weights[feature];
            weights[feature] = next;
            by_feature[feature].iter().for_each(|(index, count)| logits[*index] += step * count);
            moved = moved.max(step.abs());
        }
        if moved < 1e-4 {
            break;
        }
    }
    weights
}

/// Samples of the same features and label as one. Where several candidates are of one contradiction, each counts for its share.
fn merged<'a>(samples: impl Iterator<Item = &'a Sample>) -> Vec<Sample> {
    let mut known: BTreeMap<(Vec<i64>, bool), Sample> = BTreeMap::new();
    let samples: Vec<&Sample> = samples.collect();
    let mut of_slip: BTreeMap<usize, f64> = BTreeMap::new();
    samples
        .iter()
        .filter_map(|sample| sample.slip)
        .for_each(|slip| *of_slip.entry(slip).or_default() += 1.0);
    for sample in samples {
        let key = (sample.counts.iter().map(|count| *count as i64).collect(), sample.contradicts);
        let times = sample.slip.map_or(1.0, |slip| 1.0 / of_slip[&slip]);
        known
            .entry(key)
            .and_modify(|known| known.times += times)
            .or_insert_with(|| Sample { times, ..sample.clone() });
    }
    known.into_values().collect()
}

fn print_table(weights: &[f64]) {
    println!("{:<28} {:>6} {:>6}", "feature", "now", "fitted");
    for (row, weight) in TABLE.iter().zip(weights) {
        println!("{:<28} {:>6} {:>6.0}", format!("{:?}", row.feature), row.weight, weight * 10.0);
    }
    println!(
        "{:<28} {:>6} {:>6.0}",
        "from (WORTH_A_LOOK)",
        score::WORTH_A_LOOK,
        -weights[TABLE.len()] * 10.0
    );
}
