//! Collect values of a person for declared purposes, with the consents and grounds that come with them (clauses 3.1, 4.1,
//! 5.1, 5.5, 6, 8.1).
//!
//! One request may speak for several purposes, as a checkout does: an order, a delivery, a tick for advertising. Each purpose is
//! decided for itself, and all of them happen or none does.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use saqta_domain::rules::Ask;
use saqta_domain::rules::may_act::may_act;
use saqta_domain::rules::may_advance::opening;
use saqta_domain::rules::may_collect::may_collect;
use saqta_domain::rules::may_take_consent::may_take_consent;
use saqta_domain::terms::age::{BIRTH_DATE, age_on};
use saqta_domain::terms::consent::{Consent, ConsentState, GivenBy};
use saqta_domain::terms::kind::Plain;
use saqta_domain::terms::names::{AttributeName, ChannelName, CompartmentName, Language, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::refusal::Refusal;
use saqta_domain::terms::standing::Source;
use saqta_domain::terms::subject::SubjectId;
use saqta_store::draft::Draft;
use serde::{Deserialize, Serialize};

use crate::act::{Caller, Done, Drafted, Entry, Who, once};
use crate::error::Error;
use crate::instance::{App, View};

/// What is collected, and of whom.
pub struct Collect {
    /// The person, if this system knows them already.
    pub subject: Option<Who>,
    /// Purpose by purpose.
    pub parts: Vec<Part>,
}

/// What is collected for one purpose.
pub struct Part {
    /// For what.
    pub purpose: PurposeName,
    /// The evidence of the ground, such as an order's number; empty where consent is the ground.
    pub reference: String,
    /// Who supplied the values.
    pub source: Source,
    /// The values as they came.
    pub values: Vec<(AttributeName, String)>,
    /// Answers to the purpose's consent text.
    pub answers: Vec<Answer>,
}

/// An answer to a consent text.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Through which channel it speaks, where the policy asks per channel.
    pub channel: Option<ChannelName>,
    /// Yes or no.
    pub given: bool,
    /// SHA-256 of the text that was shown.
    pub text_digest: [u8; 32],
    /// In which language it was shown.
    pub language: Language,
    /// Where the proof lies.
    pub evidence: String,
    /// Who gave it.
    pub by: GivenBy,
    /// When it was given, if that was before this request: an existing base brings consents of earlier days, and their terms
    /// began then.
    pub given_at: Option<Timestamp>,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Collected {
    /// The person's id in this system, in hexadecimal.
    pub subject: String,
    /// Whether the person was new.
    pub new: bool,
}

/// Why a request came to nothing before anything was written.
pub(crate) enum Declined {
    /// The gate said no.
    Refused(Operation, Box<Refusal>),
    /// It could not be carried out.
    Failed(Error),
}

impl From<Error> for Declined {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl From<saqta_store::error::Error> for Declined {
    fn from(error: saqta_store::error::Error) -> Self {
        Self::Failed(error.into())
    }
}

impl App {
    /// Collects, or refuses as a whole.
    pub async fn collect(&self, caller: &Caller, request: &Collect) -> Result<Done<Collected>, Error> {
        once!(self, caller, self.collect_once(caller, request))
    }

    async fn collect_once(&self, caller: &Caller, request: &Collect) -> Result<Done<Collected>, Error> {
        let view = self.view_for(caller).await?;
        let (drafts, outcome) = match self.draft_collect(caller, &view, request).await {
            Ok(drafted) => drafted,
            Err(Declined::Refused(operation, refusal)) => {
                return Err(self.refuse(caller, &view, operation, *refusal, None).await);
            }
            Err(Declined::Failed(error)) => return Err(error),
        };
        let committed = self.commit(caller, &view, drafts, Vec::new(), &outcome).await?;
        Ok(Done { receipt: committed.receipt, outcome })
    }

    /// What collecting would come to. Nothing is written, a refusal neither.
    pub(crate) async fn plan_collect(
        &self,
        caller: &Caller,
        request: &Collect,
    ) -> Result<Collected, Declined> {
        let view = self.view_for(caller).await?;
        self.draft_collect(caller, &view, request).await.map(|(_, outcome)| outcome)
    }

    async fn draft_collect<'v>(
        &'v self,
        caller: &Caller,
        view: &'v View,
        request: &Collect,
    ) -> Result<(Vec<Drafted<'v>>, Collected), Declined> {
        if request.parts.is_empty() {
            return Err(Error::Malformed("nothing_to_collect").into());
        }
        let (subject, new) = self.identified(view, request).await?;
        let born = born(view, request);
        let mut drafts: BTreeMap<CompartmentName, Drafted<'_>> = BTreeMap::new();
        for part in &request.parts {
            let Some(purpose) = view.version.policy.purpose(&part.purpose) else {
                return Err(refused_unknown(caller, view, &part.purpose));
            };
            let compartment = &purpose.compartment;
            if !drafts.contains_key(compartment) {
                // An id that was drawn a moment ago is nobody's.
                let known = if new {
                    None
                } else {
                    self.vault.record_ahead(compartment, subject, view.ahead()).await?
                };
                let record = match known {
                    Some(record) => record,
                    None => self.vault.fresh(compartment, subject, view.now)?,
                };
                let draft = Draft::new(&self.vault, record, &view.version.findable);
                drafts.insert(compartment.clone(), Drafted { draft, entries: Vec::new() });
            }
            let Some(drafted) = drafts.get_mut(compartment) else { return Err(Error::Unreadable.into()) };
            self.collect_part(caller, view, drafted, part, born)?;
        }
        let outcome = Collected { subject: subject.to_string(), new };
        Ok((drafts.into_values().filter(|d| !d.entries.is_empty()).collect(), outcome))
    }

    /// Who the request is about: named, found by an identifier that it names, or new.
    async fn identified(&self, view: &View, request: &Collect) -> Result<(SubjectId, bool), Error> {
        let who = match &request.subject {
            None => return Ok((SubjectId::new(self.vault.draw_id()?), true)),
            Some(Who::Subject(id)) => return Ok((*id, false)),
            Some(who @ Who::Identifier { .. }) => who,
        };
        let Some(Who::Identifier { attribute, .. }) = &request.subject else { return Err(Error::Unreadable) };
        let mut recognising = Vec::new();
        for part in &request.parts {
            if view.version.policy.purpose(&part.purpose).is_some_and(|purpose| purpose.uses(attribute)) {
                recognising.push(&part.purpose);
            }
        }
        if recognising.is_empty() {
            return Err(Error::Malformed("attribute_not_of_purpose"));
        }
        for purpose in recognising {
            if let Some(record) = self.facts(view, purpose, who).await? {
                return Ok((record.standing().id, false));
            }
        }
        Ok((SubjectId::new(self.vault.draw_id()?), true))
    }

    fn collect_part(
        &self,
        caller: &Caller,
        view: &View,
        drafted: &mut Drafted<'_>,
        part: &Part,
        born: Option<Date>,
    ) -> Result<(), Declined> {
        let situation = view.situation();
        let draft = &mut drafted.draft;
        let born = match part.answers.iter().any(|answer| answer.given) {
            true => [born, draft.record().birth_date()?].into_iter().flatten().max(),
            false => None,
        };
        let today = view.now.to_zoned(view.law.calendar.zone.clone()).date();
        let age = born.map(|born| age_on(born, today));
        let mut entry: Option<Entry> = None;
        for answer in &part.answers {
            let consent = consent(view, &part.purpose, answer);
            match may_take_consent(&situation, &caller.actor, draft.standing(), &consent, age) {
                Ok(permit) => {
                    let verb = if answer.given { "consent_given" } else { "consent_refused" };
                    let given = Entry::permitted(Operation::Recording, &permit).detail(verb);
                    entry.get_or_insert(Entry { needs_purpose: answer.given, ..given });
                    draft.take_consent(permit, consent)?;
                }
                Err(refusal) => return Err(Declined::Refused(Operation::Recording, Box::new(refusal))),
            }
        }
        let attributes: BTreeSet<AttributeName> = part.values.iter().map(|(name, _)| name.clone()).collect();
        if attributes.len() != part.values.len() {
            return Err(Error::Malformed("attribute_twice").into());
        }
        if attributes.is_empty() && entry.is_some() {
            drafted.entries.extend(entry);
            return Ok(());
        }
        let opening = opening(&situation, draft.standing(), &part.purpose, part.reference.trim());
        let proposed = match &opening {
            Some(event) => draft.standing().clone().after(event),
            None => draft.standing().clone(),
        };
        let ask = Ask { actor: &caller.actor, purpose: &part.purpose, attributes: &attributes };
        match may_collect(&situation, &ask, &proposed) {
            Ok(permit) => {
                let values: Vec<(AttributeName, Plain)> = self.normalise(view, &part.values)?;
                // Putting another value in place of the one that is held is more than collecting.
                if draft.differs(&values)?
                    && let Err(refusal) =
                        may_act(&situation, &caller.actor, &part.purpose, Operation::Rectification)
                {
                    return Err(Declined::Refused(Operation::Rectification, Box::new(refusal)));
                }
                let known = attributes.iter().any(|a| draft.standing().held.contains_key(a));
                let adds = may_act(&situation, &caller.actor, &part.purpose, Operation::Accumulation).is_ok();
                let operation = if known && adds { Operation::Accumulation } else { Operation::Collection };
                let mut collected = Entry::permitted(operation, &permit);
                collected.detail = entry.and_then(|e| e.detail);
                draft.collect(permit, opening, values, part.source, view.now)?;
                drafted.entries.push(collected);
                Ok(())
            }
            Err(refusal) => Err(Declined::Refused(Operation::Collection, Box::new(refusal))),
        }
    }
}

fn refused_unknown(caller: &Caller, view: &View, purpose: &PurposeName) -> Declined {
    match may_act(&view.situation(), &caller.actor, purpose, Operation::Collection) {
        Err(refusal) => Declined::Refused(Operation::Collection, Box::new(refusal)),
        // The gate knows the purpose although the policy does not: that cannot be, so nothing is done.
        Ok(_) => Error::Unreadable.into(),
    }
}

/// The date of birth that comes with the request. One that is malformed is refused with the values.
fn born(view: &View, request: &Collect) -> Option<Date> {
    let values = request.parts.iter().flat_map(|part| &part.values);
    let dates = values.filter(|(name, _)| name.as_str() == BIRTH_DATE).filter_map(|(name, value)| {
        let plain = view.version.policy.attribute(name)?.kind.normalise(value).ok()?;
        std::str::from_utf8(plain.to_be_sealed()).ok()?.parse().ok()
    });
    dates.max()
}

fn consent(view: &View, purpose: &PurposeName, answer: &Answer) -> Consent {
    let term = view.version.policy.purpose(purpose).and_then(|p| p.consent.as_ref()).map(|c| c.term);
    let at = answer.given_at.map_or(view.now, |given_at| given_at.min(view.now));
    let until = term.map_or(at, |term| view.law.calendar.end_of_term(at, term));
    let state = if answer.given { ConsentState::Given { at, until } } else { ConsentState::Refused { at } };
    Consent {
        purpose: purpose.clone(),
        channel: answer.channel.clone(),
        policy_version: view.version.policy.version,
        text_digest: answer.text_digest,
        language: answer.language,
        evidence: answer.evidence.clone(),
        by: answer.by,
        state,
    }
}
