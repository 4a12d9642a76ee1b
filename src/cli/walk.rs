//! From the paths on the command line to the drafts they mean.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::{Trouble, read};
use crate::source;

/// A draft to lint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    Stdin,
    /// A file that the command line names.
    Named(PathBuf),
    /// A file found in a folder.
    Found(PathBuf),
}

enum Root {
    Target(Target),
    Folder(PathBuf),
    Trouble(Trouble),
}

/// The drafts that the paths mean: files in the order named, folders walked in the order of names with ignore files respected, each draft once.
/// Drafts come as the walk finds them, so a folder may be of any size.
pub(super) fn targets(paths: &[PathBuf]) -> impl Iterator<Item = Result<Target, Trouble>> {
    let mut named = HashSet::new();
    let mut folders: Vec<PathBuf> = Vec::new();
    for path in paths {
        if let Ok(canonical) = path.canonicalize()
            && canonical.is_dir()
        {
            folders.push(canonical);
        }
    }
    let mut seen_folders = HashSet::new();
    let mut roots = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            roots.push(Root::Target(Target::Stdin));
            continue;
        }
        match fs::metadata(path) {
            Err(error) => roots.push(Root::Trouble(read::trouble(path, &error))),
            Ok(metadata) if metadata.is_dir() => {
                let canonical = path.canonicalize().unwrap_or_else(|_| path.clone());
                let is_inside_another = folders.iter().any(|folder| *folder != canonical && canonical.starts_with(folder));
                if !is_inside_another && seen_folders.insert(canonical) {
                    roots.push(Root::Folder(path.clone()));
                }
            }
            Ok(_) => {
                if named.insert(path.canonicalize().unwrap_or_else(|_| path.clone())) {
                    roots.push(Root::Target(Target::Named(path.clone())));
                }
            }
        }
    }
    roots.into_iter().flat_map(move |root| -> Box<dyn Iterator<Item = _>> {
        match root {
            Root::Target(target) => Box::new(std::iter::once(Ok(target))),
            Root::Trouble(trouble) => Box::new(std::iter::once(Err(trouble))),
            Root::Folder(folder) => {
                let named = named.clone();
                let is_new = move |path: &Path| named.is_empty() || path.canonicalize().map_or(true, |path| !named.contains(&path));
                Box::new(drafts_in(&folder).filter(move |found| !matches!(found, Ok(Target::Found(path)) if !is_new(path))))
            }
        }
    })
}

/// The drafts in a folder and the folders in it.
fn drafts_in(folder: &Path) -> impl Iterator<Item = Result<Target, Trouble>> + use<> {
    let walk = WalkBuilder::new(folder).require_git(false).sort_by_file_name(|a, b| a.cmp(b)).build();
    walk.filter_map(|entry| match entry {
        Ok(entry) => {
            let path = without_dot(entry.path());
            if !source::has_draft_suffix(path) {
                return None;
            }
            let kind = entry.file_type()?;
            // A link to a folder is not followed, so a circle of links does no harm; a link to a draft is a draft, and one that leads nowhere is
            // told when it is read. A pipe or a device might never end.
            let leads_to_draft = || path.metadata().map_or(true, |metadata| metadata.is_file());
            let is_draft = kind.is_file() || (kind.is_symlink() && leads_to_draft());
            is_draft.then(|| Ok(Target::Found(path.to_owned())))
        }
        Err(error) => Some(Err(walk_trouble(&error))),
    })
}

fn without_dot(path: &Path) -> &Path {
    path.strip_prefix(".").unwrap_or(path)
}

fn walk_trouble(error: &ignore::Error) -> Trouble {
    fn path_of(error: &ignore::Error) -> Option<&Path> {
        match error {
            ignore::Error::WithPath { path, .. } => Some(path),
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
            _ => None,
        }
    }
    let path = without_dot(path_of(error).unwrap_or(Path::new("")));
    match error.io_error() {
        Some(io_error) => read::trouble(path, io_error),
        None => read::trouble(path, &io::Error::other(error.to_string())),
    }
}
