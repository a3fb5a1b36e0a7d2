//! May these values be taken out, or used, for this purpose now (clauses 5.1 to 5.5, 6, 7.1, 7.10, 8.1)?
//!
//! The caller is admitted; the purpose is declared and has a use for each attribute; nothing is stopped or blocked; the
//! ground holds at this moment; each value was collected for this purpose or a compatible one. Then the permit covers what
//! of it is held, and nothing else. The order of the questions is the order in which a refusal is named: what can be
//! refused without knowing the person is refused first, so that a caller without a right learns nothing about anybody.

use std::collections::BTreeSet;

use super::basis_stands::{basis_in_order, basis_stands};
use super::may_act::may_act;
use super::may_repurpose::may_repurpose;
use super::{Ask, Permit, Read, Reason, Situation, Use, needed, not_stopped};
use crate::terms::names::{AttributeName, ChannelName, Clause};
use crate::terms::operation::Operation;
use crate::terms::refusal::{Refusal, RefusalCode};
use crate::terms::standing::Standing;

const RULE: &str = "may_read";

/// A permit to take out what is held of the attributes asked for.
pub fn may_read(
    situation: &Situation<'_>,
    ask: &Ask<'_>,
    standing: Option<&Standing>,
) -> Result<Permit<Read>, Refusal> {
    let (standing, held, reason) = decide(situation, ask, standing, None, Operation::Retrieval)?;
    Ok(Permit::new(standing.id, Some(ask.purpose), held, reason))
}

/// A permit to act upon the data through a channel, or none, without taking them out.
pub fn may_use(
    situation: &Situation<'_>,
    ask: &Ask<'_>,
    standing: Option<&Standing>,
    channel: Option<&ChannelName>,
) -> Result<Permit<Use>, Refusal> {
    let (standing, held, reason) = decide(situation, ask, standing, channel, Operation::Use)?;
    Ok(Permit::new(standing.id, Some(ask.purpose), held, reason))
}

/// A permit to look at what was decided about a person before. No ground has to be open for that, and no block stands in the
/// way: the values stay where they are.
pub fn may_look_back(
    situation: &Situation<'_>,
    ask: &Ask<'_>,
    standing: Option<&Standing>,
) -> Result<Permit<Use>, Refusal> {
    may_act(situation, ask.actor, ask.purpose, Operation::Retrieval)?;
    let Some(standing) = standing else {
        return Err(Refusal::new(RULE, RefusalCode::NoRecord, "5.3").purpose(ask.purpose));
    };
    let reason = Reason { rule: RULE, clause: Clause::fixed("3.2"), basis: None, law_knows: true };
    Ok(Permit::new(standing.id, Some(ask.purpose), BTreeSet::new(), reason))
}

/// Everything that must be true for values to be taken out, used or provided: the person's standing, what of it is held, why.
pub(super) fn decide<'s>(
    situation: &Situation<'_>,
    ask: &Ask<'_>,
    standing: Option<&'s Standing>,
    channel: Option<&ChannelName>,
    operation: Operation,
) -> Result<(&'s Standing, BTreeSet<AttributeName>, Reason), Refusal> {
    let purpose = may_act(situation, ask.actor, ask.purpose, operation)?;
    needed(RULE, situation, purpose, ask.attributes)?;
    not_stopped(RULE, situation, purpose)?;
    basis_in_order(situation, purpose, channel)?;
    let Some(standing) = standing else {
        return Err(Refusal::new(RULE, RefusalCode::NoRecord, "5.3").purpose(ask.purpose));
    };
    if standing.stop.is_some() {
        return Err(Refusal::new(RULE, RefusalCode::SubjectStopped, "7.10").purpose(ask.purpose));
    }
    if standing.restriction_on(ask.purpose, ask.attributes, situation.now).is_some() {
        return Err(Refusal::new(RULE, RefusalCode::Blocked, "2.2").purpose(ask.purpose));
    }
    let reason = basis_stands(situation, purpose, standing, channel)?;
    for attribute in ask.attributes {
        may_repurpose(situation, purpose, standing, attribute)?;
    }
    let held = ask.attributes.iter().filter(|a| standing.held.contains_key(*a)).cloned().collect();
    Ok((standing, held, reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::samples::{Case, clerk, day};
    use crate::terms::basis::BasisKind;
    use crate::terms::event::StandingEvent;

    fn check(
        case: &Case,
        standing: Option<&Standing>,
        purpose: &str,
        attributes: &[&str],
    ) -> Result<(), RefusalCode> {
        let attributes = Case::attributes(attributes);
        let ask = Ask { actor: &clerk(), purpose: &Case::purpose(purpose), attributes: &attributes };
        may_read(&case.situation(), &ask, standing).map(drop).map_err(|r| r.code)
    }

    #[test]
    fn an_open_order_lets_its_own_values_be_read_and_no_others() {
        let case = Case::new();
        let standing = case
            .person()
            .after(&Case::opens("order", BasisKind::Contract, "A-1", day(0)))
            .after(&Case::collects("order", &["full_name", "phone"], day(0)));
        assert_eq!(check(&case, Some(&standing), "order", &["phone"]), Ok(()));
        for (purpose, attributes, code) in [
            ("order", &["iin"][..], RefusalCode::AttributeNotNeeded),
            ("order", &["shoe_size"], RefusalCode::AttributeUnknown),
            ("promo", &["phone"], RefusalCode::NoPersonalData),
            ("delivery", &["phone"], RefusalCode::NoGround),
        ] {
            assert_eq!(
                check(&case, Some(&standing), purpose, attributes),
                Err(code),
                "{purpose} {attributes:?}"
            );
        }
        assert_eq!(check(&case, None, "order", &["phone"]), Err(RefusalCode::NoRecord));
    }

    #[test]
    fn what_is_blocked_stopped_or_ended_is_not_read() {
        let mut case = Case::new();
        let open = case
            .person()
            .after(&Case::opens("order", BasisKind::Contract, "A-1", day(0)))
            .after(&Case::collects("order", &["phone"], day(0)));
        let blocked = open.clone().after(&Case::blocks(None, day(0)));
        assert_eq!(check(&case, Some(&blocked), "order", &["phone"]), Err(RefusalCode::Blocked));
        let lapsed = open.clone().after(&Case::blocks(Some(day(0)), day(-1)));
        assert_eq!(check(&case, Some(&lapsed), "order", &["phone"]), Ok(()));
        let stopped = open.clone().after(&StandingEvent::Stopped { at: day(0) });
        assert_eq!(check(&case, Some(&stopped), "order", &["phone"]), Err(RefusalCode::SubjectStopped));
        let over = open.clone().after(&Case::ends("order", "A-1", day(1), day(500)));
        assert_eq!(check(&case, Some(&over), "order", &["phone"]), Err(RefusalCode::PurposeReached));
        case.stop("order");
        assert_eq!(check(&case, Some(&open), "order", &["phone"]), Err(RefusalCode::PurposeStopped));
    }

    #[test]
    fn the_permit_covers_what_is_held_and_nothing_else() {
        let case = Case::new();
        let standing = case
            .person()
            .after(&Case::opens("order", BasisKind::Contract, "A-1", day(0)))
            .after(&Case::collects("order", &["phone"], day(0)));
        let attributes = Case::attributes(&["phone", "email"]);
        let ask = Ask { actor: &clerk(), purpose: &Case::purpose("order"), attributes: &attributes };
        let permit = may_read(&case.situation(), &ask, Some(&standing)).unwrap();
        assert_eq!(permit.attributes(), &Case::attributes(&["phone"]));
        assert_eq!(permit.reason().clause.as_str(), "6.4");
    }
}
