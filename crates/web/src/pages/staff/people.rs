//! Who may sign in, and who lets others in, changes what they answer for, and ends their accounts?
//!
//! For the responsible alone. A link that was just made is shown on the answer to the button and nowhere else.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use saqta_app::error::Error;
use saqta_app::staff::links::{LinkFor, NewLink, OpenLink};
use saqta_app::staff::people::Person;
use saqta_domain::terms::actor::Role;
use serde::Deserialize;

use super::{Frame, PEOPLE, SETUP, fault, go, role_words};
use crate::pages::door::{Confirmed, FormToken, OnDuty, SignedIn};
use crate::pages::layout::Layout;
use crate::pages::timeline::moment;
use crate::problem::Failure;
use crate::routes::Web;

/// A new colleague.
#[derive(Deserialize)]
pub(super) struct Invitation {
    role: String,
}

/// Somebody's account, or a link.
#[derive(Deserialize)]
pub(super) struct Which {
    id: String,
}

/// Somebody's new role.
#[derive(Deserialize)]
pub(super) struct NewRole {
    id: String,
    role: String,
}

struct Choice {
    value: &'static str,
    words: String,
}

struct PersonShown {
    id: String,
    name: String,
    sign_in: String,
    role: String,
    standing: String,
    /// Set for whoever looks at the page.
    you: Option<String>,
    /// What can be changed; nothing once the account is ended.
    other: Option<Choice>,
}

struct LinkShown {
    id: String,
    words: String,
    until: String,
}

struct MadeLink {
    title: String,
    why: String,
    address: String,
}

#[derive(Template)]
#[template(path = "staff/people.html")]
struct PeoplePage {
    layout: Layout,
    form: FormToken,
    about: String,
    fault: Option<String>,
    made: Option<MadeLink>,
    people: Vec<PersonShown>,
    change: String,
    reset: String,
    reset_why: String,
    end: String,
    end_why: String,
    invite: String,
    role_label: String,
    roles: Vec<Choice>,
    invite_button: String,
    links_title: String,
    links: Vec<LinkShown>,
    drop: String,
}

/// The page.
pub(super) async fn page(State(web): State<Web>, OnDuty(by): OnDuty) -> Result<Response, Failure> {
    show(&web, &by, StatusCode::OK, None, None).await
}

/// Makes a link for somebody new.
pub(super) async fn invite(
    State(web): State<Web>,
    Confirmed { by: OnDuty(by), said }: Confirmed<OnDuty, Invitation>,
) -> Result<Response, Failure> {
    let role = Role::from_word(&said.role).ok_or(Failure::FormOver)?;
    let link = web.app.invite(&by.caller(), role).await.map_err(responsible)?;
    show(&web, &by, StatusCode::OK, None, Some(link.outcome)).await
}

/// Makes a link for somebody who lost something.
pub(super) async fn reset(
    State(web): State<Web>,
    Confirmed { by: OnDuty(by), said }: Confirmed<OnDuty, Which>,
) -> Result<Response, Failure> {
    let link = web.app.reset_link(&by.caller(), &said.id).await.map_err(responsible)?;
    show(&web, &by, StatusCode::OK, None, Some(link.outcome)).await
}

/// Gives somebody another role.
pub(super) async fn change_role(
    State(web): State<Web>,
    Confirmed { by: OnDuty(by), said }: Confirmed<OnDuty, NewRole>,
) -> Result<Response, Failure> {
    let role = Role::from_word(&said.role).ok_or(Failure::FormOver)?;
    let changed = web.app.change_role(&by.caller(), &said.id, role).await;
    back(&web, &by, changed.map(drop)).await
}

/// Ends somebody's account.
pub(super) async fn end(
    State(web): State<Web>,
    Confirmed { by: OnDuty(by), said }: Confirmed<OnDuty, Which>,
) -> Result<Response, Failure> {
    let ended = web.app.end_account(&by.caller(), &said.id).await;
    back(&web, &by, ended.map(drop)).await
}

/// Takes a link back.
pub(super) async fn drop_link(
    State(web): State<Web>,
    Confirmed { by: OnDuty(by), said }: Confirmed<OnDuty, Which>,
) -> Result<Response, Failure> {
    let dropped = web.app.drop_link(&by.caller(), &said.id).await;
    back(&web, &by, dropped.map(drop)).await
}

