//! How does a request stand after everything that happened to it?

use jiff::Timestamp;

use super::event::{Identity, RequestEvent};
use super::{Applicant, Effect, Intake, Matter, Outcome, Relation, RequestNumber, Rung};
use crate::terms::law::Within;
use crate::terms::names::Language;
use crate::terms::subject::CaseId;

/// A request of a person or an authority. It is the fold of its events and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Its case.
    pub case: CaseId,
    /// What it is registered under.
    pub number: RequestNumber,
    /// What it wants, as it is understood now.
    pub matter: Matter,
    /// What it was taken for before, and until when.
    pub taken_for: Vec<TakenFor>,
    /// How it came.
    pub intake: Intake,
    /// Who asks.
    pub by: Applicant,
    /// The language the answer is wanted in.
    pub language: Language,
    /// When it was received.
    pub filed_at: Timestamp,
    /// How and when it was shown who asks.
    pub proof: Option<Proof>,
    /// How many checks of that failed.
    pub failed_checks: u32,
    /// When supporting documents were first seen.
    pub documents_at: Option<Timestamp>,
    /// When its terms stood still, by permission of a law.
    pub pauses: Vec<Pause>,
    /// By what its terms were made longer, by permission of a law.
    pub extensions: Vec<Extended>,
    /// Requests that have to do with it.
    pub related: Vec<(RequestNumber, Relation)>,
    /// What would be done, once that was written down.
    pub plan: Option<Plan>,
    /// What was done, and when.
    pub effects: Vec<(Effect, Timestamp)>,
    /// Where it is.
    pub state: RequestState,
    /// When it was answered for the first time, taken back, or lapsed.
    pub closed_at: Option<Timestamp>,
    /// When the last event happened: no later one is counted as earlier.
    pub last_at: Timestamp,
    /// How many events were folded in: guards every change against a concurrent one.
    pub version: u32,
}

/// Where a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestState {
    /// It has to be shown who asks.
    AwaitingIdentity,
    /// It is worked on.
    InProgress,
    /// It will be carried out, and can be undone until then.
    Undoable {
        /// Until when.
        until: Timestamp,
    },
    /// It was answered.
    Answered(Outcome),
    /// Whoever asked took it back.
    TakenBack,
    /// It was never shown who asks.
    Lapsed,
}

impl RequestState {
    /// The stable word: it says nothing about anybody.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AwaitingIdentity => "awaiting_identity",
            Self::InProgress => "in_progress",
            Self::Undoable { .. } => "undoable",
            Self::Answered(outcome) => outcome.as_str(),
            Self::TakenBack => "taken_back",
            Self::Lapsed => "lapsed",
        }
    }

    /// Whether an answer is still owed.
    pub fn is_open(self) -> bool {
        matches!(self, Self::AwaitingIdentity | Self::InProgress | Self::Undoable { .. })
    }
}

/// How and when it was shown who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Proof {
    /// How.
    pub rung: Rung,
    /// When.
    pub at: Timestamp,
}

/// What a request was taken for by mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenFor {
    /// What it seemed to want.
    pub matter: Matter,
    /// Until when.
    pub until: Timestamp,
}

/// A time during which a law lets its term stand still.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pause {
    /// The law pack that permits it.
    pub pack: String,
    /// The reason, as the pack names it.
    pub reason: String,
    /// Since when.
    pub from: Timestamp,
    /// Until when; none while it lasts.
    pub until: Option<Timestamp>,
}

/// By what a law made its term longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extended {
    /// The law pack that permits it.
    pub pack: String,
    /// The reason, as the pack names it.
    pub reason: String,
    /// By how much.
    pub adds: Within,
}

/// What would be done, and who stands for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The account of the member of staff who made it; none where the system did.
    pub by: Option<String>,
    /// The accounts of those who approved it.
    pub approved: Vec<String>,
}

impl Plan {
    /// How many different members of staff stand for it.
    pub fn eyes(&self) -> usize {
        let people: std::collections::BTreeSet<_> = self.by.iter().chain(&self.approved).collect();
        people.len()
    }
}

