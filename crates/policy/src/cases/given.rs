//! What had happened before the question of a case was asked, and how did the person stand then?
//!
//! Everything given happens at the beginning of its day, the question is asked at noon. What an end or a demand to stop
//! changes is asked of the rules, as the server does. Every compartment has a standing of its own (clause 5.3).

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use saqta_domain::rules::Situation;
use saqta_domain::rules::may_advance::end;
use saqta_domain::rules::must_stop::must_stop;
use saqta_domain::terms::actor::Actor;
use saqta_domain::terms::consent::{Consent, ConsentState};
use saqta_domain::terms::event::StandingEvent;
use saqta_domain::terms::names::{AttributeName, ChannelName, CompartmentName, Language, PurposeName};
use saqta_domain::terms::policy::Policy;
use saqta_domain::terms::standing::{
    EndCause, Hold, Restriction, RestrictionReason, RestrictionScope, Source, Standing, Stop,
};
use saqta_domain::terms::subject::{SubjectId, ThingId};

use super::ask::Asker;
use crate::fault::Fault;

/// What a case gives, in the order in which it is told.
#[derive(Clone, Debug)]
pub(crate) struct Given {
    /// The day of the question.
    pub(crate) day: Date,
    pub(crate) happened: Vec<Happening>,
    /// Purposes stopped for everybody (clause 7.10).
    pub(crate) stopped: BTreeSet<PurposeName>,
}

/// One thing that happened, and when.
#[derive(Clone, Debug)]
pub(crate) struct Happening {
    pub(crate) on: Date,
    pub(crate) what: What,
}

/// Things that happen to a person's data.
#[derive(Clone, Debug)]
pub(crate) enum What {
    Opened { purpose: PurposeName, reference: String },
    Ended { purpose: PurposeName, reference: String },
    Consented { purpose: PurposeName, channel: Option<ChannelName>, older: bool },
    SaidNo { purpose: PurposeName, channel: Option<ChannelName> },
    Withdrew { purpose: PurposeName, channel: Option<ChannelName> },
    Collected { purpose: PurposeName, attributes: BTreeSet<AttributeName> },
    Blocked { scope: RestrictionScope, until: Option<Date> },
    Held { ground: String, until: Option<Date> },
    StopDemanded,
}

impl What {
    /// The purpose it belongs to; without one it touches every record there is.
    fn purpose(&self) -> Option<&PurposeName> {
        match self {
            Self::Opened { purpose, .. }
            | Self::Ended { purpose, .. }
            | Self::Consented { purpose, .. }
            | Self::SaidNo { purpose, .. }
            | Self::Withdrew { purpose, .. }
            | Self::Collected { purpose, .. } => Some(purpose),
            Self::Blocked { scope: RestrictionScope::Purpose(purpose), .. } => Some(purpose),
            Self::Blocked { .. } | Self::Held { .. } | Self::StopDemanded => None,
        }
    }
}

/// The records of the one person of a case, and what is stopped for everybody.
pub(super) struct Facts {
    standings: BTreeMap<CompartmentName, Standing>,
    pub(super) stops: BTreeMap<PurposeName, Stop>,
}

impl Facts {
    /// How the person stands where the purpose looks; nothing, where nothing is held.
    pub(super) fn standing(&self, policy: &Policy, purpose: &PurposeName) -> Option<&Standing> {
        self.standings.get(&policy.purpose(purpose)?.compartment)
    }

    /// The same for a deed that begins a record.
    pub(super) fn standing_or_new(&self, policy: &Policy, purpose: &PurposeName, at: Timestamp) -> Standing {
        self.standing(policy, purpose).cloned().unwrap_or_else(|| nobody(at))
    }
}

/// Somebody of whom nothing is known yet.
pub(super) fn nobody(at: Timestamp) -> Standing {
    Standing::new(SubjectId::new([7; 16]), at)
}

impl Given {
    /// Tells everything that happened, in order. Without a record of its own, `asked` is the compartment that a block, a
    /// hold or a demand to stop begins one in.
    pub(super) fn facts(&self, asker: &Asker<'_>, asked: Option<&CompartmentName>) -> Result<Facts, Fault> {
        let mut happened: Vec<&Happening> = self.happened.iter().collect();
        happened.sort_by_key(|h| h.on);
        let own = |h: &&Happening| h.what.purpose().and_then(|p| asker.policy.purpose(p));
        let mut compartments: BTreeSet<&CompartmentName> =
            happened.iter().filter_map(own).map(|p| &p.compartment).collect();
        if compartments.is_empty() && !happened.is_empty() {
            compartments.extend(asked);
        }
        let mut standings = BTreeMap::new();
        for compartment in compartments {
            let mut standing = None;
            for happening in &happened {
                let elsewhere = own(happening).is_some_and(|p| &p.compartment != compartment);
                if !elsewhere {
                    let at = asker.midnight(happening.on);
                    let before = standing.unwrap_or_else(|| nobody(at));
                    let events = events(asker, &happening.what, &before, at)?;
                    standing = Some(events.iter().fold(before, Standing::after));
                }
            }
            if let Some(standing) = standing {
                standings.insert(compartment.clone(), standing);
            }
        }
        let at = asker.midnight(self.day);
        let stops = self.stopped.iter().map(|p| (p.clone(), Stop { at })).collect();
        Ok(Facts { standings, stops })
    }
}

