//! Clause 5.1: nothing is done with personal data unless a legal basis is in force at that moment.

use saqta_testkit::shop::on_both;
use serde_json::json;

use crate::acts::values;

#[test]
fn an_order_without_its_number_leaves_nothing_behind() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let offered = json!({
            "full_name": "Айгерим Сапарова",
            "phone": "+77000010009",
            "email": "aigerim9@mail.example",
        });
        let sought = json!({ "purpose": "order", "attribute": "phone", "value": "+77000010009" });
        let refused = shop.post(&key, "/v1/collect", values(None, "order", "", offered.clone())).await;
        refused.refused("no_ground", "6.4");
        shop.post(&key, "/v1/look-up", sought.clone()).await.refused("no_record", "5.3");

        let kept = shop.post(&key, "/v1/collect", values(None, "order", "A-9", offered)).await.done();
        assert_eq!(shop.post(&key, "/v1/look-up", sought).await.done()["subject"], kept["subject"]);
    });
}

#[test]
fn one_part_without_a_basis_keeps_the_whole_request_from_happening() {
    on_both(async |shop| {
        let key = shop.key(&["order", "service_book"]).await;
        let request = json!({ "parts": [
            { "purpose": "order", "reference": "A-9", "values": {
                "full_name": "Айгерим Сапарова", "phone": "+77000010009", "email": "aigerim9@mail.example" } },
            { "purpose": "service_book", "values": { "car_plate": "412ABK02", "car_vin": "ZZZAA11B5S0000101" } },
        ]});
        shop.post(&key, "/v1/collect", request).await.refused("no_consent", "6.1");
        let sought = json!({ "purpose": "order", "attribute": "phone", "value": "+77000010009" });
        shop.post(&key, "/v1/look-up", sought).await.refused("no_record", "5.3");
    });
}
