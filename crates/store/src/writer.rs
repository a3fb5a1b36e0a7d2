//! What is written together, and what does it take for a deed to be allowed in?
//!
//! A deed that touches a person carries at least one leaf, or it does not type-check at the commit. One writer drains
//! everything that is queued and commits it at once (group commit, no time window): each deed stands alone inside the
//! group, and its caller is answered only after the commit is durable. If the process dies before the commit, no deed of the
//! group happened and no leaf index is used up; if it dies after it, all happened, and only the answers are lost.

use std::marker::PhantomData;

use saqta_ledger::tiles::LEAF_BYTES_MAX;
use saqta_ledger::tree::Edge;
use tokio::sync::{mpsc, oneshot};

use crate::db::value::{LeafPosition, Row, Value};
use crate::error::{Conflict, Error};

/// How many deeds share a commit at most, so that the first of them does not wait for ever.
const GROUP: usize = 512;

/// How many deeds may wait before the next caller has to.
const QUEUED: usize = 4096;

/// A deed that has no leaf yet and cannot be committed.
#[derive(Debug, Clone, Copy)]
pub enum Silent {}

/// A deed that leaves a trace.
#[derive(Debug, Clone, Copy)]
pub enum Recorded {}

/// One thing done to a person's data: guarded statements and the leaves that prove them, all or nothing.
///
/// Without a leaf it cannot be committed:
///
/// ```compile_fail,E0308
/// # async fn refused(db: saqta_store::db::Db) {
/// use saqta_store::writer::Deed;
/// let silent = Deed::new();
/// db.commit(silent).await.ok();
/// # }
/// ```
///
/// With one it can:
///
/// ```
/// # async fn taken(db: saqta_store::db::Db) {
/// use saqta_store::writer::Deed;
/// let recorded = Deed::new().record(b"what was done".to_vec());
/// db.commit(recorded).await.ok();
/// # }
/// ```
#[derive(Debug)]
#[must_use = "a deed does nothing until it is committed"]
pub struct Deed<S> {
    steps: Vec<Step>,
    // INVARIANT (recorded): never empty when S is Recorded.
    leaves: Vec<Vec<u8>>,
    state: PhantomData<S>,
}

impl Deed<Silent> {
    /// A deed of which nothing is known yet.
    pub fn new() -> Self {
        Self { steps: Vec::new(), leaves: Vec::new(), state: PhantomData }
    }

    /// Records the first leaf; from here on the deed can be committed.
    pub fn record(mut self, leaf: Vec<u8>) -> Deed<Recorded> {
        self.leaves.push(leaf);
        Deed { steps: self.steps, leaves: self.leaves, state: PhantomData }
    }
}

impl Default for Deed<Silent> {
    fn default() -> Self {
        Self::new()
    }
}

impl Deed<Recorded> {
    /// Records one more leaf; the leaves of a deed get consecutive indexes.
    pub fn record(mut self, leaf: Vec<u8>) -> Self {
        self.leaves.push(leaf);
        self
    }
}

impl<S> Deed<S> {
    /// Adds a statement; the statements run in the order in which they were added.
    pub fn step(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    /// Adds several statements.
    pub fn steps(mut self, steps: impl IntoIterator<Item = Step>) -> Self {
        self.steps.extend(steps);
        self
    }

    pub(crate) fn into_parts(self) -> (Vec<Step>, Vec<Vec<u8>>) {
        (self.steps, self.leaves)
    }
}

/// One statement of a deed, and how many rows it has to touch for the deed to hold.
#[derive(Debug, Clone)]
pub struct Step {
    pub(crate) sql: &'static str,
    pub(crate) params: Vec<Value>,
    pub(crate) expect: Expect,
    // Whether it changes rows, and so has to be taken back when the deed does not hold.
    pub(crate) kind: Kind,
}

/// What a statement may leave behind when its deed does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Nothing: it only looks.
    Look,
    /// Nothing: it adds a row under the index of a leaf, which nobody else can have; if even that fails, the log is broken.
    Append,
    /// Rows, which are taken back.
    Change,
}

/// How many rows a statement has to touch or return.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// Exactly so many, else the deed is stale.
    Rows(u64),
    /// As many as there are.
    Any,
}

impl Expect {
    pub(crate) fn met_by(self, rows: u64) -> Result<(), Conflict> {
        match self {
            Self::Rows(expected) if rows != expected => Err(Conflict::Stale),
            Self::Rows(_) | Self::Any => Ok(()),
        }
    }
}

impl Step {
    /// A statement with its parameters and its expectation.
    pub fn new(sql: &'static str, params: Vec<Value>, expect: Expect) -> Self {
        Self { sql, params, expect, kind: Kind::Change }
    }

    /// A statement that only looks, and on which the deed depends.
    pub(crate) fn look(sql: &'static str, params: Vec<Value>, expect: Expect) -> Self {
        Self { kind: Kind::Look, ..Self::new(sql, params, expect) }
    }

    /// A statement that adds one row under the index of a leaf of the deed.
    pub(crate) fn append(sql: &'static str, params: Vec<Value>) -> Self {
        Self { kind: Kind::Append, ..Self::one(sql, params) }
    }

    /// A statement that may touch any number of rows.
    pub fn any(sql: &'static str, params: Vec<Value>) -> Self {
        Self::new(sql, params, Expect::Any)
    }

