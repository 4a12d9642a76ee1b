//! What findings depend on, as one digest.

use std::fs::{self, File};
use std::io;
use std::sync::Arc;

use sha2::{Digest as _, Sha256};

use super::store::Store;
use crate::cli::read::How;
use crate::linter::Settings;
use crate::model::figures::sheet::Sheet;
use crate::source::Format;

pub(super) type Digest = [u8; 32];

/// Names an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key(pub(super) Digest);

/// Everything that the findings of a draft come from, but the program itself.
pub(in crate::cli) struct Subject<'a> {
    pub content: Content<'a>,
    /// The format that the draft's name tells.
    pub by_name: Format,
    pub how: How,
    pub settings: &'a Settings,
    pub sheet: Option<&'a Arc<Sheet>>,
}

#[derive(Debug, Clone, Copy)]
pub(in crate::cli) enum Content<'a> {
    /// The bytes of a file, yet to be decoded.
    File(&'a [u8]),
    Text(&'a str),
}

impl Subject<'_> {
    pub(super) fn key(&self, program: &Digest) -> Key {
        let mut parts = Parts::new("findings");
        parts.add(program);
        match self.content {
            Content::File(bytes) => parts.add(b"file").add(bytes),
            Content::Text(text) => parts.add(b"text").add(text.as_bytes()),
        };
        // This form shows every field, so one that is added later is part of the key before anybody thinks of it.
        parts.add(format!("{:?} {:?} {:?}", self.how, self.by_name, self.settings).as_bytes());
        if let Some(sheet) = self.sheet {
            let document = &sheet.document;
            parts.add(document.path.as_bytes()).add(document.draft.text().to_string().as_bytes());
        }
        parts.key()
    }
}

/// The digest of the program's own file, which is another one for every build. Making it takes longer than linting a draft, so it is kept, under
/// what the file system says of the file.
pub(super) fn program(store: &Store) -> io::Result<Digest> {
    let path = std::env::current_exe()?;
    let metadata = fs::metadata(&path)?;
    let mut parts = Parts::new("program");
    parts.add(path.as_os_str().as_encoded_bytes());
    parts.add(format!("{} {:?} {}", metadata.len(), metadata.modified()?, change(&metadata)).as_bytes());
    let key = parts.key();
    if let Some(known) = store.read(&key).and_then(|bytes| bytes.try_into().ok()) {
        return Ok(known);
    }
    let mut digest = Sha256::new();
    io::copy(&mut File::open(&path)?, &mut digest)?;
    let digest: Digest = digest.finalize().into();
    // Where it cannot be kept, findings cannot be either, and that is told when they are.
    let _ = store.write(&key, &digest);
    Ok(digest)
}

/// What tells a file from another one that was put in its place with the same length and time.
#[cfg(unix)]
fn change(metadata: &fs::Metadata) -> String {
    use std::os::unix::fs::MetadataExt;
    format!("{} {} {}.{}", metadata.dev(), metadata.ino(), metadata.ctime(), metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn change(metadata: &fs::Metadata) -> String {
    format!("{:?}", metadata.created().ok())
}

/// A digest of parts, each told from the next by its length.
struct Parts(Sha256);

impl Parts {
    fn new(kind: &str) -> Parts {
        let mut parts = Parts(Sha256::new());
        parts.add(kind.as_bytes());
        parts
    }

    fn add(&mut self, part: &[u8]) -> &mut Parts {
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part);
        self
    }

    fn key(self) -> Key {
        Key(self.0.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linter::Level;

    fn key<'a>(settings: &'a Settings, change: impl FnOnce(&mut Subject<'a>)) -> Key {
        let mut subject = Subject {
            content: Content::File("各镇要抓好落实。".as_bytes()),
            by_name: Format::Plain,
            how: How::default(),
            settings,
            sheet: None,
        };
        change(&mut subject);
        subject.key(&[7; 32])
    }

    fn set(names: &[&str], level: Level) -> Settings {
        let mut settings = Settings::default();
        names.iter().for_each(|name| settings.set(name, level));
        settings
    }

    #[test]
    fn everything_that_matters_makes_another_key() {
        let settings = [Settings::default(), set(&["stray"], Level::Off), set(&["stray"], Level::On)];
        let original = How {
            changes: crate::cli::read::changes(true),
            ..How::default()
        };
        let big5 = How {
            encoding: Some(encoding_rs::BIG5),
            ..How::default()
        };
        let plain = &settings[0];
        let keys = [
            key(plain, |_| ()),
            key(plain, |subject| subject.content = Content::File("各镇要抓好落实！".as_bytes())),
            key(plain, |subject| subject.content = Content::Text("各镇要抓好落实。")),
            key(plain, |subject| subject.by_name = Format::Markdown),
            key(plain, |subject| subject.how = original),
            key(plain, |subject| subject.how = big5),
            key(&settings[1], |_| ()),
            key(&settings[2], |_| ()),
        ];
        for (index, one) in keys.iter().enumerate() {
            assert!(keys[index + 1..].iter().all(|other| other != one), "{index}");
        }
        assert_eq!(keys[0], key(plain, |_| ()));
    }

    #[test]
    fn the_order_of_setting_does_not_matter() {
        let key = |names| key(&set(names, Level::Off), |_| ());
        assert_eq!(key(&["stray", "figure"]), key(&["figure", "stray"]));
    }
}
