//! The runs of the main part that something is to be written into.

use std::ops::Range;

use quick_xml::events::{BytesStart, Event};

use super::anchor::Anchor;
use crate::source::docx::own::Own;
use crate::source::office::Error;
use crate::source::office::package::PartText;
use crate::source::office::xml::{self, Events};

/// A run, in bytes of the XML. One inside another, as in a text box, belongs to the outermost.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub range: Range<usize>,
    pub start_tag: Range<usize>,
    /// The element of its properties; empty if it has none.
    pub properties: Range<usize>,
    pub children: Vec<Child>,
    /// It is part of a tracked change already.
    pub is_tracked: bool,
}

#[derive(Debug, Clone)]
pub(super) struct Child {
    pub range: Range<usize>,
    /// The content of a text node.
    pub content: Option<Range<usize>>,
    /// White space at its ends counts.
    pub preserves: bool,
}

/// The runs that hold given places.
#[derive(Debug, Default)]
pub(super) struct Runs {
    runs: Vec<Run>,
    greatest_id: i64,
}

/// Identifiers of other documents' making may be as large as they like; those from here on are left to them.
const LARGEST_ID: i64 = 1 << 30;

impl Runs {
    /// Reads the runs that hold, or touch, one of the places.
    pub(super) fn read(part: &PartText, mut places: Vec<usize>) -> Result<Self, Error> {
        places.sort_unstable();
        let mut reader = Reader {
            events: Events::of(part),
            own: Own::of(part)?,
            places,
            runs: Runs::default(),
            open: None,
            depth: 0,
            tracked: 0,
        };
        reader.run()?;
        Ok(reader.runs)
    }

    /// An identifier that, like all greater ones, no element of the document has.
    pub(super) fn first_free_id(&self) -> i64 {
        self.greatest_id + 1
    }

    pub(super) fn as_slice(&self) -> &[Run] {
        &self.runs
    }

    /// Where a comment's range can begin and end: inside text nodes, between the children of a run, or around it.
    pub(super) fn enclose(&self, anchor: &Anchor) -> Option<(usize, usize)> {
        let first = self.at(anchor.start)?;
        let start = first.border_before(anchor.start);
        let end = self.at(anchor.end.checked_sub(1)?)?.border_behind(anchor.end);
        if end > start {
            return Some((start, end));
        }
        Some((first.range.start, first.range.end))
    }

    /// The run that holds a byte.
    pub(super) fn at(&self, byte: usize) -> Option<&Run> {
        let index = self.runs.partition_point(|run| run.range.end <= byte);
        self.runs.get(index).filter(|run| run.range.start <= byte)
    }
}

impl Run {
    /// The nearest place at or before a byte at which the run can be cut.
    pub(super) fn border_before(&self, byte: usize) -> usize {
        let Some(index) = self.children.iter().position(|child| byte < child.range.end) else {
            return self.range.end;
        };
        let child = &self.children[index];
        match &child.content {
            Some(content) if byte > content.start && byte < content.end => byte,
            Some(content) if byte >= content.end => self.border(index + 1),
            _ => self.border(index),
        }
    }

    /// The nearest place at or behind a byte at which the run can be cut.
    pub(super) fn border_behind(&self, byte: usize) -> usize {
        let Some(index) = self.children.iter().position(|child| byte <= child.range.end) else {
            return self.range.end;
        };
        let child = &self.children[index];
        match &child.content {
            Some(content) if byte > content.start && byte < content.end => byte,
            Some(content) if byte <= content.start => self.border(index),
            _ => self.border(index + 1),
        }
    }

    /// The place before a child, which is outside the run for the first one.
    pub(super) fn border(&self, index: usize) -> usize {
        match self.children.get(index) {
            Some(_) if index == 0 => self.range.start,
            Some(child) => child.range.start,
            None => self.range.end,
        }
    }

