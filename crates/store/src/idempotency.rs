//! Was this call already answered, and with what?
//!
//! The answer is written in the transaction of the deed that it answers. If the process dies before the commit, neither is
//! there and the repeated call does the deed; if it dies after it, the repeated call is given the answer.

use crate::db::value::{Row, Value};
use crate::db::{Db, Place, Query};
use crate::error::Error;
use crate::writer::{Housekeeping, Step};

/// How many answers are forgotten in one transaction.
const PAGE: i64 = 256;

const REMEMBERED: &str = "
select body_digest, outcome, log_id, idx
from idempotency
where digest = $1";

const REMEMBER: &str = "
insert into idempotency (digest, body_digest, outcome, log_id, idx, kept_until)
values ($1, $2, $3, $4, $5, $6)";

const OVER: &str = "
select digest
from idempotency
where kept_until <= $1
order by kept_until, digest
limit $2";

const FORGET: &str = "
delete from idempotency
where digest = $1 and kept_until <= $2
returning kept_until";

/// What was answered to a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// The digest of what was asked; a repeated call that asks something else is no repetition.
    pub body_digest: [u8; 32],
    /// The answer, sealed by the caller where it speaks of a person.
    pub outcome: Vec<u8>,
    /// The log that proves the deed.
    pub log_id: i64,
    /// The deed's first leaf in it.
    pub idx: i64,
}

/// Remembers the answer together with the deed's first leaf; where the same call was answered meanwhile, the deed is
/// `Conflict::Taken` and leaves no trace.
pub fn remember_step(digest: &[u8; 32], body_digest: &[u8; 32], outcome: Vec<u8>, kept_until: i64) -> Step {
    let row = vec![
        digest.into(),
        body_digest.into(),
        outcome.into(),
        Value::LogId,
        Value::LeafIndex,
        kept_until.into(),
    ];
    Step::one(REMEMBER, row)
}

pub(crate) fn remembered_query(digest: &[u8; 32]) -> Query {
    Query::new(REMEMBERED, vec![digest.into()])
}

pub(crate) fn remembered(mut rows: Vec<Row>) -> Result<Option<Remembered>, Error> {
    let Some(mut row) = rows.pop() else { return Ok(None) };
    Ok(Some(Remembered {
        body_digest: row.array(0)?,
        outcome: row.take_bytes(1)?,
        log_id: row.int(2)?,
        idx: row.int(3)?,
    }))
}

impl Db {
    /// What the call of this digest was answered, as long as it is not forgotten.
    pub async fn remembered(&self, digest: &[u8; 32]) -> Result<Option<Remembered>, Error> {
        remembered(self.query(Place::Data, remembered_query(digest)).await?)
    }

    /// Forgets every answer whose term is over at `now`, page by page, and says how many there were.
    pub async fn forget_older(&self, now: i64) -> Result<u64, Error> {
        let mut forgotten = 0_u64;
        loop {
            let page = self.query(Place::Data, Query::new(OVER, vec![now.into(), PAGE.into()])).await?;
            if page.is_empty() {
                return Ok(forgotten);
            }
            let mut steps = Vec::with_capacity(page.len());
            for row in &page {
                steps.push(Step::any(FORGET, vec![row.bytes(0)?.into(), now.into()]));
            }
            // Another process may sweep the same page; only what this one removed is counted.
            let removed = self.commit_housekeeping(steps, Housekeeping::IdempotencySweep).await?;
            let removed = removed.iter().filter(|rows| !rows.is_empty()).count();
            forgotten = forgotten.saturating_add(u64::try_from(removed).unwrap_or(u64::MAX));
        }
    }
}
