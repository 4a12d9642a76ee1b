//! What is known of a draft before the whole of it has been linted.
//!
//! In a long draft an edit changes one paragraph, but what the draft says as a whole takes some milliseconds to put together. What was found before
//! is carried over to where it stands now, and the changed paragraph is linted by itself with the rules that need no more.

use std::ops::Range;

use crate::draft::Draft;
use crate::finding::{Finding, Related};
use crate::fix::{Edit, Fix};
use crate::linter::{self, Settings};
use crate::source::Format;
use crate::suppress;
use crate::text::Text;

/// How much of a text was left as it was by edits, in bytes from either end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Untouched {
    pub front: usize,
    pub back: usize,
}

impl Untouched {
    /// All of a text of some length.
    pub fn all(length: usize) -> Self {
        Untouched { front: length, back: length }
    }

    /// After one more edit: `start` bytes before it and `end` bytes behind it were left alone.
    pub fn but(self, start: usize, end: usize) -> Self {
        Untouched {
            front: self.front.min(start),
            back: self.back.min(end),
        }
    }
}

/// How edits moved the places of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// Bytes of the old text that were replaced.
    replaced: Range<usize>,
    /// How much further back stands what follows.
    shift: isize,
}

impl Moved {
    /// Edits that made a text of `new` bytes of one of `old` bytes.
    pub fn of(old: usize, new: usize, untouched: Untouched) -> Self {
        let front = untouched.front.min(old).min(new);
        // A character typed before its like is as well one typed behind it; the two ends must not meet in either text.
        let back = untouched.back.min(old - front).min(new - front);
        Moved {
            replaced: front..old - back,
            shift: new as isize - old as isize,
        }
    }

    /// Where a range stands now; `None` if it was edited.
    pub fn place(&self, range: &Range<usize>) -> Option<Range<usize>> {
        match range {
            range if range.end <= self.replaced.start => Some(range.clone()),
            range if range.start >= self.replaced.end => Some(shifted(range, self.shift)),
            _ => None,
        }
    }

    /// Where a byte that stands in the new text stood in the old one; `None` if it came by the edits.
    pub fn origin(&self, byte: usize) -> Option<usize> {
        if byte < self.replaced.start {
            return Some(byte);
        }
        byte.checked_add_signed(-self.shift).filter(|origin| *origin > self.replaced.end)
    }
}

/// An excerpt longer than this, in bytes, is not linted by itself.
const LONGEST_EXCERPT: usize = 20_000;

/// What `found`, the findings of `draft`, become in the text that edits made of it. `None` where too much has changed to tell.
pub fn findings(draft: &Draft, found: &[Finding], text: &Text, untouched: Untouched, settings: &Settings) -> Option<Vec<Finding>> {
    let change = Change::of(draft, text, untouched)?;
    let stays = |finding: &&Finding| !(linter::is_local(finding.rule) && change.touches(&finding.range));
    let mut findings: Vec<Finding> = found.iter().filter(stays).filter_map(|finding| change.carry(finding)).collect();
    let excerpt = Draft::new(&text.slice(change.excerpt.clone()), draft.format());
    let start = change.excerpt.start as isize;
    let moved = |finding| carry(&finding, |range| Some(shifted(range, start)));
    findings.extend(linter::lint_locally(&excerpt, settings).into_iter().filter_map(moved));
    findings.sort_by_key(|finding| (finding.range.start, finding.range.end));
    Some(findings)
}

/// What the paragraphs tell by themselves with which a long text begins. `None` where comments may silence them.
pub fn first_findings(text: &Text, format: Format, settings: &Settings) -> Option<Vec<Finding>> {
    let whole_lines = text.line_range(text.line_at(FIRST_SCREENS)).start;
    let start = Draft::new(&text.slice(0..whole_lines), format);
    if suppress::may_have_comments(text, format) {
        return None;
    }
    let mut findings = linter::lint_locally(&start, settings);
    findings.sort_by_key(|finding| (finding.range.start, finding.range.end));
    Some(findings)
}

/// How much of a text that was just opened is looked at before the rest, in bytes.
const FIRST_SCREENS: usize = 30_000;

/// What edits changed in a draft.
struct Change {
    moved: Moved,
    /// Bytes of the old text that the touched blocks have.
    blocks: Range<usize>,
    /// Bytes of the new text that they have now.
    excerpt: Range<usize>,
}

impl Change {
    fn of(draft: &Draft, text: &Text, untouched: Untouched) -> Option<Self> {
        let moved = Moved::of(draft.text().len(), text.len(), untouched);
        let replaced = &moved.replaced;
        let pieces = draft.pieces();
        let first = pieces.partition_point(|piece| piece.block().range.end < replaced.start);
        let touched = pieces[first..].iter().map(|piece| &piece.block().range);
        let touched = touched.take_while(|range| range.start <= replaced.end);
        let blocks = touched.fold(replaced.clone(), |all, range| all.start.min(range.start)..all.end.max(range.end));
        let excerpt = blocks.start..blocks.end.saturating_add_signed(moved.shift);
        let is_plain = draft.layout().is_none() && !suppress::has_comments(draft);
        (is_plain && excerpt.len() <= LONGEST_EXCERPT).then_some(Change { moved, blocks, excerpt })
    }

