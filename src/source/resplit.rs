//! An edited draft into blocks, where only the lines around the edit are cut anew.
//!
//! Plain text is cut line by line, except for three decisions about the draft as a whole or about neighbours: whether its lines are wrapped, what a
//! printer put on every page, and whether a paragraph was torn. The first two stay as they are where a line too wide for any page was not
//! edited and no line looks like a page number; the third is made anew for the neighbours of the edit.

use std::ops::Range;

use super::block::Block;
use super::{finish, page, plain};
use crate::text::Text;

/// The blocks of a whole draft that an edit replaces, and what replaces them.
pub struct Resplit {
    /// Indices of the old blocks.
    pub replaced: Range<usize>,
    pub blocks: Vec<Block>,
}

/// Whether a plain draft is one of which parts may be cut anew: nothing in it looks like a page number.
pub fn is_steady(text: &str) -> bool {
    !plain::paragraphs(text).iter().any(|range| page::is_page_number(&text[range.clone()]))
}

/// What becomes of the blocks of a steady draft of plain text when the first `front` and the last `back` bytes of its text stay. `None` if the whole
/// has to be cut anew.
pub fn resplit<'a>(old: &Text, blocks: impl Fn(usize) -> &'a Block, count: usize, new: &Text, (front, back): (usize, usize)) -> Option<Resplit> {
    let end = |index: usize| blocks(index).range.end;
    let start = |index: usize| blocks(index).range.start;
    let first = partition_point(count, |index| end(index) < front).saturating_sub(1);
    let behind = partition_point(count, |index| start(index) <= old.len() - back) + 1;
    // Whole lines, with a block on either side that was not edited.
    let replaced = whole_lines(old, &blocks, count, first..behind.min(count));
    let line_of = |byte: usize| old.line_range(old.line_at(byte));
    let from = if replaced.start == 0 { 0 } else { line_of(start(replaced.start)).start };
    let to = if replaced.end < count {
        line_of(end(replaced.end - 1)).end
    } else {
        old.len()
    };
    let has_wide_line = wide_outside(old, &blocks, count, &replaced);
    let shift = new.len() as isize - old.len() as isize;
    let excerpt = new.slice(from..to.checked_add_signed(shift)?);
    if !has_wide_line || to < old.len() - back || !is_steady(&excerpt) {
        return None;
    }
    let mut cut = finish(&excerpt, plain::one_to_a_line(&excerpt));
    cut.iter_mut()
        .for_each(|block| block.range = block.range.start + from..block.range.end + from);
    if replaced.end < count {
        // What stands behind goes on from the last block, which must be what it was.
        let last = blocks(replaced.end.checked_sub(1)?);
        let moved = Block {
            range: last.range.start.checked_add_signed(shift)?..last.range.end.checked_add_signed(shift)?,
            ..last.clone()
        };
        cut.last().filter(|block| **block == moved)?;
    }
    Some(Resplit { replaced, blocks: cut })
}

/// Some blocks and all others that have part of a line with them: a line may hold several blocks, and a torn paragraph reaches over several lines.
fn whole_lines<'a>(text: &Text, blocks: &impl Fn(usize) -> &'a Block, count: usize, indices: Range<usize>) -> Range<usize> {
    let (mut first, mut behind) = (indices.start, indices.end);
    while first > 0 && text.line_at(blocks(first - 1).range.end) == text.line_at(blocks(first).range.start) {
        first -= 1;
    }
    while behind > 0 && behind < count && text.line_at(blocks(behind - 1).range.end) == text.line_at(blocks(behind).range.start) {
        behind += 1;
    }
    first..behind
}

/// Whether one of the blocks that stay is a line too wide for a wrapped draft. The longest few are looked at.
fn wide_outside<'a>(text: &Text, blocks: &impl Fn(usize) -> &'a Block, count: usize, replaced: &Range<usize>) -> bool {
    let stays = (0..replaced.start).chain(replaced.end..count).map(blocks);
    let longest = stays.filter(|block| block.joints.is_empty()).max_by_key(|block| block.range.len());
    longest.is_some_and(|block| {
        let text = text.slice(block.range.clone());
        // Where lines are wrapped already, a block is several of them.
        plain::lines(&text).all(|line| plain::is_too_wide_to_be_wrapped(&text[line]))
    })
}

fn partition_point(count: usize, is_before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if is_before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}
