//! The handlers of the protocol. Each puts one event into the inbox and, for a request, waits for the answer; none does anything else.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tower_lsp::jsonrpc::{Error, Result};
use tower_lsp::ls_types::*;
use tower_lsp::{LanguageServer, LspServiceBuilder};

use super::event::{Event, Inbox};
use super::view::View;
use super::{actions, capabilities, completion, diagnostics, figures, folding, hover, outline, references, rename, selection};

pub struct Server {
    inbox: Inbox,
    was_shut_down: Arc<AtomicBool>,
}

impl Server {
    pub fn new(inbox: Inbox, was_shut_down: Arc<AtomicBool>) -> Self {
        Server { inbox, was_shut_down }
    }

    /// Sends an event that carries the way back for its answer.
    async fn send<T>(&self, event: impl FnOnce(oneshot::Sender<T>) -> Event) -> Result<T> {
        let (sender, receiver) = oneshot::channel();
        self.inbox.send(event(sender));
        receiver.await.map_err(|_| Error::internal_error())
    }

    /// Answers from the newest version of a draft; `None` when there is no such draft.
    async fn ask<T: Send + 'static>(&self, uri: Uri, answer: impl FnOnce(&View) -> T + Send + 'static) -> Result<Option<T>> {
        let event = |sender: oneshot::Sender<Option<T>>| {
            let question = Box::new(move |view: Option<&View>| {
                if !sender.is_closed() {
                    let _ = sender.send(view.map(answer));
                }
            });
            Event::Asked(uri, question)
        };
        self.send(event).await
    }

    /// The text as the server has it, for whoever doubts that it is the client's.
    async fn text(&self, params: DocumentParams) -> Result<Option<Value>> {
        let answer = |view: &View| json!({ "version": view.version, "text": view.text().to_string() });
        self.ask(params.text_document.uri, answer).await
    }

    /// The table of all figures of a draft.
    async fn figures(&self, params: DocumentParams) -> Result<Option<Vec<figures::Row>>> {
        self.ask(params.text_document.uri, figures::table).await
    }

    /// Answers when everything that was sent before has been linted and published.
    async fn idle(&self) -> Result<()> {
        self.send(Event::IdleAwaited).await
    }

    async fn cancel_progress(&self, params: WorkDoneProgressCancelParams) {
        self.inbox.send(Event::ProgressCancelled(params.token));
    }

    async fn set_trace(&self, params: SetTraceParams) {
        self.inbox.send(Event::TraceSet(params.value));
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
        .custom_method("jiaogao/figures", Server::figures)
        .custom_method("jiaogao/idle", Server::idle)
        .custom_method("window/workDoneProgress/cancel", Server::cancel_progress)
        .custom_method("$/setTrace", Server::set_trace)
}

impl LanguageServer for Server {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        self.send(|reply| Event::Initialize(Box::new(params), reply)).await
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

    async fn did_save(&self, _params: DidSaveTextDocumentParams) {
        self.inbox.send(Event::Saved);
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.inbox.send(Event::Closed(params));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        // A client that answers questions about settings sends nothing here, or everything it has.
        if !params.settings.is_null() {
            self.inbox.send(Event::SettingsArrived(params.settings));
        }
        self.inbox.send(Event::SettingsOutdated);
    }

    async fn did_change_watched_files(&self, _params: DidChangeWatchedFilesParams) {
        self.inbox.send(Event::FilesChanged);
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.inbox.send(Event::FoldersChanged(params.event));
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let previous = params.previous_result_id;
        let report = self.ask(params.text_document.uri, move |view| diagnostics::report(view, previous.as_deref()));
        Ok(report.await?.unwrap_or_else(diagnostics::empty_report))
    }

    async fn workspace_diagnostic(&self, params: WorkspaceDiagnosticParams) -> Result<WorkspaceDiagnosticReportResult> {
        let report = self.send(|reply| Event::WorkspacePulled(params, reply)).await?;
        Ok(WorkspaceDiagnosticReportResult::Report(report))
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        self.ask(params.text_document.uri, outline::document_symbols).await
    }

    async fn symbol(&self, params: WorkspaceSymbolParams) -> Result<Option<WorkspaceSymbolResponse>> {
        let symbols = self.send(|reply| Event::SymbolsAsked(params.query, reply)).await?;
        Ok(Some(WorkspaceSymbolResponse::Flat(symbols)))
    }

    async fn folding_range(&self, params: FoldingRangeParams) -> Result<Option<Vec<FoldingRange>>> {
        self.ask(params.text_document.uri, folding::ranges).await
    }

    async fn selection_range(&self, params: SelectionRangeParams) -> Result<Option<Vec<SelectionRange>>> {
        let positions = params.positions;
        self.ask(params.text_document.uri, move |view| selection::ranges(view, &positions)).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let uri = params.text_document.uri.clone();
        self.ask(uri, move |view| actions::actions(view, &params)).await
    }

    async fn code_action_resolve(&self, action: CodeAction) -> Result<CodeAction> {
        let Some(deferred) = actions::deferred(&action) else {
            return Ok(action);
        };
        let uri = deferred.uri.clone();
        let resolved = self.ask(uri, move |view| actions::resolve(view, action, &deferred)).await?;
        resolved.unwrap_or_else(|| Err(Error::invalid_params("no such draft")))
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let at = params.text_document_position;
        let items = self.ask(at.text_document.uri, move |view| completion::items(view, at.position)).await?;
        Ok(items.map(CompletionResponse::Array))
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let at = params.text_document_position_params;
        Ok(self
            .ask(at.text_document.uri, move |view| hover::hover(view, at.position))
            .await?
            .flatten())
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let at = params.text_document_position_params;
        let location = self
            .ask(at.text_document.uri, move |view| references::definition(view, at.position))
            .await?;
        Ok(location.flatten().map(GotoDefinitionResponse::Scalar))
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let at = params.text_document_position;
        let with_declaration = params.context.include_declaration;
        let locations = self.ask(at.text_document.uri, move |view| {
            references::locations(view, at.position, with_declaration)
        });
        Ok(locations.await?.flatten())
    }

    async fn document_highlight(&self, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>> {
        let at = params.text_document_position_params;
        let highlights = self.ask(at.text_document.uri, move |view| references::highlights(view, at.position));
        Ok(highlights.await?.flatten())
    }

    async fn prepare_rename(&self, params: TextDocumentPositionParams) -> Result<Option<PrepareRenameResponse>> {
        let answer = self
            .ask(params.text_document.uri, move |view| rename::prepare(view, params.position))
            .await?;
        Ok(answer.flatten())
    }

    async fn rename(&self, params: RenameParams) -> Result<Option<WorkspaceEdit>> {
        let at = params.text_document_position;
        let renamed = self
            .ask(at.text_document.uri, move |view| rename::rename(view, at.position, &params.new_name))
            .await?;
        renamed.unwrap_or(Ok(None))
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        if params.command != capabilities::LINT_WORKSPACE {
            return Err(Error::invalid_params(format!("there is no command {}", params.command)));
        }
        let token = params.work_done_progress_params.work_done_token;
        self.send(|reply| Event::SweepAsked(token, reply)).await.map(Some)
    }
}
