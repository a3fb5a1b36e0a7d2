//! May somebody be told how a person stands with a purpose, without any value (clauses 3.2, 5.2, 7.1, 8.1)?
//!
//! The caller is admitted to retrieve for the purpose; then the person may know, and whoever answers them, what is held for it,
//! on which consents and grounds, until when, and whether it may be used now. No ground has to be open for that, and neither a
//! withdrawal, a block nor a stop stands in the way: they are what is asked about. Only what concerns this purpose is told: a
//! person of whom nothing was collected for it or for one compatible with it, and nothing was agreed or opened, is nobody here.
//! Numbers of orders, contracts and acts are not told, nor the words of a hold.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::basis_stands::term_end;
use super::may_act::may_act;
use super::may_read::decide;
use super::may_repurpose::may_repurpose;
use super::must_destroy::{Life, held_back, kept_until, life};
use super::{Ask, Inspect, Permit, Reason, Situation};
use crate::terms::actor::Actor;
use crate::terms::basis::BasisKind;
use crate::terms::consent::{Consent, ConsentState};
use crate::terms::names::{AttributeName, ChannelName, Clause, Language, PurposeName};
use crate::terms::operation::Operation;
use crate::terms::purpose::{Keep, Purpose};
use crate::terms::refusal::{Refusal, RefusalCode};
use crate::terms::standing::{Restriction, RestrictionScope, Source, Standing, Stop};
use crate::terms::subject::ThingId;

const RULE: &str = "may_inspect";

/// A permit to tell what is known, and that itself. The permit names the attributes that are told of.
pub fn may_inspect(
    situation: &Situation<'_>,
    actor: &Actor,
    purpose: &PurposeName,
    standing: Option<&Standing>,
) -> Result<(Permit<Inspect>, Known), Refusal> {
    let declared = may_act(situation, actor, purpose, Operation::Retrieval)?;
    let nobody = || Refusal::new(RULE, RefusalCode::NoRecord, "5.3").purpose(purpose);
    let standing = standing.ok_or_else(nobody)?;
    let held = values(situation, declared, standing);
    let agreed = standing.consents.iter().any(|c| &c.purpose == purpose);
    let opened = standing.grounds.iter().any(|g| &g.purpose == purpose);
    if held.is_empty() && !agreed && !opened {
        return Err(nobody());
    }
    // Blocks of single values are told value by value.
    let nothing = Default::default();
    let ask = Ask { actor, purpose, attributes: &nothing };
    let now = decide(situation, &ask, Some(standing), None, Operation::Retrieval);
    let reason = Reason { rule: RULE, clause: Clause::fixed("3.2"), basis: None, law_knows: true };
    let permit = Permit::new(standing.id, Some(purpose), held.keys().cloned().collect(), reason);
    let known = Known {
        held,
        consents: consents(situation, declared, standing),
        grounds: grounds(situation, declared, standing),
        restrictions: restrictions(situation, declared, standing),
        holds: holds(situation, standing),
        stop: standing.stop,
        life: life(situation, declared, standing),
        kept_until: kept_until(situation, declared, standing),
        keep: declared.keep.clone(),
        held_back: held_back(situation, standing),
        now: now.map(|(_, _, reason)| reason),
    };
    Ok((permit, known))
}

/// How one person stands with one purpose at an instant. No value is in it, and nothing of another purpose.
#[derive(Clone, Debug)]
pub struct Known {
    /// What is held that the purpose uses, collected for it or for one compatible with it; documents are named like values.
    pub held: BTreeMap<AttributeName, KnownValue>,
    /// The answers to its consent text that still matter, one for each channel.
    pub consents: Vec<KnownConsent>,
    /// The other grounds that are open.
    pub grounds: Vec<KnownGround>,
    /// The blocks in force that touch it; of those on values only the values it uses are named (clause 2.2).
    pub restrictions: Vec<Restriction>,
    /// The holds in force: they stop the destruction of everything in the compartment (clause 5.7).
    pub holds: Vec<KnownHold>,
    /// Set when the person demanded an end to all processing (clause 7.10).
    pub stop: Option<Stop>,
    /// How far along the purpose is.
    pub life: Life,
    /// The end of keeping as things stand now; none, when something of it has no end in sight or nothing ever began.
    pub kept_until: Option<Timestamp>,
    /// The term that is counted after its end, and why.
    pub keep: Option<Keep>,
    /// Whether a block or a hold keeps everything as it is, past that end too.
    pub held_back: bool,
    /// Whether values that are not blocked may be taken out for it now, and why, or why not.
    pub now: Result<Reason, Refusal>,
}

