//! What does a server do that protects nothing? One unencrypted row for each person, by the same HTTP server and SQLite.
//!
//! It takes the requests that Saqta takes and gives answers of the same shape, without a key, a rule, a ledger or a seal. Reads go
//! on the thread that took the request, on a connection of that thread; each write is a transaction of its own that is on the
//! disk before it is answered.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use anyhow::{Context, Result};
use axum::Json;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use clap::Args;
use data_encoding::HEXLOWER;
use rand::rngs::SmallRng;
use rand::{RngExt, SeedableRng};
use rusqlite::{Connection, OptionalExtension, params};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::net::TcpListener;

use crate::people::value;
use crate::world::{Held, Id, Shape};

/// Run the server that protects nothing, for comparison.
#[derive(Args)]
pub struct Options {
    /// The folder of its database.
    #[arg(long, value_name = "DIR")]
    folder: PathBuf,
    /// The address to listen on.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:0")]
    listen: SocketAddr,
}

const TABLES: &str = "
create table if not exists people (id blob primary key, email text unique, body text not null) without rowid;
";

thread_local! {
    static READER: RefCell<Option<Connection>> = const { RefCell::new(None) };
}

struct Floor {
    file: PathBuf,
    writer: Mutex<Connection>,
}

type Shared = State<Arc<Floor>>;

/// A row.
#[derive(Default, Serialize, Deserialize)]
struct Person {
    values: BTreeMap<String, String>,
    consents: BTreeMap<String, bool>,
}

/// What went wrong, as a status.
struct Fault(StatusCode);

impl<E: std::error::Error> From<E> for Fault {
    fn from(_: E) -> Self {
        Self(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        (self.0, Json(json!({}))).into_response()
    }
}

const NOBODY: Fault = Fault(StatusCode::NOT_FOUND);

/// Runs until it is killed. `say` gets one line that says where it listens.
pub fn run(options: &Options, say: impl FnOnce(&str)) -> Result<()> {
    std::fs::create_dir_all(&options.folder)?;
    let file = options.folder.join("floor.db");
    let writer = open(&file)?;
    writer.execute_batch(TABLES)?;
    let floor = Arc::new(Floor { file, writer: Mutex::new(writer) });
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(options.listen).await?;
        say(&json!({ "listening": listener.local_addr()?.to_string() }).to_string());
        let router = Router::new()
            .route("/healthz", get(async || "alive\n"))
            .route("/v1/collect", post(collect))
            .route("/v1/retrieve", post(retrieve))
            .route("/v1/use", post(decide))
            .route("/v1/rectify", post(rectify))
            .route("/v1/withdraw", post(withdraw))
            .route("/v1/consents", post(consent))
            .route("/v1/destroy", post(destroy))
            .with_state(floor);
        axum::serve(listener, router).await.context("the floor broke off")
    })
}

/// Puts so many people into an empty table, all at once, and gives them. What a request would write is written; the rows lie as
/// close as they can, which is no disadvantage to the floor.
pub fn fill(folder: &Path, shape: Shape, people: u64) -> Result<Vec<Held>> {
    std::fs::create_dir_all(folder)?;
    let mut connection = open(&folder.join("floor.db"))?;
    connection.pragma_update(None, "synchronous", "off")?;
    connection.execute_batch(TABLES)?;
    let mut chance = SmallRng::seed_from_u64(people);
    let mut ids: Vec<[u8; 16]> = (0..people).map(|_| chance.random()).collect();
    ids.sort_unstable();
    let transaction = connection.transaction()?;
    let mut insert = transaction.prepare("insert into people (id, email, body) values (?1, ?2, ?3)")?;
    let mut held = Vec::with_capacity(ids.len());
    for (number, id) in (0..people).zip(&ids) {
        let mut person = Person::default();
        for (purpose, attributes) in shape.parts() {
            let values = attributes.iter().map(|name| ((*name).to_owned(), value(name, number, 0)));
            person.values.extend(values);
            person.consents.insert((*purpose).to_owned(), true);
        }
        insert.execute(params![id, person.values.get("email"), serde_json::to_string(&person)?])?;
        held.push(Held { id: Id::new(id), number, edition: 0 });
    }
    drop(insert);
    transaction.commit()?;
    connection.query_row("pragma wal_checkpoint(truncate)", [], |_| Ok(()))?;
    drop(connection);
    std::fs::File::open(folder.join("floor.db"))?.sync_all()?;
    Ok(held)
}

fn open(file: &Path) -> Result<Connection> {
    let connection = Connection::open(file)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "cache_size", -65_536)?;
    Ok(connection)
}

