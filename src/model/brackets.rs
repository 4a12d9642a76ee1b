//! Quotation marks and brackets that do not come out even over the whole draft.
//!
//! A quotation may run over several paragraphs, so halves that miss their partner in one block are first sought in the blocks after it.

use super::oddities::Oddities;
use crate::draft::{Draft, Place};
use crate::facts::oddity::What;
use crate::facts::oddity::bracket::{Bracket, Kind};

/// The imbalances of a draft, in reading order.
#[derive(Debug, Default)]
pub struct Brackets {
    pub imbalances: Vec<Imbalance>,
}

/// One bracket that is missing or wrong.
#[derive(Debug, Clone)]
pub struct Imbalance {
    /// Where the half stands that has no partner, or is the wrong one.
    pub place: Place,
    pub bracket: Bracket,
    pub slip: Slip,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Slip {
    NeverClosed,
    NeverOpened,
    /// It stands where its partner belongs: ”甲” or “甲“.
    WrongWay,
    /// It closes what another kind of bracket, standing at the place, opened: “甲’.
    Mismatched {
        opened: Place,
        by: Bracket,
    },
}

/// As many blocks after the one in which it was opened, a bracket may still be closed.
const FARTHEST: usize = 20;

impl Brackets {
    pub fn build(draft: &Draft, oddities: &Oddities) -> Self {
        let pick = |what: &What| match what {
            What::Bracket(bracket) => Some(*bracket),
            _ => None,
        };
        let mut builder = Builder::default();
        let mut halves: Vec<Half> = Vec::new();
        for (place, bracket) in oddities.of_kind(draft, pick) {
            if halves.first().is_some_and(|first| first.place.block != place.block) {
                builder.take_block(draft, std::mem::take(&mut halves));
            }
            halves.push(Half { place, bracket });
        }
        builder.take_block(draft, halves);
        builder.finish(draft)
    }
}

#[derive(Debug, Clone)]
struct Half {
    place: Place,
    bracket: Bracket,
}

#[derive(Default)]
struct Builder {
    /// Opened in an earlier block and not closed yet.
    pending: Vec<Half>,
    imbalances: Vec<Imbalance>,
}

impl Builder {
    fn take_block(&mut self, draft: &Draft, halves: Vec<Half>) {
        let mut halves = halves.into_iter().peekable();
        while let Some(half) = halves.next() {
            if half.bracket.opens {
                match halves.peek() {
                    Some(next) if is_mismatch(draft, &half, next) => {
                        let slip = Slip::Mismatched {
                            opened: half.place,
                            by: half.bracket,
                        };
                        self.report(halves.next(), slip);
                    }
                    Some(next) if closes_the_wrong_way(draft, &half, next) => self.report(halves.next(), Slip::WrongWay),
                    _ => self.pending.push(half),
                }
            } else if !self.close(&half) {
                let twice = halves
                    .peek()
                    .is_some_and(|next| !next.bracket.opens && next.bracket.kind == half.bracket.kind);
                let slip = if twice && half.bracket.kind.is_quote() {
                    Slip::WrongWay
                } else {
                    Slip::NeverOpened
                };
                if slip == Slip::WrongWay {
                    halves.next();
                }
                self.report(Some(half), slip);
            }
        }
    }

    fn report(&mut self, half: Option<Half>, slip: Slip) {
        self.imbalances
            .extend(half.map(|Half { place, bracket }| Imbalance { place, bracket, slip }));
    }

    fn close(&mut self, half: &Half) -> bool {
        let within_reach = |open: &Half| open.bracket.kind == half.bracket.kind && open.place.block + FARTHEST >= half.place.block;
        let Some(partner) = self.latest(within_reach) else {
            return false;
        };
        self.pending.remove(partner);
        true
    }

    /// The last pending half that satisfies `fits`, among the last few: a draft may have any number of them.
    fn latest(&self, fits: impl Fn(&Half) -> bool) -> Option<usize> {
        const DEEPEST: usize = 64;
        let start = self.pending.len().saturating_sub(DEEPEST);
        self.pending[start..].iter().rposition(fits).map(|index| start + index)
    }

    fn finish(mut self, draft: &Draft) -> Brackets {
        for half in std::mem::take(&mut self.pending) {
            if !opens_anew_below(draft, &half) {
                self.report(Some(half), Slip::NeverClosed);
            }
        }
        self.imbalances.sort_by(|a, b| a.place.cmp(&b.place));
        Brackets { imbalances: self.imbalances }
    }
}

/// A quotation of several paragraphs opens anew with each and is closed only in the last.
fn opens_anew_below(draft: &Draft, half: &Half) -> bool {
    let below = draft.pieces().get(half.place.block + 1);
    half.bracket.kind.is_quote() && below.is_some_and(|piece| piece.prose().starts_with(half.bracket.char))
}

/// A bracket closed soon after by one of another kind that does the same work.
fn is_mismatch(draft: &Draft, open: &Half, close: &Half) -> bool {
    let same_work = open.bracket.kind.is_quote() == close.bracket.kind.is_quote();
    let differ = open.bracket.kind != close.bracket.kind;
    let title_and_round = |kind: Kind| matches!(kind, Kind::Title | Kind::InnerTitle);
    let alike = title_and_round(open.bracket.kind) == title_and_round(close.bracket.kind);
    !close.bracket.opens && same_work && differ && alike && is_short(draft, open, close)
}

/// Two opening quotation marks of which the second stands at the end of a word, where the closing one belongs.
fn closes_the_wrong_way(draft: &Draft, first: &Half, second: &Half) -> bool {
    let same = second.bracket.opens && second.bracket.kind == first.bracket.kind && first.bracket.kind.is_quote();
    same && is_short(draft, first, second)
}

/// Whether two halves of one block enclose a word or two, and no mark that ends a clause.
fn is_short(draft: &Draft, first: &Half, second: &Half) -> bool {
    const LONGEST: usize = 30;
    let prose = draft.pieces()[first.place.block].prose();
    let between = &prose[first.place.end..second.place.start];
    !between.is_empty() && between.chars().count() <= LONGEST && !between.contains(['，', '。', '；', ',', '：', '！'])
}
