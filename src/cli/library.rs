//! The other drafts that drafts are held against, each read once.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use super::configs::{absolute, shown};
use super::walk::Target;
use super::{Trouble, read};
use crate::config::Config;
use crate::dossier::{Companion, Dossier};

/// Reads companions and earlier reports when they are first needed, and keeps them.
pub(super) struct Library {
    how: read::How,
    /// The drafts that the command line says belong together, by absolute path, in order.
    together: Option<Vec<PathBuf>>,
    /// The earlier report that the command line names, with its absolute path.
    against: Option<(PathBuf, Arc<Companion>)>,
    read: Mutex<HashMap<PathBuf, Slot>>,
}

/// Filled by whoever needs it first; the others wait. Empty for a file that cannot be read.
type Slot = Arc<OnceLock<Option<Arc<Companion>>>>;

impl Library {
    /// # Errors
    /// [`Trouble`] if the earlier report cannot be read.
    pub(super) fn new(how: read::How, against: Option<&Path>) -> Result<Self, Trouble> {
        let against = against.map(|path| Ok((absolute(path), Arc::new(companion(path, how)?)))).transpose()?;
        Ok(Library {
            how,
            together: None,
            against,
            read: Mutex::default(),
        })
    }

    /// Says which drafts belong together, whatever settings files say. What comes on standard input has no place among them.
    pub(super) fn set_together(&mut self, targets: impl Iterator<Item = Target>) {
        let paths = targets.filter_map(|target| match target {
            Target::Stdin => None,
            Target::Named(path) | Target::Found(path) => Some(absolute(&path)),
        });
        self.together = Some(paths.collect());
    }

    /// What lies beside the draft at an absolute path. A companion that cannot be read is left out: where it is linted itself, that is told.
    pub(super) fn dossier(&self, draft: &Path, config: &Config) -> Dossier {
        let group = self.together.as_deref().unwrap_or(&config.group);
        let position = group.iter().position(|path| path == draft);
        let others = group.iter().filter(|path| position.is_some() && *path != draft);
        let earlier = match &self.against {
            Some((path, companion)) => Some(Arc::clone(companion)).filter(|_| path != draft),
            None => config.earlier_path().filter(|path| path != draft).and_then(|path| self.get(&path)),
        };
        Dossier {
            sheet: config.sheet.clone(),
            companions: others.filter_map(|path| self.get(path)).collect(),
            position: position.unwrap_or(0),
            earlier,
        }
    }

    fn get(&self, path: &Path) -> Option<Arc<Companion>> {
        let slot = Arc::clone(self.read.lock().ok()?.entry(path.to_owned()).or_default());
        slot.get_or_init(|| companion(&shown(path), self.how).ok().map(Arc::new)).clone()
    }
}

fn companion(path: &Path, how: read::How) -> Result<Companion, Trouble> {
    let source = read::file(path, how)?;
    Ok(Companion::new(path.to_string_lossy().into_owned(), source.draft))
}
