//! What a request sees: one draft at one version, and the client it answers to.

use std::path::PathBuf;
use std::sync::Arc;

use tower_lsp::ls_types::{Location, Range, Uri};

use super::client::Client;
use super::convert::Positions;
use super::snapshot::Snapshot;
use crate::finding::{Bilingual, Language};
use crate::text::Text;

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
}

impl View {
    pub fn text(&self) -> &Text {
        self.snapshot.text()
    }

    pub fn positions(&self) -> Positions<'_> {
        Positions {
            text: self.text(),
            unit: self.client.unit,
        }
    }

    pub fn range(&self, bytes: std::ops::Range<usize>) -> Range {
        self.positions().range(bytes)
    }

    pub fn location(&self, bytes: std::ops::Range<usize>) -> Location {
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
