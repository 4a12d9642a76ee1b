//! The folder that entries are kept in: one file an entry, in 256 folders by the first byte of its key.
//!
//! An entry is written beside its place and renamed, so whoever reads it finds it whole or not at all, however many programs use the folder and
//! whenever one of them is killed. Only a machine that loses power may leave a part of one, which its digest gives away.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use sha2::{Digest as _, Sha256};

use super::key::{Digest, Key};

/// Says that the folder is a cache, see <https://bford.info/cachedir/>, and that it is this program's.
const TAG: &str = "CACHEDIR.TAG";
const TAG_CONTENT: &str =
    "Signature: 8a477f597d28d172789f06886806bc55\n# Findings of earlier runs of jiaogao. This folder may be deleted at any time.\n";

/// Neither version control nor a walk for drafts has any business in the folder.
const IGNORE: &str = ".gitignore";

/// Its time is that of the last search for old entries.
const PRUNED: &str = "pruned";

/// What files are called while they are written.
const UNFINISHED: &str = ".jiaogao-";

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Entries that nobody has asked for in this time are removed.
const KEPT: Duration = Duration::from_secs(30 * DAY.as_secs());

pub(super) struct Store {
    folder: PathBuf,
}

impl Store {
    /// # Errors
    /// If there is no such folder and it cannot be made, or if it holds something else.
    pub(super) fn open(folder: &Path) -> io::Result<Store> {
        let folder = folder.to_owned();
        match fs::read_to_string(folder.join(TAG)) {
            // A run that was killed may have left the tag empty.
            Ok(tag) if tag.is_empty() || tag == TAG_CONTENT => return Ok(Store { folder }),
            Ok(_) => return Err(not_ours()),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        fs::create_dir_all(&folder)?;
        let mut names = fs::read_dir(&folder)?.map(|entry| entry.map(|entry| entry.file_name()));
        // Another run may be making the folder just now, or was killed when it did.
        if names.any(|name| !name.is_ok_and(|name| name == TAG || name == IGNORE)) && !folder.join(TAG).exists() {
            return Err(not_ours());
        }
        create(&folder.join(IGNORE), "*\n")?;
        create(&folder.join(TAG), TAG_CONTENT)?;
        Ok(Store { folder })
    }

    /// The bytes that were kept under a key; `None` if there are none or they are not what was written.
    pub(super) fn read(&self, key: &Key) -> Option<Vec<u8>> {
        let mut file = File::open(self.path(key)).ok()?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).ok()?;
        let (sum, payload) = bytes.split_first_chunk::<32>()?;
        if *sum != checksum(key, payload) {
            return None;
        }
        keep_young(&file);
        bytes.drain(..sum.len());
        Some(bytes)
    }

    pub(super) fn write(&self, key: &Key, payload: &[u8]) -> io::Result<()> {
        let path = self.path(key);
        let shelf = path.parent().unwrap_or(&self.folder);
        let unfinished = || tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(shelf);
        let mut file = match unfinished() {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                fs::create_dir_all(shelf)?;
                unfinished()
            }
            file => file,
        }?;
        file.write_all(&[&checksum(key, payload), payload].concat())?;
        file.persist(&path)?;
        Ok(())
    }

    /// Removes entries that nobody has asked for in a long time, and what killed runs have left. It looks at each entry, so this is done once a
    /// day; what cannot be removed now may be next time.
    pub(super) fn prune(&self) {
        self.prune_at(SystemTime::now());
    }

    fn prune_at(&self, now: SystemTime) {
        let stamp = self.folder.join(PRUNED);
        let is_recent = fs::metadata(&stamp).is_ok_and(|metadata| age(&metadata, now) < DAY);
        // It is set before the search, so that other runs do not search at the same time.
        if is_recent || File::create(&stamp).and_then(|stamp| stamp.set_modified(now)).is_err() {
            return;
        }
        for shelf in 0..=u8::MAX {
            let entries = fs::read_dir(self.folder.join(format!("{shelf:02x}")));
            for entry in entries.into_iter().flatten().flatten() {
                let is_unfinished = entry.file_name().as_encoded_bytes().starts_with(UNFINISHED.as_bytes());
                let longest = if is_unfinished { DAY } else { KEPT };
                if entry.metadata().is_ok_and(|metadata| metadata.is_file() && age(&metadata, now) > longest) {
                    let _ = fs::remove_file(entry.path());
                }
            }
        }
    }

    fn path(&self, key: &Key) -> PathBuf {
        let name: String = key.0.iter().map(|byte| format!("{byte:02x}")).collect();
        let (shelf, rest) = name.split_at(2);
        self.folder.join(shelf).join(rest)
    }
}

