//! Is a cluster prepared as it has to be, and are people asked for where their rows lie?
//!
//! All of it is tried on one plain PostgreSQL with a stand-in for Citus; see the first line of `citus_stand_in.sql`.

use std::fmt::Write as _;

use saqta_store::db::citus::{Preparation, prepare};
use saqta_store::db::value::Value;
use saqta_store::db::{Clock, Db, Place, Query};
use saqta_store::distribution::spreads;
use saqta_store::error::Error;
use tokio_postgres::NoTls;

use super::{Ground, add, adding, administer, id, on_postgres, rows};

const STAND_IN: &str = include_str!("citus_stand_in.sql");
const STATEMENTS: &str = include_str!("citus_statements.sql");

async fn asked(url: &str, question: &str) -> Vec<String> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
    tokio::spawn(connection);
    client.query(question, &[]).await.unwrap().iter().map(|row| row.get(0)).collect()
}

async fn calls(url: &str) -> Vec<String> {
    asked(url, "select call from calls order by number").await
}

async fn prepared(ground: &Ground, shards: u16, dry: bool) -> Result<Preparation, Error> {
    prepare(&ground.target(), shards, dry, &Clock::new(|| 1)).await
}

/// The stand-in moves no rows, so what it is told to clear is told at each run; this is the rest.
fn spreading(done: &Preparation) -> Vec<&str> {
    let statements = done.statements.iter().map(String::as_str);
    statements.filter(|statement| statement.starts_with("select create_")).collect()
}

#[test]
fn the_statements_of_an_empty_cluster_are_these() {
    on_postgres(async |ground: &Ground| {
        administer(&ground.target(), STAND_IN).await;
        let before = asked(&ground.target(), "select relname::text from pg_class order by 1").await;
        let shown = prepared(ground, 32, true).await.unwrap();
        let mut text = String::new();
        for statement in &shown.statements {
            writeln!(text, "{statement};").unwrap();
        }
        assert_eq!(text, STATEMENTS, "citus_statements.sql keeps what `--dry-run` prints");
        let after = asked(&ground.target(), "select relname::text from pg_class order by 1").await;
        assert_eq!(after, before, "a dry run makes nothing");
        assert_eq!(calls(&ground.target()).await, Vec::<String>::new());
    });
}

#[test]
fn every_table_is_spread_once_and_what_was_broken_off_goes_on() {
    on_postgres(async |ground: &Ground| {
        administer(&ground.target(), STAND_IN).await;
        let first = prepared(ground, 8, false).await.unwrap();
        assert_eq!(spreading(&first).len(), spreads().unwrap().len());
        let made = calls(&ground.target()).await;
        assert!(made.contains(&"distributed vault subject none 8".to_owned()));
        assert!(made.contains(&"distributed subject_keys subject vault -".to_owned()));
        assert!(made.contains(&"reference settings".to_owned()));
        // As if the program had died between two tables.
        administer(
            &ground.target(),
            "delete from pg_dist_partition where logicalrelid = 'history'::regclass",
        )
        .await;
        let second = prepared(ground, 8, false).await.unwrap();
        assert_eq!(
            spreading(&second),
            ["select create_distributed_table('history', 'subject', colocate_with => 'vault')"]
        );
        assert_eq!(second.already.len(), spreads().unwrap().len() - 1);
        assert_eq!(spreading(&prepared(ground, 8, false).await.unwrap()), Vec::<&str>::new());
    });
}

#[test]
fn what_the_coordinator_held_before_is_cleared_from_its_disk() {
    on_postgres(async |ground: &Ground| {
        let db = ground.open().await;
        db.commit(adding(1)).await.unwrap();
        db.close().await;
        administer(&ground.target(), STAND_IN).await;
        prepared(ground, 8, false).await.unwrap();
        let made = calls(&ground.target()).await;
        for table in ["vault", "leaves", "trail", "logs"] {
            assert!(made.contains(&format!("truncated {table}")), "{table}");
        }
        assert!(!made.contains(&"truncated documents".to_owned()), "there was nothing in it");
    });
}

#[test]
fn a_database_without_citus_a_worker_and_a_table_that_lies_otherwise_are_refused() {
    on_postgres(async |ground: &Ground| {
        assert!(matches!(prepared(ground, 8, false).await, Err(Error::NoCitus)));
        administer(&ground.target(), STAND_IN).await;
        administer(&ground.target(), "update pg_dist_local_group set groupid = 3").await;
        assert!(matches!(prepared(ground, 8, false).await, Err(Error::NotCoordinator)));
        assert_eq!(calls(&ground.target()).await, Vec::<String>::new());

        administer(&ground.target(), "update pg_dist_local_group set groupid = 0").await;
        prepared(ground, 8, false).await.unwrap();
        for wrong in [
            "update pg_dist_partition set colocationid = 99 where logicalrelid = 'history'::regclass",
            "update pg_dist_partition set partkey = 'compartment' where logicalrelid = 'vault'::regclass",
            "update pg_dist_partition set partmethod = 'h', partkey = 'name' where logicalrelid = 'settings'::regclass",
        ] {
            administer(&ground.target(), "create table kept as select * from pg_dist_partition").await;
            administer(&ground.target(), wrong).await;
            administer(&ground.target(), "truncate calls").await;
            let refused = prepared(ground, 8, false).await;
            assert!(matches!(refused, Err(Error::SpreadOtherwise { .. })), "{wrong}");
            assert_eq!(calls(&ground.target()).await, Vec::<String>::new(), "nothing was changed");
            let back = "truncate pg_dist_partition; insert into pg_dist_partition select * from kept; drop table kept";
            administer(&ground.target(), back).await;
        }
    });
}

