//! What happens to every answer on its way out: its log line, its headers, its time limit?

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, LINK, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::caller::KeyId;
use crate::problem::Failure;
use crate::routes::Web;

const POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// One line for each request that was not answered as asked; those that were have their leaf, and a line only for whoever wants
/// to read all of them. The path is the route's template: what stands in its place, or after `?`, is never written down.
pub(crate) async fn log(request: Request, next: Next) -> Response {
    let began = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("unmatched", MatchedPath::as_str).to_owned();
    let response = next.run(request).await;
    let status = response.status();
    let key = response.extensions().get::<KeyId>().map_or("-", |k| k.0.as_str());
    let milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    if status.is_success() {
        tracing::debug!(%method, route, status = status.as_u16(), milliseconds, key, "answered");
    } else {
        tracing::info!(%method, route, status = status.as_u16(), milliseconds, key, "answered");
    }
    response
}

/// The headers that keep an answer from being framed, sniffed, cached or followed, and the one that says where the policy
/// stands (clause 11.3).
pub(crate) async fn guard(State(web): State<Web>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let private = path.starts_with("/v1") || path.starts_with("/setup");
    let mut response = next.run(request).await;
    let failed = response.status() >= StatusCode::BAD_REQUEST;
    let headers = response.headers_mut();
    // A print says for itself what may be done with it: browsers show it by a page of their own making.
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.append(LINK, HeaderValue::from_static("</policy>; rel=\"privacy-policy\""));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(
        HeaderName::from_static("cross-origin-resource-policy"),
        HeaderValue::from_static("same-origin"),
    );
    if private || failed {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if web.settings.public_url.starts_with("https://") {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
    response
}

/// Ends what takes too long. A deed that was committed meanwhile stays committed; its idempotency key tells the caller so.
pub(crate) async fn in_time(State(web): State<Web>, request: Request, next: Next) -> Response {
    match tokio::time::timeout(web.settings.request_timeout, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Failure::TimedOut.into_response(),
    }
}
