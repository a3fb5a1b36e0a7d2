//! Block a person's data for a time, and lift the block (clauses 2.2, 4.1).

use jiff::Timestamp;
use saqta_domain::rules::may_restrict::{may_restrict, may_unrestrict};
use saqta_domain::terms::names::PurposeName;
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::standing::{Restriction, RestrictionReason, RestrictionScope};
use saqta_domain::terms::subject::ThingId;
use saqta_store::draft::Draft;
use saqta_store::vault::Record;
use serde::{Deserialize, Serialize};

use crate::act::{Caller, Done, Drafted, Entry, Who, once};
use crate::error::Error;
use crate::instance::App;

/// A block to be placed.
pub struct Restrict {
    /// Whose data.
    pub who: Who,
    /// In which purpose's compartment.
    pub purpose: PurposeName,
    /// What of them.
    pub scope: RestrictionScope,
    /// Why.
    pub reason: RestrictionReason,
    /// Until when, if an end is set.
    pub until: Option<Timestamp>,
}

/// The block that was placed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restricted {
    /// Its id, by which it is lifted, in hexadecimal.
    pub restriction: String,
}

impl App {
    /// Blocks, or refuses.
    pub async fn restrict(&self, caller: &Caller, request: &Restrict) -> Result<Done<Restricted>, Error> {
        once!(self, caller, self.restrict_once(caller, request))
    }

    async fn restrict_once(&self, caller: &Caller, request: &Restrict) -> Result<Done<Restricted>, Error> {
        let view = self.view_for(caller).await?;
        if request.until.is_some_and(|until| until <= view.now) {
            return Err(Error::Malformed("until_is_past"));
        }
        if matches!(&request.scope, RestrictionScope::Attributes(names) if names.is_empty()) {
            return Err(Error::Malformed("nothing_to_block"));
        }
        let record = self.facts(&view, &request.purpose, &request.who).await?;
        let standing = record.as_ref().map(Record::standing);
        let permit = match may_restrict(&view.situation(), &caller.actor, &request.purpose, standing) {
            Ok(permit) => permit,
            Err(refusal) => {
                return Err(self.refuse(caller, &view, Operation::Blocking, refusal, record.as_ref()).await);
            }
        };
        let id = ThingId::new(self.vault.draw_id()?);
        let entry = Entry::permitted(Operation::Blocking, &permit).detail(request.reason.as_str());
        let mut draft = Draft::new(&self.vault, record.ok_or(Error::NotFound)?, &view.version.findable);
        let restriction = Restriction {
            id,
            scope: request.scope.clone(),
            reason: request.reason,
            since: view.now,
            until: request.until,
        };
        draft.restrict(permit, restriction)?;
        let outcome = Restricted { restriction: id.to_string() };
        let drafted = vec![Drafted { draft, entries: vec![entry] }];
        let committed = self.commit(caller, &view, drafted, Vec::new(), &outcome).await?;
        Ok(Done { receipt: committed.receipt, outcome })
    }

    /// Lifts a block, and applies what waited for that, or refuses.
    pub async fn unrestrict(
        &self,
        caller: &Caller,
        who: &Who,
        purpose: &PurposeName,
        id: ThingId,
    ) -> Result<Done<()>, Error> {
        once!(self, caller, self.unrestrict_once(caller, who, purpose, id))
    }

    async fn unrestrict_once(
        &self,
        caller: &Caller,
        who: &Who,
        purpose: &PurposeName,
        id: ThingId,
    ) -> Result<Done<()>, Error> {
        let view = self.view_for(caller).await?;
        let asked = self.view_that_declares(&view, purpose);
        let record = self.facts(&asked, purpose, who).await?;
        let standing = record.as_ref().map(Record::standing);
        let answer = may_unrestrict(&asked.situation(), &caller.actor, purpose, standing, id)
            .map(|(permit, _)| permit);
        let permit = match answer {
            Ok(permit) => permit,
            Err(refusal) => {
                return Err(self.refuse(caller, &view, Operation::Blocking, refusal, record.as_ref()).await);
            }
        };
        let record = record.ok_or(Error::NotFound)?;
        let detail =
            if record.standing().waiting.is_empty() { "lifted" } else { "lifted, corrections applied" };
        let entry = Entry::permitted(Operation::Blocking, &permit).detail(detail);
        let mut draft = Draft::new(&self.vault, record, &view.version.findable);
        draft.unrestrict(permit, id, view.now)?;
        let drafted = vec![Drafted { draft, entries: vec![entry] }];
        let committed = self.commit(caller, &view, drafted, Vec::new(), &()).await?;
        Ok(Done { receipt: committed.receipt, outcome: () })
    }
}
