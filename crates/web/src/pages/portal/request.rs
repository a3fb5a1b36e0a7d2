//! What can whoever filed a request do on its page: show who they are, switch consents, take it back, call it off (clauses 4.1, 7.4)?

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use saqta_app::error::Error;
use saqta_app::requests::RequestFault;
use saqta_app::requests::certificate::ConsentNamed;
use saqta_domain::terms::names::{ChannelName, PurposeName};
use serde::Deserialize;

use super::request_page::{Notice, write};
use super::{Frame, Person, go, status};
use crate::pages::door::{Confirmed, Pressed, no_request_cookie};
use crate::problem::Failure;
use crate::routes::Web;

/// What was done just before, for the page that follows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Done {
    Confirmed,
    CodeSent,
    ConsentOn,
    ConsentOff,
    TakenBack,
    Undone,
}

impl Done {
    const ALL: [Self; 6] =
        [Self::Confirmed, Self::CodeSent, Self::ConsentOn, Self::ConsentOff, Self::TakenBack, Self::Undone];

    /// The word in the address; the message is named by it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::CodeSent => "code-sent",
            Self::ConsentOn => "consent-on",
            Self::ConsentOff => "consent-off",
            Self::TakenBack => "taken-back",
            Self::Undone => "undone",
        }
    }
}

/// What an address says was done.
#[derive(Default, Deserialize)]
pub(super) struct After {
    #[serde(default)]
    done: String,
}

/// The code, as somebody typed or pasted it.
#[derive(Deserialize)]
pub(super) struct Code {
    #[serde(default)]
    code: String,
}

/// A consent that is given or taken back.
#[derive(Deserialize)]
pub(super) struct Switch {
    purpose: String,
    #[serde(default)]
    channel: String,
    digest: String,
    on: String,
}

/// The page of the request that is open in this browser.
pub(super) async fn page(
    State(web): State<Web>,
    person: Person,
    after: Result<Query<After>, QueryRejection>,
) -> Result<Response, Failure> {
    let after = after.map(|Query(after)| after).unwrap_or_default();
    let done = Done::ALL.into_iter().find(|done| done.word() == after.done);
    show(&web, &person, StatusCode::OK, done.map_or(Notice::Nothing, Notice::Done)).await
}

/// Takes the code.
pub(super) async fn confirm_code(
    State(web): State<Web>,
    Confirmed { by: person, said: Code { code } }: Confirmed<Person, Code>,
) -> Result<Response, Failure> {
    let Some(secret) = &person.secret else { return status::none_open(&web, &person).await };
    let confirmed = web.app.confirm_code(secret, &code, &person.visitor.from, person.language).await;
    came(&web, &person, confirmed, Done::Confirmed, true).await
}

/// Sends another code.
pub(super) async fn send_code_again(
    State(web): State<Web>,
    Confirmed { by: person, .. }: Confirmed<Person, Pressed>,
) -> Result<Response, Failure> {
    let Some(secret) = &person.secret else { return status::none_open(&web, &person).await };
    let sent = web.app.send_code_again(secret, &person.visitor.from, person.language).await;
    came(&web, &person, sent, Done::CodeSent, false).await
}

/// Gives a consent or takes one back.
pub(super) async fn switch_consent(
    State(web): State<Web>,
    Confirmed { by: person, said }: Confirmed<Person, Switch>,
) -> Result<Response, Failure> {
    let Some(secret) = &person.secret else { return status::none_open(&web, &person).await };
    let (purpose, channel) = (purpose(&said.purpose)?, channel(&said.channel)?);
    let on = said.on == "yes";
    let switched =
        web.app.switch_consent(secret, &purpose, channel.as_ref(), on, &said.digest, person.language).await;
    let done = if on { Done::ConsentOn } else { Done::ConsentOff };
    came(&web, &person, switched.map(drop), done, false).await
}

/// A consent that is to be certified.
#[derive(Deserialize)]
pub(super) struct Named {
    purpose: String,
    #[serde(default)]
    channel: String,
}

/// Certifies a consent, on to the paper.
pub(super) async fn certify_consent(
    State(web): State<Web>,
    Confirmed { by: person, said }: Confirmed<Person, Named>,
) -> Result<Response, Failure> {
    let Some(secret) = &person.secret else { return status::none_open(&web, &person).await };
    let named = ConsentNamed { purpose: purpose(&said.purpose)?, channel: channel(&said.channel)? };
    let issued = web.app.certify_own_consent(secret, &named, person.language).await;
    on_to_paper(&web, &person, issued).await
}

