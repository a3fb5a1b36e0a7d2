//! What does somebody get who can write to the database, but has no key?

use std::collections::BTreeMap;

use jiff::ToSpan;
use rusqlite::{Connection, params};
use saqta_testkit::shop::{Shop, Store, example_files};
use serde_json::json;

type Row = (Vec<u8>, i64, Vec<u8>, Vec<u8>);

fn rows(database: &Connection) -> Vec<Row> {
    let mut statement = database.prepare("select subject, version, standing, body from vault").unwrap();
    let rows = statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?, r.get(3)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

async fn shop_with_a_subscriber() -> (Shop, saqta_testkit::shop::Key, String, Connection) {
    let shop = Shop::open(Store::Sqlite, Default::default()).await.unwrap();
    let key = shop.key(&["marketing"]).await;
    let body = json!({ "parts": [{
        "purpose": "marketing",
        "values": { "email": "subscriber@mail.example" },
        "consents": [shop.answer_to("marketing", Some("email"), true)],
    }] });
    let done = shop.post(&key, "/v1/collect", body).await.done();
    let subject = done["subject"].as_str().unwrap().to_owned();
    let database = Connection::open(shop.data().join("saqta.db")).unwrap();
    (shop, key, subject, database)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_row_put_back_does_not_undo_a_withdrawal() {
    let (shop, key, subject, database) = shop_with_a_subscriber().await;
    let write = json!({ "subject": { "id": subject }, "purpose": "marketing", "attributes": ["email"], "channel": "email" });
    shop.post(&key, "/v1/use", write.clone()).await.done();
    let before = rows(&database);
    let withdraw = json!({ "subject": { "id": subject }, "purpose": "marketing" });
    shop.post(&key, "/v1/withdraw", withdraw).await.done();
    shop.post(&key, "/v1/use", write.clone()).await.refused("consent_withdrawn", "7.10");
    for (subject, version, standing, body) in before {
        let sql = "update vault set version = ?2, standing = ?3, body = ?4 where subject = ?1";
        database.execute(sql, params![subject, version, standing, body]).unwrap();
    }
    let answer = shop.post(&key, "/v1/use", write).await;
    assert_eq!(answer.status, 500, "the old consent is believed: {}", answer.body);

    // Nor does it keep everybody else's records from their days under a new version.
    let mut files: BTreeMap<String, String> =
        example_files().into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect();
    let policy = files.get_mut("policy.toml").unwrap();
    *policy = policy.replacen("version        = 1", "version        = 2", 1).replacen(
        "effective_from = 2026-01-12",
        "effective_from = 2026-03-04",
        1,
    );
    let body = json!({ "files": files, "approved_by": "The director" });
    shop.post(&shop.administrator().await, "/v1/policies", body).await.done();
    shop.wait(4.days()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn values_of_two_people_do_not_change_places() {
    let (shop, key, subject, database) = shop_with_a_subscriber().await;
    let body = json!({ "parts": [{
        "purpose": "marketing",
        "values": { "email": "another@mail.example" },
        "consents": [shop.answer_to("marketing", Some("email"), true)],
    }] });
    let other = shop.post(&key, "/v1/collect", body).await.done()["subject"].as_str().unwrap().to_owned();
    shop.retrieve(&key, &other, "marketing", &["email"]).await.done();
    let before = rows(&database);
    let [(one, _, standing, body), (two, _, other_standing, other_body)] = before.as_slice() else {
        panic!("two rows, not {}", before.len())
    };
    let sql = "update vault set standing = ?2, body = ?3 where subject = ?1";
    database.execute(sql, params![one, other_standing, other_body]).unwrap();
    database.execute(sql, params![two, standing, body]).unwrap();
    // The row names a key that this person does not have, so there is nothing of theirs to be read.
    shop.retrieve(&key, &subject, "marketing", &["email"]).await.refused("no_record", "5.3");
    // What was read before the change is remembered, and is their own.
    let own = shop.retrieve(&key, &other, "marketing", &["email"]).await.done();
    assert_eq!(own["values"]["email"], "another@mail.example");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_body_is_noticed_where_a_value_is_asked_for_and_not_needed_where_all_end() {
    let (shop, key, subject, database) = shop_with_a_subscriber().await;
    let (_, _, _, body) = rows(&database).remove(0);
    let mut damaged = body.clone();
    damaged[40] ^= 1;
    database.execute("update vault set body = ?1", params![damaged]).unwrap();
    let answer = shop.retrieve(&key, &subject, "marketing", &["email"]).await;
    assert_eq!(answer.status, 500, "a damaged value is shown: {}", answer.body);
    let withdraw = json!({ "subject": { "id": subject }, "purpose": "marketing" });
    let answer = shop.post(&key, "/v1/withdraw", withdraw).await;
    assert_eq!(answer.status, 500, "what was damaged is sealed anew: {}", answer.body);
    // Without a single byte of the values they are destroyed as well as with all of them.
    database.execute("update vault set body = ?1", params![Vec::<u8>::new()]).unwrap();
    let destroy = json!({ "subject": { "id": subject }, "purpose": "marketing" });
    let done = shop.post(&key, "/v1/destroy", destroy).await.done();
    assert_eq!((&done["attributes"], &done["anything_left"]), (&json!(["email"]), &json!(false)));
    shop.retrieve(&key, &subject, "marketing", &["email"]).await.refused("no_record", "5.3");
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_and_policies_that_nobody_made_open_and_decide_nothing() {
    let (shop, _, _, database) = shop_with_a_subscriber().await;
    let weak = shop.key_with(&["marketing"], &[], None).await;
    shop.administrator().await;
    let everything: Vec<u8> = database
        .query_row("select scope from api_keys where label = 'administrator'", [], |r| r.get(0))
        .unwrap();
    database.execute("update api_keys set scope = ?1 where label = 'test'", params![everything]).unwrap();
    assert_ne!(shop.get(Some(&weak), "/v1/keys").await.status, 200, "a borrowed scope opens");
    let body: Vec<u8> = database.query_row("select body from policies", [], |r| r.get(0)).unwrap();
    let mut changed = body.clone();
    let middle = changed.len() / 2;
    changed[middle] ^= 1;
    database.execute("update policies set body = ?1", params![changed]).unwrap();
    assert!(shop.app().run_jobs().await.is_err(), "a changed policy decides");
    database.execute("update policies set body = ?1, effective_from = 0", params![body]).unwrap();
    assert!(shop.app().run_jobs().await.is_err(), "a policy that was moved in time decides");
}
