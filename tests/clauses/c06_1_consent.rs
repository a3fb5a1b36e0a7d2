//! Clause 6.1: consent is a ground when the person gave it, and no ground when nobody asked.

use saqta_app::receipts::verified;
use saqta_testkit::shop::on_both;
use serde_json::{Value, json};

use crate::acts::{about, opens_service_book, values};

#[test]
fn a_service_book_stands_on_consent() {
    on_both(async |shop| {
        let key = shop.key(&["order", "service_book"]).await;
        let subject = shop.customer(&key, 1).await;
        opens_service_book(shop, &key, &subject).await;
        let read = shop.retrieve(&key, &subject, "service_book", &["car_plate"]).await.done();
        assert_eq!((&read["clause"], &read["basis"]), (&json!("6.1"), &json!("consent")));
    });
}

/// Civil Code, articles 22 and 23: below 14 a parent agrees, from 14 to 17 both do, and whoever says no needs nobody.
#[test]
fn a_child_agrees_with_a_parent_and_never_alone() {
    on_both(async |shop| {
        let key = shop.key(&["order", "service_book"]).await;
        let book = |born: &str, given: bool, by: &str| {
            let mut answer = shop.answer_to("service_book", None, given);
            answer["given_by"] = by.into();
            let car = json!({ "car_plate": "412ABK02", "car_vin": "ZZZAA11B5S0000101", "birth_date": born });
            let values = if given { car } else { json!({}) };
            json!({ "parts": [{ "purpose": "service_book", "values": values, "consents": [answer] }] })
        };
        // The shop's clock stands in March 2026.
        for (born, by) in [
            ("2013-05-01", "subject"),
            ("2010-05-01", "subject"),
            ("2010-05-01", "representative"),
            ("2008-03-20", "subject"),
        ] {
            let refused = shop.post(&key, "/v1/collect", book(born, true, by)).await;
            refused.refused("parent_missing", "6.1");
        }
        for (born, by) in
            [("2013-05-01", "representative"), ("2010-05-01", "together"), ("2007-05-01", "subject")]
        {
            shop.post(&key, "/v1/collect", book(born, true, by)).await.done();
        }
        let known = shop.post(&key, "/v1/collect", book("2010-05-01", true, "together")).await.done();
        let child = known["subject"].as_str().unwrap();
        let record =
            shop.post(&key, "/v1/consents/record", about(child, "service_book", json!({}))).await.done();
        let said = &record["document"]["dpv:hasConsentStatus"][0]["dpv:isIndicatedBy"];
        assert_eq!(said.as_array().map(Vec::len), Some(2), "{said}");
        // Their age is on file: a later yes needs the parent too, a no does not.
        let mut answer = shop.answer_to("service_book", None, true);
        let again = about(child, "service_book", json!({ "consents": [answer] }));
        shop.post(&key, "/v1/consents", again).await.refused("parent_missing", "6.1");
        answer["given"] = false.into();
        let no = about(child, "service_book", json!({ "consents": [answer] }));
        shop.post(&key, "/v1/consents", no).await.done();
        answer["given_by"] = "a friend".into();
        let nobody = about(child, "service_book", json!({ "consents": [answer] }));
        shop.post(&key, "/v1/consents", nobody).await.problem(400, "given_by_unknown");
    });
}

#[test]
fn without_one_nothing_is_collected() {
    on_both(async |shop| {
        let key = shop.key(&["order", "service_book"]).await;
        let subject = shop.customer(&key, 1).await;
        let car = json!({ "car_plate": "412ABK02", "car_vin": "ZZZAA11B5S0000101" });
        let refused =
            shop.post(&key, "/v1/collect", values(Some(&subject), "service_book", "A-1", car)).await;
        refused.refused("no_consent", "6.1");
        shop.retrieve(&key, &subject, "service_book", &["car_plate"]).await.refused("no_consent", "6.1");
    });
}

#[test]
fn a_consent_is_proved_by_a_receipt_that_anybody_can_check() {
    on_both(async |shop| {
        let key = shop.key(&["order", "service_book"]).await;
        let subject = shop.customer(&key, 1).await;
        opens_service_book(shop, &key, &subject).await;
        let ask = about(&subject, "service_book", json!({ "form": "receipt" }));
        let told = shop.post(&key, "/v1/consents/record", ask.clone()).await.done();
        let known = shop.get(None, "/.well-known/privacy-operations.json").await.done();
        let published = known["receipt_keys"]["keys"][0]["x"].as_str().unwrap();
        let document = verified(told["jws"].as_str().unwrap(), published).unwrap();
        let document: Value = serde_json::from_slice(&document).unwrap();
        assert_eq!(document["dct:hasPart"]["dpv:hasConsentStatus"][0]["@type"], "dpv:ConsentGiven");
        assert!(!document.to_string().contains("412ABK02"));
        // Every process of an installation signs with the same key.
        if let Some(another) = shop.another().await {
            assert_eq!(another.receipt_key(), shop.app().receipt_key());
            another.close().await;
        }
        shop.post(&key, "/v1/withdraw", about(&subject, "service_book", json!({}))).await.done();
        shop.post(&key, "/v1/destroy", about(&subject, "service_book", json!({}))).await.done();
        shop.post(&key, "/v1/consents/record", ask).await.refused("no_record", "5.3");
    });
}

#[test]
fn a_purpose_that_never_asked_for_consent_has_no_record_of_one() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let subject = shop.customer(&key, 1).await;
        let ask = about(&subject, "order", json!({}));
        shop.post(&key, "/v1/consents/record", ask).await.problem(404, "not_found");
    });
}
