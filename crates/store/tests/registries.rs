//! Do the proofs of the log, the registers and the remembered answers hold on both databases?

#[cfg(test)]
mod registries {
    use std::collections::BTreeMap;
    use std::path::Path;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

    use saqta_ledger::checkpoint::{Checkpoint, Signer};
    use saqta_ledger::error::Error as Wrong;
    use saqta_ledger::hash::{Hash, leaf_hash};
    use saqta_ledger::proof::{verify_consistency, verify_inclusion};
    use saqta_ledger::verify::{VerifyOptions, verify_export};
    use saqta_store::admission::{KeyRow, insert_key_step, revoke_key_step};
    use saqta_store::db::value::Value;
    use saqta_store::db::{Clock, Db, Options};
    use saqta_store::error::{Conflict, Error};
    use saqta_store::figures::Figure;
    use saqta_store::idempotency::{Remembered, remember_step};
    use saqta_store::ledger::trail_step;
    use saqta_store::policies::{
        DraftRow, Mark, PolicyRow, cancel_step, drop_draft_step, keep_draft_steps, publish_steps,
        take_draft_step,
    };
    use saqta_store::registry::{resume_step, stop_step};
    use saqta_store::writer::{Committed, Deed, Housekeeping, Silent, Step};
    use tokio_postgres::NoTls;

    /// Where the database under test lies, and the clock that tests move by hand.
    struct Ground {
        target: String,
        clock: Arc<AtomicI64>,
    }

    impl Ground {
        fn new(target: String) -> Self {
            Self { target, clock: Arc::new(AtomicI64::new(1_700_000_000_000_000)) }
        }

        fn is_embedded(&self) -> bool {
            !self.target.starts_with("postgres")
        }

        async fn open(&self, holder: u8) -> Db {
            let clock = Arc::clone(&self.clock);
            let clock = Clock::new(move || clock.load(Ordering::Relaxed));
            let options = if self.is_embedded() {
                Options::embedded(&self.target, clock, [holder; 16])
            } else {
                Options::postgres(&self.target, clock, [holder; 16])
            };
            Db::open(options).await.unwrap()
        }
    }

    /// Runs the test on SQLite, and on PostgreSQL where `SAQTA_TEST_PGURL` names a server.
    fn on_both(test: impl AsyncFn(&Ground)) {
        static NUMBER: AtomicU64 = AtomicU64::new(0);
        let folder = tempfile::tempdir().unwrap();
        run(test(&Ground::new(folder.path().join("data").to_str().unwrap().to_owned())));
        let Some(server) = std::env::var_os("SAQTA_TEST_PGURL").map(|url| url.into_string().unwrap()) else {
            println!("the postgresql half did not run: SAQTA_TEST_PGURL is not set");
            return;
        };
        run(async {
            let number = NUMBER.fetch_add(1, Ordering::Relaxed);
            let name = format!("saqta_registries_{}_{number}", std::process::id());
            administer(&server, &format!("create database {name}")).await;
            let (address, _) = server.rsplit_once('/').unwrap();
            test(&Ground::new(format!("{address}/{name}"))).await;
            administer(&server, &format!("drop database {name} with (force)")).await;
        });
    }

    fn run(test: impl Future<Output = ()>) {
        let mut runtime = tokio::runtime::Builder::new_multi_thread();
        runtime.worker_threads(2).enable_all().build().unwrap().block_on(test);
    }

    async fn administer(server: &str, command: &str) {
        let (client, connection) = tokio_postgres::connect(server, NoTls).await.unwrap();
        let connection = tokio::spawn(connection);
        client.batch_execute(command).await.unwrap();
        drop(client);
        connection.await.unwrap().unwrap();
    }

    fn leaf(index: i64) -> Vec<u8> {
        format!("leaf {index}").into_bytes()
    }

