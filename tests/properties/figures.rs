//! Figures and the other facts of a paragraph stand where they say, and the ledger has each figure once.

use std::ops::Range;

use jiaogao::draft::Draft;
use jiaogao::facts::Facts;
use jiaogao::finding::Language;
use jiaogao::model::Models;
use jiaogao::model::figures::ledger::Ledger;
use jiaogao::output::figures::{Book, table};
use jiaogao::output::{Look, Palette, comparison};
use jiaogao::source::block::Kind;

use super::draft::Written;

pub fn holds(data: &[u8]) {
    let written = Written::of(data);
    hold_for_paragraph(&written.text);
    hold_for_ledger(&written.draft());
}

fn hold_for_paragraph(prose: &str) {
    let facts = Facts::read(&Kind::Paragraph, prose);
    let is_place = |range: &Range<usize>| prose.get(range.clone()).is_some();
    let mut last = 0;
    for figure in &facts.figures {
        assert!(figure.range.start >= last, "{figure:?} is out of order in {prose:?}");
        last = figure.range.end;
        assert!(
            !figure.number.is_empty() && figure.range.start <= figure.number.start && figure.number.end <= figure.range.end,
            "{figure:?}"
        );
        for range in [
            &figure.range,
            &figure.number,
            &figure.around,
            &figure.sentence,
            &figure.clause,
            &figure.subject.topic,
        ] {
            assert!(is_place(range), "{range:?} of {figure:?} is no place of {prose:?}");
        }
        assert!(
            figure.sentence.start <= figure.clause.start && figure.clause.end <= figure.sentence.end,
            "{figure:?} in {prose:?}"
        );
        figure.interval();
        figure.base_value();
        assert!(!figure.write_like(figure.value).is_empty());
    }
    for marker in &facts.markers {
        assert!(is_place(&marker.range), "{marker:?} is no place of {prose:?}");
    }
    for oddity in &facts.oddities {
        assert!(is_place(&oddity.range), "{oddity:?} is no place of {prose:?}");
    }
    for clause in &facts.wording.clauses {
        assert!(
            is_place(&clause.range) && prose.is_char_boundary(clause.end),
            "{clause:?} is no place of {prose:?}"
        );
    }
    for sign in &facts.wording.signs {
        assert!(is_place(&(sign.start as usize..sign.end as usize)), "{sign:?} is no place of {prose:?}");
    }
}

fn hold_for_ledger(draft: &Draft) {
    let models = Models::build(draft);
    let ledger = Ledger::of(&models.figures);
    let mut seen: Vec<usize> = ledger.facts.iter().flat_map(|fact| fact.mentions.iter().copied()).collect();
    seen.sort_unstable();
    assert_eq!(
        seen,
        (0..models.figures.mentions.len()).collect::<Vec<_>>(),
        "each mention states one fact"
    );
    let book = Book {
        path: "a.txt",
        draft,
        models: &models,
        ledger: &ledger,
    };
    let look = Look {
        language: Language::Chinese,
        palette: Palette::default(),
        width: 60,
    };
    table(&book, look);
    book.json(look.language);
    for mention in &models.figures.mentions {
        comparison::explain(draft, &models, &draft.source_range(&mention.place), look);
    }
}
