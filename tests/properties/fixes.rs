//! Fixes come to an end, and change nothing beside the places they name.

use jiaogao::draft::Draft;
use jiaogao::fix::{self, Edit};

use super::draft::Written;
use super::lint::lint;

/// More rounds than any draft should need, not counting those that make it shorter: a fix may lay open another slip, but not one after the other.
const MOST_ROUNDS: usize = 12;

pub fn holds(data: &[u8]) {
    let written = Written::of(data);
    let allow_unsafe = written.choices & 1 == 1;
    let mut draft = written.draft();
    let mut rounds = 0;
    loop {
        let findings = lint(&draft);
        let edits = fix::choose(&findings, allow_unsafe);
        let before = draft.text().to_string();
        let after = fix::apply(&before, &edits);
        assert_rest_untouched(&before, &edits, &after);
        if after == before {
            return;
        }
        rounds += usize::from(after.len() >= before.len());
        assert!(rounds < MOST_ROUNDS, "fixes do not come to an end, {edits:?} in {before:?}");
        draft = Draft::new(&after, written.format);
    }
}

/// Takes the mended text apart from its end: each edit's text, and what stood behind it before.
fn assert_rest_untouched(before: &str, edits: &[Edit], after: &str) {
    let (mut before, mut after) = (before, after);
    for edit in edits.iter().rev() {
        let (front, behind) = (before.get(..edit.range.start), before.get(edit.range.end..));
        let (front, behind) = front
            .zip(behind)
            .unwrap_or_else(|| panic!("{edit:?} overlaps the next one or tears a character"));
        let rest = after.strip_suffix(behind).and_then(|rest| rest.strip_suffix(edit.text.as_str()));
        after = rest.unwrap_or_else(|| panic!("{edit:?} changed what stands behind it"));
        before = front;
    }
    assert_eq!(before, after);
}
