//! One suite for both databases: each test runs on SQLite, and on PostgreSQL where `SAQTA_TEST_PGURL` names a server.

mod citus;
mod columns;
mod crash;
mod distribution;
mod failing_commit;
mod group_commit;
mod keys;
mod lease;
mod places;
mod schema;
mod staff;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use saqta_store::db::value::{Row, Value};
use saqta_store::db::{Clock, Db, Options, Place, Query};
use saqta_store::writer::{Deed, Recorded, Silent, Step};
use tokio_postgres::NoTls;

/// The database under test, and the clock that tests move by hand.
pub struct Ground {
    pub kind: Kind,
    pub clock: Arc<AtomicI64>,
}

pub enum Kind {
    Folder(tempfile::TempDir),
    Server { server: String, name: String },
}

impl Ground {
    fn new(kind: Kind) -> Self {
        Self { kind, clock: Arc::new(AtomicI64::new(1_700_000_000_000_000)) }
    }

    pub fn target(&self) -> String {
        match &self.kind {
            Kind::Folder(folder) => folder.path().join("data").to_str().unwrap().to_owned(),
            Kind::Server { server, name } => url_of(server, name),
        }
    }

    /// What a process called `holder` says to open it.
    pub fn options(&self, holder: u8) -> Options {
        options(&self.target(), Arc::clone(&self.clock), holder)
    }

    pub async fn open(&self) -> Db {
        Db::open(self.options(1)).await.unwrap()
    }

    pub fn is_embedded(&self) -> bool {
        matches!(self.kind, Kind::Folder(_))
    }
}

pub fn options(target: &str, clock: Arc<AtomicI64>, holder: u8) -> Options {
    let clock = Clock::new(move || clock.load(Ordering::Relaxed));
    if target.starts_with("postgres") {
        return Options::postgres(target, clock, [holder; 16]);
    }
    Options::embedded(target, clock, [holder; 16])
}

fn url_of(server: &str, name: &str) -> String {
    let (address, _) = server.rsplit_once('/').unwrap();
    format!("{address}/{name}")
}

pub async fn administer(server: &str, command: &str) {
    let (client, connection) = tokio_postgres::connect(server, NoTls).await.unwrap();
    let connection = tokio::spawn(connection);
    client.batch_execute(command).await.unwrap();
    drop(client);
    connection.await.unwrap().unwrap();
}

/// The server to test on, if one is named.
pub fn server() -> Option<String> {
    std::env::var_os("SAQTA_TEST_PGURL").map(|url| url.into_string().unwrap())
}

pub fn run(test: impl Future<Output = ()>) {
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    runtime.worker_threads(2).enable_all().build().unwrap().block_on(test);
}

pub fn on_sqlite(test: impl AsyncFn(&Ground)) {
    let ground = Ground::new(Kind::Folder(tempfile::tempdir().unwrap()));
    run(test(&ground));
}

pub fn on_postgres(test: impl AsyncFn(&Ground)) {
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    let Some(server) = server() else {
        println!("the postgresql half did not run: SAQTA_TEST_PGURL is not set");
        return;
    };
    run(async {
        let name = format!("saqta_test_{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
        administer(&server, &format!("create database {name}")).await;
        let ground = Ground::new(Kind::Server { server: server.clone(), name: name.clone() });
        test(&ground).await;
        administer(&server, &format!("drop database {name} with (force)")).await;
    });
}

pub fn on_both(test: impl AsyncFn(&Ground)) {
    on_sqlite(&test);
    on_postgres(&test);
}

const ADD: &str = "
insert into vault (subject, compartment, version, standing, body)
values ($1, 'shop', 1, $2, $2)";

const CHANGE: &str = "
update vault
set version = version + 1
where subject = $1 and version = $2";

const FILE: &str = "
insert into trail (trail, log_id, idx)
values ($1, $2, $3)";

/// An id that is easy to tell from others.
pub fn id(number: u64) -> [u8; 16] {
    let mut id = [0xAB; 16];
    id[..8].copy_from_slice(&number.to_be_bytes());
    id
}

pub fn add(number: u64) -> Step {
    Step::one(ADD, vec![id(number).into(), vec![1u8, 2, 3].into()])
}

pub fn change(number: u64, version: i64) -> Step {
    Step::one(CHANGE, vec![id(number).into(), version.into()])
}

/// Files the deed's leaf number `later` under a tag.
pub fn file(number: u64, later: u32) -> Step {
    let index = if later == 0 { Value::LeafIndex } else { Value::LeafIndexPlus(later) };
    Step::one(FILE, vec![id(number).into(), Value::LogId, index])
}

pub fn leaf(number: u64) -> Vec<u8> {
    format!("leaf of {number}").into_bytes()
}

pub fn adding(number: u64) -> Deed<Recorded> {
    Deed::<Silent>::new().step(add(number)).step(file(number, 0)).record(leaf(number))
}

pub async fn rows(db: &Db, place: Place, sql: &'static str, params: Vec<Value>) -> Vec<Row> {
    db.query(place, Query::new(sql, params)).await.unwrap()
}

const COUNT: &str = "
select count(*)
from vault";

pub async fn people(db: &Db) -> i64 {
    rows(db, Place::Data, COUNT, vec![]).await[0].int(0).unwrap()
}

const LEAVES: &str = "
select idx, leaf
from leaves
where log_id = $1
order by idx";

/// The leaves of a log; fails where an index is skipped.
pub async fn leaves(db: &Db, log_id: i64) -> Vec<Vec<u8>> {
    let rows = rows(db, Place::Data, LEAVES, vec![log_id.into()]).await;
    for (expected, row) in rows.iter().enumerate() {
        assert_eq!(row.int(0).unwrap(), i64::try_from(expected).unwrap(), "a leaf index is skipped");
    }
    rows.iter().map(|row| row.bytes(1).unwrap().to_vec()).collect()
}
