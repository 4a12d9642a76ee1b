//! A copy of a Word document with comments and tracked changes in it; everything else stays as it is, byte for byte.

mod anchor;
mod archive;
mod comments;
mod rewrite;
mod runs;
mod vocabulary;

use std::ops::Range;

use super::{relations, styles};
use crate::source::office::package::Package;
use crate::source::office::{Error, Layout};
use anchor::{Anchor, Anchors};
use archive::Parts;
use comments::Comments;
use rewrite::{Mark, Rewriter};
use runs::Runs;
use vocabulary::Vocabulary;

/// A remark on a place of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Bytes of the text.
    pub range: Range<usize>,
    pub paragraphs: Vec<String>,
}

/// A change that the reader of the document may accept or reject. It is made as a whole or not at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Bytes of the text to replace, and what comes in their place; sorted, and apart from each other.
    pub edits: Vec<(Range<usize>, String)>,
}

/// Who comments, and when.
#[derive(Debug, Clone, Copy)]
pub struct Author<'a> {
    pub name: &'a str,
    pub initials: &'a str,
    /// As XML Schema writes a date with its time: 2031-07-01T08:00:00Z.
    pub date: &'a str,
}

/// The copy, and what went into it.
#[derive(Debug)]
pub struct Annotated {
    pub bytes: Vec<u8>,
    pub comments: usize,
    /// At how many places tracked changes were made.
    pub changes: usize,
}

/// Writes comments and changes into a copy of the document that `text` and `layout` were read from. A comment that stands in the document already,
/// word for word and by the same author, is not written again. A change that cannot be made with the document's own means is left out: one that
/// touches an automatic number, joins paragraphs, or stands in a note, a text box or in another tracked change.
///
/// # Errors
/// An [`Error`] if the document is not the one that was read, or does not let itself be extended.
pub fn annotate(bytes: &[u8], text: &str, layout: &Layout, comments: &[Comment], changes: &[Change], author: Author) -> Result<Annotated, Error> {
    let mut package = Package::open(bytes)?;
    let main = relations::main_part(&mut package)?;
    let document = package.part(&main)?;
    let vocabulary = Vocabulary::of(&document)?;
    let names = match relations::related(&mut package, &main, "styles")? {
        Some(part) => styles::Styles::read(&part)?.comment_styles(),
        None => styles::CommentStyles::default(),
    };
    let mut written = Comments::open(&mut package, &main, &vocabulary, names, author)?;
    let anchors = Anchors { text, layout };
    let planned: Vec<(Anchor, Comment)> = comments
        .iter()
        .filter(|comment| !written.holds(comment))
        .filter_map(|comment| Some((anchors.of_comment(&comment.range)?, comment.clone())))
        .collect();
    let wished: Vec<Vec<anchor::Edit>> = changes.iter().filter_map(|change| anchors.of_change(change)).collect();
    let places = planned.iter().flat_map(|(anchor, _)| [anchor.start, anchor.end]);
    let edits = wished.iter().flatten().flat_map(|edit| [edit.xml.start, edit.xml.end, edit.beside]);
    let runs = Runs::read(&document, places.chain(edits).collect())?;
    written.number_from(runs.first_free_id());
    let mut rewriter = Rewriter::new(&document, &runs, &vocabulary, author);
    for (anchor, comment) in planned {
        let Some((start, end)) = runs.enclose(&anchor) else { continue };
        let id = written.add(&comment);
        rewriter.mark(start, Mark::Start(id));
        rewriter.mark(end, Mark::End(id));
    }
    rewriter.first_change_id(written.next_id());
    let made = wished.iter().filter(|edits| rewriter.change(edits));
    let changed: usize = made.map(Vec::len).sum();
    let count = written.added();
    if count == 0 && changed == 0 {
        return Ok(Annotated {
            bytes: bytes.to_owned(),
            comments: 0,
            changes: 0,
        });
    }
    let mut parts = Parts::default();
    parts.put(document.with(rewriter.finish(&written.reference(&vocabulary.prefix))));
    written.finish(&mut package, &mut parts)?;
    Ok(Annotated {
        bytes: parts.write(bytes)?,
        comments: count,
        changes: changed,
    })
}

/// Whether a file is a Word document that holds comments by an author.
pub fn has_comments_by(bytes: &[u8], author: &str) -> bool {
    comments::authors(bytes).is_ok_and(|authors| authors.iter().any(|other| other == author))
}
