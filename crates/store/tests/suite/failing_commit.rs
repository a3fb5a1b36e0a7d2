//! What happens to the deeds of a group when its commit fails, or when nobody knows whether it did?

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use saqta_store::db::Db;
use saqta_store::error::Error;
use saqta_store::testing::{Fault, Faults};

use super::{Ground, Kind, adding, administer, leaf, leaves, on_both, on_postgres, people, run};

#[test]
fn a_commit_that_fails_takes_back_deeds_and_leaves_and_the_next_one_goes_on() {
    on_both(async |ground: &Ground| {
        let failing = Arc::new(AtomicBool::new(false));
        let faults = {
            let failing = Arc::clone(&failing);
            Faults::at(move |step| match step {
                "commit:before" if failing.load(Ordering::Relaxed) => Err(Fault),
                _ => Ok(()),
            })
        };
        let db = Db::open(ground.options(1).faults(faults)).await.unwrap();
        db.commit(adding(1)).await.unwrap();
        let before = db.head().unwrap();
        failing.store(true, Ordering::Relaxed);
        for number in [2, 3] {
            let result = db.commit(adding(number)).await;
            assert!(matches!(result, Err(Error::CommitFailed(_))), "{result:?}");
        }
        assert_eq!(db.head().unwrap(), before);
        failing.store(false, Ordering::Relaxed);
        assert_eq!(db.commit(adding(4)).await.unwrap().first_index, 1);
        assert_eq!(people(&db).await, 2);
        assert_eq!(leaves(&db, 1).await, [leaf(1), leaf(4)]);
        db.close().await;
    });
}

/// Ends every connection of the database, from a thread that the writer does not need.
fn cut(server: String, name: String) {
    let cutting = std::thread::spawn(move || {
        let command = format!(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}' and pid <> pg_backend_pid()"
        );
        run(async move { administer(&server, &command).await });
    });
    cutting.join().unwrap();
}

#[test]
fn a_connection_that_ends_during_the_commit_is_said_and_made_anew() {
    on_postgres(async |ground: &Ground| {
        let Kind::Server { server, name } = &ground.kind else { unreachable!() };
        let (server, name) = (server.clone(), name.clone());
        let cutting = Arc::new(AtomicBool::new(false));
        let faults = {
            let cutting = Arc::clone(&cutting);
            Faults::at(move |step| {
                if step == "commit:before" && cutting.swap(false, Ordering::Relaxed) {
                    cut(server.clone(), name.clone());
                }
                Ok(())
            })
        };
        let db = Db::open(ground.options(1).faults(faults)).await.unwrap();
        db.commit(adding(1)).await.unwrap();
        cutting.store(true, Ordering::Relaxed);
        let result = db.commit(adding(2)).await;
        assert!(matches!(result, Err(Error::OutcomeUnknown)), "{result:?}");
        assert_eq!(db.commit(adding(3)).await.unwrap().first_index, 1);
        assert_eq!(leaves(&db, 1).await, [leaf(1), leaf(3)]);
        db.close().await;
    });
}
