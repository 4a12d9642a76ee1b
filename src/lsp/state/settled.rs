//! Settings, and what becomes of open drafts when they change.

use std::sync::Arc;

use rustc_hash::FxHashSet;
use serde_json::Value;
use tower_lsp::ls_types::*;

use super::State;
use crate::config::ConfigError;
use crate::lsp::convert::Positions;
use crate::lsp::view::path_of;
use crate::source::decode;
use crate::text::Text;

impl State {
    pub(super) fn take_editor_settings(&mut self, value: &Value) {
        match self.book.set_editor(value) {
            Ok(()) => self.resettle(),
            Err(error) => self
                .outbox
                .log(MessageType::ERROR, format!("settings: {}", error.message.get(self.client.locale))),
        }
    }

    /// Reads settings files that have changed, for clients that do not watch them.
    pub(super) fn look_at_settings(&mut self) {
        if self.book.is_out_of_date() {
            self.book.reload();
            self.resettle();
        }
    }

    /// Gives every open draft the settings that hold for it now.
    pub(super) fn resettle(&mut self) {
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
    pub(super) fn report_broken_settings(&mut self) {
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

    pub(super) fn settings_diagnostic(&self, error: &ConfigError) -> Diagnostic {
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
}
