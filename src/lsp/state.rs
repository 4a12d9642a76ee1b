//! The one owner of the drafts.
//!
//! What it does with drafts that are opened and edited is in `open`, linting them in `passes`, with settings in `settled`, with the workspace in
//! `folders`, and how much is kept of those that nobody works on in `rest`.

mod folders;
mod open;
mod passes;
mod rest;
mod settled;

use std::path::PathBuf;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use tokio::sync::oneshot;
use tower_lsp::ls_types::*;

use super::client::{Client, Outbox};
use super::event::{Event, Events, Inbox, Question, Serial};
use super::settings::Book;
use super::shelf::Shelf;
use super::snapshot::Snapshot;
use super::view::{View, path_of};
use super::workspace::{self, Background};
use super::{capabilities, parent, registration};
use open::Open;
use rest::Awake;

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
        state.answer_parked();
    }
}

struct State {
    inbox: Inbox,
    outbox: Outbox,
    client: Arc<Client>,
    drafts: FxHashMap<Uri, Open>,
    awake: Awake,
    book: Book,
    shelf: Arc<Shelf>,
    folders: Arc<[PathBuf]>,
    last_serial: u64,
    /// How many versions are being linted, those of closed drafts included.
    jobs: usize,
    awaiting_idle: Vec<oneshot::Sender<()>>,
    background: Background,
    /// Files whose diagnostics were pushed though no draft of them is open: drafts found in folders, and broken settings.
    pushed_closed: FxHashSet<Uri>,
    broken_settings: FxHashSet<Uri>,
    /// Counts what may change the findings of drafts that are not open.
    generation: u64,
    /// The generation that the last pull of the whole workspace was answered from.
    pulled_generation: Option<u64>,
    parked_pulls: Vec<(WorkspaceDiagnosticParams, oneshot::Sender<WorkspaceDiagnosticReport>)>,
    trace: TraceValue,
}

impl State {
    fn new(inbox: Inbox, outbox: Outbox) -> Self {
        State {
            inbox,
            outbox,
            client: Arc::default(),
            drafts: FxHashMap::default(),
            awake: Awake::default(),
            book: Book::default(),
            shelf: Arc::default(),
            folders: Arc::new([]),
            last_serial: 0,
            jobs: 0,
            awaiting_idle: Vec::new(),
            background: Background::default(),
            pushed_closed: FxHashSet::default(),
            broken_settings: FxHashSet::default(),
            generation: 0,
            pulled_generation: None,
            parked_pulls: Vec::new(),
            trace: TraceValue::Off,
        }
    }

    fn apply(&mut self, event: Event) {
        match event {
            Event::Initialize(params, reply) => drop(reply.send(self.initialize(&params))),
            Event::Initialized => self.introduce(),
            Event::Opened(params) => self.open(params.text_document),
            Event::Changed(params) => self.change(params),
            Event::Saved => self.look_at_settings(),
            Event::Closed(params) => self.close(&params.text_document.uri),
            Event::Asked(uri, question) => self.answer(uri, question),
            Event::Linted(uri, serial, time, outcome) => {
                self.trace(&uri, serial, time, &outcome);
                self.take_result(&uri, serial, outcome);
            }
            Event::TraceSet(trace) => self.trace = trace,
            Event::IdleAwaited(reply) => self.awaiting_idle.push(reply),
            Event::SettingsOutdated => registration::ask_for_settings(&self.client, &self.outbox, &self.inbox),
            Event::SettingsArrived(value) => self.take_editor_settings(&value),
            Event::FilesChanged => {
                self.generation += 1;
                self.book.reload();
                self.resettle();
            }
            Event::FoldersChanged(change) => self.change_folders(change),
            Event::SweepAsked(token, reply) => self.sweep(token, reply),
            Event::Swept(swept, reply) => self.take_swept(swept, reply),
            Event::ProgressCancelled(token) => self.background.cancel(&token),
            Event::WorkspacePulled(params, reply) => self.pull_workspace(params, reply),
            Event::SymbolsAsked(query, reply) => {
                let work = self
                    .background
                    .work(&self.book, &self.shelf, self.targets_open(), &self.client, &self.folders);
                tokio::task::spawn_blocking(move || drop(reply.send(workspace::symbols(&work, &query))));
            }
        }
    }

    fn initialize(&mut self, params: &InitializeParams) -> InitializeResult {
        self.client = Arc::new(Client::new(params));
        self.trace = params.trace.unwrap_or(TraceValue::Off);
        if let Some(process) = params.process_id {
            let inbox = self.inbox.clone();
            tokio::spawn(async move {
                parent::wait_for_end(process).await;
                inbox.announce_parent_death();
            });
        }
        #[expect(deprecated, reason = "older clients tell only this")]
        let root = params.root_uri.as_ref().and_then(path_of);
        let folders: Vec<PathBuf> = match &params.workspace_folders {
            Some(folders) => folders.iter().filter_map(|folder| path_of(&folder.uri)).collect(),
            None => root.into_iter().collect(),
        };
        self.set_folders(folders);
        if let Some(options) = &params.initialization_options {
            self.take_editor_settings(options);
        }
        capabilities::answer(&self.client, params.initialization_options.as_ref())
    }

    fn introduce(&mut self) {
        registration::register(&self.client, &self.outbox);
        registration::ask_for_settings(&self.client, &self.outbox, &self.inbox);
    }

    fn answer(&mut self, uri: Uri, question: Question) {
        if let Some(view) = self.view(&uri) {
            self.keep_awake(&uri);
            tokio::task::spawn_blocking(move || question(Some(&view)));
            return;
        }
        let path = path_of(&uri);
        let held = self.book.for_draft(path.as_deref());
        let (client, folders) = (Arc::clone(&self.client), Arc::clone(&self.folders));
        let shelf = Arc::clone(&self.shelf);
        tokio::task::spawn_blocking(move || {
            let snapshot = path.and_then(|path| Snapshot::of_file(&path, &held, &shelf));
            let view = snapshot.map(|snapshot| View {
                uri,
                version: None,
                snapshot: Arc::new(snapshot),
                language: held.language.unwrap_or(client.locale),
                client,
                folders,
                behind: None,
                shown: None,
            });
            question(view.as_ref());
        });
    }

    /// An open draft as it is now.
    fn view(&self, uri: &Uri) -> Option<View> {
        let open = self.drafts.get(uri)?;
        Some(View {
            uri: uri.clone(),
            version: Some(open.version),
            snapshot: Arc::clone(&open.snapshot),
            client: Arc::clone(&self.client),
            language: open.held.language.unwrap_or(self.client.locale),
            folders: Arc::clone(&self.folders),
            behind: open.basis.behind(&open.snapshot),
            shown: None,
        })
    }

    fn answer_parked(&mut self) {
        if self.jobs == 0 {
            for reply in self.awaiting_idle.drain(..) {
                let _ = reply.send(());
            }
        }
        if self.pulled_generation != Some(self.generation) {
            for (params, reply) in std::mem::take(&mut self.parked_pulls) {
                self.pull_workspace(params, reply);
            }
        }
        self.parked_pulls.retain(|(_, reply)| !reply.is_closed());
    }

    fn next_serial(&mut self) -> Serial {
        self.last_serial += 1;
        Serial(self.last_serial)
    }
}
