//! Which records were opened lately, so that looking at them again costs no reading?
//!
//! What is remembered decides nothing alone. Every look is committed under the guard that the row still has the version that was
//! seen, so a record that has changed meanwhile is noticed inside the commit, forgotten and read again; a refusal is given only
//! on a record that was just read. A change and a destruction forget the record, and its keys are wiped from memory.
//!
//! Only the process that holds an embedded database remembers: of several processes, one would keep in memory what another one
//! destroys.

use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use quick_cache::Weighter;
use quick_cache::sync::Cache;
use saqta_domain::terms::kind::Plain;
use saqta_domain::terms::names::{AttributeName, CompartmentName};
use saqta_domain::terms::subject::{Pseudonym, SubjectId};

use crate::db::Db;
use crate::error::Error;
use crate::vault::{Record, Vault};

/// How much memory remembered records take, about.
const ROOM: u64 = 32 * 1024 * 1024;

/// What a record takes beside its values: names, times, keys made ready.
const FRAME: u64 = 2048;

/// Counters of forgetting: a record that was read before its counter moved is not remembered.
const COUNTERS: usize = 256;

/// A record for a look: remembered, or just read.
#[derive(Debug, Clone)]
pub struct Known {
    record: Arc<Record>,
    remembered: bool,
}

impl Known {
    /// Whether it was read for an earlier look: then it may say yes, and nothing else.
    pub fn is_remembered(&self) -> bool {
        self.remembered
    }
}

impl From<Record> for Known {
    fn from(record: Record) -> Self {
        Self { record: Arc::new(record), remembered: false }
    }
}

impl Deref for Known {
    type Target = Record;

    fn deref(&self) -> &Record {
        &self.record
    }
}

/// The records that are remembered.
pub(crate) struct Remembered {
    records: Cache<Pseudonym, Arc<Record>, Weight>,
    forgotten: Vec<AtomicU64>,
}

#[derive(Clone)]
struct Weight;

impl Weighter<Pseudonym, Arc<Record>> for Weight {
    fn weight(&self, _: &Pseudonym, record: &Arc<Record>) -> u64 {
        FRAME.saturating_add(record.values.weight())
    }
}

impl Remembered {
    pub(crate) fn new() -> Self {
        let about = usize::try_from(ROOM / FRAME).unwrap_or(1024);
        Self {
            records: Cache::with_weighter(about, ROOM, Weight),
            forgotten: (0..COUNTERS).map(|_| AtomicU64::new(0)).collect(),
        }
    }

    fn counter(&self, pseudonym: Pseudonym) -> Option<&AtomicU64> {
        self.forgotten.get(usize::from(*pseudonym.bytes().first()?))
    }

    fn count(&self, pseudonym: Pseudonym) -> u64 {
        self.counter(pseudonym).map_or(0, |counter| counter.load(Ordering::SeqCst))
    }

    /// Remembers what was read when the counter stood at `count`; if anything of that counter was forgotten since, it is not.
    fn remember(&self, record: &Arc<Record>, count: u64) {
        let pseudonym = record.pseudonym();
        self.records.insert(pseudonym, Arc::clone(record));
        if self.count(pseudonym) != count {
            self.records.remove(&pseudonym);
        }
    }

    pub(crate) fn forget(&self, pseudonym: Pseudonym) {
        if let Some(counter) = self.counter(pseudonym) {
            counter.fetch_add(1, Ordering::SeqCst);
        }
        self.records.remove(&pseudonym);
    }
}

impl Vault {
    /// The record of a person for a look.
    pub async fn recall(&self, compartment: &CompartmentName, id: SubjectId) -> Result<Option<Known>, Error> {
        let pseudonym = self.keyring.pseudonym(compartment, id)?;
        self.recall_of(compartment, pseudonym).await
    }

    /// The record that lies under a pseudonym, for a look.
    pub async fn recall_of(
        &self,
        compartment: &CompartmentName,
        pseudonym: Pseudonym,
    ) -> Result<Option<Known>, Error> {
        if !matches!(self.db, Db::Sqlite(_)) {
            return Ok(self.record_of(compartment, pseudonym).await?.map(Known::from));
        }
        if let Some(record) = self.remembered.records.get(&pseudonym)
            && record.compartment() == compartment
        {
            return Ok(Some(Known { record, remembered: true }));
        }
        let count = self.remembered.count(pseudonym);
        let Some(record) = self.record_of(compartment, pseudonym).await? else { return Ok(None) };
        let known = Known::from(record);
        self.remembered.remember(&known.record, count);
        Ok(Some(known))
    }

    /// Who is known under a value of a findable attribute, for a look.
    pub async fn recall_by(
        &self,
        compartment: &CompartmentName,
        attribute: &AttributeName,
        value: &Plain,
    ) -> Result<Option<Known>, Error> {
        let digest = self.keyring.digest(compartment, attribute, value)?;
        let Some(pseudonym) = self.indexed(&digest).await? else { return Ok(None) };
        let Some(known) = self.recall_of(compartment, pseudonym).await? else { return Ok(None) };
        if self.holds(&known, attribute, &digest)? {
            return Ok(Some(known));
        }
        self.forget(pseudonym);
        if known.remembered {
            Ok(self.find(compartment, attribute, value).await?.map(Known::from))
        } else {
            Err(Error::Unreadable)
        }
    }

    /// Drops what is remembered of a person, whose keys are wiped with it.
    pub fn forget(&self, pseudonym: Pseudonym) {
        self.remembered.forget(pseudonym);
    }
}
