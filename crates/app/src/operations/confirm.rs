//! Record that values were confirmed to be right (clause 5.6).

use std::collections::BTreeSet;

use saqta_domain::rules::Ask;
use saqta_domain::rules::may_rectify::may_confirm;
use saqta_domain::terms::names::{AttributeName, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_store::draft::Draft;
use saqta_store::vault::Record;

use crate::act::{Caller, Done, Drafted, Entry, Who, once};
use crate::error::Error;
use crate::instance::App;

impl App {
    /// Records it, or refuses.
    pub async fn confirm(
        &self,
        caller: &Caller,
        who: &Who,
        purpose: &PurposeName,
        attributes: &BTreeSet<AttributeName>,
    ) -> Result<Done<()>, Error> {
        once!(self, caller, self.confirm_once(caller, who, purpose, attributes))
    }

    async fn confirm_once(
        &self,
        caller: &Caller,
        who: &Who,
        purpose: &PurposeName,
        attributes: &BTreeSet<AttributeName>,
    ) -> Result<Done<()>, Error> {
        let view = self.view_for(caller).await?;
        let record = self.facts(&view, purpose, who).await?;
        let ask = Ask { actor: &caller.actor, purpose, attributes };
        let permit = match may_confirm(&view.situation(), &ask, record.as_ref().map(Record::standing)) {
            Ok(permit) => permit,
            Err(refusal) => {
                return Err(self.refuse(caller, &view, Operation::Updating, refusal, record.as_ref()).await);
            }
        };
        let entry = Entry::permitted(Operation::Updating, &permit).detail("confirmed");
        let mut draft = Draft::new(&self.vault, record.ok_or(Error::NotFound)?, &view.version.findable);
        draft.confirm(permit, view.now)?;
        let drafted = vec![Drafted { draft, entries: vec![entry] }];
        let committed = self.commit(caller, &view, drafted, Vec::new(), &()).await?;
        Ok(Done { receipt: committed.receipt, outcome: () })
    }
}
