//! How is a hold placed that stops destruction, and how lifted (clauses 5.7, 6.3)?

use axum::Json;
use axum::extract::State;
use saqta_app::ahead::Errand;
use saqta_app::operations::hold::HoldRequest;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::wire::{Receipt, Subject, errand, instant, purpose, thing_id};
use crate::caller::{About, Ask, AskAbout};
use crate::problem::Failure;
use crate::routes::Web;

/// A hold to be placed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HoldBody {
    /// Whose data.
    subject: Subject,
    /// In which purpose's data.
    #[schema(example = "order")]
    purpose: String,
    /// The act or dispute it rests on.
    #[schema(example = "court order 7514-26")]
    ground: String,
    /// Until when, if an end is set (RFC 3339).
    until: Option<String>,
}

impl About for HoldBody {
    fn about(&self) -> Vec<Errand> {
        errand(&self.subject, &self.purpose).into_iter().collect()
    }
}

/// A hold to be lifted.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LiftHoldBody {
    /// Whose data.
    subject: Subject,
    /// In which purpose's data.
    purpose: String,
    /// The hold's id.
    hold: String,
}

impl About for LiftHoldBody {
    fn about(&self) -> Vec<Errand> {
        errand(&self.subject, &self.purpose).into_iter().collect()
    }
}

/// The hold in question.
#[derive(Serialize, ToSchema)]
pub(crate) struct HoldAnswer {
    /// Its id.
    hold: String,
    /// Where the deed stands in the ledger.
    receipt: Receipt,
}

/// Place a hold.
#[utoipa::path(post, path = "/v1/hold", operation_id = "hold", tag = "rights", request_body = HoldBody,
    responses((status = 200, description = "Nothing is destroyed while it stands.", body = HoldAnswer)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    AskAbout(Ask { caller, body }): AskAbout<HoldBody>,
) -> Result<Json<HoldAnswer>, Failure> {
    let (who, purpose) = (body.subject.who()?, purpose(&body.purpose)?);
    let place = HoldRequest::Place { ground: body.ground, until: instant(body.until.as_deref())? };
    let done = web.app.hold(&caller, &who, &purpose, &place).await?;
    Ok(Json(HoldAnswer { hold: done.outcome.hold, receipt: done.receipt.into() }))
}

/// Lift a hold.
#[utoipa::path(post, path = "/v1/lift-hold", operation_id = "lift_hold", tag = "rights", request_body = LiftHoldBody,
    responses((status = 200, description = "It is lifted.", body = HoldAnswer)))]
pub(crate) async fn lift(
    State(web): State<Web>,
    AskAbout(Ask { caller, body }): AskAbout<LiftHoldBody>,
) -> Result<Json<HoldAnswer>, Failure> {
    let (who, purpose) = (body.subject.who()?, purpose(&body.purpose)?);
    let done = web.app.hold(&caller, &who, &purpose, &HoldRequest::Lift(thing_id(&body.hold)?)).await?;
    Ok(Json(HoldAnswer { hold: done.outcome.hold, receipt: done.receipt.into() }))
}
