//! What root follows from these entries, computed without the writer's code?
//!
//! A row of 256 hashes is folded as soon as it is full; what has not filled a row yet is folded when a root is asked for.

use aws_lc_rs::digest::{SHA256, digest};

/// How many hashes make a row, the same as a tile.
pub(super) const WIDTH: u64 = 256;

/// The rows at the right edge of the tree, the lowest level first.
#[derive(Default)]
pub(super) struct Fold {
    rows: Vec<Row>,
}

#[derive(Default)]
struct Row {
    full: u64,
    hashes: Vec<[u8; 32]>,
}

impl Row {
    fn count(&self) -> u64 {
        self.full * WIDTH + self.hashes.len() as u64
    }
}

impl Fold {
    /// How many leaf hashes have come in at level 0.
    pub(super) fn leaves(&self) -> u64 {
        self.rows.first().map_or(0, Row::count)
    }

    /// Adds the next hash of a level; `on_full` sees each row that it fills, with level and number.
    pub(super) fn push(
        &mut self,
        level: usize,
        hash: [u8; 32],
        on_full: &mut impl FnMut(usize, u64, &[[u8; 32]]),
    ) {
        let (mut level, mut hash) = (level, hash);
        loop {
            if self.rows.len() <= level {
                self.rows.resize_with(level + 1, Row::default);
            }
            let Some(row) = self.rows.get_mut(level) else { return };
            row.hashes.push(hash);
            if (row.hashes.len() as u64) < WIDTH {
                return;
            }
            on_full(level, row.full, &row.hashes);
            hash = fold_in_place(&mut row.hashes);
            row.hashes.clear();
            row.full += 1;
            level += 1;
        }
    }

    /// Shows each row that has begun, with level and number.
    pub(super) fn rows(&self, mut show: impl FnMut(usize, u64, &[[u8; 32]])) {
        for (level, row) in self.rows.iter().enumerate() {
            if !row.hashes.is_empty() {
                show(level, row.full, &row.hashes);
            }
        }
    }

    /// The root over all that was pushed.
    pub(super) fn root(&self) -> [u8; 32] {
        let mut root = None;
        let mut scratch = Vec::with_capacity(256);
        for row in &self.rows {
            let mut rest = row.hashes.as_slice();
            // From the right, the smallest subtree first: its size is the lowest set bit of what is left.
            while !rest.is_empty() {
                let (left, subtree) = rest.split_at(rest.len() & (rest.len() - 1));
                scratch.clear();
                scratch.extend_from_slice(subtree);
                let hash = fold_in_place(&mut scratch);
                root = Some(root.map_or(hash, |right| node(&hash, &right)));
                rest = left;
            }
        }
        root.unwrap_or_else(|| sha256(&[]))
    }
}

/// The root over a full row of hashes.
pub(super) fn row_root(row: &[[u8; 32]]) -> [u8; 32] {
    fold_in_place(&mut row.to_vec())
}

/// Pairs neighbours until one is left; the row is a power of two long and is used up.
fn fold_in_place(row: &mut Vec<[u8; 32]>) -> [u8; 32] {
    while row.len() > 1 {
        let half = row.len() / 2;
        for pair in 0..half {
            let (Some(left), Some(right)) = (row.get(2 * pair), row.get(2 * pair + 1)) else { break };
            let parent = node(left, right);
            if let Some(place) = row.get_mut(pair) {
                *place = parent;
            }
        }
        row.truncate(half);
    }
    row.first().copied().unwrap_or_default()
}

/// The root that follows from one leaf and its proof, or `None` when the proof has not the right length.
pub(super) fn climb(index: u64, size: u64, leaf: [u8; 32], proof: &[[u8; 32]]) -> Option<[u8; 32]> {
    if size == 1 {
        return proof.is_empty().then_some(leaf);
    }
    let (top, below) = proof.split_last()?;
    let left = 1 << (size - 1).ilog2();
    if index < left {
        Some(node(&climb(index, left, leaf, below)?, top))
    } else {
        Some(node(top, &climb(index - left, size - left, leaf, below)?))
    }
}

fn node(left: &[u8; 32], right: &[u8; 32]) -> [u8; 32] {
    let mut message = [0; 65];
    message[0] = 1;
    message[1..33].copy_from_slice(left);
    message[33..65].copy_from_slice(right);
    sha256(&message)
}

pub(super) fn sha256(message: &[u8]) -> [u8; 32] {
    let digest = digest(&SHA256, message);
    digest.as_ref().first_chunk().copied().unwrap_or_default()
}
