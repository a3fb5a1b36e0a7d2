//! Who gets data now and did not before, and the other way round (clauses 2.11, 7.2, 9.1)?

use std::collections::{BTreeMap, BTreeSet};

use saqta_domain::terms::names::{AttributeName, PurposeName};

use crate::carry_over::{Widening, widenings};
use crate::diff::purposes::{attributes, for_purpose, parted, titles};
use crate::diff::side::{Recipient, Side};
use crate::diff::telling::Said;
use crate::diff::{Change, ChangeKind, Consequence, ConsequenceKind};

/// Appends what changed in the recipients.
pub(super) fn compare(before: &Side<'_>, after: &Side<'_>, changes: &mut Vec<Change>) {
    let (old, new) = (&before.declared.recipients, &after.declared.recipients);
    for (name, recipient) in old.iter().filter(|(name, _)| !new.contains_key(*name)) {
        let tell = Consequence::of(ConsequenceKind::TellRecipients);
        changes.push(change(name, recipient, ChangeKind::Gone, "recipient-gone").so(tell));
    }
    for (name, now) in new {
        match old.get(name) {
            None => changes.push(is_new(name, now, before, after)),
            Some(was) => differ(name, was, now, before, after, changes),
        }
    }
}

fn change(name: &str, recipient: &Recipient, kind: ChangeKind, key: &'static str) -> Change {
    Change::new(kind, format!("recipient.{name}"), key)
        .with("recipient", Said::Worded(recipient.title.clone()))
        .clauses(&recipient.clauses)
}

fn is_new(name: &str, now: &Recipient, before: &Side<'_>, after: &Side<'_>) -> Change {
    let tell = Consequence::of(ConsequenceKind::TellPeople);
    let country = Said::Plain(now.country.clone());
    if gets_nothing(now) {
        return change(name, now, ChangeKind::New, "recipient-new-empty").with("country", country);
    }
    let change = change(name, now, ChangeKind::New, "recipient-new")
        .with("country", country)
        .with("list", handed(after, &now.gets))
        .so(tell);
    let change = now.gets.keys().fold(change, |change, purpose| asks(change, purpose, before, after));
    authority(change, now, after)
}

fn differ(
    name: &str,
    was: &Recipient,
    now: &Recipient,
    before: &Side<'_>,
    after: &Side<'_>,
    changes: &mut Vec<Change>,
) {
    let tell = || Consequence::of(ConsequenceKind::TellPeople);
    // Another name is somebody else, and another country has other laws: who said yes did not say it to this.
    let every = |change| now.gets.keys().fold(change, |change, purpose| asks(change, purpose, before, after));
    if was.title != now.title {
        let told = change(name, now, ChangeKind::Wider, "recipient-title")
            .with("before", Said::Worded(was.title.clone()));
        changes.push(every(told).so(tell()));
    }
    if was.country != now.country {
        let told = change(name, now, ChangeKind::Wider, "recipient-country")
            .with("before", Said::Plain(was.country.clone()))
            .with("after", Said::Plain(now.country.clone()));
        changes.push(authority(every(told).so(tell()), now, after));
    }
    for (key, old, new) in
        [("recipient-role", &was.role, &now.role), ("recipient-agreement", &was.agreement, &now.agreement)]
    {
        if old != new {
            changes.push(
                change(name, now, ChangeKind::Other, key)
                    .with("before", Said::Plain(old.clone()))
                    .with("after", Said::Plain(new.clone())),
            );
        }
    }
    if was.consent != now.consent {
        changes.push(change(name, now, ChangeKind::Other, "recipient-consent").so(tell()));
    }
    gets(name, was, now, before, after, changes);
}

/// What it gets more and less, purpose by purpose.
fn gets(
    name: &str,
    was: &Recipient,
    now: &Recipient,
    before: &Side<'_>,
    after: &Side<'_>,
    changes: &mut Vec<Change>,
) {
    let none = BTreeSet::new();
    let purposes: BTreeSet<&String> = was.gets.keys().chain(now.gets.keys()).collect();
    for purpose in purposes {
        let (old, new) = (was.gets.get(purpose).unwrap_or(&none), now.gets.get(purpose).unwrap_or(&none));
        let (added, dropped) = parted(old, new);
        if !added.is_empty() {
            let told = change(name, now, ChangeKind::Wider, "gets-added")
                .with("purpose", purpose_title(after, purpose))
                .with("list", labels(after, added));
            changes.push(asks(told, purpose, before, after).so(Consequence::of(ConsequenceKind::TellPeople)));
        }
        if !dropped.is_empty() {
            changes.push(
                change(name, now, ChangeKind::Narrower, "gets-dropped")
                    .with("purpose", purpose_title(before, purpose))
                    .with("list", labels(before, dropped))
                    .so(Consequence::of(ConsequenceKind::TellRecipients)),
            );
        }
    }
}

/// The consequence for a purpose on consent, where the gate finds that more goes out for it.
fn asks(change: Change, purpose: &str, before: &Side<'_>, after: &Side<'_>) -> Change {
    let Some(now) = after.policy.purposes.get(purpose) else { return change };
    let Some(was) = before.policy.purposes.get(purpose) else { return change };
    let widened = widenings(was, &before.declared, now, &after.declared).contains(&Widening::Recipients);
    change.so_if(widened, || for_purpose(ConsequenceKind::AskAgain, now))
}

/// Data that leave the operator's country are announced to the authority first (clause 9.1).
fn authority(change: Change, now: &Recipient, after: &Side<'_>) -> Change {
    let abroad = now.country != after.policy.operator.storage && !gets_nothing(now);
    change.so_if(abroad, || Consequence::of(ConsequenceKind::TellAuthority))
}

fn gets_nothing(recipient: &Recipient) -> bool {
    recipient.gets.values().all(BTreeSet::is_empty)
}

/// Everything a recipient gets.
fn handed(side: &Side<'_>, gets: &BTreeMap<String, BTreeSet<String>>) -> Said {
    let all: BTreeSet<&String> = gets.values().flatten().collect();
    labels(side, all)
}

fn labels<'a>(side: &Side<'_>, names: impl IntoIterator<Item = &'a String>) -> Said {
    let names: Vec<AttributeName> = names.into_iter().filter_map(|n| AttributeName::new(n).ok()).collect();
    attributes(side.policy, &names)
}

fn purpose_title(side: &Side<'_>, name: &str) -> Said {
    match PurposeName::new(name) {
        Ok(name) => titles(side.policy, [&name]),
        Err(_) => Said::Plain(name.to_owned()),
    }
}
