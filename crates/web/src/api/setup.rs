//! How does the first administrator get a key?

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use saqta_app::admission::NewKey;
use saqta_domain::terms::names::Language;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::caller::Said;
use crate::language::language_of;
use crate::problem::Failure;
use crate::routes::Web;

/// The token that the server showed when it started.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetupBody {
    /// The token.
    token: String,
}

/// The first administrator's key.
#[derive(Serialize, ToSchema)]
pub(crate) struct SetupAnswer {
    /// Its id: what stands in the ledger.
    id: String,
    /// The key. It is shown now and never again.
    key: String,
}

/// Makes the first key, or says that the time for that is over.
pub(crate) async fn claim(web: &Web, token: &str, language: Language) -> Result<NewKey, Failure> {
    let Some(setup) = &web.settings.setup else { return Err(Failure::SetupOver) };
    setup.claim(&web.app, token, language).await?.ok_or(Failure::SetupOver)
}

/// Make the first administrator's key.
#[utoipa::path(post, path = "/v1/setup", operation_id = "setup", tag = "administration", request_body = SetupBody,
    security(()), responses((status = 201, description = "The key, shown once.", body = SetupAnswer)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    headers: HeaderMap,
    Said(body): Said<SetupBody>,
) -> Result<(StatusCode, Json<SetupAnswer>), Failure> {
    let made = claim(&web, &body.token, language_of(&headers)).await?;
    Ok((StatusCode::CREATED, Json(SetupAnswer { id: made.id, key: made.secret })))
}
