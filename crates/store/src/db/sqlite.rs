//! How is the embedded database opened, and how does it read?
//!
//! Reads run on the calling thread, through a connection that belongs to this thread and is opened for reading only: a point
//! read takes microseconds, less than handing it to another thread. Writes go to one writer per file.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs::{DirBuilder, File, OpenOptions, Permissions, TryLockError};
use std::io::ErrorKind;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Weak};

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags};
use tokio::sync::watch;

use crate::db::value::{LeafPosition, Row, Value};
use crate::db::{Options, Place, Query, dialect, sqlite_writer};
use crate::error::Error;
use crate::log::Head;
use crate::migrate;
use crate::testing::Faults;
use crate::writer::{Queue, address};

/// Which open database a thread's connection belongs to; never reused, so a reopened file never meets an old connection.
static GENERATION: AtomicU64 = AtomicU64::new(0);

/// How many compiled statements a connection keeps.
const STATEMENTS: usize = 256;

/// The connection pragmas: durable at every commit, deleted bytes overwritten, no memory map on a file that takes writes.
const PRAGMAS: &str = "
pragma busy_timeout = 5000;
pragma journal_mode = wal;
pragma synchronous = full;
pragma secure_delete = on;
pragma foreign_keys = on;
pragma mmap_size = 0;
pragma temp_store = memory;
pragma cache_size = -16384;
pragma wal_autocheckpoint = 4000;
pragma trusted_schema = off;";

const READER_PRAGMAS: &str = "
pragma busy_timeout = 5000;
pragma query_only = on;
pragma mmap_size = 0;
pragma temp_store = memory;
pragma cache_size = -16384;
pragma trusted_schema = off;";

thread_local! {
    static READERS: RefCell<Vec<Reader>> = const { RefCell::new(Vec::new()) };
}

/// An open data folder.
#[derive(Clone)]
pub struct SqliteDb {
    inner: Arc<Inner>,
}

struct Inner {
    generation: u64,
    closed: AtomicBool,
    // Dropped with the database; readers of other threads see by it that they are of no use any more.
    alive: Arc<()>,
    data_path: PathBuf,
    keys_path: PathBuf,
    data: Queue,
    keys: Queue,
    head: watch::Receiver<Option<Head>>,
    faults: Faults,
}

impl SqliteDb {
    pub(crate) fn open(folder: &Path, options: &Options) -> Result<Self, Error> {
        let lock = Arc::new(take_folder(folder)?);
        let data_path = folder.join("saqta.db");
        let keys_path = folder.join("keys.db");
        let now = options.clock.now();

        let mut keys = connect_writer(&keys_path)?;
        migrate::sqlite(&mut keys, Place::Keys, now)?;
        let mut data = connect_writer(&data_path)?;
        migrate::sqlite(&mut data, Place::Data, now)?;

        let (head, head_seen) = watch::channel(None);
        let keys = sqlite_writer::start(Place::Keys, keys, &keys_path, options, None, &lock)?;
        let data = sqlite_writer::start(Place::Data, data, &data_path, options, Some(head), &lock)?;
        Ok(Self {
            inner: Arc::new(Inner {
                generation: GENERATION.fetch_add(1, Ordering::Relaxed),
                closed: AtomicBool::new(false),
                alive: Arc::new(()),
                data_path,
                keys_path,
                data,
                keys,
                head: head_seen,
                faults: options.faults.clone(),
            }),
        })
    }

    pub(crate) fn read(&self, place: Place, queries: &[Query]) -> Result<Vec<Vec<Row>>, Error> {
        if self.inner.closed.load(Ordering::Acquire) {
            return Err(Error::Closed);
        }
        READERS.with_borrow_mut(|readers| self.reader(readers, place)?.read(queries))
    }

    /// This thread's connection, opened when it is first needed; connections of closed databases go by the way.
    fn reader<'a>(&self, readers: &'a mut Vec<Reader>, place: Place) -> Result<&'a mut Reader, Error> {
        let ours = |reader: &Reader| reader.generation == self.inner.generation && reader.place == place;
        let found = match readers.iter().position(ours) {
            Some(found) => found,
            None => {
                readers.retain(|reader| reader.alive.strong_count() > 0);
                readers.push(Reader::open(self, place)?);
                readers.len().saturating_sub(1)
            }
        };
        readers.get_mut(found).ok_or(Error::Closed)
    }

    pub(crate) fn queue(&self, place: Place) -> &Queue {
        match place {
            Place::Data => &self.inner.data,
            Place::Keys => &self.inner.keys,
        }
    }

    fn path(&self, place: Place) -> &Path {
        match place {
            Place::Data => &self.inner.data_path,
            Place::Keys => &self.inner.keys_path,
        }
    }

    pub(crate) fn head(&self) -> Option<Head> {
        *self.inner.head.borrow()
    }

    pub(crate) fn faults(&self) -> &Faults {
        &self.inner.faults
    }

    pub(crate) fn closed(&self) {
        self.inner.closed.store(true, Ordering::Release);
    }
}

struct Reader {
    generation: u64,
    place: Place,
    alive: Weak<()>,
    connection: Connection,
    texts: Texts,
}

