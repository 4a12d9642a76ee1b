//! How often two characters stand side by side in a draft.

use super::row::{Cell, Row};

/// The counts of all pairs of Han characters without a mark between, in a table with open addressing: a draft has some hundred thousand different
/// pairs at most, however long it is.
pub(super) struct Bigrams {
    /// The two characters above the count; zero where there is no pair. The length is a power of two.
    slots: Vec<u64>,
    used: usize,
}

/// Bits of a count, which stops at the largest.
const COUNT: u32 = 16;
const MOST: u64 = (1 << COUNT) - 1;

impl Bigrams {
    pub(super) fn of(row: &Row) -> Self {
        let mut bigrams = Bigrams {
            slots: vec![0; 1 << 10],
            used: 0,
        };
        for pair in row.cells().windows(2).filter(|pair| pair[0].is_joined()) {
            bigrams.add(key(pair[0].code(), pair[1].code()));
        }
        bigrams
    }

    pub(super) fn count(&self, left: char, right: char) -> usize {
        self.count_of_key(key(u64::from(left), u64::from(right)))
    }

    pub(super) fn count_of(&self, left: Cell, right: Cell) -> usize {
        self.count_of_key(key(left.code(), right.code()))
    }

    fn count_of_key(&self, key: u64) -> usize {
        (self.slots[self.slot(key)] & MOST) as usize
    }

    fn add(&mut self, key: u64) {
        let slot = self.slot(key);
        let known = &mut self.slots[slot];
        if *known != 0 {
            *known += u64::from(*known & MOST < MOST);
            return;
        }
        *known = key | 1;
        self.used += 1;
        if self.used * 2 > self.slots.len() {
            self.grow();
        }
    }

    fn grow(&mut self) {
        let doubled = vec![0; self.slots.len() * 2];
        let known = std::mem::replace(&mut self.slots, doubled);
        for pair in known.into_iter().filter(|pair| *pair != 0) {
            let slot = self.slot(pair & !MOST);
            self.slots[slot] = pair;
        }
    }

    /// The slot of a pair, or the empty one where it belongs.
    fn slot(&self, key: u64) -> usize {
        let mixed = key.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut slot = (mixed >> (u64::BITS - self.slots.len().trailing_zeros())) as usize;
        while self.slots[slot] != 0 && self.slots[slot] & !MOST != key {
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        slot
    }
}

fn key(left: u64, right: u64) -> u64 {
    (left << 21 | right) << COUNT
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Draft;
    use crate::source::Format;

    #[test]
    fn pairs_are_counted_in_the_whole_draft() {
        let others: String = ('\u{4E00}'..='\u{5000}').collect();
        let draft = Draft::new(&format!("修渠，修渠。\n{others}修，渠道3修渠\u{20BB7}\n"), Format::Plain);
        let bigrams = Bigrams::of(&Row::of(&draft));
        for (pair, count) in [("修渠", 3), ("渠道", 1), ("渠修", 0), ("渠\u{20BB7}", 1), ("丁七", 0), ("一丁", 1)] {
            let mut chars = pair.chars();
            let (left, right) = (chars.next().unwrap(), chars.next().unwrap());
            assert_eq!(bigrams.count(left, right), count, "{pair}");
        }
    }
}
