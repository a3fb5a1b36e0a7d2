//! What does a case remember of the letters that came for it, and of those that did not arrive?

use saqta_mail::understanding::reason::Reason;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, ZeroizeOnDrop};

/// A letter that came by e-mail, by what was recognised in it. The letter itself lies sealed in a file of the case.
#[derive(Clone, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub(crate) struct LetterKept {
    /// The name of that file.
    pub file: String,
    /// When it was received, in microseconds.
    pub at: i64,
    /// The one address it came from; empty where there is none, or more than one.
    pub from: String,
    /// The id its writer's program gave it.
    pub message_id: Option<String>,
    /// What it was taken to ask for.
    pub kinds: Vec<String>,
    /// Why.
    pub reasons: Vec<Why>,
    /// What was found out about the sender, as JSON; empty where nothing was.
    pub trust: String,
    /// Whether whoever wrote it is answered: not where the sender was shown to be forged.
    pub answered: bool,
}

/// Why a letter was read as it was: the code of a reason, and what its wording speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Why {
    /// The code.
    pub code: String,
    /// Names and values; lines of the policy and of the vocabulary, never the writer's words.
    pub arguments: Vec<(String, String)>,
}

impl Why {
    pub(crate) fn of(reason: &Reason) -> Self {
        let arguments = reason.arguments().into_iter().map(|(name, value)| (name.to_owned(), value));
        Self { code: reason.code().to_owned(), arguments: arguments.collect() }
    }
}

/// A letter of ours that did not arrive.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Zeroize, ZeroizeOnDrop)]
pub struct Undelivered {
    /// When that was known, in microseconds.
    pub at: i64,
    /// The status that a mail server gave, such as `5.1.1`.
    pub status: String,
    /// Whether it will never arrive.
    pub permanent: bool,
}
