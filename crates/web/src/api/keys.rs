//! How are API keys made, listed and ended (clauses 7.1, 10)?

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use saqta_app::admission::KeyScope;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::wire::{Receipt, Recorded};
use crate::caller::{Admitted, Ask};
use crate::problem::Failure;
use crate::routes::Web;

/// What a key is admitted to: nothing that is not listed.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scope {
    /// Purposes it may work for.
    #[serde(default)]
    #[schema(example = json!(["order", "delivery"]))]
    purposes: Vec<String>,
    /// Operations of clause 8.1 it may do.
    #[serde(default)]
    #[schema(example = json!(["collection", "retrieval"]))]
    operations: Vec<String>,
    /// Whether it may publish policies, make keys and stop purposes.
    #[serde(default)]
    administers: bool,
    /// Number and date of the confidentiality undertaking its holder signed. Without one nothing is read under the key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(example = "No. 12 of 2026-01-12")]
    undertaking: Option<String>,
}

/// A key to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeyBody {
    /// What it is for, in the administrator's words.
    #[schema(example = "web shop", max_length = 100)]
    label: String,
    /// What it is admitted to.
    scope: Scope,
}

/// A key that was just made.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeyAnswer {
    /// Its id: what stands in the ledger.
    id: String,
    /// The key. It is shown now and never again.
    key: String,
    /// Where the deed stands in the ledger.
    receipt: Receipt,
}

/// Every key, without its secret.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeysAnswer {
    /// The keys.
    keys: Vec<KeyListed>,
}

/// A key as it is listed.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeyListed {
    /// Its id.
    id: String,
    /// What it is for.
    label: String,
    /// What it is admitted to.
    scope: Scope,
    /// Whether it was ended.
    revoked: bool,
}

impl From<Scope> for KeyScope {
    fn from(scope: Scope) -> Self {
        let Scope { purposes, operations, administers, undertaking } = scope;
        Self { purposes, operations, administers, undertaking }
    }
}

impl From<KeyScope> for Scope {
    fn from(scope: KeyScope) -> Self {
        let KeyScope { purposes, operations, administers, undertaking } = scope;
        Self { purposes, operations, administers, undertaking }
    }
}

/// List the keys.
#[utoipa::path(get, path = "/v1/keys", operation_id = "keys", tag = "administration",
    responses((status = 200, description = "Every key, without its secret.", body = KeysAnswer)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    Admitted(caller): Admitted,
) -> Result<Json<KeysAnswer>, Failure> {
    let keys = web.app.keys(&caller).await?.into_iter().map(|key| KeyListed {
        id: key.id,
        label: key.label,
        scope: key.scope.into(),
        revoked: key.revoked,
    });
    Ok(Json(KeysAnswer { keys: keys.collect() }))
}

/// Make a key.
#[utoipa::path(post, path = "/v1/keys", operation_id = "create_key", tag = "administration", request_body = KeyBody,
    responses((status = 201, description = "The key, shown once.", body = KeyAnswer)))]
pub(crate) async fn create(
    State(web): State<Web>,
    Ask { caller, body }: Ask<KeyBody>,
) -> Result<(StatusCode, Json<KeyAnswer>), Failure> {
    let done = web.app.create_key(&caller, &body.label, &body.scope.into()).await?;
    let (id, key) = (done.outcome.id, done.outcome.secret);
    Ok((StatusCode::CREATED, Json(KeyAnswer { id, key, receipt: done.receipt.into() })))
}

/// End a key at once.
#[utoipa::path(delete, path = "/v1/keys/{id}", operation_id = "revoke_key", tag = "administration",
    params(("id" = String, Path, description = "The key's id.")),
    responses((status = 200, description = "It opens nothing any more.", body = Recorded)))]
pub(crate) async fn revoke(
    State(web): State<Web>,
    Admitted(caller): Admitted,
    path: Result<Path<String>, PathRejection>,
) -> Result<Json<Recorded>, Failure> {
    let done = web.app.revoke_key(&caller, &path?.0).await?;
    Ok(Json(Recorded { receipt: done.receipt.into() }))
}
