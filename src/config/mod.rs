//! The settings of a folder: `jiaogao.toml`, the nearest one upward from a draft.
//!
//! [`setting`] is the one list of what can be set; [`parse`] reads a file against it, and the template that `jiaogao init` writes, the JSON
//! schema and the editors' settings are made from it.

mod documents;
mod globs;
mod parse;
pub mod setting;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::finding::{Bilingual, Finding, Language, Severity};
use crate::linter::{Level, Settings};
use crate::model::figures::sheet::Sheet;
use crate::rule::Meta;
use crate::rules::RULES;
use crate::selector::Selector;

pub use globs::Globs;
pub use parse::{ConfigError, parse};

/// The name of the settings file.
pub const FILE_NAME: &str = "jiaogao.toml";

/// What a settings file says; everything is optional.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// The folder that globs are relative to.
    pub root: PathBuf,
    pub language: Option<Language>,
    pub choice: Choice,
    /// Levels of rules, families or `all`.
    pub rules: Vec<(Selector, Level)>,
    pub exclude: Globs,
    pub per_file_ignores: Vec<(Globs, Vec<Selector>)>,
    pub fail_on: Option<FailOn>,
    /// Where the sheet of official figures is kept, relative to `root`.
    pub figures: Option<PathBuf>,
    /// That sheet, once it is loaded.
    pub sheet: Option<Arc<Sheet>>,
    /// Paths and path patterns of drafts that belong together, relative to `root`.
    pub together: Vec<String>,
    /// Those drafts, once they are looked for.
    pub group: Vec<PathBuf>,
    /// The report of an earlier time, relative to `root`.
    pub against: Option<PathBuf>,
}

/// Which rules are to run. An empty `select` leaves each rule at its default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    pub select: Vec<Selector>,
    pub ignore: Vec<Selector>,
}

/// From which severity on a finding makes the command fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    Hint,
    Info,
    #[default]
    Warning,
    Error,
    Never,
}

impl FailOn {
    pub fn fails(self, finding: &Finding) -> bool {
        let lowest = match self {
            FailOn::Hint => Severity::Hint,
            FailOn::Info => Severity::Info,
            FailOn::Warning => Severity::Warning,
            FailOn::Error => Severity::Error,
            FailOn::Never => return false,
        };
        finding.severity >= lowest
    }
}

impl Choice {
    /// Whether a rule is chosen, if the choice says anything of it. What is said of a rule goes before what is said of its family, and that
    /// before what is said of all; `ignore` wins a tie.
    fn verdict(&self, meta: &Meta) -> Option<bool> {
        let rank = |selectors: &[Selector]| selectors.iter().copied().filter(|selector| selector.matches(meta)).max();
        match (rank(&self.select), rank(&self.ignore)) {
            (None, None) if self.select.is_empty() => None,
            (selected, ignored) => Some(selected > ignored),
        }
    }
}

