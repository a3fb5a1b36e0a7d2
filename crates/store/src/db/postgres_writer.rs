//! How does a group of deeds become one durable transaction of PostgreSQL?
//!
//! First everything goes out in one pipeline, from `begin` to `commit`: one round trip. So that the server itself keeps a deed
//! that does not hold from being committed, each statement that has to touch so many rows goes in a form that fails where it
//! touches others (`dialect::insisting`), and what failed once in a transaction cannot be committed. Then the group runs again,
//! each deed inside a savepoint, so that only that deed is taken back; there a COMMIT is sent only after the answer to every
//! statement was seen, because PostgreSQL answers a COMMIT of a failed transaction as if all were well. Every transaction begins
//! by renewing the lease on the log: a process that lost its log finds no row to renew and commits nothing.
//! On a Citus cluster the COMMIT waits for the answers too: which machines take statements in that form was not tried.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio_postgres::{Client, Config, NoTls, Statement};

use crate::db::pipeline::{self, Pending};
use crate::db::value::{LeafPosition, Row};
use crate::db::{Clock, Options, Place, Query, citus, dialect};
use crate::error::{Conflict, Error};
use crate::log::{self, Head, OpenLog};
use crate::testing::Faults;
use crate::writer::{Control, Done, Expect, Group, Queue, Request, Step, Work, gather};

/// How often a group looks for another log before it gives up.
const CLAIMS: usize = 8;

/// Connects and keeps the connection going until the client is dropped.
pub(super) async fn connect(config: &Config) -> Result<Client, Error> {
    let (client, connection) = config.connect(NoTls).await.map_err(|error| dialect::postgres(&error))?;
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::warn!(%error, "a connection to postgresql ended");
        }
    });
    // Two processes that wait for each other's rows must not wait for ever.
    let settings = "set lock_timeout = '5s'; set synchronous_commit = on";
    client.batch_execute(settings).await.map_err(|error| dialect::postgres(&error))?;
    Ok(client)
}

/// Starts the writer of a place; with a place for the head of the log it claims a log and writes leaves too.
pub(super) async fn start(
    place: Place,
    config: &Config,
    options: &Options,
    head: Option<watch::Sender<Option<Head>>>,
) -> Result<Queue, Error> {
    let mut writer = Writer {
        place,
        config: config.clone(),
        client: None,
        cluster: false,
        statements: HashMap::new(),
        head,
        log: None,
        clock: options.clock.clone(),
        holder: options.holder,
        lease: options.lease,
        faults: options.faults.clone(),
    };
    writer.ready().await?;
    let (queue, receiver) = Queue::new();
    tokio::spawn(writer.serve(receiver));
    Ok(queue)
}

struct Writer {
    place: Place,
    config: Config,
    client: Option<Client>,
    // Whether the connection leads to a Citus cluster.
    cluster: bool,
    statements: Statements,
    // None where the place has no ledger.
    head: Option<watch::Sender<Option<Head>>>,
    // None until a log is claimed and read, and again when it was lost or the end of a commit is not known.
    log: Option<OpenLog>,
    clock: Clock,
    holder: [u8; 16],
    lease: i64,
    faults: Faults,
}

/// Why a try at a group came to nothing. In every case nothing of it happened, except as the error says.
enum Failed {
    /// A deed does not hold, or statements got in each other's way: try deed by deed.
    Unmet,
    /// Another process has the log.
    LeaseLost,
    /// The group cannot be done.
    Group(Error),
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self::Group(error)
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// From `begin` to `commit` in one pipeline.
    AllAtOnce,
    /// All statements in one pipeline, and the commit after their answers.
    ThenCommit,
    /// Each deed in its savepoint.
    DeedByDeed,
}

type Results = Vec<Result<Done, Error>>;

