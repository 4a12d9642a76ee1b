//! Which list a label goes on with, or that it opens one.

use super::{Builder, Key};
use crate::facts::marker::{Doubt, Marker, Reading, Shape};
use crate::model::numbering::ListId;

impl Builder<'_> {
    /// The innermost open list that expects just this number. Two items of one Markdown list are never parted.
    pub(super) fn going_on(&self, key: &Key, number: u32, markdown: Option<u32>) -> Option<ListId> {
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
    pub(super) fn list_for(&mut self, key: &Key, reading: &Reading, index: usize, marker: &Marker, heading: Option<u8>) -> Option<ListId> {
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
}
