//! A sign of life on long runs.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::finding::Language;

/// Counts drafts on standard error, if that is a terminal and the run takes longer than a moment.
pub(super) struct Progress {
    began: Instant,
    bar: Option<ProgressBar>,
    wanted: bool,
    language: Language,
    done: u64,
}

impl Progress {
    pub(super) fn new(quiet: bool, language: Language) -> Self {
        Progress {
            began: Instant::now(),
            bar: None,
            wanted: !quiet && std::io::stderr().is_terminal(),
            language,
            done: 0,
        }
    }

    pub(super) fn step(&mut self) {
        const MOMENT: Duration = Duration::from_millis(500);
        self.done += 1;
        if !self.wanted {
            return;
        }
        if self.bar.is_none() && self.began.elapsed() > MOMENT {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            let template = self
                .language
                .pick("{spinner} 已查{pos}份（每秒{per_sec:.0}）", "{spinner} {pos} drafts ({per_sec:.0})");
            if let Ok(style) = ProgressStyle::with_template(template) {
                bar.set_style(style);
            }
            self.bar = Some(bar);
        }
        if let Some(bar) = &self.bar {
            bar.set_position(self.done);
        }
    }

    /// Prints without the bar in between.
    pub(super) fn suspend<R>(&self, print: impl FnOnce() -> R) -> R {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }

    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
