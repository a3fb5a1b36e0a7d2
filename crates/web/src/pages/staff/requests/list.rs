//! Who waits for an answer, until when, and what was answered lately?

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use saqta_app::requests::desk::Listed;
use saqta_domain::rules::must_answer::Lateness;
use saqta_domain::terms::actor::Role;
use saqta_domain::terms::request::course::RequestState;
use serde::Deserialize;

use super::letters::{MailTroubles, mail_troubles};
use super::telling::{self, Link, Tag};
use super::{ANSWERED, JOURNAL, NEW, NEW_AUTHORITY, REQUESTS, case_path};
use crate::pages::door::{OnDuty, SignedIn};
use crate::pages::layout::{Layout, Tab};
use crate::pages::staff::Frame;
use crate::problem::Failure;
use crate::routes::Web;

/// How many rows a page of closed requests has.
const PAGE: usize = 50;

/// Which of the open requests are looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::pages::staff) enum Those {
    All,
    DueToday,
    Overdue,
    AwaitingIdentity,
    SecondPerson,
}

impl Those {
    const ALL: [Self; 5] =
        [Self::All, Self::DueToday, Self::Overdue, Self::AwaitingIdentity, Self::SecondPerson];

    fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::DueToday => "today",
            Self::Overdue => "overdue",
            Self::AwaitingIdentity => "identity",
            Self::SecondPerson => "second",
        }
    }

    fn href(self) -> String {
        match self {
            Self::All => REQUESTS.to_owned(),
            other => format!("{REQUESTS}?show={}", other.word()),
        }
    }

    fn has(self, frame: &Frame<'_>, listed: &Listed) -> bool {
        match self {
            Self::All => true,
            Self::DueToday => due_today(listed, frame.view.now),
            Self::Overdue => matches!(listed.lateness, Lateness::Overdue { .. }),
            Self::AwaitingIdentity => listed.request.state == RequestState::AwaitingIdentity,
            Self::SecondPerson => waits_for_another(frame, listed),
        }
    }
}

/// Whether today is the last day, and not over yet.
fn due_today(listed: &Listed, now: Timestamp) -> bool {
    let today = now.to_zoned(listed.zone.clone()).date();
    let overdue = matches!(listed.lateness, Lateness::Overdue { .. });
    !overdue && listed.due.strictest().is_some_and(|clock| clock.last_day <= today)
}

/// Whether somebody else has to stand for the plan before anything is destroyed.
fn waits_for_another(frame: &Frame<'_>, listed: &Listed) -> bool {
    let request = &listed.request;
    let promise = frame.view.version.policy.requests.get(&request.matter.kind());
    let wanted = promise.is_some_and(|promise| promise.four_eyes);
    let few = request.plan.as_ref().is_some_and(|plan| plan.eyes() < 2);
    wanted && few && request.state == RequestState::InProgress
}

/// A number on the first page, and where it leads.
pub(in crate::pages::staff) struct Count {
    pub href: String,
    pub words: String,
    pub count: usize,
    /// The colour; empty while there is nothing to worry about.
    pub class: &'static str,
}

/// The numbers of the first page.
pub(in crate::pages::staff) fn board(frame: &Frame<'_>, listed: &[Listed]) -> Vec<Count> {
    let shown = [Those::All, Those::DueToday, Those::Overdue, Those::SecondPerson];
    let count = |those: Those| {
        let count = listed.iter().filter(|one| those.has(frame, one)).count();
        let class = match those {
            Those::Overdue if count > 0 => "unbacked",
            Those::DueToday | Those::SecondPerson if count > 0 => "partly",
            _ => "",
        };
        let words = frame.word(&format!("desk-board-{}", those.word()));
        Count { href: those.href(), words, count, class }
    };
    shown.map(count).into()
}

/// What an address of a list says.
#[derive(Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    show: String,
    before: Option<u64>,
}

struct Row {
    href: String,
    title: String,
    who: String,
    state: String,
    due: Vec<String>,
    class: &'static str,
    tag: Option<String>,
}

#[derive(Template)]
#[template(path = "staff/requests/list.html")]
struct ListPage {
    layout: Layout,
    mail: Option<MailTroubles>,
    deeds: Vec<Link>,
    filters_label: String,
    filters: Vec<Tab>,
    rows: Vec<Row>,
    nothing: String,
    earlier: Option<Link>,
}