impl Floor {
    fn read<T>(&self, read: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, Fault> {
        READER.with(|reader| {
            let mut reader = reader.try_borrow_mut()?;
            let connection = match reader.take() {
                Some(connection) => connection,
                None => open(&self.file).map_err(|_| Fault(StatusCode::INTERNAL_SERVER_ERROR))?,
            };
            read(reader.insert(connection))
        })
    }

    /// One transaction for each request, on the disk when this returns.
    fn write<T>(&self, write: impl FnOnce(&Connection) -> Result<T, Fault>) -> Result<T, Fault> {
        let mut writer = self.writer.lock().map_err(|_| Fault(StatusCode::INTERNAL_SERVER_ERROR))?;
        let transaction = writer.transaction()?;
        let written = write(&transaction)?;
        transaction.commit()?;
        Ok(written)
    }
}

fn by_id(connection: &Connection, id: &[u8]) -> Result<Person, Fault> {
    let mut select = connection.prepare_cached("select body from people where id = ?1")?;
    let body: Option<String> = select.query_row(params![id], |row| row.get(0)).optional()?;
    Ok(serde_json::from_str(&body.ok_or(NOBODY)?)?)
}

fn store(connection: &Connection, id: &[u8], person: &Person) -> Result<(), Fault> {
    let mut update = connection.prepare_cached("update people set body = ?2 where id = ?1")?;
    update.execute(params![id, serde_json::to_string(person)?])?;
    Ok(())
}

#[derive(Deserialize)]
struct Subject {
    id: Option<String>,
    value: Option<String>,
}

impl Subject {
    fn id(&self) -> Result<Vec<u8>, Fault> {
        let id = self.id.as_ref().ok_or(NOBODY)?;
        Ok(HEXLOWER.decode(id.as_bytes())?)
    }
}

#[derive(Deserialize)]
struct CollectBody {
    parts: Vec<Part>,
}

#[derive(Deserialize)]
struct Part {
    purpose: String,
    #[serde(default)]
    values: BTreeMap<String, String>,
    #[serde(default)]
    consents: Vec<Answer>,
}

#[derive(Deserialize)]
struct Answer {
    given: bool,
}

async fn collect(State(floor): Shared, Json(body): Json<CollectBody>) -> Result<Response, Fault> {
    let mut person = Person::default();
    for part in body.parts {
        person.values.extend(part.values);
        person.consents.insert(part.purpose, part.consents.iter().all(|consent| consent.given));
    }
    let id: [u8; 16] = rand::rng().random();
    floor.write(|connection| {
        let mut insert =
            connection.prepare_cached("insert into people (id, email, body) values (?1, ?2, ?3)")?;
        insert.execute(params![id, person.values.get("email"), serde_json::to_string(&person)?])?;
        Ok(())
    })?;
    Ok((StatusCode::CREATED, Json(json!({ "subject": HEXLOWER.encode(&id), "new": true }))).into_response())
}

#[derive(Deserialize)]
struct RetrieveBody {
    subject: Subject,
    attributes: Vec<String>,
}

async fn retrieve(State(floor): Shared, Json(body): Json<RetrieveBody>) -> Result<Response, Fault> {
    #[derive(Serialize)]
    struct Retrieved {
        subject: String,
        values: BTreeMap<String, String>,
    }
    let id = body.subject.id()?;
    let mut person = floor.read(|connection| by_id(connection, &id))?;
    person.values.retain(|name, _| body.attributes.contains(name));
    Ok(Json(Retrieved { subject: HEXLOWER.encode(&id), values: person.values }).into_response())
}

#[derive(Deserialize)]
struct UseBody {
    subject: Subject,
    purpose: String,
}

async fn decide(State(floor): Shared, Json(body): Json<UseBody>) -> Result<Response, Fault> {
    let (id, person) = floor.read(|connection| {
        let mut select = connection.prepare_cached("select id, body from people where email = ?1")?;
        let row = select.query_row(params![body.subject.value], |row| Ok((row.get(0)?, row.get(1)?)));
        let (id, person): (Vec<u8>, String) = row.optional()?.ok_or(NOBODY)?;
        Ok((id, serde_json::from_str::<Person>(&person)?))
    })?;
    if person.consents.get(&body.purpose) != Some(&true) {
        return Err(Fault(StatusCode::FORBIDDEN));
    }
    Ok(Json(json!({ "allowed": true, "subject": HEXLOWER.encode(&id) })).into_response())
}

#[derive(Deserialize)]
struct RectifyBody {
    subject: Subject,
    values: BTreeMap<String, String>,
}

async fn rectify(State(floor): Shared, Json(body): Json<RectifyBody>) -> Result<Response, Fault> {
    let id = body.subject.id()?;
    floor.write(|connection| {
        let mut person = by_id(connection, &id)?;
        person.values.extend(body.values);
        store(connection, &id, &person)
    })?;
    Ok(Json(json!({ "applied": true })).into_response())
}

#[derive(Deserialize)]
struct ConsentBody {
    subject: Subject,
    purpose: String,
}

async fn withdraw(State(floor): Shared, Json(body): Json<ConsentBody>) -> Result<Response, Fault> {
    answered(&floor, &body, false)?;
    Ok(Json(json!({ "purposes": [] })).into_response())
}

async fn consent(State(floor): Shared, Json(body): Json<ConsentBody>) -> Result<Response, Fault> {
    answered(&floor, &body, true)?;
    Ok((StatusCode::CREATED, Json(json!({ "subject": body.subject.id, "new": false }))).into_response())
}

fn answered(floor: &Floor, body: &ConsentBody, given: bool) -> Result<(), Fault> {
    let id = body.subject.id()?;
    floor.write(|connection| {
        let mut person = by_id(connection, &id)?;
        person.consents.insert(body.purpose.clone(), given);
        store(connection, &id, &person)
    })
}

#[derive(Deserialize)]
struct DestroyBody {
    subject: Subject,
}

async fn destroy(State(floor): Shared, Json(body): Json<DestroyBody>) -> Result<Response, Fault> {
    let id = body.subject.id()?;
    let gone = floor.write(|connection| {
        Ok(connection.prepare_cached("delete from people where id = ?1")?.execute(params![id])?)
    })?;
    if gone == 0 {
        return Err(NOBODY);
    }
    Ok(Json(json!({ "anything_left": false })).into_response())
}
