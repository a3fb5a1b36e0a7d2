//! What can a person, or an authority, ask of the operator, and how does it come in (clauses 3.2, 4.1, 7.3, 7.4, 11.1)?
//!
//! A request is what happened to it: [`course::Request`] is the fold of its [`event::RequestEvent`]s and nothing else.
//! Nothing personal stands in these terms. Text, contact and evidence lie elsewhere, sealed under the case's own key.

pub mod course;
pub mod event;

use std::collections::BTreeSet;
use std::fmt;

use jiff::civil::Date;

use super::names::{AttributeName, ChannelName, PurposeName};
use super::standing::RestrictionReason;

macro_rules! vocabulary {
    ($(#[$doc:meta])* $Name:ident { $($(#[$about:meta])* $Variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $Name { $($(#[$about])* $Variant),+ }

        impl $Name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),+];

            /// The stable word, in policies, leaves and answers.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$Variant => $word),+ }
            }

            /// Reads the word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }

        impl fmt::Display for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
}

vocabulary! {
    /// What can be asked for.
    RequestKind {
        /// To see what is held, and who saw it (clause 4.1).
        Access = "access",
        /// To put data right (clauses 4.1, 7.3).
        Rectification = "rectification",
        /// To block data for a time (clauses 2.2, 4.1).
        Restriction = "restriction",
        /// To lift a block (clause 2.2).
        Unrestriction = "unrestriction",
        /// To destroy data for good (clauses 2.14, 4.1).
        Destruction = "destruction",
        /// To take a consent back (clauses 4.1, 7.4).
        Withdrawal = "withdrawal",
        /// To stop all processing (clauses 3.2, 4.1).
        Stop = "stop",
        /// To object (clauses 4.1, 6.5).
        Objection = "objection",
        /// To set prohibitions and conditions for showing data to everybody (clauses 2.9, 7.6).
        Dissemination = "dissemination",
        /// To have something explained (clause 11.1).
        Explanation = "explanation",
        /// To complain (clause 4.1).
        Complaint = "complaint",
        /// What an authority asks of the operator (clause 3.2).
        Authority = "authority",
    }
}

vocabulary! {
    /// What somebody objects to.
    Objection {
        /// Being sent advertising (clause 4.1).
        Marketing = "marketing",
        /// A decision that no human made.
        AutomatedDecision = "automated_decision",
    }
}

vocabulary! {
    /// What is said to be wrong with data: the five grounds of clause 4.1.
    CorrectionGround {
        /// Part of them is missing.
        Incomplete = "incomplete",
        /// They are out of date.
        OutOfDate = "out_of_date",
        /// They are wrong.
        Inaccurate = "inaccurate",
        /// They were obtained unlawfully.
        UnlawfullyObtained = "unlawfully_obtained",
        /// The declared purpose does not need them.
        NotNeeded = "not_needed",
    }
}

impl From<CorrectionGround> for RestrictionReason {
    fn from(ground: CorrectionGround) -> Self {
        match ground {
            CorrectionGround::Incomplete => Self::Incomplete,
            CorrectionGround::OutOfDate => Self::OutOfDate,
            CorrectionGround::Inaccurate => Self::Inaccurate,
            CorrectionGround::UnlawfullyObtained => Self::UnlawfullyObtained,
            CorrectionGround::NotNeeded => Self::NotNeeded,
        }
    }
}

vocabulary! {
    /// How a request came in.
    Intake {
        /// The person's own page.
        Portal = "portal",
        /// The interface for programs.
        Api = "api",
        /// A letter by e-mail.
        Mail = "mail",
        /// A call, entered by staff.
        Phone = "phone",
        /// A letter on paper, entered by staff.
        Paper = "paper",
    }
}

vocabulary! {
    /// Who asks.
    Applicant {
        /// The person the data are about.
        Subject = "subject",
        /// Somebody with authority to act for the person.
        Representative = "representative",
        /// An authority.
        Authority = "authority",
    }
}

