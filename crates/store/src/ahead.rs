//! What does a deed need to know before anything is decided, and how is all of it read in one round trip?
//!
//! On PostgreSQL: every statement whose parameters are known when a request arrives goes out at once, in one snapshot. Whoever
//! reads ahead decides nothing by that: what was read is given to the deed that would have asked for the same a moment later,
//! once, and a deed that begins again asks anew. Embedded there is no way to save, and nothing is read ahead.

use std::collections::BTreeMap;
use std::vec::IntoIter;

use saqta_domain::terms::kind::Plain;
use saqta_domain::terms::names::{AttributeName, CompartmentName};
use saqta_domain::terms::subject::{Pseudonym, SubjectId};

use crate::admission::{KeyRow, key_query, key_row};
use crate::db::Db;
use crate::db::value::Row;
use crate::error::Error;
use crate::idempotency::{Remembered, remembered, remembered_query};
use crate::policies::{Mark, stopped_and_marked, stops_and_mark_query};
use crate::reading::{Reading, facts_queries, indexed, indexed_query};
use crate::vault::Vault;

/// What is to be read beside the stopped purposes and the mark of the versions.
#[derive(Debug, Default)]
pub struct Wanted {
    key: Option<[u8; 32]>,
    answered: Option<[u8; 32]>,
    people: Vec<Pseudonym>,
    digests: Vec<[u8; 32]>,
}

impl Wanted {
    /// The key of this digest.
    pub fn key(&mut self, digest: [u8; 32]) {
        self.key = Some(digest);
    }

    /// What the call of this digest was answered.
    pub fn answered(&mut self, digest: [u8; 32]) {
        self.answered = Some(digest);
    }
}

/// What was read.
#[derive(Debug)]
pub struct Ahead {
    key: Option<KeyRow>,
    answered: Option<([u8; 32], Option<Remembered>)>,
    stops: BTreeMap<String, i64>,
    mark: Mark,
    people: Vec<(Pseudonym, Facts)>,
    found: Vec<([u8; 32], Option<Pseudonym>)>,
}

/// The rows of one person in one compartment, sealed as they lie there.
#[derive(Debug)]
pub(crate) struct Facts {
    pub(crate) row: Option<Row>,
    pub(crate) last_event: Option<Row>,
    // All keys of the person; nothing where they lie in another file and are read by name.
    pub(crate) keys: Option<Vec<Row>>,
}

impl Facts {
    /// From the answers to the statements about one person, in their order.
    pub(crate) fn from_answers(answers: &mut IntoIter<Vec<Row>>) -> Self {
        let facts = Self::without_keys(answers);
        Self { keys: answers.next(), ..facts }
    }

    /// The same where the keys are not asked for yet.
    pub(crate) fn without_keys(answers: &mut IntoIter<Vec<Row>>) -> Self {
        let mut newest = || answers.next().and_then(|mut rows| rows.pop());
        Self { row: newest(), last_event: newest(), keys: None }
    }
}

impl Ahead {
    /// The key that was asked for, revoked or not: the caller has to look at `revoked_at`.
    pub fn take_key(&mut self) -> Option<KeyRow> {
        self.key.take()
    }

    /// What the call of this digest was answered; nothing, where that was not asked, or was told before.
    pub fn take_answered(&mut self, digest: &[u8; 32]) -> Option<Option<Remembered>> {
        self.answered.take_if(|(asked, _)| asked == digest).map(|(_, answered)| answered)
    }

    /// The stopped purposes, each with the moment since when, and the mark of the published versions.
    pub fn take_stops(&mut self) -> (BTreeMap<String, i64>, Mark) {
        (std::mem::take(&mut self.stops), self.mark)
    }

    pub(crate) fn facts(&self, pseudonym: Pseudonym) -> Option<&Facts> {
        self.people.iter().find(|(of, _)| *of == pseudonym).map(|(_, facts)| facts)
    }

    /// Whose digest the index has, where that was asked.
    pub(crate) fn indexed(&self, digest: &[u8; 32]) -> Option<Option<Pseudonym>> {
        self.found.iter().find(|(asked, _)| asked == digest).map(|(_, found)| *found)
    }
}

impl Vault {
    /// Adds the record of a person in a compartment to what is wanted.
    pub fn want_person(
        &self,
        wanted: &mut Wanted,
        compartment: &CompartmentName,
        id: SubjectId,
    ) -> Result<(), Error> {
        let pseudonym = self.keyring.pseudonym(compartment, id)?;
        if !wanted.people.contains(&pseudonym) {
            wanted.people.push(pseudonym);
        }
        Ok(())
    }

    /// Adds who is known under a value. The person's record takes a second round trip, because the index lies elsewhere on a cluster.
    pub fn want_found(
        &self,
        wanted: &mut Wanted,
        compartment: &CompartmentName,
        attribute: &AttributeName,
        value: &Plain,
    ) -> Result<(), Error> {
        let digest = self.keyring.digest(compartment, attribute, value)?;
        if !wanted.digests.contains(&digest) {
            wanted.digests.push(digest);
        }
        Ok(())
    }

    /// Reads all of it in one round trip; nothing where the database is embedded.
    pub async fn ahead(&self, wanted: &Wanted) -> Result<Option<Ahead>, Error> {
        let Db::Postgres(db) = &self.db else { return Ok(None) };
        let mut common = vec![stops_and_mark_query()];
        common.extend(wanted.key.as_ref().map(key_query));
        common.extend(wanted.answered.as_ref().map(remembered_query));
        common.extend(wanted.digests.iter().map(indexed_query));
        let of_people = wanted.people.iter().flat_map(|of| facts_queries(Reading::Whole, *of)).collect();
        let (common, of_people) = db.read_beside(common, of_people).await?;
        let (mut common, mut of_people) = (common.into_iter(), of_people.into_iter());
        let (stops, mark) = stopped_and_marked(common.next().unwrap_or_default())?;
        let key = match wanted.key {
            Some(_) => key_row(common.next().unwrap_or_default())?,
            None => None,
        };
        let answered = match wanted.answered {
            Some(digest) => Some((digest, remembered(common.next().unwrap_or_default())?)),
            None => None,
        };
        let mut found = Vec::with_capacity(wanted.digests.len());
        for digest in &wanted.digests {
            found.push((*digest, indexed(&common.next().unwrap_or_default())?));
        }
        let people = wanted.people.iter().map(|of| (*of, Facts::from_answers(&mut of_people))).collect();
        Ok(Some(Ahead { key, answered, stops, mark, people, found }))
    }
}
