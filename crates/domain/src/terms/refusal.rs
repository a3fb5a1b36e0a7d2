//! Why was something not permitted, and what would be needed?

use super::names::{AttributeName, Clause, PurposeName};

/// A no of the gate, with the clause it follows from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use]
pub struct Refusal {
    /// Why.
    pub code: RefusalCode,
    /// The clause of the policy.
    pub clause: Clause,
    /// The rule that said no: the name of its file.
    pub rule: &'static str,
    /// The purpose it was asked for, if one was named and exists.
    pub purpose: Option<PurposeName>,
    /// The attributes it turns on; names, never values.
    pub attributes: Vec<AttributeName>,
}

impl Refusal {
    pub(crate) fn new(rule: &'static str, code: RefusalCode, clause: &'static str) -> Self {
        Self { code, clause: Clause::fixed(clause), rule, purpose: None, attributes: Vec::new() }
    }

    pub(crate) fn of_clause(rule: &'static str, code: RefusalCode, clause: Clause) -> Self {
        Self { code, clause, rule, purpose: None, attributes: Vec::new() }
    }

    pub(crate) fn purpose(mut self, purpose: &PurposeName) -> Self {
        self.purpose = Some(purpose.clone());
        self
    }

    pub(crate) fn attributes<'a>(mut self, attributes: impl IntoIterator<Item = &'a AttributeName>) -> Self {
        self.attributes = attributes.into_iter().cloned().collect();
        self
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $Variant:ident = $word:literal),+ $(,)?) => {
        /// Every reason for a refusal. The words are stable: callers may decide by them.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum RefusalCode { $($(#[$doc])* $Variant),+ }

        impl RefusalCode {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),+];

            /// The stable word.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$Variant => $word),+ }
            }
        }
    };
}

codes! {
    /// The caller's key is not admitted to this operation for this purpose.
    NotAuthorised = "not_authorised",
    /// The caller has not signed the confidentiality undertaking.
    NoUndertaking = "no_undertaking",
    /// The policy declares no such purpose.
    PurposeUnknown = "purpose_unknown",
    /// The policy does not declare this operation for the purpose.
    OperationNotDeclared = "operation_not_declared",
    /// The policy declares no such attribute.
    AttributeUnknown = "attribute_unknown",
    /// The purpose has no use for the attribute.
    AttributeNotNeeded = "attribute_not_needed",
    /// The purpose processes no personal data at all.
    NoPersonalData = "no_personal_data",
    /// An attribute the purpose cannot do without is missing.
    AttributeMissing = "attribute_missing",
    /// The law pack does not know the ground, and the policy is strict.
    BasisNotInLaw = "basis_not_in_law",
    /// All processing for the purpose is stopped.
    PurposeStopped = "purpose_stopped",
    /// Nothing about the person is held where this purpose looks.
    NoRecord = "no_record",
    /// The person demanded an end to all processing.
    SubjectStopped = "subject_stopped",
    /// The data are blocked.
    Blocked = "blocked",
    /// The person never consented.
    NoConsent = "no_consent",
    /// The person said no.
    ConsentRefused = "consent_refused",
    /// The person withdrew the consent.
    ConsentWithdrawn = "consent_withdrawn",
    /// The consent's term is over.
    ConsentExpired = "consent_expired",
    /// The policy has widened since; the consent does not cover what is done today.
    ConsentOutgrown = "consent_outgrown",
    /// The channel is not one the policy asks consent for.
    ChannelUnknown = "channel_unknown",
    /// The consent names a text that the policy does not publish.
    TextUnknown = "text_unknown",
    /// The person is too young to consent alone.
    ParentMissing = "parent_missing",
    /// The ground's evidence is missing.
    NoGround = "no_ground",
    /// The purpose was reached; what is still kept is locked.
    PurposeReached = "purpose_reached",
    /// The value was collected for another purpose that is not declared compatible.
    Incompatible = "incompatible",
    /// The value is not held.
    NotHeld = "not_held",
    /// A hold forbids destruction.
    Held = "held",
    /// A ground still demands that the data be kept.
    StillNeeded = "still_needed",
    /// No basis allows the two records to be joined.
    LinkNotDeclared = "link_not_declared",
    /// There is no such restriction or hold.
    NothingToLift = "nothing_to_lift",
    /// There is no consent to withdraw.
    NothingToWithdraw = "nothing_to_withdraw",
    /// The policy names no such recipient.
    RecipientUnknown = "recipient_unknown",
    /// The purpose provides nothing to this recipient.
    RecipientNotNamed = "recipient_not_named",
    /// The recipient does not get these data for the purpose, or gets none at all.
    RecipientGetsNoSuchData = "recipient_gets_no_such_data",
    /// No agreement with a duty of confidentiality binds the recipient on that day.
    NoAgreement = "no_agreement",
    /// The recipient is abroad, and no notice to the authority is on record.
    NoticeMissing = "notice_missing",
    /// The event is not one the policy declares.
    EventUnknown = "event_unknown",
    /// More persons were read than the caller's limit allows.
    TooManyPersons = "too_many_persons",
    /// The request was answered, taken back or lapsed.
    RequestClosed = "request_closed",
    /// This does not come next in the course of a request.
    OutOfTurn = "out_of_turn",
    /// It was not shown, in a way that is enough, who asks.
    IdentityNotProven = "identity_not_proven",
    /// No law lets the term stand still or be made longer for that reason.
    TermStands = "term_stands",
    /// What would be done was not written down before.
    PlanMissing = "plan_missing",
    /// A second member of staff has to stand for it.
    SecondPersonMissing = "second_person_missing",
    /// The time in which it can be called off is not over.
    UndoRunning = "undo_running",
    /// The time in which it could be called off is over.
    UndoOver = "undo_over",
    /// It happened later than now.
    NotYet = "not_yet",
}

impl std::fmt::Display for RefusalCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl RefusalCode {
    /// Whether the refusal follows from how this one person stands. The others would be the same for everybody.
    pub fn is_about_the_person(self) -> bool {
        matches!(
            self,
            Self::NoRecord
                | Self::SubjectStopped
                | Self::Blocked
                | Self::NoConsent
                | Self::ConsentRefused
                | Self::ConsentWithdrawn
                | Self::ConsentExpired
                | Self::ConsentOutgrown
                | Self::NoGround
                | Self::PurposeReached
                | Self::Incompatible
                | Self::NotHeld
        )
    }
}
