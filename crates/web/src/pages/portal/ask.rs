//! How does a person ask for something: which form do they fill, and what do they get when it was sent (clauses 3.2, 4.1)?
//!
//! A form asks for what is needed and nothing else. One that is not right comes back with all that was typed. What was filed is
//! answered by the one page that shows its number and its secret; it is the same page whether or not anybody is on file.

use askama::Template;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use saqta_app::error::Error;
use saqta_app::requests::file::Filed;
use saqta_app::requests::identity::applicant;
use saqta_domain::terms::request::{Applicant, CorrectionGround};
use serde::Deserialize;

use super::action::Action;
use super::fields::{Choice, Faults, Line, Part, Pick, Row, Rows, Said};
use super::filing::{ROWS, Wish, filing, place_of};
use super::home::{About, for_whom, within};
use super::{Foot, FormToken, Frame, Person};
use crate::pages::door::{Confirmed, request_cookie};
use crate::pages::layout::Layout;
use crate::problem::Failure;
use crate::routes::Web;

/// Which form.
#[derive(Deserialize)]
pub(super) struct Place {
    action: String,
}

impl Place {
    fn action(&self) -> Result<Action, Failure> {
        Ok(Action::from_word(&self.action).ok_or(Error::NotFound)?)
    }
}

#[derive(Template)]
#[template(path = "portal/ask.html")]
struct AskPage {
    layout: Layout,
    foot: Foot,
    title: String,
    why: Vec<String>,
    form: FormToken,
    action: String,
    other: bool,
    parts: Vec<Part>,
    faults: Faults,
    fault_label: String,
    button: String,
}

#[derive(Template)]
#[template(path = "portal/filed.html")]
struct FiledPage {
    layout: Layout,
    foot: Foot,
    keep: String,
    number_label: String,
    number: u64,
    secret_label: String,
    secret: String,
    once: String,
    next: String,
    go: String,
    go_to: String,
}

/// The form.
pub(super) async fn page(
    State(web): State<Web>,
    person: Person,
    Path(place): Path<Place>,
    about: Result<Query<About>, QueryRejection>,
) -> Result<Response, Failure> {
    let about = about.map(|Query(about)| about).unwrap_or_default();
    let wish = Wish { action: place.action()?, by: about.by() };
    let mut said = Said::default();
    if about.is_about_the_request()
        && let Some(secret) = &person.secret
        && let Ok(seen) = web.app.request_seen(secret).await
    {
        let number = [("number", seen.number.to_string())];
        let number = number.each_ref().map(|(name, text)| (*name, text.as_str()));
        said.begin_with("text", web.app.words().told("portal-about-request", person.language, &number));
    }
    show(&web, &person, wish, &said, (StatusCode::OK, Faults::default())).await
}

/// The button.
pub(super) async fn file(
    State(web): State<Web>,
    Path(place): Path<Place>,
    Confirmed { by: person, said }: Confirmed<Person, Said>,
) -> Result<Response, Failure> {
    let by = if said.one("for") == "other" { Applicant::Representative } else { Applicant::Subject };
    let wish = Wish { action: place.action()?, by };
    let view = web.app.view().await?;
    let frame = Frame::new(&web, &view, person.language);
    let filing = match filing(&frame, wish, &said, &person.visitor.from) {
        Ok(filing) => filing,
        Err(faults) => {
            return show(&web, &person, wish, &said, (StatusCode::UNPROCESSABLE_ENTITY, faults)).await;
        }
    };
    // Where somebody is on file more is done at once; how long that takes is told to nobody.
    let caller = applicant(person.language);
    let (filed, ()) =
        tokio::join!(web.app.file_request(&caller, &filing), tokio::time::sleep(web.settings.filing_takes),);
    match filed {
        Ok(filed) => filed_page(&frame, wish, filed),
        Err(error) => {
            let place = if let Error::Request(fault) = &error { place_of(*fault) } else { None };
            let (status, words) = frame.fault(error)?;
            show(&web, &person, wish, &said, (status, Faults::one(place, words))).await
        }
    }
}

/// What is shown once, and in no other language: there would be nothing to show.
fn filed_page(frame: &Frame<'_>, wish: Wish, filed: Filed) -> Result<Response, Failure> {
    let next = match (filed.awaits_identity, wish.is_for_other()) {
        (false, _) => "portal-filed-nothing",
        (true, false) => "portal-filed-confirm",
        (true, true) => "portal-filed-authority",
    };
    shown_once(frame, frame.word("portal-filed"), frame.word(next), filed)
}

