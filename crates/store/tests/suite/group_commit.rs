//! Do many deeds share a commit, and does each stand alone in it?

use std::collections::BTreeSet;
use std::future::poll_fn;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, mpsc};
use std::task::Poll;

use saqta_store::db::value::Value;
use saqta_store::db::{Db, Place, Query};
use saqta_store::error::{Conflict, Error};
use saqta_store::testing::Faults;
use saqta_store::writer::{Committed, Deed, Expect, Housekeeping, Recorded, Silent, Step};

use super::{Ground, add, adding, change, file, id, leaf, leaves, on_both, people, rows};

/// RFC 6962, as the definition reads and as slow as it reads.
fn naive_root(leaves: &[Vec<u8>]) -> saqta_ledger::hash::Hash {
    match leaves {
        [] => saqta_ledger::hash::empty_root(),
        [one] => saqta_ledger::hash::leaf_hash(one),
        more => {
            let half = more.len().next_power_of_two() / 2;
            let (left, right) = more.split_at(half);
            saqta_ledger::hash::node_hash(&naive_root(left), &naive_root(right))
        }
    }
}

async fn the_root_is_that_of_the_leaves(db: &Db) {
    let head = db.head().unwrap();
    let leaves = leaves(db, head.log_id).await;
    assert_eq!(i64::try_from(leaves.len()).unwrap(), head.size);
    assert_eq!(naive_root(&leaves), head.root);
}

/// Adds people from many tasks at once.
async fn add_people(db: &Db, numbers: std::ops::Range<u64>) -> BTreeSet<i64> {
    let tasks: Vec<_> = numbers
        .map(|number| {
            let db = db.clone();
            tokio::spawn(async move { db.commit(adding(number)).await.unwrap().first_index })
        })
        .collect();
    let mut indexes = BTreeSet::new();
    for task in tasks {
        assert!(indexes.insert(task.await.unwrap()), "two deeds got the same index");
    }
    indexes
}

#[test]
fn concurrent_deeds_get_consecutive_leaves_and_the_root_is_that_of_the_definition() {
    on_both(async |ground: &Ground| {
        let db = ground.open().await;
        let indexes = add_people(&db, 0..700).await;
        assert_eq!(indexes, (0..700).collect());
        assert_eq!(people(&db).await, 700);
        the_root_is_that_of_the_leaves(&db).await;
        let tiles = "select idx, hashes from tiles where log_id = $1 and level = 0 order by idx";
        let tiles = rows(&db, Place::Data, tiles, vec![db.head().unwrap().log_id.into()]).await;
        assert_eq!(tiles.len(), 2);
        assert!(tiles.iter().all(|tile| tile.bytes(1).unwrap().len() == 256 * 32));
        db.close().await;
    });
}

#[test]
fn a_restart_continues_the_log_where_it_ended() {
    on_both(async |ground: &Ground| {
        let mut added = 0;
        for more in [0, 1, 254, 1, 1, 300] {
            let db = ground.open().await;
            add_people(&db, added..added + more).await;
            added += more;
            the_root_is_that_of_the_leaves(&db).await;
            assert_eq!(db.head().unwrap().size, i64::try_from(added).unwrap());
            db.close().await;
        }
    });
}

/// Holds the first commit until all deeds are queued, so that they share the second; answers, and how many commits there were.
async fn in_one_group(
    ground: &Ground,
    deeds: Vec<Deed<Recorded>>,
) -> (Db, Vec<Result<Committed, Error>>, usize) {
    let (open_gate, gate) = mpsc::channel::<()>();
    let gate = Mutex::new(gate);
    let tries = Arc::new(AtomicUsize::new(0));
    // A try that the server refused is none.
    let commits = Arc::new(AtomicUsize::new(0));
    let (tried, counted) = (Arc::clone(&tries), Arc::clone(&commits));
    let faults = Faults::at(move |step| {
        if step == "commit:before" && tried.fetch_add(1, Ordering::Relaxed) == 0 {
            gate.lock().unwrap().recv().unwrap();
        }
        if step == "commit:after" {
            counted.fetch_add(1, Ordering::Relaxed);
        }
        Ok(())
    });
    let db = Db::open(ground.options(1).faults(faults)).await.unwrap();
    let first = tokio::spawn({
        let db = db.clone();
        async move { db.commit(adding(0)).await.unwrap() }
    });
    while tries.load(Ordering::Relaxed) == 0 {
        tokio::task::yield_now().await;
    }
    let mut waiting: Vec<_> = deeds.into_iter().map(|deed| Box::pin(db.commit(deed))).collect();
    // Unconstrained, or the runtime would make some wait for their turn before they are queued.
    tokio::task::unconstrained(poll_fn(|context| {
        let queued = waiting.iter_mut().all(|deed| deed.as_mut().poll(context).is_pending());
        assert!(queued, "a deed was answered before its commit");
        Poll::Ready(())
    }))
    .await;
    open_gate.send(()).unwrap();
    let mut results = Vec::new();
    for deed in waiting {
        results.push(deed.await);
    }
    first.await.unwrap();
    (db, results, commits.load(Ordering::Relaxed))
}

