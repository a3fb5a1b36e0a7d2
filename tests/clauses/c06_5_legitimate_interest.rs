//! Clause 6.5: a visit is counted on the shop's legitimate interest, which ends when the visitor objects.

use saqta_testkit::shop::on_both;
use serde_json::json;

use crate::acts::values;

#[test]
fn a_visit_is_counted_until_the_visitor_objects() {
    on_both(async |shop| {
        let key = shop.key(&["site_visit"]).await;
        let visit = values(None, "site_visit", "visit 1", json!({ "visitor_id": "vis-7f3a01" }));
        let visitor = shop.post(&key, "/v1/collect", visit).await.done();
        let visitor = visitor["subject"].as_str().unwrap();
        let read = shop.retrieve(&key, visitor, "site_visit", &["visitor_id"]).await.done();
        assert_eq!((&read["clause"], &read["basis"]), (&json!("6.5"), &json!("legitimate_interest")));

        shop.post(&key, "/v1/stop", json!({ "subject": { "id": visitor } })).await.done();
        let refused = shop.retrieve(&key, visitor, "site_visit", &["visitor_id"]).await;
        refused.refused("subject_stopped", "7.10");
    });
}

#[test]
fn without_a_visit_there_is_no_interest() {
    on_both(async |shop| {
        let key = shop.key(&["site_visit"]).await;
        let number = values(None, "site_visit", "", json!({ "visitor_id": "vis-7f3a01" }));
        shop.post(&key, "/v1/collect", number).await.refused("no_ground", "6.5");
    });
}
