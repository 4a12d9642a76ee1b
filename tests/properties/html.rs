//! Any page has blocks, and what was made of markup leads back to it.

use jiaogao::draft::Draft;
use jiaogao::source::{Format, decode, html};

use super::fragments::{self, Input};
use super::{blocks, lint};

pub fn holds(data: &[u8]) {
    html::declared_encoding(data);
    let mut input = Input(data);
    let text = if input.byte().is_multiple_of(2) {
        fragments::page(input.0)
    } else {
        decode::decode(input.0, html::declared_encoding(input.0)).map_or_else(|_| String::new(), |decoded| decoded.text)
    };
    blocks::hold_for_text(&text, Format::Html);
    let draft = Draft::new(&text, Format::Html);
    lint::hold_for_findings(&draft, &lint::lint(&draft));
}
