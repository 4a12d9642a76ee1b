//! Edits that mend a finding, and how they are applied.

use std::ops::Range;

use crate::finding::{Bilingual, Finding};

/// Replace the bytes of `range` with `text`.
#[derive(Debug, Clone, PartialEq, Eq)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// The edits of the first admissible fix of each finding, in text order. A fix is taken whole or not at all: one that touches a place which an
/// earlier fix already changes is left for the next round.
pub fn choose(findings: &[Finding], allow_unsafe: bool) -> Vec<Edit> {
    let mut chosen: Vec<Edit> = Vec::new();
    for finding in findings {
        let Some(fix) = finding.fixes.first().filter(|fix| fix.safe || allow_unsafe) else {
            continue;
        };
        if fix.edits.iter().any(|edit| chosen.iter().any(|other| collide(edit, other))) {
            continue;
        }
        chosen.extend(fix.edits.iter().cloned());
    }
    chosen.sort_by_key(|edit| (edit.range.start, edit.range.end));
    chosen
}

/// Whether two edits may not be applied together: they overlap, touch, or insert at the same place.
fn collide(a: &Edit, b: &Edit) -> bool {
    a.range.start <= b.range.end && b.range.start <= a.range.end
}
