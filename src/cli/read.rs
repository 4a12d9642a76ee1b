//! Reading a draft, and saying why it cannot be read.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use encoding_rs::{Encoding, GB18030, GBK};

use super::Trouble;
use crate::draft::Draft;
use crate::finding::Bilingual;
use crate::source::Format;
use crate::source::decode::{self, Decoded};
use crate::source::html;
use crate::source::office::{self, Changes};

/// How drafts are read, as far as the command line tells.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct How {
    pub encoding: Option<&'static Encoding>,
    pub format: Option<Format>,
    pub changes: Changes,
}

/// A draft, and the bytes of its file.
pub(super) struct Source {
    pub bytes: Vec<u8>,
    pub draft: Draft,
    /// The text that the bytes mean; `None` for a Word document, whose bytes are no text.
    pub decoded: Option<Decoded>,
}

/// The bytes that a text draft would have with another text. `None` if its encoding cannot hold that text, or if even the present text does not
/// give back the present bytes, as when some of them mean nothing: then rewriting would spoil what nobody asked to change.
pub(super) fn encode(before: &[u8], decoded: &Decoded, text: &str) -> Option<Vec<u8>> {
    let encode = |text: &str| decode::encode(text, decoded.encoding, decoded.has_bom);
    let is_faithful = decoded.malformed.is_empty() && encode(&decoded.text)? == before;
    if is_faithful { encode(text) } else { None }
}

/// How much of a draft is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// The text, to show what was found in it earlier. A Word document is read whole all the same: its places are told by its numbering.
    Text,
    Whole,
}

pub(super) fn file(path: &Path, how: How) -> Result<Source, Trouble> {
    source(path, file_bytes(path)?, how, Depth::Whole)
}

pub(super) fn stdin(shown: &Path, how: How) -> Result<Source, Trouble> {
    source(shown, stdin_bytes(shown)?, how, Depth::Whole)
}

pub(super) fn file_bytes(path: &Path) -> Result<Vec<u8>, Trouble> {
    let read = || {
        let mut file = File::open(path)?;
        let length = file.metadata().map_or(0, |metadata| metadata.len());
        bytes(&mut file, length)
    };
    read().map_err(|error| trouble(path, &error))
}

pub(super) fn stdin_bytes(shown: &Path) -> Result<Vec<u8>, Trouble> {
    bytes(&mut io::stdin().lock(), 0).map_err(|error| trouble(shown, &error))
}

/// All bytes of a draft, if a report could be as large; `length` is how many there seem to be.
fn bytes(from: &mut dyn Read, length: u64) -> io::Result<Vec<u8>> {
    const LARGEST: u64 = 1 << 30;
    let mut bytes = Vec::with_capacity(length.min(LARGEST) as usize);
    from.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    Ok(bytes)
}

/// The draft that the bytes of a file mean; `path` tells the format where nothing else does.
pub(super) fn source(path: &Path, bytes: Vec<u8>, how: How, depth: Depth) -> Result<Source, Trouble> {
    let by_name = Format::of_path(path);
    let format = match how.format {
        Some(format) => format,
        None if is_of_a_word_processor(&bytes) => Format::Word,
        None => by_name,
    };
    if how.format.is_none() && bytes.starts_with(b"%PDF-") {
        return Err(is_pdf(path));
    }
    if format != Format::Word {
        let encoding = how.encoding.or_else(|| declared_encoding(&bytes, format));
        let decoded = decode::decode(&bytes, encoding).map_err(|_| not_text(path))?;
        let draft = match depth {
            Depth::Text => Draft::unread(&decoded.text, format),
            Depth::Whole => Draft::new(&decoded.text, format).with_undecoded(&decoded.malformed),
        };
        let decoded = Some(decoded);
        return Ok(Source { bytes, draft, decoded });
    }
    match office::read(&bytes, how.changes) {
        Ok(document) => Ok(Source {
            bytes,
            draft: Draft::of_document(document),
            decoded: None,
        }),
        Err(error) => Err(Trouble::new(path, error.message())),
    }
}

/// The encoding that a page declares. Its bytes know better where they are valid UTF-8 or begin with a byte-order mark.
fn declared_encoding(bytes: &[u8], format: Format) -> Option<&'static Encoding> {
    let is_told = || Encoding::for_bom(bytes).is_some() || std::str::from_utf8(bytes).is_ok();
    if format != Format::Html || is_told() {
        return None;
    }
    html::declared_encoding(bytes)
}

/// Whether a file begins as those of word processors do: a zip package, an OLE file, or rich text.
fn is_of_a_word_processor(bytes: &[u8]) -> bool {
    [&b"PK\x03\x04"[..], &[0xD0, 0xCF, 0x11, 0xE0], b"{\\rtf"]
        .iter()
        .any(|magic| bytes.starts_with(magic))
}

/// What `--original` says.
pub(super) fn changes(original: bool) -> Changes {
    if original { Changes::Rejected } else { Changes::Accepted }
}

/// Parses the value of `--encoding`. GBK is taken for GB18030, which holds all of it.
pub(super) fn encoding(label: &str) -> Result<&'static Encoding, String> {
    match Encoding::for_label(label.as_bytes()) {
        Some(encoding) if encoding == GBK => Ok(GB18030),
        Some(encoding) => Ok(encoding),
        None => Err("utf-8, gb18030, gbk, big5, utf-16le, utf-16be …".to_owned()),
    }
}

/// Why a file cannot be read, in words for a person.
pub(super) fn trouble(path: &Path, error: &io::Error) -> Trouble {
    let link = fs::read_link(path).ok();
    let message = match (error.kind(), link) {
        (io::ErrorKind::NotFound, Some(target)) => Bilingual::new(
            format!("是个断了的链接，指向不存在的{}", target.display()),
            format!("is a broken link to {}, which does not exist", target.display()),
        ),
        (io::ErrorKind::NotFound, None) => Bilingual::fixed("没有这个文件或文件夹", "no such file or folder"),
        (io::ErrorKind::PermissionDenied, _) => Bilingual::fixed("没有读取的权限", "permission denied"),
        _ => Bilingual::new(format!("读不了：{error}"), format!("cannot be read: {error}")),
    };
    Trouble::new(path, message)
}

fn not_text(path: &Path) -> Trouble {
    Trouble::new(path, Bilingual::fixed("不是文本文件", "is not a text file"))
}

fn is_pdf(path: &Path) -> Trouble {
    let message = Bilingual::fixed(
        "是PDF，没有查；请用它排版前的.docx，或者把文字另存为.docx再查",
        "is a PDF file and was not linted; lint the .docx it was made from, or save its text as .docx",
    );
    Trouble::new(path, message)
}
