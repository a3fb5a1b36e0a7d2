//! What can happen to a request, from its arrival to its answer?
//!
//! Each event tells its own time. What it changes, [`Request::after`](super::course::Request::after) says.

use jiff::Timestamp;

use super::{Applicant, Effect, Intake, Matter, Outcome, Relation, RequestKind, RequestNumber, Rung};
use crate::terms::law::Within;
use crate::terms::names::Language;

/// One entry of a request's append-only history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestEvent {
    /// It came in.
    Filed {
        /// What it wants.
        matter: Matter,
        /// How it came.
        intake: Intake,
        /// Who asks.
        by: Applicant,
        /// Whether it is known already who that is.
        identity: Identity,
        /// The language the answer is wanted in.
        language: Language,
        /// When it was received: of a letter that staff enter later, the day it came.
        at: Timestamp,
    },
    /// It was shown who asks.
    Identified {
        /// How.
        rung: Rung,
        /// When.
        at: Timestamp,
    },
    /// A check of who asks failed.
    IdentityFailed {
        /// When.
        at: Timestamp,
    },
    /// Documents that support it were seen.
    DocumentsSeen {
        /// When.
        at: Timestamp,
    },
    /// A law let its term stand still.
    Paused {
        /// The law pack that permits it.
        pack: String,
        /// The reason, as the pack names it.
        reason: String,
        /// When.
        at: Timestamp,
    },
    /// Its term runs again.
    Resumed {
        /// When.
        at: Timestamp,
    },
    /// A law let its term be made longer.
    Extended {
        /// The law pack that permits it.
        pack: String,
        /// The reason, as the pack names it.
        reason: String,
        /// By how much.
        adds: Within,
        /// When.
        at: Timestamp,
    },
    /// It was taken for something else than it is.
    Reclassified {
        /// What it was taken for.
        from: RequestKind,
        /// What it wants.
        to: Matter,
        /// Whether what was shown of who asks is enough for that.
        identity: Identity,
        /// The account of who found out.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// Another request has to do with it.
    Related {
        /// Which.
        number: RequestNumber,
        /// What it is to this one.
        relation: Relation,
        /// When.
        at: Timestamp,
    },
    /// What would be done was written down: what ends, what stays, why and until when.
    Planned {
        /// The account of the member of staff who did it; none where the system did.
        by: Option<String>,
        /// When.
        at: Timestamp,
    },
    /// Somebody stands for the plan.
    Approved {
        /// The account of who does.
        by: String,
        /// When.
        at: Timestamp,
    },
    /// It will be carried out at that instant, and can be undone until then.
    Scheduled {
        /// Until when.
        until: Timestamp,
        /// When this was decided.
        at: Timestamp,
    },
    /// What was scheduled was called off.
    Undone {
        /// When.
        at: Timestamp,
    },
    /// Something was done.
    Executed {
        /// What.
        what: Effect,
        /// When.
        at: Timestamp,
    },
    /// It was answered.
    Answered {
        /// How.
        outcome: Outcome,
        /// When.
        at: Timestamp,
    },
    /// Whoever asked took it back.
    TakenBack {
        /// When.
        at: Timestamp,
    },
    /// It was never shown who asks.
    Lapsed {
        /// When.
        at: Timestamp,
    },
    /// Something was written down about it.
    Noted {
        /// When.
        at: Timestamp,
    },
}

/// Whether it is known who asks, as far as this request needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    /// It was shown, in a way that is enough.
    Proven(Rung),
    /// It has to be shown yet.
    Awaited,
}

impl RequestEvent {
    /// When it happened, by the clock of that moment.
    pub fn at(&self) -> Timestamp {
        match self {
            Self::Filed { at, .. }
            | Self::Identified { at, .. }
            | Self::IdentityFailed { at }
            | Self::DocumentsSeen { at }
            | Self::Paused { at, .. }
            | Self::Resumed { at }
            | Self::Extended { at, .. }
            | Self::Reclassified { at, .. }
            | Self::Related { at, .. }
            | Self::Planned { at, .. }
            | Self::Approved { at, .. }
            | Self::Scheduled { at, .. }
            | Self::Undone { at }
            | Self::Executed { at, .. }
            | Self::Answered { at, .. }
            | Self::TakenBack { at }
            | Self::Lapsed { at }
            | Self::Noted { at } => *at,
        }
    }

    /// The stable word of what happened.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Filed { .. } => "filed",
            Self::Identified { .. } => "identified",
            Self::IdentityFailed { .. } => "identity_failed",
            Self::DocumentsSeen { .. } => "documents_seen",
            Self::Paused { .. } => "paused",
            Self::Resumed { .. } => "resumed",
            Self::Extended { .. } => "extended",
            Self::Reclassified { .. } => "reclassified",
            Self::Related { .. } => "related",
            Self::Planned { .. } => "planned",
            Self::Approved { .. } => "approved",
            Self::Scheduled { .. } => "scheduled",
            Self::Undone { .. } => "undone",
            Self::Executed { .. } => "executed",
            Self::Answered { .. } => "answered",
            Self::TakenBack { .. } => "taken_back",
            Self::Lapsed { .. } => "lapsed",
            Self::Noted { .. } => "noted",
        }
    }
}
