//! How are a person's data erased, destroyed or depersonalised on demand (clauses 2.5, 2.14, 4.1, 5.7)?

use axum::Json;
use axum::extract::State;
use saqta_app::act::Done;
use saqta_app::ahead::Errand;
use saqta_app::operations::destroy::{Destroyed, End};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::wire::{GoesOn, Receipt, Subject, errand, purpose};
use crate::caller::{About, Ask, AskAbout};
use crate::problem::Failure;
use crate::routes::Web;

/// Whose data are to end.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DestroyBody {
    /// Whose data.
    subject: Subject,
    /// In which purpose's compartment.
    #[schema(example = "marketing")]
    purpose: String,
    /// Only say what would happen.
    #[serde(default)]
    dry_run: bool,
}

impl About for DestroyBody {
    fn about(&self) -> Vec<Errand> {
        errand(&self.subject, &self.purpose).into_iter().collect()
    }
}

/// What came of it, or would come of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct DestroyAnswer {
    /// Attributes whose values are gone.
    attributes: Vec<String>,
    /// Attributes whose values stay without a tie to the person.
    released: Vec<String>,
    /// Purposes that are over.
    purposes: Vec<String>,
    /// What stays, and why.
    kept: Vec<GoesOn>,
    /// Whether anything of the person is left in the compartment.
    anything_left: bool,
    /// Where the deed, or the question, stands in the ledger.
    receipt: Receipt,
}

fn answer(done: Done<Destroyed>) -> Json<DestroyAnswer> {
    let outcome = done.outcome;
    Json(DestroyAnswer {
        attributes: outcome.attributes,
        released: outcome.released,
        purposes: outcome.purposes,
        kept: outcome.kept.into_iter().map(GoesOn::from).collect(),
        anything_left: outcome.anything_left,
        receipt: done.receipt.into(),
    })
}

async fn end(web: &Web, ask: AskAbout<DestroyBody>, end: End) -> Result<Json<DestroyAnswer>, Failure> {
    let AskAbout(Ask { caller, body }) = ask;
    let (who, purpose) = (body.subject.who()?, purpose(&body.purpose)?);
    if body.dry_run {
        return Ok(answer(web.app.plan_destruction(&caller, &who, &purpose, end).await?));
    }
    Ok(answer(web.app.destroy(&caller, &who, &purpose, end).await?))
}

/// Erase data.
///
/// They are out of use at once; their keys end with the next round of the jobs.
#[utoipa::path(post, path = "/v1/erase", operation_id = "erase", tag = "rights", request_body = DestroyBody,
    responses((status = 200, description = "What is gone, and what stays and why.", body = DestroyAnswer)))]
pub(crate) async fn erase(
    State(web): State<Web>,
    ask: AskAbout<DestroyBody>,
) -> Result<Json<DestroyAnswer>, Failure> {
    end(&web, ask, End::Erase).await
}

/// Destroy data beyond recovery.
///
/// The answer comes after their keys are gone.
#[utoipa::path(post, path = "/v1/destroy", operation_id = "destroy", tag = "rights", request_body = DestroyBody,
    responses((status = 200, description = "What is gone, and what stays and why.", body = DestroyAnswer)))]
pub(crate) async fn destroy(
    State(web): State<Web>,
    ask: AskAbout<DestroyBody>,
) -> Result<Json<DestroyAnswer>, Failure> {
    end(&web, ask, End::Destroy).await
}

/// Destroy what tells who a person is.
///
/// The rest stays without a tie to anybody.
#[utoipa::path(post, path = "/v1/depersonalise", operation_id = "depersonalise", tag = "rights", request_body = DestroyBody,
    responses((status = 200, description = "What is gone, and what stays and why.", body = DestroyAnswer)))]
pub(crate) async fn depersonalise(
    State(web): State<Web>,
    ask: AskAbout<DestroyBody>,
) -> Result<Json<DestroyAnswer>, Failure> {
    end(&web, ask, End::Depersonalise).await
}
