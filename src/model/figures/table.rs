//! Tables: what the cells of Markdown tables measure, and totals that do not come to the sum of their rows or columns.

use std::ops::Range;

use crate::draft::{Draft, Place};
use crate::facts::figure::unit::Unit;
use crate::numeral::decimal::{Decimal, Interval};
use crate::numeral::slip::{self, Slip};
use crate::numeral::written::{self, Vagueness};
use crate::source::block::Kind;

/// A table's cells, row by row.
#[derive(Debug, Default)]
pub struct Table {
    pub rows: Vec<Vec<Cell>>,
}

/// One cell.
#[derive(Debug, Clone)]
pub struct Cell {
    pub block: usize,
    /// All that it holds, in bytes of the block's prose.
    pub text: Range<usize>,
    /// The number, or all that stands there instead, without a sign for percentages; bytes of the block's prose.
    pub number: Range<usize>,
    pub value: Option<Decimal>,
    /// The cell is empty or holds a dash: nothing to add.
    pub blank: bool,
}

/// A total that its row or column does not come to.
#[derive(Debug, Clone, PartialEq)]
pub struct WrongTotal {
    pub total: Place,
    pub stated: Decimal,
    /// The cells that were added up.
    pub addends: Vec<(Place, Decimal)>,
    pub sum: Decimal,
    /// The head of the row or column.
    pub name: String,
    /// Along a row, not down a column.
    pub across: bool,
    /// Cells that a slip of the hand may have changed, with the value that would make the total right.
    pub suspects: Vec<(Place, Decimal)>,
}

/// Heads of rows and columns of totals.
const TOTALS: &[&str] = &["合计", "总计", "共计", "累计", "总和", "总数", "小计", "合 计", "总 计"];
/// Heads that are totals where they stand first or last.
const BODIES: &[&str] = &[
    "全国",
    "全省",
    "全市",
    "全县",
    "全区",
    "全镇",
    "全乡",
    "全校",
    "全院",
    "全系统",
    "总体",
    "全州",
    "全厂",
];
/// Columns that are not added up.
const NOT_ADDED: &[&str] = &[
    "率", "均", "单产", "单价", "%", "％", "序号", "编号", "排名", "名次", "增长", "增幅", "同比", "比上", "层数", "得分", "满意", "年份", "标准",
    "价", "占比", "比重", "比例", "倍", "时间", "日期", "电话", "高度", "备注", "次序", "最高", "最低", "最大", "最小", "年龄", "累计", "余额",
    "温度", "浓度", "指数", "系数", "期限", "年限",
];

/// All tables of a draft.
pub fn read(draft: &Draft) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    for (block, piece) in draft.pieces().iter().enumerate() {
        let Kind::Cell(place) = &piece.block().kind else { continue };
        let (table, row, column) = (place.table as usize, place.row as usize, place.column as usize);
        tables.resize_with(tables.len().max(table + 1), Table::default);
        let rows = &mut tables[table].rows;
        rows.resize_with(rows.len().max(row + 1), Vec::new);
        let cells = &mut rows[row];
        // Rows come in order, so that a gap is a cell that the source left out.
        cells.resize_with(cells.len().max(column), || blank(block));
        cells.truncate(column);
        let prose = piece.prose();
        cells.push(cell(block, prose, 0..prose.len()));
    }
    tables
}

fn blank(block: usize) -> Cell {
    Cell {
        block,
        text: 0..0,
        number: 0..0,
        value: None,
        blank: true,
    }
}

/// The cell that a range of a block's prose holds.
pub fn cell(block: usize, prose: &str, range: Range<usize>) -> Cell {
    let untrimmed = &prose[range.clone()];
    let text = untrimmed.trim();
    let start = range.start + untrimmed.len() - untrimmed.trim_start().len();
    let bare = text.trim_end_matches(['%', '％']).len();
    let written = written::read(text).filter(|written| written.vagueness == Vagueness::Exact && written.form == written::Form::Digits);
    let whole = written.filter(|written| matches!(text[written.length..].trim(), "" | "%" | "％"));
    Cell {
        block,
        text: start..start + text.len(),
        number: whole.map_or(start..start + bare, |written| start..start + written.length),
        value: whole.map(|written| written.value),
        blank: text.chars().all(|char| matches!(char, '—' | '-' | '－' | '/' | '–')),
    }
}

/// The text of a cell.
pub fn text<'a>(draft: &'a Draft, cell: &Cell) -> &'a str {
    draft.pieces()[cell.block].prose().get(cell.text.clone()).unwrap_or("")
}

/// A head without its unit, and the unit in its brackets: 播种面积（万亩）.
pub fn head_and_unit(head: &str) -> (&str, Option<(Unit, i32)>) {
    let open = head.find(['（', '(', '/', '／']);
    let Some(open) = open else { return (head.trim(), None) };
    let inside = head[open..].trim_start_matches(['（', '(', '/', '／']).trim_end_matches(['）', ')', ' ']);
    let inside = inside.trim_start_matches("单位：").trim_start_matches("单位:");
    (head[..open].trim(), Unit::of(inside))
}

