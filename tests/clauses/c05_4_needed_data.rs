//! Clause 5.4: a purpose gets the data it needs and those it can use, and does not begin without the former.

use saqta_testkit::shop::on_both;
use serde_json::json;

use crate::acts::values;

#[test]
fn what_is_needed_and_what_is_useful_are_kept() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let subject = shop.customer(&key, 1).await;
        let useful = values(Some(&subject), "order", "A-1", json!({ "company_bin": "171040010072" }));
        shop.post(&key, "/v1/collect", useful).await.done();
        let read = shop.retrieve(&key, &subject, "order", &["full_name", "company_bin"]).await.done();
        assert_eq!(read["values"], json!({ "full_name": "Айгерим Сапарова", "company_bin": "171040010072" }));
    });
}

#[test]
fn an_order_without_a_phone_is_incomplete() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let some = json!({ "full_name": "Айгерим Сапарова", "email": "aigerim1@mail.example" });
        let refused = shop.post(&key, "/v1/collect", values(None, "order", "A-1", some)).await;
        assert_eq!(refused.refused("attribute_missing", "5.6")["attributes"], json!(["phone"]));
    });
}
