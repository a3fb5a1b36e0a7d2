//! Find a person by the value of a findable attribute, for a purpose (clauses 5.2, 5.5, 7.1).
//!
//! The value comes in the body of a request and is compared as a keyed digest. Whether somebody is known is itself told only
//! to a caller who may use that attribute for that purpose, of a person whose data may be used for it now.

use saqta_domain::rules::Ask;
use saqta_domain::rules::may_read::may_read;
use saqta_domain::terms::names::{AttributeName, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::subject::SubjectId;
use saqta_store::vault::Record;

use crate::act::{Caller, Done, Entry, Who, settle};
use crate::error::Error;
use crate::instance::App;

impl App {
    /// The person's id, or a refusal.
    pub async fn look_up(
        &self,
        caller: &Caller,
        purpose: &PurposeName,
        attribute: &AttributeName,
        value: &str,
    ) -> Result<Done<SubjectId>, Error> {
        settle!(self.look_up_once(caller, purpose, attribute, value))
    }

    async fn look_up_once(
        &self,
        caller: &Caller,
        purpose: &PurposeName,
        attribute: &AttributeName,
        value: &str,
    ) -> Result<Done<SubjectId>, Error> {
        let view = self.view_for(caller).await?;
        if let Err(refusal) = self.within_limit(caller, &view, purpose, 1) {
            return Err(self.refuse(caller, &view, Operation::Retrieval, refusal, None).await);
        }
        let attributes = [attribute.clone()].into();
        let ask = Ask { actor: &caller.actor, purpose, attributes: &attributes };
        let who = Who::Identifier { attribute: attribute.clone(), value: value.to_owned() };
        let policy = &view.version.policy;
        let used = policy.attribute(attribute).is_some()
            && policy.purpose(purpose).is_some_and(|p| p.uses(attribute));
        let record = if used { self.facts_for_look(&view, purpose, &who).await? } else { None };
        let permit = match may_read(&view.situation(), &ask, record.as_deref().map(Record::standing)) {
            Ok(permit) => permit,
            Err(refusal) => {
                return Err(self
                    .refuse_look(caller, &view, Operation::Retrieval, refusal, record.as_ref())
                    .await);
            }
        };
        let record = record.ok_or(Error::NotFound)?;
        let entry = Entry::permitted(Operation::Retrieval, &permit).detail("look_up");
        let receipt = self.record_look(caller, &view, entry, &record).await?;
        Ok(Done { receipt, outcome: record.standing().id })
    }
}
