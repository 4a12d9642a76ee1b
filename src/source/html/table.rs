//! Where cells stand in their tables, with those that reach over several rows and columns.

use rustc_hash::{FxHashMap, FxHashSet};

use super::tag::Tag;
use crate::source::block::{Block, Cell, Kind};

#[derive(Default)]
pub(super) struct Table {
    id: u32,
    rows: u32,
    column: u32,
    /// In how many further rows each column is taken by a cell above.
    held: FxHashMap<u32, u32>,
    pub cell: Option<Cell>,
}

impl Table {
    pub(super) fn new(id: u32) -> Self {
        Table { id, ..Table::default() }
    }

    pub(super) fn start_row(&mut self) {
        self.rows = self.rows.saturating_add(1);
        self.column = 0;
        self.cell = None;
        // A row takes one off each column that a cell above holds; those taken are skipped as cells come.
        self.held.retain(|_, rows| *rows > 0);
    }

    /// `claims` says how many more columns the cells of the page may claim besides those that they stand in.
    pub(super) fn start_cell(&mut self, tag: &Tag, claims: &mut u32) {
        /// Spans and columns held from above are followed up to here; no table to be read is wider.
        const WIDEST: i64 = 200;
        while let (1.., Some(rows)) = (*claims, self.held.get_mut(&self.column).filter(|rows| **rows > 0)) {
            *rows -= 1;
            *claims -= 1;
            self.column += 1;
        }
        let columns = tag.number("colspan").unwrap_or(1).clamp(1, WIDEST) as u32;
        let columns = columns.min(*claims + 1);
        *claims -= columns - 1;
        let rows = tag.number("rowspan").unwrap_or(1).clamp(1, WIDEST) as u32;
        self.cell = Some(Cell {
            table: self.id,
            row: self.rows.saturating_sub(1),
            column: self.column,
        });
        if rows > 1 && self.held.len() < WIDEST as usize {
            for column in self.column..self.column.saturating_add(columns) {
                self.held.insert(column, rows - 1);
            }
        }
        self.column = self.column.saturating_add(columns);
    }
}

/// Tables that lay out a page hold running text: what stands in them are paragraphs, not cells.
pub(super) fn unmake_layout_tables(blocks: &mut [Block]) {
    const LONGEST_CELL: usize = 300;
    const MOST_PARAGRAPHS: usize = 3;
    let mut paragraphs: FxHashMap<(u32, u32, u32), usize> = FxHashMap::default();
    let mut layout: FxHashSet<u32> = FxHashSet::default();
    for block in blocks.iter() {
        let Kind::Cell(cell) = &block.kind else { continue };
        let count = paragraphs.entry((cell.table, cell.row, cell.column)).or_default();
        *count += 1;
        if *count > MOST_PARAGRAPHS || block.prose.text().chars().nth(LONGEST_CELL).is_some() {
            layout.insert(cell.table);
        }
    }
    for block in blocks {
        if matches!(&block.kind, Kind::Cell(cell) if layout.contains(&cell.table)) {
            block.kind = Kind::Paragraph;
        }
    }
}
