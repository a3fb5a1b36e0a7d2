//! What does somebody want, as a member of staff enters it: the kind, and what that kind needs to be known?

use std::collections::BTreeSet;

use saqta_domain::terms::names::{AttributeName, ChannelName, PurposeName};
use saqta_domain::terms::request::{CorrectionGround, Matter, Objection, RequestKind};

use super::fields::{Asking, Field, Said};
use super::{Trouble, telling};
use crate::pages::staff::Frame;

/// How many values one form puts right.
const ROWS: usize = 3;

/// Kinds that turn on what is wrong with the data.
const WITH_GROUND: [&str; 3] = ["rectification", "restriction", "destruction"];

/// The kind, and the fields that some kinds have. A correction names the right values, one a row, or only which values are wrong.
pub(super) fn fields(asking: &Asking<'_>) -> Vec<Field> {
    let frame = asking.frame;
    let kinds = RequestKind::ALL.iter().filter(|kind| **kind != RequestKind::Authority);
    let kinds = kinds.map(|kind| (kind.to_string(), frame.word(&format!("request-kind-{kind}")))).collect();
    let sorts =
        Objection::ALL.iter().map(|sort| (sort.to_string(), frame.word(&format!("desk-objection-{sort}"))));
    let grounds = CorrectionGround::ALL.iter();
    let grounds =
        grounds.map(|ground| (ground.to_string(), frame.word(&format!("reason-{ground}")))).collect();
    let mut fields = vec![
        asking.choice("kind", true, kinds),
        asking.choice("objection", true, sorts.collect()).when(&["objection"]),
        asking.choice("ground", false, grounds).when(&WITH_GROUND),
    ];
    fields.extend((1..=ROWS).flat_map(|row| self::row(asking, row)));
    let ticked = ["rectification", "restriction", "dissemination"];
    fields.push(asking.ticks("attribute", attributes(frame)).when(&ticked));
    fields.push(asking.ticks("purpose", purposes(frame)).when(&["destruction", "withdrawal"]));
    fields.push(asking.choice("channel", false, channels(frame)).when(&["withdrawal"]));
    // What only one kind asks for would otherwise stop the form of another.
    fields.into_iter().map(|field| Field { required: field.name == "kind", ..field }).collect()
}

fn row(asking: &Asking<'_>, row: usize) -> [Field; 2] {
    let number = row.to_string();
    let told = |key: &str| asking.frame.told(key, &[("row", &number)]);
    let which = asking.choice(&format!("attribute-{row}"), false, attributes(asking.frame));
    let value = asking.line(&format!("value-{row}"), false);
    [asking.called(told("desk-row-attribute"), which), asking.called(told("desk-row-value"), value)]
        .map(|field| field.when(&["rectification"]))
}

/// What was chosen.
pub(super) fn read(frame: &Frame<'_>, said: &Said) -> Result<Matter, Trouble> {
    let wrong = |field: &str| Trouble::of(frame, field, "desk-fault-empty");
    let kind = RequestKind::from_word(said.get("kind")).filter(|kind| *kind != RequestKind::Authority);
    let ground = CorrectionGround::from_word(said.get("ground"));
    let ticked = || -> BTreeSet<AttributeName> {
        said.ticks("attribute").filter_map(|name| AttributeName::new(name).ok()).collect()
    };
    let purposes = || -> BTreeSet<PurposeName> {
        said.ticks("purpose").filter_map(|name| PurposeName::new(name).ok()).collect()
    };
    Ok(match kind.ok_or_else(|| wrong("kind"))? {
        RequestKind::Access => Matter::Access,
        RequestKind::Rectification => {
            let named = proposed(said).into_iter().map(|(attribute, _)| attribute);
            let attributes = named.chain(ticked()).collect();
            Matter::Rectification { ground: ground.ok_or_else(|| wrong("ground"))?, attributes }
        }
        RequestKind::Restriction => Matter::Restriction { ground, attributes: ticked() },
        RequestKind::Unrestriction => Matter::Unrestriction,
        RequestKind::Destruction => Matter::Destruction { ground, purposes: purposes() },
        RequestKind::Withdrawal => {
            let channel = ChannelName::new(said.get("channel")).ok();
            Matter::Withdrawal { purposes: purposes(), channel }
        }
        RequestKind::Stop => Matter::Stop,
        RequestKind::Objection => {
            Matter::Objection(Objection::from_word(said.get("objection")).ok_or_else(|| wrong("objection"))?)
        }
        RequestKind::Dissemination => Matter::Dissemination { attributes: ticked() },
        RequestKind::Explanation => Matter::Explanation,
        RequestKind::Complaint => Matter::Complaint,
        RequestKind::Authority => return Err(wrong("kind")),
    })
}

/// The right values, row by row.
pub(super) fn proposed(said: &Said) -> Vec<(AttributeName, String)> {
    let row = |row: usize| {
        let attribute = AttributeName::new(said.get(&format!("attribute-{row}"))).ok()?;
        Some((attribute, said.text(&format!("value-{row}"))))
    };
    (1..=ROWS).filter_map(row).collect()
}

fn attributes(frame: &Frame<'_>) -> Vec<(String, String)> {
    let names = frame.view.version.policy.attributes.keys();
    names.map(|name| (name.to_string(), telling::attribute(frame, name.as_str()))).collect()
}

fn purposes(frame: &Frame<'_>) -> Vec<(String, String)> {
    let declared = frame.view.version.policy.purposes.values();
    let personal = declared.filter(|purpose| !(purpose.needs.is_empty() && purpose.may.is_empty()));
    personal.map(|p| (p.name.to_string(), telling::purpose(frame, p.name.as_str()))).collect()
}

/// Every channel through which some purpose speaks to people.
fn channels(frame: &Frame<'_>) -> Vec<(String, String)> {
    let consents = frame.view.version.policy.purposes.values().filter_map(|p| p.consent.as_ref());
    let names: BTreeSet<_> = consents.flat_map(|consent| consent.channels.iter().cloned()).collect();
    names
        .into_iter()
        .map(|name| (name.to_string(), telling::one_of(frame, &["desk-channel"], name.as_str())))
        .collect()
}
