//! What do staff see of requests, and what can they do about one (clauses 3.2, 7.1, 10)?
//!
//! A list says who waits and until when, without a value of anybody. Opening a request is a look at a person, and on record. What
//! somebody may do next is asked of the same rule that decides when they do it, so that a page offers nothing that is refused.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use saqta_domain::rules::must_answer::{Due, Lateness};
use saqta_domain::terms::request::course::Request;
use saqta_domain::terms::request::{Matter, RequestKind};

use super::holder::PaperSeen;
use super::record::{AuthorityLetter, Change, Fate, Note, RepresentativeSeen};

/// A request in a list.
pub struct Listed {
    /// What happened to it.
    pub request: Request,
    /// By when it must be answered.
    pub due: Due,
    /// Whether it is late.
    pub lateness: Lateness,
    /// The zone in which its days are counted.
    pub zone: TimeZone,
    /// Who asked, as far as a list shows it: a name, a masked contact, or an authority.
    pub who: String,
}

/// A request that was opened.
pub struct Shown {
    /// What happened to it.
    pub request: Request,
    /// What happened, in its order: when, and the stable word of it with what belongs to it.
    pub history: Vec<(Timestamp, Happened)>,
    /// By when it must be answered.
    pub due: Due,
    /// Whether it is late.
    pub lateness: Lateness,
    /// The zone in which its days are counted.
    pub zone: TimeZone,
    /// What the applicant calls themselves.
    pub name: String,
    /// The contact that was named.
    pub contact: Option<String>,
    /// Where the answer goes, where that is another contact.
    pub answer_to: Option<String>,
    /// What was asked, in the applicant's words.
    pub text: String,
    /// How many persons are on file under the contact.
    pub on_file: usize,
    /// How old the person is, where a date of birth is held: years, and only below eighteen.
    pub minor: Option<u8>,
    /// Whose authority was seen.
    pub representative: Option<RepresentativeSeen>,
    /// The letter of an authority.
    pub letter: Option<AuthorityLetter>,
    /// What supporting documents were seen.
    pub evidence: String,
    /// Values as they stand and as they are said to be right.
    pub compared: Vec<Compared>,
    /// What would end and what would stay, purpose by purpose, while a plan is being made.
    pub plan: Vec<Planned>,
    /// What became of each purpose.
    pub fates: Vec<Fate>,
    /// What was corrected.
    pub changes: Vec<Change>,
    /// What staff wrote down.
    pub notes: Vec<Note>,
    /// The papers that were issued.
    pub papers: Vec<PaperSeen>,
    /// What the caller may do now.
    pub may: BTreeSet<DeedKind>,
    /// For which reasons its term may stand still or be made longer: pack, reason, and what it adds.
    pub reasons: Vec<(String, String, String)>,
}

/// What happened, for people to read.
pub struct Happened {
    /// The stable word, such as `filed`.
    pub word: &'static str,
    /// The word of what belongs to it: a rung, an effect, an outcome, a relation.
    pub detail: Option<String>,
    /// The account of the member of staff who did it, where one did and it says so.
    pub by: Option<String>,
}

/// A value beside what it should be.
pub struct Compared {
    /// The attribute.
    pub attribute: String,
    /// The purpose in whose data it stands.
    pub purpose: Option<String>,
    /// What stands there; nothing where none is held.
    pub now: Option<String>,
    /// What is said to be right.
    pub proposed: String,
}

/// What a destruction would do to one compartment of somebody.
pub struct Planned {
    /// Attributes whose values end.
    pub ends: Vec<String>,
    /// Purposes that stay, with the ground and the end.
    pub stays: Vec<Fate>,
    /// Why nothing ends there, as a code of a refusal.
    pub refused: Option<&'static str>,
}

/// What a member of staff does about a request.
#[derive(Clone, Debug)]
pub enum Deed {
    /// They checked facts about an order and called a known contact back.
    IdentifyByFacts,
    /// They saw the authority of somebody who acts for the person.
    IdentifyRepresentative(RepresentativeSeen),
    /// They found the person on file under another contact.
    FindPerson {
        /// The contact.
        contact: String,
    },
    /// They saw supporting documents, and say what these were.
    SeeDocuments {
        /// What they were. No copy is kept.
        evidence: String,
    },
    /// They write something down.
    Note {
        /// What.
        text: String,
    },
    /// It wants something else than it was taken for.
    Reclassify {
        /// What it wants.
        matter: Matter,
    },
    /// They stand for the plan of a destruction.
    Approve,
    /// The destruction begins: the data are blocked, and destroyed when the time to call it off is over.
    Schedule,
    /// They call a destruction off.
    Undo,
    /// They put the data right as was asked.
    Rectify,
    /// They lift the blocks.
    Lift {
        /// What was found.
        found: String,
    },
    /// A human decided anew.
    DecideAnew {
        /// What was decided and why.
        answer: String,
    },
    /// They answer in words.
    Answer {
        /// The answer.
        answer: String,
        /// What it rests on.
        basis: String,
    },
    /// They answer an authority, point by point; the pack is made with it.
    AnswerAuthority {
        /// The answers, in the order of the questions.
        answers: Vec<String>,
    },
    /// They refuse.
    Refuse {
        /// What exactly.
        refused: String,
        /// Why, in plain words.
        reason: String,
        /// The article of the law.
        article: String,
        /// What the person can do.
        can_do: String,
    },
    /// The term stands still, for a reason of the law.
    Pause {
        /// The law pack.
        pack: String,
        /// The reason.
        reason: String,
    },
    /// The term runs again.
    Resume,
    /// The term is made longer, for a reason of the law.
    Extend {
        /// The law pack.
        pack: String,
        /// The reason.
        reason: String,
    },
    /// The applicant took it back, as staff were told.
    TakeBack,
}

/// The kinds of [`Deed`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DeedKind {
    /// [`Deed::IdentifyByFacts`].
    IdentifyByFacts,
    /// [`Deed::IdentifyRepresentative`].
    IdentifyRepresentative,
    /// [`Deed::FindPerson`].
    FindPerson,
    /// [`Deed::SeeDocuments`].
    SeeDocuments,
    /// [`Deed::Note`].
    Note,
    /// [`Deed::Reclassify`].
    Reclassify,
    /// [`Deed::Approve`].
    Approve,
    /// [`Deed::Schedule`].
    Schedule,
    /// [`Deed::Undo`].
    Undo,
    /// [`Deed::Rectify`].
    Rectify,
    /// [`Deed::Lift`].
    Lift,
    /// [`Deed::DecideAnew`].
    DecideAnew,
    /// [`Deed::Answer`].
    Answer,
    /// [`Deed::AnswerAuthority`].
    AnswerAuthority,
    /// [`Deed::Refuse`].
    Refuse,
    /// [`Deed::Pause`].
    Pause,
    /// [`Deed::Resume`].
    Resume,
    /// [`Deed::Extend`].
    Extend,
    /// [`Deed::TakeBack`].
    TakeBack,
}

/// Which kinds a person can ask for on their own page, in the order in which they are offered.
pub const ON_THE_PAGE: [RequestKind; 6] = [
    RequestKind::Access,
    RequestKind::Rectification,
    RequestKind::Objection,
    RequestKind::Withdrawal,
    RequestKind::Restriction,
    RequestKind::Destruction,
];

/// A period of the journal.
#[derive(Clone, Copy, Debug)]
pub struct Period {
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub until: Date,
}
