//! A sentence that was written anew with the same figures: its clauses in another order, some of its words changed, or split in two.
//!
//! No row of signs is long enough there to be followed. So two sentences that have a seed in common are compared as wholes: by the figures that
//! both have, unit by unit, and by the pairs of neighbouring characters, wherever they stand.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::evidence::is_breakdown;
use super::stream::Stream;
use crate::facts::clause::NUMBER;

/// Two places that say the same in other words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reworded {
    pub(super) source: Range<usize>,
    pub(super) copy: Range<usize>,
    pub(super) points: i64,
}

/// Figures that both must have.
const FEWEST_FIGURES: usize = 2;
/// The weight of a figure of one digit, and of a longer one, which hardly returns by chance.
const SHORT_FIGURE: usize = 2;
const LONG_FIGURE: usize = 6;
/// Pairs of characters that both must have.
const FEWEST_PAIRS: usize = 11;
const ENOUGH: i64 = 26;

/// Compares the sentences around two places, each with its neighbours in the paragraph.
pub(super) fn compare(stream: &Stream, own: &[bool], source: usize, copy: usize) -> Option<Reworded> {
    let (source, copy) = (stream.sentences_around(source), stream.sentences_around(copy));
    if source.end > copy.start || !has_figures(stream, &source) || !has_figures(stream, &copy) {
        return None;
    }
    // Most sentences that have a row of signs in common have no numbers in common, and need not be taken to pieces.
    if !may_share_figures(&numbers(stream, &source), &numbers(stream, &copy)) {
        return None;
    }
    let left = Clause::all(stream, own, source);
    let right = Clause::all(stream, own, copy);
    let left = &left[kept(&left, &right)?];
    let right = &right[kept(&right, left)?];
    let (said, said_again) = (Bag::of(left), Bag::of(right));
    let (figures, weight) = said.shared_figures(&said_again);
    let pairs = said.shared_pairs(&said_again);
    // Figures that hardly return by chance leave more room for other words.
    let percent = if weight >= 2 * LONG_FIGURE { 55 } else { 70 };
    let covers = |bag: &Bag| 100 * pairs >= percent * bag.all_pairs;
    // A figure that only one of the two has is fine; where both have one of their own, they tell of two things.
    let agree = said.all_figures == figures || said_again.all_figures == figures;
    if figures < FEWEST_FIGURES || weight < SHORT_FIGURE + LONG_FIGURE || pairs < FEWEST_PAIRS || !agree || !covers(&said) || !covers(&said_again) {
        return None;
    }
    let copy = right[0].signs.start..right[right.len() - 1].signs.end;
    if is_breakdown(&stream.symbols()[copy.clone()]) {
        return None;
    }
    let points = (pairs + weight) as i64;
    (points >= ENOUGH).then(|| Reworded {
        source: left[0].signs.start..left[left.len() - 1].signs.end,
        copy,
        points,
    })
}

fn has_figures(stream: &Stream, range: &Range<usize>) -> bool {
    stream.symbols()[range.clone()]
        .iter()
        .filter(|symbol| **symbol == NUMBER)
        .nth(FEWEST_FIGURES - 1)
        .is_some()
}

/// The numbers of a range, in order of their text.
fn numbers(stream: &Stream, range: &Range<usize>) -> Vec<String> {
    let positions = range.clone().filter(|at| stream.symbols()[*at] == NUMBER && !stream.is_label(*at));
    let mut numbers: Vec<String> = positions.map(|at| stream.number(at)).collect();
    numbers.sort_unstable();
    numbers
}

/// Whether as many numbers stand in both as must, whatever they count.
fn may_share_figures(said: &[String], said_again: &[String]) -> bool {
    let (mut figures, mut weight) = (0, 0);
    let mut rest = said_again;
    for number in said {
        rest = &rest[rest.partition_point(|other| other < number)..];
        if let Some((other, after)) = rest.split_first()
            && other == number
        {
            figures += 1;
            weight += weight_of(number);
            rest = after;
        }
    }
    figures >= FEWEST_FIGURES && weight >= SHORT_FIGURE + LONG_FIGURE
}

fn weight_of(number: &str) -> usize {
    if number.len() > 1 { LONG_FIGURE } else { SHORT_FIGURE }
}

/// The clauses of one side, from the first to the last that the other side has for the better part.
fn kept(clauses: &[Clause], others: &[Clause]) -> Option<Range<usize>> {
    let other = Bag::of(others);
    let is_kept = |clause: &Clause| {
        let bag = Bag::of(std::slice::from_ref(clause));
        let pairs = bag.shared_pairs(&other);
        bag.shared_figures(&other).1 >= LONG_FIGURE || pairs >= 3 && 2 * pairs >= bag.all_pairs
    };
    let first = clauses.iter().position(is_kept)?;
    let last = clauses.iter().rposition(is_kept)?;
    Some(first..last + 1)
}

struct Clause {
    signs: Range<usize>,
    pairs: Vec<(char, char)>,
    /// Numbers with the sign behind them.
    figures: Vec<(String, char)>,
}

impl Clause {
    fn all(stream: &Stream, own: &[bool], range: Range<usize>) -> Vec<Clause> {
        let mut clauses = Vec::new();
        let mut at = range.start;
        while at < range.end {
            let clause = stream.clause_at(at);
            clauses.push(Clause::of(stream, own, clause.clone()));
            at = clause.end.max(at + 1);
        }
        clauses
    }

