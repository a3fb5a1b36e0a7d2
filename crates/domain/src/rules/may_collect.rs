//! May these values be collected for this purpose (clauses 5.1, 5.2, 5.4, 5.5, 6)?
//!
//! The caller is admitted; the purpose is declared and has a use for every attribute offered; nothing is stopped or
//! blocked; the ground holds, counting what the person is answering and what is being opened in the same deed; and with
//! what is held already, everything the purpose cannot do without is there.

use super::basis_stands::{basis_in_order, basis_stands};
use super::may_act::may_act;
use super::{Ask, Collect, Permit, Situation, needed, not_stopped};
use crate::terms::operation::Operation;
use crate::terms::refusal::{Refusal, RefusalCode};
use crate::terms::standing::Standing;

const RULE: &str = "may_collect";

/// A permit to keep the attributes. `standing` already has the consents and grounds that come with the values.
pub fn may_collect(
    situation: &Situation<'_>,
    ask: &Ask<'_>,
    standing: &Standing,
) -> Result<Permit<Collect>, Refusal> {
    let purpose = may_act(situation, ask.actor, ask.purpose, Operation::Collection)?;
    needed(RULE, situation, purpose, ask.attributes)?;
    not_stopped(RULE, situation, purpose)?;
    basis_in_order(situation, purpose, None)?;
    if standing.stop.is_some() {
        return Err(Refusal::new(RULE, RefusalCode::SubjectStopped, "7.10").purpose(ask.purpose));
    }
    if standing.restriction_on(ask.purpose, ask.attributes, situation.now).is_some() {
        return Err(Refusal::new(RULE, RefusalCode::Blocked, "2.2").purpose(ask.purpose));
    }
    let reason = basis_stands(situation, purpose, standing, None)?;
    let missing: Vec<_> = purpose
        .needs
        .iter()
        .filter(|a| !ask.attributes.contains(*a) && !standing.held.contains_key(*a))
        .collect();
    if !missing.is_empty() {
        return Err(Refusal::new(RULE, RefusalCode::AttributeMissing, "5.6")
            .purpose(ask.purpose)
            .attributes(missing));
    }
    Ok(Permit::new(standing.id, Some(ask.purpose), ask.attributes.clone(), reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::samples::{Case, clerk, day};
    use crate::terms::basis::BasisKind;

    fn check(
        case: &Case,
        standing: &Standing,
        purpose: &str,
        attributes: &[&str],
    ) -> Option<(RefusalCode, String)> {
        let attributes = Case::attributes(attributes);
        let ask = Ask { actor: &clerk(), purpose: &Case::purpose(purpose), attributes: &attributes };
        may_collect(&case.situation(), &ask, standing).err().map(|r| (r.code, r.clause.to_string()))
    }

    #[test]
    fn what_the_purpose_needs_is_taken_and_excess_is_not() {
        let case = Case::new();
        let open = case.person().after(&Case::opens("order", BasisKind::Contract, "A-1", day(0)));
        assert_eq!(check(&case, &open, "order", &["full_name", "phone"]), None);
        assert_eq!(
            check(&case, &open, "order", &["full_name", "phone", "iin"]),
            Some((RefusalCode::AttributeNotNeeded, "5.5".into()))
        );
        assert_eq!(
            check(&case, &open, "order", &["phone"]),
            Some((RefusalCode::AttributeMissing, "5.6".into()))
        );
        let known = open.after(&Case::collects("order", &["full_name"], day(0)));
        assert_eq!(check(&case, &known, "order", &["phone"]), None);
    }

    #[test]
    fn nothing_is_collected_without_a_ground_or_during_a_block() {
        let case = Case::new();
        assert_eq!(
            check(&case, &case.person(), "order", &["full_name", "phone"]),
            Some((RefusalCode::NoGround, "6.4".into()))
        );
        let blocked = case
            .person()
            .after(&Case::opens("order", BasisKind::Contract, "A-1", day(0)))
            .after(&Case::blocks(None, day(0)));
        assert_eq!(
            check(&case, &blocked, "order", &["full_name", "phone"]),
            Some((RefusalCode::Blocked, "2.2".into()))
        );
        assert_eq!(
            check(&case, &case.person(), "promo", &["email"]),
            Some((RefusalCode::NoPersonalData, "5.8".into()))
        );
    }
}
