//! What the facts of all blocks make together.
//!
//! Models are built from facts, never by reading the text again, each in time linear in the number of facts.

pub mod numbering;
pub mod oddities;

use crate::draft::Draft;
use numbering::Numbering;
use oddities::Oddities;

/// The document models of one version of a draft.
#[derive(Debug, Default)]
pub struct Models {
    pub numbering: Numbering,
    pub oddities: Oddities,
}

impl Models {
    pub fn build(draft: &Draft) -> Self {
        Models {
            numbering: Numbering::build(draft),
            oddities: Oddities::build(draft),
        }
    }
}
