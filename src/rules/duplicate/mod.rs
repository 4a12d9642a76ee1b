//! What stands twice.

pub mod heading;
pub mod passage;
pub mod word;
