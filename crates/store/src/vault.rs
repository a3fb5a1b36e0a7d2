//! What is a record, and how does a person's data lie in the vault?
//!
//! One row has the standing and the sealed values of one person in one compartment. What changes it is a deed; how it is found
//! and read stands in `reading`.

use std::collections::BTreeMap;
use std::sync::atomic::AtomicBool;

use jiff::Timestamp;
use saqta_domain::rules::{Permit, Read};
use saqta_domain::terms::event::StandingEvent;
use saqta_domain::terms::kind::Plain;
use saqta_domain::terms::names::{AttributeName, CompartmentName};
use saqta_domain::terms::standing::Standing;
use saqta_domain::terms::subject::{Pseudonym, SubjectId};
use saqta_seal::envelope::{self, Binding};
use saqta_seal::keys::{DataKey, KEY_ID, SubjectKeys, TagKey};
use saqta_seal::random;
use zeroize::Zeroizing;

use crate::body::{self, Body, Values};
use crate::codec;
use crate::db::value::Row;
use crate::db::{Db, Place, Query};
use crate::destruction::Emptying;
use crate::draft::coarse;
use crate::error::{Conflict, Error};
use crate::keyring::{Keyring, NewKey};
use crate::recall::Remembered;
use crate::writer::{Committed, Deed, Expect, Housekeeping, Recorded, Step};

const PAGE: &str = "
select subject
from vault
where compartment = $1 and subject > $2 and version >= 0
order by subject
limit $3";

const DUE: &str = "
select due_at, subject, compartment
from vault
where due_at <= $1 and (due_at, subject) > ($2, $3) and version >= 0
order by due_at, subject
limit $4";

const SET_DUE: &str = "
update vault
set due_at = $3
where subject = $1 and version = $2";

const UNCHANGED: &str = "
select version
from vault
where subject = $1 and version = $2
for share";

const HISTORY: &str = "
select version, event
from history
where subject = $1
order by version";

/// The attribute names under which the standing and its events are sealed; no policy can declare them.
pub(crate) const STANDING: &str = "#standing";
const EVENT: &str = "#event";
const BODY: &str = "#body";

/// A database with the keys to it.
pub struct Vault {
    pub(crate) db: Db,
    pub(crate) keyring: Keyring,
    pub(crate) remembered: Remembered,
    pub(crate) emptying: Emptying,
    // Whether the write-ahead log of the data may hold what was swept; nobody knows what a process before left in it.
    pub(crate) stale_data: AtomicBool,
}

/// The record of one person in one compartment, opened as far as the gate needs it. Its values are still sealed, and opened
/// together no sooner than one of them is asked for.
#[derive(Debug)]
pub struct Record {
    pub(crate) pseudonym: Pseudonym,
    pub(crate) compartment: CompartmentName,
    pub(crate) standing: Standing,
    pub(crate) values: Values,
    pub(crate) keys: SubjectKeys,
    pub(crate) stored: bool,
}

/// Where a walk over the persons of a compartment, or over what is due, has come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// When it was due, in microseconds; part of the place in the walk.
    pub due_at: i64,
    /// Who.
    pub pseudonym: Pseudonym,
    /// Where.
    pub compartment: CompartmentName,
}

impl Vault {
    /// A vault over an open database.
    pub fn new(db: Db, keyring: Keyring) -> Self {
        Self {
            db,
            keyring,
            remembered: Remembered::new(),
            emptying: Emptying::default(),
            stale_data: AtomicBool::new(true),
        }
    }

    /// The database, for what touches no person.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// The keys.
    pub fn keyring(&self) -> &Keyring {
        &self.keyring
    }

    /// A record for a person of whom nothing is held in the compartment; nothing is written before it is committed.
    pub fn fresh(
        &self,
        compartment: &CompartmentName,
        id: SubjectId,
        at: Timestamp,
    ) -> Result<Record, Error> {
        Ok(Record {
            pseudonym: self.keyring.pseudonym(compartment, id)?,
            compartment: compartment.clone(),
            standing: Standing::new(id, at),
            values: Body::default().into(),
            keys: SubjectKeys::generate()?,
            stored: false,
        })
    }

