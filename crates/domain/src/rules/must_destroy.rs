//! What must end now, and when is the next end due (clauses 5.7, 7.4, 7.9, 7.10; law, articles 12(2), 18)?
//!
//! A purpose lives while a ground or a consent of it is open, and its data are kept for the declared term after that. A
//! value lives as long as any purpose that may use it does. When nothing carries a value any more it must be destroyed, or
//! lose its tie to the person where the policy says so. A hold stops that; so does a block, where the law freezes
//! destruction as well, until it is lifted.
//!
//! A new version of the policy counts for what it finds (clause 11.2). A shorter term ends what is kept on the shorter day, a
//! longer one leaves the day that was fixed at the end. A purpose that the policy does not declare any more is over at once,
//! whatever ground was open: nothing may be held for what is not declared (clause 5.2).

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::basis_stands::term_end;
use super::{Destroy, Permit, Reason, Situation};
use crate::terms::attribute::Depersonalise;
use crate::terms::basis::BasisKind;
use crate::terms::consent::ConsentState;
use crate::terms::names::{AttributeName, Clause, PurposeName};
use crate::terms::purpose::{EndAction, Purpose};
use crate::terms::standing::{EndCause, Standing};

const RULE: &str = "must_destroy";

/// How far along a purpose is for one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Life {
    /// It goes on, on this ground.
    Open(BasisKind),
    /// It is over, and its data are kept until then.
    KeptUntil(Timestamp, EndCause),
    /// It is over, and so is the term for which its data were kept.
    Over(EndCause),
    /// It never began.
    Unborn,
}

/// How far along the purpose is.
pub fn life(situation: &Situation<'_>, purpose: &Purpose, standing: &Standing) -> Life {
    let now = situation.now;
    let stretches = stretches(situation, purpose, standing);
    let open = stretches.iter().filter(|s| s.use_ends.is_none_or(|end| now < end)).map(|s| s.basis);
    // Of several open grounds the one that the person cannot give up alone.
    if let Some(basis) = open.max_by_key(|b| !b.rests_on_the_persons_will()) {
        return Life::Open(basis);
    }
    match stretches.iter().filter_map(|s| s.keep_ends.map(|end| (end, s.cause))).max_by_key(|(end, _)| *end) {
        Some((until, cause)) if now < until => Life::KeptUntil(until, cause),
        Some((_, cause)) => Life::Over(cause),
        None => Life::Unborn,
    }
}

/// A time in which a ground or a consent of a purpose was open, and the term after it; without ends, none is in sight.
struct Stretch {
    basis: BasisKind,
    use_ends: Option<Timestamp>,
    keep_ends: Option<Timestamp>,
    cause: EndCause,
}

fn stretches(situation: &Situation<'_>, purpose: &Purpose, standing: &Standing) -> Vec<Stretch> {
    let grounds = standing.grounds.iter().filter(|g| g.purpose == purpose.name).map(|ground| {
        let (use_ends, keep_ends, cause) = match ground.ended {
            Some(ended) => {
                let kept = end_of_keeping(situation, purpose, ended.at).min(ended.keep_until);
                (Some(ended.at), Some(kept), ended.cause)
            }
            None => {
                let end = term_end(situation, purpose, ground);
                (end, end, EndCause::PurposeReached)
            }
        };
        Stretch { basis: ground.basis, use_ends, keep_ends, cause }
    });
    let consents = standing.consents.iter().filter(|c| c.purpose == purpose.name).filter_map(|consent| {
        let (end, cause) = match consent.state {
            ConsentState::Given { until, .. } => (until, EndCause::ConsentExpired),
            ConsentState::Withdrawn { at, .. } => (at, EndCause::ConsentWithdrawn),
            ConsentState::Refused { .. } => return None,
        };
        let kept = end_of_keeping(situation, purpose, end);
        Some(Stretch { basis: BasisKind::Consent, use_ends: Some(end), keep_ends: Some(kept), cause })
    });
    grounds.chain(consents).collect()
}

/// Until when the data of a purpose are kept as things stand now: the latest end of its grounds and consents, with the term after
/// it. None, when one of them has no end in sight or nothing ever began.
pub fn kept_until(situation: &Situation<'_>, purpose: &Purpose, standing: &Standing) -> Option<Timestamp> {
    let stretches = stretches(situation, purpose, standing);
    let never = stretches.iter().any(|s| s.keep_ends.is_none());
    stretches.iter().filter(|_| !never).filter_map(|s| s.keep_ends.max(s.use_ends)).max()
}

