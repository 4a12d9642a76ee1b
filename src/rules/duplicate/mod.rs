//! What stands twice.

pub mod passage;
