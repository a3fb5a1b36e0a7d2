//! How is a consent taken back (clauses 3.1, 4.1, 7.4)?

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::wire::{GoesOn, Receipt, Subject, channel, errand, purpose};
use crate::caller::{About, Ask, AskAbout};
use crate::problem::Failure;
use crate::routes::Web;
use saqta_app::ahead::Errand;

/// Which consent, of whom.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct WithdrawBody {
    /// Of whom.
    subject: Subject,
    /// To what.
    #[schema(example = "marketing")]
    purpose: String,
    /// For which channel; for every channel, when nothing is said.
    #[schema(example = "sms")]
    channel: Option<String>,
}

impl About for WithdrawBody {
    fn about(&self) -> Vec<Errand> {
        errand(&self.subject, &self.purpose).into_iter().collect()
    }
}

/// What goes on all the same.
#[derive(Serialize, ToSchema)]
pub(crate) struct WithdrawAnswer {
    /// Purpose by purpose: what the person is told.
    purposes: Vec<GoesOn>,
    /// Where the deed stands in the ledger.
    receipt: Receipt,
}

/// Take a consent back.
#[utoipa::path(post, path = "/v1/withdraw", operation_id = "withdraw", tag = "rights", request_body = WithdrawBody,
    responses((status = 200, description = "It is taken back.", body = WithdrawAnswer)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    AskAbout(Ask { caller, body }): AskAbout<WithdrawBody>,
) -> Result<Json<WithdrawAnswer>, Failure> {
    let (who, purpose) = (body.subject.who()?, purpose(&body.purpose)?);
    let channel = channel(body.channel.as_deref())?;
    let done = web.app.withdraw(&caller, &who, &purpose, channel.as_ref()).await?;
    let purposes = done.outcome.purposes.into_iter().map(GoesOn::from).collect();
    Ok(Json(WithdrawAnswer { purposes, receipt: done.receipt.into() }))
}
