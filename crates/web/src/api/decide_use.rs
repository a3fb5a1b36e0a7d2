//! How does a caller ask whether a person's data may be used now (clauses 4.1, 5.2)?

use axum::Json;
use axum::extract::State;
use saqta_app::ahead::Errand;
use saqta_app::operations::decide_use::DecideUse;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::wire::{Receipt, Subject, attributes, channel, clause_and_basis, errand, purpose};
use crate::caller::{About, Ask, AskAbout};
use crate::problem::Failure;
use crate::routes::Web;

/// The question.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UseBody {
    /// Whose data.
    subject: Subject,
    /// For what.
    #[schema(example = "marketing")]
    purpose: String,
    /// Which data.
    #[serde(default)]
    #[schema(example = json!(["email"]))]
    attributes: Vec<String>,
    /// Through which channel, where consent is given per channel.
    #[schema(example = "email")]
    channel: Option<String>,
}

impl About for UseBody {
    fn about(&self) -> Vec<Errand> {
        errand(&self.subject, &self.purpose).into_iter().collect()
    }
}

/// The yes. A no is a problem document with status 403.
#[derive(Serialize, ToSchema)]
pub(crate) struct UseAnswer {
    /// Always true.
    allowed: bool,
    /// Whose.
    subject: String,
    /// The clause that permits it.
    clause: String,
    /// The ground it stands on.
    basis: Option<String>,
    /// Whether the law in force knows that ground.
    law_knows: bool,
    /// For advertising: the address for `List-Unsubscribe`, beside `List-Unsubscribe-Post: List-Unsubscribe=One-Click` (RFC 8058). One
    /// POST to it ends all advertising to the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "https://privacy.shop.example/my/ru/unsubscribe/AdkQ2m7p1qgYw3v0n8rT5cXh")]
    unsubscribe: Option<String>,
    /// Where the decision stands in the ledger.
    receipt: Receipt,
}

/// Ask whether data may be used.
///
/// No data come out. The decision is recorded as a use.
#[utoipa::path(post, path = "/v1/use", operation_id = "decide_use", tag = "persons", request_body = UseBody,
    responses((status = 200, description = "They may be used.", body = UseAnswer)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    AskAbout(Ask { caller, body }): AskAbout<UseBody>,
) -> Result<Json<UseAnswer>, Failure> {
    let request = DecideUse {
        who: body.subject.who()?,
        purpose: purpose(&body.purpose)?,
        attributes: attributes(&body.attributes)?,
        channel: channel(body.channel.as_deref())?,
    };
    let done = web.app.decide_use(&caller, &request).await?;
    let (clause, basis) = clause_and_basis(&done.outcome.reason);
    let law_knows = done.outcome.reason.law_knows;
    let advertises = request.channel.is_some();
    let address = || web.app.unsubscribe_address(done.outcome.subject, caller.language);
    let unsubscribe = advertises.then(address).transpose()?;
    let subject = done.outcome.subject.to_string();
    let receipt = done.receipt.into();
    Ok(Json(UseAnswer { allowed: true, subject, clause, basis, law_knows, unsubscribe, receipt }))
}
