//! How does a member of staff enter a call or a letter on paper (clauses 3.2, 4.1)?
//!
//! The number and the secret are shown once, on the answer to the form, in the language of whoever asked: to be read out or
//! printed. Nobody can look the secret up again.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use jiff::Timestamp;
use jiff::civil::Date;
use saqta_app::requests::RequestFault;
use saqta_app::requests::file::{Filed, Filing};
use saqta_domain::terms::names::Language;
use saqta_domain::terms::request::{Applicant, Intake, RequestNumber};

use super::case::TroubleShown;
use super::fields::{Asking, Control, Field, Said};
use super::matter;
use super::telling::{self, Link};
use super::{NEW, NEW_AUTHORITY, Trouble, case_path};
use crate::pages::door::{Confirmed, FormToken, OnDuty, SignedIn};
use crate::pages::layout::{Layout, name as language_name};
use crate::pages::staff::Frame;
use crate::problem::Failure;
use crate::routes::Web;

/// A form for something that came in.
#[derive(Template)]
#[template(path = "staff/requests/entry.html")]
pub(super) struct EntryPage {
    pub layout: Layout,
    pub form: FormToken,
    pub about: String,
    pub trouble: Option<TroubleShown>,
    pub action: &'static str,
    pub fields: Vec<Field>,
    pub button: String,
    pub other: Option<Link>,
}

/// What is handed over, in the language of whoever asked.
struct Slip {
    language: &'static str,
    title: String,
    what: String,
    number_label: String,
    number: String,
    secret_label: String,
    secret: String,
    page_label: String,
    page: String,
    lines: Vec<String>,
}

#[derive(Template)]
#[template(path = "staff/requests/filed.html")]
struct FiledPage {
    layout: Layout,
    about: String,
    slip: Slip,
    case: Link,
}

/// The form.
pub(super) async fn page(State(web): State<Web>, OnDuty(by): OnDuty) -> Result<Response, Failure> {
    show(&web, &by, Said::default(), None).await
}

/// Files what was entered.
pub(super) async fn enter(
    State(web): State<Web>,
    Confirmed { by: OnDuty(by), said }: Confirmed<OnDuty, Said>,
) -> Result<Response, Failure> {
    let view = web.app.view().await?;
    let frame = Frame::new(&web, &view, by.speech, NEW);
    let filing = match filing(&frame, &said) {
        Ok(filing) => filing,
        Err(trouble) => return show(&web, &by, said, Some(trouble)).await,
    };
    match web.app.file_request(&by.caller(), &filing).await {
        Ok(filed) => {
            let page = FiledPage {
                layout: frame.layout("desk-filed", Some(by.member())),
                about: frame.word("desk-filed-about"),
                slip: slip(&frame, &filing, &filed),
                case: Link { href: case_path(filed.number), words: frame.word("desk-filed-go") },
            };
            frame.answer(StatusCode::OK, &page)
        }
        Err(error) => {
            let trouble = Trouble::beside(&frame, error, field_of)?;
            show(&web, &by, said, Some(trouble)).await
        }
    }
}

fn filing(frame: &Frame<'_>, said: &Said) -> Result<Filing, Trouble> {
    let wrong = |field: &str| Trouble::of(frame, field, "desk-fault-empty");
    let by_hand = |intake: &Intake| matches!(intake, Intake::Phone | Intake::Paper);
    let intake = Intake::from_word(said.get("intake")).filter(by_hand).ok_or_else(|| wrong("intake"))?;
    let by = Applicant::from_word(said.get("by")).filter(|by| *by != Applicant::Authority);
    let language = Language::ALL.into_iter().find(|language| language.tag() == said.get("language"));
    let matter = matter::read(frame, said)?;
    Ok(Filing {
        by: by.ok_or_else(|| wrong("by"))?,
        contact: said.need(frame, "contact")?,
        answer_to: said.text("answer_to"),
        name: said.text("name"),
        text: said.text("text"),
        proposed: match &matter {
            saqta_domain::terms::request::Matter::Rectification { .. } => matter::proposed(said),
            _ => Vec::new(),
        },
        received: received(frame, said)?,
        ..Filing::new(matter, intake, language.ok_or_else(|| wrong("language"))?)
    })
}

