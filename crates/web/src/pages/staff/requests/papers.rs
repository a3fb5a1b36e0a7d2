//! How do staff read the papers of a request, have files and certificates made, and take prints, rows and packs along?

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use saqta_app::error::Error;
use saqta_app::requests::certificate::ConsentNamed;
use saqta_domain::terms::names::{ChannelName, PurposeName};

use super::fields::Said;
use super::telling::Link;
use super::{case_path, file, numbered};
use crate::pages::door::{Confirmed, OnDuty, Pressed};
use crate::pages::layout::Layout;
use crate::pages::staff::Frame;
use crate::problem::Failure;
use crate::routes::Web;

#[derive(Template)]
#[template(path = "staff/requests/paper.html")]
struct PaperPage {
    layout: Layout,
    back: Link,
    pdf: Link,
    /// Written by the press, which escapes every word in it.
    article: String,
}

/// A paper as a page.
pub(super) async fn page(
    State(web): State<Web>,
    Path(which): Path<(String, String)>,
    OnDuty(by): OnDuty,
) -> Result<Response, Failure> {
    let (number, paper) = numbers(which)?;
    let article = web.app.paper_article_for_staff(&by.caller(), number, paper).await?;
    let view = web.app.view().await?;
    let path = format!("{}/paper/{paper}", case_path(number));
    let frame = Frame::new(&web, &view, by.speech, path.clone());
    let mut layout = frame.layout("desk-paper", Some(by.member()));
    layout.title =
        frame.told("desk-paper-of", &[("paper", &paper.to_string()), ("number", &number.to_string())]);
    let page = PaperPage {
        layout,
        back: Link {
            href: case_path(number),
            words: frame.told("desk-back", &[("number", &number.to_string())]),
        },
        pdf: Link { href: format!("{path}/pdf"), words: frame.word("desk-pdf") },
        article,
    };
    frame.answer(StatusCode::OK, &page)
}

/// The same as PDF/A.
pub(super) async fn pdf(
    State(web): State<Web>,
    Path(which): Path<(String, String)>,
    OnDuty(by): OnDuty,
) -> Result<Response, Failure> {
    let (number, paper) = numbers(which)?;
    let bytes = web.app.paper_for_staff(&by.caller(), number, paper).await?;
    Ok(file(bytes, "application/pdf", &format!("request-{number}-paper-{paper}.pdf")))
}

/// The entries of an extract of the ledger, for a spreadsheet.
pub(super) async fn csv(
    State(web): State<Web>,
    Path(which): Path<(String, String)>,
    OnDuty(by): OnDuty,
) -> Result<Response, Failure> {
    let (number, paper) = numbers(which)?;
    let bytes = web.app.extract_csv(&by.caller(), number, paper).await?;
    Ok(file(bytes, "text/csv; charset=utf-8", &format!("request-{number}-paper-{paper}.csv")))
}

/// Makes the file of the case, on to it.
pub(super) async fn make_case_file(
    State(web): State<Web>,
    path: Path<String>,
    Confirmed { by: OnDuty(by), .. }: Confirmed<OnDuty, Pressed>,
) -> Result<Response, Failure> {
    let number = numbered(path)?;
    let paper = web.app.make_case_file(&by.caller(), number).await?;
    Ok(on_to_paper(number, paper))
}

/// Certifies a consent of the person, on to the paper.
pub(super) async fn certify_consent(
    State(web): State<Web>,
    path: Path<String>,
    Confirmed { by: OnDuty(by), said }: Confirmed<OnDuty, Said>,
) -> Result<Response, Failure> {
    let number = numbered(path)?;
    let named = consent_of(said.get("consent")).ok_or(Error::NotFound)?;
    let paper = web.app.certify_consent(&by.caller(), number, &named).await?;
    Ok(on_to_paper(number, paper))
}

fn on_to_paper(number: u64, paper: u64) -> Response {
    Redirect::to(&format!("{}/paper/{paper}", case_path(number))).into_response()
}

/// The word for a consent in a form: its purpose, and its channel where it has one.
pub(super) fn word_of(consent: &ConsentNamed) -> String {
    match &consent.channel {
        Some(channel) => format!("{}/{channel}", consent.purpose),
        None => consent.purpose.to_string(),
    }
}

fn consent_of(word: &str) -> Option<ConsentNamed> {
    let (purpose, channel) = match word.split_once('/') {
        Some((purpose, channel)) => (purpose, Some(ChannelName::new(channel).ok()?)),
        None => (word, None),
    };
    Some(ConsentNamed { purpose: PurposeName::new(purpose).ok()?, channel })
}

/// The pack for an authority.
pub(super) async fn pack(
    State(web): State<Web>,
    path: Path<String>,
    OnDuty(by): OnDuty,
) -> Result<Response, Failure> {
    let number = numbered(path)?;
    let bytes = web.app.authority_pack(&by.caller(), number).await?;
    Ok(file(bytes, "application/zip", &format!("request-{number}-pack.zip")))
}

fn numbers((number, paper): (String, String)) -> Result<(u64, u64), Failure> {
    let read = |text: String| text.parse::<u64>().map_err(|_| Error::NotFound);
    Ok((read(number)?, read(paper)?))
}
