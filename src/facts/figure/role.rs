//! The role of a figure: a level, a part, a change, a share, an average, a comparison.

use std::ops::Range;

use super::exactness::Exactness;
use super::number::Measured;
use super::subject::Piece;
use super::unit::Dimension;
use super::word::{Class, Word};

/// What kind of statement a figure makes about its subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// So much there is, or was done.
    Level,
    /// A part, as listed after 其中.
    Part,
    /// What a change started from: 由100万元.
    Base,
    /// How much or how fast something changed: 增加20万元, 增长20%.
    Change,
    /// For each of something: 每亩, 人均.
    Average,
    /// A share of a whole.
    Share,
    /// Set against something else: 高于全国0.8个百分点, 比上年的175人.
    Comparison,
    Rank,
}

/// The role, and whether the clause itself speaks of something to come. `before` reaches back to the number before, `clause` to the clause's begin.
pub fn read(prose: &str, measured: &Measured, before: &[Piece], clause: &[Piece], after: &[Piece]) -> (Role, bool) {
    let role = match role(prose, measured, before, clause) {
        // 由12个村共同出资: those who do it, not what a change began with.
        Role::Base if !is_changed(prose, after) => Role::Level,
        role => role,
    };
    let planned = after
        .iter()
        .any(|piece| piece.class == Some(Class::Plan) && prose[piece.range.clone()].chars().count() > 1)
        || clause.iter().any(|piece| piece.class == Some(Class::Plan))
        || measured.exactness == Exactness::AtLeast;
    (role, planned)
}

/// Whether what follows a number tells what it changed to, or that it changed: 由42家增加到57家, 由11家整合为3家.
fn is_changed(prose: &str, after: &[Piece]) -> bool {
    after.is_empty()
        || after.iter().any(|piece| match piece.class {
            Some(Class::Change | Class::Reached) => true,
            Some(Class::Link) => &prose[piece.range.clone()] == "为",
            _ => prose[piece.range.clone()].ends_with(['成', '为', '到', '至']),
        })
}

fn role(prose: &str, measured: &Measured, before: &[Piece], clause: &[Piece]) -> Role {
    match measured.unit.dimension() {
        Dimension::Points => return Role::Change,
        Dimension::Multiple => return Role::Comparison,
        _ => {}
    }
    if measured.unit.is_rate() {
        return Role::Average;
    }
    let mut reached = false;
    for (distance, piece) in before.iter().rev().enumerate() {
        match piece.class {
            Some(Class::Reached) if distance <= 1 => reached = true,
            // 多计工程款318万元: so short a word must stand next to the number.
            Some(Class::Change) if distance > 1 && piece.range.len() == "多".len() => {}
            Some(Class::Change) => {
                let word = &prose[piece.range.clone()];
                return if reached || word.ends_with(['至', '到']) {
                    Role::Level
                } else {
                    Role::Change
                };
            }
            Some(Class::Share) => return Role::Share,
            Some(Class::Average) => return Role::Average,
            Some(Class::Rank) => return Role::Rank,
            Some(Class::From) => return Role::Base,
            // 超过1.8万元 is an approximation; only what is compared with something stands apart from the number.
            Some(Class::Compare) if distance == 0 && measured.exactness == Exactness::Over => {}
            Some(Class::Compare) => return Role::Comparison,
            Some(Class::Part) => return Role::Part,
            _ => {}
        }
    }
    // The parts of a list go on after its first: 其中区直3家、非公企业18家. What is said of 26个项目中 is a part of them.
    let among = prose[..before.first().map_or(measured.range.start, |piece| piece.range.start)]
        .trim_end_matches(['，', ','])
        .ends_with('中');
    let listed = among || clause.iter().any(|piece| piece.class == Some(Class::Part));
    let share = measured.unit.dimension() == Dimension::Percent && clause.iter().any(|piece| piece.class == Some(Class::Share));
    match (listed, share) {
        (true, _) => Role::Part,
        (_, true) => Role::Share,
        _ => Role::Level,
    }
}

/// Whether a plan is announced earlier in the sentence: 力争……, 建成…….
pub fn sentence_plans(words: &[Word], range: Range<usize>) -> bool {
    let first = words.partition_point(|word| word.range.start < range.start);
    words[first..]
        .iter()
        .take_while(|word| word.range.end <= range.end)
        .any(|word| word.class == Class::Plan && word.range.len() > "要".len())
}
