//! Drafts whose manner it is to repeat themselves.
//!
//! Statutes and rules say the same penalty of one act after another. Annual reports of listed companies, handbooks and collections state one
//! fact in every chapter that needs it. There a repetition is a slip only when it is long, or when a whole article stands twice.

use super::{Passage, SURE, echo};
use crate::draft::Draft;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    Report,
    Statute,
}

impl Manner {
    pub(super) fn of(draft: &Draft) -> Self {
        const FEWEST_ARTICLES: usize = 5;
        let articles = draft.pieces().iter().filter(|piece| begins_article(piece.prose())).count();
        if articles >= FEWEST_ARTICLES && 8 * articles >= draft.pieces().len() {
            Manner::Statute
        } else {
            Manner::Report
        }
    }

    /// Whether what says the same in other words may be a slip in a draft of `signs` signs.
    pub(super) fn takes_reworded(self, signs: usize) -> bool {
        self == Manner::Report && signs <= BOOK
    }

    /// The passages that count as slips in a draft of `signs` signs.
    pub(super) fn fitting(self, mut passages: Vec<Passage>, signs: usize) -> Vec<Passage> {
        const WHOLE_ARTICLE: i64 = 60;
        const LONG: i64 = 80;
        if self == Manner::Statute {
            passages.retain(|passage| passage.verbatim && passage.whole_sentences && passage.points >= WHOLE_ARTICLE);
        } else if signs > BOOK || passages.len() > most_passages(signs) {
            passages.retain(|passage| passage.points >= LONG);
        }
        for passage in passages.iter_mut().filter(|passage| is_told_anew(passage.distance, signs)) {
            passage.points = passage.points.min(SURE - 1);
        }
        passages
    }

    /// The echoes that count as slips.
    pub(super) fn fitting_echoes(self, mut echoes: Vec<Passage>, signs: usize) -> Vec<Passage> {
        if self == Manner::Statute || signs > BOOK || echoes.len() > most_passages(signs) {
            echoes.retain(|echo| echo.points >= echo::SURE);
        }
        echoes
    }
}

/// Drafts of more signs than this are books: annual reports of companies with their notes, handbooks, collections.
const BOOK: usize = 60_000;

/// Whether the places of a passage are so far apart that nobody reads both in one go. A book says in each chapter what the chapter needs.
fn is_told_anew(distance: usize, signs: usize) -> bool {
    const CHAPTER: usize = 5_000;
    const FAR: usize = 20_000;
    distance > FAR || signs > BOOK && distance > CHAPTER
}

/// A draft of so many signs that repeats more passages than that does so by manner.
fn most_passages(signs: usize) -> usize {
    6 + signs / 3000
}

/// `第十二条 …`, the way an article of a law begins.
fn begins_article(prose: &str) -> bool {
    let Some(rest) = prose.strip_prefix('第') else { return false };
    let number = rest.find(|char: char| !"一二三四五六七八九十百千〇零0123456789".contains(char));
    number.is_some_and(|end| end > 0 && rest[end..].starts_with('条'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    #[test]
    fn articles_make_a_statute() {
        let statute: String = (1..=6).map(|number| format!("第{number}条　违反规定的，责令改正。\n")).collect();
        assert_eq!(Manner::of(&Draft::new(&statute, Format::Plain)), Manner::Statute);
        assert_eq!(
            Manner::of(&Draft::new("按照第三条的规定办理。\n第三批项目开工。\n", Format::Plain)),
            Manner::Report
        );
    }

    #[test]
    fn a_book_may_say_in_a_later_chapter_what_it_said_before() {
        for (distance, signs, anew) in [
            (900, 20_000, false),
            (19_000, 40_000, false),
            (6_000, 90_000, true),
            (25_000, 40_000, true),
        ] {
            assert_eq!(is_told_anew(distance, signs), anew, "{distance} of {signs}");
        }
    }
}
