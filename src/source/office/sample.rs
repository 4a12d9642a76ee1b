//! Packages for tests, made of a few parts.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A package that is put together part by part.
pub(crate) struct Sample {
    parts: Vec<(String, Vec<u8>)>,
}

impl Sample {
    pub(crate) fn empty() -> Self {
        Sample { parts: Vec::new() }
    }

    /// Adds a part, or puts another in its place.
    pub(crate) fn with(mut self, name: &str, content: impl AsRef<[u8]>) -> Self {
        self.parts.retain(|(other, _)| other != name);
        self.parts.push((name.to_owned(), content.as_ref().to_owned()));
        self
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in &self.parts {
            zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }
}
