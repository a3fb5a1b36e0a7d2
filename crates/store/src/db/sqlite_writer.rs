//! How does a group of deeds become one durable transaction of SQLite?
//!
//! One thread per file owns the only connection that writes. Each deed runs inside a savepoint, so that a deed that does not
//! hold is taken back alone; the leaves get their indexes in the order in which deeds held. The log in memory is a copy until
//! COMMIT has returned: if COMMIT fails, everything of the group is forgotten and the log is read again from the file.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rusqlite::Connection;
use tokio::sync::{mpsc, watch};

use crate::db::sqlite::{Texts, run};
use crate::db::value::{LeafPosition, Row};
use crate::db::{Options, Place, dialect};
use crate::error::Error;
use crate::log::{self, Head, OpenLog};
use crate::testing::Faults;
use crate::writer::{Control, Done, Kind, Queue, Request, Step, Work, gather};

/// The log that an embedded database has.
const LOG_ID: i64 = 1;

/// How long the writer waits for another process that has the file locked, such as a backup.
const BUSY: Duration = Duration::from_secs(5);

/// Starts the writer of a file; with a place for the head of the log it writes leaves too.
pub(super) fn start(
    place: Place,
    connection: Connection,
    path: &Path,
    options: &Options,
    head: Option<watch::Sender<Option<Head>>>,
    folder: &Arc<File>,
) -> Result<Queue, Error> {
    let mut writer = Writer {
        place,
        wal: wal_path(path),
        connection,
        texts: Texts::default(),
        head,
        log: None,
        faults: options.faults.clone(),
        _folder: Arc::clone(folder),
    };
    writer.claim(options)?;
    writer.resume()?;
    let (queue, receiver) = Queue::new();
    thread::Builder::new()
        .name(format!("saqta-{place}"))
        .spawn(move || writer.serve(receiver))
        .map_err(|source| Error::File { path: path.to_owned(), source })?;
    Ok(queue)
}

fn wal_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

struct Writer {
    place: Place,
    wal: PathBuf,
    connection: Connection,
    texts: Texts,
    // None where the place has no ledger.
    head: Option<watch::Sender<Option<Head>>>,
    // None until the log is read from the file, and again after a commit of which it is not sure what remained.
    log: Option<OpenLog>,
    faults: Faults,
    // Held until the thread has ended, so that the folder is free only when nothing writes to it any more.
    _folder: Arc<File>,
}

impl Writer {
    fn serve(mut self, mut queue: mpsc::Receiver<Request>) {
        while let Some(first) = queue.blocking_recv() {
            let group = gather(first, &mut queue);
            if !group.works.is_empty() {
                self.commit_group(group.works);
            }
            match group.control {
                None => {}
                Some(Control::TruncateWal(answer)) => drop(answer.send(self.truncate_wal())),
                Some(Control::Compact(answer)) => drop(answer.send(self.compact())),
                Some(Control::Edge(answer)) => drop(answer.send(Ok(self.log.as_ref().map(OpenLog::edge)))),
                Some(Control::Close(answer)) => {
                    drop(queue);
                    drop(self);
                    drop(answer);
                    return;
                }
            }
        }
    }

    fn commit_group(&mut self, works: Vec<Work>) {
        match self.attempt(&works) {
            Ok(results) => works.into_iter().zip(results).for_each(|(work, result)| work.answer(result)),
            Err(error) => {
                self.forget();
                let error = Arc::new(error);
                for work in works {
                    work.answer(Err(Error::CommitFailed(Arc::clone(&error))));
                }
            }
        }
    }

    /// The outer error is the group's: nothing of it happened. The inner ones are each deed's own.
    fn attempt(&mut self, works: &[Work]) -> Result<Vec<Result<Done, Error>>, Error> {
        self.resume()?;
        let mut log = self.log.clone();
        self.command("begin immediate")?;
        let mut results = Vec::with_capacity(works.len());
        for work in works {
            results.push(self.deed(work, log.as_mut())?);
        }
        if let Some(log) = &mut log {
            for step in log.take_full_tiles() {
                run(&self.connection, self.texts.of(step.sql), &step.params, None)?;
            }
        }
        self.faults.before_commit(self.place, works)?;
        self.command("commit")?;
        self.log = log;
        let size_after = self.announce();
        for done in results.iter_mut().flatten() {
            done.size_after = size_after;
        }
        self.faults.after_commit(self.place, works)?;
        Ok(results)
    }

    /// One deed inside its savepoint. The outer error ends the group.
    fn deed(&mut self, work: &Work, log: Option<&mut OpenLog>) -> Result<Result<Done, Error>, Error> {
        let position = log.as_deref().and_then(|log| log.position(&work.leaves));
        let first_row =
            work.steps.iter().position(|step| step.kind != Kind::Look).unwrap_or(work.steps.len());
        let (looks, rows) = work.steps.split_at(first_row);
        if !work.leaves.is_empty() && rows.iter().all(|step| step.kind == Kind::Append) {
            return self.look(work, looks, rows, position, log);
        }
        self.changing_deed(work, position, log)
    }

