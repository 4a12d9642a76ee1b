//! Clauses that two drafts have in common, word for word but for their numbers.
//!
//! A clause is known by its signs, in which all numbers are alike. The clauses of one draft are indexed once; those of another are looked up one
//! after the other, and neighbours that meet neighbours make a run. A clause put in, left out or reworded does not end a run.

use std::hash::{Hash, Hasher};
use std::ops::Range;

use rustc_hash::{FxHashMap, FxHasher};
use smallvec::SmallVec;

use super::Models;
use super::figures::Figures;
use crate::draft::{Draft, Place};
use crate::facts::clause::{NUMBER, Sign, Wording};

/// A draft with what is needed to set it against another.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    pub draft: &'a Draft,
    pub figures: &'a Figures,
    pub clauses: &'a Clauses,
}

impl<'a> Reading<'a> {
    pub fn of(draft: &'a Draft, models: &'a Models) -> Self {
        Reading {
            draft,
            figures: &models.figures,
            clauses: &models.clauses,
        }
    }

    /// The mention in the text that has the number at a place.
    pub fn mention_at(&self, place: &Place) -> Option<usize> {
        let mentions = &self.figures.mentions;
        // Mentions in the text come first, in the order of the text.
        let in_text = mentions.partition_point(|mention| !mention.in_table);
        let after = mentions[..in_text].partition_point(|mention| (mention.place.block, mention.place.start) <= (place.block, place.start));
        let index = after.checked_sub(1)?;
        let found = &mentions[index].place;
        (found.block == place.block && place.start < found.end).then_some(index)
    }
}

/// The clauses of a draft, in order, and where each wording stands.
#[derive(Debug, Default)]
pub struct Clauses {
    all: Vec<Clause>,
    by_key: FxHashMap<u64, SmallVec<[u32; 2]>>,
    /// How often each wording stands.
    counts: FxHashMap<u64, u32>,
}

/// A clause of a draft.
#[derive(Debug, Clone)]
pub struct Clause {
    key: u64,
    pub block: usize,
    /// Bytes of the block's prose, without the closing mark.
    pub range: Range<usize>,
    /// Which sentence of the draft it belongs to.
    pub sentence: usize,
    /// Indices of its signs in the block's wording, the label of an item left out.
    signs: Range<usize>,
    /// Signs that say something of the draft's own; none in headings and lists of contents.
    pub own: usize,
}

/// Neighbouring clauses of one draft that another has in the same order.
#[derive(Debug, Clone, Default)]
pub struct Run {
    pub pairs: Vec<Pair>,
}

/// A clause that stands in both drafts: indices into the clauses of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pair {
    pub own: usize,
    pub other: usize,
}

/// A wording that stands more often than this is a manner of speaking; only its first places are tried.
const MOST_PLACES: usize = 8;
/// Clauses that may stand between two of one run.
const LARGEST_GAP: usize = 2;
/// A run does not begin with a clause of fewer signs than this.
const SHORTEST_START: usize = 6;

impl Clauses {
    pub fn of(draft: &Draft) -> Self {
        let mut clauses = Clauses::default();
        let mut sentence = 0;
        for (block, piece) in draft.pieces().iter().enumerate().filter(|(_, piece)| !piece.block().is_cell()) {
            let wording = &piece.facts().wording;
            let label = label_length(wording, piece.prose());
            let mut first = 0;
            for clause in &wording.clauses {
                let end = first + wording.signs[first..].partition_point(|sign| (sign.start as usize) < clause.end);
                let signs = first.max(label).min(end)..end;
                first = end;
                if !signs.is_empty() {
                    clauses.push(wording, block, clause.range.clone(), sentence, signs);
                }
                sentence += usize::from(clause.ends_sentence);
            }
            sentence += 1;
        }
        clauses
    }

    fn push(&mut self, wording: &Wording, block: usize, range: Range<usize>, sentence: usize, signs: Range<usize>) {
        let text = &wording.signs[signs.clone()];
        let key = key(text);
        let own = if wording.running {
            text.iter().filter(|sign| sign.own).count()
        } else {
            0
        };
        let places = self.by_key.entry(key).or_default();
        if places.len() < MOST_PLACES {
            places.push(self.all.len() as u32);
        }
        *self.counts.entry(key).or_default() += 1;
        self.all.push(Clause {
            key,
            block,
            range,
            sentence,
            signs,
            own,
        });
    }

    pub fn get(&self, index: usize) -> &Clause {
        &self.all[index]
    }

