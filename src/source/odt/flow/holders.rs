//! What holds the units of a flow while they come: paragraphs, cells, and texts of their own.

use super::{Flow, Holder, Unit};
use crate::source::office::Story;

impl Flow<'_> {
    /// Begins a flow of its own, which lists around do not reach into.
    pub(super) fn enter(&mut self, story: Story) {
        self.stories.push(std::mem::replace(&mut self.story, story));
        self.lists.enter();
        self.holders.push(Holder::Flow(Vec::new()));
    }

    pub(super) fn leave(&mut self) -> Vec<Unit> {
        self.end_flow();
        self.story = self.stories.pop().unwrap_or(Story::Body);
        self.lists.leave();
        match self.holders.pop() {
            Some(Holder::Flow(units)) => units,
            _ => Vec::new(),
        }
    }

    /// Puts what was deleted into the open paragraph. Where it holds the ends of paragraphs, what comes next goes on in the last of them.
    pub(super) fn put_back(&mut self, id: Option<&str>) {
        for (index, unit) in self.tracked.deleted(id).into_iter().enumerate() {
            match (unit, self.holders.last_mut()) {
                (Unit::Paragraph(first), Some(Holder::Paragraph(open))) if index == 0 => {
                    open.text.push_str(&first.text);
                    open.anchored.extend(first.anchored);
                    open.notes.extend(first.notes);
                }
                (Unit::Paragraph(next), Some(Holder::Paragraph(open))) => {
                    let before = std::mem::replace(open, next);
                    self.deliver_beside(Unit::Paragraph(before));
                }
                (unit, Some(Holder::Paragraph(_))) => self.deliver_beside(unit),
                (unit, _) => self.deliver(unit),
            }
        }
    }

    /// The last paragraph of a flow has nothing to go on in.
    pub(super) fn end_flow(&mut self) {
        if let Some(paragraph) = self.unfinished.take() {
            self.deliver(Unit::Paragraph(paragraph));
        }
    }

    /// Hands a unit to what holds it: what stands in a box waits for the paragraph that it is anchored in, what stands in a cell for the cell.
    pub(super) fn deliver(&mut self, unit: Unit) {
        let count = self.holders.len();
        self.deliver_to(count, unit);
    }

    /// Hands a unit to what holds the open paragraph.
    fn deliver_beside(&mut self, unit: Unit) {
        let count = self.holders.len().saturating_sub(1);
        self.deliver_to(count, unit);
    }

    /// Hands a unit to the innermost of so many holders.
    fn deliver_to(&mut self, count: usize, unit: Unit) {
        match self.holders[..count].last_mut() {
            Some(Holder::Paragraph(host)) => host.anchored.push(unit),
            Some(Holder::Cell(cell)) => cell.units.push(unit),
            Some(Holder::Flow(units)) => units.push(unit),
            None => self.content.body.push(unit),
        }
    }
}
