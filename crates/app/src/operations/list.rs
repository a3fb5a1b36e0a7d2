//! Go through the persons of a purpose page by page (clauses 5.5, 7.1).
//!
//! Each person on a page is decided and recorded for themselves. How many persons one key may read in a day is limited, so
//! that nobody copies the base.

use std::collections::BTreeSet;

use saqta_domain::rules::may_list::may_list;
use saqta_domain::terms::actor::Actor;
use saqta_domain::terms::names::{AttributeName, CompartmentName, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::refusal::Refusal;
use saqta_domain::terms::subject::Pseudonym;

use crate::act::{Caller, settle};
use crate::error::Error;
use crate::instance::{App, View};
use crate::operations::retrieve::Retrieved;
use crate::together::together;

/// What is wanted, and from where on.
pub struct List {
    /// For what.
    pub purpose: PurposeName,
    /// What.
    pub attributes: BTreeSet<AttributeName>,
    /// The end of the page before.
    pub after: Option<Pseudonym>,
    /// How many persons to look at.
    pub limit: u16,
}

/// One page.
pub struct Page {
    /// Those whose data the purpose may use now.
    pub persons: Vec<Retrieved>,
    /// How many were looked at and refused; each refusal is on record.
    pub refused: u64,
    /// Where the next page begins; none after the last.
    pub next: Option<Pseudonym>,
}

const HOUR: i64 = 3_600_000_000;

impl App {
    /// The next page, or a refusal.
    pub async fn list(&self, caller: &Caller, request: &List) -> Result<Page, Error> {
        let view = self.view().await?;
        let limit = request.limit.clamp(1, self.limits.page);
        if let Err(refusal) = self.within_limit(caller, &view, &request.purpose, u64::from(limit)) {
            return Err(self.refuse(caller, &view, Operation::Retrieval, refusal, None).await);
        }
        let Some(purpose) = view.version.policy.purpose(&request.purpose) else {
            return Err(Error::NotFound);
        };
        let names = self.vault.page(&purpose.compartment, request.after, limit).await?;
        let next = if names.len() < usize::from(limit) { None } else { names.last().copied() };
        let one = async |(place, name)| {
            let person: Result<_, Error> =
                settle!(self.list_one(caller, request, &purpose.compartment, name));
            person.map(|person| (place, person))
        };
        // Each has a leaf of its own; side by side they share commits.
        let mut looked_at = together(names.into_iter().enumerate().map(one)).await?;
        looked_at.sort_by_key(|(place, _)| *place);
        let all = looked_at.len();
        let persons: Vec<Retrieved> = looked_at.into_iter().filter_map(|(_, person)| person).collect();
        let refused = u64::try_from(all.saturating_sub(persons.len())).unwrap_or(u64::MAX);
        Ok(Page { persons, refused, next })
    }

    /// One person of a page, decided at the moment it is opened; none, when the refusal was about this person.
    async fn list_one(
        &self,
        caller: &Caller,
        request: &List,
        compartment: &CompartmentName,
        name: Pseudonym,
    ) -> Result<Option<Retrieved>, Error> {
        let view = self.view().await?;
        let record = self.vault.recall_of(compartment, name).await?;
        match self.retrieve_from(caller, &view, &request.purpose, &request.attributes, record).await {
            Ok(done) => Ok(Some(done.outcome)),
            Err(Error::Refused(refused)) if refused.refusal.code.is_about_the_person() => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Refuses when the caller would have read more persons in a day than one key may.
    pub(crate) fn within_limit(
        &self,
        caller: &Caller,
        view: &View,
        purpose: &PurposeName,
        wanted: u64,
    ) -> Result<(), Refusal> {
        let read = self.persons_read_in_a_day(caller, view);
        may_list(&view.situation(), &caller.actor, purpose, read, wanted, self.limits.persons_a_day)
    }

    fn persons_read_in_a_day(&self, caller: &Caller, view: &View) -> u64 {
        let Actor::Key { id, .. } = &*caller.actor else { return 0 };
        let now = view.now.as_microsecond() / HOUR;
        // A poisoned lock means that a count was lost: then nothing more is read.
        let Ok(mut read) = self.persons_read.lock() else { return u64::MAX };
        let Some(hours) = read.get_mut(id) else { return 0 };
        hours.retain(|hour, _| *hour > now - 24);
        hours.values().sum()
    }

    pub(crate) fn count_persons(&self, caller: &Caller, view: &View, persons: u64) {
        let Actor::Key { id, .. } = &*caller.actor else { return };
        if let Ok(mut read) = self.persons_read.lock() {
            *read.entry(id.clone()).or_default().entry(view.now.as_microsecond() / HOUR).or_default() +=
                persons;
        }
    }
}
