//! Clause 2.5: what identifies a person is destroyed, and what stays leads to nobody.

use jiff::ToSpan;
use saqta_domain::terms::names::{AttributeName, CompartmentName};
use saqta_testkit::shop::{Key, Shop, on_both};
use serde_json::json;

use crate::acts::{about, event, record, values};

async fn delivered(shop: &Shop, key: &Key) -> String {
    let subject = shop.customer(key, 1).await;
    let parcel = json!({
        "delivery_address": "Алматы, улица Ста Дорог, 48, квартира 17",
        "recipient_name": "Ерлан Сейітов",
        "recipient_phone": "+77000017777",
        "purchase_total": "38 500,50 KZT",
    });
    shop.post(key, "/v1/collect", values(Some(&subject), "delivery", "A-1", parcel)).await.done();
    shop.post(key, "/v1/events", event(&subject, "order.delivered", "A-1")).await.done();
    subject
}

/// The sum is the only value of somebody of whom nothing else is known; what identified the person is gone.
async fn only_the_sum_is_left(shop: &Shop, key: &Key, subject: &str) {
    let total = AttributeName::new("purchase_total").unwrap();
    let person = record(shop, "trade", subject).await.unwrap();
    let held: Vec<&str> = person.standing().held.keys().map(AttributeName::as_str).collect();
    assert_eq!(held, ["email", "full_name", "phone"], "the order goes on without the delivery");
    shop.retrieve(key, subject, "delivery", &["purchase_total"]).await.refused("no_ground", "6.4");

    let vault = shop.app().vault();
    let trade = CompartmentName::new("trade").unwrap();
    let mut nobody = Vec::new();
    for name in vault.page(&trade, None, 10).await.unwrap() {
        if name != person.pseudonym() {
            nobody.push(vault.record_of(&trade, name).await.unwrap().unwrap());
        }
    }
    let [nobody] = nobody.as_slice() else { panic!("one record of nobody, not {}", nobody.len()) };
    assert_eq!(nobody.standing().held.keys().collect::<Vec<_>>(), [&total]);
    assert_ne!(nobody.standing().id, person.standing().id);
    assert!(nobody.standing().grounds.is_empty());
    assert!(vault.history(nobody).await.unwrap().is_empty());
}

#[test]
fn half_a_year_after_the_delivery_only_the_sum_stays_and_leads_to_nobody() {
    on_both(async |shop| {
        let key = shop.key(&["order", "delivery"]).await;
        let subject = delivered(shop, &key).await;
        shop.wait(5.months()).await;
        let person = record(shop, "trade", &subject).await.unwrap();
        assert_eq!(person.standing().held.len(), 7, "the term for claims is not over");

        shop.wait(2.months()).await;
        only_the_sum_is_left(shop, &key, &subject).await;
    });
}

#[test]
fn on_demand_it_waits_for_a_hold_to_end_and_then_happens_at_once() {
    on_both(async |shop| {
        let key = shop.key(&["order", "delivery"]).await;
        let subject = delivered(shop, &key).await;
        let demand = || about(&subject, "delivery", json!({}));
        shop.post(&key, "/v1/depersonalise", demand()).await.refused("still_needed", "3.1");

        let hold = about(&subject, "delivery", json!({ "ground": "claim 4 to the carrier" }));
        let hold = shop.post(&key, "/v1/hold", hold).await.done()["hold"].clone();
        shop.wait(7.months()).await;
        shop.post(&key, "/v1/depersonalise", demand()).await.refused("held", "5.7");
        shop.post(&key, "/v1/lift-hold", about(&subject, "delivery", json!({ "hold": hold }))).await.done();

        let done = shop.post(&key, "/v1/depersonalise", demand()).await.done();
        assert_eq!(done["released"], json!(["purchase_total"]), "{done}");
        only_the_sum_is_left(shop, &key, &subject).await;
    });
}

#[test]
fn a_purpose_that_ends_with_destruction_is_not_depersonalised() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let subject = shop.customer(&key, 1).await;
        let refused = shop.post(&key, "/v1/depersonalise", about(&subject, "order", json!({}))).await;
        refused.refused("operation_not_declared", "8.1");
    });
}
