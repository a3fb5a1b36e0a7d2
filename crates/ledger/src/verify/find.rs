//! Which entry is the first wrong one, when the tree over the entries is not the signed one?
//!
//! Stored tiles are believed only as far as they lead to the signed root: from the top downwards each tile must fold to
//! the hash above it. Where the chain reaches the leaf hashes the wrong entry is known exactly; where a tile is damaged
//! only its range is; where no level leads to the root the range between two checkpoints is all that can be said.

use std::ops::Range;

use crate::error::{Change, Failure};

use super::files::{self, Bundle, Folder};
use super::tree::{Fold, WIDTH, row_root};

/// Looking further than this for an entry that was moved would take longer than it explains.
const NEIGHBOURHOOD: u64 = 256;

/// A search below one checkpoint, after the entries have agreed with an earlier one.
pub(super) struct Search<'a> {
    folder: &'a Folder,
    total: u64,
    agreed: u64,
    size: u64,
    root: [u8; 32],
    bundle: Bundle,
}

impl<'a> Search<'a> {
    /// `total` is the size of the export; entries before `agreed` are right; `size` and `root` were signed.
    pub(super) fn new(folder: &'a Folder, total: u64, agreed: u64, size: u64, root: [u8; 32]) -> Self {
        Self { folder, total, agreed, size, root, bundle: Bundle::default() }
    }

    /// The first wrong entry; `trouble` if all entries before it are right, `otherwise` if nothing can be told.
    pub(super) fn first_wrong(mut self, trouble: Option<Failure>, otherwise: Failure) -> Failure {
        let unknown = trouble.unwrap_or(otherwise);
        for top in (0..8).rev() {
            if self.size >> (8 * top) == 0 || self.root_from_tiles(top) != Some(self.root) {
                continue;
            }
            for (level, number, hashes) in self.decomposition(top) {
                let Some(tile) = self.tile(level, number) else { return unknown };
                for index in hashes {
                    let Some(hash) = at(&tile, index % WIDTH) else { return unknown };
                    if let Err(failure) = self.descend(level, index, hash) {
                        return failure;
                    }
                }
            }
            return unknown;
        }
        unknown
    }

    /// The signed tree as hashes of stored tiles: whole subtrees of level `top`, and what remains from lower levels.
    /// Each item is the level, the number of a tile, and which hashes of the level to take from it.
    fn decomposition(&self, top: u32) -> impl Iterator<Item = (u32, u64, Range<u64>)> + use<> {
        let size = self.size;
        let count = move |level: u32| size >> (8 * level);
        let remains = (0..top).rev().map(move |level| (level, count(level + 1) * WIDTH..count(level)));
        std::iter::once((top, 0..count(top))).chain(remains).flat_map(|(level, hashes)| {
            (hashes.start / WIDTH..hashes.end.div_ceil(WIDTH)).map(move |number| {
                let first = number * WIDTH;
                (level, number, first.max(hashes.start)..hashes.end.min(first.saturating_add(WIDTH)))
            })
        })
    }

    fn root_from_tiles(&self, top: u32) -> Option<[u8; 32]> {
        let mut fold = Fold::default();
        for (level, number, hashes) in self.decomposition(top) {
            let tile = self.tile(level, number)?;
            for index in hashes {
                fold.push(level as usize, at(&tile, index % WIDTH)?, &mut |_, _, _| {});
            }
        }
        Some(fold.root())
    }

    /// Compares a subtree whose hash is proved with the entries below it.
    fn descend(&mut self, level: u32, index: u64, hash: [u8; 32]) -> Result<(), Failure> {
        let entries = index << (8 * level)..(index + 1) << (8 * level);
        if entries.end <= self.agreed {
            return Ok(());
        }
        let Some(below) = level.checked_sub(1) else { return self.compare_entry(index, hash) };
        let tile =
            self.tile(below, index).filter(|tile| tile.len() as u64 == WIDTH && row_root(tile) == hash);
        if let Some(tile) = tile {
            return (index * WIDTH..)
                .zip(tile)
                .try_for_each(|(index, hash)| self.descend(below, index, hash));
        }
        self.compare_range(entries, hash)
    }

    fn compare_range(&mut self, entries: Range<u64>, hash: [u8; 32]) -> Result<(), Failure> {
        let mut fold = Fold::default();
        for index in entries.clone() {
            let entry = self.entry_hash(index)?;
            fold.push(0, entry, &mut |_, _, _| {});
        }
        if fold.root() == hash {
            return Ok(());
        }
        Err(Failure::EntriesDiffer { entries: entries.start.max(self.agreed)..entries.end })
    }

    fn compare_entry(&mut self, index: u64, hash: [u8; 32]) -> Result<(), Failure> {
        let entry = self.entry_hash(index)?;
        if entry == hash {
            return Ok(());
        }
        Err(Failure::Entry { index, change: self.explain(index, entry, hash) })
    }

    fn entry_hash(&mut self, index: u64) -> Result<[u8; 32], Failure> {
        self.bundle.load(self.folder, index / WIDTH, self.total);
        if let Some(hash) = at(self.bundle.hashes(), index % WIDTH) {
            return Ok(hash);
        }
        // A bundle gives all its hashes or says why not, so the second half is never used.
        let unread = Failure::EntriesDiffer { entries: index..index + 1 };
        Err(self.bundle.trouble().cloned().unwrap_or(unread))
    }

    /// What happened is guessed from where the logged and the found entry turn up again.
    fn explain(&self, index: u64, found: [u8; 32], logged: [u8; 32]) -> Change {
        let (mut found_is_logged_later, mut logged_is_found_later) = (false, false);
        let mut bundle = Bundle::default();
        let last = (self.total.saturating_sub(1) / WIDTH).min(index / WIDTH + NEIGHBOURHOOD);
        for number in index / WIDTH..=last {
            // Only what follows counts: an equal entry before the first wrong one is in its right place.
            let skip = if number == index / WIDTH { (index % WIDTH) as usize + 1 } else { 0 };
            bundle.load(self.folder, number, self.total);
            logged_is_found_later |= bundle.hashes_and_next().iter().skip(skip).any(|hash| *hash == logged);
            let tile = self.tile(0, number).unwrap_or_default();
            found_is_logged_later |= tile.iter().skip(skip).any(|hash| *hash == found);
            if found_is_logged_later && logged_is_found_later {
                return Change::Reordered;
            }
        }
        match (found_is_logged_later, logged_is_found_later) {
            (true, _) => Change::Removed,
            (false, true) => Change::Inserted,
            (false, false) => Change::Changed,
        }
    }

    /// A stored tile in the width that an export of this size has, or nothing when it is missing or of another length.
    fn tile(&self, level: u32, number: u64) -> Option<Vec<[u8; 32]>> {
        let width = (self.total >> (8 * level)).saturating_sub(number.saturating_mul(WIDTH)).min(WIDTH);
        let mut bytes = Vec::new();
        self.folder
            .read(&files::tile_path(level as usize, number, width), 32 * width as usize, &mut bytes)
            .ok()?;
        let (hashes, rest) = bytes.as_chunks::<32>();
        (rest.is_empty() && hashes.len() as u64 == width).then(|| hashes.to_vec())
    }
}

fn at(hashes: &[[u8; 32]], position: u64) -> Option<[u8; 32]> {
    hashes.get(usize::try_from(position).ok()?).copied()
}
