//! What does a letter ask for?
//!
//! [`understand`] reads a [`Letter`] in this order: machine mail is never filed; a mark of the policy in the subject decides; then
//! whether a state body demands something; then a mark in the body; then demands in the writer's own words, in three languages; then the subject's free words. What stays
//! unclear is a question for staff. A mark and a further clear demand are two kinds. Quoted, signed and denied words ask nothing.
//!
//! Everything here is a pure function of the letter. Values it takes out of a letter are proposals: somebody confirms them before
//! anything is changed.

pub mod extract;
pub mod marks;
pub mod reason;

mod authority;
mod cases;
mod demands;
mod language;
mod text;
mod vocabulary;

use std::collections::BTreeSet;

use saqta_domain::terms::request::RequestKind;
use serde::{Serialize, Serializer};

use crate::letter::Letter;
use crate::letter::automation::Sign;
use extract::Extract;
use marks::Marks;
use reason::{Place, Reason};

macro_rules! words {
    ($(#[$doc:meta])* $Name:ident { $($(#[$about:meta])* $Variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $Name { $($(#[$about])* $Variant),+ }

        impl $Name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$Variant),+];

            /// The stable word.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$Variant => $word),+ }
            }

            /// Reads the word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.as_str() == word)
            }
        }

        impl Serialize for $Name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
    };
}

words! {
    /// What a letter asks for.
    LetterKind {
        /// A value is wrong or new.
        Rectification = "rectification",
        /// A consent is taken back, or processing is to stop.
        Withdrawal = "withdrawal",
        /// What is held, where it came from, who got it.
        Access = "access",
        /// Data or an account are to be destroyed.
        Destruction = "destruction",
        /// Data are to be blocked while something is checked, or are somebody else's.
        Blocking = "blocking",
        /// No more advertising.
        MarketingStop = "marketing_stop",
        /// Anything else a human wants; staff decide.
        Question = "question",
        /// A state body or a court demands something.
        AuthorityRequest = "authority_request",
        /// Displeasure with how data were treated.
        Complaint = "complaint",
        /// Nothing: a machine wrote.
        None = "none",
    }
}

words! {
    /// The language of the writer's own words.
    Language {
        /// Russian.
        Ru = "ru",
        /// Kazakh.
        Kk = "kk",
        /// English.
        En = "en",
    }
}

impl LetterKind {
    /// What an operator's mark for a kind of request stands for in a letter.
    pub fn of_request(kind: RequestKind) -> Self {
        match kind {
            RequestKind::Access => Self::Access,
            RequestKind::Rectification => Self::Rectification,
            RequestKind::Restriction => Self::Blocking,
            RequestKind::Destruction => Self::Destruction,
            RequestKind::Withdrawal | RequestKind::Stop => Self::Withdrawal,
            RequestKind::Objection => Self::MarketingStop,
            RequestKind::Complaint => Self::Complaint,
            RequestKind::Authority => Self::AuthorityRequest,
            RequestKind::Unrestriction | RequestKind::Dissemination | RequestKind::Explanation => {
                Self::Question
            }
        }
    }
}

/// The addresses from which we ourselves write. A letter from one of them is never filed.
#[derive(Clone, Debug, Default)]
pub struct OwnAddresses(BTreeSet<String>);

impl OwnAddresses {
    /// These addresses, in any case.
    pub fn new<A: AsRef<str>>(addresses: impl IntoIterator<Item = A>) -> Self {
        Self(addresses.into_iter().map(|address| address.as_ref().trim().to_lowercase()).collect())
    }

    /// Whether an address is one of them.
    pub fn contains(&self, address: &str) -> bool {
        self.0.contains(&address.trim().to_lowercase())
    }

    /// Their domains.
    pub fn domains(&self) -> Vec<String> {
        let domains = self.0.iter().filter_map(|address| address.rsplit_once('@'));
        domains.map(|(_, domain)| domain.to_owned()).collect::<BTreeSet<_>>().into_iter().collect()
    }
}