/// Creates a file that may be there already.
fn create(path: &Path, content: &str) -> io::Result<()> {
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(mut file) => file.write_all(content.as_bytes()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
}

fn not_ours() -> io::Error {
    io::Error::other("not empty, and not a cache of jiaogao")
}

/// The key goes into it, so that an entry that got another one's name is broken too.
fn checksum(key: &Key, payload: &[u8]) -> Digest {
    Sha256::new().chain_update(key.0).chain_update(payload).finalize().into()
}

/// The time of an entry is that of the day on which it was last used. A folder that may only be read keeps its times, and is not pruned either.
fn keep_young(file: &File) {
    let now = SystemTime::now();
    if file.metadata().is_ok_and(|metadata| age(&metadata, now) > DAY) {
        let _ = file.set_modified(now);
    }
}

/// Nothing for a file from the future.
fn age(file: &fs::Metadata, now: SystemTime) -> Duration {
    let since = file.modified().ok().and_then(|modified| now.duration_since(modified).ok());
    since.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Key = Key([0x5A; 32]);

    fn store() -> (tempfile::TempDir, Store) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&folder.path().join("cache")).unwrap();
        (folder, store)
    }

    #[test]
    fn what_is_written_is_read() {
        let (_folder, store) = store();
        assert_eq!(store.read(&KEY), None);
        store.write(&KEY, b"one").unwrap();
        store.write(&KEY, b"two").unwrap();
        assert_eq!(store.read(&KEY).unwrap(), b"two");
        assert_eq!(store.read(&Key([0x5B; 32])), None);
        // A later run finds it, too.
        assert_eq!(Store::open(&store.folder).unwrap().read(&KEY).unwrap(), b"two");
    }

    #[test]
    fn a_broken_entry_is_none_and_is_written_again() {
        let (_folder, store) = store();
        store.write(&KEY, b"payload").unwrap();
        let whole = fs::read(store.path(&KEY)).unwrap();
        for length in 0..whole.len() {
            fs::write(store.path(&KEY), &whole[..length]).unwrap();
            assert_eq!(store.read(&KEY), None, "{length}");
        }
        for place in 0..whole.len() {
            let mut broken = whole.clone();
            broken[place] ^= 0x20;
            fs::write(store.path(&KEY), broken).unwrap();
            assert_eq!(store.read(&KEY), None, "{place}");
        }
        store.write(&KEY, b"payload").unwrap();
        assert_eq!(store.read(&KEY).unwrap(), b"payload");
    }

    #[test]
    fn an_entry_under_another_name_is_broken() {
        let (_folder, store) = store();
        let other = Key([0x5B; 32]);
        store.write(&KEY, b"payload").unwrap();
        store.write(&other, b"payload").unwrap();
        fs::copy(store.path(&KEY), store.path(&other)).unwrap();
        assert_eq!(store.read(&other), None);
    }

    #[test]
    fn a_folder_with_other_things_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("报告.md"), "").unwrap();
        assert!(Store::open(folder.path()).is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        fs::write(folder.path().join(TAG), "another program's").unwrap();
        assert!(Store::open(folder.path()).is_err());
    }

    #[test]
    fn old_entries_go_and_used_ones_stay() {
        let (_folder, store) = store();
        let (old, used) = (KEY, Key([0x5B; 32]));
        let now = SystemTime::now();
        let left = store.folder.join("5a").join(format!("{UNFINISHED}left"));
        for key in [&old, &used] {
            store.write(key, b"").unwrap();
        }
        fs::write(&left, "").unwrap();
        for path in [&store.path(&old), &store.path(&used), &left] {
            File::open(path).unwrap().set_modified(now - KEPT - DAY).unwrap();
        }
        assert!(store.read(&used).is_some());
        store.prune_at(now);
        assert!(store.read(&used).is_some());
        assert!(!store.path(&old).exists() && !left.exists());
    }

    #[test]
    fn entries_are_looked_through_once_a_day() {
        let (_folder, store) = store();
        let now = SystemTime::now();
        store.prune_at(now);
        store.write(&KEY, b"").unwrap();
        File::open(store.path(&KEY)).unwrap().set_modified(now - 2 * KEPT).unwrap();
        store.prune_at(now + DAY / 2);
        assert!(store.path(&KEY).exists());
        store.prune_at(now + 2 * DAY);
        assert!(!store.path(&KEY).exists());
    }
}
