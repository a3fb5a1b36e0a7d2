//! What is left when the process dies at a named step?

use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use saqta_store::db::Db;
use saqta_store::testing::Faults;

use super::{Ground, adding, leaves, on_both, options, people, run};

const TARGET: &str = "SAQTA_TEST_CRASH_TARGET";
const STEP: &str = "SAQTA_TEST_CRASH_STEP";

/// Not a test of its own: the process that dies. Without its variables it has nothing to do.
#[test]
fn the_process_that_dies() {
    let (Some(target), Some(step)) = (std::env::var_os(TARGET), std::env::var_os(STEP)) else { return };
    let (target, step) = (target.into_string().unwrap(), step.into_string().unwrap());
    run(async {
        let clock = Arc::new(AtomicI64::new(1_700_000_000_000_000));
        let db = Db::open(options(&target, Arc::clone(&clock), 1)).await.unwrap();
        db.commit(adding(1)).await.unwrap();
        db.close().await;
        let faults = Faults::at(move |reached| {
            if reached == step {
                std::process::abort();
            }
            Ok(())
        });
        let db = Db::open(options(&target, clock, 1).faults(faults)).await.unwrap();
        db.commit(adding(2)).await.unwrap();
        db.close().await;
    });
}

fn dies_at(step: &'static str, people_left: i64) {
    on_both(async |ground: &Ground| {
        let ended = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "suite::crash::the_process_that_dies"])
            .env(TARGET, ground.target())
            .env(STEP, step)
            .output()
            .unwrap();
        assert_eq!(std::os::unix::process::ExitStatusExt::signal(&ended.status), Some(6), "it did not die");
        let db = Db::open(ground.options(1)).await.unwrap();
        assert_eq!(people(&db).await, people_left);
        let head = db.head().unwrap();
        assert_eq!((head.log_id, head.size), (1, people_left));
        assert_eq!(i64::try_from(leaves(&db, 1).await.len()).unwrap(), people_left);
        assert_eq!(db.commit(adding(3)).await.unwrap().first_index, people_left);
        db.close().await;
    });
}

#[test]
fn a_process_that_dies_before_the_commit_leaves_neither_deed_nor_leaf() {
    dies_at("commit:before", 1);
}

#[test]
fn a_process_that_dies_after_the_commit_leaves_deed_and_leaf() {
    dies_at("commit:after", 2);
}
