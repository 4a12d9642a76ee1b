//! Labelled pairs of figures: contradictions that must be found, and look-alikes that must not.
//!
//! `cargo test --test pairs -- --nocapture` prints every pair that is judged wrongly.

mod support;

use jiaogao::source::Format;
use support::pairs::{LabelledPair, labelled_pairs};
use support::{lint, touches};

/// The least share of contradictions that are found, and the largest share of look-alikes that are taken for one, in percent. Some pairs are such
/// that a reader would ask too.
const LEVELS: (f64, f64) = (90.0, 17.0);

#[test]
fn contradictions_are_found_and_look_alikes_are_not() {
    let (contradictions, look_alikes): (Vec<LabelledPair>, Vec<LabelledPair>) = labelled_pairs().into_iter().partition(|pair| pair.contradict);
    assert!(contradictions.len() >= 60 && look_alikes.len() >= 60);
    let missed: Vec<&LabelledPair> = contradictions.iter().filter(|pair| !is_reported(pair)).collect();
    let wrong: Vec<&LabelledPair> = look_alikes.iter().filter(|pair| is_reported(pair)).collect();
    missed.iter().for_each(|pair| println!("missed, line {}:\n{}", pair.line, pair.text));
    wrong
        .iter()
        .for_each(|pair| println!("taken for a contradiction, line {}:\n{}", pair.line, pair.text));
    let found = 100.0 - percent(missed.len(), contradictions.len());
    let taken = percent(wrong.len(), look_alikes.len());
    println!(
        "found {found:.1} of {} contradictions; {taken:.1} of {} look-alikes taken for one",
        contradictions.len(),
        look_alikes.len()
    );
    assert!(found >= LEVELS.0 && taken <= LEVELS.1, "found {found:.1}, taken {taken:.1}");
}

fn percent(part: usize, whole: usize) -> f64 {
    part as f64 * 100.0 / whole.max(1) as f64
}

fn is_reported(pair: &LabelledPair) -> bool {
    let conflicts = lint(&pair.text, Format::Plain)
        .into_iter()
        .filter(|finding| finding.rule == "figure/conflict");
    conflicts
        .into_iter()
        .any(|finding| pair.figures.iter().all(|figure| touches(&finding, std::slice::from_ref(figure))))
}
