//! How does somebody show by a link in a letter that a contact is theirs?
//!
//! Opening the link changes nothing: previews of links and scanners of letters open them as well. The button does it.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use saqta_app::error::Error;
use saqta_app::requests::file::Filed;
use serde::Deserialize;

use super::action::title_of;
use super::ask::shown_once;
use super::{Foot, FormToken, Frame, Person, go};
use crate::pages::door::Confirmed;
use crate::pages::layout::Layout;
use crate::pages::policy::Leading;
use crate::problem::Failure;
use crate::routes::Web;

/// What the link carries.
#[derive(Default, Deserialize)]
pub(super) struct Token {
    #[serde(default)]
    token: String,
}

#[derive(Template)]
#[template(path = "portal/confirm.html")]
struct ConfirmPage {
    layout: Layout,
    foot: Foot,
    why: String,
    form: FormToken,
    action: String,
    token: String,
    button: String,
    not_you: String,
}

#[derive(Template)]
#[template(path = "portal/told.html")]
pub(super) struct ToldPage {
    pub layout: Layout,
    pub foot: Foot,
    pub standing: &'static str,
    pub why: String,
    pub next: Leading,
}

/// The page with the button.
pub(super) async fn page(
    State(web): State<Web>,
    person: Person,
    token: Result<Query<Token>, QueryRejection>,
) -> Result<Response, Failure> {
    let Query(Token { token }) = token.unwrap_or_default();
    let (number, matter) = match web.app.look_at_link(&token).await {
        Ok(found) => found,
        Err(Error::LinkOver) => return over(&web, &person).await,
        Err(error) => return Err(error.into()),
    };
    let view = web.app.view().await?;
    let frame = Frame::new(&web, &view, person.language);
    let (form, cookie) = person.visitor.form(&web)?;
    let what = frame.word(&title_of(&matter));
    let page = ConfirmPage {
        // The token is what we drew: letters, digits, `-` and `_`.
        layout: frame.layout(frame.word("portal-confirm"), &format!("/confirm?token={token}")),
        foot: frame.foot(),
        why: frame.told("portal-confirm-why", &[("number", &number.to_string()), ("kind", &what)]),
        form,
        action: frame.at("/confirm"),
        token,
        button: frame.word("portal-confirm-button"),
        not_you: frame.word("portal-confirm-not-you"),
    };
    frame.answer(StatusCode::OK, &page, cookie)
}

/// The button.
pub(super) async fn confirm(
    State(web): State<Web>,
    Confirmed { by: person, said: Token { token } }: Confirmed<Person, Token>,
) -> Result<Response, Failure> {
    let taken = match web.app.confirm_link(&token, person.secret.as_deref(), person.language).await {
        Ok(taken) => taken,
        Err(Error::LinkOver) => return over(&web, &person).await,
        Err(error) => return Err(error.into()),
    };
    let Some(secret) = taken.secret else {
        return Ok(go(&format!("/my/{}/request?done=confirmed", person.language.tag())));
    };
    let view = web.app.view().await?;
    let frame = Frame::new(&web, &view, person.language);
    let next = frame.word("portal-link-handed-over");
    let filed = Filed { number: taken.number, secret, awaits_identity: false };
    shown_once(&frame, frame.word("portal-link-done"), next, filed)
}

/// The link is wrong, used or too old; nobody is told which.
pub(super) async fn over(web: &Web, person: &Person) -> Result<Response, Failure> {
    let view = web.app.view().await?;
    let frame = Frame::new(web, &view, person.language);
    let (status, why) = frame.fault(Error::LinkOver)?;
    let page = ToldPage {
        layout: frame.layout(frame.word("portal-link-over"), "/status"),
        foot: frame.foot(),
        standing: "unbacked",
        why,
        next: Leading { words: frame.word("portal-status"), href: frame.at("/status") },
    };
    frame.answer(status, &page, None)
}
