//! What does the operator's executable policy say, once it was read and checked?

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SpanFieldwise, Timestamp};

use super::attribute::Attribute;
use super::law::Within;
use super::names::{AttributeName, Clause, CompartmentName, EventName, PurposeName, RecipientName, Wording};
use super::purpose::Purpose;
use super::recipient::Recipient;
use super::request::{CountsFrom, RequestKind};

/// A checked policy. Every name in it is declared; there is nothing left to look up that could be missing.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Counted from 1 by the operator.
    pub version: u32,
    /// SHA-256 over the policy's folder: what a decision names beside the version.
    pub digest: [u8; 32],
    /// In force from here until the next version.
    pub effective_from: Timestamp,
    /// The administrator of the text, in law the operator (clause 2.7).
    pub operator: Operator,
    /// Law packs it stands under (clause 1).
    pub jurisdictions: Vec<String>,
    /// Whether a ground that the law pack does not know is refused, not only reported.
    pub strict: bool,
    /// What may be held.
    pub attributes: BTreeMap<AttributeName, Attribute>,
    /// What it may be used for.
    pub purposes: BTreeMap<PurposeName, Purpose>,
    /// To whom it may be provided (clause 7.2).
    pub recipients: BTreeMap<RecipientName, Recipient>,
    /// What people and authorities are promised when they ask for something (clauses 3.2, 4.1).
    pub requests: BTreeMap<RequestKind, Promise>,
    /// On which bases records of one person may be joined (clause 1.2).
    pub links: Vec<Link>,
    /// Clauses that only explain.
    pub explains: BTreeSet<Clause>,
}

/// Who runs the system (clause 2.7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    /// The legal name.
    pub name: Wording,
    /// The business identification number.
    pub bin: String,
    /// The legal address.
    pub address: Wording,
    /// The sites the policy speaks for.
    pub sites: Vec<String>,
    /// Where people write to.
    pub email: String,
    /// Two-letter code of the country in which the databases stand.
    pub storage: String,
}

/// A declared basis for joining a visitor's record with a customer's (clause 1.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Whose records may be joined: the purpose under which the visitor is known.
    pub from: PurposeName,
    /// The purpose that must stand on a ground of its own for the customer.
    pub to: PurposeName,
    /// The clauses it makes true.
    pub clauses: Vec<Clause>,
}

/// What the operator promises for one kind of request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// How long an answer may take; none where the law alone says it.
    pub within: Option<Within>,
    /// From which instant that is counted.
    pub counts_from: CountsFrom,
    /// When the work should be done inside the house; half of the term where nothing else is said.
    pub target: Option<Within>,
    /// How long after the beginning staff are reminded.
    pub warn_at: Vec<Within>,
    /// How long a decision can be called off before it is carried out.
    pub undo: Option<Within>,
    /// Whether two members of staff must stand for it.
    pub four_eyes: bool,
    /// How long the case is kept after it was closed; none where the law alone says it.
    pub keep: Option<SpanFieldwise>,
    /// The clause that promises it: 3.2 where it is among those it makes true, or the first of them.
    pub clause: Clause,
    /// All clauses it makes true.
    pub clauses: Vec<Clause>,
}

impl Policy {
    /// The purpose of that name.
    pub fn purpose(&self, name: &PurposeName) -> Option<&Purpose> {
        self.purposes.get(name)
    }

    /// The attribute of that name.
    pub fn attribute(&self, name: &AttributeName) -> Option<&Attribute> {
        self.attributes.get(name)
    }

    /// The recipient of that name.
    pub fn recipient(&self, name: &RecipientName) -> Option<&Recipient> {
        self.recipients.get(name)
    }

    /// Every compartment any purpose lies in.
    pub fn compartments(&self) -> BTreeSet<&CompartmentName> {
        self.purposes.values().map(|p| &p.compartment).collect()
    }

    /// The purposes that an event opens.
    pub fn opened_by<'a>(&'a self, event: &'a EventName) -> impl Iterator<Item = &'a Purpose> {
        self.purposes.values().filter(move |p| p.starts.as_ref() == Some(event))
    }

    /// The purposes that an event ends.
    pub fn ended_by<'a>(&'a self, event: &'a EventName) -> impl Iterator<Item = &'a Purpose> {
        self.purposes.values().filter(move |p| p.ends.as_ref() == Some(event))
    }
}
