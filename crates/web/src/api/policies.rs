//! How does a version of the policy come into being, and which versions are there (clauses 11.2, 11.3)?

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use data_encoding::HEXLOWER_PERMISSIVE;
use saqta_app::act::Done;
use saqta_app::admission::administers;
use saqta_app::error::Error;
use saqta_app::publication::Published;
use saqta_app::version_life::{VersionListed, VersionState};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::wire::{Receipt, Recorded};
use crate::caller::{Admitted, Ask};
use crate::problem::{Failure, Finding};
use crate::routes::Web;

/// Every version by its number.
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
    /// `draft` (it has errors), `checked` (it may be approved), `approved` (its day has not come), `effective`, `superseded`, or
    /// `cancelled` (called off before its day). Drafts are listed to administrators.
    #[schema(example = "effective")]
    state: &'static str,
    /// Whether it is in force now.
    in_force: bool,
    /// SHA-256 of its files, in hexadecimal; absent from a draft with errors.
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
    /// From when it is, was or wants to be in force.
    #[serde(skip_serializing_if = "Option::is_none")]
    effective_from: Option<String>,
    /// The same in the zone of its first jurisdiction.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-03-04T00:00:00+05:00[Asia/Almaty]")]
    effective_in_zone: Option<String>,
    /// When the next version takes, or took, its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    effective_until: Option<String>,
    /// Who approved it; told to administrators.
    #[serde(skip_serializing_if = "Option::is_none")]
    approved_by: Option<String>,
    /// When it was approved, and so published.
    #[serde(skip_serializing_if = "Option::is_none")]
    approved_at: Option<String>,
    /// Where its publication stands in the ledger.
    #[serde(skip_serializing_if = "Option::is_none")]
    receipt: Option<Receipt>,
    /// When it was called off.
    #[serde(skip_serializing_if = "Option::is_none")]
    cancelled_at: Option<String>,
    /// Who called it off; told to administrators.
    #[serde(skip_serializing_if = "Option::is_none")]
    cancelled_by: Option<String>,
    /// When a draft was kept.
    #[serde(skip_serializing_if = "Option::is_none")]
    kept_at: Option<String>,
    /// What is wrong with a draft, and what somebody should look at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    findings: Vec<Finding>,
}

impl From<VersionListed> for PolicyVersion {
    fn from(v: VersionListed) -> Self {
        Self {
            version: v.version,
            state: v.state.as_str(),
            in_force: v.state == VersionState::Effective,
            digest: v.digest,
            effective_from: v.effective_from.map(|at| at.to_string()),
            effective_in_zone: v.effective_in_zone,
            effective_until: v.effective_until.map(|at| at.to_string()),
            approved_by: v.approved_by,
            approved_at: v.approved_at.map(|at| at.to_string()),
            receipt: v.receipt.map(Into::into),
            cancelled_at: v.cancelled_at.map(|at| at.to_string()),
            cancelled_by: v.cancelled_by,
            kept_at: v.kept_at.map(|at| at.to_string()),
            findings: v.findings.iter().map(Finding::from).collect(),
        }
    }
}

/// A version with its files.
#[derive(Serialize, ToSchema)]
pub(crate) struct PolicyFiles {
    /// Where it stands.
    #[serde(flatten)]
    version: PolicyVersion,
    /// Their content by their names.
    files: BTreeMap<String, String>,
}

/// The files of a version, to be kept as a draft or to be published at once.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PublishBody {
    /// Their content by their names: `policy.toml` and the texts it names.
    files: BTreeMap<String, String>,
    /// Who approves them. With a name the version is published; without one it is kept as a draft.
    #[schema(example = "A. Sarsenova, director", min_length = 1, max_length = 200)]
    approved_by: Option<String>,
}

/// What is approved, and by whom.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ApprovalBody {
    /// The name of who approves.
    #[schema(example = "A. Sarsenova, director", min_length = 1, max_length = 200)]
    approved_by: String,
    /// The digest of the draft that was read, in hexadecimal.
    #[schema(min_length = 64, max_length = 64)]
    digest: String,
}

