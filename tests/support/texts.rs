//! Reads whole folders of texts, for measuring on reports at hand.

use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use jiaogao::source::decode;

/// Every file below a folder that decodes as text, by path.
pub fn read_folder(folder: &Path) -> Vec<(PathBuf, String)> {
    let mut texts: Vec<_> = WalkBuilder::new(folder)
        .standard_filters(false)
        .build()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_some_and(|kind| kind.is_file()))
        .filter_map(|entry| {
            let bytes = std::fs::read(entry.path()).ok()?;
            let decoded = decode::decode(&bytes, None).ok()?;
            Some((entry.into_path(), decoded.text))
        })
        .collect();
    texts.sort();
    texts
}
