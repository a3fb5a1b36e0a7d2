//! Clause 1.1: a nameless visitor is a data subject with the same protection as a customer.

use saqta_testkit::shop::on_both;
use serde_json::json;

use crate::acts::{about, decisions, values};

#[test]
fn a_visitor_without_a_name_has_a_record_decisions_and_an_end_on_demand() {
    on_both(async |shop| {
        let key = shop.key(&["site_visit"]).await;
        let visit = values(None, "site_visit", "visit 1", json!({ "visitor_id": "vis-7f3a01" }));
        let visitor = shop.post(&key, "/v1/collect", visit).await.done();
        assert_eq!(visitor["new"], true);
        let visitor = visitor["subject"].as_str().unwrap();

        let read = shop.retrieve(&key, visitor, "site_visit", &["visitor_id"]).await.done();
        assert_eq!(read["values"]["visitor_id"], "vis-7f3a01");
        assert_eq!(decisions(shop, &key, visitor, "site_visit").await.len(), 2);

        shop.post(&key, "/v1/destroy", about(visitor, "site_visit", json!({}))).await.done();
        shop.retrieve(&key, visitor, "site_visit", &["visitor_id"]).await.refused("no_record", "5.3");
    });
}

#[test]
fn a_visitor_is_asked_for_no_name() {
    on_both(async |shop| {
        let key = shop.key(&["site_visit"]).await;
        let named = json!({ "visitor_id": "vis-7f3a01", "full_name": "Айгерим Сапарова" });
        let refused = shop.post(&key, "/v1/collect", values(None, "site_visit", "visit 1", named)).await;
        assert_eq!(refused.refused("attribute_not_needed", "5.5")["attributes"], json!(["full_name"]));
    });
}
