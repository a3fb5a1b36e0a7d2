//! What may be asked for now and could not be before, and by when is it answered (clauses 3.2, 4.1)?

use saqta_domain::terms::law::Within;
use saqta_domain::terms::policy::{Policy, Promise};
use saqta_domain::terms::request::RequestKind;

use crate::diff::telling::Said;
use crate::diff::{Change, ChangeKind, Consequence, ConsequenceKind};

/// Appends what changed in the promises about requests.
pub(super) fn compare(before: &Policy, after: &Policy, changes: &mut Vec<Change>) {
    let tell = || Consequence::of(ConsequenceKind::TellPeople);
    for (kind, was) in before.requests.iter().filter(|(kind, _)| !after.requests.contains_key(*kind)) {
        changes.push(change(*kind, was, ChangeKind::Gone, "request-gone").so(tell()));
    }
    for (kind, now) in &after.requests {
        match before.requests.get(kind) {
            None => {
                let new = change(*kind, now, ChangeKind::New, "request-new").with("term", term(now.within));
                changes.push(new.so(tell()));
            }
            Some(was) => differ(*kind, was, now, changes),
        }
    }
}

fn differ(kind: RequestKind, was: &Promise, now: &Promise, changes: &mut Vec<Change>) {
    let tell = || Consequence::of(ConsequenceKind::TellPeople);
    let other = |key| change(kind, now, ChangeKind::Other, key);
    if was.within != now.within {
        let told = other("request-within").with("before", term(was.within)).with("after", term(now.within));
        changes.push(told.so(tell()));
    }
    if was.counts_from != now.counts_from {
        let word = |promise: &Promise| Said::Word(format!("request-counts-from-{}", promise.counts_from));
        let told = other("request-counts-from").with("before", word(was)).with("after", word(now));
        changes.push(told.so(tell()));
    }
    if was.undo != now.undo {
        let told = other("request-undo").with("before", term(was.undo)).with("after", term(now.undo));
        changes.push(told.so(tell()));
    }
    if was.keep != now.keep {
        let kept = |promise: &Promise| match promise.keep {
            Some(keep) => Said::Term(keep.0),
            None => Said::Word("request-keep-none".to_owned()),
        };
        changes.push(other("request-keep").with("before", kept(was)).with("after", kept(now)).so(tell()));
    }
    match (was.four_eyes, now.four_eyes) {
        (false, true) => changes.push(other("request-four-eyes-on")),
        (true, false) => changes.push(other("request-four-eyes-off")),
        _ => {}
    }
    if (was.target, &was.warn_at) != (now.target, &now.warn_at) {
        changes.push(other("request-reminders"));
    }
}

fn change(kind: RequestKind, promise: &Promise, how: ChangeKind, key: &'static str) -> Change {
    Change::new(how, format!("request.{kind}"), key)
        .with("request", Said::Word(format!("request-kind-{kind}")))
        .clauses(&promise.clauses)
}

fn term(within: Option<Within>) -> Said {
    within.map_or_else(|| Said::Word("request-term-none".to_owned()), Said::Within)
}
