//! What does the gate need to know of one person in one compartment?

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::basis::BasisKind;
use super::consent::{Consent, ConsentState};
use super::event::StandingEvent;
use super::names::{AttributeName, ChannelName, PurposeName};
use super::subject::{SubjectId, ThingId};

/// The facts about one person in one compartment. It is the fold of the events in [`StandingEvent`] and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The person; known only where the record is opened.
    pub id: SubjectId,
    /// When the first event was recorded.
    pub since: Timestamp,
    /// How many events were folded in: guards every change against a concurrent one.
    pub version: u32,
    /// What is held.
    pub held: BTreeMap<AttributeName, Held>,
    /// The grounds other than consent, open and ended.
    pub grounds: Vec<Ground>,
    /// Every answer to a consent text that still matters.
    pub consents: Vec<Consent>,
    /// Blocks in force (clause 2.2).
    pub restrictions: Vec<Restriction>,
    /// Duties to keep that stop destruction (clause 5.7).
    pub holds: Vec<Hold>,
    /// Set when the person demanded an end to all processing (clauses 3.2, 7.10).
    pub stop: Option<Stop>,
    /// Corrections accepted during a block, applied when it is lifted (clause 2.2 against the law's article 1(3)).
    pub waiting: BTreeSet<AttributeName>,
}

/// What is known of a value that is held; the value itself lies sealed elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// For which purposes it was collected (clause 5.2); shared among values that were collected alike.
    pub purposes: Arc<BTreeSet<PurposeName>>,
    /// Who supplied it (clauses 4.2, 4.3).
    pub source: Source,
    /// When this value was recorded.
    pub recorded_at: Timestamp,
    /// When it was last confirmed to be right (clause 5.6).
    pub confirmed_at: Timestamp,
    /// Grows with each new value; part of what the sealed value is bound to.
    pub version: u32,
}

/// Who supplied a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// The person.
    Subject,
    /// Somebody acting for the person.
    Representative,
    /// Staff, from a document or a call.
    Staff,
    /// A customer base that existed before.
    Import,
    /// Another person, such as the buyer who names a recipient.
    Other,
}

impl Source {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Subject, Self::Representative, Self::Staff, Self::Import, Self::Other];

    /// The word used in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Representative => "representative",
            Self::Staff => "staff",
            Self::Import => "import",
            Self::Other => "other",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == word)
    }
}

/// A ground other than consent, with its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// What it supports.
    pub purpose: PurposeName,
    /// Which kind it is.
    pub basis: BasisKind,
    /// Its evidence: an order's number, a court act's number, where the person published.
    pub reference: String,
    /// Since when.
    pub since: Timestamp,
    /// How it ended, if it did.
    pub ended: Option<Ended>,
}

/// How a ground ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ended {
    /// When.
    pub at: Timestamp,
    /// Because of what.
    pub cause: EndCause,
    /// Until when the data it supported are kept, locked away from use.
    pub keep_until: Timestamp,
}

/// The five ends of processing of clause 7.10.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EndCause {
    /// The purpose was reached.
    PurposeReached,
    /// The consent's term is over.
    ConsentExpired,
    /// The consent was withdrawn.
    ConsentWithdrawn,
    /// The person demanded a stop.
    StopDemanded,
    /// The processing turned out to be unlawful.
    Unlawful,
}

impl EndCause {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::PurposeReached,
        Self::ConsentExpired,
        Self::ConsentWithdrawn,
        Self::StopDemanded,
        Self::Unlawful,
    ];

    /// The word used in leaves and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PurposeReached => "purpose_reached",
            Self::ConsentExpired => "consent_expired",
            Self::ConsentWithdrawn => "consent_withdrawn",
            Self::StopDemanded => "stop_demanded",
            Self::Unlawful => "unlawful",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.as_str() == word)
    }
}

/// A block: all processing of what it covers stops for a time (clause 2.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restriction {
    /// Names it when it is lifted.
    pub id: ThingId,
    /// What it covers.
    pub scope: RestrictionScope,
    /// Why, in a word of the policy's vocabulary; never a personal value.
    pub reason: RestrictionReason,
    /// Since when.
    pub since: Timestamp,
    /// Its end, if one was set.
    pub until: Option<Timestamp>,
}

