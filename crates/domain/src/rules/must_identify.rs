//! What is enough to show who asks (clauses 3.2, 10), without collecting more than is needed (clause 5.5)?
//!
//! To end advertising nothing is needed: nobody is harmed by it. Neither is to ask a question, to complain, or to write as an
//! authority, whose letter staff enter. To see, correct, block, destroy or withdraw, somebody shows that they are the person:
//! by a code to a contact that was on file, by the shop's signed token, or, where the contact is lost, by facts about an
//! order that a clerk checks. Whoever acts for another shows the authority to do so, and nothing else is enough. No rung asks
//! for a copy of a document. How a request stands is told to whoever has its number and secret.

use crate::terms::actor::Actor;
use crate::terms::operation::Operation;
use crate::terms::request::{Applicant, Matter, Objection, Rung};

/// Whoever proves to be the person, in one of these ways.
const THE_PERSON: &[Rung] = &[Rung::ContactCode, Rung::ShopToken, Rung::OrderFacts];

/// The rungs each of which is enough for that.
pub fn must_identify(matter: &Matter, by: Applicant) -> &'static [Rung] {
    match (matter, by) {
        (
            Matter::Objection(Objection::Marketing)
            | Matter::Explanation
            | Matter::Complaint
            | Matter::Authority { .. },
            _,
        ) => Rung::ALL,
        (_, Applicant::Representative) => &[Rung::Representative],
        (_, Applicant::Subject) => THE_PERSON,
        // An authority has requests of its own; it does not use the rights of a person.
        (_, Applicant::Authority) => &[],
    }
}

/// Whether that rung is enough.
pub fn is_enough(rung: Rung, matter: &Matter, by: Applicant) -> bool {
    must_identify(matter, by).contains(&rung)
}

/// Whether whoever stands on that rung is told how the request stands.
pub fn may_see_status(rung: Rung) -> bool {
    rung != Rung::Nothing
}

/// Whether a rung can be put on record by that actor: what a machine checked by the machine, what a human saw by a human.
pub fn may_attest(actor: &Actor, rung: Rung) -> bool {
    match rung {
        Rung::Nothing => true,
        Rung::Secret | Rung::ContactCode => matches!(actor, Actor::Subject | Actor::System(_)),
        // A program that says who somebody is opens all that is held of them, so it must have been admitted to give access.
        Rung::ShopToken => match actor {
            Actor::Subject | Actor::System(_) => true,
            Actor::Key { scope, .. } => {
                scope.operations.contains(&Operation::Access) && scope.undertaking.is_some()
            }
            Actor::Staff { .. } => false,
        },
        Rung::OrderFacts | Rung::Representative => matches!(actor, Actor::Staff { .. }),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::rules::samples::{Case, clerk};
    use crate::terms::actor::Role;
    use crate::terms::request::CorrectionGround;

    fn everything_of_a_person() -> Vec<Matter> {
        let attributes = Case::attributes(&["phone"]);
        vec![
            Matter::Access,
            Matter::Rectification { ground: CorrectionGround::Inaccurate, attributes: attributes.clone() },
            Matter::Restriction { ground: None, attributes: BTreeSet::new() },
            Matter::Unrestriction,
            Matter::Destruction { ground: None, purposes: BTreeSet::new() },
            Matter::Withdrawal { purposes: BTreeSet::new(), channel: None },
            Matter::Stop,
            Matter::Objection(Objection::AutomatedDecision),
            Matter::Dissemination { attributes },
        ]
    }

    #[test]
    fn rights_of_a_person_are_for_the_person_and_nobody_needs_a_copy_of_a_document() {
        for matter in everything_of_a_person() {
            for rung in Rung::ALL {
                let known = [Rung::ContactCode, Rung::ShopToken, Rung::OrderFacts].contains(rung);
                assert_eq!(is_enough(*rung, &matter, Applicant::Subject), known, "{matter:?} {rung}");
                let acts = *rung == Rung::Representative;
                assert_eq!(is_enough(*rung, &matter, Applicant::Representative), acts, "{matter:?} {rung}");
                assert!(!is_enough(*rung, &matter, Applicant::Authority), "{matter:?} {rung}");
            }
        }
    }

    #[test]
    fn advertising_ends_and_questions_are_heard_whoever_asks() {
        let free = [
            Matter::Objection(Objection::Marketing),
            Matter::Explanation,
            Matter::Complaint,
            Matter::Authority { letter_due: None },
        ];
        for matter in free {
            for by in Applicant::ALL {
                assert!(is_enough(Rung::Nothing, &matter, *by), "{matter:?} {by}");
            }
        }
        assert!(may_see_status(Rung::Secret) && !may_see_status(Rung::Nothing));
    }

    fn program(gives_access: bool) -> Actor {
        let Actor::Key { id, mut scope } = clerk() else { unreachable!() };
        scope.operations.retain(|operation| *operation != Operation::Access);
        if gives_access {
            scope.operations.insert(Operation::Access);
        }
        Actor::Key { id, scope }
    }

    #[test]
    fn what_a_human_saw_is_attested_by_a_human_and_a_code_by_the_machine() {
        let staff = Actor::Staff { id: "7".into(), role: Role::Clerk, undertaking: true };
        for (actor, rungs) in [
            (staff, &[Rung::Nothing, Rung::OrderFacts, Rung::Representative][..]),
            (Actor::Subject, &[Rung::Nothing, Rung::Secret, Rung::ContactCode, Rung::ShopToken]),
            (Actor::System("mail"), &[Rung::Nothing, Rung::Secret, Rung::ContactCode, Rung::ShopToken]),
            (program(true), &[Rung::Nothing, Rung::ShopToken]),
            (program(false), &[Rung::Nothing]),
        ] {
            let may: Vec<Rung> = Rung::ALL.iter().copied().filter(|r| may_attest(&actor, *r)).collect();
            assert_eq!(may, rungs, "{}", actor.label());
        }
    }
}
