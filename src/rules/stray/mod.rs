//! Characters that are not what was meant.

pub mod compat;
mod full_stop;
pub mod invisible;
pub mod line_break;
pub mod lost_char;
pub mod mojibake;
pub mod pair;
pub mod placeholder;
pub mod punctuation;
pub mod space;
