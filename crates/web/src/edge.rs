//! What happens to every answer on its way out: its log line, its headers, its time limit?

use std::panic::AssertUnwindSafe;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderName, LINK, REFERRER_POLICY, STRICT_TRANSPORT_SECURITY,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;

use crate::caller::{KeyId, authenticate};
use crate::problem::{Failure, Listener, tell};
use crate::routes::Web;

const POLICY: &str =
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

static SAME_ORIGIN: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// What every request passes through, from the outside in: its line in the log, the headers of its answer, the words for what
/// failed, an end to what breaks off or takes too long, and the question who asks.
///
/// All of it is one layer, because each further one would cost every request a copy of the way behind it.
pub(crate) async fn pass(State(web): State<Web>, request: Request, next: Next) -> Response {
    let line = Line::begin(&request);
    let listener = Listener::of(&web, &request);
    let private = is_private(request.uri().path());
    // What broke off is not repeated: nobody knows what its message holds.
    let answered = AssertUnwindSafe(in_time(&web, request, next)).catch_unwind().await;
    let answer = answered.unwrap_or_else(|_| Failure::Broken("a handler broke off").into_response());
    let mut answer = tell(&web, listener, answer).await;
    guard(&web, private, &mut answer);
    line.end(&answer);
    answer
}

/// One line for each request that was not answered as asked; those that were have their leaf, and a line only for whoever wants
/// to read all of them. The path is the route's template: what stands in its place, or after `?`, is never written down.
struct Line {
    began: Instant,
    method: Method,
    route: Option<MatchedPath>,
}

impl Line {
    fn begin(request: &Request) -> Self {
        let route = request.extensions().get::<MatchedPath>().cloned();
        Self { began: Instant::now(), method: request.method().clone(), route }
    }

    fn end(&self, answer: &Response) {
        let status = answer.status();
        if status.is_success() && !tracing::enabled!(tracing::Level::DEBUG) {
            return;
        }
        let route = self.route.as_ref().map_or("unmatched", MatchedPath::as_str);
        let key = answer.extensions().get::<KeyId>().map_or("-", |k| k.0.as_str());
        let milliseconds = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let (method, status_code) = (&self.method, status.as_u16());
        if status.is_success() {
            tracing::debug!(%method, route, status = status_code, milliseconds, key, "answered");
        } else {
            tracing::info!(%method, route, status = status_code, milliseconds, key, "answered");
        }
    }
}

/// What is about somebody, or only for somebody.
fn is_private(path: &str) -> bool {
    path.starts_with("/v1") || path.starts_with("/staff") || path == "/my" || path.starts_with("/my/")
}

/// The headers that keep an answer from being framed, sniffed, cached or followed, and the one that says where the policy
/// stands (clause 11.3).
fn guard(web: &Web, private: bool, answer: &mut Response) {
    let failed = answer.status() >= StatusCode::BAD_REQUEST;
    let headers = answer.headers_mut();
    headers.reserve(8);
    // A print says for itself what may be done with it: browsers show it by a page of their own making.
    headers.entry(CONTENT_SECURITY_POLICY).or_insert(HeaderValue::from_static(POLICY));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY"));
    headers.append(LINK, HeaderValue::from_static("</policy>; rel=\"privacy-policy\""));
    headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    // What shops draw into their own pages says so for itself.
    headers.entry(&SAME_ORIGIN).or_insert(HeaderValue::from_static("same-origin"));
    if private || failed {
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    if web.settings.public_url.starts_with("https://") {
        headers.insert(STRICT_TRANSPORT_SECURITY, HeaderValue::from_static("max-age=31536000"));
    }
}

/// Ends what takes too long. A deed that was committed meanwhile stays committed; its idempotency key tells the caller so.
async fn in_time(web: &Web, request: Request, next: Next) -> Response {
    match tokio::time::timeout(web.settings.request_timeout, authenticate(web, request, next)).await {
        Ok(response) => response,
        Err(_) => Failure::TimedOut.into_response(),
    }
}
