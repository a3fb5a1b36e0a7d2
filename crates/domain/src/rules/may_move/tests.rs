//! Who may bring which event in which state of a request?

use std::fmt::Write;

use jiff::Timestamp;

use super::*;
use crate::rules::must_answer::samples::{
    CASE, Office, at, awaiting, destruction, filing, promise, request, staff, within,
};
use crate::rules::samples::clerk;
use crate::terms::request::RequestNumber;

const CAME: &str = "2026-03-11T05:00:00Z";
const NOW: &str = "2026-03-11T06:00:00Z";

fn actors() -> [(char, Actor); 5] {
    [
        ('P', Actor::Subject),
        ('S', Actor::System("requests")),
        ('K', clerk()),
        ('c', staff("a", Role::Clerk)),
        ('r', staff("b", Role::Responsible)),
    ]
}

fn after(request: Request, events: &[RequestEvent]) -> Request {
    events.iter().fold(request, Request::after)
}

fn events(at: Timestamp, own: Option<&str>) -> Vec<(&'static str, RequestEvent)> {
    use RequestEvent as E;
    let by = own.map(ToOwned::to_owned);
    let name = by.clone().unwrap_or_default();
    let to = Matter::Unrestriction;
    let identity = Identity::Proven(Rung::ContactCode);
    let (pack, reason) = ("kz".to_owned(), "doubt".to_owned());
    let answered = |outcome| E::Answered { outcome, at };
    vec![
        ("filed", filing(destruction(), identity, at)),
        ("identified", E::Identified { rung: Rung::ContactCode, at }),
        ("order facts seen", E::Identified { rung: Rung::OrderFacts, at }),
        ("identity failed", E::IdentityFailed { at }),
        ("documents seen", E::DocumentsSeen { at }),
        ("paused", E::Paused { pack: pack.clone(), reason, at }),
        ("resumed", E::Resumed { at }),
        ("extended", E::Extended { pack, reason: "complexity".into(), adds: within("2m"), at }),
        (
            "reclassified",
            E::Reclassified { from: RequestKind::Destruction, to, identity, by: name.clone(), at },
        ),
        ("related", E::Related { number: RequestNumber(3), relation: Relation::Duplicate, at }),
        ("planned", E::Planned { by, at }),
        ("approved", E::Approved { by: name, at }),
        ("scheduled", E::Scheduled { until: at, at }),
        ("undone", E::Undone { at }),
        ("advertising stopped", E::Executed { what: Effect::MarketingStopped, at }),
        ("blocked", E::Executed { what: Effect::Restricted, at }),
        ("destroyed", E::Executed { what: Effect::Destroyed, at }),
        ("done", answered(Outcome::Done)),
        ("done in part", answered(Outcome::Partly)),
        ("refused", answered(Outcome::Refused)),
        ("taken back", E::TakenBack { at }),
        ("lapsed", E::Lapsed { at }),
        ("noted", E::Noted { at }),
    ]
}

fn office() -> Office {
    let mut office = Office::new();
    let undo = Some(within("1h"));
    office.promise(RequestKind::Destruction, Promise { undo, four_eyes: true, ..promise("5wd") });
    office.extension("doubt", "destruction", Adds::Pause);
    office.extension("complexity", "destruction", Adds::Time(within("2m")));
    office
}

fn planned() -> Request {
    let plan = RequestEvent::Planned { by: Some("x".into()), at: at(CAME) };
    after(request(destruction(), at(CAME)), &[plan])
}

fn approved() -> Request {
    after(planned(), &[RequestEvent::Approved { by: "y".into(), at: at(CAME) }])
}

fn scheduled(until: &str) -> Request {
    after(approved(), &[RequestEvent::Scheduled { until: at(until), at: at(CAME) }])
}

fn carried() -> Request {
    let destroyed = RequestEvent::Executed { what: Effect::Destroyed, at: at(CAME) };
    after(scheduled(CAME), &[destroyed])
}

