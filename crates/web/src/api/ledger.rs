//! How does somebody check the ledger from outside (clause 3.2)?
//!
//! Checkpoints, the key they are signed with, and consistency proofs hold nothing of anybody and are open to all. An inclusion
//! proof has the leaf itself, so it is given to those who may see the decision.

use axum::Json;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use saqta_app::error::Error;
use saqta_app::evidence::InclusionProof;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::wire::receipt;
use crate::caller::Admitted;
use crate::problem::Failure;
use crate::routes::Web;

/// Which log.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CheckpointQuery {
    /// The log; that of the server that answers, when nothing is said.
    log: Option<i64>,
}

/// Which log, and between which sizes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConsistencyQuery {
    /// The log.
    log: i64,
    /// The smaller size.
    old: i64,
    /// The greater size.
    new: i64,
}

/// A proof that a leaf is in the log that a checkpoint names.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProofAnswer {
    /// The leaf's bytes, base64.
    leaf: String,
    /// Its index.
    index: i64,
    /// The hashes, base64, from the leaf up (RFC 6962).
    hashes: Vec<String>,
    /// The signed checkpoint.
    checkpoint: String,
    /// The key it is signed with, in the signed-note format.
    verifier_key: String,
}

impl From<InclusionProof> for ProofAnswer {
    fn from(proof: InclusionProof) -> Self {
        Self {
            leaf: proof.leaf,
            index: proof.index,
            hashes: proof.hashes,
            checkpoint: proof.checkpoint,
            verifier_key: proof.verifier_key,
        }
    }
}

/// A proof that the log of one size goes on from that of a smaller one.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConsistencyAnswer {
    /// The hashes, base64 (RFC 6962).
    hashes: Vec<String>,
}

/// Get the latest signed checkpoint.
#[utoipa::path(get, path = "/v1/ledger/checkpoint", operation_id = "checkpoint", tag = "evidence",
    params(("log" = Option<i64>, Query, description = "The log; that of the server that answers, when nothing is said.",
        minimum = 0)), security(()),
    responses((status = 200, description = "A signed note.", content_type = "text/plain", body = String)))]
pub(crate) async fn checkpoint(
    State(web): State<Web>,
    query: Result<Query<CheckpointQuery>, QueryRejection>,
) -> Result<String, Failure> {
    let wanted = query?.0.log;
    let mut checkpoint = web.app.checkpoint().await?;
    if let Some(log) = wanted
        && checkpoint.as_ref().is_none_or(|c| c.log_id != log)
    {
        checkpoint = web.app.checkpoint_of(log).await?;
    }
    Ok(checkpoint.ok_or(Error::NotFound)?.note)
}

/// Get the key that checkpoints are verified with.
#[utoipa::path(get, path = "/v1/ledger/key", operation_id = "verifier_key", tag = "evidence",
    params(("log" = Option<i64>, Query, description = "The log; the first, when nothing is said.", minimum = 0)),
    security(()),
    responses((status = 200, description = "The key, in the signed-note format.", content_type = "text/plain", body = String)))]
pub(crate) async fn key(
    State(web): State<Web>,
    query: Result<Query<CheckpointQuery>, QueryRejection>,
) -> Result<String, Failure> {
    Ok(web.app.verifier_key(query?.0.log.unwrap_or(1))?)
}

/// Prove that a decision is in the ledger.
#[utoipa::path(get, path = "/v1/ledger/proof/{receipt}", operation_id = "proof", tag = "evidence",
    params(("receipt" = String, Path, description = "Log and index of a receipt, such as `1-42`.", example = "1-42")),
    responses((status = 200, description = "The proof.", body = ProofAnswer)))]
pub(crate) async fn proof(
    State(web): State<Web>,
    Admitted(caller): Admitted,
    path: Result<Path<String>, PathRejection>,
) -> Result<Json<ProofAnswer>, Failure> {
    Ok(Json(web.app.prove(&caller, receipt(&path?.0)?).await?.into()))
}

/// Prove that the ledger only grew.
#[utoipa::path(get, path = "/v1/ledger/consistency", operation_id = "consistency", tag = "evidence",
    params(("log" = i64, Query, description = "The log.", minimum = 0),
        ("old" = i64, Query, description = "The smaller size.", minimum = 1),
        ("new" = i64, Query, description = "The greater size.", minimum = 1)), security(()),
    responses((status = 200, description = "The proof.", body = ConsistencyAnswer)))]
pub(crate) async fn consistency(
    State(web): State<Web>,
    query: Result<Query<ConsistencyQuery>, QueryRejection>,
) -> Result<Json<ConsistencyAnswer>, Failure> {
    let Query(ConsistencyQuery { log, old, new }) = query?;
    Ok(Json(ConsistencyAnswer { hashes: web.app.prove_consistency(log, old, new).await? }))
}
