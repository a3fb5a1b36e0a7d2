//! Does the purpose stand on its legal basis for this person now (clauses 5.1, 6.1 to 6.7, 7.10)?
//!
//! For consent, [`consent_holds`](super::consent_holds) answers. Every other ground needs its evidence on record, an order's
//! number, a court act, the place of publication, and must not have ended, by an event or, where none ends the purpose, with
//! its term: when it has, the purpose was reached, and what is still kept is locked. A ground that the law in force does not know is a finding; a strict policy refuses it.

use jiff::Timestamp;

use super::consent_holds::consent_holds;
use super::{Reason, Situation};
use crate::terms::basis::BasisKind;
use crate::terms::names::ChannelName;
use crate::terms::purpose::Purpose;
use crate::terms::refusal::{Refusal, RefusalCode};
use crate::terms::standing::{Ground, Standing};

const RULE: &str = "basis_stands";

/// The reason, when the ground holds.
pub fn basis_stands(
    situation: &Situation<'_>,
    purpose: &Purpose,
    standing: &Standing,
    channel: Option<&ChannelName>,
) -> Result<Reason, Refusal> {
    let (basis, law_knows) = basis_in_order(situation, purpose, channel)?;
    if let Some(terms) = &purpose.consent {
        let reason = consent_holds(purpose, terms, standing, channel, situation.now)?;
        return Ok(Reason { law_knows, ..reason });
    }
    let grounds = || standing.grounds.iter().filter(|g| g.purpose == purpose.name && g.basis == basis);
    let ended = |g: &Ground| {
        g.ended.is_some() || term_end(situation, purpose, g).is_some_and(|end| end <= situation.now)
    };
    if grounds().any(|g| g.since <= situation.now && !ended(g)) {
        return Ok(Reason { rule: RULE, clause: basis.clause(), basis: Some(basis), law_knows });
    }
    if grounds().any(ended) {
        return Err(Refusal::new(RULE, RefusalCode::PurposeReached, "7.10").purpose(&purpose.name));
    }
    Err(Refusal::of_clause(RULE, RefusalCode::NoGround, basis.clause()).purpose(&purpose.name))
}

/// What of the ground can be refused without knowing the person: the law does not know it, or it has no such channel.
pub(super) fn basis_in_order(
    situation: &Situation<'_>,
    purpose: &Purpose,
    channel: Option<&ChannelName>,
) -> Result<(BasisKind, bool), Refusal> {
    let Some(basis) = purpose.basis.kind() else {
        return Err(Refusal::new(RULE, RefusalCode::NoPersonalData, "5.8").purpose(&purpose.name));
    };
    let law_knows = situation.law.bases.get(&basis).is_some_and(|b| b.known);
    if situation.policy.strict && !law_knows {
        return Err(
            Refusal::of_clause(RULE, RefusalCode::BasisNotInLaw, basis.clause()).purpose(&purpose.name)
        );
    }
    let declared = |c: &ChannelName| purpose.consent.as_ref().is_some_and(|t| t.channels.contains(c));
    if channel.is_some_and(|c| !declared(c)) {
        return Err(Refusal::new(RULE, RefusalCode::ChannelUnknown, "4.1").purpose(&purpose.name));
    }
    Ok((basis, law_knows))
}

/// When a ground that no event ends is over by itself: its term counts from the beginning.
pub(super) fn term_end(situation: &Situation<'_>, purpose: &Purpose, ground: &Ground) -> Option<Timestamp> {
    match &purpose.keep {
        Some(keep) if purpose.ends.is_none() => {
            Some(situation.law.calendar.end_of_term(ground.since, keep.term))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::samples::{Case, day};
    use crate::terms::basis::LegalBasis;

    #[test]
    fn each_ground_holds_with_its_evidence_and_fails_without() {
        let law = |law: &str, article: &str| (law.to_owned(), article.to_owned());
        let (name, article) = law("Tax Code", "art. 1");
        for basis in [
            LegalBasis::Law { law: name.clone(), article: article.clone() },
            LegalBasis::Justice,
            LegalBasis::Contract,
            LegalBasis::LegitimateInterest { balancing: crate::terms::names::Wording::same("weighed") },
            LegalBasis::MadePublic,
            LegalBasis::PublicationRequired { law: name.clone(), article: article.clone() },
        ] {
            let kind = basis.kind().unwrap();
            let mut case = Case::new();
            case.policy.purposes.get_mut("order").unwrap().basis = basis;
            let situation = case.situation();
            let purpose = case.policy.purpose(&Case::purpose("order")).unwrap();
            let none = basis_stands(&situation, purpose, &case.person(), None).unwrap_err();
            assert_eq!((none.code, none.clause), (RefusalCode::NoGround, kind.clause()));
            let open = case.person().after(&Case::opens("order", kind, "A-1", day(0)));
            assert_eq!(basis_stands(&situation, purpose, &open, None).unwrap().clause, kind.clause());
            let ended = open.after(&Case::ends("order", "A-1", day(0), day(30)));
            let over = basis_stands(&situation, purpose, &ended, None).unwrap_err();
            assert_eq!((over.code, over.clause.as_str()), (RefusalCode::PurposeReached, "7.10"));
        }
    }

    #[test]
    fn another_order_that_is_still_open_carries_the_purpose() {
        let case = Case::new();
        let standing = case
            .person()
            .after(&Case::opens("order", BasisKind::Contract, "A-1", day(0)))
            .after(&Case::opens("order", BasisKind::Contract, "A-2", day(0)))
            .after(&Case::ends("order", "A-1", day(0), day(30)));
        let purpose = case.policy.purpose(&Case::purpose("order")).unwrap();
        assert!(basis_stands(&case.situation(), purpose, &standing, None).is_ok());
    }

    #[test]
    fn a_ground_the_law_does_not_know_is_marked_and_a_strict_policy_refuses_it() {
        let mut case = Case::new();
        let standing = case.person().after(&Case::opens("order", BasisKind::Contract, "A-1", day(0)));
        let order = Case::purpose("order");
        let reason =
            basis_stands(&case.situation(), case.policy.purpose(&order).unwrap(), &standing, None).unwrap();
        assert!(!reason.law_knows);
        case.policy.strict = true;
        let refusal = basis_stands(&case.situation(), case.policy.purpose(&order).unwrap(), &standing, None)
            .unwrap_err();
        assert_eq!((refusal.code, refusal.clause.as_str()), (RefusalCode::BasisNotInLaw, "6.4"));
    }
}
