//! HTML into blocks, by the tokenizer html5gum.
//!
//! A parser that builds the whole tree forgets where its text stood, so the little that reading takes is kept here: which block is open, which
//! lists and tables, and what is not read (scripts, styles, navigation). Nothing recurses, so nesting may be as deep as it likes. Where a page
//! tells its `main` part or its `article`, only that is read. The numbers of ordered lists are written before their items, as a browser does.

use std::convert::Infallible;
use std::ops::Range;

use encoding_rs::{Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use rustc_hash::{FxHashMap, FxHashSet};

use super::block::{Block, Cell, Item, Kind};
use super::prose::{OBJECT, Prose};
use crate::script::is_han;

pub(super) fn split(text: &str) -> Vec<Block> {
    let mut reader = Reader::new(text);
    tokens(text, |event, range| reader.take(event, range));
    reader.finish()
}

/// The ranges of comments.
pub(super) fn comments(text: &str) -> Vec<Range<usize>> {
    let mut comments = Vec::new();
    tokens(text, |event, range| {
        let is_whole = |text: &str| text.len() >= "<!---->".len() && text.starts_with("<!--") && text.ends_with("-->");
        if matches!(event, CallbackEvent::Comment { .. }) && text.get(range.clone()).is_some_and(is_whole) {
            comments.push(range);
        }
    });
    comments
}

/// The encoding that a page declares in a `meta` element at its beginning. What says UTF-8 or UTF-16 there is not believed, as bytes in these
/// tell it themselves.
pub fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    const HEAD: usize = 4096;
    const KEY: &[u8] = b"charset=";
    let head = bytes[..bytes.len().min(HEAD)].to_ascii_lowercase();
    let start = memchr::memmem::find(&head, KEY)? + KEY.len();
    let label = head[start..].trim_ascii_start();
    let label = label.strip_prefix(b"\"").or_else(|| label.strip_prefix(b"'")).unwrap_or(label);
    let end = label.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"-_:".contains(byte)))?;
    match Encoding::for_label(&label[..end])? {
        encoding if encoding == GBK => Some(GB18030),
        encoding if [UTF_8, UTF_16LE, UTF_16BE].contains(&encoding) => None,
        encoding => Some(encoding),
    }
}

fn tokens(text: &str, mut take: impl FnMut(CallbackEvent<'_>, Range<usize>)) {
    let mut emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| -> Option<Infallible> {
        let end = span.end.min(text.len());
        take(event, span.start.min(end)..end);
        None
    });
    emitter.naively_switch_states(true);
    let Ok(()) = Tokenizer::new_with_emitter(text, emitter).finish();
}

/// Elements whose text is not the draft's.
const UNREAD: &[&str] = &[
    "script", "style", "template", "noscript", "title", "nav", "select", "button", "textarea", "datalist", "svg", "math", "iframe", "object",
    "video", "audio", "canvas", "rt", "rp",
];

/// Elements that may be hidden; all of them have an end tag, so what is hidden ends.
const HIDEABLE: &[&str] = &[
    "div", "section", "article", "aside", "header", "footer", "span", "ul", "ol", "table", "form", "figure",
];

/// Elements before and after which a block ends.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Where in the page a block stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Region {
    Elsewhere,
    Article,
    Main,
}

/// A start tag as far as it was read.
#[derive(Default)]
struct Tag {
    name: String,
    start: usize,
    attributes: Vec<(String, String)>,
}

impl Tag {
    fn attribute(&self, name: &str) -> Option<&str> {
        let (_, value) = self.attributes.iter().find(|(other, _)| other == name)?;
        Some(value)
    }

    fn number(&self, name: &str) -> Option<i64> {
        self.attribute(name)?.trim().parse().ok()
    }

    fn is_hidden(&self) -> bool {
        let style = || {
            self.attribute("style")
                .is_some_and(|style| without_blanks(style).contains("display:none"))
        };
        self.attribute("hidden").is_some() || self.attribute("aria-hidden") == Some("true") || style()
    }
}

