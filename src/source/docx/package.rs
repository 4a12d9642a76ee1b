//! The zip package of a Word document, read within bounds.

use std::io::{Cursor, Read};

use encoding_rs::{Encoding, UTF_8};
use zip::ZipArchive;

use super::error::Error;
use super::xml;
use crate::source::decode;

/// No part of a real report comes near this size, in bytes.
const LARGEST_PART: u64 = 64 << 20;
/// All parts that are read, together.
const LARGEST_PACKAGE: u64 = 128 << 20;
/// A part that is larger than [`SMALL`] and was packed to less than a hundredth is made to harm; XML shrinks to a tenth or a thirtieth.
const GREATEST_RATIO: u64 = 100;
const SMALL: u64 = 4 << 20;

pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    budget: u64,
}

/// A part as text.
pub(super) struct PartText {
    pub name: String,
    pub xml: String,
    encoding: &'static Encoding,
    has_bom: bool,
}

impl PartText {
    /// A part that is not in the package yet.
    pub(super) fn new(name: &str, xml: String) -> Self {
        PartText {
            name: name.to_owned(),
            xml,
            encoding: UTF_8,
            has_bom: false,
        }
    }

    /// The part with another text, in the same encoding.
    pub(super) fn with(&self, xml: String) -> Self {
        PartText {
            name: self.name.clone(),
            xml,
            ..*self
        }
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        decode::encode(&self.xml, self.encoding, self.has_bom).unwrap_or_else(|| self.xml.into_bytes())
    }
}

impl<'a> Package<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];
        if bytes.starts_with(OLE) {
            return Err(if holds_encrypted_package(bytes) {
                Error::Encrypted
            } else {
                Error::OldFormat
            });
        }
        if bytes.starts_with(b"{\\rtf") {
            return Err(Error::OldFormat);
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Error::NotAPackage)?;
        Ok(Package {
            archive,
            budget: LARGEST_PACKAGE,
        })
    }

    /// The name of the part that holds the document, as the package's relationships tell it.
    pub(super) fn main_part(&mut self) -> Result<String, Error> {
        let relations = self.part("_rels/.rels").map_err(|_| Error::NotADocument)?;
        let target = xml::relation(&relations, "officeDocument")?.ok_or(Error::NotADocument)?;
        let name = resolve("", &target);
        if !self.holds(&name) {
            return Err(Error::NotADocument);
        }
        Ok(name)
    }

    /// The part that `from` names in a relationship of a kind, such as `styles`; `None` if it names none or the part is not there.
    pub(super) fn related(&mut self, from: &str, kind: &str) -> Result<Option<PartText>, Error> {
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let relations = relations_of(from);
        if !self.holds(&relations) {
            return Ok(None);
        }
        let relations = self.part(&relations)?;
        let Some(target) = xml::relation(&relations, kind)? else {
            return Ok(None);
        };
        let name = resolve(folder, &target);
        if self.holds(&name) { self.part(&name).map(Some) } else { Ok(None) }
    }

    pub(super) fn holds(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    pub(super) fn part(&mut self, name: &str) -> Result<PartText, Error> {
        let broken = |reason: String| Error::Broken {
            part: name.to_owned(),
            reason,
        };
        let file = self.archive.by_name(name).map_err(|error| broken(error.to_string()))?;
        if file.encrypted() {
            return Err(Error::Encrypted);
        }
        let packed = file.compressed_size();
        let limit = LARGEST_PART.min(self.budget).min(packed.saturating_mul(GREATEST_RATIO).max(SMALL));
        let mut bytes = Vec::new();
        file.take(limit + 1).read_to_end(&mut bytes).map_err(|error| broken(error.to_string()))?;
        if bytes.len() as u64 > limit {
            return Err(Error::TooLarge { part: name.to_owned() });
        }
        self.budget -= bytes.len() as u64;
        let (encoding, mark) = Encoding::for_bom(&bytes).unwrap_or((UTF_8, 0));
        let xml = match (encoding == UTF_8, mark) {
            (true, 0) => String::from_utf8(bytes).ok(),
            _ => encoding
                .decode_without_bom_handling_and_without_replacement(&bytes[mark..])
                .map(String::from),
        };
        Ok(PartText {
            name: name.to_owned(),
            xml: xml.ok_or_else(|| broken("not UTF-8 or UTF-16".to_owned()))?,
            encoding,
            has_bom: mark > 0,
        })
    }
}

/// The name of the stream in which an OLE file keeps an encrypted package, as the directory spells it.
fn holds_encrypted_package(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    memchr::memmem::find(bytes, &name).is_some()
}

/// The name of the part that holds the relationships of another.
pub(super) fn relations_of(part: &str) -> String {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    join(folder, &format!("_rels/{file}.rels"))
}

/// A relationship's target, which is relative to the folder of its source unless it begins with a slash.
fn resolve(folder: &str, target: &str) -> String {
    match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => join(folder, target),
    }
}

pub(super) fn join(folder: &str, name: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in name.split('/') {
        match part {
            ".." => {
                parts.pop();
            }
            "" | "." => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_resolved() {
        assert_eq!(resolve("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word", "/word/a.xml"), "word/a.xml");
        assert_eq!(resolve("word/x", "../b.xml"), "word/b.xml");
        assert_eq!(resolve("", "../../b.xml"), "b.xml");
    }

    #[test]
    fn other_files_are_told_apart() {
        assert_eq!(Package::open(b"\xD0\xCF\x11\xE0 and more").err(), Some(Error::OldFormat));
        let mut encrypted = b"\xD0\xCF\x11\xE0".to_vec();
        encrypted.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(Package::open(&encrypted).err(), Some(Error::Encrypted));
        assert_eq!(Package::open(b"plain text").err(), Some(Error::NotAPackage));
    }
}
