//! How are letters taken that somebody dropped into a folder as `.eml` files?
//!
//! A file that is still being written would be filed in part, so one is taken only when it looks the same twice. It is taken
//! away after the intake said that the letter lies safe, and only if it still looks the same; if the process dies in between, it
//! comes again with the same bytes. What cannot be taken stays under another name, where a person can look at it.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tokio::fs;

use crate::intake::{Arrival, Arrived, Extent, Intake, NotTaken, Way};

/// Ends the name of a letter.
const LETTER: &str = "eml";
/// Is put behind the name of what will never be taken.
const REFUSED: &str = "refused";

/// A folder where letters are dropped.
pub struct DropFolder {
    path: PathBuf,
    bound: u64,
    filed: Filed,
    seen: BTreeMap<OsString, Look>,
}

/// What becomes of a file whose letter was filed.
#[derive(Clone, Debug)]
pub enum Filed {
    /// It is removed, so that no copy lies about in the open.
    Removed,
    /// It is moved to this folder, which exists on the same disk.
    MovedTo(PathBuf),
}

/// What one look at the folder did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// Letters that are filed now.
    pub filed: usize,
    /// Files that will never be taken, by name; they bear another ending now.
    pub refused: Vec<OsString>,
    /// Whether letters could not be filed now, and wait for the next look.
    pub later: bool,
}

/// How a file looks from outside.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Look {
    size: u64,
    changed: SystemTime,
}

impl DropFolder {
    /// A folder, the bytes of the largest letter that is taken from it, and what becomes of the files.
    pub fn new(path: PathBuf, bound: u64, filed: Filed) -> Self {
        Self { path, bound, filed, seen: BTreeMap::new() }
    }

    /// Takes what has not changed since the last look. The first look takes nothing.
    pub async fn look(&mut self, intake: &dyn Intake) -> io::Result<Looked> {
        let found = self.letters().await?;
        let before = std::mem::replace(&mut self.seen, found.clone());
        let mut looked = Looked::default();
        for (name, look) in found {
            if before.get(&name) != Some(&look) {
                continue;
            }
            match self.take(&name, look, intake).await? {
                None => looked.filed += 1,
                Some(NotTaken::Later) => {
                    looked.later = true;
                    break;
                }
                Some(NotTaken::TooLarge | NotTaken::Refused) => {
                    self.put_aside(&name).await?;
                    looked.refused.push(name);
                }
            }
        }
        Ok(looked)
    }

    /// Plain files with the right ending. Links are not followed: they could name any file that we may read.
    async fn letters(&self) -> io::Result<BTreeMap<OsString, Look>> {
        let mut entries = fs::read_dir(&self.path).await?;
        let mut found = BTreeMap::new();
        while let Some(entry) = entries.next_entry().await? {
            let name = entry.file_name();
            let is_letter =
                Path::new(&name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case(LETTER));
            if is_letter && let Some(look) = look_at(&entry.path()).await? {
                found.insert(name, look);
            }
        }
        Ok(found)
    }

    /// Gives it another ending. An older file of the same name keeps its own.
    async fn put_aside(&self, name: &OsString) -> io::Result<()> {
        let path = self.path.join(name);
        for number in 1_u32.. {
            let mut aside = path.clone().into_os_string();
            aside.push(if number == 1 { format!(".{REFUSED}") } else { format!(".{number}.{REFUSED}") });
            if !fs::try_exists(&aside).await? {
                return fs::rename(&path, aside).await;
            }
        }
        Ok(())
    }

    async fn take(&self, name: &OsString, look: Look, intake: &dyn Intake) -> io::Result<Option<NotTaken>> {
        if look.size > self.bound {
            return Ok(Some(NotTaken::TooLarge));
        }
        let path = self.path.join(name);
        let letter = Arrived {
            way: Way::Folder,
            arrival: Arrival::default(),
            recipients: Vec::new(),
            received: None,
            bytes: fs::read(&path).await?,
            extent: Extent::Whole,
        };
        if let Err(why) = intake.take(letter).await {
            return Ok(Some(why));
        }
        // If it was changed meanwhile, it is another letter now, and taken when it has come to rest.
        if look_at(&path).await? == Some(look) {
            match &self.filed {
                Filed::Removed => fs::remove_file(&path).await?,
                Filed::MovedTo(folder) => fs::rename(&path, folder.join(name)).await?,
            }
        }
        Ok(None)
    }
}

/// Nothing where it is no plain file, or is gone again.
async fn look_at(path: &Path) -> io::Result<Option<Look>> {
    match fs::symlink_metadata(path).await {
        Ok(about) if about.is_file() => Ok(Some(Look { size: about.len(), changed: about.modified()? })),
        Ok(_) => Ok(None),
        Err(gone) if gone.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
