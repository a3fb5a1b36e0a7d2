//! Clause 2.6: the eighteen operations with personal data are known by name, and what a purpose does not declare is refused.

use saqta_domain::terms::operation::Operation;
use saqta_testkit::shop::{Key, on_both};
use serde_json::json;

use crate::acts::{about, values};

#[test]
fn a_key_is_admitted_to_any_of_the_eighteen_operations_and_to_no_invented_one() {
    on_both(async |shop| {
        let administrator = shop.administrator().await;
        let asking = |operations: Vec<&str>| {
            let scope = json!({ "purposes": ["order"], "operations": operations, "undertaking": "7" });
            json!({ "label": "till", "scope": scope })
        };
        assert_eq!(Operation::ALL.len(), 18);
        for operation in Operation::ALL {
            shop.post(&administrator, "/v1/keys", asking(vec![operation.as_str()])).await.done();
        }
        let refused = shop.post(&administrator, "/v1/keys", asking(vec!["copying"])).await;
        refused.problem(400, "operation_unknown");
    });
}

#[test]
fn a_purpose_does_what_it_declares_and_nothing_else() {
    on_both(async |shop| {
        let key: Key = shop.key(&["site_visit"]).await;
        let visit = values(None, "site_visit", "visit 1", json!({ "visitor_id": "vis-7f3a01" }));
        let visitor = shop.post(&key, "/v1/collect", visit).await.done();
        let visitor = visitor["subject"].as_str().unwrap();
        let used = about(visitor, "site_visit", json!({ "attributes": ["visitor_id"] }));
        shop.post(&key, "/v1/use", used).await.done();

        let correction = about(visitor, "site_visit", json!({ "values": { "visitor_id": "vis-7f3a02" } }));
        shop.post(&key, "/v1/rectify", correction).await.refused("operation_not_declared", "8.1");
        let demand = about(visitor, "site_visit", json!({}));
        shop.post(&key, "/v1/depersonalise", demand).await.refused("operation_not_declared", "8.1");
    });
}
