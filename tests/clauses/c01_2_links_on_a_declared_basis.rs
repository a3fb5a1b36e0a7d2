//! Clause 1.2: a visitor's record is joined with a customer's on a declared basis alone, and only while that basis stands.

use saqta_testkit::shop::{Key, Shop, on_both};
use serde_json::{Value, json};

use crate::acts::{event, opens_service_book, values};

const PURPOSES: [&str; 4] = ["site_visit", "order", "service_book", "marketing"];

async fn visitor_and_customer(shop: &Shop, key: &Key) -> (String, String) {
    let visit = values(None, "site_visit", "visit 1", json!({ "visitor_id": "vis-7f3a01" }));
    let visitor = shop.post(key, "/v1/collect", visit).await.done();
    (visitor["subject"].as_str().unwrap().to_owned(), shop.customer(key, 1).await)
}

fn link(visitor: &str, customer: &str, to: &str) -> Value {
    json!({ "visitor": { "id": visitor }, "customer": { "id": customer }, "from": "site_visit", "to": to })
}

#[test]
fn a_visitor_with_an_open_order_is_joined_with_the_customer() {
    on_both(async |shop| {
        let key = shop.key(&PURPOSES).await;
        let (visitor, customer) = visitor_and_customer(shop, &key).await;
        shop.retrieve(&key, &customer, "site_visit", &["visitor_id"]).await.refused("no_record", "5.3");
        shop.post(&key, "/v1/link", link(&visitor, &customer, "order")).await.done();

        let read = shop.retrieve(&key, &customer, "site_visit", &["visitor_id"]).await.done();
        assert_eq!(read["values"]["visitor_id"], "vis-7f3a01");
        shop.retrieve(&key, &visitor, "site_visit", &["visitor_id"]).await.refused("no_record", "5.3");
    });
}

#[test]
fn no_other_purpose_joins_them() {
    on_both(async |shop| {
        let key = shop.key(&PURPOSES).await;
        let (visitor, customer) = visitor_and_customer(shop, &key).await;
        opens_service_book(shop, &key, &customer).await;
        let refused = shop.post(&key, "/v1/link", link(&visitor, &customer, "service_book")).await;
        refused.refused("link_not_declared", "5.3");
        let refused = shop.post(&key, "/v1/link", link(&visitor, &customer, "marketing")).await;
        refused.refused("operation_not_declared", "8.1");
    });
}

#[test]
fn a_closed_order_joins_nobody() {
    on_both(async |shop| {
        let key = shop.key(&PURPOSES).await;
        let (visitor, customer) = visitor_and_customer(shop, &key).await;
        shop.post(&key, "/v1/events", event(&customer, "order.closed", "A-1")).await.done();
        let refused = shop.post(&key, "/v1/link", link(&visitor, &customer, "order")).await;
        refused.refused("purpose_reached", "7.10");
    });
}
