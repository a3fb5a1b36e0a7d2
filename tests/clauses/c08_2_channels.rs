//! Clause 8.2: the record says through what a deed was asked for, over the network or by the system itself.

use jiff::ToSpan;
use saqta_testkit::shop::on_both;
use serde_json::json;

use crate::acts::{about, decision, decisions, opens_service_book};

#[test]
fn what_came_over_the_network_and_what_the_system_did_are_told_apart() {
    on_both(async |shop| {
        let key = shop.key(&["order", "service_book"]).await;
        let subject = shop.customer(&key, 1).await;
        opens_service_book(shop, &key, &subject).await;
        let withdrawn =
            shop.post(&key, "/v1/withdraw", about(&subject, "service_book", json!({}))).await.done();
        let asked = decision(shop, &key, &withdrawn).await;
        assert_eq!(asked["channel"], "api");
        assert!(asked["actor"].as_str().unwrap().starts_with("key:"), "{asked}");

        shop.wait(1.day()).await;
        let by_itself = &decisions(shop, &key, &subject, "order").await[0];
        assert_eq!((&by_itself["operation"], &by_itself["channel"]), (&json!("erasure"), &json!("job")));
        assert_eq!(by_itself["actor"], "system:retention");
    });
}

#[test]
fn a_refusal_has_its_channel_too() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let subject = shop.customer(&key, 1).await;
        let refused = shop.retrieve(&key, &subject, "order", &["iin"]).await;
        let refused = refused.refused("attribute_not_needed", "5.5");
        let found = decision(shop, &key, &refused).await;
        assert_eq!((&found["channel"], &found["permitted"]), (&json!("api"), &json!(false)));
    });
}
