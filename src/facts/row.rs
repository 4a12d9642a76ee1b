//! Rows of tables that lost their ruling: cells as a program writes them, `['合计', '126']` or `| 合计 | 126 |`.

/// Whether a prose is a row of cells. Its cells are torn out of their sentences, and its numbers are the table's.
pub fn is_row(prose: &str) -> bool {
    let row = prose.trim();
    [("['", "']"), ("[\"", "\"]"), ("|", "|")]
        .iter()
        .any(|(open, close)| row.len() > open.len() && row.starts_with(open) && row.ends_with(close))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_told_by_their_outer_marks() {
        for row in ["['合计', '126', '']", "[\"合计\", \"126\"]", "| 合计 | 126 |", "['一、营业收入']"] {
            assert!(is_row(row), "{row}");
        }
        for prose in ["[注1]（1）按月计提。", "|", "合计 126", "['合计'已经核对", "“合计”"] {
            assert!(!is_row(prose), "{prose}");
        }
    }
}
