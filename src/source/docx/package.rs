//! The zip package of a Word document, read within bounds.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::error::Error;
use super::xml;

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

/// A part as text, and the name under which errors speak of it.
pub(super) struct PartText {
    pub name: String,
    pub xml: String,
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
        if self.archive.index_for_name(&name).is_none() {
            return Err(Error::NotADocument);
        }
        Ok(name)
    }

    /// The part that `from` names in a relationship of a kind, such as `styles`; `None` if it names none or the part is not there.
    pub(super) fn related(&mut self, from: &str, kind: &str) -> Result<Option<PartText>, Error> {
        let (folder, file) = from.rsplit_once('/').unwrap_or(("", from));
        let relations = join(folder, &format!("_rels/{file}.rels"));
        if self.archive.index_for_name(&relations).is_none() {
            return Ok(None);
        }
        let relations = self.part(&relations)?;
        let Some(target) = xml::relation(&relations, kind)? else {
            return Ok(None);
        };
        let name = resolve(folder, &target);
        match self.archive.index_for_name(&name) {
            Some(_) => self.part(&name).map(Some),
            None => Ok(None),
        }
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
        let xml = decode(bytes).ok_or_else(|| broken("not UTF-8 or UTF-16".to_owned()))?;
        Ok(PartText { name: name.to_owned(), xml })
    }
}

/// The name of the stream in which an OLE file keeps an encrypted package, as the directory spells it.
fn holds_encrypted_package(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    memchr::memmem::find(bytes, &name).is_some()
}

fn decode(bytes: Vec<u8>) -> Option<String> {
    match encoding_rs::Encoding::for_bom(&bytes) {
        Some((encoding, length)) => encoding
            .decode_without_bom_handling_and_without_replacement(&bytes[length..])
            .map(String::from),
        None => String::from_utf8(bytes).ok(),
    }
}

/// A relationship's target, which is relative to the folder of its source unless it begins with a slash.
fn resolve(folder: &str, target: &str) -> String {
    match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => join(folder, target),
    }
}

fn join(folder: &str, name: &str) -> String {
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