vocabulary! {
    /// How somebody showed who they are. The rungs are no scale: each kind of request has those that are enough for it.
    Rung {
        /// Not at all.
        Nothing = "nothing",
        /// By the secret that came with the number of the request.
        Secret = "secret",
        /// By a code or link sent to a contact that was on file already.
        ContactCode = "contact_code",
        /// By a token that the shop signed for somebody who is signed in there.
        ShopToken = "shop_token",
        /// By an order's number and facts about it, checked by a clerk who called a known contact back.
        OrderFacts = "order_facts",
        /// By authority to act for the person, seen and not copied.
        Representative = "representative",
    }
}

vocabulary! {
    /// How a request was answered.
    Outcome {
        /// All that was asked for was done.
        Done = "done",
        /// Part of it was, and the rest was refused with reasons.
        Partly = "partly",
        /// It was refused with reasons.
        Refused = "refused",
    }
}

vocabulary! {
    /// What is done for a request.
    Effect {
        /// Advertising ended. It can be begun again, so nobody needs to show who they are.
        MarketingStopped = "marketing_stopped",
        /// Consents were taken back.
        ConsentsWithdrawn = "consents_withdrawn",
        /// All processing ended.
        ProcessingStopped = "processing_stopped",
        /// Data were blocked.
        Restricted = "restricted",
        /// A block was lifted.
        Unrestricted = "unrestricted",
        /// Data were put right.
        Rectified = "rectified",
        /// A copy was made ready.
        CopyMade = "copy_made",
        /// Prohibitions and conditions were set.
        ConditionsSet = "conditions_set",
        /// A decision was made anew by a human.
        DecidedAnew = "decided_anew",
        /// Data were destroyed.
        Destroyed = "destroyed",
        /// It was read again whether anything is left.
        DestructionVerified = "destruction_verified",
        /// It was looked for what is held, and nothing was any more.
        NothingHeld = "nothing_held",
        /// Recipients were told.
        RecipientsTold = "recipients_told",
        /// The pack for an authority was made.
        PackMade = "pack_made",
    }
}

vocabulary! {
    /// What another request is to this one.
    Relation {
        /// The same, sent twice.
        Duplicate = "duplicate",
        /// The same asked again after an answer.
        Repeats = "repeats",
        /// To be decided with it, because one undoes or delays the other.
        Together = "together",
        /// Asked in the same letter.
        SameLetter = "same_letter",
    }
}

vocabulary! {
    /// From which instant a term for a request is counted.
    CountsFrom {
        /// Its arrival.
        Filed = "filed",
        /// The moment it was known who asks. Before that the term does not run.
        Identified = "identified",
        /// The moment supporting documents were seen; until then, the moment it was known who asks.
        Documents = "documents",
    }
}

impl CountsFrom {
    /// Whether a term counted so may begin later than one counted from `other`.
    pub fn is_later_than(self, other: Self) -> bool {
        self > other
    }
}

/// What a request wants, with the details that rules and deeds turn on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Matter {
    /// A copy of everything, and who saw it.
    Access,
    /// These values are to be put right.
    Rectification {
        /// What is wrong with them.
        ground: CorrectionGround,
        /// Which.
        attributes: BTreeSet<AttributeName>,
    },
    /// Data are to be blocked.
    Restriction {
        /// What is wrong with them, where the person says.
        ground: Option<CorrectionGround>,
        /// Which; everything where none is named.
        attributes: BTreeSet<AttributeName>,
    },
    /// A block is to be lifted.
    Unrestriction,
    /// Data are to be destroyed.
    Destruction {
        /// What is wrong with them, where the person says.
        ground: Option<CorrectionGround>,
        /// Those of which purposes; of all where none is named.
        purposes: BTreeSet<PurposeName>,
    },
    /// Consents are taken back.
    Withdrawal {
        /// For which purposes; for all where none is named.
        purposes: BTreeSet<PurposeName>,
        /// Through which channel, or all.
        channel: Option<ChannelName>,
    },
    /// All processing is to end.
    Stop,
    /// An objection.
    Objection(Objection),
    /// Prohibitions and conditions for showing data to everybody.
    Dissemination {
        /// For which values.
        attributes: BTreeSet<AttributeName>,
    },
    /// A question.
    Explanation,
    /// A complaint.
    Complaint,
    /// What an authority asks.
    Authority {
        /// The day by which its letter wants the answer, if it names one.
        letter_due: Option<Date>,
    },
}