/// What the server would record of it.
fn events(
    asker: &Asker<'_>,
    what: &What,
    standing: &Standing,
    at: Timestamp,
) -> Result<Vec<StandingEvent>, Fault> {
    let law = asker.law(at)?;
    let situation = Situation { policy: asker.policy, law: &law, stops: &BTreeMap::new(), now: at };
    let until = |day: &Option<Date>| day.map(|day| asker.midnight(day.tomorrow().unwrap_or(day)));
    let id = ThingId::new([u8::try_from(standing.version % 251).unwrap_or_default(); 16]);
    let one = |event| Ok(vec![event]);
    match what {
        What::Opened { purpose, reference } => {
            let Some(basis) = asker.policy.purpose(purpose).and_then(|p| p.basis.kind()) else {
                return Ok(Vec::new());
            };
            let (purpose, reference) = (purpose.clone(), reference.clone());
            one(StandingEvent::GroundOpened { purpose, basis, reference, at })
        }
        What::Ended { purpose, reference } => {
            let Some(declared) = asker.policy.purpose(purpose) else { return Ok(Vec::new()) };
            let ended = end(&situation, declared, EndCause::PurposeReached);
            let (purpose, reference) = (purpose.clone(), reference.clone());
            one(StandingEvent::GroundEnded { purpose, reference, ended })
        }
        What::Consented { purpose, channel, older } => {
            let term = asker.policy.purpose(purpose).and_then(|p| p.consent.as_ref()).map(|t| t.term);
            let until = term.map_or(at, |term| law.calendar.end_of_term(at, term));
            let answer = answer(asker.policy, purpose, channel.as_ref(), *older);
            one(StandingEvent::ConsentAnswered(Consent {
                state: ConsentState::Given { at, until },
                ..answer
            }))
        }
        What::SaidNo { purpose, channel } => {
            let answer = answer(asker.policy, purpose, channel.as_ref(), false);
            one(StandingEvent::ConsentAnswered(Consent { state: ConsentState::Refused { at }, ..answer }))
        }
        What::Withdrew { purpose, channel } => {
            let (purpose, channel) = (purpose.clone(), channel.clone());
            one(StandingEvent::ConsentWithdrawn { purpose, channel, at })
        }
        What::Collected { purpose, attributes } => {
            let (purpose, attributes) = (purpose.clone(), attributes.clone());
            one(StandingEvent::Collected { purpose, attributes, source: Source::Subject, at })
        }
        What::Blocked { scope, until: last } => one(StandingEvent::Restricted(Restriction {
            id,
            scope: scope.clone(),
            reason: RestrictionReason::Inaccurate,
            since: at,
            until: until(last),
        })),
        What::Held { ground, until: last } => {
            let ground = ground.clone();
            one(StandingEvent::HoldPlaced(Hold { id, ground, since: at, until: until(last) }))
        }
        What::StopDemanded => {
            // The person may always demand it; were it refused, nothing would have changed.
            let stopped = must_stop(&situation, &Actor::Subject, standing);
            Ok(stopped.map(|(_, changes)| changes).unwrap_or_default())
        }
    }
}

/// An answer to the wording of the policy, or to one that it does not publish any more.
pub(super) fn answer(
    policy: &Policy,
    purpose: &PurposeName,
    channel: Option<&ChannelName>,
    older: bool,
) -> Consent {
    let published = policy.purpose(purpose).and_then(|p| p.consent.as_ref()).map(|terms| terms.digests);
    let [_, russian, _] = published.unwrap_or_default();
    Consent {
        purpose: purpose.clone(),
        channel: channel.cloned(),
        policy_version: if older { policy.version.saturating_sub(1) } else { policy.version },
        text_digest: if older { [0; 32] } else { russian },
        language: Language::Russian,
        evidence: "cases.toml".to_owned(),
        by: Default::default(),
        state: ConsentState::Refused { at: Timestamp::UNIX_EPOCH },
    }
}
