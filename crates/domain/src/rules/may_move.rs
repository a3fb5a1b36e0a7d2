//! May this be the next event of a request, from this actor (clauses 3.2, 4.1, 10)?
//!
//! A request is filed by the person, by a shop's key, by the system from a letter, or by staff; one of an authority by staff
//! alone. While it is not known who asks, only what harms nobody may be done: advertising ends at once, everything else
//! waits. A refusal to the person, a longer term and an answer to an authority are for whoever answers for the processing.
//! A destruction follows a plan, where the policy wants it the word of two members of staff, and the time in which it can be
//! called off. Nobody is told that something was done before it was, or refused after it was. A term stands still or grows only for a reason that the law of that term lists. A closed request takes notes
//! and relations, and one that was answered in part goes on when what stayed ends as well. Nothing happens in the future.

use super::must_answer::{Measure, must_answer, undo_until};
use super::must_identify::{is_enough, may_attest};
use super::{Reason, Refusal};
use crate::terms::actor::{Actor, Role};
use crate::terms::law::Adds;
use crate::terms::names::Clause;
use crate::terms::policy::Promise;
use crate::terms::refusal::RefusalCode;
use crate::terms::request::course::{Request, RequestState};
use crate::terms::request::event::{Identity, RequestEvent};
use crate::terms::request::{
    Applicant, Effect, Intake, Matter, Objection, Outcome, Relation, RequestKind, Rung,
};
use crate::terms::subject::CaseId;

const RULE: &str = "may_move";

/// A yes to one event of one request. Only this rule makes one, and it is spent by recording the event.
#[derive(Debug, PartialEq, Eq)]
#[must_use]
pub struct Move {
    case: CaseId,
    event: RequestEvent,
    reason: Reason,
}

impl Move {
    fn new(case: CaseId, event: &RequestEvent, clause: &Clause) -> Self {
        let reason = Reason { rule: RULE, clause: clause.clone(), basis: None, law_knows: true };
        Self { case, event: event.clone(), reason }
    }

    /// Of which case.
    pub fn case(&self) -> CaseId {
        self.case
    }

    /// What may happen: nothing else may be recorded for it.
    pub fn event(&self) -> &RequestEvent {
        &self.event
    }

    /// Why.
    pub fn reason(&self) -> &Reason {
        &self.reason
    }
}

/// A permit to begin a request with that event.
pub fn may_file(
    measure: &Measure<'_>,
    actor: &Actor,
    case: CaseId,
    first: &RequestEvent,
) -> Result<Move, Refusal> {
    let RequestEvent::Filed { matter, intake, by, identity, at, .. } = first else {
        return Err(no(RefusalCode::OutOfTurn));
    };
    if *at > measure.now {
        return Err(no(RefusalCode::NotYet));
    }
    undertaken(actor)?;
    let authority = *by == Applicant::Authority;
    let admitted = match actor {
        Actor::Staff { .. } => true,
        Actor::Subject => *intake == Intake::Portal && !authority,
        Actor::Key { .. } => *intake == Intake::Api && !authority,
        // What an authority writes by e-mail has its term from that day on; staff alone answer it.
        Actor::System(_) => *intake == Intake::Mail,
    };
    // The requests of authorities are theirs alone, and nobody has theirs in another's name.
    let of_authority = matter.kind() == RequestKind::Authority;
    if !admitted || of_authority != (*by == Applicant::Authority) {
        return Err(not_authorised());
    }
    proven(actor, *identity, matter, *by, None)?;
    Ok(Move::new(case, first, &clause_of(measure, matter)))
}

