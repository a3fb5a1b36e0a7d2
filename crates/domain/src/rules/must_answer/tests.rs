//! Which clocks run, when do they end, and what becomes of one that was missed?

use jiff::civil::date;

use super::*;
use crate::rules::must_answer::samples::{Office, at, awaiting, destruction, promise, request, within};
use crate::terms::law::Adds;
use crate::terms::request::event::{Identity, RequestEvent};
use crate::terms::request::{CorrectionGround, Objection, Outcome, RequestKind, Rung};

/// Wednesday, ten in the morning in Almaty.
const CAME: &str = "2026-03-11T05:00:00Z";

fn names(due: &Due) -> Vec<(&str, String)> {
    let names = due.clocks.iter().map(|clock| (clock.duty.as_str(), clock.last_day.to_string()));
    names.collect()
}

#[test]
fn the_strictest_of_promise_and_law_holds_and_is_named() {
    let office = Office::new();
    let due = must_answer(&office.at(at(CAME)), &request(Matter::Access, at(CAME)));
    assert_eq!(names(&due), [("access", "2026-03-16".into()), ("subject_info", "2026-03-18".into())]);
    let clock = due.strictest().unwrap();
    assert_eq!(clock.source, ClockSource::Promise { clause: Clause::fixed("4.1") });
    // 24:00 of that day, and half of the term before.
    assert_eq!((clock.due, clock.target), (at("2026-03-16T19:00:00Z"), at("2026-03-13T19:00:00Z")));
    let mut office = Office::new();
    office.promise(RequestKind::Access, promise("5wd"));
    let due = must_answer(&office.at(at(CAME)), &request(Matter::Access, at(CAME)));
    assert!(matches!(due.clocks[0].source, ClockSource::Law { .. }), "of two that end together the law");
    let none = must_answer(&office.at(at(CAME)), &request(Matter::Complaint, at(CAME)));
    assert_eq!(none.strictest(), None);
}

#[test]
fn a_line_about_one_sort_of_objection_leaves_the_other_alone() {
    let mut office = Office::new();
    office.law("automated", "objection.automated_decision", "3wd", CountsFrom::Filed);
    let due = |sort| must_answer(&office.at(at(CAME)), &request(Matter::Objection(sort), at(CAME)));
    assert_eq!(due(Objection::AutomatedDecision).clocks.len(), 1);
    assert!(due(Objection::Marketing).clocks.is_empty());
}

fn rectification() -> Matter {
    let attributes = crate::rules::samples::Case::attributes(&["phone"]);
    Matter::Rectification { ground: CorrectionGround::Inaccurate, attributes }
}

#[test]
fn a_term_that_counts_from_documents_waits_for_them_and_is_not_revived_by_late_ones() {
    let mut office = Office::new();
    office.law("correct", "rectification", "1wd", CountsFrom::Documents);
    let waiting = awaiting(rectification(), at(CAME));
    let day = |request: &Request| {
        let due = must_answer(&office.at(at("2026-03-20T00:00:00Z")), request);
        due.strictest().map(|clock| clock.last_day)
    };
    assert_eq!(day(&waiting), None);
    let known =
        waiting.after(&RequestEvent::Identified { rung: Rung::ContactCode, at: at("2026-03-12T05:00:00Z") });
    assert_eq!(day(&known), Some(date(2026, 3, 13)));
    let seen = |text: &str| known.clone().after(&RequestEvent::DocumentsSeen { at: at(text) });
    assert_eq!(day(&seen("2026-03-13T05:00:00Z")), Some(date(2026, 3, 16)));
    // The term from the moment it was known who asks had run out: it stays so.
    assert_eq!(day(&seen("2026-03-16T05:00:00Z")), Some(date(2026, 3, 13)));
    let again =
        seen("2026-03-13T05:00:00Z").after(&RequestEvent::DocumentsSeen { at: at("2026-03-15T05:00:00Z") });
    assert_eq!(day(&again), Some(date(2026, 3, 16)), "the first ones count");
}

