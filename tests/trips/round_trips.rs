//! Does an operation on one person wait for PostgreSQL once to load and once to commit?

use saqta_app::instance::App;
use saqta_domain::terms::names::PurposeName;
use saqta_testkit::shop::{Key, Shop, system};
use saqta_testkit::trips::Trips;
use serde_json::{Value, json};

/// How often the server waited while it answered.
async fn trips(shop: &Shop, trips: &Trips, key: &Key, path: &str, body: Value) -> (u64, Value) {
    let before = trips.count();
    let answer = shop.post(key, path, body).await.done();
    (trips.count() - before, answer)
}

/// Asks twice, about one person and then about another, so that every statement is prepared when it is counted.
async fn second(shop: &Shop, counter: &Trips, key: &Key, path: &str, body: impl Fn(&str) -> Value) -> u64 {
    let mut counted = 0;
    for _ in 0..2 {
        let number = u16::try_from(shop.leaves()).unwrap();
        let subject = shop.customer(key, number).await;
        counted = trips(shop, counter, key, path, body(&subject)).await.0;
    }
    counted
}

// One thread: what is sent together is then written together, and the count does not hang on the scheduler.
#[tokio::test]
async fn an_operation_on_a_known_person_takes_one_round_trip_to_load_and_one_to_commit() {
    let Some((shop, counter)) = Shop::counted().await else {
        println!("round trips were not counted: SAQTA_TEST_PGURL is not set");
        return;
    };
    let key = shop.key(&["order", "service_book"]).await;
    let of = |id: &str, rest: Value| {
        let mut body = json!({ "subject": { "id": id }, "purpose": "order" });
        body.as_object_mut().unwrap().extend(rest.as_object().unwrap().clone());
        body
    };
    let mut table = Vec::new();
    for (path, rest) in [
        ("/v1/retrieve", json!({ "attributes": ["phone"] })),
        ("/v1/inspect", json!({})),
        ("/v1/use", json!({ "attributes": ["phone"] })),
        ("/v1/rectify", json!({ "values": { "full_name": "Айгерим Омарова" } })),
        ("/v1/confirm", json!({ "attributes": ["phone"] })),
        ("/v1/restrict", json!({ "reason": "inaccurate" })),
        ("/v1/hold", json!({ "ground": "case 12 of 2026" })),
    ] {
        table.push((path, second(&shop, &counter, &key, path, |id| of(id, rest.clone())).await));
    }
    let stop = |id: &str| json!({ "subject": { "id": id } });
    table.push(("/v1/stop", second(&shop, &counter, &key, "/v1/stop", stop).await));
    let happened = |id: &str| {
        let reference = format!("A-{}", shop.leaves() - 1);
        json!({ "subject": { "id": id }, "event": "order.closed", "reference": reference })
    };
    table.push(("/v1/events", second(&shop, &counter, &key, "/v1/events", happened).await));
    let more = |id: &str| {
        let part =
            json!({ "purpose": "order", "reference": "B-1", "values": { "full_name": "Айгерим Омарова" } });
        json!({ "subject": { "id": id }, "parts": [part] })
    };
    table.push(("/v1/collect of somebody known", second(&shop, &counter, &key, "/v1/collect", more).await));
    let fresh = |_: &str| {
        let number = shop.leaves();
        let (phone, email) = (format!("+7700002{number:04}"), format!("new{number}@mail.example"));
        let values = json!({ "full_name": "Айгерим Омарова", "phone": phone, "email": email });
        json!({ "parts": [{ "purpose": "order", "reference": "C-1", "values": values }] })
    };
    table.push(("/v1/collect of somebody new", second(&shop, &counter, &key, "/v1/collect", fresh).await));
    let found = |_: &str| {
        let number = shop.leaves() - 1;
        let subject = json!({ "attribute": "phone", "value": format!("+7700001{number:04}") });
        json!({ "subject": subject, "purpose": "order", "attributes": ["phone"] })
    };
    table.push(("/v1/retrieve by a value", second(&shop, &counter, &key, "/v1/retrieve", found).await));
    assert_eq!(
        table,
        [
            ("/v1/retrieve", 2),
            ("/v1/inspect", 2),
            ("/v1/use", 2),
            ("/v1/rectify", 2),
            ("/v1/confirm", 2),
            ("/v1/restrict", 2),
            ("/v1/hold", 2),
            ("/v1/stop", 2),
            ("/v1/events", 2),
            ("/v1/collect of somebody known", 2),
            // The keys are kept before the deed that needs them.
            ("/v1/collect of somebody new", 3),
            // The index lies elsewhere than the person.
            ("/v1/retrieve by a value", 3),
        ]
    );
    shop.close().await;
}

