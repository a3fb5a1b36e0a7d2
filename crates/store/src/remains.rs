//! What is left of somebody who was erased, and how does it go?
//!
//! The deed that erases a person costs the same whatever they had: it turns the version of their row below zero, and from then
//! on nobody is there. What it leaves, the row, the history, the documents and the trail, is noise once the key is destroyed. It
//! is swept out page by page, and the last page takes the row itself and the note that there was something to sweep. A process
//! that dies on the way leaves the note, and the next round goes on. Nothing here is opened, and no key is needed.

use std::sync::atomic::Ordering;

use saqta_domain::terms::subject::Pseudonym;

use crate::db::value::Row;
use crate::db::{Place, Query};
use crate::error::{Conflict, Error};
use crate::vault::{Vault, row_id};
use crate::writer::{Housekeeping, Step};

const NOTE: &str = "
insert into remains (subject, trail)
values ($1, $2)
on conflict (subject) do update
set trail = excluded.trail";

const NEXT: &str = "
select subject, trail
from remains
order by subject
limit $1";

const OF: &str = "
select subject, trail
from remains
where subject = $1";

// The guard of a page that is not the last: nobody else swept this person, or erased them once more, in the meantime.
const STILL: &str = "
update remains
set trail = $2
where subject = $1 and trail = $2";

const DONE: &str = "
delete from remains
where subject = $1 and trail = $2";

const ROW: &str = "
delete from vault
where subject = $1 and version < 0";

const EVENTS: &str = "
select version
from history
where subject = $1
order by version
limit $2";

const FORGET_EVENTS: &str = "
delete from history
where subject = $1 and version <= $2";

const DOCUMENTS: &str = "
select id
from documents
where subject = $1
order by id
limit $2";

const FORGET_DOCUMENTS: &str = "
delete from documents
where subject = $1 and id <= $2";

const CHUNKS: &str = "
select id, seq
from document_chunks
where subject = $1
order by id, seq
limit $2";

const FORGET_CHUNKS: &str = "
delete from document_chunks
where subject = $1 and (id, seq) <= ($2, $3)";

const TRAIL: &str = "
select log_id, idx
from trail
where trail = $1
order by log_id, idx
limit $2";

const FORGET_TRAIL: &str = "
delete from trail
where trail = $1 and (log_id, idx) <= ($2, $3)";

/// How many persons are looked at for one transaction.
const PERSONS: i64 = 200;

/// How many rows of one table one transaction takes of one person.
const ROWS: i64 = 500;

/// The same for parts of documents, which are up to 64 KiB each.
const PARTS: i64 = 32;

/// With so many rows a transaction takes up no further person.
const FULL: usize = 1_000;

/// The person and the trail of one note.
struct Note {
    subject: Pseudonym,
    trail: Vec<u8>,
}

/// What one transaction takes of one person.
struct Page {
    steps: Vec<Step>,
    rows: usize,
    last: bool,
}

/// Notes that something of the person is left; the trail is empty where the key that makes it is gone already.
pub(crate) fn note(subject: Pseudonym, trail: &[u8]) -> Step {
    Step::one(NOTE, vec![subject.bytes().into(), trail.into()])
}

impl Vault {
    /// Sweeps out what is left of the erased, in at most so many transactions; gives the number of persons of whom nothing is
    /// left. When all is swept the write-ahead log of the data place is emptied of it too.
    pub async fn sweep_remains(&self, transactions: u32) -> Result<u64, Error> {
        let mut swept = 0;
        for _ in 0..transactions {
            let notes = self.db.query(Place::Data, Query::new(NEXT, vec![PERSONS.into()])).await?;
            if notes.is_empty() {
                self.empty_data_log().await?;
                break;
            }
            let mut steps = Vec::new();
            let (mut rows, mut gone) = (0, 0);
            for row in &notes {
                let page = self.page_of(&read(row)?).await?;
                steps.extend(page.steps);
                rows += page.rows;
                gone += u64::from(page.last);
                if rows >= FULL {
                    break;
                }
            }
            self.stale_data.store(true, Ordering::SeqCst);
            match self.db.commit_housekeeping(steps, Housekeeping::Garbage).await {
                // Another process sweeps, and what is left is left to it.
                Err(Error::Conflict(Conflict::Stale) | Error::Retry) => break,
                done => done?,
            };
            self.db.reached("remains:page")?;
            swept += gone;
            tokio::task::yield_now().await;
        }
        Ok(swept)
    }