/// Who calls a version off.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CancellationBody {
    /// The name of who calls it off.
    #[schema(example = "A. Sarsenova, director", min_length = 1, max_length = 200)]
    cancelled_by: String,
}

/// What became of a version.
#[derive(Serialize, ToSchema)]
pub(crate) struct PublishAnswer {
    /// Its number.
    version: u32,
    /// `approved` or `effective` when it was published; `draft` or `checked` when it was kept.
    #[schema(example = "approved")]
    state: &'static str,
    /// From when it is, or wants to be, in force; absent from a draft with errors.
    #[serde(skip_serializing_if = "Option::is_none")]
    effective_from: Option<String>,
    /// The same in the zone of its first jurisdiction.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "2026-03-04T00:00:00+05:00[Asia/Almaty]")]
    effective_in_zone: Option<String>,
    /// SHA-256 of its files, in hexadecimal: what an approval names. Absent from a draft with errors.
    #[serde(skip_serializing_if = "Option::is_none")]
    digest: Option<String>,
    /// Where people read it; absent from a draft.
    #[serde(skip_serializing_if = "Option::is_none")]
    public: Option<String>,
    /// What is wrong with a draft, and what somebody should look at.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    findings: Vec<Finding>,
    /// Where the deed stands in the ledger.
    receipt: Receipt,
}

fn published(web: &Web, done: Done<Published>) -> (StatusCode, Json<PublishAnswer>) {
    let Done { receipt, outcome } = done;
    let base = web.settings.public_url.trim_end_matches('/');
    let answer = PublishAnswer {
        version: outcome.version,
        state: outcome.state.as_str(),
        effective_from: Some(outcome.effective_from),
        effective_in_zone: Some(outcome.effective_in_zone),
        digest: Some(outcome.digest),
        public: Some(format!("{base}/policy/v/{}", outcome.version)),
        findings: Vec::new(),
        receipt: receipt.into(),
    };
    (StatusCode::CREATED, Json(answer))
}

/// List the versions of the policy.
#[utoipa::path(get, path = "/v1/policies", operation_id = "policies", tag = "administration",
    responses((status = 200, description = "Every version by its number.", body = PoliciesAnswer)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    Admitted(caller): Admitted,
) -> Result<Json<PoliciesAnswer>, Failure> {
    let versions = web.app.list_versions(&caller).await?;
    Ok(Json(PoliciesAnswer { versions: versions.into_iter().map(PolicyVersion::from).collect() }))
}

/// Publish a version of the policy, or keep it as a draft.
///
/// With `approved_by` the files are checked, approved and published in one; a policy with errors is not published, and the
/// problem document lists them. Without it they are kept as the draft of the number they bear, in place of an earlier draft:
/// it decides nothing until it is approved.
#[utoipa::path(post, path = "/v1/policies", operation_id = "publish", tag = "administration", request_body = PublishBody,
    responses((status = 201, description = "It is published.", body = PublishAnswer),
        (status = 200, description = "It is kept as a draft.", body = PublishAnswer)))]
pub(crate) async fn publish(
    State(web): State<Web>,
    Ask { caller, body }: Ask<PublishBody>,
) -> Result<(StatusCode, Json<PublishAnswer>), Failure> {
    let PublishBody { files, approved_by } = body;
    if let Some(name) = approved_by {
        return Ok(published(&web, web.app.publish_files(&caller, files, &name).await?));
    }
    let Done { receipt, outcome } = web.app.keep_draft(&caller, files).await?;
    let kept = PolicyVersion::from(outcome.listed);
    let answer = PublishAnswer {
        version: kept.version,
        state: kept.state,
        effective_from: kept.effective_from,
        effective_in_zone: kept.effective_in_zone,
        digest: kept.digest,
        public: None,
        findings: kept.findings,
        receipt: receipt.into(),
    };
    Ok((StatusCode::OK, Json(answer)))
}

