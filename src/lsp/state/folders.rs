//! The workspace's folders, and drafts in them that are not open.

use std::path::PathBuf;

use rustc_hash::FxHashSet;
use serde_json::Value;
use tokio::sync::oneshot;
use tower_lsp::ls_types::*;

use super::State;
use crate::lsp::view::path_of;
use crate::lsp::workspace::{self, Swept, Target};

impl State {
    pub(super) fn set_folders(&mut self, folders: Vec<PathBuf>) {
        self.folders = folders.clone().into();
        self.book.set_folders(folders);
        self.generation += 1;
    }

    pub(super) fn change_folders(&mut self, change: WorkspaceFoldersChangeEvent) {
        let removed: Vec<PathBuf> = change.removed.iter().filter_map(|folder| path_of(&folder.uri)).collect();
        let kept = self.folders.iter().filter(|folder| !removed.contains(folder)).cloned();
        let added = change.added.iter().filter_map(|folder| path_of(&folder.uri));
        self.set_folders(kept.chain(added).collect());
        self.resettle();
    }

    pub(super) fn targets_open(&self) -> Vec<Target> {
        let views = self.drafts.keys().filter_map(|uri| self.view(uri));
        views.map(|view| Target::Open(Box::new(view))).collect()
    }

    pub(super) fn sweep(&mut self, token: Option<ProgressToken>, reply: oneshot::Sender<Value>) {
        let work = self
            .background
            .work(&self.book, &self.shelf, self.targets_open(), &self.client, &self.folders);
        workspace::sweep(work, token, reply, &mut self.background, self.outbox.clone(), self.inbox.clone());
    }

    /// Shows what was found in drafts that are not open, and takes back what was shown of drafts in which nothing is found any more.
    pub(super) fn take_swept(&mut self, swept: Swept, reply: oneshot::Sender<Value>) {
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
    pub(super) fn pull_workspace(&mut self, params: WorkspaceDiagnosticParams, reply: oneshot::Sender<WorkspaceDiagnosticReport>) {
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
}
