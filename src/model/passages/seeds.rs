//! Where a short row of signs stood before: chains of equal hashes, as in the dictionary of a Lempel–Ziv compressor.

/// Signs in a seed. Two passages of `n` signs that differ in `e` of them share an unbroken row of at least `(n - e) / (e + 1)` signs, so every
/// pair with `n >= (SEED + 1) * e + SEED` has a seed in common.
pub(super) const SEED: usize = 7;

/// How many earlier places of one seed are tried, the nearest first. A row of seven signs that is more frequent than that is a set phrase, and a
/// passage that has it has others.
const LONGEST_CHAIN: usize = 12;

const NONE: u32 = u32::MAX;

/// The earlier places of every seed met so far; eight bytes for each sign of the draft.
pub(super) struct Seeds<'a> {
    symbols: &'a [char],
    /// The latest place of each hash.
    heads: Vec<u32>,
    /// The place before, of the same hash.
    before: Vec<u32>,
    bits: u32,
}

impl<'a> Seeds<'a> {
    pub(super) fn new(symbols: &'a [char]) -> Self {
        let bits = usize::BITS - symbols.len().leading_zeros();
        let bits = bits.clamp(8, 24);
        Seeds {
            symbols,
            heads: vec![NONE; 1 << bits],
            before: vec![NONE; symbols.len()],
            bits,
        }
    }

    /// Notes the seed at `position`; positions come in rising order.
    pub(super) fn note(&mut self, position: usize) {
        if let Some(hash) = self.hash(position) {
            self.before[position] = self.heads[hash];
            self.heads[hash] = position as u32;
        }
    }

    /// Earlier places at which the seed at `position` stands too, nearest first, none of them overlapping it.
    pub(super) fn earlier(&self, position: usize) -> impl Iterator<Item = usize> + '_ {
        let mut next = self.hash(position).map_or(NONE, |hash| self.heads[hash]);
        let chain = std::iter::from_fn(move || {
            (next != NONE).then(|| {
                let place = next as usize;
                next = self.before[place];
                place
            })
        });
        chain
            .take(LONGEST_CHAIN)
            .filter(move |&place| place + SEED <= position && self.symbols[place..place + SEED] == self.symbols[position..position + SEED])
    }

    fn hash(&self, position: usize) -> Option<usize> {
        let seed = self.symbols.get(position..position + SEED)?;
        let mixed = seed.iter().fold(0u64, |hash, symbol| {
            (hash.rotate_left(5) ^ u64::from(*symbol)).wrapping_mul(0x517c_c1b7_2722_0a95)
        });
        Some((mixed >> (u64::BITS - self.bits)) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn earlier_places_are_found_nearest_first() {
        let symbols: Vec<char> = "甲一二三四五六七乙一二三四五六七丙一二三四五六七".chars().collect();
        let mut seeds = Seeds::new(&symbols);
        (0..17).for_each(|position| seeds.note(position));
        assert_eq!(seeds.earlier(17).collect::<Vec<_>>(), [9, 1]);
    }
}
