//! What does a deed change in a person's record?
//!
//! A draft takes permits and gives statements. Each permit allows one kind of change to the record of one person; the
//! events it causes are folded into the standing and kept in the history; values are sealed before they come near a
//! statement. Nothing is written until the statements are committed together with a leaf.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;
use saqta_domain::rules::must_destroy::Ending;
use saqta_domain::rules::{
    Advance, Await, Collect, Destroy, Hold as HoldDeed, Link, Permit, Rectify, Restrict, Stop, TakeConsent,
    Withdraw,
};
use saqta_domain::terms::consent::Consent;
use saqta_domain::terms::event::StandingEvent;
use saqta_domain::terms::kind::Plain;
use saqta_domain::terms::names::{AttributeName, ChannelName};
use saqta_domain::terms::standing::{Hold, Restriction, Source, Standing};
use saqta_domain::terms::subject::{SubjectId, ThingId};
use saqta_seal::keys::SubjectKeys;

use crate::body::Body;
use crate::db::value::Value;
use crate::destruction::Shred;
use crate::error::Error;
use crate::keyring::NewKey;
use crate::remains;
use crate::vault::{Record, Vault};
use crate::writer::Step;

const ADD_ROW: &str = "
insert into vault (subject, compartment, version, due_at, standing, body)
values ($1, $2, $3, $4, $5, $6)";

const CHANGE_ROW: &str = "
update vault
set version = $3, due_at = $4, standing = $5, body = $6
where subject = $1 and version = $2";

// One small write, whatever the row holds: SQLite overwrites the one page on which a number changed that keeps its width. Every
// reader meets the version, and the guard of every other deed fails by it.
const ERASE: &str = "
update vault
set version = -version
where subject = $1 and version = $2 and version > 0";

const ADD_EVENTS: &str = "
insert into history (subject, version, event)
values ($1, $2, $3)";

const RESEAL_EVENTS: &str = "
update history
set event = $3
where subject = $1 and version = $2";

const INDEX: &str = "
insert into blind_index (digest, subject)
values ($1, $2)";

const UNINDEX: &str = "
delete from blind_index
where digest = $1 and subject = $2";

const KEEP_DIGEST: &str = "
insert into subject_digests (subject, attribute, digest)
values ($1, $2, $3)";

const FORGET_DIGEST: &str = "
delete from subject_digests
where subject = $1 and attribute = $2 and digest = $3";

/// A record being changed.
pub struct Draft<'v> {
    vault: &'v Vault,
    record: Record,
    /// The version the record had when it was read: every statement is guarded by it.
    read_version: u32,
    events: Vec<StandingEvent>,
    /// Which attributes are looked up by value.
    findable: &'v BTreeSet<AttributeName>,
    digests: Vec<Step>,
    /// Set once something was destroyed: what stays is sealed anew under these.
    rekeyed: Option<SubjectKeys>,
    released: Option<Record>,
    erased: BTreeSet<AttributeName>,
}

/// What must be written, in this order: new keys, the deed, and then the end of old keys.
#[derive(Debug)]
pub struct Changes {
    /// Keys to be kept before the deed.
    pub keys: Vec<NewKey>,
    /// The epoch they are wrapped under: it must still be the current one when the deed is committed.
    pub epoch: u32,
    /// Statements of the deed.
    pub steps: Vec<Step>,
    /// Whose keys must be destroyed after the deed, and which.
    pub shred: Option<Shred>,
    /// The standing after the deed; none, when nothing of the person is left in the compartment.
    pub standing: Option<Standing>,
}

impl<'v> Draft<'v> {
    /// Begins to change a record.
    pub fn new(vault: &'v Vault, record: Record, findable: &'v BTreeSet<AttributeName>) -> Self {
        let read_version = record.standing.version;
        Self {
            vault,
            record,
            read_version,
            events: Vec::new(),
            findable,
            digests: Vec::new(),
            rekeyed: None,
            released: None,
            erased: BTreeSet::new(),
        }
    }

    /// The standing with everything drafted so far.
    pub fn standing(&self) -> &Standing {
        &self.record.standing
    }

