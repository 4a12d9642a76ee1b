//! The tree and the lists, when the whole draft has been read.

use smallvec::SmallVec;

use super::{Builder, Draught};
use crate::draft::Draft;
use crate::facts::marker::Style;
use crate::model::numbering::run::{self, Verdict};
use crate::model::numbering::{List, Node, Numbering, announced, displaced, lone, slip};

impl Builder<'_> {
    pub(super) fn finish(mut self) -> Numbering {
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
        displaced::note(&self.nodes, &mut lists);
        Numbering {
            miscounts: announced::miscounts(self.draft, &self.nodes, &lists),
            nodes: self.nodes,
            lists,
            sections: self.sections,
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
