//! What has each clause of the policy decided so far (clause 3.2)?

use std::collections::BTreeSet;

use axum::Json;
use axum::extract::State;
use saqta_app::admission::administers;
use saqta_domain::terms::names::{Clause, Language};
use serde::Serialize;
use utoipa::ToSchema;

use crate::caller::Admitted;
use crate::problem::Failure;
use crate::routes::Web;

/// What every clause decided.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClausesAnswer {
    /// The clauses of the version in force, and those of earlier versions that decided something, in the order of their numbers.
    clauses: Vec<ClauseAnswer>,
    /// How many entries of the ledger are not counted yet; 0 where the figures are exact.
    not_counted: u64,
}

/// What one clause decided.
#[derive(Serialize, ToSchema)]
pub(crate) struct ClauseAnswer {
    /// Its number.
    #[schema(example = "5.2")]
    clause: String,
    /// How often it permitted something.
    permitted: u64,
    /// How often it refused something.
    refused: u64,
    /// When it last decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    last_at: Option<String>,
}

/// Count what each clause decided.
#[utoipa::path(get, path = "/v1/clauses", operation_id = "clauses", tag = "evidence",
    responses((status = 200, description = "The clauses with their figures.", body = ClausesAnswer)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    Admitted(caller): Admitted,
) -> Result<Json<ClausesAnswer>, Failure> {
    administers(&caller)?;
    let figures = web.app.all_clause_figures().await?;
    let version = web.app.view().await?.version;
    let documents = Language::ALL.iter().filter_map(|language| version.texts.document(*language));
    let written = documents.flat_map(|document| &document.clauses).map(|clause| clause.number.clone());
    let decided = figures.by_clause.keys().filter_map(|number| Clause::new(number));
    let clauses: BTreeSet<Clause> = written.chain(decided).collect();
    let clauses = clauses.into_iter().map(|clause| {
        let decided = figures.by_clause.get(clause.as_str()).copied().unwrap_or_default();
        ClauseAnswer {
            clause: clause.to_string(),
            permitted: decided.permitted,
            refused: decided.refused,
            last_at: decided.last.map(|at| at.to_string()),
        }
    });
    Ok(Json(ClausesAnswer { clauses: clauses.collect(), not_counted: figures.not_counted }))
}
