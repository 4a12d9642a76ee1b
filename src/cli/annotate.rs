//! `--annotate`: a copy of a Word document with the findings as comments in it.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::Trouble;
use super::mend::{self, NotReplaced};
use crate::draft::Draft;
use crate::finding::{Bilingual, Finding, Language};
use crate::fix;
use crate::output::comment;
use crate::source::docx::annotate::{self, Annotated, Author, Change, Comment};

/// Whose comments they are.
const AUTHOR: &str = "jiaogao";

/// What the command line asks for.
pub(super) struct Wish<'a> {
    /// Where the copy goes.
    pub to: &'a Path,
    /// The document itself may be replaced.
    pub in_place: bool,
    /// Safe fixes become tracked changes.
    pub track_fixes: bool,
    pub language: Language,
}

/// Writes the copy of the document at `from` (`None` for standard input) whose bytes are `bytes`, and says what was written.
pub(super) fn write(wish: &Wish, from: Option<&Path>, bytes: &[u8], draft: &Draft, findings: &[Finding]) -> Result<Bilingual, Trouble> {
    let Some(layout) = draft.layout() else {
        let message = Bilingual::fixed(
            "不是Word文档，写不了批注；--annotate只用于.docx",
            "is not a Word document, so it cannot hold comments; --annotate is for .docx only",
        );
        return Err(Trouble::new(from.unwrap_or(Path::new("-")), message));
    };
    if !layout.takes_comments {
        let message = Bilingual::fixed(
            "是OpenDocument文档（.odt），写不了批注；请另存为.docx，再用--annotate",
            "is an OpenDocument file (.odt), into which no comments are written; save it as .docx and use --annotate on that",
        );
        return Err(Trouble::new(from.unwrap_or(Path::new("-")), message));
    }
    let old = old(wish, from, bytes)?;
    let texts = comment::comments(draft, findings, wish.language);
    let comments: Vec<Comment> = findings
        .iter()
        .zip(texts)
        .map(|(finding, paragraphs)| Comment {
            range: finding.range.clone(),
            paragraphs,
        })
        .collect();
    let date = date(SystemTime::now());
    let author = Author {
        name: AUTHOR,
        initials: "校",
        date: &date,
    };
    let changes = if wish.track_fixes { changes(findings) } else { Vec::new() };
    let annotated = annotate::annotate(bytes, &draft.text().to_string(), layout, &comments, &changes, author)
        .map_err(|error| Trouble::new(from.unwrap_or(Path::new("-")), error.message()))?;
    let backup = put(wish, &old, bytes, &annotated)?;
    Ok(done(&annotated, backup.as_deref()))
}

fn changes(findings: &[Finding]) -> Vec<Change> {
    let edits = |fix: &&fix::Fix| fix.edits.iter().map(|edit| (edit.range.clone(), edit.text.clone())).collect();
    let fixes = fix::choose_fixes(findings, false);
    fixes.iter().map(|fix| Change { edits: edits(fix) }).collect()
}

/// What stands at the place of the copy now.
enum Old {
    Nothing,
    /// The document itself.
    Draft,
    /// A copy that was written before.
    Copy(Vec<u8>),
}

/// Looks what stands at the place of the copy. Nothing is overwritten but the document itself, if that is wished, and earlier copies.
fn old(wish: &Wish, from: Option<&Path>, bytes: &[u8]) -> Result<Old, Trouble> {
    let old = match fs::read(wish.to) {
        Ok(old) => old,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Old::Nothing),
        Err(error) => return Err(Trouble::not_written(wish.to, &error)),
    };
    let is_itself = from.is_some_and(|from| same_file(from, wish.to));
    let message = match is_itself {
        true if wish.in_place => return Ok(Old::Draft),
        true => Bilingual::fixed(
            "就是原稿，没有改动；要把批注写进原稿，请加 --in-place（会留备份）",
            "is the draft itself and was left as it is; with --in-place the comments go into it, and a backup is kept",
        ),
        false if old == bytes || annotate::has_comments_by(&old, AUTHOR) => return Ok(Old::Copy(old)),
        false => Bilingual::fixed(
            "已经有了，又不是校稿写的副本，没有改动；请换一个文件名",
            "exists already and is no copy that jiaogao wrote; it was left as it is: choose another name",
        ),
    };
    Err(Trouble::new(wish.to, message))
}