/// A person of whom everything held may end.
async fn visitor(shop: &Shop, key: &Key) -> String {
    let answer = shop.answer_to("service_book", None, true);
    let values = json!({ "car_plate": "123ABC02", "car_vin": "JTDBR32E720000001" });
    let part = json!({ "purpose": "service_book", "values": values, "consents": [answer] });
    let done = shop.post(key, "/v1/collect", json!({ "parts": [part] })).await.done();
    done["subject"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_end_waits_for_what_has_to_be_gone_before_the_next_step() {
    let Some((shop, counter)) = Shop::counted().await else { return };
    let key = shop.key(&["service_book"]).await;
    for (path, expected) in [
        // Facts; digests and names of keys; the deed.
        ("/v1/erase", 3),
        // The same, then the end of the keys, then the leaf that says so.
        ("/v1/destroy", 5),
    ] {
        let mut counted = 0;
        for _ in 0..2 {
            let subject = visitor(&shop, &key).await;
            let body = json!({ "subject": { "id": subject }, "purpose": "service_book" });
            let (waited, done) = trips(&shop, &counter, &key, path, body).await;
            assert_eq!(done["anything_left"], false, "{done}");
            counted = waited;
        }
        assert_eq!((path, counted), (path, expected));
    }
    shop.close().await;
}

/// Ends the one key that is not ended yet.
async fn revoke_elsewhere(other: &App) {
    let keys = other.keys(&system()).await.unwrap();
    let id = &keys.iter().find(|key| !key.revoked).unwrap().id;
    other.revoke_key(&system(), id).await.unwrap();
}

#[tokio::test]
async fn what_another_process_revokes_or_stops_holds_for_what_is_read_in_one_trip() {
    let Some((shop, _)) = Shop::counted().await else { return };
    let key = shop.key(&["order"]).await;
    let subject = shop.customer(&key, 1).await;
    shop.retrieve(&key, &subject, "order", &["phone"]).await.done();
    let other = shop.another().await.unwrap();

    let order = PurposeName::new("order").unwrap();
    other.stop_purpose(&system(), &order, "a test").await.unwrap();
    shop.retrieve(&key, &subject, "order", &["phone"]).await.refused("purpose_stopped", "7.10");
    other.resume_purpose(&system(), &order).await.unwrap();
    shop.retrieve(&key, &subject, "order", &["phone"]).await.done();

    revoke_elsewhere(&other).await;
    let leaves = shop.leaves();
    let body = json!({ "subject": { "id": subject }, "purpose": "order", "attributes": ["phone"] });
    // Twice: with a key that this process presumes to know, and with one that it knows nothing of any more.
    for shown in [&key, &key, &Key::shown("saqta_unknown")] {
        let told = shop.post(shown, "/v1/retrieve", body.clone()).await.problem(401, "unknown_key");
        assert_eq!(told, shop.post(shown, "/v1/keys", json!({})).await.problem(401, "unknown_key"));
    }
    assert_eq!(shop.leaves(), leaves, "there is no actor to name");
    other.close().await;
    shop.close().await;
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_not_told_to_a_key_that_was_revoked_elsewhere() {
    let Some((shop, _)) = Shop::counted().await else { return };
    let other = shop.another().await.unwrap();
    for (wrong, number) in [("body", 1), ("name", 2)] {
        let key = shop.key(&["order"]).await;
        shop.customer(&key, number).await;
        let ask = async || match wrong {
            "body" => shop.post(&key, "/v1/retrieve", json!({ "nonsense": 1 })).await,
            _ => shop.post_once(&key, "/v1/retrieve", json!({}), Some("two words")).await,
        };
        assert_eq!(ask().await.status, 400);
        revoke_elsewhere(&other).await;
        ask().await.problem(401, "unknown_key");
    }
    other.close().await;
    shop.close().await;
}
