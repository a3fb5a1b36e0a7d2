//! How are a person's data collected over HTTP (clauses 3.1, 4.1, 5.1, 5.5, 6, 8.1)?

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use data_encoding::HEXLOWER_PERMISSIVE;
use saqta_app::ahead::Errand;
use saqta_app::error::Error;
use saqta_app::operations::collect::{Answer, Collect, Part};
use saqta_app::operations::consent_record::with_signal;
use saqta_domain::terms::consent::GivenBy;
use saqta_domain::terms::names::Language;
use saqta_domain::terms::subject::SubjectId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::consent_record::RECORD;
use crate::api::wire::{Receipt, Subject, Values, channel, errand, purpose, source, uuid};
use crate::caller::{About, Ask, AskAbout};
use crate::problem::Failure;
use crate::routes::Web;

/// What is collected, and of whom.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CollectBody {
    /// The person, if known already; somebody new otherwise.
    subject: Option<Subject>,
    /// Purpose by purpose; all of it is collected, or nothing.
    #[schema(min_items = 1)]
    parts: Vec<CollectPart>,
}

impl About for CollectBody {
    fn about(&self) -> Vec<Errand> {
        let Some(subject) = &self.subject else { return Vec::new() };
        self.parts.iter().filter_map(|part| errand(subject, &part.purpose)).collect()
    }
}

/// What is collected for one purpose.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CollectPart {
    /// For what.
    #[schema(example = "order")]
    purpose: String,
    /// The evidence of the ground, such as an order's number; not needed where consent is the ground.
    #[schema(example = "A-1001")]
    reference: Option<String>,
    /// Who supplied the values: `subject` (when nothing is said), `representative`, `staff`, `import` or `other`.
    #[schema(example = "subject")]
    source: Option<String>,
    /// The values by attribute.
    #[serde(default)]
    #[schema(value_type = std::collections::BTreeMap<String, String>, example = json!({"phone": "+77000000002"}))]
    values: Values,
    /// Answers to the purpose's consent text.
    #[serde(default)]
    consents: Vec<ConsentAnswer>,
}

/// A person's answer to a consent text.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConsentAnswer {
    /// Through which channel it speaks, where the policy asks per channel.
    #[schema(example = "email")]
    channel: Option<String>,
    /// Yes or no.
    given: bool,
    /// SHA-256 of the text that was shown, in hexadecimal; `/policy.json` has it for each text.
    #[schema(min_length = 64, max_length = 64)]
    text_digest: String,
    /// In which language it was shown: `kk`, `ru` or `en`.
    #[schema(example = "kk")]
    language: String,
    /// Where the proof lies: a form, a page, a paper's number. Never a personal value.
    #[schema(example = "checkout form, order A-1001")]
    evidence: String,
    /// Who gave it: `subject` (when nothing is said), `together` with a parent, or a parent as `representative`. Below 18 a yes of the
    /// person alone is refused, as far as a date of birth is known; how the parent was known belongs to the evidence.
    #[schema(example = "subject")]
    given_by: Option<String>,
    /// Whether the browser asked not to be tracked: `Sec-GPC: 1`, or `navigator.globalPrivacyControl`. It is kept with the evidence.
    #[serde(default)]
    gpc: bool,
}

/// Who it was.
#[derive(Serialize, ToSchema)]
pub(crate) struct CollectAnswer {
    /// The person's id in this system.
    #[schema(example = "a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7")]
    subject: String,
    /// Whether the person was new.
    new: bool,
    /// Where the deed stands in the ledger.
    receipt: Receipt,
    /// What can be shown later, for each answer to a consent text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    consents: Vec<ConsentTaken>,
}

/// An answer to a consent text that is on record.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConsentTaken {
    /// To which purpose.
    #[schema(example = "marketing")]
    purpose: String,
    /// For which channel.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "email")]
    channel: Option<String>,
    /// Yes or no.
    given: bool,
    /// The id of the record that has it.
    #[schema(example = "a7a7a7a7-a7a7-87a7-a7a7-a7a7a7a7a7a7")]
    record: String,
    /// Where the record is asked for, with the person in the body.
    #[schema(example = "/v1/consents/record")]
    record_at: &'static str,
}

