//! How the numbers of one list run, and the fewest slips that explain where they do not.
//!
//! A list should count 1, 2, 3, … A number that is not the expected one has one of three causes: items are missing or one was inserted, and the
//! count goes on from here (a jump); the number alone is wrong, and the count goes on as if it were right (an odd one); or, for doubtful labels,
//! it was none. The cheapest explanation of the whole list is found in one pass over it, keeping the few best explanations of what was read so
//! far, so one slip is reported once and the numbers after it are judged by where they stand.

use smallvec::SmallVec;

/// A number as it stands in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry {
    /// `None` for 最后, which closes a list of any length.
    pub number: Option<u32>,
    pub trust: Trust,
}

/// How surely an entry belongs to the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trust {
    Sure,
    /// Belongs to the list if it fits.
    Optional,
    /// Belongs to the list only if the list lacks just it.
    Needed,
}

/// What an entry is in the cheapest explanation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The number that was expected.
    Fits,
    /// The count goes on from here, though another number was expected.
    Jump { expected: u32 },
    /// The number is wrong, and the count goes on as if the expected one stood here.
    Odd { expected: u32 },
    /// Not an entry of this list.
    Foreign,
}

/// The cost of explanations, in hundredths of a slip.
mod cost {
    /// A little more than a jump by one: a list that breaks off after a wrong number lacks an item.
    pub const ODD: u32 = 110;
    /// A second wrong number right after one is likely the same slip: two items changed places.
    pub const ODD_AGAIN: u32 = 50;
    pub const JUMP: u32 = 100;
    /// A jump back by more than one is rarer than a missing or an inserted item.
    pub const FAR_BACK: u32 = 50;
    pub const PER_STEP: u32 = 4;
    pub const MOST_STEPS: u32 = 10;
    pub const LEAVE_OPTIONAL: u32 = 1;
    pub const TAKE_NEEDED: u32 = 50;
}

/// How many explanations are kept while reading.
const WIDTH: usize = 8;

#[derive(Debug, Clone, Copy)]
struct State {
    cost: u32,
    expected: u32,
    after_odd: bool,
    /// The explanation of the entries before that this one goes on from.
    from: u8,
    verdict: Verdict,
}

type Beam = SmallVec<[State; WIDTH]>;

/// Explains a list that should start with `first`.
pub fn explain(entries: &[Entry], first: u32) -> Vec<Verdict> {
    let mut beams: Vec<Beam> = Vec::with_capacity(entries.len());
    let start = State {
        cost: 0,
        expected: first,
        after_odd: false,
        from: 0,
        verdict: Verdict::Fits,
    };
    let start: Beam = SmallVec::from_iter([start]);
    for entry in entries {
        let mut next = Beam::new();
        for (from, state) in beams.last().unwrap_or(&start).iter().enumerate() {
            for candidate in continuations(state, entry) {
                keep(
                    &mut next,
                    State {
                        from: from as u8,
                        ..candidate
                    },
                );
            }
        }
        beams.push(next);
    }
    trace_back(&beams)
}

/// The ways in which an explanation may go on with an entry.
fn continuations(state: &State, entry: &Entry) -> SmallVec<[State; 3]> {
    let mut ways = SmallVec::new();
    let mut way = |cost: u32, expected: u32, verdict: Verdict| {
        ways.push(State {
            cost: state.cost + cost,
            expected,
            after_odd: matches!(verdict, Verdict::Odd { .. }),
            from: 0,
            verdict,
        });
    };
    let expected = state.expected;
    let next = expected.saturating_add(1);
    let number = entry.number.unwrap_or(expected);
    let fits = number == expected;
    match entry.trust {
        Trust::Sure if fits => way(0, next, Verdict::Fits),
        Trust::Sure => {
            way(if state.after_odd { cost::ODD_AGAIN } else { cost::ODD }, next, Verdict::Odd { expected });
            way(jump_cost(expected, number), number.saturating_add(1), Verdict::Jump { expected });
        }
        Trust::Optional => {
            if fits {
                way(0, next, Verdict::Fits);
            }
            way(if fits { cost::LEAVE_OPTIONAL } else { 0 }, expected, Verdict::Foreign);
        }
        Trust::Needed => {
            if fits {
                way(cost::TAKE_NEEDED, next, Verdict::Fits);
            }
            way(0, expected, Verdict::Foreign);
        }
    }
    ways
}

fn jump_cost(expected: u32, number: u32) -> u32 {
    let steps = expected.abs_diff(number);
    let back = if number + 1 < expected { cost::FAR_BACK } else { 0 };
    cost::JUMP + back + steps.min(cost::MOST_STEPS) * cost::PER_STEP
}

