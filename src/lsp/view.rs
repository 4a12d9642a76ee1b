//! What a request sees: one draft at one version, and the client it answers to.

use std::ops;
use std::path::PathBuf;
use std::sync::Arc;

use tower_lsp::ls_types::{Location, Position, Range, Uri};

use super::basis::Behind;
use super::client::Client;
use super::convert::Positions;
use super::snapshot::Snapshot;
use crate::finding::{Bilingual, Language};
use crate::interim::Moved;
use crate::text::Text;

#[derive(Clone)]
pub struct View {
    pub uri: Uri,
    /// The client's number of the version; `None` for a draft that is not open.
    pub version: Option<i32>,
    pub snapshot: Arc<Snapshot>,
    pub client: Arc<Client>,
    /// The language of messages about this draft.
    pub language: Language,
    /// The workspace's folders.
    pub folders: Arc<[PathBuf]>,
    /// An older version, whose models are there already.
    pub behind: Option<Behind>,
    /// Set where the older version is looked at for the newest: the text that the client has, and how the places have moved in it.
    pub shown: Option<(Text, Moved)>,
}

impl View {
    /// The text of the snapshot, in whose bytes findings, facts and models are told.
    pub fn text(&self) -> &Text {
        self.snapshot.text()
    }

    /// The positions of the text that the client has.
    pub fn positions(&self) -> Positions<'_> {
        Positions {
            text: self.shown.as_ref().map_or(self.text(), |(text, _)| text),
            unit: self.client.unit,
        }
    }

    /// The byte of the snapshot's text at a position of the client's.
    pub fn byte(&self, position: Position) -> usize {
        let byte = self.positions().byte(position);
        let origin = |(_, moved): &(Text, Moved)| moved.origin(byte).unwrap_or(byte);
        self.shown.as_ref().map_or(byte, origin)
    }

    /// Where bytes of the snapshot's text stand for the client.
    pub fn range(&self, bytes: ops::Range<usize>) -> Range {
        self.positions().range(self.now(&bytes).unwrap_or(bytes))
    }

    /// The line, counted from zero, in which a byte of the snapshot's text stands for the client.
    pub fn line(&self, byte: usize) -> usize {
        let now = self.now(&(byte..byte)).map_or(byte, |now| now.start);
        self.positions().text.line_at(now)
    }

    /// The bytes of the client's text; `None` where they were edited since.
    pub fn now(&self, bytes: &ops::Range<usize>) -> Option<ops::Range<usize>> {
        match &self.shown {
            Some((_, moved)) => moved.place(bytes),
            None => Some(bytes.clone()),
        }
    }

    /// The view to ask for figures around a position: an older version where its figures are known, those of the newest are not, and nothing was
    /// edited in the block.
    pub fn for_figures(&self, position: Position) -> Option<View> {
        let behind = self.behind.as_ref()?;
        let older = behind.snapshot.reading();
        if self.snapshot.reading().models.figures.is_built() || !older.models.figures.is_built() {
            return None;
        }
        let origin = behind.moved.origin(self.positions().byte(position))?;
        let pieces = older.draft.pieces();
        let block = pieces.get(pieces.partition_point(|piece| piece.block().range.end < origin))?.block();
        behind.moved.place(&block.range)?;
        Some(View {
            snapshot: Arc::clone(&behind.snapshot),
            shown: Some((self.text().clone(), behind.moved.clone())),
            behind: None,
            ..self.clone()
        })
    }

    pub fn location(&self, bytes: ops::Range<usize>) -> Location {
        Location::new(self.uri.clone(), self.range(bytes))
    }

    pub fn say<'a>(&self, message: &'a Bilingual) -> &'a str {
        message.get(self.language)
    }

    /// Where the draft is kept; `None` if it has no file yet.
    pub fn path(&self) -> Option<PathBuf> {
        path_of(&self.uri)
    }
}

/// The file of a `file:` address.
pub fn path_of(uri: &Uri) -> Option<PathBuf> {
    if uri.scheme().as_str() != "file" {
        return None;
    }
    uri.to_file_path().map(|path| path.into_owned())
}
