//! A document as it stands at one version: its text, and its blocks with what they state.

use std::mem::{Discriminant, discriminant};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use crate::facts::Facts;
use crate::finding::Bilingual;
use crate::source::block::{Block, Kind};
use crate::source::office::{Document, Layout};
use crate::source::{self, Format, resplit};
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
    /// Whether it is plain text of which parts may be cut anew after an edit.
    is_steady: bool,
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

    /// The same block further back.
    fn shifted(&self, by: isize) -> Piece {
        let mut piece = self.clone();
        let range = &mut piece.block.range;
        *range = range.start.saturating_add_signed(by)..range.end.saturating_add_signed(by);
        piece
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
            is_steady: is_steady(text, format),
        }
    }

    /// The text alone, to show what was found in it earlier: such a draft has no blocks.
    pub fn unread(text: &str, format: Format) -> Self {
        Draft {
            text: Text::new(text),
            format,
            blocks: Arc::default(),
            undecoded: Arc::default(),
            layout: None,
            is_steady: false,
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
            is_steady: false,
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
        if let Some(pieces) = self.pieces_of_edited(&text) {
            return Draft {
                text,
                blocks: Arc::new(pieces),
                undecoded: Arc::default(),
                ..self.clone()
            };
        }
        let whole = text.to_string();
        let blocks = source::split(&whole, self.format);
        let front = same(self.blocks.iter().zip(&blocks));
        let back = same(self.blocks[front..].iter().rev().zip(blocks[front..].iter().rev()));
        let known = known(&self.blocks[front..self.blocks.len() - back]);
        let (length, shift) = (blocks.len(), self.blocks.len() as isize - blocks.len() as isize);
        let pieces = blocks.into_iter().enumerate().map(|(index, block)| {
            let unchanged = match index {
                _ if index < front => Some(&self.blocks[index]),
                _ if index >= length - back => self.blocks.get(index.wrapping_add_signed(shift)),
                _ => None,
            };
            match unchanged {
                Some(piece) => Piece {
                    block,
                    facts: Arc::clone(&piece.facts),
                },
                None => piece_of(block, &known),
            }
        });
        Draft {
            blocks: Arc::new(pieces.collect()),
            is_steady: is_steady(&whole, self.format),
            text,
            format: self.format,
            undecoded: Arc::default(),
            layout: None,
        }
    }

    /// The blocks of another text, cut anew only around what is different; `None` where that does not do.
    fn pieces_of_edited(&self, text: &Text) -> Option<Vec<Piece>> {
        if !self.is_steady {
            return None;
        }
        let ends = self.text.common_ends(text);
        let cut = resplit::resplit(&self.text, |index| &self.blocks[index].block, self.blocks.len(), text, ends)?;
        let shift = text.len() as isize - self.text.len() as isize;
        let (before, rest) = self.blocks.split_at(cut.replaced.start);
        let (replaced, behind) = rest.split_at(cut.replaced.len());
        let known = known(replaced);
        let behind = behind.iter().map(|piece| piece.shifted(shift));
        let new = cut.blocks.into_iter().map(|block| piece_of(block, &known));
        Some(before.iter().cloned().chain(new).chain(behind).collect())
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

fn known(pieces: &[Piece]) -> Known<'_> {
    let key = |piece: &'_ Piece| discriminant(&piece.block.kind);
    pieces.iter().map(|piece| ((key(piece), piece.prose()), &piece.facts)).collect()
}

fn piece_of(block: Block, known: &Known) -> Piece {
    let facts = known.get(&(discriminant(&block.kind), block.prose.text()));
    let facts = facts.map_or_else(|| facts_of(&block), |facts| Arc::clone(facts));
    Piece { block, facts }
}

/// A short draft is cut anew as a whole in no time.
fn is_steady(text: &str, format: Format) -> bool {
    const SHORT: usize = 2_000;
    format == Format::Plain && text.len() > SHORT && resplit::is_steady(text)
}

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

    /// Pieces of text that make paragraphs, tear them, or look like what stands on pages.
    const PIECES: [&str; 16] = [
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        "　　",
        "一、推广良种。",
        "12",
        "— 3 —",
        "全县一大批典型涌现出来，发挥了作用。达到了抓点示范、以点带面、联点成",
        "线、辐射成带的目的。",
        "线、辐射成带的目的。　　全县一大批典型涌现出来，发挥了作用。达到了抓点示范、以点带面、联点成",
        "线、辐射成带的目的。　　二、存在的问题　　",
        "见www.a.cn。",
        "云岭年报",
        "\u{2028}",
        "甲",
    ];

    #[test]
    fn parts_cut_anew_are_what_the_whole_would_be_cut_into() {
        use proptest::prelude::*;
        use proptest::test_runner::TestRunner;
        let text = |longest| prop::collection::vec(prop::sample::select(&PIECES[..]), 0..longest).prop_map(|pieces| pieces.concat());
        let wide = format!("\n{}。\n", "全县粮食生产再获丰收".repeat(80));
        let start = (text(12), text(12)).prop_map(move |(before, after)| format!("{before}{wide}{after}"));
        let edits = prop::collection::vec((0.0..1.0, 0usize..40, text(3)), 1..8);
        let result = TestRunner::deterministic().run(&(start, edits), |(start, edits)| {
            let mut draft = Draft::new(&start, Format::Plain);
            for (place, length, with) in edits {
                let at = (place * draft.text().len() as f64) as usize;
                draft.edit(at..at + length, &with);
                let fresh = Draft::new(&draft.text().to_string(), Format::Plain);
                let blocks = |draft: &Draft| draft.pieces().iter().map(|piece| piece.block().clone()).collect::<Vec<_>>();
                prop_assert_eq!(blocks(&draft), blocks(&fresh), "{:?}", draft.text().to_string());
            }
            Ok(())
        });
        result.unwrap_or_else(|error| panic!("{error}"));
    }

    #[test]
    fn what_shares_a_line_with_the_end_of_a_torn_paragraph_is_cut_anew_with_all_of_it() {
        let wide = format!("{}。\n", "全县粮食生产再获丰收".repeat(400));
        let torn = "全县一大批典型涌现出来，发挥了作用。达到了抓点示范、以点带面、联点成\n线、辐射成带的目的。　　二、问题不少。　　";
        let mut draft = Draft::new(&format!("{wide}{torn}一是典型不多。\n{wide}"), Format::Plain);
        let at = wide.len() + torn.len();
        let mut text = draft.text().clone();
        text.replace(at..at, "首先，");
        assert!(draft.pieces_of_edited(&text).is_some());
        draft.edit(at..at, "首先，");
        let fresh = Draft::new(&draft.text().to_string(), Format::Plain);
        let prose = |draft: &Draft| draft.pieces().iter().map(|piece| piece.prose().to_owned()).collect::<Vec<_>>();
        assert_eq!(prose(&draft), prose(&fresh));
    }

    #[test]
    fn a_wrapped_draft_stays_wrapped_when_it_is_edited() {
        let lines = "春旱期间，全镇组织群众开展小麦抗旱浇灌工作，检修机井，抢修渠道，\n浇灌小麦，夏粮丰收已成定局，群众得到了实实在在的好处，收入又有增加，\n党员干部带头，成立服务队，帮助缺少劳力的人家抢浇抢种，送水送肥，\n生活更好。\n\n一、情况\n\n二、措施\n\n";
        let mut draft = Draft::new(&lines.repeat(40), Format::Plain);
        let at = lines.len() * 20;
        draft.edit(at..at + "春旱期间，".len(), "");
        let fresh = Draft::new(&draft.text().to_string(), Format::Plain);
        let blocks = |draft: &Draft| draft.pieces().iter().map(|piece| piece.block().clone()).collect::<Vec<_>>();
        assert_eq!(blocks(&draft), blocks(&fresh));
    }

    #[test]
    fn an_edit_in_a_long_draft_cuts_only_its_neighbours_anew() {
        let lines: String = (0..200)
            .map(|number| format!("{number}号{}。\n", "全县粮食生产再获丰收".repeat(number % 20)))
            .collect();
        let draft = Draft::new(&lines, Format::Plain);
        let mut text = draft.text().clone();
        text.replace(3000..3000, "又");
        assert!(draft.pieces_of_edited(&text).is_some());
        text.replace(3000..3000, "\n12\n");
        assert!(draft.pieces_of_edited(&text).is_none());
    }

    #[test]
    fn places_lead_back_to_the_text() {
        let draft = Draft::new("\u{3000}\u{3000}甲。\n乙丙。\n", Format::Plain);
        let place = Place::new(1, 3..6);
        assert_eq!(draft.quote(&place), "丙");
        assert_eq!(draft.text().slice(draft.source_range(&place)), "丙");
    }
}