/// Statements by their text and, in the form that fails by itself, by how many rows they have to touch.
type Statements = HashMap<(&'static str, Option<u64>), Statement>;

/// How many rows a step has to touch in the form that fails by itself; nothing where it cannot touch another number.
fn insists(step: &Step) -> Option<u64> {
    match step.expect {
        Expect::Any => None,
        Expect::Rows(1) if dialect::adds_one_row(step.sql) => None,
        Expect::Rows(rows) => Some(rows),
    }
}

/// Whether all of this can be sent with its COMMIT behind it.
fn in_one_trip(works: &[Work]) -> bool {
    let steps = works.iter().flat_map(|work| &work.steps);
    // What a statement returns is lost in the form that fails by itself.
    steps.filter(|step| insists(step).is_some()).all(|step| !step.sql.contains("\nreturning "))
}

impl Writer {
    async fn serve(mut self, mut queue: mpsc::Receiver<Request>) {
        let idle = Duration::from_micros(u64::try_from(self.lease / 3).unwrap_or(0));
        loop {
            let first = match tokio::time::timeout(idle, queue.recv()).await {
                Ok(Some(first)) => first,
                Ok(None) => break,
                Err(_) => {
                    self.stay().await;
                    continue;
                }
            };
            let Group { works, control } = gather(first, &mut queue);
            if !works.is_empty() {
                self.answer_group(works).await;
            }
            match control {
                None => {}
                // PostgreSQL looks after its own files.
                Some(Control::TruncateWal(answer) | Control::Compact(answer)) => {
                    drop(answer.send(Ok(())));
                }
                Some(Control::Edge(answer)) => drop(answer.send(Ok(self.log.as_ref().map(OpenLog::edge)))),
                Some(Control::Close(answer)) => {
                    drop(queue);
                    self.leave().await;
                    drop(answer);
                    return;
                }
            }
        }
        self.leave().await;
    }

    async fn answer_group(&mut self, works: Vec<Work>) {
        match self.commit_group(&works).await {
            Ok(results) => works.into_iter().zip(results).for_each(|(work, result)| work.answer(result)),
            Err(Error::OutcomeUnknown) => {
                works.into_iter().for_each(|work| work.answer(Err(Error::OutcomeUnknown)));
            }
            Err(error) => {
                let error = Arc::new(error);
                for work in works {
                    work.answer(Err(Error::CommitFailed(Arc::clone(&error))));
                }
            }
        }
    }

    async fn commit_group(&mut self, works: &[Work]) -> Result<Results, Error> {
        let mut manner = Manner::AllAtOnce;
        for _ in 0..CLAIMS {
            self.ready().await?;
            if manner == Manner::AllAtOnce && (self.cluster || !in_one_trip(works)) {
                manner = Manner::ThenCommit;
            }
            self.prepare(works, manner).await?;
            match self.attempt(works, manner).await {
                Ok(results) => return Ok(results),
                Err(failed) => {
                    self.give_up().await;
                    match failed {
                        Failed::Unmet if manner == Manner::DeedByDeed => return Err(Error::Retry),
                        Failed::Unmet => manner = Manner::DeedByDeed,
                        Failed::LeaseLost => self.log = None,
                        Failed::Group(error) => {
                            self.log = None;
                            return Err(error);
                        }
                    }
                }
            }
        }
        Err(Error::Retry)
    }

    /// Compiles what is not compiled yet, outside a transaction, which a wrong statement would end.
    async fn prepare(&mut self, works: &[Work], manner: Manner) -> Result<(), Error> {
        let client = self.client.as_ref().ok_or(Error::Closed)?;
        let once = manner == Manner::AllAtOnce;
        let steps = works.iter().flat_map(|work| &work.steps);
        let steps = steps.map(|step| (step.sql, if once { insists(step) } else { None }));
        let ours = log::WRITES.map(|sql| (sql, (once && !dialect::adds_one_row(sql)).then_some(1)));
        for name in steps.chain(ours) {
            if self.statements.contains_key(&name) {
                continue;
            }
            let prepared = match name {
                (sql, None) => client.prepare(sql).await,
                (sql, Some(rows)) => client.prepare(&dialect::insisting(sql, rows)).await,
            };
            match prepared {
                Ok(statement) => {
                    self.statements.insert(name, statement);
                }
                // The deed that holds this statement finds it missing and fails alone.
                Err(error) if error.as_db_error().is_some() => {
                    let error = dialect::postgres(&error);
                    tracing::error!(place = %self.place, %error, "a statement is not understood");
                }
                Err(error) => return Err(dialect::postgres(&error)),
            }
        }
        Ok(())
    }

    async fn attempt(&mut self, works: &[Work], manner: Manner) -> Result<Results, Failed> {
        let mut log = self.log.clone();
        let client = self.client.as_ref().ok_or(Error::Closed)?;
        let once = manner == Manner::AllAtOnce;
        let transaction = Transaction { client, statements: &self.statements, once };
        let renewal = log.as_ref().map(|log| log.renew(self.holder, self.clock.now()));
        if once {
            self.faults.before_commit(self.place, works)?;
        }
        let mut results = match manner {
            Manner::AllAtOnce | Manner::ThenCommit => {
                transaction.all_at_once(works, &mut log, renewal.as_ref()).await?
            }
            Manner::DeedByDeed => transaction.deed_by_deed(works, &mut log, renewal.as_ref()).await?,
        };
        if !once {
            self.faults.before_commit(self.place, works)?;
            transaction.command("commit").await.map_err(undone)?;
        }
        self.log = log;
        let size_after = self.announce();
        for done in results.iter_mut().flatten() {
            done.size_after = size_after;
        }
        self.faults.after_commit(self.place, works)?;
        Ok(results)
    }

    /// Ends a transaction that is not to happen; a connection that does not even take this is dropped.
    async fn give_up(&mut self) {
        let Some(client) = &self.client else { return };
        if client.batch_execute("rollback").await.is_err() {
            self.client = None;
        }
    }

    /// A connection, and in the data place a log that is ours and read to its end.
    async fn ready(&mut self) -> Result<(), Error> {
        if self.client.as_ref().is_none_or(Client::is_closed) {
            self.log = None;
            self.statements.clear();
            let client = connect(&self.config).await?;
            self.cluster = citus::there(&client).await?;
            self.client = Some(client);
        }
        if self.head.is_none() || self.log.is_some() {
            return Ok(());
        }
        let log_id = self.claim().await?;
        let rows = self.run(&log::last(log_id)).await?.1;
        let resume = log::Resume::plan(log_id, &rows)?;
        let mut answers = Vec::new();
        for query in resume.queries() {
            answers.push(self.run(&query).await?.1);
        }
        self.log = Some(resume.finish(answers)?);
        self.announce();
        Ok(())
    }

    /// Takes our own log again, or the lowest whose lease has ended, or makes a new one.
    async fn claim(&self) -> Result<i64, Error> {
        for _ in 0..CLAIMS {
            let now = self.clock.now();
            let logs = self.run(&log::all()).await?.1;
            let (log_id, step) = log::choose(&logs, self.holder, now, self.lease)?;
            match self.run(&Query::new(step.sql, step.params)).await {
                Ok((1, _)) => return Ok(log_id),
                // Another process was faster; look again.
                Ok(_) | Err(Error::Conflict(Conflict::Taken)) => {}
                Err(error) => return Err(error),
            }
        }
        Err(Error::Retry)
    }

    /// A single statement outside a transaction of ours.
    async fn run(&self, query: &Query) -> Result<(u64, Vec<Row>), Error> {
        let client = self.client.as_ref().ok_or(Error::Closed)?;
        let statement = client.prepare(query.sql).await.map_err(|error| dialect::postgres(&error))?;
        pipeline::call(client, &statement, &query.params, None)?.await
    }

    /// Renews the lease while nothing is written; if that fails the next group sees to it.
    async fn stay(&mut self) {
        let Some(step) = self.log.as_ref().map(|log| log.renew(self.holder, self.clock.now())) else {
            return;
        };
        if !matches!(self.run(&Query::new(step.sql, step.params)).await, Ok((1, _))) {
            self.log = None;
        }
    }

    /// Gives the log back, so that the next process continues it instead of beginning another.
    async fn leave(self) {
        let Some(log) = &self.log else { return };
        let step = log.renew(self.holder, 0);
        if let Err(error) = self.run(&Query::new(step.sql, step.params)).await {
            tracing::warn!(%error, "the log could not be given back; its lease will end by itself");
        }
    }

    fn announce(&self) -> i64 {
        let (Some(head), Some(log)) = (&self.head, &self.log) else { return 0 };
        let now = log.head();
        head.send_replace(Some(now));
        now.size
    }
}

/// What is needed to fill one transaction.
struct Transaction<'a> {
    client: &'a Client,
    statements: &'a Statements,
    // Whether the commit is sent with the statements.
    once: bool,
}

