//! Where the odd characters of a draft stand, so that each rule does not have to walk through all blocks for its own few.

use crate::draft::{Draft, Place};
use crate::facts::oddity::{Oddity, What};

/// The blocks that have odd characters.
#[derive(Debug, Default)]
pub struct Oddities {
    blocks: Vec<usize>,
}

impl Oddities {
    pub fn build(draft: &Draft) -> Self {
        let odd = |(block, piece): (usize, &crate::draft::Piece)| (!piece.facts().oddities.is_empty()).then_some(block);
        Oddities {
            blocks: draft.pieces().iter().enumerate().filter_map(odd).collect(),
        }
    }

    /// All oddities in reading order.
    pub fn iter<'a>(&'a self, draft: &'a Draft) -> impl Iterator<Item = (usize, &'a Oddity)> {
        let pieces = draft.pieces();
        self.blocks
            .iter()
            .flat_map(move |&block| pieces[block].facts().oddities.iter().map(move |oddity| (block, oddity)))
    }

    /// The oddities of one kind with their places; `pick` takes out what is asked for.
    pub fn of_kind<'a, T: 'a>(&'a self, draft: &'a Draft, pick: impl Fn(&'a What) -> Option<T> + 'a) -> impl Iterator<Item = (Place, T)> + 'a {
        self.iter(draft)
            .filter_map(move |(block, oddity)| Some((Place::new(block, oddity.range.clone()), pick(&oddity.what)?)))
    }
}