    /// A guard: a statement that has to touch exactly one row.
    pub fn one(sql: &'static str, params: Vec<Value>) -> Self {
        Self::new(sql, params, Expect::Rows(1))
    }
}

/// Why something is written without a leaf: it speaks of no person, or repeats what a leaf already said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Housekeeping {
    /// A job is claimed, put back or done.
    Jobs,
    /// Remembered answers whose term is over are swept out.
    IdempotencySweep,
    /// Rows that nothing refers to any more are removed.
    Garbage,
    /// A setting of the installation is kept.
    Settings,
    /// A signed checkpoint of the log is kept.
    Checkpoint,
    /// Keys are wrapped anew.
    KeyCustody,
    /// Leaves that are there already are counted by their clauses.
    ClauseFigures,
    /// A session of staff was seen, or is over.
    Sessions,
}

/// The proof that a deed is durable, and where its leaves lie.
#[derive(Debug)]
pub struct Committed {
    /// The log that holds the leaves.
    pub log_id: i64,
    /// The index of the first leaf.
    pub first_index: i64,
    /// The size of the log after the commit that the deed shared.
    pub size_after: i64,
    /// The rows of each statement with `returning`, one entry per step.
    pub returned: Vec<Vec<Row>>,
}

/// What the writer did for one request.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) position: Option<LeafPosition>,
    pub(crate) size_after: i64,
    pub(crate) returned: Vec<Vec<Row>>,
}

impl Done {
    pub(crate) fn committed(self) -> Result<Committed, Error> {
        let position = self.position.ok_or(Error::NoLeaf)?;
        Ok(Committed {
            log_id: position.log_id,
            first_index: position.first_index,
            size_after: self.size_after,
            returned: self.returned,
        })
    }
}

/// A deed on its way through the queue.
pub(crate) struct Work {
    pub(crate) steps: Vec<Step>,
    pub(crate) leaves: Vec<Vec<u8>>,
    answer: oneshot::Sender<Result<Done, Error>>,
}

impl Work {
    /// A caller that no longer waits is no error: the deed is done all the same.
    pub(crate) fn answer(self, result: Result<Done, Error>) {
        drop(self.answer.send(result));
    }
}

/// What is asked of the writer besides deeds.
pub(crate) enum Control {
    TruncateWal(oneshot::Sender<Result<(), Error>>),
    Compact(oneshot::Sender<Result<(), Error>>),
    // The right edge of the log, which lies in memory alone until its tiles are full.
    Edge(oneshot::Sender<Result<Option<(i64, Edge)>, Error>>),
    // Dropped, not answered, when the writer has let go of everything.
    Close(oneshot::Sender<()>),
}

pub(crate) enum Request {
    Work(Work),
    Control(Control),
}

/// What the writer takes up at once: the deeds that share a commit, and what came after them.
pub(crate) struct Group {
    pub(crate) works: Vec<Work>,
    pub(crate) control: Option<Control>,
}

/// Everything that is queued already, up to the cap or the first control.
pub(crate) fn gather(first: Request, queue: &mut mpsc::Receiver<Request>) -> Group {
    let mut works = Vec::new();
    let mut next = Some(first);
    while let Some(request) = next {
        match request {
            Request::Control(control) => return Group { works, control: Some(control) },
            Request::Work(work) => works.push(work),
        }
        next = if works.len() < GROUP { queue.try_recv().ok() } else { None };
    }
    Group { works, control: None }
}

/// The way to one writer.
#[derive(Clone)]
pub(crate) struct Queue {
    sender: mpsc::Sender<Request>,
}

impl Queue {
    pub(crate) fn new() -> (Self, mpsc::Receiver<Request>) {
        let (sender, receiver) = mpsc::channel(QUEUED);
        (Self { sender }, receiver)
    }

    pub(crate) async fn submit(&self, steps: Vec<Step>, leaves: Vec<Vec<u8>>) -> Result<Done, Error> {
        if let Some(long) = leaves.iter().find(|leaf| leaf.len() > LEAF_BYTES_MAX) {
            return Err(Error::LeafTooLong(long.len()));
        }
        let (answer, answered) = oneshot::channel();
        self.send(Request::Work(Work { steps, leaves, answer })).await?;
        answered.await.map_err(|_| Error::Closed)?
    }

    /// Asks for what comes after everything that was queued before.
    pub(crate) async fn ask<T>(
        &self,
        control: impl FnOnce(oneshot::Sender<Result<T, Error>>) -> Control,
    ) -> Result<T, Error> {
        let (answer, answered) = oneshot::channel();
        self.send(Request::Control(control(answer))).await?;
        answered.await.map_err(|_| Error::Closed)?
    }

    /// Ends the writer after everything that was queued before.
    pub(crate) async fn close(&self) {
        let (answer, answered) = oneshot::channel();
        if self.send(Request::Control(Control::Close(answer))).await.is_ok() {
            // The end of the channel is the answer.
            drop(answered.await);
        }
    }

    async fn send(&self, request: Request) -> Result<(), Error> {
        self.sender.send(request).await.map_err(|_| Error::Closed)
    }
}

/// Statements by where their text lies, so that a look-up hashes two words and not the text.
pub(crate) fn address(sql: &'static str) -> (usize, usize) {
    (sql.as_ptr().addr(), sql.len())
}
