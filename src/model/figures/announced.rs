//! Totals told in the text beside a table that has no row for them: 各镇造林合计2460亩, and the table lists 860, 920 and 680.

use std::ops::Range;

use crate::draft::{Draft, Place};
use crate::facts::figure::Figure;
use crate::facts::figure::equation::label;
use crate::facts::figure::exactness::Exactness;
use crate::facts::figure::unit::Unit;
use crate::numeral::decimal::Decimal;
use crate::numeral::slip;

use super::table::{self, Table, WrongTotal};

/// Words that say that a figure is the sum of what the table lists.
const SUMS: &[&str] = &["合计", "共计", "总计", "共", "总面积", "总投资", "总额", "总数"];
/// How many blocks before and after a table may tell its sum.
const BEFORE: usize = 2;
const AFTER: usize = 1;

/// A column whose cells can be added up.
struct Column<'a> {
    head: &'a str,
    unit: Unit,
    power: i32,
    cells: Vec<(Place, Decimal)>,
    sum: Decimal,
}

/// Adds the totals told beside a table that look like slips of its sum.
pub fn find(draft: &Draft, table: &Table, found: &mut Vec<WrongTotal>) {
    let names: Vec<&str> = table.rows.iter().map(|row| table::row_head(draft, row)).collect();
    let blocks = blocks(table);
    if table.rows.len() < 3 || names.iter().any(|name| table::is_total(name) || name.starts_with("其中")) || blocks.is_empty() {
        return;
    }
    let columns = columns(draft, table);
    if columns.is_empty() {
        return;
    }
    let beside = (blocks.start.saturating_sub(BEFORE)..blocks.start).chain(blocks.end..(blocks.end + AFTER).min(draft.pieces().len()));
    for block in beside.filter(|block| !draft.pieces()[*block].block().is_cell()) {
        let (prose, figures) = (draft.pieces()[block].prose(), &draft.pieces()[block].facts().figures);
        for index in 0..figures.len() {
            let is_sum = SUMS.iter().any(|word| label(prose, figures, index).contains(word));
            if is_sum && figures[index].exactness == Exactness::Exact {
                found.extend(wrong(block, &figures[index], &columns));
            }
        }
    }
}

/// From the first block of a table to the one after its last.
fn blocks(table: &Table) -> Range<usize> {
    let cells = || table.rows.iter().flatten().map(|cell| cell.block);
    cells().min().unwrap_or(0)..cells().max().map_or(0, |last| last + 1)
}

/// The columns whose head tells their unit and all of whose cells are numbers.
fn columns<'a>(draft: &'a Draft, table: &Table) -> Vec<Column<'a>> {
    let Some(heads) = table.rows.first() else { return Vec::new() };
    let read = |(column, head): (usize, &table::Cell)| {
        let head = table::text(draft, head);
        let (name, Some((unit, power))) = table::head_and_unit(head) else {
            return None;
        };
        if table::is_not_added(head) {
            return None;
        }
        let cells: Option<Vec<(Place, Decimal)>> = table.rows[1..]
            .iter()
            .map(|row| {
                let cell = row.get(column)?;
                Some((Place::new(cell.block, cell.number.clone()), cell.value?))
            })
            .collect();
        let cells = cells?;
        let sum = cells.iter().try_fold(Decimal::ZERO, |sum, (_, value)| sum.plus(*value))?;
        Some(Column {
            head: name,
            unit,
            power,
            cells,
            sum,
        })
    };
    heads.iter().enumerate().skip(1).filter_map(read).collect()
}

fn wrong(block: usize, figure: &Figure, columns: &[Column]) -> Option<WrongTotal> {
    let is_of = |column: &&Column| column.unit == figure.unit && column.power == figure.multiplier && !figure.unit.is_rate();
    let stated = figure.value.shift(-figure.multiplier);
    let mut same_unit = columns.iter().filter(is_of);
    let column = same_unit.next()?;
    let is_only = same_unit.next().is_none();
    let difference = column.sum.minus(stated)?.abs();
    let is_near = difference.shift(1).at_most(stated);
    let is_slip = slip::between(column.sum, stated).is_some() && is_near;
    // What the cells were rounded to may move the sum by as many halves of a digit.
    let slack = Decimal::new(column.cells.len() as i128, stated.exponent().min(column.sum.exponent())).times(Decimal::new(5, -1))?;
    let is_rounding = column.sum.exponent() < 0 && difference.at_most(slack);
    (is_only && is_slip && !is_rounding).then(|| WrongTotal {
        total: Place::new(block, figure.number.clone()),
        stated,
        addends: column.cells.clone(),
        sum: column.sum,
        name: column.head.to_owned(),
        across: false,
        suspects: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn wrong_sums(text: &str) -> Vec<String> {
        let draft = Draft::new(text, Format::Markdown);
        let mut found = Vec::new();
        for table in &table::read(&draft) {
            find(&draft, table, &mut found);
        }
        found.iter().map(|total| total.sum.to_string()).collect()
    }

    #[test]
    fn sums_told_beside_a_table() {
        let table = "| 镇 | 面积（亩） | 户数（户） |\n|---|---|---|\n| 柳河 | 860 | 42 |\n| 青山 | 920 | 51 |\n| 石桥 | 680 | 38 |\n";
        assert_eq!(wrong_sums(&format!("各镇造林面积见下表，合计2640亩。\n\n{table}")), vec!["2460"]);
        assert_eq!(wrong_sums(&format!("{table}\n以上共涉及141户。\n")), vec!["131"]);
        for text in [
            format!("各镇造林面积见下表，合计2460亩。\n\n{table}"),
            format!("全县共造林8.6万亩，其中三个镇见下表。\n\n{table}"),
            format!("合计2640亩。\n\n一、造林\n\n各镇如下。\n\n如表所示。\n\n{table}"),
            format!("合计2640亩。\n\n{table}| 合计 | 2460 | 131 |\n"),
        ] {
            assert_eq!(wrong_sums(&text), Vec::<String>::new(), "{text}");
        }
    }
}