/// Until when data are kept after that end, as the policy in force says.
fn end_of_keeping(situation: &Situation<'_>, purpose: &Purpose, end: Timestamp) -> Timestamp {
    purpose.keep.as_ref().map_or(end, |keep| situation.law.calendar.end_of_term(end, keep.term))
}

/// Purposes of which something is known and that the policy does not declare any more.
fn undeclared(situation: &Situation<'_>, standing: &Standing) -> BTreeSet<PurposeName> {
    let grounds = standing.grounds.iter().map(|g| &g.purpose);
    let known = grounds.chain(standing.consents.iter().map(|c| &c.purpose));
    known.filter(|p| situation.policy.purpose(p).is_none()).cloned().collect()
}

/// What has come to its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// Purposes that are over, terms and all.
    pub purposes: BTreeSet<PurposeName>,
    /// Values to be destroyed.
    pub destroy: BTreeSet<AttributeName>,
    /// Values that lose their tie to the person and stay.
    pub release: BTreeSet<AttributeName>,
    /// Why, as far as one word can say it.
    pub cause: EndCause,
}

impl Ending {
    /// Everything that is held and known of one person in one compartment, when it goes over into another record of theirs.
    pub fn everything_of(standing: &Standing) -> Self {
        let consented = standing.consents.iter().map(|c| c.purpose.clone());
        Self {
            purposes: standing.grounds.iter().map(|g| g.purpose.clone()).chain(consented).collect(),
            destroy: standing.held.keys().cloned().collect(),
            release: BTreeSet::new(),
            cause: EndCause::PurposeReached,
        }
    }
}

/// A permit to end what must end, when there is something and nothing stops it.
pub fn must_destroy(situation: &Situation<'_>, standing: &Standing) -> Option<(Permit<Destroy>, Ending)> {
    if held_back(situation, standing) {
        return None;
    }
    let ending = ending(situation, standing, &BTreeSet::new())?;
    let touched = ending.destroy.union(&ending.release).cloned().collect();
    let reason = Reason { rule: RULE, clause: Clause::fixed("5.7"), basis: None, law_knows: true };
    Some((Permit::new(standing.id, ending.purposes.first(), touched, reason), ending))
}

/// Whether a hold, or a block where the law freezes destruction, keeps everything as it is.
pub fn held_back(situation: &Situation<'_>, standing: &Standing) -> bool {
    let blocked = standing.restrictions.iter().any(|r| r.until.is_none_or(|until| situation.now < until));
    standing.hold(situation.now).is_some() || (blocked && situation.law.block_freezes_destruction)
}

/// What would end if, beside what is over, the `given_up` purposes were over too.
pub(super) fn ending(
    situation: &Situation<'_>,
    standing: &Standing,
    given_up: &BTreeSet<PurposeName>,
) -> Option<Ending> {
    let mut over = undeclared(situation, standing);
    let mut causes = Vec::new();
    let mut alive: Vec<&Purpose> = Vec::new();
    for purpose in situation.policy.purposes.values() {
        match life(situation, purpose, standing) {
            Life::Unborn => {}
            _ if given_up.contains(&purpose.name) => {
                over.insert(purpose.name.clone());
                causes.push(EndCause::StopDemanded);
            }
            Life::Over(cause) => {
                over.insert(purpose.name.clone());
                causes.push(cause);
            }
            Life::Open(_) | Life::KeptUntil(..) => alive.push(purpose),
        }
    }
    let carried = |attribute: &AttributeName, purposes: &BTreeSet<PurposeName>| {
        alive.iter().any(|p| {
            p.uses(attribute)
                && (purposes.contains(&p.name) || p.compatible_with.iter().any(|c| purposes.contains(c)))
        })
    };
    // In order already: a set that is made of them at once costs less than one that is filled one by one.
    let mut destroy = Vec::new();
    let mut release = Vec::new();
    for (attribute, held) in &standing.held {
        if carried(attribute, &held.purposes) {
            continue;
        }
        let loses_tie = held
            .purposes
            .iter()
            .filter_map(|p| situation.policy.purpose(p))
            .any(|p| p.then == EndAction::Depersonalise);
        let keeps =
            || situation.policy.attribute(attribute).is_some_and(|a| a.depersonalise == Depersonalise::Keep);
        if loses_tie && keeps() {
            release.push(attribute.clone());
        } else {
            destroy.push(attribute.clone());
        }
    }
    let (destroy, release): (BTreeSet<_>, BTreeSet<_>) =
        (destroy.into_iter().collect(), release.into_iter().collect());
    if over.is_empty() && destroy.is_empty() && release.is_empty() {
        return None;
    }
    let cause = causes.into_iter().max().unwrap_or(EndCause::PurposeReached);
    Some(Ending { purposes: over, destroy, release, cause })
}

