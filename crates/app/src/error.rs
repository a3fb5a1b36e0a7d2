//! Why was something not done?

use saqta_domain::terms::kind::KindFault;
use saqta_domain::terms::names::AttributeName;
use saqta_domain::terms::refusal::Refusal;
use saqta_policy::problem::Problem;

use crate::act::Receipt;
use crate::requests::RequestFault;
use crate::staff::StaffFault;

/// Why an operation gave no result. What a person reads is worded elsewhere, in their language.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The gate said no, and that is on record.
    #[error("refused: `{}` (clause {})", .0.refusal.code, .0.refusal.clause)]
    Refused(Box<Refused>),
    /// A value is not what its attribute demands.
    #[error("a value of `{attribute}` is not accepted: {fault}")]
    Value {
        /// Of which attribute.
        attribute: AttributeName,
        /// What is wrong with it.
        fault: KindFault,
    },
    /// The request is not well formed in itself.
    #[error("the request cannot be carried out: `{0}`")]
    Malformed(&'static str),
    /// Another person is already known under the value of a findable attribute.
    #[error("a person is already known under this value")]
    IdentifierTaken,
    /// The idempotency key was used for another request.
    #[error("the idempotency key was used for another request")]
    IdempotencyConflict,
    /// A document is larger than the policy allows.
    #[error("the document is larger than {limit} bytes")]
    TooLarge {
        /// The limit.
        limit: u64,
    },
    /// There is no such thing.
    #[error("there is no such thing here")]
    NotFound,
    /// The API key is missing, unknown or revoked.
    #[error("the key is not known")]
    UnknownKey,
    /// The name, the password or the code is wrong; nobody is told which.
    #[error("the name, the password or the code is wrong")]
    NotSignedIn,
    /// Too many tries were made.
    #[error("too many tries; the next is free in {minutes} minutes")]
    TooManyGuesses {
        /// How many minutes have to pass.
        minutes: i64,
    },
    /// A one-time link is wrong, used or too old.
    #[error("the link is wrong, used or too old")]
    LinkOver,
    /// An account cannot be as somebody wants it.
    #[error("the account cannot be so")]
    Staff(#[source] StaffFault),
    /// A request cannot be as somebody wants it.
    #[error("the request cannot be so")]
    Request(#[source] RequestFault),
    /// The key may not administer.
    #[error("the key may not administer")]
    NotAdministrator,
    /// The policy has errors.
    #[error("the policy has {} findings", .0.len())]
    Policy(Vec<Problem>),
    /// What was wanted of a version cannot be: its number or its day are taken, its draft has changed, its day has come.
    #[error("this cannot be done with that version: `{0}`")]
    Version(&'static str),
    /// A published version has declarations that this program cannot read.
    #[error("the published version {version} cannot be read by this program: {} findings", .problems.len())]
    Unbuildable {
        /// Its number.
        version: i64,
        /// What the program finds wrong with it.
        problems: Vec<Problem>,
    },
    /// No policy is in force.
    #[error("no policy is in force")]
    NoPolicy,
    /// A law pack is missing or wrong.
    #[error("the law pack cannot be used")]
    Law(#[from] saqta_policy::fault::Fault),
    /// The root key is not the one the data were sealed under.
    #[error(
        "the root key in `{path}` has fingerprint {found}, the data belong to {expected}; nothing was touched"
    )]
    OtherRootKey {
        /// Which file was looked at.
        path: String,
        /// Its fingerprint.
        found: String,
        /// The one that is needed.
        expected: String,
    },
    /// So many others changed the same person at the same time that this change found no place.
    #[error("too many changes of the same record at once; try again")]
    Busy,
    /// The store failed.
    #[error("the store failed")]
    Store(#[source] saqta_store::error::Error),
    /// The ledger failed.
    #[error("the ledger failed")]
    Ledger(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// A file could not be read or written.
    #[error("cannot use `{path}`")]
    File {
        /// Which.
        path: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// A letter could not be put down.
    #[error("a letter could not be put down")]
    Letter(#[source] std::io::Error),
    /// A document could not be printed.
    #[error("a document was not printed")]
    Document(#[from] saqta_documents::error::Error),
    /// Something that this program wrote cannot be read by it.
    #[error("a record cannot be read")]
    Unreadable,
}

/// A refusal with its place in the ledger.
#[derive(Debug)]
pub struct Refused {
    /// What the rule said.
    pub refusal: Refusal,
    /// Where that is on record.
    pub receipt: Receipt,
}

impl From<saqta_store::error::Error> for Error {
    fn from(source: saqta_store::error::Error) -> Self {
        match source {
            saqta_store::error::Error::Seal(saqta_seal::error::Error::TooLarge { limit }) => {
                Self::TooLarge { limit }
            }
            source => Self::Store(source),
        }
    }
}