    /// Records the leaves from one index up to another; answers with the root.
    async fn grow(db: &Db, from: i64, to: i64) -> Hash {
        let mut deed = Deed::<Silent>::new().record(leaf(from));
        for index in from + 1..to {
            deed = deed.record(leaf(index));
        }
        assert_eq!(db.commit(deed).await.unwrap().first_index, from);
        let head = db.head().unwrap();
        assert_eq!(head.size, to);
        head.root
    }

    /// Commits statements with one leaf.
    async fn act(db: &Db, steps: impl IntoIterator<Item = Step>) -> Result<Committed, Error> {
        db.commit(Deed::<Silent>::new().steps(steps).record(b"deed".to_vec())).await
    }

    async fn tamper(db: &Db, sql: &'static str, params: Vec<Value>) {
        db.commit_housekeeping(vec![Step::any(sql, params)], Housekeeping::Garbage).await.unwrap();
    }

    fn signer() -> Signer {
        Signer::from_seed("log.example", &[3; 32]).unwrap()
    }

    fn is_conflict<T: std::fmt::Debug>(result: Result<T, Error>, expected: Conflict) {
        assert!(matches!(&result, Err(Error::Conflict(found)) if *found == expected), "{result:?}");
    }

    fn is_missing<T: std::fmt::Debug>(result: Result<T, Error>, expected: i64) {
        assert!(matches!(&result, Err(Error::LeafMissing { index, .. }) if *index == expected), "{result:?}");
    }

    #[test]
    fn every_leaf_is_proved_under_every_later_root_and_every_root_under_the_next() {
        on_both(async |ground: &Ground| {
            let db = ground.open(1).await;
            let mut roots: Vec<(i64, Hash)> = Vec::new();
            for size in [1, 2, 255, 256, 257, 600] {
                let from = roots.last().map_or(0, |(size, _)| *size);
                roots.push((size, grow(&db, from, size).await));
            }
            assert_eq!(db.logs().await.unwrap(), [1]);
            for (size, root) in &roots {
                for index in [0, 1, 44, 254, 255, 256, 511, 512, 599] {
                    if index >= *size {
                        is_missing(db.inclusion_proof(1, index, *size).await, index);
                        continue;
                    }
                    let proof = db.inclusion_proof(1, index, *size).await.unwrap();
                    let held = leaf_hash(&db.leaf(1, index).await.unwrap().unwrap());
                    let (index, size) = (index as u64, *size as u64);
                    verify_inclusion(index, size, &held, &proof, root).unwrap();
                    verify_inclusion(index, size, &leaf_hash(b"another"), &proof, root).unwrap_err();
                }
                for (old, old_root) in roots.iter().filter(|(old, _)| old <= size) {
                    let proof = db.consistency_proof(1, *old, *size).await.unwrap();
                    verify_consistency(*old as u64, *size as u64, &proof, old_root, root).unwrap();
                }
            }
            db.close().await;
        });
    }

    #[test]
    fn a_proof_is_refused_where_the_log_never_was_of_that_size() {
        on_both(async |ground: &Ground| {
            let db = ground.open(1).await;
            grow(&db, 0, 300).await;
            is_missing(db.inclusion_proof(1, 3, 301).await, 300);
            is_missing(db.inclusion_proof(1, 3, 100_000).await, 99_999);
            is_missing(db.inclusion_proof(1, -1, 300).await, -1);
            is_missing(db.inclusion_proof(9, 0, 2).await, 1);
            is_missing(db.consistency_proof(1, 300, 400).await, 399);
            let reversed = db.consistency_proof(1, 300, 299).await;
            assert!(matches!(
                reversed,
                Err(Error::BrokenLog { source: Wrong::SizesReversed { old: 300, new: 299 }, .. })
            ));
            // The log is that long, so a missing tile is damage.
            tamper(&db, "delete from tiles where log_id = $1", vec![1.into()]).await;
            let damaged = db.inclusion_proof(1, 3, 300).await;
            assert!(matches!(damaged, Err(Error::BrokenLog { source: Wrong::TileMissing { .. }, .. })));
            db.close().await;
        });
    }