/// The next instant at which this person must be looked at again; none, when nothing is ever due by itself. Corrections that
/// wait for a block are due when the block ends.
pub fn next_due(situation: &Situation<'_>, standing: &Standing) -> Option<Timestamp> {
    let lifts = standing.restrictions.iter().filter_map(|r| r.until).min();
    let correction = lifts.filter(|_| !standing.waiting.is_empty());
    [next_end(situation, standing), correction].into_iter().flatten().min()
}

/// The next instant at which something may have to end.
fn next_end(situation: &Situation<'_>, standing: &Standing) -> Option<Timestamp> {
    // Over at its latest end, unless something of it never ends.
    let over = situation.policy.purposes.values().filter_map(|p| kept_until(situation, p, standing));
    // What nothing carries already is due now, whether or not a purpose of it ever ends.
    let now = ending(situation, standing, &BTreeSet::new()).map(|_| situation.now);
    let earliest = over.chain(now).min()?;
    if !held_back(situation, standing) {
        return Some(earliest);
    }
    // Something holds it back: look again when that ends by itself. When it is lifted, the lifting asks anew.
    let blocks = standing.restrictions.iter().filter(|_| situation.law.block_freezes_destruction);
    let lifts = standing
        .holds
        .iter()
        .map(|h| h.until)
        .chain(blocks.map(|r| r.until))
        .map(|until| until.unwrap_or(Timestamp::MAX))
        .filter(|until| *until > situation.now)
        .max();
    match lifts {
        Some(until) if until == Timestamp::MAX => None,
        Some(until) => Some(earliest.max(until)),
        None => Some(earliest),
    }
}

#[cfg(test)]
mod tests {
    use jiff::{Span, ToSpan};

    use super::*;
    use crate::rules::samples::{Case, day};
    use crate::terms::event::StandingEvent;
    use crate::terms::purpose::Keep;
    use crate::terms::standing::Hold;
    use crate::terms::subject::ThingId;

    fn ended(case: &Case, standing: &Standing) -> Option<(Vec<String>, Vec<String>)> {
        must_destroy(&case.situation(), standing).map(|(_, ending)| {
            let names = |set: &BTreeSet<AttributeName>| set.iter().map(ToString::to_string).collect();
            (names(&ending.destroy), names(&ending.release))
        })
    }

    fn closed_order(case: &Case, keep_until: i64) -> Standing {
        case.person()
            .after(&Case::opens("order", BasisKind::Contract, "A-1", day(-40)))
            .after(&Case::collects("order", &["full_name", "phone"], day(-40)))
            .after(&Case::ends("order", "A-1", day(-30), day(keep_until)))
    }

    #[test]
    fn values_end_when_the_term_after_their_purpose_is_over() {
        let case = Case::new();
        assert_eq!(ended(&case, &closed_order(&case, 1)), None);
        assert_eq!(
            ended(&case, &closed_order(&case, 0)),
            Some((vec!["full_name".into(), "phone".into()], vec![]))
        );
        assert_eq!(next_due(&case.situation(), &closed_order(&case, 1)), Some(day(1)));
    }

    #[test]
    fn a_compatible_purpose_that_goes_on_carries_what_it_uses() {
        let case = Case::new();
        let standing =
            closed_order(&case, 0).after(&Case::opens("delivery", BasisKind::Contract, "A-1", day(-1)));
        assert_eq!(ended(&case, &standing), Some((vec!["full_name".into()], vec![])));
    }

