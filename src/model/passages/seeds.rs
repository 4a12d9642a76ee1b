//! Where a short row of signs stood before: chains of equal hashes, as in the dictionary of a Lempel–Ziv compressor.

/// Signs in a seed. Two passages of `n` signs that differ in `e` of them share an unbroken row of at least `(n - e) / (e + 1)` signs, so every
/// pair with `n >= (SEED + 1) * e + SEED` has a seed in common.
pub(super) const SEED: usize = 7;

/// How many earlier places of one seed are tried, the nearest first. A row of seven signs that is more frequent than that is a set phrase, and a
/// passage that has it has others.
const LONGEST_CHAIN: usize = 12;

/// How often a row of signs must stand in a draft, and how short the run of such rows must be, for it to be a set phrase. What is both frequent
/// and long is a passage with many copies.
const FREQUENT: usize = 4;
const LONGEST_SET_PHRASE: usize = 20;

const NONE: u32 = u32::MAX;

/// The places of every seed in a draft; eight bytes for each of its signs.
pub(super) struct Seeds<'a> {
    symbols: &'a [char],
    /// For each place, the nearest one before it whose seed has the same hash.
    before: Vec<u32>,
}

impl<'a> Seeds<'a> {
    pub(super) fn of(symbols: &'a [char]) -> Self {
        let bits = (usize::BITS - symbols.len().leading_zeros()).clamp(8, 24);
        let mut latest = vec![NONE; 1 << bits];
        let mut before = vec![NONE; symbols.len()];
        for (position, seed) in symbols.windows(SEED).enumerate() {
            let hash = hash(seed, bits);
            before[position] = latest[hash];
            latest[hash] = position as u32;
        }
        Seeds { symbols, before }
    }

    /// Earlier places at which the seed at `position` stands too, nearest first, none of them overlapping it.
    pub(super) fn earlier(&self, position: usize) -> impl Iterator<Item = usize> + '_ {
        let mut next = self.before[position];
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

    /// For each sign of the draft, whether it belongs to a phrase that the draft uses again and again.
    pub(super) fn set_phrases(&self) -> Vec<bool> {
        let frequent = self.frequent();
        let mut marked = vec![false; self.symbols.len()];
        let mut run = 0..0;
        for (position, frequent) in frequent.iter().chain([&false]).enumerate() {
            if *frequent {
                run = if run.is_empty() { position } else { run.start }..position + SEED;
                continue;
            }
            if run.len() <= LONGEST_SET_PHRASE {
                marked[run.clone()].fill(true);
            }
            run = 0..0;
        }
        marked
    }

    /// For each place, whether its seed stands in the draft [`FREQUENT`] times.
    fn frequent(&self) -> Vec<bool> {
        let mut frequent = vec![false; self.symbols.len()];
        for position in 0..self.symbols.len() {
            if self.earlier(position).nth(FREQUENT - 2).is_some() {
                frequent[position] = true;
                self.earlier(position).for_each(|place| frequent[place] = true);
            }
        }
        frequent
    }
}

fn hash(seed: &[char], bits: u32) -> usize {
    let mixed = seed.iter().fold(0u64, |hash, symbol| {
        (hash.rotate_left(5) ^ u64::from(*symbol)).wrapping_mul(0x517c_c1b7_2722_0a95)
    });
    (mixed >> (u64::BITS - bits)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_rows_that_return_are_set_phrases_and_long_ones_are_not() {
        let (phrase, passage) = ("农业农村主管部门", "修复机井三十眼疏浚沟渠九公里加固堤坝两处栽植护岸林木");
        let text: String = ["甲", "乙", "丙", "丁"]
            .iter()
            .map(|next| format!("{phrase}{next}{passage}{next}{next}"))
            .collect();
        let symbols: Vec<char> = text.chars().collect();
        let marked = Seeds::of(&symbols).set_phrases();
        let kept: String = symbols
            .iter()
            .zip(&marked)
            .filter(|(_, marked)| !**marked)
            .map(|(symbol, _)| *symbol)
            .collect();
        assert!(!kept.contains(phrase) && kept.matches(passage).count() == 4, "{kept}");
    }

    #[test]
    fn earlier_places_are_found_nearest_first() {
        let symbols: Vec<char> = "甲一二三四五六七乙一二三四五六七丙一二三四五六七".chars().collect();
        let seeds = Seeds::of(&symbols);
        assert_eq!(seeds.earlier(17).collect::<Vec<_>>(), [9, 1]);
    }
}
