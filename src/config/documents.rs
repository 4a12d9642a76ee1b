//! The documents that a settings file names: the sheet of official figures, the drafts that belong together, and the earlier report.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::WalkBuilder;

use super::{ConfigError, Globs};
use crate::finding::Bilingual;
use crate::model::figures::sheet::Sheet;
use crate::source::{self, decode};

/// The drafts that belong together, in the order in which the patterns name them. A pattern is a path relative to the settings, or has `*` and its
/// like; a draft that is not there does not count.
pub(super) fn group(root: &Path, patterns: &[String]) -> Vec<PathBuf> {
    let mut group: Vec<PathBuf> = Vec::new();
    for pattern in patterns {
        let found = match pattern.contains(['*', '?', '[', '{']) {
            true => matching(root, pattern),
            false => vec![root.join(pattern)],
        };
        for path in found.into_iter().filter(|path| path.is_file()) {
            if !group.contains(&path) {
                group.push(path);
            }
        }
    }
    group
}

/// The drafts below a folder whose paths from there match, by name; ignore files are respected.
fn matching(root: &Path, pattern: &str) -> Vec<PathBuf> {
    let anchored = format!("/{}", pattern.trim_start_matches("./").trim_start_matches('/'));
    let Ok(globs) = Globs::new([anchored.as_str()]) else {
        return Vec::new();
    };
    let walk = WalkBuilder::new(root).require_git(false).sort_by_file_name(|a, b| a.cmp(b)).build();
    let paths = walk.flatten().map(ignore::DirEntry::into_path);
    paths
        .filter(|path| source::has_draft_suffix(path) && globs.match_path(root, path))
        .collect()
}

/// The earlier report, which must be there.
///
/// # Errors
/// [`ConfigError`] of the report's own path if there is no such file.
pub(super) fn check_earlier(path: &Path) -> Result<(), ConfigError> {
    if path.is_file() {
        return Ok(());
    }
    Err(ConfigError {
        path: path.to_owned(),
        range: None,
        line: None,
        message: Bilingual::fixed("没有这份以前的报告（against）", "there is no such earlier report (against)"),
    })
}

/// Reads the sheet kept at `path`, in any encoding that drafts may have.
///
/// # Errors
/// [`ConfigError`] of the sheet's own path if it cannot be read, or at the first line of it that is wrong.
pub(super) fn sheet(path: &Path) -> Result<Arc<Sheet>, ConfigError> {
    let error = |line: Option<usize>, range, message| ConfigError {
        path: path.to_owned(),
        range,
        line,
        message,
    };
    let bytes = std::fs::read(path).map_err(|reason| {
        let message = Bilingual::new(
            format!("读不了这份口径表：{reason}"),
            format!("cannot read the sheet of official figures: {reason}"),
        );
        error(None, None, message)
    })?;
    let not_text = || {
        let message = Bilingual::fixed(
            "口径表须是CSV文件，请从电子表格里另存为CSV",
            "the sheet of official figures must be CSV; save it as CSV from the spreadsheet",
        );
        error(None, None, message)
    };
    let text = decode::decode(&bytes, None).map_err(|_| not_text())?.text;
    if bytes.starts_with(b"PK\x03\x04") {
        return Err(not_text());
    }
    Sheet::parse(&text, &path.to_string_lossy()).map(Arc::new).map_err(|wrong| {
        let range = line_range(&text, wrong.line);
        error(Some(wrong.line), Some(range), wrong.message)
    })
}

/// Bytes of a line, counted from one.
fn line_range(text: &str, line: usize) -> std::ops::Range<usize> {
    let mut start = 0;
    for piece in text.split_inclusive('\n').take(line.saturating_sub(1)) {
        start += piece.len();
    }
    let end = text[start..].find(['\r', '\n']).map_or(text.len(), |length| start + length);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;

    #[test]
    fn a_sheet_is_found_beside_its_settings() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |name: &str, bytes: &[u8]| std::fs::write(folder.path().join(name), bytes).expect("written");
        let load = || Config::load(&folder.path().join("jiaogao.toml"));
        write("jiaogao.toml", "figures = '口径.csv'".as_bytes());
        assert!(load().is_err_and(|error| error.path.ends_with("口径.csv") && error.line.is_none()));
        let (gbk, _, _) = encoding_rs::GBK.encode("指标,数值,单位\r\n小麦种植面积,136.7,万亩\r\n油菜种植面积,十二,万亩\r\n");
        write("口径.csv", &gbk);
        let error = load().expect_err("a bad number");
        assert_eq!((error.line, error.range.map(|range| range.len() > 10)), (Some(3), Some(true)));
        write("口径.csv", "指标,数值,单位\n小麦种植面积,136.7,万亩\n".as_bytes());
        let config = load().expect("a good sheet");
        assert_eq!(config.sheet.map(|sheet| sheet.rows.len()), Some(1));
        write("jiaogao.toml", "against = '去年.md'".as_bytes());
        assert!(load().is_err_and(|error| error.path.ends_with("去年.md")));
        write("jiaogao.toml", "figures = '口径.csv'".as_bytes());
        write("口径.csv", b"PK\x03\x04\0\0\0");
        assert!(load().is_err_and(|error| error.message.en.contains("CSV")));
    }

    #[test]
    fn drafts_that_belong_together_are_found_in_the_order_named() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["附件2.md", "附件1.md", "报告.md", "别的.md", "旧/报告.md"] {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            std::fs::write(path, "").expect("written");
        }
        let patterns = ["报告.md", "附件*.md", "新闻稿.md", "报告.md"].map(str::to_owned);
        let names: Vec<_> = group(folder.path(), &patterns)
            .iter()
            .map(|path| path.strip_prefix(folder.path()).expect("below").to_string_lossy().into_owned())
            .collect();
        assert_eq!(names, ["报告.md", "附件1.md", "附件2.md"]);
    }
}
