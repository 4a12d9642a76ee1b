//! Columns of percentages in tables that follow from other columns: growth from last year and this, completion from plan and result, shares from
//! the column of what is shared.
//!
//! How such a column is worked out is not read from its head but found by trying: the formula that most rows fit is the table's own, and the rows
//! that do not fit it are wrong.

use crate::draft::{Draft, Place};
use crate::numeral::decimal::{Decimal, Interval};
use crate::numeral::slip;
use crate::numeral::written;

use super::table::{self, Table};

/// A percentage of a table that its row does not give.
#[derive(Debug, Clone, PartialEq)]
pub struct WrongRatio {
    /// The number without its sign.
    pub rate: Place,
    pub expected: Decimal,
    /// The cells it follows from: part and whole, or what was earlier and what is later; a share of a column's total has the part alone.
    pub sources: Vec<Place>,
    /// The total of the column that a share is of.
    pub total: Option<Decimal>,
    /// A rate of change, not a share.
    pub change: bool,
    /// So many rows fit the formula, or so small is the slip, that there is hardly a doubt.
    pub certain: bool,
}

/// How a percentage follows from other cells of its row. Columns count from zero.
#[derive(Debug, Clone, Copy)]
enum Formula {
    /// A cell over the total of its column.
    Share { part: usize },
    /// A cell over another.
    Quotient { part: usize, whole: usize },
    /// What is gone of a cell over it: 去除率, 压减率.
    Loss { earlier: usize, later: usize },
    /// The difference of two cells over the earlier.
    Change { earlier: usize, later: usize },
}

impl Formula {
    /// The percentage that the later cell is of the earlier one where the column tells what was gained or lost: so each cell is rounded once.
    fn stated(self, rate: Decimal) -> Decimal {
        let hundred = Decimal::from(100);
        match self {
            Formula::Share { .. } | Formula::Quotient { .. } => rate,
            Formula::Loss { .. } => hundred.minus(rate).unwrap_or(rate),
            Formula::Change { .. } => hundred.plus(rate).unwrap_or(rate),
        }
    }
}

/// Columns beyond these are not tried, so that a wide table costs no more than a long one.
const COLUMNS: usize = 10;
/// After so many rows a formula that fits few of them is given up.
const TRIAL: usize = 12;

/// Heads of columns that tell a change.
const CHANGES: &[&str] = &[
    "增长", "增减", "增幅", "增速", "同比", "比上", "较上", "升降", "变化", "涨幅", "降幅", "±",
];
/// Values of output grow at constant prices, which the columns do not tell.
const AT_CONSTANT_PRICES: &[&str] = &["生产总值", "增加值", "产值", "GDP", "产业", "指数"];

/// Adds the percentages of a table that are wrong.
pub fn find(draft: &Draft, table: &Table, found: &mut Vec<WrongRatio>) {
    let Some(heads) = table.rows.first() else { return };
    let heads: Vec<&str> = heads.iter().map(|cell| table::text(draft, cell)).collect();
    if table.rows.len() < 4 || heads.len() < 3 {
        return;
    }
    let grid = Grid::read(draft, table, heads.len().min(COLUMNS + 1));
    let is_rate = |column: usize| grid.percent[column] || heads[column].contains(['%', '％']);
    let (rates, plain): (Vec<usize>, Vec<usize>) = (1..grid.width).partition(|column| is_rate(*column));
    for rate in rates {
        let change = CHANGES.iter().any(|word| heads[rate].contains(word));
        let best = formulas(&plain, change)
            .filter_map(|formula| grid.trial(rate, formula))
            .max_by_key(|trial| trial.right);
        if let Some(trial) = best {
            found.extend(trial.report(&grid, rate));
        }
    }
}

