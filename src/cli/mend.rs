//! `--fix`: mending a draft, and putting the mended file in the place of the old one.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use crate::draft::Draft;
use crate::finding::Finding;
use crate::fix;

/// A draft after mending.
pub(super) struct Mended {
    pub draft: Draft,
    /// What is left.
    pub findings: Vec<Finding>,
    /// How many findings were mended.
    pub fixed: usize,
}

/// Applies fixes and lints again until nothing changes any more. Fixes that undo each other would go on for ever, so the rounds are limited.
pub(super) fn mend(mut draft: Draft, allow_unsafe: bool, lint: impl Fn(&Draft) -> Vec<Finding>) -> Mended {
    const MOST_ROUNDS: usize = 50;
    let mut findings = lint(&draft);
    let mut fixed = 0;
    for _ in 0..MOST_ROUNDS {
        let fixes = fix::choose_fixes(&findings, allow_unsafe);
        let before = draft.text().to_string();
        let after = fix::apply(&before, &fix::edits(&fixes));
        if after == before {
            break;
        }
        fixed += fixes.len();
        draft = Draft::new(&after, draft.format());
        findings = lint(&draft);
    }
    Mended { draft, findings, fixed }
}

/// Why a file was not replaced.
#[derive(Debug)]
pub(super) enum NotReplaced {
    /// Somebody else has changed it since it was read.
    Changed,
    Io(io::Error),
}

impl From<io::Error> for NotReplaced {
    fn from(error: io::Error) -> Self {
        NotReplaced::Io(error)
    }
}

/// Puts new bytes in the place of the file that held `before`. The new file is written beside the old one and then renamed, so that at any time
/// one of the two is there whole. Permissions stay; a link stays a link, and the file it leads to is replaced.
pub(super) fn replace(path: &Path, before: &[u8], after: &[u8]) -> Result<(), NotReplaced> {
    let path = path.canonicalize()?;
    let metadata = fs::metadata(&path)?;
    if !metadata.is_file() {
        return Err(io::Error::other("not a regular file").into());
    }
    if metadata.permissions().readonly() {
        return Err(io::Error::from(io::ErrorKind::PermissionDenied).into());
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut new = tempfile::Builder::new().prefix(".jiaogao-").tempfile_in(folder)?;
    new.write_all(after)?;
    new.as_file().set_permissions(metadata.permissions())?;
    keep_owner(new.path(), &metadata);
    new.as_file().sync_all()?;
    if fs::read(&path)? != before {
        return Err(NotReplaced::Changed);
    }
    new.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

/// Only the superuser can give files away, and only then can the owner be another one; so a failure is no loss.
#[cfg(unix)]
fn keep_owner(new: &Path, old: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, chown};
    let _ = chown(new, Some(old.uid()), Some(old.gid()));
}

#[cfg(not(unix))]
fn keep_owner(_: &Path, _: &fs::Metadata) {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Bilingual, Severity};
    use crate::fix::{Edit, Fix};
    use crate::source::Format;

    /// Takes for a slip every first character of a draft that is not `last`.
    fn strict(last: char) -> impl Fn(&Draft) -> Vec<Finding> {
        move |draft| {
            let text = draft.text().to_string();
            let first = text.chars().next().filter(|&first| first != last);
            let finding = first.map(|first| {
                let title = Bilingual::fixed("删去", "delete");
                Finding::new("stray/space", Severity::Warning, 0..first.len_utf8(), title.clone())
                    .fix(Fix::safe(title, [Edit::delete(0..first.len_utf8())]))
            });
            finding.into_iter().collect()
        }
    }

    #[test]
    fn mending_goes_on_until_it_rests() {
        let mended = mend(Draft::new("一二三四", Format::Plain), false, strict('四'));
        assert_eq!((mended.draft.text().to_string().as_str(), mended.fixed), ("四", 3));
        assert!(mended.findings.is_empty());
    }

    #[test]
    fn fixes_that_undo_each_other_end() {
        let swap = |draft: &Draft| {
            let text = if draft.text().to_string() == "甲" { "乙" } else { "甲" };
            let title = Bilingual::fixed("换", "swap");
            vec![Finding::new("stray/space", Severity::Warning, 0..3, title.clone()).fix(Fix::safe(title, [Edit::replace(0..3, text)]))]
        };
        assert!(mend(Draft::new("甲", Format::Plain), false, swap).fixed > 1);
    }

    #[test]
    fn a_file_changed_meanwhile_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "new").unwrap();
        assert!(matches!(replace(&path, b"old", b"mended"), Err(NotReplaced::Changed)));
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
