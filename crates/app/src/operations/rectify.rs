//! Replace values by right ones, at once or after the block that covers them (clauses 2.2, 4.1, 4.2, 5.6).

use std::collections::BTreeSet;

use saqta_domain::rules::Ask;
use saqta_domain::rules::may_rectify::{Rectification, may_rectify};
use saqta_domain::terms::names::{AttributeName, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::standing::Source;
use saqta_store::draft::Draft;
use saqta_store::vault::Record;
use serde::{Deserialize, Serialize};

use crate::act::{Caller, Done, Drafted, Entry, Who, once};
use crate::error::Error;
use crate::instance::App;

/// Which values, of whom.
pub struct Rectify {
    /// Of whom.
    pub who: Who,
    /// In which purpose's data.
    pub purpose: PurposeName,
    /// The right values.
    pub values: Vec<(AttributeName, String)>,
    /// Who says so.
    pub source: Source,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rectified {
    /// False while the correction waits for the end of a block.
    pub applied: bool,
}

impl App {
    /// Replaces, or refuses.
    pub async fn rectify(&self, caller: &Caller, request: &Rectify) -> Result<Done<Rectified>, Error> {
        once!(self, caller, self.rectify_once(caller, request))
    }

    async fn rectify_once(&self, caller: &Caller, request: &Rectify) -> Result<Done<Rectified>, Error> {
        let view = self.view_for(caller).await?;
        let attributes: BTreeSet<AttributeName> = request.values.iter().map(|(a, _)| a.clone()).collect();
        if attributes.len() != request.values.len() {
            return Err(Error::Malformed("attribute_twice"));
        }
        let record = self.facts(&view, &request.purpose, &request.who).await?;
        let ask = Ask { actor: &caller.actor, purpose: &request.purpose, attributes: &attributes };
        let rectification = match may_rectify(&view.situation(), &ask, record.as_ref().map(Record::standing))
        {
            Ok(rectification) => rectification,
            Err(refusal) => {
                return Err(self
                    .refuse(caller, &view, Operation::Rectification, refusal, record.as_ref())
                    .await);
            }
        };
        let values = self.normalise(&view, &request.values)?;
        let mut draft = Draft::new(&self.vault, record.ok_or(Error::NotFound)?, &view.version.findable);
        let (entry, outcome) = match rectification {
            Rectification::Now(permit) => {
                let entry = Entry::permitted(Operation::Rectification, &permit);
                draft.rectify(permit, values, request.source, view.now)?;
                (entry, Rectified { applied: true })
            }
            Rectification::AfterTheBlock(permit) => {
                let entry = Entry::permitted(Operation::Rectification, &permit).detail("waits_for_the_block");
                draft.hold_back(permit, values, view.now)?;
                (entry, Rectified { applied: false })
            }
        };
        let drafted = vec![Drafted { draft, entries: vec![entry] }];
        let committed = self.commit(caller, &view, drafted, Vec::new(), &outcome).await?;
        Ok(Done { receipt: committed.receipt, outcome })
    }
}
