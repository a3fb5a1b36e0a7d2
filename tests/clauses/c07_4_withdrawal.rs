//! Clause 7.4: data are processed until their purpose is reached or the consent is taken back, and not one call longer.

use jiff::ToSpan;
use saqta_testkit::shop::on_both;
use serde_json::json;

use crate::acts::{about, event, opens_service_book, record};

#[test]
fn a_withdrawal_holds_for_the_very_next_call() {
    on_both(async |shop| {
        let key = shop.key(&["order", "service_book"]).await;
        let subject = shop.customer(&key, 1).await;
        opens_service_book(shop, &key, &subject).await;
        shop.retrieve(&key, &subject, "service_book", &["car_plate"]).await.done();
        shop.post(&key, "/v1/withdraw", about(&subject, "service_book", json!({}))).await.done();
        let refused = shop.retrieve(&key, &subject, "service_book", &["car_plate"]).await;
        refused.refused("consent_withdrawn", "7.10");

        shop.wait(1.day()).await;
        let left = record(shop, "trade", &subject).await.unwrap();
        let left: Vec<&str> = left.standing().held.keys().map(|name| name.as_str()).collect();
        assert_eq!(left, ["email", "full_name", "phone"], "nothing carries the car's data any more");
    });
}

#[test]
fn a_new_consent_begins_anew() {
    on_both(async |shop| {
        let key = shop.key(&["order", "service_book"]).await;
        let subject = shop.customer(&key, 1).await;
        opens_service_book(shop, &key, &subject).await;
        shop.post(&key, "/v1/withdraw", about(&subject, "service_book", json!({}))).await.done();
        opens_service_book(shop, &key, &subject).await;
        shop.retrieve(&key, &subject, "service_book", &["car_plate"]).await.done();
    });
}

#[test]
fn a_purpose_ends_with_the_event_that_reaches_it() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let subject = shop.customer(&key, 1).await;
        shop.retrieve(&key, &subject, "order", &["phone"]).await.done();
        shop.post(&key, "/v1/events", event(&subject, "order.closed", "A-1")).await.done();
        shop.retrieve(&key, &subject, "order", &["phone"]).await.refused("purpose_reached", "7.10");
        let typing_error = event(&subject, "order.clsed", "A-1");
        shop.post(&key, "/v1/events", typing_error).await.refused("event_unknown", "7.10");
    });
}
