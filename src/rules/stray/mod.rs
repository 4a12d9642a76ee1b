//! Characters that are not what was meant.

pub mod line_break;
