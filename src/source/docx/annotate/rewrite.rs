//! The main part with marks and tracked changes written into its runs.

use std::fmt::Write as _;
use std::ops::Range;

use super::Author;
use super::anchor::Edit;
use super::runs::{Child, Run, Runs};
use super::vocabulary::Vocabulary;
use crate::source::office::package::PartText;
use crate::xml::{escape, is_allowed};

/// Where a comment's range begins or ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    Start(i64),
    End(i64),
}

/// Something to write at a place where a run can be cut. The order of the variants is that in which they are written at one place: new text
/// belongs to the comment that ends there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Item {
    Insertion(String),
    End(i64),
    Start(i64),
}

pub(super) struct Rewriter<'a> {
    xml: &'a str,
    runs: &'a Runs,
    vocabulary: &'a Vocabulary,
    author: Author<'a>,
    items: Vec<(usize, Item)>,
    /// Text that goes, as cuts of the run that holds it, with the change's identifier.
    deletions: Vec<(Range<usize>, i64)>,
    next_change: i64,
}

/// How an edit is made.
struct Plan {
    /// What goes, as cuts of the runs that hold it.
    deletions: Vec<Range<usize>>,
    /// What comes, as a run, and where it is written.
    insertion: Option<(usize, String)>,
}

impl<'a> Rewriter<'a> {
    pub(super) fn new(part: &'a PartText, runs: &'a Runs, vocabulary: &'a Vocabulary, author: Author<'a>) -> Self {
        Rewriter {
            xml: &part.xml,
            runs,
            vocabulary,
            author,
            items: Vec::new(),
            deletions: Vec::new(),
            next_change: 0,
        }
    }

    pub(super) fn mark(&mut self, at: usize, mark: Mark) {
        let item = match mark {
            Mark::Start(id) => Item::Start(id),
            Mark::End(id) => Item::End(id),
        };
        self.items.push((at, item));
    }

    pub(super) fn first_change_id(&mut self, id: i64) {
        self.next_change = id;
    }

    /// Makes a change, if all its edits can be made.
    pub(super) fn change(&mut self, edits: &[Edit]) -> bool {
        let Some(planned) = edits.iter().map(|edit| self.plan(edit)).collect::<Option<Vec<_>>>() else {
            return false;
        };
        for plan in planned {
            for cut in plan.deletions {
                self.deletions.push((cut, self.next_change));
                self.next_change += 1;
            }
            if let Some((at, run)) = plan.insertion {
                let markup = self.insertion(&run);
                self.items.push((at, Item::Insertion(markup)));
                self.next_change += 1;
            }
        }
        true
    }

    fn plan(&self, edit: &Edit) -> Option<Plan> {
        if !edit.with.chars().all(|char| is_allowed(char) && !char.is_control()) {
            return None;
        }
        let own = |byte| self.runs.at(byte).filter(|run| !run.is_tracked);
        let cuts = edit.pieces.iter().map(|piece| own(piece.start)?.cuts(piece));
        let deletions = cuts.collect::<Option<Vec<_>>>()?;
        if edit.with.is_empty() {
            return Some(Plan { deletions, insertion: None });
        }
        let run = own(edit.beside)?;
        run.cuts(&(edit.beside..edit.beside + 1))?;
        let at = match deletions.last() {
            Some(cut) => cut.end,
            None if edit.beside < edit.xml.start => run.border_behind(edit.xml.start),
            None => run.border_before(edit.xml.start),
        };
        let name = text_name(self.open_tag(run), "t");
        let content = format!("<{name} xml:space=\"preserve\">{}</{name}>", escape(&edit.with));
        let insertion = Some((at, self.wrapped(run, &content)));
        Some(Plan { deletions, insertion })
    }

    /// The rewritten part. `reference` holds the properties of a run that refers to a comment.
    pub(super) fn finish(mut self, reference: &str) -> String {
        self.items.sort();
        self.deletions.sort_by_key(|(cut, _)| cut.start);
        let mut out = String::with_capacity(self.xml.len() + self.items.len() * 200);
        let mut copied = 0;
        let mut items = self.items.iter().peekable();
        let mut deletions = self.deletions.as_slice();
        for run in self.runs.as_slice() {
            let is_touched = items.peek().is_some_and(|(at, _)| *at <= run.range.end);
            let here = deletions.partition_point(|(cut, _)| cut.start < run.range.end);
            let (in_run, rest) = deletions.split_at(here);
            deletions = rest;
            if !is_touched && in_run.is_empty() {
                continue;
            }
            out.push_str(&self.xml[copied..run.range.start]);
            for segment in self.segments(run, in_run) {
                while let Some((_, item)) = items.next_if(|(at, _)| *at <= segment.start) {
                    self.write_item(&mut out, item, reference);
                }
                let deletion = in_run.iter().find(|(cut, _)| cut.start <= segment.start && segment.end <= cut.end);
                self.write_segment(&mut out, run, segment, deletion.map(|(_, id)| *id));
            }
            while let Some((_, item)) = items.next_if(|(at, _)| *at <= run.range.end) {
                self.write_item(&mut out, item, reference);
            }
            copied = run.range.end;
        }
        out.push_str(&self.xml[copied..]);
        out
    }

