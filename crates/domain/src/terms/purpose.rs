//! Why are data processed, with which of them, for how long, and what happens at the end?

use std::collections::BTreeSet;

use super::basis::LegalBasis;
use super::names::{
    AttributeName, Clause, CompartmentName, EventName, PurposeName, RecipientName, RoleName, Wording,
};
use super::operation::Operation;

/// A purpose fixed before collection (clause 5.2).
#[derive(Clone, Debug)]
pub struct Purpose {
    /// Its name.
    pub name: PurposeName,
    /// What people read.
    pub title: Wording,
    /// The ground it stands on (clause 6).
    pub basis: LegalBasis,
    /// Attributes without which it cannot be reached.
    pub needs: BTreeSet<AttributeName>,
    /// Attributes it can use when the person gives them. Anything else is excess (clause 5.5).
    pub may: BTreeSet<AttributeName>,
    /// Where its data lie (clause 5.3).
    pub compartment: CompartmentName,
    /// What may be done for it (clause 8.1).
    pub operations: BTreeSet<Operation>,
    /// Purposes whose data it may use, because people had to expect that (clause 5.2).
    pub compatible_with: BTreeSet<PurposeName>,
    /// To whom its data may be provided; what each of them gets stands with the recipient (clause 7.2).
    pub to: BTreeSet<RecipientName>,
    /// What opens it.
    pub starts: Option<EventName>,
    /// What reaches it (clause 7.10).
    pub ends: Option<EventName>,
    /// How long its data are kept after its end, locked away from use (clauses 5.7, 7.9).
    pub keep: Option<Keep>,
    /// What happens when that is over.
    pub then: EndAction,
    /// The terms of its consent; present exactly when the basis is consent.
    pub consent: Option<ConsentTerms>,
    /// Roles of staff that may work for it.
    pub staff: BTreeSet<RoleName>,
    /// Whether people take part in it (clauses 2.1, 8.2).
    pub automation: Automation,
    /// The clauses it makes true.
    pub clauses: Vec<Clause>,
}

impl Purpose {
    /// Whether the purpose has a use for the attribute (clauses 5.4, 5.5).
    pub fn uses(&self, attribute: &AttributeName) -> bool {
        self.needs.contains(attribute) || self.may.contains(attribute)
    }
}

/// How long, and because of what, data outlive their purpose.
#[derive(Clone, Debug)]
pub struct Keep {
    /// Counted from the end of the purpose.
    pub term: jiff::Span,
    /// What people are told, such as the article of a law.
    pub because: Wording,
}

/// What happens at the end of a term (clause 5.7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndAction {
    /// Destroyed beyond recovery (clause 2.14).
    Destroy,
    /// What identifies the person is destroyed, the rest is kept without a tie to anybody (clause 2.5).
    Depersonalise,
}

impl EndAction {
    /// The word used in policies.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Destroy => "destroy",
            Self::Depersonalise => "depersonalise",
        }
    }
}

/// What a person agrees to when consenting to a purpose.
#[derive(Clone, Debug)]
pub struct ConsentTerms {
    /// How long a consent lasts.
    pub term: jiff::Span,
    /// Whether each channel is agreed to apart (clause 4.1); empty when it is not.
    pub channels: BTreeSet<super::names::ChannelName>,
    /// The exact wording shown.
    pub text: Wording,
    /// SHA-256 of the wording in Kazakh, Russian and English: a consent must name the one it was given to.
    pub digests: [[u8; 32]; 3],
    /// The first policy version whose consents still cover what the purpose does today (clause 11.2).
    pub covered_since: u32,
}

/// Whether people take part in the processing (clauses 2.1, 8.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Automation {
    /// By computer alone.
    Automated,
    /// On paper.
    Manual,
    /// Both.
    Mixed,
}

impl Automation {
    /// The word used in policies and leaves.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Automated => "automated",
            Self::Manual => "manual",
            Self::Mixed => "mixed",
        }
    }
}