/// The open requests, soonest due first.
pub(super) async fn open(
    State(web): State<Web>,
    Query(wanted): Query<Wanted>,
    OnDuty(by): OnDuty,
) -> Result<Response, Failure> {
    let listed = web.app.open_requests(&by.caller()).await?;
    let view = web.app.view().await?;
    let those = Those::ALL.into_iter().find(|those| those.word() == wanted.show).unwrap_or(Those::All);
    let mut frame = Frame::new(&web, &view, by.speech, REQUESTS);
    if those != Those::All {
        frame.said = format!("show={}&", those.word());
    }
    let number = |those: Those| listed.iter().filter(|one| those.has(&frame, one)).count().to_string();
    let filter = |one: Those| {
        let words = frame.word(&format!("desk-show-{}", one.word()));
        let name = frame.told("desk-filter", &[("words", &words), ("count", &number(one))]);
        Tab { name, href: one.href(), current: one == those }
    };
    let filters = Those::ALL.into_iter().map(filter).chain([closed(&frame, false)]).collect();
    let page = ListPage {
        layout: frame.layout("desk-requests", Some(by.member())),
        mail: mail_troubles(&frame),
        deeds: deeds(&frame, &by),
        filters_label: frame.word("desk-filters"),
        filters,
        rows: listed.iter().filter(|one| those.has(&frame, one)).map(|one| row(&frame, one)).collect(),
        nothing: frame.word("desk-nothing"),
        earlier: None,
    };
    frame.answer(StatusCode::OK, &page)
}

/// The closed ones, newest first.
pub(super) async fn answered(
    State(web): State<Web>,
    Query(wanted): Query<Wanted>,
    OnDuty(by): OnDuty,
) -> Result<Response, Failure> {
    let listed = web.app.answered_requests(&by.caller(), wanted.before).await?;
    let view = web.app.view().await?;
    let mut frame = Frame::new(&web, &view, by.speech, ANSWERED);
    if let Some(before) = wanted.before {
        frame.said = format!("before={before}&");
    }
    let all = Tab { name: frame.word("desk-show-open"), href: REQUESTS.to_owned(), current: false };
    let last = listed.last().filter(|_| listed.len() >= PAGE);
    let page = ListPage {
        layout: frame.layout("desk-answered", Some(by.member())),
        mail: None,
        deeds: deeds(&frame, &by),
        filters_label: frame.word("desk-filters"),
        filters: vec![all, closed(&frame, true)],
        rows: listed.iter().map(|one| row(&frame, one)).collect(),
        nothing: frame.word("desk-nothing"),
        earlier: last.map(|last| Link {
            href: format!("{ANSWERED}?before={}", last.request.number.0),
            words: frame.word("desk-earlier"),
        }),
    };
    frame.answer(StatusCode::OK, &page)
}

fn closed(frame: &Frame<'_>, current: bool) -> Tab {
    Tab { name: frame.word("desk-answered"), href: ANSWERED.to_owned(), current }
}

/// What a list leads to. The journal is for whoever answers for the processing.
fn deeds(frame: &Frame<'_>, by: &SignedIn) -> Vec<Link> {
    let responsible = by.member().role == Role::Responsible;
    [(NEW, "desk-new"), (NEW_AUTHORITY, "desk-new-authority"), (JOURNAL, "desk-journal")]
        .into_iter()
        .filter(|(href, _)| *href != JOURNAL || responsible)
        .map(|(href, key)| Link { href: href.to_owned(), words: frame.word(key) })
        .collect()
}

fn row(frame: &Frame<'_>, listed: &Listed) -> Row {
    let Listed { request, due, lateness, zone, who } = listed;
    let tag = telling::lateness(frame, *lateness);
    let due = match request.closed_at {
        None => {
            let late = frame.web.app.words().lateness(*lateness, zone, frame.speech.language);
            late.into_iter().chain(telling::due(frame, request, due, zone)).collect()
        }
        Some(closed) => {
            let late = frame.web.app.words().lateness(*lateness, zone, frame.speech.language);
            let closed = frame.told("desk-closed", &[("day", &telling::when(closed, zone))]);
            late.into_iter().chain([closed]).collect()
        }
    };
    Row {
        href: case_path(request.number.0),
        title: telling::title(frame, request),
        who: if who.is_empty() { frame.word("desk-nameless") } else { who.clone() },
        state: telling::state(frame, request.state, zone),
        due,
        class: tag.as_ref().map_or("", |tag| tag.class),
        tag: tag.map(|Tag { words, .. }| words),
    }
}
