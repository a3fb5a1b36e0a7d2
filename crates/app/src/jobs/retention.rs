//! What has come to its end is destroyed by itself (clauses 5.7, 7.4, 7.9, 7.10).
//!
//! The sweep walks what is due, in an index; it never looks at the rest of the population. Each person is a deed of their own,
//! decided anew by the rule, so that a hold placed a moment ago still counts; deeds share their commits, and the keys of a page
//! end together.

use saqta_domain::rules::may_restrict::must_lift;
use saqta_domain::rules::must_destroy::{Ending, held_back, must_destroy, next_due};
use saqta_domain::rules::{Permit, Restrict};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::subject::ThingId;
use saqta_store::destruction::Shred;
use saqta_store::draft::Draft;
use saqta_store::vault::{Due, Record};

use crate::act::{Caller, Done, Drafted, Entry, Receipt, settle};
use crate::error::Error;
use crate::instance::{App, View};
use crate::jobs::system;
use crate::together::together;

const PAGE: u16 = 200;

/// What a sweep did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Records that were due.
    pub due: u64,
    /// Records of which something was destroyed.
    pub destroyed: u64,
    /// Records of which something stays without its tie to the person.
    pub depersonalised: u64,
    /// Records that a hold or a block keeps.
    pub held_back: u64,
    /// Records that could not be dealt with, and are tried again in the next round.
    pub failed: u64,
    /// Where each end stands in the ledger.
    pub receipts: Vec<Receipt>,
}

impl Report {
    fn add(&mut self, other: Self) {
        self.due += other.due;
        self.destroyed += other.destroyed;
        self.depersonalised += other.depersonalised;
        self.held_back += other.held_back;
        self.failed += other.failed;
        self.receipts.extend(other.receipts);
    }
}

impl App {
    /// Ends what is due. A dry run says what it would do, and changes nothing.
    pub async fn sweep(&self, dry_run: bool) -> Result<Report, Error> {
        let mut report = Report::default();
        let mut after: Option<Due> = None;
        match self.view().await {
            Ok(view) => self.not_before_the_walk(&view).await?,
            // Without a policy nothing was ever taken in that could be due.
            Err(Error::NoPolicy) => return Ok(report),
            Err(error) => return Err(error),
        }
        loop {
            let now = self.clock.now();
            let page = self.vault.due(now, after.as_ref(), PAGE).await?;
            let Some(last) = page.last().cloned() else { return Ok(report) };
            let mut shreds = Vec::new();
            // One record that cannot be read or written must not stop the ends of all others.
            let ends: Vec<_> =
                page.iter().map(|due| async move { Ok(self.end(due, dry_run).await) }).collect();
            for ended in together(ends.into_iter()).await? {
                report.due += 1;
                match ended {
                    Ok((found, keys)) => {
                        report.add(found);
                        shreds.extend(keys);
                    }
                    Err(error) => {
                        tracing::error!(%error, "a record that is due was left for the next round");
                        report.failed += 1;
                    }
                }
            }
            // The files are emptied of these keys once, not once for each person.
            if let Err(error) = self.shred(&system("retention"), &shreds).await {
                tracing::error!(%error, "keys of what was erased are left for the next round");
                report.failed += u64::try_from(shreds.len()).unwrap_or(u64::MAX);
            }
            after = Some(last);
        }
    }

    /// Ends one record; says what it did, and whose keys must be destroyed for it.
    async fn end(&self, due: &Due, dry_run: bool) -> Result<(Report, Vec<(Shred, Receipt)>), Error> {
        let caller = system("retention");
        let mut report = Report::default();
        let Some((done, shreds)) = settle!(self.end_once(&caller, due, dry_run, &mut report))? else {
            return Ok((report, Vec::new()));
        };
        report.destroyed += 1;
        if !done.outcome.release.is_empty() {
            report.depersonalised += 1;
        }
        if !dry_run {
            report.receipts.push(done.receipt);
        }
        Ok((report, shreds))
    }

    async fn end_once(
        &self,
        caller: &Caller,
        due: &Due,
        dry_run: bool,
        report: &mut Report,
    ) -> Result<Option<(Done<Ending>, Vec<(Shred, Receipt)>)>, Error> {
        let view = self.view().await?;
        let Some(record) = self.vault.outline_of(&due.compartment, due.pseudonym).await? else {
            return Ok(None);
        };
        let situation = view.situation();
        let lifted = must_lift(&situation, record.standing());
        if !lifted.is_empty() && !dry_run {
            let record = self.vault.complete(record).await?;
            return self.lift_once(caller, &view, record, lifted).await.map(|()| None);
        }
        let Some((permit, ending)) = must_destroy(&situation, record.standing()) else {
            if held_back(&situation, record.standing()) {
                report.held_back += 1;
            }
            if !dry_run {
                self.look_again_later(&record, &view).await?;
            }
            return Ok(None);
        };
        if dry_run {
            let nowhere = Receipt { log: 0, index: 0 };
            return Ok(Some((Done { receipt: nowhere, outcome: ending }, Vec::new())));
        }
        let operation =
            if ending.release.is_empty() { Operation::Erasure } else { Operation::Depersonalisation };
        let entry = Entry::permitted(operation, &permit).detail(ending.cause.as_str());
        let record = self.vault.with_what_stays(record, &ending).await?;
        let mut draft = Draft::new(&self.vault, record, &view.version.findable);
        draft.destroy(permit, &ending, view.now)?;
        let drafted = vec![Drafted { draft, entries: vec![entry] }];
        let committed = self.commit(caller, &view, drafted, Vec::new(), &()).await?;
        Ok(Some((Done { receipt: committed.receipt, outcome: ending }, committed.shreds)))
    }

    /// Lifts blocks whose end has come, and applies the corrections that waited for it. The record is looked at again at once.
    async fn lift_once(
        &self,
        caller: &Caller,
        view: &View,
        record: Record,
        lifted: Vec<(Permit<Restrict>, ThingId)>,
    ) -> Result<(), Error> {
        let mut draft = Draft::new(&self.vault, record, &view.version.findable);
        let mut entries = Vec::new();
        for (permit, id) in lifted {
            entries.push(Entry::permitted(Operation::Blocking, &permit).detail("ended"));
            draft.unrestrict(permit, id, view.now)?;
        }
        let drafted = vec![Drafted { draft, entries }];
        self.commit(caller, view, drafted, Vec::new(), &()).await.map(drop)
    }

    async fn look_again_later(&self, record: &Record, view: &View) -> Result<(), Error> {
        let due = next_due(&view.situation(), record.standing());
        Ok(self.vault.set_due(record, due).await?)
    }
}
