//! What lies beside a draft while it is read. The edges load it and hand it in; nothing here or further in reads a file.

use std::sync::Arc;

use crate::model::figures::sheet::Sheet;

/// The documents that a draft is held against.
#[derive(Debug, Clone, Default)]
pub struct Dossier {
    /// Official figures that the draft must have.
    pub sheet: Option<Arc<Sheet>>,
}
