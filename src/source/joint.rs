//! Paragraphs that a page break tore in two.
//!
//! Text taken from a printed page or a web reader often breaks a paragraph in the middle of a sentence, with blank lines between. What the
//! sentence states must not be lost, so the halves become one block again; the place of the break is kept for `stray/line-break`.

use super::block::{Block, Kind};
use crate::script::{is_han, is_sentence_end};

/// Joins neighbouring paragraphs where the first stops in mid-sentence and the second goes on with it.
pub(super) fn join_torn_paragraphs(text: &str, blocks: Vec<Block>) -> Vec<Block> {
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        match joined.last_mut() {
            Some(last) if stand_apart_by_accident(text, last, &block) && is_torn(last, &block) => join(last, &block),
            _ => joined.push(block),
        }
    }
    joined
}

/// Paragraphs of one line were parted on purpose, by ideographic spaces, and so is one that begins with an indent.
fn stand_apart_by_accident(text: &str, first: &Block, second: &Block) -> bool {
    let between = &text[first.range.end..second.range.start];
    between.contains(['\n', '\r']) && !between.ends_with("\u{3000}\u{3000}")
}

fn join(first: &mut Block, second: &Block) {
    let border = first.prose.text().len();
    first.joints.push(border);
    first.joints.extend(second.joints.iter().map(|joint| border + joint));
    first.prose.append(&second.prose, second.range.start - first.range.start);
    first.range.end = second.range.end;
}

/// Both halves must be running text: the first long, with whole sentences before the break and none at it; the second with a sentence end of
/// its own, and not a numbered item, a title or a signature.
fn is_torn(first: &Block, second: &Block) -> bool {
    let running = matches!(first.kind, Kind::Paragraph | Kind::Item(_)) && second.kind == Kind::Paragraph;
    running && breaks_off(first.prose.text()) && goes_on(second.prose.text())
}

/// The text is as long as a sentence and ends with a mark after which one goes on; or it holds whole sentences, or is at least as long as one, and
/// does not end where one could.
fn breaks_off(text: &str) -> bool {
    const SHORTEST: usize = 20;
    const LONG: usize = 40;
    let Some(last) = text.chars().next_back() else { return false };
    let open = is_han(last) || matches!(last, '，' | ',' | '、' | '“' | '《') || last.is_ascii_digit();
    if !open || ends_like_signature(text) {
        return false;
    }
    let goes_on = matches!(last, '，' | ',' | '、');
    let longer_than = |length: usize| text.chars().nth(length).is_some();
    let has_sentence = text.contains(['。', '；', '！', '？', ';']);
    let has_clauses = text.matches(['，', ',']).nth(1).is_some();
    longer_than(SHORTEST) && (goes_on || has_sentence) || longer_than(LONG) && has_clauses
}

/// A greeting, an address or an announcement that stands at the end of a line by custom.
fn ends_like_signature(text: &str) -> bool {
    ["此致", "敬礼", "特此报告", "特此通知", "以上报告", "如下"]
        .iter()
        .any(|ending| text.ends_with(ending))
}

fn goes_on(text: &str) -> bool {
    let Some(first) = text.chars().next() else { return false };
    let opens_midway = is_han(first) || first.is_ascii_digit() || matches!(first, '，' | ',' | '、' | '。' | '；' | '”' | '》' | '）');
    let introduces = text
        .find(['：', ':', '，', ',', '。'])
        .is_some_and(|at| text[at..].starts_with(['：', ':']));
    opens_midway && !introduces && !begins_numbered(text) && first_sentence_ends(text)
}

/// A numbering label at the start: the paragraph begins something of its own.
pub(super) fn begins_numbered(text: &str) -> bool {
    let head: Vec<char> = text.chars().take(8).collect();
    let numeral = |char: &char| "零〇一二三四五六七八九十百０１２３４５６７８９0123456789".contains(*char);
    let digits = head.iter().take_while(|char| numeral(char)).count();
    let after = head.get(digits).copied().unwrap_or(' ');
    let labelled = digits > 0 && matches!(after, '、' | '.' | '．' | '是' | ')' | '）' | '要');
    let ordinal = head[0] == '第' && head[1..].iter().any(numeral);
    labelled || ordinal || text.starts_with("其次") || text.starts_with("最后") || text.starts_with("再次")
}

