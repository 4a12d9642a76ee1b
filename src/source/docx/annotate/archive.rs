//! The package with some of its parts replaced.

use std::io::{Cursor, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::source::office::Error;
use crate::source::office::package::PartText;

/// Parts that are new or changed.
#[derive(Default)]
pub(super) struct Parts {
    parts: Vec<PartText>,
}

impl Parts {
    pub(super) fn put(&mut self, part: PartText) {
        self.parts.push(part);
    }

    /// Writes a copy of a package with these parts in it. What is not changed is copied as it is, without being unpacked.
    pub(super) fn write(mut self, package: &[u8]) -> Result<Vec<u8>, Error> {
        let broken = |error: ZipError| Error::Broken {
            part: "zip".to_owned(),
            reason: error.to_string(),
        };
        let mut old = ZipArchive::new(Cursor::new(package)).map_err(|_| Error::NotAPackage)?;
        let mut new = ZipWriter::new(Cursor::new(Vec::with_capacity(package.len() + (64 << 10))));
        for index in 0..old.len() {
            let file = old.by_index_raw(index).map_err(broken)?;
            let changed = self.parts.iter().position(|part| part.name.as_bytes() == file.name_raw());
            match changed {
                Some(changed) => write_part(&mut new, self.parts.swap_remove(changed)).map_err(broken)?,
                None => new.raw_copy_file(file).map_err(broken)?,
            }
        }
        for part in self.parts {
            write_part(&mut new, part).map_err(broken)?;
        }
        Ok(new.finish().map_err(broken)?.into_inner())
    }
}

fn write_part(zip: &mut ZipWriter<Cursor<Vec<u8>>>, part: PartText) -> Result<(), ZipError> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    zip.start_file(part.name.as_str(), options)?;
    zip.write_all(&part.into_bytes())?;
    Ok(())
}
