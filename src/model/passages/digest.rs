//! Contents lists and digests: lines at the head of a draft that stand again, one after the other, as the titles of its parts.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::draft::Draft;

/// Lines that return as titles, from which on they are a list of contents.
const FEWEST: usize = 3;

/// The blocks of a digest; what they say is said again below by right.
pub(super) fn find(draft: &Draft) -> Range<usize> {
    let pairs = repeated_lines(draft);
    // Titles come in the order of the list, and all behind it.
    let Some((first, _)) = pairs.first().copied() else { return 0..0 };
    let mut last = first;
    let mut title = first;
    let mut count = 0;
    for (line, again) in pairs {
        if again > title {
            (last, title) = (line, again);
            count += 1;
        }
    }
    let is_list = count >= FEWEST && last - first < FEWEST * count;
    if is_list { first..last + 1 } else { 0..0 }
}

/// Short lines that stand once more: where they stand first and where they stand next, in the order of the first.
fn repeated_lines(draft: &Draft) -> Vec<(usize, usize)> {
    let mut first: FxHashMap<Vec<char>, usize> = FxHashMap::default();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for block in 0..draft.pieces().len() {
        let Some(line) = line(draft, block) else { continue };
        match first.get(&line) {
            Some(before) => pairs.push((*before, block)),
            None => {
                first.insert(line, block);
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup_by_key(|(line, _)| *line);
    // What stands behind the first title is no contents list any more.
    let first_title = pairs.iter().map(|(_, again)| *again).min().unwrap_or_default();
    pairs.retain(|(line, _)| *line < first_title);
    pairs
}

/// The signs of a line that may be a title, without its label.
fn line(draft: &Draft, block: usize) -> Option<Vec<char>> {
    const SHORTEST: usize = 4;
    const LONGEST: usize = 60;
    let piece = &draft.pieces()[block];
    let facts = piece.facts();
    if piece.block().is_cell() || piece.prose().ends_with(['。', '！']) || facts.wording.signs.len() > LONGEST {
        return None;
    }
    let label = facts.markers.first().filter(|marker| marker.opens).map_or(0, |marker| marker.range.end);
    let signs = facts.wording.signs.iter().filter(|sign| sign.start as usize >= label);
    let line: Vec<char> = signs.map(|sign| sign.symbol).collect();
    (line.len() >= SHORTEST).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn digest(text: &str) -> Range<usize> {
        find(&Draft::new(text, Format::Plain))
    }

    #[test]
    fn lines_that_return_as_titles_are_a_digest() {
        let text = "要目\n1.县里召开防汛调度会，部署值守；\n2.柳河大桥合龙；\n（1）主桥八百米；\n3.食堂试餐，家长来尝。”\n\n\
                    县里召开防汛调度会，部署值守\n会开得很短。\n柳河大桥合龙\n明年通车。\n食堂试餐，家长来尝\n味道不错。\n";
        assert_eq!(digest(text), 1..5);
    }

    #[test]
    fn two_equal_lines_or_items_in_another_order_are_none() {
        for text in [
            "一、农业\n完成情况\n存在问题\n二、工业\n完成情况\n存在问题\n",
            "1.修渠进展\n2.铺路进展\n3.架桥进展\n架桥的钱已到。\n架桥进展\n铺路进展\n修渠进展\n",
            "没有一行相同\n各写各的\n",
            "",
        ] {
            assert!(digest(text).len() < 2, "{text}: {:?}", digest(text));
        }
    }
}
