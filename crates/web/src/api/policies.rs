//! How is a version of the policy published, and which versions are there (clauses 11.2, 11.3)?

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::wire::Receipt;
use crate::caller::{Admitted, Ask};
use crate::problem::Failure;
use crate::routes::Web;

/// Every version, the oldest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct PoliciesAnswer {
    /// The versions.
    versions: Vec<PolicyVersion>,
}

/// One version of the policy.
#[derive(Serialize, ToSchema)]
pub(crate) struct PolicyVersion {
    /// Its number.
    version: u32,
    /// From when it is in force.
    effective_from: String,
    /// When it was published.
    published_at: String,
    /// SHA-256 of its files, in hexadecimal.
    digest: String,
    /// Whether it is in force now.
    in_force: bool,
}

/// The files of a version.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PublishBody {
    /// Their content by their names: `policy.toml` and the texts it names.
    files: BTreeMap<String, String>,
}

/// What was published.
#[derive(Serialize, ToSchema)]
pub(crate) struct PublishAnswer {
    /// Its number.
    version: u32,
    /// From when it is in force.
    effective_from: String,
    /// SHA-256 of its files, in hexadecimal.
    digest: String,
    /// Where the deed stands in the ledger.
    receipt: Receipt,
}

/// List the versions of the policy.
#[utoipa::path(get, path = "/v1/policies", operation_id = "policies", tag = "administration",
    responses((status = 200, description = "Every version, the oldest first.", body = PoliciesAnswer)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    Admitted(_): Admitted,
) -> Result<Json<PoliciesAnswer>, Failure> {
    let in_force = web.app.view().await.ok().map(|view| view.version.policy.version);
    let versions = web.app.versions().into_iter().map(|v| PolicyVersion {
        version: v.policy.version,
        effective_from: v.policy.effective_from.to_string(),
        published_at: v.published_at.to_string(),
        digest: HEXLOWER.encode(&v.policy.digest),
        in_force: in_force == Some(v.policy.version),
    });
    Ok(Json(PoliciesAnswer { versions: versions.collect() }))
}

/// Publish a version of the policy.
///
/// A policy with errors is not published; the problem document lists them.
#[utoipa::path(post, path = "/v1/policies", operation_id = "publish", tag = "administration", request_body = PublishBody,
    responses((status = 201, description = "It is published.", body = PublishAnswer)))]
pub(crate) async fn publish(
    State(web): State<Web>,
    Ask { caller, body }: Ask<PublishBody>,
) -> Result<(StatusCode, Json<PublishAnswer>), Failure> {
    let done = web.app.publish_files(&caller, body.files).await?;
    let published = done.outcome;
    let answer = PublishAnswer {
        version: published.version,
        effective_from: published.effective_from,
        digest: published.digest,
        receipt: done.receipt.into(),
    };
    Ok((StatusCode::CREATED, Json(answer)))
}
