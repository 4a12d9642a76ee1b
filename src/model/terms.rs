//! What a draft calls things, and where it calls one thing by two names.

mod bigrams;
mod evidence;
mod firms;
mod look;
mod misspellings;
mod persons;
mod row;
mod scope;
mod sound;
mod titled;
mod variants;
mod windows;

pub use scope::Stray;

use crate::draft::{Draft, Place};
use crate::script::is_sentence_end;
use bigrams::Bigrams;
use row::Row;

/// The names of a draft that do not agree with each other.
#[derive(Debug, Default)]
pub struct Terms {
    /// Names written two ways, by the place of the doubtful one.
    pub variants: Vec<Variant>,
    /// The word by which the draft speaks of its own place or body, and the words that do not fit it.
    pub scopes: Vec<Stray>,
}

/// A name that differs from another in one character.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// The doubtful name.
    pub place: Place,
    /// The name as the draft writes it elsewhere.
    pub usual: Place,
    /// The character that differs, or two that have changed places; empty where one was left out.
    pub character: Place,
    /// What should stand for it; nothing for one too many.
    pub replacement: String,
    /// How often either stands in the draft.
    pub count: usize,
    pub usual_count: usize,
}

impl Terms {
    pub fn build(draft: &Draft) -> Self {
        Terms {
            variants: variants(draft),
            scopes: scope::find(draft),
        }
    }
}

/// The signs of a draft with what is known of them, and of their pairs.
fn signs(draft: &Draft) -> (Row, Bigrams) {
    let mut row = Row::of(draft);
    let bigrams = Bigrams::of(&row);
    windows::mark(&mut row, &bigrams);
    (row, bigrams)
}

/// Names and words, each slip once.
fn variants(draft: &Draft) -> Vec<Variant> {
    let (row, bigrams) = signs(draft);
    let mut all = variants::find(draft, &row);
    all.extend(misspellings::find(draft, &row, &bigrams));
    drop((row, bigrams));
    all.extend(persons::find(draft));
    all.extend(titled::find(draft));
    all.sort_by_key(|variant| (variant.character.block, variant.character.start));
    all.dedup_by_key(|variant| (variant.character.block, variant.character.start));
    all
}

/// Whether what stands between two names keeps them in one sentence, whose writer saw them side by side.
fn is_one_sentence(between: &str) -> bool {
    const LONGEST: usize = 600;
    between.len() <= LONGEST && !between.chars().any(is_sentence_end)
}
