//! Sentences taken over from an earlier report whose figures or years were not renewed.
//!
//! A sentence is stale when the earlier report has the same words with the same numbers, and the numbers are such that a new report has new ones:
//! what was done in a year, not what is fixed, planned for long, or told of another time. A sentence with a renewed figure was gone over by
//! somebody and is left alone.

use std::ops::Range;

use super::common::{Clause, Clauses, Pair, Reading, Run, numbers};
use super::figures::mention::Mention;
use super::figures::section::Half;
use crate::draft::Place;
use crate::facts::figure::exactness::Exactness;
use crate::facts::figure::period::{Period, Year};
use crate::facts::figure::role::Role;
use crate::facts::figure::subject::Manner;
use crate::facts::figure::unit::Dimension;

/// Sentences next to each other in one block that were taken over as they were.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stale {
    /// Where they stand in the draft.
    pub place: Place,
    /// Where they stand in the earlier report.
    pub earlier: Place,
    /// The numbers that were not renewed.
    pub figures: Vec<Place>,
    /// The year of the earlier report, where it was left standing.
    pub years: Vec<Place>,
    /// Whether a year was renewed and the figures were not.
    pub has_new_year: bool,
    /// In points; the more, the surer.
    pub weight: usize,
}

/// From here on it is very probable.
pub const PROBABLE: usize = 4;
/// From here on it is worth a look.
const WORTH_A_LOOK: usize = 2;
/// A sentence of fewer signs of its own is no passage.
const FEWEST_SIGNS: usize = 10;

/// All stale passages of a report, in order.
pub fn find(own: Reading, earlier: Reading) -> Vec<Stale> {
    let search = Search {
        own,
        earlier,
        own_year: own.figures.frame.year,
        earlier_year: earlier.figures.frame.year,
    };
    let mut found: Vec<Stale> = Vec::new();
    for run in own.clauses.runs(earlier.clauses) {
        for sentence in sentences(own.clauses, &run) {
            let Some(stale) = search.stale(sentence) else { continue };
            match found.last_mut().filter(|last| last.is_before(&stale)) {
                Some(last) => last.join(stale),
                None => found.push(stale),
            }
        }
    }
    found
}

/// The pairs of a run by the sentence of the draft that they stand in.
fn sentences<'r>(clauses: &Clauses, run: &'r Run) -> impl Iterator<Item = &'r [Pair]> {
    run.pairs.chunk_by(|a, b| clauses.get(a.own).sentence == clauses.get(b.own).sentence)
}

struct Search<'a> {
    own: Reading<'a>,
    earlier: Reading<'a>,
    own_year: Option<u32>,
    earlier_year: Option<u32>,
}

