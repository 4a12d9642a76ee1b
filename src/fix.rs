//! Edits that mend a finding, and how they are applied.

use std::collections::BTreeSet;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::finding::{Bilingual, Finding};

/// Replace the bytes of `range` with `text`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edit {
    pub range: Range<usize>,
    pub text: String,
}

impl Edit {
    pub fn replace(range: Range<usize>, text: impl Into<String>) -> Self {
        Edit { range, text: text.into() }
    }

    pub fn delete(range: Range<usize>) -> Self {
        Edit { range, text: String::new() }
    }

    pub fn insert(at: usize, text: impl Into<String>) -> Self {
        Edit {
            range: at..at,
            text: text.into(),
        }
    }
}

/// A way to mend a finding. A safe fix cannot change what the draft says; an unsafe one is a proposal that a person must look at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    pub title: Bilingual,
    pub safe: bool,
    /// Sorted by place and not overlapping.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix that may be applied without a person looking at it.
    pub fn safe(title: Bilingual, edits: impl Into<Vec<Edit>>) -> Self {
        Fix::with_safety(title, edits.into(), true)
    }

    /// A fix that a person must confirm.
    pub fn r#unsafe(title: Bilingual, edits: impl Into<Vec<Edit>>) -> Self {
        Fix::with_safety(title, edits.into(), false)
    }

    fn with_safety(title: Bilingual, mut edits: Vec<Edit>, safe: bool) -> Self {
        edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
        debug_assert!(
            edits.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start),
            "edits of one fix overlap"
        );
        Fix { title, safe, edits }
    }
}

/// Applies edits that are sorted and do not overlap.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        out.push_str(&text[at..edit.range.start]);
        out.push_str(&edit.text);
        at = edit.range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// The edits of the fixes that [`choose_fixes`] takes, in text order.
pub fn choose(findings: &[Finding], allow_unsafe: bool) -> Vec<Edit> {
    edits(&choose_fixes(findings, allow_unsafe))
}

/// The first fix of each finding, where it is admissible. A fix is taken whole or not at all: one that overlaps or touches a place which an
/// earlier fix already changes, or inserts there, is left for the next round.
pub fn choose_fixes(findings: &[Finding], allow_unsafe: bool) -> Vec<&Fix> {
    // Fixes taken do not overlap each other, so of the changed places that start before a given end, the last one also ends last.
    let mut changed: BTreeSet<(usize, usize)> = BTreeSet::new();
    let is_free = |edit: &Edit, changed: &BTreeSet<(usize, usize)>| {
        let before = changed.range(..=(edit.range.end, usize::MAX)).next_back();
        before.is_none_or(|&(_, end)| end < edit.range.start)
    };
    let mut chosen = Vec::new();
    for finding in findings {
        let Some(fix) = finding.fixes.first().filter(|fix| fix.safe || allow_unsafe) else {
            continue;
        };
        if fix.edits.iter().all(|edit| is_free(edit, &changed)) {
            changed.extend(fix.edits.iter().map(|edit| (edit.range.start, edit.range.end)));
            chosen.push(fix);
        }
    }
    chosen
}

/// The edits of fixes that do not overlap, in text order.
pub fn edits(fixes: &[&Fix]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = fixes.iter().flat_map(|fix| fix.edits.iter().cloned()).collect();
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    edits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;

    fn finding(fix: Fix) -> Finding {
        Finding::new("stray/space", Severity::Warning, 0..1, Bilingual::fixed("空格", "a space")).fix(fix)
    }

    fn title() -> Bilingual {
        Bilingual::fixed("改正", "mend")
    }

    #[test]
    fn edits_are_applied_from_left_to_right() {
        let edits = [Edit::delete(0..1), Edit::insert(2, "x"), Edit::replace(3..4, "yz")];
        assert_eq!(apply("abcde", &edits), "bxcyze");
    }

    #[test]
    fn a_fix_that_touches_an_earlier_one_waits() {
        let findings = [
            finding(Fix::safe(title(), [Edit::delete(4..6)])),
            finding(Fix::safe(title(), [Edit::delete(0..2), Edit::delete(6..7)])),
            finding(Fix::safe(title(), [Edit::insert(4, "x")])),
            finding(Fix::safe(title(), [Edit::delete(0..3)])),
        ];
        assert_eq!(choose(&findings, false), [Edit::delete(0..3), Edit::delete(4..6)]);
    }

    #[test]
    fn an_edit_inside_a_long_one_waits() {
        let findings = [
            finding(Fix::safe(title(), [Edit::delete(0..100)])),
            finding(Fix::safe(title(), [Edit::delete(50..51)])),
        ];
        assert_eq!(choose(&findings, false), [Edit::delete(0..100)]);
    }

    #[test]
    fn edits_of_one_fix_may_touch() {
        let findings = [finding(Fix::safe(title(), [Edit::insert(2, "x"), Edit::delete(2..3)]))];
        assert_eq!(apply("abcd", &choose(&findings, false)), "abxd");
    }

    #[test]
    fn an_unsafe_fix_needs_leave_even_when_a_safe_one_follows() {
        let findings = [finding(Fix::r#unsafe(title(), [Edit::delete(0..1)])).fix(Fix::safe(title(), [Edit::delete(1..2)]))];
        assert!(choose(&findings, false).is_empty());
        assert_eq!(choose(&findings, true), [Edit::delete(0..1)]);
    }
}