/// A number and a secret, and the cookie that opens the request in this browser.
pub(super) fn shown_once(
    frame: &Frame<'_>,
    title: String,
    next: String,
    filed: Filed,
) -> Result<Response, Failure> {
    let mut layout = frame.layout(title, "/request");
    layout.switch = Vec::new();
    let cookie = request_cookie(frame.web, &filed.secret)?;
    let page = FiledPage {
        layout,
        foot: frame.foot(),
        keep: frame.word("portal-filed-keep"),
        number_label: frame.word("portal-number"),
        number: filed.number,
        secret_label: frame.word("portal-secret"),
        secret: filed.secret,
        once: frame.word("portal-filed-once"),
        next,
        go: frame.word("portal-filed-go"),
        go_to: frame.at("/request"),
    };
    frame.answer(StatusCode::OK, &page, Some(cookie))
}

async fn show(
    web: &Web,
    person: &Person,
    wish: Wish,
    said: &Said,
    (status, faults): (StatusCode, Faults),
) -> Result<Response, Failure> {
    let view = web.app.view().await?;
    let frame = Frame::new(web, &view, person.language);
    let (form, cookie) = person.visitor.form(web)?;
    let title = frame.word(&wish.action.title());
    let fault_label = frame.word("portal-fault");
    let shown = if faults.is_empty() { title.clone() } else { format!("{fault_label}: {title}") };
    let rest = format!("/ask/{}", wish.action.word());
    let page = AskPage {
        layout: frame.layout(shown, &format!("{rest}{}", for_whom(wish.by))),
        foot: frame.foot(),
        title,
        why: why(&frame, wish),
        form,
        action: frame.at(&rest),
        other: wish.is_for_other(),
        parts: parts(&frame, wish, said, &faults),
        faults,
        fault_label,
        button: frame.word("portal-send"),
    };
    frame.answer(status, &page, cookie)
}

/// What is said before the form.
fn why(frame: &Frame<'_>, wish: Wish) -> Vec<String> {
    let mut why = vec![frame.word(&format!("portal-do-{}", wish.action.word()))];
    if let (Some(within), Some(first)) = (within(frame, wish.action), why.first_mut()) {
        first.push(' ');
        first.push_str(&within);
    }
    if wish.action == Action::Destroy {
        why.push(frame.word("portal-destroy-stays"));
        let promise = wish.action.kind().and_then(|kind| frame.view.version.policy.requests.get(&kind));
        if let Some(undo) = promise.and_then(|promise| promise.undo) {
            let term = frame.web.app.words().term(undo, frame.language);
            why.push(frame.told("portal-destroy-undo", &[("term", &term)]));
        }
    }
    if wish.is_for_other() && wish.action.asks_who(wish.by) {
        why.push(frame.word("portal-authority"));
    }
    why
}

fn parts(frame: &Frame<'_>, wish: Wish, said: &Said, faults: &Faults) -> Vec<Part> {
    let mut parts = Vec::new();
    match wish.action {
        Action::Correct => {
            parts.push(Part::Choice(grounds(frame, said, faults)));
            parts.push(Part::Rows(rows(frame, said, faults)));
        }
        Action::Withdraw => parts.push(Part::Choice(consents(frame, said))),
        Action::ShowConditions => parts.push(Part::Choice(shown_values(frame, said))),
        _ => {}
    }
    let text = match wish.action {
        Action::Question => Some("portal-question"),
        Action::Complaint => Some("portal-complaint"),
        Action::Automated => Some("portal-automated"),
        Action::ShowConditions => Some("portal-conditions"),
        Action::Correct | Action::Block => Some("portal-words"),
        _ => None,
    };
    parts.extend(text.map(|key| {
        Part::Line(Line {
            name: "text",
            label: frame.word(key),
            hint: Some(frame.word(if key == "portal-conditions" {
                "portal-conditions-hint"
            } else {
                "portal-words-hint"
            })),
            fault: faults.at("text"),
            said: said.one("text").to_owned(),
            autocomplete: "off",
            input_mode: "text",
            long: true,
        })
    }));
    parts.extend(contacts(frame, wish, said, faults).into_iter().map(Part::Line));
    parts
}

