//! How is the record of one person in one compartment found and read?
//!
//! One row holds the standing and the sealed values; the keys lie in the other place. Embedded, that is another file: between
//! reading the row and reading its key a destruction may change both; then the key is not there any more, and the row is read
//! again. On PostgreSQL row, newest event and keys are read in one snapshot and one round trip.

use saqta_domain::terms::kind::Plain;
use saqta_domain::terms::names::{AttributeName, CompartmentName};
use saqta_domain::terms::subject::{Pseudonym, SubjectId};
use saqta_seal::envelope;
use saqta_seal::keys::{KEY_ID, SubjectKeys};

use crate::ahead::{Ahead, Facts};
use crate::body::Values;
use crate::codec;
use crate::db::value::Row;
use crate::db::{Db, Place, Query};
use crate::error::{Conflict, Error};
use crate::keyring::key_rows_query;
use crate::vault::{Record, STANDING, Vault, bound, key_id, row_id};

const ROW: &str = "
select subject, compartment, version, standing, body
from vault
where subject = $1";

/// Which column of the row has the values.
const AT_BODY: usize = 4;

const OUTLINE: &str = "
select subject, compartment, version, standing
from vault
where subject = $1";

const VALUES: &str = "
select body
from vault
where subject = $1 and version = $2";

const LAST_EVENT: &str = "
select version
from history
where subject = $1
order by version desc
limit 1";

const FOUND: &str = "
select subject
from blind_index
where digest = $1";

impl Vault {
    /// The record of a person, if there is one in the compartment.
    pub async fn record(
        &self,
        compartment: &CompartmentName,
        id: SubjectId,
    ) -> Result<Option<Record>, Error> {
        self.record_ahead(compartment, id, None).await
    }

    /// The same, from what was read ahead, as far as that has it.
    pub async fn record_ahead(
        &self,
        compartment: &CompartmentName,
        id: SubjectId,
        ahead: Option<&Ahead>,
    ) -> Result<Option<Record>, Error> {
        let pseudonym = self.keyring.pseudonym(compartment, id)?;
        self.record_from(compartment, pseudonym, ahead).await
    }

    /// The record that lies under a pseudonym.
    pub async fn record_of(
        &self,
        compartment: &CompartmentName,
        pseudonym: Pseudonym,
    ) -> Result<Option<Record>, Error> {
        self.read(Reading::Whole, compartment, pseudonym, None).await
    }

    /// The record of a person without the values, which [`Vault::complete`] adds: many decisions need the standing alone. What was
    /// read ahead serves, and may have the values.
    pub async fn outline(
        &self,
        compartment: &CompartmentName,
        id: SubjectId,
        ahead: Option<&Ahead>,
    ) -> Result<Option<Record>, Error> {
        let pseudonym = self.keyring.pseudonym(compartment, id)?;
        self.read(Reading::Outline, compartment, pseudonym, ahead).await
    }

    /// The same for the record that lies under a pseudonym.
    pub async fn outline_of(
        &self,
        compartment: &CompartmentName,
        pseudonym: Pseudonym,
    ) -> Result<Option<Record>, Error> {
        self.read(Reading::Outline, compartment, pseudonym, None).await
    }

    /// Adds the values to an outline; a conflict, if something happened to the record since that was read.
    pub async fn complete(&self, mut record: Record) -> Result<Record, Error> {
        if !record.values.are_missing() {
            return Ok(record);
        }
        let params = vec![record.pseudonym.bytes().into(), i64::from(record.standing.version).into()];
        let mut rows = self.db.query(Place::Data, Query::new(VALUES, params)).await?;
        let Some(mut row) = rows.pop() else { return Err(Error::Conflict(Conflict::Stale)) };
        record.values = Values::sealed(row.take_bytes(0)?);
        Ok(record)
    }

