//! The blocks of a page, from its tags and text as they come.

use std::ops::Range;

use html5gum::emitters::callback::CallbackEvent;

use super::list::{self, List, Numbers};
use super::lossy;
use super::table::{self, Table};
use super::tag::{self, Tag};
use super::text::{self, Blank};
use crate::source::block::{Block, Item, Kind};
use crate::source::prose::{OBJECT, Prose};

/// Where in the page a block stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Region {
    Elsewhere,
    Article,
    Main,
}

/// Columns that cells may claim without standing in them, in all tables of a page together; a table of figures has them all in memory.
const MOST_CLAIMS: u32 = 1 << 20;

pub(super) struct Reader<'a> {
    text: &'a str,
    blocks: Vec<(Region, Block)>,
    open: Option<Block>,
    blanks: Vec<Blank>,
    tag: Tag,
    heading: Option<u8>,
    lists: Vec<List>,
    lists_seen: u32,
    tables: Vec<Table>,
    tables_seen: u32,
    claims: u32,
    /// An item whose first words have not come, where it starts, where its tag ends, and its number as shown.
    pending_item: Option<(Item, Range<usize>, String)>,
    /// The element that is not read, and how often it is open.
    unread: Option<(String, usize)>,
    articles: usize,
    mains: usize,
    preformatted: usize,
    /// Whether inline code is open, and how often.
    code: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Reader {
            text,
            blocks: Vec::new(),
            open: None,
            blanks: Vec::new(),
            tag: Tag::default(),
            heading: None,
            lists: Vec::new(),
            lists_seen: 0,
            tables: Vec::new(),
            tables_seen: 0,
            claims: MOST_CLAIMS,
            pending_item: None,
            unread: None,
            articles: 0,
            mains: 0,
            preformatted: 0,
            code: 0,
        }
    }

    pub(super) fn take(&mut self, event: CallbackEvent<'_>, range: Range<usize>) {
        match event {
            CallbackEvent::OpenStartTag { name } => {
                self.tag = Tag {
                    name: lossy(name),
                    start: range.start,
                    attributes: Vec::new(),
                };
            }
            CallbackEvent::AttributeName { name } => self.tag.attributes.push((lossy(name), String::new())),
            CallbackEvent::AttributeValue { value } => {
                if let Some((_, last)) = self.tag.attributes.last_mut() {
                    *last = lossy(value);
                }
            }
            CallbackEvent::CloseStartTag { .. } => {
                let tag = std::mem::take(&mut self.tag);
                self.start(&tag, tag.start..range.end);
            }
            CallbackEvent::EndTag { name } => self.end(&lossy(name)),
            CallbackEvent::String { value } => self.string(&lossy(value), range),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag, range: Range<usize>) {
        let name = tag.name.as_str();
        if let Some((unread, depth)) = &mut self.unread {
            if tag::is_over_at(unread, name) {
                self.unread = None;
            } else {
                *depth += usize::from(unread == name);
                return;
            }
        }
        if tag::UNREAD.contains(&name) || tag::HIDEABLE.contains(&name) && tag.is_hidden() {
            if name == "p" {
                self.close();
            }
            self.unread = Some((name.to_owned(), 1));
            return;
        }
        if tag::BLOCKS.contains(&name) {
            self.close();
            self.heading = tag::heading_level(name);
        }
        match name {
            "main" => self.mains += 1,
            "article" => self.articles += 1,
            "pre" => self.preformatted += 1,
            "br" => self.line_end(),
            "img" => self.object(range),
            "code" | "kbd" | "samp" => {
                if self.code == 0 {
                    self.object(range);
                }
                self.code += 1;
            }
            "ul" | "menu" | "ol" => self.start_list(tag),
            "li" => self.start_item(tag, range),
            "table" => {
                self.tables.push(Table::new(self.tables_seen));
                self.tables_seen += 1;
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.start_row();
                }
            }
            "td" | "th" => {
                if let Some(table) = self.tables.last_mut() {
                    table.start_cell(tag, &mut self.claims);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((unread, depth)) = &mut self.unread {
            *depth -= usize::from(unread == name);
            let (has_ended, is_over) = (*depth == 0, tag::is_over_at(unread, name));
            if has_ended || is_over {
                self.unread = None;
            }
            if has_ended || !is_over {
                return;
            }
        }
        if tag::BLOCKS.contains(&name) {
            self.close();
            self.heading = None;
        }
        match name {
            "main" => self.mains = self.mains.saturating_sub(1),
            "article" => self.articles = self.articles.saturating_sub(1),
            "pre" => self.preformatted = self.preformatted.saturating_sub(1),
            "code" | "kbd" | "samp" => self.code = self.code.saturating_sub(1),
            "ul" | "menu" | "ol" => {
                self.lists.pop();
                self.pending_item = None;
            }
            "li" => self.pending_item = None,
            "table" => {
                self.tables.pop();
            }
            "td" | "th" | "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.cell = None;
                }
            }
            _ => {}
        }
    }

    fn start_list(&mut self, tag: &Tag) {
        let numbers = (tag.name == "ol").then(|| (Numbers::of(tag), tag.number("start").unwrap_or(1)));
        self.lists.push(List {
            id: self.lists_seen,
            numbers,
        });
        self.lists_seen += 1;
        self.pending_item = None;
    }

    fn start_item(&mut self, tag: &Tag, range: Range<usize>) {
        let depth = (self.lists.len().max(1) - 1).min(usize::from(u8::MAX)) as u8;
        let Some(list) = self.lists.last_mut() else { return };
        let mut label = String::new();
        let mut shown = None;
        if let Some((numbers, next)) = &mut list.numbers {
            let number = tag.number("value").unwrap_or(*next);
            *next = number.saturating_add(1);
            label = numbers.label(number);
            shown = u64::try_from(number).ok().filter(|_| !label.is_empty());
        }
        let item = Item { list: list.id, depth, shown };
        self.pending_item = Some((item, range, label));
    }

    /// A line end that is written as an element: in running text it ends a paragraph, in a heading or a cell it is only where the line turns.
    fn line_end(&mut self) {
        let is_cell = self.tables.last().is_some_and(|table| table.cell.is_some());
        if !is_cell && self.heading.is_none() {
            self.close();
        }
    }

    fn object(&mut self, range: Range<usize>) {
        self.push(range, OBJECT);
    }

    /// Text between two tags. `shown` has its character references resolved.
    fn string(&mut self, shown: &str, range: Range<usize>) {
        if self.unread.is_some() || self.code > 0 {
            return;
        }
        let Some(source) = self.text.get(range.clone()) else { return };
        if !source.contains('&') {
            return self.words(source, range.start, None);
        }
        let pieces = text::pieces(source);
        let resolved: String = pieces.iter().map(|(_, shown)| shown.as_str()).collect();
        if resolved.replace("\r\n", "\n").replace('\r', "\n") != shown {
            // What a piece shows by itself is not what it shows here; then the run has its place as a whole.
            return self.words(shown, range.start, Some(range));
        }
        for (piece, shown) in pieces {
            let place = range.start + piece.start..range.start + piece.end;
            let is_verbatim = source.get(piece) == Some(shown.as_str());
            self.words(&shown, place.start, (!is_verbatim).then_some(place));
        }
    }

    /// Takes text that stands at `start`, or is shown for all of `replaced`.
    fn words(&mut self, text: &str, start: usize, replaced: Option<Range<usize>>) {
        let mut at = 0;
        for run in text::runs(text) {
            let place = replaced.clone().unwrap_or(start + at..start + at + run.len());
            at += run.len();
            if !run.starts_with(text::is_blank) {
                self.push(place, run);
            } else if self.preformatted > 0 && run.contains('\n') {
                self.close();
            } else {
                self.blanks.push(Blank {
                    source: place,
                    shown: run.to_owned(),
                });
            }
        }
    }

    fn push(&mut self, source: Range<usize>, shown: &str) {
        if self.open.is_none() {
            self.open_block(source.start, shown);
        }
        let blanks = std::mem::take(&mut self.blanks);
        let Some(block) = &mut self.open else { return };
        let start = block.range.start;
        if block.prose.text().len() > block.automatic_label {
            text::push_blanks(block, &blanks, shown);
        }
        let relative = source.start - start..source.end - start;
        if relative.len() == shown.len() {
            block.prose.push(relative.start, shown);
        } else {
            block.prose.push_shown(relative, shown);
        }
        block.range.end = source.end;
    }

    fn open_block(&mut self, start: usize, first: &str) {
        self.blanks.clear();
        let cell = self.tables.last().and_then(|table| table.cell.clone());
        let item = self.pending_item.take();
        let mut block = match (self.heading, cell, item) {
            (Some(level), _, _) => Block::new(start..start, Kind::Heading(level), Prose::default()),
            (None, _, Some((item, tag, label))) => {
                let mut block = Block::new(tag.start..start, Kind::Item(item), Prose::default());
                if !label.is_empty() && !list::begins_numbered(first) {
                    block.prose.push_shown(0..tag.len(), &label);
                    block.automatic_label = label.len();
                }
                block
            }
            (None, Some(cell), None) => Block::new(start..start, Kind::Cell(cell), Prose::default()),
            (None, None, None) => Block::new(start..start, Kind::Paragraph, Prose::default()),
        };
        block.range.end = start;
        self.open = Some(block);
    }

    fn close(&mut self) {
        self.blanks.clear();
        let Some(block) = self.open.take() else { return };
        let region = match (self.mains, self.articles) {
            (1.., _) => Region::Main,
            (0, 1..) => Region::Article,
            (0, 0) => Region::Elsewhere,
        };
        let is_empty = |text: &str| text.trim_matches(|char: char| char.is_whitespace() || OBJECT.contains(char)).is_empty();
        if !is_empty(&block.prose.text()[block.automatic_label..]) {
            self.blocks.push((region, block));
        }
    }

    pub(super) fn finish(mut self) -> Vec<Block> {
        self.close();
        let best = self.blocks.iter().map(|(region, _)| *region).max();
        let kept = self.blocks.into_iter().filter(|(region, _)| Some(*region) == best);
        let mut blocks: Vec<Block> = kept.map(|(_, block)| block).collect();
        table::unmake_layout_tables(&mut blocks);
        blocks
    }
}
