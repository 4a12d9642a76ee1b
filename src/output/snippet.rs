//! A line of the draft with a place marked under it.
//!
//! A paragraph of a Chinese draft is one line of up to thousands of characters, and most of them are two columns wide. Libraries for compiler
//! messages show whole lines or cut them at the margin of code; here the line is cut to a window around the place, and marks are counted in
//! columns of a terminal.

use std::fmt::Write as _;
use std::ops::Range;

use anstyle::Style;

use super::Look;
use super::wrap::columns;
use crate::draft::Draft;
use crate::text::Text;

/// How a place is marked.
#[derive(Clone, Copy)]
pub(super) struct Mark<'a> {
    sign: char,
    /// Stands behind the marks, or under them where there is no room.
    label: &'a str,
    style: Style,
}

impl<'a> Mark<'a> {
    pub(super) fn new(sign: char, label: &'a str, style: Style) -> Self {
        Mark { sign, label, style }
    }
}

/// Writes the line of `range`, or its first and its last line if it has several, with the place marked. `gutter` is the width of line numbers.
pub(super) fn write(out: &mut String, draft: &Draft, range: &Range<usize>, mark: Mark, gutter: usize, look: &Look) {
    let text = draft.text();
    let frame = look.palette.frame;
    let width = look.width.saturating_sub(gutter + 3).max(MIN_WINDOW);
    let _ = writeln!(out, "{:gutter$} {frame}|{frame:#}", "");
    let (first, last) = (text.line_at(range.start), text.line_at(range.end.max(range.start + 1) - 1));
    if first == last {
        return write_line(out, draft, first, range, mark, gutter, width, look);
    }
    let unlabelled = Mark { label: "", ..mark };
    write_line(out, draft, first, range, unlabelled, gutter, width, look);
    if last > first + 1 {
        let _ = writeln!(out, "{frame}...{frame:#}");
    }
    write_line(out, draft, last, range, mark, gutter, width, look);
}

/// The number that stands before a line: in a Word document, that of the paragraph which the line belongs to.
pub(super) fn line_number(draft: &Draft, line: usize) -> usize {
    let paragraph = draft.layout().and_then(|layout| layout.paragraph_at(draft.text().line_range(line).start));
    paragraph.map_or(line + 1, |paragraph| paragraph.number)
}

/// No terminal is so narrow that less would help.
const MIN_WINDOW: usize = 30;

#[allow(clippy::too_many_arguments)]
fn write_line(out: &mut String, draft: &Draft, line: usize, range: &Range<usize>, mark: Mark, gutter: usize, width: usize, look: &Look) {
    let (nearby, place) = nearby(draft.text(), &draft.text().line_range(line), range, width);
    let shown = window(&nearby, place, width);
    let (frame, style) = (look.palette.frame, mark.style);
    let _ = writeln!(out, "{frame}{:>gutter$} |{frame:#} {}", line_number(draft, line), shown.text);
    let signs: String = std::iter::repeat_n(mark.sign, shown.marked.len()).collect();
    let indent = shown.marked.start;
    let fits = shown.marked.end + 1 + columns(mark.label) <= width;
    let label = if fits && !mark.label.is_empty() {
        format!(" {}", mark.label)
    } else {
        String::new()
    };
    let _ = writeln!(out, "{:gutter$} {frame}|{frame:#} {:indent$}{style}{signs}{label}{style:#}", "", "");
    if !fits {
        let indent = indent.min(width.saturating_sub(columns(mark.label)));
        let _ = writeln!(out, "{:gutter$} {frame}|{frame:#} {:indent$}{style}{}{style:#}", "", "", mark.label);
    }
}

/// As much of a line as may be shown around a place of it, and where in that the place stands. A line may be as long as a book and have thousands
/// of findings, so what is far from the place, or from the ends of a long one, is not looked at.
fn nearby(text: &Text, line: &Range<usize>, range: &Range<usize>, width: usize) -> (String, Range<usize>) {
    // Four characters of four bytes for each column leave room for those that take none.
    let reach = width * 16;
    let (start, end) = (range.start.clamp(line.start, line.end), range.end.clamp(line.start, line.end));
    let mut near = text.slice(text.clamp(start.saturating_sub(reach)).max(line.start)..start).into_owned();
    let begin = near.len();
    if end - start > 2 * reach {
        near += &text.slice(start..text.clamp(start + reach));
        near += &text.slice(text.clamp(end - reach)..end);
    } else {
        near += &text.slice(start..end);
    }
    let place = begin..near.len();
    near += &text.slice(end..text.clamp(end + reach).min(line.end));
    (near, place)
}

