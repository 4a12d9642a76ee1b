//! The register of all rules.

use crate::rule::Rule;

mod duplicate;
mod figure;
mod fold;
mod sequence;
mod stray;
mod style;
mod suppress;
mod term;
mod wording;

/// Every rule, in the order in which findings at the same place are shown.
pub static RULES: &[&dyn Rule] = &[
    &sequence::gap::Gap,
    &sequence::repeat::Repeat,
    &sequence::order::Order,
    &sequence::mixed::Mixed,
    &sequence::count::Count,
    &sequence::reference::Reference,
    &duplicate::passage::DuplicatePassage,
    &figure::conflict::ConflictingFigures,
    &figure::sum::WrongSum,
    &figure::percent::WrongPercentage,
    &figure::growth::WrongGrowth,
    &figure::product::WrongProduct,
    &figure::conversion::WrongConversion,
    &figure::date::ImpossibleDate,
    &figure::year::StaleYear,
    &figure::deadline::PassedDeadline,
    &figure::sheet::UnofficialFigure,
    &duplicate::heading::DuplicateHeading,
    &duplicate::word::DuplicateWord,
    &duplicate::stale::StalePassage,
    &duplicate::shared::SharedPassage,
    &stray::lost_char::LostCharacter,
    &stray::mojibake::MojibakeText,
    &stray::compat::CompatibilityCharacter,
    &stray::invisible::InvisibleCharacter,
    &stray::pair::UnpairedBracket,
    &stray::punctuation::DoubledPunctuation,
    &stray::space::StraySpace,
    &stray::placeholder::LeftPlaceholder,
    &stray::line_break::LineBreak,
    &style::half_width::HalfWidth,
    &style::ellipsis::Ellipsis,
    &style::marker_mark::MarkerMark,
    &style::marker_level::MarkerLevel,
    &style::quote_nesting::QuoteNesting,
    &style::range::Range,
    &style::approximate::Approximate,
    &style::year::Year,
    &style::date_zero::DateZero,
    &style::document_number::DocumentNumber,
    &style::number_form::NumberForm,
    &term::variant::NameVariant,
    &term::scope::Scope,
    &suppress::unused::Unused,
];

/// The rule of a name, `family/kind`.
pub fn find(name: &str) -> Option<&'static dyn Rule> {
    RULES.iter().copied().find(|rule| rule.meta().name == name)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::dossier::{Companion, Dossier};
    use crate::draft::Draft;
    use crate::finding::Finding;
    use crate::fix;
    use crate::linter::{self, Settings};
    use crate::model::Models;
    use crate::model::figures::sheet::Sheet;
    use crate::rule::{Beside, Example};

    /// What a rule finds in a text under the circumstances of an example.
    fn findings(text: &str, example: &Example, rule: &str) -> Vec<Finding> {
        let settings = Settings::default().with_everything_on();
        let draft = Draft::new(text, example.format);
        let mut found = linter::lint_beside(&draft, &Models::build(&draft), &settings, &dossier(example));
        found.retain(|finding| finding.rule == rule);
        found
    }

    fn companion(path: &str, text: &str, example: &Example) -> Arc<Companion> {
        Arc::new(Companion::new(path.to_owned(), Draft::new(text, example.format)))
    }

    fn dossier(example: &Example) -> Dossier {
        match example.beside {
            Beside::Nothing => Dossier::default(),
            Beside::Companion(text) => Dossier {
                companions: vec![companion("报告.txt", text, example)],
                position: 1,
                ..Dossier::default()
            },
            Beside::Earlier(text) => Dossier {
                earlier: Some(companion("去年.txt", text, example)),
                ..Dossier::default()
            },
            Beside::Sheet(csv) => Dossier {
                sheet: Some(Arc::new(Sheet::parse(csv, "口径.csv").expect("a good sheet"))),
                ..Dossier::default()
            },
        }
    }

    #[test]
    fn names_are_unique_and_well_formed() {
        let mut names: Vec<_> = RULES.iter().map(|rule| rule.meta().name).collect();
        for name in &names {
            let (family, kind) = name.split_once('/').expect("family/kind");
            assert!(
                [family, kind]
                    .iter()
                    .all(|part| !part.is_empty() && part.chars().all(|char| char.is_ascii_lowercase() || char == '-')),
                "{name}"
            );
        }
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), RULES.len());
    }

    #[test]
    fn every_rule_is_documented_in_both_languages() {
        for rule in RULES {
            let meta = rule.meta();
            for text in [&meta.summary, &meta.explanation] {
                assert!(!text.zh.is_empty() && !text.en.is_empty(), "{}", meta.name);
            }
            assert!(!meta.examples.is_empty(), "{} has no examples", meta.name);
        }
    }

    #[test]
    fn wrong_examples_are_found_and_right_ones_are_silent() {
        for rule in RULES {
            let meta = rule.meta();
            for example in meta.examples {
                assert!(
                    !findings(example.wrong, example, meta.name).is_empty(),
                    "{} misses:\n{}",
                    meta.name,
                    example.wrong
                );
                let silent = findings(example.right, example, meta.name);
                assert!(silent.is_empty(), "{} speaks of:\n{}\n{silent:#?}", meta.name, example.right);
            }
        }
    }

    /// Every fix of every example, alternatives included, must take its finding away, and applying fixes must come to rest.
    #[test]
    fn fixes_mend_and_converge() {
        for rule in RULES {
            let meta = rule.meta();
            for example in meta.examples {
                for finding in findings(example.wrong, example, meta.name) {
                    for fix in &finding.fixes {
                        let fixed = fix::apply(example.wrong, &fix.edits);
                        let left = findings(&fixed, example, meta.name);
                        let before = findings(example.wrong, example, meta.name).len();
                        assert!(left.len() < before, "{} stays after “{}”:\n{fixed}\n{left:#?}", meta.name, fix.title.zh);
                    }
                }
                let mut text = example.wrong.to_owned();
                for round in 0.. {
                    let edits = fix::choose(&findings(&text, example, meta.name), true);
                    if edits.is_empty() {
                        break;
                    }
                    assert!(round < 10, "{} does not converge:\n{text}", meta.name);
                    text = fix::apply(&text, &edits);
                }
            }
        }
    }
}
