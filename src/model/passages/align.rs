//! How far two places of a draft agree: from a common seed outwards, over small edits and a changed clause.

use std::ops::Range;

/// A row of signs that two places share without a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) source: usize,
    pub(super) copy: usize,
    pub(super) length: usize,
}

/// Two places that agree, as the stretches they share, in the order of the copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Alignment {
    pub(super) stretches: Vec<Stretch>,
}

impl Alignment {
    pub(super) fn source(&self) -> Range<usize> {
        let start = self.stretches.iter().map(|stretch| stretch.source).min();
        let end = self.stretches.iter().map(|stretch| stretch.source + stretch.length).max();
        start.unwrap_or_default()..end.unwrap_or_default()
    }

    pub(super) fn copy(&self) -> Range<usize> {
        let (first, last) = (self.stretches[0], self.stretches[self.stretches.len() - 1]);
        first.copy..last.copy + last.length
    }

    /// Whether the copy has what it shares in the order of the source.
    pub(super) fn keeps_order(&self) -> bool {
        self.stretches.is_sorted_by_key(|stretch| stretch.source)
    }

    /// The alignment with the clauses that only stand at another place in the copy; `None` if there are none. What lies between two stretches on
    /// one side is looked for between two others, or beside them all, on the other side.
    pub(super) fn with_moved_clauses(&self, symbols: &[char]) -> Option<Alignment> {
        const MOST_GAPS: usize = 6;
        let gaps = || self.stretches.windows(2);
        let mut left_out: Vec<Range<usize>> = gaps().map(|pair| pair[0].source + pair[0].length..pair[1].source).collect();
        let mut put_in: Vec<Range<usize>> = gaps().map(|pair| pair[0].copy + pair[0].length..pair[1].copy).collect();
        left_out.retain(|gap| gap.len() > SMALL_EDIT);
        put_in.retain(|gap| gap.len() > SMALL_EDIT);
        if left_out.len().max(put_in.len()) > MOST_GAPS || left_out.len() + put_in.len() == 0 {
            return None;
        }
        let (source, copy) = (self.source(), self.copy());
        left_out.push(source.start.saturating_sub(CHANGED_CLAUSE)..source.start);
        left_out.push(source.end..copy.start.min(source.end + CHANGED_CLAUSE));
        put_in.push(copy.start.saturating_sub(CHANGED_CLAUSE).max(source.end)..copy.start);
        put_in.push(copy.end..symbols.len().min(copy.end + CHANGED_CLAUSE));
        let mut stretches = self.stretches.clone();
        for copy in put_in {
            let found = left_out
                .iter()
                .enumerate()
                .find_map(|(index, source)| Some((index, moved(symbols, source, &copy)?)));
            if let Some((index, stretch)) = found {
                left_out.swap_remove(index);
                stretches.push(stretch);
            }
        }
        stretches.sort_unstable_by_key(|stretch| stretch.copy);
        (stretches.len() > self.stretches.len()).then_some(Alignment { stretches })
    }

    /// This and another alignment that lies before it in the copy, if the two lie side by side on both sides, in whatever order.
    pub(super) fn joined_to(&self, before: &Alignment, most_between: usize) -> Option<Alignment> {
        let follows = |first: &Range<usize>, second: &Range<usize>| (first.end..=first.end + most_between).contains(&second.start);
        if !follows(&before.copy(), &self.copy()) {
            return None;
        }
        let (first, second) = (before.source(), self.source());
        if !follows(&first, &second) && !follows(&second, &first) {
            return None;
        }
        let stretches = before.stretches.iter().chain(&self.stretches).copied().collect();
        Some(Alignment { stretches })
    }

    /// How many signs the two places share.
    pub(super) fn shared(&self) -> usize {
        self.stretches.iter().map(|stretch| stretch.length).sum()
    }

    /// Pairs of positions at which the two places have the same sign.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        self.stretches
            .iter()
            .flat_map(|stretch| (0..stretch.length).map(|step| (stretch.source + step, stretch.copy + step)))
    }

    /// The least and the greatest distance between a sign of the source and its copy.
    pub(super) fn shifts(&self) -> (usize, usize) {
        let shifts = self.stretches.iter().map(|stretch| stretch.copy - stretch.source);
        shifts.fold((usize::MAX, 0), |(least, greatest), shift| (least.min(shift), greatest.max(shift)))
    }
}

/// Signs that may differ in one edit within a clause, and signs that must agree again behind it.
const SMALL_EDIT: usize = 3;
const AFTER_SMALL_EDIT: usize = 4;
/// How many signs of either side such an edit may take up, the smallest first.
#[rustfmt::skip]
const SMALL_EDITS: [(usize, usize); 15] = [
    (1, 1), (1, 0), (0, 1),
    (2, 2), (2, 1), (1, 2), (2, 0), (0, 2),
    (3, 3), (3, 2), (2, 3), (3, 1), (1, 3), (3, 0), (0, 3),
];
/// Signs of a whole clause that was changed, put in or left out, and signs that must agree again behind it.
const CHANGED_CLAUSE: usize = 24;
const AFTER_CHANGED_CLAUSE: usize = 7;

