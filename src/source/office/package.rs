//! The zip package of a document, read within bounds.

use std::io::{Cursor, Read};

use encoding_rs::{Encoding, UTF_8};
use zip::ZipArchive;
use zip::result::ZipError;

use super::error::Error;
use crate::source::decode;

/// No part of a real report comes near this size, in bytes.
const LARGEST_PART: u64 = 64 << 20;
/// All parts that are read, together.
const LARGEST_PACKAGE: u64 = 128 << 20;
/// A part that is larger than [`SMALL`] and was packed to less than a hundredth is made to harm; XML shrinks to a tenth or a thirtieth.
const GREATEST_RATIO: u64 = 100;
const SMALL: u64 = 4 << 20;

pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    budget: u64,
}

/// A part as text.
pub struct PartText {
    pub name: String,
    pub xml: String,
    encoding: &'static Encoding,
    has_bom: bool,
}

impl PartText {
    /// A part that is not in the package yet.
    pub fn new(name: &str, xml: String) -> Self {
        PartText {
            name: name.to_owned(),
            xml,
            encoding: UTF_8,
            has_bom: false,
        }
    }

    /// The part with another text, in the same encoding.
    pub fn with(&self, xml: String) -> Self {
        PartText {
            name: self.name.clone(),
            xml,
            ..*self
        }
    }

    pub fn into_bytes(self) -> Vec<u8> {
        decode::encode(&self.xml, self.encoding, self.has_bom).unwrap_or_else(|| self.xml.into_bytes())
    }
}

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Self, Error> {
        const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];
        if bytes.starts_with(OLE) {
            return Err(kind_of_ole(bytes));
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

    pub fn holds(&self, name: &str) -> bool {
        self.archive.index_for_name(name).is_some()
    }

    pub fn part(&mut self, name: &str) -> Result<PartText, Error> {
        let broken = |reason: String| Error::Broken {
            part: name.to_owned(),
            reason,
        };
        let file = self.archive.by_name(name).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Error::Encrypted,
            error => broken(error.to_string()),
        })?;
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

/// What an OLE file holds, by the names of its streams, as the directory spells them. A text may have a sheet embedded, so texts go first.
fn kind_of_ole(bytes: &[u8]) -> Error {
    let holds = |stream: &str| {
        let name: Vec<u8> = stream.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &name).is_some()
    };
    match () {
        () if holds("EncryptedPackage") => Error::Encrypted,
        () if holds("WordDocument") => Error::OldFormat,
        () if ["Workbook", "PowerPoint Document"].into_iter().any(holds) => Error::NotADocument,
        () => Error::OldFormat,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_files_are_told_apart() {
        assert_eq!(Package::open(b"\xD0\xCF\x11\xE0 and more").err(), Some(Error::OldFormat));
        for (stream, error) in [
            ("EncryptedPackage", Error::Encrypted),
            ("WordDocument", Error::OldFormat),
            ("Workbook", Error::NotADocument),
        ] {
            let mut file = b"\xD0\xCF\x11\xE0".to_vec();
            file.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
            assert_eq!(Package::open(&file).err(), Some(error), "{stream}");
        }
        assert_eq!(Package::open(b"plain text").err(), Some(Error::NotAPackage));
    }
}
