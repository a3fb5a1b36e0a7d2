//! Which data may the system hold at all?

use super::kind::Kind;
use super::names::{AttributeName, Clause, Wording};

/// One kind of value that the policy declares. What is not declared is refused (clause 5.5).
#[derive(Clone, Debug)]
pub struct Attribute {
    /// Its name.
    pub name: AttributeName,
    /// Decides checking, normalising and masking (clause 5.6).
    pub kind: Kind,
    /// What people read.
    pub label: Wording,
    /// Whether a person can be looked up by it. Nobody can search by the others.
    pub findable: bool,
    /// Whom the value tells of.
    pub about: About,
    /// How much harm a leak would do.
    pub sensitivity: Sensitivity,
    /// After which age the person is asked whether it still holds (clause 5.6).
    pub confirm_every: Option<jiff::Span>,
    /// What happens to it when a purpose ends with depersonalisation (clause 2.5).
    pub depersonalise: Depersonalise,
    /// The largest document, in bytes; only for [`Kind::Document`].
    pub max_bytes: u64,
    /// The clauses it makes true.
    pub clauses: Vec<Clause>,
}

/// Whom a value tells of (clauses 4.1, 4.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The person under whom it is held.
    Subject,
    /// Whoever receives what the person ordered: often somebody else.
    Recipient,
}

/// How much harm a leak would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sensitivity {
    /// Access is limited by the operator's rules alone.
    Ordinary,
    /// Access is restricted by law: always masked on pages, never in a list.
    Restricted,
}

/// What depersonalisation does with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depersonalise {
    /// It tells who the person is: destroyed.
    Destroy,
    /// It tells nothing alone: kept under a pseudonym that leads to nobody.
    Keep,
}
