//! Where a cell stands in its table, with merged cells counted as wide as they are.

use crate::source::block::Cell;

/// A table while it is read.
#[derive(Debug)]
pub struct Table {
    id: u32,
    row: u32,
    /// Where the next cell of the row begins.
    column: u32,
    /// How many columns the present cell takes.
    span: u32,
    /// How many columns the row leaves free before its first cell.
    free: u32,
    /// The present row is gone with a tracked change.
    row_is_removed: bool,
}

/// More columns than Word allows in a table (63); a cell that claims more takes only so many.
const MOST_COLUMNS: u32 = 64;

impl Table {
    pub fn new(id: u32) -> Self {
        Table {
            id,
            row: 0,
            column: 0,
            span: 1,
            free: 0,
            row_is_removed: false,
        }
    }

    pub fn begin_row(&mut self) {
        self.column = 0;
        self.row_is_removed = false;
    }

    pub fn remove_row(&mut self) {
        self.row_is_removed = true;
    }

    pub fn row_is_removed(&self) -> bool {
        self.row_is_removed
    }

    /// The row leaves columns free before its first cell.
    pub fn leave_free(&mut self, columns: Option<i64>) {
        self.free = believed(columns).unwrap_or(0);
        self.column = self.free;
    }

    pub fn end_row(&mut self) {
        self.row += u32::from(!self.row_is_removed);
    }

    pub fn begin_cell(&mut self) -> Cell {
        self.span = 1;
        Cell {
            table: self.id,
            row: self.row,
            column: self.column,
        }
    }

    /// The present cell takes several columns.
    pub fn widen_cell(&mut self, columns: Option<i64>) {
        self.span = believed(columns).unwrap_or(1).max(1);
    }

    /// Says how many columns the cell took, those left free before it included.
    pub fn end_cell(&mut self) -> u32 {
        self.column = self.column.saturating_add(self.span);
        self.span + std::mem::take(&mut self.free)
    }
}

fn believed(columns: Option<i64>) -> Option<u32> {
    u32::try_from(columns?).ok().map(|count| count.min(MOST_COLUMNS))
}
