//! Clauses and sentences around numbers.

use std::ops::Range;

use super::exactness::Exactness;
use super::number::Measured;
use crate::border;
use crate::facts::glance::{Asker, Glance};
use crate::script;

/// The clauses of a block that hold numbers.
#[derive(Debug)]
pub struct Clauses {
    /// For each number: its clause and its sentence.
    around: Vec<(Range<usize>, Range<usize>)>,
    marks: Vec<MarkAt>,
}

/// A mark and where it stands, in bytes.
#[derive(Debug)]
struct MarkAt {
    start: usize,
    end: usize,
    mark: Mark,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Mark {
    /// 、 parts the members of a list.
    Member,
    Clause,
    Sentence,
}

/// The longest insertion in brackets inside a noun, in bytes.
const LONGEST_INSERTION: usize = 12;

/// How far names are looked for beyond a number, in bytes, so that a draft without marks costs no more than others.
const REACH: usize = 150;

impl Clauses {
    pub fn new(glance: &Glance, numbers: &[Measured]) -> Self {
        let prose = glance.prose();
        let marks = marks(glance, numbers);
        let mut clauses = Clauses { around: Vec::new(), marks };
        for number in numbers {
            let clause = clauses.between(prose, number, Mark::Clause);
            let sentence = clauses.between(prose, number, Mark::Sentence);
            clauses.around.push((clause, sentence));
        }
        clauses
    }

    /// The clause and the sentence of a number.
    pub fn of(&self, index: usize) -> (Range<usize>, Range<usize>) {
        self.around[index].clone()
    }

    /// What stands before a number and may be its own: back to the mark or the number before. A 、 parts it only from another number; without
    /// one, it joins the members of one name.
    pub fn before(&self, index: usize, numbers: &[Measured]) -> Range<usize> {
        let number = &numbers[index];
        let clause = &self.around[index].0;
        let mut start = clause.start;
        if let Some(previous) = index.checked_sub(1).map(|index| &numbers[index])
            && previous.end > clause.start
        {
            start = previous.end;
            if let Some(mark) = self.last_mark(previous.end..number.range.start) {
                start = mark;
            }
        }
        start.min(number.range.start)..number.range.start
    }

    /// What stands after a number and may be its own: up to the mark or the number after it. 社区（村）警务室 goes on after the brackets.
    pub fn after(&self, prose: &str, index: usize, numbers: &[Measured]) -> Range<usize> {
        let number = &numbers[index];
        if let Some(next) = numbers.get(index + 1)
            && next.range.start == number.end
            && matches!(next.exactness, Exactness::AtLeast | Exactness::AtMost)
        {
            // 14个10亿元以上项目: the second number tells which projects are counted.
            return self.after(prose, index + 1, numbers);
        }
        let next_number = numbers.get(index + 1).map_or(prose.len(), |next| next.range.start);
        let marks = &self.marks[self.marks.partition_point(|mark| mark.start < number.end)..];
        let end = match marks {
            [open, close, rest @ ..] if is_insertion(prose, open, close) => {
                let reach = border::behind(prose, number.end + REACH);
                rest.first().map_or(reach, |mark| mark.start.min(reach))
            }
            [first, ..] => first.start.min(self.around[index].0.end),
            [] => self.around[index].0.end,
        };
        number.end..end.min(next_number).max(number.end)
    }

    /// The first clause of a sentence, if it ends before a byte.
    pub fn first_before(&self, sentence: &Range<usize>, at: usize) -> Option<Range<usize>> {
        let marks = &self.marks[self.marks.partition_point(|mark| mark.start < sentence.start)..];
        let end = marks.iter().take_while(|mark| mark.end <= at).find(|mark| mark.mark >= Mark::Clause)?;
        Some(sentence.start..end.start)
    }

    /// Where the text after the last mark of a range begins.
    fn last_mark(&self, range: Range<usize>) -> Option<usize> {
        let index = self.marks.partition_point(|mark| mark.start < range.end);
        let mark = self.marks[..index].last()?;
        (mark.start >= range.start).then_some(mark.end)
    }

    fn between(&self, prose: &str, number: &Measured, least: Mark) -> Range<usize> {
        let reach = if least == Mark::Sentence { 4 * REACH } else { REACH };
        let earliest = number.range.start.saturating_sub(reach);
        let latest = (number.end + reach).min(prose.len());
        let index = self.marks.partition_point(|mark| mark.start < number.range.start);
        let start = self.marks[..index]
            .iter()
            .rev()
            .take_while(|mark| mark.end > earliest)
            .find(|mark| mark.mark >= least)
            .map_or(earliest, |mark| mark.end);
        let end = self.marks[index..]
            .iter()
            .take_while(|mark| mark.start < latest)
            .find(|mark| mark.mark >= least)
            .map_or(latest, |mark| mark.start);
        border::behind(prose, start)..border::behind(prose, end)
    }
}

/// A few characters in brackets inside a noun.
fn is_insertion(prose: &str, open: &MarkAt, close: &MarkAt) -> bool {
    let marks = (&prose[open.start..open.end], &prose[close.start..close.end]);
    matches!(marks, ("（", "）") | ("(", ")")) && close.start - open.end <= LONGEST_INSERTION && prose[close.end..].starts_with(script::is_han)
}

fn mark_of(char: char) -> Option<Mark> {
    Some(match char {
        '、' => Mark::Member,
        '，' | ',' | '：' | ':' | '（' | '）' | '(' | ')' | '；' | ';' | '—' | '\u{FFFC}' => Mark::Clause,
        '。' | '！' | '？' | '!' | '?' | '\n' | '…' => Mark::Sentence,
        _ => return None,
    })
}

/// Marks outside of numbers: the comma of 1,234 and the dash of 8—10 are none.
fn marks(glance: &Glance, numbers: &[Measured]) -> Vec<MarkAt> {
    let mut numbers = numbers.iter().peekable();
    let mut marks = Vec::new();
    for (at, char) in glance.of(Asker::Marks) {
        while numbers.next_if(|number| number.end <= at).is_some() {}
        if numbers.peek().is_some_and(|number| number.range.start <= at) {
            continue;
        }
        if let Some(mark) = mark_of(char) {
            marks.push(MarkAt {
                start: at,
                end: at + char.len_utf8(),
                mark,
            });
        }
    }
    marks
}
