//! A document as it stands at one version: its text, and its blocks with what they state.

use std::mem::{Discriminant, discriminant};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::facts::Facts;
use crate::finding::Bilingual;
use crate::source::block::{Block, Kind};
use crate::source::docx::{Document, Layout};
use crate::source::{self, Format};
use crate::text::Text;

/// A place in a draft's prose: a block, and bytes of that block's prose.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    pub block: usize,
    pub start: usize,
    pub end: usize,
}

impl Place {
    pub fn new(block: usize, range: Range<usize>) -> Self {
        Place {
            block,
            start: range.start,
            end: range.end,
        }
    }

    /// Bytes of the block's prose.
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }
}

/// One document. Cloning is cheap, so a clone serves as a snapshot for a lint that runs elsewhere.
#[derive(Debug, Clone)]
pub struct Draft {
    text: Text,
    format: Format,
    blocks: Arc<Vec<Piece>>,
    undecoded: Arc<[Range<usize>]>,
    layout: Option<Arc<Layout>>,
}

/// A block with its facts; the facts are shared between versions of the draft in which the block reads the same.
#[derive(Debug, Clone)]
pub struct Piece {
    block: Block,
    facts: Arc<Facts>,
}

impl Piece {
    pub fn block(&self) -> &Block {
        &self.block
    }

    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// The block's prose.
    pub fn prose(&self) -> &str {
        self.block.prose.text()
    }
}

impl Draft {
    pub fn new(text: &str, format: Format) -> Self {
        let blocks = read(source::split(text, format));
        Draft {
            text: Text::new(text),
            format,
            blocks: Arc::new(blocks),
            undecoded: Arc::default(),
            layout: None,
        }
    }

    /// The draft that a Word document holds.
    pub fn of_document(document: Document) -> Self {
        Draft {
            text: Text::new(&document.text),
            format: Format::Word,
            blocks: Arc::new(read(document.blocks)),
            undecoded: Arc::default(),
            layout: Some(Arc::new(document.layout)),
        }
    }

    /// How the text lies in the Word document it was read from.
    pub fn layout(&self) -> Option<&Layout> {
        self.layout.as_deref()
    }

    /// Tells at which bytes of the text U+FFFD stands because the file's bytes there meant nothing, in order. The first edit forgets them.
    pub fn with_undecoded(mut self, places: &[Range<usize>]) -> Self {
        self.undecoded = places.into();
        self
    }

    pub fn undecoded(&self) -> &[Range<usize>] {
        &self.undecoded
    }

    /// Replaces bytes of the text, clamped into it. What the untouched blocks state is not read again.
    pub fn edit(&mut self, range: Range<usize>, with: &str) {
        self.edit_all([(range, with)]);
    }

