//! How does the writer append leaves, undo a group, and go on after a restart?

use std::collections::BTreeMap;
use std::ops::Range;

use crate::error::Error;
use crate::hash::{Hash, empty_root, leaf_hash, node_hash, root_over};
use crate::tiles::{TILE_WIDTH, Tile, TileId};

/// The writer's state of one log: the right edge of the tree and nothing else, a few kilobytes at any size.
#[derive(Debug, Clone, Default)]
pub struct Appender {
    // INVARIANT (edge): `edge[l]` holds the last `(size >> 8 l) % 256` hashes of tile level `l`.
    // INVARIANT (peaks): one hash per set bit of `size`, the largest subtree first.
    size: u64,
    peaks: Vec<Hash>,
    edge: Vec<Vec<Hash>>,
    full: Vec<Tile>,
}

impl Appender {
    /// A log without leaves.
    pub fn new() -> Self {
        Self::default()
    }

    /// Gives the leaf the next index. The caller has seen to it that the leaf is no longer than
    /// [`LEAF_BYTES_MAX`](crate::tiles::LEAF_BYTES_MAX), or the log could not be exported.
    pub fn append(&mut self, leaf: &[u8]) -> u64 {
        self.append_hash(leaf_hash(leaf))
    }

    /// As [`append`](Self::append), for a caller that has hashed the leaf already, perhaps on another thread.
    pub fn append_hash(&mut self, leaf_hash: Hash) -> u64 {
        let index = self.size;
        self.place(0, leaf_hash);
        let mut node = leaf_hash;
        // Each trailing one in the old size is a finished subtree of the same size as the new one.
        for height in 1..=index.trailing_ones() {
            let Some(left) = self.peaks.pop() else { break };
            node = node_hash(&left, &node);
            if height % 8 == 0 {
                self.place(height / 8, node);
            }
        }
        self.peaks.push(node);
        self.size += 1;
        index
    }

    /// How many leaves the log has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root over all leaves, to be put into a checkpoint.
    pub fn root(&self) -> Hash {
        let mut peaks = self.peaks.iter().rev();
        let Some(last) = peaks.next() else { return empty_root() };
        peaks.fold(*last, |right, left| node_hash(left, &right))
    }

    /// The tiles that have become full since the last call, at every level; they belong into the transaction of
    /// their leaves.
    #[must_use = "a full tile that is not stored is missing at the next start"]
    pub fn take_full_tiles(&mut self) -> Vec<Tile> {
        std::mem::take(&mut self.full)
    }

    /// Remembers the state before a group of leaves.
    pub fn mark(&self) -> Mark {
        Mark(self.clone())
    }

    /// Forgets everything since the mark; tiles that were waiting at the mark wait again.
    pub fn rollback(&mut self, mark: Mark) {
        *self = mark.0;
    }

    /// The hashes of all tiles that are not full, for proofs and exports of this very size or a smaller one.
    pub fn edge(&self) -> Edge {
        Edge { size: self.size, levels: self.edge.clone() }
    }

    /// Rebuilds the state of a log of `size` leaves from what [`resume_plan`] asked for. Whether the pieces are the
    /// true ones shows when the root is compared with a checkpoint.
    pub fn resume(size: u64, mut tiles: BTreeMap<TileId, Tile>, leaves: Vec<Vec<u8>>) -> Result<Self, Error> {
        let plan = resume_plan(size);
        let (expected, found) = (plan.leaves.end - plan.leaves.start, leaves.len() as u64);
        if expected != found {
            return Err(Error::TailMismatch { expected, found });
        }
        let mut edge = vec![leaves.iter().map(|leaf| leaf_hash(leaf)).collect::<Vec<_>>()];
        for id in plan.tiles {
            let Some(tile) = tiles.remove(&id) else {
                return Err(Error::TileMissing { level: id.level, index: id.index });
            };
            if tile.id() != id {
                return Err(Error::TileUnexpected { level: tile.id().level, index: tile.id().index });
            }
            let level = usize::from(id.level) + 1;
            if edge.len() <= level {
                edge.resize_with(level + 1, Vec::new);
            }
            if let Some(row) = edge.get_mut(level) {
                row.push(tile.root());
            }
        }
        if let Some(id) = tiles.keys().next() {
            return Err(Error::TileUnexpected { level: id.level, index: id.index });
        }
        let peaks = edge.iter().rev().flat_map(|row| peaks_of(row)).collect();
        Ok(Self { size, peaks, edge, full: Vec::new() })
    }