/// How a letter was read. No `Debug`: proposed values are people's data.
pub struct Understanding {
    /// What it asks for; never empty.
    pub kinds: BTreeSet<LetterKind>,
    /// The language of the writer's own words.
    pub language: Language,
    /// Values and numbers it names, as proposals.
    pub extract: Extract,
    /// Why it was read so.
    pub reasons: Vec<Reason>,
    /// Whether it may be filed.
    pub files: bool,
}

/// Reads what a letter asks for.
pub fn understand(letter: &Letter, marks: &Marks, own: &OwnAddresses) -> Understanding {
    let language = language::of(letter);
    let mut reasons = Vec::new();
    let mut kinds = BTreeSet::new();
    let machine = machine_signs(letter, own);
    if machine.iter().any(|reason| matches!(reason, Reason::OwnMail | Reason::Machine { strong: true, .. })) {
        return machine_mail(letter, language, machine);
    }
    let marked = marked(&letter.subject, marks);
    match authority::recognise(letter).filter(|_| marked.is_empty()) {
        Some(reason) => reasons.push(reason),
        None => reasons.extend(asked(letter, marks, marked)),
    }
    kinds.extend(reasons.iter().filter_map(Reason::kind));
    if kinds.is_empty() && letter.signs.contains(&Sign::NoReply) {
        return machine_mail(letter, language, machine);
    }
    reasons.extend(machine);
    if kinds.is_empty() {
        kinds.insert(LetterKind::Question);
        reasons.push(unclear(letter));
    }
    let extract = extract::take(letter, &kinds);
    Understanding { kinds, language, extract, reasons, files: true }
}

/// Marks and demands, the strongest place first.
fn asked(letter: &Letter, marks: &Marks, marked: Vec<Reason>) -> Vec<Reason> {
    let words = &letter.words;
    let mut reasons = marked;
    if reasons.is_empty() {
        reasons = demands::marks_in_text(&words.own, marks, Place::Body);
    }
    reasons.extend(demands::in_text(&words.own, Place::Body));
    if reasons.is_empty() && !demands::says_much(&words.own) {
        reasons.extend(demands::marks_in_text(&words.forwarded, marks, Place::Forwarded));
        reasons.extend(demands::in_text(&words.forwarded, Place::Forwarded));
    }
    if reasons.is_empty() {
        reasons.extend(demands::in_subject(&letter.subject));
    }
    let mut kinds = BTreeSet::new();
    reasons.retain(|reason| reason.kind().is_none_or(|kind| kinds.insert(kind)));
    reasons
}

/// The marks of a subject, unless it asks about them.
fn marked(subject: &str, marks: &Marks) -> Vec<Reason> {
    let place = Place::Subject;
    let carried = if demands::is_question_about(subject) { Vec::new() } else { marks.in_line(subject) };
    carried
        .into_iter()
        .map(|(kind, mark)| Reason::Mark { kind: LetterKind::of_request(kind), mark: mark.to_owned(), place })
        .collect()
}

fn machine_signs(letter: &Letter, own: &OwnAddresses) -> Vec<Reason> {
    let is_own = letter.signs.contains(&Sign::OwnLoop)
        || letter.from.iter().chain(&letter.sender).any(|address| own.contains(&address.address));
    let signs = letter.signs.iter().map(|sign| Reason::Machine { sign: *sign, strong: sign.is_strong() });
    is_own.then_some(Reason::OwnMail).into_iter().chain(signs).collect()
}

fn machine_mail(letter: &Letter, language: Language, reasons: Vec<Reason>) -> Understanding {
    let extract =
        Extract { case: cases::number(letter), reply_token: cases::token(letter), ..Extract::default() };
    Understanding { kinds: [LetterKind::None].into(), language, extract, reasons, files: false }
}

fn unclear(letter: &Letter) -> Reason {
    let is_blank = |text: &str| !text.chars().any(char::is_alphanumeric);
    if !is_blank(&letter.words.own) || !is_blank(&letter.words.forwarded) {
        Reason::Unclear
    } else if !is_blank(&letter.words.quoted) {
        Reason::OnlyQuoted
    } else if is_blank(&letter.subject) {
        Reason::Empty
    } else {
        Reason::Unclear
    }
}
