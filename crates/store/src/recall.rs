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

use crate::ahead::Ahead;
use crate::db::Db;
use crate::error::Error;
use crate::vault::{Record, Vault};

/// How much memory remembered records take, about.
const ROOM: u64 = 32 * 1024 * 1024;

/// What a record takes beside its values: names, times, keys made ready.
const FRAME: u64 = 2048;

/// How many values, grounds and consents stand within that frame.
const FRAMED: usize = 8;

/// What each further one takes beside its sealed value and its words.
const PIECE: u64 = 512;

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
        let standing = record.standing();
        let pieces = standing.held.len() + standing.grounds.len() + standing.consents.len();
        let further = u64::try_from(pieces.saturating_sub(FRAMED)).unwrap_or(u64::MAX);
        let words: usize = standing.grounds.iter().map(|ground| ground.reference.len()).sum();
        FRAME
            .saturating_add(record.values.weight())
            .saturating_add(further.saturating_mul(PIECE))
            .saturating_add(u64::try_from(words).unwrap_or(u64::MAX))
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
    /// The record of a person for a look, from what was read ahead, as far as that has it.
    pub async fn recall(
        &self,
        compartment: &CompartmentName,
        id: SubjectId,
        ahead: Option<&Ahead>,
    ) -> Result<Option<Known>, Error> {
        let pseudonym = self.keyring.pseudonym(compartment, id)?;
        if !matches!(self.db, Db::Sqlite(_)) {
            return Ok(self.record_from(compartment, pseudonym, ahead).await?.map(Known::from));
        }
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
        self.db.reached("recall:read")?;
        self.remembered.remember(&known.record, count);
        Ok(Some(known))
    }

    /// The records that lie under pseudonyms, for a look at each, in their order; what is not remembered is read at once.
    pub async fn recall_all(
        &self,
        compartment: &CompartmentName,
        pseudonyms: &[Pseudonym],
    ) -> Result<Vec<Option<Known>>, Error> {
        let alone = matches!(self.db, Db::Sqlite(_));
        let remembered = |pseudonym: &Pseudonym| {
            let record = self.remembered.records.get(pseudonym).filter(|_| alone)?;
            (record.compartment() == compartment).then_some(Known { record, remembered: true })
        };
        let mut known: Vec<Option<Known>> = pseudonyms.iter().map(remembered).collect();
        let missing = pseudonyms.iter().zip(&known).filter(|(_, known)| known.is_none());
        let missing: Vec<Pseudonym> = missing.map(|(pseudonym, _)| *pseudonym).collect();
        let counts: Vec<u64> = missing.iter().map(|pseudonym| self.remembered.count(*pseudonym)).collect();
        let read = self.records_of(compartment, &missing).await?;
        let places = known.iter_mut().filter(|known| known.is_none());
        for ((place, record), count) in places.zip(read).zip(counts) {
            let Some(record) = record.map(Known::from) else { continue };
            if alone {
                self.remembered.remember(&record.record, count);
            }
            *place = Some(record);
        }
        Ok(known)
    }

    /// Who is known under a value of a findable attribute, for a look.
    pub async fn recall_by(
        &self,
        compartment: &CompartmentName,
        attribute: &AttributeName,
        value: &Plain,
        ahead: Option<&Ahead>,
    ) -> Result<Option<Known>, Error> {
        let digest = self.keyring.digest(compartment, attribute, value)?;
        let Some(pseudonym) = self.indexed(&digest, ahead).await? else { return Ok(None) };
        let Some(known) = self.recall_of(compartment, pseudonym).await? else { return Ok(None) };
        if self.holds(&known, attribute, &digest)? {
            return Ok(Some(known));
        }
        self.forget(pseudonym);
        if known.remembered {
            Ok(self.find(compartment, attribute, value, None).await?.map(Known::from))
        } else {
            Err(Error::Unreadable)
        }
    }

    /// Whether anything of a person lies opened in memory, for a test that nothing does.
    pub fn is_remembered(&self, pseudonym: Pseudonym) -> bool {
        self.remembered.records.peek(&pseudonym).is_some()
    }

    /// Drops what is remembered of a person, whose keys are wiped with it.
    pub fn forget(&self, pseudonym: Pseudonym) {
        self.remembered.forget(pseudonym);
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use saqta_domain::terms::basis::BasisKind;
    use saqta_domain::terms::names::PurposeName;
    use saqta_domain::terms::standing::{Ground, Standing};
    use saqta_seal::keys::SubjectKeys;

    use super::*;
    use crate::body::Body;

    fn customer(orders: usize) -> Arc<Record> {
        let mut standing = Standing::new(SubjectId::new([7; 16]), Timestamp::UNIX_EPOCH);
        let order = |number: usize| Ground {
            purpose: PurposeName::new("order").unwrap(),
            basis: BasisKind::Contract,
            reference: format!("order number {number}"),
            since: Timestamp::UNIX_EPOCH,
            ended: None,
        };
        standing.grounds = (0..orders).map(order).collect();
        Arc::new(Record {
            pseudonym: Pseudonym::new([9; 16]),
            compartment: CompartmentName::new("trade").unwrap(),
            standing,
            values: Body::default().into(),
            keys: SubjectKeys::generate().unwrap(),
            stored: true,
        })
    }

    #[test]
    fn a_customer_of_many_orders_takes_the_room_of_many_orders() {
        let room = |orders| Weight.weight(&Pseudonym::new([9; 16]), &customer(orders));
        let one_more = size_of::<Ground>() as u64;
        assert!(room(10_000) > 10_000 * one_more, "{} bytes for all of them", room(10_000));
        assert!(room(1) < 2 * FRAME, "most people have few");
    }
}
