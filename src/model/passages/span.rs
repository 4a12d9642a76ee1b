//! A run of text that may cross the borders of blocks.

use std::ops::Range;

use super::stream::Stream;
use crate::draft::{Draft, Place};

/// From the start of one place to the end of another; both are the same place where the run stays inside a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    pub first: Place,
    pub last: Place,
}

impl Span {
    /// Where the run stands in the draft, in bytes.
    pub fn source_range(&self, draft: &Draft) -> Range<usize> {
        draft.source_range(&self.first).start..draft.source_range(&self.last).end
    }

    /// The block and the offset at which the run begins.
    pub(super) fn start(&self) -> (usize, usize) {
        (self.first.block, self.first.start)
    }

    /// Whether the run, which begins no later than another, reaches into it.
    pub(super) fn reaches(&self, other: &Span) -> bool {
        (self.last.block, self.last.end) > other.start()
    }

    /// The run that covers a non-empty range of signs.
    pub(super) fn of(stream: &Stream, range: Range<usize>) -> Self {
        let (first_block, first) = stream.sign(range.start);
        let (last_block, last) = stream.sign(range.end - 1);
        let (start, end) = (first.start as usize, last.end as usize);
        if first_block == last_block {
            let place = Place::new(first_block, start..end);
            return Span {
                first: place.clone(),
                last: place,
            };
        }
        Span {
            first: Place::new(first_block, start..stream.prose(first_block).len()),
            last: Place::new(last_block, 0..end),
        }
    }
}
