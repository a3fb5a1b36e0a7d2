//! How is a visitor's record joined with a customer's (clauses 1.1, 1.2, 5.3)?

use axum::Json;
use axum::extract::State;
use saqta_app::ahead::Errand;
use saqta_app::operations::link::Link;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::wire::{Recorded, SubjectById, errand_by_id, purpose};
use crate::caller::{About, Ask, AskAbout};
use crate::problem::Failure;
use crate::routes::Web;

/// Which two records.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LinkBody {
    /// The visitor, whose record ends.
    visitor: SubjectById,
    /// The customer, whose record goes on.
    customer: SubjectById,
    /// The purpose the visitor is known under.
    #[schema(example = "site_visit")]
    from: String,
    /// The purpose that stands on its ground for the customer.
    #[schema(example = "order")]
    to: String,
}

impl About for LinkBody {
    fn about(&self) -> Vec<Errand> {
        let (visitor, customer) = (&self.visitor, &self.customer);
        let of = [
            errand_by_id(visitor, &self.from),
            errand_by_id(customer, &self.to),
            errand_by_id(customer, &self.from),
        ];
        of.into_iter().flatten().collect()
    }
}

/// Join a visitor's record with a customer's.
#[utoipa::path(post, path = "/v1/link", operation_id = "link", tag = "persons", request_body = LinkBody,
    responses((status = 200, description = "They are one.", body = Recorded)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    AskAbout(Ask { caller, body }): AskAbout<LinkBody>,
) -> Result<Json<Recorded>, Failure> {
    let request = Link {
        visitor: body.visitor.id()?,
        customer: body.customer.id()?,
        from: purpose(&body.from)?,
        to: purpose(&body.to)?,
    };
    let done = web.app.link(&caller, &request).await?;
    Ok(Json(Recorded { receipt: done.receipt.into() }))
}
