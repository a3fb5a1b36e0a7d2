//! Which purposes are new, gone or not as they were?

use std::collections::BTreeSet;

use saqta_domain::terms::attribute::Attribute;
use saqta_domain::terms::basis::{BasisKind, LegalBasis};
use saqta_domain::terms::names::{AttributeName, PurposeName};
use saqta_domain::terms::policy::Policy;
use saqta_domain::terms::purpose::{EndAction, Keep, Purpose};

use crate::carry_over::{Widening, no_longer, widenings};
use crate::diff::side::Side;
use crate::diff::telling::Said;
use crate::diff::{Change, ChangeKind, Consequence, ConsequenceKind};

/// Appends what changed in the purposes.
pub(super) fn compare(before: &Side<'_>, after: &Side<'_>, changes: &mut Vec<Change>) {
    let (old, new) = (&before.policy.purposes, &after.policy.purposes);
    let gone: Vec<&Purpose> = old.values().filter(|p| !new.contains_key(&p.name)).collect();
    let mut fresh: Vec<&Purpose> = new.values().filter(|p| !old.contains_key(&p.name)).collect();
    for purpose in gone {
        let twin = fresh.iter().position(|candidate| looks_like(purpose, candidate));
        let twin = twin.map(|at| fresh.remove(at));
        changes.push(is_gone(before, after, purpose, twin));
        changes.extend(twin.map(|twin| is_new(after, twin)));
    }
    changes.extend(fresh.into_iter().map(|purpose| is_new(after, purpose)));
    for (name, now) in new {
        if let Some(was) = old.get(name) {
            Pair { before, after, was, now, widened: widenings(was, &before.declared, now, &after.declared) }
                .compare(changes);
        }
    }
}

/// Whether one that is gone and one that is new look like the same purpose under two names.
fn looks_like(gone: &Purpose, fresh: &Purpose) -> bool {
    let used = |p: &Purpose| -> BTreeSet<AttributeName> { p.needs.union(&p.may).cloned().collect() };
    let (old, new) = (used(gone), used(fresh));
    gone.title == fresh.title || (!old.is_empty() && old == new)
}

fn is_gone(before: &Side<'_>, after: &Side<'_>, purpose: &Purpose, twin: Option<&Purpose>) -> Change {
    let key = if twin.is_some() { "purpose-renamed" } else { "purpose-gone" };
    let change = Change::new(ChangeKind::Gone, about(purpose), key)
        .with("purpose", Said::Worded(purpose.title.clone()))
        .clauses(&purpose.clauses);
    let change = match twin {
        Some(twin) => change
            .with("name", Said::Plain(purpose.name.to_string()))
            .with("other", Said::Plain(twin.name.to_string())),
        None => change,
    };
    let held = purpose.basis.kind().is_some();
    let handed_out = before.declared.hands_out(purpose.name.as_str());
    change
        .so_if(held, || {
            for_purpose(ConsequenceKind::FallDue, purpose)
                .with("day", Said::Plain(after.declared.day.clone()))
        })
        .so_if(handed_out, || Consequence::of(ConsequenceKind::TellRecipients))
}

fn is_new(after: &Side<'_>, purpose: &Purpose) -> Change {
    let used = attributes(after.policy, purpose.needs.union(&purpose.may));
    let key =
        if purpose.needs.is_empty() && purpose.may.is_empty() { "purpose-new-empty" } else { "purpose-new" };
    Change::new(ChangeKind::New, about(purpose), key)
        .with("purpose", Said::Worded(purpose.title.clone()))
        .with("basis", basis(&purpose.basis))
        .with("attributes", used)
        .clauses(&purpose.clauses)
        .so_if(purpose.basis.kind().is_some(), || Consequence::of(ConsequenceKind::TellPeople))
}

/// One purpose under two versions.
struct Pair<'a> {
    before: &'a Side<'a>,
    after: &'a Side<'a>,
    was: &'a Purpose,
    now: &'a Purpose,
    widened: BTreeSet<Widening>,
}

