//! Does the process live, and can it answer requests?

use axum::extract::State;

use crate::problem::Failure;
use crate::routes::Web;

/// The process lives.
pub(super) async fn alive() -> &'static str {
    "alive\n"
}

/// The database answers, a policy is in force, and the custody of keys opens.
pub(super) async fn ready(State(web): State<Web>) -> Result<&'static str, Failure> {
    web.app.ready().await.map_err(|error| Failure::NotReady(Box::new(error)))?;
    Ok("ready\n")
}
