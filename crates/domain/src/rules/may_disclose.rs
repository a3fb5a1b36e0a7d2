//! May these values be provided to this recipient for this purpose (clauses 2.11, 5.8, 7.2, 7.5, 9.1, 10)?
//!
//! The caller is admitted to provide; the recipient is one that the policy names, the purpose names it, and it gets these
//! values for it; an agreement with a duty of confidentiality is in force that day; it receives them in the country where the
//! databases stand. Then whatever [`may_read`](super::may_read) asks for is asked for as well: a ground that holds now, no stop,
//! no block, values collected for this purpose or a compatible one. Everything about the recipient is decided before
//! the person is looked at. A recipient that gets nothing at all refuses by the clause the policy cites for it first, which
//! says why it gets nothing: a promotion partner sees codes alone (clause 5.8).
//!
//! Nothing hands data over yet: this rule decides, and no operation of the server spends its permit. Two things that only come
//! with handing over are therefore not known here. No notice to the authority can be on record, so every transfer abroad is
//! refused (clause 9.1). And no answer to a recipient's own consent text (clause 7.2) can be on record either, so it is not asked
//! for: the operation that hands over has to demand it before it spends a permit.

use super::may_act::may_act;
use super::may_read::decide;
use super::{Ask, Disclose, Permit, Reason, Situation};
use crate::terms::names::{ChannelName, Clause, RecipientName};
use crate::terms::operation::Operation;
use crate::terms::policy::Policy;
use crate::terms::recipient::Recipient;
use crate::terms::refusal::{Refusal, RefusalCode};
use crate::terms::standing::Standing;

const RULE: &str = "may_disclose";

/// A permit to provide what is held of the attributes asked for to that recipient, and to no other. Where the recipient is the
/// way to reach the person, such as a service that sends messages, `channel` names it: then only a consent to it will do.
pub fn may_disclose(
    situation: &Situation<'_>,
    ask: &Ask<'_>,
    standing: Option<&Standing>,
    recipient: &RecipientName,
    channel: Option<&ChannelName>,
) -> Result<Permit<Disclose>, Refusal> {
    let purpose = may_act(situation, ask.actor, ask.purpose, Operation::Provision)?;
    let refuse = |code, clause| Refusal::new(RULE, code, clause).purpose(ask.purpose);
    let Some(recipient) = situation.policy.recipient(recipient) else {
        return Err(refuse(RefusalCode::RecipientUnknown, "7.2"));
    };
    if recipient.gets_nothing() {
        let why = recipient.clauses.first().cloned().unwrap_or(Clause::fixed("7.2"));
        return Err(Refusal::of_clause(RULE, RefusalCode::RecipientGetsNoSuchData, why)
            .purpose(ask.purpose)
            .attributes(ask.attributes));
    }
    if !purpose.to.contains(&recipient.name) {
        return Err(refuse(RefusalCode::RecipientNotNamed, "7.2"));
    }
    let gets = recipient.gets_for(ask.purpose);
    let more: Vec<_> = ask.attributes.iter().filter(|a| gets.is_none_or(|gets| !gets.contains(*a))).collect();
    if gets.is_none() || !more.is_empty() {
        return Err(refuse(RefusalCode::RecipientGetsNoSuchData, "7.2").attributes(more));
    }
    let day = situation.law.calendar.day_of(situation.now);
    if !recipient.agreement.as_ref().is_some_and(|a| a.keeps_confidential_on(day)) {
        return Err(refuse(RefusalCode::NoAgreement, "10"));
    }
    if abroad(situation.policy, recipient) {
        return Err(refuse(RefusalCode::NoticeMissing, "9.1"));
    }
    let (standing, held, reason) = decide(situation, ask, standing, channel, Operation::Provision)?;
    let permit = Permit::new(standing.id, Some(ask.purpose), held, Reason { rule: RULE, ..reason });
    Ok(permit.for_recipient(&recipient.name))
}