/// A part of a line as it is shown.
#[derive(Debug, PartialEq, Eq)]
struct Window {
    text: String,
    /// Columns of `text` under which the marks stand; at least one.
    marked: Range<usize>,
}

/// One character of a line: what is printed for it, and how wide that is.
struct Glyph {
    at: usize,
    shown: String,
    width: usize,
}

/// Cuts a line to `width` columns around the bytes of `place`. What is cut is shown by `…`; so is the middle of a place that is too long.
fn window(line: &str, place: Range<usize>, width: usize) -> Window {
    let glyphs: Vec<Glyph> = line.char_indices().map(|(at, char)| Glyph::new(at, char)).collect();
    let index = |byte: usize| glyphs.partition_point(|glyph| glyph.at < byte);
    let (first, last) = (index(place.start), index(place.end));
    let indent = glyphs[..first].iter().take_while(|glyph| glyph.shown.trim().is_empty()).count();
    let (before, marked, after) = (&glyphs[indent..first], &glyphs[first..last], &glyphs[last..]);
    let fits = sum(before) + sum(marked) + sum(after) <= width;
    // One column each for the ellipses at both ends.
    let room = if fits { width } else { width.saturating_sub(2) };
    let marked = cut_middle(marked, room);
    let spare = room - marked.columns.min(room);
    let for_before = sum(before).min((spare / 2).max(spare.saturating_sub(sum(after))));
    let before = cut_start(before, for_before);
    let after = cut_end(after, spare - before.columns.min(spare));
    Window {
        marked: before.columns..before.columns + marked.columns.max(1),
        text: before.text + &marked.text + &after.text,
    }
}

/// Printed characters and the columns that they take.
#[derive(Debug, Default)]
struct Run {
    text: String,
    columns: usize,
}

impl Run {
    fn push(&mut self, glyphs: &[Glyph]) {
        glyphs.iter().for_each(|glyph| self.text.push_str(&glyph.shown));
        self.columns += sum(glyphs);
    }

    fn push_ellipsis(&mut self) {
        self.text.push('…');
        self.columns += 1;
    }
}

/// The last glyphs that have room; the ellipsis comes on top.
fn cut_start(glyphs: &[Glyph], room: usize) -> Run {
    let kept = &glyphs[glyphs.len() - fitting(glyphs.iter().rev(), room)..];
    let mut run = Run::default();
    if kept.len() < glyphs.len() {
        run.push_ellipsis();
    }
    run.push(kept);
    run
}

/// The first glyphs that have room; the ellipsis comes on top.
fn cut_end(glyphs: &[Glyph], room: usize) -> Run {
    let kept = &glyphs[..fitting(glyphs.iter(), room)];
    let mut run = Run::default();
    run.push(kept);
    if kept.len() < glyphs.len() {
        run.push_ellipsis();
    }
    run
}

/// The glyphs, or as many from both ends as have room with an ellipsis in between.
fn cut_middle(glyphs: &[Glyph], room: usize) -> Run {
    let mut run = Run::default();
    if sum(glyphs) <= room {
        run.push(glyphs);
        return run;
    }
    let half = room.saturating_sub(1) / 2;
    run.push(&glyphs[..fitting(glyphs.iter(), half)]);
    run.push_ellipsis();
    run.push(&glyphs[glyphs.len() - fitting(glyphs.iter().rev(), half)..]);
    run
}

/// How many glyphs have room.
fn fitting<'a>(glyphs: impl Iterator<Item = &'a Glyph>, room: usize) -> usize {
    let ends = glyphs.scan(0, |end, glyph| {
        *end += glyph.width;
        Some(*end)
    });
    ends.take_while(|&end| end <= room).count()
}

fn sum(glyphs: &[Glyph]) -> usize {
    glyphs.iter().map(|glyph| glyph.width).sum()
}

