//! What the facts of all blocks make together.
//!
//! Models are built from facts, never by reading the text again, each in time linear in the number of facts.

use crate::draft::Draft;

/// The document models of one version of a draft.
#[derive(Debug, Default)]
pub struct Models {}

impl Models {
    pub fn build(_draft: &Draft) -> Self {
        Models {}
    }
}
