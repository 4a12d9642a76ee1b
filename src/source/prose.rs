//! The text of a block as it is read, with the way back to where each byte stands in the draft.

use std::ops::Range;
use std::sync::Arc;

use smallvec::SmallVec;

use crate::border;

/// Stands in the prose for something that is shown but not read as words: an image, a formula, code, a web address.
pub const OBJECT: &str = "\u{FFFC}";

/// Readable text and its origin. Prose offsets are bytes of [`Prose::text`]; origins are bytes relative to the block's start. Versions of a draft in
/// which a block reads the same share it, so that a clone costs nothing.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Prose(Arc<Content>);

#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
struct Content {
    text: String,
    segments: SmallVec<[Segment; 1]>,
}

/// A run of prose copied from one run of the source. The lengths differ where the run was replaced, as `&amp;` by `&` or a line end by a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Segment {
    prose: u32,
    source: u32,
    source_len: u32,
}

impl Prose {
    /// Prose that is the source itself, starting at the block's start.
    pub fn verbatim(text: &str) -> Self {
        let mut prose = Prose::default();
        prose.push(0, text);
        prose
    }

    pub fn text(&self) -> &str {
        &self.0.text
    }

    /// Appends text that stands in the source, unchanged, at `source`.
    pub fn push(&mut self, source: usize, text: &str) {
        if text.is_empty() {
            return;
        }
        let content = Arc::make_mut(&mut self.0);
        let prose = content.text.len();
        content.text.push_str(text);
        if let Some(last) = content.segments.last_mut()
            && last.source + last.source_len == source as u32
            && last.source_len as usize == prose - last.prose as usize
        {
            last.source_len += text.len() as u32;
            return;
        }
        content.segments.push(Segment {
            prose: prose as u32,
            source: source as u32,
            source_len: text.len() as u32,
        });
    }

    /// Appends text that is shown for the different text which stands at `source`.
    pub fn push_shown(&mut self, source: Range<usize>, text: &str) {
        if text.len() == source.len() {
            return self.push(source.start, text);
        }
        let content = Arc::make_mut(&mut self.0);
        let prose = content.text.len() as u32;
        content.text.push_str(text);
        content.segments.push(Segment {
            prose,
            source: source.start as u32,
            source_len: source.len() as u32,
        });
    }

    /// Appends another prose whose block starts `shift` bytes after this one's.
    pub fn append(&mut self, other: &Prose, shift: usize) {
        let content = Arc::make_mut(&mut self.0);
        let base = content.text.len() as u32;
        content.text.push_str(other.text());
        content.segments.extend(other.0.segments.iter().map(|segment| Segment {
            prose: segment.prose + base,
            source: segment.source + shift as u32,
            source_len: segment.source_len,
        }));
    }

    /// Puts [`OBJECT`] in the place of each range, which must be sorted, apart from each other and on character borders.
    pub fn mask(&mut self, ranges: &[Range<usize>]) {
        self.replace(ranges, OBJECT);
    }

    /// Takes the text of these ranges out; they must be in order and on character boundaries.
    pub fn remove(&mut self, ranges: &[Range<usize>]) {
        self.replace(ranges, "");
    }

    fn replace(&mut self, ranges: &[Range<usize>], shown: &str) {
        let whole = std::mem::take(self);
        let mut at = 0;
        for range in ranges {
            whole.copy_to(self, at..range.start);
            if !shown.is_empty() {
                self.push_shown(whole.source_range(range.clone()), shown);
            }
            at = range.end;
        }
        whole.copy_to(self, at..whole.text().len());
    }

    fn copy_to(&self, target: &mut Prose, range: Range<usize>) {
        let behind = self.0.segments.partition_point(|segment| segment.prose as usize <= range.start);
        for (index, segment) in self.0.segments.iter().enumerate().skip(behind.saturating_sub(1)) {
            let prose = segment.prose as usize..self.segment_end(index);
            let (start, end) = (prose.start.max(range.start), prose.end.min(range.end));
            if start >= end {
                break;
            }
            let text = &self.0.text[start..end];
            if self.is_verbatim(index) {
                target.push(segment.source as usize + start - prose.start, text);
            } else {
                target.push_shown(segment.source as usize..(segment.source + segment.source_len) as usize, text);
            }
        }
    }

