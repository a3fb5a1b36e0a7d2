//! How does an administrator start what the system otherwise does by itself (clauses 2.14, 5.7, 7.9)?

use axum::Json;
use axum::extract::State;
use saqta_app::admission::administers;
use saqta_app::error::Error;
use saqta_app::jobs::custody::EpochState;
use saqta_app::jobs::retention::Report;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::caller::{Admitted, Ask};
use crate::problem::Failure;
use crate::routes::Web;

/// Whether it is only a trial.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct JobsBody {
    /// Only say what would end.
    #[serde(default)]
    dry_run: bool,
}

/// What one round did, or would do.
#[derive(Serialize, ToSchema)]
pub(crate) struct JobsAnswer {
    /// Records that were due.
    due: u64,
    /// Records of which something was destroyed.
    destroyed: u64,
    /// Records of which something stays without its tie to the person.
    depersonalised: u64,
    /// Records that a hold or a block keeps.
    held_back: u64,
    /// Destructions that were carried on.
    destructions: u64,
    /// Idempotency keys that were forgotten.
    forgotten: u64,
}

/// The new epoch.
#[derive(Serialize, ToSchema)]
pub(crate) struct EpochAnswer {
    /// The epoch that lives now.
    epoch: u32,
    /// How many keys were wrapped anew.
    rewrapped: u64,
    /// How many destructions nothing can undo any more.
    completed: usize,
}

/// Which epochs live, and how far a turn has come.
#[derive(Serialize, ToSchema)]
pub(crate) struct EpochsAnswer {
    /// The epoch that new keys are wrapped under.
    epoch: u32,
    /// Every epoch that lives; more than one while a turn is under way.
    living: Vec<u32>,
    /// Keys that were wrapped anew so far in the turn under way, or in the last one.
    done: u64,
    /// Of how many.
    of: u64,
}

fn answer(report: &Report, destructions: u64, forgotten: u64) -> Json<JobsAnswer> {
    let Report { due, destroyed, depersonalised, held_back, .. } = *report;
    Json(JobsAnswer { due, destroyed, depersonalised, held_back, destructions, forgotten })
}

/// Run everything that is due.
#[utoipa::path(post, path = "/v1/jobs/run", operation_id = "run_jobs", tag = "administration", request_body = JobsBody,
    responses((status = 200, description = "What was done.", body = JobsAnswer)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    Ask { caller, body }: Ask<JobsBody>,
) -> Result<Json<JobsAnswer>, Failure> {
    administers(&caller)?;
    if body.dry_run {
        return Ok(answer(&web.app.sweep(true).await?, 0, 0));
    }
    let round = web.app.run_jobs().await?;
    Ok(answer(&round.retention, round.destructions, round.forgotten))
}

/// Ask how far the turn of the epoch has come.
#[utoipa::path(get, path = "/v1/epochs", operation_id = "epochs", tag = "administration",
    responses((status = 200, description = "The epochs that live.", body = EpochsAnswer)))]
pub(crate) async fn epochs(
    State(web): State<Web>,
    Admitted(caller): Admitted,
) -> Result<Json<EpochsAnswer>, Failure> {
    administers(&caller)?;
    let EpochState { epoch, living, done, of } = web.app.epoch_state();
    Ok(Json(EpochsAnswer { epoch, living, done, of }))
}

/// Turn the epoch.
///
/// Wrapped keys in old copies open nothing any more.
#[utoipa::path(post, path = "/v1/epochs", operation_id = "turn_epoch", tag = "administration",
    responses((status = 200, description = "The epoch has turned.", body = EpochAnswer)))]
pub(crate) async fn turn_epoch(
    State(web): State<Web>,
    Admitted(caller): Admitted,
) -> Result<Json<EpochAnswer>, Failure> {
    administers(&caller)?;
    // The turn goes on when the caller hangs up or the time for an answer is over.
    let turned = web.app.turn_epoch_apart().await.map_err(|_| Error::Busy)??;
    let (epoch, rewrapped) = (turned.epoch, turned.rewrapped);
    Ok(Json(EpochAnswer { epoch, rewrapped, completed: turned.completed.len() }))
}
