//! How does a deed come to be: facts, decision, change and leaf, in one?
//!
//! Every operation reads the person's record, asks a rule, and commits the change together with its leaf, guarded by the
//! version of the record that it read. When something else came first, it begins again. A refusal is recorded as well. An
//! answer leaves only after its leaf is durable; if the process dies before that, nothing happened.

use std::collections::BTreeSet;
use std::sync::Arc;

use saqta_domain::rules::must_destroy::next_due;
use saqta_domain::rules::{Permit, Reason};
use saqta_domain::terms::actor::Actor;
use saqta_domain::terms::names::{AttributeName, Language, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::refusal::Refusal;
use saqta_domain::terms::subject::SubjectId;
use saqta_seal::keys::TagKey;
use saqta_store::destruction::{DestructionState, Shred};
use saqta_store::draft::{Changes, Draft};
use saqta_store::error::{Conflict, Error as StoreError};
use saqta_store::idempotency::remember_step;
use saqta_store::keyring::NewKey;
use saqta_store::ledger::trail_step;
use saqta_store::recall::Known;
use saqta_store::registry::not_stopped_step;
use saqta_store::vault::Record;
use saqta_store::writer::{Deed, Recorded, Step};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::ahead::ReadAhead;
use crate::error::{Error, Refused};
use crate::instance::{App, View};
use crate::leaf::Leaf;

/// Who asks, through what, and in which language they want their answer.
#[derive(Clone, Debug)]
pub struct Caller {
    /// Who.
    pub actor: Arc<Actor>,
    /// Through what.
    pub channel: Channel,
    /// In which language.
    pub language: Language,
    /// Set when the caller wants the same request, sent twice, to happen once.
    pub idempotency: Option<Idempotency>,
    /// What was read together with their key.
    pub ahead: ReadAhead,
}

/// Through what a deed was asked for (clause 8.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Channel {
    /// The HTTP interface.
    Api,
    /// A command on the server.
    Cli,
    /// An import of an existing base.
    Import,
    /// The system itself.
    Job,
    /// The pages of staff.
    Console,
    /// The pages for the people the data are about.
    Portal,
    /// Letters by e-mail.
    Mail,
}

impl Channel {
    /// The word in leaves.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Api => "api",
            Self::Cli => "cli",
            Self::Import => "import",
            Self::Job => "job",
            Self::Console => "console",
            Self::Portal => "portal",
            Self::Mail => "mail",
        }
    }
}

/// A request that is to happen once: SHA-256 of the caller's key for it, bound to who sent it, and of what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idempotency {
    /// Names the request.
    pub digest: [u8; 32],
    /// Tells whether it is the same one.
    pub body_digest: [u8; 32],
    /// How long it is remembered, in seconds, where that is not as long as for programs.
    pub kept: Option<i64>,
}

/// Where a deed stands in the ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Receipt {
    /// The log.
    pub log: i64,
    /// The index of the leaf in it.
    pub index: i64,
}

/// A deed that was done.
#[derive(Debug)]
pub struct Done<T> {
    /// Where it stands in the ledger: its first leaf.
    pub receipt: Receipt,
    /// What came of it.
    pub outcome: T,
}

/// Whom a request is about.
pub enum Who {
    /// Somebody known by the id this system gave.
    Subject(SubjectId),
    /// Somebody known by the value of a findable attribute.
    Identifier {
        /// Which attribute.
        attribute: AttributeName,
        /// The value as the caller wrote it.
        value: String,
    },
}

/// What one leaf will say.
pub(crate) struct Entry {
    pub operation: &'static str,
    pub purpose: Option<PurposeName>,
    pub attributes: BTreeSet<AttributeName>,
    pub reason: Option<Reason>,
    pub detail: Option<String>,
    /// Whether the deed holds only while its purpose is not stopped.
    pub needs_purpose: bool,
}

