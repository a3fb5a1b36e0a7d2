//! Which versions of the policy were published, and which purposes are stopped?
//!
//! Both change by deeds that leave a leaf: this file makes their statements, and the operation adds the leaf.

use std::collections::BTreeMap;

use crate::db::value::Row;
use crate::db::{Db, Place, Query};
use crate::error::Error;
use crate::writer::{Expect, Step};

const POLICIES: &str = "
select version, digest, effective_from, published_at, body
from policies
order by effective_from, version";

const EFFECTIVE_AT: &str = "
select version
from policies
where effective_from = $1";

const PUBLISH: &str = "
insert into policies (version, digest, effective_from, published_at, body)
values ($1, $2, $3, $4, $5)";

const STOPS: &str = "
select purpose, since
from stops
order by purpose";

const STOP_REASON: &str = "
select reason
from stops
where purpose = $1";

const STOP: &str = "
insert into stops (purpose, since, reason)
values ($1, $2, $3)";

const RESUME: &str = "
delete from stops
where purpose = $1";

/// A published version of the policy; once published it is never changed or removed, for decisions name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyRow {
    /// Its number; a decision names the version it was made under.
    pub version: i64,
    /// The digest of the body, which the leaf of its publication holds too.
    pub digest: [u8; 32],
    /// From when on it decides.
    pub effective_from: i64,
    /// When it was published.
    pub published_at: i64,
    /// The policy as its crate writes it.
    pub body: Vec<u8>,
}

/// Publishes a version: a number that is there already is `Conflict::Taken`, a second version from the same moment on is
/// `Conflict::Stale`, because nobody could say which of the two decides.
///
/// Of two processes that publish at once, the number decides: take the next one and the later is refused.
pub fn publish_steps(policy: PolicyRow) -> Vec<Step> {
    let PolicyRow { version, digest, effective_from, published_at, body } = policy;
    let row = vec![version.into(), digest.into(), effective_from.into(), published_at.into(), body.into()];
    // First the number: a repeated publication is then known by it, although its moment is taken as well.
    vec![Step::one(PUBLISH, row), Step::new(EFFECTIVE_AT, vec![effective_from.into()], Expect::Rows(1))]
}

/// Stops a purpose at once, whatever the policy permits; one that is stopped already is `Conflict::Taken`.
pub fn stop_step(purpose: &str, since: i64, reason: &str) -> Step {
    Step::one(STOP, vec![purpose.into(), since.into(), reason.into()])
}

const STOPPED: &str = "
select purpose
from stops
where purpose = $1";

/// A guard: the deed holds only while the purpose is not stopped.
pub fn not_stopped_step(purpose: &str) -> Step {
    Step::new(STOPPED, vec![purpose.into()], Expect::Rows(0))
}

/// Lets a stopped purpose go on; one that is not stopped is `Conflict::Stale`.
pub fn resume_step(purpose: &str) -> Step {
    Step::one(RESUME, vec![purpose.into()])
}

impl Db {
    /// All published versions in the order in which they come into force.
    pub async fn policies(&self) -> Result<Vec<PolicyRow>, Error> {
        let rows = self.query(Place::Data, Query::new(POLICIES, Vec::new())).await?;
        let policy = |mut row: Row| {
            Ok(PolicyRow {
                version: row.int(0)?,
                digest: row.array(1)?,
                effective_from: row.int(2)?,
                published_at: row.int(3)?,
                body: row.take_bytes(4)?,
            })
        };
        rows.into_iter().map(policy).collect()
    }

    /// The stopped purposes, each with the moment since when.
    pub async fn stops(&self) -> Result<BTreeMap<String, i64>, Error> {
        let rows = self.query(Place::Data, Query::new(STOPS, Vec::new())).await?;
        rows.iter().map(|row| Ok((row.text(0)?.to_owned(), row.int(1)?))).collect()
    }

    /// Why a purpose is stopped, in the words of whoever stopped it; nothing where it is not.
    pub async fn stop_reason(&self, purpose: &str) -> Result<Option<String>, Error> {
        let rows = self.query(Place::Data, Query::new(STOP_REASON, vec![purpose.into()])).await?;
        rows.first().map(|row| row.text(0).map(str::to_owned)).transpose()
    }
}
