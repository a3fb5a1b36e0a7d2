//! What can go wrong in the ledger, for the writer ([`enum@Error`]) and for the inspector ([`Failure`])?

use std::io;
use std::ops::Range;

use thiserror::Error;

/// What the writer's side refuses: proofs, checkpoints, tiles and exports that cannot be right.
#[derive(Debug, Error)]
pub enum Error {
    /// A proof was asked for a leaf that the tree of this size does not hold.
    #[error("leaf {index} is outside a tree of {size} leaves")]
    IndexOutsideTree {
        /// The leaf asked for.
        index: u64,
        /// The size of the tree.
        size: u64,
    },
    /// A consistency proof was asked from a larger tree to a smaller one.
    #[error("a tree of {old} leaves cannot grow into one of {new}")]
    SizesReversed {
        /// The size said to be the older.
        old: u64,
        /// The size said to be the newer.
        new: u64,
    },
    /// The proof does not lead from the leaf or the old root to the root.
    #[error("the proof does not lead to the root")]
    ProofMismatch,
    /// A plan named this tile and it was not handed over.
    #[error("tile {level}/{index} is missing")]
    TileMissing {
        /// Tile level, 0 holds leaf hashes.
        level: u8,
        /// Position within the level.
        index: u64,
    },
    /// A tile was handed over that the plan does not name, or under another tile's name.
    #[error("tile {level}/{index} does not belong here")]
    TileUnexpected {
        /// Tile level, 0 holds leaf hashes.
        level: u8,
        /// Position within the level.
        index: u64,
    },
    /// The bytes are not 256 hashes.
    #[error("tile {level}/{index} is not 256 hashes long")]
    TileMalformed {
        /// Tile level, 0 holds leaf hashes.
        level: u8,
        /// Position within the level.
        index: u64,
    },
    /// The leaves after the last full tile are too few or too many.
    #[error("expected {expected} leaves after the last full tile, found {found}")]
    TailMismatch {
        /// How many the plan names.
        expected: u64,
        /// How many came.
        found: u64,
    },
    /// An entry bundle holds entries of at most 65,535 bytes (tlog-tiles).
    #[error("a leaf of {bytes} bytes is longer than an entry bundle can hold")]
    LeafTooLong {
        /// Length of the leaf.
        bytes: usize,
    },
    /// The bytes or the text are not a hash.
    #[error("not a hash of 32 bytes")]
    HashMalformed,
    /// A key name is empty or holds a space, a plus or a control character (signed-note).
    #[error("the key name is empty or holds a space, a plus or a control character")]
    KeyName,
    /// The verifier key text is not `name+id+key` with an Ed25519 key of that id.
    #[error("the verifier key is malformed")]
    KeyMalformed,
    /// The cryptographic library refused to make or use the signing key.
    #[error("the signing key cannot be used")]
    KeyUnusable,
    /// The text is not a checkpoint in a signed note.
    #[error("the checkpoint is malformed: {0}")]
    CheckpointMalformed(&'static str),
    /// No signature line of the note belongs to the key.
    #[error("the checkpoint is not signed by `{0}`")]
    NotSigned(String),
    /// A signature line of the key is there and does not fit the text.
    #[error("the signature of `{0}` on the checkpoint is wrong")]
    BadSignature(String),
    /// The checkpoint belongs to another log than the key.
    #[error("the checkpoint is of `{found}`, not of `{expected}`")]
    OtherOrigin {
        /// The name of the key.
        expected: String,
        /// The origin line.
        found: String,
    },
    /// An export needs the checkpoint of exactly the leaves that were pushed.
    #[error("no checkpoint fits the {size} leaves written")]
    CheckpointMismatch {
        /// How many leaves were pushed.
        size: u64,
    },
    /// Two checkpoints of one size differ: one of them is of another history.
    #[error("two checkpoints of size {size} disagree")]
    CheckpointsDisagree {
        /// The size both claim.
        size: u64,
    },
    /// An export goes into a new or empty folder, so that nothing old is mistaken for part of it.
    #[error("the folder for the export is not empty")]
    ExportNotEmpty,
    /// A file of the export could not be written.
    #[error("`{file}` cannot be written")]
    Io {
        /// The file, relative to the export.
        file: String,
        /// What the operating system said.
        source: io::Error,
    },
}

/// The verdict of the offline verifier when an export is not what the checkpoints promise.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Failure {
    /// One entry is known to be wrong; every entry before it is right.
    #[error("entry {index} {change}")]
    Entry {
        /// The first wrong entry.
        index: u64,
        /// The likeliest explanation.
        change: Change,
    },
    /// Entries differ from what a checkpoint signed, and no intact hash says which one.
    #[error(
        "entries {} to {}: not the history that {checkpoint} signed{}", entries.start, entries.end.saturating_sub(1),
        if *signed_again { ", and the key signed this other history later" } else { "" }
    )]
    HistoryRewritten {
        /// From the end of the last agreement to the end of the first disagreement.
        entries: Range<u64>,
        /// The checkpoint that disagrees.
        checkpoint: String,
        /// True when a later checkpoint fits the entries: the holder of the key signed two histories.
        signed_again: bool,
    },
    /// Some of these entries differ from what was signed; the tile that would say which is damaged too.
    #[error("entries {} to {}: at least one differs from what was logged", entries.start, entries.end.saturating_sub(1))]
    EntriesDiffer {
        /// The narrowest range that intact hashes allow.
        entries: Range<u64>,
    },
    /// A checkpoint promises more entries than the export has. Which of the entries before the gap that checkpoint
    /// had seen cannot be told any more; they agree with every smaller checkpoint.
    #[error("entries {index} to {} are gone: {checkpoint} signed {promised} entries", promised.saturating_sub(1))]
    TailTruncated {
        /// The first entry that is gone.
        index: u64,
        /// The size that was signed.
        promised: u64,
        /// The checkpoint that promises it.
        checkpoint: String,
    },
    /// There are entries after the ones the newest checkpoint signed.
    #[error("entry {index} in `{file}` is not covered by the newest checkpoint")]
    EntryUnsigned {
        /// The first entry without a signature over it.
        index: u64,
        /// Where it lies.
        file: String,
    },
    /// The lengths inside an entry bundle do not add up.
    #[error("entry {index}: `{file}` is malformed, {reason}")]
    BundleMalformed {
        /// The first entry that cannot be read.
        index: u64,
        /// The bundle.
        file: String,
        /// What does not add up.
        reason: &'static str,
    },
    /// A file is not there.
    #[error("`{file}` is missing (entries {} to {})", entries.start, entries.end.saturating_sub(1))]
    FileMissing {
        /// The file, relative to the export.
        file: String,
        /// The entries it speaks about; empty for files about the whole log.
        entries: Range<u64>,
    },
    /// A file is there and cannot be read.
    #[error("`{file}` cannot be read: {kind}")]
    FileUnreadable {
        /// The file, relative to the export.
        file: String,
        /// What the operating system said.
        kind: io::ErrorKind,
    },
    /// The entries are right, and a stored tile does not fit them.
    #[error(
        "`{file}` does not fit entries {} to {}, which are themselves as signed", entries.start,
        entries.end.saturating_sub(1)
    )]
    TileDamaged {
        /// The tile.
        file: String,
        /// The entries under its first wrong hash.
        entries: Range<u64>,
    },
    /// A checkpoint cannot be trusted.
    #[error("{checkpoint}: {reason}")]
    BadCheckpoint {
        /// Which checkpoint.
        checkpoint: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The export speaks of another key than the one the inspector expects.
    #[error("the key in `log.vkey` is not the expected one")]
    OtherKey,
    /// A verifier key is not in the signed-note format.
    #[error("the verifier key in {place} is malformed")]
    KeyMalformed {
        /// `log.vkey` or the inspector's own key.
        place: &'static str,
    },
    /// A receipt names an entry that its checkpoint does not cover.
    #[error("entry {index} is not among the {size} entries of the checkpoint")]
    ReceiptOutside {
        /// The entry of the receipt.
        index: u64,
        /// The size in the checkpoint.
        size: u64,
    },
    /// The proof of a receipt does not lead from the leaf to the root of the checkpoint.
    #[error("entry {index}: the proof does not lead from this leaf to the signed root")]
    ReceiptWrong {
        /// The entry of the receipt.
        index: u64,
    },
}

