//! The language server: the linter behind an editor.
//!
//! # The way of a message
//! 1. `frame` cuts the stream into messages; `transport` gives each to its handler, in order.
//! 2. A handler in `server` does one thing: it puts an event into the inbox. No change waits for anything before it is applied.
//! 3. The owner in `state` alone holds the drafts. It applies what has arrived, and only then starts work on a `snapshot` of the newest
//!    version; stale results are dropped.
//! 4. Requests are answered from the snapshot that was the newest when they arrived, off the owner's task, by the file that has the request's
//!    name. No handler waits for the client.
//!
//! `convert` is the only place that knows how the protocol counts columns.

mod actions;
mod basis;
mod capabilities;
mod client;
mod completion;
mod convert;
mod diagnostics;
mod edits;
mod event;
mod figures;
mod folding;
mod frame;
mod hover;
mod ignoring;
mod outline;
mod parent;
mod record;
mod references;
mod registration;
mod rename;
mod selection;
mod server;
mod settings;
mod shelf;
mod snapshot;
mod state;
mod transport;
mod view;
mod workspace;

use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::io::{AsyncRead, AsyncWrite};
use tower_lsp::LspService;

pub use record::Recorder;
use server::Server;

/// Where the server writes besides the protocol.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// A file for what the server has to say of itself.
    pub log: Option<PathBuf>,
    /// A file for the whole traffic.
    pub record: Option<PathBuf>,
}

/// Serves a client on standard input and output until it goes. Returns the exit code: 0 after an orderly shutdown, 1 otherwise.
///
/// # Errors
/// When a file that was asked for cannot be written.
pub fn run(options: &Options) -> io::Result<u8> {
    if let Some(path) = &options.log {
        let file = File::create(path)?;
        tracing_subscriber::fmt().with_writer(file).with_ansi(false).init();
    }
    let recorder = options.record.as_deref().map(Recorder::create).transpose()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
    let code = runtime.block_on(serve(tokio::io::stdin(), tokio::io::stdout(), recorder));
    // A read of standard input cannot be called off, so nothing may wait for it.
    runtime.shutdown_background();
    Ok(code)
}

/// Serves one client on any pair of streams. Returns the exit code.
pub async fn serve(input: impl AsyncRead + Unpin, output: impl AsyncWrite + Unpin + Send + 'static, recorder: Option<Recorder>) -> u8 {
    let (sender, queue) = transport::queue();
    let was_shut_down = Arc::new(AtomicBool::new(false));
    let (inbox, events) = event::inbox();
    let mut owner = None;
    let service = LspService::build(|client| {
        let outbox = client::Outbox::new(client, sender.clone());
        owner = Some(tokio::spawn(state::own(events, inbox.clone(), outbox)));
        Server::new(inbox.clone(), Arc::clone(&was_shut_down))
    });
    let (service, socket) = server::with_custom_methods(service).finish();
    tokio::select! {
        () = transport::serve(input, output, service, socket, (sender, queue), recorder.map(Arc::new)) => {}
        () = inbox.parent_death() => tracing::info!("the process that started the server is gone"),
    }
    if let Some(owner) = owner {
        owner.abort();
    }
    u8::from(!was_shut_down.load(Ordering::Relaxed))
}
