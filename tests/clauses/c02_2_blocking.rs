//! Clause 2.2: while data are blocked they are only kept and checked, until the block is lifted or its date has come.

use jiff::ToSpan;
use saqta_testkit::shop::{Key, Shop, on_both};
use serde_json::{Value, json};

use crate::acts::about;

async fn phone(shop: &Shop, key: &Key, subject: &str) -> Value {
    shop.retrieve(key, subject, "order", &["phone"]).await.done()["values"]["phone"].clone()
}

#[test]
fn blocked_data_are_not_read_and_a_correction_waits_until_the_block_is_lifted() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let subject = shop.customer(&key, 1).await;
        let block = about(&subject, "order", json!({ "reason": "inaccurate" }));
        let block = shop.post(&key, "/v1/restrict", block).await.done()["restriction"].clone();

        shop.retrieve(&key, &subject, "order", &["phone"]).await.refused("blocked", "2.2");
        let asked = about(&subject, "order", json!({ "attributes": ["phone"] }));
        shop.post(&key, "/v1/use", asked).await.refused("blocked", "2.2");
        shop.post(&key, "/v1/destroy", about(&subject, "order", json!({}))).await.refused("blocked", "2.2");
        let correction = about(&subject, "order", json!({ "values": { "phone": "+77000019999" } }));
        assert_eq!(shop.post(&key, "/v1/rectify", correction).await.done()["applied"], false);

        let lifting = about(&subject, "order", json!({ "restriction": block }));
        shop.post(&key, "/v1/unrestrict", lifting.clone()).await.done();
        assert_eq!(phone(shop, &key, &subject).await, "+77000019999");
        shop.post(&key, "/v1/unrestrict", lifting).await.refused("nothing_to_lift", "2.2");
    });
}

#[test]
fn a_block_ends_by_itself_on_its_date_and_what_waited_is_applied() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let subject = shop.customer(&key, 1).await;
        let block = json!({ "reason": "inaccurate", "until": "2026-03-05T00:00:00Z" });
        shop.post(&key, "/v1/restrict", about(&subject, "order", block)).await.done();
        let correction = about(&subject, "order", json!({ "values": { "phone": "+77000019999" } }));
        shop.post(&key, "/v1/rectify", correction).await.done();

        shop.wait(2.days()).await;
        shop.retrieve(&key, &subject, "order", &["phone"]).await.refused("blocked", "2.2");
        shop.wait(2.days()).await;
        assert_eq!(phone(shop, &key, &subject).await, "+77000019999");
    });
}

#[test]
fn a_correction_that_waited_does_not_undo_a_newer_one() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let subject = shop.customer(&key, 1).await;
        let order = |more| about(&subject, "order", more);
        let dated = order(json!({ "reason": "inaccurate", "until": "2026-03-05T00:00:00Z" }));
        let dated = shop.post(&key, "/v1/restrict", dated).await.done()["restriction"].clone();
        let older = order(json!({ "values": { "phone": "+77000019999" } }));
        assert_eq!(shop.post(&key, "/v1/rectify", older).await.done()["applied"], false);
        shop.wait(4.days()).await;
        let newer = order(json!({ "values": { "phone": "+77000018888" } }));
        assert_eq!(shop.post(&key, "/v1/rectify", newer).await.done()["applied"], true);

        let block = order(json!({ "reason": "out_of_date" }));
        let block = shop.post(&key, "/v1/restrict", block).await.done()["restriction"].clone();
        let other = order(json!({ "values": { "email": "saparova@mail.example" } }));
        shop.post(&key, "/v1/rectify", other).await.done();
        // The dated block may be forgotten already: then there is nothing to lift.
        shop.post(&key, "/v1/unrestrict", order(json!({ "restriction": dated }))).await;
        shop.post(&key, "/v1/unrestrict", order(json!({ "restriction": block }))).await.done();
        assert_eq!(phone(shop, &key, &subject).await, "+77000018888");
        let read = shop.retrieve(&key, &subject, "order", &["email"]).await.done();
        assert_eq!(read["values"]["email"], "saparova@mail.example");
    });
}

#[test]
fn a_block_on_one_attribute_leaves_the_others_free() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let subject = shop.customer(&key, 1).await;
        let block = json!({ "reason": "inaccurate", "scope": { "attributes": ["email"] } });
        shop.post(&key, "/v1/restrict", about(&subject, "order", block)).await.done();
        shop.retrieve(&key, &subject, "order", &["email"]).await.refused("blocked", "2.2");
        assert_eq!(phone(shop, &key, &subject).await, "+77000010001");
    });
}
