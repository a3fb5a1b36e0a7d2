//! A shop that runs the server: with keys, customers, and days that pass when the test says so.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};

use data_encoding::HEXLOWER;
use include_dir::{Dir, include_dir};
use jiff::{Span, Timestamp};
use saqta_app::act::{Caller, Channel};
use saqta_app::admission::KeyScope;
use saqta_app::instance::{App, Clock, Limits, Location};
use saqta_domain::terms::actor::Actor;
use saqta_domain::terms::names::Language;
use saqta_domain::terms::operation::Operation;
use saqta_policy::folder::Folder;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::answer::Answer;
use crate::database::Database;
use crate::trips::Trips;
use crate::watch;

static EXAMPLE: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../examples/autoshop");

/// A running server of the example shop.
pub struct Shop {
    app: Arc<App>,
    clock: Arc<AtomicI64>,
    http: reqwest::Client,
    base: String,
    folder: Option<TempDir>,
    database: Option<Database>,
    serving: tokio::task::JoinHandle<()>,
    errors: Mutex<Vec<u8>>,
}

/// A key of the shop, ready to be used.
#[derive(Clone)]
pub struct Key(String);

impl Key {
    /// A key as somebody would show it, known to the server or not.
    pub fn shown(secret: &str) -> Self {
        Self(secret.to_owned())
    }
}

/// Which database a shop stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Store {
    /// Two files in a folder.
    Sqlite,
    /// A server.
    Postgres,
}

/// Runs a test on the embedded database, and on PostgreSQL where one is at hand. Afterwards nothing personal may be in a log, an
/// error or the ledger, and every standing must be the fold of its history.
pub fn on_both(test: impl AsyncFn(&Shop)) {
    on_both_within(Limits::default(), test);
}

/// The same in a shop whose keys may do no more in a day than this.
pub fn on_both_within(limits: Limits, test: impl AsyncFn(&Shop)) {
    for store in [Store::Sqlite, Store::Postgres] {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let Some(shop) = Shop::open(store, limits).await else {
                eprintln!("PostgreSQL was not tried: SAQTA_TEST_PGURL is not set");
                return;
            };
            test(&shop).await;
            shop.close().await;
        });
    }
}

impl Shop {
    /// A fresh shop with the example policy; none, when there is no such database at hand.
    pub async fn open(store: Store, limits: Limits) -> Option<Self> {
        let database = match store {
            Store::Sqlite => None,
            Store::Postgres => Some(Database::create().await?),
        };
        let url = database.as_ref().map(Database::url);
        Some(Self::on(database, url, limits).await)
    }

    /// A fresh shop on PostgreSQL, and how often it waits for that; none, when there is no such database at hand.
    pub async fn counted() -> Option<(Self, Trips)> {
        let database = Database::create().await?;
        let (url, trips) = database.counted();
        Some((Self::on(Some(database), Some(url), Limits::default()).await, trips))
    }

    async fn on(database: Option<Database>, url: Option<String>, limits: Limits) -> Self {
        watch::listen();
        let folder = tempfile::tempdir().unwrap();
        let morning: Timestamp = "2026-03-02T04:00:00Z".parse().unwrap();
        let clock = Arc::new(AtomicI64::new(morning.as_microsecond()));
        let app = open_app(folder.path(), url, &clock, limits).await;
        app.publish(&system(), Folder::from_files(example_files()), "The director").await.unwrap();
        Self::with(app, clock, folder, database).await
    }

    async fn with(app: Arc<App>, clock: Arc<AtomicI64>, folder: TempDir, database: Option<Database>) -> Self {
        let (base, serving) = serve(Arc::clone(&app), "127.0.0.1:0").await;
        let (folder, http, errors) = (Some(folder), reqwest::Client::new(), Mutex::default());
        Self { app, clock, http, base, folder, database, serving, errors }
    }

    /// A shop on the embedded database that was left, at a later hour.
    pub async fn back(folder: TempDir, now: Timestamp) -> Self {
        let clock = Arc::new(AtomicI64::new(now.as_microsecond()));
        let app = open_app(folder.path(), None, &clock, Limits::default()).await;
        Self::with(app, clock, folder, None).await
    }

    /// Closes the shop and leaves its files to whoever opens them next.
    pub async fn leave(mut self) -> TempDir {
        self.serving.abort();
        self.app.close().await;
        self.folder.take().unwrap()
    }

    /// The installation behind the server, for what has no page or path: jobs, residue.
    pub fn app(&self) -> &Arc<App> {
        &self.app
    }

    /// Does something to its PostgreSQL database behind its back.
    pub async fn tamper(&self, statement: &str) {
        self.database.as_ref().unwrap().tamper(statement).await;
    }

    /// The folder of its files.
    pub fn data(&self) -> PathBuf {
        self.folder.as_ref().unwrap().path().to_owned()
    }

    /// Where it answers.
    pub fn base(&self) -> &str {
        &self.base
    }