    #[test]
    fn leaves_are_read_in_order_and_a_hole_is_an_error() {
        on_both(async |ground: &Ground| {
            let db = ground.open(1).await;
            assert_eq!(db.leaves(1, 0, 10).await.unwrap(), Vec::<Vec<u8>>::new());
            grow(&db, 0, 20).await;
            assert_eq!(db.leaves(1, 4, 3).await.unwrap(), [leaf(4), leaf(5), leaf(6)]);
            assert_eq!(db.leaves(1, 18, 100).await.unwrap(), [leaf(18), leaf(19)]);
            assert_eq!(db.leaf(1, 19).await.unwrap(), Some(leaf(19)));
            assert_eq!(db.leaf(1, 20).await.unwrap(), None);
            assert_eq!(db.leaf(2, 0).await.unwrap(), None);
            tamper(&db, "delete from leaves where log_id = $1 and idx = $2", vec![1.into(), 7.into()]).await;
            assert_eq!(db.leaves(1, 4, 3).await.unwrap().len(), 3);
            is_missing(db.leaves(1, 4, 10).await, 7);
            is_missing(db.leaves(1, 7, 10).await, 7);
            db.close().await;
        });
    }

    #[test]
    fn a_checkpoint_signs_the_head_once_and_the_newest_is_the_largest() {
        on_both(async |ground: &Ground| {
            let db = ground.open(1).await;
            assert_eq!(db.checkpoint(1).await.unwrap(), None);
            let mut signed = Vec::new();
            for (from, to) in [(0, 9), (9, 10), (10, 300)] {
                let root = grow(&db, from, to).await;
                let kept = db.sign_checkpoint(&signer(), &[]).await.unwrap().unwrap();
                let promise = Checkpoint::open(&kept.note, signer().verifier_key()).unwrap();
                assert_eq!((promise.size, promise.root), (to as u64, root));
                assert_eq!(db.sign_checkpoint(&signer(), &[]).await.unwrap().as_ref(), Some(&kept));
                assert_eq!(db.checkpoint(1).await.unwrap().as_ref(), Some(&kept));
                signed.push(kept);
            }
            assert_eq!(db.checkpoints(1).await.unwrap(), signed);
            assert_eq!(db.checkpoints(2).await.unwrap(), []);
            db.close().await;
        });
    }

    #[test]
    fn a_log_that_was_rewritten_or_cut_is_not_signed() {
        on_both(async |ground: &Ground| {
            let db = ground.open(1).await;
            grow(&db, 0, 300).await;
            db.sign_checkpoint(&signer(), &[]).await.unwrap();
            let (other, whose) = (vec![7_u8; 8192], "update tiles set hashes = $1 where log_id = $2");
            tamper(&db, whose, vec![other.into(), 1.into()]).await;
            grow(&db, 300, 301).await;
            let refused = db.sign_checkpoint(&signer(), &[]).await;
            assert!(
                matches!(refused, Err(Error::BrokenLog { source: Wrong::ProofMismatch, .. })),
                "{refused:?}"
            );
            assert_eq!(db.checkpoint(1).await.unwrap().unwrap().size, 300);
            let cut = "delete from leaves where log_id = $1 and idx >= $2";
            tamper(&db, cut, vec![1.into(), 290.into()]).await;
            db.close().await;
            let db = ground.open(1).await;
            assert_eq!(db.head().unwrap().size, 290);
            is_missing(db.sign_checkpoint(&signer(), &[]).await, 299);
            db.close().await;
        });
    }