async fn back(web: &Web, by: &SignedIn, done: Result<(), Error>) -> Result<Response, Failure> {
    match done {
        // Who has just given up their own role sees no list any more.
        Ok(()) => Ok(go(PEOPLE)),
        Err(error @ Error::Staff(_)) => {
            let view = web.app.view().await?;
            let (status, words) = fault(&Frame::new(web, &view, by.speech, PEOPLE), error)?;
            show(web, by, status, Some(words), None).await
        }
        Err(error) => Err(responsible(error)),
    }
}

/// A clerk is told who may do this.
fn responsible(error: Error) -> Failure {
    match error {
        Error::NotAdministrator => Failure::NotResponsible,
        other => other.into(),
    }
}

async fn show(
    web: &Web,
    by: &SignedIn,
    status: StatusCode,
    fault: Option<String>,
    made: Option<NewLink>,
) -> Result<Response, Failure> {
    let caller = by.caller();
    let people = web.app.people(&caller).await.map_err(responsible)?;
    let links = web.app.open_links(&caller).await.map_err(responsible)?;
    let view = web.app.view().await?;
    let frame = Frame::new(web, &view, by.speech, PEOPLE);
    let page = PeoplePage {
        layout: frame.layout("staff-people", Some(by.member())),
        form: by.form(web),
        about: frame.word("staff-people-about"),
        fault,
        made: made.map(|link| MadeLink {
            title: frame.word("staff-link-made"),
            why: frame.told("staff-link-why", &[("until", &day(&frame, link.ends_at))]),
            address: address(web, &link.token),
        }),
        people: people.iter().map(|person| shown(&frame, by, person)).collect(),
        change: frame.word("staff-people-change"),
        reset: frame.word("staff-people-reset"),
        reset_why: frame.word("staff-people-reset-why"),
        end: frame.word("staff-people-end"),
        end_why: frame.word("staff-people-end-why"),
        invite: frame.word("staff-invite"),
        role_label: frame.word("staff-invite-role"),
        roles: Role::ALL.map(|role| choice(&frame, role)).into(),
        invite_button: frame.word("staff-invite-button"),
        links_title: frame.word("staff-links"),
        links: links.iter().map(|link| link_shown(&frame, link)).collect(),
        drop: frame.word("staff-link-drop"),
    };
    frame.answer(status, &page)
}

/// The address that whoever gets the link opens.
fn address(web: &Web, token: &str) -> String {
    format!("{}{SETUP}?token={token}", web.settings.public_url.trim_end_matches('/'))
}

fn choice(frame: &Frame<'_>, role: Role) -> Choice {
    Choice { value: role.as_str(), words: role_words(frame, role.as_str()) }
}

fn shown(frame: &Frame<'_>, by: &SignedIn, person: &Person) -> PersonShown {
    let on = |instant: &str| instant.parse().map_or_else(|_| String::new(), |at| day(frame, at));
    let standing = match (&person.ended, &person.undertaking) {
        (Some(ended), _) => frame.told("staff-people-ended", &[("day", &on(ended))]),
        (None, Some(accepted)) => frame.told("staff-people-since", &[("day", &on(accepted))]),
        (None, None) => frame.word("staff-people-no-undertaking"),
    };
    let other = Role::ALL.into_iter().find(|role| role.as_str() != person.role);
    let other = other.filter(|_| person.ended.is_none()).map(|role| {
        let role_told = role_words(frame, role.as_str());
        Choice { value: role.as_str(), words: frame.told("staff-people-make", &[("role", &role_told)]) }
    });
    PersonShown {
        id: person.id.clone(),
        name: person.name.clone(),
        sign_in: person.sign_in.clone(),
        role: role_words(frame, &person.role),
        standing,
        you: (person.id == by.member().id).then(|| frame.word("staff-people-you")),
        other,
    }
}

fn link_shown(frame: &Frame<'_>, link: &OpenLink) -> LinkShown {
    let words = match &link.meant {
        LinkFor::Somebody { role } => {
            frame.told("staff-link-somebody", &[("role", &role_words(frame, role))])
        }
        LinkFor::Account { sign_in, .. } => frame.told("staff-link-account", &[("name", sign_in)]),
    };
    let until = frame.told("staff-link-until", &[("until", &day(frame, link.ends_at))]);
    LinkShown { id: link.id.clone(), words, until }
}

fn day(frame: &Frame<'_>, at: Timestamp) -> String {
    moment(at, &frame.view.law.calendar.zone).shown
}
