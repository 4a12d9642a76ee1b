//! Drafts that the client opens, changes and closes.

use std::sync::Arc;

use tower_lsp::ls_types::*;

use super::State;
use crate::config;
use crate::draft::Draft;
use crate::lsp::basis::Basis;
use crate::lsp::convert::Positions;
use crate::lsp::event::Serial;
use crate::lsp::settings::ForDraft;
use crate::lsp::shelf::Shelf;
use crate::lsp::snapshot::Snapshot;
use crate::lsp::view::path_of;
use crate::source::Format;
use crate::text::Text;

/// A draft that the client has opened.
pub(super) struct Open {
    pub(super) version: i32,
    pub(super) serial: Serial,
    pub(super) snapshot: Arc<Snapshot>,
    pub(super) held: ForDraft,
    /// The newest version that is known to have been read, whose facts serve for the next.
    pub(super) known: Draft,
    /// The version that is being linted.
    pub(super) in_work: Option<(Serial, Arc<Snapshot>)>,
    /// The newest version whose findings are out.
    pub(super) linted: Option<Serial>,
    pub(super) published: Option<Vec<Diagnostic>>,
    /// What is shown until the newest version has been linted is told from this.
    pub(super) basis: Basis,
    /// The version for which something was shown in the meantime.
    pub(super) bridged: Option<Serial>,
}

impl Open {
    /// Makes another text the newest version.
    pub(super) fn renew(&mut self, serial: Serial, text: Text, shelf: &Arc<Shelf>) {
        if let Some(known) = self.snapshot.known_draft() {
            self.known = known;
        }
        self.serial = serial;
        self.snapshot = Arc::new(Snapshot::new(text, self.known.clone(), &self.held, shelf));
    }

    /// Has the newest version linted again, though its text is the same.
    pub(super) fn look_again(&mut self, serial: Serial) {
        self.serial = serial;
        self.snapshot = Arc::new(self.snapshot.again());
    }

    /// Gives up what is known of the draft but for its findings.
    pub(super) fn rest(&mut self) {
        self.known = Draft::new("", self.known.format());
        self.snapshot = Arc::new(self.snapshot.at_rest());
        self.basis = Basis::default();
    }
}

impl State {
    pub(super) fn open(&mut self, document: TextDocumentItem) {
        self.look_at_settings();
        let path = path_of(&document.uri);
        if path
            .as_ref()
            .and_then(|path| path.file_name())
            .is_some_and(|name| name == config::FILE_NAME)
        {
            // The settings are not a draft; what is wrong with them is told when they are saved.
            return;
        }
        let format = match document.language_id.as_str() {
            "markdown" => Format::Markdown,
            _ => Format::Plain,
        };
        let known = Draft::new("", format);
        let text = Text::new(&document.text);
        let held = self.book.for_draft(path.as_deref());
        let published = self.drafts.remove(&document.uri).and_then(|before| before.published);
        if self.pushed_closed.remove(&document.uri) && self.client.pulls {
            // From now on the client asks for these itself.
            self.publish(document.uri.clone(), Vec::new(), None);
        }
        let open = Open {
            version: document.version,
            serial: self.next_serial(),
            snapshot: Arc::new(Snapshot::new(text, known.clone(), &held, &self.shelf)),
            held,
            known,
            in_work: None,
            linted: None,
            published,
            basis: Basis::default(),
            bridged: None,
        };
        let uri = document.uri;
        self.drafts.insert(uri.clone(), open);
        self.report_broken_settings();
        self.tell_others(&uri);
    }

    pub(super) fn change(&mut self, params: DidChangeTextDocumentParams) {
        let serial = self.next_serial();
        let uri = params.text_document.uri;
        let unit = self.client.unit;
        let Some(open) = self.drafts.get_mut(&uri) else {
            return self
                .outbox
                .log(MessageType::WARNING, format!("a change to {}, which is not open", uri.as_str()));
        };
        let mut text = open.snapshot.text().clone();
        for change in params.content_changes {
            match change.range {
                None => {
                    text = Text::new(&change.text);
                    open.basis.edited(serial, 0, 0);
                }
                Some(range) => {
                    let bytes = Positions { text: &text, unit }.bytes(range);
                    open.basis.edited(serial, bytes.start, text.len() - bytes.end);
                    text.replace(bytes, &change.text);
                }
            }
        }
        open.version = params.text_document.version;
        open.renew(serial, text, &self.shelf);
        if let Some((_, in_work)) = open.in_work.as_ref().filter(|_| open.basis.is_fresh()) {
            in_work.supersede();
        }
        self.tell_others(&uri);
    }

    /// Puts a draft where the drafts that are held against it find it, and has those linted anew.
    pub(super) fn tell_others(&mut self, uri: &Uri) {
        let Some(path) = path_of(uri) else { return };
        match self.drafts.get(uri) {
            Some(open) => self.shelf.put(path.clone(), Arc::clone(&open.snapshot)),
            None => self.shelf.take_away(&path),
        }
        let mut serial = self.last_serial;
        for open in self.drafts.values_mut().filter(|open| open.held.depends_on(&path)) {
            serial += 1;
            open.look_again(Serial(serial));
        }
        self.last_serial = serial;
    }

    pub(super) fn close(&mut self, uri: &Uri) {
        let Some(open) = self.drafts.remove(uri) else {
            return;
        };
        self.generation += 1;
        if open.published.is_some() {
            self.publish(uri.clone(), Vec::new(), None);
        }
        self.tell_others(uri);
    }
}
