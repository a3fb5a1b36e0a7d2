//! Which version is a database at, and how does it come to the newest?
//!
//! Each migration runs in one transaction together with the row that says it ran, so a process that dies here leaves the
//! version before or the version after. Where several processes start at once on PostgreSQL the row's primary key lets
//! one of them through. A database from a newer program is refused, never written to.

use rusqlite::Connection;
use tokio_postgres::Client;

use crate::db::Place;
use crate::db::dialect::{self, Dialect};
use crate::error::{Conflict, Error};

struct Migration {
    version: i64,
    text: &'static str,
}

const DATA: [Migration; 3] = [
    Migration { version: 1, text: include_str!("../migrations/0001_first.sql") },
    Migration { version: 2, text: include_str!("../migrations/0002_staff.sql") },
    Migration { version: 3, text: include_str!("../migrations/0003_requests.sql") },
];

const KEYS: [Migration; 2] = [
    Migration { version: 1, text: include_str!("../migrations/keys_0001_first.sql") },
    Migration { version: 2, text: include_str!("../migrations/keys_0002_guesses.sql") },
];

const VERSIONS: &str = "
create table if not exists schema_versions (
  place text not null,
  version bigint not null,
  applied_at bigint not null,
  primary key (place, version)
) {TABLE}";

const FOUND: &str = "
select coalesce(max(version), 0)
from schema_versions
where place = $1";

const APPLIED: &str = "
insert into schema_versions (place, version, applied_at)
values ($1, $2, $3)";

/// How often a starting process lets others go first before it gives up.
const ATTEMPTS: usize = 8;

/// The newest version of a place that this program knows.
pub fn known(place: Place) -> i64 {
    migrations(place).iter().map(|migration| migration.version).max().unwrap_or(0)
}

fn migrations(place: Place) -> &'static [Migration] {
    match place {
        Place::Data => &DATA,
        Place::Keys => &KEYS,
    }
}

fn pending(place: Place, found: i64) -> Result<impl Iterator<Item = &'static Migration>, Error> {
    let known = known(place);
    if found > known {
        return Err(Error::NewerDatabase { found, known });
    }
    Ok(migrations(place).iter().filter(move |migration| migration.version > found))
}

/// Brings one file of an embedded database to the newest version.
pub(crate) fn sqlite(connection: &mut Connection, place: Place, now: i64) -> Result<(), Error> {
    connection.execute_batch(&dialect::schema(VERSIONS, Dialect::Sqlite)).map_err(dialect::sqlite)?;
    let found: i64 = connection
        .query_row(&dialect::numbered(FOUND), [place.name()], |row| row.get(0))
        .map_err(dialect::sqlite)?;
    for migration in pending(place, found)? {
        let transaction = connection.transaction().map_err(dialect::sqlite)?;
        transaction
            .execute(&dialect::numbered(APPLIED), (place.name(), migration.version, now))
            .map_err(dialect::sqlite)?;
        transaction
            .execute_batch(&dialect::schema(migration.text, Dialect::Sqlite))
            .map_err(dialect::sqlite)?;
        transaction.commit().map_err(dialect::sqlite)?;
    }
    Ok(())
}

/// Brings one place of a PostgreSQL database to the newest version.
pub(crate) async fn postgres(client: &mut Client, place: Place, now: i64) -> Result<(), Error> {
    for _ in 0..ATTEMPTS {
        match postgres_once(client, place, now).await {
            Err(Error::Conflict(Conflict::Taken) | Error::Retry) => {}
            done => return done,
        }
    }
    Err(Error::MigrationRace)
}

async fn postgres_once(client: &mut Client, place: Place, now: i64) -> Result<(), Error> {
    let refused = |error: tokio_postgres::Error| dialect::postgres(&error);
    client.batch_execute(&dialect::schema(VERSIONS, Dialect::Postgres)).await.map_err(refused)?;
    let found: i64 = client.query_one(FOUND, &[&place.name()]).await.map_err(refused)?.get(0);
    for migration in pending(place, found)? {
        let transaction = client.transaction().await.map_err(refused)?;
        // This row comes first: a second process waits here for the first, and is then told that the version is taken.
        transaction.execute(APPLIED, &[&place.name(), &migration.version, &now]).await.map_err(refused)?;
        transaction
            .batch_execute(&dialect::schema(migration.text, Dialect::Postgres))
            .await
            .map_err(refused)?;
        transaction.commit().await.map_err(refused)?;
    }
    Ok(())
}
