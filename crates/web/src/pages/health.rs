//! Does the process live, and can it answer requests?

use axum::extract::State;

use crate::problem::Failure;
use crate::routes::Web;

/// Ask whether the process lives.
#[utoipa::path(get, path = "/healthz", operation_id = "alive", tag = "public", security(()),
    responses((status = 200, description = "It lives.", content_type = "text/plain", body = String)))]
pub(crate) async fn alive() -> &'static str {
    "alive\n"
}

/// Ask whether requests can be answered.
///
/// The database answers, a policy is in force, and the custody of keys opens. A second line says so when the law pack should
/// have been compared with its sources by now: requests are answered all the same.
#[utoipa::path(get, path = "/readyz", operation_id = "ready", tag = "public", security(()),
    responses((status = 200, description = "They can.", content_type = "text/plain", body = String)))]
pub(crate) async fn ready(State(web): State<Web>) -> Result<String, Failure> {
    web.app.ready().await.map_err(|error| Failure::NotReady(Box::new(error)))?;
    Ok(match web.app.law_unverified().await {
        Some(warning) => format!("ready\n{warning}\n"),
        None => "ready\n".to_owned(),
    })
}