impl CollectPart {
    fn read(self) -> Result<Part, Failure> {
        Ok(Part {
            purpose: purpose(&self.purpose)?,
            reference: self.reference.unwrap_or_default(),
            source: source(self.source.as_deref())?,
            values: self.values.named()?,
            answers: self.consents.iter().map(ConsentAnswer::read).collect::<Result<_, _>>()?,
        })
    }
}

impl ConsentAnswer {
    /// As the operations want to have it.
    pub(crate) fn read(&self) -> Result<Answer, Failure> {
        let digest = HEXLOWER_PERMISSIVE.decode(self.text_digest.as_bytes());
        let digest = digest.ok().and_then(|d| d.try_into().ok());
        Ok(Answer {
            channel: channel(self.channel.as_deref())?,
            given: self.given,
            text_digest: digest.ok_or(Failure::Malformed("digest_malformed"))?,
            language: Language::from_tag(&self.language).ok_or(Failure::Malformed("language_unknown"))?,
            evidence: if self.gpc { with_signal(&self.evidence) } else { self.evidence.clone() },
            by: match &self.given_by {
                None => GivenBy::Subject,
                Some(word) => GivenBy::from_word(word).ok_or(Failure::Malformed("given_by_unknown"))?,
            },
            given_at: None,
        })
    }
}

/// Collect values of a person.
///
/// One request may speak for several purposes, as a checkout does. Each purpose is decided for itself, and all of them happen or
/// none does.
#[utoipa::path(post, path = "/v1/collect", operation_id = "collect", tag = "persons", request_body = CollectBody,
    responses((status = 201, description = "It was collected.", body = CollectAnswer)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    AskAbout(Ask { caller, body }): AskAbout<CollectBody>,
) -> Result<(StatusCode, Json<CollectAnswer>), Failure> {
    let subject = body.subject.map(Subject::who).transpose()?;
    let parts = body.parts.into_iter().map(CollectPart::read).collect::<Result<_, _>>()?;
    collect(&web, &caller, Collect { subject, parts }).await
}

/// Collects, and says who it was.
pub(crate) async fn collect(
    web: &Web,
    caller: &saqta_app::act::Caller,
    request: Collect,
) -> Result<(StatusCode, Json<CollectAnswer>), Failure> {
    let done = web.app.collect(caller, &request).await?;
    let (subject, new) = (done.outcome.subject, done.outcome.new);
    let consents = taken(web, &subject, &request)?;
    Ok((StatusCode::CREATED, Json(CollectAnswer { subject, new, receipt: done.receipt.into(), consents })))
}

/// What the answers of a request can be shown by.
fn taken(web: &Web, subject: &str, request: &Collect) -> Result<Vec<ConsentTaken>, Failure> {
    let subject = SubjectId::from_hex(subject).ok_or(Error::Unreadable)?;
    let mut taken = Vec::new();
    for part in request.parts.iter().filter(|part| !part.answers.is_empty()) {
        let record = uuid(web.app.consent_record_id(subject, &part.purpose)?);
        taken.extend(part.answers.iter().map(|answer| ConsentTaken {
            purpose: part.purpose.to_string(),
            channel: answer.channel.as_ref().map(ToString::to_string),
            given: answer.given,
            record: record.clone(),
            record_at: RECORD,
        }));
    }
    Ok(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_64_hexadecimal_digits_and_a_language_one_of_three() {
        let answer = |digest: &str, language: &str| ConsentAnswer {
            channel: None,
            given: true,
            text_digest: digest.to_owned(),
            language: language.to_owned(),
            evidence: "form".to_owned(),
            given_by: None,
            gpc: false,
        };
        assert!(answer(&"aB".repeat(32), "ru-KZ").read().is_ok());
        assert!(answer(&"ab".repeat(31), "ru").read().is_err());
        assert!(answer(&"zz".repeat(32), "ru").read().is_err());
        assert!(answer(&"ab".repeat(32), "de").read().is_err());
    }
}
