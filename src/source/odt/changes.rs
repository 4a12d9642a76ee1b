//! Tracked changes. A document keeps what was deleted at its beginning, and what was inserted in its place.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Properties;
use crate::source::office::Changes;
use crate::source::office::unit::Unit;

/// The changes of a document, as far as the side that is read needs them.
pub(super) struct Tracked {
    side: Changes,
    /// The change that is being described.
    region: Option<String>,
    insertions: FxHashSet<String>,
    deletions: FxHashMap<String, Vec<Unit<Properties>>>,
    /// The insertions that are open and not shown.
    hidden: FxHashSet<String>,
}

impl Tracked {
    pub(super) fn new(side: Changes) -> Self {
        Tracked {
            side,
            region: None,
            insertions: FxHashSet::default(),
            deletions: FxHashMap::default(),
            hidden: FxHashSet::default(),
        }
    }

    pub(super) fn is_read(&self) -> bool {
        self.side == Changes::Rejected
    }

    pub(super) fn begin_region(&mut self, id: Option<String>) {
        self.region = id;
    }

    /// The change being described is an insertion.
    pub(super) fn take_insertion(&mut self) {
        self.insertions.extend(self.region.clone());
    }

    /// The change being described deleted this.
    pub(super) fn take_deletion(&mut self, units: Vec<Unit<Properties>>) {
        if let Some(region) = self.region.clone() {
            self.deletions.insert(region, units);
        }
    }

    pub(super) fn begin(&mut self, id: Option<String>) {
        let hides = |id: &String| self.is_read() && self.insertions.contains(id);
        self.hidden.extend(id.filter(hides));
    }

    pub(super) fn end(&mut self, id: Option<&str>) {
        self.hidden.remove(id.unwrap_or_default());
    }

    /// Whether what stands here was inserted, and the draft is read as it was before.
    pub(super) fn hides_text(&self) -> bool {
        !self.hidden.is_empty()
    }

    /// What was deleted at a place, if the draft is read as it was before.
    pub(super) fn deleted(&mut self, id: Option<&str>) -> Vec<Unit<Properties>> {
        id.filter(|_| self.is_read()).and_then(|id| self.deletions.remove(id)).unwrap_or_default()
    }
}
