//! What is said around mentions: the words that two of them share, and the words that only one of them has.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::draft::Draft;
use crate::facts::figure::keyword::{self, Pair};
use crate::model::numbering::Numbering;
use crate::numeral::decimal::Decimal;

use super::mention::{Frame, Mention};
use super::wording;

/// How often each pair of characters is a keyword of a mention, and where mentions stand.
pub struct Vicinity<'a> {
    draft: &'a Draft,
    frame: &'a Frame,
    /// The headings over each block, the outermost first, and the block before.
    numbering: &'a Numbering,
    mentions: &'a [Mention],
    /// Of how many values each pair of characters is a keyword; more than [`RARE`] are not told apart.
    counts: FxHashMap<Pair, usize>,
}

type Values = SmallVec<[Decimal; 2]>;

/// Pairs of characters that are keywords of no more values than this say what is spoken of.
const RARE: usize = 8;
/// The same where hardly any other value has them.
const VERY_RARE: usize = 3;
/// How far around a mention something counts as said there, in bytes.
const REACH: usize = 600;

/// What two mentions have in common, and what not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shared {
    /// Rare keywords of both; those that hardly any other mention has count twice.
    pub keywords: usize,
    /// The same of what the sentences are about.
    pub topic: usize,
    /// Rare pairs of both sentences that are neither.
    pub surroundings: usize,
    /// Whether they have any word at all in common, be it in the rest of the sentences.
    pub any: bool,
    /// Keywords of one that are not said around the other, for each of the two.
    pub unshared: (usize, usize),
}

impl<'a> Vicinity<'a> {
    pub fn read(draft: &'a Draft, numbering: &'a Numbering, frame: &'a Frame, mentions: &'a [Mention]) -> Self {
        let mut values: FxHashMap<Pair, Values> = FxHashMap::default();
        for mention in mentions {
            let value = mention.base_value().trimmed();
            for pair in mention.keywords.iter() {
                let known = values.entry(*pair).or_default();
                if known.len() <= RARE && !known.contains(&value) {
                    known.push(value);
                }
            }
        }
        let counts = values.into_iter().map(|(pair, values)| (pair, values.len())).collect();
        Vicinity {
            draft,
            frame,
            numbering,
            mentions,
            counts,
        }
    }

    /// How much a pair tells about what is spoken of.
    pub fn rarity(&self, pair: Pair) -> usize {
        match self.counts.get(&pair).copied().unwrap_or(0) {
            ..=VERY_RARE => 2,
            4..=RARE => 1,
            _ => 0,
        }
    }

    pub fn compare(&self, a: usize, b: usize) -> Shared {
        let (a, b) = (&self.mentions[a], &self.mentions[b]);
        let (first, second) = (&a.keywords, &b.keywords);
        let both: Vec<Pair> = first.iter().copied().filter(|pair| second.binary_search(pair).is_ok()).collect();
        let keywords = both.iter().map(|pair| self.rarity(*pair)).sum();
        let in_topic = |topic: &[Pair], other: &Mention| -> Vec<Pair> {
            let is_said = |pair: &Pair| other.keywords.binary_search(pair).is_ok() || other.topic.binary_search(pair).is_ok();
            topic.iter().copied().filter(|pair| !both.contains(pair) && is_said(pair)).collect()
        };
        let topic = keyword::sorted(in_topic(&a.topic, b).into_iter().chain(in_topic(&b.topic, a)));
        let both: Vec<Pair> = both.into_iter().chain(topic.iter().copied()).collect();
        let (around_a, around_b) = (self.around(a), self.around(b));
        let unsaid = |pairs: &[Pair], around: &str| pairs.iter().filter(|pair| !around.contains(&String::from_iter(*pair))).count();
        let (surroundings, any_around) = self.shared_surroundings(a, b, &both);
        Shared {
            keywords,
            any: !both.is_empty() || any_around,
            topic: topic.iter().map(|pair| self.rarity(*pair)).sum(),
            surroundings,
            unshared: (unsaid(first, &around_b), unsaid(second, &around_a)),
        }
    }

    /// How much the rest of two sentences has in common, and whether anything.
    fn shared_surroundings(&self, a: &Mention, b: &Mention, both: &[Pair]) -> (usize, bool) {
        let sentence = |mention: &Mention| match mention.in_table {
            true => self.headings(mention),
            false => self.prose(mention).get(mention.sentence.clone()).unwrap_or("").to_owned(),
        };
        let other = sentence(b);
        let pairs = keyword::sorted(keyword::pairs_of(&sentence(a)).filter(|pair| !both.contains(pair)));
        let is_shared = |pair: &&Pair| other.contains(&String::from_iter(*pair));
        let shared: Vec<Pair> = pairs.iter().filter(is_shared).copied().collect();
        (shared.iter().map(|pair| self.rarity(*pair)).sum(), !shared.is_empty())
    }

    /// Whether one stands in a heading over the other.
    pub fn is_headed(&self, a: &Mention, b: &Mention) -> bool {
        let heads = |heading: &Mention, other: &Mention| {
            let is_line = !self.prose(heading).contains(['。', '；']) && !heading.in_table && heading.place.block != other.place.block;
            is_line
                && self
                    .numbering
                    .section_path(other.place.block)
                    .any(|node| node.place.block == heading.place.block)
        };
        heads(a, b) || heads(b, a)
    }

    /// How many characters next to the two numbers are the same.
    pub fn alike_wording(&self, a: &Mention, b: &Mention) -> usize {
        if a.in_table || b.in_table {
            return 0;
        }
        let parted = |mention: &Mention| {
            let prose = self.prose(mention);
            let before = prose.get(mention.sentence.start..mention.place.start).unwrap_or("");
            let after = prose.get(mention.place.end..mention.sentence.end).unwrap_or("");
            (before, after)
        };
        wording::alike(parted(a), parted(b))
    }

    fn prose(&self, mention: &Mention) -> &'a str {
        self.draft.pieces()[mention.place.block].prose()
    }

    /// What is said around a mention: its block, the headings over it and the title.
    pub fn around(&self, mention: &Mention) -> String {
        let prose = self.prose(mention);
        let mut start = mention.place.start.saturating_sub(REACH);
        while !prose.is_char_boundary(start) {
            start += 1;
        }
        let mut end = (mention.place.end + REACH).min(prose.len());
        while !prose.is_char_boundary(end) {
            end -= 1;
        }
        let name = if mention.in_table { mention.name.text.as_str() } else { "" };
        format!("{}\n{}\n{name}\n{}", &prose[start..end], self.headings(mention), self.frame.title)
    }

    /// The headings over a mention, the innermost first.
    fn headings(&self, mention: &Mention) -> String {
        let titles = self.numbering.section_path(mention.place.block).map(|node| self.draft.quote(&node.title));
        titles.collect::<Vec<_>>().join("\n")
    }
}