    /// Lets time pass, and does what became due.
    pub async fn wait(&self, span: Span) {
        let now = Timestamp::from_microsecond(self.clock.load(Ordering::SeqCst)).unwrap();
        let later = now.to_zoned(jiff::tz::TimeZone::UTC).checked_add(span).unwrap().timestamp();
        self.clock.store(later.as_microsecond(), Ordering::SeqCst);
        self.app.run_jobs().await.unwrap();
    }

    /// Sets the clock back, as a machine with a wrong one does; nothing is run.
    pub fn turn_back(&self, span: Span) {
        let earlier = self.now().to_zoned(jiff::tz::TimeZone::UTC).checked_sub(span).unwrap().timestamp();
        self.clock.store(earlier.as_microsecond(), Ordering::SeqCst);
    }

    /// What its clock shows.
    pub fn now(&self) -> Timestamp {
        self.app.now()
    }

    /// A key for these purposes and all operations, whose holder signed the undertaking.
    pub async fn key(&self, purposes: &[&str]) -> Key {
        let operations: Vec<&str> = Operation::ALL.iter().map(|o| o.as_str()).collect();
        self.key_with(purposes, &operations, Some("7 of 2026-01-12")).await
    }

    /// A key for these purposes and operations.
    pub async fn key_with(&self, purposes: &[&str], operations: &[&str], undertaking: Option<&str>) -> Key {
        let owned = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect();
        let scope = KeyScope {
            purposes: owned(purposes),
            operations: owned(operations),
            administers: false,
            undertaking: undertaking.map(str::to_owned),
        };
        Key(self.app.create_key(&system(), "test", &scope).await.unwrap().outcome.secret)
    }

    /// A key that may administer, and nothing else.
    pub async fn administrator(&self) -> Key {
        let scope = KeyScope { administers: true, ..KeyScope::default() };
        Key(self.app.create_key(&system(), "administrator", &scope).await.unwrap().outcome.secret)
    }

    /// Asks the server.
    pub async fn post(&self, key: &Key, path: &str, body: Value) -> Answer {
        self.post_once(key, path, body, None).await
    }

    /// Asks the server with an idempotency key.
    pub async fn post_once(&self, key: &Key, path: &str, body: Value, idempotency: Option<&str>) -> Answer {
        watch::plant(&body);
        let mut request = self
            .http
            .post(format!("{}{path}", self.base))
            .bearer_auth(&key.0)
            .header("accept-language", "en")
            .json(&body);
        if let Some(idempotency) = idempotency {
            request = request.header("idempotency-key", idempotency);
        }
        self.answered(request.send().await.unwrap()).await
    }

    /// Sends a document of a person: what it is, and its bytes under the media type that the caller claims.
    pub async fn upload(&self, key: &Key, described: &Value, media_type: &str, content: &[u8]) -> Answer {
        const BOUNDARY: &str = "between-two-parts-7f3a";
        let mut body = format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"request\"\r\ncontent-type: application/json\r\n\r\n\
             {described}\r\n\
             --{BOUNDARY}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"scan\"\r\ncontent-type: {media_type}\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(content);
        body.extend_from_slice(format!("\r\n--{BOUNDARY}--\r\n").as_bytes());
        let request = self
            .http
            .post(format!("{}/v1/documents", self.base))
            .bearer_auth(&key.0)
            .header("accept-language", "en")
            .header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"))
            .body(body);
        self.answered(request.send().await.unwrap()).await
    }

    /// Reads from the server.
    pub async fn get(&self, key: Option<&Key>, path: &str) -> Answer {
        let mut request = self.http.get(format!("{}{path}", self.base)).header("accept-language", "en");
        if let Some(key) = key {
            request = request.bearer_auth(&key.0);
        }
        self.answered(request.send().await.unwrap()).await
    }

    /// Deletes on the server.
    pub async fn delete(&self, key: &Key, path: &str) -> Answer {
        let request = self.http.delete(format!("{}{path}", self.base)).header("accept-language", "en");
        self.answered(request.bearer_auth(&key.0).send().await.unwrap()).await
    }

    async fn answered(&self, response: reqwest::Response) -> Answer {
        let status = response.status().as_u16();
        let text = response.text().await.unwrap();
        if status >= 400 {
            self.errors.lock().unwrap().extend_from_slice(text.as_bytes());
        }
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Answer { status, body }
    }

    /// A yes or no to a consent text as it is published now.
    pub fn answer_to(&self, purpose: &str, channel: Option<&str>, given: bool) -> Value {
        let version = self.app.versions().pop().unwrap();
        let declared = version.policy.purposes.get(purpose).unwrap();
        let digest = declared.consent.as_ref().unwrap().digests[1];
        let mut answer = json!({
            "given": given,
            "text_digest": HEXLOWER.encode(&digest),
            "language": "ru",
            "evidence": "checkout form",
        });
        if let Some(channel) = channel {
            answer["channel"] = channel.into();
        }
        answer
    }

