//! How do data end that a person asked to have destroyed, and how does the case itself end (clauses 2.14, 4.1, 5.7)?
//!
//! The erasure and the event that says so are one deed. Then the keys are destroyed, copies of them end with the epoch, what was
//! destroyed is looked for again, and only then is there an act. A case ends the same way: by the end of its key.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};
use saqta_domain::terms::request::event::RequestEvent;
use saqta_domain::terms::request::{Effect, Matter};
use saqta_store::destruction::DestructionState;

use super::carry_on::{Step, names_of};
use super::papers::Times;
use super::record::{Ending, Particulars};
use super::{CaseDraft, OpenCase, Yardstick};
use crate::act::{Caller, Entry};
use crate::error::Error;
use crate::instance::{App, View};

/// How many cases are read at once.
const PAGE: u16 = 100;

/// A destruction that has to be answered sooner than this does not wait for the daily turn of the epoch.
const A_TURN: SignedDuration = SignedDuration::from_hours(26);

impl App {
    /// Destroys, in one deed with the event that says so; the keys end after it.
    pub(super) async fn destroy_for(
        &self,
        caller: &Caller,
        view: &View,
        yard: &Yardstick,
        open: &OpenCase,
    ) -> Result<Step, Error> {
        let Matter::Destruction { purposes, .. } = &open.request.matter else { return Ok(Step::Rests) };
        let effects = self.destroying(view, purposes, open).await?;
        if effects.drafted.is_empty() {
            // A hold or an open order came in the meantime: staff have to tell the person.
            self.rest_case(open, yard, &yard.due(&open.request)).await?;
            return Ok(Step::Rests);
        }
        let at = view.now;
        let mut draft = CaseDraft::new(caller, yard, open);
        if let Err(refusal) = draft.happen(RequestEvent::Executed { what: Effect::Destroyed, at }) {
            tracing::debug!(code = refusal.code.as_str(), "a destruction does not go on by itself");
            self.rest_case(open, yard, &yard.due(&open.request)).await?;
            return Ok(Step::Rests);
        }
        draft.particulars.blocks.clear();
        draft.particulars.fates = effects.fates.clone();
        draft.particulars.ending = Some(Ending {
            at: at.as_microsecond(),
            attributes: names_of(&effects),
            leaves: Vec::new(),
            records: u64::try_from(effects.drafted.len()).unwrap_or(u64::MAX),
            left: 0,
        });
        draft.wake_at = Some(at);
        self.commit_case(draft, view, effects.drafted).await?;
        Ok(Step::Erased)
    }

    /// When no copy of the destroyed keys was left, by the journal; nothing while one may be. Where the answer cannot wait for
    /// the daily turn, the epoch turns now.
    pub(super) async fn copies_ended(&self, particulars: &Particulars) -> Result<Option<Times>, Error> {
        let Some(ending) = &particulars.ending else { return Ok(None) };
        let mut lines = Vec::new();
        for person in particulars.persons()? {
            for compartment in self.every_compartment() {
                let found = self.vault.destructions_of_person(&compartment, person).await?;
                lines.extend(found.into_iter().filter(|line| line.erased_at >= ending.at));
            }
        }
        if lines.is_empty() || lines.iter().any(|line| line.state != DestructionState::Completed) {
            return Ok(None);
        }
        let latest = |of: fn(&saqta_store::destruction::Destruction) -> Option<i64>| {
            let micros = lines.iter().filter_map(of).max().ok_or(Error::Unreadable)?;
            // A clock that was set back tells of a key that ended before its data; it ended after them.
            Timestamp::from_microsecond(micros.max(ending.at)).map_err(|_| Error::Unreadable)
        };
        let keys_destroyed = latest(|line| line.key_destroyed_at)?;
        let copies_ended = latest(|line| line.completed_at)?.max(keys_destroyed);
        let leaves: BTreeSet<(i64, i64)> = lines.iter().map(|line| line.leaf).collect();
        Ok(Some(Times { keys_destroyed, copies_ended, leaves: leaves.into_iter().collect() }))
    }

    /// How many records still hold something of what was destroyed: it is read again, not believed.
    pub(super) async fn left_of(&self, particulars: &Particulars) -> Result<u64, Error> {
        let Some(ending) = &particulars.ending else { return Ok(0) };
        let at = Timestamp::from_microsecond(ending.at).map_err(|_| Error::Unreadable)?;
        let records = self.records_of(&particulars.persons()?).await?;
        let holds = records.iter().filter(|record| {
            let held = &record.standing().held;
            // What was collected anew since then is not what was destroyed.
            held.iter().any(|(name, value)| {
                ending.attributes.iter().any(|gone| gone == name.as_str()) && value.recorded_at < at
            })
        });
        Ok(u64::try_from(holds.count()).unwrap_or(u64::MAX))
    }

    /// Turns the epoch where a destruction waits for it and its answer cannot wait for the daily turn, and goes on with what waited.
    pub(crate) async fn turn_epoch_for_requests(&self) -> Result<(), Error> {
        let (mut after, mut waiting, mut pressing) = (0, Vec::new(), false);
        loop {
            let page = self.vault.open_cases(after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = last.number();
            for case in page {
                let open = OpenCase::read(case)?;
                if !open.request.did(Effect::Destroyed)
                    || self.copies_ended(&open.particulars).await?.is_some()
                {
                    continue;
                }
                let now = self.now();
                let due = self.yardstick(open.request.filed_at, now)?.due(&open.request);
                pressing |= due.strictest().is_some_and(|clock| clock.due.duration_since(now) < A_TURN);
                waiting.push(open.case.id());
            }
        }
        if !pressing {
            return Ok(());
        }
        self.turn_epoch(|_, _| {}).await?;
        for case in waiting {
            if let Err(error) = self.carry_on(case).await {
                tracing::error!(%error, "a request was left for the next round");
            }
        }
        Ok(())
    }

    /// Ends closed requests of the same persons that hold what is being destroyed: a copy, and values that were put right.
    pub(super) async fn forget_copies(
        &self,
        caller: &Caller,
        view: &View,
        particulars: &Particulars,
    ) -> Result<(), Error> {
        let mut of_persons = BTreeSet::new();
        for person in particulars.persons()? {
            let digest = self.registry.persons.digest(person.bytes());
            of_persons.extend(self.vault.cases_under(&digest).await?);
        }
        for id in of_persons {
            let Some(other) = self.case_of(id).await? else { continue };
            let tells = matches!(other.request.matter, Matter::Access | Matter::Rectification { .. });
            if tells && !other.request.state.is_open() {
                self.forget_case(caller, view, &other).await?;
            }
        }
        Ok(())
    }

    /// Ends a case with everything in it, but for its number.
    pub(super) async fn forget_case(
        &self,
        caller: &Caller,
        view: &View,
        open: &OpenCase,
    ) -> Result<(), Error> {
        let (steps, shred) = self.vault.end_case(&open.case, &open.particulars.digests, view.now);
        let entry = Entry::administrative("request.destroyed").detail(open.request.number.0.to_string());
        let receipt = self.record_administration(caller, view, entry, steps).await?;
        self.shred(caller, &[(shred, receipt)]).await
    }
}
