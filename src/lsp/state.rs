//! The one owner of the drafts.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use tokio::sync::oneshot;
use tower_lsp::ls_types::notification::PublishDiagnostics;
use tower_lsp::ls_types::*;

use super::client::{Client, Outbox};
use super::convert::Positions;
use super::event::{Event, Events, Inbox, Question, Serial};
use super::snapshot::Snapshot;
use super::view::View;
use super::{capabilities, diagnostics, parent};
use crate::draft::Draft;
use crate::linter::Settings;
use crate::source::{Format, decode};
use crate::text::Text;

/// Applies events as they come, until the last inbox is gone. Everything that has arrived is applied before work starts, so a burst of changes
/// is linted once.
pub async fn own(mut events: Events, inbox: Inbox, outbox: Outbox) {
    let mut state = State::new(inbox, outbox);
    while let Some(event) = events.recv().await {
        state.apply(event);
        while let Ok(event) = events.try_recv() {
            state.apply(event);
        }
        state.lint_what_changed();
        state.announce_idle();
    }
}

struct State {
    inbox: Inbox,
    outbox: Outbox,
    client: Arc<Client>,
    drafts: FxHashMap<Uri, Open>,
    settings: Arc<Settings>,
    last_serial: u64,
    /// How many versions are being linted, those of closed drafts included.
    jobs: usize,
    awaiting_idle: Vec<oneshot::Sender<()>>,
}

/// A draft that the client has opened.
struct Open {
    version: i32,
    serial: Serial,
    snapshot: Arc<Snapshot>,
    /// The newest version that is known to have been read, whose facts serve for the next.
    known: Draft,
    /// The version that is being linted.
    in_work: Option<Serial>,
    /// The newest version whose findings are out.
    linted: Option<Serial>,
    published: Option<Vec<Diagnostic>>,
}

impl State {
    fn new(inbox: Inbox, outbox: Outbox) -> Self {
        State {
            inbox,
            outbox,
            client: Arc::default(),
            drafts: FxHashMap::default(),
            settings: Arc::default(),
            last_serial: 0,
            jobs: 0,
            awaiting_idle: Vec::new(),
        }
    }

    fn apply(&mut self, event: Event) {
        match event {
            Event::Initialize(params, reply) => {
                self.client = Arc::new(Client::new(&params));
                if let Some(process) = params.process_id {
                    let inbox = self.inbox.clone();
                    tokio::spawn(async move {
                        parent::wait_for_end(process).await;
                        inbox.announce_parent_death();
                    });
                }
                let _ = reply.send(capabilities::answer(&self.client));
            }
            Event::Initialized => {}
            Event::Opened(params) => self.open(params.text_document),
            Event::Changed(params) => self.change(params),
            Event::Closed(params) => self.close(&params.text_document.uri),
            Event::Asked(uri, question) => self.answer(uri, question),
            Event::Linted(uri, serial, diagnostics) => self.take_result(&uri, serial, diagnostics),
            Event::IdleAwaited(reply) => self.awaiting_idle.push(reply),
        }
    }

    fn open(&mut self, document: TextDocumentItem) {
        let format = match document.language_id.as_str() {
            "markdown" => Format::Markdown,
            _ => Format::Plain,
        };
        let known = Draft::new("", format);
        let text = Text::new(&document.text);
        let published = self.drafts.remove(&document.uri).and_then(|before| before.published);
        let open = Open {
            version: document.version,
            serial: self.next_serial(),
            snapshot: Arc::new(Snapshot::new(text, known.clone(), Arc::clone(&self.settings))),
            known,
            in_work: None,
            linted: None,
            published,
        };
        self.drafts.insert(document.uri, open);
    }

    fn change(&mut self, params: DidChangeTextDocumentParams) {
        let serial = self.next_serial();
        let uri = params.text_document.uri;
        let Some(open) = self.drafts.get_mut(&uri) else {
            return self
                .outbox
                .log(MessageType::WARNING, format!("a change to {}, which is not open", uri.as_str()));
        };
        let mut text = open.snapshot.text().clone();
        for change in params.content_changes {
            match change.range {
                None => text = Text::new(&change.text),
                Some(range) => {
                    let unit = self.client.unit;
                    let bytes = Positions { text: &text, unit }.bytes(range);
                    text.replace(bytes, &change.text);
                }
            }
        }
        open.version = params.text_document.version;
        open.serial = serial;
        if let Some(known) = open.snapshot.known_draft() {
            open.known = known;
        }
        open.snapshot = Arc::new(Snapshot::new(text, open.known.clone(), Arc::clone(&self.settings)));
    }

