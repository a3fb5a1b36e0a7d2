//! Are staff, their sessions and their guesses kept so that nothing counts twice?

use std::sync::atomic::Ordering;

use saqta_store::db::{Db, Place};
use saqta_store::error::{Conflict, Error};
use saqta_store::guesses::Allowance;
use saqta_store::staff::{
    LinkRow, SessionRow, StaffRow, claim_step, close_sessions_step, drop_link_step, insert_link_step,
    insert_staff_step, open_session_step, use_link_step,
};
use saqta_store::writer::{Deed, Silent, Step};

use super::{Ground, on_both};

const THREE: Allowance = Allowance { window: 60_000_000, limit: 3 };

async fn done(db: &Db, steps: Vec<Step>) -> Result<(), Error> {
    db.commit(Deed::<Silent>::new().steps(steps).record(b"what was done".to_vec())).await.map(drop)
}

fn stale(result: Result<(), Error>) -> bool {
    matches!(result, Err(Error::Conflict(Conflict::Stale)))
}

fn taken(result: Result<(), Error>) -> bool {
    matches!(result, Err(Error::Conflict(Conflict::Taken)))
}

fn account(number: u8) -> StaffRow {
    StaffRow {
        sign_in: [number; 32],
        id: [number; 16],
        version: 1,
        totp_step: 0,
        body: vec![number],
        created_at: i64::from(number),
        ended_at: None,
    }
}

#[test]
fn guesses_run_out_in_a_window_and_come_back_with_the_next() {
    on_both(async |ground: &Ground| {
        let db = ground.open().await;
        let bucket = [7; 32];
        let start = 600_000_000;
        for left in [2, 1, 0] {
            assert!(db.may_guess(&[(bucket, THREE)], start).await.unwrap());
            assert_eq!(db.guesses_left(&bucket, start, THREE).await.unwrap(), left);
        }
        assert!(!db.may_guess(&[(bucket, THREE)], start + 59_000_000).await.unwrap());
        assert!(db.may_guess(&[([8; 32], THREE)], start).await.unwrap(), "another bucket has its own");
        assert!(db.may_guess(&[(bucket, THREE)], start + 60_000_000).await.unwrap());
        assert_eq!(db.guesses_left(&bucket, start + 60_000_000, THREE).await.unwrap(), 2);
        db.close().await;
    });
}

#[test]
fn a_clock_set_back_and_a_restart_give_no_guess_back() {
    on_both(async |ground: &Ground| {
        let bucket = [7; 32];
        let db = ground.open().await;
        for _ in 0..3 {
            assert!(db.may_guess(&[(bucket, THREE)], 600_000_000).await.unwrap());
        }
        db.close().await;
        let db = ground.open().await;
        for earlier in [600_000_000, 540_000_000, 0] {
            assert!(!db.may_guess(&[(bucket, THREE)], earlier).await.unwrap());
            assert_eq!(db.guesses_left(&bucket, earlier, THREE).await.unwrap(), 0);
        }
        db.close().await;
    });
}

#[test]
fn a_guess_is_counted_in_all_its_buckets_or_in_none() {
    on_both(async |ground: &Ground| {
        let db = ground.open().await;
        let one = Allowance { limit: 1, ..THREE };
        assert!(db.may_guess(&[([1; 32], one), ([2; 32], THREE)], 0).await.unwrap());
        assert!(!db.may_guess(&[([2; 32], THREE), ([1; 32], one)], 0).await.unwrap());
        assert_eq!(db.guesses_left(&[2; 32], 0, THREE).await.unwrap(), 2);
        assert_eq!(db.forget_guesses(59_999_999).await.unwrap(), 0);
        assert_eq!(db.forget_guesses(60_000_000).await.unwrap(), 2);
        db.close().await;
    });
}

/// Whoever begins again after a death is not told no because of the try that died, and takes nothing from others.
#[test]
fn a_guess_that_is_begun_again_counts_once_and_one_that_was_refused_may_be_made_later() {
    on_both(async |ground: &Ground| {
        let db = ground.open().await;
        let buckets = [([1; 32], THREE)];
        for mark in [[7; 32], [8; 32], [9; 32]] {
            for _ in 0..3 {
                assert!(db.may_guess_once(&mark, &buckets, 0).await.unwrap());
            }
        }
        assert_eq!(db.guesses_left(&[1; 32], 0, THREE).await.unwrap(), 0);
        for now in [0, 59_999_999] {
            assert!(!db.may_guess_once(&[10; 32], &buckets, now).await.unwrap());
            assert!(db.may_guess_once(&[7; 32], &buckets, now).await.unwrap(), "it was counted before");
        }
        assert!(db.may_guess_once(&[10; 32], &buckets, 60_000_000).await.unwrap());
        db.close().await;
    });
}

#[test]
fn many_at_once_get_no_more_guesses_than_there_are() {
    on_both(async |ground: &Ground| {
        let db = ground.open().await;
        let tries = (0..40).map(|_| {
            let db = db.clone();
            tokio::spawn(async move {
                // Another transaction in the way is no answer; the guess is made again.
                loop {
                    match db.may_guess(&[([1; 32], THREE), ([2; 32], THREE)], 0).await {
                        Err(Error::Retry) => {}
                        answered => break answered.unwrap(),
                    }
                }
            })
        });
        let tries: Vec<_> = tries.collect();
        let mut made = 0;
        for one in tries {
            made += i64::from(one.await.unwrap());
        }
        assert_eq!(made, 3);
        db.close().await;
    });
}

