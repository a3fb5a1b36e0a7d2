//! How are values of one person taken out for a purpose (clauses 5.1 to 5.5, 7.1, 8.1)?

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use saqta_app::ahead::Errand;
use saqta_app::operations::retrieve::Retrieve;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::wire::{Receipt, Subject, attributes, clause_and_basis, errand, purpose, revealed};
use crate::caller::{About, Ask, AskAbout};
use crate::problem::Failure;
use crate::routes::Web;

/// What is wanted, of whom, for what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RetrieveBody {
    /// Of whom.
    subject: Subject,
    /// For what.
    #[schema(example = "order")]
    purpose: String,
    /// What. Anything that the purpose has no use for is refused as a whole.
    #[schema(example = json!(["full_name", "phone"]))]
    attributes: Vec<String>,
}

impl About for RetrieveBody {
    fn about(&self) -> Vec<Errand> {
        errand(&self.subject, &self.purpose).into_iter().collect()
    }
}

/// What was permitted and is held.
#[derive(Serialize, ToSchema)]
pub(crate) struct RetrieveAnswer {
    /// Of whom.
    subject: String,
    /// The values by attribute.
    values: BTreeMap<String, String>,
    /// The documents; each is opened by its id.
    documents: Vec<DocumentListed>,
    /// The clause that permitted it.
    #[schema(example = "6.4")]
    clause: String,
    /// The ground it stands on.
    #[schema(example = "contract")]
    basis: Option<String>,
    /// Where the deed stands in the ledger.
    receipt: Receipt,
}

/// A document that is held.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentListed {
    /// Its id.
    id: String,
    /// Which attribute it is.
    attribute: String,
    /// Its media type.
    media_type: String,
    /// Its size in bytes.
    bytes: u64,
}

/// Retrieve values of a person.
#[utoipa::path(post, path = "/v1/retrieve", operation_id = "retrieve", tag = "persons", request_body = RetrieveBody,
    responses((status = 200, description = "What was permitted and is held.", body = RetrieveAnswer)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    AskAbout(Ask { caller, body }): AskAbout<RetrieveBody>,
) -> Result<Json<RetrieveAnswer>, Failure> {
    let attributes = attributes(&body.attributes)?;
    let request = Retrieve { who: body.subject.who()?, purpose: purpose(&body.purpose)?, attributes };
    let done = web.app.retrieve(&caller, &request).await?;
    let found = done.outcome;
    let (clause, basis) = clause_and_basis(found.permit.reason());
    let documents = found.documents.iter().map(|(id, header)| DocumentListed {
        id: id.to_string(),
        attribute: header.attribute.clone(),
        media_type: header.media_type.clone(),
        bytes: header.bytes,
    });
    Ok(Json(RetrieveAnswer {
        subject: found.subject.to_string(),
        values: revealed(&found),
        documents: documents.collect(),
        clause,
        basis,
        receipt: done.receipt.into(),
    }))
}