/// A value that is held, or documents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownValue {
    /// When this value was recorded.
    pub recorded_at: Timestamp,
    /// When it was last confirmed to be right (clause 5.6).
    pub confirmed_at: Timestamp,
    /// Who supplied it.
    pub source: Source,
    /// Grows with each new value.
    pub version: u32,
    /// Whether a block in force touches it (clause 2.2).
    pub blocked: bool,
    /// Whether a correction of it waits for the end of a block.
    pub waiting: bool,
}

/// An answer to a consent text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownConsent {
    /// For which channel, where the policy asks per channel.
    pub channel: Option<ChannelName>,
    /// What has become of it.
    pub state: KnownConsentState,
    /// When the person said yes, or no.
    pub answered_at: Timestamp,
    /// The end of its term; none, when it is over because of what the person said.
    pub until: Option<Timestamp>,
    /// When it was taken back.
    pub withdrawn_at: Option<Timestamp>,
    /// The policy version whose text was shown.
    pub policy_version: u32,
    /// SHA-256 of the text shown.
    pub text_digest: [u8; 32],
    /// The language it was shown in.
    pub language: Language,
}

/// What has become of a consent, at the instant of the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KnownConsentState {
    /// It covers what is done today.
    InForce,
    /// It was given, and its time has not come.
    NotYet,
    /// It was given to a policy that has widened since, and covers nothing (clause 11.2).
    Outgrown,
    /// Its term is over.
    Expired,
    /// The person took it back.
    Withdrawn,
    /// The person said no.
    Refused,
}

impl KnownConsentState {
    /// The word used in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InForce => "in_force",
            Self::NotYet => "not_yet",
            Self::Outgrown => "outgrown",
            Self::Expired => "expired",
            Self::Withdrawn => "withdrawn",
            Self::Refused => "refused",
        }
    }
}

/// An open ground other than consent, without its evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownGround {
    /// Which kind it is.
    pub basis: BasisKind,
    /// Since when.
    pub since: Timestamp,
}

/// A hold, without what it rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownHold {
    /// Names it when it is lifted.
    pub id: ThingId,
    /// Since when.
    pub since: Timestamp,
    /// Its end, if one was set.
    pub until: Option<Timestamp>,
}

fn values(
    situation: &Situation<'_>,
    purpose: &Purpose,
    standing: &Standing,
) -> BTreeMap<AttributeName, KnownValue> {
    let used = standing.held.iter().filter(|(attribute, _)| {
        purpose.uses(attribute) && may_repurpose(situation, purpose, standing, attribute).is_ok()
    });
    let known = used.map(|(attribute, held)| {
        let value = KnownValue {
            recorded_at: held.recorded_at,
            confirmed_at: held.confirmed_at,
            source: held.source,
            version: held.version,
            blocked: standing.restriction_on(&purpose.name, [attribute], situation.now).is_some(),
            waiting: standing.waiting.contains(attribute),
        };
        (attribute.clone(), value)
    });
    known.collect()
}

fn consents(situation: &Situation<'_>, purpose: &Purpose, standing: &Standing) -> Vec<KnownConsent> {
    let outgrown = |c: &Consent| purpose.consent.as_ref().is_some_and(|t| c.policy_version < t.covered_since);
    let known = |consent: &Consent| {
        let (state, answered_at, until, withdrawn_at) = match consent.state {
            ConsentState::Refused { at } => (KnownConsentState::Refused, at, None, None),
            ConsentState::Withdrawn { given_at, at } => {
                (KnownConsentState::Withdrawn, given_at, None, Some(at))
            }
            ConsentState::Given { at, until } => {
                let state = match () {
                    () if until <= situation.now => KnownConsentState::Expired,
                    () if situation.now < at => KnownConsentState::NotYet,
                    () if outgrown(consent) => KnownConsentState::Outgrown,
                    () => KnownConsentState::InForce,
                };
                (state, at, Some(until), None)
            }
        };
        KnownConsent {
            channel: consent.channel.clone(),
            state,
            answered_at,
            until,
            withdrawn_at,
            policy_version: consent.policy_version,
            text_digest: consent.text_digest,
            language: consent.language,
        }
    };
    standing.consents.iter().filter(|c| c.purpose == purpose.name).map(known).collect()
}

