//! What a figure was compared with and how each comparison came out: for a person who asks why.

use super::barrier::Barrier;
use super::candidates;
use super::evidence::Evidence;
use super::score::{self, Feature};
use super::{Figures, mention::Mention};
use crate::draft::Draft;
use crate::finding::Language;
use crate::model::numbering::Numbering;

/// One figure that another was set against.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Index into the mentions.
    pub other: usize,
    pub outcome: Result<Vec<Feature>, Barrier>,
}

impl Comparison {
    /// The sum of the weights, in tenths.
    pub fn score(&self) -> Option<i32> {
        self.outcome.as_ref().ok().map(|features| score::total(features))
    }
}

impl Figures {
    /// All comparisons of a mention, the likeliest contradiction first, what was ruled out last.
    pub fn comparisons(&self, draft: &Draft, numbering: &Numbering, mention: usize) -> Vec<Comparison> {
        let evidence = Evidence::read(draft, numbering, &self.frame, &self.mentions);
        let met = candidates::read(&self.mentions).into_iter().filter_map(|(a, b)| match mention {
            first if first == a => Some(b),
            second if second == b => Some(a),
            _ => None,
        });
        let mut comparisons: Vec<Comparison> = met
            .map(|other| Comparison {
                other,
                outcome: evidence.compare(mention.min(other), mention.max(other)),
            })
            .collect();
        comparisons.sort_by_key(|comparison| (std::cmp::Reverse(comparison.score()), comparison.other));
        comparisons
    }

    /// The mentions that touch some bytes of the draft, in the order of the text.
    pub fn touching(&self, draft: &Draft, range: &std::ops::Range<usize>) -> Vec<usize> {
        let touches = |mention: &Mention| {
            let place = draft.source_range(&mention.place);
            place.start < range.end.max(range.start + 1) && range.start <= place.end
        };
        let mut found: Vec<usize> = (0..self.mentions.len()).filter(|index| touches(&self.mentions[*index])).collect();
        found.sort_by(|a, b| self.mentions[*a].place.cmp(&self.mentions[*b].place));
        found
    }
}

impl Barrier {
    /// Why the two are not of one fact, or do not contradict each other.
    pub fn reason(self, language: Language) -> &'static str {
        match self {
            Barrier::SameValue => language.pick("数值相符", "the values agree"),
            Barrier::SamePassage => language.pick("在同一句或相邻句，是同时写下的两个数", "one sentence, or the next: the writer saw both"),
            Barrier::BothSeen => language.pick("其中一处同时写了这两个数", "one place tells both values"),
            Barrier::SameTable => language.pick("在同一张表里", "cells of one table"),
            Barrier::OtherUnit => language.pick("单位不可比", "the units do not compare"),
            Barrier::OtherBody => language.pick("说的是不同的地方或单位", "said of different places or bodies"),
            Barrier::OtherTime => language.pick("时间不同", "said of different times"),
            Barrier::OtherRole => language.pick("口径不同（增减、比重、平均等）", "of another kind: a change, a share, an average"),
            Barrier::OtherSubject => language.pick("说的不是一件事", "about different things"),
            Barrier::GoalAgainstResult => language.pick("一处是要做的，一处是已做的", "one is aimed at, the other was reached"),
            Barrier::Column => language.pick("是同一名称下并列的许多数", "values of one column, told in words"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    #[test]
    fn a_contradiction_comes_first_and_what_agrees_last() {
        let text = "一、概况\n学校现有48个教学班，学生2364人。\n二、工作\n46个教学班全部完成班级文化建设。\n三、附记\n全校共有48个教学班。\n";
        let draft = Draft::new(text, Format::Plain);
        let numbering = Numbering::build(&draft);
        let figures = Figures::build(&draft, &numbering);
        let line = text.find("46个").expect("it stands there");
        let seed = figures.touching(&draft, &(line..line + 1))[0];
        let comparisons = figures.comparisons(&draft, &numbering, seed);
        assert_eq!(comparisons.len(), 2);
        assert!(comparisons[0].score() >= Some(score::WORTH_A_LOOK));
        let first = figures.touching(&draft, &(0..text.find("二、").unwrap_or(0)))[0];
        let comparisons = figures.comparisons(&draft, &numbering, first);
        assert_eq!(comparisons.last().map(|last| last.outcome.clone()), Some(Err(Barrier::SameValue)));
    }
}