impl Pair<'_> {
    fn compare(&self, changes: &mut Vec<Change>) {
        let (was, now) = (self.was, self.now);
        if was.title != now.title {
            changes.push(
                self.changed(ChangeKind::Other, "title")
                    .with("before", Said::Worded(was.title.clone()))
                    .so(Consequence::of(ConsequenceKind::TellPeople)),
            );
        }
        self.basis(changes);
        self.attributes(changes);
        self.reach(changes);
        self.consent(changes);
        self.time(changes);
        self.people(changes);
    }

    fn changed(&self, kind: ChangeKind, key: &'static str) -> Change {
        Change::new(kind, about(self.now), key)
            .with("purpose", Said::Worded(self.now.title.clone()))
            .clauses(&self.now.clauses)
    }

    /// A change that widens, with the consequence that the gate draws from it.
    fn asks(&self, change: Change, widening: Widening) -> Change {
        change.so_if(self.widened.contains(&widening), || for_purpose(ConsequenceKind::AskAgain, self.now))
    }

    fn listed(&self, kind: ChangeKind, key: &'static str, list: Said) -> Change {
        self.changed(kind, key).with("list", list)
    }

    fn basis(&self, changes: &mut Vec<Change>) {
        let (was, now) = (self.was, self.now);
        if was.basis != now.basis {
            let (old, new) = (was.basis.kind(), now.basis.kind());
            if old == new {
                let key =
                    if old == Some(BasisKind::LegitimateInterest) { "balancing" } else { "basis-source" };
                changes.push(
                    self.changed(ChangeKind::Other, key)
                        .with("before", source(&was.basis))
                        .with("after", source(&now.basis)),
                );
            } else {
                let willing =
                    |kind: Option<BasisKind>| kind.is_some_and(BasisKind::rests_on_the_persons_will);
                let kind = match (willing(old), willing(new)) {
                    (true, false) if new.is_some() => ChangeKind::Wider,
                    (false, true) => ChangeKind::Narrower,
                    _ => ChangeKind::Other,
                };
                let change = self
                    .changed(kind, "basis")
                    .with("before", basis(&was.basis))
                    .with("after", basis(&now.basis));
                let grounded = new.is_some() && new != Some(BasisKind::Consent);
                changes.push(
                    self.asks(change, Widening::Basis)
                        .so_if(grounded, || for_purpose(ConsequenceKind::GroundAnew, now))
                        .so(Consequence::of(ConsequenceKind::TellPeople)),
                );
            }
        }
        if was.compartment != now.compartment {
            let change = self
                .changed(ChangeKind::Other, "compartment")
                .with("before", Said::Plain(was.compartment.to_string()))
                .with("after", Said::Plain(now.compartment.to_string()));
            changes.push(
                self.asks(change, Widening::Compartment).so(for_purpose(ConsequenceKind::CollectAnew, now)),
            );
        }
    }

    fn attributes(&self, changes: &mut Vec<Change>) {
        let (was, now) = (self.was, self.now);
        let used = |p: &Purpose, a: &AttributeName| p.uses(a);
        let asked: Vec<&AttributeName> = now.needs.iter().filter(|a| !used(was, a)).collect();
        let offered: Vec<&AttributeName> = now.may.iter().filter(|a| !used(was, a)).collect();
        for (key, added) in [("needs-added", asked), ("may-added", offered)] {
            if added.is_empty() {
                continue;
            }
            let change = self.listed(ChangeKind::Wider, key, attributes(self.after.policy, added));
            changes.push(
                self.asks(change, Widening::Attributes).so(Consequence::of(ConsequenceKind::TellPeople)),
            );
        }
        let demanded: Vec<&AttributeName> = now.needs.iter().filter(|a| was.may.contains(*a)).collect();
        if !demanded.is_empty() {
            let list = attributes(self.after.policy, demanded);
            changes.push(
                self.listed(ChangeKind::Wider, "now-needed", list)
                    .so(Consequence::of(ConsequenceKind::TellPeople)),
            );
        }
        let optional: Vec<&AttributeName> =
            now.may.iter().filter(|a| was.needs.contains(*a) && !now.needs.contains(*a)).collect();
        if !optional.is_empty() {
            let list = attributes(self.after.policy, optional);
            changes.push(self.listed(ChangeKind::Narrower, "now-optional", list));
        }
        for dropped in was.needs.union(&was.may).filter(|a| !used(now, a)) {
            let key = if was.needs.contains(dropped) { "needs-dropped" } else { "may-dropped" };
            let list = attributes(self.before.policy, [dropped]);
            let due = Consequence {
                attribute: Some(dropped.clone()),
                ..for_purpose(ConsequenceKind::ValuesFallDue, now)
                    .with("attribute", list.clone())
                    .with("day", Said::Plain(self.after.declared.day.clone()))
            };
            changes.push(self.listed(ChangeKind::Narrower, key, list).so(due));
        }
    }

    /// What may be done, and with whose data.
    fn reach(&self, changes: &mut Vec<Change>) {
        let (was, now) = (self.was, self.now);
        let operations =
            |set: Vec<_>| Said::List(set.into_iter().map(|o| Said::Word(format!("operation-{o}"))).collect());
        let (added, dropped) = parted(&was.operations, &now.operations);
        if !added.is_empty() {
            let change = self.listed(ChangeKind::Wider, "operations-added", operations(added));
            changes.push(
                self.asks(change, Widening::Operations).so(Consequence::of(ConsequenceKind::TellPeople)),
            );
        }
        if !dropped.is_empty() {
            changes.push(self.listed(ChangeKind::Narrower, "operations-dropped", operations(dropped)));
        }
        let (added, dropped) = parted(&was.compatible_with, &now.compatible_with);
        if !added.is_empty() {
            let change = self.listed(ChangeKind::Wider, "compatible-added", titles(self.after.policy, added));
            changes.push(
                self.asks(change, Widening::Compatible).so(Consequence::of(ConsequenceKind::TellPeople)),
            );
        }
        if !dropped.is_empty() {
            let list = titles(self.before.policy, dropped);
            changes
                .push(self.listed(ChangeKind::Narrower, "compatible-dropped", list).so(self.due_earlier()));
        }
    }

    fn consent(&self, changes: &mut Vec<Change>) {
        let (Some(old), Some(new)) = (&self.was.consent, &self.now.consent) else { return };
        if old.digests != new.digests {
            let change = self.changed(ChangeKind::Wider, "consent-reworded");
            changes.push(self.asks(change, Widening::Wording));
        }
        let term =
            |change: Change| change.with("before", Said::Term(old.term)).with("after", Said::Term(new.term));
        if self.widened.contains(&Widening::ConsentTerm) {
            let change = term(self.changed(ChangeKind::Wider, "consent-longer"));
            changes.push(self.asks(change, Widening::ConsentTerm));
        } else if !no_longer(&old.term, &new.term) {
            changes.push(term(self.changed(ChangeKind::Narrower, "consent-shorter")));
        }
        let apart = match (old.channels.is_empty(), new.channels.is_empty()) {
            (true, false) => Some("channels-apart"),
            (false, true) => Some("channels-together"),
            _ => None,
        };
        if let Some(key) = apart {
            changes.push(self.asks(self.changed(ChangeKind::Wider, key), Widening::Channels));
            return;
        }
        let (added, dropped) = parted(&old.channels, &new.channels);
        let named =
            |list: Vec<_>| Said::Plain(list.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
        if !added.is_empty() {
            let change = self.listed(ChangeKind::Wider, "channels-added", named(added));
            changes.push(self.asks(change, Widening::Channels));
        }
        if !dropped.is_empty() {
            changes.push(
                self.listed(ChangeKind::Narrower, "channels-dropped", named(dropped))
                    .so(for_purpose(ConsequenceKind::ConsentsIdle, self.now)),
            );
        }
    }

    /// When it begins and ends, and how long its data are kept.
    fn time(&self, changes: &mut Vec<Change>) {
        let (was, now) = (self.was, self.now);
        let event = |event: &Option<_>| match event {
            Some(name) => Said::Plain(format!("{name}")),
            None => Said::Word("change-no-event".to_owned()),
        };
        for (key, old, new) in [("starts", &was.starts, &now.starts), ("ends", &was.ends, &now.ends)] {
            if old != new {
                changes.push(
                    self.changed(ChangeKind::Other, key).with("before", event(old)).with("after", event(new)),
                );
            }
        }
        self.keep(changes);
        if was.then != now.then {
            let (kind, key) = match now.then {
                EndAction::Depersonalise => (ChangeKind::Wider, "then-depersonalise"),
                EndAction::Destroy => (ChangeKind::Narrower, "then-destroy"),
            };
            changes.push(self.changed(kind, key).so(Consequence::of(ConsequenceKind::TellPeople)));
        }
    }

    fn keep(&self, changes: &mut Vec<Change>) {
        let (old, new) = match (&self.was.keep, &self.now.keep) {
            (None, None) => return,
            (None, Some(new)) => {
                let change = self.kept(ChangeKind::Wider, "keep-added", new);
                changes.push(
                    self.asks(change, Widening::KeepTerm).so(Consequence::of(ConsequenceKind::TellPeople)),
                );
                return;
            }
            (Some(old), None) => {
                changes.push(self.kept(ChangeKind::Narrower, "keep-dropped", old).so(self.due_earlier()));
                return;
            }
            (Some(old), Some(new)) => (old, new),
        };
        let (longer, shorter) = (!no_longer(&new.term, &old.term), !no_longer(&old.term, &new.term));
        if longer || shorter {
            let (kind, key) = if longer {
                (ChangeKind::Wider, "keep-longer")
            } else {
                (ChangeKind::Narrower, "keep-shorter")
            };
            let change = self
                .changed(kind, key)
                .with("before", Said::Term(old.term))
                .with("after", Said::Term(new.term));
            changes.push(if longer {
                self.asks(change, Widening::KeepTerm).so(Consequence::of(ConsequenceKind::TellPeople))
            } else {
                change.so(self.due_earlier())
            });
        }
        if old.because != new.because {
            changes.push(
                self.changed(ChangeKind::Other, "keep-because")
                    .with("before", Said::Worded(old.because.clone()))
                    .with("after", Said::Worded(new.because.clone())),
            );
        }
    }

    fn kept(&self, kind: ChangeKind, key: &'static str, keep: &Keep) -> Change {
        self.changed(kind, key)
            .with("term", Said::Term(keep.term))
            .with("because", Said::Worded(keep.because.clone()))
    }

    fn due_earlier(&self) -> Consequence {
        for_purpose(ConsequenceKind::DueEarlier, self.now)
            .with("day", Said::Plain(self.after.declared.day.clone()))
    }

    /// Who works for it, and how.
    fn people(&self, changes: &mut Vec<Change>) {
        let (was, now) = (self.was, self.now);
        let (added, dropped) = parted(&was.staff, &now.staff);
        let named =
            |list: Vec<_>| Said::Plain(list.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "));
        if !added.is_empty() {
            changes.push(self.listed(ChangeKind::Wider, "staff-added", named(added)));
        }
        if !dropped.is_empty() {
            changes.push(self.listed(ChangeKind::Narrower, "staff-dropped", named(dropped)));
        }
        if was.automation != now.automation {
            let word = |a: saqta_domain::terms::purpose::Automation| {
                Said::Word(format!("automation-{}", a.as_str()))
            };
            changes.push(
                self.changed(ChangeKind::Other, "automation")
                    .with("before", word(was.automation))
                    .with("after", word(now.automation))
                    .so(Consequence::of(ConsequenceKind::TellPeople)),
            );
        }
    }
}

fn about(purpose: &Purpose) -> String {
    format!("purpose.{}", purpose.name)
}

pub(super) fn for_purpose(kind: ConsequenceKind, purpose: &Purpose) -> Consequence {
    Consequence { purpose: Some(purpose.name.clone()), ..Consequence::of(kind) }
        .with("purpose", Said::Worded(purpose.title.clone()))
}

/// What only the second has, and what only the first has.
pub(super) fn parted<'a, T: Ord>(old: &'a BTreeSet<T>, new: &'a BTreeSet<T>) -> (Vec<&'a T>, Vec<&'a T>) {
    (new.difference(old).collect(), old.difference(new).collect())
}

