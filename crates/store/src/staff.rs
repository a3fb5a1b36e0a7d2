//! Who of the operator's staff may sign in, who is signed in, and which one-time links are out?
//!
//! Nothing here is a name, a password or a secret: rows are found by keyed digests, and what is known of somebody lies sealed in
//! the body, bound to the row by whoever seals it. An account is ended, not removed, so that a leaf which names its id can still
//! be read. Changes go by deeds with a leaf; only the time at which a session was last seen is written without one.

use crate::db::value::Row;
use crate::db::{Db, Place, Query};
use crate::error::Error;
use crate::writer::{Housekeeping, Step};

/// How many rows are swept out in one transaction.
const PAGE: i64 = 256;

const ACCOUNT: &str = "
select sign_in, id, version, totp_step, body, created_at, ended_at
from staff
where sign_in = $1";

const ACCOUNT_OF: &str = "
select sign_in, id, version, totp_step, body, created_at, ended_at
from staff
where id = $1";

const ACCOUNTS: &str = "
select sign_in, id, version, totp_step, body, created_at, ended_at
from staff
order by created_at, id, sign_in";

const INSERT: &str = "
insert into staff (sign_in, id, version, totp_step, body, created_at, ended_at)
values ($1, $2, 1, $3, $4, $5, null)";

const CHANGE: &str = "
update staff
set version = version + 1, totp_step = $3, body = $4
where sign_in = $1 and version = $2 and ended_at is null";

const SPEND_STEP: &str = "
update staff
set totp_step = $3
where sign_in = $1 and version = $2 and totp_step < $3 and ended_at is null";

const UNCHANGED: &str = "
select version
from staff
where sign_in = $1 and version = $2 and ended_at is null";

const END: &str = "
update staff
set version = version + 1, body = $3, ended_at = $4
where sign_in = $1 and version = $2 and ended_at is null";

const CLAIM: &str = "
insert into settings (name, value)
values ('claimed', $1)";

const SESSION: &str = "
select digest, staff, created_at, seen_at, ends_at
from staff_sessions
where digest = $1";

const OPEN_SESSION: &str = "
insert into staff_sessions (digest, staff, created_at, seen_at, ends_at)
values ($1, $2, $3, $3, $4)";

const SEEN: &str = "
update staff_sessions
set seen_at = $2
where digest = $1 and seen_at < $2";

const CLOSE_SESSION: &str = "
delete from staff_sessions
where digest = $1";

const CLOSE_SESSIONS: &str = "
delete from staff_sessions
where staff = $1";

const CLOSE_OTHERS: &str = "
delete from staff_sessions
where staff = $1 and digest <> $2";

const SESSIONS_OVER: &str = "
select digest
from staff_sessions
where ends_at <= $1
order by ends_at, digest
limit $2";

const LINK: &str = "
select digest, body, ends_at, used_at
from staff_links
where digest = $1";

const LINKS: &str = "
select digest, body, ends_at, used_at
from staff_links
where ends_at > $1 and used_at is null
order by ends_at, digest";

const INSERT_LINK: &str = "
insert into staff_links (digest, body, ends_at, used_at)
values ($1, $2, $3, null)";

const USE_LINK: &str = "
update staff_links
set used_at = $2
where digest = $1 and used_at is null and ends_at > $2";

const DROP_LINK: &str = "
delete from staff_links
where digest = $1 and used_at is null";

const LINKS_OVER: &str = "
select digest
from staff_links
where ends_at <= $1
order by ends_at, digest
limit $2";

const REMOVE_LINK: &str = "
delete from staff_links
where digest = $1 and ends_at <= $2
returning ends_at";

const REMOVE_SESSION: &str = "
delete from staff_sessions
where digest = $1 and ends_at <= $2
returning ends_at";

/// An account, as far as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffRow {
    /// The keyed digest of the name that somebody signs in with.
    pub sign_in: [u8; 32],
    /// What leaves call it.
    pub id: [u8; 16],
    /// Grows with every change of the body.
    pub version: i64,
    /// The last step of the clock whose code was used; no code of it or of an earlier one counts again.
    pub totp_step: i64,
    /// What is known of them, sealed.
    pub body: Vec<u8>,
    /// When it was made.
    pub created_at: i64,
    /// Since when nobody signs in with it any more.
    pub ended_at: Option<i64>,
}

