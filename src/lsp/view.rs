//! What a request sees: one draft at one version, and the client it answers to.

use std::sync::Arc;

use tower_lsp::ls_types::{Location, Range, Uri};

use super::client::Client;
use super::convert::Positions;
use super::snapshot::Snapshot;
use crate::finding::Bilingual;
use crate::text::Text;

pub struct View {
    pub uri: Uri,
    /// The client's number of the version; `None` for a draft that is not open.
    pub version: Option<i32>,
    pub snapshot: Arc<Snapshot>,
    pub client: Arc<Client>,
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
        message.get(self.client.language)
    }
}