    /// A deed that looks, and is recorded: what it depends on is asked before anything is written, and what it writes lies under
    /// the index of its leaf. There is nothing that could have to be taken back alone, so it needs no savepoint.
    fn look(
        &mut self,
        work: &Work,
        looks: &[Step],
        rows: &[Step],
        position: Option<LeafPosition>,
        log: Option<&mut OpenLog>,
    ) -> Result<Result<Done, Error>, Error> {
        let mut returned = match self.steps(looks, position) {
            Ok(returned) => returned,
            Err(error) if self.connection.is_autocommit() => return Err(error),
            Err(error) => return Ok(Err(error)),
        };
        returned.extend(self.steps(rows, position)?);
        self.append(work, log)?;
        Ok(Ok(Done { position, size_after: 0, returned }))
    }

    fn append(&mut self, work: &Work, log: Option<&mut OpenLog>) -> Result<(), Error> {
        let Some(log) = log else { return Ok(()) };
        for step in log.append(&work.leaves) {
            run(&self.connection, self.texts.of(step.sql), &step.params, None)?;
        }
        Ok(())
    }

    fn changing_deed(
        &mut self,
        work: &Work,
        position: Option<LeafPosition>,
        log: Option<&mut OpenLog>,
    ) -> Result<Result<Done, Error>, Error> {
        self.command("savepoint deed")?;
        match self.steps(&work.steps, position) {
            Ok(returned) => {
                self.append(work, log)?;
                self.command("release deed")?;
                Ok(Ok(Done { position, size_after: 0, returned }))
            }
            // Some failures (a full disk) take the whole transaction back, not the statement alone.
            Err(error) if self.connection.is_autocommit() => Err(error),
            Err(error) => {
                self.command("rollback to deed")?;
                self.command("release deed")?;
                Ok(Err(error))
            }
        }
    }

    fn steps(&mut self, steps: &[Step], position: Option<LeafPosition>) -> Result<Vec<Vec<Row>>, Error> {
        let mut returned = Vec::with_capacity(steps.len());
        for step in steps {
            let (touched, rows) = run(&self.connection, self.texts.of(step.sql), &step.params, position)?;
            step.expect.met_by(touched)?;
            returned.push(rows);
        }
        Ok(returned)
    }

    fn command(&self, text: &'static str) -> Result<(), Error> {
        run(&self.connection, text, &[], None).map(|_| ())
    }

    /// Gives the transaction back and trusts nothing in memory any more.
    fn forget(&mut self) {
        if !self.connection.is_autocommit()
            && let Err(error) = self.command("rollback")
        {
            tracing::error!(place = %self.place, %error, "a failed group could not be rolled back");
        }
        self.log = None;
    }

    /// The one log of an embedded database belongs to whoever holds the folder.
    fn claim(&mut self, options: &Options) -> Result<(), Error> {
        if self.head.is_none() {
            return Ok(());
        }
        let step = log::seize(LOG_ID, options.holder, options.clock.now());
        run(&self.connection, self.texts.of(step.sql), &step.params, None).map(|_| ())
    }

    fn resume(&mut self) -> Result<(), Error> {
        if self.head.is_none() || self.log.is_some() {
            return Ok(());
        }
        let last = log::last(LOG_ID);
        let (_, rows) = run(&self.connection, self.texts.of(last.sql), &last.params, None)?;
        let resume = log::Resume::plan(LOG_ID, &rows)?;
        let mut answers = Vec::new();
        for query in resume.queries() {
            answers.push(run(&self.connection, self.texts.of(query.sql), &query.params, None)?.1);
        }
        self.log = Some(resume.finish(answers)?);
        self.announce();
        Ok(())
    }

    /// Tells the others where the log stands.
    fn announce(&self) -> i64 {
        let (Some(head), Some(log)) = (&self.head, &self.log) else { return 0 };
        let now = log.head();
        head.send_replace(Some(now));
        now.size
    }

    /// Moves everything into the file and empties the log beside it; a reader in the way is an error, not a delay for ever.
    fn truncate_wal(&self) -> Result<(), Error> {
        self.faults.reached("wal:before")?;
        // Our own readers are gone in microseconds; whoever stays longer is an error to be told, and deeds wait meanwhile.
        self.connection.busy_timeout(Duration::from_secs(1)).map_err(dialect::sqlite)?;
        let busy: Result<i64, _> =
            self.connection.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get(0));
        self.connection.busy_timeout(BUSY).map_err(dialect::sqlite)?;
        let busy = busy.map_err(dialect::sqlite)?;
        if busy != 0 {
            return Err(Error::WalBusy(self.place));
        }
        let left = std::fs::metadata(&self.wal)
            .map_err(|source| Error::File { path: self.wal.clone(), source })?
            .len();
        if left != 0 {
            return Err(Error::WalNotEmpty(self.place));
        }
        self.faults.reached("wal:after")
    }

    /// Writes the file anew, row by row, so that no page keeps a copy of a row that once lay there.
    fn compact(&self) -> Result<(), Error> {
        self.command("vacuum")?;
        self.truncate_wal()
    }
}