impl Request {
    /// The request that its first event begins; nothing where that event is not an arrival.
    pub fn begin(case: CaseId, number: RequestNumber, first: &RequestEvent) -> Option<Self> {
        let RequestEvent::Filed { matter, intake, by, identity, language, at } = first else { return None };
        Some(Self {
            case,
            number,
            matter: matter.clone(),
            taken_for: Vec::new(),
            intake: *intake,
            by: *by,
            language: *language,
            filed_at: *at,
            proof: proof(*identity, *at),
            failed_checks: 0,
            documents_at: None,
            pauses: Vec::new(),
            extensions: Vec::new(),
            related: Vec::new(),
            plan: None,
            effects: Vec::new(),
            state: open(*identity),
            closed_at: None,
            last_at: *at,
            version: 1,
        })
    }

    /// The request after one more event. An event whose clock went back is counted with the time of the one before it, so
    /// that no term moves by a clock.
    #[must_use]
    pub fn after(mut self, event: &RequestEvent) -> Self {
        let at = event.at().max(self.last_at);
        self.last_at = at;
        self.version += 1;
        match event {
            RequestEvent::Filed { .. } | RequestEvent::Noted { .. } => {}
            RequestEvent::Identified { rung, .. } => {
                self.proof = self.proof.or(Some(Proof { rung: *rung, at }));
                if self.state == RequestState::AwaitingIdentity {
                    self.state = RequestState::InProgress;
                }
            }
            RequestEvent::IdentityFailed { .. } => self.failed_checks += 1,
            RequestEvent::DocumentsSeen { .. } => self.documents_at = self.documents_at.or(Some(at)),
            RequestEvent::Paused { pack, reason, .. } => {
                let (pack, reason) = (pack.clone(), reason.clone());
                self.pauses.push(Pause { pack, reason, from: at, until: None });
            }
            RequestEvent::Resumed { .. } => {
                self.pauses.iter_mut().filter(|p| p.until.is_none()).for_each(|p| p.until = Some(at));
            }
            RequestEvent::Extended { pack, reason, adds, .. } => {
                let (pack, reason) = (pack.clone(), reason.clone());
                self.extensions.push(Extended { pack, reason, adds: *adds });
            }
            RequestEvent::Reclassified { to, identity, .. } => {
                let before = std::mem::replace(&mut self.matter, to.clone());
                self.taken_for.push(TakenFor { matter: before, until: at });
                self.proof = match (*identity, self.proof) {
                    (Identity::Proven(_), Some(known)) => Some(known),
                    (identity, _) => proof(identity, at),
                };
                self.plan = None;
                self.state = open(*identity);
            }
            RequestEvent::Related { number, relation, .. } => self.related.push((*number, *relation)),
            RequestEvent::Planned { by, .. } => {
                self.plan = Some(Plan { by: by.clone(), approved: Vec::new() })
            }
            RequestEvent::Approved { by, .. } => {
                if let Some(plan) = &mut self.plan {
                    plan.approved.push(by.clone());
                }
            }
            RequestEvent::Scheduled { until, .. } => {
                self.state = RequestState::Undoable { until: at.max(*until) };
            }
            RequestEvent::Undone { .. } => {
                self.plan = None;
                self.state = RequestState::InProgress;
            }
            RequestEvent::Executed { what, .. } => {
                self.effects.push((*what, at));
                if *what == Effect::Destroyed && matches!(self.state, RequestState::Undoable { .. }) {
                    self.state = RequestState::InProgress;
                }
            }
            RequestEvent::Answered { outcome, .. } => self.close(RequestState::Answered(*outcome), at),
            RequestEvent::TakenBack { .. } => self.close(RequestState::TakenBack, at),
            RequestEvent::Lapsed { .. } => self.close(RequestState::Lapsed, at),
        }
        self
    }

    /// Whether that was done.
    pub fn did(&self, what: Effect) -> bool {
        self.effects.iter().any(|(done, _)| *done == what)
    }

    /// The pause that lasts, if one does.
    pub fn paused(&self) -> Option<&Pause> {
        self.pauses.iter().find(|pause| pause.until.is_none())
    }

    fn close(&mut self, state: RequestState, at: Timestamp) {
        self.state = state;
        self.closed_at = self.closed_at.or(Some(at));
    }
}

fn open(identity: Identity) -> RequestState {
    match identity {
        Identity::Proven(_) => RequestState::InProgress,
        Identity::Awaited => RequestState::AwaitingIdentity,
    }
}

fn proof(identity: Identity, at: Timestamp) -> Option<Proof> {
    match identity {
        Identity::Proven(rung) => Some(Proof { rung, at }),
        Identity::Awaited => None,
    }
}
