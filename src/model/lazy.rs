//! A model that is built when it is first asked for.

use std::fmt;
use std::ops::Deref;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, LazyLock};

/// What a request does not ask for is not built: an outline needs the numbering and no figures. A clone is the same model, so that one model can
/// be built from another.
pub struct Lazy<T> {
    model: Arc<LazyLock<T, Build<T>>>,
    is_built: Arc<AtomicBool>,
}

type Build<T> = Box<dyn FnOnce() -> T + Send>;

impl<T> Lazy<T> {
    pub(super) fn new(build: impl FnOnce() -> T + Send + 'static) -> Self {
        let is_built = Arc::new(AtomicBool::new(false));
        let built = Arc::clone(&is_built);
        let build = move || {
            let model = build();
            built.store(true, Ordering::Release);
            model
        };
        Lazy {
            model: Arc::new(LazyLock::new(Box::new(build))),
            is_built,
        }
    }

    /// Whether somebody has asked for the model, and it is there.
    pub fn is_built(&self) -> bool {
        self.is_built.load(Ordering::Acquire)
    }
}

impl<T> Clone for Lazy<T> {
    fn clone(&self) -> Self {
        Lazy {
            model: Arc::clone(&self.model),
            is_built: Arc::clone(&self.is_built),
        }
    }
}

impl<T> Deref for Lazy<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.model
    }
}

impl<T: fmt::Debug> fmt::Debug for Lazy<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(formatter)
    }
}
