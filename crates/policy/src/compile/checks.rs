//! Does everything the policy names exist, and does it hold together?

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use saqta_domain::terms::basis::BasisKind;
use saqta_domain::terms::names::AttributeName;

use super::{Draft, PurposeDraft};
use crate::problem::Report;
use crate::read::{At, nearest};

/// Looks at the whole draft.
pub(crate) fn check(draft: &Draft, report: &mut Report<'_>) {
    let attributes: Vec<&str> = draft.attribute_names.keys().map(AttributeName::as_str).collect();
    let purposes: BTreeMap<&str, &PurposeDraft> =
        draft.purposes.iter().map(|p| (p.name.value.as_str(), p)).collect();
    for purpose in &draft.purposes {
        uses(purpose, draft, &attributes, report);
        ground(purpose, report);
        compatible(purpose, &purposes, report);
        for recipient in &purpose.to {
            known_recipient(&recipient.value, recipient.span.clone(), draft, report);
        }
    }
    cycles(&purposes, report);
    for link in &draft.links {
        for end in [&link.from, &link.to] {
            known_purpose(end.value.as_str(), end.span.clone(), &purposes, report);
        }
    }
    for gets in &draft.gets {
        let Some(purpose) = known_purpose(&gets.purpose, gets.place.clone(), &purposes, report) else {
            continue;
        };
        gets_no_more(gets, purpose, report);
    }
    for tariff in &draft.tariffs {
        known_recipient(&tariff.value, tariff.span.clone(), draft, report);
    }
    unused(draft, report);
}

/// Every attribute exists, and none is both needed and optional (clauses 5.4, 5.5).
fn uses(purpose: &PurposeDraft, draft: &Draft, attributes: &[&str], report: &mut Report<'_>) {
    for at in purpose.needs.iter().chain(&purpose.may) {
        if draft.attribute_names.contains_key(&at.value) {
            continue;
        }
        let message = format!("there is no attribute `{}`", at.value);
        report.error("unknown-attribute", at.span.clone(), message, nearest(at.value.as_str(), attributes));
    }
    for at in &purpose.may {
        if purpose.needs.iter().any(|n| n.value == at.value) {
            let message = format!("`{}` is both needed and optional", at.value);
            report.error("needs-and-may", at.span.clone(), message, "leave it in `needs` or in `may`");
        }
    }
}

/// What the basis asks for is there, and nothing that belongs to another (clauses 5.7, 5.8, 6).
fn ground(purpose: &PurposeDraft, report: &mut Report<'_>) {
    let name = &purpose.name.value;
    let place = purpose.name.span.clone();
    let Some(basis) = &purpose.basis else { return };
    let kind = basis.value.kind();
    if kind.is_none() {
        if let Some(at) = purpose.needs.first().or(purpose.may.first()) {
            let message = format!("`{name}` stands on no basis, so it can have no attributes");
            report.error(
                "attributes-without-basis",
                at.span.clone(),
                message,
                "empty the list, or name a basis",
            );
        }
    } else if !purpose.has_end {
        let message = format!("`{name}` never ends");
        let hint = "say what reaches it (`ends`), or how long its data are kept (`keep`)";
        report.error("purpose-endless", place.clone(), message, hint);
    }
    match (kind, &purpose.consent_place) {
        (Some(BasisKind::Consent), None) => {
            let message = format!("`{name}` stands on consent and does not say what people consent to");
            let hint = format!("add [purpose.{name}.consent] with term and text");
            report.error("consent-terms-missing", basis.span.clone(), message, hint);
        }
        (Some(BasisKind::Consent), Some(_)) | (_, None) => {}
        (_, Some(consent)) => {
            let message = format!("`{name}` asks for a consent that it does not stand on");
            let hint = "write basis = \"consent\", or rename the block to `dissemination` if it is a consent to show data to everybody";
            report.error("consent-terms-unused", consent.clone(), message, hint);
        }
    }
    if purpose.consent.as_ref().is_some_and(|c| c.per_channel) && purpose.channels.is_empty() {
        let message = format!("`{name}` asks for consent per channel and names no channel");
        report.error("channels-missing", place, message, "name them: channels = [\"email\", \"sms\"]");
    }
}