/// Who may bring what in which state: P the person, S the system, K a shop's key, c a clerk, r the responsible person.
#[test]
fn the_table_of_states_and_events() {
    let office = office();
    let closed = |event: RequestEvent| after(request(destruction(), at(CAME)), &[event]);
    let answer = |outcome| closed(RequestEvent::Answered { outcome, at: at(CAME) });
    let paused = RequestEvent::Paused { pack: "kz".into(), reason: "doubt".into(), at: at(CAME) };
    let states = [
        ("awaiting", awaiting(destruction(), at(CAME))),
        ("open", request(destruction(), at(CAME))),
        ("paused", closed(paused)),
        ("planned", planned()),
        ("approved", approved()),
        ("undoable", scheduled("2026-03-11T06:30:00Z")),
        ("over", scheduled("2026-03-11T05:30:00Z")),
        ("carried", carried()),
        ("done", answer(Outcome::Done)),
        ("partly", answer(Outcome::Partly)),
        ("refused", answer(Outcome::Refused)),
        ("back", closed(RequestEvent::TakenBack { at: at(CAME) })),
        ("lapsed", closed(RequestEvent::Lapsed { at: at(CAME) })),
    ];
    let mut table = format!("{:<20}", "");
    for (name, _) in &states {
        write!(table, "{name:<9}").unwrap();
    }
    for (row, (name, _)) in events(at(NOW), None).iter().enumerate() {
        write!(table, "\n{name:<20}").unwrap();
        for (_, state) in &states {
            let may = |actor: &Actor| {
                let own = match actor {
                    Actor::Staff { id, .. } => Some(id.as_str()),
                    _ => None,
                };
                let event = &events(at(NOW), own)[row].1;
                may_move(&office.at(at(NOW)), actor, state, event).is_ok()
            };
            let cell: String =
                actors().iter().map(|(mark, actor)| if may(actor) { *mark } else { '.' }).collect();
            write!(table, "{cell:<9}").unwrap();
        }
    }
    let table: Vec<&str> = table.lines().map(str::trim_end).collect();
    insta::assert_snapshot!(table.join("\n"));
}

fn code(answer: Result<Move, Refusal>) -> RefusalCode {
    answer.unwrap_err().code
}

#[test]
fn a_destruction_needs_a_plan_two_people_and_the_end_of_its_window() {
    let office = office();
    let now = office.at(at(NOW));
    let destroy = RequestEvent::Executed { what: Effect::Destroyed, at: at(NOW) };
    let system = Actor::System("requests");
    let may = |request: &Request| may_move(&now, &system, request, &destroy);
    assert_eq!(code(may(&request(destruction(), at(CAME)))), RefusalCode::PlanMissing);
    assert_eq!(code(may(&planned())), RefusalCode::SecondPersonMissing);
    assert_eq!(code(may(&approved())), RefusalCode::UndoRunning);
    assert_eq!(code(may(&scheduled("2026-03-11T06:30:00Z"))), RefusalCode::UndoRunning);
    let permit = may(&scheduled("2026-03-11T06:00:00Z")).unwrap();
    assert_eq!((permit.case(), permit.event()), (CASE, &destroy));
    assert_eq!(permit.reason().clause.as_str(), "4.1");
    // Whoever made the plan is not the second pair of eyes, and nobody signs for somebody else.
    let approve = RequestEvent::Approved { by: "x".into(), at: at(NOW) };
    let own = may_move(&now, &staff("x", Role::Responsible), &planned(), &approve);
    assert_eq!(code(own), RefusalCode::SecondPersonMissing);
    let foreign = may_move(&now, &staff("y", Role::Responsible), &planned(), &approve);
    assert_eq!(code(foreign), RefusalCode::NotAuthorised);
    // What was called off is decided anew.
    let undone = after(scheduled("2026-03-11T06:30:00Z"), &[RequestEvent::Undone { at: at(CAME) }]);
    assert_eq!(code(may(&undone)), RefusalCode::PlanMissing);
    let late = RequestEvent::Undone { at: at(NOW) };
    let over = may_move(&now, &Actor::Subject, &scheduled("2026-03-11T06:00:00Z"), &late);
    assert_eq!(code(over), RefusalCode::UndoOver);
    // The window ends with the date at the latest.
    let wide = RequestEvent::Scheduled { until: at("2026-03-11T07:00:01Z"), at: at(NOW) };
    assert_eq!(code(may_move(&now, &system, &approved(), &wide)), RefusalCode::TermStands);
}