    /// Sweeps out what is left of one person, who is to be known again under the same name; false, when nothing was left.
    pub(crate) async fn sweep_remains_of(&self, subject: Pseudonym) -> Result<bool, Error> {
        let mut found = false;
        loop {
            let query = Query::new(OF, vec![subject.bytes().into()]);
            let Some(row) = self.db.query(Place::Data, query).await?.pop() else { return Ok(found) };
            found = true;
            let page = self.page_of(&read(&row)?).await?;
            self.stale_data.store(true, Ordering::SeqCst);
            match self.db.commit_housekeeping(page.steps, Housekeeping::Garbage).await {
                Err(Error::Conflict(Conflict::Stale)) => {}
                done => drop(done?),
            }
        }
    }

    async fn page_of(&self, Note { subject, trail }: &Note) -> Result<Page, Error> {
        let of = |sql, limit: i64| Query::new(sql, vec![subject.bytes().into(), limit.into()]);
        let queries = [
            of(EVENTS, ROWS),
            of(DOCUMENTS, ROWS),
            of(CHUNKS, PARTS),
            Query::new(TRAIL, vec![trail.as_slice().into(), ROWS.into()]),
        ];
        let mut answers = self.db.read(Place::Data, &queries).await?.into_iter();
        let mut next = || answers.next().unwrap_or_default();
        let (events, documents, parts, leaves) = (next(), next(), next(), next());
        let full = |rows: &[Row], limit: i64| i64::try_from(rows.len()).is_ok_and(|found| found >= limit);
        let last = ![(&events, ROWS), (&documents, ROWS), (&parts, PARTS), (&leaves, ROWS)]
            .into_iter()
            .any(|(rows, limit)| full(rows, limit));
        let name = vec![subject.bytes().into(), trail.as_slice().into()];
        let mut steps = vec![Step::one(if last { DONE } else { STILL }, name)];
        if let Some(row) = events.last() {
            steps.push(Step::any(FORGET_EVENTS, vec![subject.bytes().into(), row.int(0)?.into()]));
        }
        if let Some(row) = documents.last() {
            steps.push(Step::any(FORGET_DOCUMENTS, vec![subject.bytes().into(), row.bytes(0)?.into()]));
        }
        if let Some(row) = parts.last() {
            let up_to = vec![subject.bytes().into(), row.bytes(0)?.into(), row.int(1)?.into()];
            steps.push(Step::any(FORGET_CHUNKS, up_to));
        }
        if let Some(row) = leaves.last() {
            let up_to = vec![trail.as_slice().into(), row.int(0)?.into(), row.int(1)?.into()];
            steps.push(Step::any(FORGET_TRAIL, up_to));
        }
        if last {
            steps.push(Step::any(ROW, vec![subject.bytes().into()]));
        }
        let rows = events.len() + documents.len() + parts.len() + leaves.len() + usize::from(last);
        Ok(Page { steps, rows, last })
    }

    /// Empties the write-ahead log of the data place, if anything was swept since that was last done here, or in a process before.
    async fn empty_data_log(&self) -> Result<(), Error> {
        // Taken down before, so that what is swept or destroyed meanwhile puts it up again.
        if !self.stale_data.swap(false, Ordering::SeqCst) {
            return Ok(());
        }
        if let Err(error) = self.db.truncate_data_wal().await {
            self.stale_data.store(true, Ordering::SeqCst);
            return Err(error);
        }
        self.db.reached("remains:swept")
    }
}

fn read(row: &Row) -> Result<Note, Error> {
    Ok(Note { subject: Pseudonym::new(row_id(row, 0)?), trail: row.bytes(1)?.to_vec() })
}
