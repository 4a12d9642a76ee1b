//! Lists are opened, closed and opened again as the draft is read.

use smallvec::SmallVec;

use super::{Builder, DEEPEST_SAME, Draught, Key, is_caption};
use crate::facts::marker::{Doubt, Marker, Shape};
use crate::model::numbering::ListId;
use crate::model::numbering::run::Trust;

impl Builder<'_> {
    /// Opens a list where the draft stands now. A list of the same key stays open, for the new one may stand inside its last item: 一、 二、 with
    /// 一、 二、 三、 in it, then 三、.
    pub(super) fn start_list(&mut self, key: Key, index: usize, marker: &Marker, heading: Option<u8>) -> ListId {
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

    pub(super) fn reopen(&mut self, list: ListId) {
        self.lists[list].level = self.stack.len();
        self.lists[list].is_open = true;
        self.register(list);
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

    pub(super) fn close(&mut self, list: ListId) {
        let key = self.lists[list].key;
        if let Some(open) = self.open.get_mut(&key) {
            open.retain(|other| *other != list);
        }
        self.lists[list].is_open = false;
        self.closed.insert(key, list);
    }

    /// Ends the lists of the same key that began inside this one, as it goes on.
    pub(super) fn close_inside(&mut self, list: ListId) {
        let Some(lists) = self.open.get(&self.lists[list].key) else { return };
        let inside: SmallVec<[ListId; DEEPEST_SAME]> = lists.iter().rev().copied().take_while(|&other| other != list).collect();
        for other in inside {
            self.close(other);
        }
    }
}
