//! Printers, one file each.

pub mod json;