impl Entry {
    /// An entry for a deed under a permit.
    pub fn permitted<Op>(operation: Operation, permit: &Permit<Op>) -> Self {
        Self {
            operation: operation.as_str(),
            purpose: permit.purpose().cloned(),
            attributes: permit.attributes().clone(),
            reason: Some(permit.reason().clone()),
            detail: None,
            needs_purpose: matches!(
                operation,
                Operation::Collection
                    | Operation::Accumulation
                    | Operation::Systematisation
                    | Operation::Retrieval
                    | Operation::Use
            ),
        }
    }

    /// An entry for a deed that was refused: it names no attribute that nobody declared.
    pub fn refused(operation: Operation, refusal: &Refusal, view: &View) -> Self {
        let declared = |a: &&AttributeName| view.version.policy.attribute(a).is_some();
        Self {
            purpose: refusal.purpose.clone(),
            attributes: refusal.attributes.iter().filter(declared).cloned().collect(),
            ..Self::administrative(operation.as_str())
        }
    }

    /// An entry for an act of administration that touches no person.
    pub fn administrative(operation: &'static str) -> Self {
        Self {
            operation,
            purpose: None,
            attributes: BTreeSet::new(),
            reason: None,
            detail: None,
            needs_purpose: false,
        }
    }

    /// The same entry, for a deed that is tried again.
    pub fn again(&self) -> Self {
        Self {
            operation: self.operation,
            purpose: self.purpose.clone(),
            attributes: self.attributes.clone(),
            reason: self.reason.clone(),
            detail: self.detail.clone(),
            needs_purpose: self.needs_purpose,
        }
    }

    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}

/// Begins again as long as something else came first. A key that was taken is tried once more: two deeds may have made the
/// first record of one person in a compartment at the same time, and the second then finds it there.
macro_rules! settle {
    ($once:expr) => {{
        let mut tries = 0_u8;
        let mut taken = false;
        loop {
            match $once.await {
                Err(error) if $crate::act::is_stale(&error) => {
                    tries += 1;
                    if tries > 64 {
                        break Err($crate::error::Error::Busy);
                    }
                }
                Err(error) if $crate::act::is_taken(&error) && !taken => taken = true,
                settled => break settled,
            }
        }
    }};
}
pub(crate) use settle;

/// The same for a request that happens once however often it is sent: what it came to before, or what it comes to now.
macro_rules! once {
    ($app:ident, $caller:expr, $once:expr) => {{
        if let Some(done) = $app.before($caller).await? {
            return Ok(done);
        }
        match $crate::act::settle!($once) {
            Err(error) => $app.taken($caller, error).await,
            done => done,
        }
    }};
}
pub(crate) use once;

pub(crate) fn is_stale(error: &Error) -> bool {
    use saqta_store::error::Error as Store;
    matches!(error, Error::Store(Store::Conflict(Conflict::Stale) | Store::Retry))
}

pub(crate) fn is_taken(error: &Error) -> bool {
    matches!(error, Error::Store(saqta_store::error::Error::Conflict(Conflict::Taken)))
}

/// A draft with the entries of the deeds it holds.
pub(crate) struct Drafted<'v> {
    pub draft: Draft<'v>,
    pub entries: Vec<Entry>,
}

/// What is done in one deed with drafts of persons' records, such as that their request has come further.
#[derive(Default)]
pub(crate) struct Alongside<'a> {
    pub steps: Vec<Step>,
    pub entries: Vec<(Entry, Option<&'a TagKey>)>,
    /// Keys to be kept before the deed, and the epoch they are wrapped under.
    pub keys: Vec<NewKey>,
    pub epoch: Option<u32>,
}

impl From<Vec<Step>> for Alongside<'_> {
    fn from(steps: Vec<Step>) -> Self {
        Self { steps, ..Self::default() }
    }
}

/// What became of drafts that were committed.
pub(crate) struct Committed {
    pub receipt: Receipt,
    pub shreds: Vec<(Shred, Receipt)>,
}

