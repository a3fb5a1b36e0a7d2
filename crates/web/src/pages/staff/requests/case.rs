//! What is known of one request, and what can the caller do about it now (clauses 3.2, 4.1, 10)?

use askama::Template;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use saqta_app::requests::desk::Shown;
use saqta_domain::terms::request::{Effect, RequestKind};
use serde::Deserialize;

use super::case_parts::{
    Accounts, ClockShown, Note, Pair, Part, Point, Step, Warning, asked, changes, clocks, compared, eyes,
    history, making, notes, papers, plan, points, warnings, who,
};
use super::deeds::{self, DeedForm, Tried};
use super::fields::{Asking, Control, Field, Said};
use super::letters::{Letters, alarms, letters};
use super::telling::{self, Fact, Link, Tag};
use super::{Trouble, case_path, numbered};
use crate::pages::door::{Confirmed, FormToken, OnDuty, SignedIn};
use crate::pages::layout::Layout;
use crate::pages::staff::Frame;
use crate::problem::Failure;
use crate::routes::Web;

/// Why something was not done, on the top of the page, with the way to the field.
pub(super) struct TroubleShown {
    pub title: String,
    pub words: String,
    pub href: Option<String>,
}

impl TroubleShown {
    pub(super) fn of(asking: &Asking<'_>, trouble: &Trouble) -> Self {
        Self {
            title: asking.frame.word("desk-trouble"),
            words: trouble.words.clone(),
            href: trouble.field.as_ref().map(|field| format!("#{}", asking.id(field))),
        }
    }
}

/// A paper of the request.
pub(super) struct PaperLink {
    pub title: String,
    pub page: String,
    /// Where its rows are, for a spreadsheet.
    pub rows: Option<String>,
}

/// A paper that can be made of the case, with what is asked for it.
pub(super) struct Making {
    pub action: String,
    pub title: String,
    pub about: String,
    pub fields: Vec<Field>,
}

#[derive(Template)]
#[template(path = "staff/requests/case.html")]
struct CasePage {
    layout: Layout,
    form: FormToken,
    action: String,
    trouble: Option<TroubleShown>,
    done: Option<String>,
    tags: Vec<Tag>,
    warnings: Vec<Warning>,
    due_title: String,
    late: Option<String>,
    clocks: Vec<ClockShown>,
    asked_title: String,
    text: String,
    text_language: &'static str,
    asked: Vec<Fact>,
    points: Vec<Point>,
    who_title: String,
    who: Vec<Fact>,
    letters: Option<Letters>,
    compared_title: String,
    now_label: String,
    proposed_label: String,
    compared: Vec<Pair>,
    plan_title: String,
    plan: Vec<Part>,
    eyes: Vec<String>,
    deeds_title: String,
    no_deeds: String,
    deeds: Vec<DeedForm>,
    fates_title: String,
    fates: Vec<Tag>,
    changes_title: String,
    before_label: String,
    after_label: String,
    changes: Vec<Pair>,
    papers_title: String,
    papers: Vec<PaperLink>,
    csv: String,
    pack: Option<Link>,
    making: Vec<Making>,
    notes_title: String,
    notes: Vec<Note>,
    history_title: String,
    history: Vec<Step>,
}

/// What the address of the page says.
#[derive(Deserialize)]
pub(super) struct Came {
    /// Set after something was done.
    done: Option<String>,
}

/// The page.
pub(super) async fn page(
    State(web): State<Web>,
    path: Path<String>,
    Query(came): Query<Came>,
    OnDuty(by): OnDuty,
) -> Result<Response, Failure> {
    show(&web, &by, numbered(path)?, came.done.is_some(), None).await
}

/// Does what a form of the page says.
pub(super) async fn act(
    State(web): State<Web>,
    path: Path<String>,
    Confirmed { by: OnDuty(by), said }: Confirmed<OnDuty, Said>,
) -> Result<Response, Failure> {
    let number = numbered(path)?;
    let kind = deeds::kind_of(said.get("deed")).ok_or(Failure::FormOver)?;
    let view = web.app.view().await?;
    let frame = Frame::new(&web, &view, by.speech, case_path(number));
    let tried = match deeds::read(&frame, kind, &said) {
        Ok(deed) => web.app.do_deed(&by.caller(), number, &deed).await,
        Err(trouble) => return show(&web, &by, number, false, Some(Tried { kind, said, trouble })).await,
    };
    match tried {
        Ok(_) => {
            Ok(Redirect::to(&format!("{}?done={}", case_path(number), deeds::word_of(kind))).into_response())
        }
        Err(error) => {
            let trouble = Trouble::beside(&frame, error, |fault| deeds::field_of(kind, fault))?;
            show(&web, &by, number, false, Some(Tried { kind, said, trouble })).await
        }
    }
}

