//! May a visitor's record be joined with a customer's (clauses 1.2, 5.3)?
//!
//! Only where the policy declares the join, from the purpose the visitor is known under to a purpose of the customer, and
//! that purpose stands on its ground for the customer now. Neither record, nor what is already known of the customer where the
//! visitor's record goes, may be held, blocked or stopped, or have a correction waiting or an ended ground whose term runs:
//! joining must not become a way around any of them. A visitor who said no to nothing has agreed to nothing.

use super::basis_stands::basis_stands;
use super::may_act::may_act;
use super::{Link, Permit, Reason, Situation, not_stopped};
use crate::terms::actor::Actor;
use crate::terms::names::PurposeName;
use crate::terms::operation::Operation;
use crate::terms::refusal::{Refusal, RefusalCode};
use crate::terms::standing::Standing;

const RULE: &str = "may_link";

/// A permit to join the visitor's record with that of the customer whose standing is given.
pub fn may_link(
    situation: &Situation<'_>,
    actor: &Actor,
    from: &PurposeName,
    to: &PurposeName,
    visitor: Option<&Standing>,
    customer: Option<&Standing>,
    known: Option<&Standing>,
) -> Result<Permit<Link>, Refusal> {
    let known_as = may_act(situation, actor, from, Operation::Systematisation)?;
    let purpose = may_act(situation, actor, to, Operation::Systematisation)?;
    not_stopped(RULE, situation, known_as)?;
    not_stopped(RULE, situation, purpose)?;
    if !situation.policy.links.iter().any(|l| &l.from == from && &l.to == to) {
        return Err(Refusal::new(RULE, RefusalCode::LinkNotDeclared, "5.3").purpose(from));
    }
    let (Some(visitor), Some(customer)) = (visitor, customer) else {
        return Err(Refusal::new(RULE, RefusalCode::NoRecord, "5.3").purpose(from));
    };
    for standing in [visitor, customer].into_iter().chain(known) {
        if standing.stop.is_some() {
            return Err(Refusal::new(RULE, RefusalCode::SubjectStopped, "7.10").purpose(from));
        }
        for name in [from, to] {
            if standing.restriction_on(name, standing.held.keys(), situation.now).is_some() {
                return Err(Refusal::new(RULE, RefusalCode::Blocked, "2.2").purpose(name));
            }
        }
    }
    for standing in [visitor].into_iter().chain(known) {
        if standing.hold(situation.now).is_some() {
            return Err(Refusal::new(RULE, RefusalCode::Held, "5.7").purpose(from));
        }
        if !standing.waiting.is_empty() || !standing.restrictions.is_empty() {
            return Err(Refusal::new(RULE, RefusalCode::Blocked, "2.2").purpose(from));
        }
    }
    let for_others = visitor.held.values().any(|held| held.purposes.iter().any(|p| p != from));
    if for_others || visitor.grounds.iter().any(|g| g.ended.is_some() || &g.purpose != from) {
        return Err(Refusal::new(RULE, RefusalCode::StillNeeded, "5.7").purpose(from));
    }
    let reason = basis_stands(situation, purpose, customer, None)?;
    Ok(Permit::new(visitor.id, Some(from), Default::default(), Reason { rule: RULE, ..reason }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::samples::{Case, day};
    use crate::terms::basis::BasisKind;

    #[test]
    fn records_are_joined_where_that_is_declared_and_the_ground_holds() {
        let case = Case::new();
        let actor = Case::everything_for(&["site_visit", "order", "marketing"]);
        let visitor = case.person();
        let customer = case.person().after(&Case::opens("order", BasisKind::Contract, "A-1", day(0)));
        let ask = |to: &str, customer: &Standing| {
            let (from, to) = (Case::purpose("site_visit"), Case::purpose(to));
            may_link(&case.situation(), &actor, &from, &to, Some(&visitor), Some(customer), None)
                .map_err(|r| r.code)
        };
        assert!(ask("order", &customer).is_ok());
        assert_eq!(ask("order", &case.person()).unwrap_err(), RefusalCode::NoGround);
        assert_eq!(ask("marketing", &customer).unwrap_err(), RefusalCode::LinkNotDeclared);
    }
}
