//! Figures: numbers with what they measure, when, where, and in what role.
//!
//! A figure is read in its clause. The words of reports ([`word`]) cut the clause into names; the name next to the number is what is measured,
//! the verb that governs it and the words for plans, totals and comparisons tell its role. What the clause leaves unsaid is left to the model of
//! the whole draft, which knows the clause before, the heading and the heads of a table.

use std::ops::Range;
use std::sync::Arc;

use crate::numeral::decimal::{Decimal, Interval};
use crate::numeral::written::{Form, multiplier_name};

pub mod attribute;
pub mod balance;
pub mod change;
pub mod clause;
pub mod completion;
pub mod composition;
pub mod conversion;
pub mod doubling;
pub mod equation;
pub mod exactness;
pub mod growth;
pub mod half;
pub mod keyword;
pub mod number;
pub mod period;
pub mod place;
pub mod product;
pub mod proportion;
pub mod rank;
pub mod rate;
pub mod role;
pub mod share;
pub mod subject;
pub mod together;
pub mod total;
pub mod unit;
pub mod word;

use crate::facts::date::Dates;
use crate::facts::glance::Glance;
use attribute::is_attribute;
use clause::Clauses;
use exactness::Exactness;
use keyword::Pair;
use number::Measured;
use period::Period;
use place::Place;
use role::Role;
use subject::{Piece, Subject};
use unit::Unit;
use word::{Class, Word};

/// A number and the fact it states. Ranges are bytes of the prose.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// From the number to the end of the unit.
    pub range: Range<usize>,
    /// The number alone, with 万 and 多.
    pub number: Range<usize>,
    /// In the figure's own unit; 万 is already worked in.
    pub value: Decimal,
    /// The power of ten of 万 or 亿 that it is written with.
    pub multiplier: i32,
    /// The other end of 8至10公斤.
    pub upper: Option<Decimal>,
    pub unit: Unit,
    pub form: Form,
    pub exactness: Exactness,
    pub role: Role,
    /// Whether the words around it make it something to come: 计划, 力争, 任务.
    pub planned: bool,
    pub subject: Subject,
    pub period: Option<Period>,
    pub place: Option<Place>,
    /// What may be its own of the clause: from the number or mark before it to the number or mark after it.
    pub around: Range<usize>,
    /// The sentence it stands in.
    pub sentence: Range<usize>,
    /// The clause it stands in, from mark to mark.
    pub clause: Range<usize>,
    /// What the names and verbs around it are made of.
    pub keywords: Arc<[Pair]>,
    /// The same of the first clause of its sentence, if it stands in a later one, and of the figure before it in a list.
    pub topic: Arc<[Pair]>,
}

impl Figure {
    /// All values that it may stand for, in the smallest unit of its dimension.
    pub fn interval(&self) -> Interval {
        let own = self.exactness.interval(self.value, self.unit);
        own.scale(self.unit.factor()).unwrap_or(own)
    }

    /// The value in the smallest unit of its dimension.
    pub fn base_value(&self) -> Decimal {
        self.value.times(self.unit.factor()).unwrap_or(self.value)
    }

    /// Another value of the same kind, written as this one is: with its multiplier and unit.
    pub fn write_like(&self, value: Decimal) -> String {
        write(value, self.multiplier, self.unit)
    }

    /// Whether it is one definite number, not a range or an order of size.
    pub fn is_definite(&self) -> bool {
        self.upper.is_none() && self.exactness.is_definite()
    }

    /// 两个, 三项: as often a manner of speaking as a figure.
    pub fn is_small_word(&self) -> bool {
        self.form == Form::Han && self.value.at_most(Decimal::from(10))
    }
}

/// A value with its unit, written with the multiplier of the power of ten given.
pub fn write(value: Decimal, multiplier: i32, unit: Unit) -> String {
    format!("{}{}", write_number(value, multiplier), unit.name())
}

/// A value without its unit, written with the multiplier of the power of ten given.
pub fn write_number(value: Decimal, multiplier: i32) -> String {
    let digits = value.shift(-multiplier).trimmed_to_whole();
    format!("{digits}{}", multiplier_name(multiplier))
}

