//! What does the system do by itself, and when?
//!
//! Every job takes no input, may run twice, and leaves what it did not finish to its next run.

pub mod retention;

pub mod custody;

mod due_anew;

mod destruction;

use crate::act::{Caller, Channel};
use crate::error::Error;
use crate::instance::App;
use saqta_domain::terms::actor::Actor;
use saqta_domain::terms::names::Language;

/// In how many transactions of about a thousand rows one round sweeps out what the erased left.
const SWEEPS_A_ROUND: u32 = 100;

/// What one round of the jobs did.
#[derive(Debug, Default)]
pub struct Round {
    /// What came to its end.
    pub retention: retention::Report,
    /// Records that were looked at anew because a new version of the policy came into force.
    pub looked_at_anew: u64,
    /// Destructions that were carried on.
    pub destructions: u64,
    /// Persons erased before of whom nothing is left any more, not even noise.
    pub swept: u64,
    /// Idempotency keys that were forgotten.
    pub forgotten: u64,
    /// Leaves that were counted by their clauses.
    pub counted: u64,
    /// Sessions, links and counters of guesses that were over.
    pub staff: u64,
    /// Requests that somebody had to look at.
    pub requests: u64,
    /// Letters that left the house.
    pub letters: u64,
}

impl App {
    /// Everything that is due now, in the order in which one may cause the other.
    pub async fn run_jobs(&self) -> Result<Round, Error> {
        self.reload().await?;
        // Without routes people are still served, by a detour.
        if let Err(error) = self.vault.db().refresh_routes().await {
            tracing::warn!(%error, "which machine of the cluster has whose rows could not be read");
        }
        // What fails for one reason must not keep the rest from being done; the first failure is told at the end.
        let destructions = self.resume_destructions().await;
        let looked_at_anew = self.make_due_anew().await;
        let retention = self.sweep(false).await;
        let swept = self.vault.sweep_remains(SWEEPS_A_ROUND).await;
        let forgotten = self.vault.db().forget_older(self.clock.now().as_microsecond()).await;
        let now = self.clock.now().as_microsecond();
        let signed_out = self.vault.db().sweep_staff(now).await;
        let guesses = self.vault.db().forget_guesses(now).await;
        let requests = self.carry_on_all().await;
        let turned = self.turn_epoch_for_requests().await;
        let letters = self.send_letters().await;
        let counted = self.count_clauses().await;
        self.checkpoint().await?;
        turned?;
        Ok(Round {
            destructions: destructions?,
            looked_at_anew: looked_at_anew?,
            retention: retention?,
            swept: swept.map_err(Error::from)?,
            forgotten: forgotten?,
            counted: counted?,
            staff: signed_out?.saturating_add(guesses?),
            requests: requests?,
            letters: letters?,
        })
    }
}

/// The system, acting for one of its jobs.
pub(crate) fn system(job: &'static str) -> Caller {
    Caller {
        actor: Actor::System(job).into(),
        channel: Channel::Job,
        language: Language::English,
        idempotency: None,
        ahead: Default::default(),
    }
}
