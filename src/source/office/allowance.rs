//! How long a document may be.

/// How many more paragraphs, and columns of all rows together, are believed to be a report's.
#[derive(Clone)]
pub struct Allowance {
    paragraphs: usize,
    columns: u32,
}

impl Default for Allowance {
    fn default() -> Self {
        Allowance {
            paragraphs: 1 << 18,
            columns: 1 << 19,
        }
    }
}

impl Allowance {
    /// Counts a paragraph; `false` if it is one too many.
    #[must_use]
    pub fn take_paragraph(&mut self) -> bool {
        let left = self.paragraphs.checked_sub(1);
        self.paragraphs = left.unwrap_or(0);
        left.is_some()
    }

    /// Counts the columns of a cell; `false` if they are too many.
    #[must_use]
    pub fn take_columns(&mut self, columns: u32) -> bool {
        let left = self.columns.checked_sub(columns);
        self.columns = left.unwrap_or(0);
        left.is_some()
    }
}
