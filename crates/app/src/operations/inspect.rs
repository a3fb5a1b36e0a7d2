//! Tell how a person stands with a purpose, without any value (clauses 3.2, 5.2, 7.1).
//!
//! One record is loaded and nothing of it is opened but the standing. It is a look at a person all the same: it leaves a leaf,
//! and counts among the persons that one key may read in a day.

use saqta_domain::rules::may_inspect::{Known, may_inspect};
use saqta_domain::terms::names::{Clause, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::subject::SubjectId;
use saqta_store::vault::Record;

use crate::act::{Caller, Done, Entry, Who, settle};
use crate::error::Error;
use crate::instance::App;

/// What is told.
pub struct Inspected {
    /// Of whom: where the caller named the person by id, or a look-up by that value would tell it as well.
    pub subject: Option<SubjectId>,
    /// The clause by which it is told.
    pub clause: Clause,
    /// How the person stands.
    pub known: Known,
}

impl App {
    /// Tells, or refuses.
    pub async fn inspect(
        &self,
        caller: &Caller,
        who: &Who,
        purpose: &PurposeName,
    ) -> Result<Done<Inspected>, Error> {
        settle!(self.inspect_once(caller, who, purpose))
    }

    async fn inspect_once(
        &self,
        caller: &Caller,
        who: &Who,
        purpose: &PurposeName,
    ) -> Result<Done<Inspected>, Error> {
        let view = self.view_for(caller).await?;
        if let Err(refusal) = self.within_limit(caller, &view, purpose, 1) {
            return Err(self.refuse(caller, &view, Operation::Retrieval, refusal, None).await);
        }
        let record = self.facts_for_look(&view, purpose, who).await?;
        let standing = record.as_deref().map(Record::standing);
        let (permit, known) = match may_inspect(&view.situation(), &caller.actor, purpose, standing) {
            Ok(told) => told,
            Err(refusal) => {
                return Err(self
                    .refuse_look(caller, &view, Operation::Retrieval, refusal, record.as_ref())
                    .await);
            }
        };
        let record = record.ok_or(Error::NotFound)?;
        let entry = Entry::permitted(Operation::Retrieval, &permit).detail("inspect");
        // How somebody stands with a purpose that is stopped for everybody is asked for then above all.
        let entry = Entry { needs_purpose: false, ..entry };
        let receipt = self.record_look(caller, &view, entry, &record).await?;
        let subject = tells_the_id(who, &known).then_some(permit.subject());
        let clause = permit.reason().clause.clone();
        Ok(Done { receipt, outcome: Inspected { subject, clause, known } })
    }
}

/// Whoever knows a value finds the person by it only while the purpose may use that value.
fn tells_the_id(who: &Who, known: &Known) -> bool {
    match who {
        Who::Subject(_) => true,
        Who::Identifier { attribute, .. } => {
            known.now.is_ok() && known.held.get(attribute).is_some_and(|held| !held.blocked)
        }
    }
}
