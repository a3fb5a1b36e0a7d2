//! How does the rest of the crate speak to a database without knowing which one it is?

pub mod citus;
pub(crate) mod dialect;
mod pipeline;
pub mod postgres;
mod postgres_writer;
mod router;
pub mod sqlite;
mod sqlite_writer;
pub mod value;

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use saqta_ledger::tree::Edge;

use crate::db::postgres::PostgresDb;
use crate::db::sqlite::SqliteDb;
use crate::db::value::{Row, Value};
use crate::error::Error;
use crate::log::Head;
use crate::testing::Faults;
use crate::writer::{Committed, Control, Deed, Done, Housekeeping, Queue, Recorded, Step};

const SETTING: &str = "
select value
from settings
where name = $1";

const SET_SETTING: &str = "
insert into settings (name, value)
values ($1, $2)
on conflict (name) do update
set value = excluded.value";

const KEY_SETTING: &str = "
select value
from key_settings
where name = $1";

const SET_KEY_SETTING: &str = "
insert into key_settings (name, value)
values ($1, $2)
on conflict (name) do update
set value = excluded.value";

/// Which of the two stores: the keys lie apart from the data, in a file and a backup of their own where embedded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Sealed data and the ledger.
    Data,
    /// Wrapped keys and the register of the destroyed.
    Keys,
}

impl Place {
    /// The word for it in rows and messages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Data => "data",
            Self::Keys => "keys",
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One statement that reads.
#[derive(Debug, Clone)]
pub struct Query {
    pub(crate) sql: &'static str,
    pub(crate) params: Vec<Value>,
}

impl Query {
    /// A statement with its parameters, `$1` being the first.
    pub fn new(sql: &'static str, params: Vec<Value>) -> Self {
        Self { sql, params }
    }
}

/// Where the time comes from, in microseconds UTC; the store needs it for leases and for the dates of migrations only.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> i64 + Send + Sync>);

impl Clock {
    /// A clock that asks the given function.
    pub fn new(now: impl Fn() -> i64 + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    pub(crate) fn now(&self) -> i64 {
        (self.0)()
    }
}

/// What has to be said to open a database.
#[derive(Clone)]
pub struct Options {
    pub(crate) target: Target,
    pub(crate) clock: Clock,
    pub(crate) holder: [u8; 16],
    pub(crate) lease: i64,
    pub(crate) readers: usize,
    pub(crate) faults: Faults,
}

#[derive(Clone)]
pub(crate) enum Target {
    Folder(PathBuf),
    Url(String),
}

impl Options {
    /// Two files in a folder that nobody else may read. The holder is 16 random bytes that name this process.
    pub fn embedded(folder: impl Into<PathBuf>, clock: Clock, holder: [u8; 16]) -> Self {
        Self::new(Target::Folder(folder.into()), clock, holder)
    }

    /// A PostgreSQL database, alone or a Citus cluster. The holder is 16 random bytes that name this process.
    pub fn postgres(url: impl Into<String>, clock: Clock, holder: [u8; 16]) -> Self {
        Self::new(Target::Url(url.into()), clock, holder)
    }

    fn new(target: Target, clock: Clock, holder: [u8; 16]) -> Self {
        Self { target, clock, holder, lease: 60_000_000, readers: 16, faults: Faults::default() }
    }

    /// How many connections to PostgreSQL may read at once (16 unless said).
    #[must_use]
    pub fn readers(mut self, readers: usize) -> Self {
        self.readers = readers.max(1);
        self
    }

    /// How many microseconds a PostgreSQL process keeps its log after its last sign of life (a minute unless said).
    #[must_use]
    pub fn lease(mut self, microseconds: i64) -> Self {
        self.lease = microseconds.max(1_000);
        self
    }

    /// For crash tests only: a hook that may end the process at a named step.
    #[must_use]
    pub fn faults(mut self, faults: Faults) -> Self {
        self.faults = faults;
        self
    }
}

/// An open database; clones share it.
#[derive(Clone)]
pub enum Db {
    /// Embedded: two SQLite files in a folder.
    Sqlite(SqliteDb),
    /// A PostgreSQL server.
    Postgres(PostgresDb),
}

impl Db {
    /// Opens, makes or migrates the database, takes a log and continues it.
    pub async fn open(options: Options) -> Result<Self, Error> {
        match options.target.clone() {
            Target::Folder(folder) => Ok(Self::Sqlite(SqliteDb::open(&folder, &options)?)),
            Target::Url(url) => Ok(Self::Postgres(PostgresDb::open(&url, &options).await?)),
        }
    }

    /// Runs the statements on one snapshot and answers with the rows of each.
    pub async fn read(&self, place: Place, queries: &[Query]) -> Result<Vec<Vec<Row>>, Error> {
        queries.iter().try_for_each(|_| self.reached("read"))?;
        match self {
            Self::Sqlite(db) => db.read(place, queries),
            Self::Postgres(db) => db.read(queries).await,
        }
    }

    /// Runs one statement.
    pub async fn query(&self, place: Place, query: Query) -> Result<Vec<Row>, Error> {
        let mut answers = self.read(place, std::slice::from_ref(&query)).await?;
        Ok(answers.pop().unwrap_or_default())
    }

