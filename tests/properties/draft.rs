//! The draft that stands in a row of bytes: the first byte tells how the others are read.

use std::ops::Range;

use jiaogao::draft::Draft;
use jiaogao::source::{Format, decode};

use super::fragments;

/// A draft as it is written.
pub struct Written {
    pub text: String,
    pub format: Format,
    /// Where bytes of the file meant nothing.
    pub undecoded: Vec<Range<usize>>,
    /// Decisions that are left to whoever uses the draft, in the lowest bits.
    pub choices: u8,
}

impl Written {
    pub fn of(data: &[u8]) -> Self {
        let (&head, rest) = data.split_first().unwrap_or((&0, &[]));
        let format = [Format::Plain, Format::Markdown, Format::Html, Format::Plain][usize::from(head & 3)];
        let (text, undecoded) = if head & 4 == 0 {
            (fragments::text(rest), Vec::new())
        } else {
            decode::decode(rest, None).map_or_else(|_| Default::default(), |decoded| (decoded.text, decoded.malformed))
        };
        Written {
            text,
            format,
            undecoded,
            choices: head >> 3,
        }
    }

    pub fn draft(&self) -> Draft {
        Draft::new(&self.text, self.format).with_undecoded(&self.undecoded)
    }
}
