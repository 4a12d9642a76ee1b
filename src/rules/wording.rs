//! How findings quote a draft: in clauses that a reader recognises, with the line where the other place stands.

use crate::draft::{Draft, Place};
use crate::finding::Bilingual;
use crate::script::{is_clause_end, is_han, is_sentence_end};
use crate::source::prose::OBJECT;

/// Characters of a clause that are quoted before and after the place in question when the whole clause would be too long.
const BEFORE: usize = 18;
const AFTER: usize = 14;
/// A clause that says less than this, in Han characters beside the place, is quoted with the clause before it.
const LEAST_SAID: usize = 3;

/// Text in quotation marks; those inside become single ones (GB/T 15834-2011, 4.8.3.2).
pub(super) fn quoted(text: &str) -> String {
    let inner: String = text
        .chars()
        .filter(|char| !OBJECT.contains(*char))
        .map(|char| match char {
            '“' => '‘',
            '”' => '’',
            '\n' | '\r' => ' ',
            _ => char,
        })
        .collect();
    format!("“{inner}”")
}

/// The clause around a place, in quotation marks. A long one is cut, at a border of words where there is one, and the cut is shown by an ellipsis.
pub(super) fn in_clause(draft: &Draft, place: &Place) -> String {
    let piece = &draft.pieces()[place.block];
    let prose = piece.prose();
    let clauses = &piece.facts().wording.clauses;
    let first = clauses.partition_point(|clause| clause.end <= place.start);
    let last = clauses.partition_point(|clause| clause.range.end < place.end);
    let mut start = clauses.get(first).map_or(0, |clause| clause.range.start).min(place.start);
    let end = clauses.get(last).map_or(prose.len(), |clause| clause.range.end).max(place.end);
    let said = |text: &str| text.chars().filter(|char| is_han(*char)).count();
    if said(&prose[start..place.start]) + said(&prose[place.end..end]) < LEAST_SAID
        && let Some(before) = first.checked_sub(1).map(|before| &clauses[before])
        && !before.ends_sentence
    {
        start = before.range.start;
    }
    let label = piece.facts().markers.iter().find(|marker| marker.range.start == start);
    start = label.map_or(start, |marker| marker.range.end.min(place.start));
    let (before, after) = (&prose[start..place.start], &prose[place.end..end]);
    let (head, tail) = (end_of(before.trim_start()), start_of(after));
    let dots = |is_cut: bool| if is_cut { "…" } else { "" };
    quoted(&format!(
        "{}{head}{}{tail}{}",
        dots(head.len() < before.trim_start().len()),
        &prose[place.range()],
        dots(tail.len() < after.len())
    ))
}

/// The last characters of a text, from a border of words on if one is near.
fn end_of(text: &str) -> &str {
    let Some((at, _)) = text.char_indices().rev().nth(BEFORE - 1).filter(|(at, _)| *at > 0) else {
        return text;
    };
    let kept = &text[at..];
    let borders = kept
        .char_indices()
        .filter(|(at, char)| ends_word(*char) && at + char.len_utf8() < kept.len());
    let border = borders.map(|(at, char)| at + char.len_utf8()).next();
    &kept[border.unwrap_or(0)..]
}

/// The first characters of a text, up to a border of words if one is near.
fn start_of(text: &str) -> &str {
    let Some((at, _)) = text.char_indices().nth(AFTER) else { return text };
    let kept = &text[..at];
    let border = kept.char_indices().skip(LEAST_SAID).filter(|(_, char)| begins_word(*char)).last();
    let kept = border.map_or(kept, |(at, _)| &kept[..at]);
    kept.trim_end_matches(|char: char| char.is_ascii_digit())
}

fn ends_word(char: char) -> bool {
    is_clause_end(char) || is_sentence_end(char) || char.is_whitespace() || "的了在对为将把由从共等”》）)".contains(char)
}

fn begins_word(char: char) -> bool {
    is_clause_end(char) || is_sentence_end(char) || char.is_whitespace() || "将把对在为以并“《（(".contains(char)
}

