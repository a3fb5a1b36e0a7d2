//! How do staff read the papers of a request, print them, and take the pack for an authority along?

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use saqta_app::error::Error;

use super::telling::Link;
use super::{case_path, file, numbered};
use crate::pages::door::OnDuty;
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
