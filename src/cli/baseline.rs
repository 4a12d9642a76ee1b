//! `--baseline`: findings that an archive of old drafts has, and that nobody is to hear of again.
//!
//! A finding is known by its draft, its rule and the text around it, not by its line, so an edit elsewhere in the draft does not bring it back.
//! Where the same text stands several times the entries are counted, and one more than the count is new.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::configs::absolute;
use crate::draft::Draft;
use crate::finding::Finding;
use crate::output::surroundings;

/// How often each text stands, by rule.
type Entries = BTreeMap<String, BTreeMap<String, usize>>;

#[derive(Debug, Default)]
pub(super) struct Baseline {
    /// The folder that the drafts' paths are relative to: the one that holds the file.
    root: PathBuf,
    file: File,
}

/// The file as it is stored.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    drafts: BTreeMap<String, Entries>,
}

const VERSION: u32 = 1;

impl Default for File {
    fn default() -> Self {
        File {
            version: VERSION,
            drafts: BTreeMap::new(),
        }
    }
}

impl Baseline {
    /// Reads a baseline; where there is no file yet, `may_be_new` makes it an empty one.
    pub(super) fn load(path: &Path, may_be_new: bool) -> io::Result<Baseline> {
        let root = real(absolute(path).parent().unwrap_or(Path::new("")));
        let text = match fs::read_to_string(path) {
            Err(error) if may_be_new && error.kind() == io::ErrorKind::NotFound => {
                return Ok(Baseline { root, ..Baseline::default() });
            }
            read => read?,
        };
        let file: File = serde_json::from_str(&text)?;
        if file.version != VERSION {
            return Err(io::Error::other(format!("version {}", file.version)));
        }
        Ok(Baseline { root, file })
    }

    /// Takes the findings away that the baseline knows, and says how many they were.
    pub(super) fn remove_known(&self, path: &Path, draft: &Draft, findings: &mut Vec<Finding>) -> usize {
        let Some(entries) = self.file.drafts.get(&self.key(path)) else {
            return 0;
        };
        let mut left = entries.clone();
        let before = findings.len();
        findings.retain(|finding| {
            let around = surroundings(draft, &finding.range);
            let count = left.get_mut(finding.rule).and_then(|texts| texts.get_mut(&around));
            match count {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    false
                }
                _ => true,
            }
        });
        before - findings.len()
    }

    /// Records what was found in a draft, in place of what was known of it.
    pub(super) fn record(&mut self, path: &Path, draft: &Draft, findings: &[Finding]) {
        let mut entries = Entries::new();
        for finding in findings {
            let texts = entries.entry(finding.rule.to_owned()).or_default();
            *texts.entry(surroundings(draft, &finding.range)).or_default() += 1;
        }
        let key = self.key(path);
        if entries.is_empty() {
            self.file.drafts.remove(&key);
        } else {
            self.file.drafts.insert(key, entries);
        }
    }

    pub(super) fn write(&self, path: &Path) -> io::Result<()> {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut new = tempfile::Builder::new().prefix(".jiaogao-").tempfile_in(folder)?;
        serde_json::to_writer_pretty(&mut new, &self.file)?;
        new.write_all(b"\n")?;
        new.as_file().sync_all()?;
        #[cfg(unix)]
        new.as_file().set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
        new.persist(path)?;
        Ok(())
    }

    /// A draft's path from the baseline's folder, the same on every system.
    fn key(&self, path: &Path) -> String {
        let path = real(path);
        let relative = path.strip_prefix(&self.root).unwrap_or(&path);
        let parts: Vec<_> = relative.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        parts.join("/")
    }
}

/// A path without links and `..`, where there is such a file.
fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| absolute(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Bilingual, Severity};
    use crate::source::Format;

    /// A draft with a finding at each of its marks `*`.
    fn marked(text: &str) -> (Draft, Vec<Finding>) {
        let at = |(start, _)| Finding::new("stray/space", Severity::Warning, start..start + 1, Bilingual::fixed("", ""));
        (Draft::new(text, Format::Plain), text.match_indices('*').map(at).collect())
    }

    fn known(recorded: &str, now: &str) -> usize {
        let mut baseline = Baseline::default();
        let path = Path::new("a.txt");
        let (draft, findings) = marked(recorded);
        baseline.record(path, &draft, &findings);
        let (draft, mut findings) = marked(now);
        baseline.remove_known(path, &draft, &mut findings)
    }

    #[test]
    fn entries_survive_edits_elsewhere() {
        assert_eq!(
            known("开头。\n会议指出*要抓好落实。\n", "新的开头，多了几行。\n\n会议指出*要抓好落实。\n完。\n"),
            1
        );
    }

    #[test]
    fn a_change_beside_the_place_makes_it_new() {
        assert_eq!(known("会议指出*要抓好落实。\n", "会议强调*要抓好落实。\n"), 0);
    }

    #[test]
    fn one_more_of_the_same_is_new() {
        assert_eq!(known("指出*要\n指出*要\n", "指出*要\n指出*要\n指出*要\n"), 2);
    }
}