/// Makes the file of the case, on to it.
pub(super) async fn make_case_file(
    State(web): State<Web>,
    Confirmed { by: person, .. }: Confirmed<Person, Pressed>,
) -> Result<Response, Failure> {
    let Some(secret) = &person.secret else { return status::none_open(&web, &person).await };
    let issued = web.app.make_own_case_file(secret, person.language).await;
    on_to_paper(&web, &person, issued).await
}

async fn on_to_paper(web: &Web, person: &Person, issued: Result<u64, Error>) -> Result<Response, Failure> {
    match issued {
        Ok(number) => Ok(go(&format!("/my/{}/paper/{number}", person.language.tag()))),
        Err(error) => fault(web, person, error, Notice::Fault).await,
    }
}

fn purpose(name: &str) -> Result<PurposeName, Error> {
    PurposeName::new(name).map_err(|_| Error::NotFound)
}

fn channel(name: &str) -> Result<Option<ChannelName>, Error> {
    match name {
        "" => Ok(None),
        name => ChannelName::new(name).map(Some).map_err(|_| Error::NotFound),
    }
}

/// Takes the request back.
pub(super) async fn take_back(
    State(web): State<Web>,
    Confirmed { by: person, .. }: Confirmed<Person, Pressed>,
) -> Result<Response, Failure> {
    let Some(secret) = &person.secret else { return status::none_open(&web, &person).await };
    let taken = web.app.take_back_request(secret, person.language).await;
    came(&web, &person, taken, Done::TakenBack, false).await
}

/// Calls a destruction off.
pub(super) async fn undo(
    State(web): State<Web>,
    Confirmed { by: person, .. }: Confirmed<Person, Pressed>,
) -> Result<Response, Failure> {
    let Some(secret) = &person.secret else { return status::none_open(&web, &person).await };
    let undone = web.app.undo_request(secret, person.language).await;
    came(&web, &person, undone, Done::Undone, false).await
}

/// Forgets the request on this device; it stays open to its number and secret.
pub(super) async fn close(
    State(web): State<Web>,
    Confirmed { by: person, .. }: Confirmed<Person, Pressed>,
) -> Result<Response, Failure> {
    let mut response = go(&format!("/my/{}", person.language.tag()));
    let headers = response.headers_mut();
    headers.append(axum::http::header::SET_COOKIE, no_request_cookie(&web)?);
    // What the browser still keeps of the pages it has seen is forgotten.
    headers.insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    Ok(response)
}

/// On to the page that says what was done, or back with what was wrong.
async fn came(
    web: &Web,
    person: &Person,
    outcome: Result<(), Error>,
    done: Done,
    with_code: bool,
) -> Result<Response, Failure> {
    let Err(error) = outcome else {
        return Ok(go(&format!("/my/{}/request?done={}", person.language.tag(), done.word())));
    };
    fault(web, person, error, if with_code { Notice::Code } else { Notice::Fault }).await
}

/// Back to the page with what was wrong.
async fn fault(
    web: &Web,
    person: &Person,
    error: Error,
    notice: impl FnOnce(String) -> Notice,
) -> Result<Response, Failure> {
    let view = web.app.view().await?;
    let (status, words) = Frame::new(web, &view, person.language).fault(error)?;
    show(web, person, status, notice(words)).await
}

async fn show(web: &Web, person: &Person, status: StatusCode, notice: Notice) -> Result<Response, Failure> {
    let Some(secret) = &person.secret else { return status::none_open(web, person).await };
    let seen = match web.app.request_seen(secret).await {
        Ok(seen) => seen,
        // The case has ended, or the cookie is another's.
        Err(Error::Request(_)) => return status::none_open(web, person).await,
        Err(error) => return Err(error.into()),
    };
    let switches = match seen.at_hand {
        true => web.app.consent_switches(secret, person.language).await.or_else(none_on_file)?,
        false => Vec::new(),
    };
    write(web, person, &seen, switches, status, notice).await
}

/// Back to the page of the request, where it can be shown anew who asks.
pub(super) async fn proof_over(web: &Web, person: &Person) -> Result<Response, Failure> {
    let view = web.app.view().await?;
    let fault = Error::Request(RequestFault::ProofOver);
    let (_, words) = Frame::new(web, &view, person.language).fault(fault)?;
    show(web, person, StatusCode::FORBIDDEN, Notice::Fault(words)).await
}

/// Where nobody is on file there is nothing to switch.
fn none_on_file<T>(error: Error) -> Result<Vec<T>, Error> {
    if matches!(error, Error::Request(_)) { Ok(Vec::new()) } else { Err(error) }
}
