//! What else changed: the operator, the laws it stands under, which records may be joined, and clauses that only explain?

use std::collections::BTreeSet;

use saqta_domain::terms::policy::{Link, Policy};

use crate::diff::purposes::{parted, titles};
use crate::diff::telling::Said;
use crate::diff::{Change, ChangeKind, Consequence, ConsequenceKind};

/// Appends the rest.
pub(super) fn compare(before: &Policy, after: &Policy, changes: &mut Vec<Change>) {
    operator(before, after, changes);
    laws(before, after, changes);
    links(before, after, changes);
    let (added, dropped) = parted(&before.explains, &after.explains);
    for (key, clauses) in [("explains-added", added), ("explains-dropped", dropped)] {
        if clauses.is_empty() {
            continue;
        }
        let list = clauses.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let mut change =
            Change::new(ChangeKind::Other, "explains".to_owned(), key).with("list", Said::Plain(list));
        change.clauses = clauses.into_iter().cloned().collect();
        changes.push(change);
    }
}

fn operator(before: &Policy, after: &Policy, changes: &mut Vec<Change>) {
    use ConsequenceKind::{TellAuthority, TellPeople, TellRecipients};
    let (was, now) = (&before.operator, &after.operator);
    let sites = |sites: &[String]| Said::Plain(sites.join(", "));
    let plain = |text: &String| Said::Plain(text.clone());
    let worded = |text: &saqta_domain::terms::names::Wording| Said::Worded(text.clone());
    let fields = [
        ("operator-name", worded(&was.name), worded(&now.name), &[TellPeople, TellRecipients][..]),
        ("operator-bin", plain(&was.bin), plain(&now.bin), &[TellPeople, TellRecipients]),
        ("operator-address", worded(&was.address), worded(&now.address), &[TellPeople, TellRecipients]),
        ("operator-sites", sites(&was.sites), sites(&now.sites), &[TellPeople]),
        ("operator-email", plain(&was.email), plain(&now.email), &[TellPeople]),
        ("operator-storage", plain(&was.storage), plain(&now.storage), &[TellPeople, TellAuthority]),
    ];
    for (key, old, new, told) in fields {
        if old == new {
            continue;
        }
        let kind = if key == "operator-storage" { ChangeKind::Wider } else { ChangeKind::Other };
        let change = Change::new(kind, "operator".to_owned(), key).with("before", old).with("after", new);
        changes.push(told.iter().fold(change, |change, kind| change.so(Consequence::of(*kind))));
    }
}

fn laws(before: &Policy, after: &Policy, changes: &mut Vec<Change>) {
    let set = |policy: &Policy| policy.jurisdictions.iter().cloned().collect::<BTreeSet<_>>();
    let (old, new) = (set(before), set(after));
    let (added, dropped) = parted(&old, &new);
    for (key, names) in [("jurisdiction-added", added), ("jurisdiction-dropped", dropped)] {
        if names.is_empty() {
            continue;
        }
        let list = names.iter().map(|n| n.as_str()).collect::<Vec<_>>().join(", ");
        changes.push(
            Change::new(ChangeKind::Other, "jurisdictions".to_owned(), key).with("list", Said::Plain(list)),
        );
    }
    let (kind, key) = match (before.strict, after.strict) {
        (false, true) => (ChangeKind::Narrower, "strict-on"),
        (true, false) => (ChangeKind::Wider, "strict-off"),
        _ => return,
    };
    changes.push(Change::new(kind, "strict".to_owned(), key));
}

fn links(before: &Policy, after: &Policy, changes: &mut Vec<Change>) {
    let in_both = |link: &Link, policy: &Policy| {
        policy.links.iter().any(|l| (&l.from, &l.to) == (&link.from, &link.to))
    };
    for (policy, other, kind, key) in
        [(after, before, ChangeKind::New, "link-new"), (before, after, ChangeKind::Gone, "link-gone")]
    {
        for link in policy.links.iter().filter(|link| !in_both(link, other)) {
            let change = Change::new(kind, format!("link.{}.{}", link.from, link.to), key)
                .with("from", titles(policy, [&link.from]))
                .with("to", titles(policy, [&link.to]))
                .clauses(&link.clauses);
            changes
                .push(change.so_if(kind == ChangeKind::New, || Consequence::of(ConsequenceKind::TellPeople)));
        }
    }
}
