//! `--diff`: what `--fix` would change, as a unified diff.

use std::time::Duration;

use similar::{ChangeTag, TextDiff};

use super::Palette;

/// The change of one draft; empty if there is none.
pub fn unified(path: &str, before: &str, after: &str, palette: Palette) -> String {
    if before == after {
        return String::new();
    }
    // Within the deadline the diff is minimal, afterwards it is still right.
    let diff = TextDiff::configure().timeout(Duration::from_secs(2)).diff_lines(before, after);
    let (added, removed, strong, frame) = (palette.added, palette.removed, palette.strong, palette.frame);
    let mut out = format!("{strong}--- {path}{strong:#}\n{strong}+++ {path}{strong:#}\n");
    for hunk in diff.unified_diff().context_radius(1).iter_hunks() {
        out.push_str(&format!("{frame}{}{frame:#}\n", hunk.header()));
        for change in hunk.iter_changes() {
            let line = change.value().trim_end_matches(['\n', '\r']);
            match change.tag() {
                ChangeTag::Equal => out.push_str(&format!(" {line}\n")),
                ChangeTag::Insert => out.push_str(&format!("{added}+{line}{added:#}\n")),
                ChangeTag::Delete => out.push_str(&format!("{removed}-{line}{removed:#}\n")),
            }
            if change.missing_newline() {
                out.push_str("\\ No newline at end of file\n");
            }
        }
    }
    out
}