    pub(crate) async fn record_from(
        &self,
        compartment: &CompartmentName,
        pseudonym: Pseudonym,
        ahead: Option<&Ahead>,
    ) -> Result<Option<Record>, Error> {
        self.read(Reading::Whole, compartment, pseudonym, ahead).await
    }

    async fn read(
        &self,
        reading: Reading,
        compartment: &CompartmentName,
        pseudonym: Pseudonym,
        ahead: Option<&Ahead>,
    ) -> Result<Option<Record>, Error> {
        let mut ahead = ahead.and_then(|ahead| ahead.facts(pseudonym));
        let mut last_key = None;
        loop {
            let read;
            let facts = match ahead.take() {
                Some(facts) => facts,
                None => {
                    read = self.facts(reading, pseudonym).await?;
                    &read
                }
            };
            let found = in_use(compartment, facts.row.as_ref(), facts.last_event.as_ref())?;
            let Some((row, key)) = found else { return Ok(None) };
            let keys = match &facts.keys {
                Some(rows) => self.keyring.keys_among(rows, compartment, pseudonym, &key)?,
                None => self.keyring.keys_for(&self.db, compartment, pseudonym, &key).await?,
            };
            if let Some(keys) = keys {
                return open(compartment, pseudonym, row, keys).map(Some);
            }
            // The key is gone: a destruction came between the two reads, and the row names another key now, or is gone too.
            if last_key.replace(key) == Some(key) {
                return Ok(None);
            }
        }
    }

    /// The records that lie under pseudonyms, in their order: the rows of all are read at once, and then the keys of all.
    pub async fn records_of(
        &self,
        compartment: &CompartmentName,
        pseudonyms: &[Pseudonym],
    ) -> Result<Vec<Option<Record>>, Error> {
        if pseudonyms.is_empty() {
            return Ok(Vec::new());
        }
        let queries: Vec<Query> =
            pseudonyms.iter().flat_map(|name| of_record(Reading::Whole, *name)).collect();
        let mut answers = self.db.read(Place::Data, &queries).await?.into_iter();
        let facts: Vec<Facts> = pseudonyms.iter().map(|_| Facts::without_keys(&mut answers)).collect();
        let mut rows = Vec::with_capacity(pseudonyms.len());
        for facts in &facts {
            rows.push(in_use(compartment, facts.row.as_ref(), facts.last_event.as_ref())?);
        }
        let there = pseudonyms.iter().zip(&rows);
        let named = there.filter_map(|(name, row)| row.as_ref().map(|(_, key)| (*name, *key))).collect();
        let mut keys = self.keyring.keys_for_all(&self.db, compartment, named).await?.into_iter();
        let mut records = Vec::with_capacity(pseudonyms.len());
        for (pseudonym, row) in pseudonyms.iter().zip(rows) {
            records.push(match row.map(|(row, _)| (row, keys.next().flatten())) {
                None => None,
                Some((row, Some(keys))) => Some(open(compartment, *pseudonym, row, keys)?),
                // A destruction came between the two reads.
                Some((_, None)) => self.record_of(compartment, *pseudonym).await?,
            });
        }
        Ok(records)
    }

    async fn facts(&self, reading: Reading, pseudonym: Pseudonym) -> Result<Facts, Error> {
        let answers = match &self.db {
            Db::Sqlite(_) => self.db.read(Place::Data, &of_record(reading, pseudonym)).await?,
            Db::Postgres(_) => self.db.read(Place::Data, &facts_queries(reading, pseudonym)).await?,
        };
        Ok(Facts::from_answers(&mut answers.into_iter()))
    }

    /// Who is known under a value of a findable attribute; the look into the index may have been read ahead.
    pub async fn find(
        &self,
        compartment: &CompartmentName,
        attribute: &AttributeName,
        value: &Plain,
        ahead: Option<&Ahead>,
    ) -> Result<Option<Record>, Error> {
        let digest = self.keyring.digest(compartment, attribute, value)?;
        let Some(pseudonym) = self.indexed(&digest, ahead).await? else { return Ok(None) };
        let Some(record) = self.record_of(compartment, pseudonym).await? else { return Ok(None) };
        if self.holds(&record, attribute, &digest)? { Ok(Some(record)) } else { Err(Error::Unreadable) }
    }

