//! How is it proved that a leaf is in the tree, and that a newer tree only added to an older one?
//!
//! A plan names the tiles and leaves it needs; the caller fetches them; `prove` computes the proof. What a tile that is
//! not full would hold is computed from the tail leaves and from full tiles one level lower.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::error::Error;
use crate::hash::{Hash, empty_root, node_hash};
use crate::tiles::{TILE_WIDTH, Tile, TileId};
use crate::tree::Edge;

/// The hashes of a proof in the order of RFC 6962: from the leaf upwards.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// One hash for each step.
    pub hashes: Vec<Hash>,
}

/// Proves that the leaf at an index is under the root of a size.
#[derive(Debug, Clone)]
pub struct InclusionPlan(Plan);

impl InclusionPlan {
    /// A plan that reads only what is stored at this size.
    pub fn new(index: u64, size: u64) -> Result<Self, Error> {
        Ok(Self(Plan { siblings: path(index, size)?, size, edge: None }))
    }

    /// A plan that takes the newest hashes from the appender's edge, and so reads a tile per level at most and no
    /// leaves. The edge may be of a later size.
    pub fn with_edge(index: u64, size: u64, edge: Edge) -> Result<Self, Error> {
        if edge.size() < size {
            return Err(Error::SizesReversed { old: size, new: edge.size() });
        }
        Ok(Self(Plan { siblings: path(index, size)?, size, edge: Some(edge) }))
    }

    /// The full tiles to fetch, and the leaves whose hashes to compute.
    pub fn needs(&self) -> (Vec<TileId>, Range<u64>) {
        self.0.needs()
    }

    /// Computes the proof from what [`needs`](Self::needs) named.
    pub fn prove(&self, tiles: &BTreeMap<TileId, Tile>, tail: &[Hash]) -> Result<Proof, Error> {
        self.0.prove(tiles, tail)
    }
}

/// Proves that the tree of a newer size begins with the tree of an older one.
#[derive(Debug, Clone)]
pub struct ConsistencyPlan(Plan);

impl ConsistencyPlan {
    /// A plan that reads only what is stored at the newer size.
    pub fn new(old: u64, new: u64) -> Result<Self, Error> {
        Ok(Self(Plan { siblings: growth(old, new)?, size: new, edge: None }))
    }

    /// A plan that takes the newest hashes from the appender's edge, which may be of a later size.
    pub fn with_edge(old: u64, new: u64, edge: Edge) -> Result<Self, Error> {
        if edge.size() < new {
            return Err(Error::SizesReversed { old: new, new: edge.size() });
        }
        Ok(Self(Plan { siblings: growth(old, new)?, size: new, edge: Some(edge) }))
    }

    /// The full tiles to fetch, and the leaves whose hashes to compute.
    pub fn needs(&self) -> (Vec<TileId>, Range<u64>) {
        self.0.needs()
    }

    /// Computes the proof from what [`needs`](Self::needs) named.
    pub fn prove(&self, tiles: &BTreeMap<TileId, Tile>, tail: &[Hash]) -> Result<Proof, Error> {
        self.0.prove(tiles, tail)
    }
}

