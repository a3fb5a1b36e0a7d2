//! May this answer to a consent text be recorded (clauses 4.1, 6.1, 11.2)?
//!
//! Yes, when the purpose asks for consent; the channel is one it asks for, where it asks per channel; and the text that the
//! person saw is the one published today, in the language it was shown in. A no is recorded like a yes, so that nobody
//! asks again at every visit. Whose age is known to be below 18 says yes together with a parent, and below 14 a parent does
//! (Civil Code, articles 22 and 23); anybody may say no. After a demand to stop all processing no consent is taken that was not given later; a
//! yes that was given later ends the stop, and nothing of what the stop had ended comes back.

use super::may_act::may_act;
use super::{Permit, Reason, Situation, TakeConsent};
use crate::terms::actor::Actor;
use crate::terms::age::may_consent;
use crate::terms::basis::BasisKind;
use crate::terms::consent::{Consent, ConsentState};
use crate::terms::names::Language;
use crate::terms::operation::Operation;
use crate::terms::refusal::{Refusal, RefusalCode};
use crate::terms::standing::Standing;

const RULE: &str = "may_take_consent";

/// A permit to record the answer.
pub fn may_take_consent(
    situation: &Situation<'_>,
    actor: &Actor,
    standing: &Standing,
    answer: &Consent,
    age: Option<u8>,
) -> Result<Permit<TakeConsent>, Refusal> {
    let purpose = may_act(situation, actor, &answer.purpose, Operation::Collection)?;
    let refuse = |code, clause| Err(Refusal::new(RULE, code, clause).purpose(&answer.purpose));
    let Some(terms) = &purpose.consent else {
        return refuse(RefusalCode::TextUnknown, "6.1");
    };
    let channel_fits = match &answer.channel {
        Some(channel) => terms.channels.contains(channel),
        None => terms.channels.is_empty(),
    };
    if !channel_fits {
        return refuse(RefusalCode::ChannelUnknown, "4.1");
    }
    let [kk, ru, en] = &terms.digests;
    let published = match answer.language {
        Language::Kazakh => kk,
        Language::Russian => ru,
        Language::English => en,
    };
    if &answer.text_digest != published || answer.policy_version != situation.policy.version {
        return refuse(RefusalCode::TextUnknown, "6.1");
    }
    let (ConsentState::Given { at, .. } | ConsentState::Refused { at } | ConsentState::Withdrawn { at, .. }) =
        answer.state;
    if standing.stop.is_some_and(|stop| at <= stop.at) {
        return refuse(RefusalCode::SubjectStopped, "7.10");
    }
    if matches!(answer.state, ConsentState::Given { .. }) && !may_consent(age, answer.by) {
        return refuse(RefusalCode::ParentMissing, "6.1");
    }
    let reason = Reason {
        rule: RULE,
        clause: BasisKind::Consent.clause(),
        basis: Some(BasisKind::Consent),
        law_knows: true,
    };
    Ok(Permit::new(standing.id, Some(&answer.purpose), Default::default(), reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::samples::{Case, clerk, day};
    use crate::terms::consent::GivenBy;
    use crate::terms::event::StandingEvent;
    use crate::terms::names::ChannelName;

    #[test]
    fn only_an_answer_to_the_published_text_and_channel_is_taken() {
        let case = Case::new();
        let StandingEvent::ConsentAnswered(good) =
            Case::consents("marketing", Some("email"), day(0), day(100), 1)
        else {
            unreachable!()
        };
        let mut other_text = good.clone();
        other_text.text_digest = [9; 32];
        let mut other_language = good.clone();
        other_language.language = Language::Kazakh;
        let mut no_channel = good.clone();
        no_channel.channel = None;
        let mut pigeon = good.clone();
        pigeon.channel = ChannelName::new("pigeon").ok();
        let mut no_consent_purpose = good.clone();
        no_consent_purpose.purpose = Case::purpose("order");
        for (answer, expected) in [
            (&good, None),
            (&other_text, Some(RefusalCode::TextUnknown)),
            (&other_language, Some(RefusalCode::TextUnknown)),
            (&no_channel, Some(RefusalCode::ChannelUnknown)),
            (&pigeon, Some(RefusalCode::ChannelUnknown)),
            (&no_consent_purpose, Some(RefusalCode::TextUnknown)),
        ] {
            let actor = Case::everything_for(&["marketing", "order"]);
            let answer = may_take_consent(&case.situation(), &actor, &case.person(), answer, None);
            assert_eq!(answer.err().map(|r| r.code), expected);
        }
        let outsider =
            may_take_consent(&case.situation(), &clerk(), &case.person(), &good, None).unwrap_err();
        assert_eq!(outsider.code, RefusalCode::NotAuthorised);
    }

    #[test]
    fn a_child_says_yes_with_a_parent_and_no_alone() {
        let case = Case::new();
        let actor = Case::everything_for(&["marketing"]);
        let StandingEvent::ConsentAnswered(alone) =
            Case::consents("marketing", Some("email"), day(0), day(100), 1)
        else {
            unreachable!()
        };
        let no = Consent { state: ConsentState::Refused { at: day(0) }, ..alone.clone() };
        let together = Consent { by: GivenBy::Together, ..alone.clone() };
        for (answer, age, expected) in [
            (&alone, Some(12), Some(RefusalCode::ParentMissing)),
            (&alone, Some(16), Some(RefusalCode::ParentMissing)),
            (&alone, Some(18), None),
            (&together, Some(16), None),
            (&no, Some(12), None),
        ] {
            let taken = may_take_consent(&case.situation(), &actor, &case.person(), answer, age);
            assert_eq!(taken.err().map(|r| r.code), expected, "{age:?}");
        }
    }
}
