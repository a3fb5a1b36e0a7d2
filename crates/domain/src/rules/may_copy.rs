//! May everything that is held about a person be opened for a copy to that person (clauses 3.2, 4.1; law, article 24(1)(1))?
//!
//! Yes, for a request of theirs that wants a copy, once it was shown who asks. Neither a block nor a stop stands in the way, and
//! no ground has to be open: what is kept locked away is held as well, and the person may know it. Only this brings what lies in
//! different compartments together, on one paper for one person. Nothing of another person is in it: a value about whoever
//! receives an order is left out unless it is the asking person's own.

use std::collections::{BTreeMap, BTreeSet};

use super::{Permit, Read, Reason, Refusal};
use crate::terms::attribute::About;
use crate::terms::kind::{Kind, Plain};
use crate::terms::names::{AttributeName, Clause};
use crate::terms::policy::Policy;
use crate::terms::refusal::RefusalCode;
use crate::terms::request::course::{Request, RequestState};
use crate::terms::request::{Matter, RequestKind};
use crate::terms::standing::Standing;

const RULE: &str = "may_copy";

/// A permit to take out all that is held.
pub fn may_copy(request: &Request, standing: &Standing) -> Result<Permit<Read>, Refusal> {
    if request.matter.kind() != RequestKind::Access {
        return Err(Refusal::new(RULE, RefusalCode::OutOfTurn, "4.1"));
    }
    if request.proof.is_none() || request.state == RequestState::AwaitingIdentity {
        return Err(Refusal::new(RULE, RefusalCode::IdentityNotProven, "10"));
    }
    Ok(permit(standing, standing.held.keys().cloned().collect()))
}

/// A permit to show, in the case of a request to put data right, what stands there now (clause 4.1).
pub fn may_compare(request: &Request, standing: &Standing) -> Result<Permit<Read>, Refusal> {
    let Matter::Rectification { attributes, .. } = &request.matter else {
        return Err(Refusal::new(RULE, RefusalCode::OutOfTurn, "4.1"));
    };
    if request.proof.is_none() {
        return Err(Refusal::new(RULE, RefusalCode::IdentityNotProven, "10"));
    }
    let held = standing.held.keys().filter(|name| attributes.contains(*name)).cloned();
    Ok(permit(standing, held.collect()))
}

fn permit(standing: &Standing, attributes: BTreeSet<AttributeName>) -> Permit<Read> {
    let reason = Reason { rule: RULE, clause: Clause::fixed("4.1"), basis: None, law_knows: true };
    Permit::new(standing.id, None, attributes, reason)
}

/// Which of a person's values tell of somebody else, so that they are left out of the copy. What is unknown of whom it tells, or
/// cannot be compared with anything of the person's own, is taken to be another's.
pub fn of_others(
    policy: &Policy,
    permit: &Permit<Read>,
    values: &BTreeMap<AttributeName, Plain>,
) -> BTreeSet<AttributeName> {
    let about = |name: &AttributeName| policy.attribute(name).map_or(About::Subject, |a| a.about);
    let kind = |name: &AttributeName| policy.attribute(name).map(|a| a.kind);
    let told =
        |name: &AttributeName| values.get(name).map(|value| value.reveal(permit).trim().to_lowercase());
    let theirs: Vec<&AttributeName> = values.keys().filter(|name| about(name) == About::Recipient).collect();
    let own = |name: &AttributeName| {
        let same = |other: &&AttributeName| {
            about(other) == About::Subject && kind(other) == kind(name) && told(other) == told(name)
        };
        values.keys().any(|other| same(&other))
    };
    // The person is the recipient where every name and number of the recipient is their own; then the address is theirs too.
    let tells =
        |name: &AttributeName| matches!(kind(name), Some(Kind::Name | Kind::Phone | Kind::Email | Kind::Iin));
    let telling: Vec<&&AttributeName> = theirs.iter().filter(|name| tells(name)).collect();
    let is_recipient = !telling.is_empty() && telling.iter().all(|name| own(name));
    if is_recipient { BTreeSet::new() } else { theirs.into_iter().filter(|n| !own(n)).cloned().collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::must_answer::samples::{at, awaiting, request};
    use crate::rules::samples::Case;
    use crate::terms::basis::BasisKind;

    const NOW: &str = "2026-03-02T04:00:00Z";

    fn standing() -> Standing {
        Case::new()
            .person()
            .after(&Case::opens("order", BasisKind::Contract, "A-1", at(NOW)))
            .after(&Case::collects("order", &["full_name", "phone"], at(NOW)))
    }

    #[test]
    fn who_showed_who_they_are_gets_all_that_is_held_and_nobody_else_gets_anything() {
        let standing = standing();
        let permit = may_copy(&request(Matter::Access, at(NOW)), &standing).unwrap();
        assert_eq!(permit.attributes().len(), 2);
        let early = may_copy(&awaiting(Matter::Access, at(NOW)), &standing).unwrap_err();
        assert_eq!((early.code, early.clause.as_str()), (RefusalCode::IdentityNotProven, "10"));
        let other = may_copy(&request(Matter::Stop, at(NOW)), &standing).unwrap_err();
        assert_eq!(other.code, RefusalCode::OutOfTurn);
    }

    #[test]
    fn a_correction_shows_only_what_it_wants_to_correct() {
        let attributes = Case::attributes(&["phone", "iin"]);
        let ground = crate::terms::request::CorrectionGround::Inaccurate;
        let matter = Matter::Rectification { ground, attributes };
        let permit = may_compare(&request(matter.clone(), at(NOW)), &standing()).unwrap();
        assert_eq!(permit.attributes(), &Case::attributes(&["phone"]));
        let early = may_compare(&awaiting(matter, at(NOW)), &standing()).unwrap_err();
        assert_eq!(early.code, RefusalCode::IdentityNotProven);
        assert!(may_compare(&request(Matter::Access, at(NOW)), &standing()).is_err());
    }

    #[test]
    fn what_tells_of_a_recipient_who_is_somebody_else_is_left_out() {
        let mut case = Case::new();
        let phone = Case::attributes(&["phone"]).pop_first().unwrap();
        let name = Case::attributes(&["full_name"]).pop_first().unwrap();
        let address = Case::attributes(&["delivery_address"]).pop_first().unwrap();
        let theirs = Case::attributes(&["recipient_phone"]).pop_first().unwrap();
        let mut recipient = case.policy.attribute(&phone).unwrap().clone();
        recipient.about = About::Recipient;
        recipient.name = theirs.clone();
        case.policy.attributes.insert(theirs.clone(), recipient.clone());
        recipient.name = address.clone();
        recipient.kind = Kind::Address;
        case.policy.attributes.insert(address.clone(), recipient);
        let permit = may_copy(&request(Matter::Access, at(NOW)), &standing()).unwrap();
        let left_out = |number: &str| {
            let plain = |kind: Kind, text: &str| kind.normalise(text).unwrap();
            let values = BTreeMap::from([
                (name.clone(), plain(Kind::Name, "Дана Ахметова")),
                (phone.clone(), plain(Kind::Phone, "+77000000001")),
                (theirs.clone(), plain(Kind::Phone, number)),
                (address.clone(), plain(Kind::Address, "Алматы, улица Ста Дорог, 1")),
            ]);
            of_others(&case.policy, &permit, &values)
        };
        assert_eq!(left_out("+7 700 000 00 01"), BTreeSet::new());
        assert_eq!(left_out("+77000000002"), BTreeSet::from([theirs.clone(), address.clone()]));
    }
}
