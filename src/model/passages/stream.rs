//! The signs of a whole draft in one row, so that a passage may run across the borders of blocks.

use std::ops::Range;

use super::digest;
use crate::draft::Draft;
use crate::facts::clause::{NUMBER, Sign, Wording};
use crate::facts::fingerprint::Fingerprint;
use crate::numeral;

/// All running words of a draft. Positions count signs from the draft's start; cells of tables are left out.
pub(super) struct Stream<'a> {
    draft: &'a Draft,
    symbols: Vec<char>,
    /// Of each sign, whether it is running text that says something of the draft's own.
    own: Vec<bool>,
    /// The block of each sign.
    blocks: Vec<u32>,
    /// Position of the first sign of each block, and the total at the end.
    firsts: Vec<usize>,
}

impl<'a> Stream<'a> {
    pub(super) fn of(draft: &'a Draft) -> Self {
        let mut symbols = Vec::with_capacity(draft.text().len() / 3);
        let mut own = Vec::with_capacity(draft.text().len() / 3);
        let mut blocks = Vec::with_capacity(draft.text().len() / 3);
        let mut firsts = Vec::with_capacity(draft.pieces().len() + 1);
        let digest = digest::find(draft);
        for (block, piece) in draft.pieces().iter().enumerate() {
            firsts.push(symbols.len());
            if !piece.block().is_cell() {
                let wording = &piece.facts().wording;
                symbols.extend(wording.signs.iter().map(|sign| sign.symbol));
                let says = wording.running && !digest.contains(&block);
                own.extend(wording.signs.iter().map(|sign| sign.own && says));
                blocks.resize(symbols.len(), block as u32);
            }
        }
        firsts.push(symbols.len());
        Stream {
            draft,
            symbols,
            own,
            blocks,
            firsts,
        }
    }

    /// The wordings of all blocks that take part.
    pub(super) fn wordings(draft: &Draft) -> impl Iterator<Item = &Wording> + Clone {
        let pieces = draft.pieces().iter().filter(|piece| !piece.block().is_cell());
        pieces.map(|piece| &piece.facts().wording)
    }

    /// The fingerprints of all rows of signs that lie inside a block, with their positions.
    pub(super) fn fingerprints(&self) -> impl Iterator<Item = (usize, Fingerprint)> + '_ {
        let pieces = self.draft.pieces().iter().zip(&self.firsts).filter(|(piece, _)| !piece.block().is_cell());
        pieces.flat_map(|(piece, first)| (*first..).zip(piece.facts().wording.fingerprints.iter().copied()))
    }

    pub(super) fn symbols(&self) -> &[char] {
        &self.symbols
    }

    pub(super) fn own(&self) -> &[bool] {
        &self.own
    }

    pub(super) fn len(&self) -> usize {
        self.symbols.len()
    }

    /// The position of the first sign of a block.
    pub(super) fn first_of(&self, block: usize) -> usize {
        self.firsts[block]
    }

    /// The block that a position belongs to.
    pub(super) fn block_at(&self, position: usize) -> usize {
        self.blocks[position] as usize
    }

    pub(super) fn wording(&self, block: usize) -> &'a Wording {
        &self.draft.pieces()[block].facts().wording
    }

    pub(super) fn prose(&self, block: usize) -> &'a str {
        self.draft.pieces()[block].prose()
    }

    /// The sign at a position, with its block.
    pub(super) fn sign(&self, position: usize) -> (usize, &'a Sign) {
        let block = self.block_at(position);
        (block, &self.wording(block).signs[position - self.firsts[block]])
    }
}

/// Signs that a copied clause must have at least, and the part of the clause, for it to count at the end of a passage.
const SHORTEST_PART: usize = 4;

