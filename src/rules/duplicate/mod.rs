//! What stands twice.

pub mod heading;
pub mod passage;
pub mod shared;
pub mod stale;
pub mod word;