    fn of(stream: &Stream, own: &[bool], signs: Range<usize>) -> Self {
        let symbols = &stream.symbols()[signs.clone()];
        let is_pair = |at: &usize| own[signs.start + at] && own[signs.start + at + 1];
        let pairs = (0..symbols.len().saturating_sub(1))
            .filter(is_pair)
            .map(|at| (symbols[at], symbols[at + 1]));
        let numbers = (0..symbols.len()).filter(|at| symbols[*at] == NUMBER && !stream.is_label(signs.start + at));
        let figure = |at: usize| (stream.number(signs.start + at), symbols.get(at + 1).copied().unwrap_or_default());
        Clause {
            pairs: pairs.collect(),
            figures: numbers.map(figure).collect(),
            signs,
        }
    }
}

/// What clauses say, in whatever order.
struct Bag<'a> {
    pairs: FxHashMap<(char, char), usize>,
    figures: FxHashMap<(&'a str, char), usize>,
    all_pairs: usize,
    all_figures: usize,
}

impl<'a> Bag<'a> {
    fn of(clauses: &'a [Clause]) -> Self {
        let mut bag = Bag {
            pairs: FxHashMap::default(),
            figures: FxHashMap::default(),
            all_pairs: 0,
            all_figures: 0,
        };
        for clause in clauses {
            bag.all_pairs += clause.pairs.len();
            bag.all_figures += clause.figures.len();
            clause.pairs.iter().for_each(|pair| *bag.pairs.entry(*pair).or_default() += 1);
            let figures = clause.figures.iter().map(|(number, unit)| (number.as_str(), *unit));
            figures.for_each(|figure| *bag.figures.entry(figure).or_default() += 1);
        }
        bag
    }

    fn shared_pairs(&self, other: &Bag) -> usize {
        let shared = |(pair, count): (&(char, char), &usize)| other.pairs.get(pair).map_or(0, |others| *count.min(others));
        self.pairs.iter().map(shared).sum()
    }

    /// How many figures both have, and what they weigh.
    fn shared_figures(&self, other: &Bag) -> (usize, usize) {
        let shared = self
            .figures
            .iter()
            .map(|(figure, count)| (figure.0, other.figures.get(figure).map_or(0, |others| *count.min(others))));
        shared.fold((0, 0), |(all, weighed), (number, count)| {
            (all + count, weighed + count * weight_of(number))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::Passages;
    use crate::draft::Draft;
    use crate::source::Format;

    fn is_found(first: &str, second: &str) -> bool {
        let between = "入冬以来雨雪偏少，各村趁晴天清理塘坝淤泥，把水先蓄起来。\n";
        let text = format!("一、主要做法\n{first}\n{between}二、几点体会\n{second}\n");
        !Passages::find(&Draft::new(&text, Format::Plain)).repeated.is_empty()
    }

    #[test]
    fn sentences_written_anew_with_their_figures_are_found() {
        for (first, second) in [
            (
                "第一时间开展查灾核灾，发放救灾款218万元、救灾物资1.36万件，救助受灾群众3157人次，做到了不漏一户。",
                "第一时间查灾核灾，发放救灾物资1.36万件、救灾款218万元，救助受灾群众3157人次。",
            ),
            (
                "驻点督导组全程跟进，开展明察暗访13轮次，发现整改走过场问题7个，已全部责令返工。",
                "驻点督导组开展明察暗访13轮次，全程跟进。共发现整改走过场的问题7个，均已责令返工。",
            ),
            (
                "累计研判会商47次，发布预警59期，向包片干部和低洼地群众发送短信21.8万条，电话叫应村组干部1360人次，及时转移群众。",
                "全年发布预警59期，发送短信21.8万条，向低洼地群众和包片干部定向推送，电话叫应村组干部1360人次，并同气象台建立会商制度。",
            ),
            (
                "组织技术员进村入户指导，举办栽培培训班26期，培训果农1840人次，发放技术手册3200册。",
                "发放栽培技术手册3200册，组织技术员进村入户开展指导，共举办培训班二十六期，培训果农1840人次。",
            ),
            (
                "爱心食堂全年供餐152万人次，对75周岁以上老人每餐补贴3元，许多老人夸赞“家门口的食堂比自己做饭还省心”。",
                "爱心食堂全年供餐152万人次，对七十五周岁以上老人每餐补助3元，不少老人夸赞“家门口的食堂比自己做饭还要省心”。",
            ),
        ] {
            assert!(is_found(first, second), "{first}\n{second}");
        }
    }

    #[test]
    fn sentences_that_share_figures_or_words_only_are_not() {
        for (first, second) in [
            (
                "本项目总投资21650万元，其中工程费用17320万元，预备费1030万元，前期工作已经完成。",
                "经测算，总投资为21650万元，其中预备费1030万元、工程费用17320万元。",
            ),
            (
                "举办栽培培训班26期，培训果农1840人次，发放技术手册3200册。",
                "举办养殖培训班18期，培训农户1260人次，发放技术手册2400册。",
            ),
            (
                "全镇26个村、1840户参加了人居环境整治，清运垃圾3200吨。",
                "26个村里，年轻人多数外出，1840户中常年有人住的不到一半，耕地3200亩靠老人种着。",
            ),
            (
                "一季度开工项目26个，完成投资18.4亿元，占全年计划的32%。",
                "二季度开工项目31个，完成投资18.4亿元，占全年计划的29%。",
            ),
            (
                "围绕开工难，约谈企业26家，协调解决用地、用电问题48个。",
                "围绕招工难，走访企业31家，协调解决食宿、交通问题52个。",
            ),
        ] {
            assert!(!is_found(first, second), "{first}\n{second}");
        }
    }
}
