//! Fixes that would damage the markup of a page.

use crate::draft::Draft;
use crate::finding::Finding;
use crate::fix::Edit;
use crate::source::Format;

/// Takes away the fixes of an HTML draft that would cut a tag or a character reference, write something that reads as one, or change a number
/// that the browser writes.
pub fn spare(draft: &Draft, findings: &mut [Finding]) {
    if draft.format() != Format::Html {
        return;
    }
    for finding in findings {
        finding.fixes.retain(|fix| fix.edits.iter().all(|edit| is_within_text(draft, edit)));
    }
}

fn is_within_text(draft: &Draft, edit: &Edit) -> bool {
    const MARKUP: [char; 3] = ['<', '>', '&'];
    let pieces = draft.pieces();
    let block = pieces.partition_point(|piece| piece.block().range.end <= edit.range.start);
    let begins_in_number = pieces.get(block).map(|piece| piece.block()).is_some_and(|block| {
        let number = block.source_range(0..block.automatic_label);
        !number.is_empty() && number.contains(&edit.range.start)
    });
    !begins_in_number && !edit.text.contains(MARKUP) && !draft.text().slice(edit.range.clone()).contains(MARKUP)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Bilingual, Severity};
    use crate::fix::Fix;

    #[test]
    fn only_fixes_within_text_stay() {
        let html = "<ol><li>甲<b>乙</b>&amp;丙</ol>";
        let draft = Draft::new(html, Format::Html);
        let is_kept = |quote: &str, text: &str| {
            let start = html.find(quote).unwrap();
            let fix = Fix::safe(Bilingual::fixed("", ""), [Edit::replace(start..start + quote.len(), text)]);
            let mut findings = [Finding::new("stray/space", Severity::Info, 0..1, Bilingual::fixed("", "")).fix(fix)];
            spare(&draft, &mut findings);
            !findings[0].fixes.is_empty()
        };
        assert!(is_kept("甲", "丁") && is_kept("丙", ""));
        assert!(!is_kept("<li>", "2. ") && !is_kept("甲<b>乙", "甲乙") && !is_kept("&amp;", "和") && !is_kept("甲", "<"));
    }
}
