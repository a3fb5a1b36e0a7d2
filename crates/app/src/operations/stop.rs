//! Stop all processing, of a person in every compartment, or of a purpose for everybody (clauses 3.2, 4.1, 7.10).

use std::collections::BTreeSet;

use saqta_domain::rules::may_withdraw::what_goes_on;
use saqta_domain::rules::must_stop::{may_demand_stop, must_stop, nobody_to_stop};
use saqta_domain::terms::names::PurposeName;
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::subject::SubjectId;
use saqta_store::draft::Draft;
use saqta_store::registry::{resume_step, stop_step};
use serde::{Deserialize, Serialize};

use crate::act::{Caller, Done, Drafted, Entry, once};
use crate::error::Error;
use crate::instance::App;
use crate::operations::withdraw::{Line, lines_for};

/// What came of a demand to stop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopped {
    /// Purpose by purpose.
    pub purposes: Vec<Line>,
}

impl App {
    /// Stops all processing of a person's data.
    pub async fn stop_subject(&self, caller: &Caller, subject: SubjectId) -> Result<Done<Stopped>, Error> {
        once!(self, caller, self.stop_subject_once(caller, subject))
    }

    async fn stop_subject_once(&self, caller: &Caller, subject: SubjectId) -> Result<Done<Stopped>, Error> {
        let view = self.view_for(caller).await?;
        if let Err(refusal) = may_demand_stop(&caller.actor) {
            return Err(self.refuse(caller, &view, Operation::Blocking, refusal, None).await);
        }
        let situation = view.situation();
        let mut drafted = Vec::new();
        let mut purposes = Vec::new();
        let versions = self.versions();
        let compartments: BTreeSet<_> = versions.iter().flat_map(|v| v.policy.compartments()).collect();
        for compartment in compartments {
            let Some(record) = self.vault.record_ahead(compartment, subject, view.ahead()).await? else {
                continue;
            };
            let (permit, changes) = match must_stop(&situation, &caller.actor, record.standing()) {
                Ok(answer) => answer,
                Err(refusal) => {
                    return Err(self
                        .refuse(caller, &view, Operation::Blocking, refusal, Some(&record))
                        .await);
                }
            };
            let entry = Entry::permitted(Operation::Blocking, &permit).detail("stop_demanded");
            let mut draft = Draft::new(&self.vault, record, &view.version.findable);
            draft.stop(permit, changes)?;
            purposes.extend(lines_for(caller, what_goes_on(&situation, draft.standing())));
            drafted.push(Drafted { draft, entries: vec![entry] });
        }
        if drafted.is_empty() {
            return Err(self.refuse(caller, &view, Operation::Blocking, nobody_to_stop(), None).await);
        }
        let outcome = Stopped { purposes };
        let committed = self.commit(caller, &view, drafted, Vec::new(), &outcome).await?;
        Ok(Done { receipt: committed.receipt, outcome })
    }

    /// Stops a purpose for everybody, at once: one write, whatever the number of persons.
    pub async fn stop_purpose(
        &self,
        caller: &Caller,
        purpose: &PurposeName,
        reason: &str,
    ) -> Result<Done<()>, Error> {
        let view = self.purpose_of_administrator(caller, purpose).await?;
        let step = stop_step(purpose.as_str(), view.now.as_microsecond(), reason);
        let entry = Entry { purpose: Some(purpose.clone()), ..Entry::administrative("purpose.stopped") };
        let receipt = match self.record_administration(caller, &view, entry, vec![step]).await {
            Err(error) => return self.taken::<()>(caller, error).await,
            Ok(receipt) => receipt,
        };
        self.reload().await?;
        Ok(Done { receipt, outcome: () })
    }

    /// Lets a stopped purpose go on.
    pub async fn resume_purpose(&self, caller: &Caller, purpose: &PurposeName) -> Result<Done<()>, Error> {
        let view = self.purpose_of_administrator(caller, purpose).await?;
        if !view.stops.contains_key(purpose) {
            return Err(Error::NotFound);
        }
        let entry = Entry { purpose: Some(purpose.clone()), ..Entry::administrative("purpose.resumed") };
        let step = resume_step(purpose.as_str());
        let receipt = self.record_administration(caller, &view, entry, vec![step]).await?;
        self.reload().await?;
        Ok(Done { receipt, outcome: () })
    }

    async fn purpose_of_administrator(
        &self,
        caller: &Caller,
        purpose: &PurposeName,
    ) -> Result<crate::instance::View, Error> {
        crate::admission::administers(caller)?;
        let view = self.view_for(caller).await?;
        if view.version.policy.purpose(purpose).is_none() {
            return Err(Error::NotFound);
        }
        Ok(view)
    }
}
