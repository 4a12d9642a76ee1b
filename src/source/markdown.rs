//! Markdown into blocks, by pulldown-cmark.
//!
//! Code, front matter, HTML, images' and links' targets are not prose and leave no block. A line end inside a paragraph is taken as the drafter
//! sees it in the file: drafts put one paragraph to a line without a blank line between more often than they wrap lines.

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::block::{Block, Cell, Item, Kind};
use super::plain;
use super::prose::{OBJECT, Prose};
use crate::script::{is_han, is_sentence_end};

pub(super) fn split(text: &str) -> Vec<Block> {
    let mut builder = Builder {
        text,
        wrap_width: wrap_width(text),
        ..Builder::default()
    };
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        builder.take(event, range);
    }
    builder.blocks.retain(|block| {
        !block
            .prose
            .text()
            .trim_matches(|char: char| char.is_whitespace() || OBJECT.contains(char))
            .is_empty()
    });
    forget_wrapping(&mut builder.blocks);
    builder.blocks
}

/// The width to which running text is wrapped, if it is.
fn wrap_width(text: &str) -> Option<usize> {
    let mut lines = plain::paragraphs(text);
    lines.retain(|line| !text[line.clone()].starts_with(['#', '|', '>', '-', '*', '`']));
    plain::wrap_width(text, &lines)
}

/// A draft that breaks many sentences at line ends is wrapped; in one that breaks a few, these are slips.
fn forget_wrapping(blocks: &mut [Block]) {
    const MOST_SLIPS: usize = 3;
    let breaks: usize = blocks.iter().map(|block| block.joints.len()).sum();
    if breaks > MOST_SLIPS {
        blocks.iter_mut().for_each(|block| block.joints.clear());
    }
}

/// The ranges of HTML comments; what looks like one inside code is none.
pub(super) fn comments(text: &str) -> Vec<Range<usize>> {
    let mut comments = Vec::new();
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        if !matches!(event, Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_)) {
            continue;
        }
        let mut at = range.start;
        while let Some(start) = text[at..range.end].find("<!--").map(|offset| at + offset) {
            let Some(end) = text[start..range.end].find("-->").map(|offset| start + offset + "-->".len()) else {
                break;
            };
            comments.push(start..end);
            at = end;
        }
    }
    comments
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
        | Options::ENABLE_MATH
}

#[derive(Default)]
struct Builder<'a> {
    text: &'a str,
    blocks: Vec<Block>,
    open: Option<Block>,
    /// The width, in terminal columns, to which running text is wrapped.
    wrap_width: Option<usize>,
    lists: Vec<List>,
    lists_seen: u32,
    tables_seen: u32,
    row: u32,
    column: u32,
    /// How many constructs are open whose text is not prose.
    muted: usize,
    /// An item whose first paragraph has not begun, and where the item starts.
    pending_item: Option<(Item, usize)>,
}

struct List {
    id: u32,
    next: Option<u64>,
}