    /// Whether nothing of the person would be left in the compartment.
    pub fn is_over(&self, now: Timestamp) -> bool {
        is_over(&self.record.standing, now)
    }

    /// Whether any of the values differs from the one that is held.
    pub fn differs(&self, values: &[(AttributeName, Plain)]) -> Result<bool, Error> {
        for (attribute, value) in values {
            if let Some(held) = self.record.value(attribute)?
                && held.to_be_sealed() != value.to_be_sealed()
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The record as drafted so far.
    pub fn record(&self) -> &Record {
        &self.record
    }

    fn mine<Op>(&self, permit: &Permit<Op>) -> Result<(), Error> {
        if permit.subject() == self.record.standing.id { Ok(()) } else { Err(Error::NotPermitted) }
    }

    /// Whatever changes the row writes the values anew, and they are tied to the standing as it was read.
    fn push(&mut self, event: StandingEvent) -> Result<(), Error> {
        self.record.body()?;
        let standing = std::mem::replace(
            &mut self.record.standing,
            Standing::new(SubjectId::new([0; 16]), Timestamp::UNIX_EPOCH),
        );
        self.record.standing = standing.after(&event);
        self.events.push(event);
        Ok(())
    }

    /// Keeps collected values, with the ground that came with them.
    pub fn collect(
        &mut self,
        permit: Permit<Collect>,
        opening: Option<StandingEvent>,
        values: Vec<(AttributeName, Plain)>,
        source: Source,
        at: Timestamp,
    ) -> Result<(), Error> {
        self.mine(&permit)?;
        covered(permit.attributes(), &values)?;
        let Some(purpose) = permit.purpose() else { return Err(Error::NotPermitted) };
        if let Some(opening) = opening {
            self.push(opening)?;
        }
        let purpose = purpose.clone();
        self.push(StandingEvent::Collected { purpose, attributes: names(&values), source, at })?;
        values.into_iter().try_for_each(|(attribute, value)| self.put(&attribute, &value))
    }

    /// Records that a document was collected; its bytes are kept apart.
    pub fn collect_document(
        &mut self,
        permit: Permit<Collect>,
        opening: Option<StandingEvent>,
        source: Source,
        at: Timestamp,
    ) -> Result<(), Error> {
        self.mine(&permit)?;
        let Some(purpose) = permit.purpose().cloned() else { return Err(Error::NotPermitted) };
        if let Some(opening) = opening {
            self.push(opening)?;
        }
        self.push(StandingEvent::Collected { purpose, attributes: permit.attributes().clone(), source, at })?;
        Ok(())
    }

    /// Replaces values by right ones.
    pub fn rectify(
        &mut self,
        permit: Permit<Rectify>,
        values: Vec<(AttributeName, Plain)>,
        source: Source,
        at: Timestamp,
    ) -> Result<(), Error> {
        self.mine(&permit)?;
        covered(permit.attributes(), &values)?;
        self.push(StandingEvent::Rectified { attributes: names(&values), source, at })?;
        values.into_iter().try_for_each(|(attribute, value)| self.put(&attribute, &value))
    }

    /// Keeps corrections that wait for the end of a block.
    pub fn hold_back(
        &mut self,
        permit: Permit<Await>,
        values: Vec<(AttributeName, Plain)>,
        at: Timestamp,
    ) -> Result<(), Error> {
        self.mine(&permit)?;
        covered(permit.attributes(), &values)?;
        self.push(StandingEvent::RectificationAwaits { attributes: names(&values), at })?;
        for (attribute, value) in values {
            let version = self.next_version(&attribute);
            let sealed = self.record.seal_value(&self.record.keys.data, &attribute, version, &value)?;
            self.record.body_mut()?.waiting.insert(attribute, (version, sealed));
        }
        Ok(())
    }

    /// Records that values were confirmed to be right.
    pub fn confirm(&mut self, permit: Permit<Rectify>, at: Timestamp) -> Result<(), Error> {
        self.mine(&permit)?;
        self.push(StandingEvent::Confirmed { attributes: permit.attributes().clone(), at })?;
        Ok(())
    }

    /// Records the answer to a consent text.
    pub fn take_consent(&mut self, permit: Permit<TakeConsent>, consent: Consent) -> Result<(), Error> {
        self.mine(&permit)?;
        if permit.purpose() != Some(&consent.purpose) {
            return Err(Error::NotPermitted);
        }
        self.push(StandingEvent::ConsentAnswered(consent))?;
        Ok(())
    }

    /// Records a withdrawal, for one channel or all.
    pub fn withdraw(
        &mut self,
        permit: Permit<Withdraw>,
        channel: Option<ChannelName>,
        at: Timestamp,
    ) -> Result<(), Error> {
        self.mine(&permit)?;
        let Some(purpose) = permit.purpose().cloned() else { return Err(Error::NotPermitted) };
        self.push(StandingEvent::ConsentWithdrawn { purpose, channel, at })?;
        Ok(())
    }

    /// Opens and ends grounds as an event of the operator's business demands.
    pub fn advance(&mut self, permit: Permit<Advance>, changes: Vec<StandingEvent>) -> Result<(), Error> {
        self.mine(&permit)?;
        changes.into_iter().try_for_each(|change| self.push(change))
    }

    /// Blocks.
    pub fn restrict(&mut self, permit: Permit<Restrict>, restriction: Restriction) -> Result<(), Error> {
        self.mine(&permit)?;
        self.push(StandingEvent::Restricted(restriction))?;
        Ok(())
    }

    /// Lifts a block, and applies the corrections that waited for it, when no other block is left.
    pub fn unrestrict(&mut self, permit: Permit<Restrict>, id: ThingId, at: Timestamp) -> Result<(), Error> {
        self.mine(&permit)?;
        self.push(StandingEvent::Unrestricted { id, at })?;
        let blocked =
            self.record.standing.restrictions.iter().any(|r| r.until.is_none_or(|until| at < until));
        if blocked || self.record.standing.waiting.is_empty() {
            return Ok(());
        }
        let mut corrections = Vec::new();
        for (attribute, (version, sealed)) in std::mem::take(&mut self.record.body_mut()?.waiting) {
            let value = self.record.open_value(&attribute, version, &sealed)?;
            corrections.push((attribute, value));
        }
        self.push(StandingEvent::Rectified { attributes: names(&corrections), source: Source::Subject, at })?;
        corrections.into_iter().try_for_each(|(attribute, value)| self.put(&attribute, &value))
    }

    /// Places a hold.
    pub fn hold(&mut self, permit: Permit<HoldDeed>, hold: Hold) -> Result<(), Error> {
        self.mine(&permit)?;
        self.push(StandingEvent::HoldPlaced(hold))?;
        Ok(())
    }

    /// Lifts a hold.
    pub fn lift_hold(&mut self, permit: Permit<HoldDeed>, id: ThingId, at: Timestamp) -> Result<(), Error> {
        self.mine(&permit)?;
        self.push(StandingEvent::HoldLifted { id, at })?;
        Ok(())
    }

    /// Stops all processing.
    pub fn stop(&mut self, permit: Permit<Stop>, changes: Vec<StandingEvent>) -> Result<(), Error> {
        self.mine(&permit)?;
        changes.into_iter().try_for_each(|change| self.push(change))
    }

    /// Takes the values of another record of the same person into this one, as the permit to join them allows. Only what is
    /// not held here comes over; the other record is then given up by its owner.
    pub fn absorb(&mut self, permit: Permit<Link>, other: &Record, at: Timestamp) -> Result<(), Error> {
        if permit.subject() != other.standing.id || other.compartment != self.record.compartment {
            return Err(Error::NotPermitted);
        }
        let Some(purpose) = permit.purpose().cloned() else { return Err(Error::NotPermitted) };
        let mut values = Vec::new();
        for attribute in other.standing.held.keys() {
            if let Some(value) = other.value(attribute)?
                && !self.record.standing.held.contains_key(attribute)
            {
                values.push((attribute.clone(), value));
            }
        }
        self.push(StandingEvent::Linked { purpose: purpose.clone(), at })?;
        for ground in other.standing.grounds.iter().filter(|g| g.ended.is_none()) {
            self.push(StandingEvent::GroundOpened {
                purpose: ground.purpose.clone(),
                basis: ground.basis,
                reference: ground.reference.clone(),
                at: ground.since,
            })?;
        }
        for consent in &other.standing.consents {
            // What the customer answered counts more than what the visitor answered before being known.
            if self.record.standing.consent(&consent.purpose, consent.channel.as_ref()).is_none() {
                self.push(StandingEvent::ConsentAnswered(consent.clone()))?;
            }
        }
        self.push(StandingEvent::Collected {
            purpose,
            attributes: names(&values),
            source: Source::Other,
            at,
        })?;
        for (attribute, value) in values {
            let version = self.record.standing.held.get(&attribute).map_or(0, |h| h.version);
            let sealed = self.record.seal_value(&self.record.keys.data, &attribute, version, &value)?;
            self.record.body_mut()?.values.insert(attribute.clone(), (version, sealed));
            if self.findable.contains(&attribute) {
                // The digest is the same; it changes hands, and the other record gives it up first.
                let digest = self.vault.keyring.digest(&self.record.compartment, &attribute, &value)?;
                let mine: Value = self.record.pseudonym.bytes().into();
                self.digests.push(Step::one(INDEX, vec![digest.into(), mine.clone()]));
                self.digests
                    .push(Step::one(KEEP_DIGEST, vec![mine, attribute.as_str().into(), digest.into()]));
            }
        }
        Ok(())
    }

    /// Ends this record after another one of the same person took it over.
    pub fn give_up(&mut self, permit: Permit<Link>, ending: &Ending, at: Timestamp) -> Result<(), Error> {
        self.mine(&permit)?;
        self.end(ending, at)
    }

    /// Destroys what has come to its end. What stays is sealed anew, so that the old key can end as well.
    pub fn destroy(&mut self, permit: Permit<Destroy>, ending: &Ending, at: Timestamp) -> Result<(), Error> {
        self.mine(&permit)?;
        if !ending.destroy.is_subset(permit.attributes()) || !ending.release.is_subset(permit.attributes()) {
            return Err(Error::NotPermitted);
        }
        self.end(ending, at)
    }

    fn end(&mut self, ending: &Ending, at: Timestamp) -> Result<(), Error> {
        let attributes: BTreeSet<AttributeName> = ending.destroy.union(&ending.release).cloned().collect();
        if !ending.release.is_empty() {
            self.released = Some(self.release(ending, at)?);
        }
        if nothing_stays(&self.record.standing, &attributes) {
            // No value is opened, nor need it have been read.
            self.record.values = Body::default().into();
        } else {
            let body = self.record.body_mut()?;
            body.values.retain(|name, _| !attributes.contains(name));
            body.waiting.retain(|name, _| !attributes.contains(name));
        }
        self.erased.append(&mut attributes.clone());
        self.push(StandingEvent::Erased { attributes, purposes: ending.purposes.clone(), at })?;
        self.rekeyed = Some(self.record.keys.with_new_data_key()?);
        Ok(())
    }

    /// What is kept of values that lose their tie: a record of nobody, under a pseudonym that is derived from nothing.
    fn release(&self, ending: &Ending, at: Timestamp) -> Result<Record, Error> {
        let keys = SubjectKeys::generate()?;
        let nobody = SubjectId::new(keys.tag.trail_id());
        let mut record = Record { keys, ..self.vault.fresh(&self.record.compartment, nobody, at)? };
        for attribute in &ending.release {
            let Some(value) = self.record.value(attribute)? else { continue };
            let Some(held) = self.record.standing.held.get(attribute) else { continue };
            let mut held = held.clone();
            held.purposes = Arc::default();
            // The exact times would lead back to the leaves of the person.
            held.recorded_at = Timestamp::UNIX_EPOCH;
            held.confirmed_at = Timestamp::UNIX_EPOCH;
            let sealed = record.seal_value(&record.keys.data, attribute, held.version, &value)?;
            record.body_mut()?.values.insert(attribute.clone(), (held.version, sealed));
            record.standing.held.insert(attribute.clone(), held);
        }
        Ok(record)
    }

    fn next_version(&self, attribute: &AttributeName) -> u32 {
        self.record.standing.held.get(attribute).map_or(1, |h| h.version.saturating_add(1))
    }

    /// Seals a value whose event was already pushed, and keeps its digest in step.
    fn put(&mut self, attribute: &AttributeName, value: &Plain) -> Result<(), Error> {
        let version = self.record.standing.held.get(attribute).map_or(0, |h| h.version);
        if self.findable.contains(attribute) {
            let digest = self.vault.keyring.digest(&self.record.compartment, attribute, value)?;
            if self.old_digest(attribute)? != Some(digest) {
                self.unindex(attribute)?;
                let subject: Value = self.record.pseudonym.bytes().into();
                self.digests.push(Step::one(INDEX, vec![digest.into(), subject.clone()]));
                self.digests
                    .push(Step::one(KEEP_DIGEST, vec![subject, attribute.as_str().into(), digest.into()]));
            }
        }
        let sealed = self.record.seal_value(&self.record.keys.data, attribute, version, value)?;
        self.record.body_mut()?.values.insert(attribute.clone(), (version, sealed));
        self.record.body_mut()?.waiting.remove(attribute);
        Ok(())
    }

    /// The digest of the value that is sealed in the body now, whatever the drafted standing says of its version.
    fn old_digest(&self, attribute: &AttributeName) -> Result<Option<[u8; 32]>, Error> {
        let Some((version, sealed)) = self.record.body()?.values.get(attribute) else {
            return Ok(None);
        };
        let value = self.record.open_value(attribute, *version, sealed)?;
        self.vault.keyring.digest(&self.record.compartment, attribute, &value).map(Some)
    }

    fn unindex(&mut self, attribute: &AttributeName) -> Result<(), Error> {
        if !self.findable.contains(attribute) {
            return Ok(());
        }
        let Some(digest) = self.old_digest(attribute)? else { return Ok(()) };
        let subject: Value = self.record.pseudonym.bytes().into();
        self.digests.push(Step::any(UNINDEX, vec![digest.into(), subject.clone()]));
        self.digests.push(Step::any(FORGET_DIGEST, vec![subject, attribute.as_str().into(), digest.into()]));
        Ok(())
    }

    /// The statements that make it so. `due` is when the record must be looked at next, `now` is when the deed is done.
    pub async fn finish(self, due: Option<Timestamp>, now: Timestamp) -> Result<Changes, Error> {
        let Self { vault, mut record, read_version, events, digests, rekeyed, released, erased, .. } = self;
        let subject: Value = record.pseudonym.bytes().into();
        let guard: Value = i64::from(read_version).into();
        let epoch = vault.keyring.custody().current_epoch();
        let mut changes = Changes { keys: Vec::new(), epoch, steps: digests, shred: None, standing: None };
        if let Some(released) = released {
            let wrapped = vault.keyring.add_key(&released.compartment, released.pseudonym, &released.keys)?;
            changes.keys.push(wrapped);
            changes.steps.push(added(&released, None)?);
        }
        if let Some(fresh) = rekeyed {
            let over = is_over(&record.standing, now);
            let ends = |attribute: &str| over || erased.iter().any(|a| a.as_str() == attribute);
            // Every key that is there now: beside the data key one that a deed left which a crash cut short.
            let (digests, ended) = vault.ties_of(record.pseudonym).await?;
            changes.steps.extend(Vault::digests_ending(record.pseudonym, &digests, ends)?);
            let shred = Shred { subject: record.pseudonym, keys: ended };
            changes.steps.extend(shred.journal(epoch, now));
            changes.shred = Some(shred);
            if over {
                changes.steps.insert(0, Step::one(ERASE, vec![subject, guard]));
                changes.steps.push(remains::note(record.pseudonym, &record.trail()));
                return Ok(changes);
            }
            changes.steps.extend(vault.documents_rekeyed(&record, &fresh.data, ends).await?);
            for (version, events) in vault.deeds(&record).await? {
                let sealed = record.seal_events(&fresh.data, version, &events)?;
                let params = vec![subject.clone(), i64::from(version).into(), sealed.into()];
                changes.steps.push(Step::one(RESEAL_EVENTS, params));
            }
            reseal(&mut record, &fresh)?;
            record.keys = fresh;
        }
        if !record.stored || changes.shred.is_some() {
            changes.keys.push(vault.keyring.add_key(&record.compartment, record.pseudonym, &record.keys)?);
        }
        let due = due.map(coarse);
        // The row goes first: whoever else changed the person in the meantime is noticed before anything else is tried.
        let row = if record.stored {
            let standing = record.seal_standing(&record.keys.data, &record.standing)?;
            let body = record.seal_body(&record.keys.data)?;
            let version = i64::from(record.standing.version).into();
            Step::one(
                CHANGE_ROW,
                vec![subject.clone(), guard, version, due.into(), standing.into(), body.into()],
            )
        } else {
            added(&record, due)?
        };
        changes.steps.insert(0, row);
        if !events.is_empty() {
            let version = record.standing.version;
            let sealed = record.seal_events(&record.keys.data, version, &events)?;
            let params = vec![subject.clone(), i64::from(version).into(), sealed.into()];
            changes.steps.push(Step::one(ADD_EVENTS, params));
        }
        changes.standing = Some(record.standing);
        Ok(changes)
    }
}

impl Vault {
    /// The record with what its end needs: where values stay, or lose their tie, they are read; where all go, they are not.
    pub async fn with_what_stays(&self, record: Record, ending: &Ending) -> Result<Record, Error> {
        if ending.release.is_empty() && nothing_stays(&record.standing, &ending.destroy) {
            return Ok(record);
        }
        self.complete(record).await
    }
}

fn added(record: &Record, due: Option<i64>) -> Result<Step, Error> {
    let standing = record.seal_standing(&record.keys.data, &record.standing)?;
    let body = record.seal_body(&record.keys.data)?;
    Ok(Step::one(
        ADD_ROW,
        vec![
            record.pseudonym.bytes().into(),
            record.compartment.as_str().into(),
            i64::from(record.standing.version).into(),
            due.into(),
            standing.into(),
            body.into(),
        ],
    ))
}

/// Seals every value that stays under the fresh key.
fn reseal(record: &mut Record, fresh: &SubjectKeys) -> Result<(), Error> {
    let mut body = std::mem::take(record.body_mut()?);
    for (attribute, (version, sealed)) in body.values.iter_mut().chain(body.waiting.iter_mut()) {
        let value = record.open_value(attribute, *version, sealed)?;
        *sealed = record.seal_value(&fresh.data, attribute, *version, &value)?;
    }
    record.values = body.into();
    Ok(())
}

/// Whether no value of them stays when these end.
fn nothing_stays(standing: &Standing, ending: &BTreeSet<AttributeName>) -> bool {
    let held = standing.held.keys();
    // Mostly it is all of them, in the same order.
    (held.len() == ending.len() && held.clone().eq(ending) || held.clone().all(|name| ending.contains(name)))
        && standing.waiting.is_subset(ending)
}

/// Nothing is held, and nothing is known that anything could be decided by.
fn is_over(standing: &Standing, now: Timestamp) -> bool {
    standing.held.is_empty()
        && standing.grounds.is_empty()
        && standing.consents.is_empty()
        && standing.hold(now).is_none()
        && standing.restrictions.iter().all(|r| r.until.is_some_and(|until| until <= now))
}

fn names(values: &[(AttributeName, Plain)]) -> BTreeSet<AttributeName> {
    values.iter().map(|(name, _)| name.clone()).collect()
}

fn covered(permitted: &BTreeSet<AttributeName>, values: &[(AttributeName, Plain)]) -> Result<(), Error> {
    if values.iter().all(|(name, _)| permitted.contains(name)) { Ok(()) } else { Err(Error::NotPermitted) }
}

/// Rounded up to the full hour: an exact instant would tell which rows of two compartments came from one deed (clause 5.3).
pub(crate) fn coarse(at: Timestamp) -> i64 {
    const HOUR: i64 = 3_600_000_000;
    let micros = at.as_microsecond();
    micros.checked_add(HOUR - 1).map_or(micros, |m| m.div_euclid(HOUR).saturating_mul(HOUR))
}