#[test]
fn nobody_is_told_that_something_was_done_before_it_was() {
    let office = office();
    let now = office.at(at(NOW));
    let done = RequestEvent::Answered { outcome: Outcome::Done, at: at(NOW) };
    let may = |request: &Request| may_move(&now, &staff("a", Role::Clerk), request, &done);
    let asked = request(Matter::Access, at(CAME));
    assert_eq!(code(may(&asked)), RefusalCode::OutOfTurn);
    let copied = RequestEvent::Executed { what: Effect::CopyMade, at: at(CAME) };
    assert!(may(&after(asked.clone(), &[copied])).is_ok());
    // Where nothing is held any more, nothing has to be destroyed, and nobody has to stand for it.
    let found = RequestEvent::Executed { what: Effect::NothingHeld, at: at(CAME) };
    assert_eq!(code(may(&request(destruction(), at(CAME)))), RefusalCode::OutOfTurn);
    assert!(may(&after(request(destruction(), at(CAME)), std::slice::from_ref(&found))).is_ok());
    let elsewhere = may_move(&now, &Actor::System("requests"), &request(Matter::Access, at(CAME)), &found);
    assert_eq!(code(elsewhere), RefusalCode::OutOfTurn);
    let refused = RequestEvent::Answered { outcome: Outcome::Refused, at: at(NOW) };
    let after_the_deed = may_move(&now, &staff("b", Role::Responsible), &carried(), &refused);
    assert_eq!(code(after_the_deed), RefusalCode::OutOfTurn);
    assert!(may(&request(Matter::Explanation, at(CAME))).is_ok());
    let related = |relation| RequestEvent::Related { number: RequestNumber(3), relation, at: at(CAME) };
    assert!(may(&after(asked.clone(), &[related(Relation::Duplicate)])).is_ok());
    assert_eq!(code(may(&after(asked, &[related(Relation::Together)]))), RefusalCode::OutOfTurn);
}

#[test]
fn a_term_changes_for_a_listed_reason_alone_once_and_before_its_end() {
    let office = office();
    let responsible = staff("b", Role::Responsible);
    let asked = request(destruction(), at(CAME));
    let extend = |reason: &str, adds: &str, when: &str| RequestEvent::Extended {
        pack: "kz".into(),
        reason: reason.into(),
        adds: within(adds),
        at: at(when),
    };
    let may = |request: &Request, event: &RequestEvent| {
        may_move(&office.at(event.at()), &responsible, request, event)
    };
    let good = extend("complexity", "2m", NOW);
    assert!(may(&asked, &good).is_ok());
    for bad in [
        extend("holidays", "2m", NOW),
        extend("complexity", "3m", NOW),
        extend("doubt", "2m", NOW),
        extend("complexity", "2m", "2026-03-18T19:00:00Z"),
    ] {
        assert_eq!(code(may(&asked, &bad)), RefusalCode::TermStands, "{bad:?}");
    }
    assert_eq!(code(may(&after(asked, std::slice::from_ref(&good)), &good)), RefusalCode::TermStands);
}

