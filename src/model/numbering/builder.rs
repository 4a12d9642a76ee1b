//! Reads a draft's labels in order and finds the list that each belongs to.

mod choice;
mod finish;
mod lists;
mod sections;

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::contents;
use super::run::{Entry, Trust};
use super::{ListId, Node, NodeId, Numbering};
use crate::draft::{Draft, Piece, Place};
use crate::facts::marker::{Doubt, Marker, Prefix, Reading, Shape, Style};
use crate::source::block::Kind;

pub(super) fn build(draft: &Draft) -> Numbering {
    let contents = contents::find(draft);
    let mut builder = Builder::new(draft);
    for (index, piece) in draft.pieces().iter().enumerate() {
        if contents.contains(&index) {
            builder.pass_over();
        } else {
            builder.take_block(index, piece);
        }
    }
    builder.finish()
}

/// Labels with the same key may go on with one list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    style: Style,
    prefix: Prefix,
    /// How deep the item is nested in Markdown's own lists.
    depth: Option<u8>,
}

/// A list while it is read.
struct Draught {
    key: Key,
    items: Vec<NodeId>,
    entries: Vec<Entry>,
    /// The number of the last item that counts.
    last: u32,
    /// How many sections are open where its items stand.
    level: usize,
    is_open: bool,
    /// The Markdown list of its last item.
    markdown: Option<u32>,
    /// The list of the same key that had one item only when this one began beside it.
    beside: Option<ListId>,
}

/// A section that later blocks may still belong to.
struct Open {
    node: Option<NodeId>,
    heading: Option<u8>,
    /// Lists whose items stand directly in it.
    lists: SmallVec<[ListId; 2]>,
}

/// How many lists of one key may be open inside each other.
const DEEPEST_SAME: usize = 4;

struct Builder<'a> {
    draft: &'a Draft,
    nodes: Vec<Node>,
    lists: Vec<Draught>,
    sections: Vec<Option<NodeId>>,
    /// From the draft itself inward.
    stack: Vec<Open>,
    open: FxHashMap<Key, SmallVec<[ListId; 2]>>,
    /// The list of a key that was closed last: it may run on in the next section.
    closed: FxHashMap<Key, ListId>,
    /// The list that the last spoken label went into.
    recent_spoken: Option<ListId>,
    /// The number shown for items whose list is typed with one number throughout, by Markdown list.
    all_alike: FxHashMap<u32, bool>,
}

impl<'a> Builder<'a> {
    fn new(draft: &'a Draft) -> Self {
        Builder {
            draft,
            nodes: Vec::new(),
            lists: Vec::new(),
            sections: Vec::with_capacity(draft.pieces().len()),
            stack: vec![Open {
                node: None,
                heading: None,
                lists: SmallVec::new(),
            }],
            open: FxHashMap::default(),
            closed: FxHashMap::default(),
            recent_spoken: None,
            all_alike: lists_typed_with_one_number(draft),
        }
    }

    /// A block whose labels only repeat those of others.
    fn pass_over(&mut self) {
        self.sections.push(self.stack.last().and_then(|open| open.node));
    }

    fn take_block(&mut self, index: usize, piece: &Piece) {
        let markers = &piece.facts().markers;
        let opening = markers.first().filter(|marker| marker.opens);
        let heading = match piece.block().kind {
            Kind::Heading(level) => Some(level),
            _ => None,
        };
        let placed = opening.is_some_and(|marker| self.take_marker(index, piece, marker, heading));
        if let Some(level) = heading.filter(|_| !placed) {
            self.leave_headings(level);
            let whole = 0..piece.prose().len();
            self.push_section(None, Place::new(index, whole.clone()), Place::new(index, whole), Some(level));
        }
        self.sections.push(self.stack.last().and_then(|open| open.node));
        for marker in markers.iter().filter(|marker| !marker.opens) {
            self.take_marker(index, piece, marker, None);
        }
    }