/// A permit to let that event follow.
pub fn may_move(
    measure: &Measure<'_>,
    actor: &Actor,
    request: &Request,
    event: &RequestEvent,
) -> Result<Move, Refusal> {
    if event.at() > measure.now {
        return Err(no(RefusalCode::NotYet));
    }
    undertaken(actor)?;
    comes_next(request, event)?;
    admitted(actor, request, event)?;
    let clause = clause_of(measure, &request.matter);
    let promise = measure.policy.requests.get(&request.matter.kind());
    match event {
        RequestEvent::Identified { rung, .. } => {
            proven(actor, Identity::Proven(*rung), &request.matter, request.by, None)?;
        }
        RequestEvent::Reclassified { from, to, identity, by, .. } => {
            let of_authority = |kind: RequestKind| kind == RequestKind::Authority;
            if *from != request.matter.kind() || of_authority(*from) != of_authority(to.kind()) {
                return Err(no(RefusalCode::OutOfTurn));
            }
            in_own_name(actor, Some(by))?;
            proven(actor, *identity, to, request.by, request.proof.map(|proof| proof.rung))?;
        }
        RequestEvent::Planned { by, .. } => in_own_name(actor, by.as_ref())?,
        RequestEvent::Approved { by, .. } => {
            in_own_name(actor, Some(by))?;
            let plan = request.plan.as_ref().ok_or_else(|| no(RefusalCode::PlanMissing))?;
            if plan.by.as_ref() == Some(by) || plan.approved.contains(by) {
                return Err(Refusal::of_clause(RULE, RefusalCode::SecondPersonMissing, clause));
            }
        }
        RequestEvent::Paused { pack, reason, .. } => {
            listed(measure, request, pack, reason, |adds| adds == Adds::Pause)?;
            in_time(measure, request)?;
        }
        RequestEvent::Extended { pack, reason, adds, .. } => {
            listed(measure, request, pack, reason, |a| a == Adds::Time(*adds))?;
            let again = request.extensions.iter().any(|e| &e.pack == pack && &e.reason == reason);
            if again {
                return Err(no(RefusalCode::TermStands));
            }
            in_time(measure, request)?;
        }
        RequestEvent::Scheduled { until, .. } => {
            stood_for(request, promise, &clause)?;
            if *until > undo_until(measure, request) {
                return Err(Refusal::of_clause(RULE, RefusalCode::TermStands, clause));
            }
        }
        RequestEvent::Undone { .. } | RequestEvent::TakenBack { .. } => {
            if matches!(request.state, RequestState::Undoable { until } if until <= measure.now) {
                return Err(Refusal::of_clause(RULE, RefusalCode::UndoOver, clause));
            }
        }
        RequestEvent::Executed { what, .. } if !belongs(*what, &request.matter) => {
            return Err(no(RefusalCode::OutOfTurn));
        }
        RequestEvent::Executed { what: Effect::Destroyed, .. } => {
            destroyable(measure, request, promise, &clause)?;
        }
        RequestEvent::Answered { outcome, .. } => {
            // Of one that was sent twice the other one is carried out.
            let twice = |relation| matches!(relation, Relation::Duplicate | Relation::Repeats);
            let other = request.related.iter().any(|(_, relation)| twice(*relation));
            let found_nothing = request.did(Effect::NothingHeld);
            let did = owed(&request.matter).map(|effect| request.did(effect) || found_nothing);
            let untrue = match outcome {
                Outcome::Done | Outcome::Partly => did == Some(false) && !other,
                Outcome::Refused => did == Some(true),
            };
            if untrue {
                return Err(no(RefusalCode::OutOfTurn));
            }
        }
        RequestEvent::Lapsed { .. } if measure.now < must_answer(measure, request).lapses_at(request) => {
            return Err(no(RefusalCode::NotYet));
        }
        _ => {}
    }
    Ok(Move::new(request.case, event, &clause))
}

/// Staff see people's requests, so they have signed the undertaking first.
fn undertaken(actor: &Actor) -> Result<(), Refusal> {
    match actor {
        Actor::Staff { undertaking: false, .. } => Err(Refusal::new(RULE, RefusalCode::NoUndertaking, "10")),
        _ => Ok(()),
    }
}

