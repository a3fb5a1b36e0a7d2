//! What do the rules answer to a case?
//!
//! The rules of the domain are asked themselves; nothing of them is repeated here.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use saqta_domain::rules::may_advance::may_advance;
use saqta_domain::rules::may_collect::may_collect;
use saqta_domain::rules::may_destroy::may_destroy;
use saqta_domain::rules::may_disclose::may_disclose;
use saqta_domain::rules::may_hold::{HoldChange, may_hold};
use saqta_domain::rules::may_inspect::may_inspect;
use saqta_domain::rules::may_link::may_link;
use saqta_domain::rules::may_read::{may_read, may_use};
use saqta_domain::rules::may_rectify::{Rectification, may_confirm, may_rectify};
use saqta_domain::rules::may_restrict::may_restrict;
use saqta_domain::rules::may_take_consent::may_take_consent;
use saqta_domain::rules::may_withdraw::may_withdraw;
use saqta_domain::rules::must_destroy::must_destroy;
use saqta_domain::rules::must_stop::must_stop;
use saqta_domain::rules::{Ask, Permit, Reason, Situation};
use saqta_domain::terms::consent::{Consent, ConsentState};
use saqta_domain::terms::law::LawEdition;
use saqta_domain::terms::names::{AttributeName, ChannelName, Clause, PurposeName};
use saqta_domain::terms::policy::Policy;
use saqta_domain::terms::refusal::Refusal;
use saqta_domain::terms::standing::Standing;

use super::given::{Facts, answer, nobody};
use super::{Asked, Case, Deed, Got};
use crate::fault::Fault;
use crate::law::{LawPack, law, stricter};
use crate::load::Loaded;

/// The policy and the laws it stands under.
pub(super) struct Asker<'a> {
    pub(super) policy: &'a Policy,
    packs: Vec<LawPack>,
    zone: TimeZone,
}

impl<'a> Asker<'a> {
    pub(super) fn new(loaded: &'a Loaded) -> Result<Self, Fault> {
        let policy = &loaded.policy;
        let packs = policy.jurisdictions.iter().map(|name| law(name)).collect::<Result<Vec<_>, _>>()?;
        let zone = packs.first().ok_or(Fault::NoJurisdiction)?.zone().clone();
        Ok(Self { policy, packs, zone })
    }

    /// The law in force at an instant.
    pub(super) fn law(&self, at: Timestamp) -> Result<LawEdition, Fault> {
        let editions: Vec<LawEdition> =
            self.packs.iter().map(|pack| pack.on(at.to_zoned(pack.zone().clone()).date())).collect();
        stricter(&editions).ok_or(Fault::NoJurisdiction)
    }

    /// The beginning of a day.
    pub(super) fn midnight(&self, day: Date) -> Timestamp {
        self.instant(day, Time::midnight())
    }

    /// A day that leaves time itself ends with it.
    fn instant(&self, day: Date, time: Time) -> Timestamp {
        day.to_datetime(time).to_zoned(self.zone.clone()).map_or(Timestamp::MAX, |at| at.timestamp())
    }

    /// Asks the rules at noon of the day of the question.
    pub(super) fn ask(&self, case: &Case) -> Result<Got, Fault> {
        let now = self.instant(case.given.day, Time::constant(12, 0, 0, 0));
        let purpose = self.purpose_of(&case.question.asked);
        let compartment = purpose.and_then(|p| self.policy.purpose(p)).map(|p| &p.compartment);
        let facts = case.given.facts(self, compartment)?;
        let law = self.law(now)?;
        let situation = Situation { policy: self.policy, law: &law, stops: &facts.stops, now };
        let actor = &case.question.actor;
        Ok(match &case.question.asked {
            Asked::Event { event, reference } => {
                let begun = |purpose| facts.standing_or_new(self.policy, purpose, now);
                let standing = purpose.map_or_else(|| nobody(now), begun);
                let answer = may_advance(&situation, actor, &standing, event, reference);
                told(answer.map(|(permit, _)| permit))
            }
            Asked::Deed { deed, purpose, attributes, channel } => {
                let ask = Ask { actor, purpose, attributes };
                done(&situation, deed, &ask, channel.as_ref(), &facts)
            }
        })
    }