impl StaffRow {
    fn from_row(mut row: Row) -> Result<Self, Error> {
        Ok(Self {
            sign_in: row.array(0)?,
            id: row.array(1)?,
            version: row.int(2)?,
            totp_step: row.int(3)?,
            body: row.take_bytes(4)?,
            created_at: row.int(5)?,
            ended_at: row.opt_int(6)?,
        })
    }

    /// The account changes; `Conflict::Stale` where it has changed since it was read, or was ended.
    pub fn change_step(&self, totp_step: i64, body: Vec<u8>) -> Step {
        Step::one(CHANGE, vec![self.sign_in.into(), self.version.into(), totp_step.into(), body.into()])
    }

    /// A code of this step was used; `Conflict::Stale` where that step or a later one was used before, or the account changed.
    pub fn spend_step_step(&self, totp_step: i64) -> Step {
        Step::one(SPEND_STEP, vec![self.sign_in.into(), self.version.into(), totp_step.into()])
    }

    /// A guard: the deed holds only while the account is as it was read.
    pub fn unchanged_step(&self) -> Step {
        Step::look(UNCHANGED, vec![self.sign_in.into(), self.version.into()], crate::writer::Expect::Rows(1))
    }

    /// Nobody signs in with it from now on; the body is what is still known of them.
    pub fn end_step(&self, body: Vec<u8>, at: i64) -> Step {
        Step::one(END, vec![self.sign_in.into(), self.version.into(), body.into(), at.into()])
    }
}

/// Keeps a new account; a name that is taken is `Conflict::Taken`.
pub fn insert_staff_step(row: StaffRow) -> Step {
    let StaffRow { sign_in, id, totp_step, body, created_at, .. } = row;
    Step::one(INSERT, vec![sign_in.into(), id.into(), totp_step.into(), body.into(), created_at.into()])
}

/// The installation is claimed by this deed; where it was claimed before, it is `Conflict::Taken`.
pub fn claim_step(by: &[u8; 16]) -> Step {
    Step::one(CLAIM, vec![by.into()])
}

/// Somebody who is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionRow {
    /// The keyed digest of what the browser shows.
    pub digest: [u8; 32],
    /// Whose it is.
    pub staff: [u8; 16],
    /// When it began.
    pub created_at: i64,
    /// When it was last used, within a minute.
    pub seen_at: i64,
    /// When it ends, however much it is used.
    pub ends_at: i64,
}

/// Begins a session.
pub fn open_session_step(row: SessionRow) -> Step {
    let SessionRow { digest, staff, created_at, ends_at, .. } = row;
    Step::one(OPEN_SESSION, vec![digest.into(), staff.into(), created_at.into(), ends_at.into()])
}

/// Ends a session.
pub fn close_session_step(digest: &[u8; 32]) -> Step {
    Step::any(CLOSE_SESSION, vec![digest.into()])
}

/// Ends every session of an account, except perhaps one.
pub fn close_sessions_step(staff: &[u8; 16], except: Option<&[u8; 32]>) -> Step {
    match except {
        Some(digest) => Step::any(CLOSE_OTHERS, vec![staff.into(), digest.into()]),
        None => Step::any(CLOSE_SESSIONS, vec![staff.into()]),
    }
}

/// A one-time link that makes or mends an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRow {
    /// The keyed digest of what the link carries.
    pub digest: [u8; 32],
    /// What it is for, sealed.
    pub body: Vec<u8>,
    /// Until when it can be used.
    pub ends_at: i64,
    /// When it was used.
    pub used_at: Option<i64>,
}

impl LinkRow {
    fn from_row(mut row: Row) -> Result<Self, Error> {
        Ok(Self {
            digest: row.array(0)?,
            body: row.take_bytes(1)?,
            ends_at: row.int(2)?,
            used_at: row.opt_int(3)?,
        })
    }
}

