//! Which purposes are stopped?
//!
//! That changes by deeds that leave a leaf: this file makes their statements, and the operation adds the leaf.

use crate::db::{Db, Place, Query};
use crate::error::Error;
use crate::writer::{Expect, Step};

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
    Step::look(STOPPED, vec![purpose.into()], Expect::Rows(0))
}

/// Lets a stopped purpose go on; one that is not stopped is `Conflict::Stale`.
pub fn resume_step(purpose: &str) -> Step {
    Step::one(RESUME, vec![purpose.into()])
}

impl Db {
    /// Why a purpose is stopped, in the words of whoever stopped it; nothing where it is not.
    pub async fn stop_reason(&self, purpose: &str) -> Result<Option<String>, Error> {
        let rows = self.query(Place::Data, Query::new(STOP_REASON, vec![purpose.into()])).await?;
        rows.first().map(|row| row.text(0).map(str::to_owned)).transpose()
    }
}
