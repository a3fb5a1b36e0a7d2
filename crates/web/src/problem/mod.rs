//! How is a caller told that something was not done (RFC 9457), in their language and without a personal value?
//!
//! A handler gives a [`Failure`]; its answer carries it outwards, and [`tell`] writes the document. What has no name here
//! becomes a 500 with an incident id: the log has the chain of causes under that id, the caller has the id alone.

pub(crate) mod json;

mod telling;

use std::sync::Arc;

use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use saqta_app::error::Error;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::wire::Receipt;

pub(crate) use telling::{Listener, tell};

/// Why no answer was given.
#[derive(Debug)]
pub(crate) enum Failure {
    /// An operation said why.
    App(Box<Error>),
    /// The request is not well formed; the code says in which way.
    Malformed(&'static str),
    /// The body is no JSON, or not the JSON that is wanted.
    Json {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What was wanted, in the names of the interface.
        wanted: Option<String>,
    },
    /// The content type is not the one that is wanted.
    MediaType,
    /// The body is too large.
    TooLarge,
    /// Too many requests.
    RateLimited {
        /// How long to wait.
        seconds: u64,
    },
    /// It took too long.
    TimedOut,
    /// The set-up token is wrong, spent or too old.
    SetupOver,
    /// A form did not come from a page that was given to this browser, or that page is too old.
    FormOver,
    /// Only the responsible may do this.
    NotResponsible,
    /// The system is not ready.
    NotReady(Box<Error>),
    /// A page could not be written, or the program broke off.
    Broken(&'static str),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::App(Box::new(error))
    }
}

impl From<PathRejection> for Failure {
    fn from(_: PathRejection) -> Self {
        Self::Malformed("path_malformed")
    }
}

impl From<QueryRejection> for Failure {
    fn from(_: QueryRejection) -> Self {
        Self::Malformed("query_malformed")
    }
}

/// Marks an answer that is an error by its status and a page of its own: [`tell`] leaves it as it is.
#[derive(Clone, Copy)]
pub(crate) struct Worded;

/// A failure on its way to [`tell`].
#[derive(Clone)]
struct Carried(Arc<Failure>);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Carried(Arc::new(self)));
        response
    }
}

impl Failure {
    fn status(&self) -> StatusCode {
        match self {
            Self::App(error) => status_of(error),
            Self::Malformed(_) | Self::Json { .. } => StatusCode::BAD_REQUEST,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::RateLimited { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::TimedOut | Self::NotReady(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::SetupOver | Self::FormOver | Self::NotResponsible => StatusCode::FORBIDDEN,
            Self::Broken(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

fn status_of(error: &Error) -> StatusCode {
    match error {
        Error::Refused(_) | Error::NotAdministrator | Error::NotSignedIn | Error::LinkOver => {
            StatusCode::FORBIDDEN
        }
        Error::Value { .. } | Error::Policy(_) | Error::Staff(_) | Error::Request(_) => {
            StatusCode::UNPROCESSABLE_ENTITY
        }
        Error::Malformed("media_type_not_accepted") => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Error::Malformed(_) => StatusCode::BAD_REQUEST,
        Error::IdentifierTaken | Error::IdempotencyConflict | Error::Version(_) => StatusCode::CONFLICT,
        Error::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        Error::NotFound => StatusCode::NOT_FOUND,
        Error::TooManyGuesses { .. } => StatusCode::TOO_MANY_REQUESTS,
        Error::UnknownKey => StatusCode::UNAUTHORIZED,
        Error::NoPolicy | Error::Busy => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// A problem document (RFC 9457), in the caller's language.
#[derive(Clone, Debug, Default, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Which kind of problem: `/problems/` and the code.
    #[serde(rename = "type")]
    #[schema(example = "/problems/attribute_not_needed")]
    pub type_: String,
    /// The problem in a sentence.
    pub title: String,
    /// The status of the answer.
    pub status: u16,
    /// What is to be known about this occurrence of it.
    pub detail: String,
    /// A stable word: programs decide by it.
    #[schema(example = "attribute_not_needed")]
    pub code: String,
    /// The clause of the policy by which it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clause: Option<String>,
    /// What would be needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub needs: Option<String>,
    /// The attributes it turns on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<String>,
    /// Where the refusal is on record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipt: Option<Receipt>,
    /// Whose value was not accepted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attribute: Option<String>,
    /// The line of the body, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The column in that line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// What is wrong with the policy.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
    /// Under which id the cause stands in the server's log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incident: Option<String>,
}

/// One fault of a policy.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(crate) struct Finding {
    /// A stable word for this kind of fault.
    pub code: String,
    /// `error` or `warning`.
    pub severity: String,
    /// In which file.
    pub file: String,
    /// In which line, from 1.
    pub line: usize,
    /// At which character of the line, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl From<&saqta_app::version_life::Problem> for Finding {
    fn from(found: &saqta_app::version_life::Problem) -> Self {
        Self {
            code: found.code.to_owned(),
            severity: if found.is_error() { "error" } else { "warning" }.to_owned(),
            file: found.file.clone(),
            line: found.line,
            column: found.column,
            message: found.message.clone(),
            hint: found.hint.clone(),
        }
    }
}
