//! Plain text into blocks.
//!
//! A line is a paragraph, unless the draft is hard-wrapped: then lines that run to the full width and stop in mid-sentence are joined with the
//! next. Old archives keep a whole report in one line and part its paragraphs with ideographic spaces, so a run of these parts paragraphs too.
//! What a printer puts on every page (running heads, page numbers) is left out.

use std::ops::Range;

use unicode_width::UnicodeWidthStr;

use super::block::{Block, Kind};
use super::joint::begins_numbered;
use super::page;
use super::prose::Prose;
use crate::script::{is_han, is_sentence_end};

pub(super) fn split(text: &str) -> Vec<Block> {
    blocks(text, paragraphs(text))
}

/// The blocks that lines make, which [`paragraphs`] found.
pub(super) fn blocks(text: &str, mut paragraphs: Vec<Range<usize>>) -> Vec<Block> {
    page::remove_furniture(text, &mut paragraphs);
    match wrap_width(text, &paragraphs) {
        Some(width) => join_wrapped(text, &paragraphs, width),
        None => paragraphs.into_iter().map(|range| paragraph(text, &[range])).collect(),
    }
}

/// The blocks of lines that are not wrapped and were not printed on pages.
pub(super) fn one_to_a_line(text: &str) -> Vec<Block> {
    paragraphs(text).into_iter().map(|range| paragraph(text, &[range])).collect()
}

/// The trimmed, non-empty pieces of all lines.
pub(super) fn paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for line in lines(text) {
        let mut start = line.start;
        for gap in ideographic_gaps(&text[line.clone()]) {
            push_trimmed(text, start..line.start + gap.start, &mut found);
            start = line.start + gap.end;
        }
        push_trimmed(text, start..line.end, &mut found);
    }
    found
}

fn push_trimmed(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let piece = &text[range.clone()];
    let trimmed = piece.trim_matches(is_blank);
    if !trimmed.is_empty() {
        let start = range.start + (piece.len() - piece.trim_start_matches(is_blank).len());
        found.push(start..start + trimmed.len());
    }
}

/// White space that a reader does not see at a line's ends. A byte-order mark is not in it: one inside a draft is a slip.
fn is_blank(char: char) -> bool {
    char.is_whitespace() && char != '\u{2028}' && char != '\u{2029}'
}

/// Runs of two or more U+3000 that part paragraphs: those after a sentence end, and in a line too long to be one paragraph all of them. Elsewhere
/// such runs set names and titles apart, and stay inside.
fn ideographic_gaps(line: &str) -> Vec<Range<usize>> {
    const GAP: &str = "\u{3000}\u{3000}";
    const LONGEST_PARAGRAPH: usize = 1500;
    let whole_report = line.len() > LONGEST_PARAGRAPH;
    let mut gaps: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while let Some(found) = line[at..].find(GAP) {
        let start = at + found;
        let end = line.len() - line[start..].trim_start_matches('\u{3000}').len();
        let before = line[..start].chars().next_back();
        if whole_report || before.is_some_and(|char| is_sentence_end(char) || matches!(char, '”' | '）' | ')' | '：' | ':')) {
            gaps.push(start..end);
        }
        at = end;
    }
    gaps
}

/// Line ranges without their ends; LF, CR and CRLF end a line.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut rest = 0;
    std::iter::from_fn(move || {
        if rest >= text.len() {
            return None;
        }
        let bytes = &text.as_bytes()[rest..];
        let start = rest;
        let length = memchr::memchr2(b'\n', b'\r', bytes);
        let end = length.map_or(text.len(), |length| start + length);
        rest = match length {
            Some(length) if bytes[length..].starts_with(b"\r\n") => end + 2,
            Some(_) => end + 1,
            None => text.len(),
        };
        Some(start..end)
    })
}

/// The width, in terminal columns, to which a hard-wrapped draft fills its lines; `None` for a draft that is not hard-wrapped.
///
/// A wrapped draft has many lines that are followed by another one without a blank line between, and most of these are nearly of one width and stop
/// in mid-sentence. An unwrapped one stops lines at sentence ends, and their widths are scattered.
pub(super) fn wrap_width(text: &str, lines: &[Range<usize>]) -> Option<usize> {
    const FEWEST_LINES: usize = 6;
    const NARROWEST: usize = 36;
    // One line wider than any page tells that lines are not wrapped, and most drafts have one.
    let longest = lines.iter().max_by_key(|range| range.len())?;
    if is_too_wide_to_be_wrapped(&text[longest.clone()]) {
        return None;
    }
    let widths: Vec<usize> = lines.iter().map(|range| visible_width(text, range)).collect();
    let mut sorted: Vec<usize> = widths.iter().copied().filter(|&width| width >= NARROWEST).collect();
    if sorted.len() < FEWEST_LINES {
        return None;
    }
    sorted.sort_unstable();
    let width = sorted[sorted.len() * 9 / 10];
    if width > WIDEST || sorted[sorted.len() - 1] > width + SLACK {
        return None;
    }
    let followed: Vec<usize> = (0..lines.len() - 1)
        .filter(|&index| widths[index] >= NARROWEST && !are_apart(text, &lines[index], &lines[index + 1]))
        .collect();
    let is_wrapped = |index: &&usize| {
        let (line, next) = (&text[lines[**index].clone()], &text[lines[**index + 1].clone()]);
        is_nearly_full(widths[**index], width) && ends_open(line) && !begins_numbered(next)
    };
    let wrapped = followed.iter().filter(is_wrapped).count();
    (wrapped >= FEWEST_LINES && wrapped * 2 >= followed.len()).then_some(width)
}