    /// Commits a deed together with its leaves; when this answers `Ok`, both are durable.
    pub async fn commit(&self, deed: Deed<Recorded>) -> Result<Committed, Error> {
        let (steps, leaves) = deed.into_parts();
        self.queue(Place::Data).submit(steps, leaves).await?.committed()
    }

    /// Writes what touches no person, for one of few reasons; answers with the rows that each statement returned.
    pub async fn commit_housekeeping(
        &self,
        steps: Vec<Step>,
        why: Housekeeping,
    ) -> Result<Vec<Vec<Row>>, Error> {
        tracing::debug!(?why, steps = steps.len(), "housekeeping");
        let Done { returned, .. } = self.queue(Place::Data).submit(steps, Vec::new()).await?;
        Ok(returned)
    }

    /// Writes to the keys place, in one transaction of its own.
    ///
    /// Embedded, this is another file than that of the deed, and no commit spans both: write a new key before the first deed
    /// that needs it, destroy a key after the deed that says so.
    pub async fn commit_keys(&self, steps: Vec<Step>) -> Result<Vec<Vec<Row>>, Error> {
        let Done { returned, .. } = self.queue(Place::Keys).submit(steps, Vec::new()).await?;
        Ok(returned)
    }

    /// Moves the write-ahead log of the keys place into the file and empties it; fails if a reader is in the way.
    ///
    /// The file overwrites what is deleted, but SQLite may have moved a row from page to page before and left a stale copy of it
    /// (seen with about one key in fifty thousand); [`Db::compact_keys`] removes those too. PostgreSQL keeps its own
    /// write-ahead log, and this does nothing there: only the end of the epoch makes its copies worthless.
    pub async fn truncate_keys_wal(&self) -> Result<(), Error> {
        self.queue(Place::Keys).ask(Control::TruncateWal).await
    }

    /// The same for the data place.
    pub async fn truncate_data_wal(&self) -> Result<(), Error> {
        self.queue(Place::Data).ask(Control::TruncateWal).await
    }

    /// Writes the keys file anew and empties the log beside it, so that nothing deleted lies in either; needs memory for the
    /// whole file and time in proportion to it, so it belongs to the turn of an epoch. Does nothing on PostgreSQL.
    pub async fn compact_keys(&self) -> Result<(), Error> {
        self.queue(Place::Keys).ask(Control::Compact).await
    }

    /// The log of this process and its right edge, after everything that was queued.
    pub(crate) async fn edge(&self) -> Result<Option<(i64, Edge)>, Error> {
        self.queue(Place::Data).ask(Control::Edge).await
    }

    /// The log of this process as of the last commit.
    pub fn head(&self) -> Option<Head> {
        match self {
            Self::Sqlite(db) => db.head(),
            Self::Postgres(db) => db.head(),
        }
    }

    /// A setting of a place.
    pub async fn setting(&self, place: Place, name: &str) -> Result<Option<Vec<u8>>, Error> {
        let sql = match place {
            Place::Data => SETTING,
            Place::Keys => KEY_SETTING,
        };
        let mut rows = self.query(place, Query::new(sql, vec![name.into()])).await?;
        rows.pop().map(|mut row| row.take_bytes(0)).transpose()
    }

    /// Keeps a setting of a place.
    pub async fn set_setting(&self, place: Place, name: &str, value: Vec<u8>) -> Result<(), Error> {
        let params = vec![name.into(), value.into()];
        match place {
            Place::Data => {
                let step = Step::one(SET_SETTING, params);
                self.commit_housekeeping(vec![step], Housekeeping::Settings).await?;
            }
            Place::Keys => {
                self.commit_keys(vec![Step::one(SET_KEY_SETTING, params)]).await?;
            }
        }
        Ok(())
    }

    /// Reads anew which machine of a cluster has whose rows; elsewhere there is nothing to read.
    pub async fn refresh_routes(&self) -> Result<(), Error> {
        match self {
            Self::Sqlite(_) => Ok(()),
            Self::Postgres(db) => db.refresh_routes().await,
        }
    }

    /// The machine of a cluster that reads about a subject are sent to first, as host and port; nothing where there is no cluster.
    pub fn owner_of(&self, subject: &[u8]) -> Option<String> {
        match self {
            Self::Sqlite(_) => None,
            Self::Postgres(db) => db.owner_of(subject),
        }
    }

    /// Tells the hook of a crash test that a step above the store is reached; nothing in production.
    pub fn reached(&self, step: &'static str) -> Result<(), Error> {
        match self {
            Self::Sqlite(db) => db.faults().reached(step),
            Self::Postgres(db) => db.faults().reached(step),
        }
    }

    /// Ends the writers after everything queued, and gives the folder or the log back.
    pub async fn close(&self) {
        self.queue(Place::Data).close().await;
        self.queue(Place::Keys).close().await;
        match self {
            Self::Sqlite(db) => db.closed(),
            Self::Postgres(db) => db.closed(),
        }
    }

    fn queue(&self, place: Place) -> &Queue {
        match self {
            Self::Sqlite(db) => db.queue(place),
            Self::Postgres(db) => db.queue(place),
        }
    }
}
