//! The one owner of the drafts.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::Value;
use tokio::sync::oneshot;
use tower_lsp::ls_types::notification::LogTrace;
use tower_lsp::ls_types::*;

use super::basis::Basis;
use super::client::{Client, Outbox};
use super::convert::Positions;
use super::event::{Event, Events, Inbox, Question, Serial};
use super::registration;
use super::settings::{Book, ForDraft};
use super::shelf::Shelf;
use super::snapshot::Snapshot;
use super::view::{View, path_of};
use super::workspace::{self, Background, Swept, Target};
use super::{capabilities, diagnostics, parent};
use crate::config::{self, ConfigError};
use crate::draft::Draft;
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
        state.answer_parked();
    }
}

struct State {
    inbox: Inbox,
    outbox: Outbox,
    client: Arc<Client>,
    drafts: FxHashMap<Uri, Open>,
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

/// A draft that the client has opened.
struct Open {
    version: i32,
    serial: Serial,
    snapshot: Arc<Snapshot>,
    held: ForDraft,
    /// The newest version that is known to have been read, whose facts serve for the next.
    known: Draft,
    /// The version that is being linted.
    in_work: Option<(Serial, Arc<Snapshot>)>,
    /// The newest version whose findings are out.
    linted: Option<Serial>,
    published: Option<Vec<Diagnostic>>,
    /// What is shown until the newest version has been linted is told from this.
    basis: Basis,
    /// The version for which something was shown in the meantime.
    bridged: Option<Serial>,
}

impl Open {
    /// Makes another text the newest version.
    fn renew(&mut self, serial: Serial, text: Text, shelf: &Arc<Shelf>) {
        if let Some(known) = self.snapshot.known_draft() {
            self.known = known;
        }
        self.serial = serial;
        self.snapshot = Arc::new(Snapshot::new(text, self.known.clone(), &self.held, shelf));
    }
}

impl Open {
    /// Has the newest version linted again, though its text is the same.
    fn look_again(&mut self, serial: Serial) {
        self.serial = serial;
        self.snapshot = Arc::new(self.snapshot.again());
    }
}

impl State {
    fn new(inbox: Inbox, outbox: Outbox) -> Self {
        State {
            inbox,
            outbox,
            client: Arc::default(),
            drafts: FxHashMap::default(),
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
            Event::Linted(uri, serial, time, diagnostics) => {
                self.trace(&uri, serial, time);
                self.take_result(&uri, serial, diagnostics);
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

    fn set_folders(&mut self, folders: Vec<PathBuf>) {
        self.folders = folders.clone().into();
        self.book.set_folders(folders);
        self.generation += 1;
    }

    fn change_folders(&mut self, change: WorkspaceFoldersChangeEvent) {
        let removed: Vec<PathBuf> = change.removed.iter().filter_map(|folder| path_of(&folder.uri)).collect();
        let kept = self.folders.iter().filter(|folder| !removed.contains(folder)).cloned();
        let added = change.added.iter().filter_map(|folder| path_of(&folder.uri));
        self.set_folders(kept.chain(added).collect());
        self.resettle();
    }

    fn open(&mut self, document: TextDocumentItem) {
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

    fn change(&mut self, params: DidChangeTextDocumentParams) {
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
        self.tell_others(&uri);
    }

    /// Puts a draft where the drafts that are held against it find it, and has those linted anew.
    fn tell_others(&mut self, uri: &Uri) {
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

    fn close(&mut self, uri: &Uri) {
        let Some(open) = self.drafts.remove(uri) else {
            return;
        };
        self.generation += 1;
        if open.published.is_some() {
            self.publish(uri.clone(), Vec::new(), None);
        }
        self.tell_others(uri);
    }

    fn answer(&mut self, uri: Uri, question: Question) {
        if let Some(view) = self.view(&uri) {
            tokio::task::spawn_blocking(move || question(Some(&view)));
            return;
        }
        let path = path_of(&uri);
        let held = self.book.for_draft(path.as_deref());
        let (client, folders) = (Arc::clone(&self.client), Arc::clone(&self.folders));
        let shelf = Arc::clone(&self.shelf);
        tokio::task::spawn_blocking(move || {
            let snapshot = path.and_then(|path| read_closed(&path, &held, &shelf));
            let view = snapshot.map(|snapshot| View {
                uri,
                version: None,
                snapshot: Arc::new(snapshot),
                language: held.language.unwrap_or(client.locale),
                client,
                folders,
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
        })
    }

    /// Starts work on every draft whose newest version was not linted, one version of a draft at a time. A client that pulls is not worked for
    /// before it asks.
    fn lint_what_changed(&mut self) {
        if self.client.pulls {
            return;
        }
        self.bridge();
        let is_due = |open: &Open| open.in_work.is_none() && open.linted != Some(open.serial);
        let due: Vec<Uri> = self.drafts.iter().filter(|(_, open)| is_due(open)).map(|(uri, _)| uri.clone()).collect();
        for uri in due {
            let Some(view) = self.view(&uri) else { continue };
            let Some(open) = self.drafts.get_mut(&uri) else { continue };
            let serial = open.serial;
            open.in_work = Some((serial, Arc::clone(&open.snapshot)));
            self.jobs += 1;
            let busy = self.background.hold();
            let inbox = self.inbox.clone();
            tokio::spawn(async move {
                let start = Instant::now();
                let diagnostics = tokio::task::spawn_blocking(move || diagnostics::of(&view)).await;
                drop(busy);
                inbox.send(Event::Linted(uri, serial, start.elapsed(), diagnostics.ok()));
            });
        }
    }

    /// Shows of long drafts that were edited what can be told before the newest version has been linted.
    fn bridge(&mut self) {
        let is_due = |open: &Open| open.bridged != Some(open.serial) && open.linted != Some(open.serial);
        let due: Vec<Uri> = self.drafts.iter().filter(|(_, open)| is_due(open)).map(|(uri, _)| uri.clone()).collect();
        for uri in due {
            let Some(view) = self.view(&uri) else { continue };
            let Some(open) = self.drafts.get_mut(&uri) else { continue };
            open.bridged = Some(open.serial);
            if let Some(findings) = open.basis.findings_for(&open.snapshot) {
                self.show(&uri, diagnostics::of_findings(&view, &findings));
            }
        }
    }

    /// Tells the log, and the client that asked to be told (`$/setTrace`), what was done.
    fn trace(&self, uri: &Uri, serial: Serial, time: Duration) {
        let message = format!("{} linted in {time:?}", uri.as_str());
        tracing::info!("{message}");
        if self.trace == TraceValue::Off {
            return;
        }
        let version = self.drafts.get(uri).map_or(0, |open| open.version);
        let verbose = (self.trace == TraceValue::Verbose).then(|| format!("version {version}, state {}, jobs {}", serial.0, self.jobs));
        self.outbox.notify::<LogTrace>(LogTraceParams { message, verbose });
    }

    /// A result is published if it is that of the newest version, the draft is still open, and it says something new.
    fn take_result(&mut self, uri: &Uri, serial: Serial, diagnostics: Option<Vec<Diagnostic>>) {
        self.jobs -= 1;
        let Some(open) = self.drafts.get_mut(uri) else {
            return;
        };
        if let Some((_, snapshot)) = open.in_work.take_if(|(in_work, _)| *in_work == serial)
            && diagnostics.is_some()
        {
            open.basis.renew(serial, snapshot);
        }
        if open.serial != serial {
            // The newest version is still to be linted, but may be compared with this one now.
            open.bridged = None;
            return;
        }
        open.linted = Some(serial);
        match diagnostics {
            Some(diagnostics) => self.show(uri, diagnostics),
            None => self.outbox.log(MessageType::ERROR, format!("{} could not be linted", uri.as_str())),
        }
    }

    /// Publishes the diagnostics of an open draft's newest version, unless the client has just these.
    fn show(&mut self, uri: &Uri, diagnostics: Vec<Diagnostic>) {
        let Some(open) = self.drafts.get_mut(uri).filter(|open| open.published.as_ref() != Some(&diagnostics)) else {
            return;
        };
        let version = Some(open.version);
        self.outbox.publish(uri, &diagnostics, version);
        open.published = Some(diagnostics);
    }

    fn publish(&self, uri: Uri, diagnostics: Vec<Diagnostic>, version: Option<i32>) {
        self.outbox.publish(&uri, &diagnostics, version);
    }

    fn take_editor_settings(&mut self, value: &Value) {
        match self.book.set_editor(value) {
            Ok(()) => self.resettle(),
            Err(error) => self
                .outbox
                .log(MessageType::ERROR, format!("settings: {}", error.message.get(self.client.locale))),
        }
    }

    /// Reads settings files that have changed, for clients that do not watch them.
    fn look_at_settings(&mut self) {
        if self.book.is_out_of_date() {
            self.book.reload();
            self.resettle();
        }
    }

    /// Gives every open draft the settings that hold for it now.
    fn resettle(&mut self) {
        self.generation += 1;
        let uris: Vec<Uri> = self.drafts.keys().cloned().collect();
        let mut has_changed = false;
        for uri in uris {
            let held = self.book.for_draft(path_of(&uri).as_deref());
            let serial = self.next_serial();
            let Some(open) = self.drafts.get_mut(&uri) else { continue };
            if open.held != held {
                open.held = held;
                open.renew(serial, open.snapshot.text().clone(), &self.shelf);
                has_changed = true;
                if let Some(path) = path_of(&uri) {
                    self.shelf.put(path, Arc::clone(&open.snapshot));
                }
            } else if open.held.depends_on_others() {
                open.look_again(serial);
                has_changed = true;
            }
        }
        self.report_broken_settings();
        if has_changed && self.client.refreshes_diagnostics() {
            let outbox = self.outbox.clone();
            tokio::spawn(async move {
                // A client that refuses will ask when it sees fit.
                let _ = outbox.workspace_diagnostic_refresh().await;
            });
        }
    }

    /// Shows in the settings files themselves what is wrong with them. No client pulls for those.
    fn report_broken_settings(&mut self) {
        let mut broken = FxHashSet::default();
        let mut to_publish = Vec::new();
        for error in self.book.errors() {
            if let Some(uri) = Uri::from_file_path(&error.path) {
                to_publish.push((uri.clone(), vec![self.settings_diagnostic(error)]));
                broken.insert(uri);
            }
        }
        let mended = self.broken_settings.difference(&broken).map(|uri| (uri.clone(), Vec::new()));
        to_publish.extend(mended);
        self.broken_settings = broken;
        for (uri, diagnostics) in to_publish {
            self.publish(uri, diagnostics, None);
        }
    }

    fn settings_diagnostic(&self, error: &ConfigError) -> Diagnostic {
        let decoded = std::fs::read(&error.path).ok().and_then(|bytes| decode::decode(&bytes, None).ok());
        let text = Text::new(&decoded.map_or_else(String::new, |decoded| decoded.text));
        let unit = self.client.unit;
        Diagnostic {
            range: Positions { text: &text, unit }.range(error.range.clone().unwrap_or(0..0)),
            severity: Some(DiagnosticSeverity::ERROR),
            source: Some("jiaogao".to_owned()),
            message: error.message.get(self.client.locale).to_owned(),
            ..Diagnostic::default()
        }
    }

    fn targets_open(&self) -> Vec<Target> {
        let views = self.drafts.keys().filter_map(|uri| self.view(uri));
        views.map(|view| Target::Open(Box::new(view))).collect()
    }

    fn sweep(&mut self, token: Option<ProgressToken>, reply: oneshot::Sender<Value>) {
        let work = self
            .background
            .work(&self.book, &self.shelf, self.targets_open(), &self.client, &self.folders);
        workspace::sweep(work, token, reply, &mut self.background, self.outbox.clone(), self.inbox.clone());
    }

    /// Shows what was found in drafts that are not open, and takes back what was shown of drafts in which nothing is found any more.
    fn take_swept(&mut self, swept: Swept, reply: oneshot::Sender<Value>) {
        let mut shown = FxHashSet::default();
        for (uri, diagnostics) in &swept.closed {
            if self.drafts.contains_key(uri) {
                continue;
            }
            if !diagnostics.is_empty() || self.pushed_closed.contains(uri) {
                self.publish(uri.clone(), diagnostics.clone(), None);
            }
            if !diagnostics.is_empty() {
                shown.insert(uri.clone());
            }
        }
        if swept.is_complete {
            for gone in self
                .pushed_closed
                .difference(&shown)
                .filter(|uri| !swept.closed.iter().any(|(swept, _)| swept == *uri))
            {
                self.publish(gone.clone(), Vec::new(), None);
            }
            self.pushed_closed = shown;
        } else {
            self.pushed_closed.extend(shown);
        }
        let _ = reply.send(swept.summary());
    }

    /// A client that pulls the whole workspace asks again as soon as it is answered, so when nothing has changed the answer waits.
    fn pull_workspace(&mut self, params: WorkspaceDiagnosticParams, reply: oneshot::Sender<WorkspaceDiagnosticReport>) {
        if self.pulled_generation == Some(self.generation) && !params.previous_result_ids.is_empty() {
            self.parked_pulls.push((params, reply));
            return;
        }
        self.pulled_generation = Some(self.generation);
        let work = self.background.work(&self.book, &self.shelf, Vec::new(), &self.client, &self.folders);
        let open: FxHashSet<Uri> = self.drafts.keys().cloned().collect();
        tokio::task::spawn_blocking(move || {
            let report = workspace::report(&work, &open, &params, || reply.is_closed());
            let _ = reply.send(report);
        });
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

/// A draft that is not open is read from its file.
pub fn read_closed(path: &std::path::Path, held: &ForDraft, shelf: &Arc<Shelf>) -> Option<Snapshot> {
    let decoded = decode::decode(&std::fs::read(path).ok()?, None).ok()?;
    let earlier = Draft::new("", Format::of_path(path));
    Some(Snapshot::new(Text::new(&decoded.text), earlier, held, shelf))
}
