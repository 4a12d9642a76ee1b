//! What rules out that two mentions are of one fact, however alike they are.

use crate::facts::figure::role::Role;
use crate::facts::figure::unit::Dimension;
use crate::numeral::slip::Slip;

use super::closeness::slip_between;
use super::mention::{Body, Frame, Mention};
use super::section::Half;
use super::time;

/// What no likeness outweighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Barrier {
    SameValue,
    /// One sentence: the writer saw both.
    SamePassage,
    /// The value of one stands in the passage of the other.
    BothSeen,
    SameTable,
    OtherUnit,
    OtherBody,
    OtherTime,
    OtherRole,
    /// What is aimed at, and what was reached.
    GoalAgainstResult,
    /// Neither names nor words in common.
    OtherSubject,
    /// Values of one column, told in words.
    Column,
}

/// What the two mentions by themselves say against being compared.
pub fn between(frame: &Frame, a: &Mention, b: &Mention) -> Option<Barrier> {
    if a.interval.overlaps(&b.interval) {
        return Some(Barrier::SameValue);
    }
    if a.table.is_some() && a.table == b.table {
        return Some(Barrier::SameTable);
    }
    if in_one_sentence(a, b) || are_neighbours(a, b) && !is_told_anew(a, b) {
        return Some(Barrier::SamePassage);
    }
    if !a.is_comparable(b) {
        return Some(Barrier::OtherUnit);
    }
    let in_sections_of_others = matches!((a.section.body, b.section.body), (Some(first), Some(second)) if first != second);
    if in_sections_of_others || are_of_other_bodies(frame, a, b) {
        return Some(Barrier::OtherBody);
    }
    if time::is_other(frame, a, b) {
        return Some(Barrier::OtherTime);
    }
    if !roles_agree(a, b) {
        return Some(Barrier::OtherRole);
    }
    (is_goal_of(a, b) || is_goal_of(b, a)).then_some(Barrier::GoalAgainstResult)
}

/// Whether one stands among what is to come and the other among what was done: numbers grow from one year to the next. Digits in another order
/// are no growth.
fn is_goal_of(goal: &Mention, result: &Mention) -> bool {
    let tells_when = result.section.half != Half::Plan && result.period.is_some();
    let is_result = !result.planned && (result.section.half == Half::Review || result.done || tells_when);
    let is_open = |mention: &Mention| mention.not_yet.is_empty() && !mention.remains;
    let is_reordered = || matches!(slip_between(goal, result), Some(Slip::Swapped | Slip::Shuffled));
    goal.looks_ahead() && !goal.whole && is_result && is_open(goal) && is_open(result) && !is_reordered()
}

/// One sentence, or two next to each other.
pub fn in_one_passage(a: &Mention, b: &Mention) -> bool {
    in_one_sentence(a, b) || are_neighbours(a, b)
}

fn in_one_sentence(a: &Mention, b: &Mention) -> bool {
    a.place.block == b.place.block && !a.in_table && !b.in_table && a.sentence == b.sentence
}

/// Whether they stand in two sentences next to each other.
pub fn are_neighbours(a: &Mention, b: &Mention) -> bool {
    let next_to = |a: &Mention, b: &Mention| a.sentence.end.abs_diff(b.sentence.start) <= 4;
    a.place.block == b.place.block && !a.in_table && !b.in_table && (next_to(a, b) || next_to(b, a))
}

/// Whether one of two sentences next to each other takes up what the other said: 总投资8.6亿元。……总投资6.8亿元的项目……
fn is_told_anew(a: &Mention, b: &Mention) -> bool {
    let later = if a.place.start > b.place.start { a } else { b };
    later.known || later.leads || later.whole
}

fn are_of_other_bodies(frame: &Frame, a: &Mention, b: &Mention) -> bool {
    match (&a.body, &b.body) {
        (Body::Other(first), Body::Other(second)) => first != second,
        (Body::Other(name), Body::Own) | (Body::Own, Body::Other(name)) => frame.is_peer(name),
        (Body::Own, Body::Own) => false,
    }
}

/// A level may stand against a level or a part, the base of a planned change against the present state, and a change against a change.
fn roles_agree(a: &Mention, b: &Mention) -> bool {
    let is_level = |mention: &Mention| match mention.role {
        Role::Level | Role::Part => true,
        Role::Base => mention.planned || mention.section.half == Half::Plan,
        Role::Average => mention.per_area,
        _ => false,
    };
    let relative = a.role == b.role && matches!(a.role, Role::Average | Role::Change | Role::Share);
    let is_rate = |mention: &Mention| mention.unit.dimension() == Dimension::Percent;
    match relative {
        true => a.falls == b.falls && is_rate(a) == is_rate(b),
        false => is_level(a) && is_level(b),
    }
}
