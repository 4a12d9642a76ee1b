//! Reads a draft's labels in order and finds the list that each belongs to.

use rustc_hash::FxHashMap;
use smallvec::SmallVec;

use super::announced;
use super::contents;
use super::lone;
use super::run::{self, Entry, Trust, Verdict};
use super::slip;
use super::{List, ListId, Node, NodeId, Numbering};
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

    /// The innermost open list that expects just this number. Two items of one Markdown list are never parted.
    fn going_on(&self, key: &Key, number: u32, markdown: Option<u32>) -> Option<ListId> {
        let lists = self.open.get(key)?;
        let innermost = &self.lists[*lists.last()?];
        let bound = markdown.is_some() && innermost.markdown == markdown;
        let expects = |list: ListId| self.lists[list].last.saturating_add(1) == number;
        if let Some(&list) = lists.last().filter(|&&list| expects(list) || bound) {
            return expects(list).then_some(list);
        }
        let around = lists.windows(2).rev().find(|pair| expects(pair[0]) && self.may_hold(pair[0], pair[1]))?;
        Some(around[0])
    }

    /// Whether a list can stand inside the last item of another: that item has paragraphs of its own, or both are in one paragraph.
    fn may_hold(&self, outer: ListId, inner: ListId) -> bool {
        let (Some(&item), Some(&first)) = (self.lists[outer].items.last(), self.lists[inner].items.first()) else {
            return false;
        };
        self.nodes[item].opens() || self.nodes[item].place.block == self.nodes[first].place.block
    }

    /// The list for a label that no open list expects.
    fn list_for(&mut self, key: &Key, reading: &Reading, index: usize, marker: &Marker, heading: Option<u8>) -> Option<ListId> {
        if reading.doubt == Doubt::Bare {
            return None;
        }
        if reading.number == 1 {
            return Some(self.start_list(*key, index, marker, heading));
        }
        let nearest = self.fold_lone(key, reading.number).or_else(|| self.open.get(key)?.last().copied());
        if reading.doubt == Doubt::Ambiguous && reading.style.shape != Shape::Path {
            return nearest.filter(|&list| self.nodes[self.lists[list].items[self.lists[list].items.len() - 1]].place.block == index);
        }
        if let Some(list) = nearest {
            return Some(list);
        }
        if let Some(list) = self.running_on(key, reading.number) {
            return Some(list);
        }
        if let Some(list) = self.mixing_with(key, reading, marker) {
            return Some(list);
        }
        if reading.doubt == Doubt::Ambiguous {
            return None;
        }
        Some(self.start_list(*key, index, marker, heading))
    }

    /// “1 2 1 4”: a lone 1 where the list around it lacks just one number is an item of that list with a wrong number.
    fn fold_lone(&mut self, key: &Key, number: u32) -> Option<ListId> {
        let lists = self.open.get(key)?;
        let [.., outer, lone] = lists[..] else { return None };
        let [item] = self.lists[lone].items[..] else { return None };
        if self.lists[outer].last.saturating_add(2) != number {
            return None;
        }
        self.close(lone);
        let entry = self.lists[lone].entries.pop()?;
        self.lists[lone].items.clear();
        self.nodes[item].item = Some((outer, self.lists[outer].items.len()));
        self.lists[outer].items.push(item);
        self.lists[outer].entries.push(entry);
        Some(outer)
    }

    /// The list of an earlier section that runs on in this one.
    fn running_on(&mut self, key: &Key, number: u32) -> Option<ListId> {
        let list = *self.closed.get(key)?;
        let expected = self.lists[list].last.saturating_add(1);
        let runs = matches!(key.style.shape, Shape::Unit(_) | Shape::Caption(_));
        if number != expected && !runs {
            return None;
        }
        self.reopen(list);
        Some(list)
    }

    /// The list that expects this number in another style: 一、 二、 3、.
    fn mixing_with(&self, key: &Key, reading: &Reading, marker: &Marker) -> Option<ListId> {
        let expects = |list: &ListId| {
            let draught = &self.lists[*list];
            draught.is_open && draught.last.saturating_add(1) == reading.number && draught.key.style != key.style
        };
        if key.style.shape.is_spoken() {
            return self.recent_spoken.filter(expects);
        }
        let mixes = |shape: Shape| matches!(shape, Shape::Comma | Shape::Dot | Shape::Paren | Shape::HalfParen | Shape::Space);
        if !marker.opens || !mixes(key.style.shape) {
            return None;
        }
        let siblings = self
            .stack
            .iter()
            .rev()
            .filter_map(|open| self.nodes[open.node?].item.map(|(list, _)| list));
        siblings.filter(|list| mixes(self.lists[*list].key.style.shape)).find(expects)
    }

    fn reopen(&mut self, list: ListId) {
        self.lists[list].level = self.stack.len();
        self.lists[list].is_open = true;
        self.register(list);
    }

    /// Opens a list where the draft stands now. A list of the same key stays open, for the new one may stand inside its last item: 一、 二、 with
    /// 一、 二、 三、 in it, then 三、.
    fn start_list(&mut self, key: Key, index: usize, marker: &Marker, heading: Option<u8>) -> ListId {
        if let Some(level) = heading {
            self.leave_headings(level);
        }
        let before = self.open.get(&key).and_then(|lists| lists.last().copied());
        if let Some(before) = before.filter(|_| marker.opens && !is_caption(&key))
            && !self.is_led_in(before, index)
        {
            self.step_back_to(self.lists[before].level);
        }
        let beside = before.filter(|&before| self.is_lone_beside(before, index, marker));
        if key.style.shape == Shape::Path && marker.opens {
            self.leave_paths(&key.prefix);
        }
        let list = self.lists.len();
        self.lists.push(Draught {
            key,
            items: Vec::new(),
            entries: Vec::new(),
            last: 0,
            level: self.stack.len(),
            is_open: true,
            markdown: None,
            beside,
        });
        self.register(list);
        list
    }

    /// Whether a list has nothing but a “1” that the “1” at this place may repeat.
    fn is_lone_beside(&self, list: ListId, index: usize, marker: &Marker) -> bool {
        let draught = &self.lists[list];
        let [only] = draught.items[..] else { return false };
        let node = &self.nodes[only];
        let alike = node.opens() == marker.opens && (marker.opens || node.place.block == index);
        let sure = marker.reading.doubt == Doubt::None && draught.entries[0].trust == Trust::Sure;
        alike && sure && draught.last == 1 && draught.level == self.stack.len() && !is_caption(&draught.key) && !self.is_led_in(list, index)
    }

    /// Whether a list is led in by the last item of another: this item ends with a colon, and the list begins right after it.
    fn is_led_in(&self, list: ListId, index: usize) -> bool {
        let Some(&last) = self.lists[list].items.last() else { return false };
        let block = self.nodes[last].place.block;
        block + 1 == index && self.draft.pieces()[block].prose().trim_end().ends_with(['：', ':'])
    }

    fn register(&mut self, list: ListId) {
        let open = self.open.entry(self.lists[list].key).or_default();
        open.retain(|other| *other != list);
        if open.len() == DEEPEST_SAME {
            open.remove(0);
        }
        open.push(list);
        // Captions are counted through the whole draft, whatever section they stand in.
        let section = if is_caption(&self.lists[list].key) {
            self.stack.first_mut()
        } else {
            self.stack.last_mut()
        };
        if let Some(section) = section {
            section.lists.push(list);
        }
    }

    fn close(&mut self, list: ListId) {
        let key = self.lists[list].key;
        if let Some(open) = self.open.get_mut(&key) {
            open.retain(|other| *other != list);
        }
        self.lists[list].is_open = false;
        self.closed.insert(key, list);
    }

    /// Ends the lists of the same key that began inside this one, as it goes on.
    fn close_inside(&mut self, list: ListId) {
        let Some(lists) = self.open.get(&self.lists[list].key) else { return };
        let inside: SmallVec<[ListId; DEEPEST_SAME]> = lists.iter().rev().copied().take_while(|&other| other != list).collect();
        for other in inside {
            self.close(other);
        }
    }

    /// Closes sections until `level` are open, and the lists in them.
    fn leave_to(&mut self, level: usize) {
        while self.stack.len() > level.max(1) {
            let Some(left) = self.stack.pop() else { return };
            for list in left.lists {
                self.close(list);
            }
        }
    }

    /// Closes sections until `level` are open, but not the lists in them, which may still go on.
    fn step_back_to(&mut self, level: usize) {
        while self.stack.len() > level.max(1) {
            let Some(left) = self.stack.pop() else { return };
            let level = self.stack.len();
            for list in left.lists {
                self.lists[list].level = level;
                self.stack[level - 1].lists.push(list);
            }
        }
    }

    /// Closes the items 1.1, 1.2 that end where 2.1 begins, so that these stand beside each other.
    fn leave_paths(&mut self, prefix: &Prefix) {
        let depth = depth_of(prefix);
        let beside = |open: &Open| {
            let list = open.node.and_then(|node| self.nodes[node].item).map(|(list, _)| &self.lists[list].key);
            list.is_some_and(|key| key.style.shape == Shape::Path && depth_of(&key.prefix) >= depth)
        };
        if let Some(level) = self.stack.iter().position(beside) {
            self.leave_to(level);
        }
    }

    /// Closes what a Markdown heading of `level` ends.
    fn leave_headings(&mut self, level: u8) {
        let kept = self.stack.iter().rposition(|open| open.heading.is_some_and(|other| other < level));
        self.leave_to(kept.map_or(1, |index| index + 1));
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

    /// 一、 一、 二、 is one list with a slip, not two lists.
    fn join_lone_lists(&mut self) {
        for list in 0..self.lists.len() {
            let Some(beside) = self.lists[list].beside.filter(|&beside| self.lists[beside].items.len() == 1) else {
                continue;
            };
            if self.lists[list].items.len() < 2 && !self.nodes[self.lists[list].items[0]].opens() {
                continue;
            }
            let lone = std::mem::take(&mut self.lists[beside].items);
            let entries = std::mem::take(&mut self.lists[beside].entries);
            self.lists[list].items.splice(0..0, lone);
            self.lists[list].entries.splice(0..0, entries);
            for (place, &node) in self.lists[list].items.iter().enumerate() {
                self.nodes[node].item = Some((list, place));
            }
        }
    }

    fn push_section(&mut self, marker: Option<Marker>, place: Place, title: Place, heading: Option<u8>) -> NodeId {
        let node = self.push_node(marker, place, title, heading);
        self.stack.push(Open {
            node: Some(node),
            heading,
            lists: SmallVec::new(),
        });
        node
    }

    fn push_node(&mut self, marker: Option<Marker>, place: Place, title: Place, heading: Option<u8>) -> NodeId {
        let parent = self.stack.last().and_then(|open| open.node);
        let blocks = place.block..place.block + 1;
        self.nodes.push(Node {
            place,
            marker,
            title,
            blocks,
            parent,
            level: parent.map_or(0, |parent| self.nodes[parent].level + 1),
            heading,
            item: None,
        });
        self.nodes.len() - 1
    }

    fn finish(mut self) -> Numbering {
        for (block, section) in self.sections.iter().enumerate() {
            if let Some(node) = *section {
                self.nodes[node].blocks.end = block + 1;
            }
        }
        // Children come after their parents, so one pass from the end carries each section's end outward.
        for node in (0..self.nodes.len()).rev() {
            if let Some(parent) = self.nodes[node].parent {
                let end = self.nodes[node].blocks.end;
                let blocks = &mut self.nodes[parent].blocks;
                blocks.end = blocks.end.max(end);
            }
        }
        self.join_lone_lists();
        let mut lists: Vec<List> = self
            .lists
            .into_iter()
            .map(|draught| finish_list(self.draft, &self.nodes, draught))
            .collect();
        lone::note(self.draft, &self.nodes, &mut lists);
        Numbering {
            miscounts: announced::miscounts(self.draft, &self.nodes, &lists),
            nodes: self.nodes,
            lists,
            sections: self.sections,
        }
    }
}