fn grounds(situation: &Situation<'_>, purpose: &Purpose, standing: &Standing) -> Vec<KnownGround> {
    let open = standing.grounds.iter().filter(|g| {
        g.purpose == purpose.name
            && g.ended.is_none()
            && term_end(situation, purpose, g).is_none_or(|end| situation.now < end)
    });
    open.map(|g| KnownGround { basis: g.basis, since: g.since }).collect()
}

fn restrictions(situation: &Situation<'_>, purpose: &Purpose, standing: &Standing) -> Vec<Restriction> {
    let in_force = standing.restrictions.iter().filter(|r| r.until.is_none_or(|until| situation.now < until));
    let touching = in_force.filter_map(|restriction| {
        let scope = match &restriction.scope {
            RestrictionScope::Everything => RestrictionScope::Everything,
            RestrictionScope::Purpose(blocked) if blocked != &purpose.name => return None,
            RestrictionScope::Purpose(blocked) => RestrictionScope::Purpose(blocked.clone()),
            RestrictionScope::Attributes(blocked) => {
                let used: std::collections::BTreeSet<_> =
                    blocked.iter().filter(|a| purpose.uses(a)).cloned().collect();
                if used.is_empty() {
                    return None;
                }
                RestrictionScope::Attributes(used)
            }
        };
        Some(Restriction { scope, ..restriction.clone() })
    });
    touching.collect()
}

