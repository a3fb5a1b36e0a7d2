//! What can go wrong between a statement and the disk, and what may be done about it?

use std::path::PathBuf;
use std::sync::Arc;

use thiserror::Error;

use crate::db::Place;

/// Why a read or a commit did not happen; no message holds a value that was stored.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum Error {
    /// A guard of this deed did not hold; the deed left no trace.
    #[error("the deed met other facts than it was decided on")]
    Conflict(#[from] Conflict),
    /// Another transaction stood in the way (deadlock, lock time-out); the deed left no trace and may be tried again.
    #[error("another transaction was in the way; try again")]
    Retry,
    /// The connection ended while the commit was under way: read by the deed's own id whether it happened.
    #[error("the connection ended during the commit; whether it happened has to be read back")]
    OutcomeUnknown,
    /// The commit of the whole group failed; nothing of it happened.
    #[error("the commit of the group failed")]
    CommitFailed(#[source] Arc<Error>),
    /// The database was closed, or its writer has ended.
    #[error("the database is closed")]
    Closed,
    /// The database was migrated by a newer program; this one must not touch it.
    #[error("the database is at version {found} of its schema, this program knows version {known}")]
    NewerDatabase {
        /// The version found in the database.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// The migrations could not be agreed upon with other starting processes.
    #[error("other processes kept migrating the database at the same time")]
    MigrationRace,
    /// Another process has this data folder open.
    #[error("the data folder `{}` is in use by another process", .0.display())]
    InUse(PathBuf),
    /// A reader kept the write-ahead log from being truncated, so removed bytes may still lie in it.
    #[error("the write-ahead log of the {0} database could not be truncated: a reader is in the way")]
    WalBusy(Place),
    /// The write-ahead log still holds bytes after it was truncated.
    #[error("the write-ahead log of the {0} database still holds bytes after truncation")]
    WalNotEmpty(Place),
    /// A column was read as another type than it holds, or is not there.
    #[error("column {column} is not {expected}")]
    Column {
        /// Position in the row, from zero.
        column: usize,
        /// What was asked for.
        expected: &'static str,
    },
    /// A parameter does not fit the column it is bound to.
    #[error("parameter {0} has another type than its column")]
    Parameter(usize),
    /// The statement asks for the index of a leaf, but nothing is recorded with it.
    #[error("the statement needs the index of a leaf, and no leaf is recorded with it")]
    NoLeaf,
    /// A test made this step fail; never seen in production.
    #[error("a test made `{0}` fail")]
    Injected(&'static str),
    /// A leaf is longer than the ledger can export.
    #[error("a leaf of {0} bytes is too long for the ledger")]
    LeafTooLong(usize),
    /// The log in the database has a hole.
    #[error("leaf {index} of log {log_id} is missing")]
    LeafMissing {
        /// The log.
        log_id: i64,
        /// The index of the leaf.
        index: i64,
    },
    /// The rows of the log in the database do not fit each other.
    #[error("log {log_id} cannot be continued")]
    BrokenLog {
        /// The log.
        log_id: i64,
        /// What does not fit.
        #[source]
        source: saqta_ledger::error::Error,
    },
    /// A record was written by a newer program, or its bytes were changed.
    #[error("a record cannot be read: it was written by a newer program, or its bytes were changed")]
    Unreadable,
    /// A person's row is not the one that the history ends with: somebody put an old one back, or removed events.
    #[error("a record does not fit its history: an old row was put back, or events were removed")]
    PutBack,
    /// A permit for one person was shown for the record of another, or for attributes it does not cover.
    #[error("the permit does not cover this record")]
    NotPermitted,
    /// Something could not be sealed or opened.
    #[error("sealing or opening failed")]
    Seal(#[from] saqta_seal::error::Error),
    /// SQLite refused.
    #[error("sqlite refused")]
    Sqlite(#[source] rusqlite::Error),
    /// PostgreSQL refused; the detail line is left out, for it repeats stored values.
    #[error("postgresql refused with `{sqlstate}`: {message}")]
    Postgres {
        /// The five-letter code.
        sqlstate: String,
        /// The primary message, empty where it may repeat a value.
        message: String,
    },
    /// The connection to PostgreSQL could not be made or was lost before anything was committed.
    #[error("no connection to postgresql: {0}")]
    Connection(String),
    /// The register of columns contradicts itself; found by a test, never in an installed program.
    #[error("the register of columns is wrong: {0}")]
    Register(String),
    /// The database has no Citus, so there is nothing to spread tables over.
    #[error("the extension citus is not in this database")]
    NoCitus,
    /// Tables are spread from the coordinator of a cluster, and this server is one of its workers.
    #[error("this server is a worker of the cluster, not its coordinator")]
    NotCoordinator,
    /// A table lies on the cluster otherwise than it has to; nothing was changed.
    #[error("the table `{table}` is spread {found}, and has to be {wanted}")]
    SpreadOtherwise {
        /// The table.
        table: String,
        /// How it lies.
        found: String,
        /// How it has to lie.
        wanted: String,
    },
    /// A file or folder of the database could not be made or opened.
    #[error("cannot use `{}`", path.display())]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
}

/// Why one deed of a group was not done while the others were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Conflict {
    /// A guarded statement touched another number of rows than expected: the facts have changed since they were read.
    #[error("the facts have changed since they were read")]
    Stale,
    /// A unique key is already taken.
    #[error("a unique key is already taken")]
    Taken,
}
