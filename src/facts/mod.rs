//! What one block states, read once and kept as long as the block reads the same.
//!
//! Facts depend on the block's prose and kind alone, never on its neighbours or on settings; ranges are bytes of the block's prose. Everything
//! that needs more than one block is a document model (`model/`), built from these.

pub mod claim;
pub mod clause;
pub mod date;
pub mod duration;
pub mod figure;
pub mod marker;
pub mod oddity;

use crate::source::block::Kind;
use claim::Claims;
use date::Dates;
use figure::Figure;
use marker::Marker;
use oddity::Oddity;

/// Everything one block states.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    pub dates: Dates,
    /// Numbers with what they measure, in order.
    pub figures: Vec<Figure>,
    /// What figures and dates of the block say of each other.
    pub claims: Claims,
    /// Numbering labels, in order.
    pub markers: Vec<Marker>,
    /// Characters and marks that are not what was meant, in order.
    pub oddities: Vec<Oddity>,
    /// How the block is worded, for comparison with other blocks.
    pub wording: clause::Wording,
}

impl Facts {
    /// Reads a block.
    pub fn read(kind: &Kind, prose: &str) -> Self {
        let dates = date::read(prose);
        let figures = figure::read(prose, &dates);
        let claims = Claims::read(prose, &dates, &figures);
        Facts {
            dates,
            figures,
            claims,
            markers: marker::read(kind, prose),
            oddities: oddity::read(prose),
            wording: clause::read(prose),
        }
    }
}