fn holds(situation: &Situation<'_>, standing: &Standing) -> Vec<KnownHold> {
    let in_force = standing.holds.iter().filter(|h| h.until.is_none_or(|until| situation.now < until));
    in_force.map(|h| KnownHold { id: h.id, since: h.since, until: h.until }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::samples::{Case, clerk, day};
    use crate::terms::event::StandingEvent;
    use crate::terms::standing::{EndCause, RestrictionReason};

    fn ordered(case: &Case) -> Standing {
        case.person()
            .after(&Case::opens("order", BasisKind::Contract, "A-1", day(-2)))
            .after(&Case::collects("order", &["full_name", "phone"], day(-2)))
    }

    fn known(case: &Case, standing: &Standing, purpose: &str) -> Result<Known, RefusalCode> {
        let everybody = Actor::System("test");
        let answer = may_inspect(&case.situation(), &everybody, &Case::purpose(purpose), Some(standing));
        answer.map(|(_, known)| known).map_err(|r| r.code)
    }

    fn refused(known: &Known) -> Option<RefusalCode> {
        known.now.as_ref().err().map(|r| r.code)
    }

    #[test]
    fn what_is_told_is_what_the_purpose_uses_and_the_permit_names_it() {
        let case = Case::new();
        let standing = ordered(&case).after(&Case::collects("service_book", &["car_plate"], day(-1)));
        let (permit, known) =
            may_inspect(&case.situation(), &clerk(), &Case::purpose("delivery"), Some(&standing)).unwrap();
        assert_eq!(permit.attributes(), &Case::attributes(&["phone"]));
        assert_eq!((permit.reason().clause.as_str(), permit.reason().basis), ("3.2", None));
        assert_eq!(known.held.keys().cloned().collect::<Vec<_>>(), [AttributeName::new("phone").unwrap()]);
        assert!(known.grounds.is_empty(), "the order's ground is not the delivery's");
        assert_eq!((refused(&known), known.life), (Some(RefusalCode::NoGround), Life::Unborn));
    }

    #[test]
    fn who_is_not_admitted_and_who_is_not_there_is_refused_as_a_retrieve_refuses() {
        let mut case = Case::new();
        let standing = ordered(&case);
        let check = |case: &Case, actor: &Actor, purpose: &str, standing: Option<&Standing>| {
            may_inspect(&case.situation(), actor, &Case::purpose(purpose), standing).unwrap_err().code
        };
        let everybody = Actor::System("test");
        for (actor, purpose, person, code) in [
            (&clerk(), "marketing", Some(&standing), RefusalCode::NotAuthorised),
            (&clerk(), "order", None, RefusalCode::NoRecord),
            (&everybody, "nothing", Some(&standing), RefusalCode::PurposeUnknown),
            (&clerk(), "promo", Some(&standing), RefusalCode::NoPersonalData),
            (&everybody, "service_book", Some(&standing), RefusalCode::NoRecord),
        ] {
            assert_eq!(check(&case, actor, purpose, person), code, "{purpose}");
        }
        case.policy.purposes.get_mut("order").unwrap().operations.remove(&Operation::Retrieval);
        assert_eq!(check(&case, &clerk(), "order", Some(&standing)), RefusalCode::OperationNotDeclared);
    }

    #[test]
    fn a_withdrawn_consent_is_told_with_its_times_and_a_later_yes_takes_its_place() {
        let mut case = Case::new();
        let given = case
            .person()
            .after(&Case::consents("marketing", Some("email"), day(-9), day(90), 1))
            .after(&Case::collects("marketing", &["email"], day(-9)));
        let told = known(&case, &given, "marketing").unwrap();
        assert_eq!(told.consents[0].state, KnownConsentState::InForce);
        assert_eq!((told.consents[0].until, told.kept_until), (Some(day(90)), Some(day(90))));
        assert!(told.now.is_ok());

        let withdrawn = given.clone().after(&Case::withdraws("marketing", None, day(-1)));
        let told = known(&case, &withdrawn, "marketing").unwrap();
        let consent = &told.consents[0];
        assert_eq!(consent.state, KnownConsentState::Withdrawn);
        assert_eq!((consent.answered_at, consent.withdrawn_at), (day(-9), Some(day(-1))));
        assert_eq!((refused(&told), told.held.len()), (Some(RefusalCode::ConsentWithdrawn), 1));
        assert_eq!(told.life, Life::Over(EndCause::ConsentWithdrawn));

        let terms = case.policy.purposes.get_mut("marketing").unwrap().consent.as_mut().unwrap();
        terms.covered_since = 2;
        let told = known(&case, &given, "marketing").unwrap();
        assert_eq!(
            (told.consents[0].state, refused(&told)),
            (KnownConsentState::Outgrown, Some(RefusalCode::ConsentOutgrown))
        );
        let anew = withdrawn.after(&Case::consents("marketing", Some("email"), day(0), day(90), 2));
        assert_eq!(known(&case, &anew, "marketing").unwrap().consents[0].state, KnownConsentState::InForce);
    }

    #[test]
    fn a_block_a_hold_and_a_stop_are_told_and_refuse_nothing() {
        let case = Case::new();
        let block = |scope| {
            StandingEvent::Restricted(Restriction {
                id: ThingId::new([5; 16]),
                scope,
                reason: RestrictionReason::Inaccurate,
                since: day(-1),
                until: None,
            })
        };
        let some = block(RestrictionScope::Attributes(Case::attributes(&["phone", "car_plate"])));
        let told = known(&case, &ordered(&case).after(&some), "order").unwrap();
        let blocked: Vec<_> = told.held.iter().filter(|(_, v)| v.blocked).map(|(a, _)| a.as_str()).collect();
        assert_eq!(blocked, ["phone"]);
        assert_eq!(told.restrictions[0].scope, RestrictionScope::Attributes(Case::attributes(&["phone"])));
        assert!(told.now.is_ok(), "the name may be used");
        let other = block(RestrictionScope::Purpose(Case::purpose("service_book")));
        assert!(known(&case, &ordered(&case).after(&other), "order").unwrap().restrictions.is_empty());
        let all = known(&case, &ordered(&case).after(&Case::blocks(None, day(-1))), "order").unwrap();
        assert_eq!((refused(&all), all.held_back), (Some(RefusalCode::Blocked), true));
        let lapsed =
            known(&case, &ordered(&case).after(&Case::blocks(Some(day(0)), day(-1))), "order").unwrap();
        assert!(lapsed.restrictions.is_empty() && lapsed.now.is_ok());

        let stopped =
            known(&case, &ordered(&case).after(&StandingEvent::Stopped { at: day(0) }), "order").unwrap();
        assert_eq!(
            (refused(&stopped), stopped.stop),
            (Some(RefusalCode::SubjectStopped), Some(Stop { at: day(0) }))
        );
    }

    #[test]
    fn a_closed_order_is_kept_until_its_term_is_over_and_an_open_one_has_no_end_in_sight() {
        let mut case = Case::new();
        let open = ordered(&case);
        let told = known(&case, &open, "order").unwrap();
        assert_eq!((told.life, told.kept_until), (Life::Open(BasisKind::Contract), None));
        assert_eq!(told.grounds, [KnownGround { basis: BasisKind::Contract, since: day(-2) }]);
        let closed = open.after(&Case::ends("order", "A-1", day(-1), day(30)));
        let told = known(&case, &closed, "order").unwrap();
        assert_eq!(told.life, Life::KeptUntil(day(30), EndCause::PurposeReached));
        assert_eq!((told.kept_until, told.grounds.len()), (Some(day(30)), 0));
        assert_eq!(refused(&told), Some(RefusalCode::PurposeReached));
        case.stop("order");
        assert_eq!(refused(&known(&case, &closed, "order").unwrap()), Some(RefusalCode::PurposeStopped));
    }
}
