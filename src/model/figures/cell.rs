//! Cells of tables as mentions: named by the heads of their row and column.
//!
//! The unit stands in the head of the column, in a column of its own, or in the head of the row: 产量（万吨）, | 电子元件 | 亿只 |.

use std::sync::Arc;

use crate::draft::{Draft, Place};
use crate::facts::figure::exactness::Exactness;
use crate::facts::figure::keyword;
use crate::facts::figure::period::{Part, Period, Year};
use crate::facts::figure::role::Role;
use crate::facts::figure::subject::Manner;
use crate::facts::figure::unit::Unit;

use super::mention::{Body, Mention, Name, Origin, Standing, cleaned};
use super::section::Section;
use super::table::{self, Table};

/// What the head of a column says of its cells.
struct Column<'a> {
    head: &'a str,
    unit: Option<(Unit, i32)>,
    period: Option<Period>,
    /// A change or a share, which is not in the unit of the row.
    relative: bool,
}

/// The unit that the head of a row, or its cell in the column of units, gives to its cells.
struct Row<'a> {
    head: &'a str,
    unit: Option<(Unit, i32)>,
}

/// Adds the cells of a table that hold a number with a known unit.
pub fn read(draft: &Draft, index: usize, table: &Table, sections: &[Section], mentions: &mut Vec<Mention>) {
    let Some(heads) = table.rows.first() else { return };
    let columns: Vec<Column> = heads.iter().map(|cell| column(draft, cell)).collect();
    let units = columns.iter().position(|column| matches!(column.head, "单位" | "计量单位"));
    for cells in table.rows.iter().skip(1) {
        let row = row(draft, cells, units);
        for (cell, column) in cells.iter().zip(&columns) {
            let unit = column.unit.or(row.unit.filter(|_| !column.relative));
            let Some((value, (unit, power))) = cell.value.zip(unit) else { continue };
            let text = name(&row, column);
            let per_area = text.ends_with("单产");
            let value = value.shift(power);
            let interval = Exactness::Exact.interval(value, unit);
            mentions.push(Mention {
                place: Place::new(cell.block, cell.number.clone()),
                number: Place::new(cell.block, cell.number.clone()),
                value,
                multiplier: power,
                unit,
                per_area,
                interval: interval.scale(unit.factor()).unwrap_or(interval),
                exactness: Exactness::Exact,
                definite: true,
                name: Name {
                    text: cleaned(&text),
                    origin: Origin::Table,
                },
                owner: String::new(),
                verb: String::new(),
                manner: Manner::Plain,
                whole: table::is_total(row.head),
                role: Role::Level,
                planned: false,
                standing: Standing::Unsaid,
                done: false,
                period: column.period,
                body: Body::Own,
                section: sections[cell.block],
                around: 0..0,
                sentence: 0..0,
                in_table: true,
                table: Some(index),
                known: false,
                only: false,
                leads: false,
                not_yet: String::new(),
                remains: false,
                falls: false,
                keywords: keyword::sorted(keyword::pairs_of(&text)),
                topic: Arc::default(),
                topic_name: String::new(),
            });
        }
    }
}

/// Words of columns whose numbers are set against others.
const RELATIVE: &[&str] = &["增", "降", "率", "比重", "占", "同比", "排名", "位次", "均", "%", "％", "±"];

fn column<'a>(draft: &'a Draft, cell: &table::Cell) -> Column<'a> {
    let (head, unit) = table::head_and_unit(table::text(draft, cell));
    let head = head.trim_start_matches("其中：").trim_start_matches("其中:");
    let dates = &draft.pieces()[cell.block].facts().dates.dates;
    let date = dates.iter().find(|date| date.year.is_some());
    let year = match date {
        Some(date) => date.year.map(Year::Number),
        None if ["上年", "去年", "同期"].iter().any(|word| head.contains(word)) => Some(Year::FromNow(-1)),
        None => None,
    };
    // 2031年产量 is the 产量 of 2031.
    let dated = date.and_then(|date| draft.pieces()[cell.block].prose().get(date.range.clone()));
    let head = dated.and_then(|date| head.strip_prefix(date)).unwrap_or(head);
    Column {
        head,
        unit,
        period: year.map(|year| Period { year, part: Part::Whole }),
        relative: RELATIVE.iter().any(|word| head.contains(word)),
    }
}