    fn place(&mut self, level: u32, hash: Hash) {
        let row = level as usize;
        if self.edge.len() <= row {
            self.edge.resize_with(row + 1, Vec::new);
        }
        let Some(hashes) = self.edge.get_mut(row) else { return };
        hashes.push(hash);
        if (hashes.len() as u64) < TILE_WIDTH {
            return;
        }
        let hashes = std::mem::replace(hashes, Vec::with_capacity(256));
        // The leaf being placed still has the index `size`: it is the last one under this tile. A tile of level 7
        // would need 2^64 leaves, so the shift is always smaller than 64.
        let id = TileId { level: level as u8, index: self.size >> (8 * (level + 1)).min(63) };
        if let Ok(tile) = Tile::new(id, hashes) {
            self.full.push(tile);
        }
    }
}

/// A state to which [`Appender::rollback`] can return.
#[derive(Debug, Clone)]
pub struct Mark(Appender);

/// The tiles at the right edge of a log, which are not full and therefore not stored.
#[derive(Debug, Clone)]
pub struct Edge {
    pub(crate) size: u64,
    pub(crate) levels: Vec<Vec<Hash>>,
}

impl Edge {
    /// The size of the log this edge belongs to.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Each tile that has begun and is not full, with the hashes it has, the lowest level first.
    pub fn partial_tiles(&self) -> impl Iterator<Item = (TileId, &[Hash])> {
        (0_u8..).zip(&self.levels).filter(|(_, hashes)| !hashes.is_empty()).map(|(level, hashes)| {
            let index = (self.size >> (8 * u32::from(level))) / TILE_WIDTH;
            (TileId { level, index }, hashes.as_slice())
        })
    }
}

/// What has to be fetched from storage to go on with a log of `size` leaves.
pub fn resume_plan(size: u64) -> ResumePlan {
    let mut tiles = Vec::new();
    for level in 0_u8..7 {
        // Level `level + 1` is at its edge made of the roots of full tiles of `level`.
        let full = size >> (8 * (u32::from(level) + 1));
        tiles.extend((full - full % TILE_WIDTH..full).map(|index| TileId { level, index }));
    }
    ResumePlan { tiles, leaves: size - size % TILE_WIDTH..size }
}

/// The answer of [`resume_plan`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResumePlan {
    /// Full tiles, each stored when its last leaf was.
    pub tiles: Vec<TileId>,
    /// The leaves after the last full tile of level 0.
    pub leaves: Range<u64>,
}