/// Whether the state of the request lets that event follow, whoever brings it.
fn comes_next(request: &Request, event: &RequestEvent) -> Result<(), Refusal> {
    use RequestEvent as E;
    use RequestState as S;
    let follows = match (request.state, event) {
        (_, E::Filed { .. }) => false,
        (_, E::Noted { .. } | E::Related { .. }) => true,
        // What a law or a contract kept goes as well one day, and the person hears of it.
        (
            S::Answered(Outcome::Partly),
            E::Executed { .. }
            | E::Planned { .. }
            | E::Approved { .. }
            | E::Answered { outcome: Outcome::Done, .. },
        ) => true,
        (S::Answered(_) | S::TakenBack | S::Lapsed, _) => return Err(no(RefusalCode::RequestClosed)),
        (_, E::DocumentsSeen { .. } | E::Extended { .. } | E::Reclassified { .. }) => {
            !matches!(request.state, S::Undoable { .. }) || !matches!(event, E::Reclassified { .. })
        }
        (_, E::Paused { .. }) => request.paused().is_none(),
        (_, E::Resumed { .. }) => request.paused().is_some(),
        (_, E::TakenBack { .. }) => !request.did(Effect::Destroyed),
        (S::AwaitingIdentity, E::Identified { .. } | E::IdentityFailed { .. } | E::Lapsed { .. }) => true,
        (S::AwaitingIdentity, E::Executed { what: Effect::MarketingStopped, .. }) => true,
        (S::AwaitingIdentity, E::Answered { outcome: Outcome::Refused, .. }) => true,
        (S::AwaitingIdentity, E::Executed { .. } | E::Planned { .. } | E::Answered { .. }) => {
            return Err(Refusal::new(RULE, RefusalCode::IdentityNotProven, "10"));
        }
        (S::InProgress, E::Scheduled { .. }) => request.matter.kind() == RequestKind::Destruction,
        (S::InProgress, E::Planned { .. } | E::Approved { .. } | E::Executed { .. } | E::Answered { .. }) => {
            true
        }
        // Where something came in between that keeps the data, the person is told.
        (S::Undoable { .. }, E::Undone { .. } | E::Answered { outcome: Outcome::Refused, .. }) => true,
        // The data are blocked while it can be called off.
        (S::Undoable { .. }, E::Executed { what, .. }) => {
            matches!(what, Effect::Destroyed | Effect::Restricted | Effect::MarketingStopped)
        }
        _ => false,
    };
    if follows { Ok(()) } else { Err(no(RefusalCode::OutOfTurn)) }
}

/// Whether that actor may bring that event.
fn admitted(actor: &Actor, request: &Request, event: &RequestEvent) -> Result<(), Refusal> {
    use RequestEvent as E;
    let of_authority = request.by == Applicant::Authority;
    let may = match actor {
        // A shop passes requests on, and says of somebody signed in there who they are.
        Actor::Key { .. } => matches!(event, E::Identified { .. }),
        Actor::Subject => {
            !of_authority
                && matches!(
                    event,
                    E::Identified { .. }
                        | E::IdentityFailed { .. }
                        | E::Undone { .. }
                        | E::TakenBack { .. }
                        | E::Noted { .. }
                )
        }
        Actor::System(_) => match event {
            E::Answered { outcome, .. } => *outcome != Outcome::Refused && !of_authority,
            E::Paused { .. } | E::Extended { .. } | E::Reclassified { .. } | E::Approved { .. } => false,
            E::Undone { .. } | E::TakenBack { .. } => false,
            _ => true,
        },
        Actor::Staff { role: Role::Responsible, .. } => !matches!(event, E::Lapsed { .. }),
        Actor::Staff { role: Role::Clerk, .. } => match event {
            E::Answered { outcome, .. } => *outcome == Outcome::Done && !of_authority,
            E::Paused { .. } | E::Extended { .. } | E::TakenBack { .. } | E::Lapsed { .. } => false,
            E::Executed { what, .. } => *what != Effect::PackMade,
            _ => true,
        },
    };
    if may { Ok(()) } else { Err(not_authorised()) }
}

/// Whether who asks is shown as well as the event says. What was shown before need not be attested again.
fn proven(
    actor: &Actor,
    identity: Identity,
    matter: &Matter,
    by: Applicant,
    known: Option<Rung>,
) -> Result<(), Refusal> {
    let not_proven = || Refusal::new(RULE, RefusalCode::IdentityNotProven, "10");
    match identity {
        // Nobody is made to show who they are where that is not needed.
        Identity::Awaited if is_enough(Rung::Nothing, matter, by) => Err(no(RefusalCode::OutOfTurn)),
        Identity::Awaited => Ok(()),
        Identity::Proven(rung) if !is_enough(rung, matter, by) => Err(not_proven()),
        Identity::Proven(rung) if known == Some(rung) || may_attest(actor, rung) => Ok(()),
        Identity::Proven(_) => Err(not_authorised()),
    }
}

/// Nobody acts in the name of another member of staff, and a plan without a name is the system's own.
fn in_own_name(actor: &Actor, name: Option<&String>) -> Result<(), Refusal> {
    let own = match actor {
        Actor::Staff { id, .. } => Some(id),
        Actor::System(_) | Actor::Key { .. } | Actor::Subject => None,
    };
    if own == name { Ok(()) } else { Err(not_authorised()) }
}