#[test]
fn filing_is_for_whoever_the_channel_belongs_to_and_authorities_are_entered_by_staff() {
    let office = office();
    let now = office.at(at(NOW));
    let file = |matter: Matter, intake: Intake, by: Applicant, identity: Identity| RequestEvent::Filed {
        matter,
        intake,
        by,
        identity,
        language: crate::terms::names::Language::Russian,
        at: at(CAME),
    };
    let subject = Applicant::Subject;
    let who = |event: &RequestEvent| -> String {
        let may = |actor: &Actor| may_file(&now, actor, CASE, event).is_ok();
        actors().iter().filter(|(_, actor)| may(actor)).map(|(mark, _)| *mark).collect()
    };
    let access = |intake| file(Matter::Access, intake, subject, Identity::Awaited);
    assert_eq!(who(&access(Intake::Portal)), "Pcr");
    assert_eq!(who(&access(Intake::Api)), "Kcr");
    assert_eq!(who(&access(Intake::Mail)), "Scr");
    assert_eq!(who(&access(Intake::Phone)), "cr");
    let letter = Matter::Authority { letter_due: None };
    let unproven = Identity::Proven(Rung::Nothing);
    assert_eq!(who(&file(letter.clone(), Intake::Portal, Applicant::Authority, unproven)), "cr");
    assert_eq!(who(&file(letter, Intake::Portal, subject, unproven)), "");
    let code_shown = file(Matter::Access, Intake::Portal, subject, Identity::Proven(Rung::ContactCode));
    assert_eq!(who(&code_shown), "P", "a code is checked by the machine");
    let nothing = file(Matter::Access, Intake::Portal, subject, unproven);
    assert_eq!(code(may_file(&now, &Actor::Subject, CASE, &nothing)), RefusalCode::IdentityNotProven);
    let marketing = Matter::Objection(Objection::Marketing);
    assert_eq!(who(&file(marketing.clone(), Intake::Portal, subject, unproven)), "Pcr");
    let more = file(marketing, Intake::Portal, subject, Identity::Awaited);
    assert_eq!(who(&more), "", "nobody is asked for more than is needed");
    let friend =
        file(Matter::Access, Intake::Portal, Applicant::Representative, Identity::Proven(Rung::ContactCode));
    assert_eq!(code(may_file(&now, &Actor::Subject, CASE, &friend)), RefusalCode::IdentityNotProven);
    let unsigned = Actor::Staff { id: "a".into(), role: Role::Clerk, undertaking: false };
    let refusal = may_file(&now, &unsigned, CASE, &access(Intake::Paper)).unwrap_err();
    assert_eq!((refusal.code, refusal.clause.as_str()), (RefusalCode::NoUndertaking, "10"));
}

#[test]
fn nothing_happens_in_the_future_and_silence_lapses_only_at_its_time() {
    let office = office();
    let waiting = awaiting(destruction(), at(CAME));
    let system = Actor::System("requests");
    let lapse = |when: &str| {
        may_move(&office.at(at(when)), &system, &waiting, &RequestEvent::Lapsed { at: at(when) })
    };
    assert_eq!(code(lapse("2026-03-18T17:59:59Z")), RefusalCode::NotYet);
    assert!(lapse("2026-03-18T18:00:00Z").is_ok());
    let note = RequestEvent::Noted { at: at("2026-03-12T00:00:00Z") };
    assert_eq!(code(may_move(&office.at(at(NOW)), &system, &waiting, &note)), RefusalCode::NotYet);
    let destroy = RequestEvent::Executed { what: Effect::Restricted, at: at(NOW) };
    let refusal = may_move(&office.at(at(NOW)), &system, &waiting, &destroy).unwrap_err();
    assert_eq!((refusal.code, refusal.clause.as_str()), (RefusalCode::IdentityNotProven, "10"));
}

#[test]
fn what_is_found_to_be_something_else_needs_its_own_proof_and_is_no_authority() {
    let office = office();
    let now = office.at(at(NOW));
    let person = staff("a", Role::Clerk);
    let question = Request::begin(
        CASE,
        RequestNumber(1),
        &filing(Matter::Explanation, Identity::Proven(Rung::Secret), at(CAME)),
    )
    .unwrap();
    let turn = |to: Matter, identity: Identity| RequestEvent::Reclassified {
        from: RequestKind::Explanation,
        to,
        identity,
        by: "a".into(),
        at: at(NOW),
    };
    let may = |event: &RequestEvent| may_move(&now, &person, &question, event);
    let secret = Identity::Proven(Rung::Secret);
    assert_eq!(code(may(&turn(destruction(), secret))), RefusalCode::IdentityNotProven);
    assert!(may(&turn(Matter::Complaint, secret)).is_ok(), "what was shown stays shown");
    let letter = Matter::Authority { letter_due: None };
    assert_eq!(code(may(&turn(letter, secret))), RefusalCode::OutOfTurn);
    let waits = turn(destruction(), Identity::Awaited);
    assert!(may(&waits).is_ok());
    assert_eq!(question.after(&waits).state, RequestState::AwaitingIdentity);
}
