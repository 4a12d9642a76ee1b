//! Names that do not agree with each other.

pub mod scope;
pub mod variant;
