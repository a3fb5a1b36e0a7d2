//! Go through the persons of a purpose page by page (clauses 5.5, 7.1).
//!
//! Each person on a page is decided and recorded for themselves. How many persons one key may read in a day is limited, so
//! that nobody copies the base.

use std::collections::BTreeSet;

use saqta_domain::rules::Ask;
use saqta_domain::rules::may_list::may_list;
use saqta_domain::rules::may_read::may_read;
use saqta_domain::terms::actor::Actor;
use saqta_domain::terms::names::{AttributeName, CompartmentName, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::refusal::Refusal;
use saqta_domain::terms::subject::Pseudonym;
use saqta_store::recall::Known;
use saqta_store::vault::Record;

use crate::act::{Caller, Entry, settle};
use crate::error::Error;
use crate::instance::{App, View};
use crate::looks::Look;
use crate::operations::retrieve::Retrieved;

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

/// How many persons are read at once, and share a commit.
const AT_ONCE: usize = 100;

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
        let compartment = &purpose.compartment;
        let mut page = Page { persons: Vec::with_capacity(names.len()), refused: 0, next };
        for names in names.chunks(AT_ONCE) {
            let (persons, refused) = settle!(self.list_some(caller, request, compartment, names))?;
            page.persons.extend(persons);
            page.refused += refused;
        }
        Ok(page)
    }

    /// Some persons of a page: each is decided and has a leaf of their own, and all leaves are committed at once. Gives those who
    /// may be seen, and how many may not.
    async fn list_some(
        &self,
        caller: &Caller,
        request: &List,
        compartment: &CompartmentName,
        names: &[Pseudonym],
    ) -> Result<(Vec<Retrieved>, u64), Error> {
        let view = self.view().await?;
        let situation = view.situation();
        let ask = Ask { actor: &caller.actor, purpose: &request.purpose, attributes: &request.attributes };
        let decide = |known: Option<Known>| {
            let answer = may_read(&situation, &ask, known.as_deref().map(Record::standing));
            (known, answer)
        };
        let known = self.vault.recall_all(compartment, names).await?;
        let mut decided: Vec<_> = known.into_iter().map(decide).collect();
        // What is remembered may say yes and nothing else: before a no, the record is read.
        let doubtful = decided.iter().filter(|(known, answer)| answer.is_err() && is_remembered(known));
        let doubtful: Vec<Pseudonym> =
            doubtful.filter_map(|(known, _)| Some(known.as_ref()?.pseudonym())).collect();
        doubtful.iter().for_each(|name| self.vault.forget(*name));
        let read = self.vault.records_of(compartment, &doubtful).await?;
        let places = decided.iter_mut().filter(|(known, answer)| answer.is_err() && is_remembered(known));
        for (place, known) in places.zip(read) {
            *place = decide(known.map(Known::from));
        }

        let mut looks = Vec::with_capacity(decided.len());
        let mut persons = Vec::with_capacity(decided.len());
        for (known, answer) in decided {
            match (known, answer) {
                (Some(record), Ok(permit)) => {
                    let entry = Entry::permitted(Operation::Retrieval, &permit);
                    persons.push(self.opened(&record, permit).await?);
                    looks.push(Look::Permitted(entry, record));
                }
                (known, Err(refusal)) if refusal.code.is_about_the_person() => {
                    looks.push(Look::Refused(Operation::Retrieval, refusal, known));
                }
                (known, Err(refusal)) => {
                    let operation = Operation::Retrieval;
                    return Err(self.refuse_look(caller, &view, operation, refusal, known.as_ref()).await);
                }
                (None, Ok(_)) => return Err(Error::NotFound),
            }
        }
        let refused = looks.len().saturating_sub(persons.len());
        self.record_looks(caller, &view, &looks).await?;
        Ok((persons, u64::try_from(refused).unwrap_or(u64::MAX)))
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

fn is_remembered(known: &Option<Known>) -> bool {
    known.as_ref().is_some_and(Known::is_remembered)
}
