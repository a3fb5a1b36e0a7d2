//! What does the law in force say that every operator must keep to (clause 1)?

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::basis::BasisKind;
use super::calendar::Calendar;
use super::names::Wording;

/// A law pack as it stands on one day.
#[derive(Clone, Debug)]
pub struct LawEdition {
    /// The pack, such as `kz`.
    pub pack: String,
    /// The law's full name.
    pub law: Wording,
    /// The edition in force on the day asked for: the date of its last change.
    pub edition: Date,
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
    /// What a consent must contain.
    pub consent_fields: Vec<ConsentField>,
    /// Working days.
    pub calendar: Calendar,
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

/// In what a deadline is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeadlineUnit {
    /// Working days; the first is the first working day after the event.
    WorkingDays,
    /// Calendar days; a last day that is no working day moves to the next that is.
    CalendarDays,
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
        [Self::Text, Self::Secondary, Self::Inferred, Self::Memory].into_iter().find(|c| c.mark() == mark)
    }
}