/// The roots of the largest full subtrees over a row, from left to right.
fn peaks_of(row: &[Hash]) -> Vec<Hash> {
    let mut rest = row;
    let mut peaks = Vec::new();
    while let Some(bit) = rest.len().checked_ilog2() {
        let (subtree, right) = rest.split_at(1 << bit);
        peaks.push(root_over(subtree));
        rest = right;
    }
    peaks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(index: u64) -> Vec<u8> {
        index.to_be_bytes().to_vec()
    }

    fn grown(size: u64) -> (Appender, BTreeMap<TileId, Tile>) {
        let mut appender = Appender::new();
        let mut tiles = BTreeMap::new();
        for index in 0..size {
            assert_eq!(appender.append(&leaf(index)), index);
            tiles.extend(appender.take_full_tiles().into_iter().map(|tile| (tile.id(), tile)));
        }
        (appender, tiles)
    }

    fn pieces(size: u64, all: &BTreeMap<TileId, Tile>) -> (BTreeMap<TileId, Tile>, Vec<Vec<u8>>) {
        let plan = resume_plan(size);
        let tiles = plan.tiles.iter().map(|id| (*id, all[id].clone())).collect();
        (tiles, plan.leaves.map(leaf).collect())
    }

    #[test]
    fn roots_are_the_published_ones_of_the_certificate_transparency_vectors() {
        let leaves: [&[u8]; 8] = [
            &[],
            &[0x00],
            &[0x10],
            &[0x20, 0x21],
            &[0x30, 0x31],
            &[0x40, 0x41, 0x42, 0x43],
            &[0x50, 0x51, 0x52, 0x53, 0x54, 0x55, 0x56, 0x57],
            &[0x60, 0x61, 0x62, 0x63, 0x64, 0x65, 0x66, 0x67, 0x68, 0x69, 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x6f],
        ];
        let roots = [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        let mut appender = Appender::new();
        assert_eq!(appender.root().to_string(), roots[0]);
        for (leaf, root) in leaves.iter().zip(&roots[1..]) {
            appender.append(leaf);
            assert_eq!(appender.root().to_string(), *root);
        }
    }

    #[test]
    fn root_equals_the_recursive_definition_at_every_size() {
        let mut appender = Appender::new();
        let mut hashes = Vec::new();
        for index in 0..1030 {
            assert_eq!(appender.root(), root_over(&hashes), "size {index}");
            appender.append(&leaf(index));
            hashes.push(leaf_hash(&leaf(index)));
        }
    }

    #[test]
    fn tiles_become_full_at_every_level_with_the_leaf_that_fills_them() {
        let mut appender = Appender::new();
        for index in 0..65_536 {
            appender.append(&leaf(index));
            let ids: Vec<_> = appender.take_full_tiles().iter().map(Tile::id).collect();
            let mut expected = Vec::new();
            if (index + 1) % 256 == 0 {
                expected.push(TileId { level: 0, index: index / 256 });
            }
            if index == 65_535 {
                expected.push(TileId { level: 1, index: 0 });
            }
            assert_eq!(ids, expected, "leaf {index}");
        }
        let widths: Vec<_> = appender.edge().partial_tiles().map(|(id, row)| (id, row.len())).collect();
        assert_eq!(widths, [(TileId { level: 2, index: 0 }, 1)]);
    }

    #[test]
    fn the_edge_of_seventy_thousand_leaves_is_the_one_tlog_tiles_describes() {
        let (appender, tiles) = grown(70_000);
        assert_eq!(tiles.keys().filter(|id| id.level == 0).count(), 273);
        assert_eq!(tiles.keys().filter(|id| id.level == 1).count(), 1);
        let widths: Vec<_> = appender.edge().partial_tiles().map(|(id, row)| (id, row.len())).collect();
        assert_eq!(
            widths,
            [
                (TileId { level: 0, index: 273 }, 112),
                (TileId { level: 1, index: 1 }, 17),
                (TileId { level: 2, index: 0 }, 1)
            ]
        );
    }

    #[test]
    fn a_resumed_appender_goes_on_as_if_it_had_never_stopped() {
        for size in [0, 1, 2, 255, 256, 257, 511, 513, 1000, 65_535, 65_536, 65_537, 66_049] {
            let (mut lived, all) = grown(size);
            let (tiles, leaves) = pieces(size, &all);
            let mut resumed = Appender::resume(size, tiles, leaves).unwrap();
            for index in size..size + 600 {
                assert_eq!(resumed.root(), lived.root(), "{size} at {index}");
                assert_eq!(resumed.append(&leaf(index)), lived.append(&leaf(index)));
                assert_eq!(resumed.take_full_tiles(), lived.take_full_tiles());
            }
        }
    }

    #[test]
    fn resume_refuses_pieces_that_are_missing_or_do_not_fit() {
        let size = 1000;
        let (_, all) = grown(size);
        let (tiles, leaves) = pieces(size, &all);
        let first = *tiles.keys().next().unwrap();

        let mut missing = tiles.clone();
        missing.remove(&first);
        assert!(matches!(Appender::resume(size, missing, leaves.clone()), Err(Error::TileMissing { .. })));

        let mut swapped = tiles.clone();
        swapped.insert(first, all[&TileId { level: 0, index: 1 }].clone());
        assert!(matches!(Appender::resume(size, swapped, leaves.clone()), Err(Error::TileUnexpected { .. })));

        let short = leaves[1..].to_vec();
        assert!(matches!(Appender::resume(size, tiles.clone(), short), Err(Error::TailMismatch { .. })));

        assert!(matches!(Appender::resume(232, tiles, leaves), Err(Error::TileUnexpected { .. })));
    }

    #[test]
    fn a_group_that_is_rolled_back_leaves_no_trace() {
        for size in [0, 1, 200, 255, 256, 300] {
            let (mut appender, _) = grown(size);
            let (mut other, _) = grown(size);
            let mark = appender.mark();
            for index in 0..300 {
                appender.append(&leaf(7_000 + index));
            }
            let _lost = appender.take_full_tiles();
            appender.rollback(mark);
            for index in size..size + 300 {
                appender.append(&leaf(index));
                other.append(&leaf(index));
            }
            assert_eq!(appender.root(), other.root());
            assert_eq!(appender.take_full_tiles(), other.take_full_tiles());
        }
    }

    #[test]
    fn tiles_that_waited_at_a_mark_are_handed_out_again_after_a_rollback() {
        let (mut appender, _) = grown(255);
        appender.append(&leaf(255));
        let mark = appender.mark();
        assert_eq!(appender.take_full_tiles().len(), 1);
        appender.rollback(mark);
        assert_eq!(appender.take_full_tiles().len(), 1);
    }
}
