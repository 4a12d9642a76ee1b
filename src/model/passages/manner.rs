//! Drafts whose manner it is to repeat themselves.
//!
//! Statutes and rules say the same penalty of one act after another. Annual reports of listed companies, handbooks and collections state one
//! fact in every chapter that needs it. There a repetition is a slip only when it is long, or when a whole article stands twice.

use super::Passage;
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

    /// The passages that count as slips in a draft of `signs` signs.
    pub(super) fn fitting(self, mut passages: Vec<Passage>, signs: usize) -> Vec<Passage> {
        const WHOLE_ARTICLE: i64 = 60;
        const LONG: i64 = 80;
        if self == Manner::Statute {
            passages.retain(|passage| passage.verbatim && passage.whole_sentences && passage.points >= WHOLE_ARTICLE);
        } else if passages.len() > 6 + signs / 3000 {
            passages.retain(|passage| passage.points >= LONG);
        }
        passages
    }
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
}
