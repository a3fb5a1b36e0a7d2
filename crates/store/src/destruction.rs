//! How does what was erased become irrecoverable, also when the process dies on the way (clause 2.14)?
//!
//! Erased: the deed took the rows out of use and wrote the journal, in one transaction with its leaf. Key destroyed: the keys are
//! deleted in their own place and its write-ahead log was emptied; what is left in the data is noise, and `remains` sweeps it
//! out. Completed: the epoch under which copies of the keys may lie in old backups has ended as well. A process that dies
//! between two of them goes on from the journal; each step done twice changes nothing.

use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use saqta_domain::terms::names::CompartmentName;
use saqta_domain::terms::subject::{Pseudonym, SubjectId};
use saqta_seal::keys::KEY_ID;
use tokio::sync::Mutex;

use crate::db::value::{Row, Value};
use crate::db::{Db, Place, Query};
use crate::error::{Conflict, Error};
use crate::keyring::{key_names_query, names_of_keys};
use crate::remains;
use crate::vault::{Record, Vault, key_id, row_id};
use crate::writer::{Housekeeping, Step};

const BEGIN: &str = "
insert into destructions (subject, key, state, log_id, idx, erased_at, epoch)
values ($1, $2, 0, $3, $4, $5, $6)
on conflict (subject, key) do nothing";

const OPEN: &str = "
select subject, key, state, log_id, idx, erased_at, epoch, key_destroyed_at, completed_at
from destructions
where state = $1 and (subject, key) > ($2, $3)
order by subject, key
limit $4";

const OF_LEAF: &str = "
select subject, key, state, log_id, idx, erased_at, epoch, key_destroyed_at, completed_at
from destructions
where log_id = $1 and idx = $2
order by subject, key";

const OF_SUBJECT: &str = "
select subject, key, state, log_id, idx, erased_at, epoch, key_destroyed_at, completed_at
from destructions
where subject = $1
order by key";

const KEY_DESTROYED: &str = "
update destructions
set state = 1, key_destroyed_at = $3, epoch = $4
where subject = $1 and key = $2 and state = 0";

const COMPLETED: &str = "
update destructions
set state = 2, completed_at = $3
where subject = $1 and key = $2 and state = 1";

const DELETE_KEY: &str = "
delete from subject_keys
where subject = $1 and key = $2";

const REGISTER: &str = "
insert into destroyed (subject, at)
values ($1, $2)
on conflict (subject) do update
set at = excluded.at";

const REGISTERED: &str = "
select subject
from destroyed
where subject > $1
order by subject
limit $2";

const KEY_OF_ROW: &str = "
select standing
from vault
where subject = $1 and version > 0";

const KEY_LIVES: &str = "
select key
from subject_keys
where subject = $1 and key = $2";

const ERASE_KEYLESS: &str = "
update vault
set version = -version
where subject = $1 and standing = $2 and version > 0";

const INDEXED: &str = "
select attribute, digest
from subject_digests
where subject = $1";

const FORGET_DIGEST: &str = "
delete from subject_digests
where subject = $1 and attribute = $2 and digest = $3";

const UNINDEX: &str = "
delete from blind_index
where digest = $1 and subject = $2";

const PAGE: i64 = 500;

/// How far a destruction has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DestructionState {
    /// Out of use; the key still lies in its place.
    Erased,
    /// The key is gone; old copies of the place may hold it, wrapped under an epoch that lives.
    KeyDestroyed,
    /// No copy of the key opens any more.
    Completed,
}

impl DestructionState {
    fn number(self) -> i64 {
        match self {
            Self::Erased => 0,
            Self::KeyDestroyed => 1,
            Self::Completed => 2,
        }
    }

    /// The word used in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Erased => "erased",
            Self::KeyDestroyed => "key_destroyed",
            Self::Completed => "completed",
        }
    }
}

/// One line of the journal of destruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destruction {
    /// Whose key.
    pub subject: Pseudonym,
    /// Which key.
    pub key: [u8; KEY_ID],
    /// How far it has come.
    pub state: DestructionState,
    /// The log and index of the leaf of the erasure.
    pub leaf: (i64, i64),
    /// When it left use, in microseconds.
    pub erased_at: i64,
    /// The epoch that must end.
    pub epoch: u32,
    /// When the key was destroyed.
    pub key_destroyed_at: Option<i64>,
    /// When the last copy became worthless.
    pub completed_at: Option<i64>,
}

/// Which keys of whom end with a deed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shred {
    /// Whose.
    pub subject: Pseudonym,
    /// Which.
    pub keys: Vec<[u8; KEY_ID]>,
}

impl Shred {
    /// The lines of the journal, written together with the erasure.
    pub(crate) fn journal(&self, epoch: u32, now: Timestamp) -> Vec<Step> {
        let line = |key: &[u8; KEY_ID]| {
            // A key that an earlier erasure already gave up stays under that line.
            Step::any(
                BEGIN,
                vec![
                    self.subject.bytes().into(),
                    key.into(),
                    Value::LogId,
                    Value::LeafIndex,
                    now.as_microsecond().into(),
                    i64::from(epoch).into(),
                ],
            )
        };
        self.keys.iter().map(line).collect()
    }
}

