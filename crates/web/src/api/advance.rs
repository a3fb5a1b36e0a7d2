//! How is the system told that something happened in the business (clauses 5.7, 7.9, 7.10)?

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use saqta_app::ahead::Errand;
use saqta_app::operations::advance::Happened;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::wire::{Receipt, SubjectById, event};
use crate::caller::{About, Ask, AskAbout};
use crate::problem::Failure;
use crate::routes::Web;

/// Something that happened.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct EventBody {
    /// To whom.
    subject: SubjectById,
    /// What, in the policy's words.
    #[schema(example = "order.closed")]
    event: String,
    /// To which order, act or publication.
    #[schema(example = "A-1001")]
    reference: String,
}

impl About for EventBody {
    fn about(&self) -> Vec<Errand> {
        let (Ok(subject), Ok(event)) = (self.subject.id(), event(&self.event)) else { return Vec::new() };
        vec![Errand::Event { event, subject }]
    }
}

/// What it changed.
#[derive(Serialize, ToSchema)]
pub(crate) struct EventAnswer {
    /// Purposes that it opened.
    opened: Vec<String>,
    /// Purposes that it ended, each with the end of the term for which data are kept.
    ended: BTreeMap<String, String>,
    /// Where the deed stands in the ledger.
    receipt: Receipt,
}

/// Tell an event that starts or ends purposes.
#[utoipa::path(post, path = "/v1/events", operation_id = "advance", tag = "persons", request_body = EventBody,
    responses((status = 200, description = "What it changed.", body = EventAnswer)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    AskAbout(Ask { caller, body }): AskAbout<EventBody>,
) -> Result<Json<EventAnswer>, Failure> {
    let (subject, event) = (body.subject.id()?, event(&body.event)?);
    let done = web.app.advance(&caller, &Happened { subject, event, reference: body.reference }).await?;
    let (opened, ended) = (done.outcome.opened, done.outcome.ended);
    Ok(Json(EventAnswer { opened, ended, receipt: done.receipt.into() }))
}