fn formulas(plain: &[usize], change: bool) -> impl Iterator<Item = Formula> + '_ {
    let pairs = plain
        .iter()
        .flat_map(move |a| plain.iter().filter(move |b| a != *b).map(move |b| (*a, *b)));
    let of_pairs = pairs.map(move |(a, b)| match change {
        true => Formula::Change { earlier: a, later: b },
        false => Formula::Quotient { part: a, whole: b },
    });
    let losses = plain
        .iter()
        .flat_map(move |a| plain.iter().filter(move |b| a != *b).map(move |b| (*a, *b)));
    let losses = losses.filter(move |_| !change).map(|(earlier, later)| Formula::Loss { earlier, later });
    let shares = plain.iter().filter(move |_| !change).map(|part| Formula::Share { part: *part });
    shares.chain(of_pairs).chain(losses)
}

/// The numbers of a table.
struct Grid<'a> {
    table: &'a Table,
    width: usize,
    /// Row by row; the first is that of the heads and empty.
    values: Vec<Vec<Option<Decimal>>>,
    /// Whether the cells of a column are written with a sign for percentages.
    percent: Vec<bool>,
    /// What the column of each share comes to.
    totals: Vec<Option<Decimal>>,
    /// Rows that are no item of their own, or whose growth is worked out otherwise.
    total_rows: Vec<bool>,
    constant_prices: Vec<bool>,
}

impl<'a> Grid<'a> {
    fn read(draft: &Draft, table: &'a Table, width: usize) -> Self {
        let mut percent = vec![false; width];
        let mut values = vec![Vec::new()];
        let names: Vec<&str> = table.rows.iter().map(|row| table::row_head(draft, row)).collect();
        for row in &table.rows[1..] {
            let texts = row.iter().take(width).map(|cell| table::text(draft, cell));
            let mut numbers: Vec<Option<Decimal>> = Vec::with_capacity(width);
            for (column, text) in texts.enumerate() {
                percent[column] |= text.ends_with(['%', '％']);
                numbers.push(signed(text));
            }
            numbers.resize(width, None);
            values.push(numbers);
        }
        let total_rows: Vec<bool> = names.iter().map(|name| table::is_total(name)).collect();
        let totals = (0..width).map(|column| total(&values, &total_rows, column)).collect();
        let constant_prices = names
            .iter()
            .map(|name| AT_CONSTANT_PRICES.iter().any(|word| name.contains(word)))
            .collect();
        Grid {
            table,
            width,
            values,
            percent,
            totals,
            total_rows,
            constant_prices,
        }
    }

    /// Tries a formula on every row; `None` if most rows do not fit it.
    fn trial(&self, rate: usize, formula: Formula) -> Option<Trial> {
        let mut trial = Trial {
            formula,
            right: 0,
            wrong: Vec::new(),
            wrong_totals: Vec::new(),
        };
        let change = matches!(formula, Formula::Change { .. });
        for row in 1..self.values.len() {
            if change && self.constant_prices[row] || self.total_rows[row] && matches!(formula, Formula::Share { .. }) {
                continue;
            }
            let Some((stated, (part, whole))) = self.values[row][rate].zip(self.operands(row, formula)) else {
                continue;
            };
            match fits(formula.stated(stated), part, whole) {
                // The row of the total proves nothing of the formula, and is held against it.
                Some(true) if self.total_rows[row] => {}
                Some(false) if self.total_rows[row] => trial.wrong_totals.push(row),
                Some(true) => trial.right += 1,
                Some(false) => trial.wrong.push(row),
                None => {}
            }
            if trial.right + trial.wrong.len() > TRIAL && trial.right < trial.wrong.len() {
                return None;
            }
        }
        (trial.right >= 2 && trial.right >= 2 * trial.wrong.len()).then_some(trial)
    }

    /// What is divided by what.
    fn operands(&self, row: usize, formula: Formula) -> Option<(Interval, Interval)> {
        let at = |column: usize| self.values[row][column].map(Interval::rounded);
        match formula {
            Formula::Share { part } => Some((at(part)?, Interval::rounded(self.totals[part]?))),
            Formula::Quotient { part, whole } => Some((at(part)?, at(whole)?)),
            Formula::Loss { earlier, later } | Formula::Change { earlier, later } => Some((at(later)?, at(earlier)?)),
        }
    }
}

