//! Clause 6.2: a law is a ground from the event that it speaks of.

use saqta_testkit::shop::on_both;
use serde_json::json;

use crate::acts::event;

#[test]
fn a_paid_order_opens_the_tax_record_that_the_law_demands() {
    on_both(async |shop| {
        let key = shop.key(&["order", "invoice"]).await;
        let subject = shop.customer(&key, 1).await;
        shop.retrieve(&key, &subject, "invoice", &["full_name"]).await.refused("no_ground", "6.2");

        let opened = shop.post(&key, "/v1/events", event(&subject, "order.paid", "A-1")).await.done();
        assert_eq!(opened["opened"], json!(["invoice"]));
        let read = shop.retrieve(&key, &subject, "invoice", &["full_name"]).await.done();
        assert_eq!((&read["clause"], &read["basis"]), (&json!("6.2"), &json!("law")));
        assert_eq!(read["values"]["full_name"], "Айгерим Сапарова");
    });
}
