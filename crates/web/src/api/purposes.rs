//! How is a purpose stopped for everybody, and resumed (clause 7.10)?

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::wire::{Recorded, purpose};
use crate::caller::{Admitted, Ask};
use crate::problem::Failure;
use crate::routes::Web;

/// Why it is stopped.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StopPurposeBody {
    /// In the administrator's words; never a personal value.
    #[schema(example = "the authority asked for it, letter 14 of 2026-02-02")]
    reason: String,
}

/// Stop a purpose for everybody, at once.
#[utoipa::path(post, path = "/v1/purposes/{name}/stop", operation_id = "stop_purpose", tag = "administration",
    params(("name" = String, Path, description = "The purpose.")), request_body = StopPurposeBody,
    responses((status = 200, description = "It is stopped.", body = Recorded)))]
pub(crate) async fn stop(
    State(web): State<Web>,
    path: Result<Path<String>, PathRejection>,
    Ask { caller, body }: Ask<StopPurposeBody>,
) -> Result<Json<Recorded>, Failure> {
    let done = web.app.stop_purpose(&caller, &purpose(&path?.0)?, &body.reason).await?;
    Ok(Json(Recorded { receipt: done.receipt.into() }))
}

/// Let a stopped purpose go on.
#[utoipa::path(post, path = "/v1/purposes/{name}/resume", operation_id = "resume_purpose", tag = "administration",
    params(("name" = String, Path, description = "The purpose.")),
    responses((status = 200, description = "It goes on.", body = Recorded)))]
pub(crate) async fn resume(
    State(web): State<Web>,
    path: Result<Path<String>, PathRejection>,
    Admitted(caller): Admitted,
) -> Result<Json<Recorded>, Failure> {
    let done = web.app.resume_purpose(&caller, &purpose(&path?.0)?).await?;
    Ok(Json(Recorded { receipt: done.receipt.into() }))
}
