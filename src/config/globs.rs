//! Path patterns as in ignore files.

use std::path::Path;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Patterns relative to a folder. One without a slash matches a name at any depth, and one that matches a folder matches all that is in it.
#[derive(Debug, Clone, Default)]
pub struct Globs {
    set: GlobSet,
}

impl Globs {
    /// # Errors
    /// The message of the pattern that is malformed.
    pub fn new<'a>(patterns: impl IntoIterator<Item = &'a str>) -> Result<Globs, globset::Error> {
        let mut set = GlobSetBuilder::new();
        for pattern in patterns {
            let trimmed = pattern.trim_start_matches("./").trim_end_matches('/');
            let anchored = match trimmed.strip_prefix('/') {
                Some(rest) => rest.to_owned(),
                None if trimmed.contains('/') => trimmed.to_owned(),
                None => format!("**/{trimmed}"),
            };
            set.add(GlobBuilder::new(&anchored).literal_separator(true).build()?);
        }
        Ok(Globs { set: set.build()? })
    }

    /// Whether a path, or a folder above it but below `root`, matches. A path outside of `root` is matched as it stands.
    pub fn match_path(&self, root: &Path, path: &Path) -> bool {
        if self.set.is_empty() {
            return false;
        }
        let relative = path.strip_prefix(root).unwrap_or(path);
        relative
            .ancestors()
            .filter(|part| !part.as_os_str().is_empty())
            .any(|part| self.set.is_match(part))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        Globs::new([pattern]).unwrap().match_path(Path::new("/reports"), Path::new(path))
    }

    #[test]
    fn names_match_at_any_depth_and_paths_from_the_root() {
        assert!(matches("*.txt", "/reports/old/a.txt"));
        assert!(matches("old/*.txt", "/reports/old/a.txt"));
        assert!(!matches("old/*.txt", "/reports/new/old/a.txt"));
        assert!(!matches("/old", "/reports/new/old/a.txt"));
        assert!(matches("**/old/**", "/reports/new/old/a.txt"));
    }

    #[test]
    fn a_folder_takes_all_that_is_in_it() {
        for pattern in ["old", "old/", "/old", "./old/"] {
            assert!(matches(pattern, "/reports/old/deep/a.txt"), "{pattern}");
        }
        assert!(!matches("old", "/reports/older/a.txt"));
    }
}
