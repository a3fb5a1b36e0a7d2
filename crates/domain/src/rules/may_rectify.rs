//! May these values be replaced, or confirmed (clauses 2.2, 4.1, 4.2, 5.6)?
//!
//! The caller is admitted, the values are held, and the purpose has a use for them. No ground has to be open for that: data
//! that are still kept must be right. During a block the policy lets clarification go on, while the law freezes changes as
//! well; where it does, the correction is accepted, waits, and is applied as the act that ends the block.

use super::may_act::may_act;
use super::{Ask, Await, Permit, Reason, Rectify, Situation, needed};
use crate::terms::names::Clause;
use crate::terms::operation::Operation;
use crate::terms::refusal::{Refusal, RefusalCode};
use crate::terms::standing::Standing;

const RULE: &str = "may_rectify";

/// When a correction takes effect.
#[derive(Debug)]
#[must_use]
pub enum Rectification {
    /// At once.
    Now(Permit<Rectify>),
    /// When the block that covers the values is lifted.
    AfterTheBlock(Permit<Await>),
}

/// A permit to replace the values, now or after the block.
pub fn may_rectify(
    situation: &Situation<'_>,
    ask: &Ask<'_>,
    standing: Option<&Standing>,
) -> Result<Rectification, Refusal> {
    let standing = checked(situation, ask, standing)?;
    let reason = Reason { rule: RULE, clause: Clause::fixed("4.1"), basis: None, law_knows: true };
    let blocked = standing.restriction_on(ask.purpose, ask.attributes, situation.now).is_some();
    if blocked && situation.law.block_freezes_change {
        let reason = Reason { clause: Clause::fixed("2.2"), ..reason };
        return Ok(Rectification::AfterTheBlock(Permit::new(
            standing.id,
            Some(ask.purpose),
            ask.attributes.clone(),
            reason,
        )));
    }
    Ok(Rectification::Now(Permit::new(standing.id, Some(ask.purpose), ask.attributes.clone(), reason)))
}

/// A permit to record that the values were confirmed to be right.
pub fn may_confirm(
    situation: &Situation<'_>,
    ask: &Ask<'_>,
    standing: Option<&Standing>,
) -> Result<Permit<Rectify>, Refusal> {
    let standing = checked(situation, ask, standing)?;
    let blocked = standing.restriction_on(ask.purpose, ask.attributes, situation.now).is_some();
    if blocked && situation.law.block_freezes_change {
        return Err(Refusal::new(RULE, RefusalCode::Blocked, "2.2").purpose(ask.purpose));
    }
    let reason = Reason { rule: RULE, clause: Clause::fixed("5.6"), basis: None, law_knows: true };
    Ok(Permit::new(standing.id, Some(ask.purpose), ask.attributes.clone(), reason))
}

fn checked<'s>(
    situation: &Situation<'_>,
    ask: &Ask<'_>,
    standing: Option<&'s Standing>,
) -> Result<&'s Standing, Refusal> {
    let purpose = may_act(situation, ask.actor, ask.purpose, Operation::Rectification)?;
    needed(RULE, situation, purpose, ask.attributes)?;
    let Some(standing) = standing else {
        return Err(Refusal::new(RULE, RefusalCode::NoRecord, "5.3").purpose(ask.purpose));
    };
    let absent: Vec<_> = ask.attributes.iter().filter(|a| !standing.held.contains_key(*a)).collect();
    if !absent.is_empty() || ask.attributes.is_empty() {
        return Err(Refusal::new(RULE, RefusalCode::NotHeld, "4.1").purpose(ask.purpose).attributes(absent));
    }
    Ok(standing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::samples::{Case, clerk, day};

    fn check(case: &Case, standing: &Standing, attributes: &[&str]) -> Result<bool, RefusalCode> {
        let attributes = Case::attributes(attributes);
        let ask = Ask { actor: &clerk(), purpose: &Case::purpose("order"), attributes: &attributes };
        match may_rectify(&case.situation(), &ask, Some(standing)) {
            Ok(Rectification::Now(_)) => Ok(true),
            Ok(Rectification::AfterTheBlock(_)) => Ok(false),
            Err(refusal) => Err(refusal.code),
        }
    }

    #[test]
    fn held_values_are_made_right_and_absent_ones_are_not_invented() {
        let case = Case::new();
        let standing = case.person().after(&Case::collects("order", &["phone"], day(0)));
        assert_eq!(check(&case, &standing, &["phone"]), Ok(true));
        assert_eq!(check(&case, &standing, &["email"]), Err(RefusalCode::NotHeld));
        assert_eq!(check(&case, &standing, &["iin"]), Err(RefusalCode::AttributeNotNeeded));
    }

    #[test]
    fn during_a_block_a_correction_waits_where_the_law_freezes_changes() {
        let mut case = Case::new();
        let blocked = case
            .person()
            .after(&Case::collects("order", &["phone"], day(0)))
            .after(&Case::blocks(None, day(0)));
        assert_eq!(check(&case, &blocked, &["phone"]), Ok(false));
        case.law.block_freezes_change = false;
        assert_eq!(check(&case, &blocked, &["phone"]), Ok(true));
    }
}
