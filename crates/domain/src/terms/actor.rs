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
    /// A member of staff who is signed in.
    Staff {
        /// The account's id, as it stands in leaves.
        id: String,
        /// What they answer for.
        role: Role,
        /// Whether they accepted the confidentiality undertaking, without which nothing is shown (clause 10).
        undertaking: bool,
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
            Self::Staff { id, .. } => format!("staff:{id}"),
            Self::System(job) => format!("system:{job}"),
            Self::Subject => "subject".to_owned(),
        }
    }
}

/// What a member of staff answers for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Carries out requests.
    Clerk,
    /// Answers for the processing of personal data, decides what is refused or destroyed, and lets others in.
    Responsible,
}

impl Role {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Clerk, Self::Responsible];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Clerk => "clerk",
            Self::Responsible => "responsible",
        }
    }

    /// The role of that word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
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
