//! Reading a draft, and saying why it cannot be read.

use std::fs;
use std::io::{self, Read};
use std::path::Path;

use encoding_rs::{Encoding, GB18030, GBK};

use super::Trouble;
use crate::finding::Bilingual;
use crate::source::decode::{self, Decoded};

/// A draft's bytes and the text they mean.
pub(super) struct Source {
    pub bytes: Vec<u8>,
    pub decoded: Decoded,
}

impl Source {
    /// The bytes that the draft would have with another text. `None` if its encoding cannot hold that text, or if even the present text does
    /// not give back the present bytes, as when some of them mean nothing: then rewriting would spoil what nobody asked to change.
    pub(super) fn encode(&self, text: &str) -> Option<Vec<u8>> {
        let encode = |text: &str| decode::encode(text, self.decoded.encoding, self.decoded.has_bom);
        let is_faithful = self.decoded.malformed.is_empty() && encode(&self.decoded.text)? == self.bytes;
        if is_faithful { encode(text) } else { None }
    }
}

pub(super) fn file(path: &Path, encoding: Option<&'static Encoding>) -> Result<Source, Trouble> {
    let bytes = fs::read(path).map_err(|error| trouble(path, &error))?;
    source(bytes, encoding).ok_or_else(|| not_text(path))
}

pub(super) fn stdin(shown: &Path, encoding: Option<&'static Encoding>) -> Result<Source, Trouble> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(|error| trouble(shown, &error))?;
    source(bytes, encoding).ok_or_else(|| not_text(shown))
}

fn source(bytes: Vec<u8>, encoding: Option<&'static Encoding>) -> Option<Source> {
    let decoded = decode::decode(&bytes, encoding).ok()?;
    Some(Source { bytes, decoded })
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
