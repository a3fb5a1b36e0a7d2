//! How does whoever filed a request read the papers that answer it, and take the copy of their data home (clause 4.1)?
//!
//! Files are given as something to keep, never to be shown inside another page.

use askama::Template;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use saqta_app::error::Error;
use saqta_app::requests::RequestFault;
use serde::Deserialize;

use super::{Foot, Frame, Person, request, status};
use crate::pages::layout::Layout;
use crate::pages::policy::Leading;
use crate::problem::Failure;
use crate::routes::Web;

/// Which paper.
#[derive(Deserialize)]
pub(super) struct Place {
    number: String,
}

impl Place {
    fn number(&self) -> Result<u64, Failure> {
        Ok(self.number.parse().map_err(|_| Error::NotFound)?)
    }
}

#[derive(Template)]
#[template(path = "portal/paper.html")]
struct PaperPage {
    layout: Layout,
    foot: Foot,
    links_label: String,
    links: Vec<Leading>,
    article: String,
}

/// A paper as a page.
pub(super) async fn page(
    State(web): State<Web>,
    person: Person,
    Path(place): Path<Place>,
) -> Result<Response, Failure> {
    let Some(secret) = &person.secret else { return status::none_open(&web, &person).await };
    let number = place.number()?;
    let seen = match web.app.request_seen(secret).await {
        Ok(seen) => seen,
        Err(Error::Request(_)) => return status::none_open(&web, &person).await,
        Err(error) => return Err(error.into()),
    };
    let paper = seen.papers.iter().find(|paper| paper.number == number).ok_or(Error::NotFound)?;
    let article = match web.app.paper_article(secret, number).await {
        Err(Error::Request(RequestFault::ProofOver)) => return request::proof_over(&web, &person).await,
        article => article?,
    };
    let view = web.app.view().await?;
    let frame = Frame::new(&web, &view, person.language);
    let rest = format!("/paper/{number}");
    let page = PaperPage {
        layout: frame.layout(paper.title.clone(), &rest),
        foot: frame.foot(),
        links_label: frame.word("portal-papers"),
        links: vec![
            Leading { words: frame.word("portal-back"), href: frame.at("/request") },
            Leading { words: frame.word("portal-pdf"), href: frame.at(&format!("{rest}/pdf")) },
        ],
        article,
    };
    frame.answer(StatusCode::OK, &page, None)
}

/// The same on paper.
pub(super) async fn pdf(
    State(web): State<Web>,
    person: Person,
    Path(place): Path<Place>,
) -> Result<Response, Failure> {
    let Some(secret) = &person.secret else { return status::none_open(&web, &person).await };
    let number = place.number()?;
    let bytes = web.app.paper_pdf(secret, number).await;
    file(&web, &person, bytes, "application/pdf", &format!("paper-{number}.pdf")).await
}

/// The copy for programs.
pub(super) async fn copy_json(State(web): State<Web>, person: Person) -> Result<Response, Failure> {
    let Some(secret) = &person.secret else { return status::none_open(&web, &person).await };
    let bytes = web.app.copy_of(secret).await.map(|bytes| bytes.to_vec());
    file(&web, &person, bytes, "application/json", "my-data.json").await
}

/// Everything in one file.
pub(super) async fn copy_zip(State(web): State<Web>, person: Person) -> Result<Response, Failure> {
    let Some(secret) = &person.secret else { return status::none_open(&web, &person).await };
    let copy = match web.app.copy_zip(secret).await {
        Ok(copy) => copy,
        Err(error) => return not_fetched(&web, &person, error).await,
    };
    // A part that fails breaks the connection off: nobody takes half a file for the whole.
    let parts = stream::try_unfold((web.app.clone(), copy), async |(app, mut copy)| {
        let part = copy.next(&app).await.inspect_err(|error| tracing::error!(%error, "a copy broke off"))?;
        Ok::<_, Error>(part.map(|part| (part, (app, copy))))
    });
    Ok((attached("application/zip", "my-data.zip")?, Body::from_stream(parts)).into_response())
}

async fn file(
    web: &Web,
    person: &Person,
    bytes: Result<Vec<u8>, Error>,
    content_type: &'static str,
    name: &str,
) -> Result<Response, Failure> {
    match bytes {
        Ok(bytes) => Ok((attached(content_type, name)?, bytes).into_response()),
        Err(error) => not_fetched(web, person, error).await,
    }
}

async fn not_fetched(web: &Web, person: &Person, error: Error) -> Result<Response, Failure> {
    match error {
        Error::Request(RequestFault::ProofOver) => request::proof_over(web, person).await,
        Error::Request(_) => status::none_open(web, person).await,
        error => Err(error.into()),
    }
}

fn attached(content_type: &'static str, name: &str) -> Result<[(HeaderName, HeaderValue); 2], Failure> {
    let kept = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""));
    let kept = kept.map_err(|_| Failure::Broken("the name of a file"))?;
    Ok([(CONTENT_TYPE, HeaderValue::from_static(content_type)), (CONTENT_DISPOSITION, kept)])
}
