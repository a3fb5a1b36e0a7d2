//! How are values replaced by right ones (clauses 4.1, 4.2, 5.6)?

use axum::Json;
use axum::extract::State;
use saqta_app::ahead::Errand;
use saqta_app::operations::rectify::Rectify;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::wire::{Receipt, Subject, Values, errand, purpose, source};
use crate::caller::{About, Ask, AskAbout};
use crate::problem::Failure;
use crate::routes::Web;

/// Which values, of whom.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RectifyBody {
    /// Of whom.
    subject: Subject,
    /// In which purpose's data.
    #[schema(example = "order")]
    purpose: String,
    /// The right values by attribute.
    #[schema(value_type = std::collections::BTreeMap<String, String>, example = json!({"phone": "+77000000002"}))]
    values: Values,
    /// Who says so: `subject` (when nothing is said), `representative`, `staff`, `import` or `other`.
    source: Option<String>,
}

impl About for RectifyBody {
    fn about(&self) -> Vec<Errand> {
        errand(&self.subject, &self.purpose).into_iter().collect()
    }
}

/// What came of it.
#[derive(Serialize, ToSchema)]
pub(crate) struct RectifyAnswer {
    /// False while the correction waits for the end of a block.
    applied: bool,
    /// Where the deed stands in the ledger.
    receipt: Receipt,
}

/// Replace values by right ones.
#[utoipa::path(post, path = "/v1/rectify", operation_id = "rectify", tag = "rights", request_body = RectifyBody,
    responses((status = 200, description = "Replaced, or waiting for the end of a block.", body = RectifyAnswer)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    AskAbout(Ask { caller, body }): AskAbout<RectifyBody>,
) -> Result<Json<RectifyAnswer>, Failure> {
    let request = Rectify {
        who: body.subject.who()?,
        purpose: purpose(&body.purpose)?,
        values: body.values.named()?,
        source: source(body.source.as_deref())?,
    };
    let done = web.app.rectify(&caller, &request).await?;
    Ok(Json(RectifyAnswer { applied: done.outcome.applied, receipt: done.receipt.into() }))
}