/// Attributes as people read them.
pub(super) fn attributes<'a>(policy: &Policy, names: impl IntoIterator<Item = &'a AttributeName>) -> Said {
    let label = |name: &AttributeName| match policy.attribute(name) {
        Some(Attribute { label, .. }) => Said::Worded(label.clone()),
        None => Said::Plain(name.to_string()),
    };
    Said::List(names.into_iter().map(label).collect())
}

/// Purposes as people read them.
pub(super) fn titles<'a>(policy: &Policy, names: impl IntoIterator<Item = &'a PurposeName>) -> Said {
    let title = |name: &PurposeName| match policy.purpose(name) {
        Some(Purpose { title, .. }) => Said::Worded(title.clone()),
        None => Said::Plain(name.to_string()),
    };
    Said::List(names.into_iter().map(title).collect())
}

fn basis(basis: &LegalBasis) -> Said {
    Said::Word(format!("basis-{}", basis.kind().map_or("none", BasisKind::as_str)))
}

/// The law and its article, where the ground names one.
fn source(basis: &LegalBasis) -> Said {
    match basis {
        LegalBasis::Law { law, article } | LegalBasis::PublicationRequired { law, article } => {
            Said::Plain(format!("{law}, {article}"))
        }
        LegalBasis::LegitimateInterest { balancing } => Said::Worded(balancing.clone()),
        _ => Said::Plain(String::new()),
    }
}
