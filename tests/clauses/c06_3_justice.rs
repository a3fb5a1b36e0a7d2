//! Clause 6.3: a court's act is a ground from the day it was received until it was executed.

use saqta_testkit::shop::on_both;
use serde_json::json;

use crate::acts::event;

#[test]
fn a_court_act_opens_the_name_and_its_execution_closes_it() {
    on_both(async |shop| {
        let key = shop.key(&["order", "court_orders"]).await;
        let subject = shop.customer(&key, 1).await;
        let act = "decision 2-114/2026 of 2026-02-20";
        shop.retrieve(&key, &subject, "court_orders", &["full_name"]).await.refused("no_ground", "6.3");

        shop.post(&key, "/v1/events", event(&subject, "court_act.received", act)).await.done();
        let read = shop.retrieve(&key, &subject, "court_orders", &["full_name"]).await.done();
        assert_eq!((&read["clause"], &read["basis"]), (&json!("6.3"), &json!("justice")));
        assert_eq!(read["values"]["full_name"], "Айгерим Сапарова");

        shop.post(&key, "/v1/events", event(&subject, "court_act.executed", act)).await.done();
        let refused = shop.retrieve(&key, &subject, "court_orders", &["full_name"]).await;
        refused.refused("purpose_reached", "7.10");
    });
}

#[test]
fn an_act_without_its_number_opens_nothing() {
    on_both(async |shop| {
        let key = shop.key(&["order", "court_orders"]).await;
        let subject = shop.customer(&key, 1).await;
        let nameless = event(&subject, "court_act.received", " ");
        shop.post(&key, "/v1/events", nameless).await.problem(400, "reference_missing");
        shop.retrieve(&key, &subject, "court_orders", &["full_name"]).await.refused("no_ground", "6.3");
    });
}