    #[test]
    fn a_process_that_lost_its_log_is_given_the_checkpoint_of_the_next_one() {
        on_both(async |ground: &Ground| {
            if ground.is_embedded() {
                return;
            }
            let slow = ground.open(1).await;
            grow(&slow, 0, 3).await;
            slow.sign_checkpoint(&signer(), &[]).await.unwrap();
            ground.clock.fetch_add(120_000_000, Ordering::Relaxed);
            let next = ground.open(2).await;
            grow(&next, 3, 5).await;
            let newest = next.sign_checkpoint(&signer(), &[]).await.unwrap();
            assert_eq!(slow.head().unwrap().size, 3);
            assert_eq!(slow.sign_checkpoint(&signer(), &[]).await.unwrap(), newest);
            assert_eq!(next.checkpoints(1).await.unwrap().len(), 2);
            slow.close().await;
            next.close().await;
        });
    }

    #[test]
    fn another_key_goes_on_with_a_log_and_exports_what_it_signed_itself() {
        on_both(async |ground: &Ground| {
            let db = ground.open(1).await;
            grow(&db, 0, 5).await;
            let before = db.sign_checkpoint(&signer(), &[]).await.unwrap().unwrap();
            let new = Signer::from_seed("log.example", &[4; 32]).unwrap();
            assert_eq!(db.sign_checkpoint(&new, &[]).await.unwrap(), Some(before));
            let folder = tempfile::tempdir().unwrap();
            let early = db.export(1, new.verifier_key(), None, folder.path(), &mut |_| {}).await;
            assert!(matches!(early, Err(Error::BrokenLog { source: Wrong::NotSigned(_), .. })));
            grow(&db, 5, 6).await;
            assert_eq!(db.sign_checkpoint(&new, &[]).await.unwrap().unwrap().size, 6);
            let exported = db.export(1, new.verifier_key(), None, folder.path(), &mut |_| {}).await.unwrap();
            assert_eq!((exported.entries, exported.older_checkpoints), (6, 0));
            verify(folder.path());
            db.close().await;
        });
    }

    fn verify(folder: &Path) -> u64 {
        verify_export(folder, &VerifyOptions::default(), &mut |_| {}).unwrap().entries
    }

    #[test]
    fn an_export_ends_at_the_newest_checkpoint_and_verifies() {
        on_both(async |ground: &Ground| {
            let db = ground.open(1).await;
            grow(&db, 0, 700).await;
            db.sign_checkpoint(&signer(), &[]).await.unwrap();
            grow(&db, 700, 1300).await;
            db.sign_checkpoint(&signer(), &[]).await.unwrap();
            grow(&db, 1300, 1310).await;
            let folder = tempfile::tempdir().unwrap();
            let target = folder.path().join("export");
            let (shared, key, dir) = (db.clone(), signer().verifier_key().clone(), target.clone());
            let export = tokio::spawn(async move {
                let mut heard = Vec::new();
                let exported = shared.export(1, &key, None, &dir, &mut |written| heard.push(written)).await;
                (exported.unwrap(), heard)
            });
            let (exported, heard) = export.await.unwrap();
            assert_eq!((exported.entries, exported.older_checkpoints), (1300, 1));
            assert_eq!(heard, [512, 1024, 1300]);
            assert_eq!(verify(&target), 1300);
            let again = db.export(1, signer().verifier_key(), None, &target, &mut |_| {}).await;
            assert!(matches!(again, Err(Error::File { path, .. }) if path == target));
            db.close().await;
        });
    }

    #[test]
    fn an_export_of_a_log_with_a_hole_stops_there_and_has_no_checkpoint() {
        on_both(async |ground: &Ground| {
            let db = ground.open(1).await;
            grow(&db, 0, 600).await;
            db.sign_checkpoint(&signer(), &[]).await.unwrap();
            tamper(&db, "delete from leaves where log_id = $1 and idx >= $2", vec![1.into(), 512.into()])
                .await;
            let folder = tempfile::tempdir().unwrap();
            is_missing(db.export(1, signer().verifier_key(), None, folder.path(), &mut |_| {}).await, 512);
            assert!(!folder.path().join("checkpoint").exists());
            db.close().await;
        });
    }