impl Stream<'_> {
    /// Where a run starts when a first clause of which too little belongs to it is left out.
    pub(super) fn trimmed_start(&self, run: &Range<usize>) -> usize {
        let clause = self.clause_at(run.start);
        let kept = clause.end.min(run.end) - run.start;
        if is_substantial(kept, clause.len()) {
            run.start
        } else {
            clause.end.min(run.end)
        }
    }

    /// Where a run ends when a last clause of which too little belongs to it is left out.
    pub(super) fn trimmed_end(&self, run: &Range<usize>) -> usize {
        let clause = self.clause_at(run.end - 1);
        let kept = run.end - clause.start.max(run.start);
        if is_substantial(kept, clause.len()) {
            run.end
        } else {
            clause.start.max(run.start)
        }
    }

    /// How many clauses lie inside a run as a whole.
    pub(super) fn whole_clauses(&self, run: &Range<usize>) -> usize {
        let mut count = 0;
        let mut at = run.start;
        while at < run.end {
            let clause = self.clause_at(at);
            count += usize::from(clause.start >= run.start && clause.end <= run.end);
            at = clause.end.max(at + 1);
        }
        count
    }

    /// Whether a run begins where a sentence begins, or at most a list label behind, and ends where one ends.
    pub(super) fn is_whole_sentences(&self, run: &Range<usize>) -> bool {
        const LABEL: usize = 3;
        let first = self.clause_at(run.start);
        let last = self.clause_at(run.end - 1);
        run.start - first.start <= LABEL && self.begins_sentence(first.start) && run.end == last.end && self.begins_sentence(last.end)
    }

    /// Whether the number at a position counts or names something else than a quantity: a year, a day, a session.
    pub(super) fn is_label(&self, position: usize) -> bool {
        let next = self.symbols.get(position + 1);
        let previous = position.checked_sub(1).map(|before| self.symbols[before]);
        previous == Some('第') || matches!(next, Some('年' | '月' | '日' | '届' | '次' | '号' | '时' | '条' | '款'))
    }

    /// Whether a number stands at the start of its block and ends with a mark, as in `3. 推广…` and `（3）推广…`.
    pub(super) fn is_item_label(&self, position: usize) -> bool {
        let (block, sign) = self.sign(position);
        let rest = &self.prose(block)[sign.end as usize..];
        sign.symbol == NUMBER && self.firsts[block] == position && rest.starts_with(['.', '．', '、', '）', ')'])
    }

    /// The number at a position; one in Han numerals reads as one in digits.
    pub(super) fn number(&self, position: usize) -> String {
        let (block, sign) = self.sign(position);
        let text = &self.prose(block)[sign.start as usize..sign.end as usize];
        numeral::parse_han(text).map_or_else(|| text.replace([',', '，'], ""), |number| number.to_string())
    }

    /// The sentence that a position belongs to, with the one before and the one behind it in its paragraph.
    pub(super) fn sentences_around(&self, position: usize) -> Range<usize> {
        /// Signs that are looked at on either side.
        const FURTHEST: usize = 160;
        let block = self.block_at(position);
        let bounds = self.firsts[block].max(position.saturating_sub(FURTHEST))..self.firsts[block + 1].min(position + FURTHEST);
        let clause = self.clause_at(position);
        let (mut start, mut borders) = (clause.start, 0);
        while start > bounds.start {
            borders += usize::from(self.begins_sentence(start));
            if borders == 2 {
                break;
            }
            start = self.clause_at(start - 1).start;
        }
        let (mut end, mut borders) = (clause.end, 0);
        while end < bounds.end {
            borders += usize::from(self.begins_sentence(end));
            if borders == 2 {
                break;
            }
            end = self.clause_at(end).end;
        }
        start..end
    }

    /// The positions of the clause that a position belongs to.
    pub(super) fn clause_at(&self, position: usize) -> Range<usize> {
        let (block, sign) = self.sign(position);
        let wording = self.wording(block);
        let index = wording.clauses.partition_point(|clause| clause.end <= sign.start as usize);
        let Some(clause) = wording.clauses.get(index) else {
            return position..position + 1;
        };
        let first = self.firsts[block];
        let start = wording.signs.partition_point(|sign| (sign.start as usize) < clause.range.start);
        let end = wording.signs.partition_point(|sign| (sign.start as usize) < clause.end);
        (first + start).min(position)..(first + end).max(position + 1)
    }

    /// Whether a sentence begins at a position: at the start of a block, or behind a mark that ends one.
    fn begins_sentence(&self, position: usize) -> bool {
        let Some(before) = position.checked_sub(1) else { return true };
        let (block, sign) = self.sign(before);
        if self.firsts[block + 1] == position {
            return true;
        }
        let clauses = &self.wording(block).clauses;
        let index = clauses.partition_point(|clause| clause.end <= sign.start as usize);
        clauses
            .get(index)
            .is_some_and(|clause| clause.ends_sentence && self.clause_at(before).end == position)
    }
}

fn is_substantial(kept: usize, whole: usize) -> bool {
    kept >= SHORTEST_PART && 2 * kept >= whole
}