    #[test]
    fn a_hold_or_a_block_keeps_everything_until_it_is_lifted() {
        let mut case = Case::new();
        let hold = StandingEvent::HoldPlaced(Hold {
            id: ThingId::new([3; 16]),
            ground: "court case 7".into(),
            since: day(-1),
            until: Some(day(9)),
        });
        let held = closed_order(&case, 0).after(&hold);
        assert_eq!(ended(&case, &held), None);
        assert_eq!(next_due(&case.situation(), &held), Some(day(9)));
        let blocked = closed_order(&case, 0).after(&Case::blocks(None, day(-1)));
        assert_eq!(ended(&case, &blocked), None);
        assert_eq!(next_due(&case.situation(), &blocked), None);
        case.law.block_freezes_destruction = false;
        assert!(ended(&case, &blocked).is_some());
    }

    #[test]
    fn a_withdrawn_or_expired_consent_ends_its_purpose_and_another_channel_carries_it() {
        let case = Case::new();
        let email = case
            .person()
            .after(&Case::consents("marketing", Some("email"), day(-9), day(90), 1))
            .after(&Case::collects("marketing", &["email"], day(-9)));
        assert_eq!(ended(&case, &email), None);
        let both = email.clone().after(&Case::consents("marketing", Some("sms"), day(-9), day(90), 1));
        let one_left = both.after(&Case::withdraws("marketing", Some("email"), day(0)));
        assert_eq!(ended(&case, &one_left), None);
        let none_left = email.after(&Case::withdraws("marketing", None, day(0)));
        assert_eq!(ended(&case, &none_left), Some((vec!["email".into()], vec![])));
    }

    #[test]
    fn what_tells_nothing_alone_may_lose_its_tie_instead() {
        let case = Case::new();
        let standing = case
            .person()
            .after(&Case::opens("delivery", BasisKind::Contract, "A-1", day(-40)))
            .after(&Case::collects("delivery", &["phone", "city"], day(-40)))
            .after(&Case::ends("delivery", "A-1", day(-30), day(0)));
        assert_eq!(ended(&case, &standing), Some((vec!["phone".into()], vec!["city".into()])));
    }

    #[test]
    fn a_shorter_term_holds_for_what_has_ended_and_a_longer_one_does_not() {
        let mut case = Case::new();
        let closed = closed_order(&case, 30);
        let keep = |case: &mut Case, term: Span| {
            let purpose = case.policy.purposes.get_mut("order").unwrap();
            purpose.keep = Some(Keep { term, because: crate::rules::samples::wording("claims") });
        };
        keep(&mut case, 90.days());
        assert_eq!(next_due(&case.situation(), &closed), Some(day(30)));
        keep(&mut case, 40.days());
        assert_eq!(next_due(&case.situation(), &closed), Some(day(11)), "the last day counts in full");
        assert_eq!(ended(&case, &closed), None);
        keep(&mut case, 10.days());
        assert!(ended(&case, &closed).is_some());
        case.policy.purposes.get_mut("order").unwrap().keep = None;
        assert!(ended(&case, &closed).is_some());
    }

    #[test]
    fn a_purpose_that_is_not_declared_any_more_is_over_with_all_that_is_known_of_it() {
        let mut case = Case::new();
        let standing = case
            .person()
            .after(&Case::opens("order", BasisKind::Contract, "A-1", day(-1)))
            .after(&Case::collects("order", &["full_name", "phone"], day(-1)))
            .after(&Case::consents("marketing", None, day(-1), day(90), 1));
        assert_eq!(ended(&case, &standing), None);
        case.policy.purposes.remove("order");
        case.policy.purposes.remove("marketing");
        assert_eq!(next_due(&case.situation(), &standing), Some(day(0)));
        let (_, ending) = must_destroy(&case.situation(), &standing).unwrap();
        assert_eq!(ending.purposes, BTreeSet::from(["marketing", "order"].map(Case::purpose)));
        assert_eq!(ending.destroy.len(), 2);
        let left = standing.after(&StandingEvent::Erased {
            attributes: ending.destroy,
            purposes: ending.purposes,
            at: day(0),
        });
        assert!(left.grounds.is_empty() && left.consents.is_empty());
        assert_eq!(next_due(&case.situation(), &left), None);
    }

    #[test]
    fn a_purpose_without_an_end_event_counts_its_term_from_the_beginning() {
        let case = Case::new();
        let visited = |at| {
            case.person()
                .after(&Case::opens("site_visit", BasisKind::LegitimateInterest, "v", at))
                .after(&Case::collects("site_visit", &["visitor_id"], at))
        };
        assert_eq!(ended(&case, &visited(day(-29))), None);
        assert_eq!(ended(&case, &visited(day(-31))), Some((vec!["visitor_id".into()], vec![])));
    }
}
