//! The handlers of the protocol. Each puts one event into the inbox and, for a request, waits for the answer; none does anything else.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::*;
use tower_lsp::{LanguageServer, LspServiceBuilder};

use super::diagnostics;
use super::event::{Event, Inbox};
use super::view::View;

pub struct Server {
    inbox: Inbox,
    was_shut_down: Arc<AtomicBool>,
}

impl Server {
    pub fn new(inbox: Inbox, was_shut_down: Arc<AtomicBool>) -> Self {
        Server { inbox, was_shut_down }
    }

    /// Answers from the newest version of a draft; `None` when there is no such draft.
    async fn ask<T: Send + 'static>(&self, uri: Uri, answer: impl FnOnce(&View) -> T + Send + 'static) -> Result<Option<T>> {
        let (sender, receiver) = oneshot::channel();
        let question = Box::new(move |view: Option<&View>| {
            if !sender.is_closed() {
                let _ = sender.send(view.map(answer));
            }
        });
        self.inbox.send(Event::Asked(uri, question));
        receiver.await.map_err(|_| Error::internal_error())
    }

    /// The text as the server has it, for whoever doubts that it is the client's.
    async fn text(&self, params: DocumentParams) -> Result<Option<Value>> {
        let answer = |view: &View| json!({ "version": view.version, "text": view.text().to_string() });
        self.ask(params.text_document.uri, answer).await
    }

    /// Answers when everything that was sent before has been linted and published.
    async fn idle(&self) -> Result<()> {
        let (sender, receiver) = oneshot::channel();
        self.inbox.send(Event::IdleAwaited(sender));
        receiver.await.map_err(|_| Error::internal_error())
    }
}

/// The parameters of a request about one draft.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DocumentParams {
    text_document: TextDocumentIdentifier,
}

pub fn with_custom_methods(service: LspServiceBuilder<Server>) -> LspServiceBuilder<Server> {
    service
        .custom_method("jiaogao/text", Server::text)
        .custom_method("jiaogao/idle", Server::idle)
}

impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        let (sender, receiver) = oneshot::channel();
        self.inbox.send(Event::Initialize(Box::new(params), sender));
        receiver.await.map_err(|_| Error::internal_error())
    }

    async fn initialized(&self, _params: InitializedParams) {
        self.inbox.send(Event::Initialized);
    }

    async fn shutdown(&self) -> Result<()> {
        self.was_shut_down.store(true, Ordering::Relaxed);
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.inbox.send(Event::Opened(params));
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        self.inbox.send(Event::Changed(params));
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.inbox.send(Event::Closed(params));
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let previous = params.previous_result_id;
        let report = self.ask(params.text_document.uri, move |view| diagnostics::report(view, previous.as_deref()));
        Ok(report.await?.unwrap_or_else(diagnostics::empty_report))
    }
}
