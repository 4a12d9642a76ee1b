//! The settings that hold for each draft: the nearest `jiaogao.toml`, or else what the editor says.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use crate::config::setting::SETTINGS;
use crate::config::{self, Choice, Config, ConfigError};
use crate::finding::Language;
use crate::linter::Settings;
use crate::model::figures::sheet::Sheet;

/// All settings that the server knows of. A settings file that breaks keeps the settings that it had before.
#[derive(Clone, Default)]
pub struct Book {
    editor: Editor,
    /// The workspace's folders.
    folders: Vec<PathBuf>,
    /// The settings file of each folder that a draft was found in.
    by_folder: FxHashMap<PathBuf, Option<PathBuf>>,
    files: FxHashMap<PathBuf, File>,
}

/// What the editor's own settings say.
#[derive(Clone, Default)]
struct Editor {
    language: Option<Language>,
    config: Arc<Config>,
    /// What is wrong with the sheet that the editor names.
    error: Option<ConfigError>,
    /// That sheet, with the time when it was written.
    read: Vec<(PathBuf, Option<SystemTime>)>,
}

impl Editor {
    /// Reads again what the settings name. A sheet that breaks keeps the figures that it had before.
    fn load_documents(&mut self) {
        self.read = self.config.sheet_path().into_iter().map(|path| (path.clone(), modified(&path))).collect();
        match Config::clone(&self.config).with_documents() {
            Ok(config) => {
                self.config = Arc::new(config);
                self.error = None;
            }
            Err(error) => self.error = Some(error),
        }
    }
}

#[derive(Clone)]
struct File {
    last_good: Arc<Config>,
    error: Option<ConfigError>,
    /// The files that it was read from, itself and its sheet, with the times when they were written.
    read: Vec<(PathBuf, Option<SystemTime>)>,
}

/// What holds for one draft.
#[derive(Clone, PartialEq)]
pub struct ForDraft {
    pub settings: Arc<Settings>,
    /// The official figures.
    pub sheet: Option<Arc<Sheet>>,
    /// The draft itself, where it is kept.
    pub path: Option<PathBuf>,
    /// The drafts that belong together with it, itself among them; empty if it belongs to none.
    pub group: Arc<[PathBuf]>,
    /// The earlier report that it is held against.
    pub earlier: Option<PathBuf>,
    /// `None` where nobody said, and the client's locale decides.
    pub language: Option<Language>,
}

impl Default for ForDraft {
    fn default() -> Self {
        ForDraft {
            settings: Arc::new(Config::default().settings(Path::new(""), &Choice::default())),
            sheet: None,
            path: None,
            group: Arc::default(),
            earlier: None,
            language: None,
        }
    }
}

impl ForDraft {
    /// Whether what is found in the draft depends on another one.
    pub fn depends_on(&self, other: &Path) -> bool {
        self.earlier.as_deref() == Some(other) || self.path.as_deref() != Some(other) && self.group.iter().any(|member| member == other)
    }

    pub fn depends_on_others(&self) -> bool {
        self.earlier.is_some() || self.group.len() > 1
    }
}

impl Book {
    pub fn set_folders(&mut self, folders: Vec<PathBuf>) {
        self.folders = folders;
        self.by_folder.clear();
    }

    /// Takes the editor's settings, whose keys are those of the settings file, besides `language`, which may be `auto`.
    ///
    /// # Errors
    /// [`ConfigError`] if a value is none that the setting takes; the settings stay as they were.
    pub fn set_editor(&mut self, value: &Value) -> Result<(), ConfigError> {
        let value = value.get("jiaogao").unwrap_or(value);
        let language = match value.get("language").and_then(Value::as_str) {
            Some("zh") => Some(Language::Chinese),
            Some("en") => Some(Language::English),
            _ => None,
        };
        let config = match table(value) {
            table if table.is_empty() => Config::default(),
            table => config::parse(&toml::to_string(&table).unwrap_or_default(), Path::new(config::FILE_NAME))?,
        };
        let root = self.folders.first().cloned().unwrap_or_default();
        self.editor = Editor {
            language,
            config: Arc::new(Config { root, ..config }),
            ..Editor::default()
        };
        self.editor.load_documents();
        Ok(())
    }

    /// What holds for the draft at a path; one that has none yet belongs to the first folder of the workspace.
    pub fn for_draft(&mut self, path: Option<&Path>) -> ForDraft {
        let folder = path
            .and_then(Path::parent)
            .or(self.folders.first().map(PathBuf::as_path))
            .map(Path::to_owned);
        let file = folder.and_then(|folder| self.file_of(&folder));
        let config = match &file {
            Some(file) => self.load(file),
            None => Arc::clone(&self.editor.config),
        };
        ForDraft {
            settings: Arc::new(config.settings(path.unwrap_or(Path::new("")), &Choice::default())),
            sheet: config.sheet.clone(),
            group: match path {
                Some(path) if config.group.iter().any(|member| member == path) => config.group.as_slice().into(),
                _ => Arc::default(),
            },
            earlier: config.earlier_path().filter(|earlier| path != Some(earlier.as_path())),
            path: path.map(Path::to_owned),
            language: self.editor.language.or(config.language),
        }
    }