/// What kind of row or column a head makes.
pub fn is_total(head: &str) -> bool {
    let bare: String = head.chars().filter(|char| char.is_alphanumeric()).collect();
    TOTALS
        .iter()
        .any(|total| *total == bare || bare.ends_with(total) && bare.chars().count() <= 4)
}

/// Whether the cells below a head are not to be added up: 单价, 占比.
pub fn is_not_added(head: &str) -> bool {
    NOT_ADDED.iter().any(|word| head.contains(word))
}

fn is_total_row(head: &str, index: usize, rows: usize) -> bool {
    is_total(head) || (BODIES.contains(&head) && (index == 1 || index + 1 == rows))
}

/// The head of a row: its first cell that is no serial number.
pub fn row_head<'a>(draft: &'a Draft, row: &[Cell]) -> &'a str {
    row.iter()
        .take(2)
        .filter(|cell| cell.value.is_none() && !cell.blank)
        .map(|cell| text(draft, cell))
        .next()
        .unwrap_or("")
}

/// The totals of a table that are wrong.
pub fn wrong_totals(draft: &Draft, table: &Table, found: &mut Vec<WrongTotal>) {
    let Some(heads) = table.rows.first() else { return };
    let heads: Vec<&str> = heads.iter().map(|cell| text(draft, cell)).collect();
    let names: Vec<&str> = table.rows.iter().map(|row| row_head(draft, row)).collect();
    down_columns(table, &heads, &names, found);
    along_rows(table, &heads, &names, found);
}

fn down_columns(table: &Table, heads: &[&str], names: &[&str], found: &mut Vec<WrongTotal>) {
    if names.iter().any(|name| name.starts_with("其中") || name.starts_with('#')) {
        return;
    }
    let added: Vec<usize> = (1..heads.len())
        .filter(|column| !NOT_ADDED.iter().any(|word| heads[*column].contains(word)))
        .collect();
    let mut some_group_adds_up = false;
    let mut columns: Vec<(&str, Column, bool)> = Vec::new();
    for (total, details) in sums(names) {
        let own: Vec<(&str, Column)> = added
            .iter()
            .filter_map(|column| Some((heads[*column], Column::read(table, *column, total, &details, heads)?)))
            .collect();
        let adds_up = own.iter().any(|(_, column)| column.adds_up);
        some_group_adds_up |= adds_up && is_group(names[total]);
        columns.extend(own.into_iter().map(|(head, column)| (head, column, adds_up)));
    }
    // Groups of a table are built alike: where one is the sum of its rows, the others are.
    for (head, column, confirmed) in columns.iter().filter(|(_, column, _)| !column.adds_up) {
        found.extend(column.report(*confirmed || some_group_adds_up, false, head_and_unit(head).0));
    }
}

/// Rows that sum up others, with those.
fn sums(names: &[&str]) -> Vec<(usize, Vec<usize>)> {
    let count = names.len();
    let is_total_at = |row: usize| is_total_row(names[row], row, count);
    let groups: Vec<usize> = (1..count).filter(|row| is_group(names[*row])).collect();
    let members = |group: usize| -> Vec<usize> {
        let rows = group + 1..count;
        rows.take_while(|row| !is_group(names[*row]) && !is_total_at(*row)).collect()
    };
    let is_grouped = groups.len() >= 2 && groups.iter().any(|group| members(*group).len() >= 2);
    let totals = (1..count).filter(|row| is_total_at(*row));
    if is_grouped {
        let of_groups = groups.iter().map(|group| (*group, members(*group)));
        let of_all = totals.filter(|row| !names[*row].contains("小计")).map(|row| (row, groups.clone()));
        return of_groups.chain(of_all).filter(|(_, details)| details.len() >= 2).collect();
    }
    let sums = totals.filter_map(|total| Some((total, details_of(total, count, &is_total_at, names)?)));
    sums.filter(|(_, details)| details.len() >= 2).collect()
}

/// 一、农业类, （二）工业类: a row that heads those below it.
fn is_group(name: &str) -> bool {
    let bare = name.trim_start_matches(['（', '(']);
    let after = bare.trim_start_matches(|char: char| "一二三四五六七八九十".contains(char));
    after.len() < bare.len() && (after.starts_with('、') || bare.len() < name.len() && after.starts_with(['）', ')']))
}

/// The rows that a total sums up: those since the total before it, or, for a total at the top, all below.
fn details_of(total: usize, count: usize, is_total_at: &impl Fn(usize) -> bool, names: &[&str]) -> Option<Vec<usize>> {
    if total == 1 {
        let below: Vec<usize> = (2..count).collect();
        return below.iter().all(|row| !is_total_at(*row)).then_some(below);
    }
    let subtotals: Vec<usize> = (1..total).filter(|row| is_total_at(*row)).collect();
    if subtotals.is_empty() {
        return Some((1..total).collect());
    }
    if names[total].contains("小计") {
        let start = subtotals.last().map_or(1, |row| row + 1);
        return Some((start..total).collect());
    }
    subtotals.iter().all(|row| names[*row].contains("小计")).then(|| {
        // Rows after the last subtotal stand for themselves.
        let last = subtotals.last().copied().unwrap_or(0);
        subtotals.into_iter().chain(last + 1..total).collect()
    })
}