#[test]
fn only_the_law_that_lists_the_reason_lets_its_own_term_grow_or_stand_still() {
    let mut office = Office::new();
    office.law("copy", "access", "1m", CountsFrom::Filed);
    office.extension("complexity", "access", Adds::Time(within("2m")));
    office.extension("doubt", "access", Adds::Pause);
    let extended = |pack: &str, reason: &str| {
        let (pack, reason) = (pack.to_owned(), reason.to_owned());
        let event = RequestEvent::Extended { pack, reason, adds: within("2m"), at: at(CAME) };
        request(Matter::Access, at(CAME)).after(&event)
    };
    let due = |request: &Request| must_answer(&office.at(at("2026-03-12T05:00:00Z")), request);
    let law = |due: &Due, duty: &str| due.clocks.iter().find(|c| c.duty == duty).unwrap().clone();
    let longer = due(&extended("kz", "complexity"));
    assert_eq!(law(&longer, "copy").last_day, date(2026, 6, 11));
    assert_eq!(law(&longer, "copy").within, Some(within("3m")));
    assert_eq!(law(&longer, "access").last_day, date(2026, 3, 16), "the promise stands");
    for (pack, reason) in [("eu", "complexity"), ("kz", "holidays")] {
        assert_eq!(law(&due(&extended(pack, reason)), "copy").last_day, date(2026, 4, 13));
    }
    let (pack, reason) = ("kz".to_owned(), "doubt".to_owned());
    let paused = request(Matter::Access, at(CAME)).after(&RequestEvent::Paused {
        pack,
        reason,
        at: at("2026-03-12T05:00:00Z"),
    });
    let now = law(&due(&paused), "subject_info");
    assert!(now.paused && !law(&due(&paused), "access").paused);
    let resumed = paused.after(&RequestEvent::Resumed { at: at("2026-03-17T05:00:00Z") });
    let later = law(&due(&resumed), "subject_info");
    // Thursday, Friday and Monday did not count; the weekend never does.
    assert_eq!((later.last_day, later.paused), (date(2026, 3, 23), false));
}

#[test]
fn a_letter_names_its_own_day_and_one_that_came_too_late_means_the_day_it_came() {
    let mut office = Office::new();
    office.promise(RequestKind::Authority, promise("10d"));
    let due = |day| {
        let matter = Matter::Authority { letter_due: Some(day) };
        must_answer(&office.at(at(CAME)), &request(matter, at(CAME)))
    };
    let sooner = due(date(2026, 3, 18));
    assert_eq!((sooner.clocks[0].duty.as_str(), sooner.clocks.len()), ("letter", 2));
    assert_eq!(due(date(2026, 12, 1)).clocks[0].duty, "authority");
    let past = due(date(2026, 3, 1));
    assert_eq!(past.strictest().unwrap().last_day, date(2026, 3, 11));
}

#[test]
fn the_inner_target_and_reminders_come_before_the_date() {
    let mut office = Office::new();
    let (target, warn_at) = (Some(within("7d")), ["5d", "7d", "9d"].map(within).to_vec());
    office.promise(RequestKind::Authority, Promise { target, warn_at, ..promise("10d") });
    let matter = Matter::Authority { letter_due: None };
    let asked = request(matter, at("2026-03-02T05:00:00Z"));
    let due = must_answer(&office.at(at(CAME)), &asked);
    let clock = due.strictest().unwrap();
    assert_eq!(clock.last_day, date(2026, 3, 12));
    // The morning of the fifth day after Saturday the 7th has become Monday, of the seventh, and of the ninth.
    let mornings = ["2026-03-08T19:00:00Z", "2026-03-08T19:00:00Z", "2026-03-10T19:00:00Z"].map(at);
    assert_eq!(clock.warnings, mornings);
    assert_eq!(clock.target, at("2026-03-09T19:00:00Z"));
    assert_eq!(due.watch_at(&asked, at("2026-03-09T00:00:00Z")), Some(clock.target));
    assert_eq!(due.watch_at(&asked, clock.due), None);
}

#[test]
fn a_single_day_aims_at_its_noon_and_an_hour_at_its_half() {
    let mut office = Office::new();
    office.promise(RequestKind::Complaint, promise("1wd"));
    office.promise(RequestKind::Stop, promise("1h"));
    office.promise(RequestKind::Withdrawal, promise("1m"));
    let target = |matter| {
        let due = must_answer(&office.at(at(CAME)), &request(matter, at(CAME)));
        due.strictest().unwrap().target
    };
    assert_eq!(target(Matter::Complaint), at("2026-03-12T07:00:00Z"));
    assert_eq!(target(Matter::Stop), at("2026-03-11T05:30:00Z"));
    let withdrawal = Matter::Withdrawal { purposes: Default::default(), channel: None };
    assert_eq!(target(withdrawal), at("2026-03-26T19:00:00Z"));
}