    /// A new customer with an open order; gives the person's id. The number makes name, phone and e-mail differ.
    pub async fn customer(&self, key: &Key, number: u16) -> String {
        let body = json!({
            "parts": [{
                "purpose": "order",
                "reference": format!("A-{number}"),
                "values": {
                    "full_name": "Айгерим Сапарова",
                    "phone": format!("+7700001{number:04}"),
                    "email": format!("aigerim{number}@mail.example"),
                },
            }],
        });
        let done = self.post(key, "/v1/collect", body).await.done();
        done["subject"].as_str().unwrap().to_owned()
    }

    /// Retrieves attributes of a person for a purpose.
    pub async fn retrieve(&self, key: &Key, subject: &str, purpose: &str, attributes: &[&str]) -> Answer {
        let body = json!({ "subject": { "id": subject }, "purpose": purpose, "attributes": attributes });
        self.post(key, "/v1/retrieve", body).await
    }

    /// How many leaves the ledger has.
    pub fn leaves(&self) -> i64 {
        self.app.vault().db().head().unwrap().size
    }

    /// Closes the shop, after a look at everything it wrote.
    pub async fn close(mut self) {
        self.look_back().await;
        self.serving.abort();
        self.app.close().await;
        if let Some(database) = self.database.take() {
            database.drop().await;
        }
    }

    /// Closes the server and opens it again on the same files.
    pub async fn restart(self) -> Self {
        self.serving.abort();
        self.app.close().await;
        let Self { clock, http, folder, database, errors, .. } = self;
        let path = folder.as_ref().unwrap().path().to_owned();
        let app = open_app(&path, database.as_ref().map(Database::url), &clock, Limits::default()).await;
        let (base, serving) = serve(Arc::clone(&app), "127.0.0.1:0").await;
        Self { app, clock, http, base, folder, database, serving, errors }
    }

    /// Another process on the same database; none, where the database is a file of one process. To be closed by who asked.
    pub async fn another(&self) -> Option<Arc<App>> {
        let database = self.database.as_ref()?;
        Some(open_app(&self.data(), Some(database.url()), &self.clock, Limits::default()).await)
    }

    async fn look_back(&self) {
        watch::assert_log_clean();
        watch::assert_clean("an error", &self.errors.lock().unwrap());
        let db = self.app.vault().db();
        for log in db.logs().await.unwrap() {
            for leaf in db.leaves(log, 0, u32::MAX).await.unwrap() {
                watch::assert_clean("a leaf", &leaf);
            }
        }
        self.app.vault().db().head().unwrap();
        let version = self.app.versions().pop().unwrap();
        for compartment in version.policy.compartments() {
            for name in self.app.vault().page(compartment, None, 1_000).await.unwrap() {
                let Some(record) = self.app.vault().record_of(compartment, name).await.unwrap() else {
                    continue;
                };
                let history = self.app.vault().history(&record).await.unwrap();
                let standing = record.standing();
                if history.is_empty() {
                    assert!(standing.grounds.is_empty(), "only what lost its tie to anybody has no history");
                    continue;
                }
                let first = saqta_domain::terms::standing::Standing::new(standing.id, standing.since);
                let folded = history.iter().fold(first, saqta_domain::terms::standing::Standing::after);
                assert_eq!(&folded, standing, "a standing is the fold of its history");
            }
        }
    }
}

/// The files of the example policy.
pub fn example_files() -> Vec<(String, Vec<u8>)> {
    EXAMPLE.files().map(|file| (file.path().to_str().unwrap().to_owned(), file.contents().to_vec())).collect()
}

/// The system, acting for a test.
pub fn system() -> Caller {
    Caller {
        actor: Actor::System("test").into(),
        channel: Channel::Cli,
        language: Language::English,
        idempotency: None,
        ahead: Default::default(),
    }
}

async fn open_app(data: &Path, postgres: Option<String>, clock: &Arc<AtomicI64>, limits: Limits) -> Arc<App> {
    let location = Location { data: data.to_owned(), postgres, root_key: None, faults: Default::default() };
    let hands = Arc::clone(clock);
    let clock = Clock::new(move || Timestamp::from_microsecond(hands.load(Ordering::SeqCst)).unwrap());
    Arc::new(App::open(location, clock, limits).await.unwrap())
}

/// Lets an installation answer at an address, such as `127.0.0.1:0` for any port; gives the one it has.
pub async fn serve(app: Arc<App>, address: &str) -> (String, tokio::task::JoinHandle<()>) {
    let settings = saqta_web::settings::Settings {
        requests_per_second: std::num::NonZeroU32::MAX,
        filing_takes: std::time::Duration::ZERO,
        ..saqta_web::settings::Settings::default()
    };
    let router = saqta_web::router(app, settings);
    let listener = tokio::net::TcpListener::bind(address).await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let service = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
    let serving = tokio::spawn(async move { axum::serve(listener, service).await.unwrap() });
    (base, serving)
}
