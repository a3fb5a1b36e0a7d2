//! To whom may data be provided, under which agreement, and which of them (clauses 2.11, 7.2, 7.5, 9, 10)?

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::names::{AttributeName, Clause, PurposeName, RecipientName, Wording};

/// Somebody outside the operator who is named in the policy before anything is provided to them (clause 7.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Its name in the policy, such as `carrier.steppe`.
    pub name: RecipientName,
    /// Its legal name.
    pub title: Wording,
    /// Two-letter code of the country it receives data in.
    pub country: String,
    /// What it does for the operator or the person, in the operator's own words.
    pub role: String,
    /// What binds it (clauses 7.5, 10).
    pub agreement: Option<Agreement>,
    /// What it gets, purpose by purpose. A recipient that gets nothing stands here to say just that (clauses 5.8, 7.5).
    pub gets: BTreeMap<PurposeName, BTreeSet<AttributeName>>,
    /// The clauses it makes true, in the order in which the policy names them.
    pub clauses: Vec<Clause>,
}

/// The paper that binds a recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Its number.
    pub no: String,
    /// Its first day.
    pub from: Date,
    /// Its last day, if it has one.
    pub until: Option<Date>,
    /// Whether the recipient accepted the duty of confidentiality with it (clause 10).
    pub confidentiality: bool,
}

impl Agreement {
    /// Whether it is in force on a day and binds the recipient to confidentiality.
    pub fn keeps_confidential_on(&self, day: Date) -> bool {
        self.confidentiality && self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

impl Recipient {
    /// What it gets for a purpose; nothing, where the policy names nothing.
    pub fn gets_for(&self, purpose: &PurposeName) -> Option<&BTreeSet<AttributeName>> {
        self.gets.get(purpose)
    }

    /// Whether it gets nothing for any purpose.
    pub fn gets_nothing(&self) -> bool {
        self.gets.values().all(BTreeSet::is_empty)
    }
}
