//! What do the files of an export hold, read with limits and without trust?

use std::cmp::Ordering;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::error::Failure;

use super::tree::{WIDTH, sha256};

/// No key file and no checkpoint is longer.
const TEXT_MAX: usize = 1 << 20;
/// 256 entries of 65,535 bytes with their lengths.
const BUNDLE_MAX: usize = 256 * 65_537;

/// What is wrong with a bundle that goes on after its last entry.
const TOO_MANY: &str = "there are more bytes than entries";

/// The folder of an export.
pub(super) struct Folder {
    dir: PathBuf,
}

impl Folder {
    pub(super) fn new(dir: &Path) -> Self {
        Self { dir: dir.to_owned() }
    }

    /// Reads a small text file.
    pub(super) fn text(&self, file: &str) -> Result<String, Failure> {
        let mut bytes = Vec::new();
        self.read(file, TEXT_MAX, &mut bytes).map_err(|unread| unread.about(file.to_owned(), 0..0))?;
        String::from_utf8(bytes)
            .map_err(|_| Failure::FileUnreadable { file: file.to_owned(), kind: ErrorKind::InvalidData })
    }

    /// Reads a file into a buffer which is used again and again; a file longer than `limit` is cut one byte after it,
    /// so that a hostile export cannot fill the memory and is still seen to be too long.
    pub(super) fn read(&self, file: &str, limit: usize, bytes: &mut Vec<u8>) -> Result<(), Unread> {
        bytes.clear();
        File::open(self.dir.join(file))
            .and_then(|open| open.take(limit as u64 + 1).read_to_end(bytes))
            .map_err(|error| Unread(error.kind()))?;
        Ok(())
    }

    /// The names in a folder, or none when it does not exist.
    pub(super) fn names(&self, folder: &str) -> Result<Vec<String>, Failure> {
        let unreadable = |kind| Failure::FileUnreadable { file: folder.to_owned(), kind };
        let entries = match fs::read_dir(self.dir.join(folder)) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(unreadable(error.kind())),
        };
        let mut names = Vec::new();
        for entry in entries {
            let name = entry.map_err(|error| unreadable(error.kind()))?.file_name();
            names.push(name.into_string().map_err(|_| unreadable(ErrorKind::InvalidData))?);
        }
        names.sort();
        Ok(names)
    }

    /// A bundle of another width than the log's size asks for: the full one or the widest partial one.
    fn other_width(&self, number: u64) -> Option<String> {
        let full = entries_path(number, WIDTH);
        if self.dir.join(&full).is_file() {
            return Some(full);
        }
        let names = self.names(&format!("{full}.p")).ok()?;
        let widest =
            names.iter().filter_map(|name| name.parse().ok()).filter(|width| *width < WIDTH).max()?;
        Some(entries_path(number, widest))
    }

    /// A file with entries after the last signed one, if there is one.
    pub(super) fn file_after(&self, size: u64) -> Result<Option<String>, Failure> {
        let (number, width) = (size / WIDTH, size % WIDTH);
        // A partial bundle that is narrower than the last one is a harmless left-over of an earlier state.
        for (number, width) in [(number, width), (number.saturating_add(1), 0)] {
            let full = entries_path(number, WIDTH);
            if self.dir.join(&full).is_file() {
                return Ok(Some(full));
            }
            let partial = format!("{full}.p");
            for name in self.names(&partial)? {
                if name.parse().is_ok_and(|found: u64| found > width) {
                    return Ok(Some(format!("{partial}/{name}")));
                }
            }
        }
        Ok(None)
    }
}

/// A file that could not be read.
pub(super) struct Unread(ErrorKind);

impl Unread {
    /// Says what the lack of the file means.
    pub(super) fn about(self, file: String, entries: Range<u64>) -> Failure {
        match self.0 {
            ErrorKind::NotFound => Failure::FileMissing { file, entries },
            kind => Failure::FileUnreadable { file, kind },
        }
    }
}

