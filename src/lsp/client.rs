//! The other side: what it can do, and the way to tell it something.

use std::ops::Deref;

use tower_lsp::jsonrpc::Request;
use tower_lsp::ls_types::notification::{LogMessage, Notification};
use tower_lsp::ls_types::{ClientCapabilities, InitializeParams, LogMessageParams, MessageType};

use super::convert;
use super::transport::Sender;
use crate::finding::Language;
use crate::text::Unit;

/// What the client told of itself when it connected.
#[derive(Debug, Clone)]
pub struct Client {
    pub unit: Unit,
    pub language: Language,
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
            language: params.locale.as_deref().map_or_else(Language::default, language),
            pulls: document.is_some_and(|document| document.diagnostic.is_some()),
            capabilities,
        }
    }

    pub fn shows_related_information(&self) -> bool {
        let document = self.capabilities.text_document.as_ref();
        let diagnostics = document.and_then(|document| document.publish_diagnostics.as_ref());
        self.pulls || diagnostics.is_some_and(|diagnostics| diagnostics.related_information == Some(true))
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
