//! Clause 5.2: data serve the declared purpose they were collected for, and others only where those are declared compatible.

use jiff::ToSpan;
use saqta_testkit::shop::on_both;
use serde_json::json;

use crate::acts::{SECOND_VERSION, policy_with, values};

#[test]
fn delivery_may_use_what_the_order_collected_and_not_the_other_way_round() {
    on_both(async |shop| {
        let key = shop.key(&["order", "delivery"]).await;
        let parcel = json!({
            "delivery_address": "Алматы, улица Ста Дорог, 48, квартира 17",
            "recipient_name": "Ерлан Сейітов",
            "recipient_phone": "+77000017777",
        });
        let total = json!({ "purchase_total": "38 500,50 KZT" });

        let buyer = shop.customer(&key, 1).await;
        shop.post(&key, "/v1/collect", values(Some(&buyer), "order", "A-1", total.clone())).await.done();
        shop.post(&key, "/v1/collect", values(Some(&buyer), "delivery", "A-1", parcel.clone())).await.done();
        let read = shop.retrieve(&key, &buyer, "delivery", &["purchase_total"]).await.done();
        assert_eq!(read["values"]["purchase_total"], "38500.50 KZT");

        let other = shop.customer(&key, 2).await;
        shop.post(&key, "/v1/collect", values(Some(&other), "delivery", "A-2", parcel)).await.done();
        shop.post(&key, "/v1/collect", values(Some(&other), "delivery", "A-2", total)).await.done();
        shop.retrieve(&key, &other, "delivery", &["purchase_total"]).await.done();
        let refused = shop.retrieve(&key, &other, "order", &["purchase_total"]).await;
        refused.refused("incompatible", "5.2");
    });
}

#[test]
fn an_undeclared_purpose_is_no_purpose() {
    on_both(async |shop| {
        let administrator = shop.administrator().await;
        let scope = json!({ "purposes": ["lottery"], "operations": ["retrieval"], "undertaking": "7" });
        let asked = json!({ "label": "lottery", "scope": scope });
        shop.post(&administrator, "/v1/keys", asked).await.problem(400, "purpose_unknown");

        let key = shop.key(&["order", "partner_register"]).await;
        let subject = shop.customer(&key, 1).await;
        let refused = shop.retrieve(&key, &subject, "partner_register", &["full_name"]).await;
        refused.refused("no_record", "5.3");
        let [number, day] = SECOND_VERSION;
        let renamed = ("[purpose.partner_register]", "[purpose.partners]");
        shop.post(&administrator, "/v1/policies", policy_with(&[number, day, renamed])).await.done();
        shop.wait(3.days()).await;
        let refused = shop.retrieve(&key, &subject, "partner_register", &["full_name"]).await;
        refused.refused("purpose_unknown", "5.2");
    });
}