/// Whether what the recipient gets leaves the country in which the operator's databases stand (clauses 2.13, 9).
pub fn abroad(policy: &Policy, recipient: &Recipient) -> bool {
    recipient.country != policy.operator.storage
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::samples::{Case, clerk, day};
    use crate::terms::basis::BasisKind;

    fn check(case: &Case, recipient: &str, purpose: &str, attributes: &[&str]) -> Result<usize, String> {
        let standing = case
            .person()
            .after(&Case::opens("order", BasisKind::Contract, "A-1", day(-2)))
            .after(&Case::opens("delivery", BasisKind::Contract, "A-1", day(-2)))
            .after(&Case::collects("delivery", &["phone", "city"], day(-2)));
        let attributes = Case::attributes(attributes);
        let ask = Ask { actor: &clerk(), purpose: &Case::purpose(purpose), attributes: &attributes };
        may_disclose(&case.situation(), &ask, Some(&standing), &Case::recipient(recipient), None)
            .map(|permit| permit.attributes().len())
            .map_err(|refusal| format!("{} {}", refusal.code, refusal.clause))
    }

    #[test]
    fn a_named_recipient_gets_what_the_policy_says_and_nothing_else() {
        let case = Case::new();
        assert_eq!(check(&case, "carrier", "delivery", &["phone"]), Ok(1));
        for (recipient, purpose, attributes, expected) in [
            ("nobody", "delivery", &["phone"][..], "recipient_unknown 7.2"),
            ("wash", "delivery", &["phone"], "recipient_gets_no_such_data 5.8"),
            ("carrier", "order", &["phone"], "recipient_not_named 7.2"),
            ("carrier", "delivery", &["phone", "city"], "recipient_gets_no_such_data 7.2"),
            ("carrier", "promo", &["phone"], "no_personal_data 5.8"),
            ("foreign", "delivery", &["city"], "notice_missing 9.1"),
        ] {
            assert_eq!(check(&case, recipient, purpose, attributes), Err(expected.to_owned()), "{recipient}");
        }
    }

    #[test]
    fn without_a_duty_of_confidentiality_in_force_that_day_nothing_goes_out() {
        let mut case = Case::new();
        let today = jiff::civil::date(2026, 7, 1);
        for (from, until, confidentiality, allowed) in [
            (today, None, true, true),
            (today, Some(today), true, true),
            (today, None, false, false),
            (today.tomorrow().unwrap(), None, true, false),
            (today.yesterday().unwrap(), today.yesterday().ok(), true, false),
        ] {
            let agreement = &mut case.policy.recipients.get_mut("carrier").unwrap().agreement;
            let agreement = agreement.as_mut().unwrap();
            (agreement.from, agreement.until, agreement.confidentiality) = (from, until, confidentiality);
            let answer = check(&case, "carrier", "delivery", &["phone"]);
            let expected = if allowed { Ok(1) } else { Err("no_agreement 10".to_owned()) };
            assert_eq!(answer, expected, "{from} {until:?} {confidentiality}");
        }
        case.policy.recipients.get_mut("carrier").unwrap().agreement = None;
        assert_eq!(check(&case, "carrier", "delivery", &["phone"]), Err("no_agreement 10".to_owned()));
    }

    #[test]
    fn a_permit_names_the_one_recipient_it_was_given_for() {
        let case = Case::new();
        let standing = case.person().after(&Case::opens("delivery", BasisKind::Contract, "A-1", day(0)));
        let attributes = Case::attributes(&["phone"]);
        let ask = Ask { actor: &clerk(), purpose: &Case::purpose("delivery"), attributes: &attributes };
        let carrier = Case::recipient("carrier");
        let permit = may_disclose(&case.situation(), &ask, Some(&standing), &carrier, None).unwrap();
        assert_eq!(permit.recipient(), Some(&carrier));
        assert_eq!((permit.reason().rule, permit.reason().clause.as_str()), ("may_disclose", "6.4"));
        let nobody = may_disclose(&case.situation(), &ask, None, &carrier, None).unwrap_err();
        assert_eq!(nobody.code, RefusalCode::NoRecord);
        let closed = standing.after(&Case::blocks(None, day(0)));
        let blocked = may_disclose(&case.situation(), &ask, Some(&closed), &carrier, None).unwrap_err();
        assert_eq!(blocked.code, RefusalCode::Blocked);
    }
}
