//! Which versions of the policy are there: kept as drafts, published, cancelled before their day (clause 11.2)?
//!
//! All of it changes by deeds that leave a leaf: this file makes their statements, and the operation adds the leaf. The bodies
//! are sealed by the caller. If the process dies before the commit of a publication, the draft is still there and nothing is
//! published; if it dies after it, the version is published and its draft is gone.

use std::collections::BTreeMap;

use crate::db::value::{Row, Value};
use crate::db::{Db, Place, Query};
use crate::error::Error;
use crate::writer::{Expect, Step};

const POLICIES: &str = "
select version, follows, digest, effective_from, published_at, body, log_id, idx, cancelled
from policies
order by version";

// One statement, for one is a snapshot of its own and costs one round trip; it runs before every deed. Where nothing is stopped,
// there is one row without a purpose.
const STOPS_AND_MARK: &str = "
select m.published, m.cancelled, s.purpose, s.since
from (select count(*) as published, count(cancelled) as cancelled from policies) m
left join stops s on 1 = 1
order by s.purpose";

const PUBLISH: &str = "
insert into policies (version, follows, digest, effective_from, published_at, body, log_id, idx)
values ($1, $2, $3, $4, $5, $6, $7, $8)";

const CANCEL: &str = "
update policies
set cancelled = $2
where version = $1 and cancelled is null";

const DRAFTS: &str = "
select version, digest, kept_at, body
from policy_drafts
order by version";

const DRAFT: &str = "
select version, digest, kept_at, body
from policy_drafts
where version = $1";

const KEEP_DRAFT: &str = "
insert into policy_drafts (version, digest, kept_at, body)
values ($1, $2, $3, $4)
on conflict (version) do update
set digest = excluded.digest, kept_at = excluded.kept_at, body = excluded.body";

const DROP_DRAFT: &str = "
delete from policy_drafts
where version = $1";

const TAKE_DRAFT: &str = "
delete from policy_drafts
where version = $1 and digest = $2";

const NOT_PUBLISHED: &str = "
select version
from policies
where version = $1";

/// A published version of the policy; once published it is never changed or removed, for decisions name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyRow {
    /// Its number; a decision names the version it was made under.
    pub version: i64,
    /// The number of the version published before it, 0 for the first.
    pub follows: i64,
    /// The digest of the policy, by which every decision names it too.
    pub digest: [u8; 32],
    /// From when on it decides, in microseconds.
    pub effective_from: i64,
    /// When it was published, in microseconds.
    pub published_at: i64,
    /// Its files and its approver, sealed by the caller.
    pub body: Vec<u8>,
}

/// A published version as it is read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedRow {
    /// What was published.
    pub policy: PolicyRow,
    /// The log that has the leaf of its publication.
    pub log_id: i64,
    /// The index of that leaf.
    pub idx: i64,
    /// Who cancelled it and when, sealed by the caller; nothing as long as it was not.
    pub cancelled: Option<Vec<u8>>,
}

/// A version that somebody works on; it decides nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRow {
    /// The number it wants to have.
    pub version: i64,
    /// The digest of everything in it.
    pub digest: [u8; 32],
    /// When it was kept, in microseconds.
    pub kept_at: i64,
    /// Its files, sealed by the caller.
    pub body: Vec<u8>,
}

/// How many versions were published, and how many of them cancelled: both only grow, so equal marks mean equal versions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Mark {
    /// Versions that were published.
    pub published: i64,
    /// Versions that were cancelled.
    pub cancelled: i64,
}

/// Publishes a version and lets its draft go, if there is one. A number that is there already, and a version that another one
/// follows already, are `Conflict::Taken`: of two processes that publish at once, the later is refused.
pub fn publish_steps(policy: PolicyRow) -> Vec<Step> {
    let PolicyRow { version, follows, digest, effective_from, published_at, body } = policy;
    let row = vec![
        version.into(),
        follows.into(),
        digest.into(),
        effective_from.into(),
        published_at.into(),
        body.into(),
        Value::LogId,
        Value::LeafIndex,
    ];
    vec![Step::one(PUBLISH, row), Step::any(DROP_DRAFT, vec![version.into()])]
}

