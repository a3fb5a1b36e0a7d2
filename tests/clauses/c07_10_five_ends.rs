//! Clause 7.10: processing ends in five ways, each at once and each with its own answer.

use jiff::ToSpan;
use saqta_testkit::shop::on_both;
use serde_json::json;

use crate::acts::{about, agrees_to_marketing, event, opens_service_book, record};

#[test]
fn it_ends_when_the_purpose_is_reached() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let subject = shop.customer(&key, 1).await;
        shop.post(&key, "/v1/events", event(&subject, "order.closed", "A-1")).await.done();
        shop.retrieve(&key, &subject, "order", &["phone"]).await.refused("purpose_reached", "7.10");
    });
}

#[test]
fn it_ends_when_the_term_of_the_consent_is_over() {
    on_both(async |shop| {
        let key = shop.key(&["order", "marketing"]).await;
        let subject = shop.customer(&key, 1).await;
        agrees_to_marketing(shop, &key, &subject, "sms").await;
        let used = || about(&subject, "marketing", json!({ "channel": "sms" }));
        // A hold keeps the record, so that the answer can still say what ended.
        let hold = about(&subject, "marketing", json!({ "ground": "dispute about a message" }));
        shop.post(&key, "/v1/hold", hold).await.done();
        shop.wait(2.years()).await;
        shop.post(&key, "/v1/use", used()).await.done();
        shop.wait(1.day()).await;
        shop.post(&key, "/v1/use", used()).await.refused("consent_expired", "7.10");
    });
}

#[test]
fn it_ends_when_the_consent_is_withdrawn() {
    on_both(async |shop| {
        let key = shop.key(&["order", "service_book"]).await;
        let subject = shop.customer(&key, 1).await;
        opens_service_book(shop, &key, &subject).await;
        shop.post(&key, "/v1/withdraw", about(&subject, "service_book", json!({}))).await.done();
        let refused = shop.retrieve(&key, &subject, "service_book", &["car_vin"]).await;
        refused.refused("consent_withdrawn", "7.10");
    });
}

#[test]
fn it_ends_everywhere_when_the_person_demands_a_stop_and_the_law_keeps_its_term() {
    on_both(async |shop| {
        let key = shop.key(&["order", "marketing"]).await;
        let subject = shop.customer(&key, 1).await;
        agrees_to_marketing(shop, &key, &subject, "sms").await;
        let stranger = shop.key_with(&["order"], &["retrieval"], Some("8")).await;
        let demand = || json!({ "subject": { "id": subject } });
        shop.post(&stranger, "/v1/stop", demand()).await.refused("not_authorised", "7.1");

        let told = shop.post(&key, "/v1/stop", demand()).await.done();
        let lines = told["purposes"].as_array().unwrap();
        let state = |name: &str| lines.iter().find(|line| line["purpose"] == name).unwrap()["state"].clone();
        assert_eq!((state("order"), state("marketing")), (json!("kept"), json!("stopped")));
        shop.retrieve(&key, &subject, "order", &["phone"]).await.refused("subject_stopped", "7.10");
        let used = about(&subject, "marketing", json!({ "channel": "sms" }));
        shop.post(&key, "/v1/use", used).await.refused("subject_stopped", "7.10");
        assert!(record(shop, "trade", &subject).await.is_some());
    });
}

#[test]
fn it_ends_for_everybody_when_the_administrator_stops_a_purpose_and_goes_on_when_resumed() {
    on_both(async |shop| {
        let (key, administrator) = (shop.key(&["order"]).await, shop.administrator().await);
        let subject = shop.customer(&key, 1).await;
        let reason = || json!({ "reason": "the authority doubts that it is lawful" });
        shop.post(&key, "/v1/purposes/order/stop", reason()).await.problem(403, "not_administrator");
        shop.post(&administrator, "/v1/purposes/order/stop", reason()).await.done();
        shop.retrieve(&key, &subject, "order", &["phone"]).await.refused("purpose_stopped", "7.10");

        shop.post(&administrator, "/v1/purposes/order/resume", json!({})).await.done();
        shop.retrieve(&key, &subject, "order", &["phone"]).await.done();
    });
}