/// The widest line of a wrapped draft, in terminal columns, and how much wider its last one may be.
const WIDEST: usize = 160;
const SLACK: usize = 8;

pub(super) fn is_too_wide_to_be_wrapped(line: &str) -> bool {
    line.width() > WIDEST + SLACK
}

fn visible_width(text: &str, range: &Range<usize>) -> usize {
    let indent = text[..range.start]
        .chars()
        .rev()
        .take_while(|char| is_blank(*char) && !matches!(char, '\n' | '\r'))
        .collect::<String>();
    indent.width() + text[range.clone()].width()
}

fn is_full(width: usize, full: usize) -> bool {
    width + 4 >= full
}

/// Numbers and words are not torn, so a line may stop well before the margin.
fn is_nearly_full(width: usize, full: usize) -> bool {
    width * 10 >= full * 7
}

/// Whether a line stops in mid-sentence.
fn ends_open(line: &str) -> bool {
    line.chars()
        .next_back()
        .is_some_and(|char| is_han(char) || char.is_alphanumeric() || matches!(char, '，' | '、' | ',' | '“' | '《' | '（'))
}

/// Whether a line goes on in the next one, in a draft that is wrapped to a width.
pub(super) fn goes_on(text: &str, line: &Range<usize>, next: &Range<usize>, width: usize) -> bool {
    let own = visible_width(text, line);
    let is_open = ends_open(&text[line.clone()]);
    let is_filled = is_full(own, width) && !begins_numbered(&text[next.clone()]) || is_nearly_full(own, width) && is_open;
    is_filled && !are_apart(text, line, next)
}

/// A blank line, or an indent, begins a new paragraph.
fn are_apart(text: &str, line: &Range<usize>, next: &Range<usize>) -> bool {
    let between = &text[line.end..next.start];
    let indented = between.rsplit(['\n', '\r']).next().is_some_and(|indent| indent.width() >= 2);
    indented || lines(between).count() >= 2
}

fn join_wrapped(text: &str, paragraphs: &[Range<usize>], width: usize) -> Vec<Block> {
    let joins = |line: &Range<usize>, next: &Range<usize>| goes_on(text, line, next, width);
    paragraphs.chunk_by(joins).map(|lines| paragraph(text, lines)).collect()
}

/// One block from the lines that make it; a line end between two Latin words is read as a space.
fn paragraph(text: &str, pieces: &[Range<usize>]) -> Block {
    let start = pieces[0].start;
    let mut prose = Prose::default();
    for (index, piece) in pieces.iter().enumerate() {
        if index > 0 {
            let gap = pieces[index - 1].end..piece.start;
            let latin = |char: Option<char>| char.is_some_and(|char| char.is_ascii_alphanumeric());
            if latin(text[..gap.start].chars().next_back()) && latin(text[gap.end..].chars().next()) {
                prose.push_shown(gap.start - start..gap.end - start, " ");
            }
        }
        prose.push(piece.start - start, &text[piece.clone()]);
    }
    Block::new(start..pieces[pieces.len() - 1].end, Kind::Paragraph, prose)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(text: &str) -> Vec<String> {
        split(text).iter().map(|block| block.prose.text().to_owned()).collect()
    }

    #[test]
    fn a_line_is_a_paragraph() {
        assert_eq!(texts("　　甲。\r\n\r\n乙\r丙\n"), ["甲。", "乙", "丙"]);
    }

    #[test]
    fn ideographic_spaces_after_a_sentence_part_paragraphs() {
        assert_eq!(texts("完成了任务。　　第二年继续。"), ["完成了任务。", "第二年继续。"]);
        assert_eq!(texts("张　　三"), ["张　　三"]);
        let report = format!("一、稳增长　　{}", "稳住经济基本盘。".repeat(100));
        assert_eq!(texts(&report)[0], "一、稳增长");
    }

    #[test]
    fn short_paragraphs_whose_lines_stop_before_numbers_are_wrapped_too() {
        let paragraph = "泵站位于县城西北的河右岸，早年建成投入运行，是以灌溉为主、兼有排涝的泵站。单机\n800千瓦。\n\n1．机组老化严重。运行多年，远超折旧年限，叶片磨损、线圈老化，\n应当更换。\n2．效率低。\n\n";
        let draft = paragraph.repeat(6);
        let blocks = split(&draft);
        assert_eq!(blocks.len(), 18);
        assert!(blocks[0].prose.text().ends_with("单机800千瓦。"));
        assert!(blocks[1].prose.text().ends_with("老化，应当更换。"));
    }

    #[test]
    fn a_hard_wrapped_draft_is_joined_and_maps_back() {
        let line = "一二三四五六七八九十一二三四五六七八九十\n";
        let draft = format!("{}完。\n　　新的一段。\n", line.repeat(8));
        let blocks = split(&draft);
        assert_eq!(blocks.len(), 2);
        let prose = blocks[0].prose.text();
        assert!(prose.ends_with("九十完。") && !prose.contains('\n'));
        let at = prose.find("完。").unwrap();
        assert_eq!(&draft[blocks[0].source_range(at..at + 6)], "完。");
    }

    #[test]
    fn lines_that_end_their_sentences_are_not_joined() {
        let draft = "这一行说完了一整句话，长度与别的行一样长也没有关系。\n".repeat(10);
        assert_eq!(split(&draft).len(), 10);
    }
}
