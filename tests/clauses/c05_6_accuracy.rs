//! Clause 5.6: values are checked by their kind, kept in one spelling, and confirmed from time to time.

use saqta_testkit::shop::on_both;
use serde_json::json;

use crate::acts::{about, event, record, values};

#[test]
fn a_wrong_number_is_told_without_being_repeated_and_the_right_one_is_kept() {
    on_both(async |shop| {
        let key = shop.key(&["order", "invoice"]).await;
        let subject = shop.customer(&key, 1).await;
        shop.post(&key, "/v1/events", event(&subject, "order.paid", "A-1")).await.done();
        for (wrong, code) in [("840312390017", "check_digit_wrong"), ("841312390016", "value_malformed")] {
            let offered = values(Some(&subject), "invoice", "A-1", json!({ "iin": wrong }));
            let problem = shop.post(&key, "/v1/collect", offered).await.problem(422, code);
            assert_eq!(problem["attribute"], "iin");
            assert!(!problem.to_string().contains(wrong));
        }
        let right = values(Some(&subject), "invoice", "A-1", json!({ "iin": "840312 390016" }));
        shop.post(&key, "/v1/collect", right).await.done();
        let read = shop.retrieve(&key, &subject, "invoice", &["iin"]).await.done();
        assert_eq!(read["values"]["iin"], "840312390016");
    });
}

#[test]
fn six_spellings_of_a_phone_find_one_person() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let subject = shop.customer(&key, 102).await;
        for spelling in [
            "+7 700 001 01 02",
            "8 700 001 01 02",
            "87000010102",
            "7000010102",
            "+7(700)001-01-02",
            "8 (700) 001 0102",
        ] {
            let sought = json!({ "purpose": "order", "attribute": "phone", "value": spelling });
            assert_eq!(
                shop.post(&key, "/v1/look-up", sought).await.done()["subject"],
                subject.as_str(),
                "{spelling}"
            );
        }
        let sought = json!({ "purpose": "order", "attribute": "phone", "value": "8 700 001 01" });
        shop.post(&key, "/v1/look-up", sought).await.problem(422, "value_malformed");
    });
}

#[test]
fn a_value_that_is_held_is_confirmed_and_one_that_is_not_cannot_be() {
    on_both(async |shop| {
        let key = shop.key(&["order"]).await;
        let subject = shop.customer(&key, 1).await;
        shop.wait(jiff::Span::new().days(10)).await;
        let confirmed = about(&subject, "order", json!({ "attributes": ["phone"] }));
        shop.post(&key, "/v1/confirm", confirmed).await.done();
        let record = record(shop, "trade", &subject).await.unwrap();
        for (name, held) in &record.standing().held {
            assert_eq!(held.confirmed_at == shop.now(), name.as_str() == "phone", "{name}");
        }
        let absent = about(&subject, "order", json!({ "attributes": ["company_bin"] }));
        shop.post(&key, "/v1/confirm", absent).await.refused("not_held", "4.1");
    });
}
