//! May this caller do this at all (clauses 7.1, 10; 8.1)?
//!
//! A key acts for the purposes and does the operations it was admitted to, and no others. Staff at the pages have no purposes of
//! their own: they carry out requests of persons, and this gate refuses them. Whoever would see personal data
//! must have signed the confidentiality undertaking. The system acts only where a term or an event makes it, and a person
//! acts only upon their own data; both are known by where the question comes from and need no key. The purpose itself must
//! be declared, process personal data at all (clause 5.8), and declare the operation.

use super::{Situation, declared};
use crate::terms::actor::Actor;
use crate::terms::names::PurposeName;
use crate::terms::operation::Operation;
use crate::terms::purpose::Purpose;
use crate::terms::refusal::{Refusal, RefusalCode};

const RULE: &str = "may_act";

/// The purpose, when the caller may do the operation for it.
pub fn may_act<'a>(
    situation: &Situation<'a>,
    actor: &Actor,
    purpose: &PurposeName,
    operation: Operation,
) -> Result<&'a Purpose, Refusal> {
    if let Actor::Key { scope, .. } = actor {
        if !scope.purposes.contains(purpose) || !scope.operations.contains(&operation) {
            return Err(Refusal::new(RULE, RefusalCode::NotAuthorised, "7.1"));
        }
        if scope.undertaking.is_none() {
            return Err(Refusal::new(RULE, RefusalCode::NoUndertaking, "10"));
        }
    }
    if let Actor::Staff { .. } = actor {
        return Err(Refusal::new(RULE, RefusalCode::NotAuthorised, "7.1"));
    }
    let purpose = declared(RULE, situation, purpose)?;
    if purpose.basis.kind().is_none() {
        return Err(Refusal::new(RULE, RefusalCode::NoPersonalData, "5.8").purpose(&purpose.name));
    }
    if !purpose.operations.contains(&operation) {
        return Err(Refusal::new(RULE, RefusalCode::OperationNotDeclared, "8.1").purpose(&purpose.name));
    }
    Ok(purpose)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::samples::{Case, clerk};

    #[test]
    fn a_key_does_what_it_was_admitted_to_and_nothing_else() {
        let case = Case::new();
        let order = Case::purpose("order");
        let situation = case.situation();
        assert!(may_act(&situation, &clerk(), &order, Operation::Retrieval).is_ok());
        for (purpose, operation, code) in [
            ("marketing", Operation::Retrieval, RefusalCode::NotAuthorised),
            ("order", Operation::Dissemination, RefusalCode::NotAuthorised),
            ("nothing", Operation::Retrieval, RefusalCode::NotAuthorised),
        ] {
            let refusal = may_act(&situation, &clerk(), &Case::purpose(purpose), operation).unwrap_err();
            assert_eq!(refusal.code, code, "{purpose} {operation}");
        }
    }

    #[test]
    fn without_an_undertaking_nothing_is_shown() {
        let case = Case::new();
        let Actor::Key { id, mut scope } = clerk() else { unreachable!() };
        scope.undertaking = None;
        let refusal = may_act(
            &case.situation(),
            &Actor::Key { id, scope },
            &Case::purpose("order"),
            Operation::Retrieval,
        )
        .unwrap_err();
        assert_eq!((refusal.code, refusal.clause.as_str()), (RefusalCode::NoUndertaking, "10"));
    }

    #[test]
    fn an_undeclared_purpose_and_an_undeclared_operation_are_refused_even_to_the_system() {
        let case = Case::new();
        let system = Actor::System("test");
        let unknown =
            may_act(&case.situation(), &system, &Case::purpose("nothing"), Operation::Use).unwrap_err();
        assert_eq!((unknown.code, unknown.clause.as_str()), (RefusalCode::PurposeUnknown, "5.2"));
        let undeclared =
            may_act(&case.situation(), &system, &Case::purpose("order"), Operation::Dissemination)
                .unwrap_err();
        assert_eq!((undeclared.code, undeclared.clause.as_str()), (RefusalCode::OperationNotDeclared, "8.1"));
    }
}