/// What a block covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RestrictionScope {
    /// Everything held in the compartment.
    Everything,
    /// One purpose.
    Purpose(PurposeName),
    /// Some values, for whatever purpose.
    Attributes(BTreeSet<AttributeName>),
}

/// Why data are blocked: the grounds of clause 4.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RestrictionReason {
    /// Part of the data is missing.
    Incomplete,
    /// The data are out of date.
    OutOfDate,
    /// The data are wrong, or said to be.
    Inaccurate,
    /// The data may have been obtained unlawfully.
    UnlawfullyObtained,
    /// The declared purpose does not need them.
    NotNeeded,
    /// An authority ordered it.
    Ordered,
}

impl RestrictionReason {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Incomplete,
        Self::OutOfDate,
        Self::Inaccurate,
        Self::UnlawfullyObtained,
        Self::NotNeeded,
        Self::Ordered,
    ];

    /// The word used in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Incomplete => "incomplete",
            Self::OutOfDate => "out_of_date",
            Self::Inaccurate => "inaccurate",
            Self::UnlawfullyObtained => "unlawfully_obtained",
            Self::NotNeeded => "not_needed",
            Self::Ordered => "ordered",
        }
    }

    /// Reads the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|r| r.as_str() == word)
    }
}

/// A duty to keep that stops destruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Names it when it is lifted.
    pub id: ThingId,
    /// The act or dispute it rests on.
    pub ground: String,
    /// Since when.
    pub since: Timestamp,
    /// Its end, if one was set.
    pub until: Option<Timestamp>,
}

/// The demand to stop all processing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// When it took effect.
    pub at: Timestamp,
}

impl Standing {
    /// A person seen for the first time.
    pub fn new(id: SubjectId, at: Timestamp) -> Self {
        Self {
            id,
            since: at,
            version: 0,
            held: BTreeMap::new(),
            grounds: Vec::new(),
            consents: Vec::new(),
            restrictions: Vec::new(),
            holds: Vec::new(),
            stop: None,
            waiting: BTreeSet::new(),
        }
    }

    /// The standing after one more event.
    #[must_use]
    pub fn after(mut self, event: &StandingEvent) -> Self {
        self.version += 1;
        event.fold_into(&mut self);
        self
    }

    /// The consent for a purpose and channel that was answered last.
    pub fn consent(&self, purpose: &PurposeName, channel: Option<&ChannelName>) -> Option<&Consent> {
        self.consents.iter().rev().find(|c| &c.purpose == purpose && c.channel.as_ref() == channel)
    }

    /// Whether any consent for the purpose, through whichever channel, is in force.
    pub fn consents_in_force<'a>(
        &'a self,
        purpose: &'a PurposeName,
        now: Timestamp,
    ) -> impl Iterator<Item = &'a Consent> {
        self.consents.iter().filter(move |c| {
            &c.purpose == purpose && matches!(c.state, ConsentState::Given { until, .. } if now < until)
        })
    }

    /// The blocks in force at an instant that touch the purpose or any of the attributes.
    pub fn restriction_on<'a>(
        &self,
        purpose: &PurposeName,
        attributes: impl IntoIterator<Item = &'a AttributeName> + Clone,
        now: Timestamp,
    ) -> Option<&Restriction> {
        self.restrictions.iter().filter(|r| r.until.is_none_or(|until| now < until)).find(|r| {
            match &r.scope {
                RestrictionScope::Everything => true,
                RestrictionScope::Purpose(blocked) => blocked == purpose,
                RestrictionScope::Attributes(blocked) => {
                    attributes.clone().into_iter().any(|a| blocked.contains(a))
                }
            }
        })
    }

    /// The hold in force at an instant, if any.
    pub fn hold(&self, now: Timestamp) -> Option<&Hold> {
        self.holds.iter().find(|h| h.until.is_none_or(|until| now < until))
    }
}
