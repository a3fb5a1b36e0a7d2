//! Which pages are for staff, and what do they have in common?
//!
//! Every page works without a script. Who is not signed in is sent to the page where that is done; who has not accepted the
//! confidentiality undertaking is sent to it. A form reaches its handler only through [`door::Confirmed`], which has compared the
//! token of the form with the browser that sends it, and a page has a form only if it was given such a token.

mod account;
mod home;
mod people;
mod qr;
mod requests;
mod setup;
mod sign_in;
mod undertaking;

use std::borrow::Cow;

use askama::Template;
use axum::Router;
use axum::http::HeaderValue;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_LANGUAGE, SET_COOKIE};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use saqta_app::error::Error;
use saqta_app::instance::View;
use saqta_app::staff::{Member, StaffFault};
use saqta_domain::terms::actor::Role;
use saqta_domain::terms::names::Language;

use super::door::{self, Speech};
use super::layout::{Layout, Tab, Tongue, name};
use crate::problem::{Failure, Worded};
use crate::routes::Web;

/// Where staff sign in.
pub(crate) const SIGN_IN: &str = "/staff/sign-in";

/// Where an account begins.
pub(crate) const SETUP: &str = "/staff/setup";

pub(crate) const UNDERTAKING: &str = "/staff/undertaking";
const HOME: &str = "/staff";
const PEOPLE: &str = "/staff/people";
const ACCOUNT: &str = "/staff/account";

/// The pages.
pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route(HOME, get(home::page))
        .route(SIGN_IN, get(sign_in::page).post(sign_in::enter))
        .route("/staff/sign-out", post(sign_in::leave))
        .route("/staff/sign-out-everywhere", post(sign_in::leave_everywhere))
        .route(SETUP, get(setup::ask).post(setup::make))
        .route(UNDERTAKING, get(undertaking::page).post(undertaking::accept))
        .route(PEOPLE, get(people::page))
        .route("/staff/people/invite", post(people::invite))
        .route("/staff/people/reset", post(people::reset))
        .route("/staff/people/role", post(people::change_role))
        .route("/staff/people/end", post(people::end))
        .route("/staff/people/drop-link", post(people::drop_link))
        .route(ACCOUNT, get(account::page))
        .route("/staff/account/password", post(account::change_password))
        .route("/staff/account/recovery", post(account::renew_recovery))
        .merge(requests::routes())
}

/// A page of staff, before its own content.
struct Frame<'a> {
    web: &'a Web,
    view: &'a View,
    speech: Speech,
    /// The page's address, and what has to be said in it besides the language.
    path: Cow<'static, str>,
    said: String,
}

impl<'a> Frame<'a> {
    fn new(web: &'a Web, view: &'a View, speech: Speech, path: impl Into<Cow<'static, str>>) -> Self {
        Self { web, view, speech, path: path.into(), said: String::new() }
    }

    fn word(&self, key: &str) -> String {
        self.web.app.words().word(key, self.speech.language)
    }

    fn told(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.web.app.words().told(key, self.speech.language, args)
    }

    fn operator(&self) -> String {
        self.view.version.policy.operator.name.in_language(self.speech.language).to_owned()
    }

    /// What surrounds the page; the parts are shown to whoever may open them.
    fn layout(&self, title: &str, member: Option<&Member>) -> Layout {
        let mut layout = Layout::new(self.web, self.speech.language, self.word(title));
        layout.operator = self.operator();
        layout.switch = Language::ALL
            .into_iter()
            .map(|language| Tongue {
                tag: language.tag(),
                name: name(language),
                href: format!("{}?{}language={}", self.path, self.said, language.tag()),
                current: language == self.speech.language,
            })
            .collect();
        layout.sections_label = self.word("staff-nav");
        let Some(member) = member.filter(|member| member.undertaking) else { return layout };
        let parts = [
            (HOME, "staff-nav-home"),
            (requests::REQUESTS, "desk-requests"),
            (PEOPLE, "staff-nav-people"),
            (ACCOUNT, "staff-nav-account"),
        ];
        let open = |path: &str| path != PEOPLE || member.role == Role::Responsible;
        layout.sections = parts
            .into_iter()
            .filter(|(path, _)| open(path))
            .map(|(path, key)| Tab {
                name: self.word(key),
                href: path.to_owned(),
                current: path == self.path,
            })
            .collect();
        layout
    }

    /// The answer: the page under a status, and the language remembered where somebody chose one.
    fn answer(&self, status: StatusCode, page: &impl Template) -> Result<Response, Failure> {
        let html = page.render().map_err(|_| Failure::Broken("a page of staff"))?;
        let mut response = (status, Html(html)).into_response();
        response.extensions_mut().insert(Worded);
        let headers = response.headers_mut();
        let tag = self.speech.language.tag();
        headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(tag));
        if self.speech.chosen {
            headers.append(SET_COOKIE, door::language_cookie(self.web, tag)?);
        }
        Ok(response)
    }
}

/// Why a form comes back: words for the page, and the status of the answer. What is no fault of the form goes on as it is.
fn fault(frame: &Frame<'_>, error: Error) -> Result<(StatusCode, String), Failure> {
    match error {
        Error::Staff(fault) => Ok((StatusCode::UNPROCESSABLE_ENTITY, fault_words(frame, fault))),
        Error::NotSignedIn => Ok((StatusCode::FORBIDDEN, frame.word("staff-sign-in-wrong"))),
        Error::TooManyGuesses { minutes } => {
            let words = frame.web.app.words();
            let told = words.counted(
                "staff-minutes",
                frame.speech.language,
                &[],
                &[("minutes", u64::try_from(minutes).unwrap_or(1))],
            );
            Ok((StatusCode::TOO_MANY_REQUESTS, told))
        }
        other => Err(other.into()),
    }
}

fn fault_words(frame: &Frame<'_>, fault: StaffFault) -> String {
    frame.word(&format!("staff-fault-{}", fault.code()))
}

fn role_words(frame: &Frame<'_>, role: &str) -> String {
    frame.word(&format!("staff-role-{role}"))
}

/// To another page of staff, by a request that only looks.
fn go(to: &str) -> Response {
    Redirect::to(to).into_response()
}
