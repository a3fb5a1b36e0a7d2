//! Does a database come to its version once, and is a newer one left alone?

use saqta_store::db::{Db, Place};
use saqta_store::error::Error;
use saqta_store::migrate;
use saqta_store::writer::{Housekeeping, Step};

use super::{Ground, on_both, on_postgres, rows};

const VERSIONS: &str = "
select version
from schema_versions
where place = $1
order by version";

#[test]
fn a_new_database_is_at_the_newest_version_in_both_places_and_stays_there() {
    on_both(async |ground: &Ground| {
        for _ in 0..2 {
            let db = ground.open().await;
            for place in [Place::Data, Place::Keys] {
                let applied = rows(&db, place, VERSIONS, vec![place.name().into()]).await;
                let applied: Vec<i64> = applied.iter().map(|row| row.int(0).unwrap()).collect();
                assert_eq!(applied, (1..=migrate::known(place)).collect::<Vec<_>>());
            }
            db.close().await;
        }
    });
}

#[test]
fn a_database_from_a_newer_program_is_refused() {
    for place in [Place::Data, Place::Keys] {
        on_both(async |ground: &Ground| {
            let db = ground.open().await;
            let newer = "insert into schema_versions (place, version, applied_at) values ($1, $2, $3)";
            let step = Step::one(newer, vec![place.name().into(), 99.into(), 0.into()]);
            match place {
                Place::Data => db.commit_housekeeping(vec![step], Housekeeping::Settings).await.unwrap(),
                Place::Keys => db.commit_keys(vec![step]).await.unwrap(),
            };
            db.close().await;
            let Err(refused) = Db::open(ground.options(1)).await else {
                panic!("a newer database was opened");
            };
            let known = migrate::known(place);
            assert!(
                matches!(refused, Error::NewerDatabase { found: 99, known: k } if k == known),
                "{refused}"
            );
        });
    }
}

#[test]
fn processes_that_start_at_once_migrate_once() {
    on_postgres(async |ground: &Ground| {
        let starts: Vec<_> = (1..=6).map(|holder| tokio::spawn(Db::open(ground.options(holder)))).collect();
        let mut logs = Vec::new();
        for start in starts {
            let db = start.await.unwrap().unwrap();
            logs.push(db.head().unwrap().log_id);
            db.close().await;
        }
        logs.sort_unstable();
        logs.dedup();
        assert!(!logs.is_empty());
    });
}