    /// Commits a deed that needs new keys: the keys first, then the deed. If the epoch was turned in between, the keys may have
    /// been wrapped too late to be carried over; then nothing is done, and the deed is drafted anew. Keys of a deed that was not
    /// done are taken back. Where the remains of an erased person lie in the way of the same person, they are swept out first.
    pub async fn commit(
        &self,
        keys: Vec<NewKey>,
        epoch: u32,
        deed: Deed<Recorded>,
    ) -> Result<Committed, Error> {
        if keys.is_empty() {
            return self.db.commit(deed).await;
        }
        self.db.commit_keys(keys.iter().map(|key| key.keep.clone()).collect()).await?;
        let done = self.commit_with_keys(epoch, deed).await;
        if let Err(error) = &done
            && !matches!(error, Error::OutcomeUnknown)
        {
            let subjects: Vec<Pseudonym> = keys.iter().map(|key| key.subject).collect();
            self.db.commit_keys(keys.into_iter().map(|key| key.undo).collect()).await?;
            if matches!(error, Error::Conflict(Conflict::Taken)) {
                let mut swept = false;
                for subject in subjects {
                    swept |= self.sweep_remains_of(subject).await?;
                }
                if swept {
                    return Err(Error::Conflict(Conflict::Stale));
                }
            }
        }
        done
    }

    async fn commit_with_keys(&self, epoch: u32, deed: Deed<Recorded>) -> Result<Committed, Error> {
        self.db.reached("deed:keys_kept")?;
        // Another process may have turned it.
        self.keyring.custody().refresh()?;
        if self.keyring.custody().current_epoch() != epoch {
            return Err(Error::Conflict(Conflict::Stale));
        }
        self.db.commit(deed).await
    }

    /// Sixteen random bytes, for a new person or thing.
    pub fn draw_id(&self) -> Result<[u8; 16], Error> {
        Ok(random::id()?)
    }

    /// Thirty-two random bytes, for a secret that is shown once.
    pub fn draw_secret(&self) -> Result<Zeroizing<[u8; 32]>, Error> {
        Ok(random::secret()?)
    }

    /// The next persons of a compartment, in an order that means nothing.
    pub async fn page(
        &self,
        compartment: &CompartmentName,
        after: Option<Pseudonym>,
        limit: u16,
    ) -> Result<Vec<Pseudonym>, Error> {
        let after = after.map_or_else(Vec::new, |p| p.bytes().to_vec());
        let params = vec![compartment.as_str().into(), after.into(), i64::from(limit).into()];
        let rows = self.db.query(Place::Data, Query::new(PAGE, params)).await?;
        rows.iter().map(|row| row_id(row, 0).map(Pseudonym::new)).collect()
    }

    /// The next records that must be looked at by now, after the given place in the walk.
    pub async fn due(&self, now: Timestamp, after: Option<&Due>, limit: u16) -> Result<Vec<Due>, Error> {
        let (due_at, subject) =
            after.map_or((i64::MIN, Vec::new()), |d| (d.due_at, d.pseudonym.bytes().to_vec()));
        let params =
            vec![now.as_microsecond().into(), due_at.into(), subject.into(), i64::from(limit).into()];
        let rows = self.db.query(Place::Data, Query::new(DUE, params)).await?;
        rows.iter()
            .map(|row| {
                Ok(Due {
                    due_at: row.int(0)?,
                    pseudonym: Pseudonym::new(row_id(row, 1)?),
                    compartment: CompartmentName::new(row.text(2)?).map_err(|_| Error::Unreadable)?,
                })
            })
            .collect()
    }

    /// Puts off the day on which a record is looked at again, unless something happened to it in the meantime.
    pub async fn set_due(&self, record: &Record, due: Option<Timestamp>) -> Result<(), Error> {
        self.set_due_of_all(vec![record.due_step(due)]).await
    }

