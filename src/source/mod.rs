//! From a file to blocks of prose, and back to places in the file.
//!
//! [`decode`] turns bytes into text, [`split`] cuts the text into [`Block`]s. A block's [`prose`] is what a reader would read aloud: without
//! Markdown's markup, without the line ends of a hard-wrapped paragraph, and joined over a page break that tore a sentence in two. It knows
//! for each of its bytes where it came from, so that a finding can be shown in the file.

pub mod block;
pub mod decode;
pub mod docx;
pub mod html;
mod joint;
mod label;
mod markdown;
mod odt;
pub mod office;
mod page;
mod plain;
pub mod prose;
pub mod resplit;
mod url;

use std::ops::Range;
use std::path::Path;

use block::Block;
use serde::{Deserialize, Serialize};

/// How a draft is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    #[default]
    Plain,
    Markdown,
    Html,
    /// A document of a word processor. It is no text that could be cut into blocks; `office` reads its file.
    Word,
}

impl Format {
    /// The format a file's suffix tells; anything unknown is plain text.
    pub fn of_path(path: &Path) -> Format {
        let suffix = path
            .extension()
            .and_then(|suffix| suffix.to_str())
            .unwrap_or_default()
            .to_ascii_lowercase();
        match suffix.as_str() {
            "md" | "markdown" | "mkd" | "mdown" => Format::Markdown,
            "html" | "htm" | "xhtml" => Format::Html,
            "docx" | "docm" | "dotx" | "dotm" | "odt" | "ott" => Format::Word,
            _ => Format::Plain,
        }
    }
}

/// Whether a file that nobody named is taken for a draft when the folder it stands in is looked through. Word keeps a small file beside each
/// document that is open, which looks like a document by its suffix alone.
pub fn has_draft_suffix(path: &Path) -> bool {
    let suffix = path.extension().and_then(|suffix| suffix.to_str()).unwrap_or_default();
    let is_lock = || path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"~$"));
    match Format::of_path(path) {
        Format::Plain => suffix.eq_ignore_ascii_case("txt"),
        Format::Markdown => true,
        // A folder of pages is a site, and most of its pages are no drafts.
        Format::Html => false,
        Format::Word => !is_lock(),
    }
}

/// Cuts a draft into blocks, in reading order. Blocks do not overlap; what lies between them (blank lines, code, markup) is not prose.
pub fn split(text: &str, format: Format) -> Vec<Block> {
    let blocks = match format {
        Format::Plain | Format::Word => plain::split(text),
        Format::Markdown => markdown::split(text),
        Format::Html => html::split(text),
    };
    finish(text, blocks)
}

/// What is done to blocks of every format: addresses are no words, and a paragraph that a page break tore is one.
fn finish(text: &str, mut blocks: Vec<Block>) -> Vec<Block> {
    for block in &mut blocks {
        let addresses = url::addresses(block.prose.text());
        if !addresses.is_empty() {
            block.mask(&addresses);
        }
    }
    joint::join_torn_paragraphs(text, blocks)
}

/// Where a draft has comments, `<!--` and `-->` included, in bytes. Plain text has none.
pub fn comments(text: &str, format: Format) -> Vec<Range<usize>> {
    match format {
        Format::Plain | Format::Word => Vec::new(),
        Format::Markdown => markdown::comments(text),
        Format::Html => html::comments(text),
    }
}
