//! Which request does a form of a person make, and what is wrong with it where it makes none?

use std::collections::BTreeSet;

use saqta_app::requests::RequestFault;
use saqta_app::requests::file::Filing;
use saqta_domain::terms::kind::Kind;
use saqta_domain::terms::names::{AttributeName, PurposeName};
use saqta_domain::terms::request::{Applicant, CorrectionGround, Intake};

use super::Frame;
use super::action::{Action, Named};
use super::fields::{Faults, Said};

/// How many values one form can put right.
pub(super) const ROWS: usize = 3;

/// What somebody came for.
#[derive(Clone, Copy)]
pub(super) struct Wish {
    pub action: Action,
    pub by: Applicant,
}

impl Wish {
    pub fn is_for_other(self) -> bool {
        self.by == Applicant::Representative
    }
}

/// The request that a form makes.
pub(super) fn filing(frame: &Frame<'_>, wish: Wish, said: &Said, from: &str) -> Result<Filing, Faults> {
    let mut faults = Faults::default();
    let mut named = Named::default();
    let mut proposed = Vec::new();
    match wish.action {
        Action::Correct => {
            named.ground = CorrectionGround::from_word(said.one("ground"));
            if named.ground.is_none() {
                faults.say("ground", frame.word("portal-fault-ground_missing"));
            }
            proposed = corrected(frame, said, named.ground, &mut faults);
            named.attributes = proposed.iter().map(|(attribute, _)| attribute.clone()).collect();
            // Where a value should not be there at all, there is no right one.
            proposed.retain(|(_, value)| !value.is_empty());
        }
        Action::ShowConditions => named.attributes = attributes(frame, said),
        Action::Withdraw => named.purposes = purposes(frame, said),
        _ => {}
    }
    contact(frame, said, "contact", &mut faults);
    if wish.is_for_other() {
        contact(frame, said, "answer_to", &mut faults);
    }
    let matter = match wish.action.matter(named) {
        Some(matter) if faults.is_empty() => matter,
        _ => return Err(faults),
    };
    let mut filing = Filing::new(matter, Intake::Portal, frame.language);
    filing.by = wish.by;
    filing.contact = said.one("contact").to_owned();
    if wish.is_for_other() {
        filing.answer_to = said.one("answer_to").to_owned();
        filing.name = said.one("name").to_owned();
    }
    filing.text = said.one("text").to_owned();
    filing.proposed = proposed;
    filing.from = from.to_owned();
    Ok(filing)
}

/// The field a fault is about.
pub(super) fn place_of(fault: RequestFault) -> Option<&'static str> {
    match fault {
        RequestFault::ContactMissing | RequestFault::ContactMalformed => Some("contact"),
        RequestFault::WordsMissing | RequestFault::WordsTooLong => Some("text"),
        RequestFault::NothingNamed => Some("which-1"),
        _ => None,
    }
}

/// Looks at a contact before it is sent on, only to say beside which of two fields the fault is.
fn contact(frame: &Frame<'_>, said: &Said, name: &str, faults: &mut Faults) {
    let text = said.one(name).trim();
    let kind = if text.contains('@') { Kind::Email } else { Kind::Phone };
    let fault = match text.is_empty() {
        true => RequestFault::ContactMissing,
        false if kind.normalise(text).is_err() => RequestFault::ContactMalformed,
        false => return,
    };
    faults.say(name, frame.word(&format!("portal-fault-{}", fault.code())));
}

fn corrected(
    frame: &Frame<'_>,
    said: &Said,
    ground: Option<CorrectionGround>,
    faults: &mut Faults,
) -> Vec<(AttributeName, String)> {
    let policy = &frame.view.version.policy;
    let offered = Action::Correct.attributes(policy);
    let unwanted = matches!(ground, Some(CorrectionGround::UnlawfullyObtained | CorrectionGround::NotNeeded));
    let mut rows = Vec::new();
    for number in 1..=ROWS {
        let (which, place) = (format!("which-{number}"), format!("value-{number}"));
        let value = said.one(&place).trim();
        let chosen = offered.iter().find(|attribute| attribute.as_str() == said.one(&which));
        let Some(attribute) = chosen.and_then(|name| policy.attribute(name)) else {
            if !value.is_empty() {
                faults.say(&which, frame.word("portal-fault-data_missing"));
            }
            continue;
        };
        if value.is_empty() && !unwanted {
            faults.say(&place, frame.word("portal-fault-value_missing"));
        }
        if !value.is_empty()
            && let Err(fault) = attribute.kind.normalise(value)
        {
            faults.say(&place, frame.web.app.words().value_fault(attribute, fault, frame.language));
        }
        rows.push((attribute.name.clone(), value.to_owned()));
    }
    if rows.is_empty() && faults.at("which-1").is_none() {
        faults.say("which-1", frame.word("portal-fault-nothing_named"));
    }
    rows
}

/// The values that were ticked; all that can be, where none was.
fn attributes(frame: &Frame<'_>, said: &Said) -> BTreeSet<AttributeName> {
    let offered = Action::ShowConditions.attributes(&frame.view.version.policy);
    let ticked = said.all("attribute");
    let chosen = |name: &&&AttributeName| ticked.is_empty() || ticked.iter().any(|t| t == name.as_str());
    offered.iter().filter(chosen).map(|name| (*name).clone()).collect()
}

/// The purposes whose consents were ticked; none stands for all.
fn purposes(frame: &Frame<'_>, said: &Said) -> BTreeSet<PurposeName> {
    let offered = frame.view.version.policy.purposes.values().filter(|purpose| purpose.consent.is_some());
    let ticked = said.all("purpose");
    offered.map(|p| p.name.clone()).filter(|name| ticked.iter().any(|t| t == name.as_str())).collect()
}