impl Failure {
    /// The first entry known to be wrong, or the first of the range when only a range can be known.
    pub fn first_entry(&self) -> Option<u64> {
        self.entries().map(|range| range.start)
    }

    /// The entries concerned: one entry when it is known exactly, `None` when the failure is about no entry.
    pub fn entries(&self) -> Option<Range<u64>> {
        match self {
            Self::Entry { index, .. }
            | Self::EntryUnsigned { index, .. }
            | Self::BundleMalformed { index, .. }
            | Self::ReceiptOutside { index, .. }
            | Self::ReceiptWrong { index } => Some(*index..index.saturating_add(1)),
            Self::TailTruncated { index, promised, .. } => Some(*index..*promised),
            Self::HistoryRewritten { entries, .. }
            | Self::EntriesDiffer { entries }
            | Self::TileDamaged { entries, .. } => Some(entries.clone()),
            Self::FileMissing { entries, .. } => (!entries.is_empty()).then(|| entries.clone()),
            Self::FileUnreadable { .. }
            | Self::BadCheckpoint { .. }
            | Self::OtherKey
            | Self::KeyMalformed { .. } => None,
        }
    }
}

/// The likeliest explanation of a wrong entry, judged by the hashes around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Change {
    /// The entry's bytes are others than those logged.
    #[error("was changed")]
    Changed,
    /// The entry that was logged here is gone and its followers moved up.
    #[error("was removed")]
    Removed,
    /// An entry that was never logged stands here and its followers moved down.
    #[error("was inserted")]
    Inserted,
    /// The entry was logged, but at another index.
    #[error("stands in another order than logged")]
    Reordered,
}
