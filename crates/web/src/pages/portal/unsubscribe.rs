//! How does one click in an advertisement end all of them (clause 4.1; RFC 8058)?
//!
//! A mail program ends it by one POST of its own; a person opens the page and presses the button. Opening alone changes nothing. The
//! address itself proves that it was given to this person, so the form needs no proof of its own.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use saqta_app::error::Error;
use serde::Deserialize;

use super::confirm::{ToldPage, over};
use super::{Foot, Frame, Person};
use crate::pages::layout::Layout;
use crate::pages::policy::Leading;
use crate::problem::Failure;
use crate::routes::Web;

/// What the address carries.
#[derive(Deserialize)]
pub(super) struct Token {
    token: String,
}

#[derive(Template)]
#[template(path = "portal/unsubscribe.html")]
struct UnsubscribePage {
    layout: Layout,
    foot: Foot,
    why: String,
    action: String,
    button: String,
}

/// The page with the button.
pub(super) async fn page(
    State(web): State<Web>,
    person: Person,
    Path(Token { token }): Path<Token>,
) -> Result<Response, Failure> {
    let view = web.app.view().await?;
    let frame = Frame::new(&web, &view, person.language);
    if let Err(Error::LinkOver) = web.app.knows_unsubscribe(&token) {
        return over(&web, &person).await;
    }
    let path = format!("/unsubscribe/{token}");
    let page = UnsubscribePage {
        layout: frame.layout(frame.word("portal-unsubscribe"), &path),
        foot: frame.foot(),
        why: frame.word("portal-unsubscribe-why"),
        action: frame.at(&path),
        button: frame.word("portal-unsubscribe-button"),
    };
    frame.answer(StatusCode::OK, &page, None)
}

/// The button, or the POST of a mail program.
pub(super) async fn end(
    State(web): State<Web>,
    person: Person,
    Path(Token { token }): Path<Token>,
) -> Result<Response, Failure> {
    let view = web.app.view().await?;
    let frame = Frame::new(&web, &view, person.language);
    match web.app.unsubscribe(&token, person.language).await {
        Ok(()) => {}
        Err(Error::LinkOver) => return over(&web, &person).await,
        Err(error) => return Err(error.into()),
    }
    let page = ToldPage {
        layout: frame.layout(frame.word("portal-unsubscribed"), &format!("/unsubscribe/{token}")),
        foot: frame.foot(),
        standing: "backed",
        why: frame.word("portal-unsubscribed-why"),
        next: Leading { words: frame.word("portal-home"), href: frame.at("") },
    };
    frame.answer(StatusCode::OK, &page, None)
}