/// Purposes lend each other data inside one compartment alone (clause 5.3).
fn compatible(purpose: &PurposeDraft, purposes: &BTreeMap<&str, &PurposeDraft>, report: &mut Report<'_>) {
    for at in &purpose.compatible_with {
        let Some(other) = known_purpose(at.value.as_str(), at.span.clone(), purposes, report) else {
            continue;
        };
        let (Some(space), Some(theirs)) = (&purpose.space, &other.space) else { continue };
        if space != theirs {
            let message = format!(
                "`{}` lies in `{space}` and `{}` in `{theirs}`: they never see each other's data",
                purpose.name.value, at.value
            );
            let hint = "put both into one compartment, or delete it here (clause 5.3)";
            report.error("across-compartments", at.span.clone(), message, hint);
        }
    }
}

/// Whose data may be used for what must have a beginning: no circle of purposes.
fn cycles(purposes: &BTreeMap<&str, &PurposeDraft>, report: &mut Report<'_>) {
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for (name, purpose) in purposes {
        if told.contains(name) {
            continue;
        }
        let Some(circle) = circle(name, purposes) else { continue };
        let second = circle.get(1).copied().unwrap_or(name);
        let place = purpose.compatible_with.iter().find(|at| at.value.as_str() == second);
        let place = place.map_or(purpose.name.span.clone(), |at| at.span.clone());
        let message = format!("purposes are compatible with each other in a circle: {}", circle.join(" → "));
        let hint = "say only which purpose may use data that were collected for another one";
        report.error("compatibility-cycle", place, message, hint);
        told.extend(circle);
    }
}

/// The shortest way from a purpose back to itself.
fn circle<'a>(start: &'a str, purposes: &BTreeMap<&'a str, &'a PurposeDraft>) -> Option<Vec<&'a str>> {
    let mut ways = vec![vec![start]];
    let mut seen = BTreeSet::new();
    while !ways.is_empty() {
        let mut longer = Vec::new();
        for way in ways {
            let Some(purpose) = way.last().and_then(|last| purposes.get(last)) else { continue };
            for at in &purpose.compatible_with {
                let next = at.value.as_str();
                let way: Vec<&str> = way.iter().copied().chain([next]).collect();
                if next == start {
                    return Some(way);
                }
                if seen.insert(next) {
                    longer.push(way);
                }
            }
        }
        ways = longer;
    }
    None
}

fn known_purpose<'a>(
    name: &str,
    place: Range<usize>,
    purposes: &BTreeMap<&str, &'a PurposeDraft>,
    report: &mut Report<'_>,
) -> Option<&'a PurposeDraft> {
    let found = purposes.get(name).copied();
    if found.is_none() {
        let known: Vec<&str> = purposes.keys().copied().collect();
        report.error(
            "unknown-purpose",
            place,
            format!("there is no purpose `{name}`"),
            nearest(name, &known),
        );
    }
    found
}

fn known_recipient(name: &str, place: Range<usize>, draft: &Draft, report: &mut Report<'_>) {
    if draft.recipients.contains_key(name) {
        return;
    }
    let known: Vec<&str> = draft.recipients.keys().map(String::as_str).collect();
    report.error(
        "unknown-recipient",
        place,
        format!("there is no recipient `{name}`"),
        nearest(name, &known),
    );
}

/// A recipient gets what the purpose has, and the purpose says so (clause 7.2).
fn gets_no_more(gets: &super::shapes::Gets, purpose: &PurposeDraft, report: &mut Report<'_>) {
    let used: Vec<&str> = purpose.needs.iter().chain(&purpose.may).map(|at| at.value.as_str()).collect();
    for At { value, span } in &gets.attributes {
        if !used.contains(&value.as_str()) {
            let message = format!("`{}` has no `{value}` to hand over", gets.purpose);
            report.error("attribute-not-needed", span.clone(), message, nearest(value, &used));
        }
    }
    if !purpose.to.iter().any(|to| to.value == gets.recipient) {
        let message = format!("`{}` does not name the recipient `{}`", gets.purpose, gets.recipient);
        let hint = format!("add it: to = [\"{}\"] in [purpose.{}]", gets.recipient, gets.purpose);
        report.error("recipient-not-named", gets.place.clone(), message, hint);
    }
}

/// What is declared and used by nothing is probably a mistake, though a harmless one.
fn unused(draft: &Draft, report: &mut Report<'_>) {
    for (name, place) in &draft.attribute_names {
        let used = |p: &PurposeDraft| p.needs.iter().chain(&p.may).any(|at| &at.value == name);
        if !draft.purposes.iter().any(used) {
            let hint = "delete it, or add it to the purpose that needs it";
            report.warning("attribute-unused", place.clone(), format!("no purpose uses `{name}`"), hint);
        }
    }
    if draft.purposes.is_empty() {
        let hint = "declare at least one: [purpose.order]";
        report.warning("no-purposes", 0..0, "no purpose is declared, so everything is refused", hint);
    }
}
