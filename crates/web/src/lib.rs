//! How is the system reached over HTTP: which paths are there, who passes, and what does an answer look like?
//!
//! Nothing is decided here. A handler reads its wire types, calls one operation of `saqta-app`, and writes the answer; every
//! error becomes a problem document in the caller's language in [`problem`].

pub mod settings;

pub mod setup_token;

mod openapi;

mod routes;

mod caller;

mod language;

mod limits;

mod problem;

mod edge;

mod api;

mod pages;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::Router;
use saqta_app::instance::App;

use crate::routes::Web;
use crate::settings::Settings;

/// Everything the server answers to. For limits by address the server has to serve it with
/// `into_make_service_with_connect_info::<SocketAddr>()`.
pub fn router(app: Arc<App>, settings: Settings) -> Router {
    routes::router(Web::new(app, settings))
}

/// The description of the interface, OpenAPI 3.1, as indented JSON.
pub fn openapi() -> String {
    openapi::pretty()
}
