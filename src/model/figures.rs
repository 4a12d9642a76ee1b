//! The figures of the whole draft: what each states, and which contradict each other.
//!
//! Facts read a figure in its clause. Here it gets what the clause leaves unsaid, cells of tables join in, and mentions of one fact are put
//! together ([`conflict`]), shares are held against wholes that stand elsewhere ([`share`]), totals of tables are added up ([`table`]).

pub mod conflict;
mod fact;
pub mod mention;
pub mod score;
pub mod section;
pub mod share;
pub mod table;

use crate::draft::Draft;
use conflict::Conflict;
use mention::{Frame, Mention};
use share::WrongShare;
use table::WrongTotal;

/// The figures of one version of a draft.
#[derive(Debug, Default)]
pub struct Figures {
    pub mentions: Vec<Mention>,
    pub conflicts: Vec<Conflict>,
    pub wrong_shares: Vec<WrongShare>,
    pub wrong_totals: Vec<WrongTotal>,
}

impl Figures {
    pub fn build(draft: &Draft) -> Self {
        let tables = table::read(draft);
        let sections = section::read(draft);
        let frame = Frame::read(draft);
        let mentions = mention::read(draft, &tables, &sections, &frame);
        let mut wrong_totals = Vec::new();
        for table in &tables {
            table::wrong_totals(draft, table, &mut wrong_totals);
        }
        Figures {
            conflicts: conflict::find(draft, &frame, &mentions),
            wrong_shares: share::find(draft, &mentions),
            wrong_totals,
            mentions,
        }
    }
}

impl Figures {
    /// The mention that covers a byte of a block's prose.
    pub fn at(&self, block: usize, offset: usize) -> Option<&Mention> {
        let covers = |mention: &&Mention| mention.place.block == block && (mention.place.start..=mention.place.end).contains(&offset);
        self.mentions.iter().find(covers)
    }

    /// All mentions that state the same fact with the same value, itself included.
    pub fn same_fact<'a>(&'a self, of: &'a Mention) -> impl Iterator<Item = &'a Mention> {
        self.mentions.iter().filter(move |mention| {
            let same_subject = mention.name.text == of.name.text && mention.body == of.body && mention.role == of.role;
            same_subject && mention.is_comparable(of) && mention.interval.overlaps(&of.interval)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    #[test]
    fn an_editor_finds_the_figure_and_its_other_mentions() {
        let draft = Draft::new("全县现有教学班48个。\n\n学校布局如下。\n\n今年48个教学班全部达标。\n", Format::Plain);
        let figures = Figures::build(&draft);
        let at = draft.pieces()[0].prose().find('4').unwrap();
        let mention = figures.at(0, at).unwrap();
        assert_eq!(mention.name.text, "教学班");
        assert_eq!(figures.same_fact(mention).count(), 2);
        assert!(figures.at(1, 0).is_none());
    }

    /// A common noun must not make the work grow with the square of the draft.
    #[test]
    fn many_figures_of_one_noun_are_no_burden() {
        let text: String = (0..20_000).map(|number| format!("建设项目{}个。", 10 + number % 9000)).collect();
        let figures = Figures::build(&Draft::new(&text, Format::Plain));
        assert!(figures.mentions.len() > 18_000);
        assert!(figures.conflicts.is_empty());
    }
}