    #[test]
    fn the_trail_of_a_tag_is_read_backwards_page_by_page() {
        on_both(async |ground: &Ground| {
            let db = ground.open(1).await;
            for _ in 0..3 {
                let deed = Deed::<Silent>::new().step(trail_step(&[1; 16], 0)).step(trail_step(&[2; 16], 1));
                let deed = deed.step(trail_step(&[1; 16], 2)).record(leaf(0)).record(leaf(1)).record(leaf(2));
                db.commit(deed).await.unwrap();
            }
            assert_eq!(db.trail(&[2; 16], None, 10).await.unwrap(), [(1, 7), (1, 4), (1, 1)]);
            let first = db.trail(&[1; 16], None, 4).await.unwrap();
            assert_eq!(first, [(1, 8), (1, 6), (1, 5), (1, 3)]);
            let rest = db.trail(&[1; 16], first.last().copied(), 4).await.unwrap();
            assert_eq!(rest, [(1, 2), (1, 0)]);
            assert_eq!(db.trail(&[1; 16], Some((1, 0)), 4).await.unwrap(), []);
            assert_eq!(db.trail(&[3; 16], None, 4).await.unwrap(), []);
            // Leaves of a lower log come after those of a higher one, whatever their index.
            let other = "insert into trail (trail, log_id, idx) values ($1, $2, $3)";
            tamper(&db, other, vec![[2; 16].into(), 2.into(), 0.into()]).await;
            assert_eq!(db.trail(&[2; 16], None, 2).await.unwrap(), [(2, 0), (1, 7)]);
            assert_eq!(db.trail(&[2; 16], Some((2, 0)), 1).await.unwrap(), [(1, 7)]);
            db.close().await;
        });
    }

    fn policy(version: i64, follows: i64) -> PolicyRow {
        let digest = [u8::try_from(version).unwrap(); 32];
        let (effective_from, published_at) = (version * 100, 50);
        PolicyRow { version, follows, digest, effective_from, published_at, body: vec![1, 2, 3] }
    }

    fn draft(version: i64, digest: u8) -> DraftRow {
        DraftRow { version, digest: [digest; 32], kept_at: 40, body: vec![digest] }
    }

    #[test]
    fn a_policy_version_is_published_once_and_each_follows_another() {
        on_both(async |ground: &Ground| {
            let db = ground.open(1).await;
            assert_eq!(db.policies().await.unwrap(), []);
            for (version, follows) in [(1, 0), (2, 1), (5, 2)] {
                act(&db, publish_steps(policy(version, follows))).await.unwrap();
            }
            is_conflict(act(&db, publish_steps(policy(2, 5))).await, Conflict::Taken);
            is_conflict(act(&db, publish_steps(policy(6, 2))).await, Conflict::Taken);
            let kept = db.policies().await.unwrap();
            let found: Vec<(i64, i64, i64)> =
                kept.iter().map(|p| (p.policy.version, p.log_id, p.idx)).collect();
            assert_eq!(found, [(1, 1, 0), (2, 1, 1), (5, 1, 2)]);
            assert_eq!(kept[1].policy, policy(2, 1));
            assert_eq!(db.head().unwrap().size, 3, "a refused publication left a leaf");
            db.close().await;
        });
    }

    #[test]
    fn a_version_is_cancelled_once_and_every_change_moves_the_mark() {
        on_both(async |ground: &Ground| {
            let db = ground.open(1).await;
            let mark = async || db.stops_and_mark().await.unwrap().1;
            assert_eq!(mark().await, Mark::default());
            act(&db, publish_steps(policy(1, 0))).await.unwrap();
            assert_eq!(mark().await, Mark { published: 1, cancelled: 0 });
            act(&db, [cancel_step(1, vec![7])]).await.unwrap();
            assert_eq!(mark().await, Mark { published: 1, cancelled: 1 });
            is_conflict(act(&db, [cancel_step(1, vec![8])]).await, Conflict::Stale);
            is_conflict(act(&db, [cancel_step(2, vec![8])]).await, Conflict::Stale);
            assert_eq!(db.policies().await.unwrap()[0].cancelled, Some(vec![7]));
            db.close().await;
        });
    }

