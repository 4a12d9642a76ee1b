//! What lies beside a draft while it is read. The edges load it and hand it in; nothing here or further in reads a file.

use std::sync::Arc;

use crate::draft::Draft;
use crate::finding::Document;
use crate::model::Models;
use crate::model::common::Reading;
use crate::model::figures::sheet::Sheet;

/// The documents that a draft is held against.
#[derive(Debug, Clone, Default)]
pub struct Dossier {
    /// Official figures that the draft must have.
    pub sheet: Option<Arc<Sheet>>,
    /// The other drafts that belong together with it, such as the annex of a report, in their order.
    pub companions: Vec<Arc<Companion>>,
    /// How many of the companions come before the draft.
    pub position: usize,
    /// The report of an earlier time that it may have been written from.
    pub earlier: Option<Arc<Companion>>,
}

/// Another draft, with what it says.
#[derive(Debug, Clone)]
pub struct Companion {
    pub document: Arc<Document>,
    pub models: Models,
}

impl Companion {
    /// Reads a draft; `path` is how it shall be shown.
    pub fn new(path: String, draft: Draft) -> Self {
        let models = Models::build(&draft);
        Companion::of(path, draft, models)
    }

    /// The same for a draft whose models are there already.
    pub fn of(path: String, draft: Draft, models: Models) -> Self {
        Companion {
            document: Arc::new(Document { path, draft }),
            models,
        }
    }

    pub fn draft(&self) -> &Draft {
        &self.document.draft
    }

    pub fn reading(&self) -> Reading<'_> {
        Reading::of(self.draft(), &self.models)
    }
}