    /// The same for many records at once, each by its own [`Record::due_step`].
    pub async fn set_due_of_all(&self, steps: Vec<Step>) -> Result<(), Error> {
        self.db.commit_housekeeping(steps, Housekeeping::Jobs).await?;
        Ok(())
    }

    /// Everything that ever happened to the standing, in order: its fold is the standing.
    pub async fn history(&self, record: &Record) -> Result<Vec<StandingEvent>, Error> {
        Ok(self.deeds(record).await?.into_iter().flat_map(|(_, events)| events).collect())
    }

    /// The same deed by deed, each with the version that the standing had after it.
    pub(crate) async fn deeds(&self, record: &Record) -> Result<Vec<(u32, Vec<StandingEvent>)>, Error> {
        let query = Query::new(HISTORY, vec![record.pseudonym.bytes().into()]);
        let rows = self.db.query(Place::Data, query).await?;
        let mut before = 0;
        rows.iter()
            .map(|row| {
                let last = u32::try_from(row.int(0)?).map_err(|_| Error::Unreadable)?;
                let place = bound(&record.pseudonym, &record.compartment, EVENT, last);
                let opened = envelope::open(&record.keys.data, &place, row.bytes(1)?)?;
                let events = codec::decode_events(record.standing.since, &opened)?;
                // A deed that somebody removed leaves a gap.
                if u32::try_from(events.len()).ok() != last.checked_sub(before) {
                    return Err(Error::PutBack);
                }
                before = last;
                Ok((last, events))
            })
            .collect()
    }
}

impl Record {
    /// What the gate needs to know.
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// Where the record lies.
    pub fn compartment(&self) -> &CompartmentName {
        &self.compartment
    }

    /// Under which name it lies there.
    pub fn pseudonym(&self) -> Pseudonym {
        self.pseudonym
    }

    /// The pointer from a leaf to the person, good for that leaf alone.
    pub fn tag(&self, salt: &[u8; 16]) -> [u8; 16] {
        self.keys.tag.tag(salt)
    }

    /// What leaves about the person are tagged with.
    pub fn tags(&self) -> &TagKey {
        &self.keys.tag
    }

    /// The name under which the leaves about the person are found again.
    pub fn trail(&self) -> [u8; 16] {
        self.keys.tag.trail_id()
    }

    /// A guard: the deed holds only if nothing happened to the record since it was read.
    pub fn unchanged(&self) -> Step {
        let params = vec![self.pseudonym.bytes().into(), i64::from(self.standing.version).into()];
        Step::look(UNCHANGED, params, Expect::Rows(1))
    }

    /// Puts the day of the next look where it belongs, unless something happened to the record since it was read.
    pub fn due_step(&self, due: Option<Timestamp>) -> Step {
        let version = i64::from(self.standing.version);
        Step::any(SET_DUE, vec![self.pseudonym.bytes().into(), version.into(), due.map(coarse).into()])
    }

    /// The values, opened now if they were not before. Only before anything is drafted: they are tied to the standing as it was
    /// read.
    pub(crate) fn body(&self) -> Result<&Body, Error> {
        self.values.opened(|sealed| {
            let place = bound(&self.pseudonym, &self.compartment, BODY, self.standing.version);
            body::decode(&envelope::open(&self.keys.data, &place, sealed)?, &self.standing)
        })
    }

    pub(crate) fn body_mut(&mut self) -> Result<&mut Body, Error> {
        self.body()?;
        self.values.opened_mut().ok_or(Error::Unreadable)
    }

    /// Whether it lost its tie to anybody: then it is about no person, and nothing of it is ever due.
    pub fn is_released(&self) -> bool {
        // Whoever has a record has a history in it; what was depersonalised left that behind.
        self.standing.version == 0
    }

    /// The date of birth, where one is held: it decides who speaks for somebody, and leaves this crate as a date, not as a value.
    pub fn birth_date(&self) -> Result<Option<jiff::civil::Date>, Error> {
        let Ok(name) = AttributeName::new(saqta_domain::terms::age::BIRTH_DATE) else { return Ok(None) };
        let Some(value) = self.value(&name)? else { return Ok(None) };
        let text = std::str::from_utf8(value.to_be_sealed()).map_err(|_| Error::Unreadable)?;
        Ok(text.parse().ok())
    }