impl App {
    /// The leaf of an entry, and the statement by which the leaves of the person or the case it is about are found again.
    pub(crate) fn leaf(
        &self,
        caller: &Caller,
        view: &View,
        entry: &Entry,
        refusal: Option<&Refusal>,
        tags: Option<&TagKey>,
        number: u32,
    ) -> Result<(Vec<u8>, Option<Step>), Error> {
        let salt = self.vault.draw_id()?;
        let policy = &view.version.policy;
        let reason = entry.reason.as_ref();
        let leaf = Leaf {
            format: 1,
            at: view.now.as_microsecond(),
            operation: entry.operation.to_owned(),
            permitted: refusal.is_none(),
            refusal: refusal.map(|r| r.code.as_str().to_owned()),
            rule: refusal.map(|r| r.rule).or(reason.map(|r| r.rule)).map(str::to_owned),
            clause: refusal.map(|r| &r.clause).or(reason.map(|r| &r.clause)).map(ToString::to_string),
            basis: reason.and_then(|r| r.basis).map(|b| b.as_str().to_owned()),
            law_knows: reason.filter(|r| r.basis.is_some()).map(|r| r.law_knows),
            purpose: entry.purpose.as_ref().map(ToString::to_string),
            attributes: entry.attributes.iter().map(|name| name.as_str().to_owned()).collect(),
            actor: caller.actor.label(),
            channel: caller.channel.as_str().to_owned(),
            policy_version: policy.version,
            policy_digest: policy.digest.iter().take(8).copied().collect(),
            law: format!("{}@{}", view.law.pack, view.law.edition),
            salt: salt.to_vec(),
            tag: tags.map(|tags| tags.tag(&salt).to_vec()).unwrap_or_default(),
            detail: entry.detail.clone(),
        };
        Ok((leaf.encode()?, tags.map(|tags| trail_step(&tags.trail_id(), number))))
    }

    /// Records a refusal and gives it as the error it is.
    pub(crate) async fn refuse(
        &self,
        caller: &Caller,
        view: &View,
        operation: Operation,
        refusal: Refusal,
        record: Option<&Record>,
    ) -> Error {
        let entry = Entry::refused(operation, &refusal, view);
        match self.leaf(caller, view, &entry, Some(&refusal), record.map(Record::tags), 0) {
            Ok((leaf, trail)) => match self.commit_leaf(Deed::new().steps(trail).record(leaf)).await {
                Ok(receipt) => Error::Refused(Box::new(Refused { refusal, receipt })),
                Err(error) => error,
            },
            Err(error) => error,
        }
    }

    /// The same for a look: a refusal is given on a record that was just read, never on one that was only remembered.
    pub(crate) async fn refuse_look(
        &self,
        caller: &Caller,
        view: &View,
        operation: Operation,
        refusal: Refusal,
        record: Option<&Known>,
    ) -> Error {
        if let Some(remembered) = record.filter(|record| record.is_remembered()) {
            self.vault.forget(remembered.pseudonym());
            return Error::Store(StoreError::Conflict(Conflict::Stale));
        }
        self.refuse(caller, view, operation, refusal, record.map(|known| &**known)).await
    }

    /// Records that something was looked at or used, as long as nothing has happened to the record since it was read.
    pub(crate) async fn record_look(
        &self,
        caller: &Caller,
        view: &View,
        entry: Entry,
        record: &Record,
    ) -> Result<Receipt, Error> {
        let (leaf, trail) = self.leaf(caller, view, &entry, None, Some(record.tags()), 0)?;
        let guard = entry.purpose.as_ref().filter(|_| entry.needs_purpose);
        let guard = guard.map(|p| not_stopped_step(p.as_str()));
        let deed = Deed::new().step(record.unchanged()).steps(guard).steps(trail).record(leaf);
        let committed = self.commit_leaf(deed).await;
        if committed.is_err() {
            // It may be that the record has changed; the next try reads it.
            self.vault.forget(record.pseudonym());
        }
        let receipt = committed?;
        if entry.operation == Operation::Retrieval.as_str() {
            self.count_persons(caller, view, 1);
        }
        Ok(receipt)
    }

    /// Records an act of administration together with its statements.
    pub(crate) async fn record_administration(
        &self,
        caller: &Caller,
        view: &View,
        entry: Entry,
        steps: Vec<Step>,
    ) -> Result<Receipt, Error> {
        self.record_together(caller, view, [entry], steps).await
    }

