//! How is a person's answer to a consent text taken, without any value (clauses 4.1, 6.1)?

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use saqta_app::ahead::Errand;
use saqta_app::operations::collect::{Collect, Part};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::collect::{CollectAnswer, ConsentAnswer, collect};
use crate::api::wire::{Subject, errand, purpose, source};
use crate::caller::{About, Ask, AskAbout};
use crate::problem::Failure;
use crate::routes::Web;

/// Answers of a person to the consent text of a purpose.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConsentsBody {
    /// The person, if known already; somebody new otherwise.
    subject: Option<Subject>,
    /// To which purpose.
    #[schema(example = "marketing")]
    purpose: String,
    /// Who brought the answer: `subject` (when nothing is said), `representative`, `staff`, `import` or `other`.
    source: Option<String>,
    /// The answers, one for each channel where the policy asks per channel.
    #[schema(min_items = 1)]
    consents: Vec<ConsentAnswer>,
}

impl About for ConsentsBody {
    fn about(&self) -> Vec<Errand> {
        self.subject.iter().filter_map(|subject| errand(subject, &self.purpose)).collect()
    }
}

/// Record answers to a consent text.
///
/// A yes and a no are both recorded: who said no is not to be asked at every visit.
#[utoipa::path(post, path = "/v1/consents", operation_id = "take_consents", tag = "persons", request_body = ConsentsBody,
    responses((status = 201, description = "The answers are recorded.", body = CollectAnswer)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    AskAbout(Ask { caller, body }): AskAbout<ConsentsBody>,
) -> Result<(StatusCode, Json<CollectAnswer>), Failure> {
    if body.consents.is_empty() {
        return Err(Failure::Malformed("nothing_to_collect"));
    }
    let part = Part {
        purpose: purpose(&body.purpose)?,
        reference: String::new(),
        source: source(body.source.as_deref())?,
        values: Vec::new(),
        answers: body.consents.iter().map(ConsentAnswer::read).collect::<Result<_, _>>()?,
    };
    let subject = body.subject.map(Subject::who).transpose()?;
    collect(&web, &caller, Collect { subject, parts: vec![part] }).await
}
