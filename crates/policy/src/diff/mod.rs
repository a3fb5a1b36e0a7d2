//! What does a new version of a policy change, in plain words, and what follows from it (clauses 11.2, 11.3)?
//!
//! [`compare`] looks at the declarations, [`texts::texts`] at the published words. A change says what it is about, whether
//! it makes processing wider or narrower, and what follows: who must be asked again, which data fall due, who must be told.
//! Whether consents given before still cover a purpose is not decided here but in [`carry_over`](crate::carry_over), for the
//! gate and for these words alike. How many people each consequence touches only a running installation can say.

mod attributes;
mod purposes;
mod recipients;
mod requests;
mod rest;
pub mod side;
pub mod telling;
pub mod texts;

use saqta_domain::terms::names::{AttributeName, Clause, PurposeName};

use crate::diff::side::Side;
use crate::diff::telling::Said;

/// One thing that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// In which direction.
    pub kind: ChangeKind,
    /// The declaration it is about, such as `purpose.order`.
    pub about: String,
    /// The message that tells it, without its prefix.
    pub key: &'static str,
    /// What the message is filled with.
    pub args: Vec<(&'static str, Said)>,
    /// The clauses that the declaration makes true, now or, where it is gone, before.
    pub clauses: Vec<Clause>,
    /// What follows from it; at least one.
    pub consequences: Vec<Consequence>,
}

/// In which direction something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ChangeKind {
    /// More is done with data, or for longer, or by more people.
    Wider,
    /// Less is.
    Narrower,
    /// It was not there before.
    New,
    /// It is not there any more.
    Gone,
    /// It is different, and neither more nor less.
    Other,
}

impl ChangeKind {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 5] = [Self::Wider, Self::Narrower, Self::New, Self::Gone, Self::Other];

    /// The word used in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Wider => "wider",
            Self::Narrower => "narrower",
            Self::New => "new",
            Self::Gone => "gone",
            Self::Other => "other",
        }
    }
}

/// What follows from a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consequence {
    /// What.
    pub kind: ConsequenceKind,
    /// For which purpose, where it is about one.
    pub purpose: Option<PurposeName>,
    /// Of which attribute, where it is about one.
    pub attribute: Option<AttributeName>,
    /// What its message is filled with.
    pub args: Vec<(&'static str, Said)>,
}

/// What can follow from a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConsequenceKind {
    /// Consents given before do not cover the purpose any more (clause 11.2).
    AskAgain,
    /// Consents through a channel that is gone have no use any more.
    ConsentsIdle,
    /// Data of a purpose that is gone are destroyed on the first day, unless another purpose carries them (clause 5.7).
    FallDue,
    /// Values that the purpose has no use for any more are destroyed, unless another purpose carries them (clause 5.5).
    ValuesFallDue,
    /// Data that were kept for longer end earlier (clause 5.7).
    DueEarlier,
    /// What is open on the ground before does not stand on the new one: its evidence must be recorded.
    GroundAnew,
    /// What was collected before is not found any more.
    CollectAnew,
    /// People must be told.
    TellPeople,
    /// Whoever gets data must be told.
    TellRecipients,
    /// The authority must be told (clause 9.1).
    TellAuthority,
    /// Nothing is to be done.
    Nothing,
}

impl ConsequenceKind {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::AskAgain,
        Self::ConsentsIdle,
        Self::FallDue,
        Self::ValuesFallDue,
        Self::DueEarlier,
        Self::GroundAnew,
        Self::CollectAnew,
        Self::TellPeople,
        Self::TellRecipients,
        Self::TellAuthority,
        Self::Nothing,
    ];

    /// The word used in answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AskAgain => "ask_again",
            Self::ConsentsIdle => "consents_idle",
            Self::FallDue => "fall_due",
            Self::ValuesFallDue => "values_fall_due",
            Self::DueEarlier => "due_earlier",
            Self::GroundAnew => "ground_anew",
            Self::CollectAnew => "collect_anew",
            Self::TellPeople => "tell_people",
            Self::TellRecipients => "tell_recipients",
            Self::TellAuthority => "tell_authority",
            Self::Nothing => "nothing",
        }
    }

    /// Whether a running installation can say how many people it touches.
    pub fn is_counted(self) -> bool {
        !matches!(self, Self::TellPeople | Self::TellRecipients | Self::TellAuthority | Self::Nothing)
    }
}

/// Everything that `after` declares differently, the widest first.
pub fn compare(before: &Side<'_>, after: &Side<'_>) -> Vec<Change> {
    let mut changes = Vec::new();
    purposes::compare(before, after, &mut changes);
    attributes::compare(before.policy, after.policy, &mut changes);
    recipients::compare(before, after, &mut changes);
    requests::compare(before.policy, after.policy, &mut changes);
    rest::compare(before.policy, after.policy, &mut changes);
    for change in &mut changes {
        if change.consequences.is_empty() {
            change.consequences.push(Consequence::of(ConsequenceKind::Nothing));
        }
    }
    // The sort is stable: within a kind the order is that of the policy's own blocks.
    changes.sort_by_key(|change| change.kind);
    changes
}

impl Change {
    fn new(kind: ChangeKind, about: String, key: &'static str) -> Self {
        Self { kind, about, key, args: Vec::new(), clauses: Vec::new(), consequences: Vec::new() }
    }

    fn with(mut self, name: &'static str, said: Said) -> Self {
        self.args.push((name, said));
        self
    }

    fn clauses(mut self, clauses: &[Clause]) -> Self {
        self.clauses = clauses.to_vec();
        self
    }

    fn so(mut self, consequence: Consequence) -> Self {
        if !self.consequences.contains(&consequence) {
            self.consequences.push(consequence);
        }
        self
    }

    fn so_if(self, holds: bool, consequence: impl FnOnce() -> Consequence) -> Self {
        if holds { self.so(consequence()) } else { self }
    }
}

impl Consequence {
    fn of(kind: ConsequenceKind) -> Self {
        Self { kind, purpose: None, attribute: None, args: Vec::new() }
    }

    fn with(mut self, name: &'static str, said: Said) -> Self {
        self.args.push((name, said));
        self
    }
}
