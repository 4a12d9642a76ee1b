//! A model that is built when it is first asked for.

use std::fmt;
use std::ops::Deref;
use std::sync::{Arc, LazyLock};

/// What a request does not ask for is not built: an outline needs the numbering and no figures. A clone is the same model, so that one model can
/// be built from another.
pub struct Lazy<T>(Arc<LazyLock<T, Build<T>>>);

type Build<T> = Box<dyn FnOnce() -> T + Send>;

impl<T> Lazy<T> {
    pub(super) fn new(build: impl FnOnce() -> T + Send + 'static) -> Self {
        Lazy(Arc::new(LazyLock::new(Box::new(build))))
    }
}

impl<T> Clone for Lazy<T> {
    fn clone(&self) -> Self {
        Lazy(Arc::clone(&self.0))
    }
}

impl<T> Deref for Lazy<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: fmt::Debug> fmt::Debug for Lazy<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(formatter)
    }
}