fn first_sentence_ends(text: &str) -> bool {
    text.chars().any(is_sentence_end)
}

#[cfg(test)]
mod tests {
    use crate::source::{Format, split};

    const HEAD: &str = "通过示范点建设，全区涌现出一大批先进典型，发挥了引领作用。达到了抓点示范、以点带面、联点成";

    #[test]
    fn a_torn_sentence_is_one_block_again() {
        let draft = format!("{HEAD}\n\n线、辐射成带的目的。\n");
        let blocks = split(&draft, Format::Plain);
        assert_eq!(blocks.len(), 1);
        assert_eq!(blocks[0].joints, [HEAD.len()]);
        assert!(blocks[0].prose.text().contains("联点成线"));
    }

    #[test]
    fn a_list_item_that_ends_with_a_comma_goes_on_in_the_next_paragraph() {
        let draft = "- 个别村干部作风不实，遇到难事绕着走、拖着办，\n\n为群众办实事的主动性不强。\n";
        let blocks = split(draft, Format::Markdown);
        assert_eq!(blocks.len(), 1);
        assert_eq!(blocks[0].joints.len(), 1);
    }

    #[test]
    fn breaks_are_known_on_both_sides_of_a_break_and_behind_addresses() {
        let line = "见www.example.cn/a的示范点建设，全区涌现出一大批先进典型，发挥了引领作用，达到了联点成\n线、辐射成带";
        let draft = format!("{line}、联点成\n\n线的目的，见www.example.cn/b的全区涌现出一大批先进典型，发挥了引领作用，达到联点成\n线的目的。\n");
        let blocks = split(&draft, Format::Markdown);
        let torn: Vec<&str> = blocks[0].joints.iter().map(|joint| &blocks[0].prose.text()[*joint..][..3]).collect();
        assert_eq!((blocks.len(), torn), (1, vec!["线"; 3]));
    }

    #[test]
    fn indented_paragraphs_and_titles_without_a_sentence_are_not_joined() {
        let title = "谱写人与自然和谐共生新篇章，凝聚团结奋斗磅礴力量——论学习贯彻全市生态环境保护大会精神";
        for draft in [
            format!("{HEAD}\n\u{3000}\u{3000}新的一段说别的事。\n"),
            format!("{title}\n\n本报评论员：今天出版的报纸发表评论。\n"),
        ] {
            assert_eq!(split(&draft, Format::Plain).len(), 2, "{draft}");
        }
    }

    #[test]
    fn a_single_line_end_tears_a_paragraph_too() {
        let draft = format!("{HEAD}\n线、辐射成带的目的。\n");
        for format in [Format::Plain, Format::Markdown] {
            let blocks = split(&draft, format);
            assert_eq!(blocks.len(), 1);
            assert_eq!(blocks[0].joints.len(), 1, "{format:?}");
        }
    }

    #[test]
    fn a_wrapped_markdown_draft_has_no_joints() {
        let draft = "通过示范点建设，全区涌现出一大批先进典型，发挥了很好的示范和引领\n作用，达到了抓点示范、以点带面的目的，得到了干部和群众的一致好评和\n肯定。\n\n".repeat(4);
        assert!(split(&draft, Format::Markdown).iter().all(|block| block.joints.is_empty()));
    }

    #[test]
    fn titles_items_and_signatures_are_not_joined() {
        for next in ["二、下一步打算。", "市农业农村局", "第二，提高质量。", "2.推广良种。"] {
            let draft = format!("{HEAD}\n\n{next}\n");
            assert_eq!(split(&draft, Format::Plain).len(), 2, "{next}");
        }
    }
}