impl Matter {
    /// What kind of request it is.
    pub fn kind(&self) -> RequestKind {
        match self {
            Self::Access => RequestKind::Access,
            Self::Rectification { .. } => RequestKind::Rectification,
            Self::Restriction { .. } => RequestKind::Restriction,
            Self::Unrestriction => RequestKind::Unrestriction,
            Self::Destruction { .. } => RequestKind::Destruction,
            Self::Withdrawal { .. } => RequestKind::Withdrawal,
            Self::Stop => RequestKind::Stop,
            Self::Objection(_) => RequestKind::Objection,
            Self::Dissemination { .. } => RequestKind::Dissemination,
            Self::Explanation => RequestKind::Explanation,
            Self::Complaint => RequestKind::Complaint,
            Self::Authority { .. } => RequestKind::Authority,
        }
    }
}

/// Which requests a line of a law speaks of: a kind, or of objections one sort alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RequestMark {
    /// The kind.
    pub kind: RequestKind,
    /// The sort of objection it is limited to.
    pub objection: Option<Objection>,
}

impl RequestMark {
    /// Reads `access`, or `objection.automated_decision`.
    pub fn from_word(word: &str) -> Option<Self> {
        if let Some(kind) = RequestKind::from_word(word) {
            return Some(Self { kind, objection: None });
        }
        let (kind, sort) = word.split_once('.')?;
        let kind = RequestKind::from_word(kind).filter(|kind| *kind == RequestKind::Objection)?;
        Some(Self { kind, objection: Some(Objection::from_word(sort)?) })
    }

    /// Whether it speaks of that request.
    pub fn covers(&self, matter: &Matter) -> bool {
        match (self.objection, matter) {
            (Some(sort), Matter::Objection(objection)) => sort == *objection,
            _ => self.kind == matter.kind(),
        }
    }
}

impl fmt::Display for RequestMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.objection {
            Some(sort) => write!(f, "{}.{sort}", self.kind),
            None => self.kind.fmt(f),
        }
    }
}

/// The number a request is registered under: 1, 2, 3, … without a gap.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestNumber(pub u64);

impl fmt::Display for RequestNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "№ {}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back_what_it_says() {
        for kind in RequestKind::ALL {
            assert_eq!(RequestKind::from_word(kind.as_str()), Some(*kind));
            assert_eq!(RequestMark::from_word(kind.as_str()).map(|mark| mark.kind), Some(*kind));
        }
        assert_eq!(RequestKind::from_word("delete"), None);
        assert_eq!(RequestNumber(14).to_string(), "№ 14");
    }

    #[test]
    fn a_mark_may_mean_one_sort_of_objection_alone() {
        let automated = RequestMark::from_word("objection.automated_decision").unwrap();
        assert!(automated.covers(&Matter::Objection(Objection::AutomatedDecision)));
        assert!(!automated.covers(&Matter::Objection(Objection::Marketing)));
        let both = RequestMark::from_word("objection").unwrap();
        assert!(Objection::ALL.iter().all(|sort| both.covers(&Matter::Objection(*sort))));
        for bad in ["access.marketing", "objection.taste", "objections", ""] {
            assert_eq!(RequestMark::from_word(bad), None, "{bad}");
        }
    }

    #[test]
    fn a_term_from_documents_may_begin_later_than_one_from_arrival() {
        assert!(CountsFrom::Documents.is_later_than(CountsFrom::Filed));
        assert!(!CountsFrom::Filed.is_later_than(CountsFrom::Filed));
    }
}
