//! May this be done, must that be done: one file for each question, the answer in words on top of it.
//!
//! A rule sees a [`Situation`] and the person's standing, and gives a [`Permit`] or a refusal. No rule gives a permit when
//! something is unknown.

use std::collections::{BTreeMap, BTreeSet};
use std::marker::PhantomData;

use jiff::Timestamp;

use crate::terms::actor::Actor;
use crate::terms::basis::BasisKind;
use crate::terms::law::LawEdition;
use crate::terms::names::{AttributeName, Clause, PurposeName, RecipientName};
use crate::terms::policy::Policy;
use crate::terms::purpose::Purpose;
use crate::terms::refusal::{Refusal, RefusalCode};
use crate::terms::standing;
use crate::terms::subject::SubjectId;

pub mod basis_stands;
pub mod consent_holds;
pub mod may_act;
pub mod may_advance;
pub mod may_certify;
pub mod may_collect;
pub mod may_copy;
pub mod may_destroy;
pub mod may_disclose;
pub mod may_hold;
pub mod may_inspect;
pub mod may_link;
pub mod may_list;
pub mod may_move;
pub mod may_read;
pub mod may_rectify;
pub mod may_repurpose;
pub mod may_restrict;
pub mod may_take_consent;
pub mod may_withdraw;
pub mod must_answer;
pub mod must_destroy;
pub mod must_forget;
pub mod must_identify;
pub mod must_stop;
#[cfg(test)]
pub(crate) mod samples;

/// What every rule looks at besides the person: policy, law, purposes that are stopped, and the time.
#[derive(Clone, Copy, Debug)]
pub struct Situation<'a> {
    /// The policy in force.
    pub policy: &'a Policy,
    /// The law in force.
    pub law: &'a LawEdition,
    /// Purposes for which all processing is stopped (clause 7.10).
    pub stops: &'a BTreeMap<PurposeName, standing::Stop>,
    /// The instant the question is asked for.
    pub now: Timestamp,
}

/// Who wants to do something, and for what.
#[derive(Clone, Copy, Debug)]
pub struct Ask<'a> {
    /// Who.
    pub actor: &'a Actor,
    /// For what.
    pub purpose: &'a PurposeName,
    /// With which attributes.
    pub attributes: &'a BTreeSet<AttributeName>,
}

/// Why something was permitted: what a leaf says so that anybody can ask later.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// The rule that said yes: the name of its file.
    pub rule: &'static str,
    /// The clause of the policy.
    pub clause: Clause,
    /// The ground it stands on, where there is one.
    pub basis: Option<BasisKind>,
    /// Whether the law in force knows that ground. A no is a finding, and a refusal under a strict policy.
    pub law_knows: bool,
}

/// A yes. Only the rules of this crate can make one, for one kind of deed, and it is spent by doing the deed.
///
/// It proves that the rule ran, not that the facts it was shown were true: whoever does the deed loads them in the same
/// transaction.
#[derive(Debug)]
#[must_use]
pub struct Permit<Op> {
    subject: SubjectId,
    purpose: Option<PurposeName>,
    attributes: BTreeSet<AttributeName>,
    recipient: Option<RecipientName>,
    reason: Reason,
    deed: PhantomData<Op>,
}

impl<Op> Permit<Op> {
    fn new(
        subject: SubjectId,
        purpose: Option<&PurposeName>,
        attributes: BTreeSet<AttributeName>,
        reason: Reason,
    ) -> Self {
        Self { subject, purpose: purpose.cloned(), attributes, recipient: None, reason, deed: PhantomData }
    }

    fn for_recipient(mut self, recipient: &RecipientName) -> Self {
        self.recipient = Some(recipient.clone());
        self
    }

    /// About whom.
    pub fn subject(&self) -> SubjectId {
        self.subject
    }

    /// For what, where a purpose was named.
    pub fn purpose(&self) -> Option<&PurposeName> {
        self.purpose.as_ref()
    }

    /// With which attributes: nothing else may be touched.
    pub fn attributes(&self) -> &BTreeSet<AttributeName> {
        &self.attributes
    }

    /// To whom, where values are provided: nobody else may get them.
    pub fn recipient(&self) -> Option<&RecipientName> {
        self.recipient.as_ref()
    }

    /// Why.
    pub fn reason(&self) -> &Reason {
        &self.reason
    }
}

macro_rules! deeds {
    ($($(#[$doc:meta])* $Deed:ident),+ $(,)?) => { $($(#[$doc])* #[derive(Debug)] pub enum $Deed {})+ };
}

deeds! {
    /// To collect and keep values.
    Collect,
    /// To take values out of the store.
    Read,
    /// To tell what is known of a person, without a value.
    Inspect,
    /// To act upon data without handing them out.
    Use,
    /// To provide values to a recipient.
    Disclose,
    /// To replace values, or confirm them.
    Rectify,
    /// To accept a correction that waits for the end of a block.
    Await,
    /// To block, or to lift a block.
    Restrict,
    /// To record the answer to a consent text.
    TakeConsent,
    /// To record a withdrawal.
    Withdraw,
    /// To open or end grounds because of an event.
    Advance,
    /// To place or lift a hold.
    Hold,
    /// To stop all processing.
    Stop,
    /// To destroy.
    Destroy,
    /// To join two records of one person.
    Link,
}

/// The purpose of that name, or the refusal of clause 5.2.
fn declared<'a>(
    rule: &'static str,
    situation: &Situation<'a>,
    name: &PurposeName,
) -> Result<&'a Purpose, Refusal> {
    situation.policy.purpose(name).ok_or_else(|| Refusal::new(rule, RefusalCode::PurposeUnknown, "5.2"))
}

/// Refuses attributes that the policy does not know, and those that the purpose has no use for (clauses 5.4, 5.5).
fn needed(
    rule: &'static str,
    situation: &Situation<'_>,
    purpose: &Purpose,
    attributes: &BTreeSet<AttributeName>,
) -> Result<(), Refusal> {
    let unknown: Vec<_> = attributes.iter().filter(|a| situation.policy.attribute(a).is_none()).collect();
    if !unknown.is_empty() {
        return Err(Refusal::new(rule, RefusalCode::AttributeUnknown, "5.5")
            .purpose(&purpose.name)
            .attributes(unknown));
    }
    let excess: Vec<_> = attributes.iter().filter(|a| !purpose.uses(a)).collect();
    if !excess.is_empty() {
        return Err(Refusal::new(rule, RefusalCode::AttributeNotNeeded, "5.5")
            .purpose(&purpose.name)
            .attributes(excess));
    }
    Ok(())
}

/// Refuses what is stopped for everybody (clause 7.10).
fn not_stopped(rule: &'static str, situation: &Situation<'_>, purpose: &Purpose) -> Result<(), Refusal> {
    if situation.stops.contains_key(&purpose.name) {
        return Err(Refusal::new(rule, RefusalCode::PurposeStopped, "7.10").purpose(&purpose.name));
    }
    Ok(())
}