    fn touches(&self, range: &Range<usize>) -> bool {
        range.start <= self.blocks.end && range.end >= self.blocks.start
    }

    fn carry(&self, finding: &Finding) -> Option<Finding> {
        carry(finding, |range| self.moved.place(range))
    }
}

fn shifted(range: &Range<usize>, by: isize) -> Range<usize> {
    range.start.saturating_add_signed(by)..range.end.saturating_add_signed(by)
}

/// The finding at its new place, with the related places and the fixes that still have one.
fn carry(finding: &Finding, place: impl Fn(&Range<usize>) -> Option<Range<usize>>) -> Option<Finding> {
    let related = finding.related.iter().filter_map(|related| match related.document {
        // Nothing was edited in the other document.
        Some(_) => Some(related.clone()),
        None => place(&related.range).map(|range| Related { range, ..related.clone() }),
    });
    let fixes = finding.fixes.iter().filter_map(|fix| {
        let edits = fix
            .edits
            .iter()
            .map(|edit| place(&edit.range).map(|range| Edit::replace(range, edit.text.clone())));
        let edits: Option<Vec<Edit>> = edits.collect();
        edits.map(|edits| Fix { edits, ..fix.clone() })
    });
    Some(Finding {
        range: place(&finding.range)?,
        related: related.collect(),
        fixes: fixes.collect(),
        message: finding.message.clone(),
        help: finding.help.clone(),
        ..*finding
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DRAFT: &str = "一、抓生产。\n二、抓治理。\n二、抓服务。\n全县粮食总产\u{200B}十二万吨。\n";

    /// The interim findings after an edit, and those of a fresh lint: rules and what they point at.
    fn both(edit: Range<usize>, with: &str) -> [Vec<(&'static str, String)>; 2] {
        let settings = Settings::default();
        let draft = Draft::new(DRAFT, Format::Plain);
        let found = linter::lint(&draft, &settings);
        let mut text = draft.text().clone();
        text.replace(edit.clone(), with);
        let untouched = Untouched::all(DRAFT.len()).but(edit.start, DRAFT.len() - edit.end);
        let interim = findings(&draft, &found, &text, untouched, &settings).expect("little has changed");
        let fresh = linter::lint(&Draft::new(&text.to_string(), Format::Plain), &settings);
        [interim, fresh].map(|findings| {
            let said = findings.into_iter().map(|finding| (finding.rule, text.slice(finding.range).into_owned()));
            said.collect()
        })
    }

    #[test]
    fn findings_move_with_the_text_and_what_was_typed_is_read() {
        let end = DRAFT.len();
        let invisible = DRAFT.find('\u{200B}').unwrap();
        for (edit, with) in [
            (0..0, "某县总结\n\n"),
            (end..end, "又\u{200B}及。\n"),
            (invisible..invisible + 3, ""),
            (invisible..invisible, "的的"),
            (3..6, "、"),
        ] {
            let [interim, fresh] = both(edit.clone(), with);
            assert!(!fresh.is_empty());
            assert_eq!(interim, fresh, "{edit:?} {with}");
        }
    }

    #[test]
    fn places_lead_there_and_back() {
        // Of ten bytes, those from 4 to 6 became five.
        let moved = Moved::of(10, 13, Untouched::all(10).but(4, 4));
        assert_eq!((moved.place(&(0..4)), moved.place(&(6..10))), (Some(0..4), Some(9..13)));
        assert_eq!((moved.place(&(3..5)), moved.place(&(5..7))), (None, None));
        let origins: Vec<Option<usize>> = (3..13).map(|byte| moved.origin(byte)).collect();
        assert_eq!(origins[0], Some(3));
        assert!(origins[1..6].iter().all(Option::is_none), "{origins:?}");
        assert_eq!(origins[7..], [Some(7), Some(8), Some(9)]);
    }

    #[test]
    fn the_first_screens_tell_what_they_will_tell_in_the_whole() {
        let settings = Settings::default();
        let text = format!("{DRAFT}{}", "办理一件事。\n".repeat(4_000));
        let first = first_findings(&Text::new(&text), Format::Plain, &settings).expect("no comments");
        assert_eq!(first.iter().map(|finding| finding.rule).collect::<Vec<_>>(), ["stray/invisible"]);
        let whole = linter::lint(&Draft::new(&text, Format::Plain), &settings);
        assert!(first.iter().all(|finding| whole.contains(finding)));
    }

    #[test]
    fn what_was_edited_away_is_not_carried_over() {
        let second = DRAFT.rfind("二、").unwrap();
        let [interim, _] = both(second..second + 3, "三");
        assert!(interim.iter().all(|(rule, _)| *rule != "sequence/repeat"), "{interim:?}");
    }
}
