//! To what did the person say yes, when, and does it still hold (clauses 4.1, 6.1)?

use jiff::Timestamp;

use super::names::{ChannelName, Language, PurposeName};

/// One answer of a person to one consent text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// What was asked.
    pub purpose: PurposeName,
    /// For which channel, where the policy asks per channel.
    pub channel: Option<ChannelName>,
    /// The policy version whose text was shown.
    pub policy_version: u32,
    /// SHA-256 of the text shown.
    pub text_digest: [u8; 32],
    /// The language it was shown in.
    pub language: Language,
    /// Where the proof lies: the form, the page, the paper's number. Never a personal value.
    pub evidence: String,
    /// Who answered.
    pub by: GivenBy,
    /// What was answered, and what became of it.
    pub state: ConsentState,
}

/// Who gives an answer to a consent text (Civil Code of the Republic of Kazakhstan, articles 22 and 23).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum GivenBy {
    /// The person alone.
    #[default]
    Subject,
    /// The person and a parent together.
    Together,
    /// A parent, or another legal representative, for the person.
    Representative,
}

impl GivenBy {
    /// All of them; the list only grows at its end.
    pub const ALL: [Self; 3] = [Self::Subject, Self::Together, Self::Representative];

    /// The word in requests and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Together => "together",
            Self::Representative => "representative",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|by| by.as_str() == word)
    }
}

/// What became of a consent. Expiry is not a state: it is read from the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsentState {
    /// In force until the end of its term.
    Given {
        /// When.
        at: Timestamp,
        /// The end of its term.
        until: Timestamp,
    },
    /// The person said no; recorded so that nobody asks again at every visit.
    Refused {
        /// When.
        at: Timestamp,
    },
    /// In force once, taken back.
    Withdrawn {
        /// When it had been given.
        given_at: Timestamp,
        /// When it was taken back.
        at: Timestamp,
    },
}
