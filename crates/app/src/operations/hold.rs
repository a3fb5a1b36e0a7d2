//! Place a hold that stops destruction, and lift it (clauses 5.7, 6.3).

use jiff::Timestamp;
use saqta_domain::rules::may_hold::{HoldChange, may_hold};
use saqta_domain::terms::names::PurposeName;
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::standing::Hold;
use saqta_domain::terms::subject::ThingId;
use saqta_store::draft::Draft;
use saqta_store::vault::Record;
use serde::{Deserialize, Serialize};

use crate::act::{Caller, Done, Drafted, Entry, Who, once};
use crate::error::Error;
use crate::instance::App;

/// What is to happen to a hold.
pub enum HoldRequest {
    /// A new one.
    Place {
        /// The act or dispute it rests on.
        ground: String,
        /// Until when, if an end is set.
        until: Option<Timestamp>,
    },
    /// The end of one.
    Lift(ThingId),
}

/// The hold in question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoldChanged {
    /// Its id, in hexadecimal.
    pub hold: String,
}

impl App {
    /// Places or lifts, or refuses.
    pub async fn hold(
        &self,
        caller: &Caller,
        who: &Who,
        purpose: &PurposeName,
        request: &HoldRequest,
    ) -> Result<Done<HoldChanged>, Error> {
        once!(self, caller, self.hold_once(caller, who, purpose, request))
    }

    async fn hold_once(
        &self,
        caller: &Caller,
        who: &Who,
        purpose: &PurposeName,
        request: &HoldRequest,
    ) -> Result<Done<HoldChanged>, Error> {
        let view = self.view_for(caller).await?;
        let asked = match request {
            HoldRequest::Place { .. } => view.clone(),
            HoldRequest::Lift(_) => self.view_that_declares(&view, purpose),
        };
        let record = self.facts(&asked, purpose, who).await?;
        let change = match request {
            HoldRequest::Place { until: Some(until), .. } if *until <= view.now => {
                return Err(Error::Malformed("until_is_past"));
            }
            HoldRequest::Place { ground, .. } => HoldChange::Place { ground },
            HoldRequest::Lift(id) => HoldChange::Lift { id: *id },
        };
        let standing = record.as_ref().map(Record::standing);
        let permit = match may_hold(&asked.situation(), &caller.actor, purpose, standing, change) {
            Ok(permit) => permit,
            Err(refusal) => {
                return Err(self.refuse(caller, &view, Operation::Storage, refusal, record.as_ref()).await);
            }
        };
        let entry = Entry::permitted(Operation::Storage, &permit);
        let mut draft = Draft::new(&self.vault, record.ok_or(Error::NotFound)?, &view.version.findable);
        let (entry, id) = match request {
            HoldRequest::Place { ground, until } => {
                let id = ThingId::new(self.vault.draw_id()?);
                let hold = Hold { id, ground: ground.trim().to_owned(), since: view.now, until: *until };
                draft.hold(permit, hold)?;
                (entry.detail("hold_placed"), id)
            }
            HoldRequest::Lift(id) => {
                draft.lift_hold(permit, *id, view.now)?;
                (entry.detail("hold_lifted"), *id)
            }
        };
        let outcome = HoldChanged { hold: id.to_string() };
        let drafted = vec![Drafted { draft, entries: vec![entry] }];
        let committed = self.commit(caller, &view, drafted, Vec::new(), &outcome).await?;
        Ok(Done { receipt: committed.receipt, outcome })
    }
}
