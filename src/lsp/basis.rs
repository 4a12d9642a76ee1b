//! The last version of an open draft that was linted as a whole, and where it has been edited since.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::event::Serial;
use super::snapshot::Snapshot;
use crate::finding::Finding;
use crate::interim::{self, Moved, Untouched};

/// From this length on, in bytes, a draft takes so long that something is shown in the meantime.
const LONG: usize = 4_000;
/// The same for a draft of which nothing is known yet.
const LONG_TO_OPEN: usize = 100_000;

/// What a draft is compared with until its newest version has been linted.
#[derive(Default)]
pub struct Basis {
    linted: Option<Arc<Snapshot>>,
    since: Option<Instant>,
    edits: Vec<Edited>,
}

/// An older version, of which more is known than of the newest.
#[derive(Clone)]
pub struct Behind {
    pub snapshot: Arc<Snapshot>,
    pub moved: Moved,
}

/// One edit: the version that it made, and the bytes that it left alone before and behind it.
struct Edited {
    serial: Serial,
    front: usize,
    back: usize,
}

impl Basis {
    pub fn edited(&mut self, serial: Serial, front: usize, back: usize) {
        self.edits.push(Edited { serial, front, back });
    }

    /// Takes a version that has been linted; edits that came later are kept.
    pub fn renew(&mut self, serial: Serial, linted: Arc<Snapshot>) {
        self.edits.retain(|edit| edit.serial > serial);
        self.linted = Some(linted);
        self.since = Some(Instant::now());
    }

    /// Whether a pass over an older version than the newest may be given up. Who types on and on shall see now and then what the whole draft tells.
    pub fn is_fresh(&self) -> bool {
        const PATIENCE: Duration = Duration::from_secs(1);
        self.since.is_some_and(|since| since.elapsed() < PATIENCE)
    }

    /// What can be told at once of a draft that was just opened: what the blocks at its start tell by themselves.
    pub fn first_findings_of(opened: &Snapshot) -> Option<Vec<Finding>> {
        if opened.text().len() < LONG_TO_OPEN {
            return None;
        }
        interim::first_findings(opened.text(), opened.format(), opened.settings())
    }

    /// What can be told of the newest version at once: the findings of the version of the basis as far as they hold, with what the edited blocks tell
    /// by themselves.
    pub fn findings_for(&self, newest: &Snapshot) -> Option<Vec<Finding>> {
        let linted = self.linted.as_ref()?;
        if newest.text().len() < LONG || linted.settings() != newest.settings() {
            return None;
        }
        interim::findings(
            &linted.reading().draft,
            linted.findings(),
            newest.text(),
            self.untouched(linted),
            newest.settings(),
        )
    }

    /// The version of the basis, and how edits have moved what stands in it since.
    pub fn behind(&self, newest: &Snapshot) -> Option<Behind> {
        let linted = self.linted.as_ref()?;
        let moved = Moved::of(linted.text().len(), newest.text().len(), self.untouched(linted));
        Some(Behind {
            snapshot: Arc::clone(linted),
            moved,
        })
    }

    fn untouched(&self, linted: &Snapshot) -> Untouched {
        let all = Untouched::all(linted.text().len());
        self.edits.iter().fold(all, |untouched, edit| untouched.but(edit.front, edit.back))
    }
}
