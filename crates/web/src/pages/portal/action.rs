//! What can a person do on their pages, and what does each of it ask for?

use std::collections::BTreeSet;

use saqta_domain::rules::must_identify::is_enough;
use saqta_domain::terms::names::{AttributeName, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::policy::Policy;
use saqta_domain::terms::request::{Applicant, CorrectionGround, Matter, Objection, RequestKind, Rung};

/// One thing to ask for. Its word stands in the address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Action {
    See,
    Correct,
    StopAdvertising,
    Withdraw,
    Block,
    Destroy,
    Unblock,
    StopAll,
    Automated,
    ShowConditions,
    Question,
    Complaint,
}

/// What stands first: the six things most people come for.
pub(super) const FIRST: [Action; 6] =
    [Action::See, Action::Correct, Action::StopAdvertising, Action::Withdraw, Action::Block, Action::Destroy];

/// The other rights.
pub(super) const OTHERS: [Action; 4] =
    [Action::Unblock, Action::StopAll, Action::Automated, Action::ShowConditions];

/// What somebody says about the matter.
#[derive(Default)]
pub(super) struct Named {
    pub ground: Option<CorrectionGround>,
    pub attributes: BTreeSet<AttributeName>,
    pub purposes: BTreeSet<PurposeName>,
}

impl Action {
    const ALL: [Self; 12] = [
        Self::See,
        Self::Correct,
        Self::StopAdvertising,
        Self::Withdraw,
        Self::Block,
        Self::Destroy,
        Self::Unblock,
        Self::StopAll,
        Self::Automated,
        Self::ShowConditions,
        Self::Question,
        Self::Complaint,
    ];

    /// The word in the address.
    pub fn word(self) -> &'static str {
        match self {
            Self::See => "see",
            Self::Correct => "correct",
            Self::StopAdvertising => "stop-advertising",
            Self::Withdraw => "withdraw",
            Self::Block => "block",
            Self::Destroy => "destroy",
            Self::Unblock => "unblock",
            Self::StopAll => "stop-all",
            Self::Automated => "automated",
            Self::ShowConditions => "show-conditions",
            Self::Question => "question",
            Self::Complaint => "complaint",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.word() == word)
    }

    /// The request it files. Only a correction cannot be without a ground.
    pub fn matter(self, named: Named) -> Option<Matter> {
        let Named { ground, attributes, purposes } = named;
        Some(match self {
            Self::See => Matter::Access,
            Self::Correct => Matter::Rectification { ground: ground?, attributes },
            Self::StopAdvertising => Matter::Objection(Objection::Marketing),
            Self::Withdraw => Matter::Withdrawal { purposes, channel: None },
            Self::Block => Matter::Restriction { ground, attributes },
            Self::Destroy => Matter::Destruction { ground, purposes },
            Self::Unblock => Matter::Unrestriction,
            Self::StopAll => Matter::Stop,
            Self::Automated => Matter::Objection(Objection::AutomatedDecision),
            Self::ShowConditions => Matter::Dissemination { attributes },
            Self::Question => Matter::Explanation,
            Self::Complaint => Matter::Complaint,
        })
    }

    fn plain(self) -> Option<Matter> {
        self.matter(Named { ground: Some(CorrectionGround::Inaccurate), ..Named::default() })
    }

    /// What kind of request it files.
    pub fn kind(self) -> Option<RequestKind> {
        self.plain().map(|matter| matter.kind())
    }

    /// The message that names it.
    pub fn title(self) -> String {
        self.plain().map_or_else(String::new, |matter| title_of(&matter))
    }

    /// Whether it has to be shown who asks.
    pub fn asks_who(self, by: Applicant) -> bool {
        self.plain().is_some_and(|matter| asks_who(&matter, by))
    }

    /// The values one can name for it: those held for a purpose in which that can be done to them. Documents have no value to type.
    pub fn attributes(self, policy: &Policy) -> BTreeSet<&AttributeName> {
        use saqta_domain::terms::kind::Kind;
        let operation = match self {
            Self::Correct => Operation::Rectification,
            Self::ShowConditions => Operation::Dissemination,
            _ => return BTreeSet::new(),
        };
        let purposes = policy.purposes.values().filter(|purpose| purpose.operations.contains(&operation));
        let named = purposes.flat_map(|purpose| purpose.needs.iter().chain(&purpose.may));
        named.filter(|n| policy.attribute(n).is_some_and(|a| a.kind != Kind::Document)).collect()
    }
}

/// The message that names what a request wants, in the words of whoever asks.
pub(super) fn title_of(matter: &Matter) -> String {
    match matter {
        Matter::Objection(objection) => format!("request-objection-{objection}"),
        other => format!("request-do-{}", other.kind()),
    }
}

/// Whether it has to be shown who asks, before anything is done or told.
pub(super) fn asks_who(matter: &Matter, by: Applicant) -> bool {
    !is_enough(Rung::Nothing, matter, by)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_reads_back_its_word_and_files_a_request() {
        for action in Action::ALL {
            assert_eq!(Action::from_word(action.word()), Some(action));
            assert!(action.kind().is_some(), "{action:?}");
        }
        assert_eq!(Action::from_word("delete"), None);
        assert_eq!(Action::Correct.matter(Named::default()), None);
    }

    #[test]
    fn nobody_shows_who_they_are_to_stop_advertising_to_ask_or_to_complain() {
        let free: Vec<Action> =
            Action::ALL.into_iter().filter(|action| !action.asks_who(Applicant::Subject)).collect();
        assert_eq!(free, [Action::StopAdvertising, Action::Question, Action::Complaint]);
    }
}
