//! An installation with the example policy, and somebody who sends requests to it.

use std::num::NonZeroU32;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use include_dir::{Dir, include_dir};
use saqta_app::act::{Caller, Channel};
use saqta_app::admission::KeyScope;
use saqta_app::instance::{App, Clock, Limits, Location};
use saqta_domain::terms::actor::Actor;
use saqta_domain::terms::names::Language;
use saqta_domain::terms::operation::Operation;
use serde_json::{Value, json};
use tempfile::TempDir;
use tower::ServiceExt;

use crate::settings::Settings;

static POLICY: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../examples/autoshop");

pub const NOW: &str = "2026-03-02T06:00:00Z";
pub const EMAIL: &str = "aigul@mail.example";
pub const PHONE: &str = "+77000000002";
pub const NAME: &str = "Жақсыбекова Айгүл";

pub struct Shop {
    pub app: Arc<App>,
    pub router: Router,
    pub clerk: String,
    pub admin: String,
    _folder: TempDir,
}

pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|e| panic!("{e}: {} {}", self.status, self.text()))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    pub fn is(&self, status: u16, code: &str) {
        let told = (self.status.as_u16(), self.json()["code"].as_str().unwrap_or_default().to_owned());
        assert_eq!(told, (status, code.to_owned()), "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json");
    }

    pub fn good(self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.text());
        self.json()
    }
}

pub fn settings() -> Settings {
    Settings {
        requests_per_second: NonZeroU32::new(100_000).unwrap(),
        filing_takes: std::time::Duration::ZERO,
        ..Settings::default()
    }
}

pub async fn empty_app() -> (Arc<App>, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let place = Location {
        data: folder.path().to_owned(),
        postgres: None,
        root_key: None,
        faults: Default::default(),
    };
    let clock = Clock::new(|| NOW.parse().unwrap());
    (Arc::new(App::open(place, clock, Limits::default()).await.unwrap()), folder)
}

pub fn system() -> Caller {
    let (actor, channel) = (Actor::System("test").into(), Channel::Cli);
    Caller { actor, channel, language: Language::English, idempotency: None, ahead: Default::default() }
}

/// Publishes the example in one language: the other texts are not there, and the wordings keep what they say.
pub async fn publish_in_russian(app: &App) {
    let files = ["policy.toml", "text.ru.md"].map(|name| {
        let text = POLICY.get_file(name).unwrap().contents_utf8().unwrap();
        let text = text.replace("kk = \"text.kk.md\"\nen = \"text.en.md\"\n", "");
        (name.to_owned(), text)
    });
    app.publish_files(&system(), files.into(), "Test").await.unwrap();
}

pub async fn publish(app: &App) {
    let files = POLICY.files().map(|file| {
        let name = file.path().to_str().unwrap().to_owned();
        (name, file.contents_utf8().unwrap().to_owned())
    });
    app.publish_files(&system(), files.collect(), "The director").await.unwrap();
}

impl Shop {
    pub async fn open() -> Self {
        Self::with(settings()).await
    }

    pub async fn with(settings: Settings) -> Self {
        let (app, folder) = empty_app().await;
        publish(&app).await;
        let view = app.view().await.unwrap();
        let scope = KeyScope {
            purposes: view.version.policy.purposes.keys().map(ToString::to_string).collect(),
            operations: Operation::ALL.iter().map(ToString::to_string).collect(),
            administers: false,
            undertaking: Some("No. 12 of 2026-01-12".to_owned()),
        };
        let admin = KeyScope { administers: true, ..KeyScope::default() };
        let clerk = app.create_key(&system(), "clerk", &scope).await.unwrap().outcome.secret;
        let admin = app.create_key(&system(), "admin", &admin).await.unwrap().outcome.secret;
        let router = crate::router(Arc::clone(&app), settings);
        Self { app, router, clerk, admin, _folder: folder }
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        send(&self.router, request).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub async fn get_as(&self, key: &str, path: &str) -> Answer {
        let request = Request::get(path).header("authorization", format!("Bearer {key}"));
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub async fn get_in(&self, key: &str, path: &str, language: &str) -> Answer {
        let request = Request::get(path).header("authorization", format!("Bearer {key}"));
        self.send(request.header("accept-language", language).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        self.post_with(&self.clerk, path, body.to_string().into_bytes(), &[]).await
    }

    pub async fn post_with(&self, key: &str, path: &str, body: Vec<u8>, headers: &[(&str, &str)]) -> Answer {
        let mut request = Request::post(path).header("authorization", format!("Bearer {key}"));
        if !headers.iter().any(|(name, _)| *name == "content-type") {
            request = request.header("content-type", "application/json");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// How many leaves the ledger has.
    pub async fn leaves(&self) -> i64 {
        self.app.checkpoint().await.unwrap().map_or(0, |c| c.size)
    }

    /// A customer with an order.
    pub async fn customer(&self) -> Value {
        let collected = self.post("/v1/collect", &order()).await.good();
        json!({ "id": collected["subject"] })
    }

    /// The digest of a consent text, as a program reads it.
    pub async fn digest(&self, purpose: &str) -> String {
        let policy = self.get("/policy.json").await.good();
        let purposes = policy["purposes"].as_array().unwrap();
        let found = purposes.iter().find(|p| p["name"] == purpose).unwrap();
        found["consent"]["texts"]["kk"]["digest"].as_str().unwrap().to_owned()
    }
}

pub async fn send(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
    Answer { status: parts.status, headers: parts.headers, bytes }
}

pub fn order() -> Value {
    json!({ "parts": [{
        "purpose": "order",
        "reference": "A-1002",
        "values": { "full_name": NAME, "phone": PHONE, "email": EMAIL },
    }] })
}
