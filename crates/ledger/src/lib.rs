//! How does the ledger make every deed provable, and what happens to a leaf from its birth to the inspector's desk?
//!
//! The ledger is an append-only Merkle tree (RFC 6962, SHA-256) over leaves which are opaque bytes to this crate. Its
//! hashes are kept in tiles of 256 (C2SP tlog-tiles), its state is published as signed checkpoints (C2SP
//! tlog-checkpoint inside a signed note, Ed25519). Nothing here reads a clock, a database or the network: the caller
//! fetches what a plan asks for and stores what the appender hands over. Only [`export`] and [`verify`] touch plain
//! files, because an export is a folder.
//!
//! # Life of a leaf
//!
//! One writer owns the [`tree::Appender`] of a log; it is the only place where an index is given out.
//!
//! 1. **Sequencing.** Inside the transaction of the deed the writer takes a [`tree::Appender::mark`] and calls
//!    [`tree::Appender::append`]; the leaf gets the next index. Order in the log is order of integration: a deed which
//!    began earlier and finished later has the higher index.
//!    *If the process dies here:* the transaction was never committed, so neither deed nor leaf exists. The index was
//!    only in memory and will be given to another leaf. Nobody has been told about it.
//! 2. **Integration.** [`tree::Appender::take_full_tiles`] yields the tiles which have just become full, at every
//!    level. They are written in the same transaction as the leaves. A tile that is not full is never stored: it can
//!    be computed from what lies below it, and so there is no half-written tile to repair.
//!    *If the process dies here:* as in step 1. *If the transaction fails and the process lives:*
//!    [`tree::Appender::rollback`] returns to the mark, and the tiles taken since are forgotten or handed out again.
//! 3. **Commit.** Deed, leaf and tiles become durable at once; only now does the answer leave the server.
//!    *If the process dies after the commit and before the answer:* the leaf is there and the caller does not know. A
//!    repeat with the same idempotency key finds it. *If the connection breaks during the commit:* the outcome is
//!    unknown, so the appender in memory must be thrown away and resumed from what storage says.
//! 4. **Checkpoint.** From time to time the writer signs size and root of a committed state with
//!    [`checkpoint::Signer::sign`] and stores the note before showing it to anyone.
//!    *If the process dies between signing and storing:* the note never left the process. The next one covers at
//!    least the same leaves; Ed25519 is deterministic, so signing the same state again gives the same bytes.
//!    *If it dies between commit and checkpoint:* the leaves wait for the next checkpoint; none is lost.
//! 5. **Restart.** [`tree::resume_plan`] names the full tiles and the few last leaves which suffice to go on;
//!    [`tree::Appender::resume`] rebuilds the appender from them. The caller compares its root with the newest
//!    checkpoint of the same size, or proves the checkpoint consistent, before it lets the first leaf in.
//! 6. **Proof.** [`proof::InclusionPlan`] shows that a leaf is under a checkpoint, [`proof::ConsistencyPlan`] that a
//!    newer checkpoint only added leaves to an older one. Both read tiles which are immutable and may be interrupted
//!    at any time.
//! 7. **Export and inspection.** [`export::ExportWriter`] writes the log as a folder; its `checkpoint` file comes last,
//!    so an export cut off by a crash has none and does not verify. [`verify::verify_export`] reads such a folder
//!    offline, with code that shares nothing with the writer but SHA-256 and Ed25519, and names the first wrong entry.
//!
//! # What the ledger cannot show
//!
//! A checkpoint proves that leaves were not changed after it was signed and seen by somebody else. Whoever holds the
//! signing key can write another history for a reader who kept no older checkpoint. Therefore checkpoints are worth
//! giving away: each one kept outside fixes all leaves before it.

pub mod checkpoint;
pub mod error;
pub mod export;
pub mod hash;
pub mod proof;
pub mod tiles;
pub mod tree;
pub mod verify;