struct List {
    id: u32,
    /// The style of its numbers and the next one; `None` for bullets.
    numbers: Option<(Numbers, i64)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numbers {
    Digits,
    Letters { first: u8 },
    Roman { large: bool },
    Han,
    Unshown,
}

#[derive(Default)]
struct Table {
    id: u32,
    rows: u32,
    column: u32,
    /// In how many further rows each column is taken by a cell above.
    held: FxHashMap<u32, u32>,
    cell: Option<Cell>,
}

/// White space that waits for a word to follow.
struct Blank {
    source: Range<usize>,
    shown: String,
}

struct Reader<'a> {
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
    fn new(text: &'a str) -> Self {
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
            pending_item: None,
            unread: None,
            articles: 0,
            mains: 0,
            preformatted: 0,
            code: 0,
        }
    }

    fn take(&mut self, event: CallbackEvent<'_>, range: Range<usize>) {
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
            *depth += usize::from(unread == name);
            return;
        }
        if UNREAD.contains(&name) || HIDEABLE.contains(&name) && tag.is_hidden() {
            self.unread = Some((name.to_owned(), 1));
            return;
        }
        if BLOCKS.contains(&name) {
            self.close();
            self.heading = heading_level(name);
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
                self.tables.push(Table {
                    id: self.tables_seen,
                    ..Table::default()
                });
                self.tables_seen += 1;
            }
            "tr" => self.start_row(),
            "td" | "th" => self.start_cell(tag),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        if let Some((unread, depth)) = &mut self.unread {
            if unread == name {
                *depth -= 1;
                if *depth == 0 {
                    self.unread = None;
                }
            }
            return;
        }
        if BLOCKS.contains(&name) {
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
        let numbers = (tag.name == "ol").then(|| (numbers(tag), tag.number("start").unwrap_or(1)));
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

    fn start_row(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        table.rows = table.rows.saturating_add(1);
        table.column = 0;
        table.cell = None;
        // A row takes one off each column that a cell above holds; those taken are skipped as cells come.
        table.held.retain(|_, rows| *rows > 0);
    }

    fn start_cell(&mut self, tag: &Tag) {
        /// Spans and columns held from above are followed up to here; no table to be read is wider.
        const WIDEST: i64 = 200;
        let Some(table) = self.tables.last_mut() else { return };
        while let Some(rows) = table.held.get_mut(&table.column).filter(|rows| **rows > 0) {
            *rows -= 1;
            table.column += 1;
        }
        let columns = tag.number("colspan").unwrap_or(1).clamp(1, WIDEST) as u32;
        let rows = tag.number("rowspan").unwrap_or(1).clamp(1, WIDEST) as u32;
        table.cell = Some(Cell {
            table: table.id,
            row: table.rows.saturating_sub(1),
            column: table.column,
        });
        if rows > 1 && table.held.len() < WIDEST as usize {
            for column in table.column..table.column.saturating_add(columns) {
                table.held.insert(column, rows - 1);
            }
        }
        table.column = table.column.saturating_add(columns);
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
        let pieces = pieces(source);
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
        for run in runs(text) {
            let place = replaced.clone().unwrap_or(start + at..start + at + run.len());
            at += run.len();
            if !run.starts_with(is_blank) {
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
            push_blanks(block, &blanks, shown);
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
                if !label.is_empty() && !begins_numbered(first) {
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

    fn finish(mut self) -> Vec<Block> {
        self.close();
        let best = self.blocks.iter().map(|(region, _)| *region).max();
        let kept = self.blocks.into_iter().filter(|(region, _)| Some(*region) == best);
        let mut blocks: Vec<Block> = kept.map(|(_, block)| block).collect();
        unmake_layout_tables(&mut blocks);
        blocks
    }
}

/// Tables that lay out a page hold running text: what stands in them are paragraphs, not cells.
fn unmake_layout_tables(blocks: &mut [Block]) {
    const LONGEST_CELL: usize = 300;
    const MOST_PARAGRAPHS: usize = 3;
    let mut paragraphs: FxHashMap<(u32, u32, u32), usize> = FxHashMap::default();
    let mut layout: FxHashSet<u32> = FxHashSet::default();
    for block in blocks.iter() {
        let Kind::Cell(cell) = &block.kind else { continue };
        let count = paragraphs.entry((cell.table, cell.row, cell.column)).or_default();
        *count += 1;
        if *count > MOST_PARAGRAPHS || block.prose.text().chars().nth(LONGEST_CELL).is_some() {
            layout.insert(cell.table);
        }
    }
    for block in blocks {
        if matches!(&block.kind, Kind::Cell(cell) if layout.contains(&cell.table)) {
            block.kind = Kind::Paragraph;
        }
    }
}

/// White space between two words: as much as a browser shows. A line end of the source between two Han characters shows nothing, though
/// browsers may put a space there; whoever wraps the source of a page means none.
fn push_blanks(block: &mut Block, blanks: &[Blank], next: &str) {
    let (Some(first), Some(last)) = (blanks.first(), blanks.last()) else {
        return;
    };
    let start = block.range.start;
    if blanks.iter().any(|blank| blank.shown.contains(|char: char| !char.is_ascii())) {
        for blank in blanks {
            let wide: String = blank.shown.chars().filter(|char| !char.is_ascii()).collect();
            if !wide.is_empty() {
                block.prose.push_shown(blank.source.start - start..blank.source.end - start, &wide);
            }
        }
        return;
    }
    let is_wide = |char: char| is_han(char) || "，。；：、？！“”‘’（）《》…—".contains(char);
    let wraps = blanks.iter().any(|blank| blank.shown.contains(['\n', '\r']));
    let before = block.prose.text().chars().next_back();
    if wraps && before.is_some_and(is_wide) && next.chars().next().is_some_and(is_wide) {
        return;
    }
    block.prose.push_shown(first.source.start - start..last.source.end - start, " ");
}

impl Numbers {
    /// The number as it is shown, with the mark behind it; nothing if it cannot be shown so.
    fn label(self, number: i64) -> String {
        let small = u32::try_from(number).ok().filter(|number| (1..4000).contains(number));
        match (self, small) {
            (Numbers::Unshown, _) => String::new(),
            (Numbers::Letters { first }, Some(number)) => format!("{}. ", letters(number, first)),
            (Numbers::Roman { large }, Some(number)) => {
                let roman = roman(number);
                format!("{}. ", if large { roman.to_uppercase() } else { roman })
            }
            (Numbers::Han, Some(number)) => format!("{}、", han(number)),
            _ => format!("{number}. "),
        }
    }
}

fn numbers(tag: &Tag) -> Numbers {
    let style = without_blanks(tag.attribute("style").unwrap_or_default());
    let said = style
        .split(';')
        .rev()
        .find_map(|rule| rule.strip_prefix("list-style-type:").or(rule.strip_prefix("list-style:")));
    match (said, tag.attribute("type")) {
        (Some(said), _) if said.starts_with("none") => Numbers::Unshown,
        (Some(said), _)
            if ["cjk-ideographic", "simp-chinese-informal", "trad-chinese-informal"]
                .iter()
                .any(|name| said.starts_with(name)) =>
        {
            Numbers::Han
        }
        (_, Some("a")) => Numbers::Letters { first: b'a' },
        (_, Some("A")) => Numbers::Letters { first: b'A' },
        (_, Some("i")) => Numbers::Roman { large: false },
        (_, Some("I")) => Numbers::Roman { large: true },
        _ => Numbers::Digits,
    }
}

/// a, b … z, aa, ab …
fn letters(mut number: u32, first: u8) -> String {
    let mut letters = Vec::new();
    while number > 0 {
        number -= 1;
        letters.push(char::from(first + (number % 26) as u8));
        number /= 26;
    }
    letters.iter().rev().collect()
}

fn roman(mut number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let mut roman = String::new();
    for (value, sign) in SIGNS {
        while number >= value {
            roman.push_str(sign);
            number -= value;
        }
    }
    roman
}

/// 一 to 九十九; greater numbers in digits.
fn han(number: u32) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (number / 10, number % 10) {
        (10.., _) => number.to_string(),
        (0, ones) => DIGITS[ones as usize].to_owned(),
        (1, ones) => format!("十{}", DIGITS[ones as usize]),
        (tens, ones) => format!("{}十{}", DIGITS[tens as usize], DIGITS[ones as usize]),
    }
}

/// Whether an item is typed with a number of its own, so that its list surely shows none.
fn begins_numbered(text: &str) -> bool {
    let mut chars = text.chars();
    match chars.next() {
        Some('（' | '(' | '第' | '①'..='⑳') => true,
        Some(char) if char.is_ascii_digit() || "一二三四五六七八九十".contains(char) => chars
            .find(|char| !(char.is_ascii_digit() || "一二三四五六七八九十".contains(*char)))
            .is_some_and(|char| "、.．是".contains(char)),
        _ => false,
    }
}

fn heading_level(name: &str) -> Option<u8> {
    match name.as_bytes() {
        [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
        _ => None,
    }
}

/// Text cut at its character references, each piece with what it shows.
fn pieces(source: &str) -> Vec<(Range<usize>, String)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < source.len() {
        let end = match source[at..].strip_prefix('&') {
            None => source[at..].find('&').map_or(source.len(), |next| at + next),
            Some(rest) => {
                let name = rest.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#').count();
                at + 1 + name + usize::from(rest.as_bytes().get(name) == Some(&b';'))
            }
        };
        let raw = &source[at..end];
        let shown = if raw.starts_with('&') { resolve(raw) } else { raw.to_owned() };
        pieces.push((at..end, shown));
        at = end;
    }
    pieces
}

fn resolve(reference: &str) -> String {
    let mut shown = String::new();
    tokens(reference, |event, _| {
        if let CallbackEvent::String { value } = event {
            shown.push_str(&lossy(value));
        }
    });
    shown
}

/// Text cut where white space begins and ends.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let first = rest.chars().next()?;
        let end = rest.find(|char| is_blank(char) != is_blank(first)).unwrap_or(rest.len());
        let (run, behind) = rest.split_at(end);
        rest = behind;
        Some(run)
    })
}

