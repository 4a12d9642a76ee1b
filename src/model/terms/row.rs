//! The signs of a draft in one row, with what readers of names ask of each of them.

use super::sound::is_free;
use crate::draft::Draft;
use crate::facts::clause::Sign;
use crate::script::is_han;

/// The signs of all blocks, one after the other.
pub(super) struct Row {
    cells: Vec<Cell>,
    /// The place of each block's first sign in the row.
    firsts: Vec<u32>,
}

/// A sign of the draft: its block, and its index there.
pub(super) type Spot = (usize, usize);

/// A character, and what is known of it, in one word.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cell(u32);

impl Cell {
    const CHARACTER: u32 = (1 << 21) - 1;
    const JOINED: u32 = 1 << 31;
    const RARE: u32 = 1 << 30;
    const FREE: u32 = 1 << 29;
    const RETURNS: u32 = 1 << 28;

    /// The code of the character.
    #[inline]
    pub(super) fn code(self) -> u64 {
        u64::from(self.0 & Self::CHARACTER)
    }

    pub(super) fn character(self) -> char {
        char::from_u32(self.0 & Self::CHARACTER).unwrap_or_default()
    }

    /// Whether it and the next sign are Han characters without a mark between.
    #[inline]
    pub(super) fn is_joined(self) -> bool {
        self.0 & Self::JOINED != 0
    }

    /// Whether each of them is joined to the next sign.
    #[inline]
    pub(super) fn are_joined(cells: &[Cell]) -> bool {
        cells.iter().fold(Self::JOINED, |all, cell| all & cell.0) != 0
    }

    /// Whether it is joined to the next sign, and the two stand side by side elsewhere too. A row of signs that stands twice is made of such pairs.
    #[inline]
    pub(super) fn returns(self) -> bool {
        self.0 & Self::RETURNS != 0
    }

    /// Whether it stands beside its neighbours hardly anywhere else.
    #[inline]
    pub(super) fn is_rare(self) -> bool {
        self.0 & Self::RARE != 0
    }

    /// Whether it changes from use to use of one name without a slip.
    #[inline]
    pub(super) fn is_free(self) -> bool {
        self.0 & Self::FREE != 0
    }

    pub(super) fn mark_rare(&mut self) {
        self.0 |= Self::RARE;
    }

    pub(super) fn mark_returning(&mut self) {
        self.0 |= Self::RETURNS;
    }
}

impl Row {
    pub(super) fn of(draft: &Draft) -> Self {
        let count = draft.pieces().iter().map(|piece| piece.facts().wording.signs.len()).sum();
        let mut row = Row {
            cells: Vec::with_capacity(count),
            firsts: Vec::with_capacity(draft.pieces().len()),
        };
        for piece in draft.pieces() {
            row.firsts.push(row.cells.len() as u32);
            let signs = &piece.facts().wording.signs;
            row.cells.extend(signs.iter().enumerate().map(|(at, sign)| {
                let joined = signs.get(at + 1).is_some_and(|next| do_adjoin(sign, next));
                let free = is_free(sign.symbol);
                Cell(sign.symbol as u32 | if joined { Cell::JOINED } else { 0 } | if free { Cell::FREE } else { 0 })
            }));
        }
        row
    }

    pub(super) fn cells(&self) -> &[Cell] {
        &self.cells
    }

    pub(super) fn cells_mut(&mut self) -> &mut [Cell] {
        &mut self.cells
    }

    /// The signs of one block.
    pub(super) fn block(&self, block: usize) -> &[Cell] {
        let end = self.firsts.get(block + 1).map_or(self.cells.len(), |end| *end as usize);
        &self.cells[self.firsts[block] as usize..end]
    }

    pub(super) fn spot(&self, at: usize) -> Spot {
        let block = self.firsts.partition_point(|first| *first as usize <= at) - 1;
        (block, at - self.firsts[block] as usize)
    }

    /// The Han characters beside a sign, without a mark between.
    pub(super) fn neighbours(&self, at: usize) -> (Option<char>, Option<char>) {
        let left = at.checked_sub(1).map(|left| self.cells[left]).filter(|left| left.is_joined());
        let right = self.cells[at].is_joined().then(|| self.cells[at + 1]);
        (left.map(Cell::character), right.map(Cell::character))
    }
}

/// Whether two neighbouring signs are Han characters without a mark between.
pub(super) fn do_adjoin(left: &Sign, right: &Sign) -> bool {
    left.end == right.start && is_han(left.symbol) && is_han(right.symbol)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    #[test]
    fn signs_are_known_by_their_places() {
        let draft = Draft::new("修渠，开闸。\n\n三、38眼\n井\n", Format::Plain);
        let row = Row::of(&draft);
        let text: String = row.cells().iter().map(|cell| cell.character()).collect();
        let joined: Vec<bool> = row.cells().iter().map(|cell| cell.is_joined()).collect();
        assert_eq!(text, "修渠开闸三0眼井");
        assert_eq!(joined, [true, false, true, false, false, false, false, false]);
        let last = row.cells().len() - 1;
        assert_eq!((row.spot(last), row.neighbours(last)), ((2, 0), (None, None)));
        assert_eq!((row.spot(1), row.neighbours(1)), ((0, 1), (Some('修'), None)));
    }
}