/// Whether a law that has a term for this request lists the reason for such a change of it.
fn listed(
    measure: &Measure<'_>,
    request: &Request,
    pack: &str,
    reason: &str,
    does: impl Fn(Adds) -> bool,
) -> Result<(), Refusal> {
    let found = measure.laws.iter().flat_map(|law| &law.extensions).any(|extension| {
        extension.pack == pack
            && extension.reason == reason
            && extension.covers(&request.matter)
            && does(extension.adds)
    });
    if found { Ok(()) } else { Err(no(RefusalCode::TermStands)) }
}

/// A term that is over does not come to life again.
fn in_time(measure: &Measure<'_>, request: &Request) -> Result<(), Refusal> {
    let due = must_answer(measure, request);
    let over = due.strictest().is_some_and(|clock| clock.due <= measure.now);
    if over { Err(no(RefusalCode::TermStands)) } else { Ok(()) }
}

/// Whether there is a plan, and enough members of staff stand for it.
fn stood_for(request: &Request, promise: Option<&Promise>, clause: &Clause) -> Result<(), Refusal> {
    let Some(plan) = &request.plan else {
        return Err(Refusal::of_clause(RULE, RefusalCode::PlanMissing, clause.clone()));
    };
    if promise.is_some_and(|promise| promise.four_eyes) && plan.eyes() < 2 {
        return Err(Refusal::of_clause(RULE, RefusalCode::SecondPersonMissing, clause.clone()));
    }
    Ok(())
}

fn destroyable(
    measure: &Measure<'_>,
    request: &Request,
    promise: Option<&Promise>,
    clause: &Clause,
) -> Result<(), Refusal> {
    stood_for(request, promise, clause)?;
    let window = request.matter.kind() == RequestKind::Destruction
        && promise.is_some_and(|promise| promise.undo.is_some());
    match request.state {
        RequestState::Undoable { until } if measure.now < until => {
            Err(Refusal::of_clause(RULE, RefusalCode::UndoRunning, clause.clone()))
        }
        // The window has to be opened first, once: where it was called off, it is decided anew.
        RequestState::InProgress if window && !request.did(Effect::Destroyed) => {
            Err(Refusal::of_clause(RULE, RefusalCode::UndoRunning, clause.clone()))
        }
        _ => Ok(()),
    }
}

/// Whether something is done for a request that wants this, and not for another.
fn belongs(what: Effect, matter: &Matter) -> bool {
    let also = match matter {
        Matter::Destruction { .. } => {
            &[Effect::Restricted, Effect::DestructionVerified, Effect::NothingHeld][..]
        }
        Matter::Withdrawal { .. } | Matter::Stop => &[Effect::MarketingStopped],
        _ => &[],
    };
    owed(matter) == Some(what) || also.contains(&what) || what == Effect::RecipientsTold
}

/// What must have been done before it is said that it was; nothing where the answer itself is what was asked for.
fn owed(matter: &Matter) -> Option<Effect> {
    match matter {
        Matter::Access => Some(Effect::CopyMade),
        Matter::Rectification { .. } => Some(Effect::Rectified),
        Matter::Restriction { .. } => Some(Effect::Restricted),
        Matter::Unrestriction => Some(Effect::Unrestricted),
        Matter::Destruction { .. } => Some(Effect::Destroyed),
        Matter::Withdrawal { .. } => Some(Effect::ConsentsWithdrawn),
        Matter::Stop => Some(Effect::ProcessingStopped),
        Matter::Objection(Objection::Marketing) => Some(Effect::MarketingStopped),
        Matter::Objection(Objection::AutomatedDecision) => Some(Effect::DecidedAnew),
        Matter::Dissemination { .. } => Some(Effect::ConditionsSet),
        Matter::Authority { .. } => Some(Effect::PackMade),
        Matter::Explanation | Matter::Complaint => None,
    }
}

/// The clause that promises an answer to such a request; 3.2 where the policy has none of its own.
fn clause_of(measure: &Measure<'_>, matter: &Matter) -> Clause {
    let promise = measure.policy.requests.get(&matter.kind());
    promise.map_or(Clause::fixed("3.2"), |promise| promise.clause.clone())
}

fn no(code: RefusalCode) -> Refusal {
    Refusal::new(RULE, code, "3.2")
}

fn not_authorised() -> Refusal {
    Refusal::new(RULE, RefusalCode::NotAuthorised, "7.1")
}

#[cfg(test)]
mod tests;
