//! May this person's data be used for a purpose, through a channel, now? A decision only: no data come out (clauses 4.1, 5.2).

use std::collections::BTreeSet;

use saqta_domain::rules::may_read::may_use;
use saqta_domain::rules::{Ask, Reason};
use saqta_domain::terms::names::{AttributeName, ChannelName, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::subject::SubjectId;
use saqta_store::vault::Record;

use crate::act::{Caller, Done, Entry, Who, settle};
use crate::error::Error;
use crate::instance::App;

/// The question.
pub struct DecideUse {
    /// Whose data.
    pub who: Who,
    /// For what.
    pub purpose: PurposeName,
    /// Which data.
    pub attributes: BTreeSet<AttributeName>,
    /// Through which channel, where consent is given per channel.
    pub channel: Option<ChannelName>,
}

/// The yes.
#[derive(Debug)]
pub struct MayUse {
    /// Whose.
    pub subject: SubjectId,
    /// Why.
    pub reason: Reason,
}

impl App {
    /// Decides, and records the decision as a use.
    pub async fn decide_use(&self, caller: &Caller, request: &DecideUse) -> Result<Done<MayUse>, Error> {
        settle!(self.decide_use_once(caller, request))
    }

    async fn decide_use_once(&self, caller: &Caller, request: &DecideUse) -> Result<Done<MayUse>, Error> {
        let view = self.view_for(caller).await?;
        let record = self.facts_for_look(&view, &request.purpose, &request.who).await?;
        let ask = Ask { actor: &caller.actor, purpose: &request.purpose, attributes: &request.attributes };
        let standing = record.as_deref().map(Record::standing);
        let permit = match may_use(&view.situation(), &ask, standing, request.channel.as_ref()) {
            Ok(permit) => permit,
            Err(refusal) => {
                return Err(self.refuse_look(caller, &view, Operation::Use, refusal, record.as_ref()).await);
            }
        };
        let record = record.ok_or(Error::NotFound)?;
        let mut entry = Entry::permitted(Operation::Use, &permit);
        entry.detail = request.channel.as_ref().map(|c| format!("channel {c}"));
        let receipt = self.record_look(caller, &view, entry, &record).await?;
        let outcome = MayUse { subject: permit.subject(), reason: permit.reason().clone() };
        Ok(Done { receipt, outcome })
    }
}
