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
    /// What was answered, and what became of it.
    pub state: ConsentState,
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