impl Reader {
    fn open(db: &SqliteDb, place: Place) -> Result<Self, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(db.path(place), flags).map_err(dialect::sqlite)?;
        connection.execute_batch(READER_PRAGMAS).map_err(dialect::sqlite)?;
        steady(&connection)?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS);
        let Inner { generation, alive, .. } = &*db.inner;
        let (generation, alive) = (*generation, Arc::downgrade(alive));
        Ok(Self { generation, place, alive, connection, texts: Texts::default() })
    }

    /// One transaction around all statements: one snapshot, and one pair of locks. A single statement is that by itself.
    fn read(&mut self, queries: &[Query]) -> Result<Vec<Vec<Row>>, Error> {
        if let [query] = queries {
            let (_, rows) = run(&self.connection, self.texts.of(query.sql), &query.params, None)?;
            return Ok(vec![rows]);
        }
        run(&self.connection, "begin", &[], None)?;
        let mut answers = Vec::with_capacity(queries.len());
        for query in queries {
            match run(&self.connection, self.texts.of(query.sql), &query.params, None) {
                Ok((_, rows)) => answers.push(rows),
                Err(error) => {
                    run(&self.connection, "rollback", &[], None)?;
                    return Err(error);
                }
            }
        }
        run(&self.connection, "commit", &[], None)?;
        Ok(answers)
    }
}

/// Statements with `?1` for `$1`, each translated once.
#[derive(Default)]
pub(crate) struct Texts {
    by_address: HashMap<(usize, usize), String>,
}

impl Texts {
    pub(crate) fn of(&mut self, sql: &'static str) -> &str {
        self.by_address.entry(address(sql)).or_insert_with(|| dialect::numbered(sql))
    }
}

/// Runs one statement: how many rows it touched or returned, and what it returned.
pub(crate) fn run(
    connection: &Connection,
    text: &str,
    params: &[Value],
    position: Option<LeafPosition>,
) -> Result<(u64, Vec<Row>), Error> {
    let mut statement = connection.prepare_cached(text).map_err(dialect::sqlite)?;
    if statement.parameter_count() != params.len() {
        return Err(Error::Parameter(params.len()));
    }
    for (index, value) in (1..).zip(params) {
        let value = value.resolve(position)?;
        let bound = match &*value {
            Value::Int(value) => ValueRef::Integer(*value),
            Value::Text(value) => ValueRef::Text(value.as_bytes()),
            Value::Bytes(value) => ValueRef::Blob(value),
            Value::Null => ValueRef::Null,
            Value::LeafIndex | Value::LeafIndexPlus(_) | Value::LogId => return Err(Error::NoLeaf),
        };
        statement
            .raw_bind_parameter::<usize, _>(index, ToSqlOutput::Borrowed(bound))
            .map_err(dialect::sqlite)?;
    }
    let columns = statement.column_count();
    if columns == 0 {
        let touched = statement.raw_execute().map_err(dialect::sqlite)?;
        return Ok((u64::try_from(touched).unwrap_or(u64::MAX), Vec::new()));
    }
    let mut rows = statement.raw_query();
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(dialect::sqlite)? {
        let mut values = Vec::with_capacity(columns);
        for column in 0..columns {
            values.push(match row.get_ref(column).map_err(dialect::sqlite)? {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(value) => Value::Int(value),
                ValueRef::Real(_) => return Err(Error::Column { column, expected: "portable" }),
                ValueRef::Text(value) => Value::Text(
                    String::from_utf8(value.to_vec())
                        .map_err(|_| Error::Column { column, expected: "a text" })?,
                ),
                ValueRef::Blob(value) => Value::Bytes(value.to_vec()),
            });
        }
        found.push(Row::new(values));
    }
    Ok((u64::try_from(found.len()).unwrap_or(u64::MAX), found))
}

/// Makes the folder if there is none, closes it to others, and holds it for this process.
fn take_folder(folder: &Path) -> Result<File, Error> {
    let failed = |source| Error::File { path: folder.to_owned(), source };
    DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(failed)?;
    std::fs::set_permissions(folder, Permissions::from_mode(0o700)).map_err(failed)?;
    let path = folder.join("lock");
    private(&path)?;
    let lock = OpenOptions::new().read(true).write(true).open(&path).map_err(failed)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(Error::InUse(folder.to_owned())),
        Err(TryLockError::Error(source)) => Err(failed(source)),
    }
}

/// Makes a file that only its owner may read, unless it is there; SQLite gives its side files the same mode.
///
/// A file that is there is not opened: closing it again would end the locks that this process has on it.
fn private(path: &Path) -> Result<(), Error> {
    let failed = |source| Error::File { path: path.to_owned(), source };
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Ok(_) => Ok(()),
        Err(there) if there.kind() == ErrorKind::AlreadyExists => {
            std::fs::set_permissions(path, Permissions::from_mode(0o600)).map_err(failed)
        }
        Err(source) => Err(failed(source)),
    }
}

/// A statement is planned once, whatever is bound to it later.
fn steady(connection: &Connection) -> Result<(), Error> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map(|_| ()).map_err(dialect::sqlite)
}

fn connect_writer(path: &Path) -> Result<Connection, Error> {
    private(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(dialect::sqlite)?;
    connection.execute_batch(PRAGMAS).map_err(dialect::sqlite)?;
    steady(&connection)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}