    /// The same for several acts that are one deed.
    pub(crate) async fn record_together<const N: usize>(
        &self,
        caller: &Caller,
        view: &View,
        entries: [Entry; N],
        steps: Vec<Step>,
    ) -> Result<Receipt, Error> {
        let leaves = entries.iter().map(|entry| self.leaf(caller, view, entry, None, None, 0));
        let mut leaves = leaves.collect::<Result<Vec<_>, _>>()?.into_iter().map(|(leaf, _)| leaf);
        let Some(first) = leaves.next() else { return Err(Error::Malformed("nothing_to_do")) };
        let deed = Deed::new().steps(steps).record(first);
        self.commit_leaf(leaves.fold(deed, Deed::<Recorded>::record)).await
    }

    pub(crate) async fn commit_leaf(&self, deed: Deed<Recorded>) -> Result<Receipt, Error> {
        let committed = self.vault.db().commit(deed).await?;
        Ok(Receipt { log: committed.log_id, index: committed.first_index })
    }

    /// Commits drafts of one deed: all of them with their leaves, or none.
    pub(crate) async fn commit<T: Serialize>(
        &self,
        caller: &Caller,
        view: &View,
        drafted: Vec<Drafted<'_>>,
        alongside: impl Into<Alongside<'_>>,
        outcome: &T,
    ) -> Result<Committed, Error> {
        let alongside = alongside.into();
        let situation = view.situation();
        let mut keys = alongside.keys;
        let mut epoch: Option<u32> = alongside.epoch;
        let mut steps = Vec::new();
        let mut leaves = Vec::new();
        let mut trails = Vec::new();
        let mut shreds = Vec::new();
        let mut touched = Vec::new();
        for Drafted { draft, entries } in drafted {
            touched.push(draft.record().pseudonym());
            let due = next_due(&situation, draft.standing());
            let mut of_this = Vec::new();
            for entry in &entries {
                let number = u32::try_from(leaves.len()).map_err(|_| Error::Malformed("too_many_parts"))?;
                let tags = Some(draft.record().tags());
                let (leaf, trail) = self.leaf(caller, view, entry, None, tags, number)?;
                leaves.push(leaf);
                of_this.extend(trail);
                if let Some(purpose) = &entry.purpose
                    && entry.needs_purpose
                {
                    steps.push(not_stopped_step(purpose.as_str()));
                }
            }
            let Changes { keys: new_keys, epoch: wrapped_under, steps: changed, shred, standing } =
                draft.finish(due, view.now).await?;
            // The oldest counts: a key wrapped before a turn may have come too late to be carried over.
            epoch = Some(epoch.map_or(wrapped_under, |e| e.min(wrapped_under)));
            keys.extend(new_keys);
            // Of a person of whom nothing is left, nothing is left to find the leaves by.
            if standing.is_some() {
                trails.extend(of_this);
            }
            steps.extend(changed);
            shreds.extend(shred);
        }
        for (entry, tags) in &alongside.entries {
            let number = u32::try_from(leaves.len()).map_err(|_| Error::Malformed("too_many_parts"))?;
            let (leaf, trail) = self.leaf(caller, view, entry, None, *tags, number)?;
            leaves.push(leaf);
            trails.extend(trail);
        }
        if let Some(idempotency) = &caller.idempotency {
            steps.push(self.remember(idempotency, view, outcome)?);
        }
        let mut leaves = leaves.into_iter();
        let Some(first) = leaves.next() else { return Err(Error::Malformed("nothing_to_do")) };
        let deed = Deed::new().steps(steps).steps(alongside.steps).steps(trails).record(first);
        let deed = leaves.fold(deed, Deed::<Recorded>::record);
        let committed = self.vault.commit(keys, epoch.unwrap_or_default(), deed).await;
        touched.into_iter().for_each(|pseudonym| self.vault.forget(pseudonym));
        let committed = committed?;
        let receipt = Receipt { log: committed.log_id, index: committed.first_index };
        let shreds = shreds.into_iter().map(|shred| (shred, receipt)).collect();
        Ok(Committed { receipt, shreds })
    }

