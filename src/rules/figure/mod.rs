//! Figures that contradict each other or their own arithmetic.

mod across;
mod addition;
pub mod conflict;
pub mod conversion;
pub mod date;
pub mod deadline;
mod equation;
pub mod growth;
pub mod percent;
pub mod product;
pub mod sheet;
pub mod sum;
pub mod year;
