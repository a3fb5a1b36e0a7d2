//! May these data be destroyed on demand, and what of them must stay (clauses 2.14, 3.1, 4.1, 5.7; law, articles 8(2), 18)?
//!
//! What stands on the person's will, a consent, a legitimate interest the person objects to, or what the person made public,
//! is given up, and so is what is locked after its end. What a contract that is still open, a law, or an order needs is
//! kept, and the plan says why and until when; so is what is locked after a contract's end, for the declared term. A hold refuses everything; so does a block, where the law freezes destruction.
//! When nothing can be destroyed, that is a refusal. A key gives up only purposes it was admitted to.

use std::collections::BTreeSet;

use super::may_act::may_act;
use super::must_destroy::{Ending, Life, ending, life};
use super::{Destroy, Permit, Reason, Situation};
use crate::terms::actor::Actor;
use crate::terms::basis::BasisKind;
use crate::terms::names::{Clause, PurposeName};
use crate::terms::operation::Operation;
use crate::terms::refusal::{Refusal, RefusalCode};
use crate::terms::standing::Standing;

const RULE: &str = "may_destroy";

/// What a destruction does, and what it leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DestructionPlan {
    /// What ends.
    pub ending: Ending,
    /// What stays, and on what ground.
    pub kept: Vec<(PurposeName, Life)>,
}

/// A permit, and the plan of what is destroyed under it. The operation says what was asked for: `Erasure` and `Destruction`
/// end the same data, `Depersonalisation` is refused when nothing may stay without its tie to the person.
pub fn may_destroy(
    situation: &Situation<'_>,
    actor: &Actor,
    purpose: &PurposeName,
    standing: Option<&Standing>,
    operation: Operation,
) -> Result<(Permit<Destroy>, DestructionPlan), Refusal> {
    if !matches!(operation, Operation::Erasure | Operation::Destruction | Operation::Depersonalisation) {
        return Err(Refusal::new(RULE, RefusalCode::OperationNotDeclared, "8.1").purpose(purpose));
    }
    may_act(situation, actor, purpose, operation)?;
    let Some(standing) = standing else {
        return Err(Refusal::new(RULE, RefusalCode::NoRecord, "5.3").purpose(purpose));
    };
    if standing.hold(situation.now).is_some() {
        return Err(Refusal::new(RULE, RefusalCode::Held, "5.7").purpose(purpose));
    }
    let blocked = standing.restrictions.iter().any(|r| r.until.is_none_or(|until| situation.now < until));
    if blocked && situation.law.block_freezes_destruction {
        return Err(Refusal::new(RULE, RefusalCode::Blocked, "2.2").purpose(purpose));
    }
    let mut given_up = BTreeSet::new();
    let mut kept = Vec::new();
    for purpose in situation.policy.purposes.values() {
        match life(situation, purpose, standing) {
            stays @ (Life::Open(_) | Life::KeptUntil(..)) if !admitted(actor, &purpose.name) => {
                kept.push((purpose.name.clone(), stays));
            }
            Life::Open(basis) if basis.rests_on_the_persons_will() => {
                given_up.insert(purpose.name.clone());
            }
            Life::KeptUntil(..) if purpose.basis.kind().is_some_and(BasisKind::rests_on_the_persons_will) => {
                given_up.insert(purpose.name.clone());
            }
            stays @ (Life::Open(_) | Life::KeptUntil(..)) => kept.push((purpose.name.clone(), stays)),
            Life::Over(_) | Life::Unborn => {}
        }
    }
    let Some(ending) = ending(situation, standing, &given_up) else {
        return Err(Refusal::new(RULE, RefusalCode::StillNeeded, "3.1").purpose(purpose));
    };
    if operation == Operation::Depersonalisation && ending.release.is_empty() {
        return Err(Refusal::new(RULE, RefusalCode::NotHeld, "2.5").purpose(purpose));
    }
    let touched = ending.destroy.union(&ending.release).cloned().collect();
    let reason = Reason {
        rule: RULE,
        clause: Clause::fixed(if operation == Operation::Depersonalisation { "2.5" } else { "2.14" }),
        basis: None,
        law_knows: true,
    };
    Ok((Permit::new(standing.id, Some(purpose), touched, reason), DestructionPlan { ending, kept }))
}

/// A key gives up only what it was admitted to.
fn admitted(actor: &Actor, purpose: &PurposeName) -> bool {
    match actor {
        Actor::Key { scope, .. } => scope.purposes.contains(purpose),
        Actor::Staff { .. } => false,
        Actor::System(_) | Actor::Subject => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::samples::{Case, day};
    use crate::terms::event::StandingEvent;
    use crate::terms::standing::Hold;
    use crate::terms::subject::ThingId;

    fn check(case: &Case, purpose: &str, standing: &Standing) -> Result<(usize, usize), RefusalCode> {
        let actor = Case::everything_for(&["order", "service_book"]);
        may_destroy(
            &case.situation(),
            &actor,
            &Case::purpose(purpose),
            Some(standing),
            Operation::Destruction,
        )
        .map(|(_, plan)| (plan.ending.destroy.len(), plan.kept.len()))
        .map_err(|r| r.code)
    }

    #[test]
    fn a_consent_is_given_up_and_an_open_contract_is_kept() {
        let case = Case::new();
        let book = case
            .person()
            .after(&Case::consents("service_book", None, day(-9), day(90), 1))
            .after(&Case::collects("service_book", &["car_plate"], day(-9)));
        assert_eq!(check(&case, "service_book", &book), Ok((1, 0)));
        let ordering = case
            .person()
            .after(&Case::opens("order", BasisKind::Contract, "A-1", day(-9)))
            .after(&Case::collects("order", &["phone"], day(-9)));
        assert_eq!(check(&case, "order", &ordering), Err(RefusalCode::StillNeeded));
        let both = ordering
            .after(&Case::consents("service_book", None, day(-9), day(90), 1))
            .after(&Case::collects("service_book", &["car_plate"], day(-9)));
        assert_eq!(check(&case, "service_book", &both), Ok((1, 1)));
    }

    #[test]
    fn a_hold_and_a_block_refuse() {
        let case = Case::new();
        let book = case
            .person()
            .after(&Case::consents("service_book", None, day(-9), day(90), 1))
            .after(&Case::collects("service_book", &["car_plate"], day(-9)));
        let held = book.clone().after(&StandingEvent::HoldPlaced(Hold {
            id: ThingId::new([3; 16]),
            ground: "court case 7".into(),
            since: day(-1),
            until: None,
        }));
        assert_eq!(check(&case, "service_book", &held), Err(RefusalCode::Held));
        let blocked = book.after(&Case::blocks(None, day(-1)));
        assert_eq!(check(&case, "service_book", &blocked), Err(RefusalCode::Blocked));
    }
}