impl<'a> Builder<'a> {
    fn take(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(shown) => self.text_event(&shown, range),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => self.text_event(OBJECT, range),
            Event::SoftBreak | Event::HardBreak => self.line_end(range),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => self.open_block(range.start, Kind::Heading(level as u8)),
            Tag::Paragraph => self.open_paragraph(range.start),
            Tag::List(first) => {
                self.close();
                self.lists.push(List {
                    id: self.lists_seen,
                    next: first,
                });
                self.lists_seen += 1;
            }
            Tag::Item => self.start_item(range.start),
            Tag::Table(_) => {
                self.close();
                self.row = 0;
            }
            Tag::TableHead | Tag::TableRow => self.column = 0,
            Tag::TableCell => {
                let cell = Cell {
                    table: self.tables_seen,
                    row: self.row,
                    column: self.column,
                };
                self.open_block(range.start, Kind::Cell(cell));
            }
            Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.close();
                self.muted += 1;
            }
            Tag::Image { .. } => {
                self.text_event(OBJECT, range);
                self.muted += 1;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph => self.close(),
            TagEnd::Item => {
                self.close();
                self.pending_item = None;
            }
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::TableCell => {
                self.close();
                self.column += 1;
            }
            TagEnd::TableHead | TagEnd::TableRow => self.row += 1,
            TagEnd::Table => self.tables_seen += 1,
            TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) | TagEnd::Image => self.muted -= 1,
            _ => {}
        }
    }

    fn start_item(&mut self, start: usize) {
        self.close();
        let depth = (self.lists.len().max(1) - 1).min(u8::MAX as usize) as u8;
        let Some(list) = self.lists.last_mut() else { return };
        let shown = list.next;
        list.next = shown.map(|number| number.saturating_add(1));
        self.pending_item = Some((Item { list: list.id, depth, shown }, start));
    }

    fn open_block(&mut self, start: usize, kind: Kind) {
        self.close();
        self.open = Some(Block::new(start..start, kind, Prose::default()));
    }

    /// Opens a paragraph, or the first paragraph of the item that waits for one, with the number typed before it.
    fn open_paragraph(&mut self, start: usize) {
        let Some((item, item_start)) = self.pending_item.take() else {
            return self.open_block(start, Kind::Paragraph);
        };
        let numbered = item.shown.is_some();
        self.open_block(item_start, Kind::Item(item));
        if let (true, Some(block)) = (numbered, &mut self.open) {
            // In a list without blank lines the first text is known, not the paragraph with the markup before it.
            let label = self.text[item_start..start.max(item_start)].trim_end_matches(['*', '_', '~', '[']);
            block.prose.push(0, label);
            block.range.end = start;
        }
    }

    fn text_event(&mut self, shown: &str, range: Range<usize>) {
        if self.muted > 0 {
            return;
        }
        if self.open.is_none() {
            self.open_paragraph(range.start);
        }
        let Some(block) = &mut self.open else { return };
        let source = range.start - block.range.start..range.end - block.range.start;
        if self.text.get(range.clone()) == Some(shown) {
            block.prose.push(source.start, shown);
        } else {
            block.prose.push_shown(source, shown);
        }
        block.range.end = block.range.end.max(range.end);
    }

    /// Ends the paragraph at a line end, unless the line breaks off in mid-sentence and the next goes on.
    fn line_end(&mut self, range: Range<usize>) {
        let Some(block) = &mut self.open else { return };
        if block.is_cell() {
            return;
        }
        let last = block.prose.text().chars().next_back();
        let next = self.text[range.end..].trim_start().chars().next();
        let open = last.is_some_and(|char| is_han(char) || char.is_ascii_alphanumeric() || matches!(char, '，' | ',' | '、'));
        let wraps = open && !last.is_some_and(is_sentence_end) && next.is_some_and(|char| is_han(char) || char.is_ascii_lowercase());
        let long_enough = block.prose.text().chars().nth(30).is_some();
        let is_wrapped = self.is_wrapped(&range);
        let Some(block) = &mut self.open else { return };
        if is_wrapped || wraps && long_enough {
            if last.is_some_and(|char| char.is_ascii_alphanumeric()) && next.is_some_and(|char| char.is_ascii_alphanumeric()) {
                block
                    .prose
                    .push_shown(range.start - block.range.start..range.end - block.range.start, " ");
            }
            if !is_wrapped {
                block.joints.push(block.prose.text().len());
            }
            return;
        }
        self.open_block(range.end, Kind::Paragraph);
    }

    /// Whether the line that ends here goes on in the next one, as lines of a draft that is wrapped to a width do.
    fn is_wrapped(&self, end: &Range<usize>) -> bool {
        let Some(width) = self.wrap_width else { return false };
        let line_start = self.text[..end.start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let next = &self.text[end.end..];
        let indent = next.len() - next.trim_start().len();
        let next_length = next[indent..].find(['\n', '\r']).unwrap_or(next.len() - indent);
        let next_start = end.end + indent;
        plain::goes_on(self.text, &(line_start..end.start), &(next_start..next_start + next_length), width)
    }

    fn close(&mut self) {
        if let Some(mut block) = self.open.take() {
            remove_unread_emphasis(self.text, &mut block);
            self.blocks.push(block);
        }
    }
}

