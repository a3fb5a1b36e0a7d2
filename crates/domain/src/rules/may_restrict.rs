//! May these data be blocked, or a block be lifted (clauses 2.2, 4.1; law, article 25(2)(8))?
//!
//! Blocking protects the person, so it needs no ground: an admitted caller, a purpose of the compartment, something held
//! there. Lifting a block needs that block to exist. Neither is refused because the data are blocked already.

use super::may_act::may_act;
use super::{Permit, Reason, Restrict, Situation};
use crate::terms::actor::Actor;
use crate::terms::names::{Clause, PurposeName};
use crate::terms::operation::Operation;
use crate::terms::refusal::{Refusal, RefusalCode};
use crate::terms::standing::{Restriction, Standing};
use crate::terms::subject::ThingId;

const RULE: &str = "may_restrict";

/// A permit to block.
pub fn may_restrict(
    situation: &Situation<'_>,
    actor: &Actor,
    purpose: &PurposeName,
    standing: Option<&Standing>,
) -> Result<Permit<Restrict>, Refusal> {
    let (standing, reason) = checked(situation, actor, purpose, standing)?;
    Ok(Permit::new(standing.id, Some(purpose), standing.held.keys().cloned().collect(), reason))
}

/// A permit to lift a block, and the block.
pub fn may_unrestrict<'s>(
    situation: &Situation<'_>,
    actor: &Actor,
    purpose: &PurposeName,
    standing: Option<&'s Standing>,
    id: ThingId,
) -> Result<(Permit<Restrict>, &'s Restriction), Refusal> {
    let (standing, reason) = checked(situation, actor, purpose, standing)?;
    let Some(restriction) = standing.restrictions.iter().find(|r| r.id == id) else {
        return Err(Refusal::new(RULE, RefusalCode::NothingToLift, "2.2").purpose(purpose));
    };
    Ok((
        Permit::new(standing.id, Some(purpose), standing.held.keys().cloned().collect(), reason),
        restriction,
    ))
}

/// The blocks that have ended by themselves while corrections wait for their end, and a permit for each to be lifted.
pub fn must_lift(situation: &Situation<'_>, standing: &Standing) -> Vec<(Permit<Restrict>, ThingId)> {
    if standing.waiting.is_empty() {
        return Vec::new();
    }
    let over = |r: &&Restriction| r.until.is_some_and(|until| until <= situation.now);
    let reason = || Reason { rule: RULE, clause: Clause::fixed("2.2"), basis: None, law_knows: true };
    let held = || standing.held.keys().cloned().collect();
    standing
        .restrictions
        .iter()
        .filter(over)
        .map(|r| (Permit::new(standing.id, None, held(), reason()), r.id))
        .collect()
}

fn checked<'s>(
    situation: &Situation<'_>,
    actor: &Actor,
    purpose: &PurposeName,
    standing: Option<&'s Standing>,
) -> Result<(&'s Standing, Reason), Refusal> {
    may_act(situation, actor, purpose, Operation::Blocking)?;
    let Some(standing) = standing else {
        return Err(Refusal::new(RULE, RefusalCode::NoRecord, "5.3").purpose(purpose));
    };
    Ok((standing, Reason { rule: RULE, clause: Clause::fixed("2.2"), basis: None, law_knows: true }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::samples::{Case, clerk, day};

    #[test]
    fn a_block_is_placed_on_what_is_held_and_lifted_by_its_name() {
        let case = Case::new();
        let order = Case::purpose("order");
        let standing = case.person().after(&Case::collects("order", &["phone"], day(0)));
        assert!(may_restrict(&case.situation(), &clerk(), &order, Some(&standing)).is_ok());
        let blocked = standing.clone().after(&Case::blocks(None, day(0)));
        let id = blocked.restrictions[0].id;
        assert!(may_unrestrict(&case.situation(), &clerk(), &order, Some(&blocked), id).is_ok());
        let none = may_unrestrict(&case.situation(), &clerk(), &order, Some(&standing), id).unwrap_err();
        assert_eq!(none.code, RefusalCode::NothingToLift);
        let nobody = may_restrict(&case.situation(), &clerk(), &order, None).unwrap_err();
        assert_eq!(nobody.code, RefusalCode::NoRecord);
    }
}
