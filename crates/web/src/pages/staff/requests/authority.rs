//! How does a member of staff enter the letter of an authority (clause 3.2)?

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use saqta_app::requests::RequestFault;
use saqta_app::requests::file::Filing;
use saqta_app::requests::record::AuthorityLetter;
use saqta_domain::terms::request::{Applicant, Intake, Matter};

use super::case::TroubleShown;
use super::fields::{Asking, Said};
use super::new::{EntryPage, received, today};
use super::telling::Link;
use super::{NEW, NEW_AUTHORITY, Trouble, case_path};
use crate::pages::door::{Confirmed, OnDuty, SignedIn};
use crate::pages::staff::Frame;
use crate::problem::Failure;
use crate::routes::Web;

/// The form.
pub(super) async fn page(State(web): State<Web>, OnDuty(by): OnDuty) -> Result<Response, Failure> {
    show(&web, &by, Said::default(), None).await
}

/// Files the letter, and shows its request with the date by which it must be answered.
pub(super) async fn enter(
    State(web): State<Web>,
    Confirmed { by: OnDuty(by), said }: Confirmed<OnDuty, Said>,
) -> Result<Response, Failure> {
    let view = web.app.view().await?;
    let frame = Frame::new(&web, &view, by.speech, NEW_AUTHORITY);
    let filing = match filing(&frame, &said) {
        Ok(filing) => filing,
        Err(trouble) => return show(&web, &by, said, Some(trouble)).await,
    };
    match web.app.file_request(&by.caller(), &filing).await {
        Ok(filed) => Ok(Redirect::to(&format!("{}?done=filed", case_path(filed.number))).into_response()),
        Err(error) => {
            let trouble = Trouble::beside(&frame, error, field_of)?;
            show(&web, &by, said, Some(trouble)).await
        }
    }
}

fn filing(frame: &Frame<'_>, said: &Said) -> Result<Filing, Trouble> {
    let (authority, number) = (said.need(frame, "authority")?, said.need(frame, "letter_number")?);
    said.need(frame, "letter_dated")?;
    let dated = said.day(frame, "letter_dated")?.map_or_else(String::new, |day| day.to_string());
    let letter_due = said.day(frame, "letter_due")?;
    let asked = said.need(frame, "questions")?;
    let questions = asked.lines().map(str::trim).filter(|line| !line.is_empty());
    let questions = questions.map(str::to_owned).collect();
    let letter = AuthorityLetter { authority, number, dated, questions, answers: Vec::new() };
    let matter = Matter::Authority { letter_due };
    Ok(Filing {
        by: Applicant::Authority,
        letter: Some(letter),
        received: received(frame, said)?,
        ..Filing::new(matter, Intake::Paper, frame.speech.language)
    })
}

fn field_of(fault: RequestFault) -> Option<&'static str> {
    match fault {
        RequestFault::AuthorityMissing => Some("authority"),
        RequestFault::WordsMissing | RequestFault::WordsTooLong => Some("questions"),
        RequestFault::DayMalformed => Some("letter_dated"),
        _ => None,
    }
}

async fn show(web: &Web, by: &SignedIn, said: Said, trouble: Option<Trouble>) -> Result<Response, Failure> {
    let view = web.app.view().await?;
    let frame = Frame::new(web, &view, by.speech, NEW_AUTHORITY);
    let today = today(&frame);
    let said = said.with("received", today.to_string());
    let asking = Asking { frame: &frame, form: "letter", said: &said, trouble: trouble.as_ref() };
    let page = EntryPage {
        layout: frame.layout("desk-new-authority", Some(by.member())),
        form: by.form(web),
        about: frame.word("desk-authority-about"),
        trouble: trouble.as_ref().map(|trouble| TroubleShown::of(&asking, trouble)),
        action: NEW_AUTHORITY,
        fields: vec![
            asking.line("authority", true),
            asking.line("letter_number", true),
            asking.day("letter_dated", true, Some(today)),
            asking.day("received", true, Some(today)),
            asking.day("letter_due", false, None),
            asking.words("questions", true),
        ],
        button: frame.word("desk-authority-button"),
        other: Some(Link { href: NEW.to_owned(), words: frame.word("desk-new") }),
    };
    frame.answer(trouble.map_or(StatusCode::OK, |trouble| trouble.status), &page)
}