    /// The pieces that a run falls into.
    fn segments(&self, run: &Run, deletions: &[(Range<usize>, i64)]) -> Vec<Range<usize>> {
        let first = self.items.partition_point(|(at, _)| *at <= run.range.start);
        let inside = self.items[first..].iter().map(|(at, _)| *at).take_while(|at| *at < run.range.end);
        let mut cuts: Vec<usize> = inside.chain(deletions.iter().flat_map(|(cut, _)| [cut.start, cut.end])).collect();
        cuts.extend([run.range.start, run.range.end]);
        cuts.sort_unstable();
        cuts.dedup();
        cuts.windows(2).map(|pair| pair[0]..pair[1]).collect()
    }

    fn write_segment(&self, out: &mut String, run: &Run, segment: Range<usize>, deletion: Option<i64>) {
        if segment == run.range && deletion.is_none() {
            return out.push_str(&self.xml[segment]);
        }
        let content = self.content(run, segment, deletion.is_some());
        if content.is_empty() {
            return;
        }
        let run = self.wrapped(run, &content);
        match deletion {
            None => out.push_str(&run),
            Some(id) => out.push_str(&self.change_element("del", id, &run)),
        }
    }

    /// What stands in a run between two cuts.
    fn content(&self, run: &Run, segment: Range<usize>, is_deleted: bool) -> String {
        let mut out = String::new();
        for (index, child) in run.children.iter().enumerate() {
            let whole = run.border(index)..run.border(index + 1);
            let part = segment.start.max(whole.start)..segment.end.min(whole.end);
            if part.is_empty() {
                continue;
            }
            match &child.content {
                Some(content) if is_deleted || part != whole => self.write_text(&mut out, child, content, part, is_deleted),
                _ => out.push_str(&self.xml[child.range.clone()]),
            }
        }
        out
    }

    /// A part of a text node. At the node's own ends white space goes where it did not count before.
    fn write_text(&self, out: &mut String, child: &Child, content: &Range<usize>, part: Range<usize>, is_deleted: bool) {
        let mut text = &self.xml[part.start.max(content.start)..part.end.min(content.end)];
        if !child.preserves && part.start <= content.start {
            text = text.trim_start_matches([' ', '\t', '\n', '\r']);
        }
        if !child.preserves && part.end >= content.end {
            text = text.trim_end_matches([' ', '\t', '\n', '\r']);
        }
        let tag = &self.xml[child.range.start..content.start];
        let name = if is_deleted {
            text_name(tag, "delText")
        } else {
            tag_name(tag).to_owned()
        };
        let _ = write!(out, "<{name} xml:space=\"preserve\">{text}</{name}>");
    }

    /// A run that looks like another.
    fn wrapped(&self, run: &Run, content: &str) -> String {
        let tag = self.open_tag(run);
        format!("{tag}{}{content}</{}>", &self.xml[run.properties.clone()], tag_name(tag))
    }

    fn open_tag(&self, run: &Run) -> &'a str {
        &self.xml[run.start_tag.clone()]
    }

    fn insertion(&self, run: &str) -> String {
        self.change_element("ins", self.next_change, run)
    }

    fn change_element(&self, name: &str, id: i64, content: &str) -> String {
        let Vocabulary { prefix, declaration, .. } = self.vocabulary;
        let (author, date) = (escape(self.author.name), escape(self.author.date));
        format!(
            "<{prefix}:{name}{declaration} {prefix}:id=\"{id}\" {prefix}:author=\"{author}\" {prefix}:date=\"{date}\">{content}</{prefix}:{name}>"
        )
    }

    fn write_item(&self, out: &mut String, item: &Item, reference: &str) {
        let Vocabulary {
            prefix: p, declaration: d, ..
        } = self.vocabulary;
        let _ = match item {
            Item::Insertion(markup) => write!(out, "{markup}"),
            Item::Start(id) => write!(out, "<{p}:commentRangeStart{d} {p}:id=\"{id}\"/>"),
            Item::End(id) => write!(
                out,
                "<{p}:commentRangeEnd{d} {p}:id=\"{id}\"/><{p}:r{d}>{reference}<{p}:commentReference {p}:id=\"{id}\"/></{p}:r>"
            ),
        };
    }
}

/// The name of the element that a tag opens, prefix included.
fn tag_name(tag: &str) -> &str {
    let name = tag.trim_start_matches('<');
    let end = name
        .find(|char: char| char.is_whitespace() || matches!(char, '>' | '/'))
        .unwrap_or(name.len());
    &name[..end]
}

/// Another name with the prefix of the element that a tag opens.
fn text_name(tag: &str, name: &str) -> String {
    match tag_name(tag).split_once(':') {
        Some((prefix, _)) => format!("{prefix}:{name}"),
        None => name.to_owned(),
    }
}
