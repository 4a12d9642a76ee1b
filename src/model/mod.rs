//! What the facts of all blocks make together.
//!
//! Models are built from facts, never by reading the text again, each in time linear in the number of facts.

pub mod brackets;
pub mod common;
pub mod figures;
pub mod lazy;
pub mod lost;
pub mod numbering;
pub mod oddities;
pub mod outdated;
pub mod outline;
pub mod own_time;
pub mod passages;
pub mod references;
pub mod stale;
pub mod terms;

use crate::draft::Draft;
use brackets::Brackets;
use common::Clauses;
use figures::Figures;
use lazy::Lazy;
use lost::Completions;
use numbering::Numbering;
use oddities::Oddities;
use outdated::Outdated;
use passages::Passages;
use references::References;
use terms::Terms;

/// The document models of one version of a draft.
#[derive(Debug, Clone)]
pub struct Models {
    pub numbering: Lazy<Numbering>,
    pub references: Lazy<References>,
    pub figures: Lazy<Figures>,
    pub oddities: Lazy<Oddities>,
    pub completions: Lazy<Completions>,
    pub passages: Lazy<Passages>,
    pub terms: Lazy<Terms>,
    pub brackets: Lazy<Brackets>,
    pub outdated: Lazy<Outdated>,
    pub clauses: Lazy<Clauses>,
}

impl Models {
    /// The models, none of which is built before it is asked for.
    pub fn build(draft: &Draft) -> Self {
        let numbering = of(draft, Numbering::build);
        let oddities = of(draft, Oddities::build);
        Models {
            references: from(draft, &numbering, References::build),
            figures: from(draft, &numbering, Figures::build),
            completions: from(draft, &oddities, Completions::build),
            brackets: from(draft, &oddities, Brackets::build),
            passages: of(draft, Passages::find),
            terms: of(draft, Terms::build),
            outdated: from(draft, &numbering, Outdated::build),
            clauses: of(draft, Clauses::of),
            numbering,
            oddities,
        }
    }

    /// Builds what takes long, each model on a thread of its own, where a rule of the family that needs it runs. Nothing happens for a short draft,
    /// for which threads would take longer than they save.
    pub fn build_ahead(&self, draft: &Draft, runs: impl Fn(&str) -> bool) {
        const LONG: usize = 30_000;
        if draft.text().len() < LONG {
            return;
        }
        // No thread of a pool: one that waits for a part of its own work takes up other work meanwhile, which may ask for the very model.
        std::thread::scope(|scope| {
            if runs("duplicate") {
                scope.spawn(|| self.passages.repeated.len());
            }
            if runs("term") {
                scope.spawn(|| self.terms.variants.len());
            }
            if runs("figure") {
                scope.spawn(|| self.figures.mentions.len());
            }
        });
    }
}

fn of<T: 'static>(draft: &Draft, build: fn(&Draft) -> T) -> Lazy<T> {
    let draft = draft.clone();
    Lazy::new(move || build(&draft))
}

/// A model that is built from another one.
fn from<T: 'static, O: Send + Sync + 'static>(draft: &Draft, other: &Lazy<O>, build: fn(&Draft, &O) -> T) -> Lazy<T> {
    let (draft, other) = (draft.clone(), other.clone());
    Lazy::new(move || build(&draft, &other))
}
