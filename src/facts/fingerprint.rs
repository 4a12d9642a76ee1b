//! Fingerprints of a block's wording, by which equal rows of signs are found in blocks far apart.

use super::clause::Sign;

/// How many signs in a row one fingerprint stands for.
pub const ROW: usize = 7;

/// Rows with equal signs have equal fingerprints; rows with unlike signs seldom have.
pub type Fingerprint = u32;

/// One fingerprint for each row of [`ROW`] signs, by the sign at which the row begins. Each is made from the one before by taking one sign out
/// and one in, as Karp and Rabin do (“Efficient randomized pattern-matching algorithms”, IBM Journal of Research and Development 31(2), 1987).
pub fn read(signs: &[Sign]) -> Vec<Fingerprint> {
    if signs.len() < ROW {
        return Vec::new();
    }
    let (first, rest) = signs.split_at(ROW);
    let mut hash = first.iter().fold(0, taken_in);
    let mut fingerprints = Vec::with_capacity(signs.len() - ROW + 1);
    fingerprints.push(upper_half(hash));
    for (gone, next) in signs.iter().zip(rest) {
        hash = taken_in(hash, next).wrapping_sub(LEADING.wrapping_mul(u64::from(gone.symbol)));
        fingerprints.push(upper_half(hash));
    }
    fingerprints
}

const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

/// The weight of a sign that has moved out of the row.
const LEADING: u64 = BASE.wrapping_pow(ROW as u32);

fn taken_in(hash: u64, sign: &Sign) -> u64 {
    hash.wrapping_mul(BASE).wrapping_add(u64::from(sign.symbol))
}

/// The upper bits depend on all signs of the row; the lower ones are mixed in because those of the first signs would weigh too little.
fn upper_half(hash: u64) -> Fingerprint {
    ((hash ^ (hash >> 29)).wrapping_mul(BASE) >> 32) as Fingerprint
}

#[cfg(test)]
mod tests {
    use super::super::clause;
    use super::*;
    use crate::facts::glance::Glance;

    fn fingerprints(prose: &str) -> Vec<Fingerprint> {
        clause::read(&Glance::at(prose)).fingerprints
    }

    #[test]
    fn equal_rows_have_equal_fingerprints_wherever_they_stand() {
        let near = fingerprints("清淤沟渠二十里");
        let far = fingerprints("入冬以来，全镇清淤沟渠二十里，修闸三座。");
        assert_eq!(near.len(), 0, "a numeral is one sign");
        let row = fingerprints("清淤沟渠河道塘坝");
        assert_eq!(row[..2], fingerprints("全镇清淤沟渠，河道、塘坝")[2..4]);
        assert!(row.iter().all(|fingerprint| !far.contains(fingerprint)));
    }

    #[test]
    fn short_blocks_have_none() {
        assert!(fingerprints("一、基本情况").is_empty());
        assert!(fingerprints("").is_empty());
    }
}
