//! What is wrong with a list, one slip for each cause.

use rustc_hash::FxHashMap;

use super::run::Verdict;
use super::{List, Node};
use crate::draft::Draft;
use crate::facts::marker::{Doubt, Shape};

/// One slip of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slip {
    pub kind: Kind,
    /// The items it covers, by their place in the list: `from` up to but not with `to`.
    pub from: usize,
    pub to: usize,
    /// The number that the first of them should have.
    pub expected: u32,
    pub confidence: Confidence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Numbers from the expected one on are missing before the item.
    Gap,
    /// The item has the number of the other one.
    Repeat { other: usize },
    /// The item's number, or the items' numbers, stand in the wrong order.
    Order,
    /// The label is not of the form that the others of the list have.
    Mixed,
    /// The label lacks a character or has a wrong one.
    Damaged,
    /// The list has one item only.
    Lone,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    Faint,
    Likely,
    Certain,
}

/// The most numbers that are believed to be missing at one place.
const WIDEST_GAP: u32 = 5;

/// The slips of a list, in order.
pub(super) fn slips(draft: &Draft, nodes: &[Node], list: &List) -> Vec<Slip> {
    if matches!(list.style.shape, Shape::Side) {
        return Vec::new();
    }
    let is_doubtful = list.items.iter().any(|&node| nodes[node].doubt() != Doubt::None);
    let reader = Reader {
        draft,
        nodes,
        list,
        is_doubtful,
    };
    let mut slips = reader.of_numbers();
    if slips.len() > 1 + list.items.len() / 4 {
        // So many slips mean that these numbers are no list.
        slips.clear();
    }
    slips.extend(reader.of_forms());
    slips.sort_by_key(|slip| slip.from);
    slips
}

struct Reader<'a> {
    draft: &'a Draft,
    nodes: &'a [Node],
    list: &'a List,
    /// Whether some of the labels may be none.
    is_doubtful: bool,
}

impl Reader<'_> {
    fn node(&self, item: usize) -> &Node {
        &self.nodes[self.list.items[item]]
    }

    fn number(&self, item: usize) -> u32 {
        self.node(item).marker.as_ref().map_or(0, |marker| marker.reading.number)
    }

    fn of_numbers(&self) -> Vec<Slip> {
        let mut slips = Vec::new();
        let mut seen: FxHashMap<u32, usize> = FxHashMap::default();
        let mut item = 0;
        while item < self.list.items.len() {
            let to = self.end_of_run(item);
            if let Some(slip) = self.slip_at(item, to, &seen) {
                slips.push(slip);
            }
            for passed in item..to {
                if self.list.verdicts[passed] != Verdict::Foreign {
                    seen.insert(self.number(passed), passed);
                }
            }
            item = to;
        }
        slips
    }

    /// Wrong numbers next to each other are read as one slip if they changed places.
    fn end_of_run(&self, from: usize) -> usize {
        let odd = self.list.verdicts[from..]
            .iter()
            .take_while(|verdict| matches!(verdict, Verdict::Odd { .. }))
            .count();
        from + odd.max(1)
    }

    fn slip_at(&self, from: usize, to: usize, seen: &FxHashMap<u32, usize>) -> Option<Slip> {
        let number = self.number(from);
        let (expected, jumps) = match self.list.verdicts[from] {
            Verdict::Fits | Verdict::Foreign => return None,
            Verdict::Jump { expected } => (expected, true),
            Verdict::Odd { expected } => (expected, false),
        };
        let slip = |kind, confidence| Slip {
            kind,
            from,
            to,
            expected,
            confidence,
        };
        if from == 0 {
            return self.late_start(number).map(|confidence| slip(Kind::Gap, confidence));
        }
        if let Some(&other) = seen.get(&number).or(self.next_with(number, to).as_ref()).filter(|_| to == from + 1) {
            return (!self.same_title(from, other)).then(|| slip(Kind::Repeat { other }, self.confidence_at(from)));
        }
        if jumps && number > expected {
            let confidence = if number - expected <= WIDEST_GAP {
                self.confidence()
            } else {
                Confidence::Faint
            };
            return (self.list.style.shape != Shape::Word).then(|| slip(Kind::Gap, confidence));
        }
        (self.list.style.shape != Shape::Word).then(|| slip(Kind::Order, self.confidence_at(from)))
    }

    /// A number that stands too early may be that of the item right after.
    fn next_with(&self, number: u32, next: usize) -> Option<usize> {
        (next < self.list.items.len() && self.number(next) == number && self.list.verdicts[next] == Verdict::Fits).then_some(next)
    }

    /// A list that does not begin with its first number: an excerpt may begin anywhere, but one number is easily lost.
    fn late_start(&self, number: u32) -> Option<Confidence> {
        let items = self.list.items.len();
        if number != 2 || items < 2 || self.list.style.shape == Shape::Word {
            return None;
        }
        Some(if items >= 3 && self.node(0).opens() {
            Confidence::Likely
        } else {
            Confidence::Faint
        })
    }

    fn confidence_at(&self, item: usize) -> Confidence {
        // A number inside a paragraph that should go on with a list of whole paragraphs is more likely of another list.
        let stands_apart = item > 0 && self.node(item).opens() != self.node(item - 1).opens();
        if stands_apart && !self.list.style.shape.is_spoken() {
            Confidence::Faint
        } else {
            self.confidence()
        }
    }

    fn confidence(&self) -> Confidence {
        let items = self.list.items.len();
        match self.list.style.shape {
            Shape::Word => Confidence::Faint,
            _ if self.is_doubtful && items < 4 => Confidence::Faint,
            _ if items >= 4 && !self.is_doubtful => Confidence::Certain,
            _ => Confidence::Likely,
        }
    }

    /// Whether two items are one, printed twice: a running head, or a caption over both halves of a table.
    fn same_title(&self, one: usize, other: usize) -> bool {
        let title = |item: usize| self.draft.quote(&self.node(item).title);
        title(one) == title(other)
    }

    fn of_forms(&self) -> Vec<Slip> {
        let mut slips = Vec::new();
        // 首先 before 二是 or 第二， is how many people speak.
        let begins_with_word = self.list.items.first().and_then(|&node| self.nodes[node].marker.as_ref());
        let mut mixed = begins_with_word.is_some_and(|marker| marker.reading.style.shape == Shape::Word);
        for (item, verdict) in self.list.verdicts.iter().enumerate() {
            let node = self.node(item);
            let Some(marker) = node.marker.as_ref().filter(|_| *verdict != Verdict::Foreign) else {
                continue;
            };
            let kind = match marker.reading.doubt {
                Doubt::Bare | Doubt::Damaged => Kind::Damaged,
                _ if !mixed && marker.reading.style != self.list.style => Kind::Mixed,
                _ => continue,
            };
            mixed |= kind == Kind::Mixed;
            slips.push(Slip {
                kind,
                from: item,
                to: item + 1,
                expected: marker.reading.number,
                confidence: self.confidence_of_form(kind),
            });
        }
        slips
    }

    fn confidence_of_form(&self, kind: Kind) -> Confidence {
        let spoken = self.list.style.shape.is_spoken();
        match kind {
            Kind::Mixed if spoken || self.list.items.len() < 3 => Confidence::Faint,
            _ => Confidence::Likely,
        }
    }
}