/// The first words of a text, in quotation marks: up to a mark where one is near, else cut with an ellipsis.
pub(super) fn opening(text: impl Iterator<Item = char>) -> String {
    const LEAST: usize = 8;
    const MOST: usize = 26;
    let chars: Vec<char> = text.take(MOST + 1).collect();
    let is_mark = |index: &usize| is_clause_end(chars[*index]) || is_sentence_end(chars[*index]);
    if chars.len() <= LEAST {
        return quoted(&chars.iter().collect::<String>());
    }
    let mark = (LEAST..chars.len()).find(is_mark).or_else(|| (LEAST / 2..LEAST).rfind(is_mark));
    if chars.len() <= MOST && mark.is_none_or(|mark| mark + 1 == chars.len()) {
        return quoted(&chars.iter().collect::<String>());
    }
    let cut = mark.unwrap_or(MOST);
    let opening: String = chars[..cut].iter().collect();
    quoted(&format!("{opening}…"))
}

/// A few words in quotation marks; only the beginning of more.
pub(super) fn shortened(text: &str) -> String {
    const MOST: usize = 12;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => quoted(&format!("{}…", &text[..at])),
        None => quoted(text),
    }
}

/// Where another place stands, seen from this one: its line, or paragraph in a document of a word processor, or the side if it is in the same one.
pub(super) fn elsewhere(draft: &Draft, here: &Place, there: &Place) -> Bilingual {
    let start = |place: &Place| draft.source_range(place).start;
    let (here, there) = (start(here), start(there));
    let line = draft.line_in_words(there);
    if line != draft.line_in_words(here) {
        return Bilingual::new(line.zh, format!("in {}", line.en));
    }
    match (there < here, draft.layout().is_some()) {
        (true, false) => Bilingual::fixed("本行前面", "earlier in this line"),
        (false, false) => Bilingual::fixed("本行后面", "later in this line"),
        (true, true) => Bilingual::fixed("本段前面", "earlier in this paragraph"),
        (false, true) => Bilingual::fixed("本段后面", "later in this paragraph"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    fn clause(text: &str, figure: &str) -> String {
        let draft = Draft::new(text, Format::Plain);
        let at = text.find(figure).unwrap();
        in_clause(&draft, &Place::new(0, at..at + figure.len()))
    }

    #[test]
    fn a_figure_is_quoted_in_its_clause() {
        assert_eq!(clause("今年以来，新建泵站12座，惠及群众。", "12座"), "“新建泵站12座”");
        assert_eq!(
            clause("组建了“石榴花”宣讲队，共17支，作用明显。", "17支"),
            "“组建了‘石榴花’宣讲队，共17支”"
        );
        assert_eq!(clause("（一）组织机构。下设3个股室。", "3个"), "“下设3个股室”");
    }

    #[test]
    fn a_long_clause_is_cut_where_a_word_ends() {
        assert_eq!(
            clause(
                "依托全县各个乡镇已经建成并投入使用的乡村振兴综合服务中心设立便民网点62个分片包干把各类事项都办到群众家门口",
                "62个"
            ),
            "“…乡村振兴综合服务中心设立便民网点62个分片包干…”"
        );
    }

    #[test]
    fn an_opening_ends_at_a_mark() {
        assert_eq!(opening("全县上下抓好春管，发放资料八千六百份，培训农民。".chars()), "“全县上下抓好春管…”");
        assert_eq!(opening("短的一句。".chars()), "“短的一句。”");
    }

    #[test]
    fn places_in_one_line_are_told_by_their_side() {
        let draft = Draft::new("甲乙。\n丙。\n", Format::Plain);
        let (first, second, third) = (Place::new(0, 0..3), Place::new(0, 3..6), Place::new(1, 0..3));
        assert_eq!(elsewhere(&draft, &second, &first).zh, "本行前面");
        assert_eq!(elsewhere(&draft, &first, &third).en, "in line 2");
    }
}
