//! In which words is a failure told?

use std::error::Error as _;

use axum::extract::Request;
use axum::http::header::{
    ACCEPT, ALLOW, CONTENT_LANGUAGE, CONTENT_TYPE, RETRY_AFTER, VARY, WWW_AUTHENTICATE,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use saqta_app::error::{Error, Refused};
use saqta_domain::terms::kind::KindFault;
use saqta_domain::terms::names::{AttributeName, Language};
use saqta_domain::terms::subject::ThingId;

use super::{Carried, Failure, Finding, Problem, Worded};
use crate::caller::KeyId;
use crate::language::language_of;
use crate::pages;
use crate::routes::Web;

/// How whoever asks wants to be told.
#[derive(Clone, Copy)]
pub(crate) struct Listener {
    language: Language,
    in_a_browser: bool,
}

impl Listener {
    pub(crate) fn of(web: &Web, request: &Request) -> Self {
        let headers = request.headers();
        let path = request.uri().path();
        let language = match (path.starts_with("/staff"), pages::portal::language_in(path)) {
            (true, _) => pages::door::language_chosen(web, headers),
            (false, Some(named)) => named,
            (false, None) => language_of(headers),
        };
        Self { language, in_a_browser: reads_pages(request) }
    }
}

/// Writes the problem document of an answer that is an error.
pub(crate) async fn tell(web: &Web, listener: Listener, response: Response) -> Response {
    let Listener { language, in_a_browser } = listener;
    let status = response.status();
    let worded = response.extensions().get::<Worded>().is_some();
    if worded || (!status.is_client_error() && !status.is_server_error()) {
        return response;
    }
    let allow = response.headers().get(ALLOW).cloned();
    let failure = response.extensions().get::<Carried>().cloned();
    let problem = match &failure {
        Some(Carried(failure)) => Telling { web, language }.failure(failure).await,
        // What the router said by itself.
        None => Telling { web, language }.status(status),
    };
    let page = if in_a_browser { pages::problem::page(web, &problem, language) } else { None };
    let mut told = page.unwrap_or_else(|| document(&problem));
    headers(told.headers_mut(), &problem, language);
    if let Some(allow) = allow {
        told.headers_mut().insert(ALLOW, allow);
    }
    if let Some(Carried(failure)) = &failure
        && let Failure::RateLimited { seconds } = failure.as_ref()
    {
        told.headers_mut().insert(RETRY_AFTER, HeaderValue::from(*seconds));
    }
    if let Some(key) = response.extensions().get::<KeyId>() {
        told.extensions_mut().insert(key.clone());
    }
    told
}

/// A person at a browser, not a program.
fn reads_pages(request: &Request) -> bool {
    let accept = request.headers().get(ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    !request.uri().path().starts_with("/v1") && accept.contains("text/html")
}

fn document(problem: &Problem) -> Response {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let content_type = [(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"))];
    (status, content_type, serde_json::to_vec(problem).unwrap_or_default()).into_response()
}

fn headers(headers: &mut HeaderMap, problem: &Problem, language: Language) {
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    headers.insert(VARY, HeaderValue::from_static("accept, accept-language"));
    if problem.status == StatusCode::UNAUTHORIZED.as_u16() {
        headers.insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
}

struct Telling<'a> {
    web: &'a Web,
    language: Language,
}

impl Telling<'_> {
    async fn failure(&self, failure: &Failure) -> Problem {
        match failure {
            Failure::App(error) => self.error(error).await,
            Failure::Malformed(code) => self.malformed(StatusCode::BAD_REQUEST, code),
            Failure::Json { line, column, wanted } => self.json(*line, *column, wanted.as_deref()),
            Failure::NotReady(error) => {
                let incident = self.incident(error);
                Problem { incident: Some(incident), ..self.plain(failure.status(), "not_ready") }
            }
            Failure::Broken(what) => {
                let incident = self.draw();
                tracing::error!(incident, what, "an answer could not be made");
                Problem { incident: Some(incident), ..self.plain(failure.status(), "internal") }
            }
            Failure::MediaType => self.plain(failure.status(), "media_type"),
            Failure::TooLarge => self.plain(failure.status(), "too_large"),
            Failure::RateLimited { .. } => self.plain(failure.status(), "rate_limited"),
            Failure::TimedOut => self.plain(failure.status(), "timed_out"),
            Failure::SetupOver => self.plain(failure.status(), "setup_over"),
            Failure::FormOver => self.plain(failure.status(), "form_over"),
            Failure::NotResponsible => self.plain(failure.status(), "not_responsible"),
        }
    }

    /// What the router said by itself.
    fn status(&self, status: StatusCode) -> Problem {
        let code = match status {
            StatusCode::NOT_FOUND => "not_found",
            StatusCode::METHOD_NOT_ALLOWED => "method",
            StatusCode::PAYLOAD_TOO_LARGE => "too_large",
            StatusCode::UNSUPPORTED_MEDIA_TYPE => "media_type",
            _ if status.is_client_error() => "malformed",
            _ => "internal",
        };
        self.plain(status, code)
    }

    async fn error(&self, error: &Error) -> Problem {
        let status = super::status_of(error);
        match error {
            Error::Refused(refused) => self.refused(refused),
            Error::Value { attribute, fault } => self.value(attribute, *fault).await,
            Error::Malformed(code) => self.malformed(status, code),
            Error::Version(code) => {
                let title = self.word("problem-version");
                Problem { detail: self.word(&format!("version-{code}")), ..problem(status, code, title) }
            }
            Error::Policy(found) => {
                let findings = found.iter().map(Finding::from);
                Problem { findings: findings.collect(), ..self.plain(status, "policy") }
            }
            Error::TooLarge { .. } => self.plain(status, "too_large"),
            Error::IdentifierTaken => self.plain(status, "identifier_taken"),
            Error::IdempotencyConflict => self.plain(status, "idempotency_conflict"),
            Error::NotFound => self.plain(status, "not_found"),
            Error::UnknownKey => self.plain(status, "unknown_key"),
            Error::NotAdministrator => self.plain(status, "not_administrator"),
            Error::NotSignedIn => self.plain(status, "not_signed_in"),
            Error::LinkOver => self.plain(status, "link_over"),
            Error::TooManyGuesses { .. } => self.plain(status, "too_many_guesses"),
            Error::Staff(fault) => {
                let detail = self.word(&format!("staff-fault-{}", fault.code()));
                Problem { detail, ..problem(status, fault.code(), self.word("staff-fault")) }
            }
            Error::Request(fault) => {
                let title = self.word(&format!("request-fault-{}", fault.code()));
                problem(status, fault.code(), title)
            }
            Error::NoPolicy => self.plain(status, "no_policy"),
            Error::Busy => self.plain(status, "busy"),
            _ => {
                let incident = self.incident(error);
                Problem { incident: Some(incident), ..self.plain(status, "internal") }
            }
        }
    }

    fn refused(&self, refused: &Refused) -> Problem {
        let Refused { refusal, receipt } = refused;
        let words = self.web.app.words();
        let told = words.refusal(refusal, self.language);
        let clause = words.clause(&refusal.clause, self.language);
        Problem {
            detail: format!("{} {} ({clause})", told.what, told.needs),
            clause: Some(refusal.clause.to_string()),
            needs: Some(told.needs),
            attributes: refusal.attributes.iter().map(ToString::to_string).collect(),
            receipt: Some((*receipt).into()),
            ..problem(StatusCode::FORBIDDEN, refusal.code.as_str(), told.what)
        }
    }

    async fn value(&self, attribute: &AttributeName, fault: KindFault) -> Problem {
        let words = self.web.app.words();
        let view = self.web.app.view().await.ok();
        let declared = view.as_ref().and_then(|v| v.version.policy.attribute(attribute));
        let label = declared.map_or(attribute.as_str(), |a| a.label.in_language(self.language));
        let title = words.told("problem-value", self.language, &[("attribute", label)]);
        Problem {
            detail: words.kind_fault(fault, self.language),
            attribute: Some(attribute.to_string()),
            ..problem(StatusCode::UNPROCESSABLE_ENTITY, fault.code(), title)
        }
    }

    fn malformed(&self, status: StatusCode, code: &str) -> Problem {
        let detail = self.word(&format!("malformed-{code}"));
        Problem { detail, ..problem(status, code, self.word("problem-malformed")) }
    }

    fn json(&self, line: usize, column: usize, wanted: Option<&str>) -> Problem {
        let place = [("line", line.to_string()), ("column", column.to_string())];
        let args: Vec<(&str, &str)> = place.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let mut detail = self.web.app.words().told("malformed-json", self.language, &args);
        if let Some(wanted) = wanted {
            detail = format!("{detail} ({wanted})");
        }
        let title = self.word("problem-malformed");
        Problem {
            detail,
            line: Some(line),
            column: Some(column),
            ..problem(StatusCode::BAD_REQUEST, "json", title)
        }
    }

    fn plain(&self, status: StatusCode, code: &str) -> Problem {
        let title = self.word(&format!("problem-{}", code.replace('_', "-")));
        Problem { detail: title.clone(), ..problem(status, code, title) }
    }

    fn word(&self, key: &str) -> String {
        self.web.app.words().word(key, self.language)
    }

    /// Writes the causes into the log. No error of ours has a personal value in its text.
    fn incident(&self, error: &Error) -> String {
        let incident = self.draw();
        let mut chain = error.to_string();
        let mut source = error.source();
        while let Some(cause) = source {
            chain.push_str(": ");
            chain.push_str(&cause.to_string());
            source = cause.source();
        }
        tracing::error!(incident, chain, "a request failed");
        incident
    }

    fn draw(&self) -> String {
        self.web.app.vault().draw_id().map(|id| ThingId::new(id).to_string()).unwrap_or_default()
    }
}

fn problem(status: StatusCode, code: &str, title: String) -> Problem {
    Problem {
        type_: format!("/problems/{code}"),
        status: status.as_u16(),
        code: code.to_owned(),
        title,
        ..Problem::default()
    }
}
