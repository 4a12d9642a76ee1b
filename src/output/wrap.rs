//! Lines of running text.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Breaks text into lines of at most `width` columns: between words, or between any two Han characters, but not before a closing mark or after an
/// opening one. A word that is wider than a line stands alone.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut column = 0;
    for word in words(text) {
        let wide: usize = word.chars().filter_map(UnicodeWidthChar::width).sum();
        let is_blank = word.trim().is_empty();
        if word.contains('\n') || (column + wide > width && column > 0 && !is_blank) {
            lines.push(String::new());
            column = 0;
        }
        if is_blank && column == 0 {
            continue;
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(word);
        }
        column += wide;
    }
    lines.iter_mut().for_each(|line| line.truncate(line.trim_end().len()));
    lines
}

/// The columns that a text takes on a terminal.
pub(super) fn columns(text: &str) -> usize {
    text.width()
}

/// The pieces of a text between which a line may end.
fn words(text: &str) -> Vec<&str> {
    let clings = |before: char, after: char| {
        let in_word = before.is_ascii() && after.is_ascii();
        in_word || "，。；：、！？”’）》】〕…".contains(after) || "“‘（《【〔".contains(before)
    };
    let may_break = |before: char, after: char| before.is_whitespace() || after.is_whitespace() || !clings(before, after);
    let mut words = Vec::new();
    let mut start = 0;
    let mut last: Option<char> = None;
    for (at, char) in text.char_indices() {
        if last.is_some_and(|last| may_break(last, char)) {
            words.push(&text[start..at]);
            start = at;
        }
        last = Some(char);
    }
    words.push(&text[start..]);
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_do_not_begin_with_a_closing_mark() {
        assert_eq!(wrap("一二三四五，六七", 10), ["一二三四", "五，六七"]);
    }

    #[test]
    fn words_are_not_torn() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("按GB/T 9704检查", 8), ["按GB/T", "9704检查"]);
    }

    #[test]
    fn line_ends_stay() {
        assert_eq!(wrap("一\n二", 80), ["一", "二"]);
    }
}
