//! `--cache`: what was found in drafts is kept in a folder, so that a draft that has not changed is not linted again.
//!
//! What is kept is found by a digest of all that findings depend on, so nothing ever has to be renewed: a changed draft, other settings or
//! another build of the program ask for another entry. Entries are checked when they are read, and one that is broken is as good as none.
//! Trouble with the folder costs time and never findings.

mod entry;
mod key;
mod store;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use super::Trouble;
use crate::finding::{Bilingual, Document, Finding};
use crate::model::figures::sheet::Sheet;
use key::Key;
use store::Store;

pub(super) use key::{Content, Subject};

/// The findings of earlier runs.
pub(super) struct Cache {
    path: PathBuf,
    /// `None` if the folder cannot be used at all.
    opened: Option<Opened>,
    /// The first thing that went wrong.
    trouble: OnceLock<io::Error>,
}

struct Opened {
    store: Store,
    /// Tells this build of the program from all others.
    program: key::Digest,
}

impl Opened {
    fn new(path: &Path) -> io::Result<Opened> {
        let store = Store::open(path)?;
        let program = key::program(&store)?;
        Ok(Opened { store, program })
    }
}

impl Cache {
    pub(super) fn open(path: &Path) -> Cache {
        let (opened, trouble) = match Opened::new(path) {
            Ok(opened) => (Some(opened), OnceLock::new()),
            Err(error) => (None, OnceLock::from(error)),
        };
        Cache {
            path: path.to_owned(),
            opened,
            trouble,
        }
    }

    /// The place where the findings of a draft are kept. `None` if nothing can be kept.
    pub(super) fn memory(&self, subject: &Subject) -> Option<Memory<'_>> {
        let opened = self.opened.as_ref()?;
        Some(Memory {
            store: &opened.store,
            trouble: &self.trouble,
            key: subject.key(&opened.program),
            sheet: subject.sheet.cloned(),
        })
    }

    /// Ends the run: removes what nobody has asked for in a long time, and says what went wrong, if anything did.
    pub(super) fn close(self) -> Option<Trouble> {
        if let Some(opened) = &self.opened {
            opened.store.prune();
        }
        let error = self.trouble.into_inner()?;
        let message = Bilingual::new(
            format!("不能用来存放查过的结果，这次没有存：{error}"),
            format!("cannot keep findings, so nothing was kept in it: {error}"),
        );
        Some(Trouble::new(&self.path, message))
    }
}

/// What is remembered of one draft.
pub(super) struct Memory<'a> {
    store: &'a Store,
    trouble: &'a OnceLock<io::Error>,
    key: Key,
    sheet: Option<Arc<Sheet>>,
}

impl Memory<'_> {
    /// What was found when the draft was linted before.
    pub(super) fn recall(&self) -> Option<Vec<Finding>> {
        entry::decode(&self.store.read(&self.key)?, self.document())
    }

    /// Keeps what was found. After the first failure nothing more is written: a full disk would only make each draft slower.
    pub(super) fn keep(&self, findings: &[Finding]) {
        if self.trouble.get().is_some() {
            return;
        }
        let Some(bytes) = entry::encode(findings, self.document()) else {
            return;
        };
        if let Err(error) = self.store.write(&self.key, &bytes) {
            let _ = self.trouble.set(error);
        }
    }

    fn document(&self) -> Option<&Arc<Document>> {
        self.sheet.as_ref().map(|sheet| &sheet.document)
    }
}
