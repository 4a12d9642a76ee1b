//! A cell of a table that is wrong in its row and in its column alike: one change makes both add up.

use rustc_hash::FxHashMap;

use super::table::WrongTotal;
use crate::draft::Place;
use crate::numeral::decimal::Decimal;

/// A cell whose change mends the totals of a row and of a column.
#[derive(Debug, Clone, PartialEq)]
pub struct Crossed<'a> {
    pub cell: Place,
    pub mended: Decimal,
    pub row: &'a WrongTotal,
    pub column: &'a WrongTotal,
}

/// Puts together the totals of rows and columns that one change mends, and tells which are left.
pub fn pair(totals: &[WrongTotal]) -> (Vec<Crossed<'_>>, Vec<&WrongTotal>) {
    let mut rows: FxHashMap<(Place, Decimal), usize> = FxHashMap::default();
    for (index, row) in totals.iter().enumerate().filter(|(_, total)| total.across) {
        for change in changes(row) {
            rows.entry(change).or_insert(index);
        }
    }
    let mut taken = vec![false; totals.len()];
    let mut crossed = Vec::new();
    for (index, column) in totals.iter().enumerate().filter(|(_, total)| !total.across) {
        let found = changes(column).find_map(|change| rows.get(&change).filter(|row| !taken[**row]).map(|row| (change, *row)));
        let Some(((cell, mended), row)) = found else { continue };
        taken[row] = true;
        taken[index] = true;
        crossed.push(Crossed {
            cell,
            mended,
            row: &totals[row],
            column,
        });
    }
    let left = totals.iter().zip(taken).filter(|(_, taken)| !taken).map(|(total, _)| total);
    (crossed, left.collect())
}

/// The changes of one cell, the total itself among them, that make a total right.
fn changes(total: &WrongTotal) -> impl Iterator<Item = (Place, Decimal)> + '_ {
    let excess = total.sum.minus(total.stated);
    let of_addend = move |(place, value): &(Place, Decimal)| {
        let mended = value.minus(excess?)?;
        (!mended.is_negative()).then(|| (place.clone(), mended.trimmed()))
    };
    let of_total = (total.total.clone(), total.sum.trimmed());
    std::iter::once(of_total).chain(total.addends.iter().filter_map(of_addend))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Draft;
    use crate::model::figures::table;
    use crate::source::Format;

    /// The cells of which one change mends a row and a column, as written and as they should be, and how many totals are left.
    fn crossed(rows: &str) -> (Vec<(String, String)>, usize) {
        let text = format!("| 乡镇 | 上半年（户） | 下半年（户） | 合计（户） |\n|---|---|---|---|\n{rows}");
        let draft = Draft::new(&text, Format::Markdown);
        let mut totals = Vec::new();
        for table in &table::read(&draft) {
            table::wrong_totals(&draft, table, &mut totals);
        }
        let (crossed, left) = pair(&totals);
        let cells = crossed
            .iter()
            .map(|crossed| (draft.quote(&crossed.cell).to_owned(), crossed.mended.to_string()));
        (cells.collect(), left.len())
    }

    #[test]
    fn one_cell_may_be_wrong_in_its_row_and_its_column() {
        let rows = "| 东乡 | 312 | 377 | 689 |\n| 南乡 | 245 | 301 | 546 |\n| 西乡 | 198 | 264 | 462 |\n| 合计 | 755 | 942 | 1697 |\n";
        assert_eq!(crossed(rows), (Vec::new(), 0));
        let one = |wrong: &str, right: &str| (vec![(wrong.to_owned(), right.to_owned())], 0);
        assert_eq!(crossed(&rows.replace("| 689 |", "| 698 |")), one("698", "689"));
        assert_eq!(crossed(&rows.replace("| 301 |", "| 310 |")), one("310", "301"));
        assert_eq!(crossed(&rows.replace("| 942 |", "| 924 |")), one("924", "942"));
    }

    #[test]
    fn two_slips_are_two() {
        let rows = "| 东乡 | 312 | 377 | 698 |\n| 南乡 | 245 | 301 | 546 |\n| 西乡 | 198 | 264 | 462 |\n| 北乡 | 100 | 120 | 220 |\n";
        assert_eq!(crossed(&format!("{rows}| 合计 | 855 | 1062 | 1926 |\n")), (Vec::new(), 2));
    }
}
