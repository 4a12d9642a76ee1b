//! The last version of an open draft that was linted as a whole, and where it has been edited since.

use std::sync::Arc;
use std::time::{Duration, Instant};

use super::event::Serial;
use super::snapshot::Snapshot;
use crate::finding::Finding;
use crate::interim::{self, Untouched};

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

/// One edit: the version that it made, and the bytes that it left alone before and behind it.
struct Edited {
    serial: Serial,
    front: usize,
    back: usize,
}

impl Basis {
    pub fn edited(&mut self, serial: Serial, front: usize, back: usize) {
        if self.linted.is_some() {
            self.edits.push(Edited { serial, front, back });
        }
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

    /// What can be told of the newest version at once: the findings of the version of the basis as far as they hold, with what the edited blocks tell
    /// by themselves; of a draft that was just opened, what the blocks at its start tell by themselves.
    pub fn findings_for(&self, newest: &Snapshot) -> Option<Vec<Finding>> {
        let Some(linted) = &self.linted else {
            let is_long = newest.text().len() >= LONG_TO_OPEN;
            return is_long.then(|| interim::first_findings(newest.text(), newest.format(), newest.settings()))?;
        };
        if newest.text().len() < LONG || linted.settings() != newest.settings() {
            return None;
        }
        let all = Untouched::all(linted.text().len());
        let untouched = self.edits.iter().fold(all, |untouched, edit| untouched.but(edit.front, edit.back));
        interim::findings(&linted.reading().draft, linted.findings(), newest.text(), untouched, newest.settings())
    }
}