#[test]
fn late_is_late_until_it_is_answered_and_stays_on_record_afterwards() {
    let office = Office::new();
    let asked = request(Matter::Access, at(CAME));
    let due = must_answer(&office.at(at(CAME)), &asked);
    let since = at("2026-03-16T19:00:00Z");
    let lateness = |request: &Request, now: &str| due.lateness(request, at(now));
    assert_eq!(lateness(&asked, "2026-03-13T18:59:59Z"), Lateness::InTime);
    assert_eq!(lateness(&asked, "2026-03-16T18:59:59Z"), Lateness::PastTarget);
    assert_eq!(lateness(&asked, "2026-03-16T19:00:00Z"), Lateness::Overdue { since });
    // Neither a note, nor finding out that it is something slower, nor anything else ends it.
    let noted = asked.clone().after(&RequestEvent::Noted { at: at("2026-03-17T05:00:00Z") });
    assert_eq!(lateness(&noted, "2026-03-18T00:00:00Z"), Lateness::Overdue { since });
    let other = noted.after(&RequestEvent::Reclassified {
        from: RequestKind::Access,
        to: Matter::Explanation,
        identity: Identity::Proven(Rung::ContactCode),
        by: "clerk".into(),
        at: at("2026-03-17T06:00:00Z"),
    });
    let now = must_answer(&office.at(at("2026-03-18T00:00:00Z")), &other);
    assert_eq!(now.lateness(&other, at("2026-03-18T00:00:00Z")), Lateness::Overdue { since });
    let answered = RequestEvent::Answered { outcome: Outcome::Done, at: at("2026-03-18T05:00:00Z") };
    let by = SignedDuration::from_hours(34);
    assert_eq!(lateness(&other.after(&answered), "2026-04-01T00:00:00Z"), Lateness::WasLate { since, by });
    let in_time = RequestEvent::Answered { outcome: Outcome::Done, at: at("2026-03-16T18:00:00Z") };
    assert_eq!(lateness(&asked.after(&in_time), "2026-04-01T00:00:00Z"), Lateness::InTime);
}

#[test]
fn a_clock_set_back_moves_no_date() {
    let mut office = Office::new();
    office.law("correct", "rectification", "1wd", CountsFrom::Documents);
    let asked = request(rectification(), at(CAME));
    let documents = |text: &str| asked.clone().after(&RequestEvent::DocumentsSeen { at: at(text) });
    let day = |request: &Request| must_answer(&office.at(at(CAME)), request).strictest().unwrap().last_day;
    assert_eq!(day(&documents("2020-01-01T00:00:00Z")), day(&asked));
    let back = documents("2020-01-01T00:00:00Z");
    assert_eq!((back.last_at, back.documents_at), (at(CAME), Some(at(CAME))));
    let answered =
        back.after(&RequestEvent::Answered { outcome: Outcome::Done, at: at("2019-01-01T00:00:00Z") });
    assert_eq!(answered.closed_at, Some(at(CAME)));
}

#[test]
fn an_undo_window_never_runs_past_the_date_and_a_lapse_comes_before_it() {
    let mut office = Office::new();
    office.promise(RequestKind::Destruction, Promise { undo: Some(within("12h")), ..promise("1wd") });
    let asked = request(destruction(), at(CAME));
    let until = |now: &str| undo_until(&office.at(at(now)), &asked);
    assert_eq!(until("2026-03-11T06:00:00Z"), at("2026-03-11T18:00:00Z"));
    assert_eq!(until("2026-03-12T15:00:00Z"), at("2026-03-12T19:00:00Z"));
    assert_eq!(until("2026-03-14T00:00:00Z"), at("2026-03-14T00:00:00Z"));
    let waiting = awaiting(destruction(), at(CAME));
    let due = must_answer(&office.at(at(CAME)), &waiting);
    assert_eq!(due.lapses_at(&waiting), at("2026-03-12T18:00:00Z"));
    assert_eq!(due.watch_at(&waiting, at("2026-03-12T12:00:00Z")), Some(at("2026-03-12T18:00:00Z")));
    let none = Due::default();
    assert_eq!(none.lapses_at(&waiting), at("2026-04-10T05:00:00Z"));
}

#[test]
fn a_year_that_the_pack_does_not_know_gives_a_date_all_the_same() {
    let office = Office::new();
    let asked = request(Matter::Access, at("2027-12-30T05:00:00Z"));
    let due = must_answer(&office.at(at(CAME)), &asked);
    let clock = due.strictest().unwrap();
    assert_eq!((clock.last_day, clock.unknown), (date(2028, 1, 4), Some(2028)));
}
