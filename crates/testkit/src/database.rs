//! Which databases does a test run on, and does each test have one of its own?

use std::net::ToSocketAddrs;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio_postgres::NoTls;
use tokio_postgres::config::Host;

use crate::trips::{Trips, relay};

/// A PostgreSQL database that is dropped with the test.
pub(crate) struct Database {
    server: String,
    name: String,
}

static MADE: AtomicU32 = AtomicU32::new(0);

impl Database {
    /// A fresh database on the server of `SAQTA_TEST_PGURL`; none, when the variable is not set.
    pub async fn create() -> Option<Self> {
        #[expect(clippy::disallowed_methods, reason = "tests have no configuration but this variable")]
        let server = std::env::var("SAQTA_TEST_PGURL").ok()?;
        let name = format!("saqta_shop_{}_{}", std::process::id(), MADE.fetch_add(1, Ordering::Relaxed));
        Self::say(&server, &format!("create database {name}")).await;
        Some(Self { server, name })
    }

    pub fn url(&self) -> String {
        let (base, _) = self.server.rsplit_once('/').expect("a URL with a database");
        format!("{base}/{}", self.name)
    }

    /// The same database behind a relay that counts how often somebody waits for it.
    pub fn counted(&self) -> (String, Trips) {
        let config: tokio_postgres::Config = self.url().parse().expect("a URL");
        let host = config.get_hosts().iter().find_map(|host| match host {
            Host::Tcp(name) => Some(name.as_str()),
            Host::Unix(_) => None,
        });
        let host = host.expect("a server that is reached over TCP");
        let port = config.get_ports().first().copied().unwrap_or(5432);
        let server = (host, port).to_socket_addrs().expect("a host").next().expect("an address");
        let (relayed, trips) = relay(server);
        let user = config.get_user().unwrap_or("postgres");
        (format!("postgres://{user}@127.0.0.1:{relayed}/{}", self.name), trips)
    }

    /// Does something to it that no program of the house would do.
    pub async fn tamper(&self, statement: &str) {
        Self::say(&self.url(), statement).await;
    }

    pub async fn drop(self) {
        Self::say(&self.server, &format!("drop database {} with (force)", self.name)).await;
    }

    async fn say(server: &str, statement: &str) {
        let (client, connection) = tokio_postgres::connect(server, NoTls).await.expect("PostgreSQL answers");
        let talking = tokio::spawn(connection);
        client.batch_execute(statement).await.expect(statement);
        drop(client);
        talking.await.unwrap().unwrap();
    }
}