/// All figures of a block, in the order in which they stand.
pub fn read(glance: &Glance, dates: &Dates) -> Vec<Figure> {
    let prose = glance.prose();
    let numbers = number::scan(glance, &dates.dates);
    if numbers.is_empty() {
        return Vec::new();
    }
    let words = word::scan(prose);
    let clauses = Clauses::new(glance, &numbers);
    let periods = period::scan(prose, &words, dates);
    let mut figures: Vec<Figure> = Vec::with_capacity(numbers.len());
    for (index, measured) in numbers.iter().enumerate() {
        let (clause, sentence) = clauses.of(index);
        let reading = Reading {
            prose,
            words: &words,
            periods: &periods,
            before: clauses.before(index, &numbers),
            after: clauses.after(prose, index, &numbers),
            topic: clauses.first_before(&sentence, clause.start),
            clause,
            sentence,
        };
        let figure = reading.figure(measured, figures.last());
        figures.push(figure);
    }
    figures
}

/// What a figure is read from.
struct Reading<'a> {
    prose: &'a str,
    words: &'a [Word],
    periods: &'a [period::Mention],
    before: Range<usize>,
    after: Range<usize>,
    /// The first clause of the sentence, if it is another.
    topic: Option<Range<usize>>,
    clause: Range<usize>,
    sentence: Range<usize>,
}

impl Reading<'_> {
    fn figure(self, measured: &Measured, previous: Option<&Figure>) -> Figure {
        let Reading { prose, words, .. } = self;
        let start = measured.range.start;
        let before = subject::pieces(prose, words, self.before.clone());
        let after = subject::pieces(prose, words, self.after.clone());
        let in_clause = subject::pieces(prose, words, self.clause.start..start);
        let (role, planned) = role::read(prose, measured, &before, &in_clause, &after);
        let mut subject = subject::read(prose, measured.unit, &before, &after);
        subject.topic = self.topic_name();
        let (keywords, topic) = self.keywords(&before, &after, &subject, previous);
        Figure {
            range: measured.range.clone(),
            number: measured.number.clone(),
            value: measured.value,
            multiplier: measured.multiplier,
            upper: measured.upper,
            unit: measured.unit,
            form: measured.form,
            exactness: measured.exactness,
            role,
            planned: planned || role::sentence_plans(words, self.sentence.start..start),
            subject,
            period: period::of(prose, self.periods, &self.sentence, &self.clause, start),
            place: place::read(prose, words, self.sentence.start..start),
            around: self.before.start..self.after.end,
            sentence: self.sentence,
            clause: self.clause,
            keywords,
            topic,
        }
    }

    /// The name that the first clause of the sentence begins with.
    fn topic_name(&self) -> Range<usize> {
        let pieces = self.topic.clone().map(|topic| subject::pieces(self.prose, self.words, topic));
        let names = pieces.into_iter().flatten();
        let first = names
            .into_iter()
            .find(|piece| !matches!(piece.class, Some(Class::Own | Class::Part | Class::Period)));
        first.filter(|piece| piece.class.is_none()).map_or(0..0, |piece| piece.range)
    }

    /// The keywords of the figure and of what its sentence is about. In 分别达到43860元、22150元 and 由42家增加到57家 the second number has those of
    /// the first.
    fn keywords(&self, before: &[Piece], after: &[Piece], subject: &Subject, previous: Option<&Figure>) -> (Arc<[Pair]>, Arc<[Pair]>) {
        let previous = previous.filter(|previous| previous.sentence == self.sentence);
        let of = |pieces: &[Piece]| keyword::of_pieces(self.prose, pieces);
        let topic = match (&self.topic, previous) {
            (Some(_), Some(previous)) if previous.clause.start > self.sentence.start => Arc::clone(&previous.topic),
            (Some(topic), _) => of(&subject::pieces(self.prose, self.words, topic.clone())),
            (None, _) => Arc::default(),
        };
        let measured = previous.filter(|previous| previous.clause != self.clause && is_attribute(&self.prose[subject.before.clone()]));
        let topic = measured.map_or(topic.clone(), |counted| {
            keyword::sorted(topic.iter().chain(counted.keywords.iter()).copied())
        });
        let Some(previous) = previous.filter(|previous| previous.clause == self.clause) else {
            return (of(&[before, after].concat()), topic);
        };
        if subject.is_unsaid() {
            return (Arc::clone(&previous.keywords), topic);
        }
        let listed = self.prose[..self.before.start].ends_with('、');
        let topic = match listed {
            true => keyword::sorted(topic.iter().chain(previous.keywords.iter()).copied()),
            false => topic,
        };
        (of(&[before, after].concat()), topic)
    }
}
