//! What does the law in force say that every operator must keep to (clause 1)?

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;

use super::basis::BasisKind;
use super::calendar::Calendar;
use super::names::Wording;
use super::request::{CountsFrom, Matter, RequestMark};

/// A law pack as it stands on one day.
#[derive(Clone, Debug)]
pub struct LawEdition {
    /// The pack, such as `kz`.
    pub pack: String,
    /// The law's full name.
    pub law: Wording,
    /// The edition in force on the day asked for: the date of its last change.
    pub edition: Date,
    /// The act that made this edition, as the pack tells it.
    pub made_by: String,
    /// How sure the pack is of that act and its date.
    pub certainty: Certainty,
    /// The day until which the pack's makers checked it against the sources.
    pub verified_until: Date,
    /// What it says about each ground of clause 6.
    pub bases: BTreeMap<BasisKind, LawBasis>,
    /// Whether a block also freezes changes, so that a correction waits for its end.
    pub block_freezes_change: bool,
    /// Whether a block also freezes destruction.
    pub block_freezes_destruction: bool,
    /// Terms by duty, such as `subject_info`.
    pub deadlines: BTreeMap<String, Deadline>,
    /// Terms for answering requests.
    pub answers: Vec<AnswerTerm>,
    /// For which reasons such a term may stand still or be made longer.
    pub extensions: Vec<Extension>,
    /// What a consent must contain.
    pub consent_fields: Vec<ConsentField>,
    /// Working days.
    pub calendar: Calendar,
}

impl LawEdition {
    /// Whether, on the day an instant falls on, the pack's makers should have compared it with the sources again.
    pub fn is_unverified(&self, at: Timestamp) -> bool {
        self.verified_until < self.calendar.day_of(at)
    }
}

/// What the law says about one ground.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LawBasis {
    /// Whether the law knows it at all.
    pub known: bool,
    /// The article, or why there is none.
    pub source: String,
    /// How sure the pack is.
    pub certainty: Certainty,
}

/// A term within which something must be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// How many.
    pub count: u16,
    /// Of what.
    pub unit: DeadlineUnit,
    /// The article.
    pub source: String,
    /// How sure the pack is.
    pub certainty: Certainty,
}

impl Deadline {
    /// How long it is.
    pub fn within(&self) -> Within {
        Within { count: self.count, unit: self.unit }
    }
}

/// How long something may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Within {
    /// How many.
    pub count: u16,
    /// Of what.
    pub unit: DeadlineUnit,
}

impl Within {
    /// Reads `3wd`, `10d`, `1m` or `72h`; none of them is no term.
    pub fn from_word(word: &str) -> Option<Self> {
        let read = |unit: DeadlineUnit| {
            let count = word.strip_suffix(unit.mark())?;
            let digits = count.bytes().all(|b| b.is_ascii_digit());
            let count = count.parse().ok().filter(|count| *count > 0 && digits)?;
            Some(Self { count, unit })
        };
        DeadlineUnit::ALL.into_iter().find_map(read)
    }
}

impl std::fmt::Display for Within {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}{}", self.count, self.unit.mark())
    }
}

/// The term of a law for answering requests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerTerm {
    /// The pack it stands in.
    pub pack: String,
    /// The stable word of the duty, such as `subject_info`.
    pub duty: String,
    /// What is to be done, in words.
    pub label: Wording,
    /// Which requests it is the term of.
    pub requests: BTreeSet<RequestMark>,
    /// From which instant it is counted.
    pub counts_from: CountsFrom,
    /// How long it is, and where the law says so.
    pub deadline: Deadline,
}

impl AnswerTerm {
    /// Whether that request has to be answered within it.
    pub fn covers(&self, matter: &Matter) -> bool {
        self.requests.iter().any(|mark| mark.covers(matter))
    }
}

/// A reason for which a law lets its own term stand still, or makes it longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// The pack it stands in.
    pub pack: String,
    /// The stable word of the reason.
    pub reason: String,
    /// The reason, in words.
    pub label: Wording,
    /// What it does to the term.
    pub adds: Adds,
    /// The requests whose term it touches.
    pub requests: BTreeSet<RequestMark>,
    /// The article.
    pub source: String,
    /// How sure the pack is.
    pub certainty: Certainty,
}

impl Extension {
    /// Whether it touches the term of that request.
    pub fn covers(&self, matter: &Matter) -> bool {
        self.requests.iter().any(|mark| mark.covers(matter))
    }
}

/// What a reason does to a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adds {
    /// The term stands still until the reason is gone.
    Pause,
    /// The term is longer by this.
    Time(Within),
}

/// In what a deadline is counted. How days and months are counted, the law's [`Counting`](super::calendar::Counting) says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeadlineUnit {
    /// Hours, from the very instant of the event.
    Hours,
    /// Working days; the first is the first working day after the event.
    WorkingDays,
    /// Calendar days.
    CalendarDays,
    /// Months, to the day of the same number; to the last day of a month that has no such day.
    Months,
}

impl DeadlineUnit {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Hours, Self::WorkingDays, Self::CalendarDays, Self::Months];

    /// How packs write it after the number, as in `3wd`.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Hours => "h",
            Self::WorkingDays => "wd",
            Self::CalendarDays => "d",
            Self::Months => "m",
        }
    }
}

/// One thing that a consent must say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentField {
    /// A stable word.
    pub code: String,
    /// What it is.
    pub label: Wording,
    /// The article.
    pub source: String,
    /// How sure the pack is.
    pub certainty: Certainty,
}

/// How sure a law pack is of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// Read in the text of the law.
    Text,
    /// Read in a secondary source.
    Secondary,
    /// Inferred from the text.
    Inferred,
    /// From memory: a lawyer must look.
    Memory,
}

impl Certainty {
    /// All of them, the surest first.
    pub const ALL: [Self; 4] = [Self::Text, Self::Secondary, Self::Inferred, Self::Memory];

    /// The mark used in packs.
    pub fn mark(self) -> &'static str {
        match self {
            Self::Text => "T",
            Self::Secondary => "S",
            Self::Inferred => "I",
            Self::Memory => "M",
        }
    }

    /// Reads the mark.
    pub fn from_mark(mark: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.mark() == mark)
    }
}
