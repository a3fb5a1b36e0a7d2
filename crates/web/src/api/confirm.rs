//! How is it recorded that values were confirmed to be right (clause 5.6)?

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::wire::{Recorded, Subject, attributes, errand, purpose};
use crate::caller::{About, Ask, AskAbout};
use crate::problem::Failure;
use crate::routes::Web;
use saqta_app::ahead::Errand;

/// Which values, of whom.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfirmBody {
    /// Of whom.
    subject: Subject,
    /// In which purpose's data.
    #[schema(example = "order")]
    purpose: String,
    /// Which attributes.
    #[schema(example = json!(["phone"]))]
    attributes: Vec<String>,
}

impl About for ConfirmBody {
    fn about(&self) -> Vec<Errand> {
        errand(&self.subject, &self.purpose).into_iter().collect()
    }
}

/// Record that values are still right.
#[utoipa::path(post, path = "/v1/confirm", operation_id = "confirm", tag = "rights", request_body = ConfirmBody,
    responses((status = 200, description = "It is recorded.", body = Recorded)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    AskAbout(Ask { caller, body }): AskAbout<ConfirmBody>,
) -> Result<Json<Recorded>, Failure> {
    let (who, purpose) = (body.subject.who()?, purpose(&body.purpose)?);
    let done = web.app.confirm(&caller, &who, &purpose, &attributes(&body.attributes)?).await?;
    Ok(Json(Recorded { receipt: done.receipt.into() }))
}
