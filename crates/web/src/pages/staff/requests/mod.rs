//! What do staff see of requests on their pages, and what can they do about one (clauses 3.2, 7.1, 10)?
//!
//! A page offers what the application says the caller may do, and nothing else. What is forced all the same is refused by the
//! same rule, and told in words. A form with a fault comes back with what was typed, with the fault on top and beside its field.

mod authority;
mod case;
mod case_parts;
mod deeds;
mod fields;
mod journal;
pub(super) mod letters;
pub(super) mod list;
mod matter;
mod new;
mod papers;
mod telling;

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use saqta_app::error::{Error, Refused};
use saqta_app::requests::RequestFault;
use saqta_domain::terms::refusal::RefusalCode;

use super::{Frame, fault};
use crate::problem::Failure;
use crate::routes::Web;

/// Where the open requests stand.
pub(super) const REQUESTS: &str = "/staff/requests";

const ANSWERED: &str = "/staff/requests/answered";
const NEW: &str = "/staff/requests/new";
const NEW_AUTHORITY: &str = "/staff/requests/new/authority";
const JOURNAL: &str = "/staff/requests/journal";

/// The pages.
pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route(REQUESTS, get(list::open))
        .route(ANSWERED, get(list::answered))
        .route(JOURNAL, get(journal::page))
        .route(NEW, get(new::page).post(new::enter))
        .route(NEW_AUTHORITY, get(authority::page).post(authority::enter))
        .route("/staff/requests/{number}", get(case::page))
        .route("/staff/requests/{number}/do", post(case::act))
        .route("/staff/requests/{number}/paper/{paper}", get(papers::page))
        .route("/staff/requests/{number}/paper/{paper}/pdf", get(papers::pdf))
        .route("/staff/requests/{number}/paper/{paper}/csv", get(papers::csv))
        .route("/staff/requests/{number}/letters/{letter}/original", get(letters::original))
        .route("/staff/requests/{number}/letters/{letter}/attachments/{attachment}", get(letters::fetch))
        .route("/staff/requests/{number}/case-file", post(papers::make_case_file))
        .route("/staff/requests/{number}/certificate", post(papers::certify_consent))
        .route("/staff/requests/{number}/pack", get(papers::pack))
}

/// The page of a request.
fn case_path(number: u64) -> String {
    format!("{REQUESTS}/{number}")
}

/// A number in an address. What is no number is nowhere.
fn numbered(Path(text): Path<String>) -> Result<u64, Failure> {
    text.parse().map_err(|_| Error::NotFound.into())
}

/// Why something was not done, for the top of the page.
struct Trouble {
    status: StatusCode,
    words: String,
    /// The field it is about, by its name.
    field: Option<String>,
}

impl Trouble {
    /// Something is wrong with one field.
    fn of(frame: &Frame<'_>, field: &str, key: &str) -> Self {
        let (status, field) = (StatusCode::UNPROCESSABLE_ENTITY, Some(field.to_owned()));
        Self { status, words: frame.word(key), field }
    }

    /// The same with the field that a fault of a request is about, where the form has one for it.
    fn beside(
        frame: &Frame<'_>,
        error: Error,
        field: impl Fn(RequestFault) -> Option<&'static str>,
    ) -> Result<Self, Failure> {
        let found = match &error {
            Error::Request(fault) => field(*fault),
            _ => None,
        };
        Ok(Self { field: found.map(str::to_owned), ..Self::told(frame, error)? })
    }

    /// What the application said. What is no fault of the form goes on as it is.
    fn told(frame: &Frame<'_>, error: Error) -> Result<Self, Failure> {
        let unprocessable = |words| Self { status: StatusCode::UNPROCESSABLE_ENTITY, words, field: None };
        match error {
            Error::Request(fault) => Ok(unprocessable(frame.word(&format!("desk-fault-{}", fault.code())))),
            Error::Value { attribute, fault } => {
                let declared = frame.view.version.policy.attribute(&attribute);
                let words = frame.web.app.words();
                let language = frame.speech.language;
                Ok(unprocessable(declared.map_or_else(
                    || words.kind_fault(fault, language),
                    |declared| words.value_fault(declared, fault, language),
                )))
            }
            Error::Refused(refused) => {
                let words = refusal(frame, &refused);
                Ok(Self { status: StatusCode::FORBIDDEN, words, field: None })
            }
            Error::IdentifierTaken => Ok(unprocessable(frame.word("problem-identifier-taken"))),
            Error::NotAdministrator => Err(Failure::NotResponsible),
            Error::TooManyGuesses { minutes } => {
                let (status, words) = fault(frame, Error::TooManyGuesses { minutes })?;
                Ok(Self { status, words, field: None })
            }
            other => Err(other.into()),
        }
    }
}

/// What was refused, what is needed, by which clause, and where that is on record.
fn refusal(frame: &Frame<'_>, refused: &Refused) -> String {
    let (words, language) = (frame.web.app.words(), frame.speech.language);
    let told = words.refusal(&refused.refusal, language);
    let told = match refused.refusal.code {
        // The words of that code speak of a key; here it is the role that is missing.
        RefusalCode::NotAuthorised => frame.word("problem-not-responsible"),
        _ => format!("{} {}", told.what, told.needs),
    };
    let place = format!("{}/{}", refused.receipt.log, refused.receipt.index);
    let clause = words.clause(&refused.refusal.clause, language);
    frame.told("desk-refused", &[("told", &told), ("clause", &clause), ("place", &place)])
}

/// Bytes that a browser keeps as a file.
fn file(bytes: Vec<u8>, content_type: &'static str, name: &str) -> Response {
    let disposition = format!("attachment; filename=\"{name}\"");
    ([(CONTENT_TYPE, content_type.to_owned()), (CONTENT_DISPOSITION, disposition)], bytes).into_response()
}

/// What may stand as it is in a name of RFC 5987.
const BARE_IN_NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'.').remove(b'-').remove(b'_');

/// The same under a name that somebody else gave, of bytes that no browser opens by itself.
fn file_named(bytes: Vec<u8>, name: &str) -> Response {
    let plain = |ch: char| if ch.is_ascii_alphanumeric() || matches!(ch, '.' | '-' | '_') { ch } else { '_' };
    let ascii: String = name.chars().map(plain).collect();
    let encoded = utf8_percent_encode(name, BARE_IN_NAME);
    let disposition = format!("attachment; filename=\"{ascii}\"; filename*=UTF-8''{encoded}");
    let headers = [
        (CONTENT_TYPE, "application/octet-stream".to_owned()),
        (CONTENT_DISPOSITION, disposition),
        (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    (headers, bytes).into_response()
}