/// The numbers of a column above its total, or of a row before it.
struct Column {
    total: (Place, Decimal),
    cells: Vec<(Place, Decimal)>,
    sum: Decimal,
    adds_up: bool,
}

impl Column {
    fn read(table: &Table, column: usize, total: usize, details: &[usize], heads: &[&str]) -> Option<Column> {
        let at = |row: usize| table.rows[row].get(column);
        let cells: Vec<&Cell> = details.iter().filter_map(|row| at(*row)).collect();
        let (head, unit) = head_and_unit(heads[column]);
        // 户数, 数量: numbers of things are not rounded.
        let is_number = head.ends_with('数') || head.ends_with("数量");
        let counted = unit.map_or(is_number, |(unit, power)| unit.counts() && power == 0);
        Column::of(at(total)?, &cells, counted)
    }

    fn of(total: &Cell, cells: &[&Cell], counted: bool) -> Option<Column> {
        if cells.iter().any(|cell| cell.value.is_none() && !cell.blank) {
            return None;
        }
        let place = |cell: &Cell| Place::new(cell.block, cell.number.clone());
        let total = (place(total), total.value?);
        let cells: Vec<_> = cells.iter().filter_map(|cell| Some((place(cell), cell.value?))).collect();
        if cells.len() < 2 {
            return None;
        }
        let mut sum = Decimal::ZERO;
        let mut interval = Interval::exactly(Decimal::ZERO);
        for (_, value) in &cells {
            sum = sum.plus(*value)?;
            let own = if counted { Interval::exactly(*value) } else { Interval::rounded(*value) };
            interval = interval.plus(&own)?;
        }
        let stated = if counted {
            Interval::exactly(total.1)
        } else {
            Interval::rounded(total.1)
        };
        Some(Column {
            adds_up: interval.overlaps(&stated),
            total,
            cells,
            sum,
        })
    }

    /// Another column that adds up shows that the rows are parts of the total; without one, the sum must be near.
    fn report(&self, confirmed: bool, across: bool, name: &str) -> Option<WrongTotal> {
        let (place, stated) = &self.total;
        let difference = self.sum.minus(*stated)?;
        let near = difference.abs().shift(1).at_most(stated.abs());
        let very_near = difference.abs().times(Decimal::from(2))?.at_most(stated.abs());
        if !(near || confirmed && very_near) {
            return None;
        }
        let mut suspects: Vec<(Slip, Place, Decimal)> = Vec::new();
        for (place, value) in &self.cells {
            let Some(mended) = value.minus(difference).filter(|mended| !mended.is_negative()) else {
                continue;
            };
            if let Some(slip) = slip::between(*value, mended) {
                suspects.push((slip, place.clone(), mended));
            }
        }
        if suspects.iter().any(|(slip, ..)| *slip == Slip::Swapped) {
            suspects.retain(|(slip, ..)| *slip == Slip::Swapped);
        }
        suspects.truncate(3);
        Some(WrongTotal {
            total: place.clone(),
            stated: *stated,
            addends: self.cells.clone(),
            sum: self.sum,
            name: name.to_owned(),
            across,
            suspects: suspects.into_iter().map(|(_, place, mended)| (place, mended)).collect(),
        })
    }
}

/// 全年 beside four quarters or the months.
fn is_year_of_parts(head: &str, heads: &[&str]) -> bool {
    let parts = heads
        .iter()
        .filter(|head| PARTS_OF_A_YEAR.iter().any(|part| head.contains(part)) && !head.contains('年'));
    ["全年", "年度", "全年累计"].contains(&head_and_unit(head).0) && parts.count() >= 3
}

const PARTS_OF_A_YEAR: &[&str] = &["季度", "月"];

/// A column of totals is believed to be one when most rows come to it.
fn along_rows(table: &Table, heads: &[&str], names: &[&str], found: &mut Vec<WrongTotal>) {
    let is_total_column = |head: &&str| is_total(head_and_unit(head).0) || is_year_of_parts(head, heads);
    let Some(total) = heads.iter().position(is_total_column).filter(|column| *column > 0) else {
        return;
    };
    let addends: Vec<usize> = (1..heads.len())
        .filter(|column| *column != total && !NOT_ADDED.iter().any(|word| heads[*column].contains(word)))
        .filter(|column| !heads[*column].contains("其中"))
        .collect();
    let rows: Vec<(&str, Column)> = (1..table.rows.len())
        .filter(|row| !names[*row].is_empty())
        .filter_map(|row| {
            let cells: Vec<&Cell> = addends.iter().filter_map(|column| table.rows[row].get(*column)).collect();
            Some((names[row], Column::of(table.rows[row].get(total)?, &cells, false)?))
        })
        .collect();
    let right = rows.iter().filter(|(_, row)| row.adds_up).count();
    if right >= 2 && right * 2 > rows.len() {
        let wrong = rows.iter().filter(|(_, row)| !row.adds_up);
        found.extend(wrong.filter_map(|(name, row)| row.report(true, true, name)));
    }
}
