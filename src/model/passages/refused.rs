//! Alignments that were tried already, so that none is tried again from each of its seeds.

use smallvec::SmallVec;

use super::align::Alignment;

/// The alignments that reach to where the search stands.
#[derive(Default)]
pub(super) struct Refused {
    bands: SmallVec<[Band; 16]>,
}

/// All pairs of a source and a copy with a distance between the least and the greatest of an alignment.
struct Band {
    least: usize,
    greatest: usize,
    copy_end: usize,
}

/// Bands that are remembered; when there are more, the one that ends first is forgotten.
const MOST: usize = 32;

impl Refused {
    pub(super) fn covers(&self, source: usize, copy: usize) -> bool {
        let shift = copy - source;
        self.bands
            .iter()
            .any(|band| (band.least..=band.greatest).contains(&shift) && copy < band.copy_end)
    }

    pub(super) fn note(&mut self, alignment: &Alignment) {
        if self.bands.len() >= MOST {
            let first = (0..self.bands.len()).min_by_key(|index| self.bands[*index].copy_end).unwrap_or_default();
            self.bands.swap_remove(first);
        }
        let (least, greatest) = alignment.shifts();
        self.bands.push(Band {
            least,
            greatest,
            copy_end: alignment.copy().end,
        });
    }

    /// Forgets what ends before a position; the search never goes back.
    pub(super) fn forget_before(&mut self, position: usize) {
        self.bands.retain(|band| band.copy_end > position);
    }
}
