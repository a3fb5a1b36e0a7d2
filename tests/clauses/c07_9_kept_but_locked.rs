//! Clause 7.9: after the purpose is reached data are kept for the declared term, locked away from use, and then are gone.

use jiff::ToSpan;
use saqta_testkit::shop::on_both;
use serde_json::json;

use crate::acts::{about, event, record};

#[test]
fn a_closed_order_is_kept_for_its_term_and_used_for_nothing() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let subject = shop.customer(&key, 1).await;
        shop.retrieve(&key, &subject, "order", &["phone"]).await.done();
        shop.post(&key, "/v1/events", event(&subject, "order.closed", "A-1")).await.done();

        shop.wait(2.years()).await;
        shop.retrieve(&key, &subject, "order", &["phone"]).await.refused("purpose_reached", "7.10");
        let used = about(&subject, "order", json!({ "attributes": ["phone"] }));
        shop.post(&key, "/v1/use", used).await.refused("purpose_reached", "7.10");
        let page = shop.post(&key, "/v1/list", json!({ "purpose": "order", "attributes": ["phone"] })).await;
        let page = page.done();
        assert_eq!((page["persons"].as_array().unwrap().len(), &page["refused"]), (0, &json!(1)));
        assert_eq!(record(shop, "trade", &subject).await.unwrap().standing().held.len(), 3);

        shop.wait(2.years()).await;
        assert!(record(shop, "trade", &subject).await.is_none());
        shop.retrieve(&key, &subject, "order", &["phone"]).await.refused("no_record", "5.3");
    });
}

#[test]
fn another_order_of_the_same_person_keeps_the_purpose_open() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let subject = shop.customer(&key, 1).await;
        shop.post(&key, "/v1/events", event(&subject, "order.created", "A-2")).await.done();
        shop.post(&key, "/v1/events", event(&subject, "order.closed", "A-1")).await.done();
        shop.retrieve(&key, &subject, "order", &["phone"]).await.done();
        shop.post(&key, "/v1/events", event(&subject, "order.closed", "A-2")).await.done();
        shop.retrieve(&key, &subject, "order", &["phone"]).await.refused("purpose_reached", "7.10");
    });
}
