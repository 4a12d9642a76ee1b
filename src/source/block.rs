//! A paragraph-sized piece of a draft.

use std::ops::Range;

use super::prose::{OBJECT, Prose};

/// One paragraph, heading, list item or table cell. Ranges are bytes of the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Where the block stands, markup included.
    pub range: Range<usize>,
    pub kind: Kind,
    /// What it says. Origins are relative to `range.start`.
    pub prose: Prose,
    /// Prose offsets at which a break between paragraphs was bridged because it tore a sentence in two.
    pub joints: Vec<usize>,
    /// Bytes at the start of the prose that are a number which the word processor writes by itself; 0 where there is none.
    pub automatic_label: usize,
}

/// What a block is in the draft's own markup. Plain text knows only paragraphs: what is a heading there is told by its marker and shape.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A Markdown heading, of level 1 to 6.
    Heading(u8),
    Paragraph,
    /// The first paragraph of an item of a Markdown list. Its prose begins with the typed number (`3. `), but not with a bullet.
    Item(Item),
    /// One cell of a table.
    Cell(Cell),
}

/// An item's place in a Markdown list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Item {
    /// Which list of the draft, counted from zero in the order in which they begin.
    pub list: u32,
    /// How many lists it is nested in; an outermost list has 0.
    pub depth: u8,
    /// The number Markdown shows, which goes on from the list's first whatever was typed; `None` for a bullet.
    pub shown: Option<u64>,
}

/// A cell's place in a table; everything counts from zero.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cell {
    /// Which table of the draft.
    pub table: u32,
    /// The head row is row 0.
    pub row: u32,
    pub column: u32,
}

impl Block {
    pub fn new(range: Range<usize>, kind: Kind, prose: Prose) -> Self {
        Block {
            range,
            kind,
            prose,
            joints: Vec::new(),
            automatic_label: 0,
        }
    }

    /// Puts an [`OBJECT`] in the place of each range of the prose, which must be sorted, apart from each other and on character borders.
    pub fn mask(&mut self, ranges: &[Range<usize>]) {
        self.prose.mask(ranges);
        let mut masked = ranges.iter().peekable();
        let (mut gone, mut put) = (0, 0);
        for joint in &mut self.joints {
            while let Some(range) = masked.next_if(|range| range.start < *joint) {
                gone += range.len();
                put += OBJECT.len();
                // A break inside what was masked stands behind it.
                *joint = range.end.max(*joint);
            }
            *joint = *joint + put - gone;
        }
    }

    /// Where a range of the prose stands in the draft.
    pub fn source_range(&self, range: Range<usize>) -> Range<usize> {
        let range = self.prose.source_range(range);
        self.range.start + range.start..self.range.start + range.end
    }

    pub fn is_cell(&self) -> bool {
        matches!(self.kind, Kind::Cell(_))
    }
}