/// Lets those who wait while the write-ahead log of the keys is emptied share the next time it is.
#[derive(Default)]
pub(crate) struct Emptying {
    turn: Mutex<()>,
    begun: AtomicU64,
    done: AtomicU64,
}

impl Vault {
    /// Destroys the keys and empties what could still hold them; gives the lines for the journal, to be written together with
    /// the leaf that says so. If the process dies before that, the journal has them as erased, and the same is done again.
    pub async fn shred(
        &self,
        shreds: impl IntoIterator<Item = &Shred>,
        now: Timestamp,
    ) -> Result<Vec<Step>, Error> {
        let at = now.as_microsecond();
        let mut ends = Vec::new();
        let mut named = Vec::new();
        let mut subjects = Vec::new();
        for shred in shreds {
            subjects.push(shred.subject);
            let subject: Value = shred.subject.bytes().into();
            for key in &shred.keys {
                ends.push(Step::any(DELETE_KEY, vec![subject.clone(), key.into()]));
                named.push((subject.clone(), key));
            }
            ends.push(Step::any(REGISTER, vec![subject, at.into()]));
        }
        // Rows and digests that left use still lie in the write-ahead log of the data, for the next round to empty.
        self.stale_data.store(true, Ordering::SeqCst);
        self.db.reached("destruction:erased")?;
        self.db.commit_keys(ends).await?;
        // What was read before this has no place in memory any more, and what is read after it finds no key.
        subjects.into_iter().for_each(|subject| self.forget(subject));
        self.db.reached("destruction:keys_deleted")?;
        self.empty_keys_log().await?;
        self.db.reached("destruction:keys_truncated")?;
        // Copies made until now hold the key wrapped under this epoch or an older one.
        let epoch = i64::from(self.keyring.custody().current_epoch());
        let line = |(subject, key): (Value, &[u8; KEY_ID])| {
            Step::any(KEY_DESTROYED, vec![subject, key.into(), at.into(), epoch.into()])
        };
        Ok(named.into_iter().map(line).collect())
    }

    /// Empties the write-ahead log of the keys, or shares an emptying that began after this was called.
    async fn empty_keys_log(&self) -> Result<(), Error> {
        let Emptying { turn, begun, done } = &self.emptying;
        let before = begun.load(Ordering::SeqCst);
        let _turn = turn.lock().await;
        if done.load(Ordering::SeqCst) > before {
            return Ok(());
        }
        let this = begun.fetch_add(1, Ordering::SeqCst) + 1;
        self.db.truncate_keys_wal().await?;
        done.store(this, Ordering::SeqCst);
        Ok(())
    }

    /// Lines of the journal in one state, after the given one.
    pub async fn destructions(
        &self,
        state: DestructionState,
        after: Option<&Destruction>,
    ) -> Result<Vec<Destruction>, Error> {
        let (subject, key) =
            after.map_or((Vec::new(), Vec::new()), |d| (d.subject.bytes().to_vec(), d.key.to_vec()));
        let params = vec![state.number().into(), subject.into(), key.into(), PAGE.into()];
        self.db.query(Place::Data, Query::new(OPEN, params)).await?.iter().map(line).collect()
    }

    /// What became of the erasure that a leaf recorded.
    pub async fn destructions_of(&self, log_id: i64, index: i64) -> Result<Vec<Destruction>, Error> {
        let query = Query::new(OF_LEAF, vec![log_id.into(), index.into()]);
        self.db.query(Place::Data, query).await?.iter().map(line).collect()
    }

    /// What became of every erasure of a record, whichever leaves recorded them.
    pub async fn destructions_in(&self, record: &Record) -> Result<Vec<Destruction>, Error> {
        let query = Query::new(OF_SUBJECT, vec![record.pseudonym().bytes().into()]);
        self.db.query(Place::Data, query).await?.iter().map(line).collect()
    }

    /// What became of every erasure of a person's data in a compartment, whether or not anything is left there.
    pub async fn destructions_of_person(
        &self,
        compartment: &CompartmentName,
        person: SubjectId,
    ) -> Result<Vec<Destruction>, Error> {
        let subject = self.keyring.pseudonym(compartment, person)?;
        let query = Query::new(OF_SUBJECT, vec![subject.bytes().into()]);
        self.db.query(Place::Data, query).await?.iter().map(line).collect()
    }

