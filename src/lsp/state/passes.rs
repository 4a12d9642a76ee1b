//! Lint passes over open drafts, and what is shown of them.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tower_lsp::ls_types::notification::LogTrace;
use tower_lsp::ls_types::*;

use super::State;
use super::open::Open;
use crate::lsp::basis::Basis;
use crate::lsp::diagnostics;
use crate::lsp::event::{Event, Outcome, Serial};

impl State {
    /// Starts work on every draft whose newest version was not linted, one version of a draft at a time. A client that pulls is not worked for
    /// before it asks.
    pub(super) fn lint_what_changed(&mut self) {
        if self.client.pulls {
            return;
        }
        self.start_passes();
        self.bridge();
    }

    /// No more passes run at a time than there are processors: the others would only take memory while they wait. The draft that was changed last
    /// goes first.
    fn start_passes(&mut self) {
        let processors = std::thread::available_parallelism().map_or(1, |processors| processors.get());
        let free = processors.saturating_sub(self.jobs);
        if free == 0 {
            return;
        }
        let mut due = self.drafts_where(|open| open.in_work.is_none() && open.linted != Some(open.serial));
        due.sort_by_key(|uri| std::cmp::Reverse(self.drafts.get(uri).map(|open| open.serial)));
        for uri in due.into_iter().take(free) {
            let Some(view) = self.view(&uri) else { continue };
            let Some(open) = self.drafts.get_mut(&uri) else { continue };
            let serial = open.serial;
            open.in_work = Some((serial, Arc::clone(&open.snapshot)));
            self.jobs += 1;
            let busy = self.background.hold();
            let inbox = self.inbox.clone();
            let start = Instant::now();
            // The work begins now, not when this task gets to it.
            let work = tokio::task::spawn_blocking(move || diagnostics::in_time(&view));
            tokio::spawn(async move {
                let outcome = match work.await {
                    Ok(Some(diagnostics)) => Outcome::Found(diagnostics),
                    Ok(None) => Outcome::Superseded,
                    Err(_) => Outcome::Failed,
                };
                drop(busy);
                inbox.send(Event::Linted(uri, serial, start.elapsed(), outcome));
            });
        }
    }

    /// Shows of drafts that take long what can be told of their newest version before it has been linted.
    fn bridge(&mut self) {
        let is_due = |open: &Open| open.bridged != Some(open.serial) && open.linted != Some(open.serial);
        for uri in self.drafts_where(is_due) {
            let Some(view) = self.view(&uri) else { continue };
            let Some(open) = self.drafts.get_mut(&uri) else { continue };
            open.bridged = Some(open.serial);
            let findings = match open.published {
                None => Basis::first_findings_of(&open.snapshot),
                Some(_) => open.basis.findings_for(&open.snapshot),
            };
            if let Some(findings) = findings {
                self.show(&uri, diagnostics::of_findings(&view, &findings));
            }
        }
    }

    fn drafts_where(&self, is_due: impl Fn(&Open) -> bool) -> Vec<Uri> {
        self.drafts.iter().filter(|(_, open)| is_due(open)).map(|(uri, _)| uri.clone()).collect()
    }

    /// Tells the log, and the client that asked to be told (`$/setTrace`), what was done.
    pub(super) fn trace(&self, uri: &Uri, serial: Serial, time: Duration, outcome: &Outcome) {
        let done = if matches!(outcome, Outcome::Superseded) {
            "given up after"
        } else {
            "linted in"
        };
        let message = format!("{} {done} {time:?}", uri.as_str());
        tracing::info!("{message}");
        if self.trace == TraceValue::Off {
            return;
        }
        let version = self.drafts.get(uri).map_or(0, |open| open.version);
        let verbose = (self.trace == TraceValue::Verbose).then(|| format!("version {version}, state {}, jobs {}", serial.0, self.jobs));
        self.outbox.notify::<LogTrace>(LogTraceParams { message, verbose });
    }

    /// A result is published if it is that of the newest version, the draft is still open, and it says something new.
    pub(super) fn take_result(&mut self, uri: &Uri, serial: Serial, outcome: Outcome) {
        self.jobs -= 1;
        let Some(open) = self.drafts.get_mut(uri) else {
            return;
        };
        let pass = open.in_work.take_if(|(in_work, _)| *in_work == serial);
        if let (Some((_, snapshot)), Outcome::Found(_)) = (pass, &outcome) {
            open.basis.renew(serial, snapshot);
        }
        if open.serial != serial {
            if !matches!(outcome, Outcome::Superseded) {
                // The newest version is still to be linted, but may be compared with this one now.
                open.bridged = None;
            }
            return;
        }
        match outcome {
            Outcome::Found(diagnostics) => {
                open.linted = Some(serial);
                self.show(uri, diagnostics);
                self.keep_awake(uri);
            }
            Outcome::Superseded => {}
            Outcome::Failed => {
                open.linted = Some(serial);
                self.outbox.log(MessageType::ERROR, format!("{} could not be linted", uri.as_str()));
            }
        }
    }

    /// Publishes the diagnostics of an open draft's newest version, unless the client has just these.
    pub(super) fn show(&mut self, uri: &Uri, diagnostics: Vec<Diagnostic>) {
        let Some(open) = self.drafts.get_mut(uri).filter(|open| open.published.as_ref() != Some(&diagnostics)) else {
            return;
        };
        let version = Some(open.version);
        self.outbox.publish(uri, &diagnostics, version);
        open.published = Some(diagnostics);
    }

    pub(super) fn publish(&self, uri: Uri, diagnostics: Vec<Diagnostic>, version: Option<i32>) {
        self.outbox.publish(&uri, &diagnostics, version);
    }
}