/// One field for the contact of the person; for whoever acts for somebody a second one, and a name.
fn contacts(frame: &Frame<'_>, wish: Wish, said: &Said, faults: &Faults) -> Vec<Line> {
    let line = |name: &'static str, label: &str, hint: &str, autocomplete: &'static str| Line {
        name,
        label: frame.word(label),
        hint: Some(frame.word(hint)),
        fault: faults.at(name),
        said: said.one(name).to_owned(),
        autocomplete,
        input_mode: "email",
        long: false,
    };
    if wish.is_for_other() {
        let name = line("name", "portal-name", "portal-name-hint", "name");
        return vec![
            line("contact", "portal-contact-other", "portal-contact-other-hint", "off"),
            line("answer_to", "portal-contact", "portal-contact-hint-answer", "email"),
            Line { input_mode: "text", ..name },
        ];
    }
    let hint = match wish.action {
        Action::Question | Action::Complaint => "portal-contact-hint-answer",
        action if action.asks_who(wish.by) => "portal-contact-hint-code",
        _ => "portal-contact-hint-find",
    };
    vec![line("contact", "portal-contact", hint, "email")]
}

fn grounds(frame: &Frame<'_>, said: &Said, faults: &Faults) -> Choice {
    let pick = |ground: &CorrectionGround| Pick {
        value: ground.to_string(),
        words: frame.word(&format!("request-ground-{ground}")),
        chosen: said.one("ground") == ground.as_str(),
    };
    Choice {
        name: "ground",
        legend: frame.word("portal-ground"),
        hint: None,
        fault: faults.at("ground"),
        several: false,
        picks: CorrectionGround::ALL.iter().map(pick).collect(),
    }
}

fn rows(frame: &Frame<'_>, said: &Said, faults: &Faults) -> Rows {
    let policy = &frame.view.version.policy;
    let row = |number: usize| {
        let (which, value) = (format!("which-{number}"), format!("value-{number}"));
        let picks = Action::Correct.attributes(policy).into_iter().filter_map(|name| policy.attribute(name));
        let picks = picks.map(|attribute| Pick {
            value: attribute.name.to_string(),
            words: attribute.label.in_language(frame.language).to_owned(),
            chosen: said.one(&which) == attribute.name.as_str(),
        });
        let place = number.to_string();
        Row {
            number,
            picks: picks.collect(),
            which: frame.told("portal-row-which", &[("row", &place)]),
            which_fault: faults.at(&which),
            value: frame.told("portal-row-value", &[("row", &place)]),
            value_fault: faults.at(&value),
            said: said.one(&value).to_owned(),
        }
    };
    Rows {
        legend: frame.word("portal-rows"),
        hint: frame.word("portal-rows-hint"),
        choose: frame.word("portal-choose"),
        rows: (1..=ROWS).map(row).collect(),
    }
}

fn consents(frame: &Frame<'_>, said: &Said) -> Choice {
    let purposes = frame.view.version.policy.purposes.values().filter(|purpose| purpose.consent.is_some());
    let pick = |value: &str, words: &str| Pick {
        value: value.to_owned(),
        words: words.to_owned(),
        chosen: said.all("purpose").iter().any(|ticked| ticked == value),
    };
    Choice {
        name: "purpose",
        legend: frame.word("portal-consents-which"),
        hint: Some(frame.word("portal-consents-all")),
        fault: None,
        several: true,
        picks: purposes.map(|p| pick(p.name.as_str(), p.title.in_language(frame.language))).collect(),
    }
}

fn shown_values(frame: &Frame<'_>, said: &Said) -> Choice {
    let policy = &frame.view.version.policy;
    let values = Action::ShowConditions.attributes(policy).into_iter().filter_map(|n| policy.attribute(n));
    let pick = |value: &str, words: &str| Pick {
        value: value.to_owned(),
        words: words.to_owned(),
        chosen: said.all("attribute").iter().any(|ticked| ticked == value),
    };
    Choice {
        name: "attribute",
        legend: frame.word("portal-values-which"),
        hint: Some(frame.word("portal-values-all")),
        fault: None,
        several: true,
        picks: values.map(|a| pick(a.name.as_str(), a.label.in_language(frame.language))).collect(),
    }
}
