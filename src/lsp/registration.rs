//! What the server asks of the client: its settings, and to be told when they or the settings files change.

use serde_json::{Value, json};
use tower_lsp::ls_types::*;

use super::client::{Client, Outbox};
use super::event::{Event, Inbox};
use crate::config;

const SECTION: &str = "jiaogao";

/// Registers for what can only be registered for once the connection stands.
pub fn register(client: &Client, outbox: &Outbox) {
    let mut registrations = Vec::new();
    if client.watches_files() {
        let patterns = [format!("**/{}", config::FILE_NAME), "**/*.{txt,md,markdown,mkd,mdown,csv}".to_owned()];
        let watchers: Vec<Value> = patterns.iter().map(|pattern| json!({ "globPattern": pattern })).collect();
        registrations.push(registration("workspace/didChangeWatchedFiles", json!({ "watchers": watchers })));
    }
    if client.registers_configuration() {
        registrations.push(registration("workspace/didChangeConfiguration", json!({ "section": SECTION })));
    }
    if registrations.is_empty() {
        return;
    }
    let outbox = outbox.clone();
    tokio::spawn(async move {
        if let Err(error) = outbox.register_capability(registrations).await {
            outbox.log(MessageType::WARNING, format!("changed settings will not be noticed: {error}"));
        }
    });
}

fn registration(method: &str, options: Value) -> Registration {
    Registration {
        id: format!("jiaogao:{method}"),
        method: method.to_owned(),
        register_options: Some(options),
    }
}

/// Asks for the editor's settings; they arrive as an event.
pub fn ask_for_settings(client: &Client, outbox: &Outbox, inbox: &Inbox) {
    if !client.answers_configuration() {
        return;
    }
    let (outbox, inbox) = (outbox.clone(), inbox.clone());
    tokio::spawn(async move {
        let item = ConfigurationItem {
            scope_uri: None,
            section: Some(SECTION.to_owned()),
        };
        match outbox.configuration(vec![item]).await {
            Ok(values) => inbox.send(Event::SettingsArrived(values.into_iter().next().unwrap_or_default())),
            Err(error) => outbox.log(MessageType::WARNING, format!("the settings cannot be asked for: {error}")),
        }
    });
}
