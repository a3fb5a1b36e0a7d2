//! How is a PostgreSQL database opened, and how does it read?
//!
//! Reads go through a pool; several statements travel in one pipeline inside one read-only transaction with one snapshot.
//! Both places lie in the one database, under different table names. Writes go to one task per place, each with a
//! connection of its own, so that what is committed here is ordered here.

use std::str::FromStr;
use std::sync::Arc;

use deadpool_postgres::Pool;
use tokio::sync::watch;
use tokio_postgres::Config;

use crate::db::router::{self, Node, Router};
use crate::db::value::Row;
use crate::db::{Options, Place, Query, dialect, pipeline, postgres_writer};
use crate::error::Error;
use crate::log::Head;
use crate::migrate;
use crate::testing::Faults;
use crate::writer::Queue;

/// An open PostgreSQL database.
#[derive(Clone)]
pub struct PostgresDb {
    inner: Arc<Inner>,
}

struct Inner {
    pool: Pool,
    router: Router,
    data: Queue,
    keys: Queue,
    head: watch::Receiver<Option<Head>>,
    faults: Faults,
}

impl PostgresDb {
    pub(crate) async fn open(url: &str, options: &Options) -> Result<Self, Error> {
        // The message of the parser is left out: it could repeat a password.
        let mut config =
            Config::from_str(url).map_err(|_| Error::Connection("the address cannot be read".to_owned()))?;
        if config.get_application_name().is_none() {
            config.application_name("saqta");
        }
        let mut client = postgres_writer::connect(&config).await?;
        for place in [Place::Keys, Place::Data] {
            migrate::postgres(&mut client, place, options.clock.now()).await?;
        }
        drop(client);

        let (head, head_seen) = watch::channel(None);
        let keys = postgres_writer::start(Place::Keys, &config, options, None).await?;
        let data = postgres_writer::start(Place::Data, &config, options, Some(head)).await?;
        let pool = router::pool(&config, options.readers)?;
        let router = Router::new(config, options.readers);
        let faults = options.faults.clone();
        let db = Self { inner: Arc::new(Inner { pool, router, data, keys, head: head_seen, faults }) };
        if let Err(error) = db.refresh_routes().await {
            tracing::warn!(%error, "which machine of the cluster has whose rows could not be read");
        }
        Ok(db)
    }

    /// Reads anew which machine of a cluster has whose rows.
    pub(crate) async fn refresh_routes(&self) -> Result<(), Error> {
        let client = self.inner.pool.get().await.map_err(|error| Error::Connection(error.to_string()))?;
        self.inner.router.refresh(&client).await
    }

    /// The machine that reads about a subject are sent to.
    pub(crate) fn owner_of(&self, subject: &[u8]) -> Option<String> {
        self.inner.router.node_of(subject).map(|node| node.name())
    }

    pub(crate) async fn read(&self, queries: &[Query]) -> Result<Vec<Vec<Row>>, Error> {
        if self.inner.pool.is_closed() {
            return Err(Error::Closed);
        }
        match self.inner.router.owner(queries) {
            Some(owner) => self.read_by(&owner, queries).await,
            None => read_through(&self.inner.pool, queries).await,
        }
    }

    /// Reads what is common to all and what is about people, side by side: in one pipeline where one machine has both, else the
    /// second from the machine that has the person. What is common to all is never read from a machine that may have left.
    pub(crate) async fn read_beside(
        &self,
        mut common: Vec<Query>,
        of_people: Vec<Query>,
    ) -> Result<(Vec<Vec<Row>>, Vec<Vec<Row>>), Error> {
        if self.inner.pool.is_closed() {
            return Err(Error::Closed);
        }
        if let Some(owner) = self.inner.router.owner(&of_people) {
            let common = read_through(&self.inner.pool, &common);
            let (common, of_people) = tokio::join!(common, self.read_by(&owner, &of_people));
            return Ok((common?, of_people?));
        }
        let first = common.len();
        common.extend(of_people);
        let mut answers = read_through(&self.inner.pool, &common).await?;
        let of_people = answers.split_off(first.min(answers.len()));
        Ok((answers, of_people))
    }

    async fn read_by(&self, owner: &Node, queries: &[Query]) -> Result<Vec<Vec<Row>>, Error> {
        match read_through(owner.pool(), queries).await {
            // A machine that left the cluster a moment ago knows of nobody; only a find is believed.
            Ok(answers) if answers.iter().any(|rows| !rows.is_empty()) => return Ok(answers),
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(node = owner.name(), %error, "a read goes another way than by its owner");
                owner.rest();
            }
        }
        read_through(&self.inner.pool, queries).await
    }

    pub(crate) fn queue(&self, place: Place) -> &Queue {
        match place {
            Place::Data => &self.inner.data,
            Place::Keys => &self.inner.keys,
        }
    }

    pub(crate) fn head(&self) -> Option<Head> {
        *self.inner.head.borrow()
    }

    pub(crate) fn faults(&self) -> &Faults {
        &self.inner.faults
    }

    pub(crate) fn closed(&self) {
        self.inner.pool.close();
        self.inner.router.close();
    }
}

async fn read_through(pool: &Pool, queries: &[Query]) -> Result<Vec<Vec<Row>>, Error> {
    let client = pool.get().await.map_err(|error| Error::Connection(error.to_string()))?;
    let mut statements = Vec::with_capacity(queries.len());
    for query in queries {
        let statement = client.prepare_cached(query.sql).await;
        statements.push(statement.map_err(|error| dialect::postgres(&error))?);
    }
    // One statement is a snapshot of its own.
    let together = queries.len() > 1;
    let mut pending = Vec::with_capacity(queries.len().saturating_add(2));
    if together {
        pending.push(pipeline::command(&client, "begin isolation level repeatable read, read only"));
    }
    for (query, statement) in queries.iter().zip(&statements) {
        pending.push(pipeline::call(&client, statement, &query.params, None)?);
    }
    if together {
        pending.push(pipeline::command(&client, "commit"));
    }
    let answers = pipeline::all(pending).await;
    let rows =
        answers.into_iter().map(|answer| answer.map(|(_, rows)| rows)).collect::<Result<Vec<_>, _>>()?;
    Ok(rows.into_iter().skip(usize::from(together)).take(queries.len()).collect())
}
