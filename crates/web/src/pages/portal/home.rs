//! What can a person do about their data, in plain words and with the time it takes (clauses 3.2, 4.1)?

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use saqta_domain::terms::request::Applicant;
use serde::Deserialize;

use super::action::{Action, FIRST, OTHERS};
use super::{Foot, Frame, Person};
use crate::pages::layout::Layout;
use crate::pages::policy::Leading;
use crate::problem::Failure;
use crate::routes::Web;

/// For whom somebody asks, and about what. Neither says who.
#[derive(Default, Deserialize)]
pub(super) struct About {
    #[serde(rename = "for", default)]
    whom: String,
    #[serde(default)]
    about: String,
}

impl About {
    /// Who asks.
    pub fn by(&self) -> Applicant {
        if self.whom == "other" { Applicant::Representative } else { Applicant::Subject }
    }

    /// Whether it is about the request that is open in the browser.
    pub fn is_about_the_request(&self) -> bool {
        self.about == "request"
    }
}

/// What an address carries after its path so that it is for somebody else.
pub(super) fn for_whom(by: Applicant) -> &'static str {
    if by == Applicant::Representative { "?for=other" } else { "" }
}

#[derive(Template)]
#[template(path = "portal/home.html")]
struct HomePage {
    layout: Layout,
    foot: Foot,
    why: String,
    actions: Vec<Offer>,
    others_label: String,
    others: Vec<Offer>,
    more_label: String,
    more: Vec<Leading>,
}

/// One thing that can be done.
struct Offer {
    title: String,
    href: String,
    why: String,
    within: Option<String>,
}

/// The page.
pub(super) async fn page(
    State(web): State<Web>,
    person: Person,
    about: Result<Query<About>, QueryRejection>,
) -> Result<Response, Failure> {
    let by = about.map(|Query(about)| about).unwrap_or_default().by();
    let view = web.app.view().await?;
    let frame = Frame::new(&web, &view, person.language);
    let other = by == Applicant::Representative;
    let leading = |key: &str, rest: &str| Leading { words: frame.word(key), href: frame.at(rest) };
    let whom = match other {
        true => leading("portal-for-myself", ""),
        false => leading("portal-for-other", "?for=other"),
    };
    let mut more = vec![
        leading("portal-status", "/status"),
        leading("request-do-explanation", "/ask/question"),
        whom,
        leading("request-do-complaint", "/ask/complaint"),
        Leading { words: frame.word("portal-policy"), href: "/policy".to_owned() },
    ];
    if person.secret.is_some() {
        more.insert(0, leading("portal-status-here", "/request"));
    }
    let page = HomePage {
        layout: frame.layout(frame.word("portal-home"), for_whom(by)),
        foot: frame.foot(),
        why: frame.word(if other { "portal-home-other" } else { "portal-home-why" }),
        actions: FIRST.iter().map(|action| offer(&frame, *action, by)).collect(),
        others_label: frame.word("portal-others"),
        others: OTHERS.iter().map(|action| offer(&frame, *action, by)).collect(),
        more_label: frame.word("portal-more"),
        more,
    };
    frame.answer(StatusCode::OK, &page, None)
}

fn offer(frame: &Frame<'_>, action: Action, by: Applicant) -> Offer {
    Offer {
        title: frame.word(&action.title()),
        href: frame.at(&format!("/ask/{}{}", action.word(), for_whom(by))),
        why: frame.word(&format!("portal-do-{}", action.word())),
        within: within(frame, action),
    }
}

/// How long it takes, as the policy in force promises it.
pub(super) fn within(frame: &Frame<'_>, action: Action) -> Option<String> {
    let promise = frame.view.version.policy.requests.get(&action.kind()?)?;
    let term = frame.web.app.words().term(promise.within?, frame.language);
    Some(frame.told("portal-within", &[("term", &term)]))
}