/// Where one of two rows stands in the other.
fn moved(symbols: &[char], source: &Range<usize>, copy: &Range<usize>) -> Option<Stretch> {
    let length = source.len().min(copy.len());
    if length <= SMALL_EDIT {
        return None;
    }
    let position = |long: &Range<usize>, short: &Range<usize>| symbols[long.clone()].windows(length).position(|row| *row == symbols[short.clone()]);
    let (in_source, in_copy) = match source.len() > length {
        true => (position(source, copy)?, 0),
        false => (0, position(copy, source)?),
    };
    Some(Stretch {
        source: source.start + in_source,
        copy: copy.start + in_copy,
        length,
    })
}

/// Extends a seed in both directions, within the bounds of either side. The two places never overlap: the copy begins behind the source's end.
pub(super) fn align(symbols: &[char], seed: Stretch, source: Range<usize>, copy: Range<usize>) -> Alignment {
    let source_end = seed.source + seed.length;
    let mut stretches = before(symbols, seed, source.start, copy.start.max(source_end));
    stretches.push(seed);
    let copy_start = stretches[0].copy;
    stretches.extend(after(symbols, seed, source.end.min(copy_start), copy.end));
    Alignment {
        stretches: joined(stretches),
    }
}

fn before(symbols: &[char], seed: Stretch, source_start: usize, copy_start: usize) -> Vec<Stretch> {
    let walk: Walk<true> = Walk {
        left: &symbols[source_start.min(seed.source)..seed.source],
        right: &symbols[copy_start.min(seed.copy)..seed.copy],
    };
    let from_the_start = |steps: Stretch| Stretch {
        source: seed.source - steps.source - steps.length,
        copy: seed.copy - steps.copy - steps.length,
        length: steps.length,
    };
    walk.stretches().into_iter().rev().map(from_the_start).collect()
}

fn after(symbols: &[char], seed: Stretch, source_end: usize, copy_end: usize) -> Vec<Stretch> {
    let (source, copy) = (seed.source + seed.length, seed.copy + seed.length);
    let walk: Walk<false> = Walk {
        left: &symbols[source..source_end.max(source)],
        right: &symbols[copy..copy_end.max(copy)],
    };
    let from_the_start = |steps: Stretch| Stretch {
        source: source + steps.source,
        copy: copy + steps.copy,
        length: steps.length,
    };
    walk.stretches().into_iter().map(from_the_start).collect()
}

/// Stretches that follow each other without a difference become one.
fn joined(stretches: Vec<Stretch>) -> Vec<Stretch> {
    let mut joined: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for stretch in stretches {
        match joined.last_mut() {
            Some(last) if last.source + last.length == stretch.source && last.copy + last.length == stretch.copy => last.length += stretch.length,
            _ => joined.push(stretch),
        }
    }
    joined
}

/// Two rows of signs that are walked along in one direction, counting steps from the seed.
struct Walk<'a, const BACKWARD: bool> {
    left: &'a [char],
    right: &'a [char],
}

impl<const BACKWARD: bool> Walk<'_, BACKWARD> {
    /// What the two rows share, in walking order. Every sign shared counts for, every sign edited counts against; what comes behind an edit is
    /// kept when it outweighs the edit.
    fn stretches(&self) -> Vec<Stretch> {
        let mut stretches = Vec::new();
        let (mut source, mut copy) = (0, 0);
        let (mut score, mut best, mut kept) = (0i64, 0i64, 0);
        loop {
            let length = self.shared(source, copy);
            if length > 0 {
                stretches.push(Stretch { source, copy, length });
                score += length as i64;
                if score > best {
                    (best, kept) = (score, stretches.len());
                }
            }
            source += length;
            copy += length;
            let Some((skipped_source, skipped_copy)) = self.edit(source, copy) else {
                break;
            };
            score -= skipped_source.max(skipped_copy) as i64;
            if best - score > 2 * CHANGED_CLAUSE as i64 {
                break;
            }
            source += skipped_source;
            copy += skipped_copy;
        }
        stretches.truncate(kept);
        stretches
    }

    /// How many signs the rows share from here.
    fn shared(&self, source: usize, copy: usize) -> usize {
        let count = self.left.len().saturating_sub(source).min(self.right.len().saturating_sub(copy));
        if BACKWARD {
            let (left, right) = (&self.left[..self.left.len() - source], &self.right[..self.right.len() - copy]);
            let agree = |(left, right): &(&char, &char)| left == right;
            return left.iter().rev().zip(right.iter().rev()).take(count).take_while(agree).count();
        }
        let (left, right) = (&self.left[source..][..count], &self.right[copy..][..count]);
        left.iter().zip(right).take_while(|(left, right)| left == right).count()
    }

    /// The smallest edit after which the rows agree again: how many signs to pass over on either side.
    fn edit(&self, source: usize, copy: usize) -> Option<(usize, usize)> {
        if source >= self.left.len() || copy >= self.right.len() {
            return None;
        }
        let near = Near {
            left: near::<BACKWARD>(self.left, source),
            right: near::<BACKWARD>(self.right, copy),
        };
        small_edit(&near).or_else(|| changed_clause(&near))
    }
}

