//! How is it told, for whoever asks for proof, what a person answered to the consent texts of a purpose (clauses 3.2, 4.1, 6.1)?

mod dpv;
mod kantara;
mod receipt;

use axum::Json;
use axum::extract::State;
use saqta_app::ahead::Errand;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::api::wire::{Receipt, Subject, errand, purpose};
use crate::caller::{About, Ask, AskAbout};
use crate::problem::Failure;
use crate::routes::Web;

/// Where it is asked for.
pub(crate) const RECORD: &str = "/v1/consents/record";

/// Whose answers, to which purpose, and in which form.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConsentRecordBody {
    /// Whose.
    subject: Subject,
    /// To which purpose.
    #[schema(example = "marketing")]
    purpose: String,
    /// `record` (when nothing is said), `receipt` or `kantara`.
    #[serde(default)]
    #[schema(value_type = String, example = "receipt")]
    form: Form,
}

impl About for ConsentRecordBody {
    fn about(&self) -> Vec<Errand> {
        errand(&self.subject, &self.purpose).into_iter().collect()
    }
}

/// The forms in which it is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Form {
    /// ISO/IEC TS 27560 in the words of the W3C's Data Privacy Vocabulary.
    #[default]
    Record,
    /// A copy of the record for whoever keeps it, signed.
    Receipt,
    /// Kantara consent receipts 1.1.
    Kantara,
}

/// What was answered, without a value of the person and without their id.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConsentRecordAnswer {
    /// The form.
    #[schema(value_type = String, example = "receipt")]
    form: Form,
    /// The record or the receipt as JSON-LD; in Kantara's form a list, one for each channel with a yes.
    document: Value,
    /// The receipt as JSON Web Signature (Ed25519). Its key stands at `/.well-known/privacy-operations.json`.
    #[serde(skip_serializing_if = "Option::is_none")]
    jws: Option<String>,
    /// The clause by which it is told.
    #[schema(example = "3.2")]
    clause: String,
    /// Where the look stands in the ledger.
    receipt: Receipt,
}

/// Tell what a person answered to the consent texts of a purpose, as record or signed receipt.
///
/// Also what was refused, withdrawn or is over. It is a look at a person like any other.
#[utoipa::path(post, path = "/v1/consents/record", operation_id = "consent_record", tag = "evidence",
    request_body = ConsentRecordBody,
    responses((status = 200, description = "What was answered.", body = ConsentRecordAnswer)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    AskAbout(Ask { caller, body }): AskAbout<ConsentRecordBody>,
) -> Result<Json<ConsentRecordAnswer>, Failure> {
    let (who, purpose) = (body.subject.who()?, purpose(&body.purpose)?);
    let done = web.app.consent_record(&caller, &who, &purpose).await?;
    let (told, receipt) = (done.outcome, Receipt::from(done.receipt));
    let host = web.settings.public_url.trim_end_matches('/');
    let (document, jws) = match body.form {
        Form::Record => (dpv::record(&told, host), None),
        Form::Kantara => (kantara::receipts(&told, host), None),
        Form::Receipt => {
            let document = receipt::document(&told, receipt, host);
            let bytes = serde_json::to_vec(&document).map_err(|_| Failure::Broken("a consent receipt"))?;
            let jws = web.app.sign_receipt(&bytes)?;
            (document, Some(jws))
        }
    };
    Ok(Json(ConsentRecordAnswer { form: body.form, document, jws, clause: told.clause.to_string(), receipt }))
}
