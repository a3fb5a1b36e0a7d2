//! How is all processing of a person's data stopped (clauses 3.2, 4.1, 7.10)?

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::wire::{GoesOn, Receipt, SubjectById};
use crate::caller::{About, Ask, AskAbout};
use crate::problem::Failure;
use crate::routes::Web;
use saqta_app::ahead::Errand;

/// Whose data.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StopBody {
    /// The person, in every compartment.
    subject: SubjectById,
}

impl About for StopBody {
    fn about(&self) -> Vec<Errand> {
        self.subject.id().map(Errand::Everywhere).into_iter().collect()
    }
}

/// What goes on all the same.
#[derive(Serialize, ToSchema)]
pub(crate) struct StopAnswer {
    /// Purpose by purpose: what the person is told.
    purposes: Vec<GoesOn>,
    /// Where the deed stands in the ledger.
    receipt: Receipt,
}

/// Stop all processing of a person's data.
#[utoipa::path(post, path = "/v1/stop", operation_id = "stop", tag = "rights", request_body = StopBody,
    responses((status = 200, description = "It is stopped.", body = StopAnswer)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    AskAbout(Ask { caller, body }): AskAbout<StopBody>,
) -> Result<Json<StopAnswer>, Failure> {
    let done = web.app.stop_subject(&caller, body.subject.id()?).await?;
    let purposes = done.outcome.purposes.into_iter().map(GoesOn::from).collect();
    Ok(Json(StopAnswer { purposes, receipt: done.receipt.into() }))
}
