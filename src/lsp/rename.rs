//! `textDocument/rename` on a figure: every mention of the same fact gets the new value, each in its own unit and form.

use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::*;

use super::view::View;
use super::{edits, figures};
use crate::facts::figure::exactness::Exactness;
use crate::facts::figure::unit::Unit;
use crate::finding::Bilingual;
use crate::fix::Edit;
use crate::model::figures::mention::Mention;
use crate::numeral::decimal::Decimal;
use crate::numeral::{write, written};

pub fn prepare(view: &View, position: Position) -> Option<PrepareRenameResponse> {
    let reading = view.snapshot.reading();
    let mention = &reading.models.figures.mentions[figures::at(view, position)?];
    let place = if is_rewritable(view, mention) { &mention.place } else { return None };
    Some(PrepareRenameResponse::RangeWithPlaceholder {
        range: view.range(reading.draft.source_range(place)),
        placeholder: reading.draft.quote(place).to_owned(),
    })
}

/// # Errors
/// When the new name is no number in a unit of the same kind.
pub fn rename(view: &View, position: Position, name: &str) -> Result<Option<WorkspaceEdit>> {
    let Some(index) = figures::at(view, position) else {
        return Ok(None);
    };
    let figures = &view.snapshot.reading().models.figures;
    let Some(value) = parse(&figures.mentions[index], name.trim()) else {
        let message = Bilingual::new(
            format!("“{name}”不是同一类单位的数字"),
            format!("“{name}” is not a number in a unit of the same kind"),
        );
        return Err(Error::invalid_params(view.say(&message).to_owned()));
    };
    Ok(Some(edits::of_draft(view, &set_all(view, index, value))))
}

/// Edits that give every mention of a fact the value, which is in the smallest unit. What is only about that value (近140万) is left alone.
pub fn set_all(view: &View, index: usize, value: Decimal) -> Vec<Edit> {
    let reading = view.snapshot.reading();
    let figures = &reading.models.figures;
    let mut edits = Vec::new();
    for index in figures.same_fact(index) {
        let mention = &figures.mentions[index];
        let written = reading.draft.quote(&mention.number);
        if let Some(text) = number_like(view, mention, value).filter(|text| text != written) {
            edits.push(Edit::replace(reading.draft.source_range(&mention.number), text));
        }
    }
    edits
}

fn is_rewritable(view: &View, mention: &Mention) -> bool {
    number_like(view, mention, mention.base_value()).is_some()
}

/// The number of a mention with another value.
fn number_like(view: &View, mention: &Mention, value: Decimal) -> Option<String> {
    if mention.exactness != Exactness::Exact {
        return None;
    }
    let written = view.snapshot.reading().draft.quote(&mention.number);
    // A column's head may hold the 万 that its cells leave out.
    let from_head = mention.multiplier - written::read(written)?.multiplier;
    let in_unit = converted(value, mention.unit)?;
    let in_unit = if mention.in_table { in_unit.shift(-from_head) } else { in_unit };
    write::write_like(in_unit, written)
}

/// A value in another unit of its kind, exactly or to six places.
fn converted(value: Decimal, unit: Unit) -> Option<Decimal> {
    const PLACES: i32 = -6;
    let factor = unit.factor();
    if factor.same_value(Decimal::new(1, 0)) {
        return Some(value);
    }
    value.over(factor, PLACES.min(value.exponent()))
}

/// The value of a new name, in the smallest unit. A bare number is taken in the mention's own unit, and in its 万 if that is nearer to what it was.
fn parse(mention: &Mention, name: &str) -> Option<Decimal> {
    let number = written::read(name).filter(|number| number.vagueness == written::Vagueness::Exact)?;
    let rest = name.get(number.length..)?.trim();
    if !rest.is_empty() {
        let (unit, length) = Unit::read(rest)?;
        let is_whole = length == rest.len() && unit.dimension() == mention.unit.dimension() && unit.is_rate() == mention.unit.is_rate();
        return if is_whole { number.value.times(unit.factor()) } else { None };
    }
    let with_multiplier = number.value.shift(mention.multiplier);
    let is_bare = number.multiplier == 0 && number.form == written::Form::Digits && mention.multiplier > 0;
    let old = magnitude(mention.value);
    let is_nearer = (magnitude(with_multiplier) - old).abs() < (magnitude(number.value) - old).abs();
    let value = if is_bare && is_nearer { with_multiplier } else { number.value };
    value.times(mention.unit.factor())
}

/// How many digits stand before the point.
fn magnitude(value: Decimal) -> i32 {
    value.mantissa().unsigned_abs().checked_ilog10().map_or(0, |digits| digits as i32) + value.exponent()
}