/// What the total's row says of a column, or else the sum of its rows.
fn total(values: &[Vec<Option<Decimal>>], total_rows: &[bool], column: usize) -> Option<Decimal> {
    if let Some(row) = total_rows.iter().rposition(|is_total| *is_total) {
        return *values[row].get(column)?;
    }
    let mut sum = Decimal::ZERO;
    for value in values.iter().filter_map(|row| *row.get(column)?) {
        sum = sum.plus(value)?;
    }
    Some(sum)
}

/// A cell's number with its sign; `None` if it holds anything else.
fn signed(text: &str) -> Option<Decimal> {
    let bare = text.trim_start_matches(['-', '－', '−', '+', '＋']);
    let written = written::read(bare).filter(|written| written.form == written::Form::Digits)?;
    let is_all = matches!(bare[written.length..].trim(), "" | "%" | "％");
    let negative = text.starts_with(['-', '－', '−']);
    is_all.then(|| if negative { written.value.negate() } else { written.value })
}

/// Whether a percentage is the quotient within rounding; a last digit cut off instead of rounded is right too.
fn fits(stated: Decimal, part: Interval, whole: Interval) -> Option<bool> {
    if !Decimal::ZERO.less_than(whole.low) {
        return None;
    }
    let slack = Decimal::new(1, stated.exponent());
    let own = Interval::rounded(stated);
    let (low, high) = (own.low.minus(slack)?.shift(-2), own.high.plus(slack)?.shift(-2));
    let smallest = low.times(if low.is_negative() { whole.high } else { whole.low })?;
    let largest = high.times(if high.is_negative() { whole.low } else { whole.high })?;
    Some(Interval::new(smallest, largest).overlaps(&part))
}

struct Trial {
    formula: Formula,
    right: usize,
    /// The rows that do not fit.
    wrong: Vec<usize>,
    /// The rows of totals that do not.
    wrong_totals: Vec<usize>,
}

impl Trial {
    fn report<'a>(self, grid: &'a Grid, rate: usize) -> impl Iterator<Item = WrongRatio> + 'a {
        let Trial {
            formula,
            right,
            mut wrong,
            wrong_totals,
        } = self;
        // Where every row fits, that of the total has to.
        if wrong.is_empty() && right >= 3 {
            wrong = wrong_totals;
        }
        let alone = wrong.len() == 1;
        wrong.into_iter().filter_map(move |row| {
            let stated = grid.values[row][rate]?;
            let expected = expected(grid, row, formula, stated)?;
            let place = |column: usize| {
                let cell = &grid.table.rows[row][column];
                Place::new(cell.block, cell.number.clone())
            };
            let columns = match formula {
                Formula::Share { part } => vec![part],
                Formula::Quotient { part, whole } => vec![part, whole],
                Formula::Loss { earlier, later } | Formula::Change { earlier, later } => vec![earlier, later],
            };
            let total = match formula {
                Formula::Share { part } => grid.totals[part],
                _ => None,
            };
            let is_slip = slip::between(expected.abs(), stated.abs()).is_some();
            Some(WrongRatio {
                rate: place(rate),
                expected,
                sources: columns.into_iter().map(place).collect(),
                total,
                change: matches!(formula, Formula::Change { .. }),
                certain: alone && (is_slip || right >= 3),
            })
        })
    }
}

