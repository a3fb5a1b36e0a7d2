//! On which legal ground does processing stand (clause 6)?

use super::names::{Clause, Wording};

/// The grounds of clauses 6.1 to 6.7. Each asks for its own evidence and ends in its own way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BasisKind {
    /// 6.1: the person said yes, to a text, for a term, and may withdraw.
    Consent,
    /// 6.2: a treaty or a law requires it; the policy names the article.
    Law,
    /// 6.3: a court or another body ordered it; the evidence is the act's number.
    Justice,
    /// 6.4: needed for a contract with the person; the evidence is its number, it ends with performance.
    Contract,
    /// 6.5: the operator's legitimate interest, with a recorded balancing test; ends on objection.
    LegitimateInterest,
    /// 6.6: the person made the data public; the evidence is where.
    MadePublic,
    /// 6.7: a law requires publication; the policy names the article.
    PublicationRequired,
}

impl BasisKind {
    /// All of them, in the order of clause 6.
    pub const ALL: [Self; 7] = [
        Self::Consent,
        Self::Law,
        Self::Justice,
        Self::Contract,
        Self::LegitimateInterest,
        Self::MadePublic,
        Self::PublicationRequired,
    ];

    /// The clause that allows this ground.
    pub fn clause(self) -> Clause {
        Clause::fixed(match self {
            Self::Consent => "6.1",
            Self::Law => "6.2",
            Self::Justice => "6.3",
            Self::Contract => "6.4",
            Self::LegitimateInterest => "6.5",
            Self::MadePublic => "6.6",
            Self::PublicationRequired => "6.7",
        })
    }

    /// Whether the person can end it alone: by withdrawing, by objecting, or by making private again.
    pub fn rests_on_the_persons_will(self) -> bool {
        matches!(self, Self::Consent | Self::LegitimateInterest | Self::MadePublic)
    }

    /// The word used in policies, leaves and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::Law => "law",
            Self::Justice => "justice",
            Self::Contract => "contract",
            Self::LegitimateInterest => "legitimate_interest",
            Self::MadePublic => "made_public",
            Self::PublicationRequired => "publication_required",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|b| b.as_str() == word)
    }
}

/// The ground a purpose declares, with what the policy itself must say for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LegalBasis {
    /// 6.1.
    Consent,
    /// 6.2, with the law's name and article.
    Law {
        /// Such as `Tax Code`.
        law: String,
        /// Such as `art. 190`.
        article: String,
    },
    /// 6.3.
    Justice,
    /// 6.4.
    Contract,
    /// 6.5, with the balancing test that was made.
    LegitimateInterest {
        /// Why the person's rights do not outweigh it.
        balancing: Wording,
    },
    /// 6.6.
    MadePublic,
    /// 6.7, with the law's name and article.
    PublicationRequired {
        /// Such as `Law on Joint-Stock Companies`.
        law: String,
        /// Such as `art. 79`.
        article: String,
    },
    /// No personal data at all, so no ground is needed: any attribute is refused (clause 5.8).
    NoPersonalData,
}

impl LegalBasis {
    /// Which ground it is; nothing for a purpose without personal data.
    pub fn kind(&self) -> Option<BasisKind> {
        Some(match self {
            Self::Consent => BasisKind::Consent,
            Self::Law { .. } => BasisKind::Law,
            Self::Justice => BasisKind::Justice,
            Self::Contract => BasisKind::Contract,
            Self::LegitimateInterest { .. } => BasisKind::LegitimateInterest,
            Self::MadePublic => BasisKind::MadePublic,
            Self::PublicationRequired { .. } => BasisKind::PublicationRequired,
            Self::NoPersonalData => return None,
        })
    }
}
