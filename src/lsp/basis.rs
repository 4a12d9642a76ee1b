//! The last version of an open draft that was linted as a whole, and where it has been edited since.

use std::sync::Arc;

use super::event::Serial;
use super::snapshot::Snapshot;
use crate::finding::Finding;
use crate::interim::{self, Untouched};

/// From this length on, in bytes, a draft takes so long that something is shown in the meantime.
const LONG: usize = 30_000;

/// What a draft is compared with until its newest version has been linted.
#[derive(Default)]
pub struct Basis {
    linted: Option<Arc<Snapshot>>,
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
    }

    /// The findings of the version of the basis as far as they hold for the newest version, with what the edited blocks tell by themselves.
    pub fn findings_for(&self, newest: &Snapshot) -> Option<Vec<Finding>> {
        let linted = self.linted.as_ref().filter(|linted| linted.settings() == newest.settings())?;
        if newest.text().len() < LONG {
            return None;
        }
        let all = Untouched::all(linted.text().len());
        let untouched = self.edits.iter().fold(all, |untouched, edit| untouched.but(edit.front, edit.back));
        interim::findings(&linted.reading().draft, linted.findings(), newest.text(), untouched, newest.settings())
    }
}
