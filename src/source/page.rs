//! What stands on every page of a printed document: running heads and page numbers.
//!
//! Text taken from a PDF file keeps them between paragraphs, or in the middle of one. They are no part of the report: a running head is not a
//! passage that stands twice, and a sentence goes on behind a page number.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

/// Takes running heads and page numbers out of the lines of a draft.
///
/// A number standing alone could as well be a table's cell. It is taken for a page number if it is written as one (`— 3 —`, `第3页`), or if it
/// stands beside a line that stands beside such numbers again and again, which is then a running head.
pub(super) fn remove_furniture(text: &str, lines: &mut Vec<Range<usize>>) {
    let heads = running_heads(text, lines);
    let is_head = |range: &Range<usize>| heads.contains(&text[range.clone()]);
    let keep: Vec<bool> = (0..lines.len())
        .map(|index| {
            let line = &text[lines[index].clone()];
            let beside_head = neighbours(index, lines).any(is_head);
            !(is_head(&lines[index]) || is_marked_page_number(line) || is_bare_number(line) && beside_head)
        })
        .collect();
    let mut keep = keep.into_iter();
    lines.retain(|_| keep.next().unwrap_or(true));
}

fn neighbours(index: usize, lines: &[Range<usize>]) -> impl Iterator<Item = &Range<usize>> {
    let before = index.checked_sub(1).and_then(|index| lines.get(index));
    before.into_iter().chain(lines.get(index + 1))
}

/// Lines that stand beside a page number at least three times, most of the times that they stand at all.
fn running_heads<'a>(text: &'a str, lines: &[Range<usize>]) -> FxHashSet<&'a str> {
    const FEWEST: usize = 3;
    const LONGEST: usize = 200;
    let mut counts: FxHashMap<&str, (usize, usize)> = FxHashMap::default();
    for (index, range) in lines.iter().enumerate() {
        let line = &text[range.clone()];
        if line.len() > LONGEST || is_page_number(line) {
            continue;
        }
        let (all, beside) = counts.entry(line).or_default();
        *all += 1;
        *beside += usize::from(neighbours(index, lines).any(|range| is_page_number(&text[range.clone()])));
    }
    counts
        .into_iter()
        .filter(|(_, (all, beside))| *beside >= FEWEST && beside * 2 > *all)
        .map(|(line, _)| line)
        .collect()
}

pub(super) fn is_page_number(line: &str) -> bool {
    is_bare_number(line) || is_marked_page_number(line)
}

fn is_bare_number(line: &str) -> bool {
    (1..=4).contains(&line.len()) && line.bytes().all(|byte| byte.is_ascii_digit())
}

/// `- 3 -`, `—3—`, `·3·`, `第3页`, `第3页 共20页`, `3/20`.
fn is_marked_page_number(line: &str) -> bool {
    const LONGEST: usize = 40;
    if line.len() > LONGEST {
        return false;
    }
    let is_dash = |char: char| matches!(char, '-' | '—' | '－' | '–' | '·' | '~') || char.is_whitespace();
    let inner = line.trim_matches(is_dash);
    if inner.len() < line.len() && line.chars().next().is_some_and(is_dash) && line.chars().next_back().is_some_and(is_dash) {
        return is_bare_number(inner);
    }
    let page_of_pages = line.strip_prefix('第').and_then(|rest| rest.split_once('页'));
    page_of_pages.is_some_and(|(number, rest)| {
        let total = rest.trim_matches(|char: char| !char.is_ascii_digit());
        is_bare_number(number.trim()) && (rest.is_empty() || is_bare_number(total) && rest.ends_with('页'))
    })
}

#[cfg(test)]
mod tests {
    use crate::source::{Format, split};

    fn texts(text: &str) -> Vec<String> {
        split(text, Format::Plain).iter().map(|block| block.prose.text().to_owned()).collect()
    }

    #[test]
    fn running_heads_with_their_numbers_are_left_out() {
        let page = |number: u32| format!("本页正文第{number}段。\n{number}\n云岭集团2023年年度报告\n");
        let draft: String = (1..=4).map(page).collect();
        assert_eq!(
            texts(&draft),
            ["本页正文第1段。", "本页正文第2段。", "本页正文第3段。", "本页正文第4段。"]
        );
    }

    #[test]
    fn marked_page_numbers_are_left_out() {
        assert_eq!(texts("甲。\n— 3 —\n乙。\n第4页 共20页\n丙。\n-5-\n"), ["甲。", "乙。", "丙。"]);
    }

    #[test]
    fn numbers_in_a_table_stay() {
        let draft = "小麦\n128\n玉米\n96\n";
        assert_eq!(texts(draft), ["小麦", "128", "玉米", "96"]);
    }

    #[test]
    fn a_sentence_goes_on_behind_a_page_number() {
        let head = "通过示范点建设，全区涌现出一大批先进典型，发挥了引领作用。达到了抓点示范、以点带面、联点成";
        let draft = format!("{head}\n— 7 —\n线、辐射成带的目的。\n");
        assert_eq!(texts(&draft).len(), 1);
    }
}
