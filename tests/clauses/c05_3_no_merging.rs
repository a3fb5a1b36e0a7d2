//! Clause 5.3: data for incompatible purposes lie apart, under names that nobody can match.

use saqta_domain::terms::names::CompartmentName;
use saqta_testkit::shop::on_both;
use serde_json::json;

use crate::acts::{agrees_to_marketing, record, values};

#[test]
fn advertising_does_not_see_the_address_that_trade_holds() {
    on_both(async |shop| {
        let key = shop.key(&["order", "marketing"]).await;
        let subject = shop.customer(&key, 1).await;
        shop.retrieve(&key, &subject, "marketing", &["email"]).await.refused("no_record", "5.3");
        let sought =
            json!({ "purpose": "marketing", "attribute": "email", "value": "aigerim1@mail.example" });
        shop.post(&key, "/v1/look-up", sought.clone()).await.refused("no_record", "5.3");

        agrees_to_marketing(shop, &key, &subject, "email").await;
        let read = shop.retrieve(&key, &subject, "marketing", &["email"]).await.done();
        assert_eq!(read["values"], json!({}), "a consent moves nothing over");
        shop.post(&key, "/v1/look-up", sought.clone()).await.refused("no_record", "5.3");

        let given = values(Some(&subject), "marketing", "", json!({ "email": "aigerim1@mail.example" }));
        shop.post(&key, "/v1/collect", given).await.done();
        assert_eq!(shop.post(&key, "/v1/look-up", sought).await.done()["subject"], subject.as_str());
    });
}

#[test]
fn one_person_has_another_name_in_every_compartment() {
    on_both(async |shop| {
        let key = shop.key(&["order", "marketing"]).await;
        let subject = shop.customer(&key, 1).await;
        agrees_to_marketing(shop, &key, &subject, "email").await;
        let trade = record(shop, "trade", &subject).await.unwrap().pseudonym();
        let marketing = record(shop, "marketing", &subject).await.unwrap().pseudonym();
        assert_ne!(trade, marketing);
        assert!(![trade.to_string(), marketing.to_string()].contains(&subject));

        let vault = shop.app().vault();
        for (compartment, name) in [("trade", trade), ("marketing", marketing)] {
            let compartment = CompartmentName::new(compartment).unwrap();
            assert_eq!(vault.page(&compartment, None, 10).await.unwrap(), [name]);
        }
        let elsewhere = CompartmentName::new("marketing").unwrap();
        assert!(vault.record_of(&elsewhere, trade).await.ok().flatten().is_none());
    });
}
