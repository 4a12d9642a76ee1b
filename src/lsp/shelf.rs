//! The drafts that drafts are held against: open ones as they are being written, others as they lie on the disk.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use rustc_hash::FxHashMap;
use tower_lsp::ls_types::Uri;

use super::settings::ForDraft;
use super::snapshot::Snapshot;
use super::view::path_of;
use crate::dossier::{Companion, Dossier};
use crate::draft::Draft;
use crate::source::office::{self, Changes};
use crate::source::{Format, decode};

/// Shared by all snapshots, which look here when they are linted.
#[derive(Default)]
pub struct Shelf {
    open: Mutex<FxHashMap<PathBuf, Arc<Snapshot>>>,
    files: Mutex<FxHashMap<PathBuf, (Stamp, Arc<Companion>)>>,
}

/// Tells whether a file was written since it was read.
type Stamp = (Option<SystemTime>, u64);

impl Shelf {
    /// Puts the newest version of an open draft in the place of the one before.
    pub fn put(&self, path: PathBuf, snapshot: Arc<Snapshot>) {
        if let Ok(mut open) = self.open.lock() {
            open.insert(path, snapshot);
        }
    }

    /// Puts another snapshot of the same version of an open draft in the place of the one before.
    pub fn renew(&self, uri: &Uri, snapshot: &Arc<Snapshot>) {
        if let Some(path) = path_of(uri) {
            self.put(path, Arc::clone(snapshot));
        }
    }

    pub fn take_away(&self, path: &Path) {
        if let Ok(mut open) = self.open.lock() {
            open.remove(path);
        }
    }

    /// What lies beside a draft now. A draft that cannot be read is left out.
    pub fn dossier(&self, held: &ForDraft) -> Dossier {
        let position = held.group.iter().position(|path| Some(path) == held.path.as_ref());
        let others = held.group.iter().filter(|path| position.is_some() && Some(*path) != held.path.as_ref());
        Dossier {
            sheet: held.sheet.clone(),
            companions: others.filter_map(|path| self.companion(path)).collect(),
            position: position.unwrap_or(0),
            earlier: held.earlier.as_deref().and_then(|path| self.companion(path)),
        }
    }

    fn companion(&self, path: &Path) -> Option<Arc<Companion>> {
        // The lock is not held while the draft is read: that one looks here itself when it is linted.
        let open = self.open.lock().ok()?.get(path).cloned();
        match open {
            Some(snapshot) => Some(snapshot.companion()),
            None => self.file(path),
        }
    }

    fn file(&self, path: &Path) -> Option<Arc<Companion>> {
        let metadata = std::fs::metadata(path).ok()?;
        let stamp: Stamp = (metadata.modified().ok(), metadata.len());
        if let Some((known, companion)) = self.files.lock().ok()?.get(path)
            && *known == stamp
        {
            return Some(Arc::clone(companion));
        }
        let companion = Arc::new(Companion::new(path.to_string_lossy().into_owned(), read(path)?));
        self.files.lock().ok()?.insert(path.to_owned(), (stamp, Arc::clone(&companion)));
        Some(companion)
    }
}

fn read(path: &Path) -> Option<Draft> {
    let bytes = std::fs::read(path).ok()?;
    let format = Format::of_path(path);
    if format == Format::Word {
        return office::read(&bytes, Changes::Accepted).ok().map(Draft::of_document);
    }
    Some(Draft::new(&decode::decode(&bytes, None).ok()?.text, format))
}