#[test]
fn settings_that_write_values_into_logs_are_told_for_each_machine() {
    on_postgres(async |ground: &Ground| {
        administer(&ground.target(), STAND_IN).await;
        let lonely = prepared(ground, 8, true).await.unwrap().warnings;
        assert!(lonely.iter().any(|warning| warning.about == "workers"));
        administer(
            &ground.target(),
            "insert into pg_dist_node values (1, 1, 'one.example', 5432, true, 'primary')",
        )
        .await;
        let found = prepared(ground, 8, true).await.unwrap().warnings;
        for node in ["coordinator", "one.example:5432"] {
            for about in ["log_min_error_statement", "max_prepared_transactions", "wal_level"] {
                assert!(
                    found.iter().any(|warning| warning.node == node && warning.about == about),
                    "{about} of {node} is not told"
                );
            }
        }
        assert!(!found.iter().any(|warning| warning.about == "workers"));
        assert!(!found.iter().any(|warning| warning.about == "log_statement"), "it is as it should be");
    });
}

const NODES: &str = "
insert into pg_dist_node values (1, 1, '127.0.0.1', PORT, true, 'primary'), (2, 2, 'localhost', PORT, true, 'primary');
insert into pg_dist_shard values ('vault', 11, '-2147483648', '-1'), ('vault', 12, '0', '2147483647');
insert into pg_dist_placement values (1, 11, 1), (2, 12, 2);";

const ROW: &str = "
select body
from vault
where subject = $1";

fn port(url: &str) -> String {
    let (address, _) = url.rsplit_once('/').unwrap();
    address.rsplit_once(':').unwrap().1.to_owned()
}

async fn read(db: &Db, number: u64) -> bool {
    let query = Query::new(ROW, vec![id(number).into()]);
    !db.query(Place::Data, query).await.unwrap().is_empty()
}

/// Which machines the connections that read were made to.
async fn reached(url: &str) -> Vec<String> {
    let question = "select distinct application_name from pg_stat_activity \
                    where datname = current_database() and application_name like '% at %' order by 1";
    asked(url, question).await
}

#[test]
fn a_person_is_asked_for_at_the_machine_that_the_catalogue_names() {
    on_postgres(async |ground: &Ground| {
        let url = ground.target();
        let db = ground.open().await;
        for number in 0..40 {
            db.commit(adding(number)).await.unwrap();
        }
        assert_eq!(db.owner_of(&id(1)), None, "without a cluster nobody has an owner");
        administer(&url, STAND_IN).await;
        administer(&url, &NODES.replace("PORT", &port(&url))).await;
        db.refresh_routes().await.unwrap();

        // What the database itself says of the hash decides which of the two parts a key is in. That of a list of one is 31 more
        // than that of its value, in 32 bits.
        let question = "select case when (hash_array(array[subject])::bigint - 31 + 6442450944) % 4294967296 < 2147483648 \
                        then '127.0.0.1' else 'localhost' end from vault order by subject";
        let owners = asked(&url, question).await;
        for (number, owner) in (0..40).zip(&owners) {
            assert_eq!(db.owner_of(&id(number)), Some(format!("{owner}:{}", port(&url))));
        }
        let of = |host: &str| -> Vec<u64> {
            (0..40).zip(&owners).filter(|(_, owner)| *owner == host).map(|(number, _)| number).collect()
        };
        assert_eq!(reached(&url).await, Vec::<String>::new());
        for number in of("127.0.0.1") {
            assert!(read(&db, number).await);
        }
        assert_eq!(reached(&url).await, [format!("saqta at 127.0.0.1:{}", port(&url))]);
        for number in of("localhost") {
            assert!(read(&db, number).await);
        }
        assert_eq!(reached(&url).await.len(), 2);
        db.close().await;
    });
}

#[test]
fn a_wrong_catalogue_costs_a_detour_and_never_a_wrong_answer() {
    on_postgres(async |ground: &Ground| {
        let url = ground.target();
        let db = ground.open().await;
        let deeds: Vec<_> = (0..40).map(add).collect();
        db.commit_housekeeping(deeds, saqta_store::writer::Housekeeping::Jobs).await.unwrap();
        administer(&url, STAND_IN).await;
        // At one of the two machines nobody answers; later they change places.
        administer(&url, &NODES.replace("'localhost', PORT", "'127.0.0.1', 1").replace("PORT", &port(&url)))
            .await;
        db.refresh_routes().await.unwrap();
        for number in 0..40 {
            assert!(read(&db, number).await, "person {number}");
            assert!(!read(&db, number + 1000).await, "nobody is there");
        }
        administer(&url, "update pg_dist_placement set groupid = 3 - groupid").await;
        db.refresh_routes().await.unwrap();
        for number in 0..40 {
            assert!(read(&db, number).await, "person {number}");
        }
        administer(&url, "truncate pg_dist_shard").await;
        db.refresh_routes().await.unwrap();
        assert_eq!(db.owner_of(&id(1)), None);
        assert!(read(&db, 1).await);
        let all = rows(&db, Place::Data, "select count(*)\nfrom vault", Vec::<Value>::new()).await;
        assert_eq!(all[0].int(0).unwrap(), 40);
        db.close().await;
    });
}
