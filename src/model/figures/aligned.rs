//! Tables of plain drafts: lines whose columns are parted by runs of spaces or by tabs.

use std::ops::Range;

use crate::draft::Draft;

use super::table::{self, Cell, Table};

/// All runs of lines that make a table: three or more lines of the same number of columns.
pub fn read(draft: &Draft) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut open = Table::default();
    for (block, piece) in draft.pieces().iter().enumerate() {
        let prose = piece.prose();
        let mut fields = if piece.block().is_cell() { Vec::new() } else { fields(prose) };
        let width = open.rows.first().map_or(fields.len(), Vec::len);
        if fields.len() == width + 1 && is_parted_word(prose, &fields) {
            let second = fields.remove(1);
            fields[0].end = second.end;
        }
        if fields.len() < 3 || fields.len() != width {
            close(&mut open, &mut tables);
        }
        if fields.len() >= 3 {
            let cells = fields.into_iter().map(|field| table::cell(block, prose, field));
            open.rows.push(cells.collect::<Vec<Cell>>());
        }
    }
    close(&mut open, &mut tables);
    tables
}

fn close(open: &mut Table, tables: &mut Vec<Table>) {
    let table = std::mem::take(open);
    if table.rows.len() >= 3 {
        tables.push(table);
    }
}

/// What stands between the gaps of a line; a line of one field has no gap at all.
fn fields(prose: &str) -> Vec<Range<usize>> {
    let mut fields: Vec<Range<usize>> = Vec::new();
    let mut gap = 2;
    for (at, char) in prose.char_indices() {
        if char.is_whitespace() {
            gap += if char == '\t' { 2 } else { 1 };
            continue;
        }
        let end = at + char.len_utf8();
        match fields.last_mut() {
            Some(field) if gap < 2 => field.end = end,
            _ => fields.push(at..end),
        }
        gap = 0;
        // A line of text is no row of a table.
        if matches!(char, '。' | '；') {
            return Vec::new();
        }
    }
    fields
}

/// 合  计: one word whose characters were set apart.
fn is_parted_word(prose: &str, fields: &[Range<usize>]) -> bool {
    fields.iter().take(2).all(|field| prose[field.clone()].chars().count() == 1) && fields.len() > 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn wrong(text: &str) -> Vec<String> {
        let draft = Draft::new(text, Format::Plain);
        let mut found = Vec::new();
        for table in &read(&draft) {
            table::wrong_totals(&draft, table, &mut found);
        }
        found.iter().map(|total| total.sum.to_string()).collect()
    }

    const HEAD: &str = "安排如下：\n\n    项目        预算(万元)    到位(万元)    缺口(万元)\n    修渠          204           160           44\n    打井         1350          1200          150\n";

    #[test]
    fn totals_of_aligned_lines() {
        assert_eq!(
            wrong(&format!("{HEAD}    合计         1554          1360          184\n\n完毕。\n")),
            ["194"]
        );
        assert_eq!(wrong(&format!("{HEAD}    合  计       1554          1360          184\n")), ["194"]);
        assert_eq!(wrong("镇\t户\t人\n甲\t120\t433\n乙\t210\t702\n合计\t330\t1153\n"), ["1135"]);
    }

    #[test]
    fn groups_of_rows_are_sums_too() {
        let table = |seedlings: u32| {
            format!(
                "类别  数量  面积\n一、农业类  35  70\n种植  20  40\n养殖  {seedlings}  30\n二、工业类  40  80\n加工  25  50\n制造  15  30\n合计  75  150\n"
            )
        };
        assert_eq!(wrong(&table(16)), ["36"]);
        assert_eq!(wrong(&table(15)), Vec::<String>::new());
    }

    #[test]
    fn lines_that_make_no_table() {
        assert_eq!(
            wrong(&format!("{HEAD}    合计         1554          1360          194\n")),
            Vec::<String>::new()
        );
        assert_eq!(wrong("    王某  李某  张某\n    赵某  钱某  孙某\n"), Vec::<String>::new());
    }
}