impl<'a> Transaction<'a> {
    fn call(&self, step: &'a Step, position: Option<LeafPosition>) -> Result<Pending<'a>, Error> {
        let rows = if self.once { insists(step) } else { None };
        let statement = self.statements.get(&(step.sql, rows)).ok_or_else(|| Error::Postgres {
            sqlstate: "42601".to_owned(),
            message: "a statement of this deed is not understood".to_owned(),
        })?;
        pipeline::call(self.client, statement, &step.params, position)
    }
}

impl Transaction<'_> {
    /// Everything in one pipeline, on the hope that every deed holds.
    async fn all_at_once(
        &self,
        works: &[Work],
        log: &mut Option<OpenLog>,
        renewal: Option<&Step>,
    ) -> Result<Results, Failed> {
        let mut positions = Vec::with_capacity(works.len());
        let mut leaves = Vec::new();
        for work in works {
            positions.push(log.as_ref().and_then(|log| log.position(&work.leaves)));
            if let Some(log) = log.as_mut() {
                leaves.extend(log.append(&work.leaves));
            }
        }
        if let Some(log) = log.as_mut() {
            leaves.extend(log.take_full_tiles());
        }

        let scope = Transaction { client: self.client, statements: self.statements, once: self.once };
        let mut pending = vec![pipeline::command(scope.client, "begin")];
        let mut expected = Vec::new();
        if let Some(step) = renewal {
            pending.push(scope.call(step, None)?);
        }
        for (work, position) in works.iter().zip(&positions) {
            for step in &work.steps {
                pending.push(scope.call(step, *position).map_err(|_| Failed::Unmet)?);
                // What was sent with its commit told by itself whether it holds.
                expected.push(if self.once { Expect::Any } else { step.expect });
            }
        }
        for step in &leaves {
            pending.push(scope.call(step, None)?);
        }
        if self.once {
            pending.push(pipeline::command(scope.client, "commit"));
        }
        let mut answers = pipeline::all(pending).await;
        if self.once {
            let committed = answers.pop().ok_or(Error::Closed)?;
            // Where the connection ended before anything was refused, nobody knows what the server did with the rest.
            match answers.iter().find_map(|answer| answer.as_ref().err()) {
                None => drop(committed.map_err(undone)?),
                Some(error) if dialect::connection_ended(error) => {
                    return Err(Failed::Group(Error::OutcomeUnknown));
                }
                Some(_) => {}
            }
        }
        let mut answers = answers.into_iter();
        answers.next().ok_or(Error::Closed)??;
        if renewal.is_some() {
            match answers.next().ok_or(Error::Closed)? {
                Ok((1, _)) => {}
                Ok(_) => return Err(Failed::LeaseLost),
                Err(error) if dialect::insisted(&error) => return Err(Failed::LeaseLost),
                Err(error) => return Err(Failed::Group(error)),
            }
        }
        let mut results = Vec::with_capacity(works.len());
        let mut expected = expected.into_iter();
        for (work, position) in works.iter().zip(positions) {
            let mut returned = Vec::with_capacity(work.steps.len());
            for (expect, answer) in expected.by_ref().take(work.steps.len()).zip(answers.by_ref()) {
                let (touched, rows) = answer.map_err(unmet)?;
                expect.met_by(touched).map_err(|_| Failed::Unmet)?;
                returned.push(rows);
            }
            results.push(Ok(Done { position, size_after: 0, returned }));
        }
        for leaf in answers {
            leaf?;
        }
        Ok(results)
    }

