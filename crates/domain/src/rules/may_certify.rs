//! May it be certified, in a request of a person, to what that person once said yes (clauses 3.2, 4.1; law, article 8)?
//!
//! Yes, once it was shown whose request it is, by whatever is enough for anything at all. The certificate speaks of a yes that is
//! on record, whether it holds, was taken back or is over: a no is no consent. It tells no value. Neither a block nor a stop stands
//! in the way: the consent is evidence for the person and for the operator when something is in dispute.

use super::{Inspect, Permit, Reason, Refusal};
use crate::terms::consent::{Consent, ConsentState};
use crate::terms::names::{ChannelName, Clause, PurposeName};
use crate::terms::refusal::RefusalCode;
use crate::terms::request::Rung;
use crate::terms::request::course::{Request, RequestState};
use crate::terms::standing::Standing;

const RULE: &str = "may_certify";

/// A permit to tell of a consent, and the consent.
pub fn may_certify<'a>(
    request: &Request,
    standing: &'a Standing,
    purpose: &PurposeName,
    channel: Option<&ChannelName>,
) -> Result<(Permit<Inspect>, &'a Consent), Refusal> {
    let shown = request.proof.is_some_and(|proof| proof.rung != Rung::Nothing);
    if !shown || request.state == RequestState::AwaitingIdentity {
        return Err(Refusal::new(RULE, RefusalCode::IdentityNotProven, "10").purpose(purpose));
    }
    let consent = standing.consent(purpose, channel).filter(|consent| was_given(consent));
    let consent = consent.ok_or_else(|| Refusal::new(RULE, RefusalCode::NoRecord, "5.3").purpose(purpose))?;
    let reason = Reason { rule: RULE, clause: Clause::fixed("4.1"), basis: None, law_knows: true };
    Ok((Permit::new(standing.id, Some(purpose), Default::default(), reason), consent))
}

/// Whether somebody said yes, whatever became of it.
pub fn was_given(consent: &Consent) -> bool {
    matches!(consent.state, ConsentState::Given { .. } | ConsentState::Withdrawn { .. })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::must_answer::samples::{at, awaiting, request};
    use crate::rules::samples::Case;
    use crate::terms::request::Matter;

    const NOW: &str = "2026-03-02T04:00:00Z";

    #[test]
    fn a_yes_is_certified_to_whoever_showed_who_they_are_and_a_no_to_nobody() {
        let now = at(NOW);
        let marketing = Case::purpose("marketing");
        let sms = ChannelName::new("sms").unwrap();
        let given = Case::new().person().after(&Case::consents(
            "marketing",
            Some("sms"),
            now,
            at("2027-03-02T04:00:00Z"),
            1,
        ));
        let taken_back = given.clone().after(&Case::withdraws("marketing", Some("sms"), now));
        let refused = Case::new().person().after(&Case::refuses("marketing", Some("sms"), now));
        let (proven, unproven) = (request(Matter::Access, now), awaiting(Matter::Access, now));
        let answer = |request: &Request, standing: &Standing| {
            let answer = may_certify(request, standing, &marketing, Some(&sms));
            answer.map(|(permit, _)| permit.subject()).map_err(|refusal| refusal.code)
        };
        for standing in [&given, &taken_back] {
            assert_eq!(answer(&proven, standing), Ok(standing.id));
            assert_eq!(answer(&unproven, standing), Err(RefusalCode::IdentityNotProven));
        }
        assert_eq!(answer(&proven, &refused), Err(RefusalCode::NoRecord));
        let other = may_certify(&proven, &given, &marketing, None).map(drop).unwrap_err();
        assert_eq!((other.code, other.clause.as_str()), (RefusalCode::NoRecord, "5.3"));
    }
}
