//! Does a consent cover this purpose now (clauses 4.1, 6.1, 7.10, 11.2)?
//!
//! Yes, when the person said yes, to this purpose and, where the policy asks per channel, through this channel; the term is
//! not over; the person has not taken it back; and the policy has not widened since. A person who was never asked did not
//! consent, and one who says no after a yes takes the yes back.

use jiff::Timestamp;

use super::Reason;
use crate::terms::basis::BasisKind;
use crate::terms::consent::ConsentState;
use crate::terms::names::ChannelName;
use crate::terms::purpose::{ConsentTerms, Purpose};
use crate::terms::refusal::{Refusal, RefusalCode};
use crate::terms::standing::Standing;

const RULE: &str = "consent_holds";

/// The reason, when a consent covers the purpose at that instant. Without a channel any channel's consent will do, because
/// the data are then used for nothing that goes through one.
pub fn consent_holds(
    purpose: &Purpose,
    terms: &ConsentTerms,
    standing: &Standing,
    channel: Option<&ChannelName>,
    now: Timestamp,
) -> Result<Reason, Refusal> {
    let refuse = |code, clause| Err(Refusal::new(RULE, code, clause).purpose(&purpose.name));
    if let Some(channel) = channel
        && !terms.channels.contains(channel)
    {
        return refuse(RefusalCode::ChannelUnknown, "4.1");
    }
    let mut worst = None;
    for consent in standing.consents.iter().filter(|c| c.purpose == purpose.name) {
        if channel.is_some() && consent.channel.as_ref() != channel {
            continue;
        }
        let fault = match consent.state {
            ConsentState::Refused { .. } => (RefusalCode::ConsentRefused, "4.1"),
            ConsentState::Withdrawn { .. } => (RefusalCode::ConsentWithdrawn, "7.10"),
            ConsentState::Given { until, .. } if until <= now => (RefusalCode::ConsentExpired, "7.10"),
            ConsentState::Given { at, .. } if now < at => (RefusalCode::NoConsent, "6.1"),
            ConsentState::Given { .. } if consent.policy_version < terms.covered_since => {
                (RefusalCode::ConsentOutgrown, "11.2")
            }
            ConsentState::Given { .. } => {
                return Ok(Reason {
                    rule: RULE,
                    clause: BasisKind::Consent.clause(),
                    basis: Some(BasisKind::Consent),
                    law_knows: true,
                });
            }
        };
        worst = Some(fault);
    }
    let (code, clause) = worst.unwrap_or((RefusalCode::NoConsent, "6.1"));
    refuse(code, clause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::samples::{Case, day};

    #[test]
    fn a_consent_covers_its_purpose_and_channel_until_it_ends() {
        let case = Case::new();
        let marketing = case.policy.purpose(&Case::purpose("marketing")).unwrap();
        let terms = marketing.consent.as_ref().unwrap();
        let email = ChannelName::new("email").unwrap();
        let sms = ChannelName::new("sms").unwrap();
        let pigeon = ChannelName::new("pigeon").unwrap();
        let given = case.person().after(&Case::consents("marketing", Some("email"), day(0), day(100), 1));
        let withdrawn = given.clone().after(&Case::withdraws("marketing", None, day(5)));
        let refused = case.person().after(&Case::refuses("marketing", Some("email"), day(0)));
        for (standing, channel, now, expected) in [
            (&given, Some(&email), day(1), None),
            (&given, None, day(1), None),
            (&given, Some(&sms), day(1), Some(RefusalCode::NoConsent)),
            (&given, Some(&pigeon), day(1), Some(RefusalCode::ChannelUnknown)),
            (&given, Some(&email), day(100), Some(RefusalCode::ConsentExpired)),
            (&given, Some(&email), day(-1), Some(RefusalCode::NoConsent)),
            (&withdrawn, Some(&email), day(6), Some(RefusalCode::ConsentWithdrawn)),
            (&refused, Some(&email), day(1), Some(RefusalCode::ConsentRefused)),
            (&case.person(), None, day(1), Some(RefusalCode::NoConsent)),
        ] {
            let answer = consent_holds(marketing, terms, standing, channel, now);
            assert_eq!(answer.err().map(|r| r.code), expected, "{channel:?} {now}");
        }
    }

    #[test]
    fn a_consent_older_than_the_widening_does_not_cover_it() {
        let mut case = Case::new();
        let given = case.person().after(&Case::consents("marketing", Some("email"), day(0), day(100), 1));
        let purpose = case.policy.purposes.get_mut("marketing").unwrap();
        purpose.consent.as_mut().unwrap().covered_since = 2;
        let terms = purpose.consent.clone().unwrap();
        let refusal = consent_holds(purpose, &terms, &given, None, day(1)).unwrap_err();
        assert_eq!((refusal.code, refusal.clause.as_str()), (RefusalCode::ConsentOutgrown, "11.2"));
    }
}