/// Keeps a link.
pub fn insert_link_step(row: LinkRow) -> Step {
    let LinkRow { digest, body, ends_at, .. } = row;
    Step::one(INSERT_LINK, vec![digest.into(), body.into(), ends_at.into()])
}

/// Uses a link up; one that was used before or is too old is `Conflict::Stale`.
pub fn use_link_step(digest: &[u8; 32], at: i64) -> Step {
    Step::one(USE_LINK, vec![digest.into(), at.into()])
}

/// Takes a link back that nobody has used; otherwise it is `Conflict::Stale`.
pub fn drop_link_step(digest: &[u8; 32]) -> Step {
    Step::one(DROP_LINK, vec![digest.into()])
}

impl Db {
    /// The account with this name, ended or not.
    pub async fn staff_by_sign_in(&self, sign_in: &[u8; 32]) -> Result<Option<StaffRow>, Error> {
        let mut rows = self.query(Place::Data, Query::new(ACCOUNT, vec![sign_in.into()])).await?;
        rows.pop().map(StaffRow::from_row).transpose()
    }

    /// The account with this id, ended or not.
    pub async fn staff_by_id(&self, id: &[u8; 16]) -> Result<Option<StaffRow>, Error> {
        let mut rows = self.query(Place::Data, Query::new(ACCOUNT_OF, vec![id.into()])).await?;
        rows.pop().map(StaffRow::from_row).transpose()
    }

    /// All accounts that ever were, the oldest first.
    pub async fn staff(&self) -> Result<Vec<StaffRow>, Error> {
        let rows = self.query(Place::Data, Query::new(ACCOUNTS, Vec::new())).await?;
        rows.into_iter().map(StaffRow::from_row).collect()
    }

    /// The session of this digest; the caller has to look at its ends.
    pub async fn session(&self, digest: &[u8; 32]) -> Result<Option<SessionRow>, Error> {
        let rows = self.query(Place::Data, Query::new(SESSION, vec![digest.into()])).await?;
        let Some(row) = rows.first() else { return Ok(None) };
        Ok(Some(SessionRow {
            digest: row.array(0)?,
            staff: row.array(1)?,
            created_at: row.int(2)?,
            seen_at: row.int(3)?,
            ends_at: row.int(4)?,
        }))
    }

    /// Notes that a session was used.
    pub async fn session_seen(&self, digest: &[u8; 32], at: i64) -> Result<(), Error> {
        let step = Step::any(SEEN, vec![digest.into(), at.into()]);
        self.commit_housekeeping(vec![step], Housekeeping::Sessions).await.map(drop)
    }

    /// The link of this digest, used or not; the caller has to look at its end.
    pub async fn staff_link(&self, digest: &[u8; 32]) -> Result<Option<LinkRow>, Error> {
        let mut rows = self.query(Place::Data, Query::new(LINK, vec![digest.into()])).await?;
        rows.pop().map(LinkRow::from_row).transpose()
    }

    /// The links that can still be used.
    pub async fn staff_links(&self, now: i64) -> Result<Vec<LinkRow>, Error> {
        let rows = self.query(Place::Data, Query::new(LINKS, vec![now.into()])).await?;
        rows.into_iter().map(LinkRow::from_row).collect()
    }

    /// Sweeps out sessions and links that are over at `now`, page by page, and says how many there were.
    pub async fn sweep_staff(&self, now: i64) -> Result<u64, Error> {
        let mut swept = 0_u64;
        for (over, remove) in [(SESSIONS_OVER, REMOVE_SESSION), (LINKS_OVER, REMOVE_LINK)] {
            loop {
                let page = self.query(Place::Data, Query::new(over, vec![now.into(), PAGE.into()])).await?;
                if page.is_empty() {
                    break;
                }
                let mut steps = Vec::with_capacity(page.len());
                for row in &page {
                    steps.push(Step::any(remove, vec![row.bytes(0)?.into(), now.into()]));
                }
                let removed = self.commit_housekeeping(steps, Housekeeping::Sessions).await?;
                let removed = removed.iter().filter(|rows| !rows.is_empty()).count();
                swept = swept.saturating_add(u64::try_from(removed).unwrap_or(u64::MAX));
            }
        }
        Ok(swept)
    }
}
