//! Ctrl-C while drafts are mended: those at hand are finished, so that nothing half-written is left, and no others are begun.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

#[derive(Debug, Clone, Default)]
pub(super) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Watches from now on. Who asks a second time does not want to wait, and the program ends at once.
    #[cfg(unix)]
    pub(super) fn watch() -> Interrupt {
        use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
        use signal_hook::flag;
        let interrupt = Interrupt::default();
        for signal in [SIGINT, SIGTERM, SIGHUP] {
            // Where signals cannot be watched they end the program, as they do everywhere else. Handlers run in the order of registration, so the
            // first signal finds the flag unset here.
            let _ = flag::register_conditional_shutdown(signal, super::INTERRUPTED.into(), Arc::clone(&interrupt.0));
            let _ = flag::register(signal, Arc::clone(&interrupt.0));
        }
        interrupt
    }

    #[cfg(not(unix))]
    pub(super) fn watch() -> Interrupt {
        Interrupt::default()
    }

    pub(super) fn is_asked(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
