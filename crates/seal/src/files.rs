//! How do custody files reach the disk, and how do old ones leave it?
//!
//! Beside a custody file `f` three names may appear: `f.lock` (stays, empty), `f.new` (being written, not yet
//! in force) and `f.old` (no longer in force, to be wiped). See [`replace`] for what a crash leaves.

use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::error::Error;

/// Puts a new content in force at once and wipes the old one.
///
/// If we die before the rename, the old content is in force and `f.new` is litter; after it, the new content is
/// in force and `f.old` still has to be wiped. [`settle`] does what is left in either case. The second name
/// `f.old` is given before the rename, because a file that lost its only name could no longer be wiped.
pub(crate) fn replace(path: &Path, content: &[u8]) -> Result<(), Error> {
    let (new, old) = (beside(path, ".new"), beside(path, ".old"));
    create(&new, content)?;
    fs::hard_link(path, &old).map_err(failed("keep for wiping", path))?;
    sync_folder(path)?;
    rename(&new, path)?;
    wipe(&old)
}

/// Gives a finished new file its name, where the caller has seen that nothing bears it.
pub(crate) fn rename(new: &Path, path: &Path) -> Result<(), Error> {
    fs::rename(new, path).map_err(failed("put in place", path))?;
    sync_folder(path)
}

/// Finishes what an interrupted [`replace`] left behind. The caller holds the lock.
pub(crate) fn settle(path: &Path) -> Result<(), Error> {
    let Some(in_force) = look(path)? else {
        // With the file itself gone, what lies beside it may be all there is: touch nothing.
        return Ok(());
    };
    let (new, old) = (beside(path, ".new"), beside(path, ".old"));
    if look(&new)?.is_some() {
        wipe(&new)?;
    }
    if let Some(left) = look(&old)? {
        if same(&left, &in_force) {
            // We died before the rename: this is a second name of the content in force, not an old content.
            fs::remove_file(&old).map_err(failed("remove", &old))?;
        } else {
            wipe(&old)?;
        }
    }
    sync_folder(path)
}

/// Writes a file that must not exist yet, readable by its owner alone, and sees it safely on disk.
pub(crate) fn create(path: &Path, content: &[u8]) -> Result<(), Error> {
    let mut file = match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            return Err(Error::Exists { path: path.to_owned() });
        }
        Err(error) => return Err(failed("create", path)(error)),
    };
    if let Err(error) = file.write_all(content).and_then(|()| file.sync_all()) {
        // It was made a moment ago and nobody relies on it; a full disk must not leave half a file.
        let _ = fs::remove_file(path);
        return Err(failed("write", path)(error));
    }
    sync_folder(path)
}

/// Reads a file that belongs to its owner alone, and leaves it open.
pub(crate) fn read(path: &Path) -> Result<(File, Zeroizing<Vec<u8>>), Error> {
    let Some(seen) = look(path)? else {
        return Err(Error::Missing { path: path.to_owned() });
    };
    if !seen.is_file() {
        return Err(Error::NotPlain { path: path.to_owned() });
    }
    let file = File::open(path).map_err(failed("open", path))?;
    let opened = file.metadata().map_err(failed("read", path))?;
    // Between the look and the opening a link could have been put in place.
    if !same(&seen, &opened) {
        return Err(Error::NotPlain { path: path.to_owned() });
    }
    let mode = opened.mode() & 0o777;
    if mode & 0o077 != 0 {
        return Err(Error::Exposed { path: path.to_owned(), mode });
    }
    let length = usize::try_from(opened.len())
        .ok()
        .filter(|length| *length <= LARGEST)
        .ok_or(Error::Malformed { path: path.to_owned(), what: "it is far too large" })?;
    // More room than needed: a vector that has to grow would leave key bytes where it lay before.
    let mut content = Zeroizing::new(Vec::with_capacity(length + 64));
    (&file).take(opened.len()).read_to_end(&mut content).map_err(failed("read", path))?;
    Ok((file, content))
}

/// Keeps every other process from changing the file until the returned handle is dropped.
pub(crate) fn lock(path: &Path) -> Result<File, Error> {
    let path = beside(path, ".lock");
    let lock = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(&path);
    let lock = lock.map_err(failed("open", &path))?;
    lock.lock().map_err(failed("lock", &path))?;
    Ok(lock)
}

/// Whether `path` still names the file held open; as long as it is held, no other file can take its identity.
pub(crate) fn is_still(file: &File, path: &Path) -> Result<bool, Error> {
    let held = file.metadata().map_err(failed("read", path))?;
    let Some(named) = look(path)? else {
        return Err(Error::Missing { path: path.to_owned() });
    };
    Ok(same(&held, &named))
}

/// Sees a file and its name safely on disk, whoever wrote them.
pub(crate) fn sync(file: &File, path: &Path) -> Result<(), Error> {
    file.sync_all().map_err(failed("write", path))?;
    sync_folder(path)
}

/// Overwrites a file with zeros and removes it. The zeros reach the same blocks only where the file system
/// writes in place.
pub(crate) fn wipe(path: &Path) -> Result<(), Error> {
    let Some(found) = look(path)? else {
        return Ok(());
    };
    if found.is_file() {
        let mut zeros = io::repeat(0).take(found.len());
        OpenOptions::new()
            .write(true)
            .open(path)
            .and_then(|mut file| io::copy(&mut zeros, &mut file).and_then(|_| file.sync_all()))
            .map_err(failed("wipe", path))?;
    }
    fs::remove_file(path).map_err(failed("remove", path))?;
    sync_folder(path)
}

/// The name `f.new` and the like.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    PathBuf::from(name)
}

/// What stands at the path itself, without following a link.
pub(crate) fn look(path: &Path) -> Result<Option<Metadata>, Error> {
    match fs::symlink_metadata(path) {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed("look at", path)(error)),
    }
}

/// No custody file comes near this; whatever does is not one.
const LARGEST: usize = 1024 * 1024;

fn same(one: &Metadata, other: &Metadata) -> bool {
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// Makes names durable: a created or renamed file can vanish again as long as its folder was not synced.
fn sync_folder(path: &Path) -> Result<(), Error> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed("write the folder", folder))
}

fn failed<'a>(doing: &'static str, path: &'a Path) -> impl FnOnce(io::Error) -> Error + 'a {
    move |source| Error::Io { doing, path: path.to_owned(), source }
}