fn small_edit(near: &Near) -> Option<(usize, usize)> {
    SMALL_EDITS.into_iter().find(|(left, right)| near.agree(*left, *right, AFTER_SMALL_EDIT))
}

/// Most rows of three signs of one side are met nowhere near on the other, which a set of bits tells at once.
fn changed_clause(near: &Near) -> Option<(usize, usize)> {
    let mut met = RowSet::default();
    RowSet::rows(&near.right).for_each(|row| met.insert(row));
    let mut smallest = None;
    for (left, row) in RowSet::rows(&near.left).enumerate() {
        let sign = near.left[left];
        if sign == NOTHING || !met.may_contain(row) {
            continue;
        }
        for right in (0..=CHANGED_CLAUSE).filter(|right| near.right[*right] == sign && left.max(*right) > SMALL_EDIT) {
            let size = (left.max(right), left.abs_diff(right));
            if smallest.is_none_or(|(known, _)| size < known) && near.agree(left, right, AFTER_CHANGED_CLAUSE) {
                smallest = Some((size, (left, right)));
            }
        }
    }
    smallest.map(|(_, edit)| edit)
}

/// Stands where a row has ended.
const NOTHING: char = '\0';

/// As many signs of both rows as an edit and what must agree behind it take up, in walking order.
struct Near {
    left: [char; Self::LENGTH],
    right: [char; Self::LENGTH],
}

impl Near {
    const LENGTH: usize = CHANGED_CLAUSE + AFTER_CHANGED_CLAUSE;

    /// Whether so many signs agree, behind as many as are passed over on either side.
    fn agree(&self, left: usize, right: usize, count: usize) -> bool {
        let (left, right) = (&self.left[left..left + count], &self.right[right..right + count]);
        // A row that has ended agrees with nothing, not even with another one that has.
        left[0] == right[0] && left == right && left[count - 1] != NOTHING
    }
}

/// The signs of a row from a step on.
fn near<const BACKWARD: bool>(row: &[char], step: usize) -> [char; Near::LENGTH] {
    let mut near = [NOTHING; Near::LENGTH];
    let count = row.len().saturating_sub(step).min(Near::LENGTH);
    if BACKWARD {
        let end = row.len() - step.min(row.len());
        near[..count].copy_from_slice(&row[end - count..end]);
        near[..count].reverse();
    } else {
        near[..count].copy_from_slice(&row[step.min(row.len())..][..count]);
    }
    near
}

/// A small set of rows of three signs that may take a stranger for one of its own.
#[derive(Default)]
struct RowSet {
    bits: [u64; 8],
}

impl RowSet {
    /// The rows with which a changed clause may end, as hashes.
    fn rows(signs: &[char; Near::LENGTH]) -> impl Iterator<Item = u32> {
        let rows = signs.windows(3).take(CHANGED_CLAUSE + 1);
        rows.map(|row| {
            let hash = (row[0] as u32) << 22 ^ (row[1] as u32) << 11 ^ row[2] as u32;
            hash.wrapping_mul(0x9E37_79B1) >> 23
        })
    }

    fn insert(&mut self, row: u32) {
        self.bits[row as usize >> 6] |= 1 << (row & 63);
    }

    fn may_contain(&self, row: u32) -> bool {
        self.bits[row as usize >> 6] >> (row & 63) & 1 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Aligns the two halves of `甲…|乙…` on the seed given.
    fn shared(first: &str, second: &str, seed: &str) -> String {
        let symbols: Vec<char> = format!("{first}{second}").chars().collect();
        let border = first.chars().count();
        let place = |text: &str| text.chars().count();
        let seed = Stretch {
            source: place(&first[..first.find(seed).unwrap()]),
            copy: border + place(&second[..second.find(seed).unwrap()]),
            length: place(seed),
        };
        let alignment = align(&symbols, seed, 0..border, border..symbols.len());
        symbols[alignment.copy()].iter().collect()
    }

    #[test]
    fn small_edits_are_passed_over() {
        let (first, second) = (
            "新建水渠八公里修复提灌站三座受益农户有一千余户",
            "新修水渠八公里修复了提灌站三座受益群众有一千余户",
        );
        assert_eq!(shared(first, second, "公里修复"), second.replace("新修", "").as_str());
    }

    #[test]
    fn a_clause_put_in_is_passed_over_when_enough_follows() {
        let tail = "组织职工体检并慰问生病住院和家庭困难职工";
        let first = format!("食堂增设低糖窗口周转宿舍{tail}");
        let second = format!("食堂增设低糖窗口活动室康复室投入使用周转宿舍{tail}");
        assert_eq!(shared(&first, &second, "食堂增设"), second);
    }
}
