//! Figures: numbers with what they measure, when, where, and in what role.
//!
//! A figure is read in its clause. The words of reports ([`word`]) cut the clause into names; the name next to the number is what is measured,
//! the verb that governs it and the words for plans, totals and comparisons tell its role. What the clause leaves unsaid is left to the model of
//! the whole draft, which knows the clause before, the heading and the heads of a table.

use std::ops::Range;

use crate::numeral::decimal::{Decimal, Interval};
use crate::numeral::written::{Form, multiplier_name};

pub mod clause;
pub mod composition;
pub mod exactness;
pub mod growth;
pub mod number;
pub mod partition;
pub mod period;
pub mod place;
pub mod role;
pub mod share;
pub mod subject;
pub mod total;
pub mod unit;
pub mod word;

use crate::facts::date::Dates;
use crate::facts::glance::Glance;
use clause::Clauses;
use exactness::Exactness;
use number::Measured;
use period::Period;
use place::Place;
use role::Role;
use subject::Subject;
use unit::Unit;
use word::Word;

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
    let periods = period::scan(prose, &words, &dates.dates);
    let mut figures = Vec::with_capacity(numbers.len());
    for (index, measured) in numbers.iter().enumerate() {
        let before = clauses.before(index, &numbers);
        let after = clauses.after(index, &numbers);
        figures.push(figure(prose, measured, &words, &periods, clauses.of(index), before, after));
    }
    figures
}

fn figure(
    prose: &str,
    measured: &Measured,
    words: &[Word],
    periods: &[period::Mention],
    (clause, sentence): (Range<usize>, Range<usize>),
    before: Range<usize>,
    after: Range<usize>,
) -> Figure {
    let around = before.start..after.end;
    let before = subject::pieces(prose, words, before);
    let after = subject::pieces(prose, words, after);
    let in_clause = subject::pieces(prose, words, clause.start..measured.range.start);
    let (role, planned) = role::read(prose, measured, &before, &in_clause, &after);
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
        planned: planned || role::sentence_plans(words, sentence.start..measured.range.start),
        subject: subject::read(prose, &before, &after),
        period: period::of(periods, &sentence, &clause, measured.range.start),
        place: place::read(prose, words, sentence.start..measured.range.start),
        around,
        sentence,
        clause,
    }
}
