//! Lists that do not have the number of items that was announced.

use super::run::Verdict;
use super::slip::{Confidence, Kind};
use super::{List, ListId, Node};
use crate::draft::{Draft, Place};
use crate::facts::announcement::Announcement;
use crate::facts::marker::Shape;

/// An announcement and the list that disagrees with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miscount {
    pub list: ListId,
    /// What announces the list: 五件事.
    pub place: Place,
    pub announcement: Announcement,
    /// How many items the list has.
    pub counted: u32,
    pub confidence: Confidence,
}

/// The longest text between an announcement and its list, in characters.
const LONGEST_GAP: usize = 40;
/// A greater difference means that something else was announced.
const GREATEST_DIFFERENCE: u32 = 3;

pub(super) fn miscounts(draft: &Draft, nodes: &[Node], lists: &[List]) -> Vec<Miscount> {
    (0..lists.len()).filter_map(|list| miscount(draft, nodes, lists, list)).collect()
}

fn miscount(draft: &Draft, nodes: &[Node], lists: &[List], id: ListId) -> Option<Miscount> {
    let list = &lists[id];
    let shape = list.style.shape;
    if list.items.len() < 2 || matches!(shape, Shape::Word | Shape::Side | Shape::Caption(_) | Shape::Unit(_) | Shape::Path) {
        return None;
    }
    let counted = list.verdicts.iter().filter(|verdict| **verdict != Verdict::Foreign).count() as u32;
    let (block, announcement, confidence) = announcement_of(draft, nodes, list)?;
    let difference = announcement.count.abs_diff(counted);
    if difference == 0 || difference > GREATEST_DIFFERENCE || lacks_item(nodes, list, announcement.count) {
        return None;
    }
    let confidence = if announcement.is_quoted { Confidence::Faint } else { confidence };
    Some(Miscount {
        list: id,
        place: Place::new(block, announcement.range.clone()),
        announcement: announcement.clone(),
        counted,
        confidence,
    })
}

/// A missing number explains the difference, and is reported by itself.
fn lacks_item(nodes: &[Node], list: &List, count: u32) -> bool {
    let last = list.items.last().and_then(|&node| nodes[node].marker.as_ref());
    let has_gap = list.slips.iter().any(|slip| slip.kind == Kind::Gap);
    has_gap && last.is_some_and(|marker| marker.reading.number == count)
}

/// What announces a list: words right before it, in its paragraph or the one before, or the title of the section that it fills.
fn announcement_of<'a>(draft: &'a Draft, nodes: &[Node], list: &List) -> Option<(usize, &'a Announcement, Confidence)> {
    let first = &nodes[*list.items.first()?];
    let block = first.place.block;
    let within = &draft.pieces()[block].facts().announcements;
    let earlier = within.partition_point(|found| found.range.end <= first.place.start);
    if let Some(found) = earlier.checked_sub(1).map(|nearest| &within[nearest]) {
        return leads_in(draft.pieces()[block].prose(), found, first.place.start).map(|confidence| (block, found, confidence));
    }
    let before = block.checked_sub(1).filter(|_| first.opens())?;
    let prose = draft.pieces()[before].prose();
    let found = draft.pieces()[before].facts().announcements.last()?;
    leads_in(prose, found, prose.len()).map(|confidence| (before, found, confidence))
}

/// Whether an announcement leads to a list that begins at `end` of the same prose, or right after its end.
fn leads_in(prose: &str, found: &Announcement, end: usize) -> Option<Confidence> {
    let gap = prose.get(found.range.end..end)?.trim_end();
    if gap.chars().nth(LONGEST_GAP).is_some() || names_a_part(gap) {
        return None;
    }
    let inner = gap.trim_end_matches(['。', '：', ':', '，', ',', '；', ';', '—', '”']);
    if inner.is_empty() {
        let by_colon = gap.contains(['：', ':']);
        return if found.is_abstract {
            Some(Confidence::Likely)
        } else {
            by_colon.then_some(Confidence::Faint)
        };
    }
    // “十项活动，庆祝建县百年。一是…”: the count is the title's subject.
    let opens_title = prose[..found.range.start]
        .chars()
        .rev()
        .take(9)
        .take_while(|char| !matches!(char, '。' | '；' | '：' | '，'))
        .count()
        <= 8;
    let one_sentence = !inner.contains(['。', '；', '：', ';', ':', '！', '？']);
    (opens_title && one_sentence && found.is_abstract).then_some(Confidence::Likely)
}

/// Words after which a list gives only some of what was counted: 共27条，主要包括：一是…
fn names_a_part(gap: &str) -> bool {
    ["包括", "主要", "其中", "例如", "比如", "重点", "如："]
        .iter()
        .any(|word| gap.contains(word))
}