/// Checks that the leaf is at this index of the tree with this root (RFC 9162, section 2.1.3.2).
pub fn verify_inclusion(
    index: u64,
    size: u64,
    leaf_hash: &Hash,
    proof: &Proof,
    root: &Hash,
) -> Result<(), Error> {
    if index >= size {
        return Err(Error::IndexOutsideTree { index, size });
    }
    let (mut node, mut last) = (index, size - 1);
    let mut hash = *leaf_hash;
    for sibling in &proof.hashes {
        if last == 0 {
            return Err(Error::ProofMismatch);
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            (node, last) = skip_missing_siblings(node, last);
        } else {
            hash = node_hash(&hash, sibling);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    if last == 0 && hash == *root { Ok(()) } else { Err(Error::ProofMismatch) }
}

/// Checks that the tree with the new root begins with the tree of the old root (RFC 9162, section 2.1.4.2).
pub fn verify_consistency(
    old: u64,
    new: u64,
    proof: &Proof,
    old_root: &Hash,
    new_root: &Hash,
) -> Result<(), Error> {
    if old > new {
        return Err(Error::SizesReversed { old, new });
    }
    if old == new || old == 0 {
        let fits = if old == new { old_root == new_root } else { *old_root == empty_root() };
        return if fits && proof.hashes.is_empty() { Ok(()) } else { Err(Error::ProofMismatch) };
    }
    let (mut node, mut last) = (old - 1, new - 1);
    let shared = node.trailing_ones();
    (node, last) = (node >> shared, last >> shared);
    // When the old tree is one full subtree its root begins the path and is not repeated in the proof.
    let (start, rest) = match proof.hashes.split_first() {
        _ if old.is_power_of_two() => (*old_root, proof.hashes.as_slice()),
        Some((first, rest)) => (*first, rest),
        None => return Err(Error::ProofMismatch),
    };
    let (mut old_hash, mut new_hash) = (start, start);
    for sibling in rest {
        if last == 0 {
            return Err(Error::ProofMismatch);
        }
        if node & 1 == 1 || node == last {
            old_hash = node_hash(sibling, &old_hash);
            new_hash = node_hash(sibling, &new_hash);
            (node, last) = skip_missing_siblings(node, last);
        } else {
            new_hash = node_hash(&new_hash, sibling);
        }
        (node, last) = (node >> 1, last >> 1);
    }
    if last == 0 && old_hash == *old_root && new_hash == *new_root {
        Ok(())
    } else {
        Err(Error::ProofMismatch)
    }
}

/// At the right edge a node has no sibling on some heights and rises without being hashed.
fn skip_missing_siblings(node: u64, last: u64) -> (u64, u64) {
    if node == 0 {
        return (node, last);
    }
    let heights = node.trailing_zeros();
    (node >> heights, last >> heights)
}

/// What both kinds of proof have in common: the roots of some ranges of leaves, in the order of the proof.
#[derive(Debug, Clone)]
struct Plan {
    siblings: Vec<Range<u64>>,
    size: u64,
    edge: Option<Edge>,
}

impl Plan {
    fn needs(&self) -> (Vec<TileId>, Range<u64>) {
        let mut tiles = BTreeSet::new();
        let mut tail = false;
        let subtrees = self.siblings.iter().cloned().flat_map(full_subtrees);
        for (level, hashes) in subtrees.map(|subtree| subtree.in_tiles()) {
            for index in hashes {
                match self.source(level, index) {
                    Source::Tile(id) | Source::TileRoot(id) => {
                        tiles.insert(id);
                    }
                    Source::Tail(_) => tail = true,
                    Source::Edge(_) => {}
                }
            }
        }
        let end = self.size;
        let start = if tail { end - end % TILE_WIDTH } else { end };
        (tiles.into_iter().collect(), start..end)
    }

    fn prove(&self, tiles: &BTreeMap<TileId, Tile>, tail: &[Hash]) -> Result<Proof, Error> {
        let (_, leaves) = self.needs();
        let (expected, found) = (leaves.end - leaves.start, tail.len() as u64);
        if expected != found {
            return Err(Error::TailMismatch { expected, found });
        }
        let hashes = self.siblings.iter().map(|range| self.range_root(range.clone(), tiles, tail));
        Ok(Proof { hashes: hashes.collect::<Result<_, _>>()? })
    }

    fn range_root(
        &self,
        range: Range<u64>,
        tiles: &BTreeMap<TileId, Tile>,
        tail: &[Hash],
    ) -> Result<Hash, Error> {
        let mut root = None;
        for subtree in full_subtrees(range).into_iter().rev() {
            let (level, indexes) = subtree.in_tiles();
            let hashes =
                indexes.map(|index| self.hash(level, index, tiles, tail)).collect::<Result<Vec<_>, _>>()?;
            let left = crate::hash::root_over(&hashes);
            root = Some(root.map_or(left, |right| node_hash(&left, &right)));
        }
        Ok(root.unwrap_or_else(empty_root))
    }

    fn hash(
        &self,
        level: u8,
        index: u64,
        tiles: &BTreeMap<TileId, Tile>,
        tail: &[Hash],
    ) -> Result<Hash, Error> {
        let tile = |id: TileId| {
            let tile = tiles.get(&id).ok_or(Error::TileMissing { level: id.level, index: id.index })?;
            if tile.id() != id {
                return Err(Error::TileUnexpected { level: tile.id().level, index: tile.id().index });
            }
            Ok(tile)
        };
        let missing = Error::TailMismatch { expected: self.size % TILE_WIDTH, found: tail.len() as u64 };
        match self.source(level, index) {
            Source::Edge(hash) => Ok(hash),
            Source::Tile(id) => at(tile(id)?.hashes(), index % TILE_WIDTH).ok_or(missing),
            Source::TileRoot(id) => Ok(tile(id)?.root()),
            Source::Tail(position) => at(tail, position).ok_or(missing),
        }
    }

    /// Where the hash of the complete subtree `index` at tile level `level` can be read.
    fn source(&self, level: u8, index: u64) -> Source {
        let stored = self.edge.as_ref().map_or(self.size, Edge::size) >> (8 * u32::from(level));
        if index / TILE_WIDTH < stored / TILE_WIDTH {
            return Source::Tile(TileId { level, index: index / TILE_WIDTH });
        }
        let row = self.edge.as_ref().and_then(|edge| edge.levels.get(usize::from(level)));
        if let Some(hash) = row.and_then(|row| at(row, index % TILE_WIDTH)) {
            return Source::Edge(hash);
        }
        match level.checked_sub(1) {
            Some(level) => Source::TileRoot(TileId { level, index }),
            None => Source::Tail(index % TILE_WIDTH),
        }
    }
}

enum Source {
    Tile(TileId),
    TileRoot(TileId),
    Edge(Hash),
    Tail(u64),
}

/// A complete subtree of `2^height` leaves.
struct Subtree {
    height: u32,
    start: u64,
}

impl Subtree {
    /// The tile level that holds it, and which hashes of that level it is made of.
    fn in_tiles(&self) -> (u8, Range<u64>) {
        let level = self.height / 8;
        let first = self.start >> (8 * level);
        (level as u8, first..first + (1 << (self.height % 8)))
    }
}

fn at(hashes: &[Hash], position: u64) -> Option<Hash> {
    hashes.get(usize::try_from(position).ok()?).copied()
}

/// The siblings on the way from the leaf to the root.
fn path(index: u64, size: u64) -> Result<Vec<Range<u64>>, Error> {
    if index >= size {
        return Err(Error::IndexOutsideTree { index, size });
    }
    let mut within = 0..size;
    let mut siblings = Vec::new();
    while within.end - within.start > 1 {
        let middle = split(&within);
        if index < middle {
            siblings.push(middle..within.end);
            within.end = middle;
        } else {
            siblings.push(within.start..middle);
            within.start = middle;
        }
    }
    siblings.reverse();
    Ok(siblings)
}

/// The subtrees from which both the old and the new root follow.
fn growth(old: u64, new: u64) -> Result<Vec<Range<u64>>, Error> {
    if old > new {
        return Err(Error::SizesReversed { old, new });
    }
    if old == 0 || old == new {
        return Ok(Vec::new());
    }
    let mut within = 0..new;
    let mut subtrees = Vec::new();
    while within.end != old {
        let middle = split(&within);
        if old <= middle {
            subtrees.push(middle..within.end);
            within.end = middle;
        } else {
            subtrees.push(within.start..middle);
            within.start = middle;
        }
    }
    // A subtree that begins at leaf 0 is the old tree itself, whose root the reader has.
    if within.start != 0 {
        subtrees.push(within);
    }
    subtrees.reverse();
    Ok(subtrees)
}

/// RFC 6962 gives the left side the largest power of two that leaves something for the right side.
fn split(range: &Range<u64>) -> u64 {
    let length = range.end - range.start;
    range.start + (1 << (length - 1).ilog2())
}

/// The complete subtrees that make up a range, from left to right.
fn full_subtrees(range: Range<u64>) -> Vec<Subtree> {
    let mut start = range.start;
    let mut subtrees = Vec::new();
    while let Some(height) = (range.end - start).checked_ilog2() {
        subtrees.push(Subtree { height, start });
        start += 1 << height;
    }
    subtrees
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::hash::leaf_hash;
    use crate::tree::Appender;

    /// The definitions of RFC 6962 section 2.1, word for word and slow.
    mod naive {
        use crate::hash::{Hash, empty_root, node_hash};

        fn half(n: usize) -> usize {
            let mut k = 1;
            while k * 2 < n {
                k *= 2;
            }
            k
        }

        pub fn root(d: &[Hash]) -> Hash {
            match d.len() {
                0 => empty_root(),
                1 => d[0],
                n => node_hash(&root(&d[..half(n)]), &root(&d[half(n)..])),
            }
        }

        pub fn path(m: usize, d: &[Hash]) -> Vec<Hash> {
            if d.len() == 1 {
                return Vec::new();
            }
            let k = half(d.len());
            let (mut proof, last) =
                if m < k { (path(m, &d[..k]), root(&d[k..])) } else { (path(m - k, &d[k..]), root(&d[..k])) };
            proof.push(last);
            proof
        }

        pub fn subproof(m: usize, d: &[Hash], whole: bool) -> Vec<Hash> {
            if m == d.len() {
                return if whole { Vec::new() } else { vec![root(d)] };
            }
            let k = half(d.len());
            let (mut proof, last) = if m <= k {
                (subproof(m, &d[..k], whole), root(&d[k..]))
            } else {
                (subproof(m - k, &d[k..], false), root(&d[..k]))
            };
            proof.push(last);
            proof
        }
    }

    struct Log {
        hashes: Vec<Hash>,
        tiles: BTreeMap<TileId, Tile>,
        edge: Edge,
    }

    fn log(size: u64) -> Log {
        let hashes: Vec<Hash> = (0..size).map(|index| leaf_hash(&index.to_be_bytes())).collect();
        let mut appender = Appender::new();
        for hash in &hashes {
            appender.append_hash(*hash);
        }
        let tiles = appender.take_full_tiles().into_iter().map(|tile| (tile.id(), tile)).collect();
        Log { hashes, tiles, edge: appender.edge() }
    }

    impl Log {
        /// Hands a plan exactly what it names and nothing else.
        fn answer(&self, plan: &Plan) -> Proof {
            let (tiles, tail) = plan.needs();
            let tiles = tiles.iter().map(|id| (*id, self.tiles[id].clone())).collect();
            plan.prove(&tiles, &self.hashes[tail.start as usize..tail.end as usize]).unwrap()
        }

        fn check_inclusion(&self, index: u64, size: u64) {
            let leaves = &self.hashes[..size as usize];
            let root = naive::root(leaves);
            let expected = naive::path(index as usize, leaves);
            let proof = self.answer(&InclusionPlan::new(index, size).unwrap().0);
            assert_eq!(proof.hashes, expected, "inclusion of {index} in {size}");
            let with_edge = InclusionPlan::with_edge(index, size, self.edge.clone()).unwrap();
            assert!(with_edge.needs().1.is_empty());
            assert_eq!(self.answer(&with_edge.0), proof);
            let leaf = leaves[index as usize];
            verify_inclusion(index, size, &leaf, &proof, &root).unwrap();
            assert!(verify_inclusion(index, size, &leaf_hash(b"another"), &proof, &root).is_err());
            if index > 0 {
                assert!(verify_inclusion(index - 1, size, &leaf, &proof, &root).is_err());
            }
            for position in 0..proof.hashes.len() {
                let mut bent = proof.clone();
                bent.hashes[position] = leaf_hash(b"bent");
                assert!(verify_inclusion(index, size, &leaf, &bent, &root).is_err());
                let mut short = proof.clone();
                short.hashes.remove(position);
                assert!(verify_inclusion(index, size, &leaf, &short, &root).is_err());
            }
            let mut long = proof.clone();
            long.hashes.push(root);
            assert!(verify_inclusion(index, size, &leaf, &long, &root).is_err());
        }

        fn check_consistency(&self, old: u64, new: u64) {
            let (old_root, new_root) =
                (naive::root(&self.hashes[..old as usize]), naive::root(&self.hashes[..new as usize]));
            let proof = self.answer(&ConsistencyPlan::new(old, new).unwrap().0);
            if old > 0 {
                let expected = naive::subproof(old as usize, &self.hashes[..new as usize], true);
                assert_eq!(proof.hashes, expected, "consistency of {old} and {new}");
            }
            let with_edge = ConsistencyPlan::with_edge(old, new, self.edge.clone()).unwrap();
            assert_eq!(self.answer(&with_edge.0), proof);
            verify_consistency(old, new, &proof, &old_root, &new_root).unwrap();
            let other = leaf_hash(b"another");
            assert!(verify_consistency(old, new, &proof, &other, &new_root).is_err());
            if old > 0 {
                assert!(verify_consistency(old, new, &proof, &old_root, &other).is_err());
            }
            for position in 0..proof.hashes.len() {
                let mut bent = proof.clone();
                bent.hashes[position] = other;
                assert!(verify_consistency(old, new, &bent, &old_root, &new_root).is_err());
            }
            let mut long = proof.clone();
            long.hashes.push(other);
            assert!(verify_consistency(old, new, &long, &old_root, &new_root).is_err());
        }
    }

    #[test]
    fn every_proof_of_a_small_tree_equals_the_definition() {
        let log = log(40);
        for size in 1..=40 {
            for index in 0..size {
                log.check_inclusion(index, size);
            }
            for old in 0..=size {
                log.check_consistency(old, size);
            }
        }
    }

    #[test]
    fn proofs_over_tile_boundaries_equal_the_definition() {
        let log = log(66_100);
        for size in [255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537, 66_048, 66_049, 66_100] {
            for index in [0, 1, 254, 255, 256, 65_279, 65_280, 65_535, 65_536, 66_047, size - 1] {
                if index < size {
                    log.check_inclusion(index, size);
                }
            }
            for old in [0, 1, 128, 255, 256, 257, 65_535, 65_536, 65_537, size - 1, size] {
                if old <= size {
                    log.check_consistency(old, size);
                }
            }
        }
    }

    #[test]
    fn a_plan_refuses_a_leaf_outside_the_tree_and_a_shrinking_tree() {
        assert!(matches!(InclusionPlan::new(5, 5), Err(Error::IndexOutsideTree { .. })));
        assert!(matches!(InclusionPlan::new(0, 0), Err(Error::IndexOutsideTree { .. })));
        assert!(matches!(ConsistencyPlan::new(6, 5), Err(Error::SizesReversed { .. })));
        assert!(matches!(InclusionPlan::with_edge(1, 9, log(8).edge), Err(Error::SizesReversed { .. })));
    }

    #[test]
    fn a_plan_refuses_to_prove_without_its_pieces() {
        let log = log(600);
        let plan = InclusionPlan::new(3, 600).unwrap();
        let (_, tail) = plan.needs();
        let hashes = &log.hashes[tail.start as usize..tail.end as usize];
        assert!(matches!(plan.prove(&BTreeMap::new(), hashes), Err(Error::TileMissing { .. })));
        assert!(matches!(plan.prove(&log.tiles, &[]), Err(Error::TailMismatch { .. })));
    }

    #[test]
    fn plans_for_absurd_sizes_do_not_overflow() {
        for size in [u64::MAX, 1 << 63, (1 << 63) + 1] {
            for index in [0, size / 2, size - 1] {
                assert!(InclusionPlan::new(index, size).unwrap().0.siblings.len() <= 64);
                assert!(ConsistencyPlan::new(index, size).unwrap().0.siblings.len() <= 65);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn proofs_of_any_tree_equal_the_definition(size in 1_u64..1100, a in any::<u64>(), b in any::<u64>()) {
            let log = log(1100);
            log.check_inclusion(a % size, size);
            log.check_consistency(b % (size + 1), size);
        }
    }
}
