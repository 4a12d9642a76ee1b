//! References to numbered parts of the draft, and the parts that they name.

use rustc_hash::{FxHashMap, FxHashSet};

use super::numbering::slip::Kind;
use super::numbering::{List, Numbering};
use crate::draft::{Draft, Place};
use crate::facts::marker::script::Script;
use crate::facts::marker::{Caption, Marker, Prefix, Shape, Unit};
use crate::facts::reference::{Reference, Target};

/// References that lead nowhere, and captions that nothing leads to.
#[derive(Debug, Default)]
pub struct References {
    pub dangling: Vec<Dangling>,
    /// Captions that the text never mentions, though it mentions others of their kind.
    pub unmentioned: Vec<Place>,
}

/// A reference to a part that the draft does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dangling {
    pub place: Place,
    /// The number in it.
    pub numeral: Place,
    /// How many parts of the kind there are.
    pub parts: usize,
    /// The last part of the kind, and its number if that alone tells it from the others.
    pub last: Place,
    pub last_number: Option<u32>,
    /// The only part of the kind that nothing leads to: probably what is meant.
    pub meant: Option<(Place, Place)>,
}

type Name = (Target, Prefix, u32);

/// A numbered part of the draft.
struct Part {
    name: Name,
    place: Place,
    numeral: Place,
}

impl References {
    pub fn build(draft: &Draft, numbering: &Numbering) -> Self {
        let mut index = Index::read(draft);
        index.add_sections(numbering);
        let renumbered = expected_by_repeats(numbering);
        let mut unmentioned = index.unmentioned(draft);
        let mut dangling: Vec<Dangling> = Vec::new();
        for (block, reference) in references(draft).filter(|(_, reference)| reference.is_pointed) {
            let name = (reference.target, reference.prefix, reference.number);
            if renumbered.contains(&name) {
                continue;
            }
            dangling.extend(index.dangling(block, reference, &mut unmentioned));
        }
        let unmentioned = unmentioned.into_values().flatten().map(|part| part.place.clone());
        let mut unmentioned: Vec<Place> = unmentioned.collect();
        unmentioned.sort_unstable();
        References { dangling, unmentioned }
    }
}

/// The label of the part that a reference names, if the draft has it.
pub fn part_of(draft: &Draft, reference: &Reference) -> Option<Place> {
    let index = Index::read(draft);
    let name = (reference.target, reference.prefix, reference.number);
    let mut parts = index.parts.get(&reference.target)?.iter();
    parts.find(|part| part.name == name).map(|part| part.place.clone())
}

/// The places that name the part whose label stands at `place`, and the label itself.
pub fn mentions_of(draft: &Draft, place: &Place) -> Vec<Place> {
    let index = Index::read(draft);
    let Some(part) = index.parts.values().flatten().find(|part| part.place == *place) else {
        return Vec::new();
    };
    let names = |reference: &Reference| (reference.target, reference.prefix, reference.number) == part.name;
    let mentions = references(draft).filter(|(_, reference)| names(reference));
    let mut places: Vec<Place> = mentions.map(|(block, reference)| Place::new(block, reference.range.clone())).collect();
    places.push(place.clone());
    places.sort_unstable();
    places
}

fn references(draft: &Draft) -> impl Iterator<Item = (usize, &Reference)> {
    let pieces = draft.pieces().iter().enumerate();
    pieces.flat_map(|(block, piece)| piece.facts().references.iter().map(move |reference| (block, reference)))
}

/// Captions whose number is a slip for another: what points at that other number is right.
fn expected_by_repeats(numbering: &Numbering) -> FxHashSet<Name> {
    let mut names = FxHashSet::default();
    for list in numbering.lists() {
        let Shape::Caption(caption) = list.style.shape else { continue };
        let slips = list.slips.iter().filter(|slip| matches!(slip.kind, Kind::Repeat { .. } | Kind::Order));
        names.extend(slips.map(|slip| (Target::Caption(caption), list.prefix, slip.expected)));
    }
    names
}

/// The parts of a draft by kind, and what is mentioned.
struct Index {
    parts: FxHashMap<Target, Vec<Part>>,
    /// The part of each kind that has the highest number, by its place among the parts.
    last: FxHashMap<Target, usize>,
    names: FxHashSet<Name>,
    mentioned: FxHashSet<Name>,
}

impl Index {
    fn read(draft: &Draft) -> Self {
        let mut index = Index {
            parts: FxHashMap::default(),
            last: FxHashMap::default(),
            names: FxHashSet::default(),
            mentioned: references(draft)
                .map(|(_, reference)| (reference.target, reference.prefix, reference.number))
                .collect(),
        };
        for (block, piece) in draft.pieces().iter().enumerate() {
            let markers = &piece.facts().markers;
            for marker in markers {
                index.add(block, marker);
            }
        }
        index.add_annexes(draft);
        index
    }

    fn add(&mut self, block: usize, marker: &Marker) {
        let target = match marker.reading.style.shape {
            Shape::Caption(caption) => Target::Caption(caption),
            Shape::Unit(unit) => Target::Unit(unit),
            Shape::Path => Target::Path,
            _ => return,
        };
        self.add_part((target, marker.reading.prefix, marker.reading.number), block, marker);
    }