/// Drafters write `**水源工程。**已建成`, where a mark inside and a letter outside keep the standard from reading the closing `**` as one
/// (CommonMark 0.31, 6.2). They mean bold all the same.
fn remove_unread_emphasis(text: &str, block: &mut Block) {
    let marks: Vec<Range<usize>> = block.prose.text().match_indices("**").map(|(at, mark)| at..at + mark.len()).collect();
    let is_typed = |mark: &Range<usize>| text.get(block.source_range(mark.clone())) == Some("**");
    if marks.is_empty() || !marks.len().is_multiple_of(2) || !marks.iter().all(is_typed) {
        return;
    }
    block.prose.remove(&marks);
    for joint in &mut block.joints {
        *joint -= marks.iter().filter(|mark| mark.end <= *joint).map(Range::len).sum::<usize>();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        split(text).iter().map(|block| block.prose.text().to_owned()).collect()
    }

    #[test]
    fn only_prose_is_read() {
        let draft = "---\ntitle: 题\n---\n\n# 一、标题\n\n正文**重点**，见[链接](http://a.cn/?x=1)和`代码`。\n\n```\n代码块\n```\n\n<!-- 注释 -->\n\n> 引文。\n";
        assert_eq!(texts(draft), ["一、标题", "正文重点，见链接和\u{FFFC}。", "引文。"]);
    }

    #[test]
    fn ordered_items_keep_the_typed_number_and_the_shown_one() {
        let blocks = split("1. 甲\n2. 乙\n4. 丙\n\n   续段\n- 丁\n");
        let seen: Vec<_> = blocks.iter().map(|block| (block.prose.text(), block.kind.clone())).collect();
        let item = |list, shown| Kind::Item(Item { list, depth: 0, shown });
        assert_eq!(
            seen,
            [
                ("1. 甲", item(0, Some(1))),
                ("2. 乙", item(0, Some(2))),
                ("4. 丙", item(0, Some(3))),
                ("续段", Kind::Paragraph),
                ("丁", item(1, None))
            ]
        );
    }

    #[test]
    fn cells_know_their_place() {
        let blocks = split("| 县 | 产量 |\n|---|---|\n| 甲 | 5 |\n");
        let places = blocks.iter().filter_map(|block| match &block.kind {
            Kind::Cell(cell) => Some((block.prose.text(), cell.row, cell.column)),
            _ => None,
        });
        assert_eq!(places.collect::<Vec<_>>(), [("县", 0, 0), ("产量", 0, 1), ("甲", 1, 0), ("5", 1, 1)]);
    }

    #[test]
    fn markup_is_mapped_back() {
        let draft = "甲**乙丙**丁 &amp; 戊";
        let block = &split(draft)[0];
        let at = block.prose.text().find("丁").unwrap();
        assert_eq!(&draft[block.source_range(at..at + 3)], "丁");
        let amp = block.prose.text().find('&').unwrap();
        assert_eq!(&draft[block.source_range(amp..amp + 1)], "&amp;");
    }

    #[test]
    fn lines_wrapped_to_a_width_are_joined_before_digits_and_after_sentences() {
        let paragraph = "严格落实学习制度，组织中心组学习十二次、专题研讨四次，我带头讲党课\n4场。举办村干部和支部书记培训六期，开展主题党日活动，各方面的效果都好。\n群众满意度有提高。\n\n1. 整治环境，清运垃圾。\n2. 安装路灯。\n\n";
        let draft = paragraph.repeat(6);
        let blocks = texts(&draft);
        assert_eq!(blocks.len(), 18);
        assert!(blocks[0].contains("讲党课4场") && blocks[0].ends_with("都好。群众满意度有提高。"));
        assert!(split(&draft).iter().all(|block| block.joints.is_empty()));
    }

    #[test]
    fn bold_that_ends_in_a_mark_is_bold() {
        let draft = "1. **水源工程。**引水工程已建成。\n\n2. **水厂工程。**四座**已投产。**\n";
        assert_eq!(texts(draft), ["1. 水源工程。引水工程已建成。", "2. 水厂工程。四座已投产。"]);
        assert_eq!(texts("1. **水源**工程\n2. [水厂](a)工程\n"), ["1. 水源工程", "2. 水厂工程"]);
        assert_eq!(texts("代号\\*\\*甲\\*\\*乙"), ["代号**甲**乙"]);
    }

    #[test]
    fn paragraphs_one_to_a_line_stay_apart() {
        assert_eq!(texts("一是抓示范。\n二是抓落实。\n"), ["一是抓示范。", "二是抓落实。"]);
    }
}
