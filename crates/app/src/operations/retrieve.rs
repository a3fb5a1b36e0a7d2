//! Take values of one person out of the store for a purpose (clauses 5.1 to 5.5, 7.1, 8.1).

use std::collections::{BTreeMap, BTreeSet};

use saqta_domain::rules::may_read::may_read;
use saqta_domain::rules::{Ask, Permit, Read};
use saqta_domain::terms::kind::Plain;
use saqta_domain::terms::names::{AttributeName, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::subject::{SubjectId, ThingId};
use saqta_store::documents::DocumentHeader;
use saqta_store::recall::Known;
use saqta_store::vault::Record;

use crate::act::{Caller, Done, Entry, Who, settle};
use crate::error::Error;
use crate::instance::{App, View};

/// What is wanted, of whom, for what.
pub struct Retrieve {
    /// Of whom.
    pub who: Who,
    /// For what.
    pub purpose: PurposeName,
    /// What.
    pub attributes: BTreeSet<AttributeName>,
}

/// What was permitted and is held.
pub struct Retrieved {
    /// Of whom.
    pub subject: SubjectId,
    /// The values; to be revealed by the permit under which they were opened.
    pub values: BTreeMap<AttributeName, Plain>,
    /// The documents, by their ids.
    pub documents: Vec<(ThingId, DocumentHeader)>,
    /// The permit.
    pub permit: Permit<Read>,
}

impl App {
    /// Retrieves, or refuses.
    pub async fn retrieve(&self, caller: &Caller, request: &Retrieve) -> Result<Done<Retrieved>, Error> {
        settle!(self.retrieve_once(caller, request))
    }

    async fn retrieve_once(&self, caller: &Caller, request: &Retrieve) -> Result<Done<Retrieved>, Error> {
        let view = self.view_for(caller).await?;
        if let Err(refusal) = self.within_limit(caller, &view, &request.purpose, 1) {
            return Err(self.refuse(caller, &view, Operation::Retrieval, refusal, None).await);
        }
        let record = self.facts_for_look(&view, &request.purpose, &request.who).await?;
        self.retrieve_from(caller, &view, &request.purpose, &request.attributes, record).await
    }

    /// Decides on one record, opens what is permitted, and records it.
    pub(crate) async fn retrieve_from(
        &self,
        caller: &Caller,
        view: &View,
        purpose: &PurposeName,
        attributes: &BTreeSet<AttributeName>,
        record: Option<Known>,
    ) -> Result<Done<Retrieved>, Error> {
        let ask = Ask { actor: &caller.actor, purpose, attributes };
        let permit = match may_read(&view.situation(), &ask, record.as_deref().map(Record::standing)) {
            Ok(permit) => permit,
            Err(refusal) => {
                return Err(self
                    .refuse_look(caller, view, Operation::Retrieval, refusal, record.as_ref())
                    .await);
            }
        };
        let record = record.ok_or(Error::NotFound)?;
        let entry = Entry::permitted(Operation::Retrieval, &permit);
        let outcome = self.opened(&record, permit).await?;
        let receipt = self.record_look(caller, view, entry, &record).await?;
        Ok(Done { receipt, outcome })
    }

    /// What a permit covers of a record.
    pub(crate) async fn opened(&self, record: &Record, permit: Permit<Read>) -> Result<Retrieved, Error> {
        let values = record.read(&permit)?;
        let documents = if values.len() < permit.attributes().len() {
            self.vault.documents(record, &permit).await?
        } else {
            Vec::new()
        };
        Ok(Retrieved { subject: record.standing().id, values, documents, permit })
    }
}
