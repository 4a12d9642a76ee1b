//! `textDocument/foldingRange`: sections and items that take more than one line.

use tower_lsp::ls_types::*;

use super::outline;
use super::view::View;
use crate::model::outline::Entry;

pub fn ranges(view: &View) -> Vec<FoldingRange> {
    let mut ranges = Vec::new();
    collect(view, &outline::entries(view), &mut ranges);
    ranges
}

fn collect(view: &View, entries: &[Entry], ranges: &mut Vec<FoldingRange>) {
    for entry in entries {
        let (start, end) = (view.text().line_at(entry.title.start), view.text().line_at(entry.range.end));
        // A block may end with its line end, and then the next line is not its own.
        let ends_at_line_start = view.text().line_range(end).start == entry.range.end;
        let end = if ends_at_line_start { end.saturating_sub(1) } else { end };
        if end > start {
            ranges.push(FoldingRange {
                start_line: start as u32,
                end_line: end as u32,
                kind: Some(FoldingRangeKind::Region),
                ..FoldingRange::default()
            });
        }
        collect(view, &entry.children, ranges);
    }
}
