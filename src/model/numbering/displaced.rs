//! An item that stands before the items it should follow: 3、 1. 2.
//!
//! Moved by itself, it makes a list of its own, and often it was written in another form as well.

use super::slip::{Confidence, Kind, Slip};
use super::{List, Node};
use crate::facts::marker::script::Script;
use crate::facts::marker::{Doubt, Shape};

/// Adds a slip to the only item of a list if the items right behind it, in a list of their own, count up to just before its number.
pub(super) fn note(nodes: &[Node], lists: &mut [List]) {
    let displaced: Vec<usize> = (0..lists.len()).filter(|&list| is_displaced(nodes, lists, list)).collect();
    for list in displaced {
        lists[list].slips = vec![Slip {
            kind: Kind::Order,
            from: 0,
            to: 1,
            expected: 1,
            confidence: Confidence::Likely,
        }];
    }
}

fn is_displaced(nodes: &[Node], lists: &[List], id: usize) -> bool {
    let list = &lists[id];
    let [only] = list.items[..] else { return false };
    let Some(number) = plain_number(&nodes[only]).filter(|number| *number > 2) else {
        return false;
    };
    let Some((behind, 0)) = nodes.get(only + 1).and_then(|next| next.item) else {
        return false;
    };
    let others = &lists[behind].items;
    let counts_up = others
        .iter()
        .zip(1..)
        .all(|(item, expected)| plain_number(&nodes[*item]) == Some(expected));
    behind != id && others.len() as u32 + 1 == number && counts_up
}

/// The number of an item that begins a block with 3、 or 3. and nothing doubtful.
fn plain_number(node: &Node) -> Option<u32> {
    let marker = node.marker.as_ref().filter(|marker| marker.opens)?;
    let reading = &marker.reading;
    let is_plain = matches!(reading.style.shape, Shape::Comma | Shape::Dot) && reading.style.script == Script::Digits;
    (is_plain && reading.doubt == Doubt::None).then_some(reading.number)
}
