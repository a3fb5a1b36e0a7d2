//! How is a person found by an e-mail address or another findable attribute (clauses 5.2, 5.5, 7.1)?

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::wire::{Receipt, attribute, purpose};
use crate::caller::{About, Ask, AskAbout};
use crate::problem::Failure;
use crate::routes::Web;
use saqta_app::act::Who;
use saqta_app::ahead::Errand;

/// By what somebody is to be found, and for what.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LookUpBody {
    /// For what.
    #[schema(example = "order")]
    purpose: String,
    /// By which attribute.
    #[schema(example = "email")]
    attribute: String,
    /// By which value of it.
    #[schema(example = "aigul@mail.example")]
    value: String,
}

impl About for LookUpBody {
    fn about(&self) -> Vec<Errand> {
        let (Ok(purpose), Ok(attribute)) = (purpose(&self.purpose), attribute(&self.attribute)) else {
            return Vec::new();
        };
        vec![Errand::For { purpose, who: Who::Identifier { attribute, value: self.value.clone() } }]
    }
}

/// Who was found.
#[derive(Serialize, ToSchema)]
pub(crate) struct LookUpAnswer {
    /// The person's id in this system.
    subject: String,
    /// Where the deed stands in the ledger.
    receipt: Receipt,
}

/// Find a person by a value.
///
/// Whether somebody is known is told only to a caller who may use that attribute for that purpose.
#[utoipa::path(post, path = "/v1/look-up", operation_id = "look_up", tag = "persons", request_body = LookUpBody,
    responses((status = 200, description = "Somebody was found.", body = LookUpAnswer)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    AskAbout(Ask { caller, body }): AskAbout<LookUpBody>,
) -> Result<Json<LookUpAnswer>, Failure> {
    let (purpose, attribute) = (purpose(&body.purpose)?, attribute(&body.attribute)?);
    let done = web.app.look_up(&caller, &purpose, &attribute, &body.value).await?;
    Ok(Json(LookUpAnswer { subject: done.outcome.to_string(), receipt: done.receipt.into() }))
}