    /// The purpose that is asked for, or the first that the event opens or ends.
    fn purpose_of<'q>(&'q self, asked: &'q Asked) -> Option<&'q PurposeName> {
        match asked {
            Asked::Deed { purpose, .. } => Some(purpose),
            Asked::Event { event, .. } => {
                self.policy.opened_by(event).chain(self.policy.ended_by(event)).map(|p| &p.name).next()
            }
        }
    }
}

fn done(
    situation: &Situation<'_>,
    deed: &Deed,
    ask: &Ask<'_>,
    channel: Option<&ChannelName>,
    facts: &Facts,
) -> Got {
    let Ask { actor, purpose, attributes } = *ask;
    let policy = situation.policy;
    let standing = facts.standing(policy, purpose);
    let begun = || facts.standing_or_new(policy, purpose, situation.now);
    match deed {
        Deed::Collect => told(may_collect(situation, ask, &begun())),
        Deed::Consent { says_no, older_wording } => {
            let at = situation.now;
            let state = match says_no {
                true => ConsentState::Refused { at },
                false => ConsentState::Given { at, until: Timestamp::MAX },
            };
            let answer = Consent { state, ..answer(policy, purpose, channel, *older_wording) };
            told(may_take_consent(situation, actor, &begun(), &answer, None))
        }
        Deed::Retrieve => whole(attributes, may_read(situation, ask, standing)),
        Deed::Inspect => told(may_inspect(situation, actor, purpose, standing).map(|(permit, _)| permit)),
        Deed::Use => whole(attributes, may_use(situation, ask, standing, channel)),
        Deed::Rectify => match may_rectify(situation, ask, standing) {
            Ok(Rectification::Now(permit)) => told(Ok(permit)),
            Ok(Rectification::AfterTheBlock(permit)) => told(Ok(permit)),
            Err(refusal) => Got::Refused(refusal),
        },
        Deed::Confirm => told(may_confirm(situation, ask, standing)),
        Deed::Disclose { recipient } => {
            whole(attributes, may_disclose(situation, ask, standing, recipient, channel))
        }
        Deed::Withdraw => told(may_withdraw(situation, actor, purpose, channel, standing)),
        Deed::Block => told(may_restrict(situation, actor, purpose, standing)),
        Deed::Hold { ground } => {
            told(may_hold(situation, actor, purpose, standing, HoldChange::Place { ground }))
        }
        Deed::Destroy { operation } => {
            told(may_destroy(situation, actor, purpose, standing, *operation).map(|(permit, _)| permit))
        }
        Deed::Link { into } => {
            let customer = facts.standing(policy, into);
            told(may_link(situation, actor, purpose, into, standing, customer, None))
        }
        Deed::Stop => told(must_stop(situation, actor, &begun()).map(|(permit, _)| permit)),
        Deed::Keep => keep(situation, ask, standing),
    }
}

fn told<Op>(answer: Result<Permit<Op>, Refusal>) -> Got {
    whole(&BTreeSet::new(), answer)
}

/// The same for deeds whose permit covers only what is held.
fn whole<Op>(attributes: &BTreeSet<AttributeName>, answer: Result<Permit<Op>, Refusal>) -> Got {
    match answer {
        Ok(permit) => Got::Permitted {
            reason: permit.reason().clone(),
            not_held: attributes.difference(permit.attributes()).cloned().collect(),
        },
        Err(refusal) => Got::Refused(refusal),
    }
}

/// Whether the system would end the values now, or the purpose where no value is named. While it would not, they are kept no
/// longer than the purpose needs (clause 7.9).
fn keep(situation: &Situation<'_>, ask: &Ask<'_>, standing: Option<&Standing>) -> Got {
    if let Some((permit, ending)) = standing.and_then(|s| must_destroy(situation, s)) {
        let over = match ask.attributes.is_empty() {
            true => ending.purposes.contains(ask.purpose),
            false => !ask.attributes.is_disjoint(permit.attributes()),
        };
        if over {
            return Got::MustEnd(permit.reason().clone());
        }
    }
    let held = |a: &&AttributeName| standing.is_some_and(|s| s.held.contains_key(*a));
    let not_held = ask.attributes.iter().filter(|a| !held(a)).cloned().collect();
    let reason = Reason { rule: "must_destroy", clause: Clause::fixed("7.9"), basis: None, law_knows: true };
    Got::Permitted { reason, not_held }
}