/// The beginning of the day on which it came, where that was before today: the strictest of its hours.
pub(super) fn received(frame: &Frame<'_>, said: &Said) -> Result<Option<Timestamp>, Trouble> {
    let malformed = || Trouble::of(frame, "received", "desk-fault-day_malformed");
    let Some(day) = said.day(frame, "received")? else { return Ok(None) };
    let today = today(frame);
    if day > today {
        return Err(malformed());
    }
    if day == today {
        return Ok(None);
    }
    let zone = frame.view.law.calendar.zone.clone();
    day.to_zoned(zone).map(|begin| Some(begin.timestamp())).map_err(|_| malformed())
}

/// The day it is where the law counts.
pub(super) fn today(frame: &Frame<'_>) -> Date {
    frame.view.now.to_zoned(frame.view.law.calendar.zone.clone()).date()
}

fn field_of(fault: RequestFault) -> Option<&'static str> {
    match fault {
        RequestFault::ContactMissing | RequestFault::ContactMalformed => Some("contact"),
        RequestFault::WordsMissing | RequestFault::WordsTooLong => Some("text"),
        RequestFault::NothingNamed => Some("attribute-1"),
        RequestFault::DayMalformed => Some("received"),
        _ => None,
    }
}

fn slip(frame: &Frame<'_>, filing: &Filing, filed: &Filed) -> Slip {
    let (words, language) = (frame.web.app.words(), filing.language);
    let word = |key: &str| words.word(key, language);
    let operator = frame.view.version.policy.operator.name.in_language(language);
    let number = RequestNumber(filed.number).to_string();
    let today = telling::when(frame.view.now, &frame.view.law.calendar.zone);
    let host = frame.web.settings.public_url.trim_end_matches('/');
    Slip {
        language: language.tag(),
        title: operator.to_owned(),
        what: words.told("request-accepted", language, &[("number", &number), ("date", &today)]),
        number_label: word("paper-request-number"),
        number: filed.number.to_string(),
        secret_label: word("desk-secret"),
        secret: filed.secret.clone(),
        page_label: word("desk-status-page"),
        page: format!("{host}/my/{}/status", language.tag()),
        lines: match (filed.awaits_identity, filing.by) {
            (false, _) => vec![word("desk-slip-keep")],
            (true, Applicant::Representative) => vec![word("desk-slip-keep"), word("desk-slip-authority")],
            (true, _) => vec![word("desk-slip-keep"), word("desk-slip-identity")],
        },
    }
}

async fn show(web: &Web, by: &SignedIn, said: Said, trouble: Option<Trouble>) -> Result<Response, Failure> {
    let view = web.app.view().await?;
    let frame = Frame::new(web, &view, by.speech, NEW);
    let today = today(&frame);
    let said = said.with("received", today.to_string()).with("language", by.speech.language.tag());
    let asking = Asking { frame: &frame, form: "new", said: &said, trouble: trouble.as_ref() };
    let page = EntryPage {
        layout: frame.layout("desk-new", Some(by.member())),
        form: by.form(web),
        about: frame.word("desk-new-about"),
        trouble: trouble.as_ref().map(|trouble| TroubleShown::of(&asking, trouble)),
        action: NEW,
        fields: fields(&asking, today),
        button: frame.word("desk-new-button"),
        other: Some(Link { href: NEW_AUTHORITY.to_owned(), words: frame.word("desk-new-authority") }),
    };
    frame.answer(trouble.map_or(StatusCode::OK, |trouble| trouble.status), &page)
}

fn fields(asking: &Asking<'_>, today: Date) -> Vec<Field> {
    let frame = asking.frame;
    let intakes = [Intake::Phone, Intake::Paper]
        .map(|intake| (intake.to_string(), frame.word(&format!("request-intake-{intake}"))));
    let applicants = [Applicant::Subject, Applicant::Representative]
        .map(|by| (by.to_string(), frame.word(&format!("request-applicant-{by}"))));
    let languages =
        Language::ALL.map(|language| (language.tag().to_owned(), language_name(language).to_owned()));
    let mut fields = vec![
        asking.choice("intake", true, intakes.into()),
        asking.day("received", true, Some(today)),
        asking.choice("by", true, applicants.into()),
        asking.line("name", false),
        asking.line("contact", true),
        asking.line("answer_to", false).when(&["representative"]),
        asking.choice("language", true, languages.into()),
    ];
    fields.extend(matter::fields(asking));
    fields.push(asking.words("text", false));
    fields
}