fn expected(grid: &Grid, row: usize, formula: Formula, stated: Decimal) -> Option<Decimal> {
    let value = |column: usize| grid.values[row][column];
    let (part, whole) = match formula {
        Formula::Share { part } => (value(part)?, grid.totals[part]?),
        Formula::Quotient { part, whole } => (value(part)?, value(whole)?),
        Formula::Loss { earlier, later } => (value(earlier)?.minus(value(later)?)?, value(earlier)?),
        Formula::Change { earlier, later } => (value(later)?.minus(value(earlier)?)?, value(earlier)?),
    };
    part.shift(2).over(whole, stated.exponent())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn wrong(text: &str) -> Vec<String> {
        let draft = Draft::new(text, Format::Markdown);
        let mut found = Vec::new();
        for table in &table::read(&draft) {
            find(&draft, table, &mut found);
        }
        found.iter().map(|ratio| ratio.expected.to_string()).collect()
    }

    #[test]
    fn percentages_that_their_rows_do_not_give() {
        for (table, expected) in [
            (
                "| 项目 | 预算 | 执行 | 执行率（%） |\n|---|---|---|---|\n| 人员 | 860 | 842 | 97.9 |\n| 公用 | 240 | 216 | 90.0 |\n| 建设 | 620 | 558 | 90.0 |\n| 合计 | 1720 | 1616 | 96.0 |\n",
                "94.0",
            ),
            (
                "| 指标 | 2022年 | 2023年 | 增减（%） |\n|---|---|---|---|\n| 借阅册次 | 520 | 572 | 10.0 |\n| 活动场次 | 64 | 80 | 35.0 |\n| 读者投诉 | 50 | 41 | -18.0 |\n",
                "25.0",
            ),
            (
                "| 指标 | 目标 | 完成 | 完成率 |\n|---|---|---|---|\n| 造林 | 400 | 210 | 52.5% |\n| 修路 | 90 | 54 | 70.0% |\n| 清淤 | 8.0 | 6.0 | 75.0% |\n",
                "60.0",
            ),
            (
                "| 指标 | 进水 | 出水 | 去除率（%） |\n|---|---|---|---|\n| 氨氮 | 35.0 | 1.5 | 92.7 |\n| 总磷 | 4.0 | 0.3 | 92.5 |\n| 总氮 | 45 | 9.0 | 80.0 |\n",
                "95.7",
            ),
            (
                "| 指标 | 进水 | 出水 | 去除率（%） |\n|---|---|---|---|\n| 甲 | 320 | 30 | 90.6 |\n| 乙 | 150 | 6 | 96.0 |\n| 丙 | 220 | 10 | 95.5 |\n| 丁 | 30 | 1.2 | 93.0 |\n",
                "96.0",
            ),
            (
                "| 来源 | 金额 | 占比（%） |\n|---|---|---|\n| 财政 | 300 | 60.0 |\n| 捐赠 | 120 | 34.0 |\n| 自筹 | 80 | 16.0 |\n| 合计 | 500 | 100 |\n",
                "24.0",
            ),
        ] {
            assert_eq!(wrong(table), vec![expected.to_owned()], "{table}");
        }
    }

    #[test]
    fn percentages_that_follow_or_whose_formula_is_unknown() {
        for table in [
            "| 指标 | 2022年 | 2023年 | 增减（%） |\n|---|---|---|---|\n| 借阅 | 520 | 572 | 10.0 |\n| 活动 | 64 | 80 | 25.0 |\n| 增加值 | 90.2 | 96.1 | 5.2 |\n",
            "| 指标 | 数量 | 人数 | 增长（%） |\n|---|---|---|---|\n| 借阅 | 520 | 572 | 3.1 |\n| 活动 | 64 | 80 | 7.5 |\n| 讲座 | 12 | 30 | 9.9 |\n",
            "| 来源 | 金额 | 占比（%） |\n|---|---|---|\n| 财政 | 300 | 59.9 |\n| 捐赠 | 120 | 24 |\n| 自筹 | 80 | 16.0 |\n| 合计 | 500 | 100 |\n",
            "| 项目 | 预算 | 执行 | 执行率（%） |\n|---|---|---|---|\n| 人员 | 860 | 842 | 97.9 |\n| 公用 | 240 | 216 | 90.0 |\n| 建设 | 620 | 558 | 90.0 |\n| 合计 | 1720 | 1616 | 94.0 |\n",
            "| 地块 | 面积 | 出苗率（%） |\n|---|---|---|\n| 东 | 12 | 95.0 |\n| 西 | 18 | 93.2 |\n| 南 | 10 | 96.1 |\n",
        ] {
            assert_eq!(wrong(table), Vec::<String>::new(), "{table}");
        }
    }
}
