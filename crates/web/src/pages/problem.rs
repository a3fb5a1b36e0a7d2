//! What does a person see in a browser when something is not there or did not work?

use askama::Template;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use saqta_domain::terms::names::Language;

use super::layout::Layout;
use crate::problem::Problem;
use crate::routes::Web;

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    layout: Layout,
    detail: String,
    incident: Option<String>,
    back: String,
}

/// The problem as a page; nothing when it cannot be written.
pub(crate) fn page(web: &Web, problem: &Problem, language: Language) -> Option<Response> {
    let page = ProblemPage {
        layout: Layout::new(web, language, problem.title.clone()),
        detail: problem.detail.clone(),
        incident: problem.incident.clone(),
        back: web.app.words().word("page-back", language),
    };
    let status = StatusCode::from_u16(problem.status).ok()?;
    let headers = [(CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"))];
    Some((status, headers, page.render().ok()?).into_response())
}
