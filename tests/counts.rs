//! How often each rule speaks on each labelled draft: the blast radius of a change, seen in a diff.
//!
//! When a change is meant, `INSTA_UPDATE=always cargo test --test counts` writes the new counts; the diff belongs in the commit.

mod support;

use std::collections::BTreeMap;
use std::fmt::Write;

use support::{Labelled, labelled_drafts};

#[test]
fn rules_speak_as_often_as_before() {
    let mut shown = String::new();
    let mut totals = BTreeMap::new();
    for draft in labelled_drafts() {
        let counts = counts(&draft);
        writeln!(shown, "{}", draft.name).unwrap();
        for ((rule, severity), count) in counts {
            writeln!(shown, "    {rule} {severity} {count}").unwrap();
            *totals.entry((rule, severity)).or_insert(0) += count;
        }
    }
    shown.push_str("all drafts\n");
    for ((rule, severity), count) in totals {
        writeln!(shown, "    {rule} {severity} {count}").unwrap();
    }
    insta::assert_snapshot!(shown);
}

fn counts(draft: &Labelled) -> BTreeMap<(&'static str, &'static str), usize> {
    let mut counts = BTreeMap::new();
    for finding in draft.lint() {
        *counts.entry((finding.rule, finding.severity.name())).or_insert(0) += 1;
    }
    counts
}
