//! One finding for many slips of one sort.
//!
//! A scan or a web page has the same stray character hundreds of times. After the first few, one more finding tells the drafter nothing; one
//! finding with the count, and one fix for all places, does.

use std::hash::Hash;

use rustc_hash::FxHashMap;

use crate::draft::Place;
use crate::finding::{Bilingual, Finding};
use crate::fix::Edit;
use crate::rule::Context;

/// As many slips of one sort are reported one by one; where there are more, they become one finding.
const MOST_APART: usize = 5;

/// As many further places are pointed at by a finding for all.
const MOST_RELATED: usize = 20;

/// Groups slips by sort. Each group becomes one finding: it holds one slip, or all of a sort that has too many.
pub(super) fn groups<K: Eq + Hash, T>(slips: impl Iterator<Item = (K, T)>) -> Vec<Vec<T>> {
    let sorts = all(slips);
    let mut groups = Vec::with_capacity(sorts.len());
    for sort in sorts {
        if sort.len() > MOST_APART {
            groups.push(sort);
        } else {
            groups.extend(sort.into_iter().map(|slip| vec![slip]));
        }
    }
    groups
}

/// Groups slips by sort, all of one sort together.
pub(super) fn all<K: Eq + Hash, T>(slips: impl Iterator<Item = (K, T)>) -> Vec<Vec<T>> {
    let mut index_of: FxHashMap<K, usize> = FxHashMap::default();
    let mut sorts: Vec<Vec<T>> = Vec::new();
    for (sort, slip) in slips {
        let index = *index_of.entry(sort).or_insert_with(|| {
            sorts.push(Vec::new());
            sorts.len() - 1
        });
        sorts[index].push(slip);
    }
    sorts
}

/// “，全文共N处” for a group of several slips, nothing for a single one.
pub(super) fn count(slips: usize) -> (String, String) {
    match slips {
        0 | 1 => (String::new(), String::new()),
        _ => (format!("，全文共{slips}处"), format!(" ({slips} places in all)")),
    }
}

/// Points at the places after the first.
pub(super) fn relate<'p>(context: &Context, finding: Finding, places: impl Iterator<Item = &'p Place>) -> Finding {
    places.skip(1).take(MOST_RELATED).fold(finding, |finding, place| {
        let message = Bilingual::fixed("这里也有", "Here as well");
        finding.related(context.source_range(place), message)
    })
}

/// Edits of several slips in text order, without those that overlap an earlier one.
pub(super) fn apart(edits: impl Iterator<Item = Edit>) -> Vec<Edit> {
    let mut edits: Vec<Edit> = edits.collect();
    edits.sort_by_key(|edit| edit.range.start);
    let mut end = 0;
    edits.retain(|edit| {
        let apart = edit.range.start >= end;
        if apart {
            end = edit.range.end;
        }
        apart
    });
    edits
}
