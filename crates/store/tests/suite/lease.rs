//! Does each process write its own log, and does one that lost its log notice?

use std::sync::atomic::Ordering;

use saqta_store::db::Db;

use super::{Ground, adding, leaves, on_postgres, people};

const MINUTE: i64 = 60_000_000;

#[test]
fn two_processes_write_two_logs() {
    on_postgres(async |ground: &Ground| {
        let one = Db::open(ground.options(1)).await.unwrap();
        let two = Db::open(ground.options(2)).await.unwrap();
        for number in 0..10 {
            let db = if number % 2 == 0 { &one } else { &two };
            db.commit(adding(number)).await.unwrap();
        }
        assert_eq!((one.head().unwrap().log_id, two.head().unwrap().log_id), (1, 2));
        assert_eq!(leaves(&two, 1).await.len(), 5);
        assert_eq!(leaves(&one, 2).await.len(), 5);
        one.close().await;
        two.close().await;
    });
}

#[test]
fn a_log_that_was_given_back_is_continued_by_the_next_process() {
    on_postgres(async |ground: &Ground| {
        let one = Db::open(ground.options(1)).await.unwrap();
        one.commit(adding(1)).await.unwrap();
        one.close().await;
        let two = Db::open(ground.options(2)).await.unwrap();
        let committed = two.commit(adding(2)).await.unwrap();
        assert_eq!((committed.log_id, committed.first_index), (1, 1));
        two.close().await;
    });
}

#[test]
fn a_process_whose_lease_ended_writes_another_log_and_loses_no_deed() {
    on_postgres(async |ground: &Ground| {
        let slow = Db::open(ground.options(1)).await.unwrap();
        slow.commit(adding(1)).await.unwrap();
        ground.clock.fetch_add(2 * MINUTE, Ordering::Relaxed);
        let next = Db::open(ground.options(2)).await.unwrap();
        assert_eq!(next.commit(adding(2)).await.unwrap().log_id, 1);
        let committed = slow.commit(adding(3)).await.unwrap();
        assert_eq!((committed.log_id, committed.first_index), (2, 0));
        assert_eq!(next.commit(adding(4)).await.unwrap().first_index, 2);
        assert_eq!(people(&slow).await, 4);
        assert_eq!(leaves(&next, 1).await.len(), 3);
        slow.close().await;
        next.close().await;
    });
}
