//! How is a PostgreSQL database opened, and how does it read?
//!
//! Reads go through a pool; several statements travel in one pipeline inside one read-only transaction with one snapshot.
//! Both places lie in the one database, under different table names. Writes go to one task per place, each with a
//! connection of its own, so that what is committed here is ordered here.

use std::str::FromStr;
use std::sync::Arc;

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod};
use tokio::sync::watch;
use tokio_postgres::{Config, NoTls};

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
        let manager =
            Manager::from_config(config, NoTls, ManagerConfig { recycling_method: RecyclingMethod::Fast });
        let pool = Pool::builder(manager)
            .max_size(options.readers)
            .build()
            .map_err(|error| Error::Connection(error.to_string()))?;
        let faults = options.faults.clone();
        Ok(Self { inner: Arc::new(Inner { pool, data, keys, head: head_seen, faults }) })
    }

    pub(crate) async fn read(&self, queries: &[Query]) -> Result<Vec<Vec<Row>>, Error> {
        if self.inner.pool.is_closed() {
            return Err(Error::Closed);
        }
        let client = self.inner.pool.get().await.map_err(|error| Error::Connection(error.to_string()))?;
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
    }
}
