//! What the facts of all blocks make together.
//!
//! Models are built from facts, never by reading the text again, each in time linear in the number of facts.

pub mod brackets;
pub mod figures;
pub mod lost;
pub mod numbering;
pub mod oddities;
pub mod outdated;
pub mod outline;
pub mod own_time;
pub mod passages;
pub mod references;
pub mod terms;

use crate::draft::Draft;
use brackets::Brackets;
use figures::Figures;
use lost::Completions;
use numbering::Numbering;
use oddities::Oddities;
use outdated::Outdated;
use references::References;

/// The document models of one version of a draft.
#[derive(Debug, Default)]
pub struct Models {
    pub numbering: Numbering,
    pub references: References,
    pub figures: Figures,
    pub oddities: Oddities,
    pub completions: Completions,
    pub passages: passages::Passages,
    pub terms: terms::Terms,
    pub brackets: Brackets,
    pub outdated: Outdated,
}

impl Models {
    pub fn build(draft: &Draft) -> Self {
        let oddities = Oddities::build(draft);
        let numbering = Numbering::build(draft);
        Models {
            references: References::build(draft, &numbering),
            numbering,
            figures: Figures::build(draft),
            completions: Completions::build(draft, &oddities),
            brackets: Brackets::build(draft, &oddities),
            oddities,
            passages: passages::Passages::find(draft),
            terms: terms::Terms::build(draft),
            outdated: Outdated::build(draft),
        }
    }
}
