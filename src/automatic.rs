//! Findings on numbers that a word processor writes by itself: nobody can correct them by typing.

use std::ops::Range;

use crate::draft::Draft;
use crate::finding::{Bilingual, Finding};
use crate::source::office::Layout;

/// Says of findings that an automatic number is meant, and takes away the fixes that would change one.
pub fn note(draft: &Draft, findings: &mut [Finding]) {
    let Some(layout) = draft.layout() else { return };
    for finding in findings {
        finding
            .fixes
            .retain(|fix| !fix.edits.iter().any(|edit| begins_in_number(layout, &edit.range)));
        let note = if is_number(layout, &finding.range) {
            Bilingual::fixed(
                "这个号是软件自动编的，不能直接改字：请在号上按右键，选“重新开始编号”“继续编号”或“设置编号值”，也可以改成手工编号",
                "This number is written automatically, so it cannot be retyped: right-click it and choose to restart, to continue or to set the value, or number by hand",
            )
        } else if finding
            .related
            .iter()
            .any(|related| related.document.is_none() && is_number(layout, &related.range))
        {
            Bilingual::fixed(
                "另一处的号是软件自动编的，会随段落增减而变",
                "The number at the other place is written automatically and changes as paragraphs come and go",
            )
        } else {
            continue;
        };
        finding.help = Some(match finding.help.take() {
            Some(help) => Bilingual::new(format!("{}。{}", help.zh, note.zh), format!("{}. {}", help.en, note.en)),
            None => note,
        });
    }
}

fn begins_in_number(layout: &Layout, range: &Range<usize>) -> bool {
    layout.automatic_number(range.start).contains(&range.start)
}

fn is_number(layout: &Layout, range: &Range<usize>) -> bool {
    let number = layout.automatic_number(range.start);
    number.contains(&range.start) && range.end <= number.end
}