/// Read a published version with its files.
///
/// One that was called off before its day stays readable too.
#[utoipa::path(get, path = "/v1/policies/{version}", operation_id = "policy", tag = "administration",
    params(("version" = u32, Path, description = "Its number.", minimum = 1)),
    responses((status = 200, description = "The version.", body = PolicyFiles)))]
pub(crate) async fn one(
    State(web): State<Web>,
    Admitted(caller): Admitted,
    path: Result<Path<u32>, PathRejection>,
) -> Result<Json<PolicyFiles>, Failure> {
    administers(&caller)?;
    let number = path?.0;
    let listed = web.app.list_versions(&caller).await?;
    let listed = listed.into_iter().find(|v| v.version == number && v.approved_at.is_some());
    let files = web.app.version_files(number)?;
    Ok(Json(PolicyFiles { version: listed.ok_or(Error::NotFound)?.into(), files }))
}

/// Read a draft with its files.
#[utoipa::path(get, path = "/v1/policies/{version}/draft", operation_id = "draft", tag = "administration",
    params(("version" = u32, Path, description = "The number it bears.", minimum = 1)),
    responses((status = 200, description = "The draft.", body = PolicyFiles)))]
pub(crate) async fn draft(
    State(web): State<Web>,
    Admitted(caller): Admitted,
    path: Result<Path<u32>, PathRejection>,
) -> Result<Json<PolicyFiles>, Failure> {
    let draft = web.app.draft(&caller, path?.0).await?;
    Ok(Json(PolicyFiles { version: draft.listed.into(), files: draft.files }))
}

/// Let a draft go.
#[utoipa::path(delete, path = "/v1/policies/{version}/draft", operation_id = "drop_draft", tag = "administration",
    params(("version" = u32, Path, description = "The number it bears.", minimum = 1)),
    responses((status = 200, description = "It is gone.", body = Recorded)))]
pub(crate) async fn drop_draft(
    State(web): State<Web>,
    Admitted(caller): Admitted,
    path: Result<Path<u32>, PathRejection>,
) -> Result<Json<Recorded>, Failure> {
    let done = web.app.drop_draft(&caller, path?.0).await?;
    Ok(Json(Recorded { receipt: done.receipt.into() }))
}

/// Approve a draft, and so publish it.
///
/// Exactly the draft of that digest is approved: one that was replaced since is not.
#[utoipa::path(post, path = "/v1/policies/{version}/approval", operation_id = "approve", tag = "administration",
    params(("version" = u32, Path, description = "The number it bears.", minimum = 1)), request_body = ApprovalBody,
    responses((status = 201, description = "It is published.", body = PublishAnswer)))]
pub(crate) async fn approve(
    State(web): State<Web>,
    path: Result<Path<u32>, PathRejection>,
    Ask { caller, body }: Ask<ApprovalBody>,
) -> Result<(StatusCode, Json<PublishAnswer>), Failure> {
    administers(&caller)?;
    let digest = HEXLOWER_PERMISSIVE.decode(body.digest.as_bytes()).ok().and_then(|d| d.try_into().ok());
    let digest: [u8; 32] = digest.ok_or(Failure::Malformed("digest_malformed"))?;
    Ok(published(&web, web.app.approve(&caller, path?.0, digest, &body.approved_by).await?))
}

/// Call a published version off before its day comes.
///
/// It never comes into force, stays readable, and its number is used up. From a minute before its day on, only a version with a
/// higher number can take its place.
#[utoipa::path(post, path = "/v1/policies/{version}/cancellation", operation_id = "cancel_policy", tag = "administration",
    params(("version" = u32, Path, description = "Its number.", minimum = 1)), request_body = CancellationBody,
    responses((status = 200, description = "It is called off.", body = Recorded)))]
pub(crate) async fn cancel(
    State(web): State<Web>,
    path: Result<Path<u32>, PathRejection>,
    Ask { caller, body }: Ask<CancellationBody>,
) -> Result<Json<Recorded>, Failure> {
    let done = web.app.cancel_version(&caller, path?.0, &body.cancelled_by).await?;
    Ok(Json(Recorded { receipt: done.receipt.into() }))
}