    fn close(&mut self, uri: &Uri) {
        let Some(open) = self.drafts.remove(uri) else {
            return;
        };
        if open.published.is_some() {
            self.publish(uri.clone(), Vec::new(), None);
        }
    }

    fn answer(&self, uri: Uri, question: Question) {
        let open = self.drafts.get(&uri).map(|open| (open.version, Arc::clone(&open.snapshot)));
        let client = Arc::clone(&self.client);
        let settings = Arc::clone(&self.settings);
        tokio::task::spawn_blocking(move || {
            let found = match open {
                Some((version, snapshot)) => Some((Some(version), snapshot)),
                None => read_closed(&uri, settings).map(|snapshot| (None, Arc::new(snapshot))),
            };
            let view = found.map(|(version, snapshot)| View {
                uri,
                version,
                snapshot,
                client,
            });
            question(view.as_ref());
        });
    }

    /// Starts work on every draft whose newest version was not linted, one version of a draft at a time. A client that pulls is not worked for
    /// before it asks.
    fn lint_what_changed(&mut self) {
        if self.client.pulls {
            return;
        }
        for (uri, open) in &mut self.drafts {
            if open.in_work.is_some() || open.linted == Some(open.serial) {
                continue;
            }
            open.in_work = Some(open.serial);
            self.jobs += 1;
            let view = View {
                uri: uri.clone(),
                version: Some(open.version),
                snapshot: Arc::clone(&open.snapshot),
                client: Arc::clone(&self.client),
            };
            let (inbox, uri, serial) = (self.inbox.clone(), uri.clone(), open.serial);
            tokio::spawn(async move {
                let diagnostics = tokio::task::spawn_blocking(move || diagnostics::of(&view)).await;
                inbox.send(Event::Linted(uri, serial, diagnostics.ok()));
            });
        }
    }

    /// A result is published if it is that of the newest version, the draft is still open, and it says something new.
    fn take_result(&mut self, uri: &Uri, serial: Serial, diagnostics: Option<Vec<Diagnostic>>) {
        self.jobs -= 1;
        let Some(open) = self.drafts.get_mut(uri) else {
            return;
        };
        if open.in_work == Some(serial) {
            open.in_work = None;
        }
        if open.serial != serial {
            return;
        }
        open.linted = Some(serial);
        let Some(diagnostics) = diagnostics else {
            return self.outbox.log(MessageType::ERROR, format!("{} could not be linted", uri.as_str()));
        };
        if open.published.as_ref() == Some(&diagnostics) {
            return;
        }
        open.published = Some(diagnostics.clone());
        let version = open.version;
        self.publish(uri.clone(), diagnostics, Some(version));
    }

    fn publish(&self, uri: Uri, diagnostics: Vec<Diagnostic>, version: Option<i32>) {
        self.outbox
            .notify::<PublishDiagnostics>(PublishDiagnosticsParams { uri, diagnostics, version });
    }

    fn announce_idle(&mut self) {
        if self.jobs == 0 {
            for reply in self.awaiting_idle.drain(..) {
                let _ = reply.send(());
            }
        }
    }

    fn next_serial(&mut self) -> Serial {
        self.last_serial += 1;
        Serial(self.last_serial)
    }
}

/// A draft that is not open is read from its file.
fn read_closed(uri: &Uri, settings: Arc<Settings>) -> Option<Snapshot> {
    if uri.scheme().as_str() != "file" {
        return None;
    }
    let path = uri.to_file_path()?;
    let decoded = decode::decode(&std::fs::read(&path).ok()?, None).ok()?;
    let earlier = Draft::new("", Format::of_path(&path));
    Some(Snapshot::new(Text::new(&decoded.text), earlier, settings))
}
