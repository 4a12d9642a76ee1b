//! Labels that stand under a label of a lower level: 一、 under 1.

use super::{Node, NodeId, Numbering};
use crate::facts::marker::script::Script;
use crate::facts::marker::{Doubt, Reading, Shape};

/// A list whose labels are of a higher level than the label it stands under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Climb {
    /// The list's first item.
    pub inner: NodeId,
    /// The item that the list stands under.
    pub outer: NodeId,
    /// The levels of the two labels, inner and outer, counted from one.
    pub levels: (u8, u8),
}

impl Numbering {
    /// The lists that climb back, in reading order. A list counts only where that around it goes on after it: a draft may begin with “1. 2.” and have
    /// its sections “一、 二、” after that.
    pub fn climbs(&self) -> impl Iterator<Item = Climb> {
        self.lists().iter().filter_map(|list| {
            let [inner, _, ..] = list.items[..] else { return None };
            let outer = self.nodes()[inner].parent?;
            let levels = (level(&self.nodes()[inner])?, level(&self.nodes()[outer])?);
            (levels.0 < levels.1 && self.goes_on_after(outer, inner)).then_some(Climb { inner, outer, levels })
        })
    }

    /// Whether the list of the outer item has one more item after that, beside it.
    fn goes_on_after(&self, outer: NodeId, inner: NodeId) -> bool {
        let node = &self.nodes()[outer];
        let next = node.item.and_then(|(list, place)| self.lists()[list].items.get(place + 1));
        next.is_some_and(|&next| next > inner && self.nodes()[next].parent == node.parent)
    }
}

/// The level that a label has by GB/T 15834-2011, B.3.8: 一、 （一） 1. （1） ①, counted from one.
fn level(node: &Node) -> Option<u8> {
    let marker = node.marker.as_ref().filter(|marker| marker.opens)?;
    let Reading { style, doubt, .. } = &marker.reading;
    if *doubt != Doubt::None {
        return None;
    }
    match (style.shape, style.script) {
        (Shape::Comma | Shape::Dot, Script::Han) => Some(1),
        (Shape::Paren, Script::Han) => Some(2),
        (Shape::Comma | Shape::Dot, Script::Digits) | (Shape::Bare, Script::Dotted) => Some(3),
        (Shape::Paren, Script::Digits) | (Shape::Bare, Script::Bracketed) => Some(4),
        (Shape::Bare, Script::Circled) => Some(5),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draft::Draft;
    use crate::source::Format;

    /// Each list that climbs back, as its first label and the label over it.
    fn climbs(text: &str) -> Vec<(String, String)> {
        let draft = Draft::new(text, Format::Plain);
        let numbering = Numbering::build(&draft);
        let label = |node: NodeId| draft.quote(&numbering.nodes()[node].place).to_owned();
        numbering.climbs().map(|climb| (label(climb.inner), label(climb.outer))).collect()
    }

    #[test]
    fn a_list_under_a_lower_level_climbs_back() {
        let text = "1.回顾\n一、农业\n增产。\n二、工业\n增收。\n2.打算\n再增收。\n";
        assert_eq!(climbs(text), [("一、".to_owned(), "1.".to_owned())]);
        let text = "一、回顾\n（1）农业\n1、抓早\n2、抓小\n（2）工业\n增收。\n";
        assert_eq!(climbs(text), [("1、".to_owned(), "（1）".to_owned())]);
    }

    #[test]
    fn levels_may_start_anywhere_and_skip() {
        for text in [
            "一、回顾\n1.农业\n（1）抓早\n（2）抓小\n2.工业\n二、打算\n",
            "（一）农业\n①抓早\n②抓小\n（二）工业\n",
            "1.学文件。\n2.谈体会。\n一、回顾\n增收。\n二、打算\n再增收。\n",
        ] {
            assert_eq!(climbs(text), [], "{text}");
        }
    }
}
