//! Which settings hold for which draft.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Trouble;
use crate::config::{self, Config, ConfigError};
use crate::finding::Bilingual;
use crate::model::figures::sheet::Sheet;

/// Finds the settings of drafts and keeps them by folder.
pub(super) struct Configs {
    /// One for all, where the command line says so.
    given: Option<Arc<Config>>,
    by_folder: HashMap<PathBuf, Result<Arc<Config>, PathBuf>>,
    by_file: HashMap<PathBuf, Result<Arc<Config>, PathBuf>>,
}

/// Why a draft has no settings.
pub(super) enum NoConfig {
    /// Its settings file is broken.
    Broken(Trouble),
    /// Its settings file is broken, and that has been told already.
    Told,
}

impl Configs {
    /// The settings file of the command line, no settings at all (`isolated`), or else the nearest file of each draft.
    pub(super) fn new(given: Option<&Path>, isolated: bool) -> Result<Self, Trouble> {
        let given = match given {
            Some(path) => Some(absolute(path)).map(|path| load(&path)).transpose().map_err(trouble)?,
            None if isolated => Some(Config::default()),
            None => None,
        };
        Ok(Configs {
            given: given.map(Arc::new),
            by_folder: HashMap::new(),
            by_file: HashMap::new(),
        })
    }

    /// The settings for a draft at an absolute path, if they are in order. Says nothing of it if they are not.
    pub(super) fn peek(&self, path: &Path) -> Option<Arc<Config>> {
        match &self.given {
            Some(given) => Some(Arc::clone(given)),
            None => load(&config::find(path.parent()?)?).ok().map(Arc::new),
        }
    }

    /// The settings for a draft at an absolute path.
    pub(super) fn for_draft(&mut self, path: &Path) -> Result<Arc<Config>, NoConfig> {
        if let Some(given) = &self.given {
            return Ok(Arc::clone(given));
        }
        let folder = path.parent().unwrap_or(path);
        if let Some(known) = self.by_folder.get(folder) {
            return known.clone().map_err(|_| NoConfig::Told);
        }
        let Some(file) = config::find(folder) else {
            let none = Arc::new(Config::default());
            self.by_folder.insert(folder.to_owned(), Ok(Arc::clone(&none)));
            return Ok(none);
        };
        if let Some(known) = self.by_file.get(&file) {
            self.by_folder.insert(folder.to_owned(), known.clone());
            return known.clone().map_err(|_| NoConfig::Told);
        }
        let loaded = load(&file).map(Arc::new);
        let kept = loaded.as_ref().map(Arc::clone).map_err(|_| file.clone());
        self.by_file.insert(file, kept.clone());
        self.by_folder.insert(folder.to_owned(), kept);
        loaded.map_err(|error| NoConfig::Broken(trouble(error)))
    }
}

/// Loads settings whose sheet is shown by its path from the working directory, as drafts are.
fn load(path: &Path) -> Result<Config, ConfigError> {
    let mut config = Config::load(path)?;
    config.sheet = config.sheet.map(|sheet| {
        let path = shown(Path::new(&sheet.document.path));
        Arc::new(Sheet::clone(&sheet).kept_at(path.to_string_lossy().into_owned()))
    });
    Ok(config)
}

/// A path from the root as a person in the working directory writes it.
pub(super) fn shown(path: &Path) -> PathBuf {
    path.strip_prefix(absolute(Path::new("."))).unwrap_or(path).to_owned()
}

/// A path from the root, without asking the file system, so that it works for files that are not there.
pub(super) fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned())
}

fn trouble(error: ConfigError) -> Trouble {
    let message = match error.line {
        Some(line) => Bilingual::new(format!("第{line}行：{}", error.message.zh), format!("line {line}: {}", error.message.en)),
        None => error.message,
    };
    Trouble::new(&shown(&error.path), message)
}
