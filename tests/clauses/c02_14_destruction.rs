//! Clause 2.14: what was destroyed cannot be read again, first for want of its keys, then of the epoch they were wrapped in.

use saqta_testkit::shop::on_both;
use serde_json::json;

use crate::acts::{about, decision, event, opens_service_book, record};

#[test]
fn destroyed_data_are_gone_and_the_decision_says_how_far_that_has_come() {
    on_both(async |shop| {
        let key = shop.key(&["order", "service_book"]).await;
        let subject = shop.customer(&key, 1).await;
        opens_service_book(shop, &key, &subject).await;

        let plan = about(&subject, "service_book", json!({ "dry_run": true }));
        let plan = shop.post(&key, "/v1/destroy", plan).await.done();
        assert_eq!(plan["attributes"], json!(["car_plate", "car_vin"]), "{plan}");
        shop.retrieve(&key, &subject, "service_book", &["car_plate"]).await.done();

        let done = shop.post(&key, "/v1/destroy", about(&subject, "service_book", json!({}))).await.done();
        assert_eq!(done["attributes"], json!(["car_plate", "car_vin"]), "{done}");
        assert_eq!(done["kept"][0]["purpose"], "order", "{done}");
        assert_eq!(done["kept"][0]["basis"], "contract", "{done}");
        shop.retrieve(&key, &subject, "service_book", &["car_plate"]).await.refused("no_consent", "6.1");
        let left = record(shop, "trade", &subject).await.unwrap();
        assert!(!left.standing().held.keys().any(|name| name.as_str().starts_with("car_")));
        assert_eq!(decision(shop, &key, &done).await["destruction"], "key_destroyed");

        let administrator = shop.administrator().await;
        let turned = shop.post(&administrator, "/v1/epochs", json!({})).await.done();
        assert_eq!(turned["completed"], 1, "{turned}");
        let state = shop.get(Some(&administrator), "/v1/epochs").await.done();
        assert_eq!(
            (&state["epoch"], &state["living"]),
            (&turned["epoch"], &json!([turned["epoch"]])),
            "{state}"
        );
        assert_eq!(decision(shop, &key, &done).await["destruction"], "completed");
        shop.retrieve(&key, &subject, "order", &["phone"]).await.done();
    });
}

#[test]
fn nothing_is_destroyed_while_a_contract_is_open_or_its_term_runs() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let subject = shop.customer(&key, 1).await;
        let demand = || about(&subject, "order", json!({}));
        shop.post(&key, "/v1/destroy", demand()).await.refused("still_needed", "3.1");
        shop.post(&key, "/v1/events", event(&subject, "order.closed", "A-1")).await.done();
        shop.post(&key, "/v1/erase", demand()).await.refused("still_needed", "3.1");
        assert_eq!(record(shop, "trade", &subject).await.unwrap().standing().held.len(), 3);
    });
}

#[test]
fn the_epoch_is_turned_by_an_administrator_alone() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        shop.post(&key, "/v1/epochs", json!({})).await.problem(403, "not_administrator");
        shop.get(Some(&key), "/v1/epochs").await.problem(403, "not_administrator");
    });
}
