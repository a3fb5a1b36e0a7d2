//! How do people take the policy home on paper, in force or as it once was (clauses 1, 11.3)?

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LANGUAGE, CONTENT_SECURITY_POLICY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use saqta_app::error::Error;
use saqta_domain::terms::names::Language;

use super::tagged;
use crate::problem::Failure;
use crate::routes::Web;

/// Chromium shows a print by a page with an element for it and a style, to which the headers of the print apply; what is
/// forbidden on our pages would leave that one blank. Nothing in a print runs, for the file says that it is no page.
const POLICY: &str = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; form-action 'none'; \
    base-uri 'none'; frame-ancestors 'none'";

/// The version in force.
pub(super) async fn in_force(
    State(web): State<Web>,
    Path(tag): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let version = web.app.view().await?.version.policy.version;
    print(&web, version, &tag, &headers).await
}

/// Any version that was ever published. One that has begun never changes, so it may be kept for ever; one that has not may still
/// be called off.
pub(super) async fn of_version(
    State(web): State<Web>,
    Path((version, tag)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    let version = version.parse().map_err(|_| Error::NotFound)?;
    let mut response = print(&web, version, &tag, &headers).await?;
    if web.app.has_begun(version) {
        let forever = HeaderValue::from_static("public, max-age=31536000, immutable");
        response.headers_mut().insert(CACHE_CONTROL, forever);
    }
    Ok(response)
}

async fn print(web: &Web, version: u32, tag: &str, headers: &HeaderMap) -> Result<Response, Failure> {
    let language = Language::ALL.into_iter().find(|l| l.tag() == tag).ok_or(Error::NotFound)?;
    let address = format!("{}/policy/v/{version}/{tag}", web.settings.public_url.trim_end_matches('/'));
    let bytes = web.app.policy_pdf(version, language, &address).await?;
    let mut response = tagged(headers, "application/pdf", Bytes::from_owner(bytes));
    let headers = response.headers_mut();
    headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY));
    headers.insert(CONTENT_LANGUAGE, HeaderValue::from_static(language.tag()));
    if let Ok(name) = HeaderValue::from_str(&format!("inline; filename=\"policy-v{version}-{tag}.pdf\"")) {
        headers.insert(CONTENT_DISPOSITION, name);
    }
    Ok(response)
}
