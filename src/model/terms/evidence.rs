//! What tells that one of two like forms is a slip of the other.

use std::ops::Range;

use super::bigrams::Bigrams;
use super::firms::is_firm;
use super::look::look_alike;
use super::row::{Spot, do_adjoin};
use super::sound::{are_both_words, is_function_word, is_outside_plain_set};
use super::windows::{Form, is_place_ending};
use super::{Variant, is_one_sentence};
use crate::draft::{Draft, Place};
use crate::facts::clause::Sign;
use crate::facts::name::heads;
use crate::script::is_han;
use crate::source::block::Kind;

/// How many times more frequent than a slip the right form is, if nothing else tells which is right.
const MAJORITY: usize = 3;
/// Fewer characters in common tell nothing.
const FEWEST_TELLING: usize = 2;

/// A form that may be a slip, and what may be meant.
#[derive(Debug)]
pub(super) struct Pair {
    pub(super) rare: Form,
    pub(super) usual: Form,
    /// Characters that both have in common before and behind the one that differs.
    before: usize,
    behind: usize,
}

impl Pair {
    pub(super) fn new(draft: &Draft, rare: Form, usual: Form) -> Self {
        const LONGEST: usize = 12;
        let (left, right) = (signs(draft, rare.first.0), signs(draft, usual.first.0));
        let (near, far) = (rare.first.1, usual.first.1);
        let shares_before = |step: &usize| {
            let places = near.checked_sub(*step).zip(far.checked_sub(*step));
            places.is_some_and(|(near, far)| adjoin(left, near) && adjoin(right, far) && left[near].symbol == right[far].symbol)
        };
        let shares_behind =
            |step: &usize| adjoin(left, near + step - 1) && adjoin(right, far + step - 1) && left[near + step].symbol == right[far + step].symbol;
        Pair {
            rare,
            usual,
            before: (1..=LONGEST).take_while(shares_before).count(),
            behind: (1..=LONGEST).take_while(shares_behind).count(),
        }
    }

    pub(super) fn is_slip(&self, draft: &Draft, bigrams: &Bigrams) -> bool {
        !are_both_words(self.rare.character, self.usual.character, self.neighbours(draft))
            && self.is_new(draft, bigrams)
            && (self.names_a_firm(draft) || (self.stands_at_word_borders(draft) || self.is_named(draft)) && self.is_likely(draft, bigrams))
    }

    /// Whether both forms are told to be firms by the trade that they share. In one block they are more likely two firms.
    fn names_a_firm(&self, draft: &Draft) -> bool {
        let (block, at) = self.rare.first;
        let row = |range: Range<usize>| signs(draft, block)[range].iter().map(|sign| sign.symbol).collect::<Vec<char>>();
        self.usual.first.0 != block && is_firm(&row(at - self.before..at), &row(at + 1..at + 1 + self.behind))
    }

    fn neighbours(&self, draft: &Draft) -> (Option<char>, Option<char>) {
        neighbours(draft, self.rare.first)
    }

    /// Whether the doubtful character stands beside its neighbours nowhere else: where it does, it makes a word with them.
    fn is_new(&self, draft: &Draft, bigrams: &Bigrams) -> bool {
        let (left, right) = self.neighbours(draft);
        let character = self.rare.character;
        left.is_none_or(|left| bigrams.count(left, character) <= self.rare.count)
            && right.is_none_or(|right| bigrams.count(character, right) <= self.rare.count)
    }

    /// Whether nothing else begins or ends where what is shared begins or ends with the character in doubt: 新城区 is not 中|心城区.
    fn stands_at_word_borders(&self, draft: &Draft) -> bool {
        (self.before > 0 || self.usual.begins && self.rare.begins || self.begins_a_long_name(draft))
            && (self.behind > 0 || self.usual.ends && self.rare.ends)
    }

    /// Whether so much follows the first character of a name, and what it ends with, that it begins where one of the forms begins a clause.
    fn begins_a_long_name(&self, draft: &Draft) -> bool {
        const LONG: usize = 6;
        let joins = is_function_word(self.usual.character) || is_function_word(self.rare.character);
        self.behind >= LONG && (self.usual.begins || self.rare.begins) && !joins && self.names_one_body(draft)
    }

    /// Whether what speaks for a slip weighs more than what speaks for two words or names.
    fn is_likely(&self, draft: &Draft, bigrams: &Bigrams) -> bool {
        const ENOUGH: usize = 4;
        let often = self.usual.count >= MAJORITY * self.rare.count || is_outside_plain_set(self.rare.character);
        let telling = self.telling_characters(draft);
        if telling < FEWEST_TELLING || !often && self.stands_in_one_sentence(draft) {
            return false;
        }
        let signs = [
            (often, 4),
            (self.usual.count >= 2 * self.rare.count, 1),
            (self.is_titled(draft), 4),
            (self.is_place_in_a_list(draft), 4),
            (self.names_one_place(draft), 4),
            (self.names_one_body(draft), 2),
            (telling > FEWEST_TELLING && self.is_named(draft), 3),
            (self.is_word(draft, bigrams), 1),
        ];
        let weight: usize = signs.iter().filter(|(is_seen, _)| *is_seen).map(|(_, weight)| weight).sum();
        weight + (telling - FEWEST_TELLING).min(ENOUGH) >= ENOUGH
    }

    /// Whether both forms stand in one sentence, whose writer saw them side by side.
    fn stands_in_one_sentence(&self, draft: &Draft) -> bool {
        let (one, other) = (self.place(draft, &self.rare), self.place(draft, &self.usual));
        let prose = draft.pieces()[one.block].prose();
        let between = one.end.min(other.end)..one.start.max(other.start);
        one.block == other.block && prose.get(between).is_none_or(is_one_sentence)
    }