/// The leaf hashes of one entry bundle, as far as it can be read.
#[derive(Default)]
pub(super) struct Bundle {
    loaded: Option<u64>,
    bytes: Vec<u8>,
    // The entries that belong here, and one more when the file has too many.
    hashes: Vec<[u8; 32]>,
    width: usize,
    trouble: Option<Failure>,
}

impl Bundle {
    /// Reads bundle `number` of a log of `size` entries.
    pub(super) fn load(&mut self, folder: &Folder, number: u64, size: u64) {
        if self.loaded == Some(number) {
            return;
        }
        self.loaded = Some(number);
        self.hashes.clear();
        let first = number * WIDTH;
        let width = size.saturating_sub(first).min(WIDTH);
        self.width = width as usize;
        let mut file = entries_path(number, width);
        let mut read = folder.read(&file, BUNDLE_MAX, &mut self.bytes);
        // Another width than promised is read as well, because it shows which entry is missing or too many.
        if read.is_err()
            && let Some(other) = folder.other_width(number)
        {
            file = other;
            read = folder.read(&file, BUNDLE_MAX, &mut self.bytes);
        }
        self.trouble = match read {
            Err(unread) => Some(unread.about(file, first..first + width)),
            Ok(()) => self.hash_entries().err().map(|reason| {
                let index = first + self.hashes().len() as u64;
                Failure::BundleMalformed { index, file, reason }
            }),
        };
    }

    /// The hashes of the entries before the first trouble.
    pub(super) fn hashes(&self) -> &[[u8; 32]] {
        self.hashes.get(..self.width).unwrap_or(&self.hashes)
    }

    /// The same, and the first entry that has no place here if there is one.
    pub(super) fn hashes_and_next(&self) -> &[[u8; 32]] {
        &self.hashes
    }

    /// Why the bundle could not be read to its end.
    pub(super) fn trouble(&self) -> Option<&Failure> {
        self.trouble.as_ref()
    }

    fn hash_entries(&mut self) -> Result<(), &'static str> {
        let mut rest = self.bytes.as_mut_slice();
        while self.hashes.len() <= self.width && !rest.is_empty() {
            let surplus = self.hashes.len() == self.width;
            let end = rest.first_chunk().map_or(2, |length| 2 + usize::from(u16::from_be_bytes(*length)));
            let Some((entry, after)) = rest.split_at_mut_checked(end) else {
                return Err(if surplus { TOO_MANY } else { "an entry is longer than the file" });
            };
            // The second length byte, once read, becomes the prefix 0 of a leaf: so the entry is hashed where it lies.
            let Some((_, leaf)) = entry.split_first_mut() else { return Err("an entry has no length") };
            if let Some(prefix) = leaf.first_mut() {
                *prefix = 0;
            }
            self.hashes.push(sha256(leaf));
            rest = after;
        }
        match self.hashes.len().cmp(&self.width) {
            Ordering::Less => Err("an entry is missing at its end"),
            Ordering::Equal => Ok(()),
            Ordering::Greater => Err(TOO_MANY),
        }
    }
}

/// Where a tile of this width lies.
pub(super) fn tile_path(level: usize, number: u64, width: u64) -> String {
    with_width(format!("tile/{level}/{}", digits(number)), width)
}

fn entries_path(number: u64, width: u64) -> String {
    with_width(format!("tile/entries/{}", digits(number)), width)
}

fn with_width(path: String, width: u64) -> String {
    if width == WIDTH { path } else { format!("{path}.p/{width}") }
}

/// Groups of three decimal digits from the left, every group but the last marked with an `x`.
fn digits(number: u64) -> String {
    let plain = number.to_string();
    let padded = format!("{plain:0>width$}", width = plain.len().next_multiple_of(3));
    let mut path = String::new();
    for (position, digit) in padded.chars().enumerate() {
        if position % 3 == 0 {
            if position > 0 {
                path.push('/');
            }
            if position + 3 < padded.len() {
                path.push('x');
            }
        }
        path.push(digit);
    }
    path
}
