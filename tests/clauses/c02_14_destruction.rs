//! Clause 2.14: what was destroyed cannot be read again, first for want of its keys, then of the epoch they were wrapped in.

use jiff::ToSpan;
use saqta_testkit::shop::on_both;
use serde_json::{Value, json};

use crate::acts::{about, decision, decisions, event, opens_service_book, record, values};

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
        let page = decisions(shop, &key, &subject, "service_book").await;
        let far: Vec<&Value> = page.iter().filter(|d| !d["destruction"].is_null()).collect();
        let [ended] = far.as_slice() else { panic!("{far:?}") };
        assert_eq!((&ended["receipt"], &ended["destruction"]), (&done["receipt"], &json!("key_destroyed")));

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
fn who_was_destroyed_may_come_again_before_what_was_left_is_swept_and_after() {
    on_both(async |shop| {
        let key = shop.key(&["service_book"]).await;
        let consents = json!([shop.answer_to("service_book", None, true)]);
        let collect = |subject: Option<&str>| {
            let car = json!({ "car_plate": "412ABK02", "car_vin": "ZZZAA11B5S0000101" });
            let mut request = values(subject, "service_book", "", car);
            request["parts"][0]["consents"] = consents.clone();
            request
        };
        let done = shop.post(&key, "/v1/collect", collect(None)).await.done();
        let subject = done["subject"].as_str().unwrap();
        let scan = about(subject, "service_book", json!({ "attribute": "contract_scan" }));
        for round in 0..3 {
            let kept = shop.upload(&key, &scan, "text/plain", b"page one").await.done();
            let document = json!({ "attribute": "contract_scan", "document": kept["document"] });
            let open = about(subject, "service_book", document);
            assert_eq!(shop.post(&key, "/v1/documents/open", open.clone()).await.done(), "page one");

            let way = if round == 1 { "/v1/erase" } else { "/v1/destroy" };
            let done = shop.post(&key, way, about(subject, "service_book", json!({}))).await.done();
            assert_eq!(done["anything_left"], false, "{done}");
            shop.retrieve(&key, subject, "service_book", &["car_vin"]).await.refused("no_record", "5.3");
            shop.post(&key, "/v1/documents/open", open.clone()).await.refused("no_record", "5.3");
            let list = json!({ "purpose": "service_book", "attributes": ["car_vin"] });
            let list = shop.post(&key, "/v1/list", list).await.done();
            assert_eq!((&list["persons"], &list["refused"]), (&json!([]), &json!(0)), "{list}");
            if round == 2 {
                shop.wait(1.minute()).await;
            }

            shop.post(&key, "/v1/collect", collect(Some(subject))).await.done();
            let read =
                shop.retrieve(&key, subject, "service_book", &["car_vin", "contract_scan"]).await.done();
            assert_eq!(read["documents"], json!([]), "nothing of the life before is taken over: {read}");
            shop.post(&key, "/v1/documents/open", open).await.problem(404, "not_found");
        }
        shop.wait(1.minute()).await;
        shop.retrieve(&key, subject, "service_book", &["car_vin"]).await.done();
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