#[test]
fn deeds_that_are_queued_together_share_one_commit() {
    on_both(async |ground: &Ground| {
        let (db, results, commits) = in_one_group(ground, (1..=300).map(adding).collect()).await;
        assert_eq!(commits, 2);
        for (expected, result) in (1..).zip(results) {
            let committed = result.unwrap();
            assert_eq!((committed.first_index, committed.size_after), (expected, 301));
        }
        the_root_is_that_of_the_leaves(&db).await;
        db.close().await;
    });
}

#[test]
fn a_deed_that_fails_inside_a_group_leaves_no_trace_and_no_gap() {
    on_both(async |ground: &Ground| {
        // Every third deed has a stale guard, every other third takes a taken key; each has already written by then.
        let deeds = (1..121).map(|number| match number % 3 {
            0 => adding(number),
            1 => adding(number).step(change(number, 77)),
            _ => adding(number).step(add(0)),
        });
        let (db, results, commits) = in_one_group(ground, deeds.collect()).await;
        assert_eq!(commits, 2);
        for (number, result) in (1..121).zip(results) {
            match number % 3 {
                0 => assert_eq!(result.unwrap().first_index, number / 3),
                1 => assert!(matches!(result, Err(Error::Conflict(Conflict::Stale))), "{result:?}"),
                _ => assert!(matches!(result, Err(Error::Conflict(Conflict::Taken))), "{result:?}"),
            }
        }
        assert_eq!(people(&db).await, 41);
        let filed = rows(&db, Place::Data, "select count(*) from trail", vec![]).await;
        assert_eq!(filed[0].int(0).unwrap(), 41);
        let held: BTreeSet<_> = leaves(&db, db.head().unwrap().log_id).await.into_iter().collect();
        assert_eq!(held, (0..121).filter(|number| number % 3 == 0).map(leaf).collect());
        the_root_is_that_of_the_leaves(&db).await;
        db.close().await;
    });
}

#[test]
fn a_guard_that_does_not_hold_is_stale_and_a_key_that_is_there_is_taken() {
    on_both(async |ground: &Ground| {
        let db = ground.open().await;
        db.commit(adding(1)).await.unwrap();
        let fresh = Deed::<Silent>::new().step(change(1, 1)).record(leaf(2));
        assert_eq!(db.commit(fresh).await.unwrap().first_index, 1);
        let stale = Deed::<Silent>::new().step(change(1, 1)).record(leaf(3));
        assert!(matches!(db.commit(stale).await, Err(Error::Conflict(Conflict::Stale))));
        let taken = adding(1);
        assert!(matches!(db.commit(taken).await, Err(Error::Conflict(Conflict::Taken))));
        assert_eq!(leaves(&db, db.head().unwrap().log_id).await, [leaf(1), leaf(2)]);
        db.close().await;
    });
}

