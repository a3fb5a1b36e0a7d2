//! May a value that was collected for one purpose serve another (clause 5.2)?
//!
//! Yes, when it was collected for that purpose, or for one that the policy declares compatible with it. Compatibility goes
//! one way, from the purpose that uses to the purpose that collected, and is not passed on. Purposes in different
//! compartments are never compatible: the policy's check refuses to declare it (clause 5.3).

use super::Situation;
use crate::terms::names::AttributeName;
use crate::terms::purpose::Purpose;
use crate::terms::refusal::{Refusal, RefusalCode};
use crate::terms::standing::Standing;

const RULE: &str = "may_repurpose";

/// Nothing, when the value may serve the purpose; a value that is not held is no fault of the purpose.
pub fn may_repurpose(
    _situation: &Situation<'_>,
    purpose: &Purpose,
    standing: &Standing,
    attribute: &AttributeName,
) -> Result<(), Refusal> {
    let Some(held) = standing.held.get(attribute) else {
        return Ok(());
    };
    let serves = held.purposes.contains(&purpose.name)
        || purpose.compatible_with.iter().any(|collected_for| held.purposes.contains(collected_for));
    if serves {
        return Ok(());
    }
    Err(Refusal::new(RULE, RefusalCode::Incompatible, "5.2").purpose(&purpose.name).attributes([attribute]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::samples::{Case, day};

    #[test]
    fn compatibility_goes_one_way() {
        let case = Case::new();
        let situation = case.situation();
        let phone = AttributeName::new("phone").unwrap();
        let collected_for = |purpose| case.person().after(&Case::collects(purpose, &["phone"], day(0)));
        for (user, collector, allowed) in
            [("order", "order", true), ("delivery", "order", true), ("order", "delivery", false)]
        {
            let purpose = case.policy.purpose(&Case::purpose(user)).unwrap();
            let answer = may_repurpose(&situation, purpose, &collected_for(collector), &phone);
            assert_eq!(answer.is_ok(), allowed, "{user} with data of {collector}");
        }
    }
}
