//! The labelled pairs of `tests/pairs`: two passages with one figure each in 【】, and whether the two contradict each other.
//!
//! A group begins with `# contradict:` or `# fit:` and the headings under which the two passages stand; each line below is a pair.

use std::ops::Range;
use std::path::Path;

/// Two figures in a draft of two sections.
#[derive(Debug, Clone)]
pub struct LabelledPair {
    pub text: String,
    /// Bytes of the text.
    pub figures: [Range<usize>; 2],
    pub contradict: bool,
    /// Where the pair stands, for messages.
    pub line: usize,
}

pub fn labelled_pairs() -> Vec<LabelledPair> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pairs/pairs.txt");
    let file = std::fs::read_to_string(path).expect("the pairs are there");
    let mut group: Option<(bool, [&str; 2])> = None;
    let mut pairs = Vec::new();
    for (index, line) in file.lines().enumerate() {
        if let Some(head) = line.strip_prefix("# ") {
            let (label, headings) = head.split_once(':').expect("a label and headings");
            let (first, second) = headings.split_once('|').expect("two headings");
            group = Some((label == "contradict", [first.trim(), second.trim()]));
        } else if let Some((first, second)) = line.split_once('|') {
            let (contradict, headings) = group.expect("a group before the first pair");
            pairs.push(pair(contradict, headings, [first.trim(), second.trim()], index + 1));
        }
    }
    pairs
}

fn pair(contradict: bool, headings: [&str; 2], passages: [&str; 2], line: usize) -> LabelledPair {
    let mut text = String::new();
    let mut figures = [0..0, 0..0];
    for (index, (heading, passage)) in headings.iter().zip(passages).enumerate() {
        text.push_str(heading);
        text.push('\n');
        let (before, rest) = passage.split_once('【').unwrap_or_else(|| panic!("line {line}: no figure"));
        let (figure, after) = rest.split_once('】').unwrap_or_else(|| panic!("line {line}: an open figure"));
        text.push_str(before);
        figures[index] = text.len()..text.len() + figure.len();
        text.push_str(figure);
        text.push_str(after);
        text.push('\n');
    }
    LabelledPair {
        text,
        figures,
        contradict,
        line,
    }
}