impl Config {
    /// Reads a settings file, and what it names.
    ///
    /// # Errors
    /// [`ConfigError`] if a file cannot be read or says something that settings or sheets do not know.
    pub fn load(path: &Path) -> Result<Config, ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|error| ConfigError {
            path: path.to_owned(),
            range: None,
            line: None,
            message: Bilingual::new(format!("读不了这个设置文件：{error}"), format!("cannot read the settings: {error}")),
        })?;
        parse(&text, path)?.with_documents()
    }

    /// The settings with the documents that they name.
    ///
    /// # Errors
    /// [`ConfigError`] if the sheet of official figures cannot be read or is wrong, or the earlier report is not there.
    pub fn with_documents(mut self) -> Result<Config, ConfigError> {
        self.sheet = self.sheet_path().map(|path| documents::sheet(&path)).transpose()?;
        self.group = documents::group(&self.root, &self.together);
        self.earlier_path().map(|path| documents::check_earlier(&path)).transpose()?;
        Ok(self)
    }

    /// The file of the earlier report.
    pub fn earlier_path(&self) -> Option<PathBuf> {
        Some(self.root.join(self.against.as_ref()?))
    }

    /// The file of the sheet of official figures.
    pub fn sheet_path(&self) -> Option<PathBuf> {
        Some(self.root.join(self.figures.as_ref()?))
    }

    /// Whether a draft is left out when folders are walked.
    pub fn excludes(&self, path: &Path) -> bool {
        self.exclude.match_path(&self.root, path)
    }

    /// The engine's settings for one draft. What the command line chooses goes before the file's choice.
    pub fn settings(&self, draft: &Path, command: &Choice) -> Settings {
        let ignored_here: Vec<Selector> = self
            .per_file_ignores
            .iter()
            .filter(|(globs, _)| globs.match_path(&self.root, draft))
            .flat_map(|(_, selectors)| selectors.iter().copied())
            .collect();
        let mut settings = Settings::default();
        for rule in RULES {
            let meta = rule.meta();
            settings.set(meta.name, self.level(meta, &ignored_here, command));
        }
        settings
    }

    fn level(&self, meta: &Meta, ignored_here: &[Selector], command: &Choice) -> Level {
        let said = self
            .rules
            .iter()
            .filter(|(selector, _)| selector.matches(meta))
            .max_by_key(|(selector, _)| *selector)
            .map(|&(_, level)| level);
        let runs = match command.verdict(meta) {
            Some(chosen) => chosen,
            None if ignored_here.iter().any(|selector| selector.matches(meta)) || said == Some(Level::Off) => false,
            None => self.choice.verdict(meta).unwrap_or(meta.default || said.is_some()),
        };
        match said {
            _ if !runs => Level::Off,
            Some(Level::At(severity)) => Level::At(severity),
            _ => Level::On,
        }
    }
}

/// The nearest settings file of a folder or the folders above it.
pub fn find(folder: &Path) -> Option<PathBuf> {
    folder
        .ancestors()
        .map(|folder| folder.join(FILE_NAME))
        .find(|candidate| candidate.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules;

    const RULE: &str = "stray/line-break";

    fn level(settings: &str, draft: &str, command: &Choice) -> Level {
        let config = parse(settings, Path::new("/reports/jiaogao.toml")).unwrap();
        config.settings(Path::new(draft), command).level(rules::find(RULE).unwrap().meta())
    }

    fn of_file(settings: &str) -> Level {
        level(settings, "/reports/2031/a.md", &Choice::default())
    }

    #[test]
    fn the_more_particular_name_wins() {
        assert_eq!(of_file("select = ['all']\nignore = ['stray']"), Level::Off);
        assert_eq!(of_file("select = ['stray/line-break']\nignore = ['stray']"), Level::On);
        assert_eq!(of_file("select = ['stray']\nignore = ['stray']"), Level::Off);
        assert_eq!(of_file("[rules]\nstray = 'off'\n'stray/line-break' = 'hint'"), Level::At(Severity::Hint));
    }

    #[test]
    fn a_selection_leaves_the_other_rules_out() {
        assert_eq!(of_file("select = ['suppress']"), Level::Off);
        assert_eq!(of_file("ignore = ['suppress']"), Level::On);
    }

    #[test]
    fn drafts_are_exempted_by_path() {
        let settings = "[per-file-ignores]\n'2031/*.md' = ['stray']";
        assert_eq!(of_file(settings), Level::Off);
        assert_eq!(level(settings, "/reports/2032/a.md", &Choice::default()), Level::On);
    }

    #[test]
    fn the_command_line_goes_before_the_file() {
        let command = Choice {
            select: vec![Selector::Family("stray")],
            ignore: Vec::new(),
        };
        let at = |settings| level(settings, "/reports/a.md", &command);
        assert_eq!(at("ignore = ['stray']"), Level::On);
        assert_eq!(at("[rules]\nstray = 'off'"), Level::On);
        assert_eq!(at("[rules]\nstray = 'error'"), Level::At(Severity::Error));
    }

    #[test]
    fn failing_starts_at_its_level() {
        let at = |severity| Finding::new(RULE, severity, 0..0, Bilingual::fixed("", ""));
        assert!(FailOn::Warning.fails(&at(Severity::Warning)));
        assert!(!FailOn::Warning.fails(&at(Severity::Info)));
        assert!(!FailOn::Never.fails(&at(Severity::Error)));
    }
}
