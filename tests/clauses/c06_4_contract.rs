//! Clause 6.4: a contract is a ground under its number, and the answer says where the law in force does not know it.

use saqta_testkit::shop::on_both;
use serde_json::json;

use crate::acts::{about, values};

#[test]
fn an_order_with_its_number_is_a_contract() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let subject = shop.customer(&key, 1).await;
        let used =
            shop.post(&key, "/v1/use", about(&subject, "order", json!({ "attributes": ["phone"] }))).await;
        let used = used.done();
        assert_eq!((&used["clause"], &used["basis"]), (&json!("6.4"), &json!("contract")));
        assert_eq!(used["law_knows"], false, "the Kazakh law has no such ground");
    });
}

#[test]
fn a_delivery_without_a_number_is_none() {
    on_both(async |shop| {
        let key = shop.key(&["order", "delivery"]).await;
        let subject = shop.customer(&key, 1).await;
        let parcel = json!({
            "delivery_address": "Алматы, улица Ста Дорог, 48, квартира 17",
            "recipient_name": "Ерлан Сейітов",
            "recipient_phone": "+77000017777",
        });
        let refused = shop.post(&key, "/v1/collect", values(Some(&subject), "delivery", "", parcel)).await;
        refused.refused("no_ground", "6.4");
    });
}