impl Glyph {
    /// Characters that a terminal does not show, or that would turn the line around, are spelled out.
    fn new(at: usize, char: char) -> Self {
        let shown = match char {
            '\t' => "    ".to_owned(),
            _ if is_hidden(char) => format!("<U+{:04X}>", char as u32),
            _ => char.to_string(),
        };
        let width = columns(&shown);
        Glyph { at, shown, width }
    }
}

fn is_hidden(char: char) -> bool {
    char.is_control()
        || matches!(char,
            '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
            | '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_far_from_a_place_changes_nothing() {
        let line = "甲a乙\t丙".repeat(2_000);
        let text = Text::new(&format!("前。\n{line}\n后。"));
        let range = text.line_range(1);
        for (start, end) in [
            (0, 1),
            (1, 2),
            (30, 31),
            (5_000, 5_001),
            (100, 9_000),
            (9_998, 10_000),
            (9_999, 10_000),
            (0, 10_000),
        ] {
            let byte = |index| line.char_indices().nth(index).map_or(line.len(), |(at, _)| at);
            let place = byte(start)..byte(end);
            let there = range.start + place.start..range.start + place.end;
            let (near, marked) = nearby(&text, &range, &there, 60);
            assert!(near.len() < 5_000);
            assert_eq!(window(&near, marked, 60), window(&line, place, 60), "{start}..{end}");
        }
    }

    /// The window with the marks under it.
    fn show(line: &str, place: &str, width: usize) -> (String, String) {
        let start = line.find(place).unwrap();
        let window = window(line, start..start + place.len(), width);
        let marks = format!("{}{}", " ".repeat(window.marked.start), "^".repeat(window.marked.len()));
        (window.text, marks)
    }

    #[test]
    fn marks_stand_under_wide_characters() {
        assert_eq!(show("庆“七?一”期间", "七?一", 80).1, "   ^^^^^");
        assert_eq!(show("a七b", "b", 80).1, "   ^");
    }

    #[test]
    fn a_long_line_is_cut_to_the_window() {
        let line = format!("{}错{}", "前".repeat(500), "后".repeat(500));
        let (text, marks) = show(&line, "错", 40);
        assert!(text.starts_with("…前") && text.ends_with("后…"), "{text}");
        assert!((36..=40).contains(&columns(&text)), "{text}");
        assert_eq!(
            text.chars()
                .take_while(|&char| char != '错')
                .map(|char| columns(&char.to_string()))
                .sum::<usize>(),
            marks.len() - 2
        );
    }

    #[test]
    fn room_that_one_side_does_not_need_goes_to_the_other() {
        let line = format!("{}错", "前".repeat(500));
        let (text, _) = show(&line, "错", 40);
        assert!(columns(&text) >= 36 && text.ends_with('错'), "{text}");
        let line = format!("错{}", "后".repeat(500));
        let (text, marks) = show(&line, "错", 40);
        assert!(columns(&text) >= 36 && text.starts_with('错'), "{text}");
        assert_eq!(marks, "^^");
    }

    #[test]
    fn a_place_longer_than_the_window_is_shown_by_its_ends() {
        let place = format!("头{}尾", "长".repeat(100));
        let (text, marks) = show(&format!("起{place}止"), &place, 40);
        assert!(text.starts_with("…头长") && text.ends_with("长尾…") && text.contains("长…长"), "{text}");
        assert!(columns(&text) <= 40 && marks.len() < columns(&text));
    }

    #[test]
    fn indents_go_and_tabs_are_spaces() {
        assert_eq!(show("\u{3000}\u{3000}\t正文", "正文", 80), ("正文".to_owned(), "^^^^".to_owned()));
        assert_eq!(show("甲\t乙", "乙", 80).1, "      ^^");
    }

    #[test]
    fn hidden_characters_are_spelled_out() {
        let (text, marks) = show("甲\u{200B}乙", "\u{200B}", 80);
        assert_eq!((text.as_str(), marks.trim()), ("甲<U+200B>乙", "^^^^^^^^"));
    }

    #[test]
    fn an_empty_place_has_one_mark() {
        assert_eq!(window("甲乙", 3..3, 80).marked, 2..3);
        assert_eq!(window("", 0..0, 80).marked, 0..1);
    }
}
