//! What is said around mentions: the words that two of them share, and the words that only one of them has.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use crate::border;
use crate::draft::Draft;
use crate::facts::figure::keyword::{self, Pair};
use crate::model::numbering::Numbering;
use crate::numeral::decimal::Decimal;

use super::mention::{Frame, Mention};
use super::{naming, wording};

/// How often each pair of characters is a keyword of a mention, and where mentions stand.
pub struct Vicinity<'a> {
    draft: &'a Draft,
    frame: &'a Frame,
    /// The headings over each block, the outermost first, and the block before.
    numbering: &'a Numbering,
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
/// A longer paragraph heads nothing, in bytes.
const LONGEST_HEADING: usize = 300;

/// The words that two mentions have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Shared {
    /// Rare keywords of both; those that hardly any other mention has count twice.
    pub keywords: usize,
    /// The same of what the sentences are about.
    pub topic: usize,
    /// Whether there are any, rare or not.
    pub any: bool,
}

/// Pairs in order, asked for in order.
struct Ascending<'a>(&'a [Pair]);

impl Ascending<'_> {
    fn contains(&mut self, pair: &Pair) -> bool {
        let before = self.0.iter().take_while(|known| *known < pair).count();
        self.0 = &self.0[before..];
        self.0.first() == Some(pair)
    }
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

    pub fn compare(&self, a: &Mention, b: &Mention) -> Shared {
        let mut shared = Shared::default();
        let mut of_b = Ascending(&b.keywords);
        for pair in a.keywords.iter().filter(|pair| of_b.contains(pair)) {
            shared.keywords += self.rarity(*pair);
            shared.any = true;
        }
        let mut topic: SmallVec<[Pair; 16]> = SmallVec::new();
        for (one, other) in [(a, b), (b, a)] {
            let mut own = Ascending(&one.keywords);
            let (mut keywords, mut of_topic) = (Ascending(&other.keywords), Ascending(&other.topic));
            for pair in one.topic.iter() {
                let (is_own, is_keyword, is_topic) = (own.contains(pair), keywords.contains(pair), of_topic.contains(pair));
                if is_keyword && !is_own || is_topic && !is_keyword {
                    topic.push(*pair);
                }
            }
        }
        topic.sort_unstable();
        topic.dedup();
        shared.any |= !topic.is_empty();
        shared.topic = topic.iter().map(|pair| self.rarity(*pair)).sum();
        shared
    }

    /// Whether one mention is said of a kind of those whom the other may be said of: 民营企业进出口1065亿元, 全省进出口1500亿元.
    pub fn says_of_a_part(&self, part: &Mention, whole: &Mention) -> bool {
        let before = self.prose(part).get(part.around.start..part.place.start).unwrap_or("");
        !part.in_table && naming::kinds_of_owners(before).any(|kind| !self.is_said_around(whole, kind))
    }

    /// Whether the sentences of two mentions, or the headings over them where they are cells, have any word in common.
    pub fn share_surroundings(&self, a: &Mention, b: &Mention) -> bool {
        let other = self.sentence(b);
        keyword::pairs_of(&self.sentence(a)).any(|pair| other.contains(&String::from_iter(pair)))
    }

    fn sentence(&self, mention: &Mention) -> Cow<'a, str> {
        match mention.in_table {
            true => self.headings(mention).collect::<Vec<_>>().join("\n").into(),
            false => self.sentence_around(mention).into(),
        }
    }

    /// The sentence of a mention, as far as it is near.
    pub fn sentence_around(&self, mention: &Mention) -> &'a str {
        let (prose, near) = (self.prose(mention), self.near(mention));
        let (start, end) = (mention.sentence.start.max(near.start), mention.sentence.end.min(near.end));
        prose.get(start..end).unwrap_or("")
    }

    /// How many keywords of each of two mentions are not said around the other, counted up to `enough`: the smaller number.
    pub fn unshared(&self, a: &Mention, b: &Mention, enough: usize) -> usize {
        let unsaid = |mention: &Mention, other: &Mention, enough: usize| {
            let is_unsaid = |pair: &&Pair| !self.is_said_around(other, &String::from_iter(**pair));
            mention.keywords.iter().filter(is_unsaid).take(enough).count()
        };
        unsaid(b, a, unsaid(a, b, enough))
    }

    /// Whether one stands in a heading over the other.
    pub fn is_headed(&self, a: &Mention, b: &Mention) -> bool {
        let heads = |heading: &Mention, other: &Mention| {
            let is_apart = !heading.in_table && heading.place.block != other.place.block;
            let prose = self.prose(heading);
            let is_line = || prose.len() <= LONGEST_HEADING && !prose.contains(['。', '；']);
            is_apart
                && is_line()
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

    /// Whether the same members of a list stand right before both numbers: 柳溪、茅坪、石塘3个派出所.
    pub fn share_list(&self, a: &Mention, b: &Mention) -> bool {
        let before = |mention: &Mention| self.prose(mention).get(mention.sentence.start..mention.place.start).unwrap_or("");
        !a.in_table && !b.in_table && wording::ends_with_one_list(before(a), before(b))
    }

    fn prose(&self, mention: &Mention) -> &'a str {
        self.draft.pieces()[mention.place.block].prose()
    }

    /// Whether something is said around a mention: in its block, in the headings over it or in the title.
    pub fn is_said_around(&self, mention: &Mention, text: &str) -> bool {
        self.prose(mention)[self.near(mention)].contains(text)
            || mention.in_table && mention.name.text.contains(text)
            || self.frame.title.contains(text)
            || self.headings(mention).any(|title| title.contains(text))
    }

    /// The text on both sides of a mention that is near, however long its paragraph.
    fn near(&self, mention: &Mention) -> Range<usize> {
        let prose = self.prose(mention);
        border::behind(prose, mention.place.start.saturating_sub(REACH))..border::before(prose, mention.place.end + REACH)
    }

    /// The headings over a mention, the innermost first.
    fn headings(&self, mention: &Mention) -> impl Iterator<Item = &'a str> {
        self.numbering.section_path(mention.place.block).map(|node| self.draft.quote(&node.title))
    }
}
