//! What happens to the owner of the drafts, in the order in which it happens.

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::{Notify, mpsc, oneshot};
use tower_lsp::ls_types::*;

use super::view::View;
use super::workspace::Swept;

pub enum Event {
    Initialize(Box<InitializeParams>, oneshot::Sender<InitializeResult>),
    Initialized,
    Opened(DidOpenTextDocumentParams),
    Changed(DidChangeTextDocumentParams),
    Saved,
    Closed(DidCloseTextDocumentParams),
    /// A request about one draft, to be answered from the draft's newest version.
    Asked(Uri, Question),
    /// Work on a version is over after the time given.
    Linted(Uri, Serial, Duration, Outcome),
    /// Somebody wants to know when there is no more work to do.
    IdleAwaited(oneshot::Sender<()>),
    /// The editor's settings have changed, and are to be asked for.
    SettingsOutdated,
    SettingsArrived(Value),
    /// Files that the client watches were written, made or removed.
    FilesChanged,
    FoldersChanged(WorkspaceFoldersChangeEvent),
    /// All drafts of the workspace are to be linted; progress is shown under the token.
    SweepAsked(Option<ProgressToken>, oneshot::Sender<Value>),
    Swept(Swept, oneshot::Sender<Value>),
    ProgressCancelled(ProgressToken),
    /// How much the client wants to be told of what the server does.
    TraceSet(TraceValue),
    WorkspacePulled(WorkspaceDiagnosticParams, oneshot::Sender<WorkspaceDiagnosticReport>),
    SymbolsAsked(String, oneshot::Sender<Vec<SymbolInformation>>),
}

/// What became of a lint pass.
pub enum Outcome {
    Found(Vec<Diagnostic>),
    /// A newer version had come before it was done.
    Superseded,
    Failed,
}

/// Answers a request, or drops it when nobody waits for the answer any more.
pub type Question = Box<dyn FnOnce(Option<&View>) + Send>;

/// Tells one version of one opening of a draft from all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Serial(pub u64);

/// Takes events from anywhere, at once.
#[derive(Clone)]
pub struct Inbox {
    events: mpsc::UnboundedSender<Event>,
    parent_death: Arc<Notify>,
}

pub type Events = mpsc::UnboundedReceiver<Event>;

pub fn inbox() -> (Inbox, Events) {
    let (events, receiver) = mpsc::unbounded_channel();
    let inbox = Inbox {
        events,
        parent_death: Arc::new(Notify::new()),
    };
    (inbox, receiver)
}

impl Inbox {
    /// An event after the owner's end is nobody's business.
    pub fn send(&self, event: Event) {
        let _ = self.events.send(event);
    }

    pub fn announce_parent_death(&self) {
        self.parent_death.notify_one();
    }

    pub async fn parent_death(&self) {
        self.parent_death.notified().await;
    }
}