    /// Opens the values that the permit covers, and no others.
    pub fn read(&self, permit: &Permit<Read>) -> Result<BTreeMap<AttributeName, Plain>, Error> {
        if permit.subject() != self.standing.id {
            return Err(Error::NotPermitted);
        }
        let mut values = BTreeMap::new();
        for attribute in permit.attributes() {
            if let Some(plain) = self.value(attribute)? {
                values.insert(attribute.clone(), plain);
            }
        }
        Ok(values)
    }

    pub(crate) fn value(&self, attribute: &AttributeName) -> Result<Option<Plain>, Error> {
        let Some(held) = self.standing.held.get(attribute) else { return Ok(None) };
        let Some((version, sealed)) = self.body()?.values.get(attribute) else { return Ok(None) };
        // The standing is sealed as a whole and says which version is the current one: an old value put back is seen.
        if held.version != *version {
            return Err(Error::Unreadable);
        }
        self.open_value(attribute, *version, sealed).map(Some)
    }

    pub(crate) fn open_value(
        &self,
        attribute: &AttributeName,
        version: u32,
        sealed: &[u8],
    ) -> Result<Plain, Error> {
        let place = bound(&self.pseudonym, &self.compartment, attribute.as_str(), version);
        let opened = envelope::open_within(&self.keys.data, &place, sealed)?;
        Plain::from_sealed(&opened).ok_or(Error::Unreadable)
    }

    pub(crate) fn seal_value(
        &self,
        keys: &DataKey,
        attribute: &AttributeName,
        version: u32,
        value: &Plain,
    ) -> Result<Vec<u8>, Error> {
        let place = bound(&self.pseudonym, &self.compartment, attribute.as_str(), version);
        Ok(envelope::seal_within(keys, &place, value.to_be_sealed())?)
    }

    pub(crate) fn seal_standing(&self, keys: &DataKey, standing: &Standing) -> Result<Vec<u8>, Error> {
        let place = bound(&self.pseudonym, &self.compartment, STANDING, standing.version);
        Ok(envelope::seal(keys, &place, &codec::encode_standing(standing)?)?)
    }

    /// The values are sealed one by one; sealed once more together and padded, not even their lengths tell whose they are.
    pub(crate) fn seal_body(&self, keys: &DataKey) -> Result<Vec<u8>, Error> {
        let place = bound(&self.pseudonym, &self.compartment, BODY, self.standing.version);
        Ok(envelope::seal(keys, &place, &body::encode(self.body()?, &self.standing)?)?)
    }

    /// The events of one deed, after which the standing has that version.
    pub(crate) fn seal_events(
        &self,
        keys: &DataKey,
        version: u32,
        events: &[StandingEvent],
    ) -> Result<Vec<u8>, Error> {
        let place = bound(&self.pseudonym, &self.compartment, EVENT, version);
        Ok(envelope::seal(keys, &place, &codec::encode_events(self.standing.since, events)?)?)
    }
}

/// The one place where something sealed of this person in this compartment belongs.
pub(crate) fn bound<'a>(
    pseudonym: &'a Pseudonym,
    compartment: &'a CompartmentName,
    attribute: &'a str,
    version: u32,
) -> Binding<'a> {
    Binding { subject: pseudonym.bytes(), compartment: compartment.as_str(), attribute, version }
}

pub(crate) fn row_id(row: &Row, column: usize) -> Result<[u8; 16], Error> {
    row.bytes(column)?.try_into().map_err(|_| Error::Unreadable)
}

/// The key id that stands openly in an envelope, after its algorithm byte.
pub(crate) fn key_id(sealed: &[u8]) -> Result<[u8; KEY_ID], Error> {
    sealed.get(1..=KEY_ID).and_then(|id| id.try_into().ok()).ok_or(Error::Unreadable)
}
