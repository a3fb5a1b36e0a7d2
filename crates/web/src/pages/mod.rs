//! Which pages are there, without a script and without a foreign host: those that anybody can read, those for the people the
//! data are about, and those of staff?

mod asked;
mod clause_sources;
mod clauses;
pub(crate) mod consent_texts;
mod difference;
pub(crate) mod docs;
pub(crate) mod door;
pub(crate) mod health;
mod layout;
mod policy;
pub(crate) mod policy_json;
mod policy_pdf;
pub(crate) mod portal;
pub(crate) mod problem;
pub(crate) mod staff;
mod timeline;
mod versions;
pub(crate) mod well_known;

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use data_encoding::HEXLOWER;
use saqta_app::admission::sha256;

use crate::routes::Web;
use crate::settings::Settings;

const STYLE: &str = include_str!("../../templates/style.css");

/// What only pages with a form need, so that the others stay small.
const FORMS: &str = include_str!("../../templates/forms.css");

/// The same for the pages for people, in one file: who comes there may have a slow line.
const PORTAL: &str =
    concat!(include_str!("../../templates/forms.css"), include_str!("../../templates/portal/portal.css"));

/// What only the pages on which staff work need.
const DESK: &str = include_str!("../../templates/staff/desk.css");

/// What is written once, when the server starts.
pub(crate) struct Fixed {
    /// The description of the interface.
    pub openapi: String,
    /// The same as pages, unless they could not be written.
    pub docs: Option<docs::Docs>,
    /// Where the style lies. Its name changes with its content, so that it can be kept for ever.
    pub style: String,
    /// Where that of forms lies.
    pub forms: String,
    /// Where that of the pages for people lies.
    pub portal: String,
    /// Where that of the pages on which staff work lies.
    pub desk: String,
}

impl Fixed {
    pub(crate) fn new(settings: &Settings) -> Self {
        let style = format!("/assets/style-{}.css", short(STYLE.as_bytes()));
        let forms = format!("/assets/forms-{}.css", short(FORMS.as_bytes()));
        let portal = format!("/assets/portal-{}.css", short(PORTAL.as_bytes()));
        let desk = format!("/assets/desk-{}.css", short(DESK.as_bytes()));
        let openapi = crate::openapi();
        let docs = docs::pages(&openapi, &style, settings);
        Self { openapi, docs, style, forms, portal, desk }
    }
}

/// The pages.
pub(crate) fn routes(web: &Web) -> Router<Web> {
    Router::new()
        .route("/", get(async || Redirect::to("/policy")))
        .route("/policy/{language}/pdf", get(policy_pdf::in_force))
        .route("/policy/v/{version}/{language}/pdf", get(policy_pdf::of_version))
        .route("/.well-known/privacy-policy", get(policy::well_known))
        .merge(well_known::routes())
        .merge(consent_texts::routes())
        .route("/policy", get(policy::in_force))
        .route("/policy/{language}", get(policy::in_force))
        .route("/policy.json", get(policy_json::handler))
        .route("/policy/versions", get(versions::list))
        .route("/policy/versions/{language}", get(versions::list))
        .route("/policy/v/{version}", get(policy::one))
        .route("/policy/v/{version}/{language}", get(policy::one))
        .route("/policy/v/{version}/policy.json", get(policy_json::one))
        .route("/policy/diff/{before}/{after}", get(difference::between))
        .route("/policy/diff/{before}/{after}/{language}", get(difference::between))
        .route("/policy/clauses", get(clauses::every))
        .route("/policy/clauses/{language}", get(clauses::every))
        .route("/openapi.json", get(openapi))
        .route("/docs", get(docs::paths))
        .route("/docs/shapes", get(docs::shapes))
        .route("/docs/shapes/{number}", get(docs::further_shapes))
        .merge(portal::routes())
        .merge(staff::routes())
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route(&web.pages.style, get(async || sheet(STYLE)))
        .route(&web.pages.forms, get(async || sheet(FORMS)))
        .route(&web.pages.portal, get(async || sheet(PORTAL)))
        .route(&web.pages.desk, get(async || sheet(DESK)))
}

async fn openapi(State(web): State<Web>, headers: HeaderMap) -> Response {
    tagged(&headers, "application/json", web.pages.openapi.clone())
}

fn sheet(style: &'static str) -> Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/css; charset=utf-8")),
        (CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable")),
    ];
    (headers, style).into_response()
}

/// A public document with its tag; nothing but the tag, when the caller has it already.
fn tagged(headers: &HeaderMap, content_type: &'static str, body: impl Into<Bytes>) -> Response {
    let body = body.into();
    let tag = format!("\"{}\"", short(&body));
    let known = headers.get(IF_NONE_MATCH).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let unchanged = known.split(',').any(|k| k.trim().trim_start_matches("W/") == tag);
    let mut response = match unchanged {
        true => StatusCode::NOT_MODIFIED.into_response(),
        false => ([(CONTENT_TYPE, content_type)], body).into_response(),
    };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(ETAG, tag);
    }
    response
}

fn short(bytes: &[u8]) -> String {
    HEXLOWER.encode(&sha256(bytes)).chars().take(16).collect()
}
