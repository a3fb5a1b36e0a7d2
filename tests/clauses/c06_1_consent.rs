//! Clause 6.1: consent is a ground when the person gave it, and no ground when nobody asked.

use saqta_testkit::shop::on_both;
use serde_json::json;

use crate::acts::{opens_service_book, values};

#[test]
fn a_service_book_stands_on_consent() {
    on_both(async |shop| {
        let key = shop.key(&["order", "service_book"]).await;
        let subject = shop.customer(&key, 1).await;
        opens_service_book(shop, &key, &subject).await;
        let read = shop.retrieve(&key, &subject, "service_book", &["car_plate"]).await.done();
        assert_eq!((&read["clause"], &read["basis"]), (&json!("6.1"), &json!("consent")));
    });
}

#[test]
fn without_one_nothing_is_collected() {
    on_both(async |shop| {
        let key = shop.key(&["order", "service_book"]).await;
        let subject = shop.customer(&key, 1).await;
        let car = json!({ "car_plate": "412ABK02", "car_vin": "ZZZAA11B5S0000101" });
        let refused =
            shop.post(&key, "/v1/collect", values(Some(&subject), "service_book", "A-1", car)).await;
        refused.refused("no_consent", "6.1");
        shop.retrieve(&key, &subject, "service_book", &["car_plate"]).await.refused("no_consent", "6.1");
    });
}
