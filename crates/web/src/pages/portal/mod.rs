//! Which pages are for the people the data are about, and what do they have in common?
//!
//! There is no account. Whoever files a request gets its number and a secret, once; the secret then lies in a cookie that no
//! script reads, and stands in no address. Every page works without a script, in the language its address names. What a page
//! answers is the same whether or not somebody is on file under a contact.

mod action;
mod ask;
mod confirm;
mod fields;
mod filing;
mod home;
mod paper;
mod request;
mod request_page;
mod status;
mod unsubscribe;

use askama::Template;
use axum::Router;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::header::{CONTENT_LANGUAGE, SET_COOKIE, VARY};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use saqta_app::error::Error;
use saqta_app::instance::View;
use saqta_domain::terms::names::Language;
use saqta_domain::terms::refusal::RefusalCode;

use super::door::{Browser, FormToken, Turned, Visitor, open_request};
use super::layout::{Layout, Section, Tongue, name};
use crate::language::language_of;
use crate::problem::{Failure, Worded};
use crate::routes::Web;

/// The pages.
pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/my", get(by_preference))
        .route("/my/{language}", get(home::page))
        .route("/my/{language}/ask/{action}", get(ask::page).post(ask::file))
        .route("/my/{language}/request", get(request::page))
        .route("/my/{language}/request/code", post(request::confirm_code))
        .route("/my/{language}/request/code-again", post(request::send_code_again))
        .route("/my/{language}/request/consent", post(request::switch_consent))
        .route("/my/{language}/request/certificate", post(request::certify_consent))
        .route("/my/{language}/request/case-file", post(request::make_case_file))
        .route("/my/{language}/request/take-back", post(request::take_back))
        .route("/my/{language}/request/undo", post(request::undo))
        .route("/my/{language}/request/close", post(request::close))
        .route("/my/{language}/status", get(status::page).post(status::open))
        .route("/my/{language}/confirm", get(confirm::page).post(confirm::confirm))
        .route("/my/{language}/unsubscribe/{token}", get(unsubscribe::page).post(unsubscribe::end))
        .route("/my/{language}/paper/{number}", get(paper::page))
        .route("/my/{language}/paper/{number}/pdf", get(paper::pdf))
        .route("/my/{language}/copy.json", get(paper::copy_json))
        .route("/my/{language}/copy.zip", get(paper::copy_zip))
}

/// To the pages in the language of the browser.
async fn by_preference(headers: HeaderMap) -> Response {
    let mut response = go(&format!("/my/{}", language_of(&headers).tag()));
    response.headers_mut().insert(VARY, HeaderValue::from_static("accept-language"));
    response
}

/// The language that an address of these pages names.
pub(crate) fn language_in(path: &str) -> Option<Language> {
    let tag = path.strip_prefix("/my/")?.split('/').next()?;
    Language::ALL.into_iter().find(|language| language.tag() == tag)
}

/// Somebody at one of these pages.
struct Person {
    /// The language that the address names.
    language: Language,
    /// The secret of the request that is open in this browser.
    secret: Option<String>,
    visitor: Visitor,
}

impl FromRequestParts<Web> for Person {
    type Rejection = Turned;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Turned> {
        let named = RawPathParams::from_request_parts(parts, web).await.map_err(|_| Error::NotFound)?;
        let tag = named.iter().find_map(|(key, value)| (key == "language").then_some(value));
        let language = Language::ALL.into_iter().find(|language| Some(language.tag()) == tag);
        let language = language.ok_or(Error::NotFound)?;
        let secret = open_request(web, &parts.headers);
        Ok(Self { language, secret, visitor: Visitor::from_request_parts(parts, web).await? })
    }
}

impl Browser for Person {
    fn secret(&self) -> Option<&str> {
        self.visitor.secret()
    }
}

/// What stands at the foot of each page, always in the same place: where to find help.
struct Foot {
    style: String,
    help: String,
    ask: String,
    ask_to: String,
    write: String,
    email: String,
    policy: String,
}

