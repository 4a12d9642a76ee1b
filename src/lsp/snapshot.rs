//! One version of an open draft, read and linted by whoever needs it first.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, OnceLock};

use super::settings::ForDraft;
use super::shelf::Shelf;
use crate::dossier::Companion;
use crate::draft::Draft;
use crate::finding::Finding;
use crate::linter::{self, Settings};
use crate::model::Models;
use crate::source::{Format, decode};
use crate::text::Text;

/// A version of a draft. Making one is cheap, so that every change makes one; the work is done on first use, off the owner's task, and shared
/// by all who hold the snapshot.
pub struct Snapshot {
    text: Text,
    format: Format,
    held: ForDraft,
    shelf: Arc<Shelf>,
    /// An earlier version, whose facts serve for the blocks that still read the same. Given up once it has served.
    earlier: Mutex<Option<Draft>>,
    reading: Arc<OnceLock<Reading>>,
    companion: OnceLock<Arc<Companion>>,
    findings: OnceLock<Vec<Finding>>,
    /// Whether a newer version makes the findings of this one idle.
    is_superseded: AtomicBool,
}

/// What a draft says, as far as it does not depend on settings.
pub struct Reading {
    pub draft: Draft,
    pub models: Models,
}

impl Snapshot {
    /// A version whose text is `text`; `earlier` is any version of the same draft, in the same format.
    pub fn new(text: Text, earlier: Draft, held: &ForDraft, shelf: &Arc<Shelf>) -> Self {
        let unread = Snapshot::unread(text, earlier.format(), held.clone(), Arc::clone(shelf));
        Snapshot {
            earlier: Mutex::new(Some(earlier)),
            ..unread
        }
    }

    /// A draft that is not open, read from its file.
    pub fn of_file(path: &Path, held: &ForDraft, shelf: &Arc<Shelf>) -> Option<Self> {
        let decoded = decode::decode(&std::fs::read(path).ok()?, None).ok()?;
        let earlier = Draft::new("", Format::of_path(path));
        Some(Snapshot::new(Text::new(&decoded.text), earlier, held, shelf))
    }

    /// The same version, to be linted anew because another draft has changed.
    pub fn again(&self) -> Self {
        let earlier = self.earlier.lock().ok().and_then(|earlier| earlier.clone());
        Snapshot {
            earlier: Mutex::new(earlier),
            reading: Arc::clone(&self.reading),
            ..self.same_unread()
        }
    }

    /// The same version with its findings and without what they were told from, which is read again when somebody asks for it.
    pub fn at_rest(&self) -> Self {
        let findings = self.findings.get().cloned();
        Snapshot {
            findings: findings.map(OnceLock::from).unwrap_or_default(),
            ..self.same_unread()
        }
    }

    fn same_unread(&self) -> Self {
        Snapshot::unread(self.text.clone(), self.format, self.held.clone(), Arc::clone(&self.shelf))
    }

    /// A version of which nothing is known yet.
    fn unread(text: Text, format: Format, held: ForDraft, shelf: Arc<Shelf>) -> Self {
        Snapshot {
            text,
            format,
            held,
            shelf,
            earlier: Mutex::default(),
            reading: Arc::default(),
            companion: OnceLock::new(),
            findings: OnceLock::new(),
            is_superseded: AtomicBool::new(false),
        }
    }

    /// This draft as it lies beside others.
    pub fn companion(&self) -> Arc<Companion> {
        let made = self.companion.get_or_init(|| {
            let reading = self.reading();
            let path = self.held.path.as_deref().unwrap_or(Path::new(""));
            Arc::new(Companion::of(
                path.to_string_lossy().into_owned(),
                reading.draft.clone(),
                reading.models.clone(),
            ))
        });
        Arc::clone(made)
    }

    pub fn text(&self) -> &Text {
        &self.text
    }

    pub fn format(&self) -> Format {
        self.format
    }

    pub fn settings(&self) -> &Settings {
        &self.held.settings
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
        self.findings.get_or_init(|| self.lint_while(|| true).unwrap_or_default())
    }

    /// The findings, unless the version is superseded before all of them are found.
    pub fn findings_in_time(&self) -> Option<&[Finding]> {
        if self.findings.get().is_none() {
            let findings = self.lint_while(|| !self.is_superseded.load(Ordering::Relaxed))?;
            // Somebody who wants them in any case may have been faster; the findings are the same.
            let _ = self.findings.set(findings);
        }
        self.findings.get().map(Vec::as_slice)
    }

    /// Tells whoever is linting this version that a newer one is to be linted instead.
    pub fn supersede(&self) {
        self.is_superseded.store(true, Ordering::Relaxed);
    }

    fn lint_while(&self, is_wanted: impl Fn() -> bool + Sync) -> Option<Vec<Finding>> {
        let reading = self.reading();
        linter::lint_while(
            &reading.draft,
            &reading.models,
            &self.held.settings,
            &self.shelf.dossier(&self.held),
            is_wanted,
        )
    }

    /// The findings of another text under the same settings.
    pub fn lint(&self, draft: &Draft) -> Vec<Finding> {
        linter::lint_beside(draft, &Models::build(draft), &self.held.settings, &self.shelf.dossier(&self.held))
    }

    /// The newest draft with facts that this snapshot can hand on.
    pub fn known_draft(&self) -> Option<Draft> {
        self.reading.get().map(|reading| reading.draft.clone())
    }
}
