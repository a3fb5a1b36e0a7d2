//! Clause 8.1: every deed is on record under the name of its operation, whether it was permitted or refused.

use saqta_testkit::shop::on_both;
use serde_json::json;

use crate::acts::{about, decisions, event, opens_service_book, values};

#[test]
fn each_deed_is_recorded_as_the_operation_it_is() {
    on_both(async |shop| {
        let key = shop.key(&["order", "service_book"]).await;
        let subject = shop.customer(&key, 1).await;
        let order = |more| about(&subject, "order", more);
        let phone = json!({ "phone": "+77000017777" });
        shop.post(&key, "/v1/collect", values(Some(&subject), "order", "A-1", phone.clone())).await.done();
        shop.retrieve(&key, &subject, "order", &["phone"]).await.done();
        shop.post(&key, "/v1/use", order(json!({ "attributes": ["phone"] }))).await.done();
        shop.post(&key, "/v1/rectify", order(json!({ "values": phone }))).await.done();
        shop.post(&key, "/v1/confirm", order(json!({ "attributes": ["phone"] }))).await.done();
        let block = shop.post(&key, "/v1/restrict", order(json!({ "reason": "incomplete" }))).await.done();
        let lifting = order(json!({ "restriction": block["restriction"] }));
        shop.post(&key, "/v1/unrestrict", lifting).await.done();
        shop.post(&key, "/v1/hold", order(json!({ "ground": "claim 4", "until": "2026-03-03T00:00:00Z" })))
            .await
            .done();
        shop.post(&key, "/v1/events", event(&subject, "order.closed", "A-1")).await.done();
        let refused = shop.retrieve(&key, &subject, "order", &["phone"]).await;
        refused.refused("purpose_reached", "7.10");

        let expected = [
            ("collection", true),
            ("accumulation", true),
            ("retrieval", true),
            ("use", true),
            ("rectification", true),
            ("updating", true),
            ("blocking", true),
            ("blocking", true),
            ("storage", true),
            ("recording", true),
            ("retrieval", false),
        ];
        let found = decisions(shop, &key, &subject, "order").await;
        let found: Vec<(&str, bool)> = found
            .iter()
            .rev()
            .map(|d| (d["operation"].as_str().unwrap(), d["permitted"].as_bool().unwrap()))
            .collect();
        assert_eq!(found, expected);
    });
}

#[test]
fn an_end_is_recorded_as_erasure() {
    on_both(async |shop| {
        let key = shop.key(&["order", "service_book"]).await;
        let subject = shop.customer(&key, 1).await;
        opens_service_book(shop, &key, &subject).await;
        shop.post(&key, "/v1/erase", about(&subject, "service_book", json!({}))).await.done();
        let latest = &decisions(shop, &key, &subject, "order").await[0];
        assert_eq!(
            (&latest["operation"], &latest["attributes"]),
            (&json!("erasure"), &json!(["car_plate", "car_vin"]))
        );
    });
}