impl Search<'_> {
    fn stale(&self, pairs: &[Pair]) -> Option<Stale> {
        let clauses = || pairs.iter().map(|pair| self.own.clauses.get(pair.own));
        if clauses().map(|clause| clause.own).sum::<usize>() < FEWEST_SIGNS || self.is_manner(pairs) {
            return None;
        }
        let mut stale = Stale {
            place: joined(clauses()),
            earlier: joined(pairs.iter().map(|pair| self.earlier.clauses.get(pair.other))),
            figures: Vec::new(),
            years: Vec::new(),
            has_new_year: false,
            weight: 0,
        };
        for pair in pairs {
            let own = numbers(self.own.draft, self.own.clauses.get(pair.own));
            let earlier = numbers(self.earlier.draft, self.earlier.clauses.get(pair.other));
            for (own, earlier) in own.zip(earlier) {
                self.compare(own, &earlier, &mut stale)?;
            }
        }
        let years_left = if self.own_year > self.earlier_year { stale.years.len() } else { 0 };
        stale.weight += 2 * years_left;
        if stale.has_new_year && stale.weight > 0 {
            stale.weight += 3;
        }
        (stale.weight >= WORTH_A_LOOK).then_some(stale)
    }

    /// Sentences that either report has again and again are its manner of speaking.
    fn is_manner(&self, pairs: &[Pair]) -> bool {
        const OFTEN: usize = 3;
        let is_often = |pair: &Pair| {
            let clause = self.own.clauses.get(pair.own);
            self.own.clauses.count(clause) >= OFTEN || self.earlier.clauses.count(clause) >= OFTEN
        };
        pairs.iter().all(is_often)
    }

    /// Weighs a number that stands in both sentences; `None` when it is a renewed figure, which speaks for the whole sentence.
    fn compare(&self, own: Place, earlier: &Place, stale: &mut Stale) -> Option<()> {
        let is_same = self.own.draft.quote(&own) == self.earlier.draft.quote(earlier);
        match self.year_at(&own) {
            Some(_) if !is_same => stale.has_new_year = true,
            Some(year) if Some(year) == self.earlier_year => stale.years.push(own),
            Some(_) => {}
            None if !is_same => return self.own.mention_at(&own).is_none().then_some(()),
            None => {
                let weight = self.own.mention_at(&own).map_or(0, |mention| self.weight(mention));
                if weight > 0 {
                    stale.weight += weight;
                    stale.figures.push(own);
                }
            }
        }
        Some(())
    }

    /// The year that is written at a place, unless something is only set against it or counted from it.
    fn year_at(&self, place: &Place) -> Option<u32> {
        let piece = &self.own.draft.pieces()[place.block];
        let dates = &piece.facts().dates.dates;
        let date = dates
            .iter()
            .find(|date| date.range.start <= place.start && place.start < date.range.end)?;
        if date.range.start != place.start {
            return None;
        }
        let year = date.year?;
        let before = piece.prose()[..place.start].trim_end_matches(|char: char| char.is_whitespace());
        let after = &piece.prose()[date.range.end..];
        let is_compared = before.ends_with(['比', '较', '与', '自', '从', '由', '于', '至', '到']);
        let counts_from = ["以来", "起", "至", "—", "-", "～", "到"].iter().any(|word| after.starts_with(word));
        (!is_compared && !counts_from).then_some(year)
    }

    /// How surely a new report has another number here.
    fn weight(&self, mention: usize) -> usize {
        let mention = &self.own.figures.mentions[mention];
        if !self.may_be_renewed(mention) {
            return 0;
        }
        let digits = mention.value.trimmed().digits();
        let weight = match digits {
            1 => 0,
            2 => 1,
            _ => 2,
        };
        let is_target = mention.planned || mention.section.half == Half::Plan && !mention.done || mention.exactness == Exactness::AtLeast;
        // A rate such as 森林覆盖率63.2% may well stay as it is for a year.
        let is_slow = mention.unit.dimension() == Dimension::Percent && matches!(mention.role, Role::Level | Role::Share);
        if is_target || is_slow { weight.min(1) } else { weight }
    }

    /// Whether the figure is of the year that is reported on, and not of what stays as it is.
    fn may_be_renewed(&self, mention: &Mention) -> bool {
        let lasts = matches!(
            mention.unit.dimension(),
            Dimension::Days | Dimension::Months | Dimension::Years | Dimension::Score | Dimension::Multiple
        );
        // 总面积1248平方公里, 全长36公里, 辖12个乡镇.
        let is_site = matches!(mention.unit.dimension(), Dimension::Area | Dimension::Length) && mention.verb.is_empty();
        let is_territory = mention.manner == Manner::Have && (mention.verb.contains('辖') || mention.verb.contains('设'));
        let is_of_another_time = match mention.period {
            Some(Period {
                year: Year::Number(year), ..
            }) => Some(year) != self.earlier_year && Some(year) != self.own_year,
            Some(Period { year: Year::Several(_), .. }) => true,
            _ => false,
        };
        !lasts && !is_site && !is_territory && !is_of_another_time
    }
}

impl Stale {
    /// Whether another passage follows this one in both reports, with at most a short sentence between them.
    fn is_before(&self, next: &Stale) -> bool {
        const BETWEEN: usize = 60;
        let follows = |one: &Place, other: &Place| one.block == other.block && one.end <= other.start && other.start - one.end <= BETWEEN;
        follows(&self.place, &next.place) && follows(&self.earlier, &next.earlier)
    }

    fn join(&mut self, next: Stale) {
        self.place.end = next.place.end;
        self.earlier.end = next.earlier.end;
        self.figures.extend(next.figures);
        self.years.extend(next.years);
        self.has_new_year |= next.has_new_year;
        self.weight += next.weight;
    }
}