    /// Characters that both share and that are no words of grammar.
    fn telling_characters(&self, draft: &Draft) -> usize {
        let (block, at) = self.rare.first;
        let shared = &signs(draft, block)[at - self.before..=at + self.behind];
        shared.iter().filter(|sign| !is_function_word(sign.symbol)).count() - 1
    }

    /// Whether one of the two is a name as a whole: “颐养云亭”.
    fn is_named(&self, draft: &Draft) -> bool {
        [&self.rare, &self.usual].into_iter().any(|form| {
            let (before, behind) = self.around(draft, form);
            before.ends_with(['“', '《', '‘', '"']) && behind.starts_with(['”', '》', '’', '"'])
        })
    }

    /// Whether the right form stands in a list or a table of places, and the doubtful one begins another clause.
    fn is_place_in_a_list(&self, draft: &Draft) -> bool {
        let is_next = |before: &str| before.strip_suffix('、').is_some_and(|list| list.ends_with(is_place_ending));
        let ((usual, behind), rare) = (self.around(draft, &self.usual), self.around(draft, &self.rare).0);
        let fills_a_cell = self.stands_in_a_cell(draft, &self.usual) && usual.is_empty() && behind.is_empty();
        (is_next(usual) || fills_a_cell) && rare.ends_with(['，', ',', '。', '；', ';', '：', ':']) && !self.stands_in_a_cell(draft, &self.rare)
    }

    fn stands_in_a_cell(&self, draft: &Draft, form: &Form) -> bool {
        matches!(draft.pieces()[form.first.0].block().kind, Kind::Cell(_))
    }

    /// Whether both are a town's name of which one character looks like the other. Towns whose names only sound alike are not rare, and two that
    /// look alike are named together where both are meant.
    fn names_one_place(&self, draft: &Draft) -> bool {
        let (block, at) = self.rare.first;
        let next = signs(draft, block).get(at + 1);
        let is_town = self.before > 0 && self.behind > 0 && next.is_some_and(|sign| is_place_ending(sign.symbol));
        let may_begin = |form: &Form| {
            self.around(draft, form)
                .0
                .chars()
                .next_back()
                .is_none_or(|char| !is_han(char) || is_function_word(char))
        };
        is_town
            && look_alike(self.rare.character, self.usual.character)
            && self.usual.first.0 != block
            && (may_begin(&self.usual) || may_begin(&self.rare))
    }

    /// Whether what both share ends as the names of bodies, works and campaigns do.
    fn names_one_body(&self, draft: &Draft) -> bool {
        let place = self.place(draft, &self.rare);
        let end = place.end;
        let prose = draft.pieces()[place.block].prose();
        let start = signs(draft, place.block)[self.rare.first.1].end as usize;
        !heads(&prose[start..end]).is_empty()
    }

    /// Whether the right form is the place that the title names, and is named once more.
    fn is_titled(&self, draft: &Draft) -> bool {
        const HEAD: usize = 3;
        let (block, at) = self.usual.first;
        let behind = &signs(draft, block)[at + 1..=at + self.behind.min(2)];
        let ends_as_a_place = behind.iter().any(|sign| is_place_ending(sign.symbol));
        block < HEAD && ends_as_a_place && self.usual.count > self.rare.count
    }

    /// The prose before and behind a form with what is shared.
    fn around<'a>(&self, draft: &'a Draft, form: &Form) -> (&'a str, &'a str) {
        let place = self.place(draft, form);
        let prose = draft.pieces()[place.block].prose();
        (&prose[..place.start], &prose[place.end..])
    }

    /// Whether the right character makes a word with a neighbour that both forms share.
    fn is_word(&self, draft: &Draft, bigrams: &Bigrams) -> bool {
        let (left, right) = neighbours(draft, self.usual.first);
        let character = self.usual.character;
        self.before > 0 && left.is_some_and(|left| bigrams.count(left, character) >= MAJORITY)
            || self.behind > 0 && right.is_some_and(|right| bigrams.count(character, right) >= MAJORITY)
    }

    fn place(&self, draft: &Draft, form: &Form) -> Place {
        let (block, at) = form.first;
        let signs = signs(draft, block);
        Place::new(block, signs[at - self.before].start as usize..signs[at + self.behind].end as usize)
    }

    pub(super) fn variant(&self, draft: &Draft) -> Variant {
        let (block, at) = self.rare.first;
        let sign = &signs(draft, block)[at];
        Variant {
            place: self.place(draft, &self.rare),
            usual: self.place(draft, &self.usual),
            character: Place::new(block, sign.start as usize..sign.end as usize),
            replacement: self.usual.character.to_string(),
            count: self.rare.count,
            usual_count: self.usual.count,
        }
    }
}

/// The Han characters beside a sign, without a mark between.
fn neighbours(draft: &Draft, (block, at): Spot) -> (Option<char>, Option<char>) {
    let signs = signs(draft, block);
    let left = at.checked_sub(1).filter(|left| adjoin(signs, *left)).map(|left| signs[left].symbol);
    let right = adjoin(signs, at).then(|| signs[at + 1].symbol);
    (left, right)
}

/// Whether a sign and the next one are Han characters without a mark between.
fn adjoin(signs: &[Sign], at: usize) -> bool {
    matches!(signs.get(at..at + 2), Some([left, right]) if do_adjoin(left, right))
}

fn signs(draft: &Draft, block: usize) -> &[Sign] {
    &draft.pieces()[block].facts().wording.signs
}
