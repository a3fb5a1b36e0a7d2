//! Which words of ours stand on papers?
//!
//! This crate has no words: it names each one by an entry of a closed list, and whoever asks for a paper says them in its
//! language. So no paper can ask for a word that nobody has thought of, and a test goes through the list in every language.

use crate::frame::Language;

/// Says the words of papers in one language.
pub trait Wording {
    /// The language.
    fn language(&self) -> Language;

    /// A word or sentence with its arguments filled in.
    fn told(&self, label: Label, arguments: &[(&str, &str)]) -> String;
}

macro_rules! labels {
    ($($name:ident = $key:literal,)*) => {
        /// A word or sentence of ours on a paper.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Label {
            $(#[doc = concat!("The message `", $key, "`.")] $name,)*
        }

        impl Label {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The name of the message.
            pub const fn key(self) -> &'static str {
                match self { $(Self::$name => $key,)* }
            }
        }
    };
}

impl std::fmt::Display for Label {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.key())
    }
}

labels! {
    // Every paper: title, header, foot.
    TitleAcknowledgement = "paper-title-acknowledgement",
    TitleRefusal = "paper-title-refusal",
    TitleDestructionAct = "paper-title-destruction-act",
    Foot = "paper-foot",
    Page = "paper-page",
    Mark = "paper-mark",
    Number = "paper-number",
    Dated = "paper-dated",
    Operator = "paper-operator",
    Registration = "paper-registration",
    OperatorAddress = "paper-operator-address",
    OperatorContact = "paper-operator-contact",
    Edition = "paper-edition",
    EditionOf = "paper-edition-of",
    Program = "paper-program",
    Nothing = "paper-nothing",
    // The request that a paper answers.
    RequestNumber = "paper-request-number",
    RequestCited = "paper-request-cited",
    Received = "paper-received",
    Kind = "paper-kind",
    Channel = "paper-channel",
    Person = "paper-person",
    Representative = "paper-representative",
    RepresentativeSeen = "paper-representative-seen",
    Asked = "paper-asked",
    AnswerTo = "paper-answer-to",
    Identity = "paper-identity",
    Responsible = "paper-responsible",
    // Dates by which something is owed.
    Terms = "paper-terms",
    TermDuty = "paper-term-duty",
    TermDay = "paper-term-day",
    TermBecause = "paper-term-because",
    // Who outside was told.
    ToldHeading = "paper-told-heading",
    ToldWho = "paper-told-who",
    ToldAt = "paper-told-at",
    ToldConfirmed = "paper-told-confirmed",
    ToldWaiting = "paper-told-waiting",
    ToldNobody = "paper-told-nobody",
    // Data that stay.
    KeptHeading = "paper-kept-heading",
    KeptWhat = "paper-kept-what",
    KeptBasis = "paper-kept-basis",
    KeptUntil = "paper-kept-until",
    KeptNothing = "paper-kept-nothing",
    // Where to complain.
    RemedyHeading = "paper-remedy-heading",
    RemedyRight = "paper-remedy-right",
    RemedyBody = "paper-remedy-body",
    RemedyAddress = "paper-remedy-address",
    RemedyPage = "paper-remedy-page",
    // Signatures.
    Signed = "paper-signed",
    SignedDecided = "paper-signed-decided",
    SignedDestroyed = "paper-signed-destroyed",
    SignedApproved = "paper-signed-approved",
    SignedName = "paper-signed-name",
    SignedPost = "paper-signed-post",
    SignedAccount = "paper-signed-account",
    SignedAt = "paper-signed-at",
    SignedInk = "paper-signed-ink",
    // Acknowledgement.
    AcknowledgementOpening = "paper-acknowledgement-opening",
    DoneAlready = "paper-done-already",
    StatusHeading = "paper-status-heading",
    StatusHow = "paper-status-how",
    StatusPage = "paper-status-page",
    // Reasoned refusal.
    RefusalOpening = "paper-refusal-opening",
    RefusedWhat = "paper-refused-what",
    RefusedWhy = "paper-refused-why",
    Clause = "paper-clause",
    Article = "paper-article",
    Facts = "paper-facts",
    CanDo = "paper-can-do",
    // Act of destruction.
    ActOpening = "paper-act-opening",
    Processors = "paper-processors",
    ActPersons = "paper-act-persons",
    ActRequest = "paper-act-request",
    ActRequestOf = "paper-act-request-of",
    ActCategories = "paper-act-categories",
    ActMethod = "paper-act-method",
    ActReason = "paper-act-reason",
    ActDestroyed = "paper-act-destroyed",
    ActElectronic = "paper-act-electronic",
    ActSystems = "paper-act-systems",
    ActRemoved = "paper-act-removed",
    ActKeys = "paper-act-keys",
    ActCopies = "paper-act-copies",
    ActBefore = "paper-act-before",
    ActAfter = "paper-act-after",
    ActLedger = "paper-act-ledger",
    ActCarriers = "paper-act-carriers",
    ActCarrier = "paper-act-carrier",
    ActSheets = "paper-act-sheets",
}