async fn show(
    web: &Web,
    by: &SignedIn,
    number: u64,
    done: bool,
    tried: Option<Tried>,
) -> Result<Response, Failure> {
    let shown = web.app.look_at_request(&by.caller(), number).await?;
    let accounts = Accounts::of(web, by).await?;
    let view = web.app.view().await?;
    let frame = Frame::new(web, &view, by.speech, case_path(number));
    let page = written(&frame, by, &shown, &accounts, done, tried.as_ref());
    let status = tried.map_or(StatusCode::OK, |tried| tried.trouble.status);
    frame.answer(status, &page)
}

fn written(
    frame: &Frame<'_>,
    by: &SignedIn,
    shown: &Shown,
    accounts: &Accounts,
    done: bool,
    tried: Option<&Tried>,
) -> CasePage {
    let (request, zone) = (&shown.request, &shown.zone);
    let path = case_path(request.number.0);
    let mut layout = frame.layout("desk-requests", Some(by.member()));
    layout.title = telling::title(frame, request);
    let state = Tag { words: telling::state(frame, request.state, zone), class: "" };
    let is_authority = request.matter.kind() == RequestKind::Authority;
    let pack = (is_authority && request.did(Effect::PackMade))
        .then(|| Link { href: format!("{path}/pack"), words: frame.word("desk-pack") });
    CasePage {
        layout,
        form: by.form(frame.web),
        action: format!("{path}/do"),
        trouble: tried.map(|tried| trouble(frame, shown, tried)),
        done: done.then(|| frame.word("desk-done")),
        tags: [state].into_iter().chain(telling::lateness(frame, shown.lateness)).collect(),
        warnings: warnings(frame, shown).into_iter().chain(alarms(frame, shown)).collect(),
        due_title: frame.word("desk-due-title"),
        late: frame.web.app.words().lateness(shown.lateness, zone, frame.speech.language),
        clocks: clocks(frame, shown),
        asked_title: frame.word("desk-asked-title"),
        text: shown.text.clone(),
        text_language: request.language.tag(),
        asked: asked(frame, shown),
        points: points(shown),
        who_title: frame.word("desk-who-title"),
        who: who(frame, shown),
        letters: letters(frame, shown),
        compared_title: frame.word("desk-compared-title"),
        now_label: frame.word("desk-now"),
        proposed_label: frame.word("desk-proposed"),
        compared: compared(frame, shown),
        plan_title: frame.word("desk-plan-title"),
        plan: plan(frame, shown),
        eyes: eyes(frame, shown, accounts),
        deeds_title: frame.word("desk-deeds-title"),
        no_deeds: frame.word("desk-no-deeds"),
        deeds: deeds::forms(frame, shown, tried),
        fates_title: frame.word("desk-fates-title"),
        fates: shown.fates.iter().map(|fate| telling::fate(frame, fate, zone)).collect(),
        changes_title: frame.word("desk-changes-title"),
        before_label: frame.word("desk-before"),
        after_label: frame.word("desk-after"),
        changes: changes(frame, shown),
        papers_title: frame.word("desk-papers-title"),
        papers: papers(shown),
        csv: frame.word("desk-csv"),
        pack,
        making: making(frame, shown),
        notes_title: frame.word("desk-notes-title"),
        notes: notes(frame, shown, accounts),
        history_title: frame.word("desk-history-title"),
        history: history(frame, shown, accounts),
    }
}

/// The way to the field leads nowhere where the form is not offered any more.
fn trouble(frame: &Frame<'_>, shown: &Shown, tried: &Tried) -> TroubleShown {
    let form = deeds::word_of(tried.kind);
    let asking = Asking { frame, form, said: &tried.said, trouble: None };
    let told = TroubleShown::of(&asking, &tried.trouble);
    match shown.may.contains(&tried.kind) {
        true => told,
        false => TroubleShown { href: None, ..told },
    }
}
