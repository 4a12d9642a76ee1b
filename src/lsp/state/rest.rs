//! Drafts that nobody works on at the moment, of which only the text and the findings are kept.
//!
//! What is known of a draft, its facts and models, takes many times the memory of its text. Reading a draft again takes some milliseconds, so that
//! a person who turns to another draft does not notice; hundreds of drafts that are open would be noticed.

use std::collections::VecDeque;

use tower_lsp::ls_types::Uri;

use super::State;

/// Bytes of text of the drafts of which everything is kept. The one that was worked on last is always among them.
const MOST: usize = 1_000_000;

/// The drafts of which everything is kept, the one that was worked on last at the end.
#[derive(Default)]
pub(super) struct Awake {
    drafts: VecDeque<Uri>,
}

impl State {
    /// Keeps everything that is known of a draft, as it is being worked on, and gives up what is known of those that have not been for longest.
    pub(super) fn keep_awake(&mut self, uri: &Uri) {
        let awake = &mut self.awake.drafts;
        awake.retain(|other| other != uri && self.drafts.contains_key(other));
        awake.push_back(uri.clone());
        let drafts = &self.drafts;
        let length = |uri: &Uri| drafts.get(uri).map_or(0, |open| open.snapshot.text().len());
        let mut total: usize = awake.iter().map(length).sum();
        let mut idle = Vec::new();
        while total > MOST && awake.len() > 1 {
            let Some(longest_idle) = awake.pop_front() else { break };
            total -= length(&longest_idle);
            idle.push(longest_idle);
        }
        for uri in idle {
            // One that is being linted comes back here when that is done.
            if let Some(open) = self.drafts.get_mut(&uri).filter(|open| open.in_work.is_none()) {
                open.rest();
                self.shelf.renew(&uri, &open.snapshot);
            }
        }
    }
}