    /// Where a piece of text begins and ends as cuts of the run; `None` if it is no text of the run's own.
    pub(super) fn cuts(&self, piece: &Range<usize>) -> Option<Range<usize>> {
        let holds = |child: &&Child| match &child.content {
            Some(content) => content.start <= piece.start && piece.end <= content.end,
            None => child.range == *piece,
        };
        self.children.iter().find(holds)?;
        Some(self.border_before(piece.start)..self.border_behind(piece.end))
    }
}

struct Reader<'a> {
    events: Events<'a>,
    own: Own,
    places: Vec<usize>,
    runs: Runs,
    /// The outermost run that is open, and how many elements are open around it.
    open: Option<(Run, usize)>,
    /// How many elements are open.
    depth: usize,
    /// How many tracked changes are open.
    tracked: usize,
}

impl Reader<'_> {
    fn run(&mut self) -> Result<(), Error> {
        loop {
            let start = self.events.position();
            let Some(event) = self.events.next()? else { return Ok(()) };
            let tag = start..self.events.position();
            match event {
                Event::Start(element) => {
                    self.begin(&element, tag);
                    self.tracked += usize::from(is_change(element.local_name().into_inner()));
                    self.depth += 1;
                }
                Event::Empty(element) => {
                    self.begin(&element, tag.clone());
                    self.end(tag.end..tag.end);
                }
                Event::End(element) => {
                    self.tracked -= usize::from(is_change(element.local_name().into_inner()));
                    self.depth -= 1;
                    self.end(tag);
                }
                _ => {}
            }
        }
    }

    fn begin(&mut self, element: &BytesStart, tag: Range<usize>) {
        self.note_id(element);
        let name = element.local_name().into_inner();
        let is_own = self.own.holds(element.name());
        match &mut self.open {
            None if is_own && name == "r" => {
                let run = Run {
                    range: tag.clone(),
                    start_tag: tag,
                    properties: 0..0,
                    children: Vec::new(),
                    is_tracked: self.tracked > 0,
                };
                self.open = Some((run, self.depth));
            }
            Some((run, depth)) if self.depth == *depth + 1 => {
                if is_own && name == "rPr" && run.children.is_empty() && run.properties.is_empty() {
                    run.properties = tag;
                } else {
                    run.children.push(Child {
                        content: (is_own && matches!(name, "t" | "delText")).then_some(tag.end..tag.end),
                        preserves: xml::attribute(element, "space").as_deref() == Some("preserve"),
                        range: tag,
                    });
                }
            }
            // What has elements in it is no text node, whatever its name, and is not cut.
            Some((run, depth)) if self.depth > *depth + 1 => {
                if let Some(child) = run.children.last_mut() {
                    child.content = None;
                }
            }
            _ => {}
        }
    }

    /// An element ends with a tag, which is empty for one that began and ended with the same.
    fn end(&mut self, tag: Range<usize>) {
        let Some((run, depth)) = &mut self.open else { return };
        if self.depth == *depth + 1 {
            match run.children.last_mut() {
                // Properties come before everything else, or they are none.
                None => run.properties.end = tag.end,
                Some(child) => {
                    child.range.end = tag.end;
                    child.content = child.content.take().map(|content| content.start..tag.start);
                }
            }
        } else if self.depth == *depth {
            run.range.end = tag.end;
            let first = self.places.partition_point(|place| *place < run.range.start);
            let is_wanted = self.places.get(first).is_some_and(|place| *place <= run.range.end);
            self.runs.runs.extend(self.open.take().filter(|_| is_wanted).map(|(run, _)| run));
        }
    }

    fn note_id(&mut self, element: &BytesStart) {
        let id = xml::attribute(element, "id").and_then(|id| id.parse().ok());
        if let Some(id) = id.filter(|id| (0..LARGEST_ID).contains(id)) {
            self.runs.greatest_id = self.runs.greatest_id.max(id);
        }
    }
}

fn is_change(name: &str) -> bool {
    matches!(name, "ins" | "del" | "moveFrom" | "moveTo")
}