#[test]
fn a_statement_learns_the_index_of_each_leaf_of_its_deed() {
    on_both(async |ground: &Ground| {
        let db = ground.open().await;
        db.commit(adding(1)).await.unwrap();
        let deed = Deed::<Silent>::new()
            .step(add(2))
            .step(file(20, 0))
            .step(file(21, 1))
            .record(leaf(20))
            .record(leaf(21));
        let committed = db.commit(deed).await.unwrap();
        assert_eq!((committed.first_index, committed.size_after), (1, 3));
        let filed = "select log_id, idx from trail where trail = $1";
        for (tag, index) in [(20, 1), (21, 2)] {
            let row = &rows(&db, Place::Data, filed, vec![id(tag).into()]).await[0];
            assert_eq!((row.int(0).unwrap(), row.int(1).unwrap()), (committed.log_id, index));
        }
        let missing = Deed::<Silent>::new().step(file(22, 1)).record(leaf(22));
        assert!(matches!(db.commit(missing).await, Err(Error::NoLeaf)));
        let silent = db.commit_housekeeping(vec![file(23, 0)], Housekeeping::Garbage).await;
        assert!(matches!(silent, Err(Error::NoLeaf)));
        assert_eq!(db.head().unwrap().size, 3);
        db.close().await;
    });
}

#[test]
fn a_statement_may_return_rows_and_is_told_how_many_it_has_to() {
    on_both(async |ground: &Ground| {
        let db = ground.open().await;
        let enqueue = "insert into jobs (queue, id, run_at, body) values ($1, $2, $3, $4)";
        for number in 0..3u64 {
            let job = vec![7.into(), id(number).into(), Value::Int(5), vec![9u8].into()];
            db.commit_housekeeping(vec![Step::one(enqueue, job)], Housekeeping::Jobs).await.unwrap();
        }
        let claim = "update jobs set locked_until = $3 where queue = $1 and run_at <= $2 and locked_until is null returning id";
        let step = |expect| vec![Step::new(claim, vec![7.into(), Value::Int(5), Value::Int(10)], expect)];
        let wrong = db.commit_housekeeping(step(Expect::Rows(2)), Housekeeping::Jobs).await;
        assert!(matches!(wrong, Err(Error::Conflict(Conflict::Stale))));
        let claimed = db.commit_housekeeping(step(Expect::Any), Housekeeping::Jobs).await.unwrap();
        assert_eq!(claimed[0].len(), 3);
        let again = db.commit_housekeeping(step(Expect::Any), Housekeeping::Jobs).await.unwrap();
        assert!(again[0].is_empty());
        db.close().await;
    });
}

#[test]
fn a_read_sees_one_snapshot_while_deeds_go_on() {
    on_both(async |ground: &Ground| {
        let db = ground.open().await;
        db.commit(adding(1).step(add(2))).await.unwrap();
        let writer = {
            let db = db.clone();
            tokio::spawn(async move {
                for version in 1..60 {
                    let both = [change(1, version), change(2, version)];
                    db.commit(Deed::<Silent>::new().steps(both).record(leaf(1))).await.unwrap();
                }
            })
        };
        let version = "select version from vault where subject = $1";
        while !writer.is_finished() {
            let both = [1, 2].map(|number| Query::new(version, vec![id(number).into()]));
            let answers = db.read(Place::Data, &both).await.unwrap();
            assert_eq!(answers[0][0].int(0).unwrap(), answers[1][0].int(0).unwrap());
        }
        writer.await.unwrap();
        db.close().await;
    });
}

#[test]
fn a_statement_that_is_wrong_hurts_only_its_own_deed() {
    on_both(async |ground: &Ground| {
        let db = ground.open().await;
        let wrong = "insert into nowhere (a) values ($1)";
        let text = "update vault set version = $2 where subject = $1";
        let deeds = [
            adding(1),
            adding(2).step(Step::any(wrong, vec![1.into()])),
            adding(3).step(Step::any(text, vec![id(3).into(), "seven".into()])),
            adding(4).step(Step::any(text, vec![id(4).into()])),
            adding(5),
        ];
        let tasks: Vec<_> = deeds
            .into_iter()
            .map(|deed| {
                let db = db.clone();
                tokio::spawn(async move { db.commit(deed).await.is_ok() })
            })
            .collect();
        let mut held = Vec::new();
        for task in tasks {
            held.push(task.await.unwrap());
        }
        assert_eq!(held, [true, false, false, false, true]);
        assert_eq!(people(&db).await, 2);
        the_root_is_that_of_the_leaves(&db).await;
        db.close().await;
    });
}