#[test]
fn a_name_is_taken_once_and_an_installation_is_claimed_once() {
    on_both(async |ground: &Ground| {
        let db = ground.open().await;
        done(&db, vec![insert_staff_step(account(1)), claim_step(&[1; 16])]).await.unwrap();
        assert!(taken(done(&db, vec![insert_staff_step(StaffRow { id: [9; 16], ..account(1) })]).await));
        assert!(taken(done(&db, vec![insert_staff_step(account(2)), claim_step(&[2; 16])]).await));
        assert_eq!(db.staff().await.unwrap(), [account(1)]);
        assert_eq!(db.staff_by_id(&[1; 16]).await.unwrap(), Some(account(1)));
        assert_eq!(db.staff_by_sign_in(&[2; 32]).await.unwrap(), None);
        db.close().await;
    });
}

#[test]
fn a_step_of_the_clock_counts_once_and_a_change_is_made_on_what_was_read() {
    on_both(async |ground: &Ground| {
        let db = ground.open().await;
        let row = account(1);
        done(&db, vec![insert_staff_step(row.clone())]).await.unwrap();
        done(&db, vec![row.spend_step_step(100)]).await.unwrap();
        for step in [100, 99] {
            assert!(stale(done(&db, vec![row.spend_step_step(step)]).await), "{step}");
        }
        done(&db, vec![row.change_step(101, vec![5])]).await.unwrap();
        assert!(stale(done(&db, vec![row.change_step(102, vec![6])]).await));
        assert!(stale(done(&db, vec![row.unchanged_step()]).await));
        let row = db.staff_by_id(&[1; 16]).await.unwrap().unwrap();
        assert_eq!((row.version, row.totp_step, row.body.as_slice()), (2, 101, &[5][..]));
        done(&db, vec![row.unchanged_step(), row.end_step(vec![7], 50)]).await.unwrap();
        let ended = db.staff_by_id(&[1; 16]).await.unwrap().unwrap();
        assert_eq!(ended.ended_at, Some(50));
        assert!(stale(done(&db, vec![ended.spend_step_step(500)]).await));
        assert!(stale(done(&db, vec![ended.change_step(500, vec![8])]).await));
        db.close().await;
    });
}

#[test]
fn sessions_end_one_by_one_all_but_one_or_all_together_and_are_swept_when_they_are_over() {
    on_both(async |ground: &Ground| {
        let db = ground.open().await;
        let session = |number: u8, staff: u8, ends_at| SessionRow {
            digest: [number; 32],
            staff: [staff; 16],
            created_at: 10,
            seen_at: 10,
            ends_at,
        };
        let begin =
            (1..=5).map(|n| open_session_step(session(n, if n < 4 { 1 } else { 2 }, 100 + i64::from(n))));
        done(&db, begin.collect()).await.unwrap();
        db.session_seen(&[1; 32], 70).await.unwrap();
        db.session_seen(&[1; 32], 60).await.unwrap();
        let seen = db.session(&[1; 32]).await.unwrap().unwrap();
        assert_eq!((seen.seen_at, seen.ends_at, seen.staff), (70, 101, [1; 16]));
        done(&db, vec![close_sessions_step(&[1; 16], Some(&[2; 32]))]).await.unwrap();
        assert_eq!(db.session(&[1; 32]).await.unwrap(), None);
        assert!(db.session(&[2; 32]).await.unwrap().is_some());
        done(&db, vec![close_sessions_step(&[1; 16], None)]).await.unwrap();
        assert_eq!(db.session(&[2; 32]).await.unwrap(), None);
        assert_eq!(db.sweep_staff(104).await.unwrap(), 1);
        assert!(db.session(&[5; 32]).await.unwrap().is_some());
        db.close().await;
    });
}

#[test]
fn a_link_is_used_once_and_not_after_its_end() {
    on_both(async |ground: &Ground| {
        let db = ground.open().await;
        let link = |number: u8| LinkRow { digest: [number; 32], body: vec![1], ends_at: 100, used_at: None };
        done(&db, (1..=3).map(|n| insert_link_step(link(n))).collect()).await.unwrap();
        assert!(stale(done(&db, vec![use_link_step(&[1; 32], 100)]).await));
        done(&db, vec![use_link_step(&[1; 32], 99)]).await.unwrap();
        assert!(stale(done(&db, vec![use_link_step(&[1; 32], 99)]).await));
        assert!(stale(done(&db, vec![drop_link_step(&[1; 32])]).await));
        done(&db, vec![drop_link_step(&[2; 32])]).await.unwrap();
        assert_eq!(db.staff_links(99).await.unwrap(), [link(3)]);
        assert_eq!(db.staff_links(100).await.unwrap(), []);
        assert_eq!(db.staff_link(&[1; 32]).await.unwrap().unwrap().used_at, Some(99));
        assert_eq!(db.sweep_staff(100).await.unwrap(), 2);
        db.close().await;
    });
}

#[test]
fn guesses_lie_with_the_keys_and_not_with_the_data() {
    on_both(async |ground: &Ground| {
        let db = ground.open().await;
        db.may_guess(&[([7; 32], THREE)], ground.clock.load(Ordering::Relaxed)).await.unwrap();
        let count = "select count(*) from guesses";
        assert_eq!(super::rows(&db, Place::Keys, count, vec![]).await[0].int(0).unwrap(), 1);
        if ground.is_embedded() {
            let query = saqta_store::db::Query::new(count, vec![]);
            assert!(db.query(Place::Data, query).await.is_err());
        }
        db.close().await;
    });
}