    fn add_part(&mut self, name: Name, block: usize, marker: &Marker) {
        self.names.insert(name);
        let parts = self.parts.entry(name.0).or_default();
        let last = self.last.entry(name.0).or_default();
        parts.push(Part {
            name,
            place: Place::new(block, marker.range.clone()),
            numeral: Place::new(block, marker.reading.numeral.clone()),
        });
        if name >= parts[*last].name {
            *last = parts.len() - 1;
        }
    }

    /// The list after “附件：” names annexes by bare numbers, in the same line or in those that follow.
    fn add_annexes(&mut self, draft: &Draft) {
        let mut in_list = false;
        for (block, piece) in draft.pieces().iter().enumerate() {
            let is_head = piece
                .prose()
                .strip_prefix("附件")
                .is_some_and(|rest| rest.trim_start().starts_with(['：', ':']));
            let markers = &piece.facts().markers;
            let numbered = markers
                .iter()
                .filter(|marker| matches!(marker.reading.style.shape, Shape::Dot | Shape::Comma));
            let mut numbered = numbered.peekable();
            in_list = is_head || in_list && numbered.peek().is_some();
            for marker in numbered.filter(|_| in_list) {
                let name = (Target::Caption(Caption::Annex), Prefix::default(), marker.reading.number);
                self.add_part(name, block, marker);
            }
        }
    }

    /// Where no part is labelled 第一部分, the parts of a draft are its sections 一、 二、 of the outermost level, in the order in which they stand.
    fn add_sections(&mut self, numbering: &Numbering) {
        let target = Target::Unit(Unit::Portion);
        if self.parts.contains_key(&target) {
            return;
        }
        let nodes = numbering.nodes();
        // An excerpt that begins with 三、 does not tell how many parts there are, and neither do sections inside labelled ones.
        let is_outermost = |list: &&List| {
            let is_section = list.style.script == Script::Han && list.style.shape == Shape::Comma;
            let first = list.items.first().map(|&node| &nodes[node]).filter(|node| node.opens());
            let begins = first
                .and_then(|node| node.marker.as_ref())
                .is_some_and(|marker| marker.reading.number == 1);
            let parent = first.and_then(|node| node.parent).and_then(|parent| nodes[parent].marker.as_ref());
            is_section && begins && parent.is_none()
        };
        let mut lists = numbering.lists().iter().filter(is_outermost);
        let (Some(list), None) = (lists.next(), lists.next()) else { return };
        for (number, &node) in (1..).zip(&list.items) {
            if let Some(marker) = &nodes[node].marker {
                self.add_part((target, Prefix::default(), number), nodes[node].place.block, marker);
            }
        }
    }

    /// Captions that nothing leads to, by kind. Where most are not mentioned, or only one is there, it is the draft's habit.
    fn unmentioned(&self, draft: &Draft) -> FxHashMap<Target, Vec<&Part>> {
        let mut unmentioned = FxHashMap::default();
        for (target, parts) in &self.parts {
            if !matches!(target, Target::Caption(Caption::Figure | Caption::Table)) {
                continue;
            }
            let lacks = |part: &&Part| !self.mentioned.contains(&part.name) && !is_pointed_at_nearby(draft, part);
            let lacking: Vec<&Part> = parts.iter().filter(lacks).collect();
            if lacking.len() * 2 <= parts.len() {
                unmentioned.insert(*target, lacking);
            }
        }
        unmentioned
    }

    /// The reference as dangling, if its part is not there while others of its kind are.
    fn dangling(&self, block: usize, reference: &Reference, unmentioned: &mut FxHashMap<Target, Vec<&Part>>) -> Option<Dangling> {
        let name = (reference.target, reference.prefix, reference.number);
        let parts = self.parts.get(&reference.target).filter(|_| !self.names.contains(&name))?;
        let fewest = if matches!(reference.target, Target::Caption(_)) { 1 } else { 2 };
        let last = &parts[*self.last.get(&reference.target)?];
        // Articles and chapters are cut from excerpts; what lies beyond the last one was never there.
        let beyond = reference.number > last.name.2 || matches!(reference.target, Target::Caption(_) | Target::Path);
        let same_depth = (reference.prefix == Prefix::default()) == (last.name.1 == Prefix::default());
        if parts.len() < fewest || !beyond || !same_depth || matches!(reference.target, Target::Unit(Unit::Paragraph)) {
            return None;
        }
        let meant = unmentioned.get_mut(&reference.target).filter(|parts| parts.len() == 1).and_then(Vec::pop);
        Some(Dangling {
            place: Place::new(block, reference.range.clone()),
            numeral: Place::new(block, reference.numeral.clone()),
            parts: parts.len(),
            last: last.place.clone(),
            last_number: (last.name.1 == reference.prefix).then_some(last.name.2),
            meant: meant.map(|part| (part.place.clone(), part.numeral.clone())),
        })
    }
}

/// Whether the paragraphs beside a caption lead to it without its number: 如下表, 见下图.
fn is_pointed_at_nearby(draft: &Draft, part: &Part) -> bool {
    let block = part.place.block;
    let pieces = draft.pieces();
    let beside = &pieces[block.saturating_sub(2)..(block + 3).min(pieces.len())];
    beside.iter().any(|piece| piece.facts().points_nearby)
}
