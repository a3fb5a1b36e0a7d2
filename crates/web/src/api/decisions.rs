//! How does somebody ask why a thing was done or refused (clauses 3.2, 8.1)?

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use saqta_app::act::Caller;
use saqta_app::evidence::Decision;
use saqta_app::leaf::Leaf;
use saqta_domain::terms::names::{AttributeName, Clause, Language, PurposeName};
use saqta_domain::terms::operation::Operation;
use saqta_domain::terms::refusal::{Refusal, RefusalCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::wire::{Receipt, Subject, purpose, receipt};
use crate::caller::{Admitted, Ask};
use crate::problem::Failure;
use crate::routes::Web;

/// About whom, and how far back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecisionsBody {
    /// About whom.
    subject: Subject,
    /// In which purpose's compartment.
    #[schema(example = "order")]
    purpose: String,
    /// Only what stands before this: the receipt of the last decision of the page before.
    before: Option<Receipt>,
    /// How many; 50 when nothing is said, and never more than 200.
    #[schema(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// Decisions, the latest first.
#[derive(Serialize, ToSchema)]
pub(crate) struct DecisionsAnswer {
    /// The decisions.
    decisions: Vec<DecisionAnswer>,
}

/// One decision, and why it was so.
#[derive(Serialize, ToSchema)]
pub(crate) struct DecisionAnswer {
    /// Where it stands in the ledger.
    receipt: Receipt,
    /// When.
    #[schema(example = "2026-01-12T09:30:00Z")]
    at: String,
    /// What was to be done.
    #[schema(example = "retrieval")]
    operation: String,
    /// Whether it was permitted.
    permitted: bool,
    /// Why it was refused: a stable word.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    /// The clause it was decided by.
    #[serde(skip_serializing_if = "Option::is_none")]
    clause: Option<String>,
    /// The ground it stands on.
    #[serde(skip_serializing_if = "Option::is_none")]
    basis: Option<String>,
    /// Whether the law in force knew that ground.
    #[serde(skip_serializing_if = "Option::is_none")]
    law_knows: Option<bool>,
    /// For what.
    #[serde(skip_serializing_if = "Option::is_none")]
    purpose: Option<String>,
    /// With which attributes.
    attributes: Vec<String>,
    /// Who did it.
    actor: String,
    /// Through what: `api`, `cli`, `import` or `job`.
    channel: String,
    /// The version of the policy it was decided under.
    policy_version: u32,
    /// The law it was decided under.
    law: String,
    /// What else the ledger says.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// How far a destruction has come: `erased`, `key_destroyed` or `completed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    destruction: Option<String>,
    /// The same in words, in the caller's language.
    told: DecisionTold,
}

/// A decision in words.
#[derive(Serialize, ToSchema)]
pub(crate) struct DecisionTold {
    /// What happened.
    what: String,
    /// What would have been needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    needs: Option<String>,
}

fn answer(web: &Web, caller: &Caller, decision: Decision) -> DecisionAnswer {
    let leaf = decision.leaf;
    DecisionAnswer {
        told: told(web, &leaf, caller.language),
        receipt: decision.receipt.into(),
        at: decision.at.to_string(),
        operation: leaf.operation,
        permitted: leaf.permitted,
        code: leaf.refusal,
        clause: leaf.clause,
        basis: leaf.basis,
        law_knows: leaf.law_knows,
        purpose: leaf.purpose,
        attributes: leaf.attributes,
        actor: leaf.actor,
        channel: leaf.channel,
        policy_version: leaf.policy_version,
        law: leaf.law,
        detail: leaf.detail,
        destruction: decision.destruction.map(|d| d.as_str().to_owned()),
    }
}

fn told(web: &Web, leaf: &Leaf, language: Language) -> DecisionTold {
    let words = web.app.words();
    if let Some(refusal) = refusal(leaf) {
        let told = words.refusal(&refusal, language);
        return DecisionTold { what: told.what, needs: Some(told.needs) };
    }
    let operation = match Operation::from_word(&leaf.operation) {
        Some(operation) => words.operation(operation, language),
        None => leaf.operation.clone(),
    };
    let what = words.told("decision-done", language, &[("operation", operation.as_str())]);
    let clause = leaf.clause.as_deref().and_then(Clause::new);
    let clause = clause.map(|c| format!(" ({})", words.clause(&c, language))).unwrap_or_default();
    DecisionTold { what: format!("{what}{clause}"), needs: None }
}

/// The refusal that a leaf records, as far as it says.
fn refusal(leaf: &Leaf) -> Option<Refusal> {
    let word = leaf.refusal.as_deref()?;
    let code = RefusalCode::ALL.iter().find(|code| code.as_str() == word)?;
    Some(Refusal {
        code: *code,
        clause: leaf.clause.as_deref().and_then(Clause::new)?,
        rule: "",
        purpose: leaf.purpose.as_deref().and_then(|p| PurposeName::new(p).ok()),
        attributes: leaf.attributes.iter().filter_map(|a| AttributeName::new(a).ok()).collect(),
    })
}

/// Ask what was decided about a person.
#[utoipa::path(post, path = "/v1/decisions", operation_id = "decisions", tag = "evidence", request_body = DecisionsBody,
    responses((status = 200, description = "The decisions, the latest first.", body = DecisionsAnswer)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    Ask { caller, body }: Ask<DecisionsBody>,
) -> Result<Json<DecisionsAnswer>, Failure> {
    let (who, purpose) = (body.subject.who()?, purpose(&body.purpose)?);
    let (before, limit) = (body.before.map(Into::into), body.limit.unwrap_or(50));
    let found = web.app.decisions_about(&caller, &who, &purpose, before, limit).await?;
    let decisions = found.into_iter().map(|decision| answer(&web, &caller, decision)).collect();
    Ok(Json(DecisionsAnswer { decisions }))
}

/// Ask about one decision.
#[utoipa::path(get, path = "/v1/decisions/{receipt}", operation_id = "decision", tag = "evidence",
    params(("receipt" = String, Path, description = "Log and index of a receipt, such as `1-42`.", example = "1-42")),
    responses((status = 200, description = "The decision.", body = DecisionAnswer)))]
pub(crate) async fn one(
    State(web): State<Web>,
    Admitted(caller): Admitted,
    path: Result<Path<String>, PathRejection>,
) -> Result<Json<DecisionAnswer>, Failure> {
    let decision = web.app.decision(&caller, receipt(&path?.0)?).await?;
    Ok(Json(answer(&web, &caller, decision)))
}
