//! What is a tile, and where does it lie in the layout of C2SP tlog-tiles?

use std::fmt;

use crate::error::Error;
use crate::hash::{Hash, root_over};

/// How many hashes a full tile holds.
pub const TILE_WIDTH: u64 = 256;
/// How many bytes a full tile takes in storage.
pub const TILE_BYTES: usize = 8192;
/// The longest leaf that an entry bundle can hold, and so the longest that may be appended.
pub const LEAF_BYTES_MAX: usize = 65_535;

/// The name of a tile: its level (0 holds leaf hashes) and its position within the level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileId {
    /// Each hash of a tile of level `l` covers `256^l` leaves.
    pub level: u8,
    /// The tile holds hashes `256 * index` to `256 * index + 255` of its level.
    pub index: u64,
}

impl TileId {
    /// The path of the full tile below the log's prefix.
    pub fn path(&self) -> String {
        format!("tile/{}/{}", self.level, index_path(self.index))
    }

    /// The path of the tile while it holds only `width` hashes.
    pub fn partial_path(&self, width: usize) -> String {
        format!("{}.p/{width}", self.path())
    }
}

impl fmt::Display for TileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.level, self.index)
    }
}

/// A full tile, which never changes again. A tile that is not full has no type: it is computed when needed.
#[derive(Clone, PartialEq, Eq)]
pub struct Tile {
    id: TileId,
    // INVARIANT (full): exactly 256 hashes.
    hashes: Vec<Hash>,
}

impl Tile {
    /// Reads a stored tile and refuses any other length than 256 hashes.
    pub fn from_bytes(id: TileId, bytes: &[u8]) -> Result<Self, Error> {
        let (chunks, rest) = bytes.as_chunks::<32>();
        if !rest.is_empty() {
            return Err(Error::TileMalformed { level: id.level, index: id.index });
        }
        Self::new(id, chunks.iter().copied().map(Hash::new).collect())
    }

    /// A tile over hashes already computed.
    pub(crate) fn new(id: TileId, hashes: Vec<Hash>) -> Result<Self, Error> {
        if hashes.len() as u64 != TILE_WIDTH {
            return Err(Error::TileMalformed { level: id.level, index: id.index });
        }
        Ok(Self { id, hashes })
    }

    /// Which tile this is.
    pub fn id(&self) -> TileId {
        self.id
    }

    /// The 256 hashes in order.
    pub fn hashes(&self) -> &[Hash] {
        &self.hashes
    }

    /// The 8,192 bytes to store.
    pub fn to_bytes(&self) -> Vec<u8> {
        hashes_to_bytes(&self.hashes)
    }

    /// The hash over the whole tile, which stands in the tile above.
    pub(crate) fn root(&self) -> Hash {
        root_over(&self.hashes)
    }
}

impl fmt::Debug for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tile({})", self.id)
    }
}

/// Hashes one after the other, as tiles are stored.
pub(crate) fn hashes_to_bytes(hashes: &[Hash]) -> Vec<u8> {
    hashes.iter().flat_map(|hash| *hash.as_bytes()).collect()
}

/// The path of a bundle of 256 entries, or of `width` entries at the end of the log.
pub(crate) fn entries_path(index: u64, width: Option<u64>) -> String {
    let full = format!("tile/entries/{}", index_path(index));
    match width {
        None => full,
        Some(width) => format!("{full}.p/{width}"),
    }
}

/// Three digits a folder, all but the last marked with `x`, so that no name is both file and folder.
fn index_path(index: u64) -> String {
    let mut path = format!("{:03}", index % 1000);
    let mut rest = index / 1000;
    while rest > 0 {
        path = format!("x{:03}/{path}", rest % 1000);
        rest /= 1000;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_follow_tlog_tiles() {
        assert_eq!(TileId { level: 0, index: 0 }.path(), "tile/0/000");
        assert_eq!(TileId { level: 2, index: 1_234_067 }.path(), "tile/2/x001/x234/067");
        assert_eq!(TileId { level: 1, index: 1000 }.partial_path(7), "tile/1/x001/000.p/7");
        assert_eq!(entries_path(999, None), "tile/entries/999");
        assert_eq!(entries_path(273, Some(112)), "tile/entries/273.p/112");
    }

    #[test]
    fn only_256_hashes_make_a_tile() {
        let id = TileId { level: 0, index: 3 };
        assert!(Tile::from_bytes(id, &[0; TILE_BYTES]).is_ok());
        assert!(Tile::from_bytes(id, &[0; TILE_BYTES - 32]).is_err());
        assert!(Tile::from_bytes(id, &[0; TILE_BYTES + 1]).is_err());
    }

    #[test]
    fn a_stored_tile_reads_back() {
        let id = TileId { level: 1, index: 9 };
        let bytes: Vec<u8> = (0..TILE_BYTES).map(|i| (i / 32) as u8).collect();
        let tile = Tile::from_bytes(id, &bytes).unwrap();
        assert_eq!(tile.to_bytes(), bytes);
        assert_eq!(tile.id(), id);
    }
}
