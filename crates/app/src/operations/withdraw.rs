//! Take a consent back, and tell what goes on all the same (clauses 3.1, 4.1, 7.4).

use saqta_domain::rules::may_withdraw::{GoesOn, GoesOnState, may_withdraw, what_goes_on};
use saqta_domain::terms::actor::Actor;
use saqta_domain::terms::names::{ChannelName, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_store::draft::Draft;
use saqta_store::vault::Record;
use serde::{Deserialize, Serialize};

use crate::act::{Caller, Done, Drafted, Entry, Who, once};
use crate::error::Error;
use crate::instance::App;

/// One line of the table a person gets after a withdrawal or a demand to stop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The purpose.
    pub purpose: String,
    /// `stopped`, `continues` or `kept`.
    pub state: String,
    /// The ground on which it continues.
    pub basis: Option<String>,
    /// The end of the term for which data are kept, locked away from use.
    pub until: Option<String>,
}

impl From<GoesOn> for Line {
    fn from(row: GoesOn) -> Self {
        let (state, basis, until) = match row.state {
            GoesOnState::Stopped => ("stopped", None, None),
            GoesOnState::Continues(basis) => ("continues", Some(basis.as_str().to_owned()), None),
            GoesOnState::Kept(until) => ("kept", None, Some(until.to_string())),
            GoesOnState::Locked(basis) => ("kept", Some(basis.as_str().to_owned()), None),
        };
        Self { purpose: row.purpose.to_string(), state: state.to_owned(), basis, until }
    }
}

/// The lines that the caller may see: a key those of its own purposes.
pub(crate) fn lines_for(caller: &Caller, table: Vec<GoesOn>) -> Vec<Line> {
    let seen = |row: &GoesOn| match &*caller.actor {
        Actor::Key { scope, .. } => scope.purposes.contains(&row.purpose),
        Actor::System(_) | Actor::Subject | Actor::Staff { .. } => true,
    };
    table.into_iter().filter(seen).map(Line::from).collect()
}

/// What came of a withdrawal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// Purpose by purpose.
    pub purposes: Vec<Line>,
}

impl App {
    /// Withdraws, or refuses.
    pub async fn withdraw(
        &self,
        caller: &Caller,
        who: &Who,
        purpose: &PurposeName,
        channel: Option<&ChannelName>,
    ) -> Result<Done<Withdrawn>, Error> {
        once!(self, caller, self.withdraw_once(caller, who, purpose, channel))
    }

    async fn withdraw_once(
        &self,
        caller: &Caller,
        who: &Who,
        purpose: &PurposeName,
        channel: Option<&ChannelName>,
    ) -> Result<Done<Withdrawn>, Error> {
        let view = self.view().await?;
        let asked = self.view_that_declares(&view, purpose);
        let record = self.facts(&asked, purpose, who).await?;
        let situation = view.situation();
        let standing = record.as_ref().map(Record::standing);
        let permit = match may_withdraw(&asked.situation(), &caller.actor, purpose, channel, standing) {
            Ok(permit) => permit,
            Err(refusal) => {
                return Err(self.refuse(caller, &view, Operation::Recording, refusal, record.as_ref()).await);
            }
        };
        let entry = Entry::permitted(Operation::Recording, &permit).detail("consent_withdrawn");
        let mut draft = Draft::new(&self.vault, record.ok_or(Error::NotFound)?, &view.version.findable);
        draft.withdraw(permit, channel.cloned(), view.now)?;
        let mut table = what_goes_on(&situation, draft.standing());
        if situation.policy.purpose(purpose).is_none() {
            table.push(GoesOn { purpose: purpose.clone(), state: GoesOnState::Stopped });
        }
        let outcome = Withdrawn { purposes: lines_for(caller, table) };
        let drafted = vec![Drafted { draft, entries: vec![entry] }];
        let committed = self.commit(caller, &view, drafted, Vec::new(), &outcome).await?;
        Ok(Done { receipt: committed.receipt, outcome })
    }
}