    /// Where a range of prose stands in the source, relative to the block's start. The end is that of the last byte covered, so a range that
    /// ends at a gap in the source does not swallow the gap.
    pub fn source_range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.source_start(range.start);
        let end = if range.end > range.start { self.source_end(range.end) } else { start };
        start..end.max(start)
    }

    /// The prose offset of a place in the source, relative to the block's start; a place between segments gives the next one.
    pub fn offset_of(&self, source: usize) -> usize {
        let index = self
            .0
            .segments
            .partition_point(|segment| ((segment.source + segment.source_len) as usize) <= source);
        let Some(segment) = self.0.segments.get(index) else {
            return self.0.text.len();
        };
        let into = if self.is_verbatim(index) {
            source.saturating_sub(segment.source as usize)
        } else {
            0
        };
        border::before(&self.0.text, segment.prose as usize + into)
    }

    /// Where a range that begins at a prose offset begins in the source.
    fn source_start(&self, offset: usize) -> usize {
        let behind = self.0.segments.partition_point(|segment| segment.prose as usize <= offset);
        self.source_in(behind, offset, |segment| segment.source)
    }

    /// Where a range that ends at a prose offset ends in the source.
    fn source_end(&self, offset: usize) -> usize {
        let behind = self.0.segments.partition_point(|segment| (segment.prose as usize) < offset);
        self.source_in(behind, offset, |segment| segment.source + segment.source_len)
    }

    /// The source of an offset in the segment before `behind`; `side` tells which end stands for a segment that was replaced as a whole.
    fn source_in(&self, behind: usize, offset: usize, side: fn(Segment) -> u32) -> usize {
        let Some(index) = behind.checked_sub(1) else { return 0 };
        let segment = self.0.segments[index];
        if self.is_verbatim(index) {
            segment.source as usize + offset - segment.prose as usize
        } else {
            side(segment) as usize
        }
    }

    fn is_verbatim(&self, index: usize) -> bool {
        let segment = self.0.segments[index];
        self.segment_end(index) - segment.prose as usize == segment.source_len as usize
    }

    /// The prose offset at which a segment ends.
    fn segment_end(&self, index: usize) -> usize {
        self.0.segments.get(index + 1).map_or(self.0.text.len(), |next| next.prose as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `甲**乙**&amp;丙` read as `甲乙&丙`.
    fn marked_up() -> Prose {
        let mut prose = Prose::default();
        prose.push(0, "甲");
        prose.push(5, "乙");
        prose.push_shown(10..15, "&");
        prose.push(15, "丙");
        prose
    }

    #[test]
    fn ranges_do_not_swallow_the_markup_beside_them() {
        let prose = marked_up();
        assert_eq!(prose.text(), "甲乙&丙");
        assert_eq!(prose.source_range(0..3), 0..3);
        assert_eq!(prose.source_range(3..6), 5..8);
        assert_eq!(prose.source_range(6..7), 10..15);
        assert_eq!(prose.source_range(0..10), 0..18);
    }

    #[test]
    fn offsets_lead_back() {
        let prose = marked_up();
        for (source, offset) in [(0, 0), (4, 3), (5, 3), (12, 6), (15, 7), (99, 10)] {
            assert_eq!(prose.offset_of(source), offset, "source {source}");
        }
    }

    #[test]
    fn masked_ranges_keep_their_place() {
        let mut prose = marked_up();
        prose.mask(std::slice::from_ref(&(3..7)));
        assert_eq!(prose.text(), "甲\u{FFFC}丙");
        assert_eq!(prose.source_range(3..6), 5..15);
        assert_eq!(prose.source_range(6..9), 15..18);
    }

    #[test]
    fn what_is_left_after_a_removal_keeps_its_place() {
        let mut prose = marked_up();
        prose.remove(&[0..3, 6..7]);
        assert_eq!(prose.text(), "乙丙");
        assert_eq!(prose.source_range(0..6), 5..18);
    }

    #[test]
    fn neighbouring_pieces_become_one_segment() {
        let mut prose = Prose::verbatim("甲");
        prose.push(3, "乙");
        assert_eq!(prose.0.segments.len(), 1);
        prose.append(&Prose::verbatim("丙"), 8);
        assert_eq!(prose.source_range(3..9), 3..11);
    }
}
