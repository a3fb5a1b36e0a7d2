//! Which papers are there, one file each?
//!
//! A file says in one place what stands in its paper. What is written there as mandatory is checked when the sheet is made: a
//! paper with a hole in it does not come into being.

use serde::{Deserialize, Serialize};

use crate::label::Label;

pub mod common;

pub mod acknowledgement;

pub mod access_answer;
pub mod destruction_answer;
pub mod rectification_answer;
pub mod refusal;
pub mod reply;
pub mod restriction_answer;
pub mod withdrawal_answer;

pub mod destruction_act;
pub mod ledger_extract;

pub mod consent_certificate;
pub mod journal;

pub mod authority_cover;
pub mod case_file;

/// The kinds of papers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Paper {
    /// That a request was received, and by when it is answered.
    Acknowledgement,
    /// What is held about somebody.
    AccessAnswer,
    /// That data were corrected.
    RectificationAnswer,
    /// That data were blocked or unblocked.
    RestrictionAnswer,
    /// What ended by a withdrawal or a demand to stop, and what goes on.
    WithdrawalAnswer,
    /// That data were destroyed, to the person.
    DestructionAnswer,
    /// An answer in words: to a question, a complaint, an objection.
    Reply,
    /// Why something that was asked is not done.
    Refusal,
    /// That data were destroyed, for the record.
    DestructionAct,
    /// What the ledger says about a destruction.
    LedgerExtract,
    /// Which requests came.
    Journal,
    /// That somebody consented.
    ConsentCertificate,
    /// What happened in a case.
    CaseFile,
    /// What lies on top of a pack for an authority.
    AuthorityCover,
}

impl Paper {
    /// All kinds.
    pub const ALL: [Self; 14] = [
        Self::Acknowledgement,
        Self::AccessAnswer,
        Self::RectificationAnswer,
        Self::RestrictionAnswer,
        Self::WithdrawalAnswer,
        Self::DestructionAnswer,
        Self::Reply,
        Self::Refusal,
        Self::DestructionAct,
        Self::LedgerExtract,
        Self::Journal,
        Self::ConsentCertificate,
        Self::CaseFile,
        Self::AuthorityCover,
    ];

    /// The stable word for rows, file names and messages.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Acknowledgement => "acknowledgement",
            Self::AccessAnswer => "access_answer",
            Self::RectificationAnswer => "rectification_answer",
            Self::RestrictionAnswer => "restriction_answer",
            Self::WithdrawalAnswer => "withdrawal_answer",
            Self::DestructionAnswer => "destruction_answer",
            Self::Reply => "reply",
            Self::Refusal => "refusal",
            Self::DestructionAct => "destruction_act",
            Self::LedgerExtract => "ledger_extract",
            Self::Journal => "journal",
            Self::ConsentCertificate => "consent_certificate",
            Self::CaseFile => "case_file",
            Self::AuthorityCover => "authority_cover",
        }
    }

    /// The message that is its title.
    pub const fn title(self) -> Label {
        match self {
            Self::Acknowledgement => Label::TitleAcknowledgement,
            Self::AccessAnswer => Label::TitleAccessAnswer,
            Self::RectificationAnswer => Label::TitleRectificationAnswer,
            Self::RestrictionAnswer => Label::TitleRestrictionAnswer,
            Self::WithdrawalAnswer => Label::TitleWithdrawalAnswer,
            Self::DestructionAnswer => Label::TitleDestructionAnswer,
            Self::Reply => Label::TitleReply,
            Self::Refusal => Label::TitleRefusal,
            Self::DestructionAct => Label::TitleDestructionAct,
            Self::LedgerExtract => Label::TitleLedgerExtract,
            Self::Journal => Label::TitleJournal,
            Self::ConsentCertificate => Label::TitleConsentCertificate,
            Self::CaseFile => Label::TitleCaseFile,
            Self::AuthorityCover => Label::TitleAuthorityCover,
        }
    }
}

impl std::fmt::Display for Paper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
