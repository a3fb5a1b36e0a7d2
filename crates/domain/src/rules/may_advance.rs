//! May this event open or end a ground (clauses 5.2, 6.2 to 6.7, 7.10)?
//!
//! An event opens the purposes that name it as their start, and ends those that name it as their end, for one piece of
//! evidence, such as an order's number, as far as the caller may record for them. A purpose that is stopped is not opened; an end is always recorded, because it
//! only ever narrows. An event that no purpose names changes nothing and is refused, so that a typing error is seen.

use super::may_act::may_act;
use super::{Advance, Permit, Reason, Situation, not_stopped};
use crate::terms::actor::Actor;
use crate::terms::basis::BasisKind;
use crate::terms::event::StandingEvent;
use crate::terms::names::{Clause, EventName, PurposeName};
use crate::terms::operation::Operation;
use crate::terms::purpose::Purpose;
use crate::terms::refusal::{Refusal, RefusalCode};
use crate::terms::standing::{EndCause, Ended, Standing};

const RULE: &str = "may_advance";

/// A permit, and what the event changes.
pub fn may_advance(
    situation: &Situation<'_>,
    actor: &Actor,
    standing: &Standing,
    event: &EventName,
    reference: &str,
) -> Result<(Permit<Advance>, Vec<StandingEvent>), Refusal> {
    let admitted = |purpose: &Purpose| may_act(situation, actor, &purpose.name, Operation::Recording).is_ok();
    let named: Vec<&Purpose> =
        situation.policy.opened_by(event).chain(situation.policy.ended_by(event)).collect();
    if named.is_empty() {
        return Err(Refusal::new(RULE, RefusalCode::EventUnknown, "7.10"));
    }
    if !named.iter().any(|p| admitted(p)) {
        let first = named.first().map(|p| may_act(situation, actor, &p.name, Operation::Recording));
        return Err(match first {
            Some(Err(refusal)) => refusal,
            _ => Refusal::new(RULE, RefusalCode::NotAuthorised, "7.1"),
        });
    }
    let mut changes = Vec::new();
    let mut refused = None;
    for purpose in situation.policy.opened_by(event).filter(|p| admitted(p)) {
        let Some(basis) = purpose.basis.kind().filter(|b| *b != BasisKind::Consent) else { continue };
        let there = standing.grounds.iter().any(|g| g.purpose == purpose.name && g.reference == reference);
        if there || standing.stop.is_some() {
            continue;
        }
        if let Err(stopped) = not_stopped(RULE, situation, purpose) {
            refused = Some(stopped);
            continue;
        }
        changes.push(opened(situation, purpose, basis, reference));
    }
    for purpose in situation.policy.ended_by(event).filter(|p| admitted(p)) {
        let open = standing
            .grounds
            .iter()
            .any(|g| g.purpose == purpose.name && g.reference == reference && g.ended.is_none());
        if open {
            changes.push(StandingEvent::GroundEnded {
                purpose: purpose.name.clone(),
                reference: reference.to_owned(),
                ended: end(situation, purpose, EndCause::PurposeReached),
            });
        }
    }
    // What is stopped is not opened, but that must not keep an end from being recorded.
    if changes.is_empty()
        && let Some(stopped) = refused
    {
        return Err(stopped);
    }
    let reason = Reason { rule: RULE, clause: Clause::fixed("7.10"), basis: None, law_knows: true };
    let purpose = named.into_iter().find(|p| admitted(p)).map(|p| &p.name);
    Ok((Permit::new(standing.id, purpose, Default::default(), reason), changes))
}

/// The ground that comes with a collection: its evidence is what the caller names, an order's number for example. An event
/// that was told before has opened it already.
pub fn opening(
    situation: &Situation<'_>,
    standing: &Standing,
    purpose: &PurposeName,
    reference: &str,
) -> Option<StandingEvent> {
    let purpose = situation.policy.purpose(purpose)?;
    let basis = purpose.basis.kind().filter(|b| *b != BasisKind::Consent)?;
    let there = standing.grounds.iter().any(|g| g.purpose == purpose.name && g.reference == reference);
    (!there && !reference.is_empty()).then(|| opened(situation, purpose, basis, reference))
}

fn opened(situation: &Situation<'_>, purpose: &Purpose, basis: BasisKind, reference: &str) -> StandingEvent {
    StandingEvent::GroundOpened {
        purpose: purpose.name.clone(),
        basis,
        reference: reference.to_owned(),
        at: situation.now,
    }
}

/// How a ground of the purpose ends now, with the term its data are still kept for.
pub fn end(situation: &Situation<'_>, purpose: &Purpose, cause: EndCause) -> Ended {
    let keep_until = purpose
        .keep
        .as_ref()
        .map_or(situation.now, |keep| situation.law.calendar.end_of_term(situation.now, keep.term));
    Ended { at: situation.now, cause, keep_until }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::samples::{Case, clerk, day};

    fn check(case: &Case, standing: &Standing, event: &str) -> Result<Vec<String>, RefusalCode> {
        let event = EventName::new(event).unwrap();
        match may_advance(&case.situation(), &clerk(), standing, &event, "A-1") {
            Ok((_, changes)) => Ok(changes
                .iter()
                .map(|c| match c {
                    StandingEvent::GroundOpened { purpose, .. } => format!("{purpose} opened"),
                    StandingEvent::GroundEnded { purpose, .. } => format!("{purpose} ended"),
                    other => format!("{other:?}"),
                })
                .collect()),
            Err(refusal) => Err(refusal.code),
        }
    }

    #[test]
    fn an_event_opens_and_ends_what_names_it() {
        let case = Case::new();
        let person = case.person();
        assert_eq!(check(&case, &person, "order.created").unwrap(), ["order opened"]);
        let open = person.clone().after(&Case::opens("order", BasisKind::Contract, "A-1", day(0)));
        assert_eq!(check(&case, &open, "order.created").unwrap(), Vec::<String>::new());
        assert_eq!(check(&case, &open, "order.closed").unwrap(), ["order ended"]);
        assert_eq!(check(&case, &person, "order.closed").unwrap(), Vec::<String>::new());
        assert_eq!(check(&case, &person, "moon.landed"), Err(RefusalCode::EventUnknown));
    }

    #[test]
    fn a_stopped_purpose_is_not_opened_but_can_be_ended() {
        let mut case = Case::new();
        case.stop("order");
        let open = case.person().after(&Case::opens("order", BasisKind::Contract, "A-1", day(0)));
        assert_eq!(check(&case, &case.person(), "order.created"), Err(RefusalCode::PurposeStopped));
        assert_eq!(check(&case, &open, "order.closed").unwrap(), ["order ended"]);
    }
}