    pub fn len(&self) -> usize {
        self.all.len()
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// How often the wording of a clause stands in the draft.
    pub fn count(&self, clause: &Clause) -> usize {
        self.counts.get(&clause.key).map_or(0, |count| *count as usize)
    }

    /// The clauses of the same wording, at most `MOST_PLACES` of them.
    pub fn same_as<'a>(&'a self, clause: &Clause) -> impl Iterator<Item = usize> + use<'a> {
        let places = self.by_key.get(&clause.key).map_or(&[][..], SmallVec::as_slice);
        places.iter().map(|place| *place as usize)
    }

    /// What a draft of these clauses has in common with another, in the order of this one.
    pub fn runs(&self, other: &Clauses) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut at = 0;
        while at < self.all.len() {
            let run = self.run_at(at, other);
            at = run.pairs.last().map_or(at, |last| last.own) + 1;
            if !run.pairs.is_empty() {
                runs.push(run);
            }
        }
        runs
    }

    /// The longest run that begins with a clause.
    fn run_at(&self, own: usize, other: &Clauses) -> Run {
        if self.all[own].signs.len() < SHORTEST_START {
            return Run::default();
        }
        let starts = other.same_as(&self.all[own]);
        let runs = starts.map(|start| self.extended(Pair { own, other: start }, other));
        // Of runs that are equally long, the first.
        runs.reduce(|best, run| if run.pairs.len() > best.pairs.len() { run } else { best })
            .unwrap_or_default()
    }

    fn extended(&self, first: Pair, other: &Clauses) -> Run {
        let mut pairs = vec![first];
        let mut last = first;
        while let Some(next) = self.next_pair(last, other) {
            pairs.push(next);
            last = next;
        }
        Run { pairs }
    }

    /// The nearest clauses behind a pair that agree again.
    fn next_pair(&self, last: Pair, other: &Clauses) -> Option<Pair> {
        let steps = (0..=LARGEST_GAP).flat_map(|gap| (0..=gap).flat_map(move |less| [(gap, less), (less, gap)]));
        steps.into_iter().find_map(|(own_gap, other_gap)| {
            let pair = Pair {
                own: last.own + 1 + own_gap,
                other: last.other + 1 + other_gap,
            };
            let agree = self.all.get(pair.own)?.key == other.all.get(pair.other)?.key;
            agree.then_some(pair)
        })
    }
}

/// The numbers of a clause in order; two clauses of one wording have as many.
pub fn numbers<'a>(draft: &'a Draft, clause: &Clause) -> impl Iterator<Item = Place> + use<'a> {
    let block = clause.block;
    let signs = &draft.pieces()[block].facts().wording.signs[clause.signs.clone()];
    let numbers = signs.iter().filter(|sign| sign.symbol == NUMBER);
    numbers.map(move |sign| Place::new(block, sign.start as usize..sign.end as usize))
}

fn key(signs: &[Sign]) -> u64 {
    let mut hasher = FxHasher::default();
    signs.iter().for_each(|sign| sign.symbol.hash(&mut hasher));
    signs.len().hash(&mut hasher);
    hasher.finish()
}

/// How many signs the label of an item takes, as in `3. 推广…`, `（三）推广…` and 一是推广…, which changes with its place in the list.
fn label_length(wording: &Wording, prose: &str) -> usize {
    let is_numeral = |sign: &Sign| sign.symbol == NUMBER || "一二三四五六七八九十".contains(sign.symbol);
    let Some(after) = wording.signs.iter().position(|sign| !is_numeral(sign)) else {
        return 0;
    };
    if !(1..=3).contains(&after) {
        return 0;
    }
    let end = wording.signs[after - 1].end as usize;
    match prose.get(end..).and_then(|rest| rest.chars().next()) {
        Some('.' | '．' | '、' | '）' | ')') => after,
        Some('是') => after + 1,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Format;

    /// The clauses of each run, as the first draft has them.
    fn runs(own: &str, other: &str) -> Vec<String> {
        let (own, other) = (Draft::new(own, Format::Plain), Draft::new(other, Format::Plain));
        let (own_clauses, other_clauses) = (Clauses::of(&own), Clauses::of(&other));
        let text = |pair: &Pair| {
            let clause = own_clauses.get(pair.own);
            own.pieces()[clause.block].prose()[clause.range.clone()].to_owned()
        };
        let runs = own_clauses.runs(&other_clauses);
        runs.iter().map(|run| run.pairs.iter().map(text).collect::<Vec<_>>().join("|")).collect()
    }

    #[test]
    fn neighbours_that_meet_neighbours_make_a_run() {
        let last = "三是办好实事。全年走访困难群众3120户，发放慰问金15.6万元，解决实际问题86个。其他工作有序开展。\n";
        let this = "五是办好实事。今年雨水偏少。全年走访困难群众3250户，发放慰问金15.6万元，并送去棉被，解决实际问题86个。\n";
        assert_eq!(runs(this, last), ["全年走访困难群众3250户|发放慰问金15.6万元|解决实际问题86个"]);
    }

    #[test]
    fn labels_and_marks_do_not_matter() {
        assert_eq!(
            runs("（二）抓好春耕备耕生产，检修机井38眼。", "3. 抓好春耕备耕生产；检修机井40眼"),
            ["（二）抓好春耕备耕生产|检修机井38眼"]
        );
    }

    #[test]
    fn a_wording_that_stands_a_thousand_times_is_no_burden() {
        let text = "组织检查12次，发现问题35个。\n".repeat(5000);
        assert_eq!(runs(&text, &text).len(), 1);
    }
}
