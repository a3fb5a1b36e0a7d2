//! Which paths are there, and through what does a request pass on its way to them?

use std::ops::Deref;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn_with_state;
use axum::routing::{delete, get, post};
use saqta_app::instance::App;

use crate::api::{
    advance, clauses, collect, comparison, confirm, consent_record, decide_use, decisions, destroy, hold,
    inspect, jobs, keep_document, keys, ledger, link, list, look_up, policies, purposes, rectify, requests,
    restrict, retrieve, setup, stop, take_consents, withdraw,
};
use crate::limits::Limits;
use crate::settings::Settings;
use crate::{edge, pages};

/// How much JSON one request may bring.
pub(crate) const JSON_LIMIT: usize = 1024 * 1024;

/// What a form says beside its document.
const FORM_OVERHEAD: usize = 64 * 1024;

/// What every handler has at hand.
#[derive(Clone)]
pub(crate) struct Web(Arc<Hands>);

/// The things behind [`Web`].
pub(crate) struct Hands {
    /// The installation.
    pub app: Arc<App>,
    /// What its configuration says.
    pub settings: Settings,
    /// How often somebody may ask.
    pub limits: Limits,
    /// What was written once for all.
    pub pages: pages::Fixed,
}

impl Web {
    pub(crate) fn new(app: Arc<App>, settings: Settings) -> Self {
        let limits = Limits::new(settings.requests_per_second);
        let pages = pages::Fixed::new(&settings);
        Self(Arc::new(Hands { app, settings, limits, pages }))
    }
}

impl Deref for Web {
    type Target = Hands;

    fn deref(&self) -> &Hands {
        &self.0
    }
}

/// The routes, and what every request passes through on its way to them.
pub(crate) fn router(web: Web) -> Router {
    let documents = FORM_OVERHEAD.saturating_add(web.settings.max_document_bytes);
    let documents = Router::new()
        .route("/v1/documents", post(keep_document::handler))
        .layer(DefaultBodyLimit::max(documents));
    let routes = api().merge(pages::routes(&web)).layer(DefaultBodyLimit::max(JSON_LIMIT));
    dressed(routes.merge(documents), web)
}

/// Routes with everything that a request passes through on its way to them.
pub(crate) fn dressed(routes: Router<Web>, web: Web) -> Router {
    routes.layer(from_fn_with_state(web.clone(), edge::pass)).with_state(web)
}

fn api() -> Router<Web> {
    Router::new()
        .route("/v1/collect", post(collect::handler))
        .route("/v1/consents", post(take_consents::handler))
        .route(consent_record::RECORD, post(consent_record::handler))
        .route("/v1/look-up", post(look_up::handler))
        .route("/v1/retrieve", post(retrieve::handler))
        .route("/v1/inspect", post(inspect::handler))
        .route("/v1/list", post(list::handler))
        .route("/v1/use", post(decide_use::handler))
        .route("/v1/events", post(advance::handler))
        .route("/v1/link", post(link::handler))
        .route("/v1/rectify", post(rectify::handler))
        .route("/v1/confirm", post(confirm::handler))
        .route("/v1/requests", post(requests::handler))
        .route("/v1/restrict", post(restrict::handler))
        .route("/v1/unrestrict", post(restrict::lift))
        .route("/v1/withdraw", post(withdraw::handler))
        .route("/v1/stop", post(stop::handler))
        .route("/v1/hold", post(hold::handler))
        .route("/v1/lift-hold", post(hold::lift))
        .route("/v1/erase", post(destroy::erase))
        .route("/v1/destroy", post(destroy::destroy))
        .route("/v1/depersonalise", post(destroy::depersonalise))
        .route("/v1/documents/open", post(keep_document::open))
        .route("/v1/decisions", post(decisions::handler))
        .route("/v1/decisions/{receipt}", get(decisions::one))
        .route("/v1/ledger/checkpoint", get(ledger::checkpoint))
        .route("/v1/ledger/key", get(ledger::key))
        .route("/v1/ledger/proof/{receipt}", get(ledger::proof))
        .route("/v1/ledger/consistency", get(ledger::consistency))
        .route("/v1/policies", get(policies::handler).post(policies::publish))
        .route("/v1/policies/{version}", get(policies::one))
        .route("/v1/policies/{version}/draft", get(policies::draft).delete(policies::drop_draft))
        .route("/v1/policies/{version}/approval", post(policies::approve))
        .route("/v1/policies/{version}/cancellation", post(policies::cancel))
        .route("/v1/clauses", get(clauses::handler))
        .route("/v1/policies/compare", post(comparison::handler))
        .route("/v1/keys", get(keys::handler).post(keys::create))
        .route("/v1/keys/{id}", delete(keys::revoke))
        .route("/v1/purposes/{name}/stop", post(purposes::stop))
        .route("/v1/purposes/{name}/resume", post(purposes::resume))
        .route("/v1/jobs/run", post(jobs::handler))
        .route("/v1/epochs", get(jobs::epochs).post(jobs::turn_epoch))
        .route("/v1/setup", post(setup::handler))
}
