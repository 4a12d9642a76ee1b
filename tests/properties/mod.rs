//! What must hold whatever the input: properties of any row of bytes, which the tests try on inputs that are kept and on random ones, and which
//! the fuzzers of `fuzz/` search for an input that breaks them.

mod blocks;
mod decode;
mod draft;
mod edits;
mod figures;
mod fixes;
mod fragments;
mod frames;
mod html;
mod lint;
#[path = "../lsp/model.rs"]
mod model;
mod numerals;
mod office;
#[path = "../word/package.rs"]
#[expect(dead_code, reason = "the tests of Word documents use more of it")]
mod package;
#[path = "../lsp/protocol.rs"]
mod protocol;

/// A property of any row of bytes, which panics where it does not hold.
pub type Property = fn(&[u8]);

/// The properties by their names.
pub const ALL: [(&str, Property); 11] = [
    ("decode", decode::holds),
    ("blocks", blocks::holds),
    ("numerals", numerals::holds),
    ("figures", figures::holds),
    ("lint", lint::holds),
    ("edits", edits::holds),
    ("fixes", fixes::holds),
    ("frames", frames::holds),
    ("docx", office::docx),
    ("odt", office::odt),
    ("html", html::holds),
];