    /// Makes several edits one after the other, each in the text that the one before left, and reads the draft once.
    pub fn edit_all<'a>(&mut self, edits: impl IntoIterator<Item = (Range<usize>, &'a str)>) {
        let mut text = self.text.clone();
        for (range, with) in edits {
            text.replace(range, with);
        }
        *self = self.with_text(text);
    }

    /// The draft with another text, in the same format. What blocks state that read the same in both is not read again.
    pub fn with_text(&self, text: Text) -> Draft {
        let blocks = source::split(&text.to_string(), self.format);
        let front = same(self.blocks.iter().zip(&blocks));
        let back = same(self.blocks[front..].iter().rev().zip(blocks[front..].iter().rev()));
        let middle = &self.blocks[front..self.blocks.len() - back];
        let known = middle
            .iter()
            .map(|piece| ((discriminant(&piece.block.kind), piece.prose()), &piece.facts));
        let known: Known = known.collect();
        let (length, shift) = (blocks.len(), self.blocks.len() as isize - blocks.len() as isize);
        let pieces = blocks.into_iter().enumerate().map(|(index, block)| {
            let unchanged = match index {
                _ if index < front => Some(&self.blocks[index]),
                _ if index >= length - back => self.blocks.get(index.wrapping_add_signed(shift)),
                _ => None,
            };
            let facts = unchanged.map(|piece| &piece.facts);
            let facts = facts.or_else(|| known.get(&(discriminant(&block.kind), block.prose.text())).copied());
            let facts = facts.map_or_else(|| facts_of(&block), Arc::clone);
            Piece { block, facts }
        });
        Draft {
            text,
            format: self.format,
            blocks: Arc::new(pieces.collect()),
            undecoded: Arc::default(),
            layout: None,
        }
    }

    pub fn text(&self) -> &Text {
        &self.text
    }

    pub fn format(&self) -> Format {
        self.format
    }

    /// Where a byte stands, in words for a person: the line, or the paragraph of a Word document, which shows no lines of ours.
    pub fn line_in_words(&self, byte: usize) -> Bilingual {
        match self.layout().and_then(|layout| layout.paragraph_at(byte)) {
            Some(paragraph) => Bilingual::new(format!("第{}段", paragraph.number), format!("paragraph {}", paragraph.number)),
            None => {
                let line = self.text.line_at(byte) + 1;
                Bilingual::new(format!("第{line}行"), format!("line {line}"))
            }
        }
    }

    /// The blocks of two drafts one after the other, for models that set one against the other. Only places in the prose lead anywhere in it.
    pub fn followed_by(&self, other: &Draft) -> Draft {
        let blocks = self.blocks.iter().chain(other.blocks.iter()).cloned();
        Draft {
            blocks: Arc::new(blocks.collect()),
            ..self.clone()
        }
    }

    /// The blocks in reading order.
    pub fn pieces(&self) -> &[Piece] {
        &self.blocks
    }

    /// Where a place stands in the text, in bytes.
    pub fn source_range(&self, place: &Place) -> Range<usize> {
        self.blocks[place.block].block.source_range(place.range())
    }

    /// What stands at a place, as it is read.
    pub fn quote(&self, place: &Place) -> &str {
        &self.blocks[place.block].prose()[place.range()]
    }
}

/// Facts by the sort of block and its prose.
type Known<'a> = FxHashMap<(Discriminant<Kind>, &'a str), &'a Arc<Facts>>;

/// How many blocks read the same before the first that does not.
fn same<'a>(pairs: impl Iterator<Item = (&'a Piece, &'a Block)>) -> usize {
    let reads_same =
        |(old, new): &(&Piece, &Block)| discriminant(&old.block.kind) == discriminant(&new.kind) && old.block.prose.text() == new.prose.text();
    pairs.take_while(reads_same).count()
}

/// A draft longer than this, in bytes of prose, is read by all processors.
const LONG: usize = 200_000;

fn read(blocks: Vec<Block>) -> Vec<Piece> {
    let piece = |block| Piece {
        facts: facts_of(&block),
        block,
    };
    let length: usize = blocks.iter().map(|block| block.prose.text().len()).sum();
    if length > LONG {
        return blocks.into_par_iter().map(piece).collect();
    }
    blocks.into_iter().map(piece).collect()
}

fn facts_of(block: &Block) -> Arc<Facts> {
    Arc::new(Facts::read(&block.kind, block.prose.text()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edited_draft_equals_a_fresh_one() {
        let mut draft = Draft::new("一、甲。\n二、乙。\n", Format::Plain);
        let at = "一、甲。\n".len();
        draft.edit(at..at, "一点五、丙。\n");
        let fresh = Draft::new(&draft.text().to_string(), Format::Plain);
        let blocks = |draft: &Draft| draft.pieces().iter().map(|piece| piece.block().clone()).collect::<Vec<_>>();
        assert_eq!(blocks(&draft), blocks(&fresh));
    }

    #[test]
    fn places_lead_back_to_the_text() {
        let draft = Draft::new("\u{3000}\u{3000}甲。\n乙丙。\n", Format::Plain);
        let place = Place::new(1, 3..6);
        assert_eq!(draft.quote(&place), "丙");
        assert_eq!(draft.text().slice(draft.source_range(&place)), "丙");
    }
}