fn finish_list(draft: &Draft, nodes: &[Node], draught: Draught) -> List {
    let mut list = List {
        style: draught.key.style,
        prefix: draught.key.prefix,
        verdicts: run::explain(&draught.entries, 1),
        items: draught.items,
        slips: Vec::new(),
    };
    list.style = most_frequent_style(nodes, &list);
    list.slips = slip::slips(draft, nodes, &list);
    list
}

/// The style of most items; of the first, if several are as frequent.
fn most_frequent_style(nodes: &[Node], list: &List) -> Style {
    let mut counts: SmallVec<[(Style, usize); 2]> = SmallVec::new();
    let taken = list.items.iter().zip(&list.verdicts).filter(|(_, verdict)| **verdict != Verdict::Foreign);
    for style in taken.filter_map(|(&node, _)| nodes[node].marker.as_ref().map(|marker| marker.reading.style)) {
        match counts.iter_mut().find(|(other, _)| *other == style) {
            Some((_, count)) => *count += 1,
            None => counts.push((style, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counts.iter().find(|(_, count)| *count == most).map_or(list.style, |(style, _)| *style)
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

/// How many numbers stand before the last.
fn depth_of(prefix: &Prefix) -> usize {
    prefix.iter().filter(|number| **number > 0).count()
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
