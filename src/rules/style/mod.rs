//! What the national standards write otherwise; hints only.

pub mod approximate;
pub mod date_zero;
pub mod document_number;
pub mod ellipsis;
mod forms;
pub mod half_width;
pub mod marker_level;
pub mod marker_mark;
pub mod number_form;
pub mod quote_nesting;
pub mod range;
pub mod year;
