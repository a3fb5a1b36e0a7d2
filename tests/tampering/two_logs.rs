//! Do two servers on one database, each with a log of its own, give proofs that fit together, and does each notice what is done to
//! the log of the other?

use std::path::Path;
use std::sync::Arc;

use saqta_app::evidence::{VerifiedTogether, verify, verify_together};
use saqta_app::instance::App;
use saqta_testkit::shop::{Shop, Store, system};

/// How many deeds each server records at once, and how often.
const AT_ONCE: usize = 16;
const ROUNDS: usize = 6;

/// Deeds that leave a leaf each, many at once, on one server.
async fn load(app: Arc<App>, name: &'static str) {
    for _ in 0..ROUNDS {
        let deeds: Vec<_> = (0..AT_ONCE)
            .map(|_| {
                let app = Arc::clone(&app);
                tokio::spawn(async move {
                    let scope = saqta_app::admission::KeyScope { administers: true, ..Default::default() };
                    app.create_key(&system(), name, &scope).await.unwrap();
                })
            })
            .collect();
        for deed in deeds {
            deed.await.unwrap();
        }
        app.checkpoint().await.unwrap().unwrap();
    }
}

fn checked(folder: &Path, kept: Vec<String>) -> VerifiedTogether {
    verify_together(&[&folder.join("1"), &folder.join("2")], kept, Vec::new(), &mut |_| {})
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_under_load_give_checkpoints_that_verify_together() {
    let Some(shop) = Shop::open(Store::Postgres, Default::default()).await else {
        println!("two servers were not tried: SAQTA_TEST_PGURL is not set");
        return;
    };
    let other = shop.another().await.unwrap();
    tokio::join!(load(Arc::clone(shop.app()), "one"), load(Arc::clone(&other), "two"));
    assert_eq!(shop.app().logs().await.unwrap(), [1, 2]);

    // The first server signs once more when both are at rest: this one text fixes both logs.
    shop.app().create_key(&system(), "last", &Default::default()).await.unwrap();
    let one_for_all = shop.app().checkpoint().await.unwrap().unwrap().note;
    let second = other.checkpoint().await.unwrap().unwrap();
    let line = format!("log {} {} ", other.verifier_key(2).unwrap().split('+').next().unwrap(), second.size);
    assert!(one_for_all.lines().any(|said| said.starts_with(&line)), "{one_for_all}");

    let place = tempfile::tempdir().unwrap();
    let whole = place.path().join("whole");
    let written = shop.app().export_ledgers(&whole, &mut |_| {}).await.unwrap();
    let least = u64::try_from(AT_ONCE * ROUNDS).unwrap();
    assert!(written.iter().all(|(_, entries)| *entries >= least), "{written:?}");
    for log in ["1", "2"] {
        let alone = verify(&whole.join(log), Vec::new(), None, &mut |_| {});
        assert!(alone.ok, "{:?}", alone.failure);
    }
    let together = checked(&whole, vec![one_for_all.clone()]);
    assert!(together.ok, "{together:?}");
    assert!(together.exports.iter().all(|export| export.named_by_others > 0), "{together:?}");
    assert_eq!(together.names_all, together.exports[0].log);
    assert_eq!(together.not_given, []);

    // The second log is cut back to what it had signed early on, and everything about it that came later is gone too.
    let early = other.vault().db().checkpoints(2).await.unwrap()[1].size;
    let cut = place.path().join("cut");
    let key = other.verifier_key(2).unwrap().parse().unwrap();
    other.vault().db().export(2, &key, Some(early), &cut.join("2"), &mut |_| {}).await.unwrap();
    let alone = verify(&cut.join("2"), Vec::new(), None, &mut |_| {});
    assert!(alone.ok, "by itself it fits: {:?}", alone.failure);
    let found = verify_together(&[&whole.join("1"), &cut.join("2")], Vec::new(), Vec::new(), &mut |_| {});
    assert!(!found.ok && found.exports[0].ok && !found.exports[1].ok, "{found:?}");
    assert_eq!(found.exports[1].first_wrong_entry, u64::try_from(early).ok());

    other.close().await;
    shop.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_does_not_sign_beside_a_log_that_went_back_behind_what_it_signed() {
    let Some(shop) = Shop::open(Store::Postgres, Default::default()).await else {
        println!("two servers were not tried: SAQTA_TEST_PGURL is not set");
        return;
    };
    let other = shop.another().await.unwrap();
    tokio::join!(load(Arc::clone(shop.app()), "one"), load(Arc::clone(&other), "two"));
    shop.app().create_key(&system(), "once more", &Default::default()).await.unwrap();
    shop.app().checkpoint().await.unwrap().unwrap();
    other.close().await;
    shop.tamper("delete from checkpoints where log_id = 2 and size > (select min(size) from checkpoints where log_id = 2)").await;
    shop.app().create_key(&system(), "and again", &Default::default()).await.unwrap();
    assert!(shop.app().checkpoint().await.is_err(), "it was named as larger than it says it is");
    shop.close().await;
}