fn is_blank(char: char) -> bool {
    char.is_whitespace()
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace()).flat_map(char::to_lowercase).collect()
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(html: &str) -> Vec<String> {
        split(html).iter().map(|block| block.prose.text().to_owned()).collect()
    }

    #[test]
    fn only_what_is_read_is_read() {
        let html = "<!DOCTYPE html><html><head><title>题</title><style>p{}</style></head><body><nav>首页</nav><header>某网</header>\
            <main><h1>总结</h1><script>if (1 < 2) {}</script><p>正文<b>重点</b>，见<a href='x'>链接</a>和<code>x<b>y</b></code>。<br>　　另一段。</p>\
            <div hidden>藏</div><noscript>请开启</noscript></main><footer>版权</footer></body></html>";
        assert_eq!(texts(html), ["总结", "正文重点，见链接和\u{FFFC}。", "另一段。"]);
        assert_eq!(texts("<p>甲<article><p>乙</article>丙"), ["乙"]);
        assert_eq!(texts("<h2>一、甲</h2>乙<p>丙"), ["一、甲", "乙", "丙"]);
    }

    #[test]
    fn every_word_leads_back_to_the_file() {
        let html = "<p>\r\n  甲&amp;乙 &lt;丙&gt;&nbsp;&#x4E01;<i>戊</i>\n己 a\n  b</p>";
        let block = &split(html)[0];
        let prose = block.prose.text();
        assert_eq!(prose, "甲&乙 <丙>\u{A0}丁戊己 a b");
        for (shown, source) in [
            ("甲", "甲"),
            ("&", "&amp;"),
            ("乙", "乙"),
            ("<", "&lt;"),
            ("丁", "&#x4E01;"),
            ("戊", "戊"),
            ("己", "己"),
            ("b", "b"),
        ] {
            let at = prose.find(shown).unwrap();
            assert_eq!(&html[block.source_range(at..at + shown.len())], source, "{shown}");
        }
    }

    #[test]
    fn ordered_items_carry_the_number_that_is_shown() {
        let html = "<ol start=3><li>甲<li><p>乙</p><p>续</p><ul><li>子</ul><li value=9>丙</ol><ol type=A><li>丁</ol><ol><li>1、戊</ol>\
            <ol style='list-style-type: cjk-ideographic'><li>己</ol>";
        assert_eq!(texts(html), ["3. 甲", "4. 乙", "续", "子", "9. 丙", "A. 丁", "1、戊", "一、己"]);
        let blocks = split(html);
        assert_eq!((blocks[0].automatic_label, blocks[3].automatic_label), (3, 0));
        assert_eq!(&html[blocks[0].source_range(0..3)], "<li>");
        assert!(matches!(
            blocks[4].kind,
            Kind::Item(Item {
                list: 0,
                depth: 0,
                shown: Some(9)
            })
        ));
        assert_eq!(
            (letters(27, b'a'), roman(1994), han(42)),
            ("aa".to_owned(), "mcmxciv".to_owned(), "四十二".to_owned())
        );
    }

    #[test]
    fn cells_know_their_place_and_layout_tables_have_none() {
        let html = "<table><tr><th>县<th rowspan=2>产量<th>备注<tr><td colspan=1><p>甲</p><td>无</table>";
        let places: Vec<_> = split(html)
            .iter()
            .filter_map(|block| match &block.kind {
                Kind::Cell(cell) => Some((block.prose.text().to_owned(), cell.row, cell.column)),
                _ => None,
            })
            .collect();
        let at = |text: &str, row, column| (text.to_owned(), row, column);
        assert_eq!(
            places,
            [at("县", 0, 0), at("产量", 0, 1), at("备注", 0, 2), at("甲", 1, 0), at("无", 1, 2)]
        );
        let layout = "<table><tr><td><p>一段。<p>二段。<p>三段。<p>四段。</table>";
        assert!(split(layout).iter().all(|block| block.kind == Kind::Paragraph));
    }

    #[test]
    fn declared_encodings_are_found() {
        let declared = |text: &str| declared_encoding(text.as_bytes());
        assert_eq!(declared("<META CHARSET=\"gb2312\">"), Some(GB18030));
        assert_eq!(
            declared("<meta http-equiv=Content-Type content='text/html; charset=big5'>"),
            Some(encoding_rs::BIG5)
        );
        assert_eq!(declared("<meta charset=utf-8>"), None);
    }

    #[test]
    fn comments_are_found_where_they_are_comments() {
        let html = "<!-- 甲 --><p>乙<!--丙--><script>'<!-- 丁 -->'</script><!戊>";
        let found: Vec<_> = comments(html).into_iter().map(|range| &html[range]).collect();
        assert_eq!(found, ["<!-- 甲 -->", "<!--丙-->"]);
    }

    /// Broken markup must neither fail nor cost more than its length.
    #[test]
    fn deep_and_broken_pages_do_no_harm() {
        for html in [
            "<",
            "<p",
            "&",
            "&#xFFFFFFFF;甲",
            "</p></table></ol>",
            "<td>甲<li>乙",
            "<p>甲<!-- ",
            "<script>甲",
            "\0<p>\u{FEFF}甲",
        ] {
            split(html);
            comments(html);
        }
        for element in ["<div>", "<ul><li>", "<table><tr><td>", "<nav>", "<ol>", "<b>"] {
            let deep = format!("{}甲", element.repeat(100_000));
            assert!(split(&deep).len() <= 1);
        }
        let wide = format!("<table><tr>{}</table>", "<td rowspan=9999999999 colspan=999999999>甲".repeat(200));
        assert_eq!(split(&wide).len(), 200);
    }
}