/// A page for people, before its own content.
struct Frame<'a> {
    web: &'a Web,
    view: &'a View,
    language: Language,
}

impl<'a> Frame<'a> {
    fn new(web: &'a Web, view: &'a View, language: Language) -> Self {
        Self { web, view, language }
    }

    fn word(&self, key: &str) -> String {
        self.web.app.words().word(key, self.language)
    }

    fn told(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.web.app.words().told(key, self.language, args)
    }

    /// The address of a page in this language; `rest` begins with a slash, or with `?`, or is empty.
    fn at(&self, rest: &str) -> String {
        format!("/my/{}{rest}", self.language.tag())
    }

    /// A day, as people write it.
    fn day(&self, at: Timestamp, zone: &TimeZone) -> String {
        self.web.app.words().date(at.to_zoned(zone.clone()).date(), self.language)
    }

    /// A day and the minute.
    fn minute(&self, at: Timestamp, zone: &TimeZone) -> String {
        let time = at.to_zoned(zone.clone()).strftime("%H:%M").to_string();
        self.told("date-at", &[("date", &self.day(at, zone)), ("time", &time)])
    }

    /// What surrounds the page, which exists in the other languages under the same rest of its address.
    fn layout(&self, title: String, rest: &str) -> Layout {
        let at = if rest.is_empty() { Some(Section::Portal) } else { None };
        let mut layout = Layout::new(self.web, self.language, title);
        layout = layout.of_policy(self.web, self.view, self.language, at);
        layout.switch = Language::ALL
            .into_iter()
            .map(|language| Tongue {
                tag: language.tag(),
                name: name(language),
                href: format!("/my/{}{rest}", language.tag()),
                current: language == self.language,
            })
            .collect();
        layout
    }

    fn foot(&self) -> Foot {
        Foot {
            style: self.web.pages.portal.clone(),
            help: self.word("portal-help"),
            ask: self.word("request-do-explanation"),
            ask_to: self.at("/ask/question"),
            write: self.word("portal-help-write"),
            email: self.view.version.policy.operator.email.clone(),
            policy: self.word("portal-policy"),
        }
    }

    /// The answer: the page under a status, with the cookies that belong to it.
    fn answer(
        &self,
        status: StatusCode,
        page: &impl Template,
        cookies: impl IntoIterator<Item = HeaderValue>,
    ) -> Result<Response, Failure> {
        let html = page.render().map_err(|_| Failure::Broken("a page for people"))?;
        let mut response = (status, Html(html)).into_response();
        response.extensions_mut().insert(Worded);
        let headers = response.headers_mut();
        headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(self.language.tag()));
        for cookie in cookies {
            headers.append(SET_COOKIE, cookie);
        }
        Ok(response)
    }

    /// Why it was not done: words for the page, and the status of the answer. What is nobody's fault here goes on as it is.
    fn fault(&self, error: Error) -> Result<(StatusCode, String), Failure> {
        let words = self.web.app.words();
        match error {
            Error::Request(fault) => {
                let told = self.word(&format!("portal-fault-{}", fault.code()));
                Ok((StatusCode::UNPROCESSABLE_ENTITY, told))
            }
            Error::TooManyGuesses { minutes } => {
                let minutes = [("minutes", u64::try_from(minutes).unwrap_or(1))];
                let told = words.counted("portal-minutes", self.language, &[], &minutes);
                Ok((StatusCode::TOO_MANY_REQUESTS, told))
            }
            Error::Refused(refused) => {
                let told = match refused.refusal.code {
                    // What these say is for programs and for staff. Here the page was older than the request.
                    RefusalCode::NotAuthorised | RefusalCode::OutOfTurn => self.word("portal-refused"),
                    _ => words.refusal(&refused.refusal, self.language).what,
                };
                Ok((StatusCode::FORBIDDEN, told))
            }
            Error::LinkOver => Ok((StatusCode::FORBIDDEN, self.word("portal-link-over-why"))),
            other => Err(other.into()),
        }
    }
}

/// To another page, by a request that only looks.
fn go(to: &str) -> Response {
    Redirect::to(to).into_response()
}
