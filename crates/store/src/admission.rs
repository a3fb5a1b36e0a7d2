//! Which programs may call, and with what scope?
//!
//! The key itself is never stored: who presents it is known by its digest. A key is revoked, not removed, so that an old leaf
//! which names its id can still be read.

use crate::db::value::Row;
use crate::db::{Db, Place, Query};
use crate::error::Error;
use crate::writer::Step;

const KEY: &str = "
select digest, id, label, scope, created_at, revoked_at
from api_keys
where digest = $1";

const KEYS: &str = "
select digest, id, label, scope, created_at, revoked_at
from api_keys
order by created_at, id, digest";

const INSERT: &str = "
insert into api_keys (digest, id, label, scope, created_at, revoked_at)
values ($1, $2, $3, $4, $5, $6)";

const REVOKE: &str = "
update api_keys
set revoked_at = $2
where digest = $1 and revoked_at is null";

/// A key with which a program calls, as far as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    /// The digest of the secret key.
    pub digest: [u8; 32],
    /// What leaves and pages call it.
    pub id: [u8; 16],
    /// What staff call it.
    pub label: String,
    /// What it may be used for, in the writing of the crate that decides.
    pub scope: Vec<u8>,
    /// When it was made.
    pub created_at: i64,
    /// Since when it opens nothing any more.
    pub revoked_at: Option<i64>,
}

impl KeyRow {
    fn from_row(mut row: Row) -> Result<Self, Error> {
        Ok(Self {
            digest: row.array(0)?,
            id: row.array(1)?,
            label: row.text(2)?.to_owned(),
            scope: row.take_bytes(3)?,
            created_at: row.int(4)?,
            revoked_at: row.opt_int(5)?,
        })
    }
}

/// Keeps a new key; a digest that is there already is `Conflict::Taken`.
pub fn insert_key_step(key: KeyRow) -> Step {
    let KeyRow { digest, id, label, scope, created_at, revoked_at } = key;
    let row =
        vec![digest.into(), id.into(), label.into(), scope.into(), created_at.into(), revoked_at.into()];
    Step::one(INSERT, row)
}

/// Revokes a key; one that is unknown or revoked already is `Conflict::Stale`, so that the first date stays.
pub fn revoke_key_step(digest: &[u8; 32], at: i64) -> Step {
    Step::one(REVOKE, vec![digest.into(), at.into()])
}

pub(crate) fn key_query(digest: &[u8; 32]) -> Query {
    Query::new(KEY, vec![digest.into()])
}

pub(crate) fn key_row(mut rows: Vec<Row>) -> Result<Option<KeyRow>, Error> {
    rows.pop().map(KeyRow::from_row).transpose()
}

impl Db {
    /// The key of this digest, revoked or not: the caller has to look at `revoked_at`.
    pub async fn key_by_digest(&self, digest: &[u8; 32]) -> Result<Option<KeyRow>, Error> {
        key_row(self.query(Place::Data, key_query(digest)).await?)
    }

    /// All keys that ever were, the oldest first.
    pub async fn keys(&self) -> Result<Vec<KeyRow>, Error> {
        let rows = self.query(Place::Data, Query::new(KEYS, Vec::new())).await?;
        rows.into_iter().map(KeyRow::from_row).collect()
    }
}
