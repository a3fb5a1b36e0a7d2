//! How does the person who installed the system get the first key from the link they were shown?
//!
//! Opening the link changes nothing: previews of links and scanners of letters open them as well. The button does it.

use askama::Template;
use axum::extract::rejection::{FormRejection, QueryRejection};
use axum::extract::{Form, Query, State};
use axum::http::HeaderMap;
use axum::response::{Html, IntoResponse, Response};
use saqta_domain::terms::names::Language;
use serde::Deserialize;

use super::layout::Layout;
use crate::api::setup::claim;
use crate::language::language_of;
use crate::problem::Failure;
use crate::routes::Web;

/// What the link carries.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Token {
    token: String,
}

struct Made {
    id: String,
    key: String,
}

#[derive(Template)]
#[template(path = "setup.html")]
struct SetupPage {
    layout: Layout,
    made: Option<Made>,
    token: String,
    why: String,
    button: String,
    done: String,
    id_label: String,
}

/// The page with the button.
pub(super) async fn ask(
    State(web): State<Web>,
    headers: HeaderMap,
    token: Result<Query<Token>, QueryRejection>,
) -> Result<Response, Failure> {
    if web.settings.setup.is_none() || !web.app.unclaimed().await? {
        return Err(Failure::SetupOver);
    }
    // A key belongs to a policy; without one the button would fail.
    web.app.view().await?;
    let Query(Token { token }) = token.map_err(|_| Failure::SetupOver)?;
    page(&web, language_of(&headers), token, None)
}

/// The button.
pub(super) async fn make(
    State(web): State<Web>,
    headers: HeaderMap,
    token: Result<Form<Token>, FormRejection>,
) -> Result<Response, Failure> {
    let Form(Token { token }) = token.map_err(|_| Failure::SetupOver)?;
    let language = language_of(&headers);
    let made = claim(&web, &token, language).await?;
    page(&web, language, String::new(), Some(Made { id: made.id, key: made.secret }))
}

fn page(web: &Web, language: Language, token: String, made: Option<Made>) -> Result<Response, Failure> {
    let word = |key: &str| web.app.words().word(key, language);
    let page = SetupPage {
        layout: Layout::new(web, language, word("page-setup")),
        made,
        token,
        why: word("page-setup-why"),
        button: word("page-setup-button"),
        done: word("page-setup-done"),
        id_label: word("page-setup-id"),
    };
    let html = page.render().map_err(|_| Failure::Broken("the set-up page"))?;
    Ok(Html(html).into_response())
}
