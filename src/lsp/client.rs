//! The other side: what it can do, and the way to tell it something.

use std::ops::Deref;

use serde::Serialize;
use tower_lsp::jsonrpc::Request;
use tower_lsp::ls_types::notification::{LogMessage, Notification, PublishDiagnostics};
use tower_lsp::ls_types::*;

use super::convert;
use super::transport::Sender;
use crate::finding::Language;
use crate::text::Unit;

/// What the client told of itself when it connected.
#[derive(Debug, Clone)]
pub struct Client {
    pub unit: Unit,
    /// The language of messages where the settings do not say one.
    pub locale: Language,
    /// Whether it asks for diagnostics itself, so that none are pushed.
    pub pulls: bool,
    pub capabilities: ClientCapabilities,
}

impl Client {
    pub fn new(params: &InitializeParams) -> Self {
        let capabilities = params.capabilities.clone();
        let offered = capabilities.general.as_ref().and_then(|general| general.position_encodings.as_deref());
        let document = capabilities.text_document.as_ref();
        Client {
            unit: convert::choose_encoding(offered),
            locale: params.locale.as_deref().map_or_else(Language::default, language),
            pulls: document.is_some_and(|document| document.diagnostic.is_some()),
            capabilities,
        }
    }

    pub fn shows_related_information(&self) -> bool {
        let diagnostics = self.document().and_then(|document| document.publish_diagnostics.as_ref());
        self.pulls || diagnostics.is_some_and(|diagnostics| diagnostics.related_information == Some(true))
    }

    pub fn shows_nested_symbols(&self) -> bool {
        let symbols = self.document().and_then(|document| document.document_symbol.as_ref());
        symbols.is_some_and(|symbols| symbols.hierarchical_document_symbol_support == Some(true))
    }

    /// Whether it asks for the edit of a code action only when it is wanted.
    pub fn resolves_edits(&self) -> bool {
        let actions = self.document().and_then(|document| document.code_action.as_ref());
        let resolved = actions.and_then(|actions| actions.resolve_support.as_ref());
        let has_data = actions.is_some_and(|actions| actions.data_support == Some(true));
        has_data && resolved.is_some_and(|support| support.properties.iter().any(|property| property == "edit"))
    }

    pub fn takes_document_changes(&self) -> bool {
        self.workspace_edit().is_some_and(|edit| edit.document_changes == Some(true))
    }

    pub fn can_create_files(&self) -> bool {
        let operations = self.workspace_edit().and_then(|edit| edit.resource_operations.as_ref());
        operations.is_some_and(|operations| operations.contains(&ResourceOperationKind::Create))
    }

    pub fn answers_configuration(&self) -> bool {
        self.workspace().is_some_and(|workspace| workspace.configuration == Some(true))
    }

    /// Whether it can be asked to watch files.
    pub fn watches_files(&self) -> bool {
        let watching = self.workspace().and_then(|workspace| workspace.did_change_watched_files.as_ref());
        watching.is_some_and(|watching| watching.dynamic_registration == Some(true))
    }

    /// Whether it must be asked to tell of changed settings.
    pub fn registers_configuration(&self) -> bool {
        let change = self.workspace().and_then(|workspace| workspace.did_change_configuration.as_ref());
        change.is_some_and(|change| change.dynamic_registration == Some(true))
    }

    /// Whether it can be told that what it pulled is out of date.
    pub fn refreshes_diagnostics(&self) -> bool {
        let diagnostics = self.workspace().and_then(|workspace| workspace.diagnostics.as_ref());
        self.pulls && diagnostics.is_some_and(|diagnostics| diagnostics.refresh_support == Some(true))
    }

    pub fn shows_progress(&self) -> bool {
        let window = self.capabilities.window.as_ref();
        window.is_some_and(|window| window.work_done_progress == Some(true))
    }

    fn document(&self) -> Option<&TextDocumentClientCapabilities> {
        self.capabilities.text_document.as_ref()
    }

    fn workspace(&self) -> Option<&WorkspaceClientCapabilities> {
        self.capabilities.workspace.as_ref()
    }

    fn workspace_edit(&self) -> Option<&WorkspaceEditClientCapabilities> {
        self.workspace().and_then(|workspace| workspace.workspace_edit.as_ref())
    }
}

impl Default for Client {
    fn default() -> Self {
        Client::new(&InitializeParams::default())
    }
}

/// The language of a locale such as `zh-cn`, `en_US.UTF-8` or `C`; the last one tells nothing.
fn language(locale: &str) -> Language {
    let tag = locale.split(['-', '_', '.']).next().unwrap_or_default().to_ascii_lowercase();
    match tag.as_str() {
        "" | "c" | "posix" | "zh" => Language::Chinese,
        _ => Language::English,
    }
}

/// Says things to the client. What needs no answer is sent at once, in order; what does goes through the library's client, from a task of its
/// own.
#[derive(Clone)]
pub struct Outbox {
    client: tower_lsp::Client,
    sender: Sender,
}

impl Outbox {
    pub fn new(client: tower_lsp::Client, sender: Sender) -> Self {
        Outbox { client, sender }
    }

    pub fn notify<N: Notification>(&self, params: N::Params) {
        match serde_json::to_value(params) {
            Ok(params) => self.sender.send(&Request::build(N::METHOD).params(params).finish()),
            Err(error) => tracing::error!("{} cannot be written: {error}", N::METHOD),
        }
    }

    /// `textDocument/publishDiagnostics`, which may be long and is written as it goes.
    pub fn publish(&self, uri: &Uri, diagnostics: &[Diagnostic], version: Option<i32>) {
        #[derive(Serialize)]
        struct Message<'a> {
            jsonrpc: &'static str,
            method: &'static str,
            params: Params<'a>,
        }
        #[derive(Serialize)]
        struct Params<'a> {
            uri: &'a Uri,
            diagnostics: &'a [Diagnostic],
            #[serde(skip_serializing_if = "Option::is_none")]
            version: Option<i32>,
        }
        self.sender.send(&Message {
            jsonrpc: "2.0",
            method: PublishDiagnostics::METHOD,
            params: Params { uri, diagnostics, version },
        });
    }

    pub fn log(&self, typ: MessageType, message: impl Into<String>) {
        let message = message.into();
        tracing::info!("{message}");
        self.notify::<LogMessage>(LogMessageParams { typ, message });
    }
}

impl Deref for Outbox {
    type Target = tower_lsp::Client;

    fn deref(&self) -> &Self::Target {
        &self.client
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_tells_the_language() {
        for chinese in ["zh", "zh-cn", "zh_TW.UTF-8", "ZH-Hans", "C", "C.UTF-8", ""] {
            assert_eq!(language(chinese), Language::Chinese, "{chinese}");
        }
        for english in ["en", "en-US", "de_DE"] {
            assert_eq!(language(english), Language::English, "{english}");
        }
    }
}