fn same_file(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}

/// Puts the copy in its place, whole or not at all. Gives the backup's path if the document itself was replaced.
fn put(wish: &Wish, old: &Old, bytes: &[u8], annotated: &Annotated) -> Result<Option<PathBuf>, Trouble> {
    let failed = |error: io::Error| Trouble::not_written(wish.to, &error);
    let (before, backup) = match old {
        Old::Nothing => {
            create(wish.to, &annotated.bytes).map_err(failed)?;
            return Ok(None);
        }
        Old::Draft if annotated.bytes == bytes => return Ok(None),
        Old::Draft => (bytes, Some(back_up(wish.to, bytes).map_err(failed)?)),
        Old::Copy(old) => (old.as_slice(), None),
    };
    match mend::replace(wish.to, before, &annotated.bytes) {
        Ok(()) => Ok(backup),
        Err(NotReplaced::Io(error)) => Err(failed(error)),
        Err(NotReplaced::Changed) => Err(Trouble::new(
            wish.to,
            Bilingual::fixed(
                "别的程序正在改这个文件，没有写回",
                "is being changed by another program and was not written",
            ),
        )),
    }
}

fn create(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut new = tempfile::Builder::new().prefix(".jiaogao-").tempfile_in(folder)?;
    new.write_all(bytes)?;
    new.as_file().sync_all()?;
    #[cfg(unix)]
    new.as_file().set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644))?;
    new.persist_noclobber(path)?;
    Ok(())
}

/// Writes the bytes beside the file, as 报告.备份.docx or, if that is taken, 报告.备份2.docx and so on.
fn back_up(path: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let suffix = path
        .extension()
        .map(|suffix| format!(".{}", suffix.to_string_lossy()))
        .unwrap_or_default();
    for number in 1.. {
        let count = if number == 1 { String::new() } else { number.to_string() };
        let backup = path.with_file_name(format!("{stem}.备份{count}{suffix}"));
        match OpenOptions::new().write(true).create_new(true).open(&backup) {
            Ok(mut file) => {
                file.write_all(bytes)?;
                file.sync_all()?;
                return Ok(backup);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

fn done(annotated: &Annotated, backup: Option<&Path>) -> Bilingual {
    let Annotated { comments, changes, .. } = annotated;
    let mut zh = format!("写好了，{comments}条批注");
    let mut en = format!("written, with {comments} comment(s)");
    if *changes > 0 {
        zh.push_str(&format!("，{changes}处修订"));
        en.push_str(&format!(" and {changes} tracked fix(es)"));
    }
    if let Some(backup) = backup {
        zh.push_str(&format!("；原稿另存为{}", backup.display()));
        en.push_str(&format!("; the draft as it was is {}", backup.display()));
    }
    Bilingual::new(zh, en)
}

/// A point in time as XML Schema writes it, in UTC.
fn date(time: SystemTime) -> String {
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let (days, rest) = (seconds / 86_400, seconds % 86_400);
    let (year, month, day) = civil(days);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}Z", rest / 3600, rest / 60 % 60, rest % 60)
}

/// Year, month and day of a day counted from 1970-01-01, by the Gregorian calendar. Years are counted from March, so that the leap day comes last.
fn civil(days: u64) -> (u64, u64, u64) {
    const ERA: u64 = 146_097;
    let days = days + 719_468;
    let (era, day) = (days / ERA, days % ERA);
    let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
    let day = day - (365 * year + year / 4 - year / 100);
    let month = (5 * day + 2) / 153;
    let day = day - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (era * 400 + year + u64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn dates_are_those_of_the_calendar() {
        let at = |seconds| date(UNIX_EPOCH + Duration::from_secs(seconds));
        assert_eq!(at(0), "1970-01-01T00:00:00Z");
        assert_eq!(at(951_782_400), "2000-02-29T00:00:00Z");
        assert_eq!(at(1_924_991_999), "2030-12-31T23:59:59Z");
        assert_eq!(at(4_107_542_400), "2100-03-01T00:00:00Z");
    }
}
