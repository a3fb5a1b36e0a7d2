//! Who asks, and what were they admitted to (clauses 7.1, 10)?

use std::collections::BTreeSet;

use super::names::PurposeName;
use super::operation::Operation;

/// Whoever makes the system do something. There is always one.
#[derive(Clone, Debug)]
pub enum Actor {
    /// A machine or a member of staff behind an API key.
    Key {
        /// The key's id, as it stands in leaves.
        id: String,
        /// What it is admitted to.
        scope: Scope,
    },
    /// The system itself, doing what a term or an event demands; the name of the job.
    System(&'static str),
    /// The person the data are about, identified by a request of their own.
    Subject,
}

impl Actor {
    /// What stands in a leaf.
    pub fn label(&self) -> String {
        match self {
            Self::Key { id, .. } => format!("key:{id}"),
            Self::System(job) => format!("system:{job}"),
            Self::Subject => "subject".to_owned(),
        }
    }
}

/// What a key was admitted to: nothing that is not listed.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Scope {
    /// For these purposes.
    pub purposes: BTreeSet<PurposeName>,
    /// To do this.
    pub operations: BTreeSet<Operation>,
    /// Whether it may also publish policies, make keys and read the ledger.
    pub administers: bool,
    /// The confidentiality undertaking its holder signed (number and date), without which nothing is shown (clause 10).
    pub undertaking: Option<String>,
}