    /// Puts a label into the list it goes on with or opens; `false` if it is taken for none.
    fn take_marker(&mut self, index: usize, piece: &Piece, marker: &Marker, heading: Option<u8>) -> bool {
        let readings: SmallVec<[&Reading; 2]> = std::iter::once(&marker.reading).chain(&marker.other).collect();
        let keyed: SmallVec<[(Key, Reading); 2]> = readings.iter().map(|reading| self.keyed(index, reading, marker.opens)).collect();
        for (key, reading) in &keyed {
            if let Some(list) = self.going_on(key, reading.number, markdown_list(piece)) {
                self.close_inside(list);
                self.append(list, index, piece, marker, reading, heading);
                return true;
            }
        }
        let (key, reading) = &keyed[0];
        let list = match self.list_for(key, reading, index, marker, heading) {
            Some(list) => list,
            None => return false,
        };
        self.append(list, index, piece, marker, reading, heading);
        true
    }

    /// The key and the reading with the number that a reader sees.
    fn keyed(&self, index: usize, reading: &Reading, opens: bool) -> (Key, Reading) {
        let mut reading = reading.clone();
        let mut depth = None;
        if opens && reading.style.shape == Shape::HalfParen && self.ends_with_open_bracket(index) {
            reading.style.shape = Shape::Paren;
        }
        if let (Kind::Item(item), true) = (&self.draft.pieces()[index].block().kind, opens)
            && let Some(shown) = item.shown
        {
            depth = Some(item.depth);
            if self.all_alike.get(&item.list) == Some(&true) {
                reading.number = u32::try_from(shown).unwrap_or(u32::MAX);
            }
        }
        let key = Key {
            style: reading.style,
            prefix: reading.prefix,
            depth,
        };
        (key, reading)
    }

    /// Whether the bracket of the label “（三）” stayed behind at the end of the block before, where the line was torn.
    fn ends_with_open_bracket(&self, index: usize) -> bool {
        let before = index.checked_sub(1).map(|before| self.draft.pieces()[before].prose().trim_end());
        before.is_some_and(|prose| prose.ends_with(['（', '(']))
    }

    fn append(&mut self, list: ListId, index: usize, piece: &Piece, marker: &Marker, reading: &Reading, heading: Option<u8>) {
        let mut marker = marker.clone();
        marker.reading = reading.clone();
        marker.other = None;
        let title = marker.title(piece.prose());
        let place = Place::new(index, marker.range.clone());
        let title = Place::new(index, title);
        let mixed = reading.style != self.lists[list].key.style;
        let trust = if mixed { Trust::Optional } else { trust(reading) };
        if reading.style.shape.is_spoken() && reading.style.shape != Shape::Side && trust != Trust::Needed {
            self.recent_spoken = Some(list);
        }
        let node = if marker.opens && !is_caption(&self.lists[list].key) {
            self.leave_to(self.lists[list].level);
            self.push_section(Some(marker), place, title, heading)
        } else {
            self.push_node(Some(marker), place, title, None)
        };
        let draught = &mut self.lists[list];
        draught.markdown = markdown_list(piece);
        self.nodes[node].item = Some((list, draught.items.len()));
        draught.items.push(node);
        let number = (reading.number != u32::MAX).then_some(reading.number);
        draught.entries.push(Entry { number, trust });
        if trust != Trust::Needed {
            draught.last = number.unwrap_or(draught.last + 1);
        }
    }
}

fn is_caption(key: &Key) -> bool {
    matches!(key.style.shape, Shape::Caption(_))
}

fn markdown_list(piece: &Piece) -> Option<u32> {
    match &piece.block().kind {
        Kind::Item(item) => Some(item.list),
        _ => None,
    }
}

fn trust(reading: &Reading) -> Trust {
    match reading.doubt {
        Doubt::None | Doubt::Damaged => Trust::Sure,
        Doubt::Ambiguous => Trust::Optional,
        Doubt::Bare => Trust::Needed,
    }
}

/// Markdown lists in which every item is typed with the same number, `1. 1. 1.`: they are numbered when they are shown.
fn lists_typed_with_one_number(draft: &Draft) -> FxHashMap<u32, bool> {
    let mut typed: FxHashMap<u32, (u32, bool)> = FxHashMap::default();
    for piece in draft.pieces() {
        let Kind::Item(item) = &piece.block().kind else { continue };
        let Some(marker) = piece.facts().markers.first().filter(|marker| marker.opens && item.shown.is_some()) else {
            continue;
        };
        let number = marker.reading.number;
        typed
            .entry(item.list)
            .and_modify(|(first, alike)| *alike &= *first == number)
            .or_insert((number, true));
    }
    typed.into_iter().map(|(list, (_, alike))| (list, alike)).collect()
}