    /// Whose digest the index has.
    pub(crate) async fn indexed(
        &self,
        digest: &[u8; 32],
        ahead: Option<&Ahead>,
    ) -> Result<Option<Pseudonym>, Error> {
        if let Some(found) = ahead.and_then(|ahead| ahead.indexed(digest)) {
            return Ok(found);
        }
        indexed(&self.db.query(Place::Data, indexed_query(digest)).await?)
    }

    /// Whether the value that is held has that digest. The index is open to whoever can write to the database: the sealed value
    /// is believed, not the index.
    pub(crate) fn holds(
        &self,
        record: &Record,
        attribute: &AttributeName,
        digest: &[u8; 32],
    ) -> Result<bool, Error> {
        let Some(held) = record.value(attribute)? else { return Ok(false) };
        Ok(self.keyring.digest(&record.compartment, attribute, &held)? == *digest)
    }
}

/// How much of a row is read.
#[derive(Clone, Copy)]
pub(crate) enum Reading {
    /// All of it.
    Whole,
    /// All but the values.
    Outline,
}

/// What is read of a record before its keys.
fn of_record(reading: Reading, pseudonym: Pseudonym) -> [Query; 2] {
    let row = match reading {
        Reading::Whole => ROW,
        Reading::Outline => OUTLINE,
    };
    [row, LAST_EVENT].map(|sql| Query::new(sql, vec![pseudonym.bytes().into()]))
}

/// The row of a record that is in use, and which key opens it.
fn in_use<'r>(
    compartment: &CompartmentName,
    row: Option<&'r Row>,
    last_event: Option<&Row>,
) -> Result<Option<(&'r Row, [u8; KEY_ID])>, Error> {
    let Some(row) = row else { return Ok(None) };
    // Erased: what is still here is noise that waits for the sweep.
    if row.int(2)? < 0 {
        return Ok(None);
    }
    // An old row that somebody put back opens, because it was true once; its history knows better.
    if row.int(2)? != last_event.map_or(Ok(0), |event| event.int(0))? {
        return Err(Error::PutBack);
    }
    if row.text(1)? != compartment.as_str() {
        return Err(Error::Unreadable);
    }
    Ok(Some((row, key_id(row.bytes(3)?)?)))
}

/// Row, newest event and keys of a person.
pub(crate) fn facts_queries(reading: Reading, pseudonym: Pseudonym) -> [Query; 3] {
    let [row, event] = of_record(reading, pseudonym);
    [row, event, key_rows_query(pseudonym)]
}

pub(crate) fn indexed_query(digest: &[u8; 32]) -> Query {
    Query::new(FOUND, vec![digest.into()])
}

pub(crate) fn indexed(rows: &[Row]) -> Result<Option<Pseudonym>, Error> {
    rows.first().map(|row| row_id(row, 0).map(Pseudonym::new)).transpose()
}

/// Opens a row; its values stay sealed, or are not there.
fn open(
    compartment: &CompartmentName,
    pseudonym: Pseudonym,
    row: &Row,
    keys: SubjectKeys,
) -> Result<Record, Error> {
    let version = u32::try_from(row.int(2)?).map_err(|_| Error::Unreadable)?;
    let place = bound(&pseudonym, compartment, STANDING, version);
    let standing = codec::decode_standing(&envelope::open(&keys.data, &place, row.bytes(3)?)?)?;
    let values =
        if row.width() > AT_BODY { Values::sealed(row.bytes(AT_BODY)?.to_vec()) } else { Values::default() };
    let compartment = compartment.clone();
    Ok(Record { pseudonym, compartment, standing, values, keys, stored: true })
}
