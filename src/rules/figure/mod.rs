//! Figures that contradict each other or their own arithmetic.

pub mod date;
pub mod growth;