    /// Each deed inside its savepoint, so that one that does not hold is taken back alone.
    async fn deed_by_deed(
        &self,
        works: &[Work],
        log: &mut Option<OpenLog>,
        renewal: Option<&Step>,
    ) -> Result<Results, Failed> {
        self.command("begin").await?;
        if let Some(step) = renewal
            && self.call(step, None)?.await?.0 != 1
        {
            return Err(Failed::LeaseLost);
        }
        let mut leaves = Vec::new();
        let mut results = Vec::with_capacity(works.len());
        for work in works {
            let position = log.as_ref().and_then(|log| log.position(&work.leaves));
            self.command("savepoint deed").await?;
            let result = self.steps(work, position).await;
            if let Err(Error::Connection(_)) = result {
                return Err(Failed::Group(Error::Connection("lost inside a group".to_owned())));
            }
            if result.is_err() {
                self.command("rollback to savepoint deed").await?;
            } else if let Some(log) = log.as_mut() {
                leaves.extend(log.append(&work.leaves));
            }
            self.command("release savepoint deed").await?;
            results.push(result);
        }
        if let Some(log) = log.as_mut() {
            leaves.extend(log.take_full_tiles());
        }
        let scope = Transaction { client: self.client, statements: self.statements, once: self.once };
        let pending = leaves.iter().map(|step| scope.call(step, None)).collect::<Result<Vec<_>, _>>()?;
        for leaf in pipeline::all(pending).await {
            leaf?;
        }
        Ok(results)
    }

    async fn steps(&self, work: &Work, position: Option<LeafPosition>) -> Result<Done, Error> {
        let scope = Transaction { client: self.client, statements: self.statements, once: self.once };
        let pending =
            work.steps.iter().map(|step| scope.call(step, position)).collect::<Result<Vec<_>, _>>()?;
        let mut returned = Vec::with_capacity(work.steps.len());
        for (step, answer) in work.steps.iter().zip(pipeline::all(pending).await) {
            let (touched, rows) = answer?;
            step.expect.met_by(touched)?;
            returned.push(rows);
        }
        Ok(Done { position, size_after: 0, returned })
    }

    async fn command(&self, text: &'static str) -> Result<(), Error> {
        pipeline::command(self.client, text).await.map(|_| ())
    }
}

/// A lost connection ends the group; any other refusal is the matter of one deed.
fn unmet(error: Error) -> Failed {
    match error {
        Error::Connection(_) => Failed::Group(error),
        _ => Failed::Unmet,
    }
}

/// A commit that was refused did not happen; of one whose answer was lost nobody knows.
fn undone(error: Error) -> Failed {
    Failed::Group(if dialect::leaves_outcome_open(&error) { Error::OutcomeUnknown } else { error })
}
