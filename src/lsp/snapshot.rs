//! One version of an open draft, read and linted by whoever needs it first.

use std::sync::{Arc, Mutex, OnceLock};

use super::settings::ForDraft;
use crate::dossier::Dossier;
use crate::draft::Draft;
use crate::finding::Finding;
use crate::linter::{self, Settings};
use crate::model::Models;
use crate::source::Format;
use crate::text::Text;

/// A version of a draft. Making one is cheap, so that every change makes one; the work is done on first use, off the owner's task, and shared
/// by all who hold the snapshot.
pub struct Snapshot {
    text: Text,
    format: Format,
    settings: Arc<Settings>,
    dossier: Dossier,
    /// An earlier version, whose facts serve for the blocks that still read the same. Given up once it has served.
    earlier: Mutex<Option<Draft>>,
    reading: OnceLock<Reading>,
    findings: OnceLock<Vec<Finding>>,
}

/// What a draft says, as far as it does not depend on settings.
pub struct Reading {
    pub draft: Draft,
    pub models: Models,
}

impl Snapshot {
    /// A version whose text is `text`; `earlier` is any version of the same draft, in the same format.
    pub fn new(text: Text, earlier: Draft, held: &ForDraft) -> Self {
        Snapshot {
            text,
            format: earlier.format(),
            settings: Arc::clone(&held.settings),
            dossier: Dossier { sheet: held.sheet.clone() },
            earlier: Mutex::new(Some(earlier)),
            reading: OnceLock::new(),
            findings: OnceLock::new(),
        }
    }

    pub fn text(&self) -> &Text {
        &self.text
    }

    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    pub fn reading(&self) -> &Reading {
        self.reading.get_or_init(|| {
            let earlier = self.earlier.lock().ok().and_then(|mut earlier| earlier.take());
            let draft = match earlier {
                Some(earlier) => earlier.with_text(self.text.clone()),
                None => Draft::new(&self.text.to_string(), self.format),
            };
            let models = Models::build(&draft);
            Reading { draft, models }
        })
    }

    pub fn findings(&self) -> &[Finding] {
        self.findings.get_or_init(|| {
            let reading = self.reading();
            linter::lint_beside(&reading.draft, &reading.models, &self.settings, &self.dossier)
        })
    }

    /// The findings of another text under the same settings.
    pub fn lint(&self, draft: &Draft) -> Vec<Finding> {
        linter::lint_beside(draft, &Models::build(draft), &self.settings, &self.dossier)
    }

    /// The newest draft with facts that this snapshot can hand on.
    pub fn known_draft(&self) -> Option<Draft> {
        self.reading.get().map(|reading| reading.draft.clone())
    }
}