/// Adds an explanation to the best ones; of two that expect the same, the cheaper stays.
fn keep(beam: &mut Beam, state: State) {
    let same = |other: &&mut State| other.expected == state.expected && other.after_odd == state.after_odd;
    if let Some(other) = beam.iter_mut().find(same) {
        if state.cost < other.cost {
            *other = state;
        }
        return;
    }
    if beam.len() < WIDTH {
        return beam.push(state);
    }
    if let Some(worst) = beam.iter_mut().max_by_key(|other| other.cost)
        && state.cost < worst.cost
    {
        *worst = state;
    }
}

fn trace_back(beams: &[Beam]) -> Vec<Verdict> {
    let mut verdicts = Vec::with_capacity(beams.len());
    let best = beams.last().and_then(|beam| (0..beam.len()).min_by_key(|&index| beam[index].cost));
    let Some(mut index) = best else { return verdicts };
    for beam in beams.iter().rev() {
        verdicts.push(beam[index].verdict);
        index = usize::from(beam[index].from);
    }
    verdicts.reverse();
    verdicts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdicts(numbers: &[u32]) -> Vec<Verdict> {
        let entries: Vec<_> = numbers.iter().map(|&number| sure(number)).collect();
        explain(&entries, 1)
    }

    fn sure(number: u32) -> Entry {
        Entry {
            number: Some(number),
            trust: Trust::Sure,
        }
    }

    /// The entries that do not fit, by index.
    fn slips(numbers: &[u32]) -> Vec<(usize, Verdict)> {
        verdicts(numbers)
            .into_iter()
            .enumerate()
            .filter(|(_, verdict)| *verdict != Verdict::Fits)
            .collect()
    }

    #[test]
    fn a_list_that_counts_has_no_slip() {
        assert!(slips(&[1, 2, 3, 4, 5]).is_empty());
    }

    #[test]
    fn one_slip_is_one_verdict() {
        let jump = |expected| Verdict::Jump { expected };
        let odd = |expected| Verdict::Odd { expected };
        assert_eq!(slips(&[1, 2, 4, 5, 6]), [(2, jump(3))]);
        assert_eq!(slips(&[1, 2, 4]), [(2, jump(3))]);
        assert_eq!(slips(&[1, 2, 2, 3, 4]), [(2, jump(3))]);
        assert_eq!(slips(&[1, 2, 3, 3, 5, 6]), [(3, odd(4))]);
        assert_eq!(slips(&[1, 2, 7, 4, 5]), [(2, odd(3))]);
        assert_eq!(slips(&[1, 2, 4, 4, 5]), [(2, odd(3))]);
        assert_eq!(slips(&[2, 3, 4]), [(0, jump(1))]);
    }

    #[test]
    fn items_that_changed_places_are_odd_ones() {
        let odd = |expected| Verdict::Odd { expected };
        assert_eq!(slips(&[1, 2, 4, 3, 5]), [(2, odd(3)), (3, odd(4))]);
        assert_eq!(slips(&[1, 2, 4, 3]), [(2, odd(3)), (3, odd(4))]);
    }

    #[test]
    fn doubtful_entries_are_taken_where_they_fit() {
        let entry = |number, trust| Entry { number: Some(number), trust };
        let list = [
            sure(1),
            entry(2, Trust::Needed),
            sure(3),
            entry(4, Trust::Optional),
            entry(5, Trust::Needed),
        ];
        assert_eq!(
            explain(&list, 1),
            [Verdict::Fits, Verdict::Fits, Verdict::Fits, Verdict::Fits, Verdict::Foreign]
        );
        let list = [sure(1), sure(2), entry(3, Trust::Optional), sure(3), sure(4)];
        assert_eq!(
            explain(&list, 1),
            [Verdict::Fits, Verdict::Fits, Verdict::Foreign, Verdict::Fits, Verdict::Fits]
        );
    }

    #[test]
    fn a_word_that_closes_a_list_fits_anywhere() {
        let last = Entry {
            number: None,
            trust: Trust::Sure,
        };
        assert_eq!(explain(&[sure(1), sure(2), last], 1), [Verdict::Fits; 3]);
        assert_eq!(explain(&[sure(1), last], 1), [Verdict::Fits; 2]);
    }

    #[test]
    fn a_long_list_takes_linear_time() {
        let numbers: Vec<u32> = (1..=200_000).map(|number| number / 2).collect();
        assert_eq!(verdicts(&numbers).len(), numbers.len());
    }
}
