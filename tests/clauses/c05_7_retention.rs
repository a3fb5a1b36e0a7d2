//! Clause 5.7: at the end of its term a value is destroyed by itself, unless a hold with its ground stops that.

use jiff::ToSpan;
use saqta_testkit::shop::on_both;
use serde_json::json;

use crate::acts::{about, event, record};

#[test]
fn three_years_after_the_order_was_closed_nothing_is_left_of_it() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let gone = shop.customer(&key, 1).await;
        let stays = shop.customer(&key, 2).await;
        let ended = shop.post(&key, "/v1/events", event(&gone, "order.closed", "A-1")).await.done();
        assert_eq!(ended["ended"]["order"], "2029-03-02T19:00:00Z");

        shop.wait(3.years()).await;
        assert!(record(shop, "trade", &gone).await.is_some(), "its last day is not over");
        shop.wait(1.day()).await;
        assert!(record(shop, "trade", &gone).await.is_none());
        shop.retrieve(&key, &gone, "order", &["phone"]).await.refused("no_record", "5.3");
        shop.retrieve(&key, &stays, "order", &["phone"]).await.done();
    });
}

#[test]
fn a_hold_stops_the_end_until_it_is_lifted() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let subject = shop.customer(&key, 1).await;
        shop.post(&key, "/v1/events", event(&subject, "order.closed", "A-1")).await.done();
        let groundless = about(&subject, "order", json!({ "ground": " " }));
        shop.post(&key, "/v1/hold", groundless).await.refused("no_ground", "5.7");
        let hold = about(&subject, "order", json!({ "ground": "lawsuit 2-114/2026" }));
        let hold = shop.post(&key, "/v1/hold", hold).await.done()["hold"].clone();

        shop.wait(4.years()).await;
        assert_eq!(record(shop, "trade", &subject).await.unwrap().standing().held.len(), 3);
        let demand = about(&subject, "order", json!({}));
        shop.post(&key, "/v1/destroy", demand).await.refused("held", "5.7");

        shop.post(&key, "/v1/lift-hold", about(&subject, "order", json!({ "hold": hold }))).await.done();
        shop.wait(1.day()).await;
        assert!(record(shop, "trade", &subject).await.is_none());
    });
}

#[test]
fn a_hold_with_a_date_ends_on_it() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let subject = shop.customer(&key, 1).await;
        shop.post(&key, "/v1/events", event(&subject, "order.closed", "A-1")).await.done();
        let hold = json!({ "ground": "lawsuit 2-114/2026", "until": "2030-01-01T00:00:00Z" });
        shop.post(&key, "/v1/hold", about(&subject, "order", hold)).await.done();
        shop.wait(3.years().months(6)).await;
        assert!(record(shop, "trade", &subject).await.is_some());
        shop.wait(6.months()).await;
        assert!(record(shop, "trade", &subject).await.is_none());
    });
}
