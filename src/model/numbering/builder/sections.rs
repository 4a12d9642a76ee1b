//! Sections stand inside each other; a label or a heading leaves some of them and opens one.

use smallvec::SmallVec;

use super::{Builder, Open};
use crate::draft::Place;
use crate::facts::marker::{Marker, Prefix, Shape};
use crate::model::numbering::{Node, NodeId};

impl Builder<'_> {
    /// Closes sections until `level` are open, and the lists in them.
    pub(super) fn leave_to(&mut self, level: usize) {
        while self.stack.len() > level.max(1) {
            let Some(left) = self.stack.pop() else { return };
            for list in left.lists {
                self.close(list);
            }
        }
    }

    /// Closes sections until `level` are open, but not the lists in them, which may still go on.
    pub(super) fn step_back_to(&mut self, level: usize) {
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
    pub(super) fn leave_paths(&mut self, prefix: &Prefix) {
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
    pub(super) fn leave_headings(&mut self, level: u8) {
        let kept = self.stack.iter().rposition(|open| open.heading.is_some_and(|other| other < level));
        self.leave_to(kept.map_or(1, |index| index + 1));
    }

    pub(super) fn push_section(&mut self, marker: Option<Marker>, place: Place, title: Place, heading: Option<u8>) -> NodeId {
        let node = self.push_node(marker, place, title, heading);
        self.stack.push(Open {
            node: Some(node),
            heading,
            lists: SmallVec::new(),
        });
        node
    }

    pub(super) fn push_node(&mut self, marker: Option<Marker>, place: Place, title: Place, heading: Option<u8>) -> NodeId {
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
}

/// How many numbers stand before the last.
fn depth_of(prefix: &Prefix) -> usize {
    prefix.iter().filter(|number| **number > 0).count()
}