    /// Whether a draft that is found in a folder is left out.
    pub fn excludes(&mut self, path: &Path) -> bool {
        let file = path.parent().and_then(|folder| self.file_of(folder));
        let config = match &file {
            Some(file) => self.load(file),
            None => Arc::clone(&self.editor.config),
        };
        config.excludes(path)
    }

    /// The settings file that holds for a folder.
    pub fn file_of(&mut self, folder: &Path) -> Option<PathBuf> {
        let known = self.by_folder.entry(folder.to_owned()).or_insert_with(|| config::find(folder));
        known.clone()
    }

    fn load(&mut self, path: &Path) -> Arc<Config> {
        if !self.files.contains_key(path) {
            let file = File::load(path, Arc::default());
            self.files.insert(path.to_owned(), file);
        }
        self.files.get(path).map_or_else(Arc::default, |file| Arc::clone(&file.last_good))
    }

    /// Looks at all settings files again.
    pub fn reload(&mut self) {
        self.editor.load_documents();
        self.by_folder.clear();
        self.files.retain(|path, file| {
            *file = File::load(path, Arc::clone(&file.last_good));
            path.exists()
        });
    }

    /// Whether a settings file was written, made or removed since it was read, for clients that do not watch files.
    pub fn is_out_of_date(&self) -> bool {
        let read = self.files.values().flat_map(|file| &file.read).chain(&self.editor.read);
        let changed = read.into_iter().any(|(path, time)| modified(path) != *time);
        changed || self.by_folder.iter().any(|(folder, file)| config::find(folder) != *file)
    }

    /// What is wrong with the settings files that were read, and with the sheets that they name.
    pub fn errors(&self) -> impl Iterator<Item = &ConfigError> {
        self.files.values().filter_map(|file| file.error.as_ref()).chain(&self.editor.error)
    }
}

impl File {
    fn load(path: &Path, last_good: Arc<Config>) -> File {
        let (config, error) = match Config::load(path) {
            Ok(config) => (Arc::new(config), None),
            Err(error) => (last_good, Some(error)),
        };
        let wrong = error.as_ref().map(|error| error.path.clone());
        let read = [Some(path.to_owned()), wrong, config.sheet_path()];
        File {
            last_good: config,
            error,
            read: read.into_iter().flatten().map(|path| (path.clone(), modified(&path))).collect(),
        }
    }
}

fn modified(path: &Path) -> Option<SystemTime> {
    std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok()
}

/// The editor's settings that are settings of a draft, without those that are not set.
fn table(value: &Value) -> Map<String, Value> {
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        _ => false,
    };
    let entries = SETTINGS.iter().filter(|setting| setting.key != "language").filter_map(|setting| {
        let value = value.get(setting.key).filter(|value| !is_empty(value))?;
        Some((setting.key.to_owned(), value.clone()))
    });
    entries.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::linter::Level;
    use crate::rules;

    fn level(held: &ForDraft) -> Level {
        held.settings.level(rules::find("stray/line-break").expect("a rule").meta())
    }

    #[test]
    fn the_editor_speaks_where_no_file_does() {
        let mut book = Book::default();
        book.set_editor(&json!({ "language": "en", "ignore": ["stray"], "path": "", "exclude": [] }))
            .expect("good settings");
        let held = book.for_draft(None);
        assert_eq!((level(&held), held.language), (Level::Off, Some(Language::English)));
        assert!(book.set_editor(&json!({ "jiaogao": { "ignore": ["starry"] } })).is_err());
        assert_eq!(level(&book.for_draft(None)), Level::Off);
    }

    #[test]
    fn a_broken_file_keeps_the_last_good_settings() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join(config::FILE_NAME);
        let draft = folder.path().join("a.txt");
        let mut book = Book::default();
        let mut after = |text: &str| {
            std::fs::write(&file, text).expect("written");
            book.reload();
            let level = level(&book.for_draft(Some(&draft)));
            (level, book.errors().count())
        };
        assert_eq!(after("ignore = ['stray']"), (Level::Off, 0));
        assert_eq!(after("ignore = ['stray'"), (Level::Off, 1));
        assert_eq!(after(""), (Level::On, 0));
    }

    #[test]
    fn files_that_come_and_go_are_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let draft = folder.path().join("a.txt");
        let mut book = Book::default();
        assert_eq!(level(&book.for_draft(Some(&draft))), Level::On);
        assert!(!book.is_out_of_date());
        std::fs::write(folder.path().join(config::FILE_NAME), "ignore = ['stray']").expect("written");
        assert!(book.is_out_of_date());
        book.reload();
        assert_eq!(level(&book.for_draft(Some(&draft))), Level::Off);
    }
}
