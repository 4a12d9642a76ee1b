//! What a figure measures: the names next to the number and the verb that governs them.

use std::ops::Range;

use super::word::{Class, Word};

/// What a figure measures, as its own clause has it. Empty ranges are unsaid.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subject {
    /// The name next before the number: 小麦 in 浇灌小麦136.7万亩, 面积 in 小麦浇灌面积达136.7万亩.
    pub before: Range<usize>,
    /// The name after the unit: 教学班 in 现有48个教学班.
    pub after: Range<usize>,
    /// The name before the verb: 高标准农田 in 高标准农田已建成221万亩.
    pub owner: Range<usize>,
    /// The verb that governs the number.
    pub verb: Range<usize>,
    /// The verb that follows it: 完成 in 46个教学班全部完成.
    pub verb_after: Range<usize>,
    pub manner: Manner,
    /// 全部, 共, 现有: the figure is said of the whole.
    pub whole: bool,
}

/// Whether the stock, the addition or the sum over time is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Manner {
    #[default]
    Plain,
    /// 新建, 新增
    New,
    /// 现有, 拥有
    Have,
    /// 累计
    Cumulative,
}

/// A stretch of a clause: a word of the lexicon, or a name between two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub range: Range<usize>,
    /// `None` for a name.
    pub class: Option<Class>,
}

/// Cuts a range of the prose at the words of the lexicon. Names come without the marks at their edges and are never empty.
pub fn pieces(prose: &str, words: &[Word], range: Range<usize>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = range.start;
    let mut name: Option<Range<usize>> = None;
    let first = words.partition_point(|word| word.range.start < range.start);
    for word in words[first..].iter().take_while(|word| word.range.end <= range.end) {
        extend(&mut name, at..word.range.start);
        at = word.range.end;
        if word.class == Class::Name {
            extend(&mut name, word.range.clone());
            continue;
        }
        push_name(prose, name.take(), &mut pieces);
        pieces.push(Piece {
            range: word.range.clone(),
            class: Some(word.class),
        });
    }
    extend(&mut name, at.min(range.end)..range.end);
    push_name(prose, name, &mut pieces);
    pieces
}

fn extend(name: &mut Option<Range<usize>>, more: Range<usize>) {
    match name {
        Some(name) => name.end = more.end,
        None if more.is_empty() => {}
        None => *name = Some(more),
    }
}

fn push_name(prose: &str, name: Option<Range<usize>>, pieces: &mut Vec<Piece>) {
    let Some(range) = name else { return };
    let text = &prose[range.clone()];
    let is_edge = |char: char| !char.is_alphanumeric();
    let start = range.start + text.len() - text.trim_start_matches(is_edge).len();
    let end = range.end - (text.len() - text.trim_end_matches(is_edge).len());
    if start < end {
        pieces.push(Piece {
            range: start..end,
            class: None,
        });
    }
}

/// Reads the subject from the pieces before and after a number.
pub fn read(prose: &str, before: &[Piece], after: &[Piece]) -> Subject {
    let mut subject = Subject::default();
    read_before(before, &mut subject);
    read_after(prose, after, &mut subject);
    subject
}

/// From the number backwards: links and adverbs, the name, the verb, and the name before the verb.
fn read_before(pieces: &[Piece], subject: &mut Subject) {
    for piece in pieces.iter().rev() {
        match piece.class {
            None if subject.before.is_empty() && subject.verb.is_empty() => subject.before = piece.range.clone(),
            None if !subject.verb.is_empty() => {
                subject.owner = piece.range.clone();
                return;
            }
            // Two names parted by 的 or 和 are one: 农民的收入.
            None => subject.before.start = piece.range.start,
            Some(Class::Verb) if subject.verb.is_empty() => subject.verb = piece.range.clone(),
            // 授权使用 is one verb.
            Some(Class::Verb) if piece.range.end == subject.verb.start => subject.verb.start = piece.range.start,
            Some(Class::New) => {
                subject.manner = Manner::New;
                take_verb(subject, piece);
            }
            Some(Class::Have) => {
                if subject.manner == Manner::Plain {
                    subject.manner = Manner::Have;
                }
                take_verb(subject, piece);
            }
            Some(Class::Cumulative) => subject.manner = Manner::Cumulative,
            Some(Class::Whole) => subject.whole = true,
            Some(Class::Part) => return,
            // The body or the time at the clause's begin ends the name, but what stands before it may still own it.
            _ => {}
        }
    }
}

fn take_verb(subject: &mut Subject, piece: &Piece) {
    if subject.verb.is_empty() {
        subject.verb = piece.range.clone();
    }
}

/// From the unit onwards: the name, and whether all of it is meant.
fn read_after(prose: &str, pieces: &[Piece], subject: &mut Subject) {
    for piece in pieces {
        match piece.class {
            None if subject.after.is_empty() => subject.after = piece.range.clone(),
            None => return,
            Some(Class::Whole) => subject.whole = true,
            Some(Class::Verb) if subject.verb_after.is_empty() => {
                subject.verb_after = piece.range.clone();
                // 12个建设项目: a verb between the unit and a name qualifies the name.
                if !subject.after.is_empty() {
                    return;
                }
            }
            Some(Class::Particle) if subject.after.is_empty() && &prose[piece.range.clone()] == "的" => {}
            Some(Class::New) if subject.after.is_empty() => subject.manner = Manner::New,
            Some(Class::Adverb) => {}
            Some(_) => return,
        }
    }
}
