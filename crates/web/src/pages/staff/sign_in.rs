//! How do staff sign in and out?
//!
//! Name, password and code are asked for on one page, so that no answer tells which of them was right. Who comes from another
//! site shows no cookie, though they may be signed in: a link leads them on.

use askama::Template;
use axum::extract::State;
use axum::http::header::SET_COOKIE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use saqta_app::staff::sign_in::Attempt;
use serde::Deserialize;

use super::{Frame, HOME, SIGN_IN, fault, go};
use crate::pages::door::{
    Confirmed, FormToken, Pressed, SignedIn, Visitor, no_session_cookie, session_cookie,
};
use crate::pages::layout::Layout;
use crate::problem::Failure;
use crate::routes::Web;

#[derive(Template)]
#[template(path = "staff/sign_in.html")]
struct SignInPage {
    layout: Layout,
    form: FormToken,
    fault: Option<String>,
    said: String,
    name: String,
    password: String,
    code: String,
    code_hint: String,
    button: String,
    lost: String,
    go_on: String,
}

/// What the form says.
#[derive(Deserialize)]
pub(super) struct SignIn {
    #[serde(default)]
    sign_in: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    code: String,
}

/// The page.
pub(super) async fn page(State(web): State<Web>, visitor: Visitor) -> Result<Response, Failure> {
    show(&web, &visitor, StatusCode::OK, None, String::new()).await
}

/// The button.
pub(super) async fn enter(
    State(web): State<Web>,
    Confirmed { by, said }: Confirmed<Visitor, SignIn>,
) -> Result<Response, Failure> {
    let SignIn { sign_in, password, code } = said;
    let attempt = Attempt { sign_in: &sign_in, password: &password, code: &code, from: &by.from };
    match web.app.sign_in(&attempt, by.speech.language).await {
        Ok(new) => {
            let mut response = go(HOME);
            response.headers_mut().append(SET_COOKIE, session_cookie(&web, &new.secret)?);
            Ok(response)
        }
        Err(error) => {
            let view = web.app.view().await?;
            let frame = Frame::new(&web, &view, by.speech, SIGN_IN);
            let (status, words) = fault(&frame, error)?;
            show(&web, &by, status, Some(words), sign_in).await
        }
    }
}

/// Ends the session.
pub(super) async fn leave(
    State(web): State<Web>,
    Confirmed { by, .. }: Confirmed<SignedIn, Pressed>,
) -> Result<Response, Failure> {
    web.app.sign_out(&by.session, by.speech.language).await?;
    left(&web)
}

/// Ends every session of the account.
pub(super) async fn leave_everywhere(
    State(web): State<Web>,
    Confirmed { by, .. }: Confirmed<SignedIn, Pressed>,
) -> Result<Response, Failure> {
    web.app.sign_out_everywhere(&by.session, by.speech.language).await?;
    left(&web)
}

fn left(web: &Web) -> Result<Response, Failure> {
    let mut response = go(SIGN_IN);
    response.headers_mut().append(SET_COOKIE, no_session_cookie(web)?);
    // What the browser still keeps of the pages it has seen is forgotten.
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    Ok(response)
}

async fn show(
    web: &Web,
    visitor: &Visitor,
    status: StatusCode,
    fault: Option<String>,
    said: String,
) -> Result<Response, Failure> {
    let view = web.app.view().await?;
    let frame = Frame::new(web, &view, visitor.speech, SIGN_IN);
    let (form, cookie) = visitor.form(web)?;
    let page = SignInPage {
        layout: frame.layout("staff-sign-in", None),
        form,
        fault,
        said,
        name: frame.word("staff-sign-in-name"),
        password: frame.word("staff-password"),
        code: frame.word("staff-code"),
        code_hint: frame.word("staff-code-hint"),
        button: frame.word("staff-sign-in-button"),
        lost: frame.word("staff-sign-in-lost"),
        go_on: frame.word("staff-go-on"),
    };
    let mut response = frame.answer(status, &page)?;
    if let Some(cookie) = cookie {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    Ok(response)
}