    #[test]
    fn a_draft_is_replaced_let_go_and_taken_by_its_digest_alone() {
        on_both(async |ground: &Ground| {
            let db = ground.open(1).await;
            for row in [draft(2, 1), draft(3, 1), draft(2, 9)] {
                act(&db, keep_draft_steps(row)).await.unwrap();
            }
            assert_eq!(db.policy_drafts().await.unwrap(), [draft(2, 9), draft(3, 1)]);
            is_conflict(act(&db, [take_draft_step(2, &[1; 32])]).await, Conflict::Stale);
            let approval = [take_draft_step(2, &[9; 32])].into_iter().chain(publish_steps(policy(2, 0)));
            act(&db, approval).await.unwrap();
            assert_eq!(db.policy_draft(2).await.unwrap(), None);
            is_conflict(act(&db, keep_draft_steps(draft(2, 9))).await, Conflict::Stale);
            act(&db, [drop_draft_step(3)]).await.unwrap();
            is_conflict(act(&db, [drop_draft_step(3)]).await, Conflict::Stale);
            assert_eq!(db.policy_drafts().await.unwrap(), []);
            db.close().await;
        });
    }

    #[test]
    fn leaves_are_counted_once_however_many_count_them() {
        on_both(async |ground: &Ground| {
            let db = ground.open(1).await;
            grow(&db, 0, 10).await;
            let figure = |permitted, refused, last_at| Figure { permitted, refused, last_at };
            let counted = |f| BTreeMap::from([("5.2".to_owned(), f)]);
            assert_eq!(db.figures().await.unwrap().positions, [(1, 0)].into());
            assert!(db.add_figures(1, 0, 4, &counted(figure(2, 1, 90))).await.unwrap());
            assert!(!db.add_figures(1, 0, 4, &counted(figure(2, 1, 90))).await.unwrap());
            assert!(db.add_figures(1, 4, 9, &counted(figure(1, 4, 70))).await.unwrap());
            assert!(!db.add_figures(1, 4, 10, &counted(figure(9, 9, 99))).await.unwrap());
            assert!(db.add_figures(2, 0, 1, &counted(figure(1, 0, 80))).await.unwrap());
            let kept = db.figures().await.unwrap();
            assert_eq!(kept.by_clause, counted(figure(4, 5, 90)));
            assert_eq!(kept.positions, [(1, 9), (2, 1)].into());
            db.close().await;
        });
    }

    #[test]
    fn a_purpose_is_stopped_until_it_is_resumed() {
        on_both(async |ground: &Ground| {
            let db = ground.open(1).await;
            act(&db, [stop_step("marketing", 10, "complaints"), stop_step("analytics", 20, "audit")])
                .await
                .unwrap();
            is_conflict(act(&db, [stop_step("marketing", 30, "again")]).await, Conflict::Taken);
            let stopped = BTreeMap::from([("analytics".to_owned(), 20), ("marketing".to_owned(), 10)]);
            assert_eq!(db.stops_and_mark().await.unwrap().0, stopped);
            assert_eq!(db.stop_reason("marketing").await.unwrap().as_deref(), Some("complaints"));
            act(&db, [resume_step("marketing")]).await.unwrap();
            is_conflict(act(&db, [resume_step("marketing")]).await, Conflict::Stale);
            assert_eq!(db.stop_reason("marketing").await.unwrap(), None);
            assert_eq!(db.stops_and_mark().await.unwrap().0, BTreeMap::from([("analytics".to_owned(), 20)]));
            db.close().await;
        });
    }