    /// Marks as completed what was wrapped under epochs that have ended, all of them: a copy may be of any.
    pub async fn complete_destructions(&self, now: Timestamp) -> Result<Vec<Destruction>, Error> {
        let Some(oldest) = self.keyring.custody().living_epochs().into_iter().min() else {
            return Ok(Vec::new());
        };
        let mut completed: Vec<Destruction> = Vec::new();
        let mut after = None;
        loop {
            let page = self.destructions(DestructionState::KeyDestroyed, after.as_ref()).await?;
            let Some(last) = page.last().cloned() else { return Ok(completed) };
            let ended: Vec<Destruction> = page.into_iter().filter(|d| d.epoch < oldest).collect();
            let at: Value = now.as_microsecond().into();
            let steps = ended
                .iter()
                .map(|d| Step::any(COMPLETED, vec![d.subject.bytes().into(), (&d.key).into(), at.clone()]))
                .collect();
            self.db.commit_housekeeping(steps, Housekeeping::Garbage).await?;
            completed.extend(ended);
            after = Some(last);
        }
    }

    /// Erases what a restored data file brought back of the destroyed, and leaves it to the sweep. It could not be opened anyway:
    /// its keys are gone.
    pub async fn replay_register(&self) -> Result<u64, Error> {
        let mut removed = 0;
        let mut after: Vec<u8> = Vec::new();
        loop {
            let query = Query::new(REGISTERED, vec![after.clone().into(), PAGE.into()]);
            let rows = self.db.query(Place::Keys, query).await?;
            let Some(last) = rows.last() else { return Ok(removed) };
            after = last.bytes(0)?.to_vec();
            for row in &rows {
                removed += u64::from(self.forget_if_keyless(Pseudonym::new(row_id(row, 0)?)).await?);
            }
        }
    }

    async fn forget_if_keyless(&self, subject: Pseudonym) -> Result<bool, Error> {
        let id: Value = subject.bytes().into();
        let Some(row) = self.db.query(Place::Data, Query::new(KEY_OF_ROW, vec![id.clone()])).await?.pop()
        else {
            return Ok(false);
        };
        let key = key_id(row.bytes(0)?)?;
        let lives = Query::new(KEY_LIVES, vec![id.clone(), (&key).into()]);
        if !self.db.query(Place::Keys, lives).await?.is_empty() {
            return Ok(false);
        }
        // Whoever changed the row in the meantime gave it a key that lives: then nothing is forgotten.
        let mut steps = vec![Step::one(ERASE_KEYLESS, vec![id, row.bytes(0)?.into()])];
        let (digests, _) = self.ties_of(subject).await?;
        steps.extend(Self::digests_ending(subject, &digests, |_| true)?);
        steps.push(remains::note(subject, &[]));
        match self.db.commit_housekeeping(steps, Housekeeping::Garbage).await {
            Err(Error::Conflict(Conflict::Stale)) => Ok(false),
            done => done.map(|_| true),
        }
    }

    /// The digests under which a person is found, and the names of all their keys; on PostgreSQL in one round trip.
    pub(crate) async fn ties_of(&self, subject: Pseudonym) -> Result<(Vec<Row>, Vec<[u8; KEY_ID]>), Error> {
        let indexed = Query::new(INDEXED, vec![subject.bytes().into()]);
        match &self.db {
            Db::Sqlite(_) => {
                let rows = self.db.query(Place::Data, indexed).await?;
                Ok((rows, self.keyring.key_names(&self.db, subject).await?))
            }
            Db::Postgres(_) => {
                let answers = self.db.read(Place::Data, &[indexed, key_names_query(subject)]).await?;
                let mut answers = answers.into_iter();
                let rows = answers.next().unwrap_or_default();
                Ok((rows, names_of_keys(&answers.next().unwrap_or_default())?))
            }
        }
    }

    /// The statements that take values out of the index: those of the attributes that end. What is indexed stands in a table of
    /// its own, because a policy may have ceased to declare an attribute findable.
    pub(crate) fn digests_ending(
        subject: Pseudonym,
        rows: &[Row],
        ends: impl Fn(&str) -> bool,
    ) -> Result<Vec<Step>, Error> {
        let id: Value = subject.bytes().into();
        let mut steps = Vec::new();
        for row in rows {
            let (attribute, digest) = (row.text(0)?, row.bytes(1)?);
            if ends(attribute) {
                steps.push(Step::any(UNINDEX, vec![digest.into(), id.clone()]));
                steps.push(Step::any(FORGET_DIGEST, vec![id.clone(), attribute.into(), digest.into()]));
            }
        }
        Ok(steps)
    }
}

fn line(row: &Row) -> Result<Destruction, Error> {
    Ok(Destruction {
        subject: Pseudonym::new(row_id(row, 0)?),
        key: row.bytes(1)?.try_into().map_err(|_| Error::Unreadable)?,
        state: match row.int(2)? {
            0 => DestructionState::Erased,
            1 => DestructionState::KeyDestroyed,
            2 => DestructionState::Completed,
            _ => return Err(Error::Unreadable),
        },
        leaf: (row.int(3)?, row.int(4)?),
        erased_at: row.int(5)?,
        epoch: u32::try_from(row.int(6)?).map_err(|_| Error::Unreadable)?,
        key_destroyed_at: row.opt_int(7)?,
        completed_at: row.opt_int(8)?,
    })
}
