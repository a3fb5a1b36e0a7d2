//! How is a document of a person taken in, and how opened (clauses 3.1, 7.1)?

use axum::Json;
use axum::extract::State;
use axum::extract::multipart::{Field, Multipart, MultipartError};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use saqta_app::admission::sha256;
use saqta_app::ahead::Errand;
use saqta_app::operations::keep_document::KeepDocument;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use zeroize::Zeroizing;

use crate::api::wire::{Receipt, SubjectById, attribute, errand_by_id, purpose, thing_id};
use crate::caller::{About, Ask, AskAbout, Sender};
use crate::problem::Failure;
use crate::problem::json::read_json;
use crate::routes::Web;

/// What a document is, and whose.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DocumentDescribed {
    /// Whose it is.
    subject: SubjectById,
    /// For what.
    #[schema(example = "service_book")]
    purpose: String,
    /// Which attribute it is.
    #[schema(example = "contract_scan")]
    attribute: String,
    /// The evidence of the ground, where it is not consent.
    reference: Option<String>,
}

/// A form of two parts.
#[derive(ToSchema)]
#[expect(dead_code, reason = "the form is read part by part; this is its description")]
pub(crate) struct DocumentForm {
    /// What it is, as JSON. It comes first.
    request: DocumentDescribed,
    /// The document: `application/pdf`, `image/jpeg`, `image/png` or `text/plain`, named by the part's `Content-Type`. A file name
    /// is not read.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// The document that was kept.
#[derive(Serialize, ToSchema)]
pub(crate) struct DocumentAnswer {
    /// Its id.
    document: String,
    /// Where the deed stands in the ledger.
    receipt: Receipt,
}

/// Which document, of whom.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct OpenDocumentBody {
    /// Whose it is.
    subject: SubjectById,
    /// For what.
    purpose: String,
    /// Which attribute it is.
    attribute: String,
    /// The document's id.
    document: String,
}

impl About for OpenDocumentBody {
    fn about(&self) -> Vec<Errand> {
        errand_by_id(&self.subject, &self.purpose).into_iter().collect()
    }
}

struct Form {
    described: Vec<u8>,
    media_type: String,
    content: Zeroizing<Vec<u8>>,
}

impl Form {
    async fn read(mut multipart: Multipart) -> Result<Self, Failure> {
        let (mut described, mut file) = (None, None);
        while let Some(field) = multipart.next_field().await.map_err(broken)? {
            match field.name() {
                Some("request") if described.is_none() => described = Some(bytes(field).await?.to_vec()),
                Some("file") if file.is_none() => {
                    let essence = field.content_type().and_then(|t| t.split(';').next()).unwrap_or_default();
                    let media_type = essence.trim().to_ascii_lowercase();
                    file = Some((media_type, bytes(field).await?));
                }
                _ => return Err(Failure::Malformed("form_malformed")),
            }
        }
        let (Some(described), Some((media_type, content))) = (described, file) else {
            return Err(Failure::Malformed("form_malformed"));
        };
        Ok(Self { described, media_type, content })
    }

    /// What the form says. Its own bytes would be different each time it is sent, by the boundary between the parts.
    fn digest(&self) -> [u8; 32] {
        let parts = [sha256(&self.described), sha256(&self.content), sha256(self.media_type.as_bytes())];
        sha256(&parts.concat())
    }
}

async fn bytes(mut field: Field<'_>) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let mut content = Zeroizing::new(Vec::new());
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        content.extend_from_slice(&chunk);
    }
    Ok(content)
}

fn broken(error: MultipartError) -> Failure {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failure::TooLarge,
        _ => Failure::Malformed("form_malformed"),
    }
}

/// Keep a document.
#[utoipa::path(post, path = "/v1/documents", operation_id = "keep_document", tag = "documents",
    request_body(content = DocumentForm, content_type = "multipart/form-data"),
    responses((status = 201, description = "It is kept.", body = DocumentAnswer)))]
pub(crate) async fn handler(
    State(web): State<Web>,
    sender: Sender,
    multipart: Result<Multipart, axum::extract::multipart::MultipartRejection>,
) -> Result<(StatusCode, Json<DocumentAnswer>), Failure> {
    let form = Form::read(multipart.map_err(|_| Failure::MediaType)?).await?;
    let described: DocumentDescribed = read_json(&form.described)?;
    let caller = sender.saying(|| form.digest());
    let request = KeepDocument {
        subject: described.subject.id()?,
        purpose: purpose(&described.purpose)?,
        attribute: attribute(&described.attribute)?,
        reference: described.reference.unwrap_or_default(),
        media_type: form.media_type,
        content: form.content,
    };
    let done = web.app.keep_document(&caller, &request).await?;
    let answer = DocumentAnswer { document: done.outcome.document, receipt: done.receipt.into() };
    Ok((StatusCode::CREATED, Json(answer)))
}

/// Open a document.
///
/// It is answered as an attachment, so that nothing shows or runs it inside a page.
#[utoipa::path(post, path = "/v1/documents/open", operation_id = "open_document", tag = "documents",
    request_body = OpenDocumentBody,
    responses((status = 200, description = "The document.", content_type = "application/octet-stream", body = Vec<u8>)))]
pub(crate) async fn open(
    State(web): State<Web>,
    AskAbout(Ask { caller, body }): AskAbout<OpenDocumentBody>,
) -> Result<Response, Failure> {
    let (subject, id) = (body.subject.id()?, thing_id(&body.document)?);
    let (purpose, attribute) = (purpose(&body.purpose)?, attribute(&body.attribute)?);
    let done = web.app.open_document(&caller, subject, &purpose, &attribute, id).await?;
    let media_type = HeaderValue::from_str(&done.outcome.header.media_type)
        .unwrap_or(HeaderValue::from_static("application/octet-stream"));
    let headers = [(CONTENT_TYPE, media_type), (CONTENT_DISPOSITION, HeaderValue::from_static("attachment"))];
    Ok((headers, done.outcome.content.to_vec()).into_response())
}
