//! Which attributes are new, gone or not as they were?

use jiff::Span;
use saqta_domain::terms::attribute::{Attribute, Depersonalise, Sensitivity};
use saqta_domain::terms::policy::Policy;

use crate::diff::telling::Said;
use crate::diff::{Change, ChangeKind, Consequence, ConsequenceKind};

/// Appends what changed in the attributes.
pub(super) fn compare(before: &Policy, after: &Policy, changes: &mut Vec<Change>) {
    for (name, attribute) in &before.attributes {
        match after.attributes.get(name) {
            Some(now) => differ(attribute, now, changes),
            None => changes.push(change(attribute, ChangeKind::Gone, "attribute-gone")),
        }
    }
    for (name, attribute) in &after.attributes {
        if !before.attributes.contains_key(name) {
            changes
                .push(change(attribute, ChangeKind::New, "attribute-new").with("kind", kind_word(attribute)));
        }
    }
}

fn change(attribute: &Attribute, kind: ChangeKind, key: &'static str) -> Change {
    Change::new(kind, format!("attribute.{}", attribute.name), key)
        .with("attribute", Said::Worded(attribute.label.clone()))
        .clauses(&attribute.clauses)
}

fn kind_word(attribute: &Attribute) -> Said {
    Said::Word(format!("kind-{}", attribute.kind.as_str()))
}

fn differ(was: &Attribute, now: &Attribute, changes: &mut Vec<Change>) {
    let tell = || Consequence::of(ConsequenceKind::TellPeople);
    if was.label != now.label {
        let before = Said::Worded(was.label.clone());
        changes.push(change(now, ChangeKind::Other, "attribute-label").with("before", before));
    }
    if was.kind != now.kind {
        changes.push(
            change(now, ChangeKind::Other, "attribute-kind")
                .with("before", kind_word(was))
                .with("after", kind_word(now)),
        );
    }
    match (was.findable, now.findable) {
        (false, true) => changes.push(change(now, ChangeKind::Wider, "findable-on").so(tell())),
        (true, false) => changes.push(change(now, ChangeKind::Narrower, "findable-off")),
        _ => {}
    }
    match (was.sensitivity, now.sensitivity) {
        (Sensitivity::Restricted, Sensitivity::Ordinary) => {
            changes.push(change(now, ChangeKind::Wider, "sensitivity-ordinary"));
        }
        (Sensitivity::Ordinary, Sensitivity::Restricted) => {
            changes.push(change(now, ChangeKind::Narrower, "sensitivity-restricted"));
        }
        _ => {}
    }
    let every = |span: &Option<Span>| match span {
        Some(span) => Said::Term(*span),
        None => Said::Word("change-never".to_owned()),
    };
    let fieldwise = |span: &Option<Span>| span.map(Span::fieldwise);
    if fieldwise(&was.confirm_every) != fieldwise(&now.confirm_every) {
        changes.push(
            change(now, ChangeKind::Other, "confirm-every")
                .with("before", every(&was.confirm_every))
                .with("after", every(&now.confirm_every)),
        );
    }
    match (was.depersonalise, now.depersonalise) {
        (Depersonalise::Destroy, Depersonalise::Keep) => {
            changes.push(change(now, ChangeKind::Wider, "depersonalise-keep").so(tell()));
        }
        (Depersonalise::Keep, Depersonalise::Destroy) => {
            changes.push(change(now, ChangeKind::Narrower, "depersonalise-destroy"));
        }
        _ => {}
    }
    if was.max_bytes != now.max_bytes {
        let (kind, key) = if was.max_bytes < now.max_bytes {
            (ChangeKind::Wider, "max-bytes")
        } else {
            (ChangeKind::Narrower, "max-bytes")
        };
        changes.push(
            change(now, kind, key)
                .with("before", Said::Plain(was.max_bytes.to_string()))
                .with("after", Said::Plain(now.max_bytes.to_string())),
        );
    }
}