    fn remember<T: Serialize>(
        &self,
        idempotency: &Idempotency,
        view: &View,
        outcome: &T,
    ) -> Result<Step, Error> {
        let bytes = serde_json::to_vec(outcome).map_err(|_| Error::Unreadable)?;
        let sealed = self.sealing()?.seal(&idempotency.digest, &bytes).map_err(store)?;
        let seconds = idempotency.kept.unwrap_or(self.limits.idempotency_seconds);
        let until = view.now.as_microsecond().saturating_add(seconds.saturating_mul(1_000_000));
        Ok(remember_step(&idempotency.digest, &idempotency.body_digest, sealed, until))
    }

    /// What the same request came to when it was sent before.
    pub(crate) async fn before<T: DeserializeOwned>(
        &self,
        caller: &Caller,
    ) -> Result<Option<Done<T>>, Error> {
        let Some(idempotency) = &caller.idempotency else { return Ok(None) };
        let known = match caller.ahead.take_answered(&idempotency.digest) {
            Some(known) => known,
            None => self.vault.db().remembered(&idempotency.digest).await?,
        };
        let Some(known) = known else { return Ok(None) };
        if known.body_digest != idempotency.body_digest {
            return Err(Error::IdempotencyConflict);
        }
        let bytes = self.sealing()?.open(&idempotency.digest, &known.outcome).map_err(store)?;
        let outcome = serde_json::from_slice(&bytes).map_err(|_| Error::Unreadable)?;
        Ok(Some(Done { receipt: Receipt { log: known.log_id, index: known.idx }, outcome }))
    }

    /// When a unique key was taken: the same request that was sent twice at once, or somebody who is known already.
    pub(crate) async fn taken<T: DeserializeOwned>(
        &self,
        caller: &Caller,
        error: Error,
    ) -> Result<Done<T>, Error> {
        if !is_taken(&error) {
            return Err(error);
        }
        match self.before(caller).await? {
            Some(done) => Ok(done),
            None => Err(Error::IdentifierTaken),
        }
    }

    fn sealing(&self) -> Result<saqta_seal::index::InstanceKey, Error> {
        self.vault.keyring().custody().derive_instance("idempotency").map_err(store)
    }

    /// Destroys the keys of what was erased by the deeds named, all at once, and records that, a leaf for each deed. A crash before
    /// the end is made good at the next start.
    pub(crate) async fn shred(&self, caller: &Caller, ended: &[(Shred, Receipt)]) -> Result<(), Error> {
        if ended.is_empty() {
            return Ok(());
        }
        self.shred_under(caller, self.view().await?, ended).await
    }

    /// The same under the view by which it was erased: the leaf names the version that was in force then.
    pub(crate) async fn shred_under(
        &self,
        caller: &Caller,
        view: View,
        ended: &[(Shred, Receipt)],
    ) -> Result<(), Error> {
        let view = View { now: self.now(), ..view };
        let deeds: BTreeSet<Receipt> = ended.iter().map(|(_, deed)| *deed).collect();
        let mut leaves = Vec::new();
        for erased in deeds {
            let entry = Entry::administrative(Operation::Destruction.as_str()).detail(format!(
                "{}/{} {}",
                erased.log,
                erased.index,
                DestructionState::KeyDestroyed.as_str()
            ));
            leaves.push(self.leaf(caller, &view, &entry, None, None, 0)?.0);
        }
        let mut leaves = leaves.into_iter();
        let Some(first) = leaves.next() else { return Ok(()) };
        let journal = self.vault.shred(ended.iter().map(|(shred, _)| shred), view.now).await?;
        let deed = leaves.fold(Deed::new().steps(journal).record(first), Deed::<Recorded>::record);
        self.commit_leaf(deed).await?;
        Ok(self.vault.db().reached("destruction:journalled")?)
    }
}

pub(crate) fn store(error: saqta_seal::error::Error) -> Error {
    Error::from(saqta_store::error::Error::from(error))
}