fn row<'a>(draft: &'a Draft, cells: &[table::Cell], units: Option<usize>) -> Row<'a> {
    let (head, unit) = table::head_and_unit(table::row_head(draft, cells));
    let own = units
        .and_then(|column| cells.get(column))
        .and_then(|cell| Unit::of(table::text(draft, cell).trim()));
    Row { head, unit: own.or(unit) }
}

/// Heads of columns that say nothing of what is measured.
const PLAIN_HEADS: &[&str] = &[
    "绝对数",
    "绝对量",
    "数量",
    "数值",
    "实绩",
    "完成数",
    "指标值",
    "总量",
    "本年",
    "本期",
    "全年",
    "合计",
    "情况",
];

fn name(row: &Row, column: &Column) -> String {
    let head = column.head;
    if head.ends_with("单产") || head.ends_with("亩产") {
        return format!("{}单产", row.head);
    }
    if table::is_total(row.head) {
        return head.to_owned();
    }
    // With the unit in the row, the row is what is measured; the column tells when.
    let says_nothing = column.unit.is_none() && (head.is_empty() || head == "上年" || PLAIN_HEADS.contains(&head));
    match says_nothing {
        true => row.head.to_owned(),
        false => format!("{}{head}", row.head),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::numbering::Numbering;
    use crate::source::Format;

    /// What the cells of a table measure: name, value with its unit, year.
    fn cells(table: &str) -> Vec<(String, String, Option<Year>)> {
        let draft = Draft::new(table, Format::Markdown);
        let figures = super::super::Figures::build(&draft, &Numbering::build(&draft));
        let cells = figures.mentions.iter().filter(|mention| mention.in_table);
        let told = |mention: &Mention| {
            let written = crate::facts::figure::write(mention.value, mention.multiplier, mention.unit);
            (mention.name.text.clone(), written, mention.period.map(|period| period.year))
        };
        cells.map(told).collect()
    }

    #[test]
    fn the_unit_may_stand_with_the_column_or_with_the_row() {
        let told = |name: &str, value: &str, year| (name.to_owned(), value.to_owned(), year);
        let by_column = "| 乡镇 | 播种面积（万亩） |\n|---|---|\n| 东乡 | 3.2 |\n| 合计 | 3.2 |\n";
        assert_eq!(
            cells(by_column),
            [told("东乡播种面积", "3.2万亩", None), told("播种面积", "3.2万亩", None)]
        );
        let own_column = "| 产品 | 单位 | 2031年产量 | 比上年增长（%） |\n|---|---|---|---|\n| 水泥 | 万吨 | 86.2 | 4.1 |\n";
        assert_eq!(cells(own_column)[0], told("水泥产量", "86.2万吨", Some(Year::Number(2031))));
        let by_row = "| 指标 | 2031年 | 2032年 |\n|---|---|---|\n| 粮食产量（万吨） | 61.3 | 62.8 |\n";
        assert_eq!(
            cells(by_row),
            [
                told("粮食产量", "61.3万吨", Some(Year::Number(2031))),
                told("粮食产量", "62.8万吨", Some(Year::Number(2032)))
            ]
        );
    }

    #[test]
    fn a_rate_is_not_in_the_unit_of_its_row() {
        let table = "| 产品 | 单位 | 产量 | 同比增长 |\n|---|---|---|---|\n| 水泥 | 万吨 | 86.2 | 4.1 |\n";
        assert_eq!(cells(table).len(), 1);
    }
}
