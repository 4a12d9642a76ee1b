//! How long a draft takes, by stage and by size: `cargo bench --bench lint`. A stage takes linear time where its throughput is the same at all sizes.

#[path = "../tests/hostile/mod.rs"]
mod hostile;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::BytesCount;
use jiaogao::draft::Draft;
use jiaogao::facts::Facts;
use jiaogao::linter::{self, Settings};
use jiaogao::model::Models;
use jiaogao::source::{self, Format, decode};

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];

fn main() {
    divan::main();
}

#[divan::bench(args = SIZES)]
fn decoding(bencher: Bencher, bytes: usize) {
    let text = draft_of(bytes);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| decode::decode(text.as_bytes(), None).is_ok());
}

#[divan::bench(args = SIZES)]
fn splitting(bencher: Bencher, bytes: usize) {
    let text = draft_of(bytes);
    bencher.counter(BytesCount::of_str(&text)).bench(|| source::split(&text, Format::Plain));
}

#[divan::bench(args = SIZES)]
fn reading_facts(bencher: Bencher, bytes: usize) {
    let text = draft_of(bytes);
    let blocks = source::split(&text, Format::Plain);
    let read_all = || {
        blocks
            .iter()
            .map(|block| Facts::read(&block.kind, block.prose.text()))
            .collect::<Vec<_>>()
    };
    bencher.counter(BytesCount::of_str(&text)).bench(read_all);
}

/// One model of a draft that has been read.
fn build<T>(bencher: Bencher, bytes: usize, model: fn(&Models) -> T) {
    let text = draft_of(bytes);
    let draft = Draft::new(&text, Format::Plain);
    bencher.counter(BytesCount::of_str(&text)).bench(|| model(&Models::build(&draft)));
}

#[divan::bench(args = SIZES)]
fn numbering(bencher: Bencher, bytes: usize) {
    build(bencher, bytes, |models| models.numbering.nodes().len());
}

#[divan::bench(args = SIZES)]
fn figures(bencher: Bencher, bytes: usize) {
    build(bencher, bytes, |models| models.figures.mentions.len());
}

#[divan::bench(args = SIZES)]
fn passages(bencher: Bencher, bytes: usize) {
    build(bencher, bytes, |models| models.passages.repeated.len());
}

#[divan::bench(args = SIZES)]
fn terms(bencher: Bencher, bytes: usize) {
    build(bencher, bytes, |models| models.terms.variants.len());
}

/// One character typed in the middle of a draft, up to where the models begin.
#[divan::bench(args = SIZES)]
fn editing(bencher: Bencher, bytes: usize) {
    let text = draft_of(bytes);
    let draft = Draft::new(&text, Format::Plain);
    let mut edited = draft.text().clone();
    edited.replace(bytes / 2..bytes / 2, "又");
    bencher.counter(BytesCount::of_str(&text)).bench(|| draft.with_text(edited.clone()));
}

/// Each ten times as long as the one before: linear where the throughput stays.
#[divan::bench(args = hostile::ALL.map(|(name, _)| name), consts = [10_000, 100_000, 1_000_000])]
fn hostile_drafts<const BYTES: usize>(bencher: Bencher, name: &str) {
    let Some((_, draft)) = hostile::ALL.into_iter().find(|(known, _)| *known == name) else {
        return;
    };
    let text = draft(BYTES);
    let lint = || linter::lint(&Draft::new(&text, Format::Plain), &Settings::default());
    bencher.counter(BytesCount::of_str(&text)).bench(lint);
}

#[divan::bench(args = SIZES)]
fn everything(bencher: Bencher, bytes: usize) {
    let text = draft_of(bytes);
    let lint = || linter::lint(&Draft::new(&text, Format::Plain), &Settings::default());
    bencher.counter(BytesCount::of_str(&text)).bench(lint);
}

/// The drafts of the tests, one after the other.
static DRAFTS: LazyLock<String> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/drafts");
    let files = std::fs::read_dir(folder).expect("the drafts are there").filter_map(Result::ok);
    let is_draft = |path: &std::path::PathBuf| path.extension().is_some_and(|suffix| suffix == "txt" || suffix == "md");
    let mut paths: Vec<_> = files.map(|file| file.path()).filter(is_draft).collect();
    paths.sort();
    let texts: Vec<_> = paths.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect();
    texts.join("\n")
});

/// A draft of about so many bytes. Where it must be longer than all drafts of the tests, they stand in it again in other words.
fn draft_of(bytes: usize) -> String {
    let common = common_characters(&DRAFTS);
    let mut text = String::with_capacity(bytes + DRAFTS.len());
    for round in 0.. {
        text.extend(DRAFTS.chars().map(|c| if common.contains(&c) { c } else { estranged(c, round) }));
        if text.len() >= bytes {
            break;
        }
    }
    let end = (bytes..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    text.truncate(end);
    text
}

/// The characters that most words of reports are made of, markers and units among them.
fn common_characters(text: &str) -> HashSet<char> {
    let mut counts: HashMap<char, usize> = HashMap::new();
    text.chars().for_each(|c| *counts.entry(c).or_default() += 1);
    counts.into_iter().filter(|(_, count)| *count >= 60).map(|(c, _)| c).collect()
}

/// Another Han character for a Han character, the same one throughout a round.
fn estranged(c: char, round: u32) -> char {
    const FIRST: u32 = 0x4e00;
    const COUNT: u32 = 0x5000;
    let code = u32::from(c);
    if !(FIRST..FIRST + COUNT).contains(&code) {
        return c;
    }
    char::from_u32(FIRST + (code - FIRST + round * 37) % COUNT).unwrap_or(c)
}