/// A guard of an approval: the draft is still the one of this digest, else the deed is `Conflict::Stale`.
pub fn take_draft_step(version: i64, digest: &[u8; 32]) -> Step {
    Step::one(TAKE_DRAFT, vec![version.into(), digest.into()])
}

/// Cancels a published version; one that is cancelled already is `Conflict::Stale`.
pub fn cancel_step(version: i64, sealed: Vec<u8>) -> Step {
    Step::one(CANCEL, vec![version.into(), sealed.into()])
}

/// Keeps a draft in place of an earlier one of its number; where that number was published meanwhile, the deed is
/// `Conflict::Stale`.
pub fn keep_draft_steps(draft: DraftRow) -> Vec<Step> {
    let DraftRow { version, digest, kept_at, body } = draft;
    let row = vec![version.into(), digest.into(), kept_at.into(), body.into()];
    let free = Step::new(NOT_PUBLISHED, vec![version.into()], Expect::Rows(0));
    vec![free, Step::one(KEEP_DRAFT, row)]
}

/// Lets a draft go; where there is none, the deed is `Conflict::Stale`.
pub fn drop_draft_step(version: i64) -> Step {
    Step::one(DROP_DRAFT, vec![version.into()])
}

impl Db {
    /// All published versions, the cancelled ones too, by their numbers.
    pub async fn policies(&self) -> Result<Vec<PublishedRow>, Error> {
        let rows = self.query(Place::Data, Query::new(POLICIES, Vec::new())).await?;
        rows.into_iter().map(published).collect()
    }

    /// The stopped purposes, each with the moment since when, and the mark of the published versions, as of one instant.
    pub async fn stops_and_mark(&self) -> Result<(BTreeMap<String, i64>, Mark), Error> {
        stopped_and_marked(self.query(Place::Data, stops_and_mark_query()).await?)
    }

    /// All drafts, by their numbers.
    pub async fn policy_drafts(&self) -> Result<Vec<DraftRow>, Error> {
        let rows = self.query(Place::Data, Query::new(DRAFTS, Vec::new())).await?;
        rows.into_iter().map(draft).collect()
    }

    /// The draft of a number.
    pub async fn policy_draft(&self, version: i64) -> Result<Option<DraftRow>, Error> {
        let mut rows = self.query(Place::Data, Query::new(DRAFT, vec![version.into()])).await?;
        rows.pop().map(draft).transpose()
    }
}

pub(crate) fn stops_and_mark_query() -> Query {
    Query::new(STOPS_AND_MARK, Vec::new())
}

pub(crate) fn stopped_and_marked(rows: Vec<Row>) -> Result<(BTreeMap<String, i64>, Mark), Error> {
    let mut mark = Mark::default();
    let mut stops = BTreeMap::new();
    for row in rows {
        mark = Mark { published: row.int(0)?, cancelled: row.int(1)? };
        if let Some(purpose) = row.opt_text(2)? {
            stops.insert(purpose.to_owned(), row.int(3)?);
        }
    }
    Ok((stops, mark))
}

fn published(mut row: Row) -> Result<PublishedRow, Error> {
    Ok(PublishedRow {
        policy: PolicyRow {
            version: row.int(0)?,
            follows: row.int(1)?,
            digest: row.array(2)?,
            effective_from: row.int(3)?,
            published_at: row.int(4)?,
            body: row.take_bytes(5)?,
        },
        log_id: row.int(6)?,
        idx: row.int(7)?,
        cancelled: row.opt_bytes(8)?.map(<[u8]>::to_vec),
    })
}

fn draft(mut row: Row) -> Result<DraftRow, Error> {
    Ok(DraftRow {
        version: row.int(0)?,
        digest: row.array(1)?,
        kept_at: row.int(2)?,
        body: row.take_bytes(3)?,
    })
}
