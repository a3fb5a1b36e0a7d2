//! How does the journal of requests of a period leave the system: on paper, for a spreadsheet, or as plain rows (clause 3.2)?
//!
//! For whoever answers for the processing. The days stand in the address and nothing of anybody does. Taking the journal out is a
//! look at everybody in it, and on record.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use saqta_app::requests::desk::Period;
use saqta_domain::terms::actor::Role;

use super::fields::{Asking, Choice, Control, Field, Said};
use super::{JOURNAL, Trouble, file};
use crate::pages::door::OnDuty;
use crate::pages::layout::Layout;
use crate::pages::staff::Frame;
use crate::problem::Failure;
use crate::routes::Web;

/// In what it can be taken: the word in the address, and what a browser calls it.
const SHAPES: [(&str, &str); 3] = [
    ("pdf", "application/pdf"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("csv", "text/csv; charset=utf-8"),
];

#[derive(Template)]
#[template(path = "staff/requests/journal.html")]
struct JournalPage {
    layout: Layout,
    about: String,
    trouble: Option<super::case::TroubleShown>,
    action: &'static str,
    fields: Vec<Field>,
    buttons: Vec<Choice>,
}

/// The page with the two days, or the journal itself where the address names its shape.
pub(super) async fn page(
    State(web): State<Web>,
    Query(said): Query<Said>,
    OnDuty(by): OnDuty,
) -> Result<Response, Failure> {
    if by.member().role != Role::Responsible {
        return Err(Failure::NotResponsible);
    }
    let view = web.app.view().await?;
    let frame = Frame::new(&web, &view, by.speech, JOURNAL);
    let shape = SHAPES.into_iter().find(|(word, _)| *word == said.get("as"));
    let trouble = match shape {
        None => None,
        Some((word, content_type)) => match period(&frame, &said) {
            Ok(period) => {
                let (caller, language) = (by.caller(), by.speech.language);
                let taken = web.app.journal(&caller, period, language).await;
                let bytes = taken.map(|files| match word {
                    "pdf" => files.pdf,
                    "xlsx" => files.xlsx,
                    _ => files.csv,
                });
                match bytes {
                    Ok(bytes) => {
                        let name = format!("journal-{}-{}.{word}", period.from, period.until);
                        return Ok(file(bytes, content_type, &name));
                    }
                    Err(error) => Some(Trouble::told(&frame, error)?),
                }
            }
            Err(trouble) => Some(trouble),
        },
    };
    let today = view.now.to_zoned(view.law.calendar.zone.clone()).date();
    let said = said.with("from", today.first_of_month().to_string()).with("until", today.to_string());
    let asking = Asking { frame: &frame, form: "journal", said: &said, trouble: trouble.as_ref() };
    let page = JournalPage {
        layout: frame.layout("desk-journal", Some(by.member())),
        about: frame.word("desk-journal-about"),
        trouble: trouble.as_ref().map(|trouble| super::case::TroubleShown::of(&asking, trouble)),
        action: JOURNAL,
        fields: vec![asking.day("from", true, Some(today)), asking.day("until", true, Some(today))],
        buttons: SHAPES
            .map(|(word, _)| Choice {
                value: word.to_owned(),
                words: frame.word(&format!("desk-journal-{word}")),
                chosen: false,
            })
            .into(),
    };
    frame.answer(trouble.map_or(StatusCode::OK, |trouble| trouble.status), &page)
}

fn period(frame: &Frame<'_>, said: &Said) -> Result<Period, Trouble> {
    let needed = |name: &str| {
        let day = said.day(frame, name)?;
        day.ok_or_else(|| Trouble::of(frame, name, "desk-fault-empty"))
    };
    let period = Period { from: needed("from")?, until: needed("until")? };
    match period.from <= period.until {
        true => Ok(period),
        false => Err(Trouble::of(frame, "until", "desk-fault-period")),
    }
}
