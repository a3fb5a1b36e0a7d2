//! Clause 5.5: data that a purpose has no use for are neither taken nor shown for it.

use saqta_testkit::shop::on_both;
use serde_json::json;

use crate::acts::{event, values};

#[test]
fn excess_is_not_taken_and_nothing_of_the_request_is_kept() {
    on_both(async |shop| {
        let key = shop.key(&["order", "invoice"]).await;
        let subject = shop.customer(&key, 1).await;
        let excess = json!({ "company_bin": "171040010072", "birth_date": "1984-03-12" });
        let refused = shop.post(&key, "/v1/collect", values(Some(&subject), "order", "A-1", excess)).await;
        assert_eq!(refused.refused("attribute_not_needed", "5.5")["attributes"], json!(["birth_date"]));
        let read = shop.retrieve(&key, &subject, "order", &["company_bin"]).await.done();
        assert_eq!(read["values"], json!({}));

        let unknown = values(Some(&subject), "order", "A-1", json!({ "shoe_size": "size 38" }));
        shop.post(&key, "/v1/collect", unknown).await.refused("attribute_unknown", "5.5");
    });
}

#[test]
fn what_another_purpose_holds_is_not_shown_for_this_one() {
    on_both(async |shop| {
        let key = shop.key(&["order", "invoice"]).await;
        let subject = shop.customer(&key, 1).await;
        shop.post(&key, "/v1/events", event(&subject, "order.paid", "A-1")).await.done();
        let number = values(Some(&subject), "invoice", "A-1", json!({ "iin": "840312390016" }));
        shop.post(&key, "/v1/collect", number).await.done();
        shop.retrieve(&key, &subject, "invoice", &["iin"]).await.done();
        shop.retrieve(&key, &subject, "order", &["iin"]).await.refused("attribute_not_needed", "5.5");
        let used = json!({ "subject": { "id": subject }, "purpose": "order", "attributes": ["iin"] });
        shop.post(&key, "/v1/use", used).await.refused("attribute_not_needed", "5.5");
    });
}
