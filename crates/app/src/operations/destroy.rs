//! Erase, destroy or depersonalise a person's data on demand (clauses 2.5, 2.14, 4.1, 5.7).
//!
//! Erasure takes data out of use at once and leaves the end of their keys to the next round of the jobs; destruction answers only
//! after the keys are gone. Neither has a way back. What a law, an open contract or a running term still needs stays, and the
//! answer says why and until when.

use saqta_domain::rules::may_destroy::{DestructionPlan, may_destroy};
use saqta_domain::rules::must_destroy::Life;
use saqta_domain::terms::names::PurposeName;
use saqta_domain::terms::operation::Operation;
use saqta_store::destruction::Shred;
use saqta_store::draft::Draft;
use saqta_store::vault::Record;
use serde::{Deserialize, Serialize};

use crate::act::{Caller, Done, Drafted, Entry, Receipt, Who, settle};
use crate::error::Error;
use crate::instance::{App, View};
use crate::operations::withdraw::Line;

/// Which end is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Out of use now, keys later.
    Erase,
    /// Keys now.
    Destroy,
    /// What tells who it is is destroyed, the rest stays without a tie.
    Depersonalise,
}

impl End {
    fn operation(self) -> Operation {
        match self {
            Self::Erase => Operation::Erasure,
            Self::Destroy => Operation::Destruction,
            Self::Depersonalise => Operation::Depersonalisation,
        }
    }
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Destroyed {
    /// Attributes whose values are gone.
    pub attributes: Vec<String>,
    /// Attributes whose values stay without a tie to the person.
    pub released: Vec<String>,
    /// Purposes that are over.
    pub purposes: Vec<String>,
    /// What stays, and why.
    pub kept: Vec<Line>,
    /// Whether anything of the person is left in the compartment.
    pub anything_left: bool,
}

impl App {
    /// Says what would happen, and changes nothing. Even that is a look at what is held, and on record.
    pub async fn plan_destruction(
        &self,
        caller: &Caller,
        who: &Who,
        purpose: &PurposeName,
        end: End,
    ) -> Result<Done<Destroyed>, Error> {
        settle!(self.plan_destruction_once(caller, who, purpose, end))
    }

    async fn plan_destruction_once(
        &self,
        caller: &Caller,
        who: &Who,
        purpose: &PurposeName,
        end: End,
    ) -> Result<Done<Destroyed>, Error> {
        let view = self.view_for(caller).await?;
        let record = self.outline(&view, purpose, who).await?;
        let standing = record.as_ref().map(Record::standing);
        let answer = may_destroy(&view.situation(), &caller.actor, purpose, standing, end.operation());
        let (permit, plan) = match answer {
            Ok(answer) => answer,
            Err(refusal) => {
                return Err(self.refuse(caller, &view, end.operation(), refusal, record.as_ref()).await);
            }
        };
        let record = record.ok_or(Error::NotFound)?;
        let ends = plan.ending.destroy.len() + plan.ending.release.len();
        let outcome = told(&plan, record.standing().held.len() > ends || !plan.kept.is_empty());
        let entry = Entry::permitted(end.operation(), &permit).detail("plan");
        let receipt = self.record_look(caller, &view, entry, &record).await?;
        Ok(Done { receipt, outcome })
    }

    /// Does it, or refuses.
    pub async fn destroy(
        &self,
        caller: &Caller,
        who: &Who,
        purpose: &PurposeName,
        end: End,
    ) -> Result<Done<Destroyed>, Error> {
        if let Some(done) = self.before(caller).await? {
            // The answer may have been lost between the erasure and the end of the keys.
            self.resume_destructions().await?;
            return Ok(done);
        }
        let (done, shreds, view) = match settle!(self.destroy_once(caller, who, purpose, end)) {
            Err(error) => return self.taken(caller, error).await,
            Ok(settled) => settled,
        };
        if end != End::Erase && !shreds.is_empty() {
            self.shred_under(caller, view, &shreds).await?;
        }
        Ok(done)
    }

    async fn destroy_once(
        &self,
        caller: &Caller,
        who: &Who,
        purpose: &PurposeName,
        end: End,
    ) -> Result<(Done<Destroyed>, Vec<(Shred, Receipt)>, View), Error> {
        let view = self.view_for(caller).await?;
        let record = self.outline(&view, purpose, who).await?;
        let standing = record.as_ref().map(Record::standing);
        let answer = may_destroy(&view.situation(), &caller.actor, purpose, standing, end.operation());
        let (permit, plan) = match answer {
            Ok(answer) => answer,
            Err(refusal) => {
                return Err(self.refuse(caller, &view, end.operation(), refusal, record.as_ref()).await);
            }
        };
        let recorded =
            if end == End::Depersonalise { Operation::Depersonalisation } else { Operation::Erasure };
        let entry = Entry::permitted(recorded, &permit).detail(plan.ending.cause.as_str());
        let record = self.vault.with_what_stays(record.ok_or(Error::NotFound)?, &plan.ending).await?;
        let mut draft = Draft::new(&self.vault, record, &view.version.findable);
        draft.destroy(permit, &plan.ending, view.now)?;
        let outcome = told(&plan, !draft.is_over(view.now));
        let drafted = vec![Drafted { draft, entries: vec![entry] }];
        let committed = self.commit(caller, &view, drafted, Vec::new(), &outcome).await?;
        Ok((Done { receipt: committed.receipt, outcome }, committed.shreds, view))
    }
}

fn told(plan: &DestructionPlan, anything_left: bool) -> Destroyed {
    let line = |(purpose, life): &(PurposeName, Life)| {
        let (state, basis, until) = match life {
            Life::Open(basis) => ("continues", Some(basis.as_str().to_owned()), None),
            Life::KeptUntil(until, _) => ("kept", None, Some(until.to_string())),
            Life::Over(_) | Life::Unborn => ("stopped", None, None),
        };
        Line { purpose: purpose.to_string(), state: state.to_owned(), basis, until }
    };
    Destroyed {
        attributes: plan.ending.destroy.iter().map(|name| name.as_str().to_owned()).collect(),
        released: plan.ending.release.iter().map(ToString::to_string).collect(),
        purposes: plan.ending.purposes.iter().map(ToString::to_string).collect(),
        kept: plan.kept.iter().map(line).collect(),
        anything_left,
    }
}
