//! Where places of the text stand in the XML.

use std::ops::Range;

use super::Change;
use crate::source::office::{Layout, Span, Story};

/// What a comment is about, in bytes of the XML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Anchor {
    pub start: usize,
    pub end: usize,
}

/// One edit of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Edit {
    /// What goes, span by span, in bytes of the XML; empty for an insertion.
    pub xml: Range<usize>,
    /// A byte of the XML in the run that gives the new text its look, and whether the new text comes before or behind it.
    pub beside: usize,
    pub pieces: Vec<Range<usize>>,
    pub with: String,
}

pub(super) struct Anchors<'a> {
    pub text: &'a str,
    pub layout: &'a Layout,
}

impl Anchors<'_> {
    /// What a comment on a range of the text is fastened to; `None` in a document without any text.
    pub(super) fn of_comment(&self, range: &Range<usize>) -> Option<Anchor> {
        let range = self.widen(range);
        let spans = self.spans_in(&range);
        if let (Some(first), Some(last)) = (spans.first(), spans.last()) {
            return Some(Anchor {
                start: start_in(first, range.start),
                end: end_in(last, range.end).max(start_in(first, range.start)),
            });
        }
        // Nothing of it stands in the XML: the nearest words must do.
        let behind = self.layout.spans.partition_point(|span| span.text.end <= range.start);
        let spans = &self.layout.spans;
        let nearest = spans.get(behind).or(spans.get(behind.wrapping_sub(1)))?;
        Some(Anchor {
            start: nearest.xml.start,
            end: nearest.xml.end,
        })
    }

    /// A number that Word writes is no text, so that the words behind it are marked; an empty place takes the character before it.
    fn widen(&self, range: &Range<usize>) -> Range<usize> {
        let number = self.layout.automatic_number(range.start);
        if number.contains(&range.start) && range.end <= number.end {
            let rest = self.text.get(number.end..).unwrap_or("");
            let end = rest.find(['。', '；', '，', '：', '\n']).unwrap_or(rest.len());
            return number.end..number.end + end;
        }
        if !range.is_empty() {
            return range.clone();
        }
        let before = self
            .text
            .get(..range.start)
            .and_then(|text| text.chars().next_back())
            .filter(|char| *char != '\n');
        let after = self
            .text
            .get(range.end..)
            .and_then(|text| text.chars().next())
            .filter(|char| *char != '\n');
        match (before, after) {
            (Some(char), _) => range.start - char.len_utf8()..range.end,
            (None, Some(char)) => range.start..range.end + char.len_utf8(),
            (None, None) => range.clone(),
        }
    }

    /// The edits of a change, if all of them change text of the main part alone.
    pub(super) fn of_change(&self, change: &Change) -> Option<Vec<Edit>> {
        change.edits.iter().map(|(range, with)| self.of_edit(range, with)).collect()
    }

    fn of_edit(&self, range: &Range<usize>, with: &str) -> Option<Edit> {
        let (range, with) = self.without_kept(range, with)?;
        let story = self.layout.paragraph_at(range.start)?.story;
        if story != Story::Body {
            // The main part has no more of it than a reference.
            return None;
        }
        if range.is_empty() {
            let span = self.beside(range.start)?;
            let at = start_in(span, range.start);
            return Some(Edit {
                xml: at..at,
                beside: if at > span.xml.start { at - 1 } else { at },
                pieces: Vec::new(),
                with,
            });
        }
        let spans = self.spans_in(&range);
        let mut reached = range.start;
        let mut pieces = Vec::new();
        for span in spans {
            let is_cut = span.text.start < range.start || range.end < span.text.end;
            if span.text.start > reached || is_cut && !span.verbatim {
                return None;
            }
            reached = span.text.end;
            pieces.push(start_in(span, range.start)..end_in(span, range.end));
        }
        let (first, last) = (pieces.first()?.clone(), pieces.last()?.clone());
        if reached < range.end || first.start > last.end {
            return None;
        }
        Some(Edit {
            xml: first.start..last.end,
            beside: first.start,
            pieces,
            with,
        })
    }

    /// The edit without the characters at its ends that stay as they are.
    fn without_kept(&self, range: &Range<usize>, with: &str) -> Option<(Range<usize>, String)> {
        let old = self.text.get(range.clone())?;
        let start = kept(old.chars().zip(with.chars()));
        let end = kept(old[start..].chars().rev().zip(with[start..].chars().rev()));
        Some((range.start + start..range.end - end, with[start..with.len() - end].to_owned()))
    }

    /// The span of the characters before a place, or else of those behind it.
    fn beside(&self, at: usize) -> Option<&Span> {
        let spans = &self.layout.spans;
        let index = spans.partition_point(|span| span.text.end < at);
        let touches = |span: &&Span| span.verbatim && span.text.start <= at && at <= span.text.end;
        spans.get(index).filter(touches).or_else(|| spans.get(index + 1).filter(touches))
    }

    /// The spans that hold something of a range.
    fn spans_in(&self, range: &Range<usize>) -> &[Span] {
        let spans = &self.layout.spans;
        let first = spans.partition_point(|span| span.text.end <= range.start);
        let last = spans.partition_point(|span| span.text.start < range.end);
        spans.get(first..last).unwrap_or(&[])
    }
}

/// How many bytes of characters are the same, up to the first that differ.
fn kept(pairs: impl Iterator<Item = (char, char)>) -> usize {
    pairs.take_while(|(old, new)| old == new).map(|(char, _)| char.len_utf8()).sum()
}

fn start_in(span: &Span, at: usize) -> usize {
    match span.verbatim {
        true => span.xml.start + at.saturating_sub(span.text.start),
        false => span.xml.start,
    }
}

fn end_in(span: &Span, at: usize) -> usize {
    match span.verbatim {
        true => span.xml.end - span.text.end.saturating_sub(at),
        false => span.xml.end,
    }
}