    fn key(number: u8, created_at: i64) -> KeyRow {
        let (digest, label) = ([number; 32], format!("key {number}"));
        KeyRow { digest, id: [number; 16], label, scope: vec![number], created_at, revoked_at: None }
    }

    #[test]
    fn a_key_is_known_by_its_digest_and_its_first_revocation_stays() {
        on_both(async |ground: &Ground| {
            let db = ground.open(1).await;
            act(&db, [insert_key_step(key(1, 20)), insert_key_step(key(2, 10))]).await.unwrap();
            is_conflict(act(&db, [insert_key_step(key(1, 30))]).await, Conflict::Taken);
            assert_eq!(db.keys().await.unwrap(), [key(2, 10), key(1, 20)]);
            assert_eq!(db.key_by_digest(&[1; 32]).await.unwrap(), Some(key(1, 20)));
            assert_eq!(db.key_by_digest(&[3; 32]).await.unwrap(), None);
            act(&db, [revoke_key_step(&[1; 32], 40)]).await.unwrap();
            is_conflict(act(&db, [revoke_key_step(&[1; 32], 50)]).await, Conflict::Stale);
            is_conflict(act(&db, [revoke_key_step(&[3; 32], 50)]).await, Conflict::Stale);
            let revoked = KeyRow { revoked_at: Some(40), ..key(1, 20) };
            assert_eq!(db.key_by_digest(&[1; 32]).await.unwrap(), Some(revoked.clone()));
            assert_eq!(db.keys().await.unwrap(), [key(2, 10), revoked]);
            db.close().await;
        });
    }

    #[test]
    fn of_equal_calls_at_once_one_is_done_and_the_others_find_its_answer() {
        on_both(async |ground: &Ground| {
            let db = ground.open(1).await;
            assert_eq!(db.remembered(&[1; 32]).await.unwrap(), None);
            grow(&db, 0, 4).await;
            let calls: Vec<_> = (0..12_u8)
                .map(|call| {
                    let db = db.clone();
                    tokio::spawn(async move {
                        (call, act(&db, [remember_step(&[1; 32], &[2; 32], vec![call], 100)]).await)
                    })
                })
                .collect();
            let mut done = Vec::new();
            for call in calls {
                match call.await.unwrap() {
                    (call, Ok(committed)) => done.push((call, committed.first_index)),
                    (_, refused) => is_conflict(refused, Conflict::Taken),
                }
            }
            assert_eq!(done.len(), 1);
            let (call, idx) = done[0];
            let remembered = db.remembered(&[1; 32]).await.unwrap();
            let expected = Remembered { body_digest: [2; 32], outcome: vec![call], log_id: 1, idx };
            assert_eq!((remembered, idx), (Some(expected), 4));
            db.close().await;
        });
    }

    #[test]
    fn answers_are_forgotten_when_their_term_is_over_and_not_before() {
        on_both(async |ground: &Ground| {
            let db = ground.open(1).await;
            let digest = |number: i64| {
                let mut digest = [0; 32];
                digest[..8].copy_from_slice(&number.to_be_bytes());
                digest
            };
            let steps = (0..600).map(|number| remember_step(&digest(number), &[0; 32], vec![], number));
            act(&db, steps).await.unwrap();
            assert_eq!(db.forget_older(-1).await.unwrap(), 0);
            assert_eq!(db.forget_older(549).await.unwrap(), 550);
            assert_eq!(db.forget_older(549).await.unwrap(), 0);
            assert_eq!(db.remembered(&digest(549)).await.unwrap(), None);
            assert!(db.remembered(&digest(550)).await.unwrap().is_some());
            assert_eq!(db.forget_older(i64::MAX).await.unwrap(), 50);
            // A forgotten call may be made again.
            act(&db, [remember_step(&digest(1), &[0; 32], vec![], 700)]).await.unwrap();
            db.close().await;
        });
    }
}
