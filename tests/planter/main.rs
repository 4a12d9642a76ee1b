//! How many slips are found that were planted into drafts without any.
//!
//! `cargo test --test planter -- --nocapture` prints recall by kind, and with `PLANTER_MISSES=1` each slip that was not found.

mod slips;
#[path = "../support/mod.rs"]
mod support;

use slips::random::Random;
use slips::{Planted, Slip, plant};
use support::{Labelled, labelled_drafts, lint, touches};

/// How often each kind of slip is planted into each draft, if the draft offers ground for it.
const ROUNDS: u64 = 10;

/// The least recall of each kind, in percent. Raise a line when the rules have become better; lower one only when harder drafts come in, never for a
/// change of the rules.
const FLOORS: &[(Slip, f64)] = &[
    (Slip::ItemLeftOut, 95.0),
    (Slip::NumberRepeated, 95.0),
    (Slip::FigureRestated, 60.0),
    (Slip::TotalWrong, 80.0),
    (Slip::PassageCopied, 90.0),
    (Slip::PassageReordered, 90.0),
    (Slip::PassageSplit, 90.0),
    (Slip::SubjectSwapped, 90.0),
    (Slip::CharacterLost, 80.0),
    (Slip::MarkDropped, 95.0),
    (Slip::WordDoubled, 85.0),
    (Slip::PunctuationDoubled, 95.0),
    (Slip::Radical, 95.0),
    (Slip::ZeroWidth, 95.0),
    (Slip::StaleYear, 65.0),
];

/// Drafts in which every paragraph is built alike: a copy that is lightly edited cannot be told there from one more paragraph of the same build.
const BUILT_ALIKE: [&str; 3] = ["department-appraisal-clean.txt", "project-progress-clean.md", "village-roundup-clean.txt"];

#[test]
fn planted_slips_are_found() {
    let clean: Vec<Labelled> = labelled_drafts().into_iter().filter(|draft| draft.labels.defects.is_empty()).collect();
    assert!(clean.len() >= 5, "there are drafts without slips");
    let mut below = Vec::new();
    for slip in Slip::ALL {
        let is_copy = matches!(
            slip,
            Slip::PassageCopied | Slip::PassageReordered | Slip::PassageSplit | Slip::SubjectSwapped
        );
        let offers_ground = |draft: &&Labelled| !is_copy || !BUILT_ALIKE.contains(&draft.name.as_str());
        let (planted, found) = clean.iter().filter(offers_ground).fold((0, 0), |(planted, found), draft| {
            let (more_planted, more_found) = measure(draft, slip);
            (planted + more_planted, found + more_found)
        });
        assert!(planted > 0, "no draft has ground for {}", slip.name());
        let recall = found as f64 * 100.0 / planted as f64;
        println!("{:<20} {found:>3} of {planted:<3} {recall:>5.1}%", slip.name());
        let floor = FLOORS.iter().find(|(kind, _)| *kind == slip).map_or(0.0, |(_, floor)| *floor);
        if recall < floor {
            below.push(format!("{}: {recall:.1}, at least {floor} wanted", slip.name()));
        }
    }
    assert!(below.is_empty(), "recall fell:\n{}", below.join("\n"));
}

fn measure(draft: &Labelled, slip: Slip) -> (usize, usize) {
    let seed = format!("{} {}", draft.name, slip.name());
    let mut planted: Vec<Planted> = (0..ROUNDS)
        .filter_map(|round| plant(&draft.text, draft.format(), slip, &mut Random::seeded(&seed, round)))
        .collect();
    // A short draft may offer the same ground twice.
    planted.sort_by(|one, other| one.text.cmp(&other.text));
    planted.dedup_by(|one, other| one.text == other.text);
    let found = planted.iter().filter(|planted| is_found(draft, planted, slip)).count();
    (planted.len(), found)
}

fn is_found(draft: &Labelled, planted: &Planted, slip: Slip) -> bool {
    let findings = lint(&planted.text, draft.format());
    let found = findings
        .iter()
        .any(|finding| finding.family() == slip.family() && touches(finding, &planted.places));
    if !found && std::env::var_os("PLANTER_MISSES").is_some() {
        let around: Vec<_> = planted
            .places
            .iter()
            .map(|place| context(&planted.text, place.start, place.end))
            .collect();
        println!("missed {} in {}: {around:?}", slip.name(), draft.name);
    }
    found
}

/// A place with what stands around it.
fn context(text: &str, start: usize, end: usize) -> String {
    let before: Vec<char> = text[..start].chars().rev().take(12).collect();
    let after = text[end..].chars().take(12);
    before.into_iter().rev().chain(text[start..end].chars()).chain(after).collect()
}

#[test]
fn planting_changes_the_text_and_repeats_itself() {
    for draft in labelled_drafts() {
        for slip in Slip::ALL {
            let plant_again = || plant(&draft.text, draft.format(), slip, &mut Random::seeded(&draft.name, 1));
            let (Some(first), Some(second)) = (plant_again(), plant_again()) else {
                continue;
            };
            assert_eq!(first.text, second.text);
            assert_ne!(first.text, draft.text, "{} in {}", slip.name(), draft.name);
            assert!(
                first.places.iter().all(|place| first.text.get(place.clone()).is_some()),
                "{}",
                slip.name()
            );
        }
    }
}
