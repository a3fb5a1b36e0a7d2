//! Clause 6.7: what a law obliges the shop to publish is kept as long as that obligation lasts.

use saqta_testkit::shop::on_both;
use serde_json::json;

use crate::acts::{event, values};

#[test]
fn a_partner_is_in_the_register_while_the_agreement_lasts() {
    on_both(async |shop| {
        let key = shop.key(&["partner_register"]).await;
        let partner = json!({ "company_bin": "171040010072", "full_name": "Данияр Омаров" });
        let joined = values(None, "partner_register", "agreement 4/26", partner);
        let partner = shop.post(&key, "/v1/collect", joined).await.done();
        let partner = partner["subject"].as_str().unwrap();
        let read = shop.retrieve(&key, partner, "partner_register", &["company_bin"]).await.done();
        assert_eq!((&read["clause"], &read["basis"]), (&json!("6.7"), &json!("publication_required")));

        shop.post(&key, "/v1/events", event(partner, "partner.left", "agreement 4/26")).await.done();
        let refused = shop.retrieve(&key, partner, "partner_register", &["company_bin"]).await;
        refused.refused("purpose_reached", "7.10");
    });
}

#[test]
fn nobody_is_in_the_register_without_an_agreement() {
    on_both(async |shop| {
        let key = shop.key(&["partner_register"]).await;
        let partner = json!({ "company_bin": "171040010072", "full_name": "Данияр Омаров" });
        let refused = shop.post(&key, "/v1/collect", values(None, "partner_register", "", partner)).await;
        refused.refused("no_ground", "6.7");
    });
}
