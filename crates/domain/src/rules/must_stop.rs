//! What must happen when all processing is to stop (clauses 3.2, 4.1, 7.10)?
//!
//! A demand to stop is obeyed from whoever may speak for the person, for everything in the compartment, at once: consents
//! are withdrawn, grounds that rest on the person's will end. Grounds that a law or an order sets go on as locked storage
//! until their term is over.

use super::may_advance::end;
use super::{Permit, Reason, Situation, Stop};
use crate::terms::actor::Actor;
use crate::terms::basis::BasisKind;
use crate::terms::event::StandingEvent;
use crate::terms::names::{Clause, PurposeName};
use crate::terms::operation::Operation;
use crate::terms::refusal::{Refusal, RefusalCode};
use crate::terms::standing::{EndCause, Standing};

const RULE: &str = "must_stop";

/// Nothing, when the caller may pass on a demand to stop; decided before anybody is looked for.
pub fn may_demand_stop(actor: &Actor) -> Result<(), Refusal> {
    let admitted = match actor {
        Actor::Key { scope, .. } => {
            scope.operations.contains(&Operation::Blocking) && scope.undertaking.is_some()
        }
        Actor::Staff { .. } => false,
        Actor::System(_) | Actor::Subject => true,
    };
    if admitted { Ok(()) } else { Err(Refusal::new(RULE, RefusalCode::NotAuthorised, "7.1")) }
}

/// The refusal when nothing is known of the person anywhere.
pub fn nobody_to_stop() -> Refusal {
    Refusal::new(RULE, RefusalCode::NoRecord, "5.3")
}

/// A permit to stop, and what changes.
pub fn must_stop(
    situation: &Situation<'_>,
    actor: &Actor,
    standing: &Standing,
) -> Result<(Permit<Stop>, Vec<StandingEvent>), Refusal> {
    may_demand_stop(actor)?;
    let at = situation.now;
    let mut changes = vec![StandingEvent::Stopped { at }];
    let consented: std::collections::BTreeSet<&PurposeName> =
        standing.consents.iter().map(|c| &c.purpose).collect();
    for purpose in consented {
        if standing.consents_in_force(purpose, at).next().is_some() {
            changes.push(StandingEvent::ConsentWithdrawn { purpose: purpose.clone(), channel: None, at });
        }
    }
    for ground in standing.grounds.iter().filter(|g| g.ended.is_none()) {
        let Some(purpose) = situation.policy.purpose(&ground.purpose) else { continue };
        if matches!(ground.basis, BasisKind::Law | BasisKind::Justice | BasisKind::PublicationRequired) {
            continue;
        }
        changes.push(StandingEvent::GroundEnded {
            purpose: ground.purpose.clone(),
            reference: ground.reference.clone(),
            ended: end(situation, purpose, EndCause::StopDemanded),
        });
    }
    let reason = Reason { rule: RULE, clause: Clause::fixed("7.10"), basis: None, law_knows: true };
    Ok((Permit::new(standing.id, None, Default::default(), reason), changes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::samples::{Case, clerk, day};

    #[test]
    fn a_demand_to_stop_ends_every_ground_and_consent() {
        let case = Case::new();
        let standing = case
            .person()
            .after(&Case::opens("order", BasisKind::Contract, "A-1", day(-2)))
            .after(&Case::consents("service_book", None, day(-2), day(100), 1));
        let (_, changes) = must_stop(&case.situation(), &Actor::Subject, &standing).unwrap();
        let stopped = changes.iter().fold(standing, Standing::after);
        assert!(stopped.stop.is_some());
        assert!(stopped.grounds.iter().all(|g| g.ended.is_some()));
        assert_eq!(stopped.consents_in_force(&Case::purpose("service_book"), day(0)).count(), 0);
    }

    #[test]
    fn a_key_that_may_not_block_may_not_stop() {
        let case = Case::new();
        let Actor::Key { id, mut scope } = clerk() else { unreachable!() };
        scope.operations.clear();
        let refusal = must_stop(&case.situation(), &Actor::Key { id, scope }, &case.person()).unwrap_err();
        assert_eq!(refusal.code, RefusalCode::NotAuthorised);
    }
}