/// From the first clause to the last; a sentence lies in one block.
fn joined<'a>(clauses: impl Iterator<Item = &'a Clause>) -> Place {
    let mut place: Option<Place> = None;
    for clause in clauses {
        let Range { start, end } = clause.range;
        match &mut place {
            Some(place) if place.block == clause.block => place.end = place.end.max(end),
            Some(_) => {}
            None => place = Some(Place::new(clause.block, start..end)),
        }
    }
    place.unwrap_or_else(|| Place::new(0, 0..0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Draft;
    use crate::model::Models;
    use crate::source::Format;

    const LAST: &str = "清河县2030年工作总结\n\n\
        一、工作回顾\n\
        清河县位于平原西部，辖12个乡镇，总面积1248平方公里。\n\
        全年走访困难群众3120户，发放慰问金156.4万元，解决实际问题86个。\n\
        2030年完成造林绿化2.34万亩，实施重点项目58个，群众满意度进一步提高。\n\
        坚持“三个优先”，落实五项制度，建设12个示范点。\n\
        “十三五”期间全县累计完成水利投资12.86亿元。\n\
        2024年全县完成水利工程投资2.86亿元，是多年来最多的一年。\n\
        二、明年打算\n\
        全县新增城镇就业3200人，粮食总产稳定在48.6万吨以上。\n";

    /// The stale passages of a report in whose text stands `sentence`, with their weights.
    fn stale(sentence: &str) -> Vec<(String, usize)> {
        stale_after(LAST, sentence)
    }

    fn stale_after(last: &str, sentence: &str) -> Vec<(String, usize)> {
        let this = format!("清河县2031年工作总结\n\n一、工作回顾\n今年工作又有新的进展。\n{sentence}\n");
        let (own, earlier) = (Draft::new(&this, Format::Plain), Draft::new(last, Format::Plain));
        let (own_models, earlier_models) = (Models::build(&own), Models::build(&earlier));
        let found = find(Reading::of(&own, &own_models), Reading::of(&earlier, &earlier_models));
        found.iter().map(|stale| (own.quote(&stale.place).to_owned(), stale.weight)).collect()
    }

    #[test]
    fn what_was_not_renewed_is_found() {
        for sentence in [
            "全年走访困难群众3120户，发放慰问金156.4万元，解决实际问题86个。",
            "全年走访困难群众3120户，发放慰问金156.4万元，并组织志愿服务，解决实际问题86个。",
            "（三）全年走访困难群众3120户,发放慰问金156.4万元,解决实际问题86个。",
            "2031年完成造林绿化2.34万亩，实施重点项目58个，群众满意度进一步提高。",
            "2030年完成造林绿化2.34万亩，实施重点项目58个，群众满意度进一步提高。",
        ] {
            let found = stale(sentence);
            assert_eq!(found.len(), 1, "{sentence}");
            assert!(found[0].1 >= PROBABLE, "{sentence} {found:?}");
        }
    }

    #[test]
    fn sentences_that_follow_each_other_are_one_passage() {
        let found = stale(
            "全年走访困难群众3120户，发放慰问金156.4万元，解决实际问题86个。\n\n2030年完成造林绿化2.34万亩，实施重点项目58个，群众满意度进一步提高。",
        );
        assert_eq!(found.len(), 2, "{found:?}");
        let last = "全县种植蔬菜12.64万亩，户均增收1260元。新建冷库36座，储存能力9600吨，没有一户菜农为卖菜发愁。\n";
        let found = stale_after(&format!("清河县2030年工作总结\n\n{last}"), last);
        assert_eq!(found.len(), 1, "{found:?}");
    }

    #[test]
    fn rates_that_change_slowly_are_only_worth_a_look() {
        let last = "清河县2030年工作总结\n\n全县生态环境持续改善，森林覆盖率达到43.52%，林草覆盖率达到64.79%。\n";
        let found = stale_after(last, "全县生态环境持续改善，森林覆盖率达到43.52%，林草覆盖率达到64.79%。");
        assert!(found.len() == 1 && found[0].1 < PROBABLE, "{found:?}");
    }

    #[test]
    fn what_is_fixed_or_renewed_is_left_alone() {
        for sentence in [
            "清河县位于平原西部，辖12个乡镇，总面积1248平方公里。",
            "全年走访困难群众3250户，发放慰问金161.2万元，解决实际问题93个。",
            "全年走访困难群众3250户，发放慰问金156.4万元，解决实际问题86个。",
            "坚持“三个优先”，落实五项制度，建设12个示范点。",
            "“十三五”期间全县累计完成水利投资12.86亿元。",
            "2024年全县完成水利工程投资2.86亿元，是多年来最多的一年。",
            "与2030年相比，全县新建泵站12座。",
        ] {
            assert_eq!(stale(sentence), [], "{sentence}");
        }
    }

    #[test]
    fn targets_are_only_worth_a_look() {
        let found = stale("二、明年打算\n全县新增城镇就业3200人，粮食总产稳定在48.6万吨以上。");
        assert!(found.len() == 1 && found[0].1 < PROBABLE, "{found:?}");
    }
}
