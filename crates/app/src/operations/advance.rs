//! Tell the system that something happened in the business that starts or ends a purpose (clauses 5.7, 7.9, 7.10).

use std::collections::BTreeMap;

use saqta_domain::rules::may_advance::may_advance;
use saqta_domain::terms::event::StandingEvent;
use saqta_domain::terms::names::{CompartmentName, EventName, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::standing::Standing;
use saqta_domain::terms::subject::SubjectId;
use saqta_store::draft::Draft;
use serde::{Deserialize, Serialize};

use crate::act::{Caller, Done, Drafted, Entry, once};
use crate::error::Error;
use crate::instance::{App, View};

/// Something that happened.
pub struct Happened {
    /// To whom.
    pub subject: SubjectId,
    /// What, in the policy's words.
    pub event: EventName,
    /// To which order, act or publication.
    pub reference: String,
}

/// What it changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Advanced {
    /// Purposes that it opened.
    pub opened: Vec<String>,
    /// Purposes that it ended, each with the end of the term for which data are kept.
    pub ended: BTreeMap<String, String>,
}

impl App {
    /// Opens and ends what names the event, or refuses.
    pub async fn advance(&self, caller: &Caller, happened: &Happened) -> Result<Done<Advanced>, Error> {
        once!(self, caller, self.advance_once(caller, happened))
    }

    async fn advance_once(&self, caller: &Caller, happened: &Happened) -> Result<Done<Advanced>, Error> {
        let view = self.view_for(caller).await?;
        let situation = view.situation();
        let reference = happened.reference.trim();
        if reference.is_empty() || reference.len() > 200 {
            return Err(Error::Malformed("reference_missing"));
        }
        let mut outcome = Advanced { opened: Vec::new(), ended: BTreeMap::new() };
        let mut drafted = Vec::new();
        let mut refused = None;
        for compartment in self.named_compartments(&view, &happened.event) {
            let record = match self.vault.record_ahead(&compartment, happened.subject, view.ahead()).await? {
                Some(record) => record,
                None => self.vault.fresh(&compartment, happened.subject, view.now)?,
            };
            let standing = record.standing();
            match may_advance(&situation, &caller.actor, standing, &happened.event, reference) {
                Ok((_, changes)) if changes.iter().all(|c| !concerns(&view, c, &compartment)) => {}
                Ok((permit, mut changes)) => {
                    changes.retain(|change| concerns(&view, change, &compartment));
                    tell(&changes, &mut outcome);
                    let entry = Entry {
                        purpose: changes.iter().find_map(purpose_of).cloned(),
                        needs_purpose: changes
                            .iter()
                            .any(|c| matches!(c, StandingEvent::GroundOpened { .. })),
                        ..Entry::permitted(Operation::Recording, &permit).detail(happened.event.as_str())
                    };
                    let mut draft = Draft::new(&self.vault, record, &view.version.findable);
                    draft.advance(permit, changes)?;
                    drafted.push(Drafted { draft, entries: vec![entry] });
                }
                // What cannot be opened in one compartment must not keep an end in another from being recorded.
                Err(refusal) => refused = Some(refusal),
            }
        }
        if let (true, Some(refusal)) = (drafted.is_empty(), refused) {
            return Err(self.refuse(caller, &view, Operation::Recording, refusal, None).await);
        }
        if drafted.is_empty() {
            return self.nothing_changed(caller, &view, happened, outcome).await;
        }
        let committed = self.commit(caller, &view, drafted, Vec::new(), &outcome).await?;
        Ok(Done { receipt: committed.receipt, outcome })
    }

    pub(crate) fn named_compartments(
        &self,
        view: &View,
        event: &EventName,
    ) -> std::collections::BTreeSet<CompartmentName> {
        let policy = &view.version.policy;
        policy.opened_by(event).chain(policy.ended_by(event)).map(|p| p.compartment.clone()).collect()
    }

    /// An event that changes nothing, because it was told before, is on record; one that no purpose names is refused.
    async fn nothing_changed(
        &self,
        caller: &Caller,
        view: &View,
        happened: &Happened,
        outcome: Advanced,
    ) -> Result<Done<Advanced>, Error> {
        let nobody = Standing::new(happened.subject, view.now);
        let asked =
            may_advance(&view.situation(), &caller.actor, &nobody, &happened.event, &happened.reference);
        if let Err(refusal) = asked {
            return Err(self.refuse(caller, view, Operation::Recording, refusal, None).await);
        }
        let entry = Entry::administrative(Operation::Recording.as_str())
            .detail(format!("{} changed nothing", happened.event));
        let receipt = self.record_administration(caller, view, entry, Vec::new()).await?;
        Ok(Done { receipt, outcome })
    }
}

/// Whether a change is to a purpose whose data lie in the compartment.
fn concerns(view: &View, change: &StandingEvent, compartment: &CompartmentName) -> bool {
    let declared = purpose_of(change).and_then(|name| view.version.policy.purpose(name));
    declared.is_some_and(|p| &p.compartment == compartment)
}

fn purpose_of(change: &StandingEvent) -> Option<&PurposeName> {
    match change {
        StandingEvent::GroundOpened { purpose, .. } | StandingEvent::GroundEnded { purpose, .. } => {
            Some(purpose)
        }
        _ => None,
    }
}

fn tell(changes: &[StandingEvent], outcome: &mut Advanced) {
    for change in changes {
        match change {
            StandingEvent::GroundOpened { purpose, .. } => outcome.opened.push(purpose.to_string()),
            StandingEvent::GroundEnded { purpose, ended, .. } => {
                outcome.ended.insert(purpose.to_string(), ended.keep_until.to_string());
            }
            _ => {}
        }
    }
}
