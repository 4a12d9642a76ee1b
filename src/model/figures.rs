//! The figures of the whole draft: what each states, and which contradict each other.
//!
//! Facts read a figure in its clause. Here it gets what the clause leaves unsaid, cells of tables join in, and mentions of one fact are put
//! together ([`conflict`]), what is left is held against what was done ([`left_over`]), shares are held against wholes that stand elsewhere ([`share`]), totals of tables are added up ([`table`], [`announced`]),
//! and their percentages worked out ([`ratio`]).

pub mod across;
pub mod aligned;
pub mod announced;
pub mod barrier;
pub mod candidates;
mod cell;
mod closeness;
pub mod comparison;
pub mod conflict;
pub mod crossed;
mod crowd;
pub mod describe;
pub mod evidence;
mod fact;
pub mod ledger;
pub mod left_over;
pub mod mention;
mod naming;
pub mod official;
mod predicate;
pub mod ratio;
pub mod score;
pub mod section;
pub mod share;
pub mod sheet;
pub mod table;
mod time;
pub mod vicinity;
mod wording;

use crate::draft::Draft;
use crate::model::numbering::Numbering;
use conflict::Conflict;
use evidence::Evidence;
use left_over::LeftOver;
use mention::{Frame, Mention};
use ratio::WrongRatio;
use share::WrongShare;
use table::WrongTotal;

/// The figures of one version of a draft.
#[derive(Debug, Default)]
pub struct Figures {
    /// What the draft as a whole says of itself.
    pub frame: Frame,
    pub mentions: Vec<Mention>,
    pub conflicts: Vec<Conflict>,
    pub left_over: Vec<LeftOver>,
    pub wrong_shares: Vec<WrongShare>,
    pub wrong_totals: Vec<WrongTotal>,
    pub wrong_ratios: Vec<WrongRatio>,
}

impl Figures {
    pub fn build(draft: &Draft, numbering: &Numbering) -> Self {
        let tables = table::read(draft);
        let sections = section::read(draft, numbering);
        let frame = Frame::read(draft);
        let mentions = mention::read(draft, &tables, &sections, &frame);
        let mut wrong_totals = Vec::new();
        let mut wrong_ratios = Vec::new();
        for table in tables.iter().chain(&aligned::read(draft)) {
            table::wrong_totals(draft, table, &mut wrong_totals);
            announced::find(draft, table, &mut wrong_totals);
            ratio::find(draft, table, &mut wrong_ratios);
        }
        let evidence = Evidence::read(draft, numbering, &frame, &mentions);
        Figures {
            conflicts: conflict::find(&mentions, &evidence),
            left_over: left_over::find(draft, &frame, &mentions),
            wrong_shares: share::find(draft, &mentions, frame.year),
            wrong_totals,
            wrong_ratios,
            mentions,
            frame,
        }
    }
}

/// The figures of a draft that is read for a test.
#[cfg(test)]
fn of(draft: &Draft) -> Figures {
    Figures::build(draft, &Numbering::build(draft))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    /// A common noun must not make the work grow with the square of the draft.
    #[test]
    fn many_figures_of_one_noun_are_no_burden() {
        let text: String = (0..20_000).map(|number| format!("建设项目{}个。", 10 + number % 9000)).collect();
        let figures = of(&Draft::new(&text, Format::Plain));
        assert!(figures.mentions.len() > 18_000);
        assert!(figures.conflicts.is_empty());
    }
}
