//! What does a case remember of the letters that came for it, and of those that did not arrive?

use saqta_domain::terms::names::Language;
use saqta_mail::understanding::reason::Reason;
use saqta_policy::wording::Words;
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
    /// How many bytes the whole letter has, where only its head was taken.
    pub left_behind: Option<u64>,
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

    /// The reason as a sentence. What it speaks of by stable words is told in words.
    pub fn told(&self, words: &Words, language: Language) -> String {
        let told = self.arguments.iter().map(|(name, value)| {
            let known = ["kind", "place", "language", "sign"].contains(&&**name);
            let value =
                if known { words.word(&format!("mail-{name}-{value}"), language) } else { value.clone() };
            (name.as_str(), value)
        });
        let told: Vec<_> = told.collect();
        let arguments: Vec<_> = told.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let key = format!("mail-reason-{}", self.code);
        let more = ["reference", "number"].into_iter().filter(|more| arguments.contains(&(*more, "yes")));
        let more = more.map(|more| words.word(&format!("{key}-{more}"), language));
        std::iter::once(words.told(&key, language, &arguments)).chain(more).collect::<Vec<_>>().join(" ")
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
