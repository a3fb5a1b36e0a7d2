//! How does somebody come back to their request, with its number and its secret?

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use saqta_app::error::Error;
use saqta_app::requests::RequestFault;
use serde::Deserialize;

use super::fields::{Faults, Line, Part};
use super::{Foot, FormToken, Frame, Person, go};
use crate::pages::door::{Confirmed, no_request_cookie, request_cookie};
use crate::pages::layout::Layout;
use crate::pages::policy::Leading;
use crate::problem::Failure;
use crate::routes::Web;

/// What the form says.
#[derive(Default, Deserialize)]
pub(super) struct Shown {
    #[serde(default)]
    number: String,
    #[serde(default)]
    secret: String,
}

#[derive(Template)]
#[template(path = "portal/status.html")]
struct StatusPage {
    layout: Layout,
    foot: Foot,
    title: String,
    notice: Option<String>,
    why: String,
    form: FormToken,
    action: String,
    parts: Vec<Part>,
    faults: Faults,
    fault_label: String,
    button: String,
    lost: String,
    here: Leading,
}

/// What is shown: the status of the answer, what is wrong, and what else has to be said.
struct Told {
    status: StatusCode,
    faults: Faults,
    notice: Option<&'static str>,
}

/// The form.
pub(super) async fn page(State(web): State<Web>, person: Person) -> Result<Response, Failure> {
    let told = Told { status: StatusCode::OK, faults: Faults::default(), notice: None };
    show(&web, &person, &Shown::default(), told).await
}

/// The form, for a browser in which no request is open, or one that is there no more.
pub(super) async fn none_open(web: &Web, person: &Person) -> Result<Response, Failure> {
    let told =
        Told { status: StatusCode::FORBIDDEN, faults: Faults::default(), notice: Some("portal-none-open") };
    let mut response = show(web, person, &Shown::default(), told).await?;
    if person.secret.is_some() {
        response.headers_mut().append(SET_COOKIE, no_request_cookie(web)?);
    }
    Ok(response)
}

/// The button.
pub(super) async fn open(
    State(web): State<Web>,
    Confirmed { by: person, said }: Confirmed<Person, Shown>,
) -> Result<Response, Failure> {
    let digits: String = said.number.chars().filter(char::is_ascii_digit).collect();
    // However somebody wrote it: with blanks, without hyphens, in capitals.
    let secret: String = said.secret.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    let opened = match digits.parse() {
        Ok(number) => web.app.opens_request(number, &secret, &person.visitor.from).await,
        Err(_) => Err(Error::Request(RequestFault::SecretWrong)),
    };
    match opened {
        Ok(()) => {
            let mut response = go(&format!("/my/{}/request", person.language.tag()));
            response.headers_mut().append(SET_COOKIE, request_cookie(&web, &secret)?);
            Ok(response)
        }
        Err(error) => {
            let view = web.app.view().await?;
            let (status, words) = Frame::new(&web, &view, person.language).fault(error)?;
            let faults = Faults::one(Some("number"), words);
            show(&web, &person, &said, Told { status, faults, notice: None }).await
        }
    }
}

async fn show(web: &Web, person: &Person, said: &Shown, told: Told) -> Result<Response, Failure> {
    let view = web.app.view().await?;
    let frame = Frame::new(web, &view, person.language);
    let (form, cookie) = person.visitor.form(web)?;
    let title = frame.word("portal-status");
    let fault_label = frame.word("portal-fault");
    let shown = if told.faults.is_empty() { title.clone() } else { format!("{fault_label}: {title}") };
    let number = Line {
        name: "number",
        label: frame.word("portal-number"),
        fault: told.faults.at("number"),
        said: said.number.clone(),
        autocomplete: "off",
        input_mode: "numeric",
        ..Line::default()
    };
    let secret = Line {
        name: "secret",
        label: frame.word("portal-secret"),
        hint: Some(frame.word("portal-secret-hint")),
        said: said.secret.clone(),
        autocomplete: "off",
        input_mode: "text",
        ..Line::default()
    };
    let page = StatusPage {
        layout: frame.layout(shown, "/status"),
        foot: frame.foot(),
        title,
        notice: told.notice.map(|key| frame.word(key)),
        why: frame.word("portal-status-why"),
        form,
        action: frame.at("/status"),
        parts: vec![Part::Line(number), Part::Line(secret)],
        faults: told.faults,
        fault_label,
        button: frame.word("portal-status-button"),
        lost: frame.word("portal-status-lost"),
        here: Leading { words: frame.word("portal-status-here"), href: frame.at("/request") },
    };
    frame.answer(told.status, &page, cookie)
}
